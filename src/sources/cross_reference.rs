//! References to notes of this paper: "note 5 above", "supra n. 5", "s. o. Anm. 5".

use super::languages::Class;
use super::vocabulary::{NoteDirection, direction, is_and, is_note_word, is_of_title};
use super::words::Words;

/// Which notes a cross-reference names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CrossReference {
    pub(super) numbers: Vec<u32>,
    pub(super) direction: NoteDirection,
    /// The place after.
    pub(super) next: usize,
}

/// How many notes a span may have.
const MAX_SPAN_NOTES: u32 = 40;

impl CrossReference {
    /// Reads "note 5 above", "supra n. 5", "s. o. Anm. 5", "below, notes 31 and 32", "Fn. 3–5",
    /// "notes 1, 4 et 17".
    pub(super) fn read(words: &Words<'_>, at: usize) -> Option<CrossReference> {
        let (before, next) = direction(words, at);
        let next = next + usize::from(words.is_one_of_marks(next, &[',', '.']));
        // „Siehe oben, (Fn. 27)“
        let is_led = before != NoteDirection::Unsaid && words.is_mark(next, '(');
        let bracket = words.closing(next).filter(|_| is_led);
        let next = next + usize::from(bracket.is_some());
        let word = next + usize::from(words.is(next, Class::BeforeNote));
        // "supra text accompanying note 5" is what the paper says there.
        if !is_note_word(words, word) || words.is(word.wrapping_sub(1), Class::BesideNote) {
            return None;
        }
        // "602 U.S. at 907 n.2": the note of the page that is cited.
        let page = at.wrapping_sub(1);
        let is_theirs = words.is_number(page) && words.folded(page.wrapping_sub(1)) == "at";
        if before == NoteDirection::Unsaid && is_theirs {
            return None;
        }
        let (numbers, mut next) = numbers(words, word)?;
        match bracket {
            Some(close) if close == next => next = close + 1,
            Some(_) => return None,
            None => {}
        }
        if is_of_title(words, word, next) {
            return None;
        }
        let (behind, after) = direction(words, next + usize::from(words.is_mark(next, ',')));
        let (direction, next) = match (before, behind) {
            (said, NoteDirection::Unsaid) => (said, next),
            (NoteDirection::Unsaid, said) => (said, after),
            (one, other) if one == other => (one, after),
            // Saying both is no direction at all.
            _ => return None,
        };
        Some(CrossReference {
            numbers,
            direction,
            next,
        })
    }
}

/// The numbers behind a word for notes, and the place after them.
fn numbers(words: &Words<'_>, word: usize) -> Option<(Vec<u32>, usize)> {
    let plural = plural(words, word);
    let first = word + 1 + usize::from(words.is_mark(word + 1, '.'));
    let mut numbers: Vec<u32> = vec![words.folded(first).parse().ok()?];
    let mut next = first + 1;
    loop {
        if words.is_one_of_marks(next, &['-', '–', '/']) && words.is_number(next + 1) {
            let last: u32 = words.folded(next + 1).parse().ok()?;
            let from = numbers.last()? + 1;
            if plural == Some(false) || last < from || last - from > MAX_SPAN_NOTES {
                return None;
            }
            numbers.extend(from..=last);
            next += 2;
        }
        let Some((number, after)) = joined(words, next, plural) else {
            return Some((numbers, next));
        };
        numbers.push(number);
        next = after;
    }
}

/// Whether the word is a plural; None for an abbreviation, which may be one.
fn plural(words: &Words<'_>, at: usize) -> Option<bool> {
    let is_either = words.is(at, Class::NoteOrNotes);
    (!is_either).then(|| words.is(at, Class::Notes))
}

/// Another number of a list: ", 4", " and 17", " and n. 2".
fn joined(words: &Words<'_>, at: usize, plural: Option<bool>) -> Option<(u32, usize)> {
    let comma = usize::from(words.is_mark(at, ','));
    let and = usize::from(is_and(words, at + comma));
    let mut number = at + comma + and;
    if is_note_word(words, number) {
        number += 1 + usize::from(words.is_mark(number + 1, '.'));
    }
    // What follows a single number may be a page: "n. 5, 12".
    let is_list = match plural {
        Some(plural) => plural,
        None => is_and(words, number + 1),
    };
    let is_joined = and > 0 || (comma > 0 && is_list);
    let parsed = words.folded(number).parse().ok().filter(|_| is_joined)?;
    Some((parsed, number + 1))
}
