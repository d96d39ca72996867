//! What a short citation stands for. It is found, or it is not: nothing here guesses.

use std::ops::Range;

use super::date::Date;
use super::index::{Found, Index, Wanted};
use super::names::Names;
use super::short::{Claim, Form, FormKind};
use super::words::Words;
use super::{Outcome, SourceId};

/// Parts of a form, as ranges of words, each with what it stands for.
pub(super) type Resolved = Vec<(Range<usize>, Outcome)>;

/// How many candidates are kept, the nearest first.
pub(super) const MOST_CANDIDATES: usize = 200;

/// Resolves a form that says a name: by the works cited so far.
pub(super) fn by_name(index: &Index, words: &Words<'_>, form: &Form) -> Resolved {
    let dates = dates_meant(form);
    if dates.is_empty() {
        let found = find(index, &form.claims, None);
        return vec![(
            form.words.clone(),
            outcome(index, words, form, None, &found),
        )];
    }
    let each: Resolved = dates
        .iter()
        .map(|(date, range)| {
            let found = find(index, &form.claims, Some(*date));
            (
                range.clone(),
                outcome(index, words, form, Some(*date), &found),
            )
        })
        .collect();
    join(form, each)
}

/// The dates that a form means: of a span, every year in it.
fn dates_meant(form: &Form) -> Vec<(Date, Range<usize>)> {
    if let (true, [(first, _), (last, range)]) = (form.is_span, form.dates.as_slice()) {
        let years = first.year..=last.year.min(first.year.saturating_add(20));
        return years
            .map(|year| (Date { year, ..*first }, range.clone()))
            .collect();
    }
    form.dates.clone()
}

/// The works that fit the likeliest claim that any fits.
fn find(index: &Index, claims: &[Claim], date: Option<Date>) -> Found {
    let found = claims.iter().map(|claim| {
        index.find(Wanted {
            names: Some(&claim.names),
            date,
            title: &claim.title,
        })
    });
    found
        .into_iter()
        .find(|found| !found.works.is_empty())
        .unwrap_or_default()
}

fn outcome(
    index: &Index,
    words: &Words<'_>,
    form: &Form,
    date: Option<Date>,
    found: &Found,
) -> Outcome {
    let sources: Vec<SourceId> = found
        .works
        .iter()
        .filter_map(|work| index.work(*work)?.sources.last().copied())
        .take(MOST_CANDIDATES)
        .collect();
    match sources.as_slice() {
        [] => Outcome::Unresolved {
            looked_for: looked_for(words, form, date),
        },
        [source] if !found.is_doubtful => {
            let names = index.work_of(*source).and_then(|work| index.names_of(work));
            Outcome::Resolved {
                sources: vec![*source],
                why: why(form, date, names),
            }
        }
        _ => Outcome::Ambiguous {
            candidates: sources,
            looked_for: looked_for(words, form, date),
        },
    }
}

/// One outcome for all dates of a form if all are found, else one for each date.
fn join(form: &Form, each: Resolved) -> Resolved {
    let mut all: Vec<SourceId> = Vec::new();
    let mut reasons: Vec<&str> = Vec::new();
    for (_, outcome) in &each {
        let Outcome::Resolved { sources, why } = outcome else {
            return each_apart(form, each);
        };
        all.extend(
            sources
                .iter()
                .filter(|source| !all.contains(source))
                .copied()
                .collect::<Vec<_>>(),
        );
        reasons.push(why);
    }
    let why = joined_reason(&reasons);
    let outcome = Outcome::Resolved { sources: all, why };
    vec![(form.words.clone(), outcome)]
}

/// The first part reaches from the names, the last to the end of the pages.
fn each_apart(form: &Form, mut each: Resolved) -> Resolved {
    if form.is_span {
        each.retain(|(_, outcome)| !matches!(outcome, Outcome::Resolved { .. }));
        each.truncate(1);
    }
    if let Some((range, _)) = each.first_mut() {
        range.start = form.words.start;
    }
    if let Some((range, _)) = each.last_mut() {
        range.end = form.words.end;
    }
    each
}

/// "same name, years 2023, 2024" of "same name, year 2023" and "same name, year 2024".
fn joined_reason(reasons: &[&str]) -> String {
    match reasons {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first, rest @ ..] => {
            let mut joined = first.replacen(", year ", ", years ", 1);
            for reason in rest {
                let year = reason
                    .rsplit_once(", year ")
                    .map_or(*reason, |(_, year)| year);
                joined.push_str(", ");
                joined.push_str(year);
            }
            joined
        }
    }
}

fn why(form: &Form, date: Option<Date>, names: Option<&Names>) -> String {
    let who = match names {
        Some(names) if names.are_several() => "same authors",
        Some(names) if names.are_persons() => "same author",
        _ => "same name",
    };
    let titled = form.claims.iter().any(|claim| !claim.title.is_empty());
    let what = match (date, titled) {
        (Some(date), _) if date.month.is_none() => format!("{who}, year {date}"),
        (Some(date), _) => format!("{who}, {date}"),
        (None, true) => format!("{who}, same title"),
        (None, false) => format!("{who}, only one source so far"),
    };
    match form.kind {
        FormKind::OpCit => format!("op. cit.: {what}"),
        _ => what,
    }
}

/// What a form asks for, in a few words.
pub(super) fn looked_for(words: &Words<'_>, form: &Form, date: Option<Date>) -> String {
    let head = words.slice(&form.head);
    match (form.kind, date) {
        (FormKind::Ibid, _) => "the one source right before".to_owned(),
        (FormKind::Note, _) => format!("one source in note {}", numbers(&form.notes)),
        (FormKind::Idem, Some(date)) => format!("a source before, of {date}, by the same author"),
        (FormKind::Idem, None) => "one source before by the same author".to_owned(),
        (_, Some(date)) => format!("one source before: {head}, {date}"),
        (FormKind::OpCit, None) if head.is_empty() => "op. cit. without an author".to_owned(),
        (_, None) => format!("one source before: {head}"),
    }
}

pub(super) fn numbers(notes: &[u32]) -> String {
    let notes: Vec<String> = notes.iter().map(u32::to_string).collect();
    notes.join(" and ")
}
