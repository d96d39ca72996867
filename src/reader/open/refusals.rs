//! What the reader does not want to be mended in a text that a converter left broken.

use crate::paper::{Mending, RefusedMendings};

/// The mendings that are refused.
#[derive(Debug, Default)]
pub(crate) struct Refusals {
    /// Also those that would not be made now: the file may have changed, or not be mended at all.
    refused: RefusedMendings,
    /// Those that have been made once, with their words.
    known: Vec<Mending>,
    /// What the paper that is shown was read without; none if it has been read only once.
    read_without: Option<RefusedMendings>,
}

impl Refusals {
    pub(crate) fn refused(&self) -> &RefusedMendings {
        &self.refused
    }

    /// Whether the paper has not been read again yet.
    pub(crate) fn is_first_reading(&self) -> bool {
        self.read_without.is_none()
    }

    /// Remembers what the paper that is shown was read without.
    pub(super) fn set_read_without(&mut self, refused: RefusedMendings) {
        self.read_without = Some(refused);
    }

    /// Refuses all of these, of which some may be among the mendings that were made. Returns
    /// whether any is.
    pub(super) fn refuse_all(&mut self, refused: &RefusedMendings, made: &[Mending]) -> bool {
        self.refused = refused.clone();
        self.known = made.to_vec();
        self.known
            .retain(|mending| is_refused(&self.refused, mending));
        !self.known.is_empty()
    }

    /// Refuses no more and no less than what the paper that is shown was read without.
    pub(crate) fn refuse_as_shown(&mut self) {
        self.refused = self.read_without.clone().unwrap_or_default();
    }

    /// Refuses a mending, or allows it again.
    pub(crate) fn toggle(&mut self, mending: &Mending) {
        let Some(line) = mending.location.ordinal() else {
            return;
        };
        if is_refused(&self.refused, mending) {
            return self.refused.allow(mending.kind, line);
        }
        self.refused.refuse(mending.kind, line);
        if !self.known.contains(mending) {
            self.known.push(mending.clone());
        }
    }

    /// How many of the mendings that are known are refused.
    pub(crate) fn count(&self) -> usize {
        let known = self.known.iter();
        known
            .filter(|mending| is_refused(&self.refused, mending))
            .count()
    }

    /// The mendings that were made and those that were not since they are refused, in the order of
    /// the source, each with whether it is refused.
    pub(crate) fn with_made(&self, made: &[Mending]) -> Vec<(Mending, bool)> {
        let left_out = self.known.iter().filter(|mending| !made.contains(mending));
        let mut all: Vec<_> = made
            .iter()
            .chain(left_out)
            .map(|mending| (mending.clone(), is_refused(&self.refused, mending)))
            .collect();
        all.sort_by_key(|(mending, _)| mending.location);
        all
    }
}

fn is_refused(refused: &RefusedMendings, mending: &Mending) -> bool {
    let line = mending.location.ordinal();
    line.is_some_and(|line| !refused.may_mend(mending.kind, line))
}
