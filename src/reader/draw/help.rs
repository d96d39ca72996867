//! The help, as a page over the text.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::{ClickMap, boxes, search};
use crate::layout::ruler;
use crate::reader::app::App;
use crate::reader::draw::geometry::WIDEST_BOX;
use crate::reader::overlays::help::lines::{self as help, HelpPlace, HelpText};
use crate::reader::overlays::help::{HelpPage, HelpSearch};
use crate::reader::theme::Theme;

/// Columns between what is typed, the match that the reader is at, and the keys.
const GAP_COLUMNS: u16 = 2;

pub(crate) fn draw(app: &App, page: &HelpPage, buffer: &mut Buffer, clicks: &mut ClickMap) {
    let geometry = app.geometry();
    let area = geometry.middle(WIDEST_BOX, u16::MAX);
    let inside = boxes::open(&app.theme, area, "Keys", buffer, clicks);
    let text = Rect {
        x: inside.x + 1.min(inside.width),
        width: geometry.help_columns().min(inside.width),
        ..inside
    };
    clicks.put_cursor(text.x, text.y);
    let (lines, scrolled) = page.lay_out(app);
    for (line, row) in lines.iter().skip(scrolled).zip(text.rows()) {
        draw_line(&app.theme, &line.text, row, buffer);
        if let Some(search) = &page.search {
            light_matches(&app.theme, &line.text, line.place, search, row, buffer);
            if search.current == Some(line.place) {
                clicks.put_cursor(row.x, row.y);
            }
        }
    }
}

/// Draws the footer while a search of the help is typed.
pub(crate) fn draw_prompt(
    theme: &Theme,
    found: &[HelpPlace],
    search: &HelpSearch,
    footer: Rect,
    keys: &dyn Fn(usize) -> Line<'static>,
    buffer: &mut Buffer,
    clicks: &mut ClickMap,
) {
    let area = search::inset(footer);
    let count = match_count(found, search);
    let wanted = ruler::columns(search.prompt.text()) + 2;
    let count_columns = ruler::columns(&count);
    let taken = if count_columns == 0 {
        0
    } else {
        count_columns + GAP_COLUMNS
    };
    let typed = Rect {
        width: wanted.min(area.width.saturating_sub(taken)),
        ..area
    };
    let (start, _) = buffer.set_stringn(typed.x, typed.y, "/", typed.width.into(), theme.key());
    let columns = typed.right().saturating_sub(start);
    let line = Rect::new(start, typed.y, columns, typed.height);
    search::draw_typed(theme, &search.prompt, line, buffer, clicks);
    let after = (typed.right() + GAP_COLUMNS).min(area.right());
    let room = area.right() - after;
    buffer.set_stringn(after, area.y, count, room.into(), theme.title());
    let room = room.saturating_sub(taken);
    let keys = keys(room.into());
    let width = u16::try_from(keys.width()).unwrap_or(room).min(room);
    let x = area.right() - width;
    keys.render(Rect { x, width, ..area }, buffer);
}

/// Which of the matches the reader is at.
fn match_count(found: &[HelpPlace], search: &HelpSearch) -> String {
    let at = |current| found.iter().position(|&place| place == current);
    match search.current.and_then(at) {
        Some(at) => format!("{}/{}", at + 1, found.len()),
        None if search.prompt.text().trim().is_empty() => String::new(),
        None => "nothing matches".to_owned(),
    }
}

fn draw_line(theme: &Theme, text: &HelpText, row: Rect, buffer: &mut Buffer) {
    let width = usize::from(row.width);
    match text {
        HelpText::Text(text) => {
            buffer.set_stringn(row.x, row.y, text, width, theme.dim());
        }
        HelpText::Title(title) => {
            buffer.set_stringn(row.x, row.y, title, width, theme.title());
        }
        HelpText::Keys { keys, words, .. } => {
            let [left, right] = halves(text, row);
            buffer.set_stringn(left.x, left.y, keys, left.width.into(), theme.key());
            buffer.set_stringn(right.x, right.y, words, right.width.into(), Style::new());
        }
    }
}

/// Where the keys are in a row, and what they do.
fn halves(text: &HelpText, row: Rect) -> [Rect; 2] {
    let column = match text {
        HelpText::Keys { column, .. } => u16::try_from(*column).unwrap_or(row.width).min(row.width),
        _ => row.width,
    };
    let right = Rect {
        x: row.x + column,
        width: row.width - column,
        ..row
    };
    [
        Rect {
            width: column,
            ..row
        },
        right,
    ]
}

/// Lights what was searched for in a row, the match that the reader is at reversed.
fn light_matches(
    theme: &Theme,
    text: &HelpText,
    place: HelpPlace,
    search: &HelpSearch,
    row: Rect,
    buffer: &mut Buffer,
) {
    let style = if search.current.is_some_and(|current| current.is_of(place)) {
        theme.current_match()
    } else {
        theme.found()
    };
    let [left, right] = halves(text, row);
    let parts = match text {
        HelpText::Text(text) | HelpText::Title(text) => vec![(text, left)],
        HelpText::Keys { keys, words, .. } => vec![(keys, left), (words, right)],
    };
    for (text, area) in parts {
        for bytes in help::ranges(text, search.prompt.text()) {
            let columns = |part: Option<&str>| ruler::columns(part.unwrap_or_default());
            let cells = Rect {
                x: area.x.saturating_add(columns(text.get(..bytes.start))),
                width: columns(text.get(bytes)),
                ..area
            };
            buffer.set_style(cells.intersection(area), style);
        }
    }
}
