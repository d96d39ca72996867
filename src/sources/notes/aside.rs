//! What a citation cites itself: "*Id.* at 990 (quoting *Roe*, 410 U.S. at 153)". It is a citation, but
//! never what the next "Id." stands for.

use std::ops::Range;

use super::super::NoteSegment;
use super::super::languages::Class;
use super::super::words::Words;
use super::{NotesRead, OpenNoteText, is_comment, is_unresolved};

impl NotesRead {
    /// Reads one part of a note, and takes note of it if the citation before cites it.
    pub(super) fn read_part(&mut self, open: &OpenNoteText<'_>, part: Range<usize>) {
        let count = |notes: &NotesRead| notes.parts.get(open.note).map_or(0, Vec::len);
        let first = count(self);
        let is_aside = is_aside(open.words, &part) && self.has_cited(open.note, first);
        self.read_part_alone(open, part);
        if is_aside {
            let read = (first..count(self)).map(|part| (open.note, part));
            self.asides.extend(read);
            self.forget_unfound(open.note, first);
        }
    }

    /// Whether a note cites anything before a part, read or not: what stands behind a sentence of the
    /// author's own is no aside.
    fn has_cited(&self, note: usize, part: usize) -> bool {
        let parts = self.parts.get(note).and_then(|parts| parts.get(..part));
        let mut read = parts.unwrap_or_default().iter();
        read.any(|part| !is_comment(part))
            || self.unread.range((note, 0)..(note, part)).next().is_some()
    }

    /// Nobody misses what a citation cites itself and the paper gives nowhere.
    fn forget_unfound(&mut self, note: usize, first: usize) {
        let parts = self.parts.get_mut(note).into_iter().flatten();
        for (at, part) in parts.enumerate().skip(first) {
            // Those of this note wait last.
            let mut waiting = self.waiting.iter().rev();
            let mut waits = || {
                waiting
                    .by_ref()
                    .take_while(|waiting| waiting.note == note)
                    .any(|waiting| waiting.part == at)
            };
            if let NoteSegment::Short(short) = part
                && is_unresolved(&short.outcome)
                && !waits()
            {
                *part = NoteSegment::Comment(short.passage);
            }
        }
    }
}

/// Whether a part stands in brackets and begins with a word such as "quoting".
fn is_aside(words: &Words<'_>, part: &Range<usize>) -> bool {
    let first = part.start;
    let is_led = words.is(first, Class::Citing) || words.is(first, Class::Explaining);
    words.is_small(first) && is_led && words.get(first).is_some_and(|word| word.depth > 0)
}
