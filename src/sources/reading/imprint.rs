//! What tells that a citation gives a publication: a place, a publisher, a year, pages.

use std::ops::Range;

use super::super::date;
use super::super::elements::{Elements, HeadSegment, is_person};
use super::super::languages::Class;
use super::super::pages::{is_rest, locators};
use super::super::record::is_interview;
use super::super::vocabulary::{is_locator, signals};
use super::super::words::Words;
use super::heads::is_organisation_with_title;
use super::{Full, is_small_person};

/// "(manuscript on file with author)": who has what nobody printed.
fn is_on_file(words: &Words<'_>, range: &Range<usize>) -> bool {
    range.clone().any(|at| {
        words.folded(at) == "on"
            && words.folded(at + 1) == "file"
            && words.folded(at + 2) == "with"
            && !words.is_outside(at)
    })
}

impl Full {
    /// Whether the rest has what a publication has, beyond a name and a comma.
    pub(super) fn is_published(
        &self,
        words: &Words<'_>,
        elements: &Elements,
        range: &Range<usize>,
    ) -> bool {
        if self.dates.is_empty() {
            let is_told = self.has_imprint(words, range)
                || is_on_file(words, range)
                || self.is_first_mention(words, elements, range)
                || unset_title(words, range).is_some_and(|title| title == self.title);
            return is_told && !self.title.is_empty() && !self.head.is_empty();
        }
        let is_record =
            words.is(signals(words, range.start), Class::Record) || is_interview(words, range);
        let named = self.same_authors || (!elements.list.is_empty() && self.names.are_persons());
        let set_off = words.is_set_off(self.title.start) && !self.title.is_empty();
        let untitled = self.title.is_empty();
        // A title by itself with nothing but years may be a short one: "*Reports* 2019, 2020".
        let is_titled = set_off && elements.list.is_empty();
        let is_dated = self.dates.iter().any(|date| date.day.is_some())
            || self.has_imprint(words, range)
            || (self.title.end..range.end).any(|at| words.is_one_of_marks(at, &['(', '[']));
        let organisation = is_organisation_with_title(words, elements, self.title.start);
        let is_small = is_small_person(words, elements, self.title.start);
        is_record
            || (set_off && (named || is_small && is_dated))
            || organisation
            || (is_titled && is_dated)
            || (named && !untitled && self.has_imprint(words, range))
    }

    /// "Jane Roe, *Risks: How to Think of Them*, slide 7": a full name, and a title with its subtitle
    /// that is set off, as nobody writes who cites for the second time.
    fn is_first_mention(
        &self,
        words: &Words<'_>,
        elements: &Elements,
        range: &Range<usize>,
    ) -> bool {
        let mut title = self.title.clone();
        let mut behind = title.end..range.end;
        // "Jane Roe, “The Gold Problem,” in *Good Money*, ed. John Doe, 184."
        let is_part = behind.any(|at| words.is(at, Class::In))
            && behind.any(|at| words.is(at, Class::Editors));
        let is_title =
            words.is_set_off(title.start) && (is_part || title.any(|at| words.is_mark(at, ':')));
        let is_all = !elements.list.is_empty() && elements.list.len() == self.authors.len();
        is_title && is_all && elements.list.iter().all(|one| is_full_name(words, one))
    }

    /// Whether it says pages, a volume, a place or a publisher.
    fn has_imprint(&self, words: &Words<'_>, range: &Range<usize>) -> bool {
        // "Dworkin, Law's Empire 225–32 (1986)"
        let end = self.title.end;
        let paged = words.is_number(end.wrapping_sub(1)) && words.is_mark(end, '(');
        paged
            || (self.title.end..range.end).any(|at| {
                let pages = is_locator(words, at)
                    && (words.is_number(at + 1)
                        || (words.is_mark(at + 1, '.') && words.is_number(at + 2)));
                let place = words.is_capital(at)
                    && (date::year(words, at + 1).is_some()
                        || (words.is_mark(at + 1, ':') && words.is_capital(at + 2))
                        || (words.is_mark(at + 1, ',') && date::year(words, at + 2).is_some()));
                let publisher = words.is(at, Class::Publisher);
                let comma = at == end + usize::from(words.is_one_of_marks(end, &['?', '!']));
                let paged = comma && words.is_mark(at, ',') && is_year_with_page(words, at + 1);
                pages
                    || place
                    || publisher
                    || paged
                    || (words.is_number(at) && words.is_mark(at + 1, '('))
            })
    }
}

/// The title in "Jane Roe, A Tract on the Uses of Notes, 173": behind a full name a whole title that is
/// not set off, a page, and nothing else.
pub(in super::super) fn unset_title(
    words: &Words<'_>,
    range: &Range<usize>,
) -> Option<Range<usize>> {
    const LEAST: usize = 3;
    let elements = Elements::read(words, signals(words, range.start), range.end);
    let first = elements
        .list
        .first()
        .filter(|first| is_full_name(words, first))?;
    let start = first.words.end + 1;
    let leads_to_page = |at: usize| words.is_number(at + 1) || is_locator(words, at + 1);
    let ends =
        |at: &usize| words.is_mark(*at, ',') || words.is_mark(*at, ':') && leads_to_page(*at);
    let title = start..(start..range.end).find(ends)?;
    let count = |is: &dyn Fn(usize) -> bool| title.clone().filter(|at| is(*at)).count();
    let capitals = count(&|at| words.is_capital(at));
    let small = count(&|at| words.is_small(at) && words.folded(at).len() > 3);
    let is_titled = words.is_mark(first.words.end, ',')
        && words.is_capital(start)
        && !title
            .clone()
            .any(|at| words.is_set_off(at) || words.is_mark(at, '.'))
        && count(&|at| words.is_word(at)) >= LEAST
        && capitals > small.max(1);
    let is_over = is_rest(words, locators(words, title.end, range.end), range.end);
    (is_titled && leads_to_page(title.end) && is_over).then_some(title)
}

/// Whether a person is named with more than initials and a surname.
fn is_full_name(words: &Words<'_>, element: &HeadSegment) -> bool {
    let is_name = |at: &usize| words.is_capital(*at) && words.folded(*at).chars().count() > 1;
    let names = element.words.clone().filter(is_name);
    names.count() > 1 && is_person(words, &element.words)
}

/// "1992, 15", "1968/1986, 38": a year and a page behind a title.
fn is_year_with_page(words: &Words<'_>, at: usize) -> bool {
    let reprint = at + 2 * usize::from(words.is_mark(at + 1, '/'));
    date::year(words, at).is_some()
        && date::year(words, reprint).is_some()
        && words.is_mark(reprint + 1, ',')
        && words.is_number(reprint + 2)
}
