//! Finding: a search that runs in slices, from the reading place on and around.

use std::ops::Range;

use regex::Regex;

use super::fold::Folded;
use super::index::Index;
use super::query::Query;
use crate::paper::{BlockId, NoteId, Paper, Passage, Position, SectionId};

/// A place where the pattern was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// Whole characters of one block's text, at least one.
    pub passage: Passage,
    /// The note that it stands in, if it does.
    pub in_note: Option<NoteId>,
    /// The section that it stands in; a note's is the one that holds the notes.
    pub section: Option<SectionId>,
}

/// How far a search has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// How many matches are found so far.
    pub matches: usize,
    /// Whether all of the paper is searched.
    pub is_done: bool,
}

/// A match that was stepped to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Its place among the matches in reading order, from 0, as of now: what is found later may
    /// stand before it.
    pub index: usize,
    /// Whether the step went past the paper's end (or its beginning) and around.
    pub wrapped: bool,
}

/// A search that goes on where it stopped: from the block of the reading place to the paper's end,
/// then from its beginning. The author's words are searched, notes too, but not what opcit sets
/// itself. Matches do not cross blocks and do not overlap.
#[derive(Debug, Clone)]
pub struct Search {
    query: Query,
    /// The block that was searched first.
    origin: usize,
    /// How many blocks there are.
    blocks: usize,
    /// How many of them are searched.
    searched: usize,
    /// Where to go on in the folded text of the next one.
    resume_at: usize,
    /// Matches from `origin` on, in reading order.
    ahead: Vec<Found>,
    /// Matches before `origin`, in reading order.
    behind: Vec<Found>,
}

/// A passage in one block, kept small: a letter is found a million times.
#[derive(Debug, Clone, Copy)]
struct Found {
    block: BlockId,
    start: usize,
    end: usize,
}

/// All matches in reading order, found at once.
#[must_use]
pub fn find(paper: &Paper, query: Query) -> Vec<Match> {
    let mut index = Index::new(paper);
    let mut search = Search::new(query, paper, Position::default());
    let progress = search.advance(paper, &mut index, usize::MAX);
    (0..progress.matches)
        .filter_map(|nth| search.nth(paper, &index, nth))
        .collect()
}

impl Search {
    /// A search that has not begun.
    #[must_use]
    pub fn new(query: Query, paper: &Paper, from: Position) -> Self {
        Self {
            query,
            origin: from.block.0.min(paper.blocks.len().saturating_sub(1)),
            blocks: paper.blocks.len(),
            searched: 0,
            resume_at: 0,
            ahead: Vec::new(),
            behind: Vec::new(),
        }
    }

    /// What is searched for.
    #[must_use]
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Searches about so many bytes more, and a block or a match at least. Paper and index must
    /// be the same each time.
    ///
    /// A million bytes take a few milliseconds, more when they are folded for the first time. One
    /// block is folded in one go, and searched in one go up to its next match.
    pub fn advance(&mut self, paper: &Paper, index: &mut Index, bytes: usize) -> Progress {
        let Some(regex) = self.query.regex().cloned() else {
            self.searched = self.blocks;
            return self.progress();
        };
        let mut spent = 0;
        while self.searched < self.blocks && spent < bytes.max(1) {
            spent += self.search_next(paper, index, &regex, bytes - spent).max(1);
        }
        self.progress()
    }

    /// How far the search has come.
    #[must_use]
    pub fn progress(&self) -> Progress {
        Progress {
            matches: self.behind.len() + self.ahead.len(),
            is_done: self.searched == self.blocks,
        }
    }

    /// The match with this place in reading order, from 0, among those found so far.
    #[must_use]
    pub fn nth(&self, paper: &Paper, index: &Index, nth: usize) -> Option<Match> {
        let found = match nth.checked_sub(self.behind.len()) {
            Some(nth) => self.ahead.get(nth)?,
            None => self.behind.get(nth)?,
        };
        Some(Match {
            passage: found.passage(),
            in_note: index.note_of(found.block),
            section: paper.section_of(found.block),
        })
    }

