//! The mouse: the wheel, and clicks on what the last frame showed.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use super::action::{Action, Direction, Motion};
use super::draw::Hits;

/// What a mouse event asks for.
pub(super) fn action(event: MouseEvent, hits: &Hits) -> Option<Action> {
    match event.kind {
        MouseEventKind::ScrollDown => Some(Action::Move(Motion::Line(Direction::Next))),
        MouseEventKind::ScrollUp => Some(Action::Move(Motion::Line(Direction::Previous))),
        MouseEventKind::Down(MouseButton::Left) => {
            hits.at(event.column, event.row).map(Action::Click)
        }
        _ => None,
    }
}
