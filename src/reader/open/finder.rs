//! What the reader searches for, what is found of it so far, and which match the reader is at.
//!
//! A long paper is searched in slices, between which keys are heard.

mod all_matches;

use std::ops::Range;
use std::sync::Arc;

use crate::document::Document;
use crate::paper::{BlockId, Paper, Passage, Position};
use crate::reader::action::Direction;
use crate::reader::open::own_notes::OwnMatch;
use crate::search::{Match, Mode, Query, Search};
use crate::shelf::TextChanges;
use all_matches::{AllMatches, MatchIndex};

/// Bytes of text that are searched in one go: a few milliseconds also when the text is searched
/// for the first time, and all of most papers.
const SLICE: usize = 512 << 10;

/// How many patterns are remembered.
const MAX_PAST_PATTERNS: usize = 100;

/// The searches in one paper.
#[derive(Debug)]
pub(crate) struct Finder {
    document: Arc<Document>,
    /// Whether something was to be searched for.
    is_prepared: bool,
    /// Whether there may be text that is not made ready for searching.
    is_preparing: bool,
    active: Option<ActiveSearch>,
    past: Vec<Pattern>,
}

/// What was searched for, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Pattern {
    pub(crate) text: String,
    pub(crate) mode: Mode,
}

/// A search, and where in it the reader is.
#[derive(Debug, Clone)]
pub(crate) struct ActiveSearch {
    search: Search,
    /// Where the reader was when it began.
    from: Position,
    current: Option<Passage>,
    /// What is found in the reader's own notes, by place.
    own: Vec<OwnMatch>,
    /// Which of that the reader is at; then they are at no match of the text.
    current_own: Option<OwnMatch>,
    /// The match that is gone to as soon as it is found.
    wanted: Option<PendingMatch>,
    /// The way on which the last step went around.
    wrapped: Option<Direction>,
    /// Whether the matches are shown in the text.
    is_lit: bool,
    /// Whether the footer says where the reader is among the matches.
    is_told: bool,
}

/// A match that is gone to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MatchPlace {
    Text(Position),
    /// In a note of the reader's.
    Own(OwnMatch),
}

/// Which match is gone to.
#[derive(Debug, Clone, Copy)]
struct PendingMatch {
    near: Near,
    /// How many matches further on the way, from 0.
    further: usize,
}

#[derive(Debug, Clone, Copy)]
enum Near {
    At(Position),
    After(Position),
    Before(Position),
}

impl Finder {
    pub(crate) fn new(document: Arc<Document>) -> Self {
        Finder {
            document,
            is_prepared: false,
            is_preparing: false,
            active: None,
            past: Vec::new(),
        }
    }

    /// Takes over the searches in the text as it was before it changed: the last one is made again.
    pub(crate) fn carry_over(&mut self, before: Finder, changes: &TextChanges) {
        self.past = before.past;
        let Some(active) = before.active else {
            return;
        };
        self.prepare();
        let from = changes.position(active.from);
        let query = active.search.query().clone();
        let is_same = |passage: &Passage| changes.same_block(passage.start.block).is_some();
        self.active = Some(ActiveSearch {
            search: Search::new(query, self.document.index(), from),
            from,
            current: active
                .current
                .filter(is_same)
                .and_then(|it| changes.passage(it)),
            wanted: None,
            wrapped: None,
            // They have places of the text before, and are looked for again.
            own: Vec::new(),
            ..active
        });
    }

    /// Makes ready for a search that is about to be typed.
    pub(crate) fn prepare(&mut self) {
        self.is_preparing |= !self.is_prepared;
        self.is_prepared = true;
    }

    /// Searches for something else, and gives the match at the position or next after it if it
    /// is found at once. What is found of it in the reader's own notes is known already.
    pub(crate) fn begin(
        &mut self,
        query: Query,
        own: Vec<OwnMatch>,
        from: Position,
    ) -> Option<Position> {
        self.prepare();
        let wanted = PendingMatch {
            near: Near::At(from),
            further: 0,
        };
        self.active = Some(ActiveSearch {
            search: Search::new(query, self.document.index(), from),
            from,
            current: None,
            own,
            current_own: None,
            wanted: Some(wanted),
            wrapped: None,
            is_lit: true,
            is_told: false,
        });
        self.work()
    }

    /// Takes up a search that was left, and gives the one in its place.
    pub(crate) fn replace(&mut self, active: Option<ActiveSearch>) -> Option<ActiveSearch> {
        std::mem::replace(&mut self.active, active)
    }

