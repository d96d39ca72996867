//! Boxes over the text, and the lists in them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, Clear, Widget};

use super::{ClickMap, rows};
use crate::reader::action::ClickTarget;
use crate::reader::app::App;
use crate::reader::draw::geometry::WIDEST_BOX;
use crate::reader::overlays::list::List;
use crate::reader::theme::Theme;

/// Clears a box, frames it and gives the room inside.
pub(super) fn open(
    theme: &Theme,
    area: Rect,
    title: &str,
    buffer: &mut Buffer,
    clicks: &mut ClickMap,
) -> Rect {
    clicks.add(area, ClickTarget::Inside);
    Clear.render(area, buffer);
    if area.width < 3 || area.height < 3 {
        return area;
    }
    let frame = Block::bordered()
        .border_style(theme.dim())
        .title(format!(" {title} "))
        .title_style(theme.title());
    let inside = frame.inner(area);
    frame.render(area, buffer);
    inside
}

/// A list in the middle of the screen, in a box as high as all of its rows need.
pub(crate) fn draw_list(app: &App, list: &List, buffer: &mut Buffer, clicks: &mut ClickMap) {
    let screen = app.geometry().screen;
    // Of all rows, whether they match or not, so that the box stays while the filter is typed.
    let most = usize::from(screen.height);
    let lines: usize = list.rows().take(most).map(|row| row.below.len() + 2).sum();
    let rows = u16::try_from(lines).unwrap_or(u16::MAX);
    let room = screen.height.saturating_sub(4);
    let height = rows.saturating_add(4).clamp(8, room.max(8));
    draw_list_of(app, list, height, buffer, clicks);
}

/// The same, in a box as high as the screen: of a list whose rows are others with every letter.
pub(crate) fn draw_tall_list(app: &App, list: &List, buffer: &mut Buffer, clicks: &mut ClickMap) {
    draw_list_of(app, list, u16::MAX, buffer, clicks);
}

fn draw_list_of(app: &App, list: &List, height: u16, buffer: &mut Buffer, clicks: &mut ClickMap) {
    let area = app.geometry().middle(WIDEST_BOX, height);
    let inside = open(&app.theme, area, list.title, buffer, clicks);
    rows::draw_list(app, list, inside, buffer, clicks);
}
