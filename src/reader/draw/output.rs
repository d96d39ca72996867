//! What a program of the reader's own writes, in a box over the text.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{ClickMap, boxes};
use crate::reader::app::App;
use crate::reader::draw::geometry::WIDEST_BOX;
use crate::reader::overlays::output::CommandOutput;

/// The lines of it, and how many rows there are for them.
pub(crate) fn extent(app: &App, output: &CommandOutput) -> (usize, usize) {
    let columns = columns(app);
    let lines = output.lines(columns).len() + tail(app, output, columns).len();
    (lines, app.geometry().box_rows())
}

fn columns(app: &App) -> usize {
    app.geometry().help_columns().into()
}

/// What is said below what it wrote: that it runs, or how it ended.
fn tail(app: &App, output: &CommandOutput, columns: usize) -> Vec<String> {
    let words = match &output.end {
        None => app.keymap.expand("runs… {output/close} stops it"),
        Some(Err(failure)) => failure.clone(),
        Some(Ok(())) if output.is_empty() => "it wrote nothing".to_owned(),
        Some(Ok(())) => return Vec::new(),
    };
    let lines = textwrap::wrap(&words, columns.max(1)).into_iter();
    lines.map(Cow::into_owned).collect()
}

pub(crate) fn draw(app: &App, output: &CommandOutput, buffer: &mut Buffer, clicks: &mut ClickMap) {
    let columns = columns(app);
    let (lines, tail) = (output.lines(columns), tail(app, output, columns));
    let count = lines.len() + tail.len();
    let rows = u16::try_from(count).unwrap_or(u16::MAX);
    let area = app.geometry().middle(WIDEST_BOX, rows.saturating_add(2));
    let inside = boxes::open(&app.theme, area, &output.name, buffer, clicks);
    let text = Rect {
        x: inside.x + 1.min(inside.width),
        width: app.geometry().help_columns().min(inside.width),
        ..inside
    };
    clicks.put_cursor(text.x, text.y);
    let scrolled = output.scrolled(count, text.height.into());
    let runs = match output.end {
        None => app.theme.dim(),
        Some(_) => Style::new(),
    };
    let lines = lines.iter().map(|line| (line, Style::new()));
    let lines = lines.chain(tail.iter().map(|line| (line, runs)));
    for ((line, style), row) in lines.skip(scrolled).zip(text.rows()) {
        buffer.set_stringn(row.x, row.y, line, row.width.into(), style);
    }
}
