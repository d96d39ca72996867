//! Places in a paper, which no change of width moves.

/// A block's place in the paper's list of blocks, from 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockId(pub usize);

/// A place in the paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    pub block: BlockId,
    /// Bytes into the block's plain text, on a character's boundary.
    pub offset: usize,
}

/// A stretch of the paper, from `start` up to, not including, `end`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Passage {
    pub start: Position,
    pub end: Position,
}

impl Position {
    /// The first place of a block.
    #[must_use]
    pub fn start_of(block: BlockId) -> Self {
        Position { block, offset: 0 }
    }
}
