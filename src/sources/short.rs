//! Short citations: the forms in which they are written.
//!
//! This is the grammar, and all of it. A part of a note is a short citation if it reads as one of
//! these forms from its first word, leading words such as "see also" aside:
//!
//! | form | examples |
//! |---|---|
//! | [`FormKind::Ibid`] | `Ibid., p. 4.` · `Id. at 12.` · `Ebd., S. 7 f.` · `A.a.O., S. 3.` · `Loc. cit.` |
//! | [`FormKind::Idem`] | `Ders. (2019), S. 4.` · `Idem 2019, p. 4.` · `Ders., a.a.O., S. 4.` |
//! | [`FormKind::OpCit`] | `Smith, op. cit., p. 4.` · `Smith (2019) op cit.` · `Smith, *Title*, op. cit.` · `Müller, a.a.O., S. 4.` · `Dupont, art. cit., p. 4.` · `Dupont, précité.` · `Smith, cited above.` |
//! | [`FormKind::Note`] | `See note 5 above.` · `Smith (n 5) 12.` · `Smith, supra note 5, at 12.` · `Müller (Fn. 5), S. 4.` · `Dupont, cité supra note 5.` · `See below, note 32.` |
//! | [`FormKind::NameYear`] | `Smith (2019).` · `Smith 2019, p. 4.` · `Smith & Jones (2019: 4)` · `Smith et al. 2019` · `Smith 2021a, 2021b.` · `Joint Statements 2022, 2023.` · `Ministry (2025, 30 October).` |
//! | [`FormKind::Title`] | `Smith, *Short Title*, 45.` · `Smith, “Short Title,” 45.` · `Smith, Short Title, p. 45.` |
//! | [`FormKind::NamePage`] | `Smith, p. 45.` · `Müller, S. 45.` |
//!
//! What it stands for is found in `resolve`. A form is a claim, not a verdict: `Moscow 2019.`
//! reads as a name and a year too, and is one only if a source says so.

use std::ops::Range;

use super::date::{self, Date};
use super::names::{Elements, Names};
use super::vocabulary::{
    Direction, ibid, idem, is_and, is_function_word, is_locator, is_particle, is_remark,
    note_reference, op_cit, signals, stands_alone,
};
use super::words::Words;

/// A short citation, as it is written.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pub(super) kind: FormKind,
    /// The ways to part what it says into names and a title, the likeliest first. Empty if it
    /// says neither.
    pub(super) claims: Vec<Claim>,
    /// The years or dates that it gives, and the words that each is.
    pub(super) dates: Vec<(Date, Range<usize>)>,
    /// Whether the dates are the ends of a span: "2022–2024".
    pub(super) is_span: bool,
    /// The notes that it refers to, by number.
    pub(super) notes: Vec<u32>,
    pub(super) direction: Direction,
    /// Whether it can be nothing but a citation, found or not.
    pub(super) is_sure: bool,
    /// Whether it can be a citation in full just as well, if no source before agrees.
    pub(super) may_be_full: bool,
    /// The words of its names; empty if it names nobody.
    pub(super) head: Range<usize>,
    /// Whether it gives pages.
    pub(super) has_pages: bool,
    /// Its words, with its pages and without what leads up to it.
    pub(super) words: Range<usize>,
}

/// Which form it has: see the table above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FormKind {
    Ibid,
    Idem,
    OpCit,
    Note,
    NameYear,
    Title,
    NamePage,
}

/// Whom and what a short citation names.
#[derive(Debug, Clone, Default)]
pub(super) struct Claim {
    /// Empty if it names nobody.
    pub(super) names: Names,
    /// Folded words with a space around each; empty if there is no title.
    pub(super) title: String,
}

/// How many words of a title are looked at.
pub(super) const LONGEST_TITLE: usize = 80;

impl Form {
    pub(super) fn new(kind: FormKind, words: Range<usize>) -> Form {
        Form {
            kind,
            claims: Vec::new(),
            dates: Vec::new(),
            is_span: false,
            notes: Vec::new(),
            direction: Direction::Unsaid,
            is_sure: true,
            may_be_full: false,
            head: words.start..words.start,
            has_pages: false,
            words,
        }
    }
}

