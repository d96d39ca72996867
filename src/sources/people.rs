//! People and bodies as a list of references has them: surname and given names apart, bodies whole.

use std::ops::Range;

use super::elements::{HeadSegment, is_person};
use super::languages::Class;
use super::vocabulary::{is_and, is_particle};
use super::words::Words;
pub(super) use crate::paper::Name;

/// Parts the elements of a head into people. `are_persons` is whether the head names any.
pub(super) fn people(words: &Words<'_>, elements: &[HeadSegment], are_persons: bool) -> Vec<Name> {
    let whole = || {
        let first = elements.first().map_or(0, |element| element.words.start);
        let last = elements.last().map_or(0, |element| element.words.end);
        words.slice(&(first..last)).trim().to_owned()
    };
    if !are_persons {
        let name = whole();
        return (!name.is_empty())
            .then_some(Name::Whole(name))
            .into_iter()
            .collect();
    }
    if let Some(whole) = compound(words, elements) {
        return vec![person(words, &whole)];
    }
    let mut people = Vec::new();
    let mut list = elements.iter().peekable();
    let is_pair = elements.len() == 2 || are_pairs(elements);
    while let Some(element) = list.next() {
        let is_inverted = is_pair || people.is_empty() && is_first_inverted(words, elements);
        let next = list
            .peek()
            .filter(|next| is_given(words, element, next, is_inverted));
        match next {
            Some(given) => {
                people.push(Name::Person {
                    family: tidy(words, &element.words),
                    given: tidy(words, &given.words),
                    suffix: String::new(),
                });
                list.next();
            }
            None => people.push(person(words, &element.words)),
        }
    }
    people
}

/// "Facio, Alda y Fries, Lorena": a comma within each two, and "and" between them.
fn are_pairs(elements: &[HeadSegment]) -> bool {
    let mut each = elements.iter().enumerate();
    elements.len() > 2
        && elements.len().is_multiple_of(2)
        && each.all(|(at, element)| at == 0 || element.after_comma == (at % 2 == 1))
}

/// "José Ortega y Gasset": one person, if a given name goes before and nothing but a surname follows.
fn compound(words: &Words<'_>, elements: &[HeadSegment]) -> Option<Range<usize>> {
    let [first, second] = elements else {
        return None;
    };
    let names = |element: &HeadSegment| {
        let names = element.words.clone().filter(|at| words.is_capital(*at));
        names.count()
    };
    let is_joined = words.folded(second.words.start.wrapping_sub(1)) == "y";
    (is_joined && names(first) > 1 && names(second) == 1)
        .then_some(first.words.start..second.words.end)
}

/// "Gilbert, Sandra M., and Susan Gubar", "Hutchinson, Frances, Mary Mellor, and Wendy Olsen": of
/// several people the first alone stands surname first.
fn is_first_inverted(words: &Words<'_>, elements: &[HeadSegment]) -> bool {
    let [_, _, others @ .., last] = elements else {
        return false;
    };
    let is_whole = |element: &HeadSegment| {
        let names = element.words.clone().filter(|at| words.is_capital(*at));
        names.count() > 1
    };
    let is_joined = is_and(words, last.words.start.wrapping_sub(1));
    is_joined && is_whole(last) && others.iter().all(is_whole)
}

/// Whether an element is the given names of the one before: "FIRTH, J. R.", "Barth, Karl".
fn is_given(words: &Words<'_>, surname: &HeadSegment, given: &HeadSegment, is_pair: bool) -> bool {
    let names = |element: &HeadSegment| {
        let names = element.words.clone().filter(|at| words.is_word(*at));
        names.filter(|at| !is_particle(words, *at)).count()
    };
    let is_initials = given.words.clone().all(|at| {
        !words.is_word(at)
            || words.folded(at).chars().count() == 1
            || is_particle(words, at) && words.is_small(at)
    });
    let has_initial = surname
        .words
        .clone()
        .any(|at| words.is_word(at) && words.folded(at).chars().count() == 1);
    // "SILVA, Geraldo Eulálio do Nascimento"
    let is_set = surname.words.clone().all(|at| words.is_acronym(at));
    let most = if is_set { 3 } else { 2 };
    given.after_comma
        && !has_initial
        && names(surname) <= 2
        && is_person(words, &surname.words)
        && (is_initials || (is_pair && names(surname) == 1 && names(given) <= most))
}

