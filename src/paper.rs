//! What a paper is: a flat list of blocks in reading order, with sections and notes as ranges
//! over it.

mod assemble;
mod backlinks;
mod bare_links;
mod block;
mod builder;
mod clean;
mod compose;
mod count;
mod date;
#[cfg(test)]
pub(crate) mod dice;
mod draft;
mod flat_text;
mod formula;
mod front;
#[cfg(test)]
pub(crate) mod laws;
mod location;
mod mending;
mod metadata;
mod note;
mod notes;
mod numbering;
mod pages;
mod position;
mod problem;
mod processors;
mod quotation;
mod record;
mod rich;
mod script;
mod section;
mod sentence;
mod slug;
mod split;

use std::collections::HashSet;

pub(crate) use assemble::is_notes_title;
pub(crate) use backlinks::{passage_in_full, place_in_full, place_name, place_names};
pub use block::{Alignment, Block, Bullet, Kind, Link, Marker, Nest, Span, Style, Table, Target};
pub use builder::PaperBuilder;
pub(crate) use builder::TextMark;
pub(crate) use clean::is_harmless;
pub use clean::{clean, clean_address};
pub(crate) use compose::Composed;
pub(crate) use count::count_bytes;
pub use date::Date;
pub(crate) use date::{MONTHS, month_begun, month_named};
pub use flat_text::FlatText;
pub(crate) use formula::{FORMULA, is_display_formula};
pub(crate) use front::hours_to_read;
pub use location::SourceLocation;
pub(crate) use mending::summary as mending_summary;
pub use mending::{Mending, MendingKind, RefusedMendings};
pub use metadata::Metadata;
pub(crate) use metadata::one_line;
pub use note::{Note, NoteId, NoteNumber};
pub use pages::PageStart;
pub use position::{BlockId, Passage, Position};
pub use problem::{Problem, ProblemKind};
pub(crate) use processors::{here_or_on_all_processors, on_all_processors, side_by_side};
pub use quotation::quotation_at;
pub(crate) use quotation::{quotations, quotes_within};
pub use record::{Details, ListedWork, Name, SourceKind, letters};
pub(crate) use rich::BLANKS;
pub(crate) use script::{Script, letter, script, script_signs, without_marks};
pub use section::{Section, SectionId};
pub use sentence::{sentence_at, sentences};
pub(crate) use slug::slug;

/// A paper: its blocks in reading order, and what is known about them.
///
/// The list of blocks holds, in this order: the title page, which opcit sets from the metadata;
/// the body, parted into sections; the notes, in a section of their own; and a closing line with
/// attribution and licence where the metadata names one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paper {
    /// What the source says about it.
    pub metadata: Metadata,
    /// Whether it is no more than the beginning of a paper, to be looked at while the rest is read.
    pub is_beginning: bool,
    /// The metadata's title, else the first heading; empty if there is neither.
    pub title: String,
    /// How long it takes to read the body, in minutes.
    pub minutes: u32,
    /// The text, in reading order; notes come last.
    pub blocks: Vec<Block>,
    /// In reading order; they do not overlap. The notes' section, if there is one, is the last.
    pub sections: Vec<Section>,
    /// In the order of their numbers.
    pub notes: Vec<Note>,
    /// Where each page of the source begins, by position; empty where it has no pages.
    pub pages: Vec<PageStart>,
    /// What citations by key stand for, in the order of the list that they were set into.
    pub references: Vec<ListedWork>,
}

/// A paper and what was wrong with its source. Reading a paper cannot fail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed {
    /// As far as it could be read.
    pub paper: Paper,
    /// What is wrong with the source, in its order.
    pub problems: Vec<Problem>,
    /// In the order of the source.
    pub mendings: Vec<Mending>,
}

impl Parsed {
    /// Puts other places of a source in for those given, as when the source was written anew.
    pub(crate) fn relocate(&mut self, to: impl Fn(SourceLocation) -> SourceLocation) {
        for block in &mut self.paper.blocks {
            block.location = to(block.location);
            for marker in &mut block.markers {
                marker.location = to(marker.location);
            }
        }
        for note in &mut self.paper.notes {
            note.location = to(note.location);
        }
        for problem in &mut self.problems {
            problem.location = to(problem.location);
        }
    }
}

impl Paper {
    /// The block with this id, if the paper has it.
    #[must_use]
    pub fn block(&self, id: BlockId) -> Option<&Block> {
        self.blocks.get(id.0)
    }