    /// Goes so many matches on or back, and gives the match if it is found already. `here` is
    /// where the reader is, and whether that is the match gone to last.
    pub(crate) fn step(
        &mut self,
        direction: Direction,
        times: usize,
        top: Position,
        is_at_current: bool,
    ) -> Option<Position> {
        let active = self.active.as_mut()?;
        let current = active.current.filter(|_| is_at_current);
        let near = match (direction, current) {
            (Direction::Next, Some(current)) => Near::After(current.start),
            (Direction::Next, None) => Near::At(top),
            (Direction::Previous, current) => Near::Before(current.map_or(top, |it| it.start)),
        };
        active.wanted = Some(PendingMatch {
            near,
            further: times.saturating_sub(1),
        });
        (active.is_lit, active.is_told) = (true, true);
        active.take_step(self.document.paper())
    }

    /// The same, and into the reader's own notes, each at its mark; but not while the text is being
    /// searched.
    pub(crate) fn step_among_all(
        &mut self,
        direction: Direction,
        times: usize,
        top: Position,
        is_at_current: bool,
    ) -> Option<MatchPlace> {
        match &mut self.active {
            Some(active) if !active.own.is_empty() && active.search.progress().is_done => {
                (active.is_lit, active.is_told) = (true, true);
                let paper = self.document.paper();
                active.step_among_all(paper, direction, times, top, is_at_current)
            }
            _ => {
                let found = self.step(direction, times, top, is_at_current);
                found.map(MatchPlace::Text)
            }
        }
    }

    /// Takes what is found in the reader's own notes as they are now.
    pub(crate) fn take_own(&mut self, find: impl FnOnce(Query) -> Vec<OwnMatch>) {
        if let Some(active) = &mut self.active {
            active.own = find(active.search.query().clone());
            let at = active.current_own.and_then(|at| {
                let mut same = active.own.iter().filter(|own| own.key == at.key);
                same.clone()
                    .find(|own| own.passage.start.offset == at.passage.start.offset)
                    .or(same.next())
            });
            active.current_own = at.copied();
        }
    }

    /// What is found in the reader's own notes.
    pub(crate) fn own(&self) -> &[OwnMatch] {
        self.active.as_ref().map_or(&[], |active| &active.own)
    }

    /// Which of these stands at the position or next after it, going around.
    pub(crate) fn first_own_from(&self, position: Position) -> usize {
        let own = self.own();
        let first = own.partition_point(|own| own.place < position);
        if first < own.len() { first } else { 0 }
    }

    /// Goes to one of the matches in the reader's own notes.
    pub(crate) fn choose_own(&mut self, nth: usize) -> Option<OwnMatch> {
        let active = self.active.as_mut()?;
        let found = *active.own.get(nth)?;
        (active.current, active.current_own) = (None, Some(found));
        (active.wanted, active.wrapped) = (None, None);
        Some(found)
    }

    /// The matches to be shown in some bytes of a block of the reader's own notes, and whether each
    /// is the one that the reader is at.
    pub(crate) fn own_matches_in(
        &self,
        block: BlockId,
        bytes: &Range<usize>,
    ) -> Vec<(Range<usize>, bool)> {
        let Some(active) = self.active.as_ref().filter(|active| active.is_lit) else {
            return Vec::new();
        };
        let here = active.own.iter().filter_map(|own| {
            let found = own.passage.bytes_in(block)?;
            let is_here = found.start < bytes.end && bytes.start < found.end;
            is_here.then(|| (found, active.current_own == Some(*own)))
        });
        here.collect()
    }

    /// Whether there is something to do while no key is pressed.
    pub(crate) fn has_work(&self) -> bool {
        self.is_preparing || self.is_searching()
    }

    /// Whether the reader waits for a match to be gone to.
    pub(crate) fn is_awaited(&self) -> bool {
        self.active
            .as_ref()
            .is_some_and(|active| active.wanted.is_some())
    }

    /// Searches a slice further, or makes one ready. Gives the match that was waited for when it
    /// is found.
    pub(crate) fn work(&mut self) -> Option<Position> {
        let index = self.document.index();
        match &mut self.active {
            Some(active) if !active.search.progress().is_done => {
                active.search.advance(self.document.paper(), index, SLICE);
                active.take_step(self.document.paper())
            }
            _ => {
                self.is_preparing = index.fold_ahead(self.document.paper(), SLICE);
                None
            }
        }
    }