/// One person's names in natural order, or "SMITH John", "Smith JA".
fn person(words: &Words<'_>, range: &Range<usize>) -> Name {
    let all: Vec<usize> = range.clone().filter(|at| words.is_word(*at)).collect();
    let (Some(first), Some(last)) = (all.first().copied(), all.last().copied()) else {
        return Name::Whole(words.slice(range).to_owned());
    };
    // "OECD"
    let is_body = words.is_acronym(first) && (2..=4).contains(&words.raw(first).chars().count());
    if first == last && is_body {
        return Name::Whole(words.raw(first).to_owned());
    }
    if first == last {
        return Name::Person {
            family: words.raw(first).to_owned(),
            given: String::new(),
            suffix: String::new(),
        };
    }
    let letters = |at: usize| words.folded(at).chars().count();
    let is_initials = words.is_acronym(last) && letters(last) <= 3 || letters(last) == 1;
    // "Charles P. Trumbull IV"
    let is_behind = is_initials && !words.is(last, Class::NameSuffix);
    // "Smith JA", "Smith J."
    if is_behind && !words.is_acronym(first) && letters(first) > 1 {
        let given = all
            .iter()
            .copied()
            .find(|at| letters(*at) <= 3 && *at > first);
        let given = given.unwrap_or(last);
        return named(words, range.start..given, given..range.end);
    }
    // "SMITH John"
    if words.is_acronym(first) && !words.is_acronym(last) && letters(first) > 3 {
        let given = all.iter().copied().find(|at| !words.is_acronym(*at));
        let given = given.unwrap_or(last);
        return named(words, range.start..given, given..range.end);
    }
    let is_suffix = words.is(last, Class::NameSuffix);
    let before = all
        .iter()
        .rev()
        .copied()
        .filter(|at| !is_suffix || *at != last);
    let mut family = before.clone().next().unwrap_or(last);
    for at in before.skip(1) {
        if !(is_particle(words, at) && words.is_small(at)) {
            break;
        }
        family = at;
    }
    // "José Ortega y Gasset"
    if words.folded(family) == "y" {
        let half = all.iter().copied().rfind(|at| *at < family);
        family = half.unwrap_or(family);
    }
    // "Eduardo García de Enterría", "Jean Paul de Gaulle": whose surname begins where?
    let names = all.iter().filter(|at| **at < family && letters(**at) > 1);
    let is_romance = matches!(
        words.folded(family),
        "de" | "di" | "da" | "del" | "della" | "dos" | "do"
    );
    // "Mayke De Jong", "Thanh Van Nguyen": a given name, or the beginning of the surname?
    let before = all.iter().rfind(|at| **at < family);
    let is_capital_particle = before.is_some_and(|at| {
        is_particle(words, *at) && words.is_capital(*at) && letters(*at) > 1 && *at > first
    });
    let is_unsure =
        words.is_small(family) && is_romance && names.count() > 1 || is_capital_particle;
    if is_unsure {
        return Name::Whole(tidy(words, range));
    }
    named(words, family..range.end, range.start..family)
}

fn named(words: &Words<'_>, family: Range<usize>, given: Range<usize>) -> Name {
    Name::Person {
        family: tidy(words, &family),
        given: tidy(words, &given),
        suffix: String::new(),
    }
}

/// The words without commas around them; a point stays only behind an initial.
fn tidy(words: &Words<'_>, range: &Range<usize>) -> String {
    let text = words.slice(range).trim().trim_matches(',').trim();
    let last = text.strip_suffix('.');
    match last {
        Some(rest)
            if rest
                .rsplit([' ', '.', '-'])
                .next()
                .is_some_and(|word| word.chars().count() > 2) =>
        {
            rest.to_owned()
        }
        _ => text.to_owned(),
    }
}
