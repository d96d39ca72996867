//! The marks by which a citation in full is known in the midst of a sentence: a volume, a journal
//! and a page, or a year in brackets behind a title.

use std::ops::Range;

use super::date;
use super::elements::{Elements, HeadSegment, is_person};
use super::languages::Class;
use super::pages::locators;
use super::short::after_editors;
use super::vocabulary::{is_and, signals};
use super::words::{PARAGRAPH, Words};

/// How many words a citation may have up to its year.
const MAX_WORDS_TO_YEAR: usize = 70;

/// How many words the bracket of the year may have: "(D.D. Raphael ed., Clarendon Press 1976)".
const MAX_BRACKET_WORDS: usize = 24;

/// How many words and points the name of a journal may have.
const MAX_JOURNAL_WORDS: usize = 16;

/// A citation in full that plainly is one.
#[derive(Debug)]
pub(super) struct Plain {
    /// How many of the elements at its head are names.
    pub(super) names: usize,
    pub(super) title: Range<usize>,
    /// Whether a volume, a journal and pages stand before the year.
    pub(super) is_reported: bool,
    /// The place behind the year's bracket.
    pub(super) end: usize,
}

/// Reads over a citation in full that plainly begins here, signals aside, and gives the place
/// behind it.
pub(super) fn plain_citation(words: &Words<'_>, at: usize) -> Option<usize> {
    plain(words, at).map(|plain| plain.end)
}

/// Finds a citation in full in the midst of a sentence, and gives where it begins and ends: "as
/// documented in Jody S. Kraus, The Correspondence of Contract and Promise, 109 Colum. L. Rev.
/// 1603 (2009)". Only one in a journal is certain enough.
pub(super) fn find(words: &Words<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    let is_told = |plain: &Plain| {
        plain.is_reported || is_set_off_work(words, plain) || is_paged_book(words, plain)
    };
    let mut starts = range.clone().filter(|at| {
        words.is_capital(*at)
            && words.is_outside(*at)
            && (*at == range.start || !words.is_capital(at.wrapping_sub(1)))
            && (!words.is_one_of_marks(at.wrapping_sub(1), &['.', '&', '-', '’'])
                || is_behind_sentence(words, *at))
    });
    starts.find_map(|at| {
        let plain = plain(words, at).filter(is_told)?;
        let mut end = plain.end;
        while let Some(close) = words.closing(end).filter(|_| words.is_mark(end, '(')) {
            end = close + 1;
        }
        end = locators(words, end, range.end).max(end);
        (end <= range.end).then_some(at..end)
    })
}

/// Whether a point stands before a word, and no abbreviation before the point.
fn is_behind_sentence(words: &Words<'_>, at: usize) -> bool {
    const SHORTEST: usize = 5;
    let point = at.wrapping_sub(1);
    let before = point.wrapping_sub(1);
    words.is_mark(point, '.')
        && !words.touches_previous(at)
        && words.is_word(before)
        && words.folded(before).chars().count() >= SHORTEST
}

/// Whether a page stands between a title that is set off and the bracket of its year: "Jane Roe,
/// *The Title of a Book* 421 (2015)".
fn is_paged_book(words: &Words<'_>, plain: &Plain) -> bool {
    let open = year_bracket(words, plain);
    let is_page = |at: usize| words.is_number(at) || words.is_one_of_marks(at, &['–', '-', ',']);
    open.is_some_and(|open| {
        words.is_set_off(plain.title.start)
            && words.is_number(open.wrapping_sub(1))
            && plain.title.end < open
            && (plain.title.end..open).all(is_page)
    })
}

/// Where the bracket opens that a citation ends with.
fn year_bracket(words: &Words<'_>, plain: &Plain) -> Option<usize> {
    (plain.title.end..plain.end).find(|at| {
        let close = words.closing(*at).filter(|_| words.is_mark(*at, '('));
        close.is_some_and(|close| close + 1 == plain.end)
    })
}

