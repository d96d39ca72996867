//! What a short citation says after its names: years, a title, "op. cit.", a note.

use std::ops::Range;

use super::super::cross_reference::CrossReference;
use super::super::date::Date;
use super::super::elements::Elements;
use super::super::pages::locators;
use super::super::record::{talk_kind, talk_words};
use super::super::vocabulary::{NoteDirection, ibid, is_and, op_cit, signals};
use super::super::when::when;
use super::super::words::Words;
use super::grammar::ShortElement;
use super::{FormKind, MAX_TITLE_WORDS, ShortForm};

/// Years before this are taken for pages behind "op. cit.".
const EARLIEST_YEAR: u16 = 1600;

/// What a short citation says after its names, in whatever order.
#[derive(Debug, Default)]
pub(super) struct ParsedDetails {
    pub(super) dates: Vec<(Date, Range<usize>)>,
    pub(super) is_span: bool,
    /// Whether the dates stand in brackets.
    pub(super) in_brackets: bool,
    /// Whether a comma stands before the dates.
    pub(super) comma: bool,
    /// The words of a title that is set off, or that follows a year in brackets.
    pub(super) title: Range<usize>,
    pub(super) op_cit: bool,
    /// Whether what stands for a title is the word for a talk: "interview with author".
    pub(super) talk: bool,
    /// Whether it says "ibid." after a name.
    pub(super) ibid: bool,
    pub(super) notes: Vec<u32>,
    pub(super) direction: Option<NoteDirection>,
    pub(super) next: usize,
}

impl ParsedDetails {
    pub(super) fn read(
        words: &Words<'_>,
        at: usize,
        end: usize,
        after_name: bool,
    ) -> ParsedDetails {
        let mut said = ParsedDetails {
            next: at,
            title: at..at,
            ..ParsedDetails::default()
        };
        while said.next < end {
            // "HOLANDA, S. B. de. *Raízes do Brasil*, cit."
            let is_point = words.is_mark(said.next, '.') && words.is_set_off(said.next + 1);
            let comma = usize::from(words.is_one_of_marks(said.next, &[',', ':']) || is_point);
            let next = said.next + comma;
            let read = said.read_dates(words, next, end, comma > 0)
                || said.read_notes(words, next, end, after_name)
                || said.read_op_cit(words, next)
                || (after_name && said.read_ibid(words, next))
                || (after_name && said.read_talk(words, next, end))
                || said.read_title(words, next, end);
            if !read {
                break;
            }
        }
        said
    }

    fn read_dates(&mut self, words: &Words<'_>, at: usize, end: usize, comma: bool) -> bool {
        if !self.dates.is_empty() || !self.notes.is_empty() {
            return false;
        }
        let Some(when) = when(words, at, end) else {
            return false;
        };
        // "Arendt, op. cit., 1958a, p. 8" says which work; "op. cit., 1958–1960" is pages.
        if self.op_cit && (when.is_span || when.in_brackets) {
            return false;
        }
        // "Arendt, op. cit., 1204" is a page of a long book.
        let is_page =
            |(date, _): &(Date, Range<usize>)| date.letter.is_none() && date.year < EARLIEST_YEAR;
        if self.op_cit && when.dates.iter().any(is_page) {
            return false;
        }
        self.comma = comma;
        self.in_brackets = when.in_brackets;
        self.is_span = when.is_span;
        self.dates = when.dates;
        self.next = when.next;
        true
    }

    fn read_notes(&mut self, words: &Words<'_>, at: usize, end: usize, after_name: bool) -> bool {
        if !self.notes.is_empty() {
            return false;
        }
        let close = words
            .closing(at)
            .filter(|close| words.is_one_of_marks(at, &['(', '[']) && *close < end);
        let inside = at + usize::from(close.is_some());
        let inside = if close.is_some() {
            signals(words, inside)
        } else {
            inside
        };
        let Some(reference) = CrossReference::read(words, inside) else {
            return false;
        };
        let (direction, next) = (reference.direction, reference.next);
        // "Smith (2019), n. 5" is a note of Smith's.
        let is_theirs = !self.dates.is_empty() && direction == NoteDirection::Unsaid;
        let next = match close {
            Some(close) if locators(words, next, close) == close => close + 1,
            Some(_) => return false,
            None if is_theirs && after_name => return false,
            None => next,
        };
        self.notes = reference.numbers;
        self.direction = Some(direction);
        self.next = next;
        true
    }

    fn read_op_cit(&mut self, words: &Words<'_>, at: usize) -> bool {
        let open = usize::from(words.is_one_of_marks(at, &['(', '[']));
        let Some(next) = op_cit(words, at + open).filter(|_| !self.op_cit) else {
            return false;
        };
        if open == 0 {
            self.op_cit = true;
            self.next = next;
            return true;
        }
        // "Rochet (op. cit., p. 208–209), who"
        let close = words.closing(at);
        let is_all = |close: &usize| next == *close || locators(words, next, *close) == *close;
        let Some(close) = close.filter(is_all) else {
            return false;
        };
        self.op_cit = true;
        self.next = close + 1;
        true
    }

