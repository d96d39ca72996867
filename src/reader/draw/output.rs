//! What a program of the reader's own has written, in a box over the text.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{ClickMap, boxes};
use crate::reader::app::App;
use crate::reader::draw::geometry::WIDEST_BOX;
use crate::reader::overlays::output::CommandOutput;

/// The lines of it, and how many rows there are for them.
pub(crate) fn extent(app: &App, output: &CommandOutput) -> (usize, usize) {
    (lines(app, output).len(), app.geometry().box_rows())
}

/// What it wrote and how it ended, on lines as wide as the box.
fn lines(app: &App, output: &CommandOutput) -> Vec<String> {
    let Some(result) = output.result(app) else {
        return vec![app.keymap.expand("runs… {output/close} stops it")];
    };
    let columns = usize::from(app.geometry().help_columns()).max(1);
    let wrapped = result.lines.iter().flat_map(|line| {
        let lines = textwrap::wrap(line, columns).into_iter();
        lines.map(std::borrow::Cow::into_owned)
    });
    let mut lines: Vec<String> = wrapped.collect();
    lines.extend(result.failure.clone());
    if lines.is_empty() {
        lines.push("it wrote nothing".to_owned());
    }
    lines
}

pub(crate) fn draw(app: &App, output: &CommandOutput, buffer: &mut Buffer, clicks: &mut ClickMap) {
    let lines = lines(app, output);
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let area = app.geometry().middle(WIDEST_BOX, rows.saturating_add(2));
    let inside = boxes::open(&app.theme, area, &output.name, buffer, clicks);
    let text = Rect {
        x: inside.x + 1.min(inside.width),
        width: app.geometry().help_columns().min(inside.width),
        ..inside
    };
    clicks.put_cursor(text.x, text.y);
    let scrolled = output.scrolled(lines.len(), text.height.into());
    for (line, row) in lines.iter().skip(scrolled).zip(text.rows()) {
        let style = match output.result(app) {
            None => app.theme.dim(),
            Some(_) => ratatui::style::Style::new(),
        };
        buffer.set_stringn(row.x, row.y, line, row.width.into(), style);
    }
}