    /// Stops waiting for a match: the reader has gone on to something else.
    pub(crate) fn interrupt(&mut self) {
        if let Some(active) = &mut self.active {
            active.wanted = None;
            active.is_told = false;
        }
    }

    /// Keeps the search that was typed.
    pub(crate) fn keep(&mut self) {
        let Some(active) = &mut self.active else {
            return;
        };
        active.is_told = true;
        let pattern = active.pattern();
        self.past.retain(|past| *past != pattern);
        if self.past.len() == MAX_PAST_PATTERNS {
            self.past.remove(0);
        }
        self.past.push(pattern);
    }

    /// Goes to one of the matches.
    pub(crate) fn choose(&mut self, nth: usize) -> Option<Position> {
        let found = self.nth(nth)?;
        let active = self.active.as_mut()?;
        (active.current, active.wanted, active.wrapped) = (Some(found.passage), None, None);
        active.current_own = None;
        Some(found.passage.start)
    }

    /// The pattern that was kept so many searches ago, from 1.
    pub(crate) fn past(&self, ago: usize) -> Option<&Pattern> {
        self.past.get(self.past.len().checked_sub(ago)?)
    }

    /// What is searched for.
    pub(crate) fn pattern(&self) -> Option<Pattern> {
        self.active.as_ref().map(ActiveSearch::pattern)
    }

    /// The match that the reader is at.
    pub(crate) fn current(&self) -> Option<Passage> {
        self.active.as_ref()?.current
    }

    /// The place of the match that the reader is at: of one in a note of the reader's, where its
    /// mark is.
    pub(crate) fn current_place(&self) -> Option<Position> {
        let active = self.active.as_ref()?;
        let own = active.current_own.map(|own| own.place);
        own.or(active.current.map(|current| current.start))
    }

    /// Shows the matches in the text no more.
    pub(crate) fn darken(&mut self) {
        if let Some(active) = &mut self.active {
            active.is_lit = false;
        }
    }

    /// Whether the matches show in the text.
    pub(crate) fn is_lit(&self) -> bool {
        self.active.as_ref().is_some_and(|active| active.is_lit)
    }

    /// Whether the footer says where the reader is among the matches.
    pub(crate) fn is_told(&self) -> bool {
        self.active.as_ref().is_some_and(|active| active.is_told)
    }

    /// How many matches are found so far.
    pub(crate) fn len(&self) -> usize {
        let active = self.active.as_ref();
        active.map_or(0, |active| active.search.progress().matches)
    }

    pub(crate) fn is_searching(&self) -> bool {
        let active = self.active.as_ref();
        active.is_some_and(|active| !active.search.progress().is_done)
    }

    /// One of the matches found so far, in reading order, from 0.
    pub(crate) fn nth(&self, nth: usize) -> Option<Match> {
        let search = &self.active.as_ref()?.search;
        search.nth(self.document.paper(), self.document.index(), nth)
    }

    /// Which of the matches found so far stands at the position or next after it, going around.
    pub(crate) fn index_from(&self, position: Position) -> usize {
        let found =
            |active: &ActiveSearch| active.search.first_from(self.document.paper(), position);
        match self.active.as_ref().and_then(found) {
            Some(step) => step.index,
            None => self.len().saturating_sub(1),
        }
    }

    /// The matches to be shown in some bytes of a block's text, and whether each is the one that
    /// the reader is at.
    pub(crate) fn matches_in(
        &self,
        block: BlockId,
        bytes: &Range<usize>,
    ) -> impl Iterator<Item = (Range<usize>, bool)> {
        let active = self.active.as_ref().filter(|active| active.is_lit);
        active.into_iter().flat_map(move |active| {
            let found = active.search.touching(self.document.paper(), block, bytes);
            found.map(|passage| {
                let bytes = passage.start.offset..passage.end.offset;
                (bytes, active.current == Some(passage))
            })
        })
    }

    /// The first part of [`Finder::said`], which comes before all else that is said: `3/17`.
    pub(crate) fn count(&self) -> String {
        let said = self.said();
        let end = said.find(" · ").unwrap_or(said.len());
        said.get(..end).unwrap_or_default().to_owned()
    }

