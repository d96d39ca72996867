//! The mouse: the wheel, clicks on what the last frame showed, and dragging over its text.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use crate::reader::action::{Action, ClickTarget, Direction, Motion};
use crate::reader::draw::ClickMap;
use crate::reader::open::selecting::Press;
use crate::reader::open::view::Surface;

/// What a mouse event asks for; with the press of the button that lasts, if one does.
pub(in crate::reader) fn action(
    event: MouseEvent,
    clicks: &ClickMap,
    held: Option<Press>,
) -> Option<Action> {
    let (column, row) = (event.column, event.row);
    match event.kind {
        MouseEventKind::ScrollDown => Some(Action::Move(Motion::Line(Direction::Next))),
        MouseEventKind::ScrollUp => Some(Action::Move(Motion::Line(Direction::Previous))),
        MouseEventKind::Down(MouseButton::Left) => match clicks.place_at(column, row) {
            Some(place) => Some(Action::Press(place)),
            None => clicks.at(column, row).map(Action::Click),
        },
        MouseEventKind::Drag(MouseButton::Left) => drag(held?.surface(), column, row, clicks),
        MouseEventKind::Up(MouseButton::Left) => Some(match held?.note_to_open() {
            Some(note) => Action::Click(ClickTarget::Note(note)),
            None => Action::Release,
        }),
        _ => None,
    }
}

/// What dragging to a cell asks for. What was begun on one surface stays there.
fn drag(surface: Surface, column: u16, row: u16, clicks: &ClickMap) -> Option<Action> {
    if let Some(position) = clicks.text_until(surface, column, row) {
        return Some(Action::Drag(position));
    }
    let way = clicks.way_beyond(surface, column, row)?;
    match surface {
        // There the text does not scroll.
        Surface::Beside(_) => clicks.end_of(surface, way).map(Action::Drag),
        Surface::Page | Surface::Box(_) => Some(Action::DragBeyond(way)),
    }
}
