//! Reading a citation in full: who, when, what, where to find it. Nothing is invented: what a
//! citation does not say stays empty.

mod aliases;
pub(super) mod books;
mod dates;
mod heads;
mod imprint;
mod journal;
mod title;

use std::ops::Range;
use std::sync::Arc;

use super::address::{links_within, whole_addresses};
use super::anchor::{self, Plain};
use super::date::{self, Date};
use super::designation::Designation;
use super::elements::{Elements, is_person};
use super::languages::Class;
use super::names::Names;
use super::pages::locators;
use super::record::{hearing, is_legal, is_record, is_report_alone, talk, talk_kind};
use super::short::{after_editors, title_words};
use super::vocabulary::{idem, is_and, is_document, is_function_word, op_cit, signals};
use super::when::when;
use super::words::Words;
use dates::{EARLIEST_PRINT, accessed};
pub(super) use imprint::unset_title;

use title::begins_title;

use heads::{
    are_names_of_entry, is_organisation_with_title, names_before_title, volume_before_names,
};

/// A citation in full, as far as it could be read.
#[derive(Debug, Clone, Default)]
pub(super) struct Full {
    /// The authors, or the document's own name.
    pub(super) names: Names,
    /// Whether the authors are those of the source before: „Ders., …“.
    pub(super) same_authors: bool,
    /// Other names that it may be called by: an abbreviation, what it is "hereinafter".
    pub(super) aliases: Vec<Names>,
    pub(super) head: Range<usize>,
    pub(super) authors: Vec<Range<usize>>,
    /// Whether each of them is two, a surname and the given names behind its comma.
    pub(super) are_inverted: bool,
    pub(super) dates: Vec<Date>,
    /// The words of the title; empty if there is none, or if the head is the title.
    pub(super) title: Range<usize>,
    pub(super) title_words: String,
    /// The words of the title of the book that it stands in; empty if there is none.
    pub(super) book_words: String,
    pub(super) links: Vec<Arc<str>>,
    /// What it is designated by: "347 U.S. 483", "Directive 93/13".
    pub(super) designations: Vec<String>,
    /// The words that say when it was accessed.
    pub(super) accessed: Range<usize>,
}

/// Reads a part of a note as a citation in full. None if it is a comment: what has no address
/// must look like a title with its author or its date.
pub(super) fn read(
    words: &Words<'_>,
    range: &Range<usize>,
    links: &[(Range<usize>, Arc<str>)],
) -> Option<Full> {
    read_as(words, range, links, false, |_| false)
}

/// The same of an entry of a list of references, which stands under its first author's surname, or
/// under that of the entry before and begins with its title.
pub(super) fn read_entry(
    words: &Words<'_>,
    range: &Range<usize>,
    links: &[(Range<usize>, Arc<str>)],
    has_same_author: bool,
) -> Option<Full> {
    read_as(words, range, links, has_same_author, |elements| {
        are_names_of_entry(words, elements)
    })
}

/// "infra Part III.C.": a part of the paper itself.
fn is_elsewhere(words: &Words<'_>, at: usize) -> bool {
    matches!(words.folded(at), "infra" | "supra") && words.is(at + 1, Class::PaperPart)
}

