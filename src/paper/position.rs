//! Places in a paper, which no change of width moves.

use std::cmp::Ordering;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A block's place in the paper's list of blocks, from 0.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct BlockId(pub usize);

/// A place in the paper.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Position {
    /// The block that it is in.
    pub block: BlockId,
    /// Bytes into the block's plain text, on a character's boundary.
    pub offset: usize,
}

/// A stretch of the paper, from `start` up to, not including, `end`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Passage {
    /// Where it begins.
    pub start: Position,
    /// Where it ends, which is no longer of it.
    pub end: Position,
}

impl Position {
    /// The first place of a block.
    #[must_use]
    pub fn start_of(block: BlockId) -> Self {
        Position { block, offset: 0 }
    }
}

impl Passage {
    /// Which bytes of a block's text belong to the passage, up to `usize::MAX` where it goes on
    /// in a later block; none if the block is outside of it.
    #[must_use]
    pub fn bytes_in(&self, block: BlockId) -> Option<Range<usize>> {
        let start = match self.start.block.cmp(&block) {
            Ordering::Less => 0,
            Ordering::Equal => self.start.offset,
            Ordering::Greater => return None,
        };
        let end = match self.end.block.cmp(&block) {
            Ordering::Less => return None,
            Ordering::Equal => self.end.offset,
            Ordering::Greater => usize::MAX,
        };
        Some(start..end)
    }
}
