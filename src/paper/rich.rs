//! Text with what lies over it: what a block is made of before it is one.

use super::builder::Landmark;
use super::{Block, Kind, Link, Marker, Nest, SourceLocation, Span, Style};

/// Text, spans, links and markers, as [`Block`] documents them, and what lies in the text unseen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rich {
    pub(super) text: String,
    pub(super) spans: Vec<Span>,
    pub(super) links: Vec<Link>,
    pub(super) markers: Vec<Marker>,
    /// By offset.
    pub(super) landmarks: Vec<Landmark>,
}

impl Rich {
    /// Text with nothing over it.
    pub(super) fn plain(text: String) -> Self {
        Rich {
            text,
            ..Rich::default()
        }
    }

    /// A block of this text, which nothing numbers yet. Landmarks are no part of it.
    pub(super) fn into_block(
        mut self,
        kind: Kind,
        nesting: Vec<Nest>,
        location: SourceLocation,
    ) -> Block {
        // A paper has many blocks, which are kept as long as it is read.
        self.spans.shrink_to_fit();
        self.links.shrink_to_fit();
        self.markers.shrink_to_fit();
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
            location,
        }
    }

    /// Whether there is nothing to see: no text and no marker.
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty() && self.markers.is_empty()
    }

    /// Takes the line end off with which the text ends, if it does.
    pub(super) fn drop_last_line_end(&mut self) {
        if self.text.ends_with('\n') {
            self.text.pop();
            let end = self.text.len();
            self.adjust(|offset| offset.min(end));
            self.drop_idle();
        }
    }

    /// Takes the blanks around the text off.
    pub(super) fn trim(&mut self) {
        let kept = self.text.trim_end_matches(BLANKS).len();
        self.text.truncate(kept);
        let head = kept - self.text.trim_start_matches(BLANKS).len();
        self.cut_head(head);
        let end = self.text.len();
        self.adjust(|offset| offset.min(end));
        self.drop_idle();
    }

    /// Takes the first bytes of the text off, which must end with a character.
    pub(super) fn cut_head(&mut self, bytes: usize) {
        if bytes > 0 {
            self.text.drain(..bytes);
            self.move_back(bytes);
        }
    }

    /// Moves everything over the text so many bytes towards its start.
    pub(super) fn move_back(&mut self, bytes: usize) {
        self.adjust(|offset| offset.saturating_sub(bytes));
    }

    /// Drops what shows nowhere: spans and links of no length, and emphasis within emphasis, which
    /// may nest as deep as the document likes.
    pub(super) fn drop_idle(&mut self) {
        let mut ends = [0; Style::ALL.len()];
        self.spans.retain(|span| {
            let Some(end) = ends.get_mut(span.style as usize) else {
                return true;
            };
            let adds = span.range.end > *end && !span.range.is_empty();
            *end = span.range.end.max(*end);
            adds
        });
        self.links.retain(|link| !link.range.is_empty());
    }

    pub(super) fn adjust(&mut self, adjust: impl Fn(usize) -> usize) {
        let spans = self.spans.iter_mut().map(|span| &mut span.range);
        let links = self.links.iter_mut().map(|link| &mut link.range);
        for range in spans.chain(links) {
            *range = adjust(range.start)..adjust(range.end);
        }
        for marker in &mut self.markers {
            marker.offset = adjust(marker.offset);
        }
        for landmark in &mut self.landmarks {
            landmark.offset = adjust(landmark.offset);
        }
    }
}

/// What is taken off around a text; a fixed space, which the author has set, is not.
pub(crate) const BLANKS: [char; 2] = [' ', '\n'];
