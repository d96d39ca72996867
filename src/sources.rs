//! What notes cite: the sources that they give in full, and the ones that their short citations
//! stand for. A short citation is answered for certain or not at all.

mod address;
mod ahead;
mod anchor;
pub mod check;
mod cross_reference;
mod date;
mod designation;
mod details;
mod elements;
mod fold;
mod index;
mod italic_authors;
mod languages;
mod mention;
mod names;
mod notes;
mod own;
mod pages;
mod people;
mod reading;
mod reason;
mod record;
mod resolve;
mod segment;
mod short;
mod text;
mod title_page;
mod uses;
mod vocabulary;
mod when;
mod words;
mod works;

#[cfg(test)]
mod carried;
#[cfg(test)]
mod cases;
#[cfg(test)]
pub(crate) mod generated;
#[cfg(test)]
mod laws;

use std::collections::HashSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::paper::{NoteId, Paper, Passage, Position};

pub use crate::paper::{Date, Details, Name, SourceKind};
pub use fold::{are_one_title, bare_address};
pub use own::{MatchedBy, OwnEntry};
pub use reason::{LookedFor, MatchedOn, StatedDirection, Unfound, Who, Why};
pub use title_page::work_of;
pub(crate) use works::text_key;
pub use works::{PaperCitation, SharedWork, SharedWorks, WorkGatherer, work_keys};

/// The sources of a paper, and what refers to them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sources {
    all: Vec<Source>,
    /// The parts of each note.
    parts: Vec<Vec<NoteSegment>>,
    mentions: Vec<Mention>,
    /// The uses of each source.
    uses: Vec<Vec<Use>>,
    /// What the reader's own bibliography has of each; empty until they were looked up.
    own: Vec<Option<OwnEntry>>,
    /// The key that the reader's own bibliography has the paper itself by.
    own_paper: Option<String>,
}

/// A source's place in the list of all sources, from 0: those of a list of references first, then
/// those of notes in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub usize);

/// A citation in full. What it does not say is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Source {
    /// What the note's marker shows, with a letter if the note gives several: `8a`, `8b`; `R1`, `R2` for those
    /// of the list of references.
    pub name: String,
    /// The note that gives it; none if it stands in the list of references.
    pub note: Option<NoteId>,
    /// Where it is in the text.
    pub passage: Passage,
    /// The citation as it stands.
    pub text: String,
    /// The authors, or a document's own name, as it stands.
    pub head: String,
    /// The first author's surname and given names, or a document's own name, folded: what a list
    /// by authors is sorted by.
    pub author_key: String,
    /// The authors one by one; a document's name or an organisation is one.
    pub authors: Vec<String>,
    /// When it appeared.
    pub dates: Vec<Date>,
    /// The title, as it is given.
    pub title: String,
    /// The addresses that it gives in full: what a blank has cut is none.
    pub links: Vec<Arc<str>>,
    /// When it was last accessed, as it stands.
    pub accessed: String,
    /// What it says, field by field; nothing where the sources were read without that.
    pub details: Arc<Details>,
}

/// A part of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteSegment {
    /// A citation in full.
    Full(SourceId),
    /// A short citation.
    Short(Short),
    /// Neither: the author's own words.
    Comment(Passage),
}

/// A short citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Short {
    /// Where it is in the text.
    pub passage: Passage,
    /// What it stands for.
    pub outcome: Resolution,
}

/// What a short citation stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// Certain.
    Resolved {
        /// Not empty; in the order in which the citation names them.
        sources: Vec<SourceId>,
        /// By what that is known.
        why: Why,
    },
    /// Not certain. There may be a single candidate, if it agrees in all but a letter.
    Ambiguous {
        /// Not empty; the nearest before it first.
        candidates: Vec<SourceId>,
        /// What the citation says.
        looked_for: LookedFor,
    },
    /// Nothing that it could stand for is known.
    Unresolved {
        /// What the citation says.
        looked_for: LookedFor,
        /// Why nothing was found.
        because: Unfound,
    },
}

