//! The book around a source, where an earlier note gives that book in full.

use std::ops::Range;

use super::super::elements::Elements;
use super::super::languages::Class;
use super::super::names::Names;
use super::super::pages::{is_rest, locators};
use super::super::reading::books::{book, cited_book};
use super::super::resolve::Resolved;
use super::super::short::{FormKind, ShortForm, WorkDescription, title_words};
use super::super::words::Words;
use super::super::{Resolution, Why};
use super::{NotesRead, OpenNoteText};

impl NotesRead {
    /// "in *Handbook of Trade*, ed. Roe and Doe, 45", "in *Nobiltà dello spirito*, cit., p. 863", at
    /// the end of a part: nothing but a title in italics, its editors and pages.
    pub(super) fn book(
        &self,
        open: &OpenNoteText<'_>,
        part: &Range<usize>,
    ) -> Option<(ShortForm, Resolved)> {
        let words = open.words;
        let (at, title, end) = cited(words, part).or_else(|| ends_in_book(words, part))?;
        let mut form = ShortForm::new(FormKind::Title, at..end.max(title.end));
        form.is_anonymous = true;
        form.claims = vec![WorkDescription {
            names: Names::whole(words, &title),
            title: title_words(words, &title),
        }];
        form.head = title;
        let claim = form.claims.first()?;
        let sources = self.index.books(&claim.names, &claim.title);
        let [_] = sources.as_slice() else {
            return None;
        };
        let outcome = Resolution::Resolved {
            sources,
            why: Why::Title,
        };
        let resolved = vec![(form.words.clone(), outcome)];
        Some((form, resolved))
    }
}

/// "in *Nobiltà dello spirito*, cit., p. 863": where it begins, its title, and where its pages end.
fn cited(words: &Words<'_>, part: &Range<usize>) -> Option<(usize, Range<usize>, usize)> {
    let mut places = part.clone();
    let (at, (title, next)) = places.find_map(|at| Some((at, cited_book(words, at)?)))?;
    let end = locators(words, next, part.end);
    (end <= part.end).then_some((at, title, end))
}

fn ends_in_book(words: &Words<'_>, part: &Range<usize>) -> Option<(usize, Range<usize>, usize)> {
    let mut places = part.clone().rev();
    let (at, title) = places.find_map(|at| Some((at, book(words, at)?)))?;
    let behind = after_editors(words, title.end, part.end);
    let end = locators(words, behind, part.end);
    // "the question at issue in *Brown*" leads to no book, "reprinted in *Poems*, 12" does.
    let before = at.wrapping_sub(1);
    let is_prose = words.is_small(before) && !words.is(before, Class::BookPart);
    if end == title.end && is_prose {
        return None;
    }
    (title.end <= part.end && is_rest(words, end, part.end)).then_some((at, title, end))
}

/// Reads over ", ed. Roe and Doe", ", edited by Roe"; gives the place itself if there is nothing of it.
fn after_editors(words: &Words<'_>, at: usize, end: usize) -> usize {
    let mut next = at + usize::from(words.is_mark(at, ','));
    let first = next;
    let leads = |at: usize| {
        words.is(at, Class::Editors)
            || words.is(at, Class::EditedBy)
            || matches!(words.folded(at), "by" | "von" | "par")
    };
    while leads(next) {
        next += 1 + usize::from(words.is_mark(next + 1, '.'));
    }
    if next > first {
        Elements::read(words, next, end).next
    } else {
        at
    }
}
