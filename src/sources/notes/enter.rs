//! Entering sources into the list of all, and into what they are looked for by.

use std::ops::Range;
use std::sync::Arc;

use crate::paper::{NoteId, letters};

use super::super::details;
use super::super::reading::Full;
use super::super::text::JoinedText;
use super::super::vocabulary::{is_particle, signals};
use super::super::words::{PARAGRAPH, Words};
use super::super::{NoteSegment, Source, SourceId};
use super::{NotesRead, OpenNoteText};

impl NotesRead {
    /// `own` is the stretch of the part that is not another source's.
    pub(super) fn add_source(
        &mut self,
        open: &OpenNoteText<'_>,
        part: &Range<usize>,
        full: &Full,
        own: &Range<usize>,
    ) {
        let note = Some(NoteId(open.note));
        let id = self.enter(open.text, open.words, part, full, note);
        let passage = open.text.passage(&open.words.bytes(own));
        if let Some(source) = self.sources.get_mut(id.0) {
            source.passage = passage;
        }
        self.push(open.note, NoteSegment::Full(id));
    }

    /// Enters a source into the list of all, and into the index.
    pub(super) fn enter(
        &mut self,
        text: &JoinedText,
        words: &Words<'_>,
        part: &Range<usize>,
        full: &Full,
        note: Option<NoteId>,
    ) -> SourceId {
        let id = SourceId(self.sources.len());
        let slice = |range: &Range<usize>| words.slice(range).to_owned();
        self.sources.push(Source {
            name: String::new(),
            note,
            passage: text.passage(&words.bytes(part)),
            text: words
                .slice(&without_signals(words, part))
                .replace(PARAGRAPH, " "),
            head: slice(&full.head),
            author_key: full.names.sorted_by(),
            authors: authors(words, full),
            dates: full.dates.clone(),
            title: slice(&full.title),
            links: full.links.clone(),
            accessed: slice(&full.accessed),
            details: if self.reads_details {
                Arc::new(details::details(words, part, full))
            } else {
                Arc::clone(&self.no_details)
            },
        });
        let link = full.links.first().map(|link| &**link);
        self.index.add(id, full, link, note.is_none());
        self.beginnings
            .add(id, words, &without_signals(words, part));
        for names in std::iter::once(&full.names).chain(&full.aliases) {
            if let Some(spoken) = names.spoken() {
                self.phrases.add(spoken);
            }
        }
        id
    }

    /// Names the sources from `first` on after what their note's marker shows.
    pub(super) fn name_sources(&mut self, shown: &str, first: usize) {
        let count = self.sources.len() - first;
        for (index, source) in self.sources.iter_mut().skip(first).enumerate() {
            source.name = shown.to_owned();
            if count > 1 {
                source.name.push_str(&letters(index));
            }
        }
    }
}

/// The authors one by one; of a document or an organisation the whole head.
fn authors(words: &Words<'_>, full: &Full) -> Vec<String> {
    if full.names.are_persons() {
        let mut each: Vec<Range<usize>> = Vec::new();
        for author in &full.authors {
            match each.last_mut() {
                Some(surname) if are_initials(words, surname, author) => {
                    let point = usize::from(words.is_mark(author.end, '.'));
                    surname.end = author.end + point;
                }
                _ => each.push(author.clone()),
            }
        }
        if full.are_inverted {
            let pairs = full.authors.chunks(2);
            each = pairs
                .filter_map(|pair| Some(pair.first()?.start..pair.last()?.end))
                .collect();
        }
        let each = each.iter();
        return each.map(|author| words.slice(author).to_owned()).collect();
    }
    let head = words.slice(&full.head);
    if head.is_empty() {
        return Vec::new();
    }
    vec![head.to_owned()]
}

/// Whether nothing but initials follows a surname and its comma: "LUDWIG, R. J."
fn are_initials(words: &Words<'_>, surname: &Range<usize>, given: &Range<usize>) -> bool {
    let letters = |at: usize| words.folded(at).chars().count();
    let is_whole = surname.clone().any(|at| letters(at) > 1);
    let mut initials = given.clone().filter(|at| words.is_word(*at));
    let is_initial = |at: usize| {
        words.is_capital(at) && letters(at) == 1 || words.is_small(at) && is_particle(words, at)
    };
    is_whole
        && words.is_mark(surname.end, ',')
        && given.start == surname.end + 1
        && words.is_capital(given.start)
        && initials.all(is_initial)
}

/// The words of a source without what leads up to it: "See also".
fn without_signals(words: &Words<'_>, part: &Range<usize>) -> Range<usize> {
    let start = signals(words, part.start);
    if start < part.end {
        start..part.end
    } else {
        part.clone()
    }
}
