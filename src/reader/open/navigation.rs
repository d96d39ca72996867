//! Moving through an open document: motions, jumps, and the way back.

use std::time::Instant;

use super::{FlashTarget, OpenDocument};
use crate::paper::{BlockId, Position, Section};
use crate::reader::action::{Direction, Motion, ScreenHeight};
use crate::reader::open::history::WayBack;
use crate::reader::open::view::SavedView;

impl OpenDocument {
    /// Moves so many times. Returns whether there was a way: without headings there is none to a
    /// section.
    pub(crate) fn travel(&mut self, motion: Motion, times: usize, now: Instant) -> bool {
        match motion {
            Motion::Line(direction) => self.view.scroll(direction, times),
            Motion::HalfScreen(direction) => {
                let half = (self.view.rows() / 2).max(1);
                self.view.scroll(direction, half.saturating_mul(times));
            }
            Motion::Screen(direction) => self.view.turn(direction, times),
            Motion::Sentence(direction) => self.step_sentences(direction, times, now),
            Motion::Paragraph(direction) => self.view.step_paragraphs(direction, times),
            Motion::Section(direction) => return self.step_section(direction, times, now),
            Motion::End(direction) => self.go_to_end(direction),
        }
        self.view.forget_what_left();
        true
    }

    /// To an end of the paper. Where that leaves anything out of sight, back leads back to it.
    fn go_to_end(&mut self, direction: Direction) {
        let before = self.view.save();
        self.view.go_to_end(direction);
        if !self.view.shows(before) {
            self.trail.history.leave(before);
        }
    }

    /// To the start of a sentence, which is lit.
    fn step_sentences(&mut self, direction: Direction, times: usize, now: Instant) {
        if let Some(sentence) = self.view.step_sentences(direction, times) {
            self.start_flash(FlashTarget::Passage(sentence), now);
        }
    }

    /// To the line at a height of the screen, or so many lines from there, which is lit. Returns
    /// whether the cursor has moved.
    pub(crate) fn go_to_height(
        &mut self,
        height: ScreenHeight,
        line: Option<u32>,
        now: Instant,
    ) -> bool {
        let line = line.map_or(0, |line| line.saturating_sub(1) as usize);
        let before = self.view.cursor();
        if let Some(position) = self.view.position_at_height(height, line) {
            self.view.move_cursor(position);
            self.view.choose(None);
            self.start_flash(FlashTarget::Line(position), now);
        }
        self.view.cursor() != before
    }

    /// To the place that a row of the scrollbar is for. Back leads back, as from a jump.
    pub(crate) fn scroll_to_share(&mut self, row: u16, rows: u16) {
        let before = self.view.save();
        let bytes = self.document.paper().bytes().saturating_mul(row.into());
        let bytes = bytes.div_ceil(usize::from(rows.max(1)));
        match row {
            0 => self.view.go_to_end(Direction::Previous),
            _ => self
                .view
                .scroll_to(self.document.paper().position_at(bytes)),
        }
        if !self.view.shows(before) {
            self.trail.history.leave(before);
        }
        self.view.forget_what_left();
    }

    /// To the start of the next section; backwards, first to the start of this one.
    fn step_section(&mut self, direction: Direction, times: usize, now: Instant) -> bool {
        let here = self.view.reading_position();
        let sections = &self.document.paper().sections;
        let index = match direction {
            Direction::Next => {
                sections.partition_point(|section| start_of(section) <= here) + times - 1
            }
            Direction::Previous => {
                let before = sections.partition_point(|section| start_of(section) < here);
                match before.checked_sub(times) {
                    Some(index) => index,
                    None => {
                        self.go_to_end(Direction::Previous);
                        self.view.forget_what_left();
                        return true;
                    }
                }
            }
        };
        let start = sections.get(index).or(sections.last()).map(start_of);
        if let Some(start) = start {
            self.jump(start, now);
        }
        start.is_some()
    }

    /// Goes to a place and lights it. Where it is out of sight, back leads to where the reader was.
    pub(crate) fn jump(&mut self, position: Position, now: Instant) {
        let before = self.view.save();
        let was_in_sight = self.view.is_visible(position);
        self.view.show(position);
        self.arrive(position, was_in_sight, before, now);
    }

    /// Goes to a match and lights it, as a jump does; a heading is not put on top.
    pub(crate) fn land(&mut self, found: Position, now: Instant) {
        let before = self.view.save();
        let was_in_sight = self.view.is_visible(found);
        self.view.reveal(found);
        self.arrive(found, was_in_sight, before, now);
        if let Some(found) = self.finder.current()
            && self.view.selection().is_some()
        {
            self.end_flash();
            self.view.extend_selection(found);
        }
    }

    fn arrive(&mut self, position: Position, was_in_sight: bool, before: SavedView, now: Instant) {
        if !was_in_sight {
            self.trail.history.leave(before);
        }
        self.trail.has_jumped = true;
        self.look_at(position);
        self.view.forget_what_left();
        self.start_flash(FlashTarget::Line(position), now);
    }

    /// Goes back to before the last jump, if that was in this paper.
    pub(crate) fn go_back(&mut self, now: Instant) -> WayBack {
        let in_sight = |place| self.view.shows(place);
        let place = self.trail.history.back(self.view.save(), in_sight);
        self.return_if(place, now)
    }

    /// Goes forward again, if that is in this paper.
    pub(crate) fn go_forward(&mut self, now: Instant) -> WayBack {
        let in_sight = |place| self.view.shows(place);
        let place = self.trail.history.forward(self.view.save(), in_sight);
        self.return_if(place, now)
    }

    fn return_if(&mut self, place: Result<SavedView, WayBack>, now: Instant) -> WayBack {
        match place {
            Ok(place) => {
                self.return_to(place, now);
                WayBack::Here
            }
            Err(way) => way,
        }
    }

    /// Goes to a place where the reader was, and lights what keys act on there.
    pub(crate) fn return_to(&mut self, place: SavedView, now: Instant) {
        self.view.return_to(place);
        self.look_at(self.view.reading_position());
        self.view.choose(place.chosen);
        let target = match place.chosen {
            Some((block, focus)) => FlashTarget::Target(block, focus),
            None => FlashTarget::Line(self.view.reading_position()),
        };
        self.start_flash(target, now);
    }
}

fn start_of(section: &Section) -> Position {
    Position::start_of(BlockId(section.blocks.start))
}
