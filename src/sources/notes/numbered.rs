//! What the number of a note stands for: the source of that note which agrees with what else a short
//! citation says.

use crate::paper::NoteId;

use super::super::languages::{self, Class};
use super::super::names::Names;
use super::super::short::{ShortForm, WorkDescription};
use super::super::vocabulary::NoteDirection;
use super::super::words::Words;
use super::super::{LookedFor, Resolution, Source, SourceId, StatedDirection, Unfound, Why};
use super::relative::{choice_of, choose};
use super::says::{is_judgment, says, says_title};
use super::{NotesRead, is_comment, is_unresolved};

impl NotesRead {
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
        // What a note cites in short is not told by a word that its source says somewhere: whoever is named
        // may be what could not be read there.
        let is_near = |source: &SourceId| {
            let is_given = self
                .get(*source)
                .is_some_and(|source| source.note == Some(NoteId(note)));
            is_given || is_complete || !says_names || self.is_by(*source, form)
        };
        let mut fitting: Vec<SourceId> = sources.into_iter().filter(fits).collect();
        fitting.retain(is_near);
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
                && self.index.is_by(work, &claim.names)
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
