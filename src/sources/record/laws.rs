//! Laws by their names and numbers: acts, codes, treaties, regulations, parts of a constitution.

use std::ops::Range;

use super::super::date::{self, Date};
use super::super::designation::Designation;
use super::super::elements::acronym;
use super::super::languages::Class;
use super::super::vocabulary::{is_and, is_function_word};
use super::super::words::Words;
use super::rules::is_rules;

/// "Human Rights Act 1998, s 6(1)", "Native Title Act 1993 (Cth) s 223(1)", "Consumer Review
/// Fairness Act of 2016, Pub. L. No. 114-258, 130 Stat. 1355".
pub(super) fn is_act(words: &Words<'_>, range: &Range<usize>) -> bool {
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
pub(super) fn is_code_of_country(words: &Words<'_>, range: &Range<usize>) -> bool {
    const MAX_NAME_WORDS: usize = 12;
    let start = range.start;
    let is_name = |at: &usize| {
        words.is_capital(*at) || matches!(words.folded(*at), "of" | "and" | "the" | "on")
    };
    let name = (start..range.end.min(start + MAX_NAME_WORDS)).take_while(is_name);
    let mut end = start + name.count();
    let is_code = |at: usize| words.is_capital(at) && matches!(words.folded(at), "code" | "codex");
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
pub(in super::super) fn regulations_name(words: &Words<'_>, range: &Range<usize>) -> Option<usize> {
    const MAX_NAME_WORDS: usize = 40;
    let start = range.start;
    let is_kind = |at: &usize| {
        words.is_capital(*at)
            && matches!(words.folded(*at), "regulations" | "order" | "rules")
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

/// The place behind the name of an act that a citation begins with.
pub(in super::super) fn act_name(words: &Words<'_>, range: &Range<usize>) -> Option<usize> {
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
pub(super) fn is_treaty(words: &Words<'_>, range: &Range<usize>) -> bool {
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
pub(in super::super) fn treaty_name(words: &Words<'_>, range: &Range<usize>) -> Option<usize> {
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
pub(super) fn is_code(words: &Words<'_>, range: &Range<usize>) -> bool {
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
        || is_rules(words, start)
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
pub(in super::super) fn is_of_constitution(words: &Words<'_>, start: usize) -> bool {
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
pub(super) fn is_numbered(words: &Words<'_>, range: &Range<usize>, dates: &[Date]) -> bool {
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
