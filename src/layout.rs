//! How a block falls on lines at a width: a function of the block and the width, and of nothing
//! else.

use std::ops::Range;

/// A block on its lines, for one width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The first [`Layout::lead`] lines are the blank ones that part the block from the one before.
    pub lines: Vec<Line>,
    /// How many blank lines stand before the text.
    pub lead: usize,
}

/// One line of a block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Bytes of the block's text that the line stands for, with the space at which it was broken.
    /// In a table, the whole row's.
    pub text: Range<usize>,
    /// From left to right; they do not overlap.
    pub runs: Vec<Run>,
}

/// A stretch of one line that is set in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Columns from the text's left edge.
    pub column: u16,
    /// How many columns it takes.
    pub columns: u16,
    /// What is shown: either the bytes of `source`, or what stands in for all of them (a curly
    /// quote for a straight one, a figure for a marker, a bullet for nothing).
    pub text: String,
    /// Bytes of the block's text that it shows; empty for what is not text.
    pub source: Range<usize>,
    pub role: Role,
}

/// What a run is for. How that looks is the theme's business.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Role {
    pub part: Part,
    pub emphasis: bool,
    pub strong: bool,
    pub struck: bool,
}

/// What a run is a part of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Part {
    #[default]
    Body,
    Title,
    Imprint,
    Heading(u8),
    Code,
    Quote,
    /// An index into the block's markers.
    Marker(usize),
    /// An index into the block's links.
    Link(usize),
    /// A bullet, a list number or a note's number.
    Bullet,
    /// The bar beside a quote, the lines of a table, a rule across the page.
    Furniture,
}
