//! Whether another citation begins at a word: names with a year, a title or a note behind them.

use super::super::anchor::ends_sentence;
use super::super::cross_reference::CrossReference;
use super::super::date;
use super::super::elements::{Elements, HeadSegment, is_person};
use super::super::languages::Class;
use super::super::pages::locators;
use super::super::short::{self, FormKind, MAX_TITLE_WORDS};
use super::super::vocabulary::{is_and, op_cit};
use super::super::when::when;
use super::super::words::{PARAGRAPH, Words};

pub(super) fn begins_name(words: &Words<'_>, at: usize) -> bool {
    let elements = Elements::read(words, at, words.len());
    elements
        .list
        .first()
        .is_some_and(|first| first.words.clone().any(|at| words.is_capital(at)))
        && elements.are_persons(words)
}

/// “…”. Roderic Camp, *Los intelectuales*: a full name and a title that is set off.
pub(super) fn begins_set_off(words: &Words<'_>, at: usize) -> bool {
    let elements = Elements::read(words, at, words.len());
    let [first] = elements.list.as_slice() else {
        return false;
    };
    let names = first.words.clone().filter(|at| words.is_capital(*at));
    let title = elements.title_of_persons(words);
    names.count() > 1 && title.is_some_and(|title| words.is_capital(title))
}

/// „Vgl. Benno Nietzel: Die Vernichtung“: a full name and a title behind a colon.
pub(super) fn begins_with_colon(words: &Words<'_>, at: usize) -> bool {
    let elements = Elements::read(words, at, words.len());
    let first = elements.list.first();
    let names = first.map_or(0, |first| {
        let names = first.words.clone();
        names.filter(|at| words.is_capital(*at)).count()
    });
    names > 1
        && elements.are_persons(words)
        && words.is_mark(elements.next, ':')
        && (words.is_capital(elements.next + 1) || words.is_set_off(elements.next + 1))
}

/// „Vgl. Wurthmann; Schmidt: Digitale Quellenkunde, 2020“: what may be cited again behind a signal.
pub(super) fn begins_short_with_colon(words: &Words<'_>, at: usize) -> bool {
    let elements = Elements::read(words, at, words.len());
    elements.are_persons(words)
        && words.is_mark(elements.next, ':')
        && words.is_capital(elements.next + 1)
}

/// „Vgl. Axel Honneth, Der Kampf um Anerkennung, Frankfurt 1994“: a full name, and a place and a year
/// not far behind the title.
pub(super) fn begins_unset(words: &Words<'_>, at: usize) -> bool {
    let elements = Elements::read(words, at, words.len());
    let Some(first) = elements.list.first().map(|first| first.words.clone()) else {
        return false;
    };
    let names = first.clone().filter(|at| words.is_capital(*at)).count();
    let title = first.end + 1;
    names > 1
        && is_person(words, &first)
        && words.is_mark(first.end, ',')
        && words.is_capital(title)
        && is_placed_near(words, title)
}

/// „etwa Merryman, Comparative Law and Scientific Explanation, in: Law in the United States (Brüssel
/// 1974) 81“: surnames, a title, and the book that it stands in or a year in brackets and a page.
pub(super) fn begins_surnamed(words: &Words<'_>, at: usize) -> bool {
    const NEAR: usize = 40;
    let elements = Elements::read(words, at, words.len());
    let is_first = |element: &&HeadSegment| !element.after_comma;
    let names: Vec<&HeadSegment> = elements.list.iter().take_while(is_first).collect();
    let Some(comma) = names.last().map(|last| last.words.end) else {
        return false;
    };
    let title = comma + 1;
    let are_persons = names.iter().all(|name| is_person(words, &name.words));
    if !words.is_capital(at) || !are_persons || !words.is_mark(comma, ',') {
        return false;
    }
    let ends = |at: &usize| words.is_one_of_marks(*at, &[';', PARAGRAPH]);
    let end = (title..title + NEAR).find(ends).unwrap_or(title + NEAR);
    let is_book = |at: usize| {
        words.is_mark(at, ',') && words.folded(at + 1) == "in" && words.is_mark(at + 2, ':')
    };
    let is_dated = |at: usize| {
        let close = words.closing(at).filter(|_| words.is_mark(at, '('));
        close.is_some_and(|close| {
            let page = close + 1 + usize::from(words.is_mark(close + 1, ','));
            date::year(words, close - 1).is_some() && words.is_number(page)
        })
    };
    words.is_capital(title) && (title + 2..end).any(|at| is_book(at) || is_dated(at))
}

