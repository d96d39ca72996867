//! Rows of a list: the outline's, and every other's.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use super::{ClickMap, search};
use crate::layout::QuotationMarks;
use crate::layout::ruler;
use crate::layout::typography::{typeset, typeset_with_places};
use crate::reader::action::ClickTarget;
use crate::reader::app::App;
use crate::reader::overlays::list::List;
use crate::reader::page::bookmarks::SIGN;
use crate::reader::theme::Theme;

/// The most lines that a row takes when its text is long.
const MAX_ROW_LINES: usize = 3;
/// Columns that a row is indented by for each step of depth.
pub(super) const INDENT_COLUMNS: u16 = 2;
/// Depth beyond this is not shown.
const MAX_DEPTH: u16 = 4;

/// One row as it is to be drawn.
pub(super) struct RowView<'a> {
    /// A line above the row and those after it that share it.
    pub(super) heading: Option<String>,
    /// Whether the row before has another heading.
    pub(super) begins: bool,
    pub(super) text: Cow<'a, str>,
    /// Bytes of the text that were searched for; empty if none were.
    pub(super) hit: Range<usize>,
    pub(super) detail: Cow<'a, str>,
    /// Lines under the row, each cut to fit.
    pub(super) below: &'a [String],
    pub(super) depth: u16,
    pub(super) is_selected: bool,
    pub(super) style: Style,
    pub(super) quotation_marks: QuotationMarks,
    /// What a click on it means.
    pub(super) target: ClickTarget,
}

/// The outline beside the text, if there is room for it: the sections, with the current one
/// highlighted and in sight.
pub(super) fn draw_sections(app: &App, buffer: &mut Buffer, clicks: &mut ClickMap) {
    let area = app.geometry().outline;
    if area.is_empty() {
        return;
    }
    let current = app.open.section().map(|section| section.0);
    let quotation_marks = app.open.quotation_marks();
    let area = pane(&app.theme, area, buffer);
    let row = |index: usize| {
        let section = app.open.document.paper().sections.get(index)?;
        let is_current = current == Some(index);
        Some(RowView {
            heading: None,
            begins: false,
            text: section.name().into(),
            hit: 0..0,
            detail: match app.open.shelf.annotations.in_blocks(section.blocks.clone()) {
                [] => "".into(),
                _ => SIGN.into(),
            },
            below: &[],
            depth: app.open.depth_of(section),
            is_selected: is_current,
            style: if is_current {
                app.theme.current()
            } else {
                Style::new()
            },
            quotation_marks,
            target: ClickTarget::Section(index),
        })
    };
    draw_window(&app.theme, row, current.unwrap_or(0), area, buffer, clicks);
}

/// The outline beside the text, while it has the keys.
pub(crate) fn draw_open_outline(
    app: &App,
    list: &List,
    area: Rect,
    buffer: &mut Buffer,
    clicks: &mut ClickMap,
) {
    clicks.add(area, ClickTarget::Inside);
    Clear.render(area, buffer);
    let area = pane(&app.theme, area, buffer);
    draw_list(app, list, area, buffer, clicks);
}

/// The filter, and the rows that match it with the selected one in sight.
pub(super) fn draw_list(
    app: &App,
    list: &List,
    area: Rect,
    buffer: &mut Buffer,
    clicks: &mut ClickMap,
) {
    if area.is_empty() {
        return;
    }
    let [filter, below] = [Rect { height: 1, ..area }, shrunk_from_top(area, 1)];
    // The cursor is at the selected row if there is one, and where the filter is typed if it is.
    clicks.put_cursor(filter.x, filter.y);
    draw_rows(app, list, below, buffer, clicks);
    draw_filter(&app.theme, list, filter, buffer, clicks);
}

fn draw_rows(app: &App, list: &List, area: Rect, buffer: &mut Buffer, clicks: &mut ClickMap) {
    let theme = &app.theme;
    if list.len() == 0 {
        let row = area.rows().next();
        if let Some(row) = row.filter(|_| !list.filter().text().is_empty()) {
            let says = &*list.says_if_empty;
            buffer.set_stringn(row.x, row.y, says, row.width.into(), theme.dim());
        }
        return;
    }
    let area = if list.is_near_match() {
        draw_near_match_hint(theme, area, buffer)
    } else {
        area
    };
    let quotation_marks = app.open.quotation_marks();
    let row = |index: usize| {
        let row = list.row(index)?;
        let is_selected = index == list.selected();
        let detail = if row.detail.is_empty() && list.is_filtered() {
            row.within.as_str()
        } else {
            row.detail.as_str()
        };
        Some(RowView {
            heading: None,
            begins: false,
            text: row.text.as_str().into(),
            hit: 0..0,
            detail: detail.into(),
            below: &row.below,
            depth: row.depth,
            is_selected,
            style: style_of_row(theme, is_selected),
            quotation_marks,
            target: ClickTarget::Row(index),
        })
    };
    draw_window(theme, row, list.selected(), area, buffer, clicks);
}

