//! Mentions: citations in running text that have no marker, such as "Smith (2019)",
//! "(Smith 2019, p. 4)" and "the joint statements of 2023 and 2024".

use std::collections::HashSet;
use std::ops::Range;

use super::cross_reference::CrossReference;
use super::date;
use super::elements::Elements;
use super::fold::stem;
use super::languages::Class;
use super::names::{MAX_SHORT_NAME_WORDS, Names};
use super::pages::{is_rest, locators};
use super::record::talk_words;
use super::short::{self, FormKind, ShortForm, WorkDescription};
use super::vocabulary::{is_and, is_function_word, is_particle, op_cit};
use super::when::{When, dates, when};
use super::words::{WordKind, Words};

/// What documents are called for short, in stems: "joint statement".
#[derive(Debug, Default)]
pub(super) struct Phrases {
    first_words: HashSet<String>,
    whole: HashSet<String>,
}

impl Phrases {
    pub(super) fn add(&mut self, phrase: &[String]) {
        self.first_words.extend(phrase.first().cloned());
        self.whole.insert(phrase.join(" "));
    }
}

/// Whether a text can hold a year at all, as a mention must: four digits in a row.
pub(super) fn has_four_digits(text: &str) -> bool {
    let mut digits = 0;
    text.bytes().any(|byte| {
        digits = if byte.is_ascii_digit() { digits + 1 } else { 0 };
        digits == 4
    })
}

/// What reads like a mention, in order and without overlap. Whether it is one, the sources say.
pub(super) fn find(words: &Words<'_>, range: &Range<usize>, phrases: &Phrases) -> Vec<ShortForm> {
    let mut forms: Vec<ShortForm> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let done = forms.last().map_or(range.start, |form| form.words.end);
        let found = in_brackets(words, at, range.end, done);
        let found = if found.is_empty() {
            of_document(words, at, range.end, done, phrases)
                .into_iter()
                .collect()
        } else {
            found
        };
        at = found
            .last()
            .map_or(at + 1, |form| form.words.end.max(at + 1));
        forms.extend(found);
    }
    forms
}

/// Adds the short citations within a sentence that name a note, say "op. cit." or give a title that
/// is set off: "as shown by Arbel & Shapira, supra note 27", "for this see Arbel, *Reputation*, 12".
/// In order and without overlap.
pub(super) fn with_marked(
    words: &Words<'_>,
    range: &Range<usize>,
    forms: Vec<ShortForm>,
) -> Vec<ShortForm> {
    let mut all: Vec<ShortForm> = Vec::with_capacity(forms.len());
    let mut done = range.start;
    let mut forms: Vec<ShortForm> = forms;
    let paged = paged_in_brackets(words, range);
    let dated = dated_in(words, range);
    let found = paged.into_iter().chain(paged_at_end(words, range));
    for form in found.chain(dated) {
        let is_free = |other: &ShortForm| {
            other.words.end <= form.words.start || other.words.start >= form.words.end
        };
        if forms.iter().all(is_free) {
            forms.push(form);
        }
    }
    forms.sort_by_key(|form| form.words.start);
    let mut forms = forms.into_iter().peekable();
    for at in range.clone() {
        while let Some(form) = forms.next_if(|form| form.words.start <= at) {
            done = form.words.end.max(done);
            all.push(form);
        }
        let Some(form) = marked(words, at, range.end, done) else {
            continue;
        };
        // What reads as a mere name and year there is part of it.
        all.retain(|other| other.words.end <= form.words.start);
        done = form.words.end;
        all.push(form);
    }
    all.extend(forms.filter(|form| form.words.start >= done));
    all
}

