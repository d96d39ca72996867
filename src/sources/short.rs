//! Short citations: the forms in which they are written.
//!
//! The grammar itself is a table, in `grammar`; here is what reads a citation by it. What a short
//! citation stands for is found in `resolve`.

mod anonymous;
mod behind_colon;
mod grammar;
mod parsed_details;

use std::ops::Range;

use super::cross_reference::CrossReference;
use super::date::{self, Date};
use super::elements::Elements;
use super::languages::Class;
use super::names::Names;
use super::pages::{is_rest, locators};
use super::record::{gives_ruling, is_of_constitution, is_of_court};
use super::vocabulary::{
    NoteDirection, ibid, idem, is_and, is_function_word, is_locator, is_particle, op_cit, signals,
    stands_alone,
};
use super::when::dates;
use super::words::Words;
use anonymous::{abbreviated, designated, noted, of_court, titled};
use grammar::{GrammarRule, ShortElement, ShortHead, Sure, line_for};
use parsed_details::ParsedDetails;

pub(super) use anonymous::{bare, unset};
pub(super) use behind_colon::{behind_colon, in_few_words};

/// A short citation, as it is written.
#[derive(Debug, Clone)]
pub(super) struct ShortForm {
    pub(super) kind: FormKind,
    /// The ways to part what it says into names and a title, the likeliest first. Empty if it
    /// says neither.
    pub(super) claims: Vec<WorkDescription>,
    /// The years or dates that it gives, and the words that each is.
    pub(super) dates: Vec<(Date, Range<usize>)>,
    /// Whether the dates are the ends of a span: "2022–2024".
    pub(super) is_span: bool,
    /// The notes that it refers to, by number.
    pub(super) notes: Vec<u32>,
    pub(super) direction: NoteDirection,
    /// Whether it says that it means all that its note cites: "sources cited supra note 27".
    pub(super) means_all: bool,
    /// A title behind the note, as „Müller (Fn. 7), Rechtswissenschaft, 12“ has; folded words with a
    /// space around each. It tells which of the note's sources is meant, if one says so.
    pub(super) title_behind: String,
    /// Whether it can be nothing but a citation, found or not.
    pub(super) is_sure: bool,
    /// Whether it can be a citation in full just as well, if no source before agrees.
    pub(super) may_be_full: bool,
    /// The words of its names; empty if it names nobody.
    pub(super) head: Range<usize>,
    /// Whether it gives pages.
    pub(super) has_pages: bool,
    /// Whether it says a title or a short name, and no author.
    pub(super) is_anonymous: bool,
    /// What the document is designated by: "347 U.S.", "Directive 93/13"; empty for most.
    pub(super) designation: String,
    /// Its words, with its pages and without what leads up to it.
    pub(super) words: Range<usize>,
}

/// Which form it has: see the table above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FormKind {
    Ibid,
    NameIbid,
    Idem,
    OpCit,
    Note,
    NameYear,
    Title,
    NamePage,
    Designation,
}

/// Whom and what a short citation names.
#[derive(Debug, Clone, Default)]
pub(super) struct WorkDescription {
    /// Empty if it names nobody.
    pub(super) names: Names,
    /// Folded words with a space around each; empty if there is no title.
    pub(super) title: String,
}

/// How many words of a title are looked at.
pub(super) const MAX_TITLE_WORDS: usize = 80;

impl ShortForm {
    pub(super) fn new(kind: FormKind, words: Range<usize>) -> ShortForm {
        ShortForm {
            kind,
            claims: Vec::new(),
            dates: Vec::new(),
            is_span: false,
            notes: Vec::new(),
            direction: NoteDirection::Unsaid,
            means_all: false,
            title_behind: String::new(),
            is_sure: true,
            may_be_full: false,
            head: words.start..words.start,
            has_pages: false,
            is_anonymous: false,
            designation: String::new(),
            words,
        }
    }
}

