//! Where the title of a citation begins and ends.

use std::ops::Range;

use super::super::date;
use super::super::elements::{Elements, HeadSegment, is_person};
use super::super::languages::Class;
use super::super::pages::locators;
use super::super::short::{MAX_TITLE_WORDS, title_words};
use super::super::vocabulary::{is_and, is_locator, is_particle, signals};
use super::super::words::Words;
use super::Full;
use super::journal::comma_before_journal;

impl Full {
    /// `ends` are the marks that end a title which is not set off.
    pub(super) fn take_title(
        &mut self,
        words: &Words<'_>,
        start: usize,
        end: usize,
        ends: &[char],
    ) {
        let mut next = start;
        // "50 cosas que hay que saber de psicología"
        let is_counted = words.is_number(start)
            && words.is_small(start + 1)
            && words.folded(start + 1).chars().count() > 3
            && !is_locator(words, start + 1);
        // "ALEXY, 2011, p. 75": but "Orwell, 1984, London 1949".
        let is_year = date::year(words, start).is_some()
            && words.is_mark(start + 1, ',')
            && (start + 2..end).all(|at| date::year(words, at).is_none());
        let is_page = locators(words, start, end) > start && !is_counted || is_year;
        let end = if is_page {
            start
        } else {
            end.min(start + MAX_TITLE_WORDS)
        };
        if let Some(close) = self.quoted_title(words, start, end) {
            next = close + 1;
        } else if words.is_set_off(start) {
            while next < end && words.is_set_off(next) {
                next += 1;
                // "*Prosecutor* v. *Roe*"
                next = behind_versus(words, next)
                    .or_else(|| behind_dash(words, next))
                    .unwrap_or(next);
            }
            // "*Roe on Judging, in* THE BOOK"
            if words.is(next.wrapping_sub(1), Class::In)
                && words.is_small(next.wrapping_sub(1))
                && words.is_mark(next.wrapping_sub(2), ',')
            {
                next -= 2;
            }
        } else {
            while next < end && !ends_title(words, next, start, ends) {
                next += 1;
            }
            next = comma_before_journal(words, next, end).unwrap_or(next);
            next = before_page(words, start, next);
        }
        self.title = start..next;
        self.title_words = title_words(words, &self.title);
    }

    /// The mark that closes a title in quotation marks: what is set in italics behind it is the
    /// journal.
    fn quoted_title(&self, words: &Words<'_>, start: usize, end: usize) -> Option<usize> {
        let close = words.closing(start).filter(|close| *close < end)?;
        let is_quoted = !words.is_one_of_marks(start, &['(', '[']);
        (is_quoted && close > start + 1).then_some(close)
    }

    /// "Albert O. Hirschman, Exit, Voice, and Loyalty (1970)": a full name, and what follows it up
    /// to the year is the title.
    pub(super) fn take_title_before_year(
        &mut self,
        words: &Words<'_>,
        elements: &Elements,
    ) -> bool {
        let mut list = elements.list.iter();
        let (Some(first), Some(second)) = (list.next(), list.next()) else {
            return false;
        };
        let names = first.words.clone().filter(|at| words.is_capital(*at));
        // „Häußling, Arbeitsrecht in Schweden (2016)“
        let is_phrase = is_phrase(words, second.words.start, list.clone())
            || list.clone().next().is_none()
                && second.words.len() > 2
                && second
                    .words
                    .clone()
                    .any(|at| words.is_small(at) && !is_particle(words, at));
        let is_full_name = (names.count() > 1 || is_phrase) && is_person(words, &first.words);
        let has_initial = first
            .words
            .clone()
            .any(|at| words.is_capital(at) && words.folded(at).chars().count() == 1);
        let is_of_title = |at: usize| {
            words.is(at, Class::NoName) && words.folded(at).len() > 1 || words.is(at, Class::And)
        };
        let others_are_names = !is_in_capitals(words, elements)
            && list.clone().chain([second]).all(|element| {
                let is_name = element.words.len() > 1 && is_person(words, &element.words);
                is_name && !element.words.clone().any(is_of_title)
            });
        if !is_full_name || !second.after_comma || (others_are_names && !has_initial) {
            return false;
        }
        self.keep_only_first(words, elements);
        self.title = second.words.start..elements.words().end;
        self.title_words = title_words(words, &self.title);
        true
    }

