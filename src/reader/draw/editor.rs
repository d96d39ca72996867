//! The box that a bookmark's label or note is typed in.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Hits, boxes, search};
use crate::reader::app::App;
use crate::reader::geometry::WIDEST_BOX;
use crate::reader::overlays::editor::{BookmarkEditor, Field};
use crate::reader::overlays::prompt::Prompt;
use crate::reader::overlays::text_area::TextArea;

/// Rows of text that a note's box has room for at least, and at most.
const MIN_NOTE_ROWS: u16 = 5;
const MAX_NOTE_ROWS: u16 = 14;

pub(crate) fn draw(app: &App, editor: &BookmarkEditor, buffer: &mut Buffer, hits: &mut Hits) {
    match &editor.field {
        Field::Label(prompt) => draw_label(app, prompt, buffer, hits),
        Field::Note(text_area) => draw_note(app, text_area, buffer, hits),
    }
}

fn draw_label(app: &App, prompt: &Prompt, buffer: &mut Buffer, hits: &mut Hits) {
    let area = app.geometry().middle(WIDEST_BOX, 3);
    let inside = padded(boxes::open(&app.theme, area, "Label", buffer, hits));
    if inside.is_empty() {
        return;
    }
    search::draw_typed(&app.theme, prompt, inside, buffer, hits);
}

fn draw_note(app: &App, text_area: &TextArea, buffer: &mut Buffer, hits: &mut Hits) {
    let geometry = app.geometry();
    let columns = WIDEST_BOX.min(geometry.desk.width).saturating_sub(4);
    let rows = text_area.rows(columns);
    let (cursor_row, cursor_column) = text_area.cursor(&rows);
    let height = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    let area = geometry.middle(WIDEST_BOX, height.clamp(MIN_NOTE_ROWS, MAX_NOTE_ROWS) + 2);
    let inside = padded(boxes::open(&app.theme, area, "Your note", buffer, hits));
    let last = usize::from(inside.height).saturating_sub(1);
    let first = cursor_row.saturating_sub(last);
    for (row, place) in rows.iter().skip(first).zip(inside.rows()) {
        let text = text_area.text().get(row.clone()).unwrap_or_default();
        buffer.set_stringn(place.x, place.y, text, place.width.into(), Style::new());
    }
    let column = cursor_column.min(inside.width.saturating_sub(1));
    let row = u16::try_from(cursor_row - first).unwrap_or(u16::MAX);
    hits.put_cursor(inside.x + column, inside.y.saturating_add(row));
}

/// The inside of a box without the column at each side.
fn padded(inside: Rect) -> Rect {
    Rect {
        x: inside.x + 1.min(inside.width),
        width: inside.width.saturating_sub(2),
        ..inside
    }
}
