//! Moving through the text: motions, jumps, and the way back.

use std::time::{Duration, Instant};

use super::{Overlay, State, keeping};
use crate::paper::{BlockId, Position, Section};
use crate::reader::action::{Direction, Effect, Focus, Motion, Notice};
use crate::reader::kept::Change;
use crate::reader::list::{Goal, List, ListRow, Subject};
use crate::reader::open::Lit;
use crate::reader::popup::Step;
use crate::search::{paragraph_of_paper, percentage_of_paper};

/// For how long the place that a jump led to stays lit.
const FLASH: Duration = Duration::from_millis(1000);

impl State {
    pub(super) fn travel_in_text(&mut self, motion: Motion, times: usize, now: Instant) {
        match motion {
            Motion::Line(direction) => self.app.open.view.scroll(direction, times),
            Motion::HalfScreen(direction) => {
                let half = (self.app.open.view.rows() / 2).max(1);
                self.app
                    .open
                    .view
                    .scroll(direction, half.saturating_mul(times));
            }
            Motion::Screen(direction) => self.app.open.view.turn(direction, times),
            Motion::Paragraph(direction) => self.app.open.view.step_paragraphs(direction, times),
            Motion::Section(direction) => self.step_section(direction, times, now),
            Motion::End(direction) => self.go_to_end(direction),
        }
        self.app.open.view.forget_what_left();
    }

    /// To an end of the paper. Where that leaves anything out of sight, back leads back to it.
    fn go_to_end(&mut self, direction: Direction) {
        let before = self.app.open.view.place();
        self.app.open.view.go_to_end(direction);
        if !self.app.open.view.shows(before) {
            self.app.open.history.leave(before);
        }
    }

    /// To the place that a row of the scrollbar stands for. Back leads back, as from a jump.
    pub(super) fn scroll_to_share(&mut self, row: u16, rows: u16) {
        let before = self.app.open.view.place();
        let bytes = self.app.open.paper.bytes().saturating_mul(row.into());
        let bytes = bytes.div_ceil(usize::from(rows.max(1)));
        match row {
            0 => self.app.open.view.go_to_end(Direction::Previous),
            _ => self
                .app
                .open
                .view
                .scroll_to(self.app.open.paper.position_at(bytes)),
        }
        if !self.app.open.view.shows(before) {
            self.app.open.history.leave(before);
        }
        self.app.open.view.forget_what_left();
    }

    /// To the start of the next section; backwards, first to the start of this one.
    fn step_section(&mut self, direction: Direction, times: usize, now: Instant) {
        let here = self.app.open.view.hand_or_top();
        let sections = &self.app.open.paper.sections;
        let index = match direction {
            Direction::Next => {
                sections.partition_point(|section| start_of(section) <= here) + times - 1
            }
            Direction::Previous => {
                let before = sections.partition_point(|section| start_of(section) < here);
                match before.checked_sub(times) {
                    Some(index) => index,
                    None => return self.go_to_end(Direction::Previous),
                }
            }
        };
        match sections.get(index).or(sections.last()).map(start_of) {
            Some(start) => self.jump(start, now),
            None => self.app.notice = Some(Notice::plain("this paper has no headings")),
        }
    }

    /// To a paragraph by its number in the paper, from 1.
    pub(super) fn go_to_paragraph(&mut self, number: u32, now: Instant) {
        match paragraph_of_paper(&self.app.open.paper, number) {
            Some(position) => self.jump(position, now),
            None => {
                let words = format!("there is no paragraph {number}");
                self.app.notice = Some(Notice::warning(words));
            }
        }
    }

    pub(super) fn go_to_percentage(&mut self, percent: Option<u32>, now: Instant) {
        let position =
            percent.and_then(|percent| percentage_of_paper(&self.app.open.paper, percent));
        match position {
            Some(position) => self.jump(position, now),
            None => self.app.notice = Some(Notice::plain("50% goes to 50%")),
        }
    }

    pub(super) fn choose(&mut self, direction: Direction) {
        if let Some(Overlay::Note(_)) = self.overlays.last() {
            return self.choose_in_note(direction);
        }
        self.app.open.view.choose_next(direction);
        if self.app.open.view.chosen().is_none() {
            self.app.notice = Some(Notice::plain("no notes or links on this screen"));
        }
    }

    pub(super) fn follow(&mut self, now: Instant) -> Option<Effect> {
        match self.overlays.last() {
            Some(Overlay::List(list)) => {
                let goal = list.goal().cloned()?;
                if let Goal::Paper(paper) = goal {
                    self.overlays.pop();
                    return Some(Effect::Keep(Change::Choose(paper)));
                }
                if let Goal::Action(binding) = goal {
                    self.overlays.pop();
                    return self.perform(binding, now);
                }
                self.choose_from_list(goal, now);
            }
            Some(Overlay::Search(_)) => self.keep_search(now),
            Some(Overlay::Help(_)) => self.keep_search_in_help(),
            Some(Overlay::Note(_)) => self.follow_in_note(now),
            _ => match self.app.open.view.chosen() {
                Some((block, focus)) => self.follow_target(block, focus, now),
                None if self.app.open.view.targets().is_empty() => {
                    self.app.notice = Some(Notice::plain("no notes or links on this screen"));
                }
                None => self.app.notice = Some(Notice::plain("Tab selects a note or link")),
            },
        }
        None
    }