/// Says that the rows match only nearly, and gives the room below.
fn draw_near_match_hint(theme: &Theme, area: Rect, buffer: &mut Buffer) -> Rect {
    if area.height < 2 {
        return area;
    }
    let says = "no exact match; nearest:";
    buffer.set_stringn(area.x, area.y, says, area.width.into(), theme.dim());
    shrunk_from_top(area, 1)
}

/// What filters the list; while nothing does, what is shown in its place.
fn draw_filter(theme: &Theme, list: &List, area: Rect, buffer: &mut Buffer, clicks: &mut ClickMap) {
    if list.filter().text().is_empty() {
        let said = if list.is_filtering {
            &*list.invitation
        } else {
            list.caption.as_str()
        };
        let said = ruler::shorten(said, area.width);
        buffer.set_stringn(area.x, area.y, said, area.width.into(), theme.dim());
        if list.is_filtering {
            clicks.put_cursor(area.x, area.y);
        }
        return;
    }
    buffer.set_stringn(area.x, area.y, list.sign, area.width.into(), theme.title());
    let typed = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(1),
        ..area
    };
    if list.is_filtering {
        search::draw_typed(theme, list.filter(), typed, buffer, clicks);
    } else {
        let text = ruler::shorten(list.filter().text(), typed.width);
        buffer.set_stringn(typed.x, typed.y, text, typed.width.into(), theme.title());
    }
}

/// How a row of a list looks.
pub(super) fn style_of_row(theme: &Theme, is_selected: bool) -> Style {
    if is_selected {
        theme.lit()
    } else {
        Style::new()
    }
}

/// The outline's room without its margin and the line that parts it from the text.
fn pane(theme: &Theme, area: Rect, buffer: &mut Buffer) -> Rect {
    let edge = area.right().saturating_sub(1);
    for y in area.top()..area.bottom() {
        buffer.set_stringn(edge, y, "│", 1, theme.dim());
    }
    let inside = shrunk_from_top(area, 1);
    Rect {
        x: inside.x + 1,
        width: inside.width.saturating_sub(3),
        ..inside
    }
}

pub(super) fn shrunk_from_top(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect {
        y: area.y + rows,
        height: area.height - rows,
        ..area
    }
}

/// Draws rows around the selected one: as many before it as fit in half of the area. Only rows in
/// sight are asked for, however long the list is.
pub(super) fn draw_window<'a>(
    theme: &Theme,
    row: impl Fn(usize) -> Option<RowView<'a>>,
    selected: usize,
    area: Rect,
    buffer: &mut Buffer,
    clicks: &mut ClickMap,
) {
    let lines_of = |index: usize| row(index).map_or(0, |shown| lines_of(&shown, area.width));
    let mut first = selected;
    let mut above = 0;
    while let Some(before) = first.checked_sub(1) {
        above += lines_of(before);
        if above > usize::from(area.height) / 2 {
            break;
        }
        first = before;
    }
    // At the list's end there is room for more above.
    let height = usize::from(area.height);
    let mut lines = 0;
    let below = (first..).take_while(|&index| {
        lines += lines_of(index);
        lines < height && row(index).is_some()
    });
    below.for_each(drop);
    while let Some(before) = first.checked_sub(1) {
        lines += lines_of(before);
        if lines > height {
            break;
        }
        first = before;
    }
    let mut y = area.y;
    for mut shown in (first..).map_while(row) {
        if y >= area.bottom() {
            break;
        }
        // The first row in sight has its heading, wherever that is.
        shown.begins |= y == area.y;
        y = draw_row(
            theme,
            &shown,
            Rect {
                y,
                height: area.bottom() - y,
                ..area
            },
            buffer,
            clicks,
        );
    }
}

/// How many lines a row takes, with the lines above and under it.
fn lines_of(shown: &RowView<'_>, columns: u16) -> usize {
    usize::from(shown.begins) + wrapped(shown, columns).len() + shown.below.len()
}

