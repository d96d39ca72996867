//! The guided tour's step, between the text and the footer.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
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
    let words = tour.words(&app.keymap);
    for (line, row) in lines(&words, inside.width).iter().zip(inside.rows()) {
        let columns = row.width.saturating_sub(INSET);
        buffer.set_stringn(
            row.x.saturating_add(INSET),
            row.y,
            line,
            columns.into(),
            Style::new(),
        );
    }
}

/// What is asked for, on the lines of a screen of so many columns.
pub(crate) fn lines(words: &str, columns: u16) -> Vec<Cow<'_, str>> {
    let columns = columns.saturating_sub(2 * INSET).max(1);
    let options = Options::new(columns.into()).word_splitter(WordSplitter::NoHyphenation);
    textwrap::wrap(words, options)
}
