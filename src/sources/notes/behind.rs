//! „In diesem Sinne Wieacker (Fn. 67)“: a name behind other words with capitals, which read as if they
//! belonged to it.

use super::super::mention;
use super::super::resolve::Resolved;
use super::super::short::{self, FormKind, ShortForm};
use super::super::words::Words;
use super::{NotesRead, OpenNoteText, is_resolved};

impl NotesRead {
    /// The same citation without the words that its name begins with, if only so it stands for
    /// something: the note that it names gives a source of that name, or the list of references one of
    /// that name and year.
    pub(super) fn behind_other_words(
        &self,
        open: &OpenNoteText<'_>,
        form: &ShortForm,
        resolved: &Resolved,
        end: usize,
    ) -> Option<(ShortForm, Resolved)> {
        let is_led = match form.kind {
            FormKind::Note => true,
            FormKind::NameYear => !form.is_sure,
            _ => false,
        };
        if !is_led || resolved.iter().any(|(_, outcome)| is_resolved(outcome)) {
            return None;
        }
        let words = open.words;
        let mut starts = form.head.clone().skip(1);
        starts.find_map(|at| {
            if !begins_anew(words, at, form.kind) {
                return None;
            }
            let later = match form.kind {
                FormKind::Note => short::read(words, at, end)?,
                _ => mention::dated_from(words, at, form)?,
            };
            let is_same = later.kind == form.kind
                && later.notes == form.notes
                && later.head.start == at
                && later.head.end == form.head.end;
            let resolved = self
                .resolve(open, &later, later.words.end)
                .filter(|_| is_same)?;
            let is_found = resolved.iter().all(|(_, outcome)| is_resolved(outcome));
            is_found.then_some((later, resolved))
        })
    }
}

/// Whether a name may begin at a word. A year tells less than the number of a note: before it, what
/// stands right before must be no name.
fn begins_anew(words: &Words<'_>, at: usize, kind: FormKind) -> bool {
    let before = at.wrapping_sub(1);
    let is_apart = !words.is_one_of_marks(before, &['.', '-', '’', '\'']);
    let is_behind_name = words.is_capital(before);
    words.is_capital(at) && is_apart && (kind == FormKind::Note || !is_behind_name)
}