/// „Zu entsprechenden Versuchen“: words that lead up to a citation and hold none themselves.
pub(super) fn is_bare_lead(words: &Words<'_>, mut range: std::ops::Range<usize>) -> bool {
    const MOST: usize = 16;
    let small = range.clone().filter(|at| words.is_small(*at)).count();
    range.len() <= MOST
        && small > 0
        && range.all(|at| words.is_word(at) && !words.is_number(at) && !words.is_set_off(at))
}

/// „Frankfurt 1994 und Das Recht der Freiheit, Berlin 2013“: a second title by the same author behind
/// the place and the year of the first.
pub(in super::super) fn begins_second(words: &Words<'_>, and: usize) -> bool {
    let year = and.wrapping_sub(1);
    is_and(words, and)
        && date::year(words, year).is_some()
        && words.is_capital(year.wrapping_sub(1))
        && words.is_capital(and + 1)
        && words.is(and + 1, Class::TitleArticle)
        && words.is_capital(and + 2)
        && is_placed_near(words, and + 1)
}

/// Whether a place and a year stand behind a comma not far on.
fn is_placed_near(words: &Words<'_>, title: usize) -> bool {
    const NEAR: usize = 30;
    let is_placed = |at: usize| {
        words.is_mark(at, ',') && words.is_capital(at + 1) && date::year(words, at + 2).is_some()
    };
    let ends = |at: &usize| words.is_one_of_marks(*at, &[';', PARAGRAPH]);
    let end = (title..title + NEAR).find(ends).unwrap_or(title + NEAR);
    (title..end).any(is_placed)
}

/// "Smith (2019)", "Smith & Jones 2019".
pub(super) fn begins_dated(words: &Words<'_>, at: usize) -> bool {
    if !words.is_word(at) || words.is_set_off(at) {
        return false;
    }
    let elements = Elements::read(words, at, words.len());
    elements.are_persons(words) && when(words, elements.next, words.len()).is_some()
}

/// "H. 130 cm (51 in.). Pasquier 2007, 112–15.": names and a year behind a measure, which no place and
/// year of a title follow.
pub(super) fn begins_behind_measure(words: &Words<'_>, point: usize) -> bool {
    let last = point.wrapping_sub(2);
    let unit = last.wrapping_sub(usize::from(words.is_mark(last, '.')));
    let is_measure = words.is_mark(point.wrapping_sub(1), ')')
        && matches!(
            words.folded(unit),
            "in" | "cm" | "mm" | "m" | "ft" | "kg" | "g" | "lb"
        )
        && words.is_number(unit.wrapping_sub(1));
    is_measure && words.is_capital(point + 1) && begins_dated(words, point + 1)
}

/// "See “The Title,” Acme, New York, 30 May 2007, https://example.org": a title in quotation marks, and an
/// address before the sentence ends.
pub(super) fn begins_linked(words: &Words<'_>, at: usize) -> bool {
    const MOST: usize = 40;
    if !words.is_one_of_marks(at, &['“', '"', '‘']) || !words.is_capital(at + 1) {
        return false;
    }
    let Some(close) = words.closing(at) else {
        return false;
    };
    let is_over = |at: &usize| words.is_mark(*at, PARAGRAPH) || ends_sentence(words, *at);
    let end = (close..close + MOST).find(is_over).unwrap_or(close + MOST);
    (close..end).any(|at| words.is_link(at))
}

