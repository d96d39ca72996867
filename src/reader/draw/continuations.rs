//! The box that shows what may follow the keys that were pressed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{ClickMap, boxes};
use crate::layout::ruler;
use crate::reader::state::State;

/// Columns of the box besides its rows: the frame, and a blank beside it.
const OTHER_COLUMNS: u16 = 4;
/// Columns between a key and what it does.
const GAP_COLUMNS: u16 = 2;

/// Draws it in the corner above the footer, over as little of the text as it can.
pub(super) fn draw(state: &State, buffer: &mut Buffer, clicks: &mut ClickMap) {
    let app = &state.app;
    let pressed = &app.awaited_after;
    if pressed.is_empty() {
        return;
    }
    let rows: Vec<_> = app.keymap.continuations(state.context(), pressed);
    let key_columns = rows.iter().map(|(key, _)| ruler::columns(key)).max();
    let indent = key_columns.unwrap_or(0) + GAP_COLUMNS;
    let widest = rows.iter().map(|(_, it)| ruler::columns(it.short_words()));
    let columns = indent + widest.max().unwrap_or(0) + OTHER_COLUMNS;
    let height = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    let name: String = pressed.iter().map(ToString::to_string).collect();
    let area = corner(app.geometry().desk, columns, height.saturating_add(2));
    let inside = boxes::open(&app.theme, area, &format!("{name}…"), buffer, clicks);
    let room = usize::from(inside.height);
    let is_cut = rows.len() > room;
    for (index, ((key, binding), row)) in rows.iter().zip(inside.rows()).enumerate() {
        let row = Rect {
            x: row.x + 1.min(row.width),
            width: row.width.saturating_sub(1),
            ..row
        };
        if is_cut && index + 1 == room {
            let words = format!("… {} more", rows.len() - index);
            buffer.set_stringn(row.x, row.y, words, row.width.into(), app.theme.dim());
            continue;
        }
        buffer.set_stringn(row.x, row.y, key, row.width.into(), app.theme.title());
        let room = row.width.saturating_sub(indent);
        let words = ruler::shorten(binding.short_words(), room);
        let x = row.x.saturating_add(indent).min(row.right());
        buffer.set_stringn(x, row.y, words, room.into(), Style::new());
    }
}

/// The lower right corner of an area, as large as asked or as there is room for.
fn corner(area: Rect, columns: u16, rows: u16) -> Rect {
    let (width, height) = (columns.min(area.width), rows.min(area.height));
    Rect {
        x: area.right() - width,
        y: area.bottom() - height,
        width,
        height,
    }
}
