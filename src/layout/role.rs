//! Which role each stretch of a block's text plays.

use super::{Part, Role};
use crate::paper::{Block, Kind, Nest, Style};

/// Walks along a block's spans and links, from the front to the back.
#[derive(Debug)]
pub(super) struct Roles<'a> {
    block: &'a Block,
    base: Part,
    /// Starts and ends of the block's spans, by offset.
    turns: Vec<StyleEdge>,
    next_turn: usize,
    next_link: usize,
    open: OpenStyles,
}

/// A place at which a style begins or ends.
#[derive(Debug, Clone, Copy)]
struct StyleEdge {
    offset: usize,
    style: Style,
    begins: bool,
}

/// How many spans of each style are open; they may nest.
#[derive(Debug, Default)]
struct OpenStyles {
    emphasis: usize,
    strong: usize,
    struck: usize,
    code: usize,
}

impl<'a> Roles<'a> {
    pub(super) fn new(block: &'a Block) -> Self {
        let mut turns: Vec<StyleEdge> = Vec::with_capacity(block.spans.len() * 2);
        for span in block.spans.iter().filter(|span| !span.range.is_empty()) {
            let turn = |offset, begins| StyleEdge {
                offset,
                style: span.style,
                begins,
            };
            turns.extend([turn(span.range.start, true), turn(span.range.end, false)]);
        }
        turns.sort_by_key(|turn| turn.offset);
        Roles {
            block,
            base: base_part(block),
            turns,
            next_turn: 0,
            next_link: 0,
            open: OpenStyles {
                strong: usize::from(block.kind == Kind::Term),
                ..OpenStyles::default()
            },
        }
    }

    /// The role of the text at the offset, which is not before the one asked for last.
    pub(super) fn at(&mut self, offset: usize) -> Role {
        while let Some(turn) = self
            .turns
            .get(self.next_turn)
            .filter(|t| t.offset <= offset)
        {
            self.open.take(*turn);
            self.next_turn += 1;
        }
        let part = match self.link_at(offset) {
            Some(link) => Part::Link(link),
            None if self.open.code > 0 => Part::Code,
            None => self.base,
        };
        Role {
            part,
            emphasis: self.open.emphasis > 0,
            strong: self.open.strong > 0,
            struck: self.open.struck > 0,
        }
    }

    fn link_at(&mut self, offset: usize) -> Option<usize> {
        let links = &self.block.links;
        while links
            .get(self.next_link)
            .is_some_and(|link| link.range.end <= offset)
        {
            self.next_link += 1;
        }
        let link = links.get(self.next_link)?;
        (link.range.start <= offset).then_some(self.next_link)
    }
}

impl OpenStyles {
    fn take(&mut self, turn: StyleEdge) {
        let count = match turn.style {
            Style::Emphasis => &mut self.emphasis,
            Style::Strong => &mut self.strong,
            Style::Struck => &mut self.struck,
            Style::Code | Style::Formula => &mut self.code,
            // The text itself says how high it is set; small capitals are set as letters.
            Style::Raised | Style::Lowered | Style::SmallCaps => return,
        };
        *count = if turn.begins {
            *count + 1
        } else {
            count.saturating_sub(1)
        };
    }
}

/// The part that text plays where no link and no code lies over it.
fn base_part(block: &Block) -> Part {
    match block.kind {
        Kind::Title => Part::Title,
        Kind::Imprint | Kind::Caption => Part::Imprint,
        Kind::Heading(level) => Part::Heading(level),
        Kind::Code { .. } => Part::Code,
        _ if block
            .nesting
            .iter()
            .any(|nest| matches!(nest, Nest::Quote { .. })) =>
        {
            Part::Quote
        }
        _ => Part::Body,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::testing::paragraph;
    use crate::paper::Span;

    #[test]
    fn emphasis_in_emphasis_ends_with_the_outer_one() {
        let mut block = paragraph("*abc*");
        block.spans.push(Span {
            range: 1..2,
            style: Style::Emphasis,
        });
        let mut roles = Roles::new(&block);
        assert!((0..3).all(|offset| roles.at(offset).emphasis));
    }

    #[test]
    fn a_link_in_a_quote_is_a_link() {
        let mut block = paragraph("a<http://b.c>");
        block.nesting.push(Nest::Quote { begins: true });
        let mut roles = Roles::new(&block);
        assert_eq!(
            [roles.at(0).part, roles.at(1).part],
            [Part::Quote, Part::Link(0)]
        );
    }
}
