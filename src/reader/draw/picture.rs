//! A picture over the whole screen, and a line that says what it is of.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};

use super::ClickMap;
use crate::layout::ruler;
use crate::reader::action::ClickTarget;
use crate::reader::app::App;
use crate::reader::draw::geometry::Geometry;
use crate::reader::overlays::picture::PicturePage;
use crate::terminal::picture::PictureView;

/// From how many rows on there is a line below the picture.
const ROWS_FOR_CAPTION: u16 = 3;

/// Where the picture stands.
pub(crate) fn picture_area(geometry: &Geometry) -> Rect {
    let area = geometry.above_footer();
    let caption = u16::from(area.height >= ROWS_FOR_CAPTION);
    Rect {
        height: area.height - caption,
        ..area
    }
}

pub(crate) fn draw(app: &App, page: &PicturePage, buffer: &mut Buffer, clicks: &mut ClickMap) {
    let geometry = app.geometry();
    let (whole, area) = (geometry.above_footer(), picture_area(&geometry));
    clicks.add(whole, ClickTarget::Inside);
    Clear.render(whole, buffer);
    clicks.put_cursor(area.x, area.bottom());
    if let Some(drawn) = page.shown() {
        let at = drawn.picture.draw(area, buffer);
        clicks.put_picture(at, &drawn.picture);
    } else {
        let words = match page.failure() {
            Some(why) => format!("not shown: {why}"),
            None => format!("drawing {}…", name(page)),
        };
        let style = match page.failure() {
            Some(_) => app.theme.warning(),
            None => app.theme.dim(),
        };
        let lines = textwrap::wrap(&words, usize::from(area.width.saturating_sub(2)).max(1));
        let top = area.height / 2;
        for (line, row) in lines.iter().zip(area.rows().skip(top.into())) {
            let columns = ruler::columns(line).min(row.width);
            let x = row.x + (row.width - columns) / 2;
            buffer.set_stringn(x, row.y, line, columns.into(), style);
        }
    }
    let caption = Rect {
        y: area.bottom(),
        height: whole.height - area.height,
        ..whole
    };
    for row in caption.rows() {
        let room = row.width.saturating_sub(2);
        let words = caption_of(app, page);
        let words = ruler::shorten(&words, room);
        let x = row.x + 1.min(row.width);
        buffer.set_stringn(x, row.y, words, room.into(), app.theme.title());
    }
}

/// What it is a picture of, as large as it is shown; and whether a new one is on its way.
fn caption_of(app: &App, page: &PicturePage) -> String {
    let mut words = match (page.sheet(), page.image_words()) {
        (Some(sheet), _) => page_words(app, page, sheet),
        (None, words) => words.unwrap_or_default().to_owned(),
    };
    if page.zoom > 0 {
        words.push_str(&format!(" · {}%", PictureView::percent(page.zoom)));
    }
    if page.is_awaited() && page.shown().is_some() {
        words.push_str(" · drawing…");
    }
    words
}

/// Which page it is, of how many, and what is printed on it.
fn page_words(app: &App, page: &PicturePage, sheet: u32) -> String {
    let mut words = format!("Page {sheet}");
    if let Some(sheets) = page.sheets() {
        words.push_str(&format!(" of {sheets}"));
    }
    let pages = app.open.document.paper().pages.iter();
    let mut printed = pages.filter(|start| start.sheet == Some(sheet));
    let label = printed.next().map(|start| start.label.as_str());
    if let Some(label) = label.filter(|label| *label != sheet.to_string()) {
        words.push_str(&format!(", printed {label}"));
    }
    words
}

fn name(page: &PicturePage) -> String {
    match page.sheet() {
        Some(sheet) => format!("page {sheet}"),
        None => "the image".to_owned(),
    }
}
