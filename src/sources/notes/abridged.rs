//! „Schmale: Grundwissenschaften international, 2016, S. 25“: what has been given in full before, cited
//! again by its author and its whole title.

use std::ops::Range;

use super::super::date;
use super::super::designation::Designation;
use super::super::elements::Elements;
use super::super::languages::Class;
use super::super::names::Names;
use super::super::pages::{is_rest, locators};
use super::super::resolve::{self, Resolved};
use super::super::short::{self, FormKind, ShortForm};
use super::super::vocabulary::signals;
use super::super::words::Words;
use super::super::{MatchedOn, Resolution, SourceId, Why};
use super::says::{first_page, says_volume, says_whole_title, says_words};
use super::{NotesRead, OpenNoteText};

impl NotesRead {
    /// A part that gives an author, a title behind a colon, and no place or publisher, if one source
    /// says all of it.
    pub(super) fn abridged(
        &self,
        open: &OpenNoteText<'_>,
        part: &Range<usize>,
    ) -> Option<(ShortForm, Resolved)> {
        let form = short::behind_colon(open.words, part)?;
        let resolved = resolve::by_name(&self.index, open.words, &form);
        let [(_, Resolution::Resolved { sources, .. })] = resolved.as_slice() else {
            return None;
        };
        // "Lenin: Werke. Zweiter Band" is no other volume.
        let says = |source: &SourceId| {
            let source = self.get(*source);
            source.is_some_and(|source| says_whole_title(source, &form.title_behind))
        };
        sources
            .iter()
            .all(says)
            .then(|| (form.clone(), resolved.clone()))
    }

    /// „Schmidt Begriff der Natur 1971, S. 77“, „Schmidt, Begriff der Natur 1971“: words of the title of
    /// the one source of that name and year that says them.
    pub(super) fn in_few_words(
        &self,
        open: &OpenNoteText<'_>,
        part: &Range<usize>,
    ) -> Option<(ShortForm, Resolved)> {
        let (form, title) = short::in_few_words(open.words, part)?;
        let found = resolve::by_name(&self.index, open.words, &form);
        let [(_, outcome)] = found.as_slice() else {
            return None;
        };
        let sources = match outcome {
            Resolution::Resolved { sources, .. } => sources,
            Resolution::Ambiguous { candidates, .. } => candidates,
            Resolution::Unresolved { .. } => return None,
        };
        let says = |source: &SourceId| {
            let source = self.get(*source);
            source.is_some_and(|source| says_words(source, &title))
        };
        let sources: Vec<SourceId> = sources.iter().copied().filter(says).collect();
        let source = only(&sources)?;
        let why = resolve::named(&self.index, source, MatchedOn::Title);
        Some(resolved(form, source, why))
    }

    /// "White, 79 Fordham L. Rev. 369, 382": an author, and the volume and the first page of a journal
    /// that one of their sources gives.
    pub(super) fn in_journal(
        &self,
        open: &OpenNoteText<'_>,
        part: &Range<usize>,
    ) -> Option<(ShortForm, Resolved)> {
        let words = open.words;
        let start = signals(words, part.start);
        let elements = Elements::read(words, start, part.end);
        let volume = elements.next + 1;
        if !words.is_mark(elements.next, ',') || !words.is_number(volume) {
            return None;
        }
        let read = Designation::read(words, volume).filter(|read| !read.is_pinpoint)?;
        let end = locators(words, read.next, part.end);
        if !elements.are_persons(words) || !is_rest(words, end, part.end) {
            return None;
        }
        let names = Names::new(words, &elements.list, elements.et_al);
        let page = words.folded(read.next - 1);
        let mut sources = self.index.designated(&read.key);
        sources.retain(|source| {
            let work = self.index.work_of(*source);
            let is_theirs = work
                .and_then(|work| self.index.names_of(work))
                .is_some_and(|theirs| names.mean(theirs));
            let first = self.get(*source);
            let first = first.and_then(|source| first_page(source, &read.key));
            is_theirs && first.is_some_and(|(first, _)| first == page)
        });
        let source = only(&sources)?;
        let mut form = ShortForm::new(FormKind::Title, start..end);
        form.head = elements.words();
        form.has_pages = end > read.next;
        let why = resolve::named(&self.index, source, MatchedOn::Title);
        Some(resolved(form, source, why))
    }

    /// „MEW Bd. 1 (1976), S. 344“: what a source is called from there on, and its own volume.
    pub(super) fn called_volume(
        &self,
        open: &OpenNoteText<'_>,
        part: &Range<usize>,
    ) -> Option<(ShortForm, Resolved)> {
        let words = open.words;
        let start = signals(words, part.start);
        let number = volume_number(words, start + 1)?;
        let year = number + 1;
        let is_dated = words.is_mark(year, '(') && date::year(words, year + 1).is_some();
        let behind = words.closing(year).filter(|_| is_dated);
        let next = behind.map_or(year, |close| close + 1);
        let end = locators(words, next, part.end);
        if !words.is_capital(start) || !is_rest(words, end, part.end) {
            return None;
        }
        let name = Names::whole(words, &(start..start + 1));
        let sources = self.index.titled(&name, "");
        let source = only(&sources)?;
        let says = says_volume(self.get(source)?, words.folded(number));
        let mut form = ShortForm::new(FormKind::Title, start..end);
        form.head = start..start + 1;
        form.has_pages = end > next;
        says.then(|| resolved(form, source, Why::Title))
    }
}

/// Where the number of a volume stands behind its word: „Bd. 1“, "vol. 2".
pub(super) fn volume_number(words: &Words<'_>, at: usize) -> Option<usize> {
    let number = at + 1 + usize::from(words.is_mark(at + 1, '.'));
    (words.is(at, Class::Volume) && words.is_number(number)).then_some(number)
}

fn only(sources: &[SourceId]) -> Option<SourceId> {
    match sources {
        [source] => Some(*source),
        _ => None,
    }
}

fn resolved(form: ShortForm, source: SourceId, why: Why) -> (ShortForm, Resolved) {
    let sources = vec![source];
    let outcome = Resolution::Resolved { sources, why };
    let range = form.words.clone();
    (form, vec![(range, outcome)])
}
