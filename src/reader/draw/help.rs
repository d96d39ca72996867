//! The help, as a page over the text.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Hits, boxes};
use crate::reader::geometry::WIDEST_BOX;
use crate::reader::help::Says;
use crate::reader::state::{HelpPage, State};
use crate::reader::theme;

pub(super) fn draw(state: &State, page: HelpPage, buffer: &mut Buffer, hits: &mut Hits) {
    let geometry = state.geometry();
    let area = geometry.middle(WIDEST_BOX, u16::MAX);
    let inside = boxes::open(area, "Keys", buffer, hits);
    let text = Rect {
        x: inside.x + 1.min(inside.width),
        width: geometry.help_columns().min(inside.width),
        ..inside
    };
    hits.put_cursor(text.x, text.y);
    let (lines, scrolled) = state.lay_out_help(page);
    for (line, row) in lines.iter().skip(scrolled).zip(text.rows()) {
        draw_line(&line.says, row, buffer);
    }
}

fn draw_line(says: &Says, row: Rect, buffer: &mut Buffer) {
    let width = usize::from(row.width);
    match says {
        Says::Text(text) => {
            buffer.set_stringn(row.x, row.y, text, width, theme::dim());
        }
        Says::Title(title) => {
            buffer.set_stringn(row.x, row.y, title, width, theme::title());
        }
        Says::Keys {
            keys,
            words,
            column,
        } => {
            let column = u16::try_from(*column).unwrap_or(row.width).min(row.width);
            buffer.set_stringn(row.x, row.y, keys, column.into(), theme::key());
            let room = row.width - column;
            buffer.set_stringn(row.x + column, row.y, words, room.into(), Style::new());
        }
    }
}
