//! Citations that have no author and title: judgments, laws, letters, papers of an archive.

pub(super) mod neutral;
mod rules;

use std::ops::Range;

use super::SourceKind;
use super::date::{self, Date};
use super::designation::{Designation, of_congress};
use super::elements::{Elements, acronym};
use super::languages::Class;
use super::pages::is_rest;
use super::vocabulary::{is_and, is_function_word, register, reporter, signals};
use super::when::is_document_number;
use super::words::Words;

/// Which kind of legal source it is, if it is one.
pub(super) fn legal_kind(
    words: &Words<'_>,
    range: &Range<usize>,
    dates: &[Date],
) -> Option<SourceKind> {
    let range = signals(words, range.start)..range.end;
    if is_case(words, &range, dates) || is_judgment(words, &range, dates) {
        Some(SourceKind::Judgment)
    } else if opinion(words, &range).is_some() {
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

/// "ICTY, *Tadić*, case no. IT-95-1-T, Opinion and Judgment, 7 May 1997": of a court of many nations.
fn is_ruling(words: &Words<'_>, range: &Range<usize>, dates: &[Date]) -> bool {
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
pub(super) fn gives_ruling(words: &Words<'_>, start: usize, end: usize) -> bool {
    if !is_of_nations(words, start) || !words.is_mark(start + 1, ',') {
        return false;
    }
    let dates = (start + 2..end).filter_map(|at| date::read(words, at).map(|(date, _)| date));
    let days: Vec<Date> = dates.filter(|date| date.day.is_some()).collect();
    is_ruling(words, &(start..end), &days)
}

/// Whether the abbreviation of a court of many nations stands here.
pub(super) fn is_of_nations(words: &Words<'_>, at: usize) -> bool {
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

/// "Human Rights Act 1998, s 6(1)", "Native Title Act 1993 (Cth) s 223(1)", "Consumer Review
/// Fairness Act of 2016, Pub. L. No. 114-258, 130 Stat. 1355".
fn is_act(words: &Words<'_>, range: &Range<usize>) -> bool {
    let Some(end) = act_name(words, range) else {
        return false;
    };
    // "Investigatory Powers Act (IPA) 2016"
    let behind = acronym(words, end).map_or(end, |close| close + 1);
    let of = behind + usize::from(words.folded(behind) == "of");
    // "Criminal Procedure Act (1990), Art. 210", "Criminal Procedure Act 51 of 1977, s 1"
    let number = behind + 1;
    let is_numbered = words.is_number(behind)
        && words.folded(number) == "of"
        && date::year(words, number + 1).is_some();
    if is_numbered || year_in_bracket(words, behind).is_some_and(|next| is_of_part(words, next)) {
        return true;
    }
    let has_number = || {
        let mut behind = end..range.end.min(end + 24);
        behind.any(|at| {
            Designation::read(words, at).is_some()
                || (words.folded(at) == "pub" && words.folded(at + 2) == "l")
        })
    };
    date::year(words, of).is_some() || has_number()
}

/// "Kenya Code of Criminal Procedure (revised edition 2012), section 206", "Code of Criminal Procedure of
/// 1898, s 5": the code of a country by its name and its year, with the part that is cited.
fn is_code_of_country(words: &Words<'_>, range: &Range<usize>) -> bool {
    const MAX_NAME_WORDS: usize = 12;
    let start = range.start;
    let is_name = |at: &usize| {
        words.is_capital(*at) || matches!(words.folded(*at), "of" | "and" | "the" | "on")
    };
    let name = (start..range.end.min(start + MAX_NAME_WORDS)).take_while(is_name);
    let mut end = start + name.count();
    let is_code = |at: usize| matches!(words.folded(at), "code" | "codex") && words.is_capital(at);
    if !words.is_capital(start) || is_function_word(words, start) || !(start..end).any(is_code) {
        return false;
    }
    // "Code of Criminal Procedure, Turkey (2009)"
    let is_of_country = words.is_mark(end, ',') && words.is_capital(end + 1);
    end += if is_of_country { 2 } else { 0 };
    let year = end + usize::from(words.folded(end) == "of");
    let next = if date::year(words, year).is_some() {
        Some(year + 1)
    } else {
        year_in_bracket(words, end)
    };
    next.is_some_and(|next| is_of_part(words, next))
}

/// Reads over a bracket with the year of a law: "(1990)", "(revised edition 2012)", "(as amended 1997)".
fn year_in_bracket(words: &Words<'_>, at: usize) -> Option<usize> {
    const MAX_WORDS: usize = 10;
    let close = words.closing(at).filter(|_| words.is_mark(at, '('))?;
    let is_year = |at: usize| date::year(words, at).is_some();
    let says = close <= at + MAX_WORDS && (at + 1..close).any(is_year);
    says.then_some(close + 1)
}

/// Whether a comma and the part of a law follow: ", section 206", ", Art. 5", ", § 3".
fn is_of_part(words: &Words<'_>, comma: usize) -> bool {
    let word = comma + 1;
    let number = word + 1 + usize::from(words.is_mark(word + 1, '.'));
    let is_named = matches!(
        words.folded(word),
        "art"
            | "arts"
            | "article"
            | "articles"
            | "section"
            | "sections"
            | "s"
            | "ss"
            | "sec"
            | "rule"
    );
    words.is_mark(comma, ',') && (is_named && words.is_number(number) || words.is_mark(word, '§'))
}

/// "Companies (Strategic Report) Regulations 2022 (SI 2022/31)": the name of an order or of regulations,
/// up to the year, where the number of the instrument stands behind it.
pub(super) fn regulations_name(words: &Words<'_>, range: &Range<usize>) -> Option<usize> {
    const MAX_NAME_WORDS: usize = 40;
    let start = range.start;
    let is_kind = |at: &usize| {
        matches!(words.folded(*at), "regulations" | "order" | "rules")
            && words.is_capital(*at)
            && date::year(words, at + 1).is_some()
    };
    let kind = (start + 1..range.end.min(start + MAX_NAME_WORDS)).find(is_kind)?;
    let is_name = |at: usize| {
        words.is_capital(at)
            || !words.is_word(at) && !words.is_one_of_marks(at, &['.', ';', ':'])
            || matches!(
                words.folded(at),
                "of" | "and" | "the" | "on" | "for" | "to" | "etc" | "in"
            )
    };
    let open = kind + 2;
    let instrument = open + usize::from(words.is_one_of_marks(open, &['(', ',']));
    let number = instrument + 1 + usize::from(words.is_mark(instrument + 1, '.'));
    let is_number = matches!(words.folded(instrument), "si" | "ssi" | "sr" | "wsi")
        && (words.is_number(number) || words.folded(number) == "no");
    // "(2008/1911)"
    let is_bare = words.is_number(instrument)
        && words.is_mark(instrument + 1, '/')
        && words.is_number(instrument + 2);
    let is_first = words.is_capital(start) && !is_function_word(words, start);
    (is_first && instrument > open && (is_number || is_bare) && (start..kind).all(is_name))
        .then_some(kind + 2)
}

/// "Opinion of Advocate General Roe, delivered on 20 November 2014 in Case C-534/13": where the name of
/// whoever gives the opinion ends.
pub(super) fn opinion(words: &Words<'_>, range: &Range<usize>) -> Option<usize> {
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

/// The place behind the name of an act that a citation begins with.
pub(super) fn act_name(words: &Words<'_>, range: &Range<usize>) -> Option<usize> {
    let is_act = |at: &usize| words.is(*at, Class::Act) && words.is_capital(*at);
    let act = range.clone().take(18).find(is_act)?;
    let is_first = |at: usize| at == range.start;
    let is_name = (range.start..=act).all(|at| {
        words.is_capital(at) && (!is_first(at) || !is_function_word(words, at))
            || matches!(
                words.folded(at),
                "of" | "and" | "the" | "on" | "for" | "to" | "etc" | "in" | "by"
            )
            || words.is_one_of_marks(at, &['(', ')', ',', '-'])
            || (words.is_mark(at, '.') && words.is_capital(at.wrapping_sub(1)))
    });
    (act > range.start && is_name && words.is_capital(range.start)).then_some(act + 1)
}

/// "Convention for the Protection of Human Rights and Fundamental Freedoms, Rome, 4 November
/// 1950", "Vienna Convention on the Law of Treaties, May 23, 1969, 1155 U.N.T.S. 331".
fn is_treaty(words: &Words<'_>, range: &Range<usize>) -> bool {
    let Some(end) = treaty_name(words, range) else {
        return false;
    };
    let is_day = |at: usize| date::read(words, at).is_some_and(|(date, _)| date.day.is_some());
    // "[2012] OJ C326/47"
    let is_journal = |at: usize| words.folded(at) == "oj" && words.is_acronym(at);
    // "2000/C 364/01"
    let is_of_series = |at: usize| {
        date::year(words, at).is_some()
            && words.is_mark(at + 1, '/')
            && matches!(words.folded(at + 2), "c" | "l")
            && words.is_number(at + 3)
    };
    let is_found =
        |at: usize| is_day(at) || is_of_series(at) || Designation::read(words, at).is_some();
    is_of_year(words, end)
        || is_of_article(words, end)
        || (end..range.end.min(end + 40)).any(|at| is_found(at) || is_journal(at))
}

/// "…, 1954, Art. 4.1": the year of a treaty, and the article of it.
fn is_of_year(words: &Words<'_>, comma: usize) -> bool {
    words.is_mark(comma, ',')
        && date::year(words, comma + 1).is_some()
        && words.is_mark(comma + 2, ',')
        && words.is(comma + 3, Class::Locator)
}

/// "Treaty on the Functioning of the European Union, art. 344", "General Agreement on Tariffs and Trade
/// (GATT), Article I": an article of a treaty that everybody knows.
fn is_of_article(words: &Words<'_>, end: usize) -> bool {
    let comma = acronym(words, end).map_or(end, |close| close + 1);
    let word = comma + 1;
    let number = word + 1 + usize::from(words.is_mark(word + 1, '.'));
    let is_number = words.is_number(number) || words.is_acronym(number) || words.raw(number) == "I";
    words.is_mark(comma, ',')
        && matches!(words.folded(word), "art" | "arts" | "article" | "articles")
        && is_number
}

/// The place behind the name of a treaty that a citation begins with.
pub(super) fn treaty_name(words: &Words<'_>, range: &Range<usize>) -> Option<usize> {
    let name_end = range
        .clone()
        .take(30)
        .find(|at| words.is_one_of_marks(*at, &[',', '(', '[']) || words.is_number(*at));
    let end = name_end.filter(|end| *end > range.start + 2)?;
    let name = range.start..end;
    let is_name = name.clone().all(|at| {
        words.is_capital(at)
            || words.is(at, Class::PhraseEnd)
            || is_and(words, at)
            || words.is(at, Class::TitleArticle)
    });
    let is_named = name
        .take(5)
        .any(|at| words.is(at, Class::Treaty) && words.is_capital(at));
    let is_first = words.is_capital(range.start) && !is_function_word(words, range.start);
    (is_named && is_name && is_first).then_some(end)
}

/// "18 U.S.C. § 3501 (2018)", "U.S. Const. amend. V".
fn is_code(words: &Words<'_>, range: &Range<usize>) -> bool {
    let start = range.start;
    let section = range.clone().take(10).find(|at| words.is_mark(*at, '§'));
    let code = section.is_some_and(|section| {
        words.is_number(start)
            && words.is_capital(start + 1)
            && (start + 1..section).all(|at| words.is_capital(at) || words.is_mark(at, '.'))
    });
    // "Cal. Gov’t Code § 65584", "Fla. Stat. § 95.031"
    let is_name =
        |at: usize| words.is_capital(at) || words.is_one_of_marks(at, &['.', '&', '’', '\'']);
    let of_state = section.is_some_and(|section| {
        words.is_capital(start)
            && words.is_mark(start + 1, '.')
            && (start..section).all(is_name)
            && (start..section).any(|at| words.is(at, Class::CodeOfState))
    });
    code || of_state
        || is_unsigned_code(words, start)
        || is_of_constitution(words, start)
        || rules::is_rules(words, start)
}

/// "44 U.S.C. 3543(a)", "5 C.F.R. 930": a code that is known without the sign of a section.
fn is_unsigned_code(words: &Words<'_>, start: usize) -> bool {
    const CODES: [&str; 4] = ["usc", "usca", "uscs", "cfr"];
    const MAX_WORDS: usize = 8;
    let is_name = |at: &usize| words.is_capital(*at) || words.is_mark(*at, '.');
    let name = start + 1..start + 1 + MAX_WORDS;
    let end = name.clone().take_while(is_name).last().unwrap_or(start) + 1;
    let letters = |at: usize| words.folded(at).chars().filter(char::is_ascii_lowercase);
    let code: String = (start + 1..end).flat_map(letters).collect();
    words.is_number(start) && words.is_number(end) && CODES.contains(&code.as_str())
}

/// Whether a part of a constitution is cited here: "U.S. Const. amend. V". Each part is cited for
/// itself, and none is another's author.
pub(super) fn is_of_constitution(words: &Words<'_>, start: usize) -> bool {
    const MAX_NAME_WORDS: usize = 8;
    let name = start..words.len().min(start + MAX_NAME_WORDS);
    let is_name = |at: usize| words.is_capital(at) || words.is_one_of_marks(at, &['.', '&']);
    name.take_while(|at| is_name(*at)).any(|at| {
        words.folded(at) == "const"
            && words.is_mark(at + 1, '.')
            && matches!(words.folded(at + 2), "amend" | "art" | "pmbl")
    })
}

/// "Regulation (EU) 2021/947 of the European Parliament … of 9 June 2021": a number, and more.
fn is_numbered(words: &Words<'_>, range: &Range<usize>, dates: &[Date]) -> bool {
    const TITLE: usize = 4;
    if !words.is_capital(range.start) || is_function_word(words, range.start) {
        return false;
    }
    // "EU General Data Protection Regulation (GDPR): Regulation (EU) 2016/679"
    const NAME: usize = 10;
    let is_colon = |at: &usize| words.is_mark(*at, ':') && words.is(at + 1, Class::Instrument);
    let is_named = |colon: &usize| {
        let mut name = range.start..*colon;
        name.all(|at| !words.is_small(at) && !words.is_one_of_marks(at, &[',', '.']))
    };
    let colon = range.clone().take(NAME).find(is_colon).filter(is_named);
    let found = (colon.map_or(range.start, |colon| colon + 1)..range.end)
        .take(8)
        .take_while(|at| words.is_capital(*at) || words.folded(*at) == "of")
        .find_map(|at| Designation::read(words, at));
    let day = |at: usize| date::read(words, at).is_some_and(|(date, _)| date.day.is_some());
    let has_day = !dates.is_empty() && range.clone().any(day);
    found.is_some_and(|found| {
        let rest = (found.next..range.end)
            .filter(|at| words.is_word(*at))
            .count();
        // "Regulation (EU) 2024/1689 laying down harmonised rules"
        let is_titled = words.is(range.start, Class::Instrument)
            && words.is_small(found.next)
            && words.is(found.next, Class::NamesLaw);
        has_day && rest > 2 || is_titled && rest > TITLE
    })
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