/// The names before a mark of a short citation or before a title that is set off, with what it
/// says.
fn marked(words: &Words<'_>, at: usize, end: usize, done: usize) -> Option<ShortForm> {
    let is_marked = CrossReference::read(words, at).is_some()
        || (op_cit(words, at).is_some() && !words.is(at, Class::OpCitPoint));
    let is_open = words.is_mark(at.wrapping_sub(1), '(');
    let before = at.checked_sub(1 + usize::from(is_open))?;
    let is_titled = words.is_set_off(at) && !words.is_set_off(before) && words.is_mark(before, ',');
    let stop = before + usize::from(!words.is_mark(before, ','));
    let is_talk = words.is_mark(before, ',') && talk_words(words, at, end).is_some();
    if !(is_marked || is_titled || is_talk) || at < done || stop <= done {
        return None;
    }
    let start = name_start(words, done, stop);
    let form = short::read(words, start, end).filter(|_| start < stop)?;
    let is_sure = match form.kind {
        FormKind::Note | FormKind::OpCit => true,
        FormKind::Title => !form.is_anonymous,
        FormKind::NameYear => is_talk,
        _ => false,
    };
    let has_name = form.claims.iter().any(|claim| !claim.names.is_empty());
    (is_sure && has_name && form.words.end > at).then_some(form)
}

/// Where the names begin that end at a place.
fn name_start(words: &Words<'_>, done: usize, stop: usize) -> usize {
    let mut start = stop;
    while start > done && stop - start < MAX_NAME_WORDS && is_of_name(words, start - 1, stop) {
        start -= 1;
    }
    while start < stop && leads(words, start) {
        start += 1;
    }
    start
}

/// "the translation published in Flood, 655": a name and pages that end a sentence.
fn paged_at_end(words: &Words<'_>, range: &Range<usize>) -> Option<ShortForm> {
    const MAX_PAGES_WORDS: usize = 8;
    let from = range
        .end
        .saturating_sub(MAX_PAGES_WORDS)
        .max(range.start + 2);
    let comma = (from..range.end).find(|at| words.is_mark(*at, ','))?;
    let pages = locators(words, comma, range.end);
    let start = name_start(words, range.start, comma);
    let is_led = words.is(start.wrapping_sub(1), Class::In)
        || words.is(start.wrapping_sub(1), Class::DatedBy);
    let form = short::read(words, start, range.end)
        .filter(|_| pages > comma && is_led && is_rest(words, pages, range.end))?;
    (form.kind == FormKind::NamePage && form.has_pages).then_some(form)
}

/// „ausführlicher bei Gessner 1976“, „zeigt Sarat 1976, S. 339“: a name and a bare year within a note's
/// sentence. What goes on in words behind the year may tell what somebody did in it.
fn dated_in(words: &Words<'_>, range: &Range<usize>) -> Vec<ShortForm> {
    let mut forms: Vec<ShortForm> = Vec::new();
    let years = range.clone().skip(1);
    for at in years.filter(|at| date::year(words, *at).is_some()) {
        let done = forms.last().map_or(range.start, |form| form.words.end);
        let comma = usize::from(words.is_mark(at - 1, ','));
        let stop = at - comma;
        let Some(when) = dates(words, at, range.end).filter(|_| stop > done) else {
            continue;
        };
        let after = locators(words, when.next, range.end);
        let is_over = after >= range.end || words.is_one_of_marks(after, &['.', ';', ',', ')']);
        let start = name_start(words, done, stop);
        let elements = Elements::read(words, start, stop);
        let is_named = start < stop && elements.next == stop && elements.are_persons(words);
        if !is_named || !(is_over || after > when.next) {
            continue;
        }
        let mut form = form(words, &elements, when);
        form.is_sure = false;
        form.has_pages = after > form.words.end;
        form.words.end = after;
        forms.push(form);
    }
    forms
}

/// The same form with a name that begins further on.
pub(super) fn dated_from(words: &Words<'_>, at: usize, form: &ShortForm) -> Option<ShortForm> {
    let elements = Elements::read(words, at, form.head.end);
    let is_named = elements.next == form.head.end && elements.are_persons(words);
    is_named.then(|| {
        let mut later = form.clone();
        later.claims = vec![WorkDescription {
            names: Names::new(words, &elements.list, elements.et_al),
            title: String::new(),
        }];
        later.head = elements.words();
        later.words.start = at;
        later
    })
}