/// Reads the short citation that a part of a note begins with.
pub(super) fn read(words: &Words<'_>, at: usize, end: usize) -> Option<Form> {
    let start = signals(words, at);
    if start >= end {
        return None;
    }
    if let Some(next) = ibid(words, start) {
        let next = locators(words, next, end);
        return Some(Form::new(FormKind::Ibid, start..next));
    }
    if let Some(next) = idem(words, start) {
        return same_author(words, start, next, end);
    }
    if let Some(form) = nameless(words, start, end) {
        return Some(form);
    }
    named(words, start, end)
}

/// Reads "2022, p. 5" after "Smith 2019;": another year of the same names.
pub(super) fn read_further(words: &Words<'_>, part: &Range<usize>, last: &Form) -> Option<Form> {
    let when = dates(words, part.start, part.end)?;
    let next = locators(words, when.next, part.end);
    is_rest(words, next, part.end).then(|| Form {
        dates: when.dates,
        is_span: when.is_span,
        is_sure: true,
        may_be_full: false,
        words: part.start..next,
        ..last.clone()
    })
}

/// "Idem 2019", "Ders., a.a.O.", "Id. at 5".
fn same_author(words: &Words<'_>, start: usize, next: usize, end: usize) -> Option<Form> {
    let mut form = Form::new(FormKind::Idem, start..next);
    let said = Said::read(words, next, end, true);
    let has_said = !said.dates.is_empty() || said.op_cit || !said.notes.is_empty();
    if !has_said && !said.title.is_empty() {
        return None;
    }
    if !has_said {
        let after = locators(words, next, end);
        if after == next && !is_rest(words, next, end) {
            return None;
        }
        let next = after;
        let is_german = words.folded(start).starts_with('d');
        form.words.end = next;
        form.kind = if is_german {
            FormKind::Idem
        } else {
            FormKind::Ibid
        };
        return Some(form);
    }
    if !said.notes.is_empty() {
        form.kind = FormKind::Note;
    }
    form.claims = vec![Claim {
        names: Names::default(),
        title: title_words(words, &said.title),
    }];
    said.give(&mut form);
    form.words.end = locators(words, form.words.end, end);
    Some(form)
}

/// "A.a.O., S. 3", "op. cit., p. 4", "see note 5 above", "(n 5)".
fn nameless(words: &Words<'_>, start: usize, end: usize) -> Option<Form> {
    let said = Said::read(words, start, end, false);
    if !said.notes.is_empty() && said.title.is_empty() {
        let mut form = Form::new(FormKind::Note, start..said.next);
        said.give(&mut form);
        form.words.end = locators(words, form.words.end, end);
        return Some(form);
    }
    if !said.op_cit || !said.title.is_empty() || matches!(words.folded(start), "supra" | "wie") {
        return None;
    }
    let kind = if stands_alone(words, start) {
        FormKind::Ibid
    } else {
        FormKind::OpCit
    };
    Some(Form::new(kind, start..locators(words, said.next, end)))
}

/// The forms that begin with a name, or with a title that an "op. cit." or a note follows.
fn named(words: &Words<'_>, start: usize, end: usize) -> Option<Form> {
    let elements = Elements::read(words, start, end);
    if !begins_with_name(words, start) && !words.is_set_off(start) {
        return None;
    }
    let next = after_editors(words, elements.next);
    let said = Said::read(words, next, end, true);
    let after = locators(words, said.next, end);
    let mut form = Form::new(said.kind(after)?, start..after);
    if !said.fits(words, &elements, form.kind) {
        return None;
    }
    form.claims = claims(words, &elements, &said, form.kind);
    form.head = elements.words();
    form.has_pages = after > said.next;
    let is_named = !elements.list.is_empty();
    form.is_sure = match form.kind {
        FormKind::NameYear => {
            said.in_brackets || (elements.are_names(words) && (after > said.next || !said.comma))
        }
        FormKind::Title => is_named && !said.title.is_empty() && after > said.next,
        FormKind::NamePage => false,
        _ => true,
    };
    said.give(&mut form);
    form.words.end = after;
    let titled = form.kind == FormKind::NameYear && form.claims.iter().any(|c| !c.title.is_empty());
    form.may_be_full = titled;
    Some(form)
}

