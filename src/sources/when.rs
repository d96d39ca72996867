//! The years or dates that a citation gives, one or several.

use std::ops::Range;

use super::date::{self, Date};
use super::pages::locators;
use super::vocabulary::is_and;
use super::words::Words;

/// The years or dates of a citation.
#[derive(Debug)]
pub(super) struct When {
    pub(super) dates: Vec<(Date, Range<usize>)>,
    pub(super) is_span: bool,
    pub(super) in_brackets: bool,
    /// The place after.
    pub(super) next: usize,
}

/// Reads "2019", "2021a, 2021b", "2022, 2023 and 2024", "(2019: 45)", "(2025, 30 October)".
pub(super) fn when(words: &Words<'_>, at: usize, end: usize) -> Option<When> {
    if !words.is_one_of_marks(at, &['(', '[']) {
        return dates(words, at, end);
    }
    let close = words.closing(at).filter(|close| *close < end)?;
    if is_document_number(words, at) {
        return None;
    }
    let mut when = dates(words, at + 1, close)?;
    if locators(words, when.next, close) != close {
        return None;
    }
    when.in_brackets = true;
    when.next = close + 1;
    Some(when)
}

/// Whether the brackets belong to the number of a document: "COM(2021) 564".
pub(super) fn is_document_number(words: &Words<'_>, at: usize) -> bool {
    let close = words.closing(at).filter(|close| *close == at + 2);
    at > 0
        && words.is_acronym(at - 1)
        && words.touches_previous(at)
        && close.is_some_and(|close| words.is_number(close + 1))
}

/// Reads a list of dates that stands in no brackets of its own.
pub(super) fn dates(words: &Words<'_>, at: usize, end: usize) -> Option<When> {
    let (first, mut next) = date::read(words, at)?;
    if next > end {
        return None;
    }
    let mut dates = vec![(first, at..next)];
    let mut is_span = false;
    while next < end {
        let comma = usize::from(words.is_one_of_marks(next, &[',', ';']));
        let and = usize::from(is_and(words, next + comma));
        let dash = usize::from(words.is_one_of_marks(next, &['–', '-']) && comma + and == 0);
        let start = next + comma + and + dash;
        if start == next {
            break;
        }
        let Some((date, after)) =
            next_date(words, start, &dates).filter(|(_, after)| *after <= end)
        else {
            break;
        };
        is_span |= dash > 0;
        dates.push((date, start..after));
        next = after;
    }
    Some(When {
        dates,
        is_span,
        in_brackets: false,
        next,
    })
}

/// Another date of a list; of "2021a, b" the second.
fn next_date(
    words: &Words<'_>,
    at: usize,
    dates: &[(Date, Range<usize>)],
) -> Option<(Date, usize)> {
    let (last, _) = dates.last()?;
    let mut chars = words.folded(at).chars();
    match (chars.next(), chars.next(), last.letter) {
        (Some(letter @ 'b'..='z'), None, Some(before))
            if before < letter && !(words.is_mark(at + 1, '.') && words.is_number(at + 2)) =>
        {
            let letter = Some(letter);
            Some((Date { letter, ..*last }, at + 1))
        }
        _ => date::read(words, at),
    }
}
