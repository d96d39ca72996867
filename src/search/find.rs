//! Finding: a search that runs in slices, from the reading place on and around.

use std::ops::Range;

use memchr::memchr;
use regex::Regex;

use super::index::SearchIndex;
use super::query::{Mode, Query};
use crate::paper::{BlockId, FlatText, NoteId, Paper, Passage, Position, SectionId};

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

/// So many bytes a match counts for in how far a search goes on at once. An expression may read
/// the rest of its block in vain for each match, as `.*;|a` does where there is no semicolon.
const MATCH: usize = 128;

/// A match that was stepped to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MatchStep {
    /// Its place among the matches in reading order, from 0, as of now: what is found later may
    /// stand before it.
    pub index: usize,
    /// Whether the step went past the paper's end (or its beginning) and around.
    pub wrapped: bool,
}

/// A search that goes on where it stopped: from about the reading place to the paper's end, then
/// from its beginning. The author's words are searched, notes too, but not what opcit sets itself.
/// Matches do not cross blocks and do not overlap.
///
/// Paper and index must be the same in every call.
#[derive(Debug, Clone)]
pub struct Search {
    query: Query,
    /// The chunk that was searched first.
    origin: usize,
    /// How many chunks there are.
    chunks: usize,
    /// How many of them are searched.
    searched: usize,
    /// Where to go on in the next one.
    place: SearchCursor,
    /// Matches from `origin` on, in reading order, as bytes of the paper's text. Kept small: a
    /// letter is found a million times.
    ahead: Vec<Range<usize>>,
    /// Matches before `origin`, in the same way.
    behind: Vec<Range<usize>>,
}

/// Where to go on in the folded text of a chunk.
#[derive(Debug, Clone, Copy, Default)]
struct SearchCursor {
    /// Where the stretch begins that is searched as one.
    stretch: usize,
    /// Bytes of the stretch that are searched.
    at: usize,
}

/// All matches in reading order, found at once.
#[must_use]
pub fn find(paper: &Paper, query: Query) -> Vec<Match> {
    let index = SearchIndex::new(paper);
    let mut search = Search::new(query, &index, Position::default());
    let progress = search.advance(paper, &index, usize::MAX);
    (0..progress.matches)
        .filter_map(|nth| search.nth(paper, &index, nth))
        .collect()
}

impl Search {
    /// A search that has not begun.
    #[must_use]
    pub fn new(query: Query, index: &SearchIndex, from: Position) -> Self {
        Self {
            query,
            origin: index.chunk_of(from.block),
            chunks: index.chunks(),
            searched: 0,
            place: SearchCursor::default(),
            ahead: Vec::new(),
            behind: Vec::new(),
        }
    }

    /// What is searched for.
    #[must_use]
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Searches about so many bytes more, each match counting for some of them, and at least
    /// up to the next match or the end of 64 KiB. A million bytes take about a millisecond, and a
    /// few more when they are folded for the first time.
    pub fn advance(&mut self, paper: &Paper, index: &SearchIndex, bytes: usize) -> Progress {
        let mut left = bytes.max(1);
        while self.searched < self.chunks && left > 0 {
            left = left.saturating_sub(self.search_chunk(paper, index, left));
        }
        self.progress()
    }

    /// How far the search has come.
    #[must_use]
    pub fn progress(&self) -> Progress {
        Progress {
            matches: self.behind.len() + self.ahead.len(),
            is_done: self.searched == self.chunks,
        }
    }

    /// The match with this place in reading order, from 0, among those found so far.
    #[must_use]
    pub fn nth(&self, paper: &Paper, index: &SearchIndex, nth: usize) -> Option<Match> {
        let passage = self.passage(paper, nth)?;
        Some(Match {
            passage,
            in_note: index.note_of(passage.start.block),
            section: paper.section_of(passage.start.block),
        })
    }

    /// The passage of the match with this place in reading order, as [`Search::nth`] has it.
    #[must_use]
    pub fn passage(&self, paper: &Paper, nth: usize) -> Option<Passage> {
        let found = match nth.checked_sub(self.behind.len()) {
            Some(nth) => self.ahead.get(nth)?,
            None => self.behind.get(nth)?,
        };
        Some(passage(paper, found))
    }

    /// The passages found so far that hold some of these bytes of a block's text, in reading
    /// order.
    pub fn touching(
        &self,
        paper: &Paper,
        block: BlockId,
        bytes: &Range<usize>,
    ) -> impl Iterator<Item = Passage> {
        let before = |offset| paper.bytes_before(Position { block, offset });
        let (start, end) = (before(bytes.start), before(bytes.end));
        let both = [&self.behind, &self.ahead].into_iter();
        both.flat_map(move |side| {
            let first = side.partition_point(|found| found.end <= start);
            let rest = side.get(first..).unwrap_or_default().iter();
            rest.take_while(move |found| found.start < end)
        })
        .map(|found| passage(paper, found))
    }

    /// The match that starts at the position or next after it, among those found so far. Only a
    /// finished search goes around, so that nothing is passed over.
    #[must_use]
    pub fn first_from(&self, paper: &Paper, position: Position) -> Option<MatchStep> {
        let from = paper.bytes_before(position);
        self.forward(self.count(|start| start < from))
    }

