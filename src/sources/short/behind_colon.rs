//! „Schmale: Grundwissenschaften international, 2016, S. 25“: authors, a whole title behind a colon,
//! and no more than its year and pages. It is a short citation only if a source agrees.

use std::ops::Range;

use super::super::date::{self, Date};
use super::super::elements::Elements;
use super::super::names::Names;
use super::super::pages::{is_rest, locators};
use super::super::vocabulary::signals;
use super::super::words::Words;
use super::{FormKind, ShortForm, WorkDescription, title_words};

/// How many words and marks such a citation may have.
const MAX_WORDS: usize = 90;

/// Reads the form from the first word of a part to its last. What it says as its title, to the last
/// word, is the form's `title_behind`; its claims have this, and the title without a second one.
pub(in super::super) fn behind_colon(words: &Words<'_>, part: &Range<usize>) -> Option<ShortForm> {
    let start = signals(words, part.start);
    let end = part.end - usize::from(words.is_mark(part.end.wrapping_sub(1), '.'));
    if start >= end || end - start > MAX_WORDS {
        return None;
    }
    let elements = Elements::read(words, start, end);
    let colon = elements.next;
    let is_named = elements.are_persons(words) || elements.are_names(words);
    if !words.is_mark(colon, ':') || !is_named || !words.is_outside(colon) {
        return None;
    }
    let leads = |at: &usize| words.is_mark(*at, ',') && locators(words, *at, end) >= end;
    let pages = (colon + 2..end).find(leads);
    let last = pages.unwrap_or(end);
    let (date, stop) = year_before(words, last);
    let title = colon + 1..stop;
    if title.len() < 2 || title.clone().any(|at| words.is_link(at)) {
        return None;
    }
    let names = Names::new(words, &elements.list, elements.et_al);
    let kind = match date {
        Some(_) => FormKind::NameYear,
        None => FormKind::Title,
    };
    let mut form = ShortForm::new(kind, start..end);
    form.is_sure = false;
    form.head = elements.words();
    form.has_pages = pages.is_some();
    form.dates = date.into_iter().collect();
    form.title_behind = title_words(words, &title);
    // A second title may be parted from the first by a point, which ends the title of a source.
    let second = title
        .clone()
        .find(|at| words.is_one_of_marks(*at, &['.', '?', '!']));
    let first = second.map(|point| title_words(words, &(title.start..point)));
    let titles = std::iter::once(form.title_behind.clone()).chain(first);
    let claims = titles.map(|title| WorkDescription {
        names: names.clone(),
        title,
    });
    form.claims = claims.collect();
    Some(form)
}

/// Reads „Schmidt Begriff der Natur 1971, S. 77“ and „Schmidt, Begriff der Natur (1971)“, and the words
/// that it says of the title. A place or a publisher would be parted by a comma.
pub(in super::super) fn in_few_words(
    words: &Words<'_>,
    part: &Range<usize>,
) -> Option<(ShortForm, String)> {
    const MOST: usize = 12;
    let start = signals(words, part.start);
    let title = start + 1 + usize::from(words.is_one_of_marks(start + 1, &[',', ':']));
    let far = part.end.min(start + MOST);
    let year = (title + 1..far).find(|at| date::year(words, *at).is_some())?;
    let (date, stop) = year_before(words, year + 1 + usize::from(words.is_mark(year + 1, ')')));
    let (date, range) = date?;
    let behind = range.end + usize::from(words.is_mark(range.end, ')'));
    let end = locators(words, behind, part.end);
    let is_word = |at: usize| words.is_word(at) && words.is_outside(at);
    // "Treaty on Good Neighbourliness (2001)" has no author.
    let is_led = title > start + 1 || words.is_capital(title);
    if !words.is_capital(start)
        || !is_led
        || title >= stop
        || words.is_mark(stop, ',')
        || !(title..stop).all(is_word)
        || !is_word(start)
        || !is_rest(words, end, part.end)
    {
        return None;
    }
    let name = Elements::read(words, start, start + 1);
    let mut form = ShortForm::new(FormKind::NameYear, start..end);
    form.is_sure = false;
    form.head = start..start + 1;
    form.has_pages = end > behind;
    form.dates = vec![(date, range)];
    form.claims = vec![WorkDescription {
        names: Names::new(words, &name.list, name.et_al),
        title: String::new(),
    }];
    Some((form, title_words(words, &(title..stop))))
}

/// The year right before a place, in brackets, behind a comma or behind the title itself, and where
/// what stands before it ends.
fn year_before(words: &Words<'_>, last: usize) -> (Option<(Date, Range<usize>)>, usize) {
    let is_closed = words.is_mark(last.wrapping_sub(1), ')');
    let year = last.wrapping_sub(1 + usize::from(is_closed));
    let Some(written) = date::year(words, year) else {
        return (None, last);
    };
    let before = year.wrapping_sub(1);
    let is_opened = words.is_mark(before, '(');
    if is_closed != is_opened {
        return (None, last);
    }
    let is_parted = is_opened || words.is_mark(before, ',');
    let date = Date::from_year(written);
    (Some((date, year..year + 1)), year - usize::from(is_parted))
}
