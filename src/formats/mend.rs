//! From loose lines to paragraphs, headings and lists, for formats that have only lines on pages.
//!
//! Every decision says why it was taken.

mod compounds;
mod edges;
mod hanging;
mod headings;
mod items;
mod paragraphs;
mod words;

pub(crate) use edges::Edges;
pub(crate) use items::item_label;
pub(crate) use paragraphs::{MendedKind, MendedParagraph, paragraphs};
pub(crate) use words::{DocumentWords, Join, join_as_in};

/// A line of text on a page.
///
/// Lengths are in one unit for a whole document, whichever it is: points of a PDF, or ems of loose
/// text, where a column is half an em and a row 1.2.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct PageLine {
    pub(crate) text: String,
    /// From 0.
    pub(crate) page: usize,
    /// The column or other region of the page, from 0.
    pub(crate) column: usize,
    pub(crate) left: f32,
    pub(crate) right: f32,
    /// From the top of the page.
    pub(crate) baseline: f32,
    /// The height of the type.
    pub(crate) size: f32,
    /// Whether all of it is bold.
    pub(crate) is_bold: bool,
    /// Whether all of it is italic.
    pub(crate) is_italic: bool,
}

impl PageLine {
    /// Whether a line is in the same column of the same page.
    pub(crate) fn is_beside(&self, other: &PageLine) -> bool {
        self.page == other.page && self.column == other.column
    }

    /// Whether a line goes on in another to its right.
    fn is_followed_by(&self, other: &PageLine) -> bool {
        let is_level = (self.baseline - other.baseline).abs() < 0.05 * self.size;
        self.is_beside(other) && is_level && self.right <= other.left
    }

    fn is_as_large_as(&self, other: &PageLine) -> bool {
        (self.size - other.size).abs() <= 0.06 * self.size.max(other.size)
    }
}
