//! Years and dates, as they stand in citations.

use std::ops::Range;

use super::languages::{self, Class};
use super::words::Words;
pub(super) use crate::paper::Date;

impl Date {
    pub(super) fn from_year((year, letter): (u16, Option<char>)) -> Date {
        Date {
            year,
            letter,
            month: None,
            day: None,
        }
    }

    /// Whether a citation that says this date can mean a source of the other: what it says must
    /// be the same there.
    pub(super) fn means(&self, other: &Date) -> bool {
        self.year == other.year
            && self.letter == other.letter
            && self.month.is_none_or(|month| other.month == Some(month))
            && self.day.is_none_or(|day| other.day == Some(day))
    }
}

/// Reads a date that begins at a word: "2021a", "2025, 30 October", "4 February 2022",
/// "4. Februar 2022", "4 février 2022", "February 4, 2022", "May 2019", "04.02.2022",
/// "2022-02-04". Gives the place after it.
pub(super) fn read(words: &Words<'_>, at: usize) -> Option<(Date, usize)> {
    iso_date(words, at)
        .or_else(|| year_first(words, at))
        .or_else(|| day_first(words, at))
        .or_else(|| month_first(words, at))
}

/// The year that a word is, with its letter: from 1000 to 2099.
pub(super) fn year(words: &Words<'_>, at: usize) -> Option<(u16, Option<char>)> {
    if !words.is_number(at) || is_section(words, at) {
        return None;
    }
    let word = words.folded(at);
    // "2005³" is the third edition.
    let is_edition = words
        .raw(at)
        .ends_with(['¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']);
    let (digits, letter) = match word.char_indices().nth(4) {
        None => (word, None),
        Some((4, _)) if is_edition => (word.get(..4)?, None),
        Some((4, letter @ 'a'..='z')) if word.len() == 5 => (word.get(..4)?, Some(letter)),
        Some(_) => return None,
    };
    if digits.len() != 4 {
        return None;
    }
    let year = digits.parse().ok()?;
    (1000..=2099).contains(&year).then_some((year, letter))
}

/// "§ 1983", "§§ 1961–1968": the number of a section.
fn is_section(words: &Words<'_>, at: usize) -> bool {
    let is_behind_sign = |at: usize| words.is_mark(at.wrapping_sub(1), '§');
    let first = at.wrapping_sub(2);
    let is_last = words.is_one_of_marks(at.wrapping_sub(1), &['-', '–']) && words.is_number(first);
    is_behind_sign(at) || is_last && is_behind_sign(first)
}

/// The month that a word names, 1 to 12.
pub(super) fn month(words: &Words<'_>, at: usize) -> Option<u8> {
    if !words.is(at, Class::Month) {
        return None;
    }
    languages::month(words.folded(at))
}

/// "2022-02-04", "04.02.2022", "4/2/2022"; day before month, as in most of the world.
fn iso_date(words: &Words<'_>, at: usize) -> Option<(Date, usize)> {
    let parted = |mark| words.is_mark(at + 1, mark) && words.is_mark(at + 3, mark);
    let joined = (at + 1..at + 5).all(|next| words.touches_previous(next));
    let (year_at, month_at, day_at) = if parted('-') {
        (at, at + 2, at + 4)
    } else if parted('.') || parted('/') {
        (at + 4, at + 2, at)
    } else {
        return None;
    };
    if !joined && !parted('.') {
        return None;
    }
    let date = Date {
        month: Some(number(words, month_at, 1..13)?),
        day: Some(number(words, day_at, 1..32)?),
        ..Date::from_year(year(words, year_at)?)
    };
    Some((date, at + 5))
}

/// "2025", "2021a", "2025, 30 October", "2025, October 30", "2025, April".
fn year_first(words: &Words<'_>, at: usize) -> Option<(Date, usize)> {
    let mut date = Date::from_year(year(words, at)?);
    let next = at + 1 + usize::from(words.is_mark(at + 1, ','));
    if let Some((day, after)) = day(words, next)
        && let Some(month) = month(words, after)
    {
        date.day = Some(day);
        date.month = Some(month);
        return Some((date, after + 1));
    }
    if let Some(month) = month(words, next) {
        date.month = Some(month);
        let after = next + 1 + usize::from(words.is_mark(next + 1, '.'));
        if let Some((day, after)) = day(words, after)
            && !words.is_number(after)
        {
            date.day = Some(day);
            return Some((date, after));
        }
        return Some((date, after));
    }
    Some((date, at + 1))
}

/// "4 February 2022", "4. Februar 2022", "4th of February, 2022", "1er mars 2020".
fn day_first(words: &Words<'_>, at: usize) -> Option<(Date, usize)> {
    let (day, next) = day(words, at)?;
    let next = after_de(words, next);
    let month = month(words, next)?;
    let (year, after) = year_after(words, after_de(words, next + 1))?;
    let date = Date {
        day: Some(day),
        month: Some(month),
        ..year
    };
    Some((date, after))
}

/// "February 4, 2022", "May 2019".
fn month_first(words: &Words<'_>, at: usize) -> Option<(Date, usize)> {
    let month = Some(month(words, at)?);
    let next = at + 1 + usize::from(words.is_mark(at + 1, '.'));
    if let Some((day, next)) = day(words, next)
        && let Some((year, after)) = year_after(words, next)
    {
        let day = Some(day);
        return Some((Date { day, month, ..year }, after));
    }
    let (year, after) = year_after(words, next)?;
    Some((Date { month, ..year }, after))
}

/// Reads over the "de" of "28 de junio de 2010".
fn after_de(words: &Words<'_>, at: usize) -> usize {
    at + usize::from(words.is(at, Class::DateOf))
}

fn year_after(words: &Words<'_>, at: usize) -> Option<(Date, usize)> {
    let next = at + usize::from(words.is_one_of_marks(at, &[',', '.']));
    Some((Date::from_year(year(words, next)?), next + 1))
}

/// "4", "4.", "4th", "4th of", "1er".
fn day(words: &Words<'_>, at: usize) -> Option<(u8, usize)> {
    let word = words.folded(at);
    let digits = ["st", "nd", "rd", "th", "er"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending))
        .unwrap_or(word);
    let day = digits.parse().ok().filter(|day| (1..32).contains(day))?;
    let next = at + 1 + usize::from(words.is_mark(at + 1, '.'));
    Some((day, next))
}

fn number(words: &Words<'_>, at: usize, allowed: Range<u8>) -> Option<u8> {
    let number = words.folded(at).parse().ok()?;
    allowed.contains(&number).then_some(number)
}
