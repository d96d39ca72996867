//! Reading the paper again because its file was written anew, and what has changed in it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::OpenDocument;
use crate::document::Document;
use crate::paper::BlockId;
use crate::reader::action::RereadPaper;
use crate::shelf::TextChanges;

/// For how long what has changed is marked beside the text.
const MARKED: Duration = Duration::from_secs(12);

/// Whether the file is being read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Reload {
    #[default]
    Idle,
    /// It is being read.
    Reading,
    /// It is, and has changed again since that began.
    ReadingOld,
}

impl Reload {
    /// Takes note that the file is to be read. Returns whether nobody does so yet.
    pub(crate) fn begin(&mut self) -> bool {
        let is_idle = *self == Reload::Idle;
        *self = match self {
            Reload::Idle => Reload::Reading,
            Reload::Reading | Reload::ReadingOld => Reload::ReadingOld,
        };
        is_idle
    }

    /// Takes note that the file was read. Returns whether it has changed since.
    pub(crate) fn end(&mut self) -> bool {
        std::mem::take(self) == Reload::ReadingOld
    }
}

/// What has changed in the text, and until when that is marked.
#[derive(Debug)]
pub(super) struct MarkedChanges {
    pub(super) changes: Arc<TextChanges>,
    pub(super) until: Instant,
    /// The text before the first of the changes that followed each other.
    pub(super) from: Arc<Document>,
    /// Until when that is what changes are told from, so that a file that is saved all the time has
    /// not changed since for ever.
    from_until: Instant,
}

impl OpenDocument {
    /// Takes the paper as its file has it now. All that the reader has in it stays with its words.
    pub(crate) fn take_changed(&mut self, reading: RereadPaper, now: Instant) {
        let changes = match reading.since.clone() {
            Some((before, changes)) if Arc::ptr_eq(&before, &self.document) => changes,
            // Another reading has come in between.
            _ => Arc::new(TextChanges::between(
                self.document.paper(),
                reading.document.paper(),
            )),
        };
        let mut open = self.reread(reading);
        // Who has not moved in the beginning of a paper has just opened it.
        if !(self.is_beginning() && self.is_as_opened()) {
            open.view.carry_over(&self.view, &changes);
        }
        if let Some(looked_at) = self.trail.looked_at {
            open.look_at(changes.position(looked_at));
        }
        open.trail
            .history
            .carry_over(std::mem::take(&mut self.trail.history), &changes);
        let finder = std::mem::replace(
            &mut self.finder,
            super::Finder::new(Arc::clone(&open.document)),
        );
        open.finder.carry_over(finder, &changes);
        let figures = std::mem::take(&mut self.figures);
        open.figures.carry_over(figures, &changes);
        let is_marked = changes.changed_blocks() > 0;
        let marked = self.rereading.marked.take();
        open.rereading.marked = is_marked.then(|| {
            let (from, from_until) = marked
                .filter(|marked| marked.from_until > now)
                .map(|marked| (marked.from, marked.from_until))
                .unwrap_or_else(|| (Arc::clone(&self.document), now + MARKED));
            MarkedChanges {
                until: now + MARKED,
                changes,
                from,
                from_until,
            }
        });
        *self = open;
    }

    /// Whether a block has changed a moment ago.
    pub(crate) fn is_changed(&self, block: BlockId) -> bool {
        self.rereading.is_changed(block)
    }

    /// How many paragraphs have changed a moment ago.
    pub(crate) fn changed_blocks(&self) -> usize {
        self.rereading.changed_blocks()
    }
}
