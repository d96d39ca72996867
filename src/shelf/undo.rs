//! Undo and redo of changes to bookmarks, the last one first, also those of an earlier start.
//!
//! A change is a record of its own that keeps the bookmarks as they were before it; while it is
//! undone, also as they were before that. A new change after an undo leaves the undone ones where
//! they are: they can still be redone, so that a key pressed by mistake destroys nothing. Changes
//! of two machines merge by time, like all records.

use std::fmt;

use super::bookmark::BookmarkId;
use super::merge::Records;
use super::record::{Body, BookmarkBody, ChangeBody, Key, Kind, Record, Snapshot};
use crate::layout::ruler;

/// How many columns of a label are shown, so that the keys after it fit on a line of 80.
const LABEL_COLUMNS: u16 = 16;

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

/// Back or forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Undo,
    Redo,
}

/// A change that was undone or redone. Shown, it says which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replayed {
    way: Way,
    step: Option<Step>,
    /// The first of the bookmarks that it was about.
    first: Option<BookmarkId>,
    /// The label that the bookmark has now, or had last.
    label: String,
    bookmarks: usize,
}

/// The change that is undone or redone next.
pub(super) struct Next {
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

impl Next {
    /// The bookmarks as they will be.
    pub(super) fn to_put_back(&self, way: Way) -> &[Snapshot] {
        match way {
            Way::Undo => &self.change.before,
            Way::Redo => &self.change.after,
        }
    }

    /// The change after it was undone or redone, with the bookmarks as they are until then and
    /// the latest place among all changes.
    pub(super) fn turned(self, way: Way, now: Vec<Snapshot>, order: String) -> ChangeBody {
        let (before, after) = match way {
            Way::Undo => (self.change.before, now),
            Way::Redo => (now, Vec::new()),
        };
        ChangeBody {
            undone: way == Way::Undo,
            before,
            after,
            order: Some(order),
            ..self.change
        }
    }
}

impl Replayed {
    /// What undoing or redoing this change will mean, from the records before that.
    pub(super) fn new(way: Way, next: &Next, records: &Records) -> Self {
        let snapshots = next.to_put_back(way);
        let first = snapshots.first();
        let label = first.map_or("", |snapshot| match &snapshot.bookmark {
            Some(bookmark) => &bookmark.label,
            None => label(records, &snapshot.id),
        });
        Replayed {
            way,
            step: Step::named(&next.change.what),
            first: first.map(|snapshot| BookmarkId(snapshot.id.clone())),
            label: label.to_owned(),
            bookmarks: snapshots.len(),
        }
    }

    /// The bookmark that it was about, if it was one.
    #[must_use]
    pub fn bookmark(&self) -> Option<BookmarkId> {
        self.first.clone().filter(|_| self.bookmarks == 1)
    }
}

impl fmt::Display for Replayed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.way {
            Way::Undo => "undone: ",
            Way::Redo => "redone: ",
        })?;
        let (label, count) = (ruler::shorten(&self.label, LABEL_COLUMNS), self.bookmarks);
        match (self.step, count) {
            (Some(Step::Add), 1) => write!(f, "bookmark “{label}”"),
            (Some(Step::Remove), 1) => write!(f, "removing “{label}”"),
            (Some(Step::Rename), 1) => write!(f, "renaming “{label}”"),
            (Some(Step::Annotate), 1) => write!(f, "your note on “{label}”"),
            (Some(Step::Move), 1) => write!(f, "moving “{label}”"),
            (Some(Step::Import), 1) => write!(f, "importing “{label}”"),
            (Some(Step::Import), _) => write!(f, "importing {count} bookmarks"),
            (Some(Step::Remove), _) => write!(f, "removing {count} bookmarks"),
            (_, 1) => write!(f, "a change to “{label}”"),
            _ => write!(f, "a change to {count} bookmarks"),
        }
    }
}

/// The change that comes next, if any is left that way.
pub(super) fn next(way: Way, records: &Records) -> Option<Next> {
    let changes = records.changes().filter(|(_, change)| match way {
        Way::Undo => !change.undone,
        Way::Redo => change.undone && !change.after.is_empty(),
    });
    let (id, change) = changes.max_by_key(|(id, change)| order(id, change))?;
    Some(Next {
        key: Key::new(Kind::Change, id),
        change: change.clone(),
    })
}

/// The latest place among all changes.
pub(super) fn last_order(records: &Records) -> Option<&str> {
    let changes = records.changes();
    changes.map(|(id, change)| order(id, change)).max()
}

fn order<'a>(id: &'a str, change: &'a ChangeBody) -> &'a str {
    change.order.as_deref().unwrap_or(id)
}

/// A bookmark as it is now.
pub(super) fn snapshot(records: &Records, id: &str) -> Snapshot {
    let record = records.get(&Key::new(Kind::Bookmark, id));
    let record = record.filter(|record| !record.deleted);
    Snapshot {
        id: id.to_owned(),
        bookmark: record.and_then(bookmark).cloned(),
        ..Snapshot::default()
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
