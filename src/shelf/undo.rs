//! Taking back changes to bookmarks, the last one first, also those of an earlier start.
//!
//! A change keeps, as a record of its own, the bookmarks as they were before it. Changes of two
//! machines merge by time, like all records.

use std::fmt;

use super::bookmark::BookmarkId;
use super::merge::Records;
use super::record::{Before, Body, BookmarkBody, ChangeBody, Key, Kind, Record};

/// What a change did to bookmarks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Add,
    Remove,
    Rename,
    Annotate,
    Move,
    Import,
}

/// A change that was taken back. Shown, it says what is as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    step: Option<Step>,
    /// The first of the bookmarks that it was about.
    first: Option<BookmarkId>,
    /// The label that the bookmark has now, or had last.
    label: String,
    bookmarks: usize,
}

/// The last change that has not been taken back.
pub(super) struct Last {
    pub(super) key: Key,
    pub(super) change: ChangeBody,
}

impl Step {
    const ALL: [Step; 6] = [
        Step::Add,
        Step::Remove,
        Step::Rename,
        Step::Annotate,
        Step::Move,
        Step::Import,
    ];

    /// The word in the file.
    pub(super) fn name(self) -> &'static str {
        match self {
            Step::Add => "add",
            Step::Remove => "remove",
            Step::Rename => "rename",
            Step::Annotate => "annotate",
            Step::Move => "move",
            Step::Import => "import",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Step::ALL.into_iter().find(|step| step.name() == name)
    }
}

impl Undone {
    /// What taking back this change will mean, told from the records before it is taken back.
    pub(super) fn of(change: &ChangeBody, records: &Records) -> Self {
        let first = change.before.first();
        let label = first.map_or("", |before| match &before.bookmark {
            Some(bookmark) => &bookmark.label,
            None => label(records, &before.id),
        });
        Undone {
            step: Step::named(&change.what),
            first: first.map(|before| BookmarkId(before.id.clone())),
            label: label.to_owned(),
            bookmarks: change.before.len(),
        }
    }

    /// The bookmark that it was about, if it was one.
    #[must_use]
    pub fn bookmark(&self) -> Option<BookmarkId> {
        self.first.clone().filter(|_| self.bookmarks == 1)
    }
}

impl fmt::Display for Undone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (label, count) = (&self.label, self.bookmarks);
        match (self.step, count) {
            (Some(Step::Add), 1) => write!(f, "took back the new bookmark “{label}”"),
            (Some(Step::Remove), 1) => write!(f, "brought back the bookmark “{label}”"),
            (Some(Step::Rename), _) => write!(f, "the bookmark is called “{label}” again"),
            (Some(Step::Annotate), _) => write!(f, "the note on “{label}” is as it was"),
            (Some(Step::Move), _) => write!(f, "the bookmark “{label}” is where it was"),
            (Some(Step::Import), 1) => write!(f, "took back the imported bookmark “{label}”"),
            (Some(Step::Import), _) => write!(f, "took back {count} imported bookmarks"),
            (Some(Step::Remove), _) => write!(f, "brought back {count} bookmarks"),
            (_, 1) => write!(f, "the bookmark “{label}” is as it was"),
            _ => write!(f, "{count} bookmarks are as they were"),
        }
    }
}

/// The last change that can be taken back.
pub(super) fn last(records: &Records) -> Option<Last> {
    let changes = records.of_kind(Kind::Change).rev();
    let mut changes = changes.filter_map(|(id, record)| match &record.body {
        Body::Change(change) if !change.undone => Some((id, change)),
        _ => None,
    });
    changes.next().map(|(id, change)| Last {
        key: Key::new(Kind::Change, id),
        change: change.clone(),
    })
}

/// What a change is to remember of a bookmark.
pub(super) fn before(records: &Records, id: &str) -> Before {
    let record = records.get(&Key::new(Kind::Bookmark, id));
    let record = record.filter(|record| !record.deleted);
    Before {
        id: id.to_owned(),
        bookmark: record.and_then(bookmark).cloned(),
    }
}

fn bookmark(record: &Record) -> Option<&BookmarkBody> {
    match &record.body {
        Body::Bookmark(bookmark) => Some(bookmark),
        _ => None,
    }
}

fn label<'a>(records: &'a Records, id: &str) -> &'a str {
    let record = records.get(&Key::new(Kind::Bookmark, id));
    record
        .and_then(bookmark)
        .map_or("", |bookmark| &bookmark.label)
}
