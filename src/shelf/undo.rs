//! Undo and redo of changes to annotations, the last one first, also those of an earlier start.
//!
//! A change is a record of its own that keeps the annotations as they were before it; while it is
//! undone, also as they were before that. A new change after an undo leaves the undone ones where
//! they are: they can still be redone, so that a key pressed by mistake destroys nothing. Changes
//! of two machines merge by time, like all records.

use std::fmt;

use super::annotation::AnnotationId;
use super::merge::Records;
use super::record::{ChangeBody, Record, RecordKey, RecordKind, Snapshot};
use crate::layout::ruler;

/// How many columns of a label are shown, so that the keys after it fit on a line of 80.
const LABEL_COLUMNS: u16 = 16;

/// What a change did to annotations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChangeKind {
    Add,
    Remove,
    Rename,
    Annotate,
    Recolour,
    Move,
    Import,
}

/// Which way through the changes that were made: to undo the last one, or to redo what was undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replay {
    /// The last change is taken back.
    Undo,
    /// What was taken back is done again.
    Redo,
}

/// A change that was undone or redone. Shown, it says which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replayed {
    way: Replay,
    step: Option<ChangeKind>,
    /// The first of the annotations that it was about.
    first: Option<AnnotationId>,
    /// The label that it has now, or had last.
    label: String,
    annotations: usize,
    /// Whether all of them are bookmarks.
    are_bookmarks: bool,
}

/// The change that is undone or redone next.
pub(super) struct NextChange {
    pub(super) key: RecordKey,
    pub(super) change: ChangeBody,
}

impl ChangeKind {
    const ALL: [ChangeKind; 7] = [
        ChangeKind::Add,
        ChangeKind::Remove,
        ChangeKind::Rename,
        ChangeKind::Annotate,
        ChangeKind::Recolour,
        ChangeKind::Move,
        ChangeKind::Import,
    ];

    /// The word in the file.
    pub(super) fn name(self) -> &'static str {
        match self {
            ChangeKind::Add => "add",
            ChangeKind::Remove => "remove",
            ChangeKind::Rename => "rename",
            ChangeKind::Annotate => "annotate",
            ChangeKind::Recolour => "recolour",
            ChangeKind::Move => "move",
            ChangeKind::Import => "import",
        }
    }

    fn named(name: &str) -> Option<Self> {
        ChangeKind::ALL.into_iter().find(|step| step.name() == name)
    }
}

impl NextChange {
    /// The annotations as they will be.
    pub(super) fn to_put_back(&self, way: Replay) -> &[Snapshot] {
        match way {
            Replay::Undo => &self.change.before,
            Replay::Redo => &self.change.after,
        }
    }

    /// The change after it was undone or redone, with the annotations as they are until then and
    /// the latest place among all changes.
    pub(super) fn turned(self, way: Replay, now: Vec<Snapshot>, order: String) -> ChangeBody {
        let (before, after) = match way {
            Replay::Undo => (self.change.before, now),
            Replay::Redo => (now, Vec::new()),
        };
        ChangeBody {
            undone: way == Replay::Undo,
            before,
            after,
            order: Some(order),
            ..self.change
        }
    }
}

impl Replayed {
    /// What undoing or redoing this change will mean, from the records before that.
    pub(super) fn new(way: Replay, next: &NextChange, records: &Records) -> Self {
        let snapshots = next.to_put_back(way);
        let first = snapshots.first();
        let label = first.map_or("", |snapshot| match &snapshot.annotation {
            Some(annotation) => &annotation.label,
            None => label(records, &snapshot.key()),
        });
        Replayed {
            way,
            step: ChangeKind::named(&next.change.what),
            first: first.map(|snapshot| AnnotationId(snapshot.key())),
            label: label.to_owned(),
            annotations: snapshots.len(),
            are_bookmarks: snapshots.iter().all(|snapshot| snapshot.kind.is_bookmark()),
        }
    }

    /// The annotation that it was about, if it was one.
    #[must_use]
    pub fn annotation(&self) -> Option<AnnotationId> {
        self.first.clone().filter(|_| self.annotations == 1)
    }
}

impl Replayed {
    /// What to call one of the annotations, and several.
    fn nouns(&self) -> (&'static str, &'static str) {
        match &self.first {
            Some(AnnotationId(key)) if self.annotations == 1 => match key.kind {
                RecordKind::Highlight => ("highlight", "highlights"),
                RecordKind::Note => ("note", "notes"),
                _ => ("bookmark", "bookmarks"),
            },
            _ if self.are_bookmarks => ("bookmark", "bookmarks"),
            _ => ("annotation", "annotations"),
        }
    }
}

impl fmt::Display for Replayed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.way {
            Replay::Undo => "undone: ",
            Replay::Redo => "redone: ",
        })?;
        let (label, count) = (ruler::shorten(&self.label, LABEL_COLUMNS), self.annotations);
        let (one, many) = self.nouns();
        match (self.step, count) {
            (Some(ChangeKind::Add), 1) => write!(f, "{one} “{label}”"),
            (Some(ChangeKind::Remove), 1) => write!(f, "removing “{label}”"),
            (Some(ChangeKind::Rename), 1) => write!(f, "renaming “{label}”"),
            (Some(ChangeKind::Annotate), 1) => write!(f, "your note on “{label}”"),
            (Some(ChangeKind::Recolour), 1) => write!(f, "the kind of “{label}”"),
            (Some(ChangeKind::Move), 1) => write!(f, "moving “{label}”"),
            (Some(ChangeKind::Import), 1) => write!(f, "importing “{label}”"),
            (Some(ChangeKind::Import), _) => write!(f, "importing {count} {many}"),
            (Some(ChangeKind::Remove), _) => write!(f, "removing {count} {many}"),
            (_, 1) => write!(f, "a change to “{label}”"),
            _ => write!(f, "a change to {count} {many}"),
        }
    }
}

/// The change that comes next, if any is left that way.
pub(super) fn next(way: Replay, records: &Records) -> Option<NextChange> {
    let changes = records.changes().filter(|(_, change)| match way {
        Replay::Undo => !change.undone,
        Replay::Redo => change.undone && !change.after.is_empty(),
    });
    let (key, change) = changes.max_by_key(|(key, change)| order(&key.id, change))?;
    Some(NextChange {
        key: key.clone(),
        change: change.clone(),
    })
}

/// The latest place among all changes.
pub(super) fn last_order(records: &Records) -> Option<&str> {
    let changes = records.changes();
    changes.map(|(key, change)| order(&key.id, change)).max()
}

fn order<'a>(id: &'a str, change: &'a ChangeBody) -> &'a str {
    change.order.as_deref().unwrap_or(id)
}

/// Which record a change to these is.
pub(super) fn change_kind(snapshots: &[Snapshot]) -> RecordKind {
    let are_bookmarks = snapshots.iter().all(|snapshot| snapshot.kind.is_bookmark());
    if are_bookmarks {
        RecordKind::Change
    } else {
        RecordKind::Edit
    }
}

/// An annotation as it is now.
pub(super) fn snapshot(records: &Records, key: &RecordKey) -> Snapshot {
    let record = records.get(key).filter(|record| !record.deleted);
    Snapshot {
        id: key.id.clone(),
        kind: key.kind.clone(),
        annotation: record.and_then(Record::annotation).cloned(),
        ..Snapshot::default()
    }
}

fn label<'a>(records: &'a Records, key: &RecordKey) -> &'a str {
    let annotation = records.get(key).and_then(Record::annotation);
    annotation.map_or("", |annotation| &annotation.label)
}
