//! Paragraphs that opcit sets itself, from words of its own and passages of a paper.

use std::ops::Range;

use super::rich::Rich;
use super::{
    Block, BlockId, Kind, Link, Nest, Paper, Passage, SourceLocation, Span, Style, Target,
};

/// A paragraph under way.
#[derive(Debug, Default)]
pub(crate) struct Composed(Rich);

impl Composed {
    pub(crate) fn push(&mut self, words: &str) {
        self.0.text.push_str(words);
    }

    pub(crate) fn push_styled(&mut self, words: &str, style: Style) {
        let range = self.appended(words);
        self.0.spans.push(Span { range, style });
    }

    pub(crate) fn push_link(&mut self, words: &str, target: Target) {
        let range = self.appended(words);
        self.0.links.push(Link::new(range, target));
    }

    /// The passage as it stands, with its emphasis and links but without markers. A space parts
    /// two blocks.
    pub(crate) fn push_passage(&mut self, paper: &Paper, passage: Passage) {
        for index in passage.start.block.0..=passage.end.block.0 {
            let Some(block) = paper.block(BlockId(index)) else {
                return;
            };
            if index > passage.start.block.0 {
                self.push(" ");
            }
            self.push_part(block, part_of(passage, BlockId(index), block));
        }
    }

    pub(crate) fn into_block(self, nesting: Vec<Nest>) -> Block {
        self.0
            .into_block(Kind::Paragraph, nesting, SourceLocation::Unknown)
    }

    fn push_part(&mut self, block: &Block, part: Range<usize>) {
        let start = self.0.text.len();
        self.0
            .text
            .push_str(block.text.get(part.clone()).unwrap_or_default());
        let moved = |range: &Range<usize>| {
            let inside = range.start.max(part.start)..range.end.min(part.end);
            (!inside.is_empty())
                .then(|| inside.start - part.start + start..inside.end - part.start + start)
        };
        self.0.spans.extend(block.spans.iter().filter_map(|span| {
            moved(&span.range).map(|range| Span {
                range,
                style: span.style,
            })
        }));
        self.0.links.extend(block.links.iter().filter_map(|link| {
            moved(&link.range).map(|range| Link {
                range,
                ..link.clone()
            })
        }));
    }

    fn appended(&mut self, words: &str) -> Range<usize> {
        let start = self.0.text.len();
        self.push(words);
        start..self.0.text.len()
    }
}

/// Which bytes of the block belong to the passage.
fn part_of(passage: Passage, id: BlockId, block: &Block) -> Range<usize> {
    let start = if passage.start.block == id {
        passage.start.offset
    } else {
        0
    };
    let end = if passage.end.block == id {
        passage.end.offset
    } else {
        block.text.len()
    };
    start..end
}

impl Paper {
    /// The words of a passage; a space parts two blocks.
    #[must_use]
    pub fn words(&self, passage: Passage) -> String {
        let mut composed = Composed::default();
        composed.push_passage(self, passage);
        composed.0.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{PaperBuilder, Position};

    fn composed(
        build: impl FnOnce(&mut PaperBuilder),
        start: (usize, usize),
        end: (usize, usize),
    ) -> Block {
        let mut builder = PaperBuilder::new();
        build(&mut builder);
        let paper = builder.finish().paper;
        let first = paper.blocks.iter().position(Block::is_authors).unwrap();
        let at = |(block, offset)| Position {
            block: BlockId(first + block),
            offset,
        };
        let mut composed = Composed::default();
        composed.push("8a ");
        composed.push_passage(
            &paper,
            Passage {
                start: at(start),
                end: at(end),
            },
        );
        composed.into_block(Vec::new())
    }

    #[test]
    fn a_passage_brings_its_links_and_emphasis_to_where_it_comes_to_stand() {
        let one_to_four = |paper: &mut PaperBuilder| {
            paper.push_text("one ");
            paper.open_style(Style::Emphasis);
            paper.push_text("two");
            paper.close();
            paper.push_text(" ");
            paper.open_link("http://a.org");
            paper.push_text("three");
            paper.close();
            paper.push_text(" four");
        };
        let block = composed(one_to_four, (0, 2), (0, 10));
        assert_eq!(block.text, "8a e two th");
        assert_eq!(block.spans[0].range, 5..8);
        assert_eq!(block.links[0].range, 9..11);
    }

    #[test]
    fn what_lies_outside_of_the_passage_stays_there() {
        let one_to_three = |paper: &mut PaperBuilder| {
            paper.open_style(Style::Emphasis);
            paper.push_text("one");
            paper.close();
            paper.push_text(" two ");
            paper.open_link("http://a.org");
            paper.push_text("three");
        };
        let block = composed(one_to_three, (0, 4), (0, 7));
        assert_eq!(block.text, "8a two");
        assert!(block.spans.is_empty() && block.links.is_empty());
    }

    #[test]
    fn a_passage_of_several_blocks_is_one_paragraph() {
        let paragraphs = |paper: &mut PaperBuilder| {
            paper.push_text("one");
            paper.begin_paragraph();
            paper.push_text("two ");
            paper.open_style(Style::Emphasis);
            paper.push_text("three");
            paper.begin_paragraph();
            paper.push_text("four");
        };
        let block = composed(paragraphs, (0, 1), (2, 2));
        assert_eq!(block.text, "8a ne two three fo");
        assert_eq!(block.spans[0].range, 10..15);
    }
}