/// Reads the short citation that a part of a note begins with.
pub(super) fn read(words: &Words<'_>, at: usize, end: usize) -> Option<ShortForm> {
    read_line(words, at, end).map(|(form, _)| form)
}

/// Whether a short citation names nobody and nothing: "supra note 21".
pub(super) fn names_nobody(text: &str) -> bool {
    let words = Words::read(text, &[], &[]);
    read(&words, 0, words.len()).is_some_and(|form| {
        let mut claims = form.claims.iter();
        form.dates.is_empty()
            && claims.all(|claim| claim.names.is_empty() && claim.title.is_empty())
    })
}

/// Reads it, and gives the line of the grammar that it reads as.
fn read_line(
    words: &Words<'_>,
    at: usize,
    end: usize,
) -> Option<(ShortForm, &'static GrammarRule)> {
    let start = signals(words, at);
    if start >= end || is_access(words, start, end) {
        return None;
    }
    let volume = volume_of_id(words, start);
    let read = if let Some(next) = ibid(words, start) {
        by_line(words, start, next, end, ShortHead::Ibid)
    } else if let Some(next) = idem(words, start + volume) {
        same_author(words, start + volume, next, end).map(|(form, line)| {
            let words = start..form.words.end;
            (ShortForm { words, ..form }, line)
        })
    } else {
        nameless(words, start, end)
            .or_else(|| designated(words, start, end))
            .or_else(|| named_or_noted(words, start, end))
            .or_else(|| titled(words, start, start, end))
            .or_else(|| of_court(words, start, end))
            .or_else(|| abbreviated(words, start, end))
    };
    // A phrase that goes on beyond the part is none of it.
    read.filter(|(form, _)| form.words.end <= end)
}

/// "*See* 2 *id.* at 4": how many words the volume before "id." has.
fn volume_of_id(words: &Words<'_>, at: usize) -> usize {
    const MAX_DIGITS: usize = 2;
    let is_volume = words.is_number(at) && words.folded(at).len() <= MAX_DIGITS;
    let is_id = words.folded(at + 1) == "id" && words.is_mark(at + 2, '.');
    usize::from(is_volume && is_id)
}

/// Whether nothing but the day begins here on which a page was read: "Last accessed 29 Apr. 2023".
fn is_access(words: &Words<'_>, start: usize, end: usize) -> bool {
    const LEADS: usize = 3;
    const BETWEEN: usize = 4;
    let word = (start..end.min(start + LEADS)).find(|at| words.is(*at, Class::Accessed));
    let Some(word) = word.filter(|at| (start..*at).all(|at| words.is_word(at))) else {
        return false;
    };
    let date = (word + 1..end.min(word + BETWEEN)).find_map(|at| date::read(words, at));
    date.is_some_and(|(date, _)| date.month.is_some())
}

/// A form of nothing but a head and its pages.
fn by_line(
    words: &Words<'_>,
    start: usize,
    next: usize,
    end: usize,
    head: ShortHead,
) -> Option<(ShortForm, &'static GrammarRule)> {
    let after = locators(words, next, end);
    let line = line_for(head, &[], after > next)?;
    let mut form = ShortForm::new(line.form, start..after);
    form.has_pages = after > next;
    Some((form, line))
}

/// Reads "2022, p. 5" after "Smith 2019;": another year of the same names.
pub(super) fn read_further(
    words: &Words<'_>,
    part: &Range<usize>,
    last: &ShortForm,
) -> Option<ShortForm> {
    let when = dates(words, part.start, part.end)?;
    let next = locators(words, when.next, part.end);
    is_rest(words, next, part.end).then(|| ShortForm {
        dates: when.dates,
        is_span: when.is_span,
        is_sure: true,
        may_be_full: false,
        words: part.start..next,
        ..last.clone()
    })
}