/// "See McKnight, 16.": persons and a page, and nothing behind it.
pub(super) fn begins_paged(words: &Words<'_>, at: usize) -> bool {
    let elements = Elements::read(words, at, words.len());
    let page = elements.next + 1;
    let is_paged = words.is_mark(elements.next, ',')
        && words.is_number(page)
        && date::year(words, page).is_none();
    let end = locators(words, elements.next, words.len());
    let is_over = end >= words.len()
        || words.is_one_of_marks(end, &[';', PARAGRAPH])
        || words.is_mark(end.wrapping_sub(1), '.');
    words.is_capital(at) && is_paged && is_over && elements.are_persons(words)
}

/// "La valeur de la science (1905), Flammarion, Paris 1939": a publisher and a place.
pub(super) fn begins_imprint(words: &Words<'_>, at: usize) -> bool {
    let elements = Elements::read(words, at, words.len());
    let [first, .., place] = elements.list.as_slice() else {
        return false;
    };
    let is_short = |element: &HeadSegment| element.words.len() <= 3;
    place.after_comma
        && is_short(first)
        && is_short(place)
        && date::year(words, elements.next).is_some()
}

/// "Paul N. Schwartz (2019) The military dimension": names of more than a word, a year in
/// brackets, a title.
pub(super) fn begins_full(words: &Words<'_>, at: usize) -> bool {
    let elements = Elements::read(words, at, words.len());
    let Some(when) = when(words, elements.next, words.len()) else {
        return false;
    };
    let first = elements.list.first();
    let names = first.map_or(0, |first| {
        first.words.clone().filter(|at| words.is_word(*at)).count()
    });
    names > 1 && when.in_brackets && (words.is_capital(when.next) || words.is_set_off(when.next))
}

/// "Smith, *Title*", "Smith (n 5)", "*Smith v Jones* (n 5)".
pub(super) fn begins_titled(words: &Words<'_>, at: usize) -> bool {
    if words.is_set_off(at) {
        let end = (at..words.len().min(at + MAX_TITLE_WORDS)).find(|at| !words.is_set_off(*at));
        let next = end.unwrap_or(words.len());
        let next = next + usize::from(words.is_one_of_marks(next, &[',', '(']));
        return CrossReference::read(words, next).is_some() || op_cit(words, next).is_some();
    }
    let elements = Elements::read(words, at, words.len());
    let next = elements.next + usize::from(words.is_one_of_marks(elements.next, &[',', ':', '(']));
    let marked = op_cit(words, next).is_some() || CrossReference::read(words, next).is_some();
    let is_named = words.is_capital(at) && !elements.list.is_empty();
    (words.is_set_off(next) && elements.are_persons(words))
        || (marked && (elements.are_persons(words) || is_named))
}

/// "World Bank, *World Development Report*".
pub(super) fn begins_of_body(words: &Words<'_>, at: usize) -> bool {
    let elements = Elements::read(words, at, words.len());
    words.is_capital(at) && elements.title(words).is_some() && elements.are_names(words)
}

/// "J. T. Gilchrist, ed., *The Collection*": people who are editors, and a title that is set off.
pub(super) fn begins_edited(words: &Words<'_>, at: usize) -> bool {
    let elements = Elements::read(words, at, words.len());
    let comma = short::after_editors(words, elements.next);
    let is_edited = comma > elements.next && elements.are_persons(words);
    words.is_capital(at) && is_edited && words.is_mark(comma, ',') && words.is_set_off(comma + 1)
}

/// Whether the sentence that begins here is a short citation with a note or "op. cit.", and
/// nothing else: "Voorhees et al., supra note 16, at 519."
pub(super) fn is_marked_sentence(words: &Words<'_>, at: usize) -> bool {
    if !begins_titled(words, at) {
        return false;
    }
    let form = short::read(words, at, words.len());
    let marked = form.filter(|form| matches!(form.kind, FormKind::Note | FormKind::OpCit));
    marked.is_some_and(|form| {
        let end = form.words.end;
        let bracket = words.closing(end).filter(|_| words.is_mark(end, '('));
        let next = bracket.map_or(end, |close| close + 1);
        next >= words.len()
            || words.is_one_of_marks(next, &['.', ';', PARAGRAPH])
            || words.is_mark(next.wrapping_sub(1), '.')
    })
}
