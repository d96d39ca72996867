//! Where the sentences of a text begin and end.
//!
//! A full stop ends a sentence unless it belongs to an abbreviation, an initial or a number; what
//! follows it decides where the word alone does not. The general rules of Unicode (UAX #29) end a
//! sentence after "op. cit." and "Art.", of which notes are full.

mod words;

use std::ops::Range;

use words::{Abbreviation, abbreviation, is_starter};

/// The sentences of a text, without the blanks between them, in order.
///
/// A tab ends a sentence, since it ends a table's cell. The cost is linear in the text.
#[must_use]
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = skip_blanks(text, 0);
    let mut at = start;
    while let Some(char) = char_at(text, at) {
        let end = match char {
            '\t' => Some(at),
            char if is_stop(char) => end_at(text, start, at),
            _ => None,
        };
        let Some(end) = end else {
            at += char.len_utf8();
            if is_stop(char) {
                at = after_stops(text, at);
            }
            continue;
        };
        push(&mut found, text, start..end);
        start = skip_blanks(text, end);
        at = start;
    }
    push(&mut found, text, start..text.len());
    found
}

/// The sentence that the byte is in; for a blank between two, the one before it. None in a text
/// of blanks.
#[must_use]
pub fn sentence_at(text: &str, byte: usize) -> Option<Range<usize>> {
    let all = sentences(text);
    let after = all.partition_point(|sentence| sentence.start <= byte);
    all.get(after.saturating_sub(1)).cloned()
}

fn push(found: &mut Vec<Range<usize>>, text: &str, sentence: Range<usize>) {
    let words = text.get(sentence.clone()).unwrap_or_default().trim_end();
    if !words.is_empty() {
        found.push(sentence.start..sentence.start + words.len());
    }
}

/// Where a sentence ends whose stop, or first stop of several, is at a place; none if it goes on.
fn end_at(text: &str, start: usize, stop: usize) -> Option<usize> {
    let rest = text.get(stop..)?;
    let stops = rest.trim_start_matches(is_stop);
    let run = rest.get(..rest.len() - stops.len())?;
    let closed = after_french_quote(stops.trim_start_matches(is_closing));
    let is_closed_at_once = closed.len() < stops.len();
    let after = closed.trim_start_matches(is_note_mark);
    let end = text.len() - after.len();
    let is_ellipsis = run.ends_with('…') || run.ends_with("..");
    let is_left_out = is_ellipsis && stops.starts_with([']', ')']);
    if is_left_out || !is_apart(after, run) {
        return None;
    }
    let next = after.trim_start().trim_start_matches(is_opening);
    let Some(first) = next.chars().next() else {
        return Some(end);
    };
    let is_small = first.is_lowercase() && !is_enumerated(after.trim_start());
    let goes_on = is_small || matches!(first, ',' | ';' | ':' | ')' | '–' | '—' | '&');
    if goes_on || is_label(text.get(start..stop)?) {
        return None;
    }
    if run != "." || (is_closed_at_once && !closed_by_bracket(stops)) {
        return Some(end);
    }
    let word = last_word(text.get(start..stop)?);
    let before = text.get(start..stop - word.len())?;
    ends_after(word, before, next).then_some(end)
}

/// Whether a full stop after a word ends the sentence, by the words around.
fn ends_after(word: &str, before: &str, next: &str) -> bool {
    let following = first_word(next);
    let has_stop = next
        .get(following.len()..)
        .is_some_and(|it| it.starts_with('.'));
    let starts_anew = !has_stop && is_starter(following);
    let is_numbered = next.starts_with(|c: char| c.is_ascii_digit()) || is_numeral(following);
    if is_initials(word) {
        return starts_anew && !matches!(word, "e.g" | "i.e");
    }
    match abbreviation(word) {
        Some(Abbreviation::Title) => false,
        Some(Abbreviation::BeforeNumber) => !is_numbered,
        Some(Abbreviation::Other) => starts_anew,
        None if is_ordinal(word, before, following) => false,
        None => true,
    }
}

