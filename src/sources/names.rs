//! Authors and heads: reading them, and telling whether two of them can be the same.

use std::ops::Range;

use super::date;
use super::fold::stem;
use super::vocabulary::{
    ends_a_phrase, et_al, is_and, is_function_word, is_locator, is_organisation, is_particle,
    note_reference, op_cit,
};
use super::words::{Kind, PARAGRAPH, Words};

/// What stands at the head of a citation: persons, an organisation, or a document's own name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Names {
    /// Each way in which the head can be read as persons: "Smith, John" is one person or two.
    /// Empty if it names none.
    readings: Vec<Vec<Person>>,
    /// The stems of all its words.
    phrase: Vec<String>,
    /// After how many words of the phrase a part of it ends that can stand for the whole.
    breaks: Vec<usize>,
    et_al: bool,
}

/// A person's names in natural order, folded; the last is the surname or its end.
type Person = Vec<String>;

/// A stretch of a head between commas, slashes and "and".
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) words: Range<usize>,
    /// Whether a comma stands before it.
    after_comma: bool,
}

/// The elements that a citation begins with, up to a year, a title, a colon or the like.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Elements {
    pub(super) list: Vec<Element>,
    pub(super) et_al: bool,
    /// The abbreviation given in brackets: "World Health Organization (WHO)".
    pub(super) acronym: Option<Range<usize>>,
    /// The place after.
    pub(super) next: usize,
}

/// How many words a head may have.
const LONGEST: usize = 90;

/// How many words the short name of a document may have.
pub(super) const LONGEST_SPOKEN: usize = 8;

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
        while next < end.min(at + LONGEST) {
            if let Some(after) = et_al(words, next).filter(|_| next > at) {
                elements.push(start..next, after_comma);
                elements.et_al = true;
                elements.next = after;
                return elements;
            }
            if stops(words, next) {
                break;
            }
            if let Some(close) = acronym(words, next).filter(|_| next > at) {
                elements.acronym = Some(next + 1..close);
                elements.push(start..next, after_comma);
                elements.next = close + 1;
                return elements;
            }
            if words.is_one_of_marks(next, &['(', '[']) {
                break;
            }
            if words.is_one_of_marks(next, &[',', '/', ';']) || is_and(words, next) {
                elements.push(start..next, after_comma);
                if !begins_element(words, next + 1, end) {
                    elements.next = next;
                    return elements;
                }
                after_comma = words.is_mark(next, ',');
                start = next + 1;
            }
            next += 1;
        }
        elements.push(start..next, after_comma);
        elements.next = next;
        elements
    }

    fn push(&mut self, words: Range<usize>, after_comma: bool) {
        if !words.is_empty() {
            self.list.push(Element { words, after_comma });
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
        let is_name = |at: usize| {
            !words.is_small(at)
                || is_particle(words.folded(at))
                || ends_a_phrase(words.folded(at))
                || is_and(words, at)
        };
        let is_short = self.words().len() <= LONGEST_SPOKEN && self.words().all(is_name);
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
}

/// Whether the head ends before this word.
fn stops(words: &Words<'_>, at: usize) -> bool {
    if words.is_set_off(at) {
        return true;
    }
    match words.kind(at) {
        None | Some(Kind::Link) => true,
        Some(Kind::Number) => !is_ordinal(words, at),
        Some(Kind::Mark('.')) => !is_abbreviation(words, at),
        Some(Kind::Mark(mark)) => {
            !matches!(
                mark,
                ',' | '/' | ';' | '&' | '-' | '–' | '(' | '[' | '\'' | '’'
            ) || mark == PARAGRAPH
        }
        Some(Kind::Capital | Kind::Small) => {
            op_cit(words, at).is_some() || note_reference(words, at).is_some()
        }
    }
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
    word.chars().count() == 1
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
        )
}

/// Where "(WHO)" closes, if that stands here.
fn acronym(words: &Words<'_>, at: usize) -> Option<usize> {
    let opens = words.is_one_of_marks(at, &['(', '[']);
    let raw = words.raw(at + 1);
    let capitals = raw.chars().filter(|c| c.is_uppercase()).count();
    let closes = words.is_one_of_marks(at + 2, &[')', ']']);
    let is_name = words.is_capital(at + 1) && capitals >= 2;
    (opens && closes && is_name).then_some(at + 2)
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
    let begins = words.is_capital(at) || (words.is_small(at) && is_small_start(words.folded(at)));
    begins && !is_page && !is_month && op_cit(words, at).is_none()
}

fn is_small_start(word: &str) -> bool {
    is_particle(word) || is_function_word(word)
}

