//! Boxes over the text, and the lists in them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, Clear, Widget};

use super::{Hits, rows};
use crate::reader::action::Hit;
use crate::reader::app::App;
use crate::reader::geometry::WIDEST_BOX;
use crate::reader::list::{List, Subject};
use crate::reader::theme;

/// Clears a box, frames it and gives the room inside.
pub(super) fn open(area: Rect, title: &str, buffer: &mut Buffer, hits: &mut Hits) -> Rect {
    hits.add(area, Hit::Inside);
    Clear.render(area, buffer);
    if area.width < 3 || area.height < 3 {
        return area;
    }
    let frame = Block::bordered()
        .border_style(theme::dim())
        .title(format!(" {title} "))
        .title_style(theme::title());
    let inside = frame.inner(area);
    frame.render(area, buffer);
    inside
}

/// A list in the middle of the screen.
pub(super) fn draw_list(app: &App, list: &List, buffer: &mut Buffer, hits: &mut Hits) {
    let geometry = app.geometry();
    // Of all rows, whether they match or not, so that the box stays while the filter is typed.
    let most = usize::from(geometry.screen.height);
    let lines: usize = list.rows().take(most).map(|row| row.below.len() + 2).sum();
    let rows = u16::try_from(lines).unwrap_or(u16::MAX);
    let room = geometry.screen.height.saturating_sub(4);
    let height = match list.subject {
        // Its rows are others with every letter.
        Subject::Places => u16::MAX,
        _ => rows.saturating_add(4).clamp(8, room.max(8)),
    };
    let area = geometry.middle(WIDEST_BOX, height);
    let inside = open(area, list.subject.title(), buffer, hits);
    rows::draw_list(list, inside, buffer, hits);
}
