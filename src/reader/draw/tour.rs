//! The guided tour's step, between the text and the footer.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Block, Borders, Widget};
use textwrap::{Options, WordSplitter};

use crate::reader::app::App;

/// Columns beside the words.
const INSET: u16 = 1;

/// Draws what the reader is asked to do.
pub(super) fn draw(app: &App, buffer: &mut Buffer) {
    let area = app.geometry().tour;
    let Some(tour) = app.tour.as_ref().filter(|_| !area.is_empty()) else {
        return;
    };
    let frame = Block::new()
        .borders(Borders::TOP)
        .border_style(app.theme.dim())
        .title(format!(" {} ", tour.title()))
        .title_style(app.theme.title());
    let inside = frame.inner(area);
    frame.render(area, buffer);
    let columns = inside.width.saturating_sub(2 * INSET).max(1);
    let options = Options::new(columns.into()).word_splitter(WordSplitter::NoHyphenation);
    let words = tour.words(&app.keymap);
    for (line, row) in textwrap::wrap(&words, options).iter().zip(inside.rows()) {
        let at = Rect {
            x: row.x.saturating_add(INSET),
            ..row
        };
        buffer.set_stringn(at.x, at.y, line, columns.into(), Style::new());
    }
}
