//! What a short citation stands for by its place: the source right before, or one of a note that
//! it names.

use std::ops::Range;

use super::super::names::Names;
use super::super::resolve::{self, MOST_CANDIDATES, Resolved};
use super::super::short::{Claim, Form, FormKind};
use super::super::vocabulary::Direction;
use super::super::{Outcome, Part, SourceId};
use super::says::{says, says_title};
use super::{Notes, Open, is_comment, is_resolved, is_unresolved};

impl Notes {
    pub(super) fn one_right_before(&self, note: usize, part: usize) -> Option<SourceId> {
        match self.right_before(note, part)? {
            Outcome::Resolved { sources, .. } => sources.first().copied(),
            _ => None,
        }
    }

    /// Whose source stands right before, whichever of theirs it is.
    pub(super) fn author_right_before(&self, note: usize, part: usize) -> Option<&Names> {
        let before = self.right_before(note, part)?;
        let names = |source: &SourceId| self.index.names_of(self.index.work_of(*source)?);
        let mut each = sources_of(&before).iter().map(names);
        let first = each.next().flatten()?;
        let is_unread = |at: usize| self.unread.range((at, 0)..(at + 1, 0)).next().is_some();
        let is_open = !is_resolved(&before)
            && (is_unread(note) || note.checked_sub(1).is_some_and(is_unread));
        let is_same = |other: Option<&Names>| other.is_some_and(|other| other.key() == first.key());
        (!is_open && each.all(is_same)).then_some(first)
    }

    /// The source right before a part of a note: in the same note, else in the note before. None
    /// if there is no note before.
    pub(super) fn right_before(&self, note: usize, part: usize) -> Option<Outcome> {
        let parts = self.parts.get(note)?.get(..part)?;
        let counts = |at: &usize| {
            self.unread.contains(&(note, *at))
                || parts.get(*at).is_some_and(|part| !is_comment(part))
        };
        if let Some(last) = (0..part).rev().find(counts) {
            // What could not be read stands between: it may be meant, or what stands before it.
            let known = |at: &usize| parts.get(*at).is_some_and(|part| !is_comment(part));
            let first = (0..=last).rev().find(known).unwrap_or(last);
            return Some(self.one_of(note, first..last + 1));
        }
        let above = note.checked_sub(1)?;
        let in_text = self.before.get(note).copied().flatten().unwrap_or(above);
        let first = self.one_of_note(above);
        if in_text == above {
            return Some(first);
        }
        // A note that is cited again stands between: either may be meant.
        let second = self.one_of_note(in_text);
        Some(either(&second, &first))
    }

    fn one_of_note(&self, note: usize) -> Outcome {
        let count = self.parts.get(note).map_or(0, Vec::len);
        self.one_of(note, 0..count)
    }

    /// The one source that parts of a note give or stand for.
    fn one_of(&self, note: usize, parts: Range<usize>) -> Outcome {
        let (sources, is_complete) = self.sources_in(note, parts);
        choose(
            sources,
            is_complete,
            "ibid.: the source right before",
            FormKind::Ibid,
        )
    }

    /// The sources that parts of a note give or stand for, the last first, one for each work; and
    /// whether all are known.
    fn sources_in(&self, note: usize, parts: Range<usize>) -> (Vec<SourceId>, bool) {
        let mut all = Vec::new();
        let mut is_complete = true;
        let listed = self.parts.get(note).map(Vec::as_slice).unwrap_or_default();
        for at in parts.rev().take(MOST_CANDIDATES) {
            is_complete &= !self.unread.contains(&(note, at));
            match listed.get(at) {
                Some(Part::Full(source)) => all.push(*source),
                Some(Part::Comment(_)) | None => {}
                Some(Part::Short(short)) => match &short.outcome {
                    Outcome::Resolved { sources, .. } => all.extend(sources.iter().rev()),
                    Outcome::Ambiguous { candidates, .. } => {
                        is_complete = false;
                        all.extend(candidates);
                    }
                    Outcome::Unresolved { .. } => is_complete = false,
                },
            }
        }
        all.truncate(MOST_CANDIDATES);
        let mut works = std::collections::HashSet::new();
        all.retain(|source| works.insert(self.index.work_of(*source)));
        (all, is_complete)
    }

