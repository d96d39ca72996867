//! What a short citation stands for by its place: the source right before, or one of a note that
//! it names.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::paper::NoteId;

use super::super::languages::{self, Class};
use super::super::names::Names;
use super::super::resolve::{self, MAX_CANDIDATES, Resolved};
use super::super::short::{FormKind, ShortForm, WorkDescription};
use super::super::vocabulary::NoteDirection;
use super::super::words::Words;
use super::super::{
    LookedFor, NoteSegment, Resolution, Source, SourceId, StatedDirection, Unfound, Why,
};
use super::says::{is_judgment, says, says_title};
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
    fn sources_in(&self, note: usize, parts: Range<usize>) -> (Vec<SourceId>, bool) {
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

    /// What a cross-reference stands for. None if it names nobody, and the note exists but gives
    /// no source: then it refers to what the note says.
    pub(super) fn in_notes(&self, note: usize, form: &ShortForm) -> Option<Resolution> {
        let is_nameless = form.claims.iter().all(|claim| claim.names.is_empty());
        let is_span = is_nameless && form.notes.len() > 2;
        let mut sources = Vec::new();
        for number in &form.notes {
            let Some(outcome) = self.numbered(*number, note, form) else {
                if form.notes.len() > 1 {
                    continue;
                }
                return None;
            };
            match outcome {
                Resolution::Resolved { sources: found, .. } => sources.extend(found),
                // "Infra notes 108–139" is what the paper says there.
                _ if is_span => return None,
                other => return Some(other),
            }
        }
        let mut works = std::collections::HashSet::new();
        sources.retain(|source| works.insert(self.index.work_of(*source)));
        if sources.is_empty() {
            return None;
        }
        Some(Resolution::Resolved {
            sources,
            why: Why::Notes(form.notes.clone()),
        })
    }

    /// What a number stands for. Where one note has it as its label and another shows it, either
    /// may be meant, and only a name tells which. None if the note is a mere comment.
    fn numbered(&self, number: u32, note: usize, form: &ShortForm) -> Option<Resolution> {
        let meant = self.numbers.get(&number).map(Vec::as_slice);
        let mut meant: Vec<usize> = meant.unwrap_or_default().to_vec();
        let is_nameless = form.claims.iter().all(|claim| claim.names.is_empty());
        // "Jane Roe, *Title* (2019); see also Roe, supra note 5" in note 5 itself.
        let is_own = |target: usize| {
            !is_nameless && target == note && form.direction != NoteDirection::After
        };
        meant.retain(|target| lies(*target, note, form.direction) || is_own(*target));
        // The nearest first.
        meant.sort_unstable_by_key(|target| std::cmp::Reverse(*target));
        let is_silent = |target: usize| {
            let parts = self.parts.get(target).map(Vec::as_slice);
            let parts = parts.unwrap_or_default();
            is_nameless && !parts.is_empty() && parts.iter().all(is_comment)
        };
        // Nobody refers to the thanks of "[^*]".
        let is_thanks = |target: usize| self.worded.get(target) == Some(&true) && is_silent(target);
        if meant.len() > 1 {
            meant.retain(|target| !is_thanks(*target));
        }
        if let [target] = meant.as_slice() {
            let is_comment = is_silent(*target) && (*target < note || form.notes.len() > 1);
            return (!is_comment).then(|| self.in_note(*target, form));
        }
        if meant.is_empty() {
            return Some(unresolved(form, Unfound::Nowhere));
        }
        let outcomes = meant.iter().map(|target| self.in_note(*target, form));
        let (found, others): (Vec<Resolution>, Vec<Resolution>) =
            outcomes.partition(|outcome| !is_unresolved(outcome));
        match (found.as_slice(), others.len()) {
            ([], _) => Some(unresolved(form, Unfound::Unread)),
            ([one], 1..) if !is_nameless => Some(one.clone()),
            _ => Some(choice_of(&found, sought(form))),
        }
    }

    /// The one source of a note that agrees with what the form says besides.
    fn in_note(&self, note: usize, form: &ShortForm) -> Resolution {
        let count = self.parts.get(note).map_or(0, Vec::len);
        let (mut sources, is_complete) = self.sources_in(note, 0..count);
        // "Notes 2 and 8" are all that these say; "note 2" may be one thing that it says.
        let is_of_all = form.notes.len() > 1 || form.means_all;
        if is_of_all && form.claims.is_empty() && is_complete && !sources.is_empty() {
            sources.reverse();
            return Resolution::Resolved {
                sources,
                why: Why::Notes(form.notes.clone()),
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
        let mut fitting: Vec<SourceId> = sources.into_iter().filter(fits).collect();
        // "Smith, supra note 5" is what note 5 gives of Smith's, not what it cites in short.
        let given = |source: &&SourceId| {
            self.get(**source)
                .is_some_and(|source| source.note == Some(NoteId(note)))
        };
        let here: Vec<SourceId> = fitting.iter().filter(given).copied().collect();
        if says_names && here.len() == 1 {
            fitting = here;
        }
        // Of what is by Smith, and what only speaks of Smith, the first is Smith's.
        let own = |source: &&SourceId| self.is_by(**source, form);
        let theirs: Vec<SourceId> = fitting.iter().filter(own).copied().collect();
        if says_names && fitting.len() > 1 && theirs.len() == 1 {
            fitting = theirs;
        }
        if fitting.is_empty() && is_complete {
            fitting = self.law_of(note, form);
        }
        if fitting.is_empty() && is_complete {
            fitting = self.numbered_case(note, form);
        }
        if fitting.is_empty() {
            fitting = self.misspelt_in(note, form);
        }
        let says_behind = |source: &&SourceId| {
            let source = self.get(**source);
            source.is_some_and(|source| says_title(source, &form.title_behind))
        };
        let titled: Vec<SourceId> = fitting.iter().filter(says_behind).copied().collect();
        if titled.len() == 1 && !form.title_behind.is_empty() {
            fitting = titled;
        }
        let why = Why::Notes(form.notes.clone());
        let says_title = form.claims.iter().any(|claim| !claim.title.is_empty());
        let is_all = is_complete || says_names || says_title;
        choose(
            fitting,
            is_all,
            why,
            sought(form),
            self.unfound_in(note, form),
        )
    }

    /// Whether a source is by whom the form names, and not only says so somewhere.
    fn is_by(&self, source: SourceId, form: &ShortForm) -> bool {
        let Some(work) = self.index.work_of(source) else {
            return false;
        };
        let mut claims = form.claims.iter();
        claims.any(|claim| {
            !claim.names.is_empty()
                && self.index.fits(work, &claim.names)
                && self.agrees(source, claim, form)
        })
    }

    /// "Software Directive (n 12)": the one directive that note 12 gives, whatever it is called
    /// there.
    fn law_of(&self, note: usize, form: &ShortForm) -> Vec<SourceId> {
        const NEAR: usize = 4;
        let kind = form
            .claims
            .first()
            .and_then(|claim| claim.names.last_word());
        let is_law = |word: &&str| languages::classes(word).has(Class::Law);
        let Some(kind) = kind.filter(is_law) else {
            return Vec::new();
        };
        let count = self.parts.get(note).map_or(0, Vec::len);
        let (mut sources, _) = self.sources_in(note, 0..count);
        sources.retain(|source| {
            let words = self.get(*source).map(|source| source.text.as_str());
            let mut words = words.unwrap_or_default().split_whitespace().take(NEAR);
            words.any(|word| word.eq_ignore_ascii_case(kind))
        });
        if sources.len() > 1 {
            sources.clear();
        }
        sources
    }

    /// "*Roe II* (n 5)": the one judgment of note 5 that says "Roe", the second of that name.
    fn numbered_case(&self, note: usize, form: &ShortForm) -> Vec<SourceId> {
        let is_number =
            |word: &str| matches!(word, "i" | "ii" | "iii" | "iv" | "v" | "1" | "2" | "3");
        let says_case = |source: &Source, claim: &WorkDescription| {
            let title = claim.title.trim().rsplit_once(' ');
            let title = title.filter(|(_, number)| is_number(number));
            let name = claim.names.last_word().filter(|word| is_number(word));
            match (name.and_then(|_| claim.names.but_last()), title) {
                (Some(names), _) => says(source, &names),
                (None, Some((title, _))) => says_title(source, &format!(" {title} ")),
                (None, None) => false,
            }
        };
        let count = self.parts.get(note).map_or(0, Vec::len);
        let (mut sources, _) = self.sources_in(note, 0..count);
        sources.retain(|source| {
            let source = self.get(*source).filter(|source| is_judgment(source));
            let mut claims = form.claims.iter();
            source.is_some_and(|source| claims.any(|claim| says_case(source, claim)))
        });
        if sources.len() > 1 {
            sources.clear();
        }
        sources
    }

    /// The one source of a note by authors of whom one is misspelt.
    fn misspelt_in(&self, note: usize, form: &ShortForm) -> Vec<SourceId> {
        let count = self.parts.get(note).map_or(0, Vec::len);
        let (mut sources, _) = self.sources_in(note, 0..count);
        sources.retain(|source| {
            let work = self.index.work_of(*source);
            let names = work.and_then(|work| self.index.names_of(work));
            let mut claims = form.claims.iter();
            names.is_some_and(|names| {
                claims.any(|claim| claim.title.is_empty() && claim.names.nearly_mean(names))
            })
        });
        if sources.len() > 1 {
            sources.clear();
        }
        sources
    }

    /// Why a note has no source that agrees: it is blamed only if all of it was read, and
    /// somebody of these names stands elsewhere.
    fn unfound_in(&self, note: usize, form: &ShortForm) -> Unfound {
        // What reads as a remark may hold the source.
        let parts = self.parts.get(note).map(Vec::as_slice).unwrap_or_default();
        let is_read = !parts.is_empty() && !parts.iter().any(is_comment);
        if is_read && self.knows_names(form) {
            Unfound::Differs
        } else {
            Unfound::Unread
        }
    }

    fn agrees(&self, source: SourceId, claim: &WorkDescription, form: &ShortForm) -> bool {
        let Some(work) = self.index.work_of(source) else {
            return false;
        };
        // "*BCCI v Ali* (n 49)", where the text calls it so, and the note does not.
        let is_called = claim.names.is_empty() && !claim.title.is_empty() && {
            let words = Words::read(&claim.title, &[], &[]);
            let called = Names::whole(&words, &(0..words.len()));
            self.index.fits(work, &called)
        };
        let named = claim.names.is_empty()
            || self.index.fits(work, &claim.names)
            || self
                .get(source)
                .is_some_and(|source| says(source, &claim.names));
        self.index.work(work).is_some_and(|known| {
            let dated = form.dates.iter().all(|(date, _)| known.has_date(date));
            let titled = known.has_title(&claim.title)
                || is_called
                || self
                    .get(source)
                    .is_some_and(|source| says_title(source, &claim.title));
            named && dated && titled
        })
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
fn choose(
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
fn choice_of(outcomes: &[Resolution], looked_for: LookedFor) -> Resolution {
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

fn unresolved(form: &ShortForm, because: Unfound) -> Resolution {
    Resolution::Unresolved {
        looked_for: sought(form),
        because,
    }
}

fn sought(form: &ShortForm) -> LookedFor {
    LookedFor::Notes {
        numbers: form.notes.clone(),
        place: match form.direction {
            NoteDirection::Before => StatedDirection::Above,
            NoteDirection::After => StatedDirection::Below,
            NoteDirection::Unsaid => StatedDirection::Unsaid,
        },
    }
}

/// Whether a note lies where a cross-reference says.
fn lies(target: usize, note: usize, direction: NoteDirection) -> bool {
    match direction {
        NoteDirection::Before => target < note,
        NoteDirection::After => target > note,
        NoteDirection::Unsaid => target != note,
    }
}
