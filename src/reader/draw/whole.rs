//! A table or code at its full width, in a box over the text.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position as Cell, Rect};

use super::{ClickMap, boxes, put};
use crate::layout::{Line, Run, ruler};
use crate::reader::app::App;
use crate::reader::draw::geometry::Geometry;
use crate::reader::overlays::whole::WholeBlock;
use crate::reader::theme::Theme;

/// Stands at the edge of a line that goes on there.
const GOES_ON_LEFT: &str = "‹";
const GOES_ON_RIGHT: &str = "›";

/// What of the screen shows the block's lines.
pub(crate) fn inside(geometry: &Geometry, whole: &WholeBlock) -> Rect {
    let area = outside(geometry, whole);
    if area.width < 3 || area.height < 3 {
        area
    } else {
        Rect {
            x: area.x + 1,
            y: area.y + 1,
            width: area.width - 2,
            height: area.height - 2,
        }
    }
}

fn outside(geometry: &Geometry, whole: &WholeBlock) -> Rect {
    let rows = u16::try_from(whole.layout.lines.len()).unwrap_or(u16::MAX);
    geometry.middle(whole.columns.saturating_add(2), rows.saturating_add(2))
}

pub(crate) fn draw(app: &App, whole: &WholeBlock, buffer: &mut Buffer, clicks: &mut ClickMap) {
    let geometry = app.geometry();
    let area = outside(&geometry, whole);
    boxes::open(&app.theme, area, whole.title, buffer, clicks);
    let inside = inside(&geometry, whole);
    if inside.is_empty() {
        return;
    }
    clicks.put_cursor(inside.x, inside.y);
    let (line, column) = whole.scrolled(inside.width, inside.height);
    let lines = whole.layout.lines.iter();
    let fixed = whole.fixed(inside.height);
    let shown = lines.clone().take(fixed).chain(lines.skip(fixed + line));
    for (line, row) in shown.zip(inside.rows()) {
        draw_line(&app.theme, line, column, row, buffer);
    }
}

/// Draws what a row shows of a line whose first columns are scrolled out.
fn draw_line(theme: &Theme, line: &Line, scrolled: u16, row: Rect, buffer: &mut Buffer) {
    for run in &line.runs {
        draw_run(theme, run, scrolled, row, buffer);
    }
    let mut sign = |x: u16, sign: &str| put(buffer, Cell::new(x, row.y), sign, 1, theme.sign());
    if scrolled > 0 && line.columns() > 0 {
        sign(row.x, GOES_ON_LEFT);
    }
    if line.columns().saturating_sub(scrolled) > row.width {
        sign(row.right().saturating_sub(1), GOES_ON_RIGHT);
    }
}

fn draw_run(theme: &Theme, run: &Run, scrolled: u16, row: Rect, buffer: &mut Buffer) {
    let hidden = scrolled.saturating_sub(run.column);
    if hidden >= run.columns {
        return;
    }
    let (_, mut shown) = ruler::split_at(&run.text, hidden);
    let mut column = run.column.max(scrolled) - scrolled;
    // A wide letter that the edge would cut is left out.
    let excess = ruler::columns(shown).saturating_sub(run.columns - hidden);
    if excess > 0 {
        let first = ruler::first_grapheme(shown);
        shown = shown.get(first..).unwrap_or_default();
        column += 1;
    }
    let room = row.width.saturating_sub(column);
    if room > 0 {
        let at = Cell::new(row.x.saturating_add(column), row.y);
        put(buffer, at, shown, room, theme.run(run.role));
    }
}