    /// "Smith, ibid.": the source right before, if it is Smith's.
    ///
    /// A title may be "Ibid." too: "Dunn, *Ibid.*, p. 14".
    pub(super) fn named_right_before(&self, open: &Open<'_>, form: &Form, part: usize) -> Resolved {
        let mut titled = form.clone();
        for claim in &mut titled.claims {
            claim.title = " ibid ".to_owned();
        }
        let resolved = resolve::by_name(&self.index, open.words, &titled);
        if !resolved.iter().any(|(_, outcome)| is_unresolved(outcome)) {
            return resolved;
        }
        let before = self.one_right_before(open.note, part);
        let fits = |source: &SourceId| {
            let work = self.index.work_of(*source);
            work.is_some_and(|work| {
                let mut claims = form.claims.iter();
                claims.any(|claim| self.index.fits(work, &claim.names))
            })
        };
        let outcome = match before.filter(fits) {
            Some(source) => Outcome::Resolved {
                sources: vec![source],
                why: "ibid.: the source right before".to_owned(),
            },
            None => Outcome::Unresolved {
                looked_for: "the one source right before".to_owned(),
            },
        };
        vec![(form.words.clone(), outcome)]
    }

    /// The work of a title or a short name.
    pub(super) fn titled(&self, open: &Open<'_>, form: &Form) -> Outcome {
        let claim = form.claims.first();
        let sources = claim.map(|claim| self.index.titled(&claim.names, &claim.title));
        one_of_found(open, form, sources.unwrap_or_default(), "same title")
    }

    /// The document or the report of judgments with a number.
    pub(super) fn designated(&self, open: &Open<'_>, form: &Form) -> Outcome {
        let names = form.claims.first().map(|claim| &claim.names);
        let said = |source: &SourceId| {
            names.is_none_or(|names| {
                names.is_empty() || self.get(*source).is_some_and(|source| says(source, names))
            })
        };
        let mut sources = self.index.designated(&form.designation);
        sources.retain(said);
        one_of_found(open, form, sources, "same document")
    }

    /// What a cross-reference stands for. None if it names nobody, and the note exists but gives
    /// no source: then it refers to what the note says.
    pub(super) fn in_notes(&self, note: usize, form: &Form) -> Option<Outcome> {
        let mut sources = Vec::new();
        for number in &form.notes {
            let target = self.numbers.get(number).copied();
            let Some(target) = target.filter(|target| lies(*target, note, form.direction)) else {
                return Some(unresolved(form));
            };
            let parts = self
                .parts
                .get(target)
                .map(Vec::as_slice)
                .unwrap_or_default();
            let is_silent = !parts.is_empty() && parts.iter().all(is_comment);
            let is_nameless = form.claims.iter().all(|claim| claim.names.is_empty());
            if is_nameless && is_silent && form.notes.len() > 1 {
                continue;
            }
            if target < note && is_nameless && is_silent {
                return None;
            }
            match self.in_note(target, form) {
                Outcome::Resolved { sources: found, .. } => sources.extend(found),
                other => return Some(other),
            }
        }
        let mut works = std::collections::HashSet::new();
        sources.retain(|source| works.insert(self.index.work_of(*source)));
        if sources.is_empty() {
            return None;
        }
        Some(Outcome::Resolved {
            sources,
            why: format!("note {}", resolve::numbers(&form.notes)),
        })
    }

    /// The one source of a note that agrees with what the form says besides.
    fn in_note(&self, note: usize, form: &Form) -> Outcome {
        let count = self.parts.get(note).map_or(0, Vec::len);
        let (mut sources, is_complete) = self.sources_in(note, 0..count);
        // "Notes 2 and 8" are all that these say; "note 2" may be one thing that it says.
        if form.notes.len() > 1 && form.claims.is_empty() && is_complete && !sources.is_empty() {
            sources.reverse();
            return Outcome::Resolved {
                sources,
                why: String::new(),
            };
        }
        let says_names = form.claims.iter().any(|claim| !claim.names.is_empty());
        let fits = |source: &SourceId| {
            form.claims.is_empty()
                || form
                    .claims
                    .iter()
                    .any(|claim| self.agrees(*source, claim, form))
        };
        let fitting: Vec<SourceId> = sources.into_iter().filter(fits).collect();
        choose(fitting, is_complete || says_names, "", FormKind::Note).or_note(form)
    }

    fn agrees(&self, source: SourceId, claim: &Claim, form: &Form) -> bool {
        let Some(work) = self.index.work_of(source) else {
            return false;
        };
        let named = claim.names.is_empty()
            || self.index.fits(work, &claim.names)
            || self
                .get(source)
                .is_some_and(|source| says(source, &claim.names));
        self.index.work(work).is_some_and(|known| {
            let dated = form.dates.iter().all(|(date, _)| known.has_date(date));
            let titled = known.has_title(&claim.title)
                || self
                    .get(source)
                    .is_some_and(|source| says_title(source, &claim.title));
            named && dated && titled
        })
    }

