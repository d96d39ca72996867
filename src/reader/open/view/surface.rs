//! Where text of the paper is shown: on the page, or in a note away from it.

use std::ops::Range;

use super::cursor;
use crate::paper::{BlockId, NoteId, Paper, Position};
use crate::reader::action::Direction;

/// Where text of the paper is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Surface {
    #[default]
    Page,
    /// The box of an open note.
    Box(NoteId),
    /// A note in the margin or at the foot of the page.
    Beside(NoteId),
}

impl Surface {
    /// The note that is shown there; none for the page, where notes are text like any other.
    pub(crate) fn note(self) -> Option<NoteId> {
        match self {
            Surface::Page => None,
            Surface::Box(note) | Surface::Beside(note) => Some(note),
        }
    }
}

/// A place of the text where it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TextPlace {
    pub(crate) position: Position,
    pub(crate) surface: Surface,
    /// The column and row of the screen.
    pub(crate) cell: (u16, u16),
}

/// The text that is on a surface, in which the ends of a selection stay.
#[derive(Debug)]
pub(super) struct Reach<'a> {
    pub(super) paper: &'a Paper,
    blocks: Range<usize>,
}

impl<'a> Reach<'a> {
    pub(super) fn new(paper: &'a Paper, surface: Surface) -> Self {
        let note = surface.note().and_then(|note| paper.note(note));
        let blocks = match (surface, note) {
            (Surface::Page, _) => 0..paper.blocks.len(),
            (_, Some(note)) => note.blocks.clone(),
            (_, None) => 0..0,
        };
        Reach { paper, blocks }
    }

    /// Whether it has a block.
    pub(super) fn has(&self, block: BlockId) -> bool {
        self.blocks.contains(&block.0)
    }

    /// Its blocks, by their places in the paper.
    pub(super) fn blocks(&self) -> Range<usize> {
        self.blocks.clone()
    }

    /// The next paragraph that keys can act on, in a direction.
    pub(super) fn neighbour(&self, block: BlockId, direction: Direction) -> Option<BlockId> {
        let next = cursor::neighbour(self.paper, block, direction);
        next.filter(|next| self.has(*next))
    }
}
