//! What a source says of itself, field by field, as lists of references and their programs want
//! it. A field that is not certain is empty: the whole text of the source is always kept beside.

mod contributors;
mod fields;
pub(super) mod identifiers;
mod imprint;
mod journal;
#[cfg(test)]
mod tests;
mod town;

use std::ops::Range;

use super::date;
use super::designation::Designation;
use super::elements::HeadSegment;
use super::languages::Class;
use super::people::people;
use super::reading::Full;
use super::record::{hearing, is_interview, legal_kind, volume_of_register};
use super::vocabulary::{et_al, is_and, is_function_word};
use super::words::Words;
use crate::formats::bibliography::doi::short_doi_of_address;
use crate::paper::Date;
pub(super) use crate::paper::{Details, Name, SourceKind};
use fields::Rest;

/// Reads the fields of a source.
pub(super) fn details(words: &Words<'_>, range: &Range<usize>, full: &Full) -> Details {
    if is_prose(words, range, full) {
        return Details::default();
    }
    // A title that asks or calls keeps its mark.
    let title_end = full.title.end;
    let has_mark = !full.title.is_empty() && words.is_one_of_marks(title_end, &['?', '!']);
    let title_end = title_end + usize::from(has_mark && title_end < range.end);
    let mut details = Details {
        title: clean(words.slice(&(full.title.start..title_end))),
        date: full.dates.first().copied(),
        accessed: date::read(words, full.accessed.start)
            .filter(|_| !full.accessed.is_empty())
            .map(|(date, _)| date),
        ..Details::default()
    };
    identifiers::read(words.slice(range), &full.links, &mut details);
    if details.doi.is_empty() {
        details.doi = short_doi_of_address(&details.url).unwrap_or_default();
    }
    let legal = legal_kind(words, range, &full.dates);
    if let Some(kind) = legal {
        read_legal(words, range, kind, &full.dates, &mut details);
        return details;
    }
    read_people(words, full, &mut details);
    let title = if full.title.is_empty() {
        &full.head
    } else {
        &full.title
    };
    if !details.title.is_empty() && names_go_on(words, &full.head, title) {
        details.title.clear();
        details.has_others = !details.authors.is_empty();
    }
    let end = if full.accessed.is_empty() {
        range.end
    } else {
        full.accessed.start.min(range.end)
    };
    let start = title_end.max(full.head.end).min(end);
    Rest {
        words,
        range: start..end,
    }
    .read(&mut details);
    if details.number.is_empty()
        && let Some((number, ..)) = super::designation::parts(words, range)
        && number.contains('/')
    {
        details.number = number;
    }
    // An agency whose report is cited: it is named once.
    if details.publisher == details.container {
        details.publisher.clear();
    }
    // "Journal of Experimental Psychology: Learning, Memory, and Cognition"
    let imprint = format!("{}: {}", details.place, details.publisher);
    if !details.place.is_empty() && details.container.contains(&imprint) {
        details.place.clear();
        details.publisher.clear();
    }
    if !words.is_set_off(full.title.start) && !details.url.is_empty() {
        details.title = without_site(&details.title).to_owned();
    }
    if let Some(name) = hearing(words, range) {
        details.authors.clear();
        details.title = clean(words.slice(&name));
    }
    if details.kind == SourceKind::Unknown && is_quoted_part(words, &full.title, range.end) {
        details.kind = SourceKind::Chapter;
    }
    settle_kind(words, range, &mut details);
    details
}

/// "Title of a Page, BROOKINGS": a title that nothing sets off, without the site or the book in capitals
/// that follows it.
fn without_site(title: &str) -> &str {
    let is_of_name = |word: &str| {
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        letters.all(char::is_uppercase)
    };
    let is_long = |name: &str| name.chars().filter(|c| c.is_uppercase()).count() > 2;
    let Some((before, name)) = title.rsplit_once(", ") else {
        return title;
    };
    let is_site = is_long(name) && name.split_whitespace().all(is_of_name);
    let has_words = before
        .split_whitespace()
        .filter(|word| !is_of_name(word))
        .count()
        > 1;
    if is_site && has_words { before } else { title }
}

/// "‘The Title’ in Jane Roe (ed), *The Book*", "‘The Title’ [2019] in": what stands in quotation marks is
/// no book.
fn is_quoted_part(words: &Words<'_>, title: &Range<usize>, end: usize) -> bool {
    let is_quoted = words.closing(title.start).is_some() && !words.is_mark(title.start, '(');
    let year = words
        .closing(title.end)
        .filter(|close| date::year(words, close.wrapping_sub(1)).is_some());
    let next = year.map_or(title.end, |close| close + 1);
    is_quoted && next < end && words.is_small(next) && words.is(next, Class::In)
}