/// "(Smith, 64)", "(Smith, *Short Title*, 12)": what stands in brackets within a note's sentence.
fn paged_in_brackets(words: &Words<'_>, range: &Range<usize>) -> Vec<ShortForm> {
    let mut forms = Vec::new();
    for at in range.clone().filter(|at| words.is_mark(*at, '(')) {
        let Some(close) = words.closing(at).filter(|close| *close < range.end) else {
            continue;
        };
        let form = short::read(words, at + 1, close);
        forms.extend(form.filter(|form| {
            let is_plain = matches!(form.kind, FormKind::NamePage | FormKind::Title);
            is_plain && !form.is_anonymous && form.has_pages
        }));
    }
    forms
}

/// At an opening bracket: the name before a year in it, or the citations that it holds.
fn in_brackets(words: &Words<'_>, at: usize, end: usize, done: usize) -> Vec<ShortForm> {
    let Some(close) = words.closing(at).filter(|close| *close < end) else {
        return Vec::new();
    };
    if !words.is_one_of_marks(at, &['(', '[']) {
        return Vec::new();
    }
    match when(words, at, end) {
        Some(when) => named_before(words, at, done, when).into_iter().collect(),
        None => within(words, at + 1, close),
    }
}

/// "Smith and Jones (2019)".
fn named_before(words: &Words<'_>, at: usize, done: usize, when: When) -> Option<ShortForm> {
    let start = name_start(words, done, at);
    let elements = Elements::read(words, start, at);
    let is_whole = elements.next == at && !elements.list.is_empty();
    is_whole.then(|| form(words, &elements, when))
}

/// How many words a name in running text may have.
const MAX_NAME_WORDS: usize = 24;

/// Whether the word can belong to names that end at a place.
fn is_of_name(words: &Words<'_>, at: usize, end: usize) -> bool {
    let word = words.folded(at);
    let touches = at + 1 < end && words.is_capital(at + 1);
    match words.kind(at) {
        Some(WordKind::Capital) => !words.is_set_off(at),
        Some(WordKind::Small) => {
            let joins = is_particle(words, at)
                || is_and(words, at)
                || matches!(word, "of" | "for" | "al" | "et");
            joins && (touches || at + 2 >= end || is_particle(words, at + 1) || word == "et")
        }
        Some(WordKind::Mark('&')) => true,
        Some(WordKind::Mark('.')) => {
            let before = words.folded(at.wrapping_sub(1));
            before.chars().count() == 1 || before == "al" || at + 1 == end
        }
        Some(WordKind::Mark(',')) => touches && words.is_capital(at.wrapping_sub(1)),
        Some(WordKind::Mark('/')) => touches,
        _ => false,
    }
}

/// Whether the word leads up to a name and is none: "In", "See", "but".
fn leads(words: &Words<'_>, at: usize) -> bool {
    let word = words.folded(at);
    let is_initial = words.is_capital(at) && word.chars().count() == 1;
    let is_name = words.is_capital(at) && !is_function_word(words, at);
    let is_small = words.is_small(at) && !is_particle(words, at);
    !is_initial && !is_name && (is_small || words.is_capital(at) || !words.is_word(at))
}

/// "(see Smith 2019, p. 4; Jones 2020)". What does not read as a citation to its end is none.
fn within(words: &Words<'_>, start: usize, close: usize) -> Vec<ShortForm> {
    let mut forms = Vec::new();
    let mut from = start;
    for at in start..=close {
        let ends = at == close || words.is_mark(at, ';');
        if !ends {
            continue;
        }
        let form = short::read(words, from, at);
        forms.extend(form.filter(|form| {
            let is_bare = form.kind == FormKind::NameYear && !form.may_be_full;
            is_bare && is_rest(words, form.words.end, at)
        }));
        from = at + 1;
    }
    forms
}

