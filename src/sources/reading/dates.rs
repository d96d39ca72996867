//! When a citation in full says that its source appeared, and when it was accessed.

use std::ops::Range;

use super::super::date::{self, Date};
use super::super::languages::Class;
use super::super::record::neutral;
use super::super::vocabulary::is_locator;
use super::super::words::Words;
use super::Full;

/// A span of years before any book was printed, in the brackets behind a title, is what it tells of:
/// "The Counts of Flanders (1244–1278)".
pub(super) const EARLIEST_PRINT: u16 = 1450;

impl Full {
    /// The date of a citation that does not begin with it: the last that is no part of a title,
    /// no page and no date of access.
    pub(super) fn late_dates(&self, words: &Words<'_>, range: &Range<usize>) -> Vec<Date> {
        if let Some(date) = neutral::year_of_first(words, range, &self.title) {
            return vec![date];
        }
        // "Darwin to Hooker, 11 January 1844, in *Letters* (Cambridge, 1987)"
        let after_head = date::read(words, self.head.end + 1);
        if let Some((date, _)) = after_head.filter(|(date, _)| date.day.is_some()) {
            return vec![date];
        }
        let imprint = self.imprint_date(words, range);
        if let Some((date, false)) = imprint {
            return vec![date];
        }
        let mut found = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let outside = !self.accessed.contains(&at) && !self.title.contains(&at);
            let counts = outside && !words.is_set_off(at) && !is_page(words, at);
            match date::read(words, at).filter(|(_, next)| counts && *next <= range.end) {
                Some((date, next)) => {
                    found.push(date);
                    at = next;
                }
                None => at += 1,
            }
        }
        // "1958a. (I cite the edition of 1981.)": by its letter the author tells it from others.
        let lettered = found.iter().rfind(|date| is_lettered(date));
        let told = lettered.or(found.last()).copied();
        let date = told.or(imprint.map(|(date, _)| date));
        date.into_iter().collect()
    }

    /// The date in the brackets behind a title, "*Title* (London: Verso, 1971), 3. In 1999 …", and whether
    /// it is what the title tells of.
    fn imprint_date(&self, words: &Words<'_>, range: &Range<usize>) -> Option<(Date, bool)> {
        let page = self.title.end + usize::from(words.folded(self.title.end) == "at");
        let is_page = words.is_number(page) && words.is_mark(page + 1, '(');
        let open = if is_page {
            page + 1
        } else {
            self.title.end + usize::from(words.is_mark(self.title.end, ','))
        };
        let close = words.closing(open).filter(|close| *close < range.end)?;
        if self.title.is_empty() || !words.is_mark(open, '(') {
            return None;
        }
        let dates = (open..close).rev();
        let mut dates = dates.filter_map(|at| date::read(words, at).map(|(date, _)| date));
        let is_span = words.is_one_of_marks(close - 2, &['–', '-']);
        let date = dates.next()?;
        Some((date, is_span && date.year < EARLIEST_PRINT))
    }
}

/// Whether a letter tells the year from others. "1447a" is a page of Aristotle's.
fn is_lettered(date: &Date) -> bool {
    const EARLIEST: u16 = 1500;
    date.letter.is_some() && date.year >= EARLIEST
}

/// Whether the number here is a page, a volume or part of a span of pages.
fn is_page(words: &Words<'_>, at: usize) -> bool {
    let before = at.wrapping_sub(1);
    let led = is_locator(words, before)
        || (words.is_mark(before, '.') && is_locator(words, before.wrapping_sub(1)));
    let dash = |at| words.is_one_of_marks(at, &['–', '-']);
    let of_span = |from: usize| dash(from) && words.is_number(from.wrapping_sub(1));
    let after_pages = words.is_mark(before, ':') && words.is_number(before.wrapping_sub(1));
    // "130 Stat. 1355", "ECLI:EU:C:2014:317"
    let of_report = words.is_mark(before, '.')
        && words.is_capital(before.wrapping_sub(1))
        && is_plain_number(words, before.wrapping_sub(2))
        && date::month(words, before.wrapping_sub(1)).is_none();
    let of_code = words.is_mark(before, ':') && words.touches_previous(at);
    // "(Paris: Éd. Panthéon-Assas, 2009), 1060"
    let after_imprint = words.is_mark(before, ',')
        && words.is_mark(before.wrapping_sub(1), ')')
        && date::year(words, before.wrapping_sub(2)).is_some();
    words.is_number(at)
        && (after_imprint
            || of_report
            || of_code
            || led
            || of_span(before)
            || dash(at + 1)
            || after_pages)
}

/// Whether it is made of digits alone: "3d" of "3d Cir." is no volume.
fn is_plain_number(words: &Words<'_>, at: usize) -> bool {
    words.is_number(at) && words.folded(at).bytes().all(|byte| byte.is_ascii_digit())
}

/// The words that say when a page was accessed: "(last accessed 27 April 2026)".
pub(super) fn accessed(words: &Words<'_>, range: &Range<usize>) -> Range<usize> {
    for at in range.clone().rev() {
        if !words.is(at, Class::Accessed) {
            continue;
        }
        let date = (at + 1..range.end.min(at + 5)).find_map(|start| {
            let (_, next) = date::read(words, start)?;
            Some(start..next)
        });
        if let Some(date) = date.filter(|date| date.end <= range.end) {
            return date;
        }
    }
    range.end..range.end
}
