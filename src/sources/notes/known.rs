//! What is a short citation only because a source is known that agrees.

use std::ops::Range;

use super::super::date::Date;
use super::super::index::WorkQuery;
use super::super::names::Names;
use super::super::pages::is_rest;
use super::super::resolve::{self, Resolved};
use super::super::short::{
    self, FormKind, MAX_TITLE_WORDS, ShortForm, WorkDescription, title_words,
};
use super::super::vocabulary::signals;
use super::super::{MatchedOn, Resolution, SourceId, Why};
use super::says::{says, says_whole_title};
use super::{NotesRead, OpenNoteText, is_resolved, is_unresolved};

/// What an author means by a name and a page, "Smith, 12".
#[derive(Debug, Default)]
pub(super) struct PageCitationHabit {
    /// How often the name's only work stood in the note right before, or in the same.
    kept: usize,
    /// How often it did not.
    broken: usize,
}

impl PageCitationHabit {
    /// Whether it is plain that the source right before is meant: so it was whenever that could be
    /// told, and more than by chance.
    fn is_source_before(&self) -> bool {
        self.kept > 2 && self.broken == 0
    }
}

impl NotesRead {
    /// A part that says nothing but a name and words of a title that are known, or a document's
    /// name: "Smith, Trade and climate, p. 9", "Interview with diplomat B".
    pub(super) fn known(
        &self,
        open: &OpenNoteText<'_>,
        part: &Range<usize>,
    ) -> Option<(ShortForm, Resolved)> {
        let forms = short::unset(open.words, part.start, part.end);
        forms.into_iter().find_map(|form| {
            let resolved = resolve::by_name(&self.index, open.words, &form);
            let is_found = resolved.iter().all(|(_, outcome)| !is_unresolved(outcome));
            is_found.then_some((form, resolved))
        })
    }

    /// "Smith and Jones.": nothing but names, of one work that is known or of the one right before.
    pub(super) fn bare(
        &self,
        open: &OpenNoteText<'_>,
        part: &Range<usize>,
    ) -> Option<(ShortForm, Resolved)> {
        // "World Bank." may be whose figures these are.
        let form = short::bare(open.words, part.start, part.end)
            .filter(|(_, are_persons)| *are_persons || self.habit.is_source_before())
            .map(|(form, _)| form)?;
        let at = self.parts.get(open.note).map_or(0, Vec::len);
        let resolved = self.by_names(open, &form, at);
        let is_found = resolved.iter().all(|(_, outcome)| is_resolved(outcome));
        is_found.then_some((form, resolved))
    }

    /// “The Noble Book.”: nothing but a title that is set off, which one work has.
    pub(super) fn bare_title(
        &self,
        open: &OpenNoteText<'_>,
        part: &Range<usize>,
    ) -> Option<(ShortForm, Resolved)> {
        let words = open.words;
        let start = signals(words, part.start);
        if !words.is_set_off(start) {
            return None;
        }
        let last = part.end.min(start + MAX_TITLE_WORDS);
        let end = (start..last)
            .find(|at| !words.is_set_off(*at))
            .unwrap_or(last);
        let title = title_words(words, &(start..end));
        if title.split_whitespace().nth(1).is_none() || !is_rest(words, end, part.end) {
            return None;
        }
        let mut form = ShortForm::new(FormKind::Title, start..end);
        form.is_anonymous = true;
        form.head = start..end;
        form.claims = vec![WorkDescription {
            names: Names::whole(words, &(start..end)),
            title,
        }];
        let outcome = self.titled(open, &form);
        let Resolution::Resolved { sources, .. } = &outcome else {
            return None;
        };
        let claim = form.claims.first()?;
        let is_meant = |source: &SourceId| self.index.is_meant_by(*source, &claim.title);
        let are_meant = sources.iter().all(is_meant);
        are_meant.then(|| (form.clone(), vec![(form.words, outcome)]))
    }

