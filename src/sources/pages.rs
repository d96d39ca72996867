//! The pages and other places in a work that a citation ends in.

use std::ops::Range;

use super::date;
use super::designation::Designation;
use super::languages::Class;
use super::vocabulary::{is_and, is_locator, is_remark, op_cit, reporter};
use super::words::Words;

/// Reads over pages and the like: ", p. 4", ": 45–67", ", S. 5 ff.", " (p. 91)", ", at 12", and those of
/// a translation behind them. Gives the place itself if there are none.
pub(super) fn locators(words: &Words<'_>, at: usize, end: usize) -> usize {
    let done = places(words, at, end);
    if let Some(next) = of_translation(words, done, end).filter(|_| done > at) {
        return next;
    }
    done + usize::from(done > at && done < end && words.is_mark(done, '.'))
}

/// The same without a translation's, and without a full stop.
fn places(words: &Words<'_>, at: usize, end: usize) -> usize {
    let mut done = at;
    let mut bracket = None;
    let mut next = at;
    while next < end {
        let opens = words.is_one_of_marks(next, &['(', '[']);
        if let Some(close) = paragraph(words, next).filter(|close| *close < end && done == next) {
            done = close + 1;
            next = close;
        } else if Some(next) == bracket {
            bracket = None;
            done = next + 1;
        } else if opens && bracket.is_none() && words.closing(next).is_some_and(|c| c < end) {
            bracket = words.closing(next);
        } else if words.is_number(next) && begins_report(words, next) {
            break;
        } else if is_place(words, next) {
            done = if bracket.is_none() { next + 1 } else { done };
        } else if !words.is_one_of_marks(next, &[',', ':', '.', '-', '–', '/', '§', '*', '¶']) {
            break;
        }
        next += 1;
    }
    done
}

/// Reads over "; trad. it. cit., p. 354", ", trad. p. 12": the page of a translation that has been given
/// with the work.
pub(super) fn of_translation(words: &Words<'_>, at: usize, end: usize) -> Option<usize> {
    let next = at + usize::from(words.is_one_of_marks(at, &[';', ',', '(']));
    if next == at || !words.is(next, Class::TranslatedBy) {
        return None;
    }
    let after_point = |at: usize| at + 1 + usize::from(words.is_mark(at + 1, '.'));
    let mut place = after_point(next);
    // "trad, it. cit."
    let behind = place + usize::from(words.is_mark(place, ','));
    if words.is(behind, Class::OfLanguage) {
        place = after_point(behind);
    }
    let place = op_cit(words, place).unwrap_or(place);
    let done = places(words, place, end);
    let done = done + usize::from(done > place && done < end && words.is_mark(done, '.'));
    let is_closed = words.is_mark(at, '(');
    let done = match words.closing(at) {
        Some(close) if is_closed && close == done => close + 1,
        _ if is_closed => return None,
        _ => done,
    };
    (done > place && done <= end).then_some(done)
}

/// Whether a citation gives the page of a translation that was named before: "trad. it. cit., p. 354".
pub(super) fn cites_translation(words: &Words<'_>, mut range: Range<usize>) -> bool {
    let end = range.end;
    range.any(|at| {
        let place = of_translation(words, at, end);
        place.is_some_and(|place| (at..place).any(|at| op_cit(words, at).is_some()))
    })
}

/// Where the bracket of "4(a)", "art 6(1)" closes, if one opens right behind a place.
fn paragraph(words: &Words<'_>, at: usize) -> Option<usize> {
    let close = words.closing(at).filter(|_| words.is_mark(at, '('))?;
    let is_letter = words.folded(at + 1).chars().count() == 1 || is_roman(words.raw(at + 1));
    let behind_place = words.touches_previous(at) || is_locator(words, at.wrapping_sub(1));
    let is_number = words.is_number(at + 1) && date::year(words, at + 1).is_none();
    (close == at + 2 && behind_place && (is_letter || is_number)).then_some(close)
}

/// "34 F.4th 841": a volume of judgments, and no page with "f." behind it.
fn begins_report(words: &Words<'_>, at: usize) -> bool {
    words.is_capital(at + 1)
        && reporter(words, at + 1).is_some()
        && Designation::read(words, at).is_some()
}

