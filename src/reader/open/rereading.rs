//! What is asked and known of other readings of an open paper: those without mendings that are
//! refused, and those of a file that has changed.

use std::sync::Arc;
use std::time::Instant;

use super::Refusals;
use super::reload::{MarkedChanges, Reload};
use crate::document::Document;
use crate::paper::BlockId;
use crate::reader::action::{Notice, RereadPaper};

/// The other readings of a paper.
#[derive(Debug, Default)]
pub(crate) struct Rereading {
    pub(crate) refusals: Refusals,
    pub(crate) reload: Reload,
    /// Another reading, until what is open over this one is closed.
    pub(crate) next: Option<Box<RereadPaper>>,
    /// Why the text stays as it is, as it was said last.
    pub(crate) told: Option<Notice>,
    /// What has changed in its file a moment ago.
    pub(super) marked: Option<MarkedChanges>,
}

impl Rereading {
    /// The same once the paper has been read again, without what is refused.
    pub(super) fn for_another_reading(&mut self, reading: &RereadPaper) -> Rereading {
        let mut refusals = std::mem::take(&mut self.refusals);
        refusals.set_read_without(reading.refused.clone());
        Rereading {
            refusals,
            reload: self.reload,
            ..Rereading::default()
        }
    }

    /// Whether a block has changed a moment ago.
    pub(super) fn is_changed(&self, block: BlockId) -> bool {
        let marked = self.marked.as_ref();
        marked.is_some_and(|marked| marked.changes.is_changed(block))
    }

    /// How many paragraphs have changed a moment ago.
    pub(super) fn changed_blocks(&self) -> usize {
        let marked = self.marked.as_ref();
        marked.map_or(0, |marked| marked.changes.changed_blocks())
    }

    /// The text that what is marked was not in yet.
    pub(crate) fn marked_from(&self) -> Option<&Arc<Document>> {
        self.marked.as_ref().map(|marked| &marked.from)
    }

    /// Marks nothing any more when its time has passed.
    pub(super) fn expire(&mut self, now: Instant) {
        self.marked.take_if(|marked| marked.until <= now);
    }

    /// When nothing is marked any more; none if nothing is.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.marked.as_ref().map(|marked| marked.until)
    }
}
