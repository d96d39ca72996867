//! Notes that only say something: what "ibid." looks back to stands before them.

use super::super::languages::Class;
use super::super::short::ShortForm;
use super::super::{Resolution, SourceId};
use super::{NotesRead, OpenNoteText, is_comment};

/// How many such notes "ibid." looks past.
const MOST: usize = 2;

/// How many words with capitals a remark may have within its sentences.
const MOST_NAMES: usize = 3;

/// How many small words make a sentence.
const LEAST: usize = 8;

impl NotesRead {
    /// Takes note of a note that is a mere remark: „Corsivi miei.“, or sentences without a number, a title
    /// that is set off or a name that may be another author's.
    pub(super) fn keep_remark(&mut self, open: &OpenNoteText<'_>) {
        let parts = self.parts.get(open.note).map(Vec::as_slice);
        let parts = parts.unwrap_or_default();
        let is_unread = self
            .unread
            .range((open.note, 0)..(open.note + 1, 0))
            .next()
            .is_some();
        if parts.is_empty() || is_unread || !parts.iter().all(is_comment) {
            return;
        }
        if let Some(names) = names_of_remark(open) {
            self.remarks.insert(open.note, names);
        }
    }

    /// What stands before the remarks right before, if it is certain and they name nobody else. "Ibid."
    /// without a page may mean what a remark says: "This rests on conversations with officials."
    pub(super) fn past_remark(
        &self,
        note: usize,
        part: usize,
        form: &ShortForm,
    ) -> Option<Resolution> {
        let above = self.parts.get(note)?.get(..part)?;
        let is_first = (0..part).all(|at| !self.unread.contains(&(note, at)));
        if !form.has_pages || !is_first || !above.iter().all(is_comment) {
            return None;
        }
        let mut names: Vec<&str> = Vec::new();
        let mut at = note;
        for passed in 0..=MOST {
            let before = self.order.before(at);
            let [before] = before.as_slice() else {
                return None;
            };
            at = *before;
            if let Some(remark) = self.remarks.get(&at) {
                names.extend(remark.iter().map(String::as_str));
                continue;
            }
            let outcome = self.one_of_note(at);
            let Resolution::Resolved { sources, .. } = &outcome else {
                return None;
            };
            let are_theirs = names.iter().all(|name| self.is_named(sources, name));
            return (passed > 0 && are_theirs).then_some(outcome);
        }
        None
    }

    fn is_named(&self, sources: &[SourceId], name: &str) -> bool {
        sources.iter().all(|source| {
            let work = self.index.work_of(*source);
            let names = work.and_then(|work| self.index.names_of(work));
            names.is_some_and(|names| names.each_name().any(|other| other == name))
        })
    }
}

/// The words with capitals that a remark has within its sentences, folded. None if it is none.
fn names_of_remark(open: &OpenNoteText<'_>) -> Option<Vec<String>> {
    const FEW: usize = 6;
    let words = open.words;
    let all = 0..words.len();
    if words.is(0, Class::Remark) && words.len() <= FEW {
        return Some(Vec::new());
    }
    let small = all.clone().filter(|at| words.is_small(*at)).count();
    let is_other = |at: usize| {
        let is_emphasised = words.get(at).is_some_and(|word| word.emphasised);
        words.is_number(at)
            || words.is_link(at)
            || is_emphasised
            || words.is_one_of_marks(at, &['“', '«', '"', '„'])
    };
    if small < LEAST || all.clone().any(is_other) {
        return None;
    }
    let is_within = |at: &usize| {
        let before = at.wrapping_sub(1);
        words.is_capital(*at) && *at > 0 && !words.is_one_of_marks(before, &['.', '?', '!'])
    };
    let names = all.filter(is_within);
    let names: Vec<String> = names.map(|at| words.folded(at).to_owned()).collect();
    (names.len() <= MOST_NAMES).then_some(names)
}