/// Whether the word is a page's number, or belongs to one.
fn is_place(words: &Words<'_>, at: usize) -> bool {
    let before = at.wrapping_sub(1);
    let word = words.folded(at);
    if words.is_number(at) {
        let led = is_locator(words, before)
            || words.is_one_of_marks(before, &['–', '-', ':'])
            || (words.is_mark(before, '.') && is_locator(words, before.wrapping_sub(1)));
        let is_day = date::read(words, at).is_some_and(|(date, _)| date.day.is_some());
        // "117th Cong. 4"
        if is_congress(words, at) {
            return false;
        }
        return led || (date::year(words, at).is_none() && !is_day);
    }
    let between = words.is_number(before) && words.is_number(at + 1);
    // "*T. Lucreti Cari*", "*Al Mahdi*"
    let name = at + 1 + usize::from(words.is_mark(at + 1, '.'));
    let is_initial = words.is_capital(at)
        && word.len() <= 2
        && words.is_capital(name)
        && words.folded(name).len() > 2
        && !is_roman(words.raw(name));
    let is_roman = is_volume(words, at)
        || ((word.len() > 1 || is_locator(words, before) || is_first_of_pages(words, at))
            && is_roman(words.raw(at)));
    let of = words.folded(at) == "of" && is_locator(words, at + 1);
    is_locator(words, at) && !is_initial
        || is_article(words, at)
        || (is_and(words, at) && between)
        || is_roman
        || of
        || is_onward(words, at)
}

/// "GATT, Article XXI", "DA, Articles 2 and 3": the word for a part of a law, with its number behind it.
pub(super) fn is_article(words: &Words<'_>, at: usize) -> bool {
    matches!(words.folded(at), "article" | "articles")
        && words.is_capital(at)
        && (words.is_number(at + 1) || is_roman(words.raw(at + 1)))
}

/// "p. 3 e.v.": whether the word belongs to what says that there is more behind a page.
pub(super) fn is_onward(words: &Words<'_>, at: usize) -> bool {
    let begins = |at: usize| {
        words.is_number(at.wrapping_sub(1))
            && words.folded(at) == "e"
            && words.is_mark(at + 1, '.')
            && words.folded(at + 2) == "v"
    };
    begins(at) || begins(at.wrapping_sub(2))
}

/// A small letter that a page follows, as in "‘A Title’, x, 20, 59".
fn is_first_of_pages(words: &Words<'_>, at: usize) -> bool {
    let is_between =
        words.is_mark(at.wrapping_sub(1), ',') && words.is_one_of_marks(at + 1, &[',', '–', '-']);
    is_between && words.is_small(at) && words.is_number(at + 2)
}

fn is_congress(words: &Words<'_>, at: usize) -> bool {
    words.folded(at + 1) == "cong" && words.folded(at).ends_with(char::is_alphabetic)
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

/// "X.27.38", "I/1", "Gibbon, I, p. 38".
pub(super) fn is_volume(words: &Words<'_>, at: usize) -> bool {
    let is_followed = (words.is_one_of_marks(at + 1, &['.', '/']) && words.is_number(at + 2))
        || (words.is_mark(at + 1, ',') && is_locator(words, at + 2));
    is_followed && is_roman(words.raw(at))
}

/// Whether it is a number such as "xiv" or "XIV", up to 399; "Il", "Xi" and "civil" are none.
fn is_roman(raw: &str) -> bool {
    let is_small = raw
        .chars()
        .all(|c| matches!(c, 'i' | 'v' | 'x' | 'l' | 'c'));
    let is_large = raw
        .chars()
        .all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C'));
    if !(is_small || is_large) {
        return false;
    }
    let mut rest = raw.to_ascii_lowercase();
    for digits in [
        ["ccc", "cc", "c", "", "", "", "", "", ""],
        ["lxxx", "xc", "lxx", "xxx", "lx", "xl", "xx", "l", "x"],
        ["viii", "vii", "iii", "iv", "ix", "vi", "ii", "v", "i"],
    ] {
        let read = digits.iter().find_map(|digit| rest.strip_prefix(digit));
        rest = read.unwrap_or(&rest).to_owned();
    }
    rest.is_empty()
}
