//! Citations that have no author and title: judgments, laws, letters, papers of an archive.

mod laws;
pub(super) mod neutral;
mod rules;
mod rulings;

use std::ops::Range;

use super::SourceKind;
use super::date::{self, Date};
use super::designation::{Designation, of_congress};
use super::elements::Elements;
use super::languages::Class;
use super::pages::is_rest;
use super::vocabulary::{is_function_word, register, reporter, signals};
use super::when::is_document_number;
use super::words::Words;
pub(super) use laws::{act_name, is_of_constitution, regulations_name, treaty_name};
use laws::{is_act, is_code, is_code_of_country, is_numbered, is_treaty};
use rulings::is_ruling;
pub(super) use rulings::{gives_ruling, is_of_nations, opinion};

/// Which kind of legal source it is, if it is one.
pub(super) fn legal_kind(
    words: &Words<'_>,
    range: &Range<usize>,
    dates: &[Date],
) -> Option<SourceKind> {
    let range = signals(words, range.start)..range.end;
    if is_case(words, &range, dates)
        || is_judgment(words, &range, dates)
        || opinion(words, &range).is_some()
    {
        Some(SourceKind::Judgment)
    } else if is_act(words, &range)
        || regulations_name(words, &range).is_some()
        || is_code_of_country(words, &range)
        || is_code(words, &range)
        || is_numbered(words, &range, dates)
        || volume_of_register(words, &range).is_some()
    {
        Some(SourceKind::Law)
    } else if of_congress(words, range.start).is_some() {
        Some(SourceKind::Report)
    } else {
        is_treaty(words, &range).then_some(SourceKind::Treaty)
    }
}

/// "Author's interview with an official, Brussels, 14 May 2024", "Jane Roe, interview with author".
pub(super) fn is_interview(words: &Words<'_>, range: &Range<usize>) -> bool {
    let start = signals(words, range.start);
    let whose = words.is(start, Class::WhoseRecord);
    let what = |at| words.is(at, Class::Talk);
    whose && (what(start + 1) || what(start + 2)) || talk(words, start, range.end).is_some()
}

/// Reads names, who these are in brackets, and gives the words for a talk with them: "Jane Roe
/// (former minister), telephone interview with author, Brussels, 14 May 2024".
pub(super) fn talk(words: &Words<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    let elements = Elements::read(words, at, end);
    let mut next = elements.next;
    let who = words.closing(next).filter(|_| words.is_mark(next, '('));
    next = who.map_or(next, |close| close + 1);
    let title = talk_words(words, next + usize::from(words.is_mark(next, ',')), end)?;
    let is_named = !elements.list.is_empty() && elements.are_persons(words);
    (is_named && title.start > at).then_some(title)
}

/// The words that say by what talk something is known: "personal communication", "interview with
/// the author"; up to the next comma, bracket or date.
pub(super) fn talk_words(words: &Words<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    let kind = at + usize::from(words.is(at, Class::WhoseRecord));
    let begins = words.is_small(kind) || words.is_mark(at.wrapping_sub(1), ',');
    let is_talk = words.is(kind, Class::Talk) && begins && words.is_outside(kind);
    let ends = |at: &usize| {
        words.is_one_of_marks(*at, &[',', ';', '.', '(', '[']) || date::read(words, *at).is_some()
    };
    is_talk.then(|| at..(kind + 1..end).find(ends).unwrap_or(end))
}

/// The word for the talk among such words, which two citations of one talk share.
pub(super) fn talk_kind(words: &Words<'_>, title: &Range<usize>) -> Range<usize> {
    let kind = title.clone().find(|at| words.is(*at, Class::Talk));
    kind.map_or(title.clone(), |kind| kind..kind + 1)
}

/// Whether it reads as a case or a law: "Brown v. Board", "BVerfGE 7, 198", "Case C-131/12",
/// "Human Rights Act 1998", "18 U.S.C. § 3501".
pub(super) fn is_legal(words: &Words<'_>, range: &Range<usize>, dates: &[Date]) -> bool {
    legal_kind(words, range, dates).is_some()
}

/// "Brown v. Board of Education".
fn is_case(words: &Words<'_>, range: &Range<usize>, dates: &[Date]) -> bool {
    let versus = range.clone().skip(1).take(14).any(|at| {
        let role = at.wrapping_sub(2);
        // „übers. v. Ute Frietsch“
        let is_helper = words.is_mark(at.wrapping_sub(1), '.')
            && (words.is(role, Class::EditedBy) || words.is(role, Class::TranslatedBy));
        !is_helper
            && matches!(words.folded(at), "v" | "vs" | "c")
            && words.is_small(at)
            // "Jane Roe, AI vs AI: Tools": no court says so behind a comma.
            && (words.folded(at) != "vs" || !(range.start..at).any(|at| words.is_mark(at, ',')))
            && (words.is_word(at.wrapping_sub(1))
                || words.is_one_of_marks(at.wrapping_sub(1), &['.', ')']))
            && (words.is_capital(at + 1) || words.is_capital(at + 2))
    });
    // "Vattenfall v. Germany, ICSID Case No. ARB/12/12"
    let is_number = |at: usize| {
        let number = at + 2 + usize::from(words.is_mark(at + 2, '.'));
        words.folded(at) == "case"
            && words.is_capital(at)
            && words.is(at + 1, Class::Number)
            && (words.is_acronym(number) || words.is_number(number))
    };
    versus
        && (!dates.is_empty()
            || words.slice(range).contains("ECLI")
            || range.clone().any(is_number))
}

