//! The head of a citation as it stands: the names or words that it begins with, parted at commas,
//! slashes and "and".

use std::ops::Range;

use super::cross_reference::CrossReference;
use super::date;
use super::languages::Class;
use super::pages::{is_article, is_volume};
use super::vocabulary::{
    ends_a_phrase, et_al, ibid, is_and, is_function_word, is_locator, is_organisation, is_particle,
    op_cit,
};
use super::words::{PARAGRAPH, WordKind, Words};

/// A stretch of a head between commas, slashes and "and".
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HeadSegment {
    pub(super) words: Range<usize>,
    /// Whether a comma stands before it.
    pub(super) after_comma: bool,
}

/// The elements that a citation begins with, up to a year, a title, a colon or the like.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Elements {
    pub(super) list: Vec<HeadSegment>,
    pub(super) et_al: bool,
    /// Whether it is certain that all of them are names, and none is a title.
    pub(super) are_all_names: bool,
    /// Whether a point ends it behind the initials of a surname in capitals: "LUDWIG, R. J. A norma".
    pub(super) ends_in_initials: bool,
    /// The abbreviation given in brackets: "World Health Organization (WHO)".
    pub(super) acronym: Option<Range<usize>>,
    /// The place after.
    pub(super) next: usize,
}

/// How many words a head may have.
const MAX_HEAD_WORDS: usize = 90;

/// How many words and commas a body may have in its name, with what it is part of.
const MAX_BODY_WORDS: usize = 14;

impl Elements {
    /// Reads as many elements as there are; none if the text begins with no name.
    pub(super) fn read(words: &Words<'_>, at: usize, end: usize) -> Elements {
        let mut elements = Elements {
            next: at,
            ..Elements::default()
        };
        let mut start = at;
        let mut after_comma = false;
        let mut next = at;
        while next < end.min(at + MAX_HEAD_WORDS) {
            if let Some(after) = et_al(words, next).filter(|_| next > at) {
                elements.push(start..next, after_comma);
                elements.et_al = true;
                elements.next = after;
                return elements;
            }
            elements.ends_in_initials = elements.ends_inverted(words, start..next, after_comma);
            if elements.ends_in_initials || stops(words, next) {
                break;
            }
            if let Some(after) = short_name(words, next).filter(|_| next > at) {
                elements.push(start..next, after_comma);
                after_comma = false;
                start = after;
                next = start;
                continue;
            }
            if let Some(close) = acronym(words, next).filter(|_| next > at) {
                elements.acronym = Some(next + 1..close);
                elements.push(start..next, after_comma);
                elements.next = close + 1;
                return elements;
            }
            if let Some(close) = ordinal(words, next).filter(|_| next > at) {
                next = close + 1;
                continue;
            }
            if words.is_one_of_marks(next, &['(', '[']) {
                break;
            }
            // „Diana Coole u. Samantha Frost“
            if is_short_and(words, next) && next > start {
                elements.push(start..next, after_comma);
                after_comma = false;
                start = next + 2;
                next = start;
                continue;
            }
            if words.is_one_of_marks(next, &[',', '/', ';']) || is_and(words, next) {
                elements.push(start..next, after_comma);
                if !begins_element(words, next + 1, end) {
                    elements.next = next;
                    return elements;
                }
                after_comma = words.is_mark(next, ',');
                start = next + 1;
                // "Jane Roe, with John Doe and Max Poe"
                let joins = words.is(start, Class::JoinsNames) && words.is_capital(start + 1);
                if after_comma && joins {
                    start += 1;
                    next = start;
                }
            }
            next += 1;
        }
        // The point belongs to the last initial.
        let is_letter = words.folded(next.wrapping_sub(1)).chars().count() == 1;
        let point = usize::from(elements.ends_in_initials && is_letter);
        elements.push(start..next + point, after_comma);
        elements.next = next;
        elements
    }

    /// "Facio, Alda y Fries, Lorena, *Género*": whether all are surnames, each with given names behind its
    /// comma, before a title that is set off.
    pub(super) fn are_inverted(&self, words: &Words<'_>) -> bool {
        let mark = words.is_one_of_marks(self.next, &[',', '.', ':']);
        let mut each = self.list.iter().enumerate();
        self.list.len() > 2
            && self.list.len().is_multiple_of(2)
            && (words.is_set_off(self.next + usize::from(mark))
                || is_dated_bracket(words, self.next))
            && each.all(|(at, element)| {
                is_person(words, &element.words)
                    && element.words.len() <= 3
                    && (at == 0 || element.after_comma == (at % 2 == 1))
            })
    }