fn read_as(
    words: &Words<'_>,
    range: &Range<usize>,
    links: &[(Range<usize>, Arc<str>)],
    has_same_author: bool,
    are_all_names: impl Fn(&Elements) -> bool,
) -> Option<Full> {
    // "92 www.example.org" is the foot of a page that stands in the midst of a note.
    let end = range.end - usize::from(words.is_mark(range.end.wrapping_sub(1), '.'));
    if range.start + 2 == end && words.is_number(range.start) && words.is_link(range.start + 1) {
        return None;
    }
    if is_elsewhere(words, signals(words, range.start)) {
        return None;
    }
    let has_link = links_within(words, range, links).next().is_some();
    let mut full = Full {
        links: whole_addresses(words, range, links),
        accessed: accessed(words, range),
        designations: Designation::all(words, range),
        ..Full::default()
    };
    let start = signals(words, range.start);
    let start = volume_before_names(words, start, range.end).unwrap_or(start);
    let inherited = has_same_author
        .then_some(start)
        .or_else(|| idem(words, start));
    // "Id. “The court was clear.”" gives no title.
    let quote = inherited.filter(|next| words.is_one_of_marks(*next, &['“', '"']));
    let ends_title = |quote: usize| {
        let close = words.closing(quote);
        let goes_on = |close| words.is_small(close + 1) && words.folded(close + 1) != "in";
        close.is_some_and(|close| words.is_mark(close - 1, ',') && !goes_on(close))
    };
    if quote.is_some_and(|quote| words.is_mark(quote - 1, '.') && !ends_title(quote)) {
        return None;
    }
    let elements = match inherited {
        Some(next) => Elements {
            next,
            ..Elements::default()
        },
        None => {
            let mut elements = Elements::read(words, start, range.end);
            elements.are_all_names |= elements.are_inverted(words) || are_all_names(&elements);
            elements
        }
    };
    full.same_authors = inherited.is_some();
    full.take_head(words, &elements);
    let plain = anchor::plain(words, range.start).filter(|plain| plain.end <= range.end);
    let evidence = match &plain {
        Some(plain) => {
            full.take_plain(words, &elements, plain);
            true
        }
        None => full.take_talk(words, &elements, range) || full.take_rest(words, &elements, range),
    };
    // What was cited before is cited in short.
    let mut behind = full.title.end.max(start)..range.end;
    let says_so = |at: usize| {
        let is_cited = words.folded(at) == "cit"
            || words.is_mark(at.wrapping_sub(1), ',') && words.folded(at) == "a";
        is_cited && words.is_outside(at) && op_cit(words, at).is_some()
    };
    let is_cited = behind.any(says_so);
    // "T. Mann, *Dostoevskij*, in *Nobiltà dello spirito*, cit.": that is the volume.
    let is_part = is_cited && full.is_part_of_cited(words, range);
    if is_cited && !is_part {
        return None;
    }
    full.take_aliases(words, &elements, range);
    let is_named = is_named_for_later(words, range) && full.take_title_of_named(words, range)
        || !evidence && full.take_law_defined(words, range);
    let is_full = evidence || is_part || has_link || is_named;
    let is_law = is_legal(words, range, &full.dates);
    if is_full && is_law {
        full.take_parties(words, range);
        full.take_act(words, range);
    }
    if is_full {
        full.take_defined(words, range, is_law);
        full.take_book(words, range);
    }
    is_full.then_some(full)
}

impl Full {
    fn take_head(&mut self, words: &Words<'_>, elements: &Elements) {
        self.head = elements.words();
        self.names = Names::new(words, &elements.list, elements.et_al);
        let list = elements.list.iter();
        self.authors = list.map(|element| element.words.clone()).collect();
    }

    /// Takes what plainly is a citation.
    fn take_plain(&mut self, words: &Words<'_>, elements: &Elements, plain: &Plain) {
        let list = elements.list.get(..plain.names).unwrap_or_default();
        let is_all = plain.names == elements.list.len();
        self.names = Names::new(words, list, elements.et_al && is_all);
        self.authors.truncate(plain.names);
        self.head.end = list.last().map_or(self.head.end, |last| last.words.end);
        self.title = plain.title.clone();
        self.title_words = title_words(words, &self.title);
        let years = (self.title.end..plain.end).rev();
        let mut years = years.filter_map(|at| date::year(words, at));
        self.dates = years.next().map(Date::from_year).into_iter().collect();
    }