/// Whether a source is some sentences in which there are several years or addresses: no field is one
/// source's for certain.
fn is_prose(words: &Words<'_>, range: &Range<usize>, full: &Full) -> bool {
    const LEAST_WORDS: usize = 40;
    let ends_sentence = |at: usize| {
        let before = at.wrapping_sub(1);
        let is_word = words.is_small(before) && words.folded(before).chars().count() > 3;
        words.is_mark(at, '.')
            && (is_word || words.is_mark(before, ')'))
            && words.is_capital(at + 1)
            && words.is_outside(at)
    };
    let years = || range.clone().filter(|at| date::year(words, *at).is_some());
    let may_be_several = || full.links.len() > 1 || years().nth(1).is_some();
    let is_titled = !full.title.is_empty() && words.is_set_off(full.title.start);
    let is_read = is_titled || full.names.are_persons();
    range.len() > LEAST_WORDS && !is_read && range.clone().any(ends_sentence) && may_be_several()
}

/// Whether what is taken for a title is more names, written as the first one is: "H. Hofmann,
/// A. Carriquiry, S. Vanderplas, Treatment of", "Keisler, M. A., Hartman, S., & Kil, A., Isolated".
fn names_go_on(words: &Words<'_>, head: &Range<usize>, title: &Range<usize>) -> bool {
    const MAX_FAMILY_WORDS: usize = 2;
    if title.is_empty() || words.is_set_off(title.start) {
        return false;
    }
    let is_initial = |at: usize| {
        words.is_capital(at) && words.folded(at).chars().count() == 1 && words.is_mark(at + 1, '.')
    };
    // The family behind initials; none of "E.U.", whose letters touch.
    let family_at = |start: usize| {
        let initials = (start..start + 2 * MAX_FAMILY_WORDS).step_by(2);
        let initials = initials
            .take_while(|at| is_initial(*at) && (*at == start || !words.touches_previous(*at)));
        let family = start + 2 * initials.count();
        let is_family =
            family > start && words.is_capital(family) && !words.touches_previous(family);
        is_family.then_some(family)
    };
    let name = |start: usize| family_at(start).filter(|family| words.is_mark(family + 1, ','));
    // Of a document's own name two must be people.
    let are_natural = name(title.start).is_some_and(|family| {
        let other = if title == head {
            family + 2
        } else {
            head.start
        };
        family_at(other).is_some()
    });
    let comma = head.clone().find(|at| words.is_mark(*at, ','));
    let are_inverted = comma.is_some_and(|comma| is_initial(comma + 1))
        && title.len() <= MAX_FAMILY_WORDS
        && words.is_mark(title.end, ',')
        && is_initial(title.end + 1);
    are_natural || are_inverted
}

/// Who it is by. A document that stands under its own name has no author.
fn read_people(words: &Words<'_>, full: &Full, details: &mut Details) {
    let authors = full.authors.iter().enumerate();
    let list: Vec<HeadSegment> = authors
        .map(|(at, words_of)| HeadSegment {
            words: words_of.clone(),
            after_comma: words.is_mark(words_of.start.wrapping_sub(1), ',')
                && (!full.are_inverted || at % 2 == 1),
        })
        .collect();
    let are_persons = full.names.are_persons();
    // What stands behind "Jr.," may be title and journal in one.
    let is_suffix =
        !words.is_set_off(full.title.start) && words.is(full.title.start, Class::NameSuffix);
    let is_said = !are_persons && is_sentence(words, &full.head);
    if is_suffix || is_said {
        details.title.clear();
    }
    if is_said {
        return;
    }
    if are_persons || !full.title.is_empty() {
        let is_edited = super::short::after_editors(words, full.head.end) > full.head.end;
        let people = people(words, &list, are_persons);
        let behind = full.head.end..full.head.end + 2;
        details.has_others = (full.head.start..behind.end).any(|at| et_al(words, at).is_some());
        let role = editor_word(words, full.head.end);
        if is_edited && words.is(role, Class::TranslatedBy) {
            details.translators = people;
        } else if is_edited && words.is(role, Class::Editors) {
            let and = role + 1 + usize::from(words.is_mark(role + 1, '.'));
            if is_and(words, and) && words.is(and + 1, Class::TranslatedBy) {
                details.translators.clone_from(&people);
            }
            details.editors = people;
        } else {
            details.authors = people;
        }
    } else {
        details.title = clean(words.slice(&full.head));
    }
}

