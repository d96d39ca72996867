//! What a reader sees of the records: bookmarks, marks, the reading place, settings.

use std::fmt;

use super::anchor::Anchor;
use super::find::{Certainty, Found};
use super::moment::Moment;
use super::record::{BookmarkBody, Record, has_own_label};
use super::text::Text;
use crate::paper::Position;

/// What tells a bookmark from all others, on any machine. Later ones are greater.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BookmarkId(pub(super) String);

/// A passage that a reader wants to come back to.
#[derive(Debug, Clone, PartialEq)]
pub struct Bookmark {
    pub id: BookmarkId,
    /// What the reader calls it; the first words at first.
    pub label: String,
    /// What the reader has to say about it; may have several lines, may be empty.
    pub note: String,
    pub anchor: Anchor,
    pub created: Moment,
    pub modified: Moment,
}

/// A bookmark, and where its words stand in the paper as it is now.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    pub bookmark: Bookmark,
    pub found: Found,
}

/// A letter that a place can be marked with, from a to z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Letter(char);

/// Where the reader stopped.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// If the words are lost, as far into the paper as they were.
    pub position: Position,
    pub found: Found,
    /// How far that was when it was kept, from 0 to 1.
    pub progress: f64,
    /// How far into the body the reader had seen by then, at the furthest, from 0 to 1.
    pub read: f64,
    pub when: Moment,
}

/// How the reader likes to see a paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Width of the text, in columns.
    pub columns: Option<u16>,
    /// Where notes are shown: a word of the reader's choosing.
    pub notes: Option<String>,
}

impl BookmarkId {
    /// An id in its written form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BookmarkId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Letter {
    /// None if it is not from a to z.
    #[must_use]
    pub fn new(letter: char) -> Option<Self> {
        letter.is_ascii_lowercase().then_some(Letter(letter))
    }
}

impl fmt::Display for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Kept {
    /// The words that it stands on, as they are now; to the paragraph's end, if they are its
    /// beginning. Where it is not sure that these are the words, those that were kept.
    #[must_use]
    pub fn quotation(&self, text: &Text) -> String {
        let (passage, certainty) = match self.found {
            Found::Here { passage, certainty } => (passage, certainty),
            Found::Lost => return self.bookmark.quotation(),
        };
        let start = text.place_of(passage.start);
        let end = match self.bookmark.anchor.goes_on {
            // Where the block has been parted, that may be before the words kept have ended.
            true => text.block_end(start).max(text.place_of(passage.end)),
            false => text.place_of(passage.end),
        };
        match certainty {
            Certainty::Exact | Certainty::Moved => text.slice(start, end).to_owned(),
            Certainty::Unsure => self.bookmark.quotation(),
        }
    }
}

impl Bookmark {
    /// Whether it is what the record says.
    pub(super) fn is(&self, record: &Record, body: &BookmarkBody) -> bool {
        self.modified == record.modified
            && (&self.label, &self.note) == (&body.label, &body.note)
            && (self.created, &self.anchor) == (body.created, &body.anchor)
    }

    /// The words that were kept of the passage.
    #[must_use]
    pub fn quotation(&self) -> String {
        let more = if self.anchor.goes_on { "…" } else { "" };
        format!("{}{more}", self.anchor.quote)
    }

    /// Whether the reader has called it something else than by its first words.
    #[must_use]
    pub fn has_own_label(&self) -> bool {
        has_own_label(&self.label, &self.anchor)
    }

    pub(super) fn of(id: BookmarkId, record: &Record, body: &BookmarkBody) -> Self {
        Bookmark {
            id,
            label: body.label.clone(),
            note: body.note.clone(),
            anchor: body.anchor.clone(),
            created: body.created,
            modified: record.modified,
        }
    }
}
