//! What speaks against the source that a name or a title leads to: a number that is another's.

use std::ops::Range;

use super::super::date;
use super::super::languages::Class;
use super::super::names::Names;
use super::super::resolve;
use super::super::short::{FormKind, ShortForm};
use super::super::words::Words;
use super::super::{LookedFor, Resolution, Source, SourceId, Unfound};
use super::says::{near, report};
use super::{NotesRead, OpenNoteText};

impl NotesRead {
    /// Whether a part of a note gives the number of a file or of a section, and what it would stand
    /// for by its name or title has another one: "Standing Order, No. 23-mc-1", "FAR 39.103".
    pub(super) fn is_of_other_number(
        &self,
        open: &OpenNoteText<'_>,
        part: &Range<usize>,
        form: &ShortForm,
    ) -> bool {
        if !matches!(form.kind, FormKind::NamePage | FormKind::Title) {
            return false;
        }
        let files = file_numbers(open.words, part);
        let behind = form.head.end..part.end.min(form.head.end + 8);
        let section = section_number(open.words.slice(&behind));
        if files.is_empty() && section.is_empty() {
            return false;
        }
        let resolved = resolve::by_name(&self.index, open.words, form);
        let [(_, Resolution::Resolved { sources, .. })] = resolved.as_slice() else {
            return false;
        };
        let differs = |source: &SourceId| {
            let Some(known) = self.get(*source) else {
                return false;
            };
            let text = near(known);
            let words = Words::read(&text, &[], &[]);
            let others = file_numbers(&words, &(0..words.len()));
            let has_other = !others.is_empty() && !files.iter().any(|file| others.contains(file));
            !files.is_empty() && has_other || self.is_other_section(*source, known, section)
        };
        sources.iter().any(differs)
    }

    /// "Id. at 2369" behind a pamphlet is no page of it: then the author means another source. A judgment
    /// or an article says about where it begins, but a book may have any page.
    pub(super) fn within_reach(
        &self,
        open: &OpenNoteText<'_>,
        form: &ShortForm,
        before: Resolution,
    ) -> Resolution {
        const LONGEST: u32 = 800;
        let Some(page) = far_page(open.words, form) else {
            return before;
        };
        let Resolution::Resolved { sources, .. } = &before else {
            return before;
        };
        let reaches = |source: &SourceId| {
            let text = self.get(*source).map(near).unwrap_or_default();
            let words = Words::read(&text, &[], &[]);
            let is_near = |at: usize| {
                let number: Option<u32> = words.folded(at).parse().ok();
                let is_in_reach = |from| from <= page && page - from <= LONGEST;
                number.is_some_and(is_in_reach) && !is_of_imprint(&words, at)
            };
            (0..words.len()).any(is_near) || is_published(&words)
        };
        if sources.iter().all(reaches) {
            return before;
        }
        Resolution::Unresolved {
            looked_for: LookedFor::RightBefore,
            because: Unfound::Unread,
        }
    }

    /// Whether a source is nothing but a body's or a collection's name and a number, and that is not
    /// this one.
    fn is_other_section(&self, id: SourceId, source: &Source, section: &str) -> bool {
        let names = self
            .index
            .work_of(id)
            .and_then(|work| self.index.names_of(work));
        // "FAR 39.103" could be a surname and a page, but for its capitals.
        let is_acronym = !source.head.contains(char::is_lowercase);
        let is_person = !is_acronym && names.is_none_or(Names::are_persons);
        let behind = source.text.strip_prefix(source.head.as_str());
        let other = section_number(behind.unwrap_or_default());
        !is_person
            && source.title.is_empty()
            && !source.head.is_empty()
            && !section.is_empty()
            && !other.is_empty()
            && section != other
    }
}

/// The page that "Id. at 2369" gives, if it is one that few works have.
fn far_page(words: &Words<'_>, form: &ShortForm) -> Option<u32> {
    const FAR: u32 = 1600;
    let mut places = form.words.clone();
    let at = places.find(|at| words.folded(*at) == "at")?;
    let page = words.folded(at + 1).parse().ok()?;
    (page >= FAR).then_some(page)
}

/// Whether a number is the year in which a source came out, and no page.
fn is_of_imprint(words: &Words<'_>, at: usize) -> bool {
    let ends = words.is_one_of_marks(at + 1, &[')', ']']);
    let follows = words.is_one_of_marks(at.wrapping_sub(1), &[',', '(']);
    date::year(words, at).is_some() && (ends || follows && !words.is_mark(at + 1, '('))
}

/// Whether a source says who published it, "(Penguin, 2010)", and is no reported judgment.
fn is_published(words: &Words<'_>) -> bool {
    let is_imprint = |year: usize| {
        let comma = year.wrapping_sub(1);
        date::year(words, year).is_some()
            && words.is_mark(year + 1, ')')
            && words.is_mark(comma, ',')
            && words.is_capital(comma.wrapping_sub(1))
    };
    (0..words.len()).any(is_imprint) && report(words).is_none()
}

/// The numbers that courts and authorities keep a file under: of "No. 23-mc-1" "23-mc-1". What is a
/// plain number may be an issue's.
fn file_numbers<'a>(words: &Words<'a>, range: &Range<usize>) -> Vec<&'a str> {
    let mut all = Vec::new();
    for at in range.clone() {
        let number = at + 1 + usize::from(words.is_mark(at + 1, '.'));
        if !words.is(at, Class::Number) || !words.is_number(number) {
            continue;
        }
        let goes_on = |at: &usize| {
            words.touches_previous(*at)
                && (words.is_word(*at)
                    || words.is_number(*at)
                    || words.is_one_of_marks(*at, &['-', '–', ':', '/']))
        };
        let end = number + 1 + (number + 1..range.end).take_while(goes_on).count();
        let text = words.slice(&(number..end));
        let is_joined = text.contains(['-', '–', ':']) && text.contains(char::is_alphabetic);
        if is_joined {
            all.push(text);
        }
    }
    all
}

/// The number of a section that stands right behind a name: of "39.103 (implementing" "39.103".
fn section_number(text: &str) -> &str {
    let text = text.trim_start_matches([' ', '§', '\u{a0}']);
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.'));
    let number = text.get(..end.unwrap_or(text.len())).unwrap_or_default();
    number.trim_end_matches('.')
}
