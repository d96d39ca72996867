//! The book that a source stands in: "in *The Handbook of Trade*", "preface to *Poems*".

use std::ops::Range;

use super::super::elements::Elements;
use super::super::languages::Class;
use super::super::short::{after_editors, title_words};
use super::super::vocabulary::{idem, op_cit};
use super::super::words::Words;
use super::Full;

/// The title of the book behind the word here, in italics.
pub(in super::super) fn book(words: &Words<'_>, at: usize) -> Option<Range<usize>> {
    let is_part = words.is(at.wrapping_sub(1), Class::BookPart);
    let leads = words.is(at, Class::In) || (is_part && words.is_small(at));
    let is_title = |at: &usize| words.get(*at).is_some_and(|word| word.emphasised);
    if !leads || is_title(&at) || !words.is_outside(at) {
        return None;
    }
    let start = at + 1 + usize::from(words.is_mark(at + 1, ':'));
    let start = behind_editors(words, start);
    let end = (start..words.len()).find(|at| !is_title(at));
    let title = start..end.unwrap_or(words.len());
    (!title.is_empty()).then_some(title)
}

/// The title of the book behind the word here if "cit." follows it, and the place behind that.
pub(in super::super) fn cited_book(words: &Words<'_>, at: usize) -> Option<(Range<usize>, usize)> {
    let volume = book(words, at)?;
    let comma = volume.end + usize::from(words.is_mark(volume.end, ','));
    let next = op_cit(words, comma)?;
    Some((volume, next))
}

/// "in A. Landolfi, C. Magris (a cura di), *Nobiltà dello spirito*": where the title begins.
fn behind_editors(words: &Words<'_>, start: usize) -> usize {
    if words.is_set_off(start) || !words.is_capital(start) {
        return start;
    }
    if let Some(next) = idem(words, start).filter(|next| words.is_mark(*next, ',')) {
        return next + 1;
    }
    let elements = Elements::read(words, start, words.len());
    let comma = after_editors(words, elements.next);
    let is_led = elements.are_persons(words) && words.is_mark(comma, ',');
    if is_led { comma + 1 } else { start }
}

impl Full {
    /// Whether what is said to be cited before is the volume that it stands in: of an author, and a
    /// title that is set off, "in" and the volume's.
    pub(super) fn is_part_of_cited(&self, words: &Words<'_>, range: &Range<usize>) -> bool {
        let is_titled = words.is_set_off(self.title.start) && !self.title.is_empty();
        let mut places = self.title.end..range.end;
        is_titled && self.names.are_persons() && places.any(|at| cited_book(words, at).is_some())
    }

    /// Takes the book that it stands in, if that is given with its date.
    pub(super) fn take_book(&mut self, words: &Words<'_>, range: &Range<usize>) {
        // What is itself cited again is given elsewhere.
        let given = |at: usize| book(words, at).filter(|_| cited_book(words, at).is_none());
        let title = (self.head.end..range.end).find_map(given);
        if let Some(title) = title.filter(|_| !self.dates.is_empty()) {
            self.book_words = title_words(words, &title);
        }
    }
}
