//! What laws, resolutions and judgments are told apart by: "347 U.S. 483", "BVerfGE 7, 198",
//! "Directive 93/13", "Resolution 1325".

use std::ops::Range;

use super::date;
use super::languages::Class;
use super::vocabulary::{cited_within, ends_a_phrase, is_and, reporter, signals};
use super::when::is_document_number;
use super::words::Words;

/// A number by which a document or a report is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Designation {
    /// The same for all citations of the same document.
    pub(super) key: String,
    /// Whether it stands for a place in the report: "347 U.S. at 490".
    pub(super) is_pinpoint: bool,
    /// The place after.
    pub(super) next: usize,
}

/// How many words and points the name of a case may have before its report.
const MAX_CASE_NAME_WORDS: usize = 24;

/// How many words and points the name of a report may have.
const MAX_REPORT_WORDS: usize = 12;

impl Designation {
    /// Reads the designation that begins at a word.
    pub(super) fn read(words: &Words<'_>, at: usize) -> Option<Designation> {
        if words.is_number(at) {
            in_database(words, at).or_else(|| report(words, at))
        } else if words.is_word(at) && words.is(at, Class::Collection) {
            collection(words, at)
        } else if words.is_word(at) && words.is(at, Class::Instrument) {
            instrument(words, at)
        } else if words.is_capital(at) && words.is_mark(at + 1, '/') {
            symbol(words, at)
        } else if is_document_number(words, at + 1) {
            document(words, at)
        } else {
            of_congress(words, at)
        }
    }

    /// The keys of all designations in a citation, but for those of what it cites itself.
    pub(super) fn all(words: &Words<'_>, range: &Range<usize>) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        let mut cited = cited_within(words, range).into_iter().peekable();
        for at in range.clone() {
            // Both go forwards: a note may have very many stretches.
            while cited.next_if(|stretch| stretch.end <= at).is_some() {}
            let is_of_cited = cited.peek().is_some_and(|stretch| stretch.contains(&at));
            if is_of_cited || words.is_set_off(at) && words.is_number(at) {
                continue;
            }
            // What speaks of "Case C-131/12" further on is no judgment.
            let is_case =
                words.is(at, Class::Instrument) && matches!(words.folded(at), "case" | "cases");
            if is_case && at > signals(words, range.start) + 1 {
                continue;
            }
            if let Some(read) = Designation::read(words, at).filter(|read| read.next <= range.end)
                && !keys.contains(&read.key)
            {
                keys.push(read.key);
            }
        }
        keys
    }
}

/// Where the volume stands behind the name of a case: "Brown, 347 U.S. at 490", "Ohio v. Yellen, 53
/// F.4th 983".
pub(super) fn named_report(words: &Words<'_>, at: usize) -> Option<usize> {
    if !(words.is_capital(at) || words.is_set_off(at)) {
        return None;
    }
    let level = |at: usize| words.get(at).map(|word| (word.depth, word.quoted));
    let first = level(at);
    let is_volume = |at: usize| {
        words.is_number(at)
            && (words.is_outside(at) || level(at) == first)
            && Designation::read(words, at)
                .is_some_and(|read| read.is_pinpoint || reporter(words, at + 1).is_some())
    };
    for at in at..at + MAX_CASE_NAME_WORDS {
        if words.is_mark(at, ',') && is_volume(at + 1) {
            return Some(at + 1);
        }
        let is_of_name = words.is_capital(at)
            || words.is_set_off(at)
            || ends_a_phrase(words, at)
            || is_and(words, at)
            || matches!(words.folded(at), "v" | "vs" | "ex" | "rel" | "the" | "re")
            || words.is_one_of_marks(at, &['.', ',', '’', '\'', '-', '–', '(', ')']);
        if !is_of_name {
            return None;
        }
    }
    None
}

/// The number of a law or a document; or of a judgment its reporter, volume and first page.
pub(super) fn parts(
    words: &Words<'_>,
    range: &Range<usize>,
) -> Option<(String, String, String, String)> {
    for at in range.clone() {
        let Some(read) = Designation::read(words, at).filter(|read| read.next <= range.end) else {
            continue;
        };
        let raw = |range: Range<usize>| words.slice(&range).trim_matches([',', ' ']).to_owned();
        let page = read.next - 1;
        if words.is_number(at) && !read.is_pinpoint {
            return Some((
                String::new(),
                raw(at + 1..page),
                raw(at..at + 1),
                raw(page..page + 1),
            ));
        }
        if words.is(at, Class::Collection) {
            return Some((
                String::new(),
                raw(at..at + 1),
                raw(at + 1..at + 2),
                raw(page..page + 1),
            ));
        }
        if !words.is_number(at) {
            let number = (at..read.next)
                .find(|at| words.is_number(*at))
                .unwrap_or(at);
            // "C-131/12"
            let letter = number.saturating_sub(2);
            let is_lettered = words.is_one_of_marks(letter + 1, &['-', '–', '‑']);
            let number = if is_lettered && letter > at {
                letter
            } else {
                number
            };
            let start = if words.is(at, Class::Instrument) {
                number
            } else {
                at
            };
            return Some((
                raw(start..read.next),
                String::new(),
                String::new(),
                String::new(),
            ));
        }
    }
    None
}

