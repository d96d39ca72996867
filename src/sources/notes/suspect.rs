//! Telling which comments may be citations that could not be read, so that nothing which may mean
//! them is answered for certain.

use std::ops::Range;

use super::super::date;
use super::super::designation::Designation;
use super::super::elements::Elements;
use super::super::names::Names;
use super::super::vocabulary::{is_locator, signals};
use super::super::words::Words;

/// A comment that may be a citation.
#[derive(Debug)]
pub(super) struct Suspect {
    /// Who it seems to be by; may be empty.
    pub(super) names: Names,
    pub(super) years: Vec<u16>,
}

impl Suspect {
    /// None if the words are a sentence or a remark.
    pub(super) fn read(words: &Words<'_>, range: &Range<usize>) -> Option<Suspect> {
        let start = signals(words, range.start);
        let elements = Elements::read(words, start, range.end);
        let is_named = elements.are_names(words);
        let is_parted = words.is_one_of_marks(elements.next, &[',', ':', '.', '(', '['])
            || words.is_set_off(elements.next)
            || elements.list.len() > 1;
        let looks = has_place(words, range) || has_imprint(words, range) || has_title(words, range);
        let is_title = words.is_set_off(start) && has_place(words, range);
        let is_suspect = (is_named && is_parted && looks) || is_title || is_report(words, range);
        is_suspect.then(|| Suspect {
            names: if is_named {
                Names::new(words, elements.list.get(..1).unwrap_or_default(), false)
            } else {
                Names::default()
            },
            years: range
                .clone()
                .filter_map(|at| date::year(words, at))
                .map(|(year, _)| year)
                .collect(),
        })
    }
}

/// Whether a citation seems to stand in the midst of a remark, behind who it is by: "They earned
/// more. Jane Roe, Annual Report, *The Title* 1 (2003)."
pub(super) fn holds_dated_title(words: &Words<'_>, range: &Range<usize>) -> bool {
    const NEAR: usize = 12;
    let is_behind = |at: usize| words.is_mark(at, ',') && !words.is_set_off(at);
    let dated = |open: usize| {
        let close = words.closing(open).filter(|close| *close < range.end);
        close.is_some_and(|close| date::year(words, close - 1).is_some())
    };
    range.clone().skip(1).any(|at| {
        if !words.is_set_off(at) || !is_behind(at - 1) {
            return false;
        }
        let end = (at..range.end).find(|at| !words.is_set_off(*at));
        let end = end.unwrap_or(range.end);
        let mut near = end..range.end.min(end + NEAR);
        near.any(|at| words.is_mark(at, '(') && dated(at))
    })
}

/// Whether the end of a citation seems to stand in the midst of a remark: a place, a year and a page,
/// „Frankfurt 1989: 45“, or a page before a year in brackets, "Annual Report 2, 13 (2008)".
pub(super) fn holds_imprint(words: &Words<'_>, range: &Range<usize>) -> bool {
    let is_page = |at: usize| words.is_number(at) && date::year(words, at).is_none();
    let is_placed = |year: usize| {
        let place = year.wrapping_sub(1);
        let page = year + 2;
        let is_led = is_locator(words, page);
        words.is_capital(place)
            && date::month(words, place).is_none()
            && words.is_one_of_marks(year + 1, &[':', ','])
            && (is_page(page)
                || is_led && is_page(page + 1 + usize::from(words.is_mark(page + 1, '.'))))
    };
    let is_paged = |year: usize| {
        let open = year.wrapping_sub(1);
        words.is_mark(open, '(')
            && words.is_mark(year + 1, ')')
            && is_page(open.wrapping_sub(1))
            && open > range.start + 1
    };
    let mut years = range.clone().filter(|at| date::year(words, *at).is_some());
    years.any(|year| is_placed(year) || is_paged(year))
}

/// "p. 45", "§ 242", "Rn. 101".
fn has_place(words: &Words<'_>, range: &Range<usize>) -> bool {
    range.clone().any(|at| {
        let number = at + 1 + usize::from(words.is_mark(at + 1, '.'));
        (is_locator(words, at) || words.is_mark(at, '§')) && words.is_number(number)
    })
}

/// "(London, 1999)", "Berlin 1999".
fn has_imprint(words: &Words<'_>, range: &Range<usize>) -> bool {
    range.clone().any(|at| {
        let before = at.wrapping_sub(1);
        let is_place = words.is_capital(before)
            || words.is_one_of_marks(before, &['(', ','])
                && (words.is_capital(before.wrapping_sub(1)) || words.is_mark(before, '('));
        let is_span = words.is_one_of_marks(at + 1, &['–', '-'])
            || words.is_one_of_marks(before, &['–', '-']);
        let is_year = date::year(words, at).is_some() && date::month(words, before).is_none();
        is_year && !is_span && at > range.start && is_place
    })
}

/// A title that is set off right behind a comma or a colon.
fn has_title(words: &Words<'_>, range: &Range<usize>) -> bool {
    range.clone().any(|at| {
        words.is_set_off(at)
            && at > range.start
            && words.is_one_of_marks(at - 1, &[',', ':'])
            && (words.is_capital(at) || words.is_capital(at + 1))
    })
}

fn is_report(words: &Words<'_>, range: &Range<usize>) -> bool {
    range
        .clone()
        .any(|at| Designation::read(words, at).is_some())
}

#[cfg(test)]
mod tests {
    use crate::formats::markdown::parse;
    use crate::paper::NoteId;
    use crate::sources::{SourceId, Sources};

    #[test]
    fn what_a_short_citation_is_said_to_hold_does_not_come_between_it_and_the_next() {
        let third = |remark: &str| {
            let paper = parse(&format!(
                "1[^1] 2[^2] 3[^3].\n\n[^1]: Jane Smith, *The First Book of All* 12 (2019).\n\n\
                 [^2]: *Id.*{remark}\n\n[^3]: *Id.* at 14.\n"
            ));
            Sources::read(&paper.paper).refers_to(NoteId(2))
        };
        let held = "(noting that Jane Roe, *The Title of Another* (2003)).";
        assert_eq!(third(&format!(" {held}")), [SourceId(0)]);
        // What stands behind a sentence may be a citation that could not be read.
        assert_eq!(third(&format!(" They earned more {held}")), []);
    }
}
