//! Selecting: what keys and the mouse do to what is selected.

use std::time::{Duration, Instant};

use super::OpenDocument;
use super::view::{Object, SavedView, Unit};
use crate::paper::Position;
use crate::reader::action::{Direction, Notice};

/// Clicks on one place that follow each other faster than this count together.
const DOUBLE_CLICK: Duration = Duration::from_millis(400);

/// How soon `v` has to follow `g` for the two to be one command.
const CHORD: Duration = Duration::from_secs(1);

/// What is done to the selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Select {
    /// Select the object at the cursor.
    Object(Object),
    /// Move an end.
    Move(Unit, Direction),
    /// Move an end by lines of the screen.
    Lines(Direction),
    /// Move the other end from now on.
    OtherEnd,
    /// Select what was selected last.
    Again,
}

/// Keys and clicks that mean something together with the next one.
#[derive(Debug, Default)]
pub(crate) struct Gestures {
    press: Option<Press>,
    /// When a key led to the paper's beginning, and from where.
    to_start: Option<(Instant, SavedView)>,
}

/// A press of the mouse's button on the text.
#[derive(Debug, Clone, Copy)]
struct Press {
    position: Position,
    at: Instant,
    /// How many clicks on the place followed each other, from 1 to 3.
    clicks: u8,
}

impl Gestures {
    pub(crate) fn note_way_to_start(&mut self, from: SavedView, now: Instant) {
        self.to_start = Some((now, from));
    }

    pub(crate) fn forget_way_to_start(&mut self) {
        self.to_start = None;
    }
}

impl OpenDocument {
    /// Changes the selection. Gives what there is to say.
    pub(crate) fn select(
        &mut self,
        select: Select,
        times: Option<u32>,
        now: Instant,
    ) -> Option<Notice> {
        self.end_flash();
        let to_start = self.trail.gestures.to_start.take();
        let times = times.map_or(1, |times| times as usize);
        match select {
            Select::Object(Object::Sentence)
                if to_start.is_some_and(|(at, _)| now.saturating_duration_since(at) <= CHORD) =>
            {
                return self.select_again(to_start.map(|(_, from)| from));
            }
            Select::Object(object) => return self.select_object(object, times),
            Select::Move(unit, direction) => self.view.move_selection(unit, direction, times),
            Select::Lines(direction) => self.view.move_selection_by_lines(direction, times),
            Select::OtherEnd => self.view.swap_selection_ends(),
            Select::Again => return self.select_again(None),
        }
        None
    }

    fn select_object(&mut self, object: Object, times: usize) -> Option<Notice> {
        if !self.view.select_object(object) {
            return Some(Notice::plain(match object {
                Object::Quotation => "no quotation in this paragraph",
                Object::Noted => "no note in this paragraph",
                Object::Word | Object::Sentence | Object::Paragraph => "nothing to select here",
            }));
        }
        let unit = match object {
            Object::Sentence => Unit::Sentence,
            Object::Paragraph => Unit::Paragraph,
            _ => return None,
        };
        self.view
            .move_selection(unit, Direction::Next, times.saturating_sub(1));
        None
    }

    /// Selects what was selected last, `from` being where the reader was before the keys for it.
    fn select_again(&mut self, from: Option<SavedView>) -> Option<Notice> {
        if let Some(from) = from {
            self.view.return_to(from);
        }
        let is_again = self.view.select_again();
        (!is_again).then(|| Notice::plain("nothing was selected yet"))
    }

    /// The mouse's button goes down on a place of the text.
    pub(crate) fn press(&mut self, position: Position, now: Instant) {
        let clicks = match self.trail.gestures.press {
            Some(last)
                if last.position == position
                    && now.saturating_duration_since(last.at) <= DOUBLE_CLICK =>
            {
                last.clicks % 3 + 1
            }
            _ => 1,
        };
        self.trail.gestures.press = Some(Press {
            position,
            at: now,
            clicks,
        });
        self.view.end_selection();
        self.view.move_cursor(position);
        match clicks {
            2 => drop(self.view.select_object(Object::Word)),
            3 => drop(self.view.select_object(Object::Sentence)),
            _ => {}
        }
    }

    /// The mouse is moved with its button down.
    pub(crate) fn drag(&mut self, position: Position) {
        if let Some(press) = self.trail.gestures.press {
            self.view.select_between(press.position, position);
        }
    }

    /// The mouse is moved with its button down beyond the page: the text follows.
    pub(crate) fn drag_beyond(&mut self, direction: Direction) {
        if self.trail.gestures.press.is_some() && self.view.selection().is_some() {
            self.view.move_selection_by_lines(direction, 1);
        }
    }
}
