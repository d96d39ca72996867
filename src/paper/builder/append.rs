//! Two readings put together: what one builder has read of a source, and what another has read of
//! the part behind it.

use super::{LandmarkKind, PaperBuilder};
use crate::paper::draft::Draft;
use crate::paper::notes::cite_as;

impl PaperBuilder {
    /// Whether nothing is open, and nothing waits for a block that comes next: what follows is read
    /// as at the beginning of a source.
    pub(crate) fn is_between_blocks(&self) -> bool {
        self.block.is_none()
            && self.interrupted.is_empty()
            && self.flow.is_top()
            && self.waiting.is_empty()
            && self.page.is_none()
    }

    /// Whether a note is cited that has not been defined.
    pub(crate) fn has_undefined_notes(&self) -> bool {
        self.draft.notes.has_undefined()
    }

    /// Adds what another builder has read of the part of the source that follows, where both are
    /// [between blocks](Self::is_between_blocks): it is as if this one had read that part. Returns
    /// whether it did; it does not, and nothing is changed, where both define the same note.
    ///
    /// What `later` knows about the paper, and mendings, are not taken over.
    pub(crate) fn append(&mut self, later: PaperBuilder) -> bool {
        if self.draft.notes.define_same(&later.draft.notes) {
            return false;
        }
        if self.has_unplaced_hidden() {
            self.place_hidden(self.location);
        }
        self.inline.add_hidden(later.inline.hidden());
        if self.has_unplaced_hidden() {
            self.place_hidden(later.first_hidden.unwrap_or(later.location));
        }
        self.location = later.location;
        self.draft.append(later.draft);
        true
    }
}

impl Draft {
    /// Adds the draft of what follows.
    fn append(&mut self, mut later: Draft) {
        let blocks = self.body.len();
        if self.body.is_empty() && self.notes.drafts.is_empty() {
            // Moved as they are: a body may be most of the memory that there is.
            std::mem::swap(&mut self.body, &mut later.body);
            std::mem::swap(&mut self.notes, &mut later.notes);
        }
        let references = self.references.len();
        let notes = self.notes.append(later.notes);
        self.body.extend(later.body.into_iter().map(|mut block| {
            cite_as(&notes, &mut block);
            block
        }));
        self.headings
            .extend(later.headings.into_iter().map(|mut heading| {
                heading.block += blocks;
                heading
            }));
        let landmarks = later.landmarks.into_iter();
        self.landmarks.extend(landmarks.map(|mut landmark| {
            match &mut landmark.place.note {
                Some(draft) => *draft = notes.get(*draft).copied().unwrap_or(*draft),
                None => landmark.place.block += blocks,
            }
            if let LandmarkKind::Reference(work) = &mut landmark.kind {
                *work += references;
            }
            landmark
        }));
        self.references.extend(later.references);
        self.problems.extend(later.problems);
    }
}
