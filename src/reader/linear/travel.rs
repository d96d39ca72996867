//! Moving through the paper, a block or a sentence at a time.

use std::io;
use std::ops::Range;

use super::{LineReader, spoken};
use crate::paper::{BlockId, Kind, Position, sentence_at};
use crate::reader::action::{Direction, Motion};
use crate::search::{paragraph_of_paper, percentage_of_paper};

/// How many blocks the keys for a screen read on.
const BLOCKS_OF_SCREEN: usize = 5;
/// How many those for half of it.
const BLOCKS_OF_HALF_SCREEN: usize = 3;

const AT_END: &str = "the end of the paper";
const AT_BEGINNING: &str = "the beginning of the paper";

impl LineReader<'_> {
    pub(super) fn travel(&mut self, motion: Motion, count: Option<u32>) -> io::Result<()> {
        let times = count.map_or(1, |count| count as usize);
        match motion {
            Motion::Sentence(Direction::Next) => self.read_sentences(times),
            Motion::Sentence(Direction::Previous) => self.read_sentence_before(times),
            Motion::Line(direction) | Motion::Paragraph(direction) => self.step(direction, times),
            Motion::Screen(direction) => {
                self.read_blocks(direction, times.saturating_mul(BLOCKS_OF_SCREEN))
            }
            Motion::HalfScreen(direction) => {
                self.read_blocks(direction, times.saturating_mul(BLOCKS_OF_HALF_SCREEN))
            }
            Motion::Section(direction) => self.step_section(direction, times),
            Motion::End(direction) => self.go_to_end(direction, count),
        }
    }

    fn go_to_end(&mut self, direction: Direction, paragraph: Option<u32>) -> io::Result<()> {
        let document = self.document();
        match (paragraph, direction) {
            (Some(number), _) => {
                let place = paragraph_of_paper(document.paper(), number);
                self.jump_to(place, "there is no such paragraph")
            }
            (None, Direction::Previous) => self.jump_to(Some(Position::default()), ""),
            (None, Direction::Next) => {
                let end = BlockId(document.paper().blocks.len());
                let last = self.neighbour(Some(end), Direction::Previous);
                self.jump_to(last.map(Position::start_of), "there is no text")
            }
        }
    }

    pub(super) fn go_to_percentage(&mut self, count: Option<u32>) -> io::Result<()> {
        let Some(count) = count else {
            return self.say("type a number before the key: how many percent");
        };
        let place = percentage_of_paper(self.document().paper(), count);
        self.jump_to(place, "a percentage is at most 100")
    }

    /// Goes to a place that the reader may want to come back from; where there is none, says so.
    pub(super) fn jump_to(&mut self, place: Option<Position>, otherwise: &str) -> io::Result<()> {
        let Some(place) = place else {
            return self.say(otherwise);
        };
        self.open().leave();
        self.go_to(place.block)
    }

    /// The next block that has something to say.
    fn neighbour(&self, from: Option<BlockId>, direction: Direction) -> Option<BlockId> {
        let document = self.document();
        let paper = document.paper();
        let has_words = |id: &BlockId| !spoken::block(paper, *id).is_empty();
        let count = paper.blocks.len();
        match (from, direction) {
            (Some(BlockId(at)), Direction::Previous) => {
                (0..at.min(count)).rev().map(BlockId).find(has_words)
            }
            (Some(BlockId(at)), Direction::Next) => (at + 1..count).map(BlockId).find(has_words),
            (None, Direction::Next) => (0..count).map(BlockId).find(has_words),
            (None, Direction::Previous) => None,
        }
    }

    /// Reads the block so many on, or back, or the last one that way.
    fn step(&mut self, direction: Direction, times: usize) -> io::Result<()> {
        let at = self.open().at;
        let mut found = None;
        for _ in 0..times {
            match self.neighbour(found.or(at), direction) {
                Some(next) => found = Some(next),
                None => break,
            }
        }
        match (found, direction) {
            (Some(block), _) => self.go_to(block),
            (None, Direction::Next) => self.say(AT_END),
            (None, Direction::Previous) => self.say(AT_BEGINNING),
        }
    }

    /// Reads so many blocks on; backwards, the one so many back.
    fn read_blocks(&mut self, direction: Direction, times: usize) -> io::Result<()> {
        if direction == Direction::Previous {
            return self.step(direction, times);
        }
        for _ in 0..times {
            match self.neighbour(self.papers.open.at, direction) {
                Some(next) => self.go_to(next)?,
                None => return self.say(AT_END),
            }
        }
        Ok(())
    }

    fn read_sentences(&mut self, times: usize) -> io::Result<()> {
        for _ in 0..times {
            if !self.read_sentence()? {
                return self.say(AT_END);
            }
        }
        Ok(())
    }

    /// The sentence after the one that was read last. Returns whether there is one.
    fn read_sentence(&mut self) -> io::Result<bool> {
        let (at, end) = (self.papers.open.at, self.papers.open.read_to);
        if self.say_sentence(at, end)? {
            return Ok(true);
        }
        let Some(next) = self.neighbour(at, Direction::Next) else {
            return Ok(false);
        };
        self.open().arrive(next);
        let document = self.document();
        let block = document.paper().block(next);
        let is_prose = block.is_some_and(|block| block.kind == Kind::Paragraph);
        // One that is nothing but the marker of a note has no sentence.
        if !is_prose || !self.say_sentence(Some(next), 0)? {
            self.say_block(next)?;
        }
        Ok(true)
    }

    /// Says the first sentence of a block that ends behind a place, where the reader is from then
    /// on. Returns whether there is one.
    fn say_sentence(&mut self, id: Option<BlockId>, end: usize) -> io::Result<bool> {
        let document = self.document();
        let block = id.and_then(|id| document.paper().block(id));
        let sentence = block.and_then(|block| {
            let rest = block.text.get(end..)?;
            let start = end + rest.len() - rest.trim_start().len();
            let found = sentence_at(&block.text, start)?;
            (found.end > end).then(|| (spoken::words(block, start..found.end), start..found.end))
        });
        let Some((words, range)) = sentence else {
            return Ok(false);
        };
        self.open().take_sentence(range);
        self.say(&words)?;
        Ok(true)
    }

    /// The sentence before the one that was read last; before the first of a block, the block
    /// before.
    fn read_sentence_before(&mut self, times: usize) -> io::Result<()> {
        let document = self.document();
        let (at, mut start) = (self.open().at, self.open().read_from);
        let block = at.and_then(|id| document.paper().block(id));
        let Some(block) = block.filter(|_| start > 0) else {
            return self.step(Direction::Previous, 1);
        };
        let mut found: Option<Range<usize>> = None;
        for _ in 0..times {
            let before = block.text.get(..start).unwrap_or_default().trim_end();
            let Some(last) = before.char_indices().next_back() else {
                break;
            };
            let Some(sentence) = sentence_at(&block.text, last.0) else {
                break;
            };
            start = sentence.start;
            found = Some(sentence);
        }
        match found {
            Some(range) => {
                let words = spoken::words(block, range.clone());
                self.open().take_sentence(range);
                self.say(&words)
            }
            None => self.step(Direction::Previous, 1),
        }
    }

    fn step_section(&mut self, direction: Direction, times: usize) -> io::Result<()> {
        let document = self.document();
        let here = self.open().at.map_or(0, |block| block.0);
        let sections = document.paper().sections.iter();
        let nth = times.saturating_sub(1);
        let found = match direction {
            Direction::Next => sections
                .filter(|section| section.blocks.start > here)
                .nth(nth),
            Direction::Previous => sections
                .rev()
                .filter(|section| section.blocks.start < here)
                .nth(nth),
        };
        let place = found.map(|section| Position::start_of(BlockId(section.blocks.start)));
        self.jump_to(place, "no more sections that way")
    }
}