/// "Idem 2019", "Ders., a.a.O.", "Id. at 5".
fn same_author(
    words: &Words<'_>,
    start: usize,
    next: usize,
    end: usize,
) -> Option<(ShortForm, &'static GrammarRule)> {
    let head = if words.is(start, Class::OwnIdem) {
        ShortHead::OwnIdem
    } else {
        ShortHead::Idem
    };
    let said = titled_op_cit(words, start, next, end)
        .unwrap_or_else(|| ParsedDetails::read(words, next, end, true));
    let has_said = !said.dates.is_empty() || said.op_cit || said.ibid || !said.notes.is_empty();
    if !has_said {
        let after = locators(words, next, end);
        // "Id. The study also shows …", "Id. (quoting Smith)": but not "Id. *Another Title*".
        let is_sentence = head == ShortHead::Idem
            && words.is_mark(next - 1, '.')
            && words.is_outside(start)
            && (words.is_capital(next) || words.is_one_of_marks(next, &['(', '“', '"']))
            && !words.get(next).is_some_and(|word| word.emphasised);
        let is_whole = after > next || is_rest(words, next, end) || is_sentence;
        // "Id. “The court was clear.”": a title would end in a comma.
        let is_quoted = is_sentence
            && words
                .closing(next)
                .is_some_and(|close| !words.is_mark(close - 1, ','))
            && !words.is_mark(next, '(');
        return by_line(words, start, next, end, head)
            .filter(|_| (said.title.is_empty() || is_quoted) && is_whole);
    }
    let line = line_for(head, &said.items(), false)?;
    let mut form = ShortForm::new(line.form, start..next);
    form.claims = vec![WorkDescription {
        names: Names::default(),
        title: title_words(words, &said.title),
    }];
    said.give(&mut form);
    form.words.end = locators(words, form.words.end, end);
    Some((form, line))
}

/// „Ders., Repräsentation, a.a.O.“: a title that is not set off, up to the comma before "op. cit.".
fn titled_op_cit(
    words: &Words<'_>,
    start: usize,
    next: usize,
    end: usize,
) -> Option<ParsedDetails> {
    const MAX_WORDS: usize = 8;
    let title = next + 1;
    let is_titled = words.is(start, Class::OwnIdem)
        && words.is_mark(next, ',')
        && words.is_capital(title)
        && !words.is_set_off(title)
        && op_cit(words, title).is_none();
    let is_cited = |at: &usize| words.is_mark(*at, ',') && op_cit(words, at + 1).is_some();
    let comma = (title..end.min(title + MAX_WORDS)).find(is_cited)?;
    let is_plain = |at: usize| !words.is_number(at) && !words.is_one_of_marks(at, &[',', ';', '.']);
    if !is_titled || !(title..comma).all(is_plain) {
        return None;
    }
    let mut said = ParsedDetails::read(words, comma, end, true);
    said.title = title..comma;
    Some(said)
}

/// "A.a.O., S. 3", "op. cit., p. 4", "see note 5 above", "(n 5)".
fn nameless(
    words: &Words<'_>,
    start: usize,
    end: usize,
) -> Option<(ShortForm, &'static GrammarRule)> {
    let said = ParsedDetails::read(words, start, end, false);
    let line = line_for(ShortHead::Nothing, &said.items(), false)?;
    let is_op_cit = line.form == FormKind::OpCit;
    if is_op_cit && matches!(words.folded(start), "supra" | "wie") {
        return None;
    }
    let mut form = ShortForm::new(line.form, start..said.next);
    if is_op_cit {
        if stands_alone(words, start) {
            form.kind = FormKind::Ibid;
        }
    } else {
        said.give(&mut form);
        form.means_all = is_said_of_all(words, start);
    }
    form.words.end = locators(words, form.words.end, end);
    Some((form, line))
}

/// "sources cited supra note 27": whether the word for what is cited is a plural.
fn is_said_of_all(words: &Words<'_>, start: usize) -> bool {
    let word = (start.saturating_sub(1)..start + 1).find(|at| words.is(*at, Class::AllCited));
    word.is_some_and(|word| matches!(words.folded(word + 1), "cited" | "collected" | "listed"))
}