/// "BGH, Urteil vom 20.02.1979", "CE, Ass., 28 mai 1954", "Case C-131/12", "Corte cost., 22
/// ottobre 2014, n. 238".
fn is_judgment(words: &Words<'_>, range: &Range<usize>, dates: &[Date]) -> bool {
    let word = words.folded(range.start);
    if is_report_alone(words, range) || neutral::is_named(words, range) {
        return true;
    }
    if is_ruling(words, range, dates) {
        return true;
    }
    if words.is(range.start, Class::Collection) {
        return Designation::read(words, range.start).is_some();
    }
    let has_day = dates.iter().any(|date| date.day.is_some());
    let is_named = match word {
        "case" | "cases" | "joined" => words.is_capital(range.start),
        // "Cass. civ.", but "Cass R. Sunstein"
        "cass" => words.is_capital(range.start) && words.is_mark(range.start + 1, '.'),
        _ if words.is(range.start, Class::CourtWithDay) => has_day,
        _ => is_of_court(words, range.start),
    };
    let numbered = range.clone().skip(1).take(12).any(|at| words.is_number(at));
    is_named
        && numbered
        && (has_day || !dates.is_empty() || matches!(word, "case" | "cases" | "joined"))
}

/// "Oversight of AI: Rules for Machines: Hearing Before the S. Comm., 118th Cong. 3 (2023)": the name of a
/// hearing, which nobody has written.
pub(super) fn hearing(words: &Words<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    let start = signals(words, range.start);
    let is_congress = |at: &usize| {
        words.is_number(*at)
            && words.folded(*at).ends_with(char::is_alphabetic)
            && words.folded(at + 1) == "cong"
    };
    let congress = (start..range.end).find(is_congress)?;
    let is_hearing = |at: usize| {
        matches!(words.folded(at), "hearing" | "hearings") && words.folded(at + 1) == "before"
    };
    (words.is_capital(start) && (start..congress).any(is_hearing)).then_some(start..congress)
}

/// Whether a judgment is cited by nothing but its report: where the text has named the case.
pub(super) fn is_report_alone(words: &Words<'_>, range: &Range<usize>) -> bool {
    is_bare_report(words, range) || neutral::is_alone(words, range)
}

/// "438 U.S. 104, 124 (1978)", "986 F. Supp. 2d 982 (W.D. Wis. 2014)": where the text has named the
/// case. Journals, codes and registers are cited alike, so that the reporter must be known, or a
/// court stand before the year.
fn is_bare_report(words: &Words<'_>, range: &Range<usize>) -> bool {
    let Some(report) = Designation::read(words, range.start)
        .filter(|report| words.is_number(range.start) && !report.is_pinpoint)
    else {
        return false;
    };
    let is_of_reporter = reporter(words, range.start + 1)
        .is_some_and(|next| words.is_number(next) || words.is_mark(next, '('));
    match bracketed_year(words, report.next, range.end) {
        Some(mut bracket) => is_of_reporter || bracket.any(|at| words.is(at, Class::CourtOfReport)),
        // "203 F.3d 1028 (en banc)": the text has said when.
        None => {
            let open = words.is_mark(report.next, '(');
            let close = words.closing(report.next).filter(|_| open);
            let next = close.map_or(report.next, |close| close + 1);
            is_of_reporter && is_rest(words, next, range.end)
        }
    }
}

/// The bracket that ends in a year behind the pages that begin here: "124 (1978)". A page may look
/// like a year itself: "1152, 1157 (Cal. 1984)".
fn bracketed_year(words: &Words<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    const MAX_PAGES_WORDS: usize = 12;
    let is_of_pages = |at: &usize| {
        words.is_number(*at)
            || words.is_one_of_marks(*at, &[',', '–', '-', '&'])
            || words.folded(*at) == "n" && words.is_mark(at + 1, '.')
            || words.is_mark(*at, '.') && words.is_number(at + 1)
    };
    let pages = (at..end.min(at + MAX_PAGES_WORDS)).take_while(is_of_pages);
    let open = at + pages.count();
    let close = words.closing(open).filter(|close| *close < end)?;
    date::year(words, close.checked_sub(1)?)?;
    words.is_mark(open, '(').then_some(open..close)
}

/// "Procedures for Credible Fear Screening, 87 Fed. Reg. 18078, 18081 (Mar. 29, 2022)", "111 Cong.
/// Rec. 8423 (1965)": where the volume of the register stands.
pub(super) fn volume_of_register(words: &Words<'_>, range: &Range<usize>) -> Option<usize> {
    const MAX_TITLE_WORDS: usize = 60;
    let is_volume = |at: &usize| {
        let begins = *at == range.start || words.is_mark(at.wrapping_sub(1), ',');
        let page = register(words, at + 1).filter(|page| words.is_number(*page));
        begins
            && words.is_number(*at)
            && words.is_outside(*at)
            && page.is_some_and(|page| bracketed_year(words, page, range.end).is_some())
    };
    range.clone().take(MAX_TITLE_WORDS).find(is_volume)
}

