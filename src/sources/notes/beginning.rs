//! "*Directive 2024/1760 on due diligence*, cit., recital 7": what is cited again by the words that
//! it began with, whether these are a name or a title.

use std::collections::HashMap;
use std::ops::Range;

use super::super::names::Names;
use super::super::pages::{is_rest, locators};
use super::super::resolve::Resolved;
use super::super::short::{FormKind, ShortForm};
use super::super::vocabulary::{op_cit, signals};
use super::super::words::Words;
use super::super::{Resolution, SourceId, Why};
use super::{NotesRead, OpenNoteText};

/// How many words of a beginning sources are looked up by; fewer tell nothing.
const LOOKED_UP: usize = 4;

/// How many sources that begin alike are looked at. With more, nothing is certain.
const LOOKED_AT: usize = 50;

/// At so many places of a part what is cited again may begin.
const MAX_STARTS: usize = 8;

/// Sources by the words that they begin with.
#[derive(Debug, Default)]
pub(super) struct Beginnings {
    sources: HashMap<String, Vec<SourceId>>,
}

impl Beginnings {
    pub(super) fn add(&mut self, id: SourceId, words: &Words<'_>, part: &Range<usize>) {
        for start in starts(words, part) {
            let first = plain(words, start..part.end).take(LOOKED_UP);
            if let Some(key) = key(first) {
                self.sources.entry(key).or_default().push(id);
            }
        }
    }
}

impl NotesRead {
    pub(super) fn by_beginning(
        &self,
        open: &OpenNoteText<'_>,
        part: &Range<usize>,
    ) -> Option<(ShortForm, Resolved)> {
        let words = open.words;
        let start = signals(words, part.start);
        let is_cited = |at: &usize| words.is_mark(*at, ',') && op_cit(words, at + 1).is_some();
        let comma = (start..part.end).find(is_cited)?;
        let next = op_cit(words, comma + 1)?;
        let end = locators(words, next, part.end);
        if !is_rest(words, end, part.end) {
            return None;
        }
        // "CESCR Committee, concluding observations on Brazil, cit.", "Besides this: Directive …, cit."
        let is_start =
            |at: &usize| words.is_one_of_marks(*at, &[',', ':']) && words.is_outside(*at);
        let behind = (start..comma).filter(is_start).map(|at| at + 1);
        let mut starts = std::iter::once(start).chain(behind).take(MAX_STARTS);
        let (start, source) =
            starts.find_map(|at| Some((at, self.one_that_begins(words, start..at, comma)?)))?;
        let mut form = ShortForm::new(FormKind::OpCit, start..end);
        form.head = start..comma;
        let outcome = Resolution::Resolved {
            sources: vec![source],
            why: Why::Title,
        };
        let resolved = vec![(form.words.clone(), outcome)];
        Some((form, resolved))
    }

    /// The only work that begins with the words up to a comma, if there is just one; whose it is
    /// stands before them, if a comma does.
    fn one_that_begins(
        &self,
        words: &Words<'_>,
        before: Range<usize>,
        comma: usize,
    ) -> Option<SourceId> {
        let key = key(plain(words, before.end..comma).take(LOOKED_UP))?;
        let found = self.beginnings.sources.get(&key)?;
        if found.len() > LOOKED_AT {
            return None;
        }
        let said: Vec<&str> = plain(words, before.end..comma).collect();
        let is_body = words.is_mark(before.end.wrapping_sub(1), ',');
        let body: Vec<&str> = plain(words, before).filter(|_| is_body).collect();
        let mut sources: Vec<SourceId> = found.iter().rev().copied().collect();
        sources.retain(|source| self.begins_with_all(*source, &body, &said));
        let mut works = std::collections::HashSet::new();
        sources.retain(|source| works.insert(self.index.work_of(*source)));
        match sources.as_slice() {
            [source] => Some(*source),
            _ => None,
        }
    }

    fn begins_with_all(&self, source: SourceId, body: &[&str], said: &[&str]) -> bool {
        let text = self.get(source).map_or("", |source| source.text.as_str());
        let words = Words::read(text, &[], &[]);
        let begins = |start: usize, said: &[&str]| {
            let mut begins = plain(&words, start..words.len());
            said.iter().all(|word| begins.next() == Some(word))
        };
        let names = self
            .index
            .work_of(source)
            .and_then(|work| self.index.names_of(work));
        // "G. Neri, *Fra Diavolo e il governo nero*, cit.", where a list of Neri's books names him once.
        if names.is_none_or(Names::is_empty) && begins(0, said) && self.says_before(source, body) {
            return true;
        }
        begins(0, body) && starts(&words, &(0..words.len())).any(|start| begins(start, said))
    }
}

impl NotesRead {
    /// Whether the last word of what is said before a title, if anything is, stands in the source, or
    /// in those before it in its note.
    fn says_before(&self, source: SourceId, body: &[&str]) -> bool {
        let note = self.get(source).and_then(|source| source.note);
        let in_note = (0..=source.0)
            .rev()
            .map_while(|id| self.get(SourceId(id)).filter(|other| other.note == note));
        let mut texts = in_note.take(LOOKED_AT).map(|other| other.text.as_str());
        body.last().is_none_or(|surname| {
            texts.any(|text| {
                let words = Words::read(text, &[], &[]);
                plain(&words, 0..words.len()).any(|word| word == *surname)
            })
        })
    }
}

/// Where a source may be said to begin: at its first word, at the short name in brackets behind the
/// name of a body, and at each thing of a list.
fn starts(words: &Words<'_>, part: &Range<usize>) -> impl Iterator<Item = usize> {
    const NEAR: usize = 14;
    let mut near = part.start..part.end.min(part.start + NEAR);
    let open = near.find(|at| words.is_mark(*at, '('));
    let is_name = |open: &usize| {
        let close = words.closing(*open).unwrap_or(*open);
        words.is_capital(open + 1) && words.is_mark(close + 1, ',')
    };
    let listed = part.clone().filter(|at| words.is_mark(*at, ';'));
    std::iter::once(part.start)
        .chain(open.filter(is_name))
        .chain(listed.map(|at| at + 1))
}

/// The words of a stretch without its marks, folded.
fn plain<'a>(words: &'a Words<'_>, range: Range<usize>) -> impl Iterator<Item = &'a str> {
    let all = range.map(|at| words.folded(at));
    all.filter(|word| !word.is_empty())
}

fn key<'a>(first: impl Iterator<Item = &'a str>) -> Option<String> {
    let first: Vec<&str> = first.collect();
    (first.len() == LOOKED_UP).then(|| first.join(" "))
}
