//! "*Directive 2024/1760 on due diligence*, cit., recital 7": what is cited again by the words that
//! it began with, whether these are a name or a title.

use std::collections::HashMap;
use std::ops::Range;

use super::super::pages::{is_rest, locators};
use super::super::resolve::Resolved;
use super::super::short::{FormKind, ShortForm};
use super::super::vocabulary::{op_cit, signals};
use super::super::words::Words;
use super::super::{Resolution, SourceId, Why};
use super::says::near;
use super::{NotesRead, OpenNoteText};

/// How many words of a beginning sources are looked up by; fewer tell nothing.
const LOOKED_UP: usize = 3;

/// Sources by the words that they begin with.
#[derive(Debug, Default)]
pub(super) struct Beginnings {
    sources: HashMap<String, Vec<SourceId>>,
}

impl Beginnings {
    pub(super) fn add(&mut self, id: SourceId, words: &Words<'_>, part: &Range<usize>) {
        let first = plain(words, part.clone()).take(LOOKED_UP);
        if let Some(key) = key(first) {
            self.sources.entry(key).or_default().push(id);
        }
    }
}

impl NotesRead {
    pub(super) fn by_beginning(
        &self,
        open: &OpenNoteText<'_>,
        part: &Range<usize>,
    ) -> Option<(ShortForm, Resolved)> {
        const LEAST: usize = 4;
        let words = open.words;
        let start = signals(words, part.start);
        let is_cited = |at: &usize| words.is_mark(*at, ',') && op_cit(words, at + 1).is_some();
        let comma = (start..part.end).find(is_cited)?;
        let next = op_cit(words, comma + 1)?;
        let end = locators(words, next, part.end);
        let said: Vec<&str> = plain(words, start..comma).collect();
        if said.len() < LEAST || !is_rest(words, end, part.end) {
            return None;
        }
        let found = self
            .beginnings
            .sources
            .get(&key(said.iter().copied().take(LOOKED_UP))?)?;
        let mut sources: Vec<SourceId> = found.iter().rev().copied().collect();
        sources.retain(|source| self.begins_with_all(*source, &said));
        let mut works = std::collections::HashSet::new();
        sources.retain(|source| works.insert(self.index.work_of(*source)));
        let [_] = sources.as_slice() else {
            return None;
        };
        let mut form = ShortForm::new(FormKind::OpCit, start..end);
        form.head = start..comma;
        let outcome = Resolution::Resolved {
            sources,
            why: Why::Title,
        };
        let resolved = vec![(form.words.clone(), outcome)];
        Some((form, resolved))
    }

    fn begins_with_all(&self, source: SourceId, said: &[&str]) -> bool {
        let text = self.get(source).map(near).unwrap_or_default();
        let words = Words::read(&text, &[], &[]);
        let mut begins = plain(&words, 0..words.len());
        said.iter().all(|word| begins.next() == Some(word))
    }
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
