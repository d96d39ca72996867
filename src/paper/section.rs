//! Sections: ranges over the list of blocks.

use std::ops::Range;

/// A section's place in the paper's list of sections, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionId(pub usize);

/// A heading and what stands under it, up to the next heading of any level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What a link `#id` names: the heading's own `{#id}`, else its words in lower case with
    /// hyphens, made unique by a number. Never empty.
    pub id: String,
    /// 1 to 6; 0 for text before the first heading, which has no title.
    pub level: u8,
    /// Plain text of the heading.
    pub title: String,
    /// Indices into the paper's blocks. The first is the heading, unless `level` is 0.
    pub blocks: Range<usize>,
    /// Whether this is the section that the notes stand in.
    pub holds_notes: bool,
}

impl Section {
    /// What stands in for the title of text before the first heading.
    pub const UNTITLED: &str = "(no heading)";

    /// The title, or what stands in for one.
    #[must_use]
    pub fn name(&self) -> &str {
        if self.title.is_empty() {
            Self::UNTITLED
        } else {
            &self.title
        }
    }

    /// Indices of the blocks under the heading.
    #[must_use]
    pub fn content(&self) -> Range<usize> {
        let headings = usize::from(self.level > 0);
        (self.blocks.start + headings).min(self.blocks.end)..self.blocks.end
    }
}
