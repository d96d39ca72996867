//! Notes: what a marker in the text stands for.

use std::ops::Range;

use super::{Position, SourceLocation};

/// A note's place in the paper's list of notes, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteId(pub usize);

/// A footnote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What the author calls it: `8` in `[^8]`.
    pub label: String,
    /// What its marker shows. Where every label of the paper is a number, the label; else the
    /// place in the order of first citation, from 1, with notes never cited after the others.
    pub number: u32,
    /// Indices into the paper's blocks. For a note that is cited but never defined, the empty
    /// range before the block that says so.
    pub blocks: Range<usize>,
    /// Where its markers stand, in reading order; empty if it is never cited.
    pub cited_in: Vec<Position>,
    /// Where in the source it is defined, else where it is first cited.
    pub location: SourceLocation,
}

impl Note {
    /// Whether the paper says anywhere what the note is.
    #[must_use]
    pub fn is_defined(&self) -> bool {
        !self.blocks.is_empty()
    }
}