    fn read_ibid(&mut self, words: &Words<'_>, at: usize) -> bool {
        let Some(next) = ibid(words, at).filter(|_| !self.ibid && self.dates.is_empty()) else {
            return false;
        };
        self.ibid = true;
        self.next = next;
        true
    }

    fn read_talk(&mut self, words: &Words<'_>, at: usize, end: usize) -> bool {
        let is_free = self.title.is_empty() && self.dates.is_empty() && self.notes.is_empty();
        let Some(title) = talk_words(words, at, end).filter(|_| is_free) else {
            return false;
        };
        self.next = title.end;
        self.title = talk_kind(words, &title);
        self.talk = true;
        true
    }

    fn read_title(&mut self, words: &Words<'_>, at: usize, end: usize) -> bool {
        // "*46 States Now Have Laws*" is no page.
        let is_set_off = words.is_set_off(at) && words.is_set_off(at + 1);
        if !self.title.is_empty() || !is_set_off && locators(words, at, end) > at {
            return false;
        }
        let mut next = at;
        let end = end.min(at + MAX_TITLE_WORDS);
        if words.is_set_off(at) {
            while next < end && words.is_set_off(next) {
                next += 1;
            }
        } else if self.in_brackets && !self.op_cit && words.is_capital(at) {
            let ends =
                |at| words.is_one_of_marks(at, &['.', ',', '(', '[']) || words.is_set_off(at);
            let is_over = |at| words.is_link(at) || ends(at) || op_cit(words, at).is_some();
            while next < end && !is_over(next) {
                next += 1;
            }
        } else if words.is_mark(at.wrapping_sub(1), ':') && words.is_capital(at) {
            next = before_op_cit(words, at, end).unwrap_or(at);
        }
        if next == at {
            return false;
        }
        self.title = at..next;
        self.next = next;
        true
    }

    /// What it says, for the grammar.
    pub(super) fn items(&self) -> Vec<ShortElement> {
        let items = [
            (!self.dates.is_empty(), ShortElement::Date),
            (!self.title.is_empty() && !self.talk, ShortElement::Title),
            (self.talk, ShortElement::Talk),
            (self.op_cit, ShortElement::OpCit),
            (self.ibid, ShortElement::Ibid),
            (!self.notes.is_empty(), ShortElement::Note),
        ];
        let said = items.into_iter().filter(|(is_said, _)| *is_said);
        said.map(|(_, item)| item).collect()
    }

    /// Whether the names are such as this form can have.
    pub(super) fn fits(&self, words: &Words<'_>, elements: &Elements, kind: FormKind) -> bool {
        let commas = elements.list.len() > 1 && words.slice(&elements.words()).contains(',');
        let is_ended = elements.et_al || ends_in_and(words, elements);
        let has_list = commas && !is_ended && !has_initials(words, elements);
        match kind {
            FormKind::Note | FormKind::OpCit | FormKind::NameIbid => {
                !elements.list.is_empty() || !self.title.is_empty()
            }
            // "Hans Müller, Berlin 2019" is a place and a year.
            FormKind::NameYear => !elements.list.is_empty() && (self.in_brackets || !has_list),
            FormKind::Title | FormKind::NamePage => !elements.list.is_empty(),
            FormKind::Ibid | FormKind::Idem | FormKind::Designation => false,
        }
    }

    pub(super) fn give(self, form: &mut ShortForm) {
        form.dates = self.dates;
        form.is_span = self.is_span;
        form.notes = self.notes;
        form.direction = self.direction.unwrap_or(NoteDirection::Unsaid);
        form.words.end = self.next;
    }
}

/// Where a title ends that is not set off and goes before "op. cit.": „Luhmann: Soziale Systeme,
/// a.a.O.“
fn before_op_cit(words: &Words<'_>, at: usize, end: usize) -> Option<usize> {
    const MAX_WORDS: usize = 14;
    let is_over = |at: &usize| words.is_one_of_marks(*at, &['.', ';', '(']) || words.is_link(*at);
    let stop = (at..end.min(at + MAX_WORDS))
        .find(is_over)
        .unwrap_or(end.min(at + MAX_WORDS));
    let comma = (at..stop).find(|at| words.is_mark(*at, ',') && op_cit(words, at + 1).is_some());
    comma.filter(|comma| *comma > at)
}

/// Whether "and" stands before the last name of a list.
fn ends_in_and(words: &Words<'_>, elements: &Elements) -> bool {
    let last = elements.list.last().map(|element| element.words.start);
    last.and_then(|start| start.checked_sub(1))
        .is_some_and(|before| is_and(words, before))
}

/// Whether a list is of the kind "Smith, J.".
fn has_initials(words: &Words<'_>, elements: &Elements) -> bool {
    let second = elements.list.get(1).map(|element| element.words.start);
    second.is_some_and(|at| words.folded(at).chars().count() == 1 && words.is_mark(at + 1, '.'))
}