    /// Whether the form must wait until later notes are read.
    pub(super) fn waits(&self, form: &Form, note: usize) -> bool {
        match form.kind {
            FormKind::Ibid => self
                .waiting
                .last()
                .is_some_and(|last| last.note + 1 >= note),
            FormKind::Note => form.notes.iter().any(|number| {
                let target = self.numbers.get(number).copied();
                target.is_some_and(|target| target > note || self.has_waiting(target))
            }),
            _ => false,
        }
    }

    fn has_waiting(&self, note: usize) -> bool {
        let at = self.waiting.partition_point(|waiting| waiting.note < note);
        self.waiting
            .get(at)
            .is_some_and(|waiting| waiting.note == note)
    }

    /// Resolves what waited: backwards, since it leads on to later notes, then forwards again for
    /// what leads back to those. What is left after that goes in a ring.
    pub(super) fn resolve_waiting(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        for waiting in waiting.iter().rev().chain(&waiting) {
            let outcome = match waiting.form.kind {
                FormKind::Ibid => self.right_before(waiting.note, waiting.part),
                _ => self.in_notes(waiting.note, &waiting.form),
            };
            let parts = self.parts.get_mut(waiting.note);
            if let (Some(Part::Short(short)), Some(outcome)) =
                (parts.and_then(|parts| parts.get_mut(waiting.part)), outcome)
                && is_unresolved(&short.outcome)
            {
                short.outcome = outcome;
            }
        }
    }
}

impl Outcome {
    /// The same outcome, said of a cross-reference.
    fn or_note(self, form: &Form) -> Outcome {
        match self {
            Outcome::Unresolved { .. } => unresolved(form),
            Outcome::Ambiguous { candidates, .. } => Outcome::Ambiguous {
                candidates,
                looked_for: format!("one source in note {}", resolve::numbers(&form.notes)),
            },
            resolved @ Outcome::Resolved { .. } => resolved,
        }
    }
}

/// Resolved if there is one source, and nothing besides.
fn choose(sources: Vec<SourceId>, is_complete: bool, why: &str, kind: FormKind) -> Outcome {
    let looked_for = match kind {
        FormKind::Note => String::new(),
        _ => "the one source right before".to_owned(),
    };
    match sources.as_slice() {
        [] => Outcome::Unresolved { looked_for },
        [_] if is_complete => Outcome::Resolved {
            sources,
            why: why.to_owned(),
        },
        _ => Outcome::Ambiguous {
            candidates: sources,
            looked_for,
        },
    }
}

/// Resolved if there is one source; a choice if there are several.
fn one_of_found(open: &Open<'_>, form: &Form, sources: Vec<SourceId>, why: &str) -> Outcome {
    let looked_for = resolve::looked_for(open.words, form, None);
    match sources.as_slice() {
        [] => Outcome::Unresolved { looked_for },
        [_] => Outcome::Resolved {
            sources,
            why: why.to_owned(),
        },
        _ => Outcome::Ambiguous {
            candidates: sources,
            looked_for,
        },
    }
}

/// What two readings of "right before" agree on.
fn either(first: &Outcome, second: &Outcome) -> Outcome {
    if sources_of(first) == sources_of(second) {
        return first.clone();
    }
    let mut candidates: Vec<SourceId> = sources_of(first).to_vec();
    let others = sources_of(second).iter().copied();
    let others: Vec<SourceId> = others.filter(|other| !candidates.contains(other)).collect();
    candidates.extend(others);
    let looked_for = "the one source right before".to_owned();
    if candidates.is_empty() {
        return Outcome::Unresolved { looked_for };
    }
    Outcome::Ambiguous {
        candidates,
        looked_for,
    }
}

fn sources_of(outcome: &Outcome) -> &[SourceId] {
    match outcome {
        Outcome::Resolved { sources, .. } => sources,
        Outcome::Ambiguous { candidates, .. } => candidates,
        Outcome::Unresolved { .. } => &[],
    }
}

fn unresolved(form: &Form) -> Outcome {
    let numbers = resolve::numbers(&form.notes);
    let direction = match form.direction {
        Direction::Before => " above",
        Direction::After => " below",
        Direction::Unsaid => "",
    };
    Outcome::Unresolved {
        looked_for: format!("one source in note {numbers}{direction}"),
    }
}

/// Whether a note lies where a cross-reference says.
fn lies(target: usize, note: usize, direction: Direction) -> bool {
    match direction {
        Direction::Before => target < note,
        Direction::After => target > note,
        Direction::Unsaid => target != note,
    }
}
