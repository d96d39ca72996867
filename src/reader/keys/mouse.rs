//! The mouse: the wheel, clicks on what the last frame showed, and dragging over its text.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use crate::reader::action::{Action, ClickTarget, Direction, Motion};
use crate::reader::draw::ClickMap;

/// What a mouse event asks for.
pub(in crate::reader) fn action(event: MouseEvent, clicks: &ClickMap) -> Option<Action> {
    let (column, row) = (event.column, event.row);
    match event.kind {
        MouseEventKind::ScrollDown => Some(Action::Move(Motion::Line(Direction::Next))),
        MouseEventKind::ScrollUp => Some(Action::Move(Motion::Line(Direction::Previous))),
        MouseEventKind::Down(MouseButton::Left) => {
            let hit = clicks.at(column, row)?;
            let position = clicks.text_at(column, row);
            Some(match (hit, position) {
                (ClickTarget::Paragraph(_), Some(position)) => Action::Press(position),
                (hit, _) => Action::Click(hit),
            })
        }
        MouseEventKind::Drag(MouseButton::Left) => match clicks.text_at(column, row) {
            Some(position) => Some(Action::Drag(position)),
            None => clicks.way_beyond_text(row).map(Action::DragBeyond),
        },
        _ => None,
    }
}
