//! Where mentions of sources stand on the lines of the running text.

use std::ops::Range;

use super::action::Focus;
use super::flow::SetRow;
use crate::paper::Passage;
use crate::sources::Sources;

/// A stretch of a row that belongs to a mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// By its place among all mentions of the paper.
    pub(crate) mention: usize,
    /// From the text's left edge.
    pub(crate) columns: Range<u16>,
}

/// The stretches of a row that belong to mentions, from left to right. A marker or a link in a
/// mention remains what it is.
pub(crate) fn on_row(set: &SetRow, sources: &Sources) -> Vec<Stretch> {
    let all = sources.mentions();
    let block = set.row.block;
    let first = all.partition_point(|mention| mention.passage.start.block < block);
    let here = all.iter().enumerate().skip(first);
    let here = here.take_while(|(_, mention)| mention.passage.start.block == block);
    let runs = || set.line().into_iter().flat_map(|line| &line.runs);
    let mut stretches = Vec::new();
    for (index, mention) in here {
        let bytes = bytes_of(mention.passage);
        let text = runs().filter(|run| Focus::of(run.role.part).is_none());
        stretches.extend(text.filter_map(|run| {
            Some(Stretch {
                mention: index,
                columns: run.columns_of(&bytes)?,
            })
        }));
    }
    stretches
}

/// A mention never leaves its block.
fn bytes_of(passage: Passage) -> Range<usize> {
    passage.start.offset..passage.end.offset
}