/// Draws one row at the area's top, and gives the line below it.
fn draw_row(
    theme: &Theme,
    shown: &RowView<'_>,
    area: Rect,
    buffer: &mut Buffer,
    clicks: &mut ClickMap,
) -> u16 {
    let area = draw_heading(theme, shown, area, buffer);
    if area.is_empty() {
        return area.bottom();
    }
    let lines = wrapped(shown, area.width);
    let height = u16::try_from(lines.len())
        .unwrap_or(area.height)
        .min(area.height);
    let place = Rect { height, ..area };
    let indent = indent_of(shown, area.width);
    if shown.is_selected {
        clicks.put_cursor(place.x + indent.min(place.width), place.y);
    }
    for (index, (line, row)) in lines.iter().zip(place.rows()).enumerate() {
        let sign = if shown.is_selected && index == 0 {
            "▸"
        } else {
            " "
        };
        buffer.set_stringn(row.x, row.y, sign, row.width.into(), theme.sign());
        let width = row.width.saturating_sub(indent);
        buffer.set_stringn(
            row.x + indent.min(row.width),
            row.y,
            line,
            width.into(),
            shown.style,
        );
    }
    draw_hit(theme, shown, place, indent, buffer);
    draw_detail(theme, shown, place, buffer);
    let under = shrunk_from_top(area, height);
    let mut bottom = place.bottom();
    for (line, row) in shown.below.iter().zip(under.rows()) {
        let width = row.width.saturating_sub(indent);
        let line = typeset(line, shown.quotation_marks);
        let line = ruler::shorten(&line, width);
        let x = row.x + indent.min(row.width);
        buffer.set_stringn(x, row.y, line, width.into(), theme.dim());
        bottom = row.bottom();
    }
    let height = bottom - area.y;
    clicks.add(Rect { height, ..area }, shown.target.clone());
    bottom
}

/// Draws the heading above a row, and gives the room below. There is a heading only where its row
/// has room, too.
fn draw_heading(theme: &Theme, shown: &RowView<'_>, area: Rect, buffer: &mut Buffer) -> Rect {
    let Some(heading) = shown.heading.as_ref().filter(|_| shown.begins) else {
        return area;
    };
    if area.height > 1 {
        let heading = typeset(heading, shown.quotation_marks);
        let text = ruler::shorten(&heading, area.width);
        buffer.set_stringn(area.x, area.y, text, area.width.into(), theme.title());
    }
    shrunk_from_top(area, 1)
}

/// Lights what was searched for, in a row of one line.
fn draw_hit(theme: &Theme, shown: &RowView<'_>, place: Rect, indent: u16, buffer: &mut Buffer) {
    if shown.hit.is_empty() {
        return;
    }
    let hit = [shown.hit.start, shown.hit.end];
    let (text, [start, end]) = typeset_with_places(&shown.text, shown.quotation_marks, hit);
    let columns_before = |bytes: usize| ruler::columns(text.get(..bytes).unwrap_or_default());
    let (start, end) = (columns_before(start), columns_before(end));
    let cells = Rect {
        x: place.x.saturating_add(indent).saturating_add(start),
        width: end.saturating_sub(start),
        height: 1,
        ..place
    };
    buffer.set_style(cells.intersection(place), theme.found());
}

fn draw_detail(theme: &Theme, shown: &RowView<'_>, place: Rect, buffer: &mut Buffer) {
    let columns = ruler::columns(&shown.detail);
    if columns == 0 || columns + INDENT_COLUMNS > place.width {
        return;
    }
    buffer.set_stringn(
        place.right() - columns,
        place.y,
        &shown.detail,
        columns.into(),
        theme.dim(),
    );
}

/// The row's text on at most so many lines of the area.
fn wrapped(shown: &RowView<'_>, columns: u16) -> Vec<String> {
    let detail = ruler::columns(&shown.detail);
    let taken = indent_of(shown, columns) + if detail == 0 { 0 } else { detail + 1 };
    let room = columns.saturating_sub(taken).max(1);
    let text = typeset(&shown.text, shown.quotation_marks);
    let lines = textwrap::wrap(&text, usize::from(room));
    // A row with lines under it has one line of text.
    let most = if shown.below.is_empty() {
        MAX_ROW_LINES
    } else {
        1
    };
    let cut = lines.get(most).map(|next| format!(" {next}"));
    let mut kept: Vec<String> = lines.into_iter().take(most).map(Cow::into_owned).collect();
    if let (Some(last), Some(next)) = (kept.last_mut(), cut) {
        last.push_str(&next);
        *last = ruler::shorten(last, room).into_owned();
    }
    kept
}

fn indent_of(shown: &RowView<'_>, columns: u16) -> u16 {
    (INDENT_COLUMNS + INDENT_COLUMNS * shown.depth.min(MAX_DEPTH)).min(columns / 2)
}