    /// Where the reader is among the matches, in words: `3/17 · § Method`.
    pub(crate) fn said(&self) -> String {
        let Some(active) = &self.active else {
            return String::new();
        };
        let matches = self.len();
        let at_own = active.current_own.and_then(|at| {
            let nth = active.own.iter().position(|own| *own == at)? + 1;
            Some(format!("{nth}/{} in your notes", active.own.len()))
        });
        let mut parts = vec![match (active.current, self.is_searching()) {
            _ if at_own.is_some() => at_own.unwrap_or_default(),
            (None, true) => "searching…".to_owned(),
            (Some(_), true) => format!("{matches} so far"),
            (None, false) if matches == 0 => "not found".to_owned(),
            (None, false) => format!("{matches} found"),
            (Some(current), false) => format!("{}/{matches}", self.index_from(current.start) + 1),
        }];
        parts.extend(active.wrapped.map(|way| {
            let end = match way {
                Direction::Next => "top",
                Direction::Previous => "end",
            };
            format!("search wrapped to the {end}")
        }));
        parts.extend(
            active
                .current
                .and_then(|current| self.words_for_place(current)),
        );
        parts.join(" · ")
    }

    /// The note or the section that a match stands in.
    fn words_for_place(&self, passage: Passage) -> Option<String> {
        let found = self.nth(self.index_from(passage.start))?;
        if let Some(note) = found
            .in_note
            .and_then(|note| self.document.paper().note(note))
        {
            return Some(format!("in note {}", note.number));
        }
        let section = self.document.paper().section(found.section?)?;
        Some(format!("§ {}", section.name().replace('\n', " ")))
    }
}

impl ActiveSearch {
    fn pattern(&self) -> Pattern {
        let query = self.search.query();
        Pattern {
            text: query.pattern().to_owned(),
            mode: query.mode(),
        }
    }

    /// Goes to the match that is wanted if it is known by now which that is.
    fn take_step(&mut self, paper: &Paper) -> Option<Position> {
        let wanted = self.wanted?;
        let is_done = self.search.progress().is_done;
        let step = match wanted.near {
            _ if wanted.further > 0 && !is_done => None,
            Near::At(at) if is_done || at >= self.from => self.search.first_from(paper, at),
            Near::After(at) if is_done || at >= self.from => self.search.next_after(paper, at),
            Near::Before(at) if is_done => self.search.previous_before(paper, at),
            _ => None,
        };
        if is_done || step.is_some() {
            self.wanted = None;
        }
        let step = step?;
        let matches = self.search.progress().matches;
        let further = wanted.further.checked_rem(matches)?;
        let (way, reached) = match wanted.near {
            Near::Before(_) => (Direction::Previous, step.index + matches - further),
            _ => (Direction::Next, step.index + further),
        };
        let goes_round = match way {
            Direction::Next => step.index.saturating_add(wanted.further) >= matches,
            Direction::Previous => wanted.further > step.index,
        };
        self.wrapped = (step.wrapped || goes_round).then_some(way);
        self.current = self.search.passage(paper, reached % matches);
        self.current_own = None;
        self.current.map(|passage| passage.start)
    }

    /// Goes so many matches on or back, of all that are found in the text and in the reader's own
    /// notes, each of these at its mark.
    fn step_among_all(
        &mut self,
        paper: &Paper,
        direction: Direction,
        times: usize,
        top: Position,
        is_at_current: bool,
    ) -> Option<MatchPlace> {
        let all = AllMatches {
            paper,
            search: &self.search,
            own: &self.own,
        };
        let at_own = self
            .current_own
            .and_then(|at| self.own.iter().position(|own| *own == at));
        let current = match (at_own, self.current) {
            (Some(own), _) => Some(all.index_of_own(own)),
            (None, Some(current)) => Some(all.before(current.start)),
            (None, None) => None,
        };
        let current = current.filter(|_| is_at_current);
        let (len, further) = (all.len(), times.saturating_sub(1));
        let (reached, goes_round) = match direction {
            Direction::Next => {
                let next = current.map_or_else(|| all.before(top), |current| current + 1);
                let reached = next + further.checked_rem(len)?;
                (reached, next.saturating_add(further) >= len)
            }
            Direction::Previous => {
                let here = current.unwrap_or_else(|| all.before(top));
                let back = 1 + further.checked_rem(len)?;
                (here + len - back, times.max(1) > here)
            }
        };
        let reached = all.nth(reached.checked_rem(len)?);
        self.wrapped = goes_round.then_some(direction);
        self.wanted = None;
        match reached? {
            MatchIndex::Own(own) => {
                let own = *self.own.get(own)?;
                (self.current, self.current_own) = (None, Some(own));
                Some(MatchPlace::Own(own))
            }
            MatchIndex::Text(text) => {
                let passage = self.search.passage(paper, text)?;
                (self.current, self.current_own) = (Some(passage), None);
                Some(MatchPlace::Text(passage.start))
            }
        }
    }
}