/// Whether a title that is set off goes before its imprint or its journal, also set off: "Jane S.
/// Gerber, *The Jews of Spain* (New York: Free Press, 1992)".
fn is_set_off_work(words: &Words<'_>, plain: &Plain) -> bool {
    const BETWEEN: usize = 14;
    let open = year_bracket(words, plain);
    let Some(open) = open.filter(|_| words.is_set_off(plain.title.start)) else {
        return false;
    };
    let between = plain.title.end..open;
    let is_journal = between.len() <= BETWEEN && between.clone().any(|at| words.is_set_off(at));
    let imprint =
        (open + 1..plain.end).any(|at| words.is_mark(at, ':') || words.is(at, Class::Press));
    is_journal || between.is_empty() && imprint
}

/// Reads names, a comma, a title, and the year: in brackets, or as the volume of a journal.
///
/// "Ian Ayres & Alan Schwartz, The No-Reading Problem in Consumer Contract Law, 66 Stan. L. Rev.
/// 545 (2014)".
pub(super) fn plain(words: &Words<'_>, at: usize) -> Option<Plain> {
    let start = signals(words, at);
    if !words.is_capital(start) {
        return None;
    }
    let elements = Elements::read(words, start, words.len());
    let (names, comma) = title_comma(words, &elements)?;
    let title = comma + 1;
    // "Ruiz Vega, A., «Title»": behind two surnames stands an initial, and no title.
    let is_initial = words.is_capital(title)
        && words.folded(title).chars().count() == 1
        && words.is_mark(title + 1, '.')
        && words.is_mark(title + 2, ',');
    if is_initial || !(words.is_capital(title) || words.is_set_off(title)) {
        return None;
    }
    let (open, end) = year_place(words, title)?;
    let journal = journal_before(words, open);
    // "Björn Düben, Heidi Wang-Kaeding (2024)" are names and a year.
    let is_edition = (open + 1..end).any(|at| words.is(at, Class::Editors));
    if journal.is_empty() && open <= elements.next && !is_edition {
        return None;
    }
    let is_book = end == open || is_imprint(words, open, end - 1);
    if journal.is_empty() && !is_book {
        return None;
    }
    let mut last = if journal.is_empty() {
        open
    } else {
        journal.start
    };
    while last > title && (words.is_mark(last - 1, ',') || is_page(words, last - 1)) {
        last -= 1;
    }
    // "COMPUTER POWER at 115 (1976)"
    let before = last.wrapping_sub(1);
    if words.folded(before) == "at" && words.is_small(before) && words.is_number(last) {
        last -= 1;
    }
    last = set_off_end(words, title).unwrap_or(last).min(last);
    if journal.is_empty() && is_volume(words, open, end) {
        let comma = (title..last).rev().find(|at| words.is_mark(*at, ','));
        last = comma.unwrap_or(last);
    }
    let title = set_off_behind_series(words, title, last);
    Some(Plain {
        names,
        title: title..last,
        is_reported: !journal.is_empty(),
        end,
    })
}

/// „ZvglRW 78 (1979) 51“, „JZ 68 (2013), 697“: whether a volume stands before the bracket of the year, and a
/// page behind it.
pub(super) fn is_volume(words: &Words<'_>, open: usize, end: usize) -> bool {
    let volume = open.wrapping_sub(1);
    let page = end + usize::from(words.is_mark(end, ','));
    words.is_number(volume) && date::year(words, volume).is_none() && words.is_number(page)
}

/// Where a title ends that is set off: at its closing quotation mark, or with its italics.
fn set_off_end(words: &Words<'_>, title: usize) -> Option<usize> {
    if !words.is_set_off(title) {
        return None;
    }
    if let Some(close) = words.closing(title) {
        return Some(close + 1);
    }
    let is_italic = |at: &usize| words.get(*at).is_some_and(|word| word.emphasised);
    let end = |from: usize| from + (from..words.len()).take_while(is_italic).count();
    let mut last = end(title);
    // "*Trade, 1860*–*1914*"
    let is_span = |at: usize| {
        words.is_one_of_marks(at, &['–', '-'])
            && words.is_number(at.wrapping_sub(1))
            && words.is_number(at + 1)
            && is_italic(&(at + 1))
    };
    while is_italic(&title) && is_span(last) {
        last = end(last + 1);
    }
    // "*Roe on Judging, in* THE BOOK"
    if words.is(last.wrapping_sub(1), Class::In) && words.is_mark(last.wrapping_sub(2), ',') {
        last -= 2;
    }
    is_italic(&title).then_some(last)
}