    /// "LUDWIG, R. J. A norma de direito": whether the initials behind a surname in capitals end before a
    /// point, with the title behind it.
    fn ends_inverted(&self, words: &Words<'_>, initials: Range<usize>, after_comma: bool) -> bool {
        let point = initials.end;
        let title = point + 1;
        let is_initial = |at: usize| {
            let is_letter = words.is_capital(at) && words.folded(at).chars().count() == 1;
            is_letter || is_particle(words, at) || words.is_one_of_marks(at, &['.', '-'])
        };
        let is_title = words.is_set_off(title)
            || words.is_capital(title)
                && !words.touches_previous(title)
                && !words.is_one_of_marks(title + 1, &['.', '-'])
                && !words.is_acronym(title);
        let is_set = |surname: &HeadSegment| {
            let mut capitals = surname.words.clone().filter(|at| words.is_capital(*at));
            capitals.all(|at| words.is_acronym(at) && words.folded(at).chars().count() > 1)
        };
        words.is_mark(point, '.')
            && after_comma
            && !initials.is_empty()
            && initials.clone().all(is_initial)
            && is_title
            && self.list.last().is_some_and(is_set)
    }

    fn push(&mut self, words: Range<usize>, after_comma: bool) {
        if !words.is_empty() {
            self.list.push(HeadSegment { words, after_comma });
        }
    }

    /// The words from the first element to the end of the last.
    pub(super) fn words(&self) -> Range<usize> {
        let start = self.list.first().map(|element| element.words.start);
        let end = self.list.last().map(|element| element.words.end);
        start.unwrap_or(self.next)..end.unwrap_or(self.next)
    }

    /// Whether the head is made of names, or of the words of one: no more than a few, all with
    /// capitals but for "of" and the like.
    pub(super) fn are_names(&self, words: &Words<'_>) -> bool {
        let is_word = |at: usize| words.is_capital(at) && words.folded(at).chars().count() > 1;
        // "Department of the Army"
        let is_article = |at: usize| {
            words.is(at, Class::TitleArticle) && ends_a_phrase(words, at.wrapping_sub(1))
        };
        let is_name = |at: usize| {
            !words.is_small(at)
                || is_particle(words, at)
                || ends_a_phrase(words, at)
                || is_and(words, at)
                || is_article(at)
        };
        let is_short = self.words().len() <= MAX_BODY_WORDS && self.words().all(is_name);
        self.words().any(is_word) && (is_short || self.are_persons(words))
    }

    /// Whether every element can be a person or an organisation of a few words.
    pub(super) fn are_persons(&self, words: &Words<'_>) -> bool {
        !self.list.is_empty()
            && self
                .list
                .iter()
                .all(|element| is_person(words, &element.words))
    }

    /// Where the title begins that is set off behind the comma: "Roe, *Title*".
    pub(super) fn title(&self, words: &Words<'_>) -> Option<usize> {
        let title = self.next + 1;
        (words.is_mark(self.next, ',') && words.is_set_off(title)).then_some(title)
    }

    /// The same behind persons, and nothing else.
    pub(super) fn title_of_persons(&self, words: &Words<'_>) -> Option<usize> {
        self.title(words).filter(|_| self.are_persons(words))
    }
}

/// Whether a bracket that ends in a year, and a colon behind it, follow names: "(Flüsse, 2019):".
fn is_dated_bracket(words: &Words<'_>, at: usize) -> bool {
    let close = words.closing(at).filter(|_| words.is_mark(at, '('));
    close.is_some_and(|close| {
        words.is_mark(close + 1, ':') && date::year(words, close.wrapping_sub(1)).is_some()
    })
}

/// Whether the head ends before this word.
fn stops(words: &Words<'_>, at: usize) -> bool {
    if words.is_set_off(at) {
        return true;
    }
    match words.kind(at) {
        None | Some(WordKind::Link) => true,
        Some(WordKind::Number) => !is_ordinal(words, at) && !is_of_body(words, at),
        Some(WordKind::Mark('.')) => !is_abbreviation(words, at),
        Some(WordKind::Mark(mark)) => {
            !matches!(
                mark,
                ',' | '/' | ';' | '&' | '-' | '–' | '(' | '[' | '\'' | '’'
            ) || mark == PARAGRAPH
        }
        Some(WordKind::Capital | WordKind::Small) => {
            op_cit(words, at).is_some()
                || ibid(words, at).is_some()
                || CrossReference::read(words, at).is_some() && !is_initial_before_year(words, at)
        }
    }
}

