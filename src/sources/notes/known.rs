//! What is a short citation only because a source is known that agrees.

use std::ops::Range;

use super::super::date::Date;
use super::super::index::WorkQuery;
use super::super::resolve::{self, Resolved};
use super::super::short::{self, FormKind, ShortForm};
use super::{NotesRead, OpenNoteText, is_resolved, is_unresolved};

impl NotesRead {
    /// A part that says nothing but a name and words of a title that are known, or a document's
    /// name: "Smith, Trade and climate, p. 9", "Interview with diplomat B".
    pub(super) fn known(
        &self,
        open: &OpenNoteText<'_>,
        part: &Range<usize>,
    ) -> Option<(ShortForm, Resolved)> {
        let forms = short::unset(open.words, part.start, part.end);
        forms.into_iter().find_map(|form| {
            let resolved = resolve::by_name(&self.index, open.words, &form);
            let is_found = resolved.iter().all(|(_, outcome)| !is_unresolved(outcome));
            is_found.then_some((form, resolved))
        })
    }

    /// "Moran, *Struggle for Survival*, 12 August 1954", "Pedersen, “Back to the League,” 1099":
    /// a day of a diary or a page that looks like a year, if name and title are known.
    pub(super) fn entry(
        &self,
        open: &OpenNoteText<'_>,
        form: &ShortForm,
    ) -> Option<(ShortForm, Resolved)> {
        const EARLIEST: u16 = 1450;
        let is_place =
            |(date, _): &(Date, Range<usize>)| date.day.is_some() || date.year < EARLIEST;
        let has_title = form.claims.iter().any(|claim| !claim.title.is_empty());
        if form.kind != FormKind::NameYear || !has_title || !form.dates.iter().all(is_place) {
            return None;
        }
        let mut entry = form.clone();
        entry.kind = FormKind::Title;
        entry.dates.clear();
        let resolved = resolve::by_name(&self.index, open.words, &entry);
        let is_found = resolved.iter().all(|(_, outcome)| is_resolved(outcome));
        is_found.then_some((entry, resolved))
    }

    /// Whether somebody of these names has been cited, whatever the year and the title.
    pub(super) fn knows_names(&self, form: &ShortForm) -> bool {
        let last = form.claims.last();
        last.is_some_and(|claim| {
            let wanted = WorkQuery {
                names: Some(&claim.names),
                ..WorkQuery::default()
            };
            !self.index.find(wanted).works.is_empty()
        })
    }
}