    /// The passage that is all of a block.
    #[must_use]
    pub fn whole(&self, block: BlockId) -> Passage {
        let offset = self.block(block).map_or(0, |block| block.text.len());
        Passage {
            start: Position::start_of(block),
            end: Position { block, offset },
        }
    }

    /// The note with this id, if the paper has it.
    #[must_use]
    pub fn note(&self, id: NoteId) -> Option<&Note> {
        self.notes.get(id.0)
    }

    /// The note with this label. Labels match without regard to case, as in Pandoc and GFM.
    #[must_use]
    pub fn note_labelled(&self, label: &str) -> Option<NoteId> {
        let wanted = label.to_lowercase();
        let found = self
            .notes
            .iter()
            .position(|note| note.label.to_lowercase() == wanted);
        found.map(NoteId)
    }

    /// The note with this number, as its marker shows it.
    #[must_use]
    pub fn note_numbered(&self, number: u32) -> Option<NoteId> {
        let number = NoteNumber::Number(number);
        let found = self.notes.binary_search_by_key(&number, |note| note.number);
        found.ok().map(NoteId)
    }

    /// The note that the block is a part of.
    #[must_use]
    pub fn note_at(&self, block: BlockId) -> Option<NoteId> {
        let after = self
            .notes
            .partition_point(|note| note.blocks.start <= block.0);
        let index = after.checked_sub(1)?;
        let note = self.notes.get(index)?;
        note.blocks.contains(&block.0).then_some(NoteId(index))
    }

    /// The notes that a note cites, each once, in order.
    #[must_use]
    pub fn notes_cited_in(&self, note: NoteId) -> Vec<NoteId> {
        let note = self.note(note);
        let blocks = note.and_then(|note| self.blocks.get(note.blocks.clone()));
        let markers = blocks
            .into_iter()
            .flatten()
            .flat_map(|block| &block.markers);
        let mut seen = HashSet::new();
        markers
            .map(|marker| marker.note)
            .filter(|note| seen.insert(*note))
            .collect()
    }

    /// The section that holds the block; none on the title page and in the closing line.
    #[must_use]
    pub fn section_of(&self, block: BlockId) -> Option<SectionId> {
        let after = self
            .sections
            .partition_point(|section| section.blocks.start <= block.0);
        let index = after.checked_sub(1)?;
        let section = self.sections.get(index)?;
        section
            .blocks
            .contains(&block.0)
            .then_some(SectionId(index))
    }

    /// The section with this id, if the paper has it.
    #[must_use]
    pub fn section(&self, id: SectionId) -> Option<&Section> {
        self.sections.get(id.0)
    }

    /// Bytes of plain text before the position, each block counting one more for its end.
    #[must_use]
    pub fn bytes_before(&self, position: Position) -> usize {
        match self.block(position.block) {
            Some(block) => block.start + position.offset.min(block.text.len()),
            None => self.bytes(),
        }
    }

    /// Bytes of plain text in the whole paper, each block counting one more for its end.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.blocks
            .last()
            .map_or(0, |block| block.start + block.text.len() + 1)
    }

    /// The same, of what stands before the notes.
    #[must_use]
    pub fn body_bytes(&self) -> usize {
        let notes = self.start_of_notes();
        notes.map_or(self.bytes(), |start| self.bytes_before(start))
    }

    /// Whether a position is among the notes, which stand behind the body.
    #[must_use]
    pub fn is_among_notes(&self, position: Position) -> bool {
        self.start_of_notes().is_some_and(|start| start <= position)
    }

    fn start_of_notes(&self) -> Option<Position> {
        let notes = self.sections.last().filter(|section| section.holds_notes);
        notes.map(|section| Position::start_of(BlockId(section.blocks.start)))
    }

    /// The position that lies so many bytes of plain text into the paper, put back to a
    /// character's start; the last position if the paper is shorter.
    #[must_use]
    pub fn position_at(&self, bytes: usize) -> Position {
        let after = self.blocks.partition_point(|block| block.start <= bytes);
        let index = after.saturating_sub(1);
        let offset = self.blocks.get(index).map_or(0, |block| {
            block
                .text
                .floor_char_boundary((bytes - block.start).min(block.text.len()))
        });
        Position {
            block: BlockId(index),
            offset,
        }
    }
}