    /// The next match that starts after the position; goes around as [`Search::first_from`] does.
    #[must_use]
    pub fn next_after(&self, paper: &Paper, position: Position) -> Option<MatchStep> {
        let from = paper.bytes_before(position);
        self.forward(self.count(|start| start <= from))
    }

    /// The last match that starts before the position; goes around as [`Search::first_from`] does.
    #[must_use]
    pub fn previous_before(&self, paper: &Paper, position: Position) -> Option<MatchStep> {
        let from = paper.bytes_before(position);
        let near = self.count(|start| start < from).checked_sub(1);
        let Progress { matches, is_done } = self.progress();
        let last = matches.checked_sub(1).filter(|_| is_done);
        Some(MatchStep {
            index: near.or(last)?,
            wrapped: near.is_none(),
        })
    }

    fn forward(&self, index: usize) -> Option<MatchStep> {
        let Progress { matches, is_done } = self.progress();
        let wrapped = index == matches;
        (matches > 0 && (is_done || !wrapped)).then_some(MatchStep {
            index: if wrapped { 0 } else { index },
            wrapped,
        })
    }

    /// How many matches, all at the head of the list, start where the condition holds.
    fn count(&self, holds: impl Fn(usize) -> bool) -> usize {
        let at_head = |found: &Range<usize>| holds(found.start);
        self.behind.partition_point(at_head) + self.ahead.partition_point(at_head)
    }

    /// Searches the rest of the next chunk, or about so many bytes of it, each match counting for
    /// some; gives how many were searched.
    fn search_chunk(&mut self, paper: &Paper, index: &SearchIndex, bytes: usize) -> usize {
        let (nth, side) = match self.searched.checked_sub(self.chunks - self.origin) {
            Some(nth) => (nth, &mut self.behind),
            None => (self.origin + self.searched, &mut self.ahead),
        };
        let (Some(regex), Some(chunk)) = (self.query.regex(), index.chunk(nth)) else {
            self.searched = self.chunks;
            return 0;
        };
        let flat = chunk.folded(paper, self.query.accents()).flat();
        let from = self.place.stretch + self.place.at;
        let matches = side.len();
        let report = |found: Range<usize>, needs_script: bool| {
            if !needs_script || has_script(paper, &found) {
                side.push(found);
            }
        };
        let place = search_flat(flat, regex, &self.query, self.place, bytes, report);
        self.searched += usize::from(place.is_none());
        let end = place.map_or(flat.text().len(), |place| place.stretch + place.at);
        self.place = place.unwrap_or_default();
        end - from + (side.len() - matches) * MATCH
    }
}

/// The passage that lies between two bytes of the paper's text.
fn passage(paper: &Paper, bytes: &Range<usize>) -> Passage {
    Passage {
        start: paper.position_at(bytes.start),
        end: paper.position_at(bytes.end),
    }
}

/// Whether something between two bytes of the paper's text is raised or lowered.
fn has_script(paper: &Paper, bytes: &Range<usize>) -> bool {
    let Passage { start, end } = passage(paper, bytes);
    let block = paper.block(start.block);
    block.is_some_and(|block| block.has_script_in(&(start.offset..end.offset)))
}

/// Reports the matches in folded text from a place on, as ranges of its source, and whether each
/// counts only if something in it is raised or lowered. Gives the place to go on from if it stops
/// after so many bytes, nothing at the text's end.
fn search_flat(
    flat: &FlatText,
    regex: &Regex,
    query: &Query,
    mut place: SearchCursor,
    bytes: usize,
    mut report: impl FnMut(Range<usize>, bool),
) -> Option<SearchCursor> {
    let mut stop = (place.stretch + place.at).saturating_add(bytes);
    let mut locator = flat.locator(place.stretch + place.at);
    while let Some(rest) = flat.text().get(place.stretch..) {
        let start = place.stretch;
        let stretch = stretch(rest, query.mode());
        while let Some(found) = regex.find_at(stretch, place.at) {
            if found.is_empty() {
                let next = stretch.get(found.end()..).and_then(|it| it.chars().next());
                let Some(next) = next else { break };
                place.at = found.end() + next.len_utf8();
            } else {
                let whole = locator.locate(&(start + found.start()..start + found.end()));
                report(whole.source, query.needs_script(&found.range()));
                stop = stop.saturating_sub(MATCH);
                // The rest of a character that is found already is not found again.
                place.at = whole.flat_end - start;
            }
            if start + place.at >= stop {
                return Some(place);
            }
        }
        place = SearchCursor {
            stretch: start + stretch.len() + 1,
            at: 0,
        };
    }
    None
}

/// What of folded text is searched as one: for a regular expression a line, which is a block, as
/// it could match across; for plain text, which holds no line end, all of it.
fn stretch(text: &str, mode: Mode) -> &str {
    let end = match mode {
        Mode::Plain => None,
        Mode::Regex => memchr(b'\n', text.as_bytes()),
    };
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

#[cfg(test)]
mod tests;
