//! What the reader keeps about an open paper, and what is asked of the shelf meanwhile.

use super::annotations::Annotations;
use crate::search::{NamedPlace, PlaceKind};
use crate::shelf::HighlightKind;

/// What is kept, as it is on the disk.
#[derive(Debug, Default)]
pub(crate) struct ShelfState {
    pub(crate) annotations: Annotations,
    /// Whether it is known what is kept.
    pub(super) is_open: bool,
    /// The part that is gone to once that is known.
    pub(crate) wanted_part: Option<String>,
    /// What new highlights are of: the kind used last.
    pub(crate) highlight_kind: HighlightKind,
    /// While a new highlight is being saved: by how many kinds it is to go on.
    pub(crate) awaited_kinds: Option<usize>,
}

impl ShelfState {
    pub(super) fn take(&mut self, annotations: Annotations) {
        self.annotations = annotations;
        self.is_open = true;
    }

    /// The same before another reading of the paper, whose places are others, is looked through.
    pub(super) fn for_another_reading(&mut self) -> ShelfState {
        ShelfState {
            wanted_part: self.wanted_part.take(),
            highlight_kind: self.highlight_kind.clone(),
            awaited_kinds: self.awaited_kinds,
            ..ShelfState::default()
        }
    }

    /// The bookmarks whose text is still there, as places that have names.
    pub(super) fn bookmarked_places(&self) -> Vec<NamedPlace> {
        let found = self.annotations.found().iter();
        let places = found.filter_map(|bookmark| {
            Some(NamedPlace {
                what: PlaceKind::Bookmark,
                name: bookmark.label.clone(),
                position: bookmark.position()?,
            })
        });
        places.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_reading_has_the_readers_wishes_but_nothing_that_is_kept() {
        let mut annotations = Annotations::default();
        annotations.is_unsaved = true;
        let mut state = ShelfState::default();
        state.take(annotations);
        state.highlight_kind = HighlightKind::Quote;
        state.wanted_part = Some("n3".to_owned());
        let next = state.for_another_reading();
        assert!(!next.is_open && !next.annotations.is_unsaved);
        assert_eq!(next.highlight_kind, HighlightKind::Quote);
        assert_eq!(next.wanted_part.as_deref(), Some("n3"));
    }
}