/// "Article 29 Data Protection Working Party".
fn is_of_body(words: &Words<'_>, at: usize) -> bool {
    words.folded(at.wrapping_sub(1)) == "article"
        && words.is_capital(at.wrapping_sub(1))
        && words.is_capital(at + 1)
        && words.is_capital(at + 2)
}

/// "30th" in a document's name, but not in a date.
fn is_ordinal(words: &Words<'_>, at: usize) -> bool {
    let word = words.folded(at);
    let is_counted = ["st", "nd", "rd", "th"]
        .iter()
        .any(|end| word.ends_with(end));
    is_counted && date::read(words, at).is_none()
}

/// Whether the point at this place belongs to an initial or an abbreviation in a name.
fn is_abbreviation(words: &Words<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else {
        return false;
    };
    let word = words.folded(before);
    // "Sh. Moradi", "Yu. Lotman": letters of other alphabets that are two of this one.
    let is_digraph = matches!(word, "ch" | "kh" | "sh" | "ts" | "ya" | "ye" | "yu" | "zh");
    let is_initial = is_digraph && words.is_capital(before) && words.is_capital(at + 1);
    // "Gerard-H. Arendt"
    let is_second = word.contains('-')
        && word
            .rsplit('-')
            .next()
            .is_some_and(|last| last.chars().count() == 1);
    // "Ch.-R. Ageron"
    let is_first = words.is_capital(before)
        && word.chars().count() <= 3
        && words.is_mark(at + 1, '-')
        && words.touches_previous(at + 1)
        && words.is_capital(at + 2)
        && words.is_mark(at + 3, '.');
    is_initial
        || is_first
        || is_second
        || word.chars().count() == 1
        || matches!(
            word,
            "jr" | "sr"
                | "st"
                | "dr"
                | "prof"
                | "mr"
                | "mrs"
                | "ms"
                | "hon"
                | "ph"
                | "vs"
                | "chr"
                | "th"
                | "phil"
                | "wm"
                | "chas"
                | "geo"
                | "thos"
        )
}

/// „u.“ between two names.
fn is_short_and(words: &Words<'_>, at: usize) -> bool {
    words.raw(at) == "u"
        && words.is_mark(at + 1, '.')
        && words.is_capital(at.wrapping_sub(1))
        && (words.is_capital(at + 2) || is_particle(words, at + 2) && words.is_capital(at + 3))
}

/// Where "(WHO)" closes, if that stands here.
pub(super) fn acronym(words: &Words<'_>, at: usize) -> Option<usize> {
    let opens = words.is_one_of_marks(at, &['(', '[']);
    let raw = words.raw(at + 1);
    let capitals = raw.chars().filter(|c| c.is_uppercase()).count();
    let closes = words.is_one_of_marks(at + 2, &[')', ']']);
    let is_name = words.is_capital(at + 1) && capitals >= 2;
    (opens && closes && is_name).then_some(at + 2)
}

/// Where the next name begins in "Human Rights Watch (Watch), and Yazda".
fn short_name(words: &Words<'_>, at: usize) -> Option<usize> {
    let close = words
        .closing(at)
        .filter(|close| *close == at + 2 && words.is_mark(at, '('))?;
    let and = close + 1 + usize::from(words.is_mark(close + 1, ','));
    let is_joined = words.is_capital(at + 1) && is_and(words, and) && words.is_capital(and + 1);
    is_joined.then_some(and + 1)
}

/// Where the bracket of "Mabo (No 2)" closes, if that stands here.
fn ordinal(words: &Words<'_>, at: usize) -> Option<usize> {
    let is_number = words.is(at + 1, Class::Number);
    let close = words
        .closing(at)
        .filter(|_| is_number && words.is_mark(at, '('))?;
    (words.is_number(close - 1) && close <= at + 4).then_some(close)
}