/// Whether the words can be one person's names, or an organisation's of a few words.
pub(super) fn is_person(words: &Words<'_>, range: &Range<usize>) -> bool {
    let mut capitals = 0;
    let mut small = 0;
    for at in range.clone() {
        let word = words.folded(at);
        match words.kind(at) {
            Some(Kind::Capital) if is_particle(word) && word.len() > 1 => {}
            Some(Kind::Capital) if is_organisation(word) => return false,
            Some(Kind::Capital) if is_function_word(word) && !may_be_name(words, at) => {
                return false;
            }
            Some(Kind::Capital) => capitals += 1,
            Some(Kind::Small) if is_particle(word) => small += 1,
            Some(Kind::Mark('.' | '-' | '’' | '\'')) => {}
            _ => return false,
        }
    }
    (1..=6).contains(&capitals) && small <= 3
}

/// An initial or an abbreviation in capitals may be a function word when folded.
fn may_be_name(words: &Words<'_>, at: usize) -> bool {
    words.folded(at).chars().count() == 1 || words.is_acronym(at)
}

impl Names {
    /// The names that elements are.
    pub(super) fn of(words: &Words<'_>, elements: &[Element], et_al: bool) -> Names {
        let (Some(first), Some(last)) = (elements.first(), elements.last()) else {
            return Names::default();
        };
        let all = first.words.start..last.words.end;
        let (phrase, breaks) = phrase(words, &all);
        Names {
            readings: readings(words, elements),
            phrase,
            breaks,
            et_al,
        }
    }

