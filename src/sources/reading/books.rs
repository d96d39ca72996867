//! The book that a source stands in: "in *The Handbook of Trade*", "preface to *Poems*".

use std::ops::Range;

use super::super::languages::Class;
use super::super::short::title_words;
use super::super::words::Words;
use super::Full;

/// The title of the book behind the word here, in italics.
pub(in super::super) fn book(words: &Words<'_>, at: usize) -> Option<Range<usize>> {
    let is_part = words.is(at.wrapping_sub(1), Class::BookPart);
    let leads = words.is(at, Class::In) || (is_part && words.is_small(at));
    let is_title = |at: &usize| words.get(*at).is_some_and(|word| word.emphasised);
    let start = at + 1 + usize::from(words.is_mark(at + 1, ':'));
    let end = (start..words.len()).find(|at| !is_title(at));
    let title = start..end.unwrap_or(words.len());
    let is_outside = words.is_outside(at) && !is_title(&at);
    (leads && is_outside && !title.is_empty()).then_some(title)
}

impl Full {
    /// Takes the book that it stands in, if that is given with its date.
    pub(super) fn take_book(&mut self, words: &Words<'_>, range: &Range<usize>) {
        let title = (self.head.end..range.end).find_map(|at| book(words, at));
        if let Some(title) = title.filter(|_| !self.dates.is_empty()) {
            self.book_words = title_words(words, &title);
        }
    }
}