fn begins_with_name(words: &Words<'_>, at: usize) -> bool {
    let word = words.folded(at);
    let is_article = matches!(word, "the" | "der" | "die" | "das" | "le" | "la" | "les");
    let is_initial = word.chars().count() == 1 && words.is_mark(at + 1, '.');
    let named_after = (1..3).any(|further| words.is_capital(at + further));
    if words.is_capital(at) {
        !is_function_word(word) || is_initial || words.is_acronym(at) || (is_article && named_after)
    } else {
        words.is_small(at) && is_particle(word) && named_after
    }
}

/// Reads over "(ed.)", "(eds.)", "(Hg.)", "(dir.)".
pub(super) fn after_editors(words: &Words<'_>, at: usize) -> usize {
    let next = at + usize::from(words.is_mark(at, ','));
    let open = words.is_one_of_marks(next, &['(', '[']);
    let word = next + usize::from(open);
    let is_editor = matches!(
        words.folded(word),
        "ed" | "eds"
            | "editor"
            | "editors"
            | "hg"
            | "hgg"
            | "hrsg"
            | "dir"
            | "coord"
            | "ubers"
            | "trans"
    );
    if !is_editor {
        return at;
    }
    match words.closing(next) {
        Some(close) if open => close + 1,
        _ => word + 1 + usize::from(words.is_mark(word + 1, '.')),
    }
}

/// What a short citation says after its names, in whatever order.
#[derive(Debug, Default)]
struct Said {
    dates: Vec<(Date, Range<usize>)>,
    is_span: bool,
    /// Whether the dates stand in brackets.
    in_brackets: bool,
    /// Whether a comma stands before the dates.
    comma: bool,
    /// The words of a title that is set off, or that follows a year in brackets.
    title: Range<usize>,
    op_cit: bool,
    notes: Vec<u32>,
    direction: Option<Direction>,
    next: usize,
}

impl Said {
    fn read(words: &Words<'_>, at: usize, end: usize, after_name: bool) -> Said {
        let mut said = Said {
            next: at,
            title: at..at,
            ..Said::default()
        };
        while said.next < end {
            let comma = usize::from(words.is_one_of_marks(said.next, &[',', ':']));
            let next = said.next + comma;
            let read = said.read_dates(words, next, end, comma > 0)
                || said.read_notes(words, next, end, after_name)
                || said.read_op_cit(words, next)
                || said.read_title(words, next, end);
            if !read {
                break;
            }
        }
        said
    }

    fn read_dates(&mut self, words: &Words<'_>, at: usize, end: usize, comma: bool) -> bool {
        if !self.dates.is_empty() || !self.notes.is_empty() || self.op_cit {
            return false;
        }
        let Some(when) = when(words, at, end) else {
            return false;
        };
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
        let Some((numbers, direction, next)) = note_reference(words, inside) else {
            return false;
        };
        // "Smith (2019), n. 5" is a note of Smith's.
        let is_theirs = !self.dates.is_empty() && direction == Direction::Unsaid;
        let next = match close {
            Some(close) if locators(words, next, close) == close => close + 1,
            Some(_) => return false,
            None if is_theirs && after_name => return false,
            None => next,
        };
        self.notes = numbers;
        self.direction = Some(direction);
        self.next = next;
        true
    }

    fn read_op_cit(&mut self, words: &Words<'_>, at: usize) -> bool {
        let open = usize::from(words.is_one_of_marks(at, &['(', '[']));
        let Some(next) = op_cit(words, at + open).filter(|_| !self.op_cit) else {
            return false;
        };
        let closes = words.is_one_of_marks(next, &[')', ']']);
        if open > 0 && !closes {
            return false;
        }
        self.op_cit = true;
        self.next = next + open;
        true
    }

