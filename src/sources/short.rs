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
//! | [`FormKind::Designation`] | `*Brown*, 347 U.S. at 490.` · `BVerfGE 7, 198 (208).` · `Directive 93/13, art. 3.` |
//! | [`FormKind::NameIbid`] | `Smith, ibid., p. 45.` |
//!
//! What it stands for is found in `resolve`. A form is a claim, not a verdict: `Moscow 2019.`
//! reads as a name and a year too, and is one only if a source says so.

mod anonymous;
mod said;

use std::ops::Range;

use super::date::Date;
use super::elements::Elements;
use super::languages::Class;
use super::names::Names;
use super::pages::{is_rest, locators};
use super::record::is_of_court;
use super::vocabulary::{
    Direction, ibid, idem, is_function_word, is_locator, is_particle, signals, stands_alone,
};
use super::when::dates;
use super::words::Words;
use anonymous::{designated, of_court, titled};
use said::Said;

pub(super) use anonymous::unset;

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
            is_anonymous: false,
            designation: String::new(),
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
    let form = if let Some(next) = ibid(words, start) {
        let next = locators(words, next, end);
        Some(Form::new(FormKind::Ibid, start..next))
    } else if let Some(next) = idem(words, start) {
        same_author(words, start, next, end)
    } else {
        nameless(words, start, end)
            .or_else(|| designated(words, start, end))
            .or_else(|| named(words, start, end))
            .or_else(|| titled(words, start, start, end))
            .or_else(|| of_court(words, start, end))
    };
    // A phrase that goes on beyond the part is none of it.
    form.filter(|form| form.words.end <= end)
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
        form.words.end = next;
        form.kind = if words.is(start, Class::OwnIdem) {
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
    let is_marked = said.op_cit || !said.notes.is_empty();
    if is_of_court(words, start) && !is_marked {
        return None;
    }
    let after = locators(words, said.next, end);
    let mut form = Form::new(said.kind(after)?, start..after);
    if !said.fits(words, &elements, form.kind) {
        return None;
    }
    form.claims = claims(words, &elements, &said, form.kind);
    form.head = elements.words();
    form.has_pages = after > said.next;
    if elements.list.is_empty() && form.kind == FormKind::OpCit {
        form.is_anonymous = true;
        form.head = said.title.clone();
        for claim in &mut form.claims {
            claim.names = Names::whole(words, &said.title);
        }
    }
    let is_named = !elements.list.is_empty();
    form.is_sure = match form.kind {
        FormKind::NameYear => {
            said.in_brackets || (elements.are_names(words) && (after > said.next || !said.comma))
        }
        FormKind::Title => {
            is_named && !said.title.is_empty() && after > said.next && is_parted(words, said.next)
        }
        FormKind::NamePage => false,
        _ => true,
    };
    said.give(&mut form);
    form.words.end = after;
    let titled = form.kind == FormKind::NameYear && form.claims.iter().any(|c| !c.title.is_empty());
    form.may_be_full = titled;
    Some(form)
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
    if words.is_capital(at) {
        !is_function_word(words, at)
            || is_initial
            || words.is_acronym(at)
            || (is_article && named_after)
    } else {
        words.is_small(at) && is_particle(words, at) && named_after
    }
}

/// Reads over "(ed.)", "(eds.)", "(Hg.)", "(dir.)".
pub(super) fn after_editors(words: &Words<'_>, at: usize) -> usize {
    let next = at + usize::from(words.is_mark(at, ','));
    let open = words.is_one_of_marks(next, &['(', '[']);
    let word = next + usize::from(open);
    if !words.is(word, Class::Editors) {
        return at;
    }
    match words.closing(next) {
        Some(close) if open => close + 1,
        _ => word + 1 + usize::from(words.is_mark(word + 1, '.')),
    }
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
