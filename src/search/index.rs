//! The folded text of a paper, made as it is needed and kept for the next search.

use std::ops::Range;
use std::sync::OnceLock;

use super::fold::{Accents, Fold};
use crate::paper::{Block, BlockId, NoteId, Paper};

/// How many bytes of text are folded in one go, or one block if that has more. Big enough that
/// the search of one costs far more than its beginning, small enough to be folded between two
/// frames.
const CHUNK: usize = 64 << 10;

/// What searching a paper needs to have ready. It belongs to one paper: a paper that is read in
/// again needs another.
///
/// It takes about as much memory as the paper's text (twice that once a pattern has an accent),
/// and 32 bytes for each place where folding changes its length. Searches can share it.
#[derive(Debug, Clone, Default)]
pub struct SearchIndex {
    chunks: Vec<FoldedChunk>,
    /// The blocks of each note that is defined, in reading order.
    notes: Vec<(Range<usize>, NoteId)>,
}

/// Blocks that are folded together.
#[derive(Debug, Clone)]
pub(super) struct FoldedChunk {
    blocks: Range<usize>,
    /// Bytes of the paper's text before the chunk and up to its end.
    pub(super) bytes: Range<usize>,
    /// Made when it is needed.
    fold: OnceLock<Fold>,
    /// The same with accents, for patterns that have some.
    accented: OnceLock<Fold>,
}

impl SearchIndex {
    /// An index of the paper with nothing folded yet.
    #[must_use]
    pub fn new(paper: &Paper) -> Self {
        Self::in_chunks_of(paper, CHUNK)
    }

    /// An index in chunks of about so many bytes.
    pub(super) fn in_chunks_of(paper: &Paper, bytes: usize) -> Self {
        let mut notes: Vec<_> = (paper.notes.iter().enumerate())
            .filter(|(_, note)| note.is_defined())
            .map(|(id, note)| (note.blocks.clone(), NoteId(id)))
            .collect();
        notes.sort_by_key(|(blocks, _)| blocks.start);
        Self {
            chunks: chunks(&paper.blocks, bytes),
            notes,
        }
    }

    /// Folds in reading order until about so many bytes are done, and 64 KiB at least; says
    /// whether any are left. A search folds what it finds unfolded, so this only spares the first
    /// one the work.
    pub fn fold_ahead(&self, paper: &Paper, bytes: usize) -> bool {
        let mut spent = 0;
        let mut unfolded = self.chunks.iter().filter(|it| it.fold.get().is_none());
        while spent < bytes.max(1) {
            let Some(chunk) = unfolded.next() else {
                return false;
            };
            chunk.folded(paper, Accents::Dropped);
            spent += chunk.bytes.len();
        }
        unfolded.next().is_some()
    }

    /// How many chunks the paper falls into.
    pub(super) fn chunks(&self) -> usize {
        self.chunks.len()
    }

    /// One chunk, from 0.
    pub(super) fn chunk(&self, nth: usize) -> Option<&FoldedChunk> {
        self.chunks.get(nth)
    }

    /// The chunk that holds the block; the last if the paper ends before it.
    pub(super) fn chunk_of(&self, block: BlockId) -> usize {
        self.chunks
            .partition_point(|chunk| chunk.blocks.end <= block.0)
            .min(self.chunks.len().saturating_sub(1))
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

impl FoldedChunk {
    /// The folded text, of which what opcit sets itself is left out.
    pub(super) fn folded(&self, paper: &Paper, accents: Accents) -> &Fold {
        let fold = match accents {
            Accents::Dropped => &self.fold,
            Accents::Kept => &self.accented,
        };
        fold.get_or_init(|| {
            let mut fold = Fold::starting_at(self.bytes.start, self.bytes.len(), accents);
            for block in paper.blocks.get(self.blocks.clone()).unwrap_or_default() {
                if block.is_authors() {
                    push_letters(&mut fold, block);
                } else {
                    fold.skip(block.text.len());
                }
                fold.end_block();
            }
            fold
        })
    }
}

/// Folds the text of a block but for the marks of what is raised or lowered in it.
fn push_letters(fold: &mut Fold, block: &Block) {
    let mut from = 0;
    for mark in block.script_marks() {
        fold.push_str(block.text.get(from..mark.start).unwrap_or_default());
        fold.skip(mark.len());
        from = mark.end;
    }
    fold.push_str(block.text.get(from..).unwrap_or_default());
}

/// Parts the blocks into chunks, each the first to reach its size.
fn chunks(blocks: &[Block], bytes: usize) -> Vec<FoldedChunk> {
    let mut chunks = Vec::new();
    let (mut first, mut start) = (0, 0);
    for (block, nth) in blocks.iter().zip(1..) {
        let end = block.start + block.text.len() + 1;
        if end - start >= bytes || nth == blocks.len() {
            chunks.push(FoldedChunk {
                blocks: first..nth,
                bytes: start..end,
                fold: OnceLock::new(),
                accented: OnceLock::new(),
            });
            (first, start) = (nth, end);
        }
    }
    chunks
}