/// Whether another name or part of a head begins here.
fn begins_element(words: &Words<'_>, at: usize, end: usize) -> bool {
    if at >= end || words.is_set_off(at) {
        return false;
    }
    if et_al(words, at).is_some() || is_and(words, at) {
        return true;
    }
    let is_page = is_locator(words, at)
        && (words.is_number(at + 1) || (words.is_mark(at + 1, '.') && words.is_number(at + 2)));
    let is_month = date::month(words, at).is_some() && words.is_number(at + 1);
    // "Augustine Thompson, trans., *The Treatise*"
    let is_role = words.is(at, Class::Editors) && words.is_mark(at + 1, '.');
    let begins =
        words.is_capital(at) || (words.is_small(at) && is_small_start(words, at) && !is_role);
    let is_place = (is_page || is_volume(words, at)) && !is_initial_before_year(words, at)
        || is_article(words, at);
    begins && !is_place && !is_month && op_cit(words, at).is_none()
}

/// "Roe, P. 1989. *Title*", "Doe, N. 2015. “Title”": the letter of a given name, and no page or number,
/// where a year and a title follow.
fn is_initial_before_year(words: &Words<'_>, at: usize) -> bool {
    let title = at + 4;
    words.is_capital(at)
        && words.folded(at).chars().count() == 1
        && words.is_mark(at + 1, '.')
        && date::year(words, at + 2).is_some()
        && words.is_one_of_marks(at + 3, &['.', ':'])
        && (words.is_capital(title) || words.is_set_off(title))
}

fn is_small_start(words: &Words<'_>, at: usize) -> bool {
    is_particle(words, at) || is_function_word(words, at)
}

/// Whether the words can be one person's names, or an organisation's of a few words.
pub(super) fn is_person(words: &Words<'_>, range: &Range<usize>) -> bool {
    let mut capitals = 0;
    let mut small = 0;
    for at in range.clone() {
        let word = words.folded(at);
        match words.kind(at) {
            Some(WordKind::Capital) if is_particle(words, at) && word.len() > 1 => {}
            // "Robert C. Post" is somebody all the same.
            Some(WordKind::Capital)
                if is_organisation(words, at) && !is_behind_initial(words, at) =>
            {
                return false;
            }
            Some(WordKind::Capital)
                if is_function_word(words, at)
                    && !may_be_name(words, at)
                    && !is_surname(words, range, at) =>
            {
                return false;
            }
            Some(WordKind::Capital) => capitals += 1,
            Some(WordKind::Small) if is_particle(words, at) => small += 1,
            Some(WordKind::Small) if is_elided(words.raw(at)) => capitals += 1,
            Some(WordKind::Mark('.' | '-' | '’' | '\'')) => {}
            _ => return false,
        }
    }
    (1..=6).contains(&capitals) && small <= 3
}

/// "d’Alembert", "dell’Orto": a name behind what it has lost a vowel of.
fn is_elided(raw: &str) -> bool {
    let parts = raw.split_once(['’', '\'']);
    parts.is_some_and(|(particle, name)| {
        matches!(particle, "d" | "l" | "dell" | "dall" | "all" | "o")
            && name.starts_with(char::is_uppercase)
    })
}

fn is_behind_initial(words: &Words<'_>, at: usize) -> bool {
    let initial = at.wrapping_sub(2);
    words.is_mark(at.wrapping_sub(1), '.')
        && words.is_capital(initial)
        && words.folded(initial).chars().count() == 1
        && words.is_capital(initial.wrapping_sub(1))
}

/// "Thomas More", "Jane Author": a word that is also a name, behind a given one.
fn is_surname(words: &Words<'_>, range: &Range<usize>, at: usize) -> bool {
    let given = at.wrapping_sub(1);
    // "Author, op. cit."
    if range.len() == 1 && words.is_mark(range.end, ',') {
        return op_cit(words, range.end + 1).is_some();
    }
    // "Joost de Winter"
    if at + 1 == range.end && given > range.start && is_particle(words, given) {
        return words.is_small(given);
    }
    at + 1 == range.end
        && given >= range.start
        && range.len() < 4
        && words.is_capital(given)
        && !is_function_word(words, given)
        && !is_organisation(words, given)
}

/// An initial or an abbreviation in capitals may be a function word when folded.
fn may_be_name(words: &Words<'_>, at: usize) -> bool {
    words.folded(at).chars().count() == 1 || words.is_acronym(at)
}
