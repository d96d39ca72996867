//! The text: the page's rows, the signs beside them, the section's title above.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{ClickMap, decorations, put};
use crate::layout::typography::typeset;
use crate::layout::{Line, ruler};
use crate::paper::BlockId;
use crate::reader::action::{ClickTarget, Focus};
use crate::reader::app::App;
use crate::reader::draw::geometry::{GUTTER, Geometry};
use crate::reader::open::decorations::{
    DecorationRole, HighlightLook, highlight_that_begins, is_target_lit,
    of_row as decorations_of_row,
};
use crate::reader::open::layout_cache::LaidOutRow;
use crate::reader::open::view::{SelectionEnd, Surface};
use crate::reader::overlays::note::popup::NotePopup;
use crate::reader::page::bookmarks::SIGN;
use crate::reader::theme::Theme;

/// Draws the page, with the marker lit that a note was opened from.
pub(super) fn draw(
    app: &App,
    note: Option<&NotePopup>,
    buffer: &mut Buffer,
    clicks: &mut ClickMap,
) {
    let page = app.open.view.page();
    draw_head(app, &page, buffer);
    let current = app.open.view.current_block();
    let geometry = app.geometry();
    let wide_columns = geometry.wide_text.width;
    let active = app.open.view.selection().map(|selection| selection.active);
    let (mut chosen, mut found, mut first, mut head) = (None, None, None, None);
    for (set, row) in page.iter().zip(geometry.rows_of_page(page.in_first())) {
        let is_current = current == set.row.block;
        let row = match set.line() {
            Some(line) if line.columns() > row.width => Rect {
                width: wide_columns,
                ..row
            },
            _ => row,
        };
        draw_signs(app, set, is_current, row, buffer);
        let drawn = draw_row(app, note, set, row, buffer, clicks);
        chosen = chosen.or(drawn.chosen);
        head = match active {
            Some(SelectionEnd::End) => drawn.head.or(head),
            _ => head.or(drawn.head),
        };
        if is_current && !set.is_blank() {
            found = found.or(drawn.current_match);
            first = first.or(Some(row));
        }
    }
    for (column, set) in geometry.columns().zip(page.columns()) {
        draw_figures(app, set, column, buffer, clicks);
    }
    draw_line_between(&app.theme, &geometry, buffer);
    let place = head.or(chosen).or(found).or(first).unwrap_or(geometry.text);
    clicks.put_cursor(place.x, place.y);
    draw_scrollbar(app, &page, buffer, clicks);
}

/// What parts the columns of a spread.
fn draw_line_between(theme: &Theme, geometry: &Geometry, buffer: &mut Buffer) {
    for cell in geometry.line_between().into_iter().flat_map(Rect::rows) {
        buffer.set_stringn(cell.x, cell.y, "│", 1, theme.dim());
    }
}

/// Draws the images that stand in a column of the text, as far as their rows are on the screen.
fn draw_figures(
    app: &App,
    page: &[LaidOutRow],
    text: Rect,
    buffer: &mut Buffer,
    clicks: &mut ClickMap,
) {
    // Notes at the foot stand below the page, and no figure reaches into them.
    let height = u16::try_from(page.len()).map_or(text.height, |rows| rows.min(text.height));
    let text = Rect { height, ..text };
    let rows = page.iter().zip(text.rows());
    let mut before = None;
    for (set, row) in rows {
        let block = set.row.block;
        let is_first = before.replace(block) != Some(block);
        let Some(picture) = app.open.figures.picture(block) else {
            continue;
        };
        let rows = app.open.view.image_rows(block);
        let begins = set.layout.lead.saturating_sub(rows);
        // Where its first rows are above the screen, it goes on in the first one that is not.
        let above = match set.row.line.checked_sub(begins) {
            Some(0) => 0,
            Some(above) if is_first && above < rows => above,
            _ => continue,
        };
        let height = u16::try_from(rows - above).unwrap_or(u16::MAX);
        let area = Rect { height, ..row }.intersection(text);
        let above = u16::try_from(above).unwrap_or(u16::MAX);
        let at = picture.draw_from(above, area, buffer);
        clicks.put_picture(at, picture);
    }
}

/// The title of the section being read, once its heading has scrolled away.
fn draw_head(app: &App, page: &[LaidOutRow], buffer: &mut Buffer) {
    let geometry = app.geometry();
    // The one that the footer and the outline name.
    let section = app
        .open
        .section()
        .and_then(|id| app.open.document.paper().section(id));
    let Some(section) = section.filter(|section| !section.title.is_empty()) else {
        return;
    };
    let heading = BlockId(section.blocks.start);
    let is_in_sight = page
        .iter()
        .any(|set| set.row.block == heading && !set.is_blank());
    if geometry.head.is_empty() || is_in_sight {
        return;
    }
    let text = geometry.whole_text();
    let title = typeset(section.name(), app.open.quotation_marks());
    buffer.set_stringn(
        text.x,
        geometry.head.y,
        ruler::shorten(&title, text.width),
        text.width.into(),
        app.theme.current(),
    );
}

