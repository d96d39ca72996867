//! Highlights and notes by where they are, so that drawing a row looks at those of its block only,
//! however many stand before it.

use std::ops::Range;
use std::sync::Arc;

use crate::shelf::Annotation;

/// Highlights and notes on passages, in the order of the paper; those that are lost come last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PassageIndex {
    all: Arc<[Arc<Annotation>]>,
    /// The block that each reaches to, none for one that is lost; then, level by level, the
    /// furthest of every two of the level before.
    furthest: Arc<[Vec<Option<usize>>]>,
}

impl PassageIndex {
    pub(crate) fn new(all: impl Iterator<Item = Arc<Annotation>>) -> Self {
        let all: Arc<[Arc<Annotation>]> = all.collect();
        let ends = all.iter().map(|annotation| {
            let passage = annotation.found.passage();
            passage.map(|passage| passage.end.block.0)
        });
        let mut furthest = vec![ends.collect::<Vec<_>>()];
        while let Some(level) = furthest.last().filter(|level| level.len() > 1) {
            let pairs = level.chunks(2).map(|pair| pair.iter().copied().max());
            furthest.push(pairs.map(Option::flatten).collect());
        }
        PassageIndex {
            all,
            furthest: furthest.into(),
        }
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<Annotation>> {
        self.all.iter()
    }

    /// Those with a part of their passage in these blocks, in the order of the paper. It takes
    /// steps in proportion to how many there are, times the logarithm of all.
    pub(crate) fn in_blocks(&self, blocks: Range<usize>) -> impl Iterator<Item = &Annotation> {
        let before = self.all.partition_point(|annotation| {
            let position = annotation.position();
            position.is_some_and(|position| position.block.0 < blocks.end)
        });
        let first = self.first_reaching(0, blocks.start);
        let reaching = std::iter::successors(first, move |&index| {
            self.first_reaching(index + 1, blocks.start)
        });
        let reaching = reaching.take_while(move |&index| index < before);
        reaching.filter_map(|index| self.all.get(index).map(Arc::as_ref))
    }

    /// The first passage from an index on that reaches to a block or further. What a level says
    /// does not reach so far is passed over whole.
    fn first_reaching(&self, from: usize, block: usize) -> Option<usize> {
        let (mut level, mut at) = (0, from);
        loop {
            if *self.furthest.get(level)?.get(at)? >= Some(block) {
                match level {
                    0 => return Some(at),
                    _ => (level, at) = (level - 1, at * 2),
                }
                continue;
            }
            at += 1;
            while at.is_multiple_of(2) && level + 1 < self.furthest.len() {
                (level, at) = (level + 1, at / 2);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::paper::{BlockId, Passage, Position};
    use crate::shelf::{AnnotationKind, Certainty, Found};

    fn passage_on(blocks: (usize, usize)) -> Arc<Annotation> {
        let at = |block| Position::start_of(BlockId(block));
        let mut annotation = Annotation::default();
        annotation.kind = AnnotationKind::Note;
        annotation.found = Found::Here {
            passage: Passage {
                start: at(blocks.0),
                end: at(blocks.1),
            },
            certainty: Certainty::Exact,
        };
        Arc::new(annotation)
    }

    proptest! {
        #[test]
        fn those_in_some_blocks_are_the_ones_that_looking_at_each_finds(
            mut starts in prop::collection::vec((0usize..40, 0usize..8), 0..60),
            lost in 0usize..3,
            from in 0usize..45,
            blocks in 0usize..4,
        ) {
            starts.sort_unstable();
            let kept = starts.iter().map(|(start, length)| passage_on((*start, start + length)));
            let kept = kept.chain((0..lost).map(|_| Arc::default()));
            let index = PassageIndex::new(kept);
            let within = from..from + blocks;
            let found: Vec<_> = index.in_blocks(within.clone()).collect();
            let each = index.iter().map(Arc::as_ref).filter(|annotation| {
                let passage = annotation.found.passage();
                passage.is_some_and(|passage| {
                    passage.start.block.0 < within.end && passage.end.block.0 >= within.start
                })
            });
            prop_assert_eq!(found, each.collect::<Vec<_>>());
        }
    }
}