fn form(words: &Words<'_>, elements: &Elements, when: When) -> ShortForm {
    let head = elements.words();
    let mut form = ShortForm::new(FormKind::NameYear, head.start..when.next);
    form.claims = vec![WorkDescription {
        names: Names::new(words, &elements.list, elements.et_al),
        title: String::new(),
    }];
    form.head = head;
    form.dates = when.dates;
    form.is_span = when.is_span;
    form
}

/// "the joint statements of 2023 and 2024", "the 2024 and 2025 joint statements".
fn of_document(
    words: &Words<'_>,
    at: usize,
    end: usize,
    done: usize,
    phrases: &Phrases,
) -> Option<ShortForm> {
    let next = phrase_end(words, at, end, phrases)?;
    let after = dates_after(words, next, end);
    let (when, start) = match after {
        Some(when) => (when, at),
        None => dates_before(words, at, done)?,
    };
    let until = when.next.max(next);
    if is_another(words, start) || is_qualified(words, until) {
        return None;
    }
    let mut form = ShortForm::new(FormKind::NameYear, start..until);
    form.claims = vec![WorkDescription {
        names: Names::whole(words, &(at..next)),
        title: String::new(),
    }];
    form.head = at..next;
    form.dates = when.dates;
    form.is_span = when.is_span;
    Some(form)
}

/// The end of the longest document's name that begins here.
fn phrase_end(words: &Words<'_>, at: usize, end: usize, phrases: &Phrases) -> Option<usize> {
    if !words.is_word(at) || !phrases.first_words.contains(stem(words.folded(at))) {
        return None;
    }
    let mut phrase = String::new();
    let mut found = None;
    for next in at..end.min(at + MAX_SHORT_NAME_WORDS) {
        if !words.is_word(next) {
            break;
        }
        if !phrase.is_empty() {
            phrase.push(' ');
        }
        phrase.push_str(stem(words.folded(next)));
        if phrases.whole.contains(&phrase) {
            found = Some(next + 1);
        }
    }
    found
}

/// " of 2023", " (2023)", " adopted on 4th of February 2022".
fn dates_after(words: &Words<'_>, at: usize, end: usize) -> Option<When> {
    let mut next = at;
    let verb = words.is(next, Class::Adopted);
    next += usize::from(verb);
    let led = words.is(next, Class::DatedBy);
    let led = led || (verb && words.folded(next) == "in");
    next += usize::from(led);
    next += usize::from(led && words.is(next, Class::YearFollows));
    // A bare year right after the name belongs to it only in brackets or in a list of citations.
    let is_parted = led || verb || words.is_one_of_marks(at, &['(', '[']);
    when(words, next, end).filter(|_| is_parted)
}

/// "2024 and 2025 ", with where they begin.
fn dates_before(words: &Words<'_>, at: usize, done: usize) -> Option<(When, usize)> {
    let mut start = at;
    while start > done
        && (date::year(words, start - 1).is_some()
            || is_and(words, start - 1)
            || words.is_one_of_marks(start - 1, &[',', '–']))
    {
        start -= 1;
    }
    while start < at && date::year(words, start).is_none() {
        start += 1;
    }
    let when = dates(words, start, at)?;
    (when.next == at).then_some((when, start))
}

/// Whether the words before say that it is somebody else's: "the US–Japan joint statement".
fn is_another(words: &Words<'_>, start: usize) -> bool {
    let Some(before) = start.checked_sub(1) else {
        return false;
    };
    let is_name = words.is_capital(before) && !is_function_word(words, before);
    let is_joined = words.is_one_of_marks(before, &['–', '-', '.', '’', '\''])
        && before
            .checked_sub(1)
            .is_some_and(|further| words.is_capital(further))
        && !words.is_one_of_marks(before, &['.']);
    is_name || is_joined
}

/// Whether the words after say whose it is: "the joint statement of 2023 with Japan".
fn is_qualified(words: &Words<'_>, at: usize) -> bool {
    words.is(at, Class::Whose)
}
