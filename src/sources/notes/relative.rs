//! What a short citation stands for by its place: the source right before.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::names::Names;
use super::super::resolve::{self, MAX_CANDIDATES, Resolved};
use super::super::short::{FormKind, ShortForm};
use super::super::{LookedFor, NoteSegment, Resolution, SourceId, Unfound, Why};
use super::{NotesRead, OpenNoteText, is_comment, is_resolved, is_unresolved};

impl NotesRead {
    pub(super) fn one_right_before(&self, note: usize, part: usize) -> Option<SourceId> {
        match self.right_before(note, part)? {
            Resolution::Resolved { sources, .. } => sources.first().copied(),
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

    /// The sources that the same note cites before a part, and those of the note before; one for each
    /// work.
    pub(super) fn near_before(&self, note: usize, part: usize) -> Vec<SourceId> {
        let mut all = self.sources_in(note, 0..part).0;
        for before in self.order.before(note) {
            let count = self.parts.get(before).map_or(0, Vec::len);
            all.extend(self.sources_in(before, 0..count).0);
        }
        let mut works = std::collections::HashSet::new();
        all.retain(|source| works.insert(self.index.work_of(*source)));
        all
    }

    /// The source right before a part of a note: in the same note, else in the note before. None
    /// if there is no note before.
    pub(super) fn right_before(&self, note: usize, part: usize) -> Option<Resolution> {
        let parts = self.parts.get(note)?.get(..part)?;
        let counts = |at: &usize| {
            let is_cited = self.unread.contains(&(note, *at))
                || parts.get(*at).is_some_and(|part| !is_comment(part));
            is_cited && !self.asides.contains(&(note, *at))
        };
        if let Some(last) = (0..part).rev().find(counts) {
            // What could not be read stands between: it may be meant, or what stands before it.
            let known = |at: &usize| parts.get(*at).is_some_and(|part| !is_comment(part));
            let first = (0..=last).rev().find(known).unwrap_or(last);
            return Some(self.one_of(note, first..last + 1));
        }
        // Where the orders of the notes differ, any of those right before may be meant.
        let before = self.order.before(note);
        let outcomes = before.iter().map(|before| self.one_of_note(*before));
        outcomes.reduce(|first, second| either(&first, &second))
    }

    pub(super) fn one_of_note(&self, note: usize) -> Resolution {
        let count = self.parts.get(note).map_or(0, Vec::len);
        self.one_of(note, 0..count)
    }

    /// The one source that parts of a note give or stand for.
    fn one_of(&self, note: usize, parts: Range<usize>) -> Resolution {
        let (sources, is_complete) = self.sources_but(note, parts.clone(), &self.asides);
        let listed = self.parts.get(note).map(Vec::as_slice).unwrap_or_default();
        let is_open = |part: &NoteSegment| matches!(part, NoteSegment::Short(short) if !is_resolved(&short.outcome));
        let mut last = parts.rev().take(MAX_CANDIDATES);
        let unfound = if last.any(|at| listed.get(at).is_some_and(is_open)) {
            Unfound::Follows
        } else {
            Unfound::Unread
        };
        choose(
            sources,
            is_complete,
            Why::RightBefore,
            LookedFor::RightBefore,
            unfound,
        )
    }

    /// What "ibid." stands for.
    pub(super) fn stands_before(&self, note: usize, part: usize) -> Resolution {
        self.right_before(note, part)
            .unwrap_or(Resolution::Unresolved {
                looked_for: LookedFor::RightBefore,
                because: Unfound::Nowhere,
            })
    }

    /// The sources that parts of a note give or stand for, the last first, one for each work; and
    /// whether all are known.
    pub(super) fn sources_in(&self, note: usize, parts: Range<usize>) -> (Vec<SourceId>, bool) {
        self.sources_but(note, parts, &BTreeSet::new())
    }

    /// The same without some parts, as notes and parts.
    fn sources_but(
        &self,
        note: usize,
        parts: Range<usize>,
        but: &BTreeSet<(usize, usize)>,
    ) -> (Vec<SourceId>, bool) {
        let mut all = Vec::new();
        let mut is_complete = true;
        let listed = self.parts.get(note).map(Vec::as_slice).unwrap_or_default();
        for at in parts.rev().take(MAX_CANDIDATES) {
            if but.contains(&(note, at)) {
                continue;
            }
            is_complete &= !self.unread.contains(&(note, at));
            match listed.get(at) {
                Some(NoteSegment::Full(source)) => all.push(*source),
                Some(NoteSegment::Comment(_)) | None => {}
                Some(NoteSegment::Short(short)) => match &short.outcome {
                    Resolution::Resolved { sources, .. } => all.extend(sources.iter().rev()),
                    Resolution::Ambiguous { candidates, .. } => {
                        is_complete = false;
                        all.extend(candidates);
                    }
                    Resolution::Unresolved { .. } => is_complete = false,
                },
            }
        }
        all.truncate(MAX_CANDIDATES);
        let mut works = std::collections::HashSet::new();
        all.retain(|source| works.insert(self.index.work_of(*source)));
        (all, is_complete)
    }

    /// "Smith, ibid.": the source right before, if it is Smith's.
    ///
    /// A title may be "Ibid." too: "Dunn, *Ibid.*, p. 14".
    pub(super) fn named_right_before(
        &self,
        open: &OpenNoteText<'_>,
        form: &ShortForm,
        part: usize,
    ) -> Resolved {
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
            Some(source) => Resolution::Resolved {
                sources: vec![source],
                why: Why::RightBefore,
            },
            None => Resolution::Unresolved {
                looked_for: LookedFor::RightBefore,
                because: Unfound::Unread,
            },
        };
        vec![(form.words.clone(), outcome)]
    }

    /// The work of a title or a short name.
    pub(super) fn titled(&self, open: &OpenNoteText<'_>, form: &ShortForm) -> Resolution {
        let claim = form.claims.first();
        let sources = claim.map(|claim| self.index.titled(&claim.names, &claim.title));
        let mut sources = sources.unwrap_or_default();
        let is_of_date = |source: &SourceId| {
            let work = self.index.work_of(*source);
            let work = work.and_then(|work| self.index.work(work));
            work.is_some_and(|work| form.dates.iter().all(|(date, _)| work.has_date(date)))
        };
        sources.retain(is_of_date);
        one_of_found(open, form, sources, Why::Title)
    }

    /// Whether the form must wait until later notes are read.
    pub(super) fn waits(&self, form: &ShortForm, note: usize) -> bool {
        match form.kind {
            FormKind::Ibid => self
                .waiting
                .last()
                .is_some_and(|last| last.note + 1 >= note),
            FormKind::Note => form.notes.iter().any(|number| {
                let meant = self.numbers.get(number).map(Vec::as_slice);
                let mut meant = meant.unwrap_or_default().iter();
                meant.any(|target| *target > note || self.has_waiting(*target))
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
                FormKind::Ibid => Some(self.stands_before(waiting.note, waiting.part)),
                _ => self.in_notes(waiting.note, &waiting.form),
            };
            let parts = self.parts.get_mut(waiting.note);
            if let (Some(NoteSegment::Short(short)), Some(outcome)) =
                (parts.and_then(|parts| parts.get_mut(waiting.part)), outcome)
                && is_unresolved(&short.outcome)
            {
                short.outcome = outcome;
            }
        }
    }
}

/// Resolved if there is one source, and nothing besides.
pub(super) fn choose(
    sources: Vec<SourceId>,
    is_complete: bool,
    why: Why,
    looked_for: LookedFor,
    because: Unfound,
) -> Resolution {
    match sources.as_slice() {
        [] => Resolution::Unresolved {
            looked_for,
            because,
        },
        [_] if is_complete => Resolution::Resolved { sources, why },
        _ => Resolution::Ambiguous {
            candidates: sources,
            looked_for,
        },
    }
}

/// Resolved if there is one source; a choice if there are several.
pub(super) fn one_of_found(
    open: &OpenNoteText<'_>,
    form: &ShortForm,
    sources: Vec<SourceId>,
    why: Why,
) -> Resolution {
    let looked_for = resolve::looked_for(open.words, form, None);
    choose(sources, true, why, looked_for, Unfound::Unread)
}

/// Any of the sources of some outcomes.
pub(super) fn choice_of(outcomes: &[Resolution], looked_for: LookedFor) -> Resolution {
    let mut candidates: Vec<SourceId> = Vec::new();
    for source in outcomes.iter().flat_map(sources_of) {
        if !candidates.contains(source) {
            candidates.push(*source);
        }
    }
    Resolution::Ambiguous {
        candidates,
        looked_for,
    }
}

/// What two readings of "right before" agree on.
fn either(first: &Resolution, second: &Resolution) -> Resolution {
    let is_same = sources_of(first) == sources_of(second);
    let is_empty = sources_of(first).is_empty() && sources_of(second).is_empty();
    if is_same || is_empty {
        return first.clone();
    }
    choice_of(&[first.clone(), second.clone()], LookedFor::RightBefore)
}

fn sources_of(outcome: &Resolution) -> &[SourceId] {
    match outcome {
        Resolution::Resolved { sources, .. } => sources,
        Resolution::Ambiguous { candidates, .. } => candidates,
        Resolution::Unresolved { .. } => &[],
    }
}