    /// Takes a talk with somebody of a full name, or described in brackets, and of a date.
    fn take_talk(&mut self, words: &Words<'_>, elements: &Elements, range: &Range<usize>) -> bool {
        let Some(title) = talk(words, elements.words().start, range.end) else {
            return false;
        };
        let behind = title.end..range.end;
        let mut dates = behind.filter_map(|at| date::read(words, at).map(|(date, _)| date));
        let first = elements.list.first().map(|first| first.words.len());
        let is_told = first.is_some_and(|words| words > 1) || title.start > elements.next + 1;
        let Some(date) = dates.next().filter(|_| is_told) else {
            return false;
        };
        self.dates = vec![date];
        self.title_words = title_words(words, &talk_kind(words, &title));
        self.title = title;
        true
    }

    /// Reads what follows the names; tells whether it makes a citation.
    fn take_rest(&mut self, words: &Words<'_>, elements: &Elements, range: &Range<usize>) -> bool {
        if elements.list.is_empty()
            && is_report_alone(words, &(signals(words, range.start)..range.end))
        {
            self.dates = self.late_dates(words, range);
            return true;
        }
        let next = behind_their_editors(words, elements.next, range.end);
        if !elements.list.is_empty()
            && let Some(title) = self.take_called(words, next)
        {
            // A title may have commas; "in:" leads to what it stands in.
            let is_in = |at: &usize| {
                words.is_mark(*at, ',') && words.is(at + 1, Class::In) && words.is_mark(at + 2, ':')
            };
            match (title..range.end).find(is_in) {
                Some(end) => self.take_title(words, title, end, &['?', '!']),
                None => self.take_title(words, title, range.end, &['.', '?', '!', ',']),
            }
            return true;
        }
        let comma = usize::from(words.is_one_of_marks(next, &[',', '.']));
        let brackets = when(words, next + comma, range.end).filter(|when| {
            // "Smith, J. 2019. Title": but "Title, Berlin 2019, p. 4" has no author here.
            let title = when.next + 1;
            let point = words.is_one_of_marks(when.next, &['.', ':']) && begins_title(words, title);
            let comma = words.is_mark(when.next, ',') && words.is_set_off(title);
            let is_plain = (point || comma) && locators(words, when.next, title + 1) == when.next;
            let is_early = |(date, _): &(Date, _)| date.year < EARLIEST_PRINT;
            let is_of_title = when.is_span && when.dates.iter().all(is_early);
            !is_of_title && (when.in_brackets || (is_plain && elements.are_persons(words)))
        });
        match brackets {
            Some(when) => {
                self.dates = when.dates.iter().map(|(date, _)| *date).collect();
                let title = skip(words, when.next, &[':', ',', '.']);
                self.take_title(words, title, range.end, &['.', '?', '!']);
                // "Cameron F. Kerry, Protecting Privacy in a World of Machines, BROOKINGS (Feb. 10, 2020)"
                let is_dated = self.is_dated_head(words, &when.dates, range.end);
                let is_document = is_dated && self.title.is_empty();
                let is_titled =
                    (is_document || !is_dated) && self.take_title_before_year(words, elements);
                // "Criminal Procedure Act (1990), Art. 210"
                is_dated || is_titled || is_legal(words, range, &self.dates)
            }
            None => {
                let title = skip(words, next, &[':', ',', '.']);
                let has_more = names_before_title(words, elements) < elements.list.len();
                // „und Das Recht der Freiheit“: nothing parts it from an author who stands further above.
                let is_joined = self.same_authors && elements.next == range.start;
                let is_parted = title > next || words.is_set_off(title) || has_more || is_joined;
                let first = elements.list.first();
                let is_organisation = is_organisation_with_title(words, elements, title);
                let is_named = is_organisation
                    || is_small_person(words, elements, title)
                    || first.is_none_or(|first| is_person(words, &first.words));
                if is_named || self.same_authors {
                    let is_whole = is_organisation && !elements.are_persons(words);
                    if !is_whole {
                        self.keep_first_author(words, elements);
                    }
                    let title = self
                        .title_start(words, elements)
                        .filter(|_| !is_whole)
                        .unwrap_or(title);
                    let ends: &[char] = if elements.ends_in_initials {
                        &['.', '?', '!']
                    } else {
                        &['.', '?', '!', ',']
                    };
                    self.take_title(words, title, range.end, ends);
                }
                self.dates = self.late_dates(words, range);
                is_parted && self.is_published(words, elements, range)
                    || self.take_report(words, elements, range)
                    || self.take_adopted(words, elements, range)
                    || is_legal(words, range, &self.dates)
                    || is_record(words, range, elements)
                    || hearing(words, range).is_some()
            }
        }
    }