/// "Jane Roe, Annual Report, *The Title*": where the title begins that is set off behind the comma after
/// a series that is not; else the place itself.
fn set_off_behind_series(words: &Words<'_>, title: usize, last: usize) -> usize {
    let length = (title..last)
        .rev()
        .take_while(|at| words.is_set_off(*at))
        .count();
    let start = last - length;
    let is_behind = length > 1 && start > title + 1 && words.is_mark(start - 1, ',');
    if is_behind { start } else { title }
}

/// Whether a number that may be a page of a book stands at the end of its title.
fn is_page(words: &Words<'_>, at: usize) -> bool {
    words.is_number(at) && !words.is_set_off(at) && date::year(words, at).is_none()
        || words.is_one_of_marks(at, &['–', '-'])
}

/// How many elements are names, and the comma behind them: of "Smith, The Title, 66 Stan. L.
/// Rev." the first one behind a person.
fn title_comma(words: &Words<'_>, elements: &Elements) -> Option<(usize, usize)> {
    if let Some(comma) = comma_behind_all(words, elements) {
        return Some((elements.list.len(), comma));
    }
    if let Some(found) = comma_behind_and(words, elements) {
        return Some(found);
    }
    let mut list = elements.list.iter();
    let mut last = list.next()?;
    let mut names = 1;
    if elements.et_al {
        let is_named = elements.are_persons(words) && words.is_mark(elements.next, ',');
        return is_named.then_some((elements.list.len(), elements.next));
    }
    let mut is_full_name = last.words.len() > 1;
    for element in list.take_while(|element| !element.after_comma) {
        names += 1;
        is_full_name = true;
        last = element;
    }
    let are_persons = elements
        .list
        .iter()
        .take(names)
        .all(|element| is_person(words, &element.words));
    let comma = last.words.end;
    (words.is_mark(comma, ',') && is_full_name && are_persons).then_some((names, comma))
}

/// How many are names of "Michelle M. Mello, David M. Studdert & Allen Kachalia, The Medical Climate", and
/// the comma behind them: full names parted by commas, and one behind "and".
fn comma_behind_and(words: &Words<'_>, elements: &Elements) -> Option<(usize, usize)> {
    const SHORTEST: usize = 2;
    let joined = elements
        .list
        .iter()
        .position(|element| is_and(words, element.words.start.wrapping_sub(1)))?;
    let list = elements.list.get(..=joined)?;
    let is_full = |element: &HeadSegment| {
        let names = element.words.clone().filter(|at| words.is_capital(*at));
        names.count() >= SHORTEST && is_person(words, &element.words)
    };
    let comma = list.last()?.words.end;
    (joined >= SHORTEST && list.iter().all(is_full) && words.is_mark(comma, ','))
        .then_some((joined + 1, comma))
}

/// The comma behind "Jodie Keane, Max Mendez-Parra and Laetitia Pettinotti", and behind "eds." if
/// that follows: full names, and "and" before the last.
fn comma_behind_all(words: &Words<'_>, elements: &Elements) -> Option<usize> {
    let last = elements.list.last().filter(|last| !last.after_comma)?;
    let is_list = elements.list.len() > 2 && is_and(words, last.words.start.wrapping_sub(1));
    let are_full = elements
        .list
        .iter()
        .all(|element| is_person(words, &element.words));
    let comma = after_editors(words, elements.next);
    let begins = words.is_capital(comma + 1) || words.is_set_off(comma + 1);
    (is_list && are_full && words.is_mark(comma, ',') && begins).then_some(comma)
}

