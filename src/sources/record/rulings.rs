//! Rulings of the courts of many nations, and the opinions that are given to them.

use std::ops::Range;

use super::super::date::{self, Date};
use super::super::designation::Designation;
use super::super::languages::Class;
use super::super::words::Words;

/// "ICTY, *Tadić*, case no. IT-95-1-T, Opinion and Judgment, 7 May 1997": of a court of many nations.
pub(super) fn is_ruling(words: &Words<'_>, range: &Range<usize>, dates: &[Date]) -> bool {
    let title = range.start + 2;
    let is_italic = |at: usize| words.get(at).is_some_and(|word| word.emphasised);
    let is_ruling = |at: usize| words.is(at, Class::Ruling) || words.folded(at) == "transcript";
    let says = |at: usize| is_ruling(at) && words.is_capital(at) && !words.is_set_off(at);
    is_of_nations(words, range.start)
        && words.is_mark(range.start + 1, ',')
        && is_italic(title)
        && !dates.is_empty()
        && (title..range.end).any(says)
}

/// "ICC, *Prosecutor* v. *Roe*, No. ICC-01/09, Trial Chamber, Decision on Bail, 18 June 2013": the name of
/// a case before such a court, what it has ruled and on which day. Nobody says all of that twice.
pub(in super::super) fn gives_ruling(words: &Words<'_>, start: usize, end: usize) -> bool {
    if !is_of_nations(words, start) || !words.is_mark(start + 1, ',') {
        return false;
    }
    let dates = (start + 2..end).filter_map(|at| date::read(words, at).map(|(date, _)| date));
    let days: Vec<Date> = dates.filter(|date| date.day.is_some()).collect();
    is_ruling(words, &(start..end), &days)
}

/// Whether the abbreviation of a court of many nations stands here.
pub(in super::super) fn is_of_nations(words: &Words<'_>, at: usize) -> bool {
    let name = words.folded(at);
    words.is_acronym(at)
        && matches!(
            name,
            "icc"
                | "icty"
                | "ictr"
                | "icj"
                | "pcij"
                | "itlos"
                | "ecthr"
                | "cjeu"
                | "ecj"
                | "iacthr"
                | "scsl"
                | "stl"
                | "eccc"
                | "irmct"
        )
}

/// "Opinion of Advocate General Roe, delivered on 20 November 2014 in Case C-534/13": where the name of
/// whoever gives the opinion ends.
pub(in super::super) fn opinion(words: &Words<'_>, range: &Range<usize>) -> Option<usize> {
    const MAX_WORDS: usize = 30;
    let start = range.start;
    let is_led = words.folded(start) == "opinion"
        && words.is_capital(start)
        && words.folded(start + 1) == "of";
    let general = start + 2;
    let behind = match (words.folded(general), words.folded(general + 1)) {
        ("advocate", "general") => general + 2,
        ("ag", _) if words.is_acronym(general) => general + 1,
        _ => return None,
    };
    let is_name =
        |at: &usize| words.is_capital(*at) || words.is_one_of_marks(*at, &['.', '-', '’']);
    let end = behind + (behind..range.end).take_while(is_name).count();
    let is_case = |at: &usize| words.folded(*at) == "case" || words.folded(*at) == "cases";
    let is_of_case = (end..range.end.min(end + MAX_WORDS))
        .find(is_case)
        .is_some_and(|case| Designation::read(words, case).is_some() || words.is_capital(case + 1));
    (is_led && end > behind && is_of_case).then_some(end)
}
