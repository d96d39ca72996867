//! A note's paragraphs as one text, and back from it to places in the paper.

use std::ops::Range;
use std::sync::Arc;

use crate::paper::{BlockId, Paper, Passage, Position, Style, Target};

use super::words::PARAGRAPH;

/// The text of some blocks, one after another.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) text: String,
    /// Where each block begins in the text.
    starts: Vec<(usize, BlockId)>,
    /// Ranges of the text that are set in italics.
    pub(super) emphasis: Vec<Range<usize>>,
    /// Addresses, and the ranges of the text that lead there.
    pub(super) links: Vec<(Range<usize>, Arc<str>)>,
}

impl Text {
    /// The authors' words of the blocks.
    pub(super) fn of(paper: &Paper, blocks: Range<usize>) -> Text {
        let mut text = Text::default();
        for index in blocks {
            let Some(block) = paper.blocks.get(index).filter(|block| block.is_authors()) else {
                continue;
            };
            if !text.text.is_empty() {
                text.text.push(PARAGRAPH);
            }
            let start = text.text.len();
            let moved = |range: &Range<usize>| range.start + start..range.end + start;
            text.starts.push((start, BlockId(index)));
            text.text.push_str(&block.text);
            let italic = block
                .spans
                .iter()
                .filter(|span| span.style == Style::Emphasis);
            text.emphasis.extend(italic.map(|span| moved(&span.range)));
            for link in &block.links {
                if let Target::Address(address) = &link.target {
                    text.links.push((moved(&link.range), Arc::clone(address)));
                }
            }
        }
        text
    }

    pub(super) fn link_ranges(&self) -> Vec<Range<usize>> {
        self.links.iter().map(|(range, _)| range.clone()).collect()
    }

    /// The passage of the paper that bytes of the text are.
    pub(super) fn passage(&self, bytes: &Range<usize>) -> Passage {
        Passage {
            start: self.position(bytes.start),
            end: self.position(bytes.end),
        }
    }

    fn position(&self, byte: usize) -> Position {
        let after = self.starts.partition_point(|(start, _)| *start <= byte);
        let found = after
            .checked_sub(1)
            .and_then(|index| self.starts.get(index));
        let (start, block) = found.copied().unwrap_or_default();
        Position {
            block,
            offset: byte - start,
        }
    }
}