    fn read_title(&mut self, words: &Words<'_>, at: usize, end: usize) -> bool {
        if !self.title.is_empty() || locators(words, at, end) > at {
            return false;
        }
        let mut next = at;
        let end = end.min(at + LONGEST_TITLE);
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
        }
        if next == at {
            return false;
        }
        self.title = at..next;
        self.next = next;
        true
    }

    /// The form that this makes with a name before it; `after` is the place behind the pages.
    fn kind(&self, after: usize) -> Option<FormKind> {
        let has_pages = after > self.next;
        Some(if !self.notes.is_empty() {
            FormKind::Note
        } else if self.op_cit {
            FormKind::OpCit
        } else if !self.dates.is_empty() {
            FormKind::NameYear
        } else if !self.title.is_empty() {
            FormKind::Title
        } else if has_pages {
            FormKind::NamePage
        } else {
            return None;
        })
    }

    /// Whether the names are such as this form can have.
    fn fits(&self, words: &Words<'_>, elements: &Elements, kind: FormKind) -> bool {
        let commas = elements.list.len() > 1 && words.slice(&elements.words()).contains(',');
        let is_ended = elements.et_al || ends_in_and(words, elements);
        let has_list = commas && !is_ended && !has_initials(words, elements);
        match kind {
            FormKind::Note | FormKind::OpCit => !elements.list.is_empty() || !self.title.is_empty(),
            // "Hans Müller, Berlin 2019" is a place and a year.
            FormKind::NameYear => !elements.list.is_empty() && (self.in_brackets || !has_list),
            FormKind::Title | FormKind::NamePage => !elements.list.is_empty(),
            FormKind::Ibid | FormKind::Idem => false,
        }
    }

    fn give(self, form: &mut Form) {
        form.dates = self.dates;
        form.is_span = self.is_span;
        form.notes = self.notes;
        form.direction = self.direction.unwrap_or(Direction::Unsaid);
        form.words.end = self.next;
    }
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

/// The ways to part names and title: a title that is not set off is an element like a name.
fn claims(words: &Words<'_>, elements: &Elements, said: &Said, kind: FormKind) -> Vec<Claim> {
    let set_off = title_words(words, &said.title);
    let mut claims = vec![Claim {
        names: Names::of(words, &elements.list, elements.et_al),
        title: set_off.clone(),
    }];
    let end = elements.words().end;
    if set_off.is_empty() && kind != FormKind::NameYear {
        for count in (1..elements.list.len().min(5)).rev() {
            let (names, rest) = elements.list.split_at(count);
            let Some(start) = rest.first().map(|element| element.words.start) else {
                continue;
            };
            claims.push(Claim {
                names: Names::of(words, names, false),
                title: title_words(words, &(start..end)),
            });
        }
    }
    claims
}

/// The folded words of a title with a space around each, so that one title can be looked for in
/// another. A leading article does not count.
pub(super) fn title_words(words: &Words<'_>, range: &Range<usize>) -> String {
    let mut title = String::new();
    for at in range.clone() {
        let word = words.folded(at);
        let is_article = matches!(
            word,
            "the"
                | "a"
                | "an"
                | "der"
                | "die"
                | "das"
                | "ein"
                | "eine"
                | "le"
                | "la"
                | "les"
                | "un"
                | "une"
        );
        if word.is_empty() || (is_article && title.is_empty()) {
            continue;
        }
        if title.is_empty() {
            title.push(' ');
        }
        title.push_str(word);
        title.push(' ');
    }
    title
}

/// The years or dates of a citation.
#[derive(Debug)]
pub(super) struct When {
    pub(super) dates: Vec<(Date, Range<usize>)>,
    pub(super) is_span: bool,
    pub(super) in_brackets: bool,
    /// The place after.
    pub(super) next: usize,
}

/// Reads "2019", "2021a, 2021b", "2022, 2023 and 2024", "(2019: 45)", "(2025, 30 October)".
pub(super) fn when(words: &Words<'_>, at: usize, end: usize) -> Option<When> {
    if !words.is_one_of_marks(at, &['(', '[']) {
        return dates(words, at, end);
    }
    let close = words.closing(at).filter(|close| *close < end)?;
    let mut when = dates(words, at + 1, close)?;
    if locators(words, when.next, close) != close {
        return None;
    }
    when.in_brackets = true;
    when.next = close + 1;
    Some(when)
}

