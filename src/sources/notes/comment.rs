//! What of a note is no citation: the author's own words, and the citations that are certain within
//! them.

use std::ops::Range;

use super::super::languages::Class;
use super::super::short::FormKind;
use super::super::{NoteSegment, Resolution, anchor, mention, reading};
use super::suspect::{self, Suspect};
use super::{NotesRead, OpenNoteText, is_comment, is_resolved, is_unresolved};

impl NotesRead {
    /// A comment may hold citations: those that are certain are taken out of it.
    pub(super) fn read_comment(&mut self, open: &OpenNoteText<'_>, mut part: Range<usize>) {
        if reading::is_named_for_later(open.words, &part) && self.try_full(open, part.clone()) {
            return;
        }
        while let Some(found) = anchor::find(open.words, &part) {
            self.read_sentence(open, part.start..found.start);
            if !self.try_full(open, found.clone()) {
                self.comment(open, found.clone());
            }
            part.start = found.end;
        }
        self.read_sentence(open, part);
    }

    fn read_sentence(&mut self, open: &OpenNoteText<'_>, part: Range<usize>) {
        let mut start = part.start;
        let forms = mention::find(open.words, &part, &self.phrases);
        for form in mention::with_marked(open.words, &part, forms) {
            let Some(resolved) = self.resolve(open, &form, form.words.end) else {
                continue;
            };
            let (form, resolved) = self
                .behind_other_words(open, &form, &resolved, part.end)
                .unwrap_or((form, resolved));
            if self.is_of_other_number(open, &form.words, &form) {
                continue;
            }
            // A name with a title, a page or a bare year in a sentence is a citation only if it is
            // certain whose.
            let is_plain =
                matches!(form.kind, FormKind::NamePage | FormKind::Title) || !form.is_sure;
            let is_known = |(_, outcome): &(_, Resolution)| {
                if is_plain {
                    is_resolved(outcome)
                } else {
                    !is_unresolved(outcome)
                }
            };
            if !resolved.iter().all(is_known) {
                continue;
            }
            self.comment(open, start..form.words.start);
            start = form.words.end;
            self.short(open, &form, resolved);
        }
        self.comment(open, start..part.end);
    }

    pub(super) fn comment(&mut self, open: &OpenNoteText<'_>, part: Range<usize>) {
        if part.clone().any(|at| open.words.is_word(at)) {
            let passage = open.text.passage(&open.words.bytes(&part));
            let at = self.parts.get(open.note).map_or(0, Vec::len);
            let rest = self.behind_explanation(open, &part)..part.end;
            let suspect = Suspect::read(open.words, &rest);
            let is_suspect = suspect.is_some()
                || suspect::holds_dated_title(open.words, &rest)
                || suspect::holds_imprint(open.words, &rest);
            if is_suspect {
                self.unread.insert((open.note, at));
            }
            if let Some(suspect) = suspect {
                self.index.suspect(&suspect.names, &suspect.years);
            }
            self.push(open.note, NoteSegment::Comment(passage));
        }
    }

    /// "*Id.* (citing S.C. Code Ann. § 48)", "*Id.* (“…”)": reads over brackets that say what the
    /// citation before them holds. What is cited there is never what the next "Id." stands for.
    fn behind_explanation(&self, open: &OpenNoteText<'_>, part: &Range<usize>) -> usize {
        let words = open.words;
        let parts = self.parts.get(open.note).and_then(|parts| parts.last());
        let is_behind = parts.is_some_and(|before| !is_comment(before));
        let mut next = part.start;
        while is_behind && let Some(close) = words.closing(next).filter(|close| *close < part.end) {
            let first = next + 1;
            let says = words.is(first, Class::Explaining) && words.is_small(first)
                || words.is_one_of_marks(first, &['“', '"'])
                // "(first alteration in original)"
                || (first..close).all(|at| words.is_small(at));
            if !says || !words.is_mark(next, '(') {
                break;
            }
            next = close + 1;
        }
        if next == part.start {
            return next;
        }
        (next + usize::from(words.is_mark(next, '.'))).min(part.end)
    }
}
