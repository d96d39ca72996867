//! The help, as a page over the text.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Hits, boxes};
use crate::reader::help::{self, HelpLine};
use crate::reader::state::State;
use crate::reader::theme;

/// Columns that the keys' names take where there is room.
const KEY_COLUMNS: u16 = 32;

pub(super) fn draw(state: &State, top: usize, buffer: &mut Buffer, hits: &mut Hits) {
    let area = state.geometry().middle(boxes::WIDEST, u16::MAX);
    let inside = boxes::open(area, "Keys", buffer, hits);
    for (line, row) in help::lines().skip(top).zip(inside.rows()) {
        draw_line(line, row, buffer);
    }
}

fn draw_line(line: HelpLine, row: Rect, buffer: &mut Buffer) {
    let width = usize::from(row.width);
    match line {
        HelpLine::Text(text) => buffer.set_stringn(row.x, row.y, text, width, theme::dim()),
        HelpLine::Title(title) => buffer.set_stringn(row.x, row.y, title, width, theme::title()),
        HelpLine::Keys(binding) => {
            let keys = KEY_COLUMNS.min(row.width / 2);
            let keys_width = usize::from(keys.saturating_sub(2));
            buffer.set_stringn(
                row.x + 1.min(row.width),
                row.y,
                binding.keys,
                keys_width,
                theme::key(),
            );
            let words = row.width - keys;
            buffer.set_stringn(
                row.x + keys,
                row.y,
                binding.words,
                words.into(),
                ratatui::style::Style::new(),
            )
        }
    };
}
