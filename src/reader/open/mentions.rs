//! Where mentions of sources are in the running text.

use std::ops::Range;

use crate::paper::BlockId;
use crate::sources::Sources;

/// Whether a mention is a link to its source: it is opened as a note is, and not gone to.
pub(crate) fn is_linked(sources: &Sources, index: usize) -> bool {
    let mention = sources.mentions().get(index);
    mention.is_some_and(crate::sources::Mention::is_linked)
}

/// The mentions that some bytes of a block's text are a part of, each with its place among all
/// mentions of the paper and its own bytes.
pub(crate) fn in_text<'a>(
    sources: &'a Sources,
    block: BlockId,
    bytes: &Range<usize>,
) -> impl Iterator<Item = (usize, Range<usize>)> + use<'a> {
    let all = sources.mentions();
    let first = all.partition_point(|mention| mention.passage.start.block < block);
    let here = all.iter().enumerate().skip(first);
    let here = here.take_while(move |(_, mention)| mention.passage.start.block == block);
    let bytes = bytes.clone();
    here.filter_map(move |(index, mention)| {
        // A mention never leaves its block.
        let own = mention.passage.start.offset..mention.passage.end.offset;
        (own.start < bytes.end && bytes.start < own.end).then_some((index, own))
    })
}
