//! Where the names at the head of a citation end, and its title begins.

use std::ops::Range;

use super::super::designation::Designation;
use super::super::elements::{Elements, HeadSegment, is_person};
use super::super::vocabulary::{is_and, is_function_word, is_particle};
use super::super::words::Words;

/// How many elements are names where no year follows them: the first, what "and" or a slash
/// joins to it, and its given names after a comma.
pub(super) fn names_before_title(words: &Words<'_>, elements: &Elements) -> usize {
    let Some(first) = elements.list.first() else {
        return 0;
    };
    if elements.are_all_names
        || ends_names(words, elements.next) && are_all_names(words, elements)
        || is_list_at_semicolons(words, elements)
    {
        return elements.list.len();
    }
    let mut count = 1;
    let mut last = first;
    let alone = first.words.clone().filter(|at| words.is_word(*at)).count() == 1;
    for element in elements.list.iter().skip(1) {
        let comma = words.is_mark(element.words.start - 1, ',');
        let words_in = element
            .words
            .clone()
            .filter(|at| words.is_word(*at))
            .count();
        let is_last = ends_names(words, element.words.end);
        let is_given = count == 1
            && alone
            && (words_in <= 2 && is_last || words_in == 1 && elements.list.len() > 2);
        let is_initial = words_in > 0
            && element.words.clone().all(|at| {
                let is_letter = words.folded(at).len() == 1;
                !words.is_word(at) || is_letter || words.is_small(at) && is_particle(words, at)
            });
        let is_other =
            begins_with_initial(words, &first.words) && begins_with_initial(words, &element.words);
        if comma && !is_given && !is_initial && !is_other {
            break;
        }
        count += 1;
        last = element;
    }
    if last.words.end >= elements.next && ends_names(words, elements.next) {
        return elements.list.len();
    }
    count
}

/// "Mellor, Mary. The Future of Money", "Hutchinson, Frances, Mary Mellor, and Wendy Olsen. The": a
/// surname, given names and other people up to a point.
pub(super) fn are_names_of_entry(words: &Words<'_>, elements: &Elements) -> bool {
    const MAX_GIVEN_WORDS: usize = 3;
    let [surname, given, others @ ..] = elements.list.as_slice() else {
        return false;
    };
    let count = |range: &Range<usize>| range.clone().filter(|at| words.is_word(*at)).count();
    // "SILVA, Geraldo Eulálio do Nascimento"
    let capitals = given.words.clone().filter(|at| words.is_capital(*at));
    let is_inverted = given.after_comma
        && count(&surname.words) == 1
        && (1..=MAX_GIVEN_WORDS).contains(&capitals.count())
        && given
            .words
            .clone()
            .all(|at| !words.is_small(at) || is_particle(words, at));
    let is_title = words.is_capital(elements.next + 1) || words.is_set_off(elements.next + 1);
    is_inverted
        && words.is_mark(elements.next, '.')
        && is_title
        && others.iter().all(|other| count(&other.words) > 1)
        && elements.are_persons(words)
}

/// "A. Capitini, D. Dolci, *Lettere*": an initial and a surname.
fn begins_with_initial(words: &Words<'_>, range: &Range<usize>) -> bool {
    let is_initial = words.folded(range.start).chars().count() == 1;
    let names = range
        .clone()
        .filter(|at| words.folded(*at).chars().count() > 1);
    is_initial
        && words.is_mark(range.start + 1, '.')
        && (1..=3).contains(&names.count())
        && is_person(words, range)
}

/// Whether all elements before a title that is set off are names: a list that ends in "and", or
/// "García de Enterría, Eduardo".
fn are_all_names(words: &Words<'_>, elements: &Elements) -> bool {
    let list = &elements.list;
    let Some(last) = list.last().filter(|_| list.len() > 1) else {
        return false;
    };
    let ends_in_and = is_and(words, last.words.start.wrapping_sub(1));
    let is_given = list.len() == 2 && last.words.len() <= 2;
    elements.are_persons(words) && !words.is_mark(elements.next, ':') && (ends_in_and || is_given)
}

/// „Sahle, Patrick; Henny, Ulrike: Klios Algorithmen“: authors parted by semicolons, and a colon.
fn is_list_at_semicolons(words: &Words<'_>, elements: &Elements) -> bool {
    let is_parted = |element: &HeadSegment| words.is_mark(element.words.start.wrapping_sub(1), ';');
    words.is_mark(elements.next, ':')
        && elements.list.iter().skip(1).any(is_parted)
        && elements.are_persons(words)
}

/// Whether a colon, or a title that is set off, follows the names.
fn ends_names(words: &Words<'_>, at: usize) -> bool {
    words.is_mark(at, ':')
        || words.is_set_off(at)
        || (words.is_one_of_marks(at, &[',', '.']) && words.is_set_off(at + 1))
}

/// "World Bank, *World Development Report*": a head that is no person's, and a title set off.
pub(super) fn is_organisation_with_title(
    words: &Words<'_>,
    elements: &Elements,
    title: usize,
) -> bool {
    let first = elements.words().start;
    let is_parted = words.is_one_of_marks(title.wrapping_sub(1), &[',', ':', '.']);
    words.is_set_off(title)
        && is_parted
        && elements.are_names(words)
        && (!is_function_word(words, first) || words.is_acronym(first) || is_our(words, first))
}

/// "Our World in Data, “Energy Mix”": the name of a body.
fn is_our(words: &Words<'_>, first: usize) -> bool {
    words.folded(first) == "our" && words.is_capital(first) && words.is_capital(first + 1)
}

/// "2 John Ashworth, Slavery, Capitalism, and Politics", "6 Phillip E. Areeda & Herbert Hovenkamp,
/// Antitrust Law": where the names begin behind the volume.
pub(super) fn volume_before_names(words: &Words<'_>, at: usize, end: usize) -> Option<usize> {
    const MAX_DIGITS: usize = 2;
    let is_volume = words.is_number(at) && words.folded(at).len() <= MAX_DIGITS;
    let start = at + 1;
    if !is_volume || !words.is_capital(start) || Designation::read(words, at).is_some() {
        return None;
    }
    let elements = Elements::read(words, start, end);
    let first = &elements.list.first()?.words;
    let names = first.clone().filter(|at| words.is_capital(*at)).count();
    let is_one = names > 1 && words.is_mark(first.end, ',');
    (is_person(words, first) && (is_one || is_and(words, first.end))).then_some(start)
}
