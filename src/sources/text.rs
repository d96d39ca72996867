//! A note's paragraphs as one text, and back from it to places in the paper.

use std::ops::Range;
use std::sync::Arc;

use super::words::PARAGRAPH;
use crate::paper::{BlockId, FlatText, Paper, Passage, Style, Target};

/// What addresses begin with that only hold the place of a citation.
const PLACEHOLDER: &str = "https://www.zotero.org/google-docs/";

/// The text of some blocks, one after another.
#[derive(Debug, Default)]
pub(super) struct JoinedText {
    flat: FlatText,
    /// Ranges of the text that are set in italics.
    pub(super) emphasis: Vec<Range<usize>>,
    /// Addresses, and the ranges of the text that lead there.
    pub(super) links: Vec<(Range<usize>, Arc<str>)>,
    /// Blocks of the paper, and the ranges of the text that lead there: in order, none over another.
    pub(super) leads: Vec<(Range<usize>, BlockId)>,
}

impl JoinedText {
    /// The authors' words of the blocks.
    pub(super) fn new(paper: &Paper, blocks: Range<usize>) -> JoinedText {
        let first = paper.block(BlockId(blocks.start));
        let mut text = JoinedText {
            flat: FlatText::starting_at(first.map_or(0, |block| block.start), 0),
            ..JoinedText::default()
        };
        for index in blocks {
            let Some(block) = paper.blocks.get(index).filter(|block| block.is_authors()) else {
                continue;
            };
            let mut separator = [0; 4];
            let separator: &str = if text.text().is_empty() {
                ""
            } else {
                PARAGRAPH.encode_utf8(&mut separator)
            };
            text.flat.begin_block(BlockId(index), block, separator);
            let start = text.text().len();
            text.flat.copy(&block.text);
            let moved = |range: &Range<usize>| range.start + start..range.end + start;
            let italic = block
                .spans
                .iter()
                .filter(|span| span.style == Style::Emphasis);
            text.emphasis.extend(italic.map(|span| moved(&span.range)));
            for link in &block.links {
                match &link.target {
                    // Zotero leaves these in what Google Docs exports: they lead to no source.
                    Target::Address(address) if address.starts_with(PLACEHOLDER) => {}
                    Target::Address(address) => {
                        text.links.push((moved(&link.range), Arc::clone(address)));
                    }
                    Target::Place(place) => text.leads.push((moved(&link.range), place.block)),
                }
            }
        }
        text.leads.sort_by_key(|(range, _)| range.start);
        let mut end = 0;
        text.leads.retain(|(range, _)| {
            let is_free = range.start >= end;
            end = if is_free { range.end } else { end };
            is_free
        });
        text
    }

    pub(super) fn text(&self) -> &str {
        self.flat.text()
    }

    /// Those of the leads that reach into a range of the text.
    pub(super) fn leads_in(&self, bytes: &Range<usize>) -> &[(Range<usize>, BlockId)] {
        let first = self
            .leads
            .partition_point(|(range, _)| range.end <= bytes.start);
        let last = self
            .leads
            .partition_point(|(range, _)| range.start < bytes.end);
        self.leads.get(first..last).unwrap_or_default()
    }

    pub(super) fn link_ranges(&self) -> Vec<Range<usize>> {
        self.links.iter().map(|(range, _)| range.clone()).collect()
    }

    /// The passage of the paper that bytes of the text are.
    pub(super) fn passage(&self, bytes: &Range<usize>) -> Passage {
        self.flat.passage(bytes)
    }
}
