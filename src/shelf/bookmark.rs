//! What a reader sees of the records: bookmarks, marks, the reading place, settings.

use std::fmt;

use super::anchor::Anchor;
use super::find::Found;
use super::moment::Moment;
use super::record::{BookmarkBody, Record};
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

impl Bookmark {
    pub(super) fn of(id: &str, record: &Record, body: &BookmarkBody) -> Self {
        Bookmark {
            id: BookmarkId(id.to_owned()),
            label: body.label.clone(),
            note: body.note.clone(),
            anchor: body.anchor.clone(),
            created: body.created,
            modified: record.modified,
        }
    }
}