    /// Learns from a name and a page whether they stand for the source right before.
    pub(super) fn learn(&mut self, note: usize, form: &ShortForm, resolved: &Resolved) {
        let [(_, Resolution::Resolved { sources, .. })] = resolved.as_slice() else {
            return;
        };
        if form.kind != FormKind::NamePage {
            return;
        }
        let part = self.parts.get(note).map_or(0, Vec::len);
        let work = |source: &SourceId| self.index.work_of(*source);
        let mut near = self.near_before(note, part).into_iter();
        if near.any(|source| work(&source) == sources.first().and_then(work)) {
            self.habit.kept += 1;
        } else {
            self.habit.broken += 1;
        }
    }

    /// By its names; where these have several works and nothing else is said but a page, the one
    /// right before, if it is one of them and that is what the author means elsewhere.
    pub(super) fn by_names(
        &self,
        open: &OpenNoteText<'_>,
        form: &ShortForm,
        part: usize,
    ) -> Resolved {
        let mut resolved = resolve::by_name(&self.index, open.words, form);
        if form.kind == FormKind::Title
            && let [(_, outcome)] = resolved.as_mut_slice()
            && is_unresolved(outcome)
            && let Some(found) = self.by_title_said(form)
        {
            *outcome = found;
        }
        if form.kind == FormKind::OpCit
            && let [(_, outcome)] = resolved.as_mut_slice()
            && is_unresolved(outcome)
            && let Some(found) = self.by_book_said(form)
        {
            *outcome = found;
        }
        if form.kind != FormKind::NamePage || !self.habit.is_source_before() {
            return resolved;
        }
        let [(_, outcome)] = resolved.as_mut_slice() else {
            return resolved;
        };
        let Resolution::Ambiguous { candidates, .. } = outcome else {
            return resolved;
        };
        let mut near = self.near_before(open.note, part);
        let work = |source: &SourceId| self.index.work_of(*source);
        near.retain(|source| candidates.iter().any(|other| work(other) == work(source)));
        if let [source] = near.as_slice() {
            *outcome = Resolution::Resolved {
                sources: vec![*source],
                why: resolve::named(&self.index, *source, MatchedOn::RightBefore),
            };
        }
        resolved
    }

    /// "Roe and Doe, eds., *Handbook of Trade*", where a source of theirs says that title, but not as its
    /// own: that of the book around it.
    fn by_title_said(&self, form: &ShortForm) -> Option<Resolution> {
        let claim = form
            .claims
            .first()
            .filter(|claim| !claim.names.is_empty())?;
        let query = WorkQuery {
            names: Some(&claim.names),
            ..WorkQuery::default()
        };
        let found = self.index.find(query);
        let sources = found
            .works
            .iter()
            .filter_map(|work| self.index.work(*work)?.sources.last());
        let says = |source: &&SourceId| {
            let source = self.get(**source);
            source.is_some_and(|source| says_whole_title(source, &claim.title))
        };
        let mut sources = sources.filter(says);
        let source = sources.next().filter(|_| !found.is_doubtful)?;
        let is_one = sources.next().is_none();
        is_one.then(|| Resolution::Resolved {
            sources: vec![*source],
            why: resolve::named(&self.index, *source, MatchedOn::Title),
        })
    }

    /// "E. Montale, *Quaderno genovese*, cit.", where a source of somebody else was said to stand in that
    /// book of theirs.
    fn by_book_said(&self, form: &ShortForm) -> Option<Resolution> {
        let claim = form
            .claims
            .first()
            .filter(|claim| !claim.names.is_empty() && !claim.title.is_empty())?;
        let mut sources = self.index.books(&Names::default(), &claim.title);
        let surname = claim.names.last_word()?;
        sources.retain(|source| {
            let is_within = !self.index.is_meant_by(*source, &claim.title);
            let source = self.get(*source).filter(|_| is_within);
            source.is_some_and(|source| says(source, &Names::from_word(surname)))
        });
        let [_] = sources.as_slice() else {
            return None;
        };
        let why = Why::Title;
        Some(Resolution::Resolved { sources, why })
    }

    /// What a part may stand for that, as it reads first, stands for nothing: a page that looks like a
    /// year, a title that looks like names, the words that a source began with.
    pub(super) fn otherwise(
        &self,
        open: &OpenNoteText<'_>,
        part: &Range<usize>,
        form: &ShortForm,
    ) -> Option<(ShortForm, Resolved)> {
        let entry = self.entry(open, form);
        entry
            .or_else(|| self.spanned(open, form))
            .or_else(|| self.in_few_words(open, part))
            .or_else(|| self.otherwise_named(open, part, form))
    }