/// Reads a list of dates that stands in no brackets of its own.
pub(super) fn dates(words: &Words<'_>, at: usize, end: usize) -> Option<When> {
    let (first, mut next) = date::read(words, at)?;
    if next > end {
        return None;
    }
    let mut dates = vec![(first, at..next)];
    let mut is_span = false;
    while next < end {
        let comma = usize::from(words.is_one_of_marks(next, &[',', ';']));
        let and = usize::from(is_and(words, next + comma));
        let dash = usize::from(words.is_one_of_marks(next, &['–', '-']) && comma + and == 0);
        let start = next + comma + and + dash;
        if start == next {
            break;
        }
        let Some((date, after)) =
            next_date(words, start, &dates).filter(|(_, after)| *after <= end)
        else {
            break;
        };
        is_span |= dash > 0;
        dates.push((date, start..after));
        next = after;
    }
    Some(When {
        dates,
        is_span,
        in_brackets: false,
        next,
    })
}

/// Another date of a list; of "2021a, b" the second.
fn next_date(
    words: &Words<'_>,
    at: usize,
    dates: &[(Date, Range<usize>)],
) -> Option<(Date, usize)> {
    let (last, _) = dates.last()?;
    let mut chars = words.folded(at).chars();
    match (chars.next(), chars.next(), last.letter) {
        (Some(letter @ 'b'..='z'), None, Some(before))
            if before < letter && !(words.is_mark(at + 1, '.') && words.is_number(at + 2)) =>
        {
            let letter = Some(letter);
            Some((Date { letter, ..*last }, at + 1))
        }
        _ => date::read(words, at),
    }
}

/// Reads over pages and the like: ", p. 4", ": 45–67", ", S. 5 ff.", " (p. 91)", ", at 12".
/// Gives the place itself if there are none.
pub(super) fn locators(words: &Words<'_>, at: usize, end: usize) -> usize {
    let mut done = at;
    let mut bracket = None;
    let mut next = at;
    while next < end {
        let opens = words.is_one_of_marks(next, &['(', '[']);
        if Some(next) == bracket {
            bracket = None;
            done = next + 1;
        } else if opens && bracket.is_none() && words.closing(next).is_some_and(|c| c < end) {
            bracket = words.closing(next);
        } else if is_place(words, next) {
            done = if bracket.is_none() { next + 1 } else { done };
        } else if !words.is_one_of_marks(next, &[',', ':', '.', '-', '–', '/', '§', '*', '¶']) {
            break;
        }
        next += 1;
    }
    done + usize::from(done > at && done < end && words.is_mark(done, '.'))
}

/// Whether the word is a page's number, or belongs to one.
fn is_place(words: &Words<'_>, at: usize) -> bool {
    let before = at.wrapping_sub(1);
    let word = words.folded(at);
    if words.is_number(at) {
        let led = is_locator(words, before)
            || words.is_one_of_marks(before, &['–', '-', ':'])
            || (words.is_mark(before, '.') && is_locator(words, before.wrapping_sub(1)));
        return led || date::year(words, at).is_none();
    }
    let between = words.is_number(before) && words.is_number(at + 1);
    let is_roman = (word.len() > 1 || is_locator(words, before))
        && word
            .chars()
            .all(|c| matches!(c, 'i' | 'v' | 'x' | 'l' | 'c'));
    is_locator(words, at) || (is_and(words, at) && between) || is_roman
}

/// Whether nothing but a full stop or a remark such as "(emphasis added)" stands from here to
/// the end.
pub(super) fn is_rest(words: &Words<'_>, at: usize, end: usize) -> bool {
    let mut next = at;
    while next < end && words.is_one_of_marks(next, &['.', ',', ';', '(', '[', '–', '-']) {
        next += 1;
    }
    next >= end
        || is_remark(words, next)
        || (words.is_one_of_marks(next, &[')', ']']) && next + 1 >= end)
}