/// Cells of a row where the terminal's cursor may be put.
struct DrawnRow {
    /// Those of the chosen marker, link or mention.
    chosen: Option<Rect>,
    /// Those of the match that the reader is at.
    current_match: Option<Rect>,
    /// That of the selection's end that keys move.
    head: Option<Rect>,
}

fn draw_row(
    app: &App,
    note: Option<&NotePopup>,
    set: &LaidOutRow,
    area: Rect,
    buffer: &mut Buffer,
    clicks: &mut ClickMap,
) -> DrawnRow {
    let block = set.row.block;
    let left = area.x.saturating_sub(GUTTER);
    let with_gutter = Rect {
        x: left,
        width: area.right() - left,
        ..area
    };
    clicks.add(with_gutter, ClickTarget::Paragraph(block));
    clicks.add_text(area, set.clone(), Surface::Page);
    let is_lit = |focus| is_target_lit(&app.open, note, block, focus);
    let _ = draw_runs(
        &app.theme,
        set.line(),
        area,
        buffer,
        clicks,
        is_lit,
        |focus| ClickTarget::Target(block, focus),
    );
    let found = decorations_of_row(&app.open, note, set);
    let drawn = match set.line() {
        Some(line) => decorations::draw(&app.theme, &found, line, area, buffer),
        None => Vec::new(),
    };
    for (role, cells) in &drawn {
        if let DecorationRole::Mention { index, .. } = *role {
            clicks.add(*cells, ClickTarget::Target(block, Focus::Mention(index)));
        }
    }
    DrawnRow {
        chosen: chosen_cells(app, set, area, &drawn),
        current_match: decorations::cells_of_current_match(&drawn),
        head: app
            .open
            .view
            .selection()
            .and_then(|selection| decorations::cell_of_head(&drawn, selection.active)),
    }
}

/// The cells of a row that show the chosen marker, link or mention.
fn chosen_cells(
    app: &App,
    set: &LaidOutRow,
    area: Rect,
    drawn: &[(DecorationRole, Rect)],
) -> Option<Rect> {
    let (_, chosen) = app
        .open
        .view
        .chosen()
        .filter(|(block, focus)| *block == set.row.block || matches!(focus, Focus::Kept(_)))?;
    let mut runs = set.line().into_iter().flat_map(|line| &line.runs);
    let run = runs.find(|run| Focus::from_part(run.role.part) == Some(chosen));
    if let Some(run) = run {
        return Some(columns_of(area, run.column, run.columns));
    }
    let is_chosen = |role: &DecorationRole| match *role {
        DecorationRole::Mention { index, .. } => Focus::Mention(index) == chosen,
        DecorationRole::Chosen => true,
        _ => false,
    };
    let mention = drawn.iter().find(|(role, _)| is_chosen(role));
    mention.map(|(_, cells)| *cells)
}

/// Draws the runs of a row, whether of the page or of a note, those that `is_lit` names lit.
/// `hit` says what a click on a marker or link means. Gives the cells of the first that is lit.
pub(super) fn draw_runs(
    theme: &Theme,
    line: Option<&Line>,
    area: Rect,
    buffer: &mut Buffer,
    clicks: &mut ClickMap,
    is_lit: impl Fn(Focus) -> bool,
    hit: impl Fn(Focus) -> ClickTarget,
) -> Option<Rect> {
    let mut lit = None;
    for run in line.into_iter().flat_map(|line| &line.runs) {
        let place = columns_of(area, run.column, run.columns);
        let focus = Focus::from_part(run.role.part);
        let style = if focus.is_some_and(&is_lit) {
            lit = lit.or(Some(place));
            theme.run(run.role).patch(theme.lit())
        } else {
            theme.run(run.role)
        };
        put(buffer, place.as_position(), &run.text, place.width, style);
        if let Some(focus) = focus {
            clicks.add(place, hit(focus));
        }
    }
    lit
}

/// So many columns of a row, as far as it has them.
fn columns_of(area: Rect, column: u16, columns: u16) -> Rect {
    Rect {
        x: area.x.saturating_add(column),
        width: columns,
        ..area
    }
    .intersection(area)
}

/// What stands beside the rows of a paragraph that has changed a moment ago.
const CHANGED: &str = "+";

