//! The places that jumps led away from: back to them, and forward again.

use crate::reader::open::view::SavedView;

/// How many places are remembered.
const LONGEST: usize = 500;

/// The way that the reader has come.
#[derive(Debug, Default)]
pub(crate) struct History {
    back: Vec<SavedView>,
    forward: Vec<SavedView>,
}

impl History {
    /// Remembers a place before a jump away from it.
    pub(crate) fn leave(&mut self, place: SavedView) {
        self.forward.clear();
        if self.back.last() == Some(&place) {
            return;
        }
        if self.back.len() == LONGEST {
            self.back.remove(0);
        }
        self.back.push(place);
    }

    pub(crate) fn can_go_back(&self) -> bool {
        !self.back.is_empty()
    }

    /// The place before the last jump, without going there.
    pub(crate) fn last_left(&self) -> Option<SavedView> {
        self.back.last().or(self.forward.last()).copied()
    }

    /// The place before the last jump, leaving out those in sight; `here` is what forward leads
    /// back to.
    pub(crate) fn back(
        &mut self,
        here: SavedView,
        in_sight: impl Fn(SavedView) -> bool,
    ) -> Option<SavedView> {
        let place = pop_out_of_sight(&mut self.back, in_sight)?;
        self.forward.push(here);
        Some(place)
    }

    /// The place that the last step back led away from, in the same way.
    pub(crate) fn forward(
        &mut self,
        here: SavedView,
        in_sight: impl Fn(SavedView) -> bool,
    ) -> Option<SavedView> {
        let place = pop_out_of_sight(&mut self.forward, in_sight)?;
        self.back.push(here);
        Some(place)
    }
}

fn pop_out_of_sight(
    places: &mut Vec<SavedView>,
    in_sight: impl Fn(SavedView) -> bool,
) -> Option<SavedView> {
    let last = places.iter().rposition(|&place| !in_sight(place))?;
    places.truncate(last + 1);
    places.pop()
}