/// "A/RES/70/1", "E/CN.4/2006/102": a symbol of the United Nations.
fn symbol(words: &Words<'_>, at: usize) -> Option<Designation> {
    let mut key = words.raw(at).to_owned();
    let mut next = at + 1;
    let mut slashes = 0;
    while words.touches_previous(next)
        && (words.is_one_of_marks(next, &['/', '.'])
            || words.is_capital(next)
            || words.is_number(next))
    {
        slashes += usize::from(words.is_mark(next, '/'));
        key.push_str(words.raw(next));
        next += 1;
    }
    let point = usize::from(words.is_mark(next - 1, '.'));
    let key = key.trim_end_matches('.').to_owned();
    let is_symbol = slashes > 1 && words.is_number(next - 1 - point);
    is_symbol.then_some(Designation {
        key,
        is_pinpoint: false,
        next: next - point,
    })
}

/// "S. Rep. No. 28-399", "H.R. Doc. No. 439": a report or document of a house of Congress.
pub(super) fn of_congress(words: &Words<'_>, at: usize) -> Option<Designation> {
    let word = |at: usize, wanted: &[&str]| {
        let is_word = wanted.contains(&words.folded(at)) && words.is_capital(at);
        (is_word && words.is_mark(at + 1, '.')).then_some(at + 2)
    };
    let house = word(at, &["s", "h"])?;
    let kind = word(house, &["r"]).unwrap_or(house);
    let number = word(word(kind, &["rep", "doc"])?, &["no"])?;
    let is_part = |at: usize| words.is_number(at) && words.touches_previous(at);
    let is_joined = words.is_one_of_marks(number + 1, &['-', '–']) && is_part(number + 2);
    let next = number + if is_joined { 3 } else { 1 };
    let parts = [at, kind, number].map(|at| words.folded(at));
    let second = if is_joined {
        words.folded(number + 2)
    } else {
        ""
    };
    words.is_number(number).then(|| Designation {
        key: format!("{} {second}", parts.join(" ")).trim().to_owned(),
        is_pinpoint: false,
        next,
    })
}

/// "COM(2021) 564".
fn document(words: &Words<'_>, at: usize) -> Option<Designation> {
    date::year(words, at + 2)?;
    Some(Designation {
        key: [at, at + 2, at + 4].map(|at| words.folded(at)).join(" "),
        is_pinpoint: false,
        next: at + 5 + usize::from(words.folded(at + 5) == "final"),
    })
}

/// "2025 WL 1363069", "2020 U.S. Dist. LEXIS 4711": the year of a judgment, and its number in a database.
fn in_database(words: &Words<'_>, at: usize) -> Option<Designation> {
    date::year(words, at)?;
    let is_name = |at: &usize| words.is_capital(*at) || words.is_mark(*at, '.');
    let last = (at + 1..at + MAX_REPORT_WORDS).take_while(is_name).last()?;
    let number = last + 1;
    let is_database = matches!(words.folded(last), "wl" | "lexis") && words.is_acronym(last);
    let next = number + 1;
    // "at *3"
    let page = next + usize::from(words.is_mark(next, ','));
    let is_pinpoint = words.folded(page) == "at" && words.is_mark(page + 1, '*');
    (is_database && words.is_number(number)).then(|| Designation {
        key: [at, last, number].map(|at| words.folded(at)).join(" "),
        is_pinpoint,
        next: if is_pinpoint { page + 3 } else { next },
    })
}

/// Whether the key of a designation is such a number.
pub(super) fn is_in_database(key: &str) -> bool {
    let name = key.split(' ').nth(1);
    name.is_some_and(|name| matches!(name, "wl" | "lexis"))
}

/// "347 U.S. 483", "347 U.S. at 490": volume and report, since the page differs.
fn report(words: &Words<'_>, at: usize) -> Option<Designation> {
    if !words.is_capital(at + 1) {
        return None;
    }
    let mut key = words.folded(at).to_owned();
    let mut next = at + 1;
    let mut points = 0;
    while next < at + MAX_REPORT_WORDS {
        if words.is_mark(next, '.') {
            points += 1;
        } else if words.is_mark(next, '(') && points > 0 {
            // "5 U.S. (1 Cranch) 137"
            match words.closing(next).filter(|close| *close <= next + 5) {
                Some(close) => next = close,
                None => break,
            }
        } else if words.is_mark(next, '&') {
        } else if words.is_capital(next) {
            key.push(' ');
            key.push_str(words.folded(next));
        } else if points > 0 && is_series(words, next) {
            key.push_str(words.folded(next));
        } else {
            break;
        }
        next += 1;
    }
    let is_pinpoint = words.folded(next) == "at";
    next += usize::from(is_pinpoint);
    (points > 0 && words.is_number(next)).then_some(Designation {
        key,
        is_pinpoint,
        next: next + 1,
    })
}

