//! „Schmale: Grundwissenschaften international, 2016, S. 25“: what has been given in full before, cited
//! again by its author and its whole title.

use std::ops::Range;

use super::super::resolve::{self, Resolved};
use super::super::short::{self, ShortForm};
use super::super::{Resolution, SourceId};
use super::says::says_whole_title;
use super::{NotesRead, OpenNoteText};

impl NotesRead {
    /// A part that gives an author, a title behind a colon, and no place or publisher, if one source
    /// says all of it.
    pub(super) fn abridged(
        &self,
        open: &OpenNoteText<'_>,
        part: &Range<usize>,
    ) -> Option<(ShortForm, Resolved)> {
        let form = short::behind_colon(open.words, part)?;
        let resolved = resolve::by_name(&self.index, open.words, &form);
        let [(_, Resolution::Resolved { sources, .. })] = resolved.as_slice() else {
            return None;
        };
        // "Lenin: Werke. Zweiter Band" is no other volume.
        let says = |source: &SourceId| {
            let source = self.get(*source);
            source.is_some_and(|source| says_whole_title(source, &form.title_behind))
        };
        sources
            .iter()
            .all(says)
            .then(|| (form.clone(), resolved.clone()))
    }
}
