//! Authors and heads: reading them, and telling whether two of them can be the same.

use std::ops::Range;

use super::elements::{HeadSegment, is_person};
use super::fold::{fold_into, stem};
use super::languages::{self, Class};
use super::vocabulary::{ends_a_phrase, is_and, is_document, is_organisation};
use super::words::Words;

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
    /// Of how many elements the head is made: a reading as one person takes "Smith, John" for one.
    elements: usize,
    et_al: bool,
}

/// A person's names in natural order, folded; the last is the surname or its end.
type Person = Vec<String>;

/// How many words the short name of a document may have.
pub(super) const MAX_SHORT_NAME_WORDS: usize = 8;

impl Names {
    /// The names that elements are.
    pub(super) fn new(words: &Words<'_>, elements: &[HeadSegment], et_al: bool) -> Names {
        let (Some(first), Some(last)) = (elements.first(), elements.last()) else {
            return Names::default();
        };
        let all = first.words.start..last.words.end;
        let (phrase, breaks) = phrase(words, &all);
        Names {
            readings: readings(words, elements),
            phrase,
            breaks,
            elements: elements.len(),
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

    /// A name of one word, such as an acronym.
    pub(super) fn from_word(word: &str) -> Names {
        let mut folded = String::new();
        fold_into(&mut folded, word);
        Names {
            phrase: vec![stem(&folded).to_owned()],
            ..Names::default()
        }
    }

    /// The last word of the name.
    pub(super) fn last_word(&self) -> Option<&str> {
        self.phrase.last().map(String::as_str)
    }

    /// The name without its last word.
    pub(super) fn but_last(&self) -> Option<Names> {
        let (_, phrase) = self.phrase.split_last()?;
        (!phrase.is_empty()).then(|| Names {
            phrase: phrase.to_vec(),
            ..Names::default()
        })
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
        let is_spoken = self.readings.is_empty() && (2..=MAX_SHORT_NAME_WORDS).contains(&words);
        self.phrase.get(..words).filter(|_| is_spoken)
    }

    /// The surname of the first person and then the given names; else the words of the head.
    pub(super) fn sorted_by(&self) -> String {
        let first = self.readings.first().and_then(|persons| persons.first());
        match first.and_then(|person| person.split_last()) {
            Some((surname, given)) => format!("{surname} {}", given.join(" ")),
            None => self.key(),
        }
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
        let letter = self.letter().and_then(|(from, _)| from.last());
        all.extend(letter.map(String::as_str));
        all.sort_unstable();
        all.dedup();
        all
    }

    /// What they are called by when they are called by one word: the surname of the first person,
    /// or else the whole name.
    pub(super) fn called(&self) -> Vec<String> {
        if self.readings.is_empty() {
            return vec![self.key()];
        }
        let first = self
            .readings
            .iter()
            .filter_map(|persons| persons.first()?.last());
        let mut all: Vec<String> = first.map(|name| stem(name).to_owned()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    pub(super) fn first_word(&self) -> Option<&str> {
        self.phrase.first().map(String::as_str)
    }

    /// Every name of every person, folded, both parts of a double one; none for an organisation.
    pub(super) fn each_name(&self) -> impl Iterator<Item = &str> {
        let persons = self.readings.first().into_iter().flatten();
        persons
            .flat_map(|person| person.iter().flat_map(|name| name.split('-')))
            .filter(|name| name.chars().count() > 1)
    }

    /// Whether every name stands among those of the source, in whatever order: enough if a title
    /// agrees too, as for "Mao" of "Mao Zedong" or for the second of two authors.
    pub(super) fn are_among(&self, source: &Names) -> bool {
        let is_named = self.each_name().next().is_some();
        is_named
            && self
                .each_name()
                .all(|name| source.each_name().any(|other| other == name))
            && self
                .initials()
                .all(|initial| source.each_name().any(|name| name.starts_with(initial)))
    }

    fn initials(&self) -> impl Iterator<Item = &str> {
        let persons = self.readings.first().into_iter().flatten();
        persons
            .flatten()
            .map(String::as_str)
            .filter(|name| name.chars().count() == 1)
    }

    /// Whether these names, in a short citation, can mean the ones of a source.
    pub(super) fn mean(&self, source: &Names) -> bool {
        self.mean_persons(source) || self.mean_phrase(source) || self.mean_letter(source)
    }

    /// Who writes to whom: "Darwin to Hooker".
    fn letter(&self) -> Option<(&[String], &[String])> {
        let to = self.phrase.iter().position(|word| word == "to")?;
        let (from, to) = (self.phrase.get(..to)?, self.phrase.get(to + 1..)?);
        (self.readings.is_empty() && !from.is_empty() && !to.is_empty()).then_some((from, to))
    }

    fn mean_letter(&self, source: &Names) -> bool {
        let (Some((from, to)), Some((full_from, full_to))) = (self.letter(), source.letter())
        else {
            return false;
        };
        full_from.ends_with(from) && full_to.ends_with(to)
    }

    fn mean_persons(&self, source: &Names) -> bool {
        self.readings.iter().any(|short| {
            // „Steinberg, Repräsentation“: what stands behind a comma may be a title.
            let is_inverted = short.len() == 1 && self.elements > 1;
            source.readings.iter().any(|full| {
                let enough = if self.et_al {
                    !short.is_empty() && (full.len() > short.len() || source.et_al)
                } else {
                    short.len() == full.len() && (short.len() > 1 || !source.et_al)
                };
                enough
                    && short.iter().zip(full).all(|(one, other)| {
                        is_same_person(one, other) && (!is_inverted || shares_given(one, other))
                    })
            })
        })
    }

    /// Whether they mean the ones of a source but for a slip of a letter in one of several surnames, or in
    /// a single long one, for a citation that says where to look: "Mozur & Perloth, supra note 67".
    pub(super) fn nearly_mean(&self, source: &Names) -> bool {
        let fits = |short: &Vec<Person>, full: &Vec<Person>| {
            let mut others = short
                .iter()
                .zip(full)
                .filter(|(one, other)| !is_same_person(one, other));
            let slip = others.next();
            let shortest = if short.len() > 1 { 5 } else { 8 };
            let is_slip = slip.is_some_and(|(one, other)| match (one.last(), other.last()) {
                (Some(one), Some(other)) => {
                    one.len().max(other.len()) > shortest && differ_in_a_letter(one, other)
                }
                _ => false,
            });
            short.len() == full.len() && is_slip && others.next().is_none()
        };
        let mut readings = self.readings.iter();
        readings.any(|short| source.readings.iter().any(|full| fits(short, full)))
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

/// Whether somebody is called by a given name that the other has, and not only by one with its initial.
fn shares_given(short: &Person, full: &Person) -> bool {
    let given = |person: &Person| person.len().saturating_sub(1);
    let full = full.iter().take(given(full));
    let mut spelt = short
        .iter()
        .take(given(short))
        .filter(|name| name.chars().count() > 1)
        .peekable();
    spelt.peek().is_none() || spelt.any(|name| full.clone().any(|other| other == name))
}

/// Whether a long word is another but for one letter within it that is left out, or two that are
/// swapped. Hanson and Hansen, Schmid and Schmidt are two people.
fn differ_in_a_letter(one: &str, other: &str) -> bool {
    const SHORTEST: usize = 5;
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (fewer, more) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let same = fewer.iter().zip(&more).take_while(|(a, b)| a == b).count();
    let (rest, longer) = (fewer.get(same..), more.get(same..));
    let (rest, longer) = (rest.unwrap_or_default(), longer.unwrap_or_default());
    let is_slip = match (rest, longer) {
        (&[a, b, ..], &[c, d, ..]) if rest.len() == longer.len() => {
            a == d && b == c && rest.get(2..) == longer.get(2..)
        }
        ([_, ..], [_, longer @ ..]) => rest == longer,
        _ => false,
    };
    fewer.len() >= SHORTEST && same > 0 && is_slip
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
        let is_article = words.is(at, Class::TitleArticle);
        // "Council of Europe, Committee on Culture", but no "Treaty of Friendship, Cooperation".
        let is_body = |at: usize| is_organisation(words, at) && !is_document(words, at);
        let ends_body = words.is_mark(at, ',')
            && (range.start..at).any(is_body)
            && !(range.start..at).any(|at| is_document(words, at));
        let ends = ends_a_phrase(words, at) || ends_body;
        if ends && !stems.is_empty() && breaks.last() != Some(&stems.len()) {
            breaks.push(stems.len());
        }
        if is_and(words, at) {
            stems.push("and".to_owned());
        } else if !(word.is_empty() || is_article && stems.is_empty()) {
            stems.push(stem(word).to_owned());
        }
    }
    // "Joint Statement of" a date.
    while stems.len() > 1
        && stems
            .last()
            .is_some_and(|word| word.len() > 1 && languages::classes(word).has(Class::PhraseEnd))
    {
        stems.pop();
        breaks.retain(|length| *length < stems.len());
    }
    (stems, breaks)
}

/// The ways to read elements as persons.
fn readings(words: &Words<'_>, elements: &[HeadSegment]) -> Vec<Vec<Person>> {
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
        let inverted = inverted(words, elements, &persons, all);
        if !ways.contains(&inverted) {
            ways.push(inverted);
        }
    }
    ways
}

/// Reads "Smith, John" as one person: at the head alone, or wherever it can be.
fn inverted(
    words: &Words<'_>,
    elements: &[HeadSegment],
    persons: &[Person],
    all: bool,
) -> Vec<Person> {
    let mut list: Vec<Person> = Vec::new();
    let mut surname_open = false;
    for (index, (element, person)) in elements.iter().zip(persons).enumerate() {
        // "SILVA, Geraldo Eulálio do Nascimento"
        let is_particle = |name: &&String| languages::classes(name).has(Class::Particle);
        let particles = person.iter().filter(is_particle).count();
        let is_given = surname_open && element.after_comma && person.len() <= 3 + particles;
        // "Frieda A. Hagen" is nobody's surname.
        let before = index.checked_sub(1).and_then(|before| elements.get(before));
        let is_given = is_given && !before.is_some_and(|one| has_middle_initial(words, one));
        match list.last_mut() {
            Some(surname) if is_given && (all || index == 1) => {
                // "Clegg, Stuart R.": the last of them is no surname.
                let given = element.words.clone().filter(|at| words.is_word(*at));
                let given = given.flat_map(|at| words.folded(at).split('-'));
                let given: Person = given.map(str::to_owned).collect();
                let surname_words = std::mem::replace(surname, given);
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

/// Whether an initial stands between two names: "Frieda A. Hagen".
fn has_middle_initial(words: &Words<'_>, element: &HeadSegment) -> bool {
    let range = &element.words;
    (range.start + 1..range.end).any(|at| {
        words.is_capital(at - 1)
            && words.is_capital(at)
            && words.folded(at).chars().count() == 1
            && words.is_mark(at + 1, '.')
            && at + 2 < range.end
    })
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

/// Whether letters are an abbreviation that nobody is called: "GDPR".
fn is_unspoken(word: &str) -> bool {
    const SHORTEST: usize = 4;
    word.len() >= SHORTEST
        && word
            .bytes()
            .all(|letter| b"bcdfghjklmnpqrstvwxz".contains(&letter))
}

/// "Smith J.", "Smith JA" and "SMITH John" begin with the surname.
fn put_surname_last(words: &Words<'_>, range: &Range<usize>, names: &mut Person) {
    let mut capitals = range.clone().filter(|at| words.is_word(*at));
    let is_set = |at: usize| words.is_acronym(at) && !is_unspoken(words.folded(at));
    let first_is_set = capitals.next().is_some_and(is_set);
    let last = capitals.next_back();
    let last_is_set = last.is_some_and(|at| words.is_acronym(at));
    if last.is_none() {
        return;
    }
    // "ICC Statute" is nobody's name.
    let is_law = last.is_some_and(|at| words.is(at, Class::Law));
    if first_is_set && !last_is_set && !is_law {
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
