//! Text with what lies over it: what a block is made of before it is one.

use super::{Block, Kind, Link, Marker, Nest, Span};

/// Text, spans, links and markers, as [`Block`] documents them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rich {
    pub(super) text: String,
    pub(super) spans: Vec<Span>,
    pub(super) links: Vec<Link>,
    pub(super) markers: Vec<Marker>,
}

impl Rich {
    /// Text with nothing over it.
    pub(super) fn plain(text: String) -> Self {
        Rich {
            text,
            ..Rich::default()
        }
    }

    /// A block of this text, which nothing numbers yet.
    pub(super) fn into_block(self, kind: Kind, nesting: Vec<Nest>, line: u32) -> Block {
        Block {
            kind,
            text: self.text,
            nesting,
            spans: self.spans,
            links: self.links,
            markers: self.markers,
            tight: false,
            paragraph: 0,
            start: 0,
            line,
        }
    }
}