/// Whether a head is the beginning of a sentence and nobody's name: "This holds true for both".
fn is_sentence(words: &Words<'_>, head: &Range<usize>) -> bool {
    const LEAST: usize = 2;
    let begins = is_function_word(words, head.start)
        && !words.is_acronym(head.start)
        && !words.is(head.start, Class::TitleArticle);
    let is_said = |at: &usize| {
        let joins = words.is(*at, Class::PhraseEnd) || words.is(*at, Class::TitleArticle);
        words.is_small(*at) && !joins && !is_and(words, *at)
    };
    begins && head.clone().filter(is_said).count() >= LEAST
}

/// Where the word for editors stands behind a head.
fn editor_word(words: &Words<'_>, at: usize) -> usize {
    let next = at + usize::from(words.is_mark(at, ','));
    next + usize::from(words.is_one_of_marks(next, &['(', '[']))
}

/// A judgment has parties, a report and a court; a law a name and a number.
fn read_legal(
    words: &Words<'_>,
    range: &Range<usize>,
    kind: SourceKind,
    dates: &[Date],
    details: &mut Details,
) {
    details.kind = kind;
    let start = super::vocabulary::signals(words, range.start);
    let mut range = range.clone();
    if kind == SourceKind::Judgment
        && let Some((end, year)) = end_of_case(words, &range)
    {
        range.end = end;
        let known = dates.iter().copied().find(|date| date.year == year);
        details.date = known.or(Some(Date::from_year((year, None))));
    }
    let range = &range;
    details.title = match kind {
        SourceKind::Judgment => case_name(words, start, range.end),
        _ => law_name(words, start, range.end),
    };
    if kind == SourceKind::Judgment {
        details.court = court(words, range);
    }
    if let Some((number, reporter, volume, page)) = super::designation::parts(words, range) {
        details.number = number;
        details.reporter = reporter;
        details.volume = volume;
        details.pages = page;
    }
    // "Case C-131/12": the number goes as far as no space parts it.
    if words.folded(start) == "case" && details.number.is_empty() {
        let behind = (start + 2..range.end).take_while(|at| words.touches_previous(*at));
        let number = clean(words.slice(&(start + 1..start + 2 + behind.count())));
        if number.contains(|c: char| c.is_ascii_digit()) {
            details.number = number;
        }
    }
}

/// Where the citation of a judgment ends that has its year in brackets, and the year: "(1973)", or
/// "(1986), 26 D.L.R. (4th) 200". What comes after it, "(“We hold so.” (quoting Doe v. Bolton, 410
/// U.S. 179 (1972)))", "aff’d, 500 U.S. 1 (1991)", is of other judgments.
fn end_of_case(words: &Words<'_>, range: &Range<usize>) -> Option<(usize, u16)> {
    let brackets = range.clone().filter(|at| words.is_mark(*at, '('));
    let mut ends = brackets.filter_map(|open| {
        let close = words.closing(open).filter(|close| *close < range.end)?;
        let (year, _) = date::year(words, close.checked_sub(1)?)?;
        Some((close + 1, year))
    });
    let (end, year) = ends.next()?;
    let report = Designation::read(words, end + usize::from(words.is_mark(end, ',')));
    let report = report.filter(|report| report.next <= range.end && !report.is_pinpoint);
    Some((report.map_or(end, |report| report.next), year))
}

/// "(3d Cir. 2016)": what stands in the bracket before the year; else the court that it begins with.
fn court(words: &Words<'_>, range: &Range<usize>) -> String {
    const MAX_COURT_WORDS: usize = 10;
    let brackets = range
        .clone()
        .filter(|at| words.is_mark(*at, '(') && words.is_outside(at.wrapping_sub(1)))
        // "*Attorney General’s Reference (No. 1 of 1975)*"
        .filter(|at| !words.is_set_off(*at));
    let in_bracket = brackets.rev().find_map(|open| {
        let year = words
            .closing(open)
            .filter(|close| *close < range.end)?
            .checked_sub(1)?;
        date::year(words, year)?;
        let court = open + 1..year;
        let is_name =
            court.clone().any(|at| words.is_capital(at)) && court.len() <= MAX_COURT_WORDS;
        let has_day = court.clone().any(|at| date::month(words, at).is_some());
        (is_name && !has_day).then(|| words.slice(&court).trim().to_owned())
    });
    let start = super::vocabulary::signals(words, range.start);
    let is_first =
        super::record::is_of_court(words, start) || super::record::is_of_nations(words, start);
    in_bracket.unwrap_or_else(|| {
        if is_first {
            words.raw(start).to_owned()
        } else {
            String::new()
        }
    })
}

