//! Places in the file that a paper was read from.

use std::fmt;

/// A place in a paper's source, as exactly as its format has places.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SourceLocation {
    /// Nowhere: what opcit sets itself, or a source without places.
    #[default]
    Unknown,
    /// A line of a text, from 1.
    Line(u32),
    /// A page of a file that is laid out in pages, from 1, whatever is printed on it.
    Page(u32),
    /// A paragraph of a file that has neither, from 1.
    Paragraph(u32),
}

impl SourceLocation {
    /// Whether the source says where this is.
    #[must_use]
    pub fn is_known(self) -> bool {
        self != Self::Unknown
    }

    /// The number of the line or the paragraph, from 1, where places are such. A page has more on it
    /// than one thing.
    #[must_use]
    pub fn ordinal(self) -> Option<u32> {
        match self {
            Self::Line(number) | Self::Paragraph(number) => Some(number),
            Self::Unknown | Self::Page(_) => None,
        }
    }

    /// The line, from 1, where places are lines.
    #[must_use]
    pub fn line(self) -> Option<u32> {
        match self {
            Self::Line(line) => Some(line),
            _ => None,
        }
    }
}

/// In words, such as `line 12`; nothing where the place is unknown.
impl fmt::Display for SourceLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => Ok(()),
            Self::Line(line) => write!(f, "line {line}"),
            Self::Page(page) => write!(f, "page {page}"),
            Self::Paragraph(paragraph) => write!(f, "paragraph {paragraph}"),
        }
    }
}
