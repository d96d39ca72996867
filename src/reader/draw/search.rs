//! A search: the line that the pattern is typed in, and the matches in the text.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Widget};

use super::ClickMap;
use crate::layout::ruler;
use crate::reader::app::App;
use crate::reader::overlays::prompt::Prompt;
use crate::reader::overlays::search::SearchPrompt;
use crate::reader::theme::Theme;
use crate::search::Mode;

/// Columns between the pattern, what was found, and the keys.
const GAP_COLUMNS: u16 = 2;
/// Columns of a section's name that are worth showing, with what parts it from the count.
const NAME_COLUMNS: u16 = 12;
/// Columns that the pattern keeps, as a share of the line.
const PATTERN_SHARE: u16 = 3;

/// Draws the footer while a pattern is typed: the pattern, what was found, and the keys. A fault
/// that finds no room there is on the line above.
pub(crate) fn draw_prompt(
    app: &App,
    search: &SearchPrompt,
    area: Rect,
    keys: &dyn Fn(usize) -> Line<'static>,
    buffer: &mut Buffer,
    clicks: &mut ClickMap,
) {
    let line = inset(area);
    let status = status(app, search);
    let wanted = ruler::columns(sign(search)) + ruler::columns(search.prompt.text()) + 1;
    let room = line
        .width
        .saturating_sub(wanted.saturating_add(GAP_COLUMNS));
    let status_columns = ruler::columns(&status);
    if search.fault.is_some() && status_columns > room {
        draw_pattern(&app.theme, search, line, buffer, clicks);
        return draw_above(&app.theme, &status, area, buffer);
    }
    // The section's name gives way to the pattern, and the pattern to the count alone.
    let least = match &search.fault {
        Some(_) => status_columns,
        None => ruler::columns(&app.open.finder.count()),
    };
    let columns = match room {
        room if status_columns <= room => status_columns,
        room if least + NAME_COLUMNS <= room => room,
        _ => least.min(line.width - line.width / PATTERN_SHARE),
    };
    let keys = keys(usize::from(
        room.saturating_sub(columns.saturating_add(GAP_COLUMNS)),
    ));
    let keys_columns = u16::try_from(keys.width()).unwrap_or(0);
    let taken = [columns, keys_columns].map(|part| if part == 0 { 0 } else { part + GAP_COLUMNS });
    let pattern = Rect {
        width: line.width.saturating_sub(taken.iter().sum()),
        ..line
    };
    let pattern = Rect {
        width: pattern.width.min(wanted),
        ..pattern
    };
    draw_pattern(&app.theme, search, pattern, buffer, clicks);
    let style = match search.fault {
        Some(_) => app.theme.warning(),
        None => app.theme.title(),
    };
    let start = (pattern.right() + GAP_COLUMNS).min(line.right());
    let columns = columns.min(line.right() - start);
    let status = match &search.fault {
        None if columns <= least => app.open.finder.count(),
        _ => status,
    };
    let status = ruler::shorten(&status, columns);
    buffer.set_stringn(start, line.y, status, columns.into(), style);
    keys.render(right_part(line, keys_columns), buffer);
}

/// Draws how the pattern is meant, and the pattern with its cursor.
pub(super) fn draw_pattern(
    theme: &Theme,
    search: &SearchPrompt,
    area: Rect,
    buffer: &mut Buffer,
    clicks: &mut ClickMap,
) {
    let (start, _) =
        buffer.set_stringn(area.x, area.y, sign(search), area.width.into(), theme.key());
    let columns = area.right().saturating_sub(start);
    let line = Rect::new(start, area.y, columns, area.height);
    draw_typed(theme, &search.prompt, line, buffer, clicks);
}

/// Draws what is typed, and puts the cursor there.
pub(super) fn draw_typed(
    theme: &Theme,
    prompt: &Prompt,
    area: Rect,
    buffer: &mut Buffer,
    clicks: &mut ClickMap,
) {
    let window = prompt.window(area.width);
    buffer.set_stringn(
        area.x,
        area.y,
        &window.text,
        area.width.into(),
        theme.title(),
    );
    clicks.put_cursor(area.x.saturating_add(window.cursor), area.y);
}

/// What is wrong with the pattern, else what was found.
pub(super) fn status(app: &App, search: &SearchPrompt) -> String {
    match &search.fault {
        Some(fault) => fault.clone(),
        None => match app.open.finder.own().len() {
            0 => app.open.finder.said(),
            own => format!("{} · {own} in your notes", app.open.finder.said()),
        },
    }
}

fn sign(search: &SearchPrompt) -> &'static str {
    sign_of(search.mode)
}

/// What stands before a pattern.
pub(super) fn sign_of(mode: Mode) -> &'static str {
    match mode {
        Mode::Plain => "/",
        Mode::Regex => "regex /",
    }
}

/// Says something on the line above the footer, in place of what is there.
fn draw_above(theme: &Theme, text: &str, footer: Rect, buffer: &mut Buffer) {
    let above = Rect {
        y: footer.y.saturating_sub(1),
        ..footer
    };
    Clear.render(above, buffer);
    let line = inset(above);
    Line::styled(ruler::shorten(text, line.width), theme.warning()).render(line, buffer);
}

pub(super) fn inset(area: Rect) -> Rect {
    Rect {
        x: area.x + 1.min(area.width),
        width: area.width.saturating_sub(2),
        ..area
    }
}

fn right_part(area: Rect, columns: u16) -> Rect {
    let width = columns.min(area.width);
    Rect {
        x: area.right() - width,
        width,
        ..area
    }
}
