//! The places that jumps led away from: back to them, and forward again.

use super::DocumentId;
use crate::reader::open::view::SavedView;
use crate::shelf::TextChanges;

/// How many places are remembered.
const MAX_PLACES: usize = 500;

/// The way that the reader has come.
#[derive(Debug, Default)]
pub(crate) struct History {
    back: Vec<HistoryEntry>,
    forward: Vec<HistoryEntry>,
}

/// Where a jump led away from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HistoryEntry {
    Place(SavedView),
    /// Another paper, which knows itself where the reader was in it.
    Paper(DocumentId),
}

/// Where back, or forward, leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WayBack {
    /// To a place in this paper.
    Here,
    /// To another paper.
    Paper(DocumentId),
    /// There is no way.
    None,
}

impl History {
    /// Takes over the way through the text as it was before it changed.
    pub(crate) fn carry_over(&mut self, before: History, changes: &TextChanges) {
        let carried = |entries: Vec<HistoryEntry>| {
            let entries = entries.into_iter().map(|entry| match entry {
                HistoryEntry::Place(place) => HistoryEntry::Place(place.carried(changes)),
                paper @ HistoryEntry::Paper(_) => paper,
            });
            entries.collect()
        };
        self.back = carried(before.back);
        self.forward = carried(before.forward);
    }

    /// Remembers a place before a jump away from it.
    pub(crate) fn leave(&mut self, place: SavedView) {
        self.forward.clear();
        push(&mut self.back, HistoryEntry::Place(place));
    }

    /// Remembers the paper that a jump led here from.
    pub(crate) fn come_from(&mut self, paper: DocumentId) {
        self.forward.clear();
        push(&mut self.back, HistoryEntry::Paper(paper));
    }

    /// Remembers the paper that back has just led here from: forward leads to it again.
    pub(crate) fn go_on_to(&mut self, paper: DocumentId) {
        push(&mut self.forward, HistoryEntry::Paper(paper));
    }

    /// Remembers the paper that forward has just led here from: back leads to it again.
    pub(crate) fn return_to(&mut self, paper: DocumentId) {
        push(&mut self.back, HistoryEntry::Paper(paper));
    }

    pub(crate) fn can_go_back(&self) -> bool {
        !self.back.is_empty()
    }

    /// The place in this paper before the last jump, without going there.
    pub(crate) fn last_left(&self) -> Option<SavedView> {
        let all = self.back.iter().rev().chain(self.forward.last());
        all.filter_map(|entry| entry.place()).next()
    }

    /// Before the last jump, leaving out places in sight; `here` is what forward leads back to.
    pub(crate) fn back(
        &mut self,
        here: SavedView,
        in_sight: impl Fn(SavedView) -> bool,
    ) -> Result<SavedView, WayBack> {
        let place = pop_out_of_sight(&mut self.back, in_sight)?;
        self.forward.push(HistoryEntry::Place(here));
        Ok(place)
    }

    /// What the last step back led away from, in the same way.
    pub(crate) fn forward(
        &mut self,
        here: SavedView,
        in_sight: impl Fn(SavedView) -> bool,
    ) -> Result<SavedView, WayBack> {
        let place = pop_out_of_sight(&mut self.forward, in_sight)?;
        self.back.push(HistoryEntry::Place(here));
        Ok(place)
    }
}

impl HistoryEntry {
    fn place(self) -> Option<SavedView> {
        match self {
            HistoryEntry::Place(place) => Some(place),
            HistoryEntry::Paper(_) => None,
        }
    }
}

fn push(entries: &mut Vec<HistoryEntry>, entry: HistoryEntry) {
    if entries.last() == Some(&entry) {
        return;
    }
    if entries.len() == MAX_PLACES {
        entries.remove(0);
    }
    entries.push(entry);
}

/// The last place that is out of sight, or else which paper is before it.
fn pop_out_of_sight(
    entries: &mut Vec<HistoryEntry>,
    in_sight: impl Fn(SavedView) -> bool,
) -> Result<SavedView, WayBack> {
    let is_elsewhere = |entry: &HistoryEntry| entry.place().is_none_or(|place| !in_sight(place));
    let last = entries.iter().rposition(is_elsewhere);
    entries.truncate(last.ok_or(WayBack::None)? + 1);
    match entries.pop() {
        Some(HistoryEntry::Place(place)) => Ok(place),
        Some(HistoryEntry::Paper(paper)) => Err(WayBack::Paper(paper)),
        None => Err(WayBack::None),
    }
}