/// A citation in running text, without a marker, of which it is certain what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where it is in the text.
    pub passage: Passage,
    /// Not empty; in the order in which the text names them.
    pub sources: Vec<SourceId>,
    /// By what that is known.
    pub why: Why,
}

/// One place that rests on a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Use {
    /// The note that gives it.
    Given(NoteId),
    /// A note that stands for it by a short citation, and where in the note.
    Short(NoteId, Passage),
    /// A mention in running text.
    Mention(Passage),
}

impl Mention {
    /// Whether the citation is a link to its source, and not told by its words.
    #[must_use]
    pub fn is_linked(&self) -> bool {
        self.why == Why::Linked
    }
}

impl Sources {
    /// Reads the notes of a paper, and what its text says of them.
    #[must_use]
    pub fn read(paper: &Paper) -> Sources {
        Self::from_notes(paper, notes::read(paper, true))
    }

    /// The same without the fields of each source, which take as much memory as all the rest and
    /// which only lists for other programs need.
    #[must_use]
    pub fn read_without_details(paper: &Paper) -> Sources {
        Self::from_notes(paper, notes::read(paper, false))
    }

    fn from_notes(paper: &Paper, read: notes::NotesRead) -> Sources {
        let mut mentions = uses::mentions(paper, &read);
        let uses = uses::of_sources(&read, &mentions);
        // They are kept as long as the paper is read.
        let (mut all, mut parts) = (read.sources, read.parts);
        all.shrink_to_fit();
        parts.shrink_to_fit();
        mentions.shrink_to_fit();
        Sources {
            all,
            parts,
            mentions,
            uses,
            own: Vec::new(),
            own_paper: None,
        }
    }

    /// All sources: those of a list of references, then those of notes in reading order.
    #[must_use]
    pub fn all(&self) -> &[Source] {
        &self.all
    }

    /// The source with this id, if the paper has it.
    #[must_use]
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.all.get(id.0)
    }

    /// The parts of a note, in order; none if it is never defined.
    #[must_use]
    pub fn of_note(&self, note: NoteId) -> &[NoteSegment] {
        self.parts
            .get(note.0)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// The sources that a note gives in full, in order.
    #[must_use]
    pub fn given_in(&self, note: NoteId) -> Vec<SourceId> {
        let given = self.of_note(note).iter().filter_map(|part| match part {
            NoteSegment::Full(source) => Some(*source),
            _ => None,
        });
        given.collect()
    }

    /// The sources that a note's short citations stand for, each once, in order.
    #[must_use]
    pub fn refers_to(&self, note: NoteId) -> Vec<SourceId> {
        let mut all = Vec::new();
        for part in self.of_note(note) {
            if let NoteSegment::Short(Short {
                outcome: Resolution::Resolved { sources, .. },
                ..
            }) = part
            {
                all.extend(sources);
            }
        }
        let mut seen = HashSet::new();
        all.retain(|source| seen.insert(*source));
        all
    }

    /// The sources that a note rests on, each once: those that it gives, then those that its short
    /// citations stand for.
    #[must_use]
    pub fn cited_in(&self, note: NoteId) -> Vec<SourceId> {
        let mut all = self.given_in(note);
        let given: HashSet<SourceId> = all.iter().copied().collect();
        let refers = self.refers_to(note).into_iter();
        all.extend(refers.filter(|id| !given.contains(id)));
        all
    }

    /// Every place that rests on a source: notes in their order, then mentions.
    #[must_use]
    pub fn used_by(&self, source: SourceId) -> &[Use] {
        self.uses
            .get(source.0)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// The first place of the text where a source is cited, found without the others: a source may
    /// have as many as its note has markers, and a note may have very many sources.
    pub(crate) fn first_place_of(&self, paper: &Paper, source: SourceId) -> Option<Position> {
        let firsts = self.used_by(source).iter().filter_map(|used| match used {
            Use::Given(note) | Use::Short(note, _) => paper.note(*note)?.cited_in.first().copied(),
            Use::Mention(passage) => Some(passage.start),
        });
        firsts.min()
    }

    /// The mentions in running text, in reading order.
    #[must_use]
    pub fn mentions(&self) -> &[Mention] {
        &self.mentions
    }
}