    /// A name that is matched as a whole: an abbreviation, or what a source is "hereinafter".
    pub(super) fn whole(words: &Words<'_>, range: &Range<usize>) -> Names {
        let (phrase, _) = phrase(words, range);
        Names {
            phrase,
            ..Names::default()
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.phrase.is_empty()
    }

    pub(super) fn are_persons(&self) -> bool {
        !self.readings.is_empty()
    }

    /// Whether they are more than one person, however they are read.
    pub(super) fn are_several(&self) -> bool {
        self.et_al || (self.are_persons() && self.readings.iter().all(|persons| persons.len() > 1))
    }

    /// How many words a head has that is no person's name; the shorter, the less certain.
    pub(super) fn words(&self) -> usize {
        self.phrase.len()
    }

    /// What a document or an organisation is called for short in running text: its first words,
    /// two at least, up to where they can stand alone. None for persons.
    pub(super) fn spoken(&self) -> Option<&[String]> {
        let first = self.breaks.iter().copied().find(|words| *words > 1);
        let words = first.unwrap_or(self.phrase.len());
        let is_spoken = self.readings.is_empty() && (2..=LONGEST_SPOKEN).contains(&words);
        self.phrase.get(..words).filter(|_| is_spoken)
    }

    /// The head as one string, for telling two works apart.
    pub(super) fn key(&self) -> String {
        self.phrase.join(" ")
    }

    /// Under which words the index has these names: the first surname, the first word.
    pub(super) fn index_words(&self) -> Vec<&str> {
        let surnames = self
            .readings
            .iter()
            .filter_map(|persons| persons.first()?.last());
        let mut all: Vec<&str> = surnames.map(|name| stem(name)).collect();
        all.extend(self.phrase.first().map(String::as_str));
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Whether these names, in a short citation, can mean the ones of a source.
    pub(super) fn mean(&self, source: &Names) -> bool {
        self.mean_persons(source) || self.mean_phrase(source)
    }

    fn mean_persons(&self, source: &Names) -> bool {
        self.readings.iter().any(|short| {
            source.readings.iter().any(|full| {
                let enough = if self.et_al {
                    !short.is_empty() && (full.len() > short.len() || source.et_al)
                } else {
                    short.len() == full.len() && (short.len() > 1 || !source.et_al)
                };
                enough
                    && short
                        .iter()
                        .zip(full)
                        .all(|(one, other)| is_same_person(one, other))
            })
        })
    }

    /// The same words; or, for a document or an organisation, its first words up to a break.
    fn mean_phrase(&self, source: &Names) -> bool {
        let length = self.phrase.len();
        if length == 0 || self.et_al || !source.phrase.starts_with(&self.phrase) {
            return false;
        }
        let is_part = source.readings.is_empty() && source.breaks.binary_search(&length).is_ok();
        length == source.phrase.len() || is_part
    }
}

/// Whether a person named in short can be the one named in full: the same surname, and no given
/// name or initial that contradicts.
fn is_same_person(short: &Person, full: &Person) -> bool {
    let (Some((surname, given)), Some((full_surname, full_given))) =
        (short.split_last(), full.split_last())
    else {
        return false;
    };
    let (fewer, more) = if given.len() <= full_given.len() {
        (given, full_given)
    } else {
        (full_given, given)
    };
    let mut others = more.iter().rev();
    let each_agrees = |name: &String| others.any(|other| agree(name, other));
    surname == full_surname && fewer.iter().rev().all(each_agrees)
}

/// Whether two given names are the same, or one is the other's initial.
fn agree(one: &str, other: &str) -> bool {
    let is_initial = |a: &str, b: &str| a.chars().count() == 1 && b.starts_with(a);
    one == other || is_initial(one, other) || is_initial(other, one)
}

/// The stems of a head's words without the leading article, and where parts of it end.
fn phrase(words: &Words<'_>, range: &Range<usize>) -> (Vec<String>, Vec<usize>) {
    let mut stems = Vec::new();
    let mut breaks = Vec::new();
    for at in range.clone() {
        let word = words.folded(at);
        let is_article = matches!(word, "the" | "der" | "die" | "das" | "le" | "la" | "les");
        let ends = ends_a_phrase(word);
        if ends && !stems.is_empty() && breaks.last() != Some(&stems.len()) {
            breaks.push(stems.len());
        }
        if is_and(words, at) {
            stems.push("and".to_owned());
        } else if !word.is_empty() && !(is_article && stems.is_empty()) {
            stems.push(stem(word).to_owned());
        }
    }
    // "Joint Statement of" a date.
    while stems.len() > 1
        && stems
            .last()
            .is_some_and(|word| word.len() > 1 && ends_a_phrase(word))
    {
        stems.pop();
        breaks.retain(|length| *length < stems.len());
    }
    (stems, breaks)
}

/// The ways to read elements as persons.
fn readings(words: &Words<'_>, elements: &[Element]) -> Vec<Vec<Person>> {
    if !elements
        .iter()
        .all(|element| is_person(words, &element.words))
    {
        return Vec::new();
    }
    let persons: Vec<Person> = elements
        .iter()
        .map(|element| person(words, &element.words))
        .collect();
    let mut ways = Vec::new();
    let initials = |person: &Person| person.iter().all(|name| name.chars().count() == 1);
    if !persons.iter().any(initials) || persons.len() == 1 {
        ways.push(persons.clone());
    }
    for all in [true, false] {
        let inverted = inverted(elements, &persons, all);
        if !ways.contains(&inverted) {
            ways.push(inverted);
        }
    }
    ways
}

/// Reads "Smith, John" as one person: at the head alone, or wherever it can be.
fn inverted(elements: &[Element], persons: &[Person], all: bool) -> Vec<Person> {
    let mut list: Vec<Person> = Vec::new();
    let mut surname_open = false;
    for (index, (element, person)) in elements.iter().zip(persons).enumerate() {
        let is_given = surname_open && element.after_comma && person.len() <= 3;
        match list.last_mut() {
            Some(surname) if is_given && (all || index == 1) => {
                let surname_words = std::mem::replace(surname, person.clone());
                surname.extend(surname_words);
                surname_open = false;
            }
            _ => {
                list.push(person.clone());
                surname_open = true;
            }
        }
    }
    list
}

/// A person's names in the order in which they stand, without titles and the like.
fn person(words: &Words<'_>, range: &Range<usize>) -> Person {
    let mut names: Person = Vec::new();
    for at in range.clone().filter(|at| words.is_word(*at)) {
        match words.folded(at) {
            "jr" | "sr" | "ii" | "iii" | "dr" | "prof" | "sir" => {}
            name => names.push(name.to_owned()),
        }
    }
    put_surname_last(words, range, &mut names);
    let Some((surname, given)) = names.split_last() else {
        return names;
    };
    let parts = given.iter().flat_map(|name| name.split('-'));
    let mut person: Person = parts.map(str::to_owned).collect();
    person.push(surname.clone());
    person
}

/// "Smith J.", "Smith JA" and "SMITH John" begin with the surname.
fn put_surname_last(words: &Words<'_>, range: &Range<usize>, names: &mut Person) {
    let mut capitals = range.clone().filter(|at| words.is_word(*at));
    let first_is_set = capitals.next().is_some_and(|at| words.is_acronym(at));
    let last = capitals.next_back();
    let last_is_set = last.is_some_and(|at| words.is_acronym(at));
    if last.is_none() {
        return;
    }
    if first_is_set && !last_is_set {
        let surname = range
            .clone()
            .filter(|at| words.is_word(*at))
            .take_while(|at| words.is_acronym(*at))
            .count();
        let count = names.len();
        names.rotate_left(surname.min(count));
        return;
    }
    if last_is_set
        && !first_is_set
        && names.last().is_some_and(|name| name.chars().count() == 2)
        && let Some(initials) = names.pop()
    {
        let initials = initials.chars().map(String::from);
        names.splice(0..0, initials);
    }
    for _ in 1..names.len() {
        if names.last().is_some_and(|name| name.chars().count() == 1) {
            names.rotate_right(1);
        }
    }
}
