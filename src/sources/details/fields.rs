//! Reading the fields that follow the title of a source.

use std::ops::Range;

use super::super::elements::Elements;
use super::super::languages::Class;
use super::super::people::people;
use super::super::short::after_editors;
use super::super::vocabulary::is_locator;
use super::super::words::Words;
use super::{Details, SourceKind};

/// How many words the name of a journal or a publisher may have.
pub(super) const MAX_NAME_WORDS: usize = 14;

/// Where a source is being read: its words from the end of its title on.
pub(super) struct Rest<'a> {
    pub(super) words: &'a Words<'a>,
    pub(super) range: Range<usize>,
}

impl Rest<'_> {
    /// Reads the journal, the book around it, or the imprint.
    pub(super) fn read(&self, details: &mut Details) {
        let start = self.skip(self.range.start, &[',', '.', ':', '”', '“', '»', '"', '’']);
        if self.bluebook(details) {
            details.kind = SourceKind::Article;
        } else if self.is_behind_quotes(start) && self.by_year(start, details) {
            // All of it is read.
        } else if self.is_in(start) {
            self.container_of(start + 1, details);
        } else if self.is_emphasised(start) {
            let end = self.emphasised_end(start);
            let has_numbers = self.numbers(end, details);
            let has_day = details.date.is_some_and(|date| date.day.is_some());
            if has_numbers || has_day {
                details.container = self.text(start..end);
                details.kind = if has_numbers {
                    SourceKind::Article
                } else {
                    SourceKind::Newspaper
                };
            }
        } else {
            self.unset_journal(start, details);
        }
        self.contributors(details);
        self.imprint(details);
        self.edition(details);
        self.volume_of_book(details);
    }

    /// Whether a title in quotation marks ends right before.
    fn is_behind_quotes(&self, at: usize) -> bool {
        let quotes = ['”', '“', '’', '‘', '"', '»', '«'];
        (self.range.start.saturating_sub(1)..at).any(|at| self.words.is_one_of_marks(at, &quotes))
    }

    /// "in", "In:", "dans".
    fn is_in(&self, at: usize) -> bool {
        self.words.is(at, Class::In) && at < self.range.end
    }

    /// The book that a chapter stands in, with its editors.
    fn container_of(&self, at: usize, details: &mut Details) {
        let words = self.words;
        let start = self.skip(at, &[':']);
        let mut title = start;
        if !words.is_set_off(start) {
            let elements = Elements::read(words, start, self.range.end);
            if elements.ends_in_initials {
                self.container_behind_initials(&elements, details);
                return;
            }
            let behind = after_editors(words, elements.next);
            if behind > elements.next && elements.are_persons(words) {
                details.editors = people(words, &elements.list, true);
                title = self.skip(behind, &[',', ':']);
                // "In: HECK, L. A. (org.). Direitos fundamentais. Porto Alegre"
                if words.is_mark(behind, '.') && self.container_up_to_point(behind + 1, details) {
                    return;
                }
            } else if elements.are_persons(words)
                && words.is_mark(elements.next, ',')
                && words.is_set_off(elements.next + 1)
            {
                title = elements.next + 1;
            }
        }
        if !self.is_emphasised(title) {
            details.editors.clear();
            // „in: Tee heute, 23. Jg. (2026), Heft 4, S. 7–9“
            self.unset_journal(start, details);
            return;
        }
        let end = self.emphasised_end(title);
        details.container = self.text(title..end);
        details.kind = if self.numbers(end, details) && !details.volume.is_empty() {
            SourceKind::Article
        } else {
            SourceKind::Chapter
        };
        if details.kind == SourceKind::Chapter && details.pages.is_empty() {
            let led = |at: &usize| {
                let before = at.wrapping_sub(1);
                let word = before.wrapping_sub(usize::from(words.is_mark(before, '.')));
                self.is_span(*at) && (is_locator(words, word) || words.is_mark(before, ','))
            };
            let span = (end..self.range.end).find(led);
            details.pages = span.and_then(|span| self.pages(span)).unwrap_or_default();
        }
    }

    /// "In: ZANETTO, H.; CABREIRA, T. N. X. Justiça multiportas. Salvador": the book, up to its point. They
    /// may be its authors.
    fn container_behind_initials(&self, elements: &Elements, details: &mut Details) {
        self.container_up_to_point(self.skip(elements.next, &['.']), details);
    }

    fn container_up_to_point(&self, start: usize, details: &mut Details) -> bool {
        let words = self.words;
        let ends = |at: &usize| words.is_one_of_marks(*at, &['.', ';']) || words.is_link(*at);
        let end = (start..self.range.end).find(ends);
        let Some(end) = end.filter(|end| *end > start && words.is_capital(start)) else {
            return false;
        };
        details.container = self.text(start..end);
        details.kind = SourceKind::Chapter;
        true
    }

    pub(super) fn says_thesis(&self) -> bool {
        let mut all = self.range.clone();
        all.any(|at| self.words.is(at, Class::Thesis) && !self.words.is_set_off(at))
    }

    /// "Bd. 3" of a book that stands in no other.
    fn volume_of_book(&self, details: &mut Details) {
        let words = self.words;
        let number = |at: usize| self.skip(at + 1, &['.']);
        let is_volume = |at: &usize| {
            words.is(*at, Class::Volume) && words.is_outside(*at) && words.is_number(number(*at))
        };
        let found = self.range.clone().find(is_volume);
        let is_free =
            details.volume.is_empty() && details.container.is_empty() && details.series.is_empty();
        if let Some(at) = found.filter(|_| is_free) {
            details.volume = words.raw(number(at)).to_owned();
        }
    }

    /// "2nd ed.", "2. Aufl.", "3rd edn".
    fn edition(&self, details: &mut Details) {
        let words = self.words;
        let found = self.range.clone().find(|at| {
            let next = self.skip(at + 1, &['.']);
            words.is_number(*at) && words.is(next, Class::Edition)
        });
        if let Some(at) = found {
            let digits: String = words
                .raw(at)
                .chars()
                .take_while(char::is_ascii_digit)
                .collect();
            if digits.len() < 3 {
                details.edition = digits;
            }
        }
    }

    pub(super) fn is_emphasised(&self, at: usize) -> bool {
        at < self.range.end && self.words.get(at).is_some_and(|word| word.emphasised)
    }

    pub(super) fn emphasised_end(&self, at: usize) -> usize {
        let mut end = at;
        while self.is_emphasised(end) {
            end += 1;
        }
        end
    }

    pub(super) fn skip(&self, at: usize, marks: &[char]) -> usize {
        let mut next = at;
        while next < self.range.end && self.words.is_one_of_marks(next, marks) {
            next += 1;
        }
        next
    }

    pub(super) fn text(&self, range: Range<usize>) -> String {
        super::clean(self.words.slice(&range))
    }
}