    /// "Teirlinck 1910–1912, p. 30": a work of theirs that came out in the same span of years.
    fn spanned(&self, open: &OpenNoteText<'_>, form: &ShortForm) -> Option<(ShortForm, Resolved)> {
        let [(first, _), (last, _)] = form.dates.as_slice() else {
            return None;
        };
        if !form.is_span || form.kind != FormKind::NameYear {
            return None;
        }
        let mut named = form.clone();
        named.dates.clear();
        named.is_span = false;
        let found = resolve::by_name(&self.index, open.words, &named);
        let [(range, outcome)] = found.as_slice() else {
            return None;
        };
        let sources = match outcome {
            Resolution::Resolved { sources, .. } => sources,
            Resolution::Ambiguous { candidates, .. } => candidates,
            Resolution::Unresolved { .. } => return None,
        };
        let says = |source: &&SourceId| {
            let text = self.get(**source).map_or("", |source| source.text.as_str());
            let is_said = |dash| text.contains(&format!("{}{dash}{}", first.year, last.year));
            ['-', '–'].into_iter().any(is_said)
        };
        let mut sources = sources.iter().filter(says);
        let source = *sources.next().filter(|_| sources.next().is_none())?;
        let outcome = Resolution::Resolved {
            sources: vec![source],
            why: resolve::named(&self.index, source, MatchedOn::Dates(vec![*first, *last])),
        };
        Some((form.clone(), vec![(range.clone(), outcome)]))
    }

    /// The same where more may follow, so that what looks like a year may be one.
    pub(super) fn otherwise_named(
        &self,
        open: &OpenNoteText<'_>,
        part: &Range<usize>,
        form: &ShortForm,
    ) -> Option<(ShortForm, Resolved)> {
        let known = self.known_as_named(open, part, form);
        known.or_else(|| self.by_beginning(open, part))
    }

    /// „Nietzel, Handeln und Überleben, 2012, Kapitel II“: what reads as names and a year may be a
    /// name and a title.
    fn known_as_named(
        &self,
        open: &OpenNoteText<'_>,
        part: &Range<usize>,
        form: &ShortForm,
    ) -> Option<(ShortForm, Resolved)> {
        let is_named = matches!(form.kind, FormKind::NameYear | FormKind::Title);
        let known = || self.known(open, part);
        is_named
            .then(known)
            .flatten()
            .filter(|(_, resolved)| are_resolved(resolved))
    }

    /// "Moran, *Struggle for Survival*, 12 August 1954", "Pedersen, “Back to the League,” 1099":
    /// a day of a diary or a page that looks like a year, if name and title are known.
    fn entry(&self, open: &OpenNoteText<'_>, form: &ShortForm) -> Option<(ShortForm, Resolved)> {
        const EARLIEST: u16 = 1450;
        let is_place =
            |(date, _): &(Date, Range<usize>)| date.day.is_some() || date.year < EARLIEST;
        let has_title = form.claims.iter().any(|claim| !claim.title.is_empty());
        if form.kind != FormKind::NameYear || !has_title || !form.dates.iter().all(is_place) {
            return None;
        }
        let mut entry = form.clone();
        entry.kind = FormKind::Title;
        entry.dates.clear();
        let resolved = resolve::by_name(&self.index, open.words, &entry);
        are_resolved(&resolved).then_some((entry, resolved))
    }

    /// Whether somebody of these names has been cited, whatever the year and the title.
    pub(super) fn knows_names(&self, form: &ShortForm) -> bool {
        let last = form.claims.last();
        last.is_some_and(|claim| {
            let wanted = WorkQuery {
                names: Some(&claim.names),
                ..WorkQuery::default()
            };
            !self.index.find(wanted).works.is_empty()
        })
    }
}

fn are_resolved(resolved: &Resolved) -> bool {
    resolved.iter().all(|(_, outcome)| is_resolved(outcome))
}
