//! Reports that are told by their year: "[2015] UKSC 36", "[1998] 1 WLR 896", "(1992) 14 EHRR 153",
//! "2014 SCC 53".

use std::ops::Range;

use super::super::date::{self, Date};
use super::super::languages::Class;
use super::super::pages::{is_rest, locators};
use super::super::vocabulary::reporter;
use super::super::words::Words;

/// How many words and points the name of a court or of a report may have.
const MAX_NAME_WORDS: usize = 5;

/// Whether a citation is nothing but such reports and a place in them: where the text has named the
/// case.
pub(in super::super) fn is_alone(words: &Words<'_>, range: &Range<usize>) -> bool {
    let Some(mut next) = report(words, range.start) else {
        return false;
    };
    loop {
        if let Some(division) = division(words, next) {
            next = division;
        } else if let Some(other) = other_report(words, next) {
            next = other;
        } else {
            break;
        }
    }
    is_rest(words, locators(words, next, range.end), range.end)
}

/// The year of the first such report outside of a title: that of the judgment, whatever number its page
/// has.
pub(in super::super) fn year_of_first(
    words: &Words<'_>,
    range: &Range<usize>,
    title: &Range<usize>,
) -> Option<Date> {
    let is_report = |at: &usize| {
        !title.contains(at) && !words.is_mark(*at, '(') && report(words, *at).is_some()
    };
    let first = range.clone().find(is_report)?;
    let year = first + usize::from(words.is_mark(first, '['));
    date::year(words, year).map(Date::from_year)
}

/// Whether nothing but the name of a case, in italics, stands before such a report.
pub(super) fn is_named(words: &Words<'_>, range: &Range<usize>) -> bool {
    let is_italic = |at: &usize| words.get(*at).is_some_and(|word| word.emphasised);
    let length = range.clone().take_while(is_italic).count();
    let first = range.start + length;
    length > 0 && !words.is_mark(first, '(') && report(words, first).is_some()
}

/// Reads over ", [2017] AC 387" behind a report.
fn other_report(words: &Words<'_>, at: usize) -> Option<usize> {
    words
        .is_one_of_marks(at, &[',', ';'])
        .then(|| report(words, at + 1))?
}

/// Reads over the division of a court behind its number: "(Comm)", "(CA)".
fn division(words: &Words<'_>, at: usize) -> Option<usize> {
    let close = words.closing(at).filter(|_| words.is_mark(at, '('))?;
    let is_name = (at + 1..close).all(|at| words.is_capital(at));
    (close > at + 1 && close <= at + 3 && is_name).then_some(close + 1)
}

/// Reads over one such report.
fn report(words: &Words<'_>, at: usize) -> Option<usize> {
    let close = words
        .closing(at)
        .filter(|close| *close == at + 2 && date::year(words, at + 1).is_some());
    match close {
        Some(close) if words.is_mark(at, '[') => numbered(words, close + 1, is_abbreviated),
        Some(close) if words.is_mark(at, '(') => numbered(words, close + 1, is_reporter),
        _ if date::year(words, at).is_some() => court(words, at + 1),
        _ => None,
    }
}

/// Reads over "1 WLR 896", whose volume may be left out.
fn numbered(
    words: &Words<'_>,
    at: usize,
    is_name: fn(&Words<'_>, &Range<usize>) -> bool,
) -> Option<usize> {
    let name = at + usize::from(words.is_number(at));
    let is_of_name = |at: &usize| words.is_capital(*at) || words.is_mark(*at, '.') && *at > name;
    let length = (name..name + MAX_NAME_WORDS).take_while(is_of_name).count();
    let mut page = name + length;
    // "[2010] ECR I-1919"
    let is_of_part = words.is_one_of_marks(page, &['-', '–', '‑'])
        && matches!(words.folded(page - 1), "i" | "ii")
        && length > 1;
    page += usize::from(is_of_part);
    (length > 0 && words.is_number(page) && is_name(words, &(name..page))).then_some(page + 1)
}

/// "UKSC", "EWCA Civ", "All ER", "Ch": a court, or a report that is known.
fn is_abbreviated(words: &Words<'_>, name: &Range<usize>) -> bool {
    let is_acronym = |at: usize| {
        let capitals = words.raw(at).chars().filter(|c| c.is_uppercase());
        capitals.count() > 1
    };
    name.clone().any(is_acronym)
        || is_reporter(words, name)
        || name.len() == 1 && matches!(words.folded(name.start), "ch" | "fam" | "p")
}

fn is_reporter(words: &Words<'_>, name: &Range<usize>) -> bool {
    reporter(words, name.start) == Some(name.end)
}

/// "SCC 53", "ONCA 12": a court that numbers its judgments.
fn court(words: &Words<'_>, at: usize) -> Option<usize> {
    let is_court = words.is_acronym(at) && words.is(at, Class::NeutralCourt);
    (is_court && words.is_number(at + 1)).then_some(at + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: bool) {
        let words = Words::read(text, &[], &[]);
        assert_eq!(is_alone(&words, &(0..words.len())), expected, "{text}");
    }

    #[test]
    fn a_report_by_its_year_stands_alone_for_a_judgment() {
        for report in [
            "[2015] UKSC 36.",
            "[2015] UKSC 36, [2015] AC 1619 [17].",
            "[1998] 1 WLR 896, 912–13.",
            "[2015] EWHC 2658 (Comm).",
            "[1972] Ch 53 (CA).",
            "[1990] 3 All ER 12",
            "(1992) 14 EHRR 153, para 59.",
            "2014 SCC 53 at para 5.",
            "[2019] HCA 1, [12].",
        ] {
            check(report, true);
        }
    }

    #[test]
    fn a_journal_by_its_year_does_not() {
        for other in [
            "(2004) 67 Modern Law Review 684.",
            "2014 Annual Report 53",
            "[2015] Annual Report 36",
            "(2015) 36.",
            "2014 NATO 53",
        ] {
            check(other, false);
        }
    }
}
