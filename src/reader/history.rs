//! The places that jumps led away from: back to them, and forward again.

use super::view::Place;

/// How many places are remembered.
const LONGEST: usize = 500;

/// The way that the reader has come.
#[derive(Debug, Default)]
pub(crate) struct History {
    back: Vec<Place>,
    forward: Vec<Place>,
}

impl History {
    /// Remembers a place before a jump away from it.
    pub(crate) fn leave(&mut self, place: Place) {
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
    pub(crate) fn last_left(&self) -> Option<Place> {
        self.back.last().or(self.forward.last()).copied()
    }

    /// The place before the last jump; `here` is what forward leads back to.
    pub(crate) fn back(&mut self, here: Place) -> Option<Place> {
        let place = self.back.pop()?;
        self.forward.push(here);
        Some(place)
    }

    /// The place that the last step back led away from.
    pub(crate) fn forward(&mut self, here: Place) -> Option<Place> {
        let place = self.forward.pop()?;
        self.back.push(here);
        Some(place)
    }
}