/// Whether what follows a stop is apart from it, so that the stop is not inside a word, an address
/// or a number.
fn is_apart(after: &str, run: &str) -> bool {
    let is_wide = run.ends_with(['。', '！', '？']);
    is_wide || after.is_empty() || after.starts_with(char::is_whitespace)
}

/// Whether a sentence so far is only its number or letter, as `1` or `(a` are.
fn is_label(text: &str) -> bool {
    const MAX_LABEL_BYTES: usize = 8;
    if text.len() > MAX_LABEL_BYTES {
        return false;
    }
    let label = text.trim_matches(|c: char| !c.is_alphanumeric());
    let is_digits = label.chars().all(|c| c.is_ascii_digit());
    let is_letter = label.chars().count() == 1;
    !label.is_empty() && (is_digits || is_letter)
}

/// Whether a text begins with the number or letter of an item in brackets, as `(b)`.
fn is_enumerated(text: &str) -> bool {
    let label = text.strip_prefix('(').and_then(|text| text.split_once(')'));
    label.is_some_and(|(label, _)| {
        (1..=4).contains(&label.len()) && label.chars().all(char::is_alphanumeric)
    })
}

/// Whether a word is one letter, or several with stops between them, as `J`, `U.S` and `J.-P`.
fn is_initials(word: &str) -> bool {
    let mut letters = word.split(['.', '-']).filter(|part| !part.is_empty());
    let is_letter = |part: &str| {
        let mut chars = part.chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    };
    !word.is_empty() && letters.all(is_letter)
}

/// Whether a number before a stop is an ordinal, as in „am 5. Mai“ and „im 19. Jahrhundert“.
fn is_ordinal(word: &str, before: &str, following: &str) -> bool {
    let is_short = word.len() <= 2 && word.chars().all(|c| c.is_ascii_digit());
    is_short
        && (words::is_german_month(following)
            || words::is_german_article(last_word(before.trim_end())))
}

/// Whether a word is a Roman numeral in capitals, or a lone capital letter as in "App. B".
fn is_numeral(word: &str) -> bool {
    let is_roman = word.chars().all(|c| "IVXLCDM".contains(c));
    let is_letter = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
    !word.is_empty() && (is_roman || is_letter)
}

/// What follows a closing quote that is apart from the stop, as in French: `. »`.
fn after_french_quote(text: &str) -> &str {
    let rest = text.trim_start().strip_prefix('»');
    let is_end = |rest: &&str| rest.is_empty() || rest.starts_with(char::is_whitespace);
    rest.filter(is_end).unwrap_or(text)
}

fn closed_by_bracket(stops: &str) -> bool {
    stops.starts_with([')', ']'])
}

fn is_stop(char: char) -> bool {
    matches!(char, '.' | '!' | '?' | '…' | '。' | '！' | '？')
}

fn is_closing(char: char) -> bool {
    matches!(
        char,
        '"' | '\'' | '”' | '’' | '“' | '»' | '›' | ')' | ']' | '」' | '』' | '*' | '_'
    )
}

/// Marks of notes that were not recognised as such: superscript figures, and signs.
fn is_note_mark(char: char) -> bool {
    matches!(char, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '†' | '‡' | '*')
}

fn is_opening(char: char) -> bool {
    matches!(
        char,
        '"' | '\''
            | '“'
            | '‘'
            | '„'
            | '‚'
            | '«'
            | '‹'
            | '('
            | '['
            | '¿'
            | '¡'
            | '「'
            | '*'
            | '_'
    )
}

/// The last word of a text, with stops and hyphens in it.
fn last_word(text: &str) -> &str {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let start = text.trim_end_matches(is_part).len();
    text.get(start..).unwrap_or_default()
}

fn first_word(text: &str) -> &str {
    let rest = text.trim_start_matches(char::is_alphanumeric);
    text.get(..text.len() - rest.len()).unwrap_or_default()
}

fn skip_blanks(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    text.len() - rest.trim_start().len()
}

fn after_stops(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    text.len() - rest.trim_start_matches(is_stop).len()
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

#[cfg(test)]
mod tests;