/// What begins with names that a note follows; else whatever stands before a note in brackets; else
/// the other forms that begin with a name.
fn named_or_noted(
    words: &Words<'_>,
    start: usize,
    end: usize,
) -> Option<(ShortForm, &'static GrammarRule)> {
    let named = named(words, start, end);
    let is_note = |form: &ShortForm| form.kind == FormKind::Note;
    if named.as_ref().is_some_and(|(form, _)| is_note(form)) {
        return named;
    }
    noted(words, start, end).or(named)
}

/// The forms that begin with a name, or with a title that an "op. cit." or a note follows.
fn named(words: &Words<'_>, start: usize, end: usize) -> Option<(ShortForm, &'static GrammarRule)> {
    let elements = Elements::read(words, start, end);
    if !begins_with_name(words, start) && !words.is_set_off(start) {
        return None;
    }
    let next = after_editors(words, elements.next);
    let said = ParsedDetails::read(words, next, end, true);
    let is_marked = said.op_cit || !said.notes.is_empty();
    let is_legal = is_of_court(words, start) || is_of_constitution(words, start);
    if !is_marked && (is_legal || gives_ruling(words, start, end)) {
        return None;
    }
    let after = locators(words, said.next, end);
    let is_named = !elements.list.is_empty();
    let mut items = said.items();
    let head = if is_named {
        ShortHead::Names
    } else {
        // The title is what it begins with.
        items.retain(|item| *item != ShortElement::Title);
        ShortHead::Title
    };
    let is_of_title = !is_named && items.is_empty();
    let line = line_for(head, &items, after > said.next).filter(|_| !is_of_title)?;
    let mut form = ShortForm::new(line.form, start..after);
    if !said.fits(words, &elements, form.kind) {
        return None;
    }
    form.claims = claims(words, &elements, &said, form.kind);
    form.head = elements.words();
    form.has_pages = after > said.next;
    if !is_named && form.kind == FormKind::OpCit {
        form.is_anonymous = true;
        form.head = said.title.clone();
        for claim in &mut form.claims {
            claim.names = Names::whole(words, &said.title);
        }
    }
    form.is_sure = match line.sure {
        Sure::Always => !is_small_name(words, start),
        Sure::Never => false,
        Sure::ByYear => {
            said.in_brackets || (elements.are_names(words) && (after > said.next || !said.comma))
        }
        Sure::ByPages => after > said.next && is_parted(words, said.next),
    };
    let has_title = !said.title.is_empty();
    said.give(&mut form);
    form.words.end = after;
    if form.kind == FormKind::Note && !has_title {
        take_title_behind(words, &mut form, end);
    }
    let titled = form.kind == FormKind::NameYear && form.claims.iter().any(|c| !c.title.is_empty());
    form.may_be_full = titled;
    Some((form, line))
}

/// Takes the title between the number of a note and the pages that end a part.
fn take_title_behind(words: &Words<'_>, form: &mut ShortForm, end: usize) {
    const MAX_WORDS: usize = 8;
    let start = form.words.end + usize::from(words.is_mark(form.words.end, ','));
    let is_over = |at: &usize| words.is_mark(*at, ',') && locators(words, *at, end) > *at;
    let comma = (start..end.min(start + MAX_WORDS)).find(is_over);
    // „BVerfGE 7, 198“, „BVerfG, 2 BvR 1/97, Rn. 3“ are judgments.
    let is_title = |comma: &usize| {
        let mut title = start..*comma;
        words.is_capital(start)
            && !is_of_court(words, start)
            && !title.any(|at| words.is_number(at) || words.is(at, Class::Collection))
    };
    if let Some(comma) = comma.filter(is_title).filter(|_| !form.has_pages) {
        form.title_behind = title_words(words, &(start..comma));
        form.words.end = locators(words, comma, end);
        form.has_pages = true;
    }
}

