//! A table or code at its full width, in a box over the text.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position as Cell, Rect};

use super::{ClickMap, boxes, decorations, put};
use crate::layout::{Line, Run, ruler};
use crate::reader::app::App;
use crate::reader::draw::geometry::Geometry;
use crate::reader::open::decorations::{Decoration, of_code};
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
        let code = of_code(app.open.parts_of_code(whole.block, &line.text));
        draw_line(&app.theme, line, &code, column, row, buffer);
    }
}

/// Draws what a row shows of a line whose first columns are scrolled out, with what its parts are if
/// it is of code.
fn draw_line(
    theme: &Theme,
    line: &Line,
    code: &[Decoration],
    scrolled: u16,
    row: Rect,
    buffer: &mut Buffer,
) {
    for run in &line.runs {
        draw_run(theme, run, scrolled, row, buffer);
    }
    for part in code {
        let columns = line
            .runs
            .iter()
            .filter_map(|run| run.columns_of(&part.bytes));
        for columns in columns {
            let (start, end) = (
                columns.start.saturating_sub(scrolled),
                columns.end.saturating_sub(scrolled),
            );
            let cells = Rect {
                x: row.x.saturating_add(start),
                width: end - start,
                ..row
            };
            let style = decorations::style(theme, part.role, false);
            buffer.set_style(cells.intersection(row), style);
        }
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