    /// Of what is named for later and has no title yet: its words up to the first comma or bracket.
    pub(super) fn take_title_of_named(&mut self, words: &Words<'_>, range: &Range<usize>) -> bool {
        let start = signals(words, range.start);
        // "13A Wright & Miller's Federal Practice"
        let start = start + usize::from(words.is_number(start) && words.is_capital(start + 1));
        if !words.is_capital(start) && !words.is_set_off(start) {
            return false;
        }
        if self.title.is_empty() {
            let ends = |at: &usize| words.is_one_of_marks(*at, &[',', '(', '[']);
            let end = (start..range.end).find(ends).unwrap_or(range.end);
            self.title = start..end;
            self.title_words = title_words(words, &self.title);
        }
        if self.dates.is_empty() {
            self.dates = self.late_dates(words, range);
        }
        true
    }
}

/// "JANE ROE, AUTONOMOUS BODIES": whether a head is set in capitals as those of books are in reviews of law,
/// which join several authors by "&".
fn is_in_capitals(words: &Words<'_>, elements: &Elements) -> bool {
    let is_set = |at: usize| {
        words.is_acronym(at)
            || !words.is_word(at)
            || words.is_capital(at) && words.folded(at).chars().count() == 1
    };
    elements.list.len() == 2 && !elements.et_al && elements.words().all(is_set)
}

/// Reads over the dash between two numbers that are set off: "*Trade, 1860*–*1914*".
fn behind_dash(words: &Words<'_>, at: usize) -> Option<usize> {
    let is_joined = words.is_one_of_marks(at, &['–', '-']) && !words.is_set_off(at);
    let next = at + 1;
    let are_numbers = words.is_number(at.wrapping_sub(1)) && words.is_number(next);
    (is_joined && are_numbers && words.is_set_off(next)).then_some(next)
}

/// "LAWS OF THE SEA 37 (Harbour 1983)", "LAWS OF THE SEA at 37 (1983)": where a title in capitals ends
/// before the page that the bracket of its year follows.
fn before_page(words: &Words<'_>, start: usize, end: usize) -> usize {
    let page = end.wrapping_sub(1);
    let is_followed = words
        .closing(end)
        .is_some_and(|close| date::year(words, close.wrapping_sub(1)).is_some());
    let is_page = words.is_number(page) && date::year(words, page).is_none() && is_followed;
    if !is_page || page <= start {
        return end;
    }
    let at = page - 1;
    let last = if words.folded(at) == "at" { at } else { page };
    let is_set = |at: usize| !words.is_small(at) || words.is(at, Class::PhraseEnd);
    let is_capitals = (start..last).filter(|at| words.is_acronym(*at)).count() > 1;
    if last > start && is_capitals && (start..last).all(is_set) {
        last
    } else {
        end
    }
}

/// Reads over the "v." between two parties that are set off.
fn behind_versus(words: &Words<'_>, at: usize) -> Option<usize> {
    let is_versus = matches!(words.folded(at), "v" | "vs") && words.is_small(at);
    let next = at + 1 + usize::from(words.is_mark(at + 1, '.'));
    (is_versus && !words.is_set_off(at) && words.is_set_off(next)).then_some(next)
}

/// „Jacobs, Labour and the Law in Europe (2011)“: "and" joins no names where "the" or "its" stands
/// behind it, and no body is named.
fn is_phrase<'a>(
    words: &Words<'_>,
    start: usize,
    mut others: impl Iterator<Item = &'a HeadSegment>,
) -> bool {
    let Some(other) = others.next().filter(|_| others.next().is_none()) else {
        return false;
    };
    let last = other.words.clone();
    let is_joined = is_and(words, last.start.wrapping_sub(1));
    let small = last.clone().filter(|at| words.is_small(*at)).count();
    is_joined
        && words.is_small(last.start)
        && words.is(last.start, Class::TitleArticle)
        && small > 1
        && !(start..last.end).any(|at| words.is(at, Class::Organisation))
}

pub(super) fn begins_title(words: &Words<'_>, at: usize) -> bool {
    // "s.v. “Lyre.” *Encyclopedia Britannica*"
    let is_entry = words.folded(at) == "s" && words.folded(at + 2) == "v";
    words.is_capital(at)
        || words.is_set_off(at)
        || is_entry && words.is_mark(at + 1, '.') && words.is_mark(at + 3, '.')
        || (words.is_number(at) && words.is_capital(at + 1))
}

fn ends_title(words: &Words<'_>, at: usize, start: usize, ends: &[char]) -> bool {
    let is_initial =
        words.is_mark(at, '.') && words.folded(at.wrapping_sub(1)).chars().count() == 1;
    let point = words.is_one_of_marks(at, ends) && at > start && !is_initial;
    let close = words.closing(at).unwrap_or(at);
    let is_dated =
        date::read(words, at + 1).is_some() || date::year(words, close.wrapping_sub(1)).is_some();
    let bracket = words.is_one_of_marks(at, &['(', '[']) && is_dated;
    point || bracket || words.is_link(at) || words.is_set_off(at)
}
