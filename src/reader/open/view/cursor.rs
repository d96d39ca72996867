//! Where keys act: a position in the text, and the paragraph that it is in.

use super::viewport::Viewport;
use crate::paper::{BlockId, Paper, Position};
use crate::reader::action::Direction;

/// The place that the reader's last move led to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) position: Position,
}

impl Cursor {
    /// The cursor of a paper that has just been opened.
    pub(super) fn new(paper: &Paper) -> Self {
        let first = first_from(paper, BlockId(0)).unwrap_or_default();
        Cursor {
            position: Position::start_of(first),
        }
    }

    /// The paragraph that keys act on: the one that the last move led to while it is visible, else
    /// the visible one that is nearest to it.
    pub(super) fn block(self, paper: &Paper, viewport: &Viewport) -> BlockId {
        let block = self.position.block;
        let Some((first, last)) = viewport.visible_blocks() else {
            return block;
        };
        if block < first {
            let nearest = first_from(paper, first);
            return nearest.filter(|&nearest| nearest <= last).unwrap_or(first);
        }
        if block > last {
            let nearest = last_before(paper, BlockId(last.0 + 1));
            return nearest.filter(|&nearest| nearest >= first).unwrap_or(last);
        }
        block
    }

    /// Moves to a position, unless nothing there can be acted on.
    pub(super) fn move_to(&mut self, paper: &Paper, position: Position) {
        if is_actionable(paper, position.block) {
            self.position = position;
        }
    }

    /// Moves into the visible paragraph that is nearest, if its own is not visible any more.
    pub(super) fn keep_visible(&mut self, paper: &Paper, viewport: &Viewport) {
        let block = self.block(paper, viewport);
        if block != self.position.block {
            self.position = Position::start_of(block);
        }
    }

    /// Moves to the first paragraph whose beginning is visible.
    pub(super) fn move_to_first_whole(&mut self, paper: &Paper, viewport: &Viewport) {
        let mut whole = viewport.blocks_that_begin().into_iter();
        match whole.find(|&block| is_actionable(paper, block)) {
            Some(block) => self.position = Position::start_of(block),
            None => self.keep_visible(paper, viewport),
        }
    }
}

/// The paragraph after or before a block that keys can act on.
pub(super) fn neighbour(paper: &Paper, block: BlockId, direction: Direction) -> Option<BlockId> {
    match direction {
        Direction::Next => first_from(paper, BlockId(block.0 + 1)),
        Direction::Previous => last_before(paper, block),
    }
}

fn first_from(paper: &Paper, first: BlockId) -> Option<BlockId> {
    let mut blocks = (first.0..paper.blocks.len()).map(BlockId);
    blocks.find(|&block| is_actionable(paper, block))
}

fn last_before(paper: &Paper, end: BlockId) -> Option<BlockId> {
    let end = end.0.min(paper.blocks.len());
    let mut blocks = (0..end).rev().map(BlockId);
    blocks.find(|&block| is_actionable(paper, block))
}

/// Only the author's words can be bookmarked and copied.
fn is_actionable(paper: &Paper, id: BlockId) -> bool {
    let block = paper.block(id);
    block.is_some_and(|block| block.is_authors() && !block.text.is_empty())
}
