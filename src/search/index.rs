//! The folded text of a paper, made as it is needed and kept for the next search.

use std::ops::Range;

use super::fold::{Folded, fold};
use crate::paper::{BlockId, NoteId, Paper};

/// What searching a paper needs to have ready. It belongs to one paper: a paper that is read in
/// again needs another.
///
/// A block whose text folds to itself, as plain English does, costs 16 bytes; another one its
/// folded text again, and 32 bytes for each place where the lengths part.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// As many as the paper has blocks; none where a block is not folded yet.
    blocks: Vec<Option<Folded>>,
    /// Blocks below this one are folded.
    folded_below: usize,
    /// The blocks of each note that is defined, in reading order.
    notes: Vec<(Range<usize>, NoteId)>,
}

impl Index {
    /// An index of the paper with nothing folded yet.
    #[must_use]
    pub fn new(paper: &Paper) -> Self {
        let mut notes: Vec<_> = (paper.notes.iter().enumerate())
            .filter(|(_, note)| note.is_defined())
            .map(|(id, note)| (note.blocks.clone(), NoteId(id)))
            .collect();
        notes.sort_by_key(|(blocks, _)| blocks.start);
        Self {
            blocks: vec![None; paper.blocks.len()],
            folded_below: 0,
            notes,
        }
    }

    /// Folds blocks in reading order until about so many bytes are done, and at least one block;
    /// says whether more are left. A search folds what it finds unfolded, so this only spares the
    /// first one the work.
    pub fn fold_ahead(&mut self, paper: &Paper, bytes: usize) -> bool {
        let mut spent = 0;
        while self.folded_below < self.blocks.len() {
            let block = BlockId(self.folded_below);
            self.folded_below += 1;
            self.fold_block(paper, block);
            spent += paper.block(block).map_or(0, |block| block.text.len());
            if spent >= bytes {
                break;
            }
        }
        self.folded_below < self.blocks.len()
    }

    /// The block's folded text; none if the paper has no such block.
    pub(super) fn fold_block(&mut self, paper: &Paper, block: BlockId) -> Option<&Folded> {
        let text = &paper.block(block)?.text;
        let slot = self.blocks.get_mut(block.0)?;
        Some(slot.get_or_insert_with(|| fold(text)))
    }

    /// The note that the block is a part of.
    pub(super) fn note_of(&self, block: BlockId) -> Option<NoteId> {
        let after = self
            .notes
            .partition_point(|(blocks, _)| blocks.start <= block.0);
        let (blocks, note) = self.notes.get(after.checked_sub(1)?)?;
        blocks.contains(&block.0).then_some(*note)
    }
}