/// Whether a court's abbreviation stands here.
pub(super) fn is_of_court(words: &Words<'_>, at: usize) -> bool {
    words.is_acronym(at) && words.is(at, Class::Court) || words.is(at, Class::CourtInFull)
}

/// A letter, minutes, a file of an archive: parts between commas, one of them a day, one with a
/// number that things are found by. „Balfour to Curzon, 11 August 1919, FO 371/4183, TNA“.
pub(super) fn is_record(words: &Words<'_>, range: &Range<usize>, elements: &Elements) -> bool {
    let start = signals(words, range.start);
    if !words.is_capital(start)
        || is_function_word(words, start) && !words.is_acronym(start)
        || elements.list.is_empty()
    {
        return false;
    }
    let mut has_day = false;
    let mut has_signature = false;
    let mut from = start;
    for at in start..=range.end {
        let ends = at == range.end || words.is_mark(at, ',') && words.is_outside(at);
        if !ends {
            continue;
        }
        has_day |= from > start
            && elements.list.len() > 1
            && is_document_number(words, from + 1)
            && is_signature(words, from..at);
        match date::read(words, from).filter(|(date, _)| date.day.is_some()) {
            Some((_, next))
                if next >= at.min(range.end) || words.is_one_of_marks(next, &['.', '(']) =>
            {
                has_day |= from > start;
            }
            _ => has_signature |= from > start && is_signature(words, from..at),
        }
        // "HC Deb 5 April 1954, vol 526": the day stands at the end of the name.
        has_day |= from == start && (start + 2..at).any(|day| is_day_before(words, day, at));
        from = at + 1;
    }
    has_day && has_signature
}

fn is_day_before(words: &Words<'_>, at: usize, end: usize) -> bool {
    let read = date::read(words, at);
    read.is_some_and(|(date, next)| next == end && date.day.is_some())
}

/// "FO 371/4183", "UN Doc. S/RES/1325", "n° 287110", "CAB 27/24", "A5".
fn is_signature(words: &Words<'_>, range: Range<usize>) -> bool {
    let mut has_number = false;
    for at in range.clone() {
        let is_word = words.is_small(at)
            && !matches!(
                words.folded(at),
                "final"
                    | "n"
                    | "no"
                    | "nr"
                    | "vol"
                    | "num"
                    | "ser"
                    | "reel"
                    | "box"
                    | "fol"
                    | "cols"
                    | "col"
                    | "ch"
            );
        if is_word {
            return false;
        }
        has_number |= words.is_number(at) && words.folded(at).len() > 1;
    }
    let is_led = words.is_capital(range.start)
        || words.is(range.start, Class::Number)
        || matches!(words.folded(range.start), "n" | "vol");
    has_number && is_led && !range.is_empty() && range.len() < 16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_alone_is_a_judgment_only_by_its_reporter_or_its_court() {
        let kind = |text: &str| {
            let words = Words::read(text, &[], &[]);
            legal_kind(&words, &(0..words.len()), &[])
        };
        for report in [
            "438 U.S. 104 (1978)",
            "438 U.S. 104, 124 (1978)",
            "5 U.S. (1 Cranch) 137 (1803)",
            "986 F. Supp. 2d 982 (W.D. Wis. 2014)",
            "385 F.3d 350, 360 (3d Cir. 2004)",
            "12 Cal. 4th 500 (1996)",
            "111 S. Ct. 2 (1990)",
            "123 L. Ed. 2d 5 (1993)",
            "26 D.L.R. (4th) 200 (1986)",
            "3 All E.R. 12 (1990)",
            "40 Unheard Rep. 7 (9th Cir. 1990)",
            "685 P.2d 1152, 1157 (1984)",
            "203 F.3d 1028 (en banc)",
        ] {
            assert_eq!(kind(report), Some(SourceKind::Judgment), "{report}");
        }
        for law in [
            "61 Fed. Reg. 1978, 1981 (1996)",
            "Rules for Asylum, Removal and Stay: Final Rule, 61 Fed. Reg. 123 (Mar. 2, 1996)",
            "111 Cong. Rec. 8423 (1965)",
            "Cal. Gov’t Code § 65584",
            "N.Y. Penal Law § 265.01 (McKinney 2017)",
            "5 C.F.R. 930 (2011)",
            "42 U.S.C. 1983 (2000)",
            "5 U.S.C.A 552a",
        ] {
            assert_eq!(kind(law), Some(SourceKind::Law), "{law}");
        }
        for other in [
            "39 Gov. Contractor 161 (1997)",
            "12 Am. Econ. Q. 5 (1990)",
            "100 Yale L.J. 1 (1990)",
            "1155 U.N.T.S. 331 (1969)",
        ] {
            assert_eq!(kind(other), None, "{other}");
        }
    }
}
