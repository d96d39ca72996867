//! What the parts of code are, as its language says: found for what is on the screen, beside the keys
//! since reading a grammar takes longer than a frame.

#[cfg(feature = "code")]
mod syntax;

use std::ops::Range;

use super::OpenDocument;
use crate::paper::BlockId;

#[cfg(feature = "code")]
pub(crate) use syntax::CodeRoles;

/// How many lines are parsed in one go.
const SLICE: usize = 20;

/// What a part of code is.
#[cfg_attr(
    not(feature = "code"),
    expect(dead_code, reason = "without grammars no code has parts")
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeRole {
    Comment,
    String,
    Keyword,
    Number,
    /// Of a function, a type or whatever else is named where it is declared or called.
    Name,
}

/// A part of code, as bytes of its block's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CodePart {
    pub(crate) bytes: Range<usize>,
    pub(crate) role: CodeRole,
}

impl OpenDocument {
    /// Whether there is code on the page that has not been parsed.
    pub(crate) fn has_code_to_parse(&self) -> bool {
        self.code_to_parse().is_some()
    }

    /// Parses some lines of the code on the page.
    pub(crate) fn parse_code(&self) {
        if let Some((block, end)) = self.code_to_parse() {
            self.code.parse(self.document.paper(), block, end, SLICE);
        }
    }

    /// The first code on the page that has not been parsed as far as a row of it shows.
    fn code_to_parse(&self) -> Option<(BlockId, usize)> {
        let (page, paper) = (self.view.page(), self.document.paper());
        let rows = page.iter().filter(|row| !row.is_blank());
        let mut shown = rows.filter_map(|row| Some((row.row.block, row.line()?.text.end)));
        shown.find(|(block, end)| self.code.is_behind(paper, *block, *end))
    }

    /// The parts of code that a line shows which is not of the page: that is parsed at once.
    pub(crate) fn parts_of_code(&self, block: BlockId, bytes: &Range<usize>) -> Vec<CodePart> {
        let paper = self.document.paper();
        self.code.parse(paper, block, bytes.end, usize::MAX);
        self.code.parts_in(block, bytes)
    }
}

/// Without the cargo feature `code` no code has parts.
#[cfg(not(feature = "code"))]
#[derive(Debug, Default)]
pub(crate) struct WithoutGrammars(());

#[cfg(not(feature = "code"))]
pub(crate) use WithoutGrammars as CodeRoles;

#[cfg(not(feature = "code"))]
impl WithoutGrammars {
    pub(crate) fn parts_in(&self, _: BlockId, _: &Range<usize>) -> Vec<CodePart> {
        Vec::new()
    }

    pub(crate) fn is_behind(&self, _: &crate::paper::Paper, _: BlockId, _: usize) -> bool {
        false
    }

    pub(crate) fn parse(&self, _: &crate::paper::Paper, _: BlockId, _: usize, _: usize) {}
}
