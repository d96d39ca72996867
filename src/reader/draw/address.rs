//! The question before an address is opened: the whole of it, and where it leads.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{ClickMap, boxes};
use crate::layout::ruler;
use crate::reader::app::App;
use crate::reader::draw::geometry::WIDEST_BOX;
use crate::reader::overlays::address::AddressQuestion;

/// Rows of a box besides the address: the frame, the host and a blank one.
const OTHER_ROWS: usize = 4;

pub(crate) fn draw(
    app: &App,
    question: &AddressQuestion,
    buffer: &mut Buffer,
    clicks: &mut ClickMap,
) {
    let geometry = app.geometry();
    let columns = WIDEST_BOX
        .min(geometry.screen.width)
        .saturating_sub(2)
        .max(1);
    let lines = cut_in_lines(&question.address, columns, geometry.screen.height);
    let rows = u16::try_from(lines.len() + OTHER_ROWS).unwrap_or(u16::MAX);
    let inside = boxes::open(
        &app.theme,
        geometry.middle(WIDEST_BOX, rows),
        question.title(),
        buffer,
        clicks,
    );
    if inside.is_empty() {
        return;
    }
    clicks.put_cursor(inside.x, inside.y);
    let last = inside.height.saturating_sub(2);
    for (line, row) in lines.iter().zip(inside.rows().take(last.max(1).into())) {
        buffer.set_stringn(row.x, row.y, line, row.width.into(), app.theme.title());
    }
    let says = match &question.openable {
        Ok(openable) => openable.leads.clone(),
        Err(why) => format!("{why}; it can be copied"),
    };
    let foot = Rect {
        y: inside.bottom().saturating_sub(1),
        height: 1,
        ..inside
    };
    buffer.set_stringn(foot.x, foot.y, says, foot.width.into(), app.theme.dim());
}

/// The address cut at the box's edge, as far as the screen can show it.
fn cut_in_lines(address: &str, columns: u16, most: u16) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = address;
    while !rest.is_empty() && lines.len() < usize::from(most) {
        let (line, after) = ruler::split_at(rest, columns);
        // A letter wider than the box would never fit.
        if line.is_empty() {
            break;
        }
        lines.push(line);
        rest = after;
    }
    lines
}
