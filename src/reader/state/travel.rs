//! Moving through the text: motions, jumps, and the way back.

use std::time::{Duration, Instant};

use super::{Flash, Lit, Overlay, State, keeping};
use crate::paper::{BlockId, Position, Section};
use crate::reader::action::{Direction, Effect, Focus, Motion, Notice};
use crate::reader::kept::Change;
use crate::reader::list::{Goal, List, ListRow, Subject};
use crate::reader::popup::Step;
use crate::search::{paragraph_of_paper, percentage_of_paper};

/// For how long the place that a jump led to stays lit.
const FLASH: Duration = Duration::from_millis(1000);

impl State {
    pub(super) fn travel_in_text(&mut self, motion: Motion, times: usize, now: Instant) {
        match motion {
            Motion::Line(direction) => self.view.scroll(direction, times),
            Motion::HalfScreen(direction) => {
                let half = (self.view.rows() / 2).max(1);
                self.view.scroll(direction, half.saturating_mul(times));
            }
            Motion::Screen(direction) => self.view.turn(direction, times),
            Motion::Paragraph(direction) => self.view.step_paragraphs(direction, times),
            Motion::Section(direction) => self.step_section(direction, times, now),
            Motion::End(direction) => self.go_to_end(direction),
        }
        self.view.forget_what_left();
    }

    /// To an end of the paper. Where that leaves anything out of sight, back leads back to it.
    fn go_to_end(&mut self, direction: Direction) {
        let before = self.view.place();
        self.view.go_to_end(direction);
        if !self.view.shows(before) {
            self.history.leave(before);
        }
    }

    /// To the place that a row of the scrollbar stands for. Back leads back, as from a jump.
    pub(super) fn scroll_to_share(&mut self, row: u16, rows: u16) {
        let before = self.view.place();
        let bytes = self.paper.bytes().saturating_mul(row.into());
        let bytes = bytes.div_ceil(usize::from(rows.max(1)));
        match row {
            0 => self.view.go_to_end(Direction::Previous),
            _ => self.view.scroll_to(self.paper.position_at(bytes)),
        }
        if !self.view.shows(before) {
            self.history.leave(before);
        }
        self.view.forget_what_left();
    }

    /// To the start of the next section; backwards, first to the start of this one.
    fn step_section(&mut self, direction: Direction, times: usize, now: Instant) {
        let here = self.view.hand_or_top();
        let sections = &self.paper.sections;
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
            None => self.notice = Some(Notice::plain("this paper has no headings")),
        }
    }

    /// To a paragraph by its number in the paper, from 1.
    pub(super) fn go_to_paragraph(&mut self, number: u32, now: Instant) {
        match paragraph_of_paper(&self.paper, number) {
            Some(position) => self.jump(position, now),
            None => {
                let words = format!("there is no paragraph {number}");
                self.notice = Some(Notice::warning(words));
            }
        }
    }

    pub(super) fn go_to_percentage(&mut self, percent: Option<u32>, now: Instant) {
        let position = percent.and_then(|percent| percentage_of_paper(&self.paper, percent));
        match position {
            Some(position) => self.jump(position, now),
            None => self.notice = Some(Notice::plain("50% goes to 50%")),
        }
    }

    pub(super) fn choose(&mut self, direction: Direction) {
        if let Some(Overlay::Note(_)) = self.overlays.last() {
            return self.choose_in_note(direction);
        }
        self.view.choose_next(direction);
        if self.view.chosen().is_none() {
            self.notice = Some(Notice::plain("no notes or links on this screen"));
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
            _ => match self.view.chosen() {
                Some((block, focus)) => self.follow_target(block, focus, now),
                None if self.view.targets().is_empty() => {
                    self.notice = Some(Notice::plain("no notes or links on this screen"));
                }
                None => self.notice = Some(Notice::plain("Tab selects a note or link")),
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
        let before = self.view.place();
        let was_in_sight = self.view.is_in_sight(position);
        self.view.show(position);
        if !was_in_sight {
            self.history.leave(before);
        }
        self.view.forget_what_left();
        self.light(Lit::Line(position), now);
    }

    pub(super) fn light(&mut self, lit: Lit, now: Instant) {
        self.flash = Some(Flash {
            lit,
            until: now + FLASH,
        });
    }

    pub(super) fn go_back(&mut self, now: Instant) {
        let in_sight = |place| self.view.shows(place);
        match self.history.back(self.view.place(), in_sight) {
            Some(place) => self.return_to(place, now),
            None => self.notice = Some(Notice::plain("nothing to go back to")),
        }
    }

    pub(super) fn go_forward(&mut self, now: Instant) {
        let in_sight = |place| self.view.shows(place);
        match self.history.forward(self.view.place(), in_sight) {
            Some(place) => self.return_to(place, now),
            None => self.notice = Some(Notice::plain("nothing to go forward to")),
        }
    }

    pub(super) fn return_to(&mut self, place: crate::reader::view::Place, now: Instant) {
        self.view.return_to(place);
        self.view.choose(place.chosen);
        if let Some((block, focus)) = place.chosen {
            return self.light(Lit::Target(block, focus), now);
        }
        self.light(Lit::Line(self.view.hand_or_top()), now);
    }

    /// How deep a section stands in the outline: 0 for the least level of the paper's headings.
    pub(crate) fn depth_of(&self, section: &Section) -> u16 {
        u16::from(section.level.saturating_sub(self.least_level))
    }

    pub(super) fn open_outline(&mut self) {
        if self.paper.sections.is_empty() {
            self.notice = Some(Notice::plain("this paper has no headings"));
            return;
        }
        let rows = self.paper.sections.iter().map(|section| ListRow {
            text: section.name().to_owned(),
            depth: self.depth_of(section),
            detail: match self.kept.in_blocks(section.blocks.clone()) {
                [] => String::new(),
                _ => keeping::SIGN.to_owned(),
            },
            below: Vec::new(),
            also: String::new(),
            goal: Goal::Place(start_of(section)),
        });
        let selected = self.section().map_or(0, |section| section.0);
        let list = List::new(Subject::Outline, rows.collect(), selected);
        self.overlays.push(Overlay::List(list));
    }

    /// Goes where a marker or a link leads: a note opens, a place is gone to, an address is asked
    /// about.
    pub(super) fn follow_target(&mut self, id: BlockId, focus: Focus, now: Instant) {
        let Some(block) = self.paper.block(id) else {
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