/// The bar beside the current paragraph, the mark where the screen before ended, and bookmarks.
fn draw_signs(app: &App, set: &LaidOutRow, is_current: bool, area: Rect, buffer: &mut Buffer) {
    let Some(gutter) = area.x.checked_sub(GUTTER) else {
        return;
    };
    let left = app.geometry().desk.x;
    if set.is_blank() || gutter < left {
        return;
    }
    if app.open.view.page_break() == Some(set.position()) {
        buffer.set_stringn(gutter, area.y, "╶╴", GUTTER.into(), app.theme.sign());
    } else if is_current {
        buffer.set_stringn(gutter, area.y, "▎", GUTTER.into(), app.theme.sign());
    }
    let highlight = highlight_that_begins(&app.open, set).map(HighlightLook::sign);
    let (sign, style) = match (is_bookmarked(app, set), highlight) {
        (true, _) => (SIGN, app.theme.bookmark()),
        (false, Some(sign)) => (sign, app.theme.sign()),
        (false, None) if app.open.is_changed(set.row.block) => (CHANGED, app.theme.sign()),
        (false, None) => return,
    };
    // Where there is no room beside the bar the sign takes its place, and is lit instead.
    let beside = gutter.checked_sub(GUTTER).filter(|&beside| beside >= left);
    let style = match beside {
        None if is_current => style.patch(app.theme.lit()),
        _ => style,
    };
    buffer.set_stringn(beside.unwrap_or(gutter), area.y, sign, 1, style);
}

/// Whether a bookmark stands on this row.
fn is_bookmarked(app: &App, set: &LaidOutRow) -> bool {
    let block = set.row.block.0;
    let mut bookmarks = app
        .open
        .shelf
        .annotations
        .in_blocks(block..block + 1)
        .iter();
    bookmarks.any(|bookmark| {
        let offset = bookmark.position().map_or(0, |position| position.offset);
        set.layout.line_of(offset) == set.row.line
    })
}

/// How far the text is, as a bar at the right edge. It goes by text, not by lines, so that it
/// costs nothing to know.
fn draw_scrollbar(app: &App, page: &[LaidOutRow], buffer: &mut Buffer, clicks: &mut ClickMap) {
    let area = app.geometry().scrollbar;
    let (Some(first), total) = (page.first(), app.open.document.paper().bytes()) else {
        return;
    };
    let end = app
        .open
        .view
        .position_below()
        .map_or(total, |below| app.open.document.paper().bytes_before(below));
    let thumb = Thumb::new(
        app.open.document.paper().bytes_before(first.position()),
        end,
        total,
        area.height,
    );
    let marks = rows_of_bookmarks(app, total, area.height.into());
    for (index, cell) in area.rows().enumerate() {
        let (symbol, style) = match thumb.covers(index) {
            _ if marks.contains(&index) => (SIGN, app.theme.bookmark()),
            true => ("┃", Style::new()),
            false => ("│", app.theme.dim()),
        };
        buffer.set_stringn(cell.x, cell.y, symbol, cell.width.into(), style);
        let row = cell.y - area.y;
        let rows = area.height;
        clicks.add(cell, ClickTarget::Scrollbar { row, rows });
    }
}

/// The rows of a scrollbar that stand for passages with bookmarks. However many there are, only
/// as many are looked at as there are rows.
fn rows_of_bookmarks(app: &App, total: usize, rows: usize) -> Vec<usize> {
    let mut bookmarks = app.open.shelf.annotations.found();
    let mut found = Vec::new();
    while let Some(first) = bookmarks.first().and_then(|bookmark| bookmark.position()) {
        let row_of = |bytes: usize| bytes.saturating_mul(rows).checked_div(total).unwrap_or(0);
        let row = row_of(app.open.document.paper().bytes_before(first));
        found.push(row);
        let others = bookmarks.partition_point(|bookmark| {
            bookmark.position().is_some_and(|position| {
                row_of(app.open.document.paper().bytes_before(position)) <= row
            })
        });
        bookmarks = bookmarks.get(others.max(1)..).unwrap_or_default();
    }
    found
}

/// The rows of a scrollbar that stand for what is in sight.
struct Thumb {
    first: usize,
    last: usize,
}

impl Thumb {
    /// For the bytes from `start` to `end` of `total`, on a bar of so many rows.
    fn new(start: usize, end: usize, total: usize, rows: u16) -> Self {
        let rows = usize::from(rows);
        let row = |bytes: usize| bytes.saturating_mul(rows).checked_div(total).unwrap_or(0);
        let first = row(start).min(rows.saturating_sub(1));
        let last = row(end.saturating_sub(1)).max(first);
        Thumb { first, last }
    }

    fn covers(&self, row: usize) -> bool {
        (self.first..=self.last).contains(&row)
    }
}
