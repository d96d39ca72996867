//! The box that a label or a note of the reader's is typed in.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{ClickMap, boxes, search};
use crate::layout::ruler;
use crate::layout::typography::typeset;
use crate::paper::Passage;
use crate::reader::app::App;
use crate::reader::draw::geometry::WIDEST_BOX;
use crate::reader::overlays::editor::{AnnotationEditor, Field};
use crate::reader::overlays::prompt::Prompt;
use crate::reader::overlays::text_area::TextArea;

/// Rows of text that a note's box has room for at least, and at most.
const MIN_NOTE_ROWS: u16 = 5;
const MAX_NOTE_ROWS: u16 = 14;

/// The most of a passage that is named in a title, in bytes.
const MAX_TITLE_BYTES: usize = 240;

pub(crate) fn draw(
    app: &App,
    editor: &AnnotationEditor,
    buffer: &mut Buffer,
    clicks: &mut ClickMap,
) {
    match &editor.field {
        Field::Label(prompt) => draw_label(app, prompt, buffer, clicks),
        Field::Note(text_area) => draw_note(app, editor, text_area, buffer, clicks),
    }
}

fn draw_label(app: &App, prompt: &Prompt, buffer: &mut Buffer, clicks: &mut ClickMap) {
    let area = app.geometry().middle(WIDEST_BOX, 3);
    let inside = padded(boxes::open(&app.theme, area, "Label", buffer, clicks));
    if inside.is_empty() {
        return;
    }
    search::draw_typed(&app.theme, prompt, inside, buffer, clicks);
}

fn draw_note(
    app: &App,
    editor: &AnnotationEditor,
    text_area: &TextArea,
    buffer: &mut Buffer,
    clicks: &mut ClickMap,
) {
    let geometry = app.geometry();
    let columns = WIDEST_BOX.min(geometry.desk.width).saturating_sub(4);
    let rows = text_area.rows(columns);
    let (cursor_row, cursor_column) = text_area.cursor(&rows);
    let height = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    let passage = editor.passage(app);
    let rows_kept = passage.and_then(|passage| clicks.rows_showing(passage));
    let height = height.clamp(MIN_NOTE_ROWS, MAX_NOTE_ROWS) + 2;
    let area = geometry.away_from(rows_kept, WIDEST_BOX, height);
    let title = title(app, passage, area.width.saturating_sub(6));
    let inside = padded(boxes::open(&app.theme, area, &title, buffer, clicks));
    let last = usize::from(inside.height).saturating_sub(1);
    let first = cursor_row.saturating_sub(last);
    for (row, place) in rows.iter().skip(first).zip(inside.rows()) {
        let text = text_area.text().get(row.clone()).unwrap_or_default();
        buffer.set_stringn(place.x, place.y, text, place.width.into(), Style::new());
    }
    let column = cursor_column.min(inside.width.saturating_sub(1));
    let row = u16::try_from(cursor_row - first).unwrap_or(u16::MAX);
    clicks.put_cursor(inside.x + column, inside.y.saturating_add(row));
}

/// `Your note on “the first words…”`.
fn title(app: &App, passage: Option<Passage>, room: u16) -> String {
    let words = passage.map_or("", |passage| first_words(app, passage));
    let marks = app.open.quotation_marks();
    let title = match words {
        "" => "Your note".to_owned(),
        words => format!("Your note on “{}”", typeset(words, marks).trim_end()),
    };
    ruler::shorten(&title, room).into_owned()
}

/// The words of a passage in its first block, as many as a title may have.
fn first_words(app: &App, passage: Passage) -> &str {
    let id = passage.start.block;
    let block = app.open.document.paper().block(id);
    let text = block.map_or("", |block| block.text.as_str());
    let end = passage.bytes_in(id).map_or(0, |bytes| bytes.end);
    let end = end.min(passage.start.offset + MAX_TITLE_BYTES);
    let end = text.floor_char_boundary(end.min(text.len()));
    text.get(passage.start.offset..end).unwrap_or_default()
}

/// The inside of a box without the column at each side.
fn padded(inside: Rect) -> Rect {
    Rect {
        x: inside.x + 1.min(inside.width),
        width: inside.width.saturating_sub(2),
        ..inside
    }
}
