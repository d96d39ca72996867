//! What a short citation stands for. It is found, or it is not: nothing here guesses.

use std::ops::Range;

use super::date::Date;
use super::index::{WorkIndex, WorkMatches, WorkQuery};
use super::names::Names;
use super::short::{FormKind, ShortForm, WorkDescription};
use super::words::Words;
use super::{LookedFor, MatchedOn, Resolution, SourceId, StatedDirection, Unfound, Who, Why};

/// Parts of a form, as ranges of words, each with what it stands for.
pub(super) type Resolved = Vec<(Range<usize>, Resolution)>;

/// How many candidates are kept, the nearest first.
pub(super) const MAX_CANDIDATES: usize = 200;

/// Resolves a form that says a name: by the works cited so far.
pub(super) fn by_name(index: &WorkIndex, words: &Words<'_>, form: &ShortForm) -> Resolved {
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
fn dates_meant(form: &ShortForm) -> Vec<(Date, Range<usize>)> {
    if let (true, [(first, _), (last, range)]) = (form.is_span, form.dates.as_slice()) {
        let years = first.year..=last.year.min(first.year.saturating_add(20));
        return years
            .map(|year| (Date { year, ..*first }, range.clone()))
            .collect();
    }
    form.dates.clone()
}

/// The works that fit the likeliest claim that any fits.
fn find(index: &WorkIndex, claims: &[WorkDescription], date: Option<Date>) -> WorkMatches {
    let found = claims.iter().map(|claim| {
        index.find(WorkQuery {
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
    index: &WorkIndex,
    words: &Words<'_>,
    form: &ShortForm,
    date: Option<Date>,
    found: &WorkMatches,
) -> Resolution {
    let sources: Vec<SourceId> = found
        .works
        .iter()
        .filter_map(|work| index.work(*work)?.sources.last().copied())
        .take(MAX_CANDIDATES)
        .collect();
    match sources.as_slice() {
        [] => Resolution::Unresolved {
            looked_for: looked_for(words, form, date),
            because: unfound(index, form),
        },
        [source] if !found.is_doubtful => {
            let names = index.work_of(*source).and_then(|work| index.names_of(work));
            Resolution::Resolved {
                sources: vec![*source],
                why: why(form, date, names),
            }
        }
        _ => Resolution::Ambiguous {
            candidates: sources,
            looked_for: looked_for(words, form, date),
        },
    }
}

/// One outcome for all dates of a form if all are found, else one for each date.
fn join(form: &ShortForm, each: Resolved) -> Resolved {
    let mut all: Vec<SourceId> = Vec::new();
    let mut reasons: Vec<&Why> = Vec::new();
    for (_, outcome) in &each {
        let Resolution::Resolved { sources, why } = outcome else {
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
    let Some(why) = joined_reason(&reasons) else {
        return each_apart(form, each);
    };
    let outcome = Resolution::Resolved { sources: all, why };
    vec![(form.words.clone(), outcome)]
}

/// The first part reaches from the names, the last to the end of the pages.
fn each_apart(form: &ShortForm, mut each: Resolved) -> Resolved {
    if form.is_span {
        each.retain(|(_, outcome)| !matches!(outcome, Resolution::Resolved { .. }));
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
fn joined_reason(reasons: &[&Why]) -> Option<Why> {
    let (first, rest) = reasons.split_first()?;
    let mut joined = (*first).clone();
    if let Why::Name {
        agreed: MatchedOn::Dates(dates),
        ..
    } = &mut joined
    {
        for reason in rest {
            if let Why::Name {
                agreed: MatchedOn::Dates(more),
                ..
            } = reason
            {
                dates.extend(more);
            }
        }
    }
    Some(joined)
}

/// Why a name stands for a source that is of that name and agrees in this.
pub(super) fn named(index: &WorkIndex, source: SourceId, agreed: MatchedOn) -> Why {
    let names = index.work_of(source).and_then(|work| index.names_of(work));
    Why::Name {
        who: who(names),
        agreed,
        is_op_cit: false,
    }
}

fn who(names: Option<&Names>) -> Who {
    match names {
        Some(names) if names.are_several() => Who::Authors,
        Some(names) if names.are_persons() => Who::Author,
        _ => Who::Name,
    }
}

fn why(form: &ShortForm, date: Option<Date>, names: Option<&Names>) -> Why {
    let who = who(names);
    let is_titled = form.claims.iter().any(|claim| !claim.title.is_empty());
    let agreed = match date {
        Some(date) => MatchedOn::Dates(vec![date]),
        None if is_titled => MatchedOn::Title,
        None => MatchedOn::Only,
    };
    Why::Name {
        who,
        agreed,
        is_op_cit: form.kind == FormKind::OpCit,
    }
}

/// Whether somebody of these names was read at all: else the source may be there, unread.
fn unfound(index: &WorkIndex, form: &ShortForm) -> Unfound {
    let is_known = form.claims.iter().any(|claim| {
        let wanted = WorkQuery {
            names: Some(&claim.names),
            ..WorkQuery::default()
        };
        let found = index.find(wanted);
        !found.works.is_empty() && !found.is_doubtful
    });
    if is_known {
        Unfound::Differs
    } else {
        Unfound::Unread
    }
}

/// What a form asks for.
pub(super) fn looked_for(words: &Words<'_>, form: &ShortForm, date: Option<Date>) -> LookedFor {
    match form.kind {
        FormKind::Ibid | FormKind::NameIbid => LookedFor::RightBefore,
        FormKind::Note => LookedFor::Notes {
            numbers: form.notes.clone(),
            place: StatedDirection::Unsaid,
        },
        FormKind::Idem => LookedFor::SameAuthor { date },
        _ => LookedFor::Name {
            name: words.slice(&form.head).to_owned(),
            date,
        },
    }
}
