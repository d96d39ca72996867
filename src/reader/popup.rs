//! A note or a source that is open over the text, and where its box goes.

use ratatui::layout::Rect;

use super::action::Focus;
use super::view::Place;
use crate::paper::{BlockId, NoteId};
use crate::sources::SourceId;

/// What an open box shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Note(NoteId),
    /// A source, in the note that gives it.
    Source(NoteId, SourceId),
    /// What a mention in the running text stands for, by its place among all mentions.
    Mention(usize),
}

impl Step {
    /// The note that is shown; none for a mention.
    pub(crate) fn note(self) -> Option<NoteId> {
        match self {
            Step::Note(note) | Step::Source(note, _) => Some(note),
            Step::Mention(_) => None,
        }
    }
}

/// An open note.
#[derive(Debug, Clone)]
pub(crate) struct Popup {
    /// The marker that it was opened from; the box stands beside its line.
    pub(crate) origin: Option<(BlockId, Focus)>,
    /// Where the reader was, if opening the note moved the page.
    pub(crate) came_from: Option<Place>,
    /// What led here, each cited in the one before. Never empty.
    trail: Vec<Step>,
    /// Rows of the note that are scrolled out at the top.
    pub(crate) scrolled: usize,
    /// Which of the sources beneath it is chosen.
    pub(crate) chosen: usize,
    /// The figures typed so far of a note's number.
    digits: String,
}

impl Popup {
    pub(crate) fn new(step: Step, origin: Option<(BlockId, Focus)>) -> Self {
        Popup {
            origin,
            came_from: None,
            trail: vec![step],
            scrolled: 0,
            chosen: 0,
            digits: String::new(),
        }
    }

    /// What is shown.
    pub(crate) fn step(&self) -> Step {
        // The trail is never empty; a note that no paper has would show as nothing.
        self.trail
            .last()
            .copied()
            .unwrap_or(Step::Note(NoteId(usize::MAX)))
    }

    /// The note that is shown; none for a mention.
    pub(crate) fn note(&self) -> Option<NoteId> {
        self.step().note()
    }

    pub(crate) fn trail(&self) -> &[Step] {
        &self.trail
    }

    /// Shows another note in place of the whole trail.
    pub(crate) fn switch_to(&mut self, step: Step, origin: Option<(BlockId, Focus)>) {
        self.trail.clear();
        self.show(step);
        self.origin = origin.or(self.origin);
    }

    /// Opens a note on top of this one. One that is open already is gone back to, so that notes
    /// which cite each other in a ring make no endless trail.
    pub(crate) fn go_into(&mut self, step: Step) {
        let is_open = |open: &Step| match (open.note(), step.note()) {
            (None, None) => *open == step,
            (open, note) => open == note,
        };
        if let Some(open) = self.trail.iter().position(is_open) {
            self.trail.truncate(open);
        }
        self.show(step);
        self.digits.clear();
    }

    fn show(&mut self, step: Step) {
        self.trail.push(step);
        self.scrolled = 0;
        self.chosen = 0;
    }

    /// Goes back to the note before in the trail, if there is one.
    pub(crate) fn go_out(&mut self) {
        if self.trail.len() > 1 {
            self.trail.pop();
            self.scrolled = 0;
            self.chosen = 0;
        }
    }

    /// The figures typed so far, with one more.
    pub(crate) fn type_digit(&mut self, digit: u32) -> &str {
        self.digits.extend(char::from_digit(digit, 10));
        &self.digits
    }

    /// Begins a number anew.
    pub(crate) fn restart_digits(&mut self, digit: u32) {
        self.digits.clear();
        self.type_digit(digit);
    }
}

/// Where the box of a note goes: beside the marker's line and never over it, on the side with
/// more room, as high as the note's rows and its frame need, but at most half of the screen.
/// Empty where there is no room at all.
pub(crate) fn box_beside(marker_row: Option<u16>, note_rows: u16, text: Rect, desk: Rect) -> Rect {
    let wanted = note_rows.saturating_add(2).min((desk.height / 2).max(3));
    let columns = columns(text, desk);
    let Some(marker) = marker_row.filter(|row| (desk.top()..desk.bottom()).contains(row)) else {
        let height = wanted.min(desk.height);
        return Rect {
            y: desk.bottom() - height,
            height,
            ..columns
        };
    };
    let above = marker - desk.top();
    let below = desk.bottom() - marker - 1;
    if below >= above {
        Rect {
            y: marker + 1,
            height: wanted.min(below),
            ..columns
        }
    } else {
        let height = wanted.min(above);
        Rect {
            y: marker - height,
            height,
            ..columns
        }
    }
}

/// How wide the note's text is in such a box: what the frame and a blank column beside it leave.
pub(crate) fn text_columns(text: Rect, desk: Rect) -> u16 {
    columns(text, desk).width.saturating_sub(4)
}

/// As wide as the text and the frame around it, from the desk's top to its bottom.
fn columns(text: Rect, desk: Rect) -> Rect {
    let left = text.x.saturating_sub(2).max(desk.x);
    let right = text.right().saturating_add(2).min(desk.right());
    Rect {
        x: left,
        width: right - left,
        ..desk
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_box_covers_its_marker_or_leaves_the_screen() {
        let mut cases = 0;
        for (width, height) in [
            (1, 1),
            (2, 3),
            (40, 12),
            (40, 15),
            (80, 24),
            (120, 40),
            (160, 50),
        ] {
            let desk = Rect::new(0, 1.min(height - 1), width, height - 1.min(height - 1));
            let text = Rect {
                x: 2.min(width),
                width: width.saturating_sub(4),
                ..desk
            };
            for marker in desk.top()..desk.bottom() {
                for rows in [0, 1, 3, 8, 30, u16::MAX] {
                    let placed = box_beside(Some(marker), rows, text, desk);
                    assert!(
                        !placed.rows().any(|row| row.y == marker),
                        "{placed:?} {marker}"
                    );
                    assert_eq!(placed.union(desk), desk);
                    assert!(placed.height <= (desk.height / 2).max(3));
                    cases += 1;
                }
            }
        }
        assert_eq!(cases, 6 * (1 + 2 + 11 + 14 + 23 + 39 + 49));
    }

    #[test]
    fn a_ring_of_notes_makes_no_endless_trail() {
        let [zero, one] = [Step::Note(NoteId(0)), Step::Note(NoteId(1))];
        let mut popup = Popup::new(zero, None);
        for _ in 0..100 {
            popup.go_into(one);
            popup.go_into(zero);
        }
        assert_eq!(popup.trail(), [zero]);
    }
}