    /// Of "Hans Müller, Geschichte der DDR, Berlin" only the first is a name, unless "and" or an
    /// initial says otherwise.
    fn keep_first_author(&mut self, words: &Words<'_>, elements: &Elements) {
        let count = names_before_title(words, elements);
        let list = elements.list.get(..count).unwrap_or_default();
        if !list.is_empty() {
            self.names = Names::new(words, list, elements.et_al);
            self.authors.truncate(count);
            let end = list.last().map_or(self.head.end, |last| last.words.end);
            self.head.end = end;
        }
    }

    /// Where a title begins that reads like another name.
    fn title_start(&self, words: &Words<'_>, elements: &Elements) -> Option<usize> {
        let count = names_before_title(words, elements);
        elements.list.get(count).map(|element| element.words.start)
    }

    /// Whether a head with its date in brackets is a citation: an author's needs a title, a
    /// document is one by itself.
    fn is_dated_head(
        &mut self,
        words: &Words<'_>,
        dates: &[(Date, Range<usize>)],
        end: usize,
    ) -> bool {
        let is_followed = self.title.end + 1 < end;
        let is_title = self.title.len() > 1 || (self.title.len() == 1 && is_followed);
        if begins_title(words, self.title.start) && is_title {
            let is_name =
                !is_function_word(words, self.head.start) || words.is_acronym(self.head.start);
            return !self.head.is_empty() && is_name || self.same_authors;
        }
        self.title = 0..0;
        self.title_words = title_words(words, &self.head);
        let has_day = dates.iter().any(|(date, _)| date.day.is_some());
        let capitals = self.head.clone().filter(|at| words.is_capital(*at)).count();
        let small = self
            .head
            .clone()
            .filter(|at| words.is_small(*at) && words.folded(*at).len() > 3);
        let is_name = words.is_capital(self.head.start) && capitals > small.count();
        let is_document = self.head.clone().take(4).any(|at| is_document(words, at));
        self.names.words() > 3 && is_name && (is_document && has_day || self.names.words() > 7)
    }

    /// "NIST, Recommendation for Hash Algorithms (Rev. 1) (2009)", "World Forum on Trade, Next Steps 5
    /// (2010)": a body by its abbreviation, or by its name where a page goes before the year, and what
    /// follows it up to the bracket that the citation ends in with its year is the title.
    fn take_report(
        &mut self,
        words: &Words<'_>,
        elements: &Elements,
        range: &Range<usize>,
    ) -> bool {
        const TITLE: usize = 3;
        let Some(first) = elements.list.first().map(|first| first.words.clone()) else {
            return false;
        };
        let end = range.end - usize::from(words.is_mark(range.end.wrapping_sub(1), '.'));
        let year = end.wrapping_sub(2);
        let page = year.wrapping_sub(2);
        let is_paged = words.is_mark(year.wrapping_sub(1), '(')
            && words.is_number(page)
            && date::year(words, page).is_none();
        let is_named = first.len() == 1 && words.is_acronym(first.start);
        let is_body = is_paged && first.len() > 1 && !is_person(words, &first);
        let open = (first.end..end).find(|at| words.is_mark(*at, '('));
        let open = if is_body { Some(page) } else { open };
        let is_over = words.is_mark(end.wrapping_sub(1), ')') && date::year(words, year).is_some();
        let Some(open) = open.filter(|open| is_over && *open >= first.end + TITLE) else {
            return false;
        };
        let is_titled = words.is_mark(first.end, ',') && words.is_capital(first.end + 1);
        if !is_titled || !(is_named && open > first.end + TITLE || is_body) {
            return false;
        }
        self.keep_only_first(words, elements);
        self.title = first.end + 1..open;
        self.title_words = title_words(words, &self.title);
        self.dates = date::year(words, year)
            .map(Date::from_year)
            .into_iter()
            .collect();
        true
    }