/// The name of a case: what is set off, else the parties up to the first comma.
fn case_name(words: &Words<'_>, start: usize, end: usize) -> String {
    let first = (start..end).find(|at| words.is_set_off(*at));
    if let Some(first) = first {
        let last = (first..end)
            .find(|at| !words.is_set_off(*at))
            .unwrap_or(end);
        return clean(words.slice(&(first..last)));
    }
    let ends = |at: &usize| words.is_one_of_marks(*at, &[',', '(', '[']) || words.is_number(*at);
    let last = (start..end).find(ends).unwrap_or(end);
    let has_parties = (start..last).any(|at| matches!(words.folded(at), "v" | "vs" | "c" | "re"));
    if has_parties {
        clean(words.slice(&(start..last)))
    } else {
        String::new()
    }
}

/// The name of a law, up to what tells where it is published.
fn law_name(words: &Words<'_>, start: usize, end: usize) -> String {
    const BEHIND_NUMBER: usize = 8;
    let ends = |at: &usize| {
        let bracket = words.is_one_of_marks(*at, &['(', '[']) && *at > start + BEHIND_NUMBER
            || words.is_mark(*at, '(') && words.is(at.wrapping_sub(1), Class::Act);
        bracket || words.is_one_of_marks(*at, &[',', ';', '§']) || words.is_link(*at)
    };
    let last = (start..end).find(ends).unwrap_or(end);
    // A register has the whole title before it, commas and all.
    let volume = volume_of_register(words, &(start..end));
    let last = volume.map_or(last, |volume| volume.saturating_sub(1).max(start));
    if words.is_number(start) {
        String::new()
    } else {
        clean(words.slice(&(start..last)))
    }
}

/// "UN Human Rights Council, *Report of the Commission*": by a body, with a number.
fn is_titled_report(words: &Words<'_>, range: &Range<usize>, details: &Details) -> bool {
    let is_by_body = matches!(details.authors.as_slice(), [Name::Whole(_)]);
    let title = range
        .clone()
        .find(|at| words.is_set_off(*at) && words.is_word(*at));
    is_by_body && !details.number.is_empty() && title.is_some_and(|at| words.is(at, Class::Report))
}

/// What the other fields tell of the kind.
fn settle_kind(words: &Words<'_>, range: &Range<usize>, details: &mut Details) {
    if details.kind != SourceKind::Unknown {
        return;
    }
    let says = |class: Class| {
        range
            .clone()
            .any(|at| words.is(at, class) && !words.is_set_off(at))
    };
    // What nothing else is known of may speak of a thesis or a report without being one.
    let is_known = !details.title.is_empty() || !details.makers().is_empty();
    let says = |class: Class| is_known && says(class);
    details.kind = if is_interview(words, range) {
        SourceKind::Interview
    } else if says(Class::Thesis) {
        SourceKind::Thesis
    } else if says(Class::Report) || is_titled_report(words, range, details) {
        SourceKind::Report
    } else if !details.publisher.is_empty() || !details.isbn.is_empty() {
        SourceKind::Book
    } else if !details.url.is_empty() && details.place.is_empty() {
        SourceKind::WebPage
    } else if !details.place.is_empty() {
        SourceKind::Book
    } else {
        SourceKind::Unknown
    };
}

/// A title or a name without what belongs to the citation around it: quotation marks that enclose
/// it, commas and points at its end.
pub(super) fn clean(text: &str) -> String {
    let mut text = text.trim().trim_end_matches([',', ';', ':', ' ']);
    loop {
        let inner = enclosed(text);
        let next = inner.unwrap_or(text).trim();
        let next = next.trim_end_matches([',', ';', ':', ' ']);
        let next = match next.strip_suffix('.') {
            Some(rest) if !ends_in_abbreviation(rest) => rest,
            _ => next,
        };
        if next == text {
            return text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        text = next;
    }
}

fn ends_in_abbreviation(text: &str) -> bool {
    let last = text.rsplit([' ', '.']).next().unwrap_or_default();
    last.chars().count() < 4 && last.starts_with(char::is_uppercase)
}

/// What a pair of quotation marks around the whole encloses.
fn enclosed(text: &str) -> Option<&str> {
    let pairs = [
        ('“', '”'),
        ('„', '“'),
        ('„', '”'),
        ('"', '"'),
        ('‘', '’'),
        ('‚', '‘'),
        ('«', '»'),
        ('»', '«'),
        ('\'', '\''),
    ];
    pairs.iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(*open)?.strip_suffix(*close)?;
        (!inner.contains(*open) || open == close && !inner.contains(*close)).then_some(inner)
    })
}
