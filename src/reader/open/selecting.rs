//! Selecting: what keys and the mouse do to what is selected.

use std::time::{Duration, Instant};

use super::OpenDocument;
use super::view::{Object, SavedView, Surface, TextPlace, Unit};
use crate::paper::{NoteId, Position};
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
    /// The same of the key before the last one.
    to_start_before: Option<(Instant, SavedView)>,
}

/// A press of the mouse's button on the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Press {
    place: TextPlace,
    at: Instant,
    /// How many clicks on the place followed each other, from 1 to 3.
    clicks: u8,
    /// Whether the button is down still.
    is_held: bool,
    has_moved: bool,
}

impl Press {
    /// Where the text is shown that it is on.
    pub(crate) fn surface(&self) -> Surface {
        self.place.surface
    }

    /// The note that is opened when the button is let go: a single click on one beside the text that
    /// has selected nothing.
    pub(crate) fn note_to_open(&self) -> Option<NoteId> {
        match self.place.surface {
            Surface::Beside(note) if self.clicks == 1 && !self.has_moved => Some(note),
            _ => None,
        }
    }
}

/// Whether a key and the one before follow each other so fast that they may mean one thing.
fn is_chord(before: Instant, now: Instant) -> bool {
    now.saturating_duration_since(before) <= CHORD
}

impl Gestures {
    pub(crate) fn note_way_to_start(&mut self, from: SavedView, now: Instant) {
        // Who goes there as in vim, by `gg`, begins nothing with its second key.
        let is_second = self
            .to_start_before
            .take()
            .is_some_and(|(at, _)| is_chord(at, now));
        self.to_start = (!is_second).then_some((now, from));
    }

    pub(crate) fn forget_way_to_start(&mut self) {
        self.to_start_before = self.to_start.take();
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
                if to_start.is_some_and(|(at, _)| is_chord(at, now)) =>
            {
                return self.select_again(to_start.map(|(_, from)| from));
            }
            Select::Object(object) => return self.select_object(object, times),
            Select::Move(unit, direction) => self.view.move_selection(unit, direction, times),
            Select::Lines(direction) => self.move_selection_by_lines(direction, times),
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

    /// The press of the mouse's button that lasts.
    pub(crate) fn press_held(&self) -> Option<Press> {
        self.trail.gestures.press.filter(|press| press.is_held)
    }

    /// The mouse's button is let go, or went down on something else than text.
    pub(crate) fn release(&mut self) {
        if let Some(press) = &mut self.trail.gestures.press {
            press.is_held = false;
        }
    }

    /// The mouse's button goes down on a place of the text.
    pub(crate) fn press(&mut self, place: TextPlace, now: Instant) {
        let before = self.trail.gestures.press.filter(|last| {
            // A note that the click before opened may have moved what is under the mouse.
            let is_beside = matches!(last.place.surface, Surface::Beside(_));
            let is_there =
                last.place.position == place.position || is_beside && last.place.cell == place.cell;
            is_there && now.saturating_duration_since(last.at) <= DOUBLE_CLICK
        });
        let (place, clicks) = match before {
            Some(last) if last.clicks < 3 => (last.place, last.clicks + 1),
            _ => (place, 1),
        };
        self.trail.gestures.press = Some(Press {
            place,
            at: now,
            clicks,
            is_held: true,
            has_moved: false,
        });
        self.view.end_selection();
        match place.surface {
            Surface::Page => self.view.move_cursor(place.position),
            surface => self.view.put_cursor_in_note(surface, place.position),
        }
        match clicks {
            2 => drop(self.view.select_object(Object::Word)),
            3 => drop(self.view.select_object(Object::Sentence)),
            _ => {}
        }
    }

    /// The mouse is moved with its button down.
    pub(crate) fn drag(&mut self, position: Position) {
        if let Some(press) = self.trail.gestures.press.as_mut().filter(|it| it.is_held) {
            press.has_moved = true;
            let place = press.place;
            self.view
                .select_between(place.surface, place.position, position);
        }
    }

    /// The mouse is moved with its button down beyond the text: that follows.
    pub(crate) fn drag_beyond(&mut self, direction: Direction) {
        if self.press_held().is_some() && self.view.selection().is_some() {
            self.move_selection_by_lines(direction, 1);
        }
    }

    fn move_selection_by_lines(&mut self, direction: Direction, times: usize) {
        let surface = self.view.selection().map(|selection| selection.surface);
        let note = match surface {
            Some(Surface::Box(_)) => Some(&self.notes.popup),
            Some(Surface::Beside(_)) => Some(&self.notes.beside),
            Some(Surface::Page) | None => None,
        };
        self.view.move_selection_by_lines(direction, times, note);
    }
}
