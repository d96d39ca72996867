//! The matches of the text and of the reader's own notes, in one order.

use crate::paper::{Paper, Position};
use crate::reader::open::own_notes::OwnMatch;
use crate::search::Search;

/// Which match it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MatchIndex {
    /// By its place among those of the text.
    Text(usize),
    /// By its place among those in the reader's own notes.
    Own(usize),
}

/// The matches of the text, all of which are found, and those in the reader's own notes, in one
/// order: of those at the same place that in the text comes first.
#[derive(Debug)]
pub(super) struct AllMatches<'a> {
    pub(super) paper: &'a Paper,
    pub(super) search: &'a Search,
    pub(super) own: &'a [OwnMatch],
}

impl AllMatches<'_> {
    pub(super) fn len(&self) -> usize {
        self.search.progress().matches + self.own.len()
    }

    /// How many begin before a position.
    pub(super) fn before(&self, position: Position) -> usize {
        let own = self.own.partition_point(|own| own.place < position);
        self.texts_before(position) + own
    }

    /// The place among all of one in the reader's own notes.
    pub(super) fn index_of_own(&self, nth: usize) -> usize {
        let after = self.own.get(nth).map(|own| Position {
            offset: own.place.offset + 1,
            ..own.place
        });
        nth + after.map_or(0, |after| self.texts_before(after))
    }

    /// The one at a place among all.
    pub(super) fn nth(&self, nth: usize) -> Option<MatchIndex> {
        let (mut before, mut end) = (0, self.own.len());
        while before < end {
            let middle = before.midpoint(end);
            if self.index_of_own(middle) < nth {
                before = middle + 1;
            } else {
                end = middle;
            }
        }
        let is_own = before < self.own.len() && self.index_of_own(before) == nth;
        Some(if is_own {
            MatchIndex::Own(before)
        } else {
            MatchIndex::Text(nth.checked_sub(before)?)
        })
    }

    fn texts_before(&self, position: Position) -> usize {
        match self.search.first_from(self.paper, position) {
            Some(step) if !step.wrapped => step.index,
            _ => self.search.progress().matches,
        }
    }
}
