//! Authors that a paper sets in italics and titles that it does not, as German and Austrian law
//! reviews do: „*Häußling*, Arbeitsrecht in Schweden (2016), 99“. Elsewhere italics are a title's.

use std::ops::Range;

use crate::paper::{Paper, Style};

use super::languages::{self, Class};
use super::text::JoinedText;
use super::vocabulary::{ibid, op_cit};
use super::words::Words;

/// How many notes are looked at: enough to see how the author does it.
const LOOKED_AT: usize = 120;

/// How many citations of that kind there must be.
const LEAST: usize = 5;

/// Whether the notes set who they cite in italics, and not what.
pub(super) fn sets_authors_in_italics(paper: &Paper) -> bool {
    let (mut authors, mut titles) = (0, 0);
    for note in paper.notes.iter().take(LOOKED_AT) {
        for block in paper.blocks.get(note.blocks.clone()).unwrap_or_default() {
            let text = block.text.as_str();
            let emphasis: Vec<Range<usize>> = block
                .spans
                .iter()
                .filter(|span| span.style == Style::Emphasis)
                .map(|span| span.range.clone())
                .collect();
            for (at, range) in emphasis.iter().enumerate() {
                let before = at.checked_sub(1).and_then(|at| emphasis.get(at));
                let is_behind_author = before.is_some_and(|before| range.start <= before.end + 2);
                if is_author(text, range, false) {
                    authors += 1;
                } else if is_behind_name(text, range) && !is_behind_author {
                    titles += 1;
                }
            }
        }
    }
    authors >= LEAST && authors > 3 * titles
}

/// Takes the italics off the authors.
pub(super) fn unset_authors(text: &mut JoinedText) {
    let mut emphasis = std::mem::take(&mut text.emphasis);
    emphasis.retain(|range| !is_author(text.text(), range, true));
    text.emphasis = emphasis;
}

/// Whether the words in italics are names at the beginning of a citation that goes on behind them
/// with a title or the number of a note; or with „a.a.O.“, which a title may do elsewhere.
fn is_author(text: &str, range: &Range<usize>, or_op_cit: bool) -> bool {
    let (Some(before), Some(names), Some(behind)) = (
        text.get(..range.start),
        text.get(range.clone()),
        text.get(range.end..),
    ) else {
        return false;
    };
    let before = before.trim_end();
    let begins = before.is_empty()
        || before.ends_with([';', '.', '(', ':', '\u{2029}'])
        || before.ends_with(char::is_lowercase);
    let inside = names.trim_end();
    let (names, has_comma) = match inside.strip_suffix(',') {
        Some(names) => (names, true),
        None => (inside, false),
    };
    let behind = behind.trim_start();
    let title = match behind.strip_prefix(',') {
        Some(title) => Some(title.trim_start()),
        None if has_comma || behind.starts_with('(') => Some(behind),
        None => None,
    };
    let goes_on = |title: &str| {
        let first = title.chars().next().unwrap_or_default();
        first.is_uppercase()
            || matches!(first, '„' | '“' | '"' | '«' | '‚' | '(')
            || or_op_cit && begins_op_cit(title)
    };
    begins && are_names(names) && title.is_some_and(goes_on)
}

/// Whether a text goes on with „a.a.O.“, "op. cit." or "ibid.".
fn begins_op_cit(text: &str) -> bool {
    const LONGEST: usize = 40;
    let near = text.chars().take(LONGEST).collect::<String>();
    let words = Words::read(&near, &[], &[]);
    op_cit(&words, 0).is_some() || ibid(&words, 0).is_some()
}

/// "Thomas Gutmann", "Matray/Hübinger", "von Savigny".
fn are_names(text: &str) -> bool {
    const MOST: usize = 10;
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '/' | '-' | '–' | ',' | '&'));
    let words: Vec<&str> = words
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| !word.is_empty())
        .collect();
    let is_name = |word: &&str| {
        let classes = languages::classes(&word.to_lowercase());
        let is_plain = word
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '’' | '\''));
        let is_capital = word.starts_with(char::is_uppercase);
        let is_word = word.chars().nth(1).is_some()
            && (classes.has(Class::NoName)
                || classes.has(Class::Organisation)
                || classes.has(Class::Law));
        is_plain && (is_capital && !is_word || classes.has(Class::Particle) || *word == "und")
    };
    (1..=MOST).contains(&words.len())
        && words.iter().all(is_name)
        && words.iter().any(|word| word.chars().count() > 2)
}

/// "Jane Austen, *Emma*": a title behind a name that is not in italics.
fn is_behind_name(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or_default();
    let name = before
        .trim_end()
        .strip_suffix([',', ':'])
        .unwrap_or_default();
    let last = name.rsplit(char::is_whitespace).next().unwrap_or_default();
    last.starts_with(char::is_uppercase)
}