    /// The passages found so far in one block, in reading order.
    pub fn in_block(&self, block: BlockId) -> impl Iterator<Item = Passage> {
        let side = if block.0 < self.origin {
            &self.behind
        } else {
            &self.ahead
        };
        let first = side.partition_point(|found| found.block < block);
        let rest = side.get(first..).unwrap_or_default().iter();
        rest.take_while(move |found| found.block == block)
            .map(Found::passage)
    }

    /// The match that starts at the position or next after it, among those found so far. Only a
    /// finished search goes around, so that nothing is passed over.
    #[must_use]
    pub fn first_from(&self, position: Position) -> Option<Step> {
        self.forward(self.count(|start| start < position))
    }

    /// The next match that starts after the position; goes around as [`Search::first_from`] does.
    #[must_use]
    pub fn next_after(&self, position: Position) -> Option<Step> {
        self.forward(self.count(|start| start <= position))
    }

    /// The last match that starts before the position; goes around as [`Search::first_from`] does.
    #[must_use]
    pub fn previous_before(&self, position: Position) -> Option<Step> {
        let before = self.count(|start| start < position);
        let Progress { matches, is_done } = self.progress();
        let step = |index, wrapped| Step { index, wrapped };
        let around = || matches.checked_sub(1).filter(|_| is_done);
        let near = before.checked_sub(1).map(|index| step(index, false));
        near.or_else(|| around().map(|index| step(index, true)))
    }

    fn forward(&self, index: usize) -> Option<Step> {
        let Progress { matches, is_done } = self.progress();
        if index < matches {
            return Some(Step {
                index,
                wrapped: false,
            });
        }
        (is_done && matches > 0).then_some(Step {
            index: 0,
            wrapped: true,
        })
    }

    /// How many matches, all at the head of the list, start where the condition holds.
    fn count(&self, holds: impl Fn(Position) -> bool) -> usize {
        let at_head = |found: &Found| holds(found.passage().start);
        self.behind.partition_point(at_head) + self.ahead.partition_point(at_head)
    }

    /// Searches the next block, or about so many bytes of it; gives how many were searched.
    fn search_next(
        &mut self,
        paper: &Paper,
        index: &mut Index,
        regex: &Regex,
        bytes: usize,
    ) -> usize {
        let to_end = self.blocks - self.origin;
        let (id, side) = match self.searched.checked_sub(to_end) {
            Some(block) => (BlockId(block), &mut self.behind),
            None => (BlockId(self.origin + self.searched), &mut self.ahead),
        };
        let start = self.resume_at;
        let block = paper.block(id).filter(|block| block.is_authors());
        if let Some(block) = block
            && let Some(folded) = index.fold_block(paper, id)
        {
            let (ranges, text) = (&mut |range| side.push(Found::new(id, range)), &block.text);
            if let Some(end) = search_block(regex, text, folded, start, bytes, ranges) {
                self.resume_at = end;
                return end - start;
            }
        }
        self.resume_at = 0;
        self.searched += 1;
        block.map_or(0, |block| block.text.len().saturating_sub(start))
    }
}

impl Found {
    fn new(block: BlockId, range: Range<usize>) -> Self {
        Self {
            block,
            start: range.start,
            end: range.end,
        }
    }

    fn passage(&self) -> Passage {
        let at = |offset| Position {
            block: self.block,
            offset,
        };
        Passage {
            start: at(self.start),
            end: at(self.end),
        }
    }
}

/// Reports the matches in one block from a place in its folded text on, as ranges of its text.
/// Gives the place to go on from if it stopped after so many bytes, nothing at the block's end.
fn search_block(
    regex: &Regex,
    text: &str,
    folded: &Folded,
    start: usize,
    bytes: usize,
    report: &mut impl FnMut(Range<usize>),
) -> Option<usize> {
    let haystack = folded.text(text);
    let mut at = start;
    while let Some(found) = regex.find_at(haystack, at) {
        if found.is_empty() {
            let next = haystack.get(found.end()..)?.chars().next()?;
            at = found.end() + next.len_utf8();
        } else {
            let whole = folded.locate(&found.range());
            report(whole.source);
            // The rest of a character that is already found is not found again.
            at = whole.folded_end;
        }
        if at - start >= bytes {
            return Some(at);
        }
    }
    None
}