/// Whether a report is counted on here: "F.2d", "Cal. 4th".
fn is_series(words: &Words<'_>, at: usize) -> bool {
    let word = words.folded(at);
    let counted = ["d", "nd", "rd", "th"];
    let mut numbers = counted.iter().filter_map(|end| word.strip_suffix(end));
    words.is_number(at) && numbers.any(|number| number.len() == 1 && number != "1")
}

/// "BVerfGE 7, 198": volume and first page.
fn collection(words: &Words<'_>, at: usize) -> Option<Designation> {
    let (volume, page) = (at + 1, at + 3);
    let is_read = words.is_number(volume) && words.is_mark(at + 2, ',') && words.is_number(page);
    is_read.then(|| Designation {
        key: [at, volume, page].map(|at| words.folded(at)).join(" "),
        is_pinpoint: false,
        next: page + 1,
    })
}

/// "Directive 93/13", "Regulation (EU) 2021/947", "Resolution 1325", "Loi n° 78-17".
fn instrument(words: &Words<'_>, at: usize) -> Option<Designation> {
    let mut next = at + 1;
    let is_law = matches!(words.folded(at), "ley" | "lei" | "decreto");
    // "Ley Orgánica 10/1995", "Lei Complementar nº 101/2000"
    next += usize::from(is_law && is_kind_of_law(words.folded(next)));
    if words.is_one_of_marks(next, &['(']) {
        next = words.closing(next).filter(|close| *close == next + 2)? + 1;
    }
    if words.is(next, Class::Number) || words.folded(next) == "n" {
        next += 1;
        next += usize::from(words.is_one_of_marks(next, &['.', '°', 'º']));
    }
    // "Case C-131/12": the letter of the court.
    let is_case = matches!(words.folded(at), "case" | "cases");
    let is_lettered = is_case
        && matches!(words.raw(next), "C" | "T" | "F" | "E")
        && words.is_one_of_marks(next + 1, &['-', '–', '‑']);
    let court = if is_lettered { words.folded(next) } else { "" };
    next += if is_lettered { 2 } else { 0 };
    if !words.is_number(next) {
        return None;
    }
    let kind = if is_case { "case" } else { words.folded(at) };
    let mut key = format!("{kind} {court}{}", words.folded(next));
    let mut after = next + 1;
    let mut parts = 1;
    while words.is_one_of_marks(after, &['/', '-', '–'])
        && words.touches_previous(after)
        && words.is_number(after + 1)
        && words.touches_previous(after + 1)
    {
        key.push('/');
        key.push_str(words.folded(after + 1));
        after += 2;
        parts += 1;
    }
    if parts == 2
        && let Some((first, second)) = key
            .rsplit_once(' ')
            .and_then(|(_, number)| number.split_once('/'))
        && is_year_of_law(second)
        && !is_year_of_law(first)
    {
        // "Regulation 1689/2024" is what others write as 2024/1689.
        key = format!("{} {second}/{first}", words.folded(at));
    }
    // "Ley 21.719"
    let is_counted = is_law && parts == 1 && {
        let number = words.folded(next).split_once('.');
        number.is_some_and(|(first, rest)| first.len() <= 2 && rest.len() == 3)
    };
    let is_plain = words.folded(next).chars().all(|c| c.is_ascii_digit());
    let is_year = date::year(words, next).is_some();
    let is_resolution = matches!(
        words.folded(at),
        "resolution" | "resolutions" | "resolucion"
    );
    (parts > 1
        || is_counted
        || (is_resolution && is_plain && !is_year_alone(words, after, is_year)))
    .then_some(Designation {
        key,
        is_pinpoint: false,
        next: after,
    })
}

fn is_kind_of_law(word: &str) -> bool {
    matches!(
        word,
        "organica" | "foral" | "complementar" | "legislativo" | "ley" | "lei" | "real"
    )
}

/// Whether the part of a number can only be the year of a law.
fn is_year_of_law(number: &str) -> bool {
    number.len() == 4 && (number.starts_with("19") || number.starts_with("20"))
}

/// "Resolution 2242" may look like a year in the future; "Resolution 2019." is no number.
fn is_year_alone(words: &Words<'_>, after: usize, is_year: bool) -> bool {
    is_year && !words.is_mark(after, '(') && !words.is_mark(after, ',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let words = Words::read(text, &[], &[]);
        assert_eq!(
            Designation::all(&words, &(0..words.len())),
            expected,
            "{text}"
        );
    }

    #[test]
    fn what_a_citation_cites_itself_designates_it_not_but_a_title_may_say_applying() {
        check(
            "Doe v. Roe, 385 F.3d 350 (2004) (citing Foo v. Bar, 1 U.S. 2)",
            &["385 f3d"],
        );
        check(
            "Doe v. Roe, 385 F.3d 350 (2004), applying Foo v. Bar, 1 U.S. 2",
            &["385 f3d"],
        );
        check(
            "Doe, “Courts, applying law,” 385 F.3d 350 (2004)",
            &["385 f3d"],
        );
    }
}