    pub(super) fn go_to(&mut self, goal: Goal, now: Instant) {
        match goal {
            Goal::Place(position) => self.jump(position, now),
            Goal::Link(target) => self.follow_link(target, now),
            Goal::Note(note) => self.show_note(note, None),
            Goal::Source(source) => self.open_uses(source),
            Goal::Bookmark(id) => self.go_to_bookmark(&id, now),
            Goal::Paper(_) | Goal::Action(_) => {}
        }
    }

    /// Goes where the lit row of the open list leads. A list of sources stays open under the
    /// list of a source's uses, so that closing that leads back to it.
    fn choose_from_list(&mut self, goal: Goal, now: Instant) {
        if let Goal::Source(source) = goal {
            return self.open_uses(source);
        }
        self.note_what_is_looked_up();
        while let Some(Overlay::List(_)) = self.overlays.last() {
            self.overlays.pop();
        }
        if let Goal::Place(_) = goal {
            self.close_notes();
        }
        self.go_to(goal, now);
    }

    /// Goes to a place and lights it. Where it is out of sight, back leads to where the reader was.
    pub(super) fn jump(&mut self, position: Position, now: Instant) {
        let before = self.app.open.view.place();
        let was_in_sight = self.app.open.view.is_in_sight(position);
        self.app.open.view.show(position);
        if !was_in_sight {
            self.app.open.history.leave(before);
        }
        self.app.open.view.forget_what_left();
        self.light(Lit::Line(position), now);
    }

    pub(super) fn light(&mut self, lit: Lit, now: Instant) {
        self.app.open.light(lit, now + FLASH);
    }

    pub(super) fn go_back(&mut self, now: Instant) {
        let in_sight = |place| self.app.open.view.shows(place);
        match self
            .app
            .open
            .history
            .back(self.app.open.view.place(), in_sight)
        {
            Some(place) => self.return_to(place, now),
            None => self.app.notice = Some(Notice::plain("nothing to go back to")),
        }
    }

    pub(super) fn go_forward(&mut self, now: Instant) {
        let in_sight = |place| self.app.open.view.shows(place);
        match self
            .app
            .open
            .history
            .forward(self.app.open.view.place(), in_sight)
        {
            Some(place) => self.return_to(place, now),
            None => self.app.notice = Some(Notice::plain("nothing to go forward to")),
        }
    }

    pub(super) fn return_to(&mut self, place: crate::reader::view::Place, now: Instant) {
        self.app.open.view.return_to(place);
        self.app.open.view.choose(place.chosen);
        if let Some((block, focus)) = place.chosen {
            return self.light(Lit::Target(block, focus), now);
        }
        self.light(Lit::Line(self.app.open.view.hand_or_top()), now);
    }

    pub(super) fn open_outline(&mut self) {
        if self.app.open.paper.sections.is_empty() {
            self.app.notice = Some(Notice::plain("this paper has no headings"));
            return;
        }
        let rows = self.app.open.paper.sections.iter().map(|section| ListRow {
            text: section.name().to_owned(),
            depth: self.app.open.depth_of(section),
            detail: match self.app.open.kept.in_blocks(section.blocks.clone()) {
                [] => String::new(),
                _ => keeping::SIGN.to_owned(),
            },
            below: Vec::new(),
            also: String::new(),
            goal: Goal::Place(start_of(section)),
        });
        let selected = self.app.open.section().map_or(0, |section| section.0);
        let list = List::new(Subject::Outline, rows.collect(), selected);
        self.overlays.push(Overlay::List(list));
    }

    /// Goes where a marker or a link leads: a note opens, a place is gone to, an address is asked
    /// about.
    pub(super) fn follow_target(&mut self, id: BlockId, focus: Focus, now: Instant) {
        let Some(block) = self.app.open.paper.block(id) else {
            return;
        };
        match focus {
            Focus::Marker(index) => {
                if let Some(note) = block.markers.get(index).map(|marker| marker.note) {
                    self.follow_marker(note, (id, focus));
                }
            }
            Focus::Mention(index) => self.show(Step::Mention(index), Some((id, focus))),
            Focus::Link(index) => {
                if let Some(target) = block.links.get(index).map(|link| link.target.clone()) {
                    self.follow_link(target, now);
                }
            }
        }
    }
}

fn start_of(section: &Section) -> Position {
    Position::start_of(BlockId(section.blocks.start))
}