/// Where the next bracket that ends in a year opens, and the place behind it; or, if the volume of
/// a journal is the year, the end of the first page, twice. None if a sentence ends before.
fn year_place(words: &Words<'_>, from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    while at < words.len().min(from + MAX_WORDS_TO_YEAR) {
        let is_end = words.is_one_of_marks(at, &[PARAGRAPH, ';']) || words.is_link(at);
        if is_end || ends_sentence(words, at) {
            return None;
        }
        if date::year(words, at).is_some()
            && words.is_one_of_marks(at.wrapping_sub(1), &[',', '”', '"'])
            && let Some(end) = journal_of_year(words, at)
        {
            return Some((end, end));
        }
        let is_of_title = words.is_set_off(from) && words.is_set_off(at);
        match words.closing(at).filter(|_| words.is_mark(at, '(')) {
            Some(close) if holds_year(words, at, close) && !is_of_title => {
                return Some((at, close + 1));
            }
            Some(close) => at = close + 1,
            None => at += 1,
        }
    }
    None
}

/// "2014 Mich. St. L. Rev. 1411": the place behind the page.
fn journal_of_year(words: &Words<'_>, year: usize) -> Option<usize> {
    let page = (year + 1..year + MAX_JOURNAL_WORDS).find(|at| words.is_number(*at))?;
    let journal = journal_before(words, page + 1);
    (journal.start == year && words.is_mark(page - 1, '.')).then_some(page + 1)
}

fn holds_year(words: &Words<'_>, open: usize, close: usize) -> bool {
    // "Repertorium (1140–1234)"
    let is_span = close == open + 4 && words.is_one_of_marks(open + 2, &['–', '-', '—']);
    date::year(words, close.wrapping_sub(1)).is_some()
        && !is_span
        && close - open <= MAX_BRACKET_WORDS
        && !words.is(open + 1, Class::Speaks)
}

/// Whether a point ends a sentence: a long small word before it, a capital behind it.
pub(super) fn ends_sentence(words: &Words<'_>, at: usize) -> bool {
    let before = at.wrapping_sub(1);
    let is_quoted = words
        .get(at)
        .is_some_and(|word| word.quoted || word.emphasised);
    words.is_mark(at, '.')
        && !is_quoted
        && words.is_small(before)
        && words.folded(before).chars().count() > 3
        && (words.is_capital(at + 1) || words.is_one_of_marks(at + 1, &['“', '"']))
}

/// "66 Stan. L. Rev. 545, 550–51": the volume, the journal and the pages that end here.
fn journal_before(words: &Words<'_>, end: usize) -> Range<usize> {
    let mut at = end;
    while at > 0
        && (words.is_number(at - 1) || words.is_one_of_marks(at - 1, &['–', '-', ',', '—']))
    {
        at -= 1;
    }
    let pages = at;
    let mut capitals = 0;
    while at > 0 && pages < end && pages - at < MAX_JOURNAL_WORDS {
        let before = at - 1;
        if words.is_number(before) && capitals > 0 {
            return before..end;
        }
        let is_name = words.is_capital(before)
            || words.is_one_of_marks(before, &['.', '&', '’', '\'', '-', ':'])
            || words.is(before, Class::PhraseEnd)
            || is_and(words, before)
            || words.folded(before) == "the";
        if !is_name || words.is_number(before) {
            break;
        }
        capitals += usize::from(words.is_capital(before));
        at = before;
    }
    end..end
}

/// "(2d ed. 2015)", "(Emek Basker ed., 2016)", "(2015)", "(Oxford University Press 2015)": no
/// sentence of the author's.
fn is_imprint(words: &Words<'_>, open: usize, close: usize) -> bool {
    let has_editor = (open + 1..close).any(|at| words.is(at, Class::Editors));
    has_editor
        || (open + 1..close.saturating_sub(1)).all(|at| {
            words.is_capital(at)
                || words.is_number(at)
                || !words.is_word(at)
                || matches!(
                    words.folded(at),
                    "of" | "and" | "by" | "forthcoming" | "rev"
                )
        })
}