/// Whether a comma or a word for pages parts a title from its pages: "Appian, *Preface* 7" has
/// its own numbers.
fn is_parted(words: &Words<'_>, at: usize) -> bool {
    let before = at.wrapping_sub(1);
    let quoted = usize::from(words.is_one_of_marks(before, &['”', '“', '"', '’', '\'', '»']));
    let mut around = [before.wrapping_sub(quoted), at].into_iter();
    around.any(|at| words.is_one_of_marks(at, &[',', ':', '?', '!'])) || is_locator(words, at)
}

fn begins_with_name(words: &Words<'_>, at: usize) -> bool {
    let word = words.folded(at);
    let is_article = words.is(at, Class::TitleArticle);
    let is_initial = word.chars().count() == 1 && words.is_mark(at + 1, '.');
    let named_after = (1..3).any(|further| words.is_capital(at + further));
    // "Author, op. cit." may be somebody of that name.
    let comma = at + 1 + usize::from(words.is_mark(at + 1, ','));
    let is_named = words.is_capital(at) && comma > at + 1 && op_cit(words, comma).is_some();
    if is_small_name(words, at) || is_named {
        return true;
    }
    if words.is_capital(at) {
        !is_function_word(words, at)
            || is_initial
            || words.is_acronym(at)
            || (is_article && named_after)
    } else {
        words.is_small(at) && is_particle(words, at) && named_after
    }
}

/// "boyd (n 21)", "danah boyd, supra note 21": a name without capitals, where what follows can be
/// nothing but a short citation.
fn is_small_name(words: &Words<'_>, at: usize) -> bool {
    let is_name = |at: usize| words.is_small(at) && !is_function_word(words, at);
    let marked = |at: usize| {
        let next = at + usize::from(words.is_one_of_marks(at, &[',', '(']));
        CrossReference::read(words, next).is_some()
    };
    is_name(at) && (marked(at + 1) || (is_name(at + 1) && marked(at + 2)))
}

/// Reads over "(ed.)", "(eds.)", "(Hg.)", "(dir.)", "ed. and trans.".
pub(super) fn after_editors(words: &Words<'_>, at: usize) -> usize {
    let next = after_role(words, at);
    let more = next + 1;
    let is_double = next > at && is_and(words, next) && words.is(more, Class::Editors);
    if is_double {
        more + 1 + usize::from(words.is_mark(more + 1, '.'))
    } else {
        next
    }
}

fn after_role(words: &Words<'_>, at: usize) -> usize {
    let next = at + usize::from(words.is_mark(at, ','));
    let open = words.is_one_of_marks(next, &['(', '[']);
    let word = next + usize::from(open);
    // "(a cura di)"
    let word = word + usize::from(open && words.folded(word) == "a");
    if !words.is(word, Class::Editors) {
        return at;
    }
    match words.closing(next) {
        Some(close) if open => close + 1,
        _ => word + 1 + usize::from(words.is_mark(word + 1, '.')),
    }
}

/// The ways to part names and title: a title that is not set off is an element like a name.
fn claims(
    words: &Words<'_>,
    elements: &Elements,
    said: &ParsedDetails,
    kind: FormKind,
) -> Vec<WorkDescription> {
    let set_off = title_words(words, &said.title);
    let mut claims = vec![WorkDescription {
        names: Names::new(words, &elements.list, elements.et_al),
        title: set_off.clone(),
    }];
    let end = elements.words().end;
    if set_off.is_empty() && kind != FormKind::NameYear {
        for count in (1..elements.list.len().min(5)).rev() {
            let (names, rest) = elements.list.split_at(count);
            let Some(start) = rest.first().map(|element| element.words.start) else {
                continue;
            };
            claims.push(WorkDescription {
                names: Names::new(words, names, false),
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
        let is_article = words.is(at, Class::Article);
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