    /// "European Data Protection Board, Guidelines 07/2020 on Controllers (adopted 7 July 2021)": a body,
    /// and what follows it up to the bracket that says when it was adopted is the title.
    fn take_adopted(
        &mut self,
        words: &Words<'_>,
        elements: &Elements,
        range: &Range<usize>,
    ) -> bool {
        let Some(body) = elements.list.first().map(|first| first.words.clone()) else {
            return false;
        };
        let ends = |at: &usize| words.is_one_of_marks(*at, &['(', ';', '.']) || words.is_link(*at);
        let open = (body.end..range.end).find(ends);
        let day = |open: usize| {
            let read = date::read(words, open + 2).map(|(date, _)| date);
            read.filter(|date| date.day.is_some() && words.is(open + 1, Class::Adopted))
        };
        let Some((open, date)) = open.and_then(|open| Some((open, day(open)?))) else {
            return false;
        };
        let is_body = body
            .clone()
            .all(|at| !words.is_small(at) || is_and(words, at));
        let is_titled = words.is_mark(body.end, ',') && words.is_capital(body.end + 1);
        if !is_body || !is_titled || !words.is_mark(open, '(') {
            return false;
        }
        self.keep_only_first(words, elements);
        self.title = body.end + 1..open;
        self.title_words = title_words(words, &self.title);
        self.dates = vec![date];
        true
    }

    fn keep_only_first(&mut self, words: &Words<'_>, elements: &Elements) {
        let list = elements.list.get(..1).unwrap_or_default();
        self.names = Names::new(words, list, false);
        self.authors.truncate(1);
        self.head.end = list.last().map_or(self.head.end, |last| last.words.end);
    }
}

/// "danah boyd, *It's Complicated*": two names without capitals before a title that is set off.
fn is_small_person(words: &Words<'_>, elements: &Elements, title: usize) -> bool {
    let mut list = elements.list.iter();
    let Some(name) = list.next().filter(|_| list.next().is_none()) else {
        return false;
    };
    let is_name = |at: usize| {
        words.is_small(at) && !is_function_word(words, at) && words.folded(at).len() > 2
    };
    name.words.len() == 2
        && name.words.clone().all(is_name)
        && words.is_mark(name.words.end, ',')
        && words.is_set_off(title)
}

/// "[hereinafter Agile Hearing]", ", hereafter cited as *Papers*": what is given a name for later is
/// a source.
pub(super) fn is_named_for_later(words: &Words<'_>, range: &Range<usize>) -> bool {
    let is_named = |at: usize| {
        let close = at.checked_sub(1).and_then(|open| words.closing(open));
        let is_said = words.is_mark(at.wrapping_sub(1), ',') && words.is(at + 1, Class::Called);
        let is_held = close.is_some_and(|close| close < range.end);
        words.is(at, Class::Hereinafter) && (is_held || is_said)
    };
    range.clone().any(is_named)
}

/// Reads over "(eds.)" behind names, and over who edits them: "Alexandre Kojève, ed. Gourevitch and Roth,
/// “Tyranny”".
fn behind_their_editors(words: &Words<'_>, at: usize, end: usize) -> usize {
    let next = after_editors(words, at);
    if next == at || !words.is_capital(next) {
        return next;
    }
    let editors = Elements::read(words, next, end);
    let is_over = words.is_mark(editors.next, ',') && words.is_set_off(editors.next + 1);
    if is_over && editors.are_persons(words) {
        editors.next
    } else {
        next
    }
}

fn skip(words: &Words<'_>, at: usize, marks: &[char]) -> usize {
    at + usize::from(words.is_one_of_marks(at, marks))
}
