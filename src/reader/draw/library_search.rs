//! The search of all papers: what is typed, and what is found, under the papers and sections that
//! it is in.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::rows::{self, RowView};
use super::search::{draw_typed, sign_of};
use super::{ClickMap, boxes};
use crate::layout::{QuotationMarks, ruler};
use crate::reader::action::ClickTarget;
use crate::reader::app::App;
use crate::reader::draw::geometry::WIDEST_BOX;
use crate::reader::library_search::LibraryMatch;
use crate::reader::overlays::library_search::LibrarySearch;

/// Columns that are left to the note or paragraph beside a match, with the gap before it.
const DETAIL_COLUMNS: u16 = 10;

/// Columns that a match has with the words around it, as the screen is now.
pub(crate) fn match_columns(app: &App) -> u16 {
    let area = app.geometry().middle(WIDEST_BOX, u16::MAX);
    let frame = 2;
    let taken = frame + rows::INDENT_COLUMNS + DETAIL_COLUMNS;
    area.width.saturating_sub(taken)
}

pub(crate) fn draw(app: &App, search: &LibrarySearch, buffer: &mut Buffer, clicks: &mut ClickMap) {
    let area = app.geometry().middle(WIDEST_BOX, u16::MAX);
    let title = "Search in all papers";
    let inside = boxes::open(&app.theme, area, title, buffer, clicks);
    if inside.is_empty() {
        return;
    }
    let top = Rect {
        height: 1,
        ..inside
    };
    let below = rows::shrunk_from_top(inside, 1);
    let selected = search.selected();
    let row = |index: usize| shown(app, search, index, below.width);
    rows::draw_window(&app.theme, row, selected, below, buffer, clicks);
    if search.matches.is_empty() {
        draw_hint(app, search, below, buffer);
    }
    // Last, because what is typed has the cursor.
    draw_head(app, search, top, buffer, clicks);
}

/// The pattern, and behind it what was found.
fn draw_head(
    app: &App,
    search: &LibrarySearch,
    area: Rect,
    buffer: &mut Buffer,
    clicks: &mut ClickMap,
) {
    let (said, style) = match &search.fault {
        Some(fault) => (fault.clone(), app.theme.warning()),
        None => (said(search), app.theme.dim()),
    };
    let said = ruler::shorten(&said, area.width - area.width / 3);
    let columns = ruler::columns(&said);
    buffer.set_stringn(area.right() - columns, area.y, said, columns.into(), style);
    let sign = sign_of(search.mode);
    let width = area.width.saturating_sub(columns + 1);
    let (start, _) = buffer.set_stringn(area.x, area.y, sign, width.into(), app.theme.key());
    let typed = Rect {
        x: start,
        width: (area.x + width).saturating_sub(start),
        ..area
    };
    draw_typed(&app.theme, &search.prompt, typed, buffer, clicks);
}

/// How much was found, and how far the search is.
fn said(search: &LibrarySearch) -> String {
    let progress = &search.progress;
    let papers = match progress.with_matches {
        1 => "1 paper".to_owned(),
        count => format!("{count} papers"),
    };
    let found = match progress.matches {
        0 => String::new(),
        matches => format!("{matches} in {papers}"),
    };
    let unread = match progress.unread {
        0 => String::new(),
        count => format!(" · {count} cannot be read"),
    };
    if search.prompt.text().is_empty() {
        return "type to search".to_owned();
    }
    match (progress.is_done, found.is_empty()) {
        (false, _) if progress.papers == 0 => "searching…".to_owned(),
        (false, true) => format!("{} of {} papers…", progress.searched, progress.papers),
        (false, false) => format!("{found} · {} of {}…", progress.searched, progress.papers),
        (true, true) => format!("not found{unread}"),
        (true, false) if progress.is_cut => format!("{found}, and more"),
        (true, false) => format!("{found}{unread}"),
    }
}

/// What there is to search, while nothing is typed.
fn draw_hint(app: &App, search: &LibrarySearch, area: Rect, buffer: &mut Buffer) {
    let hints = [
        "All papers that you have read, with their notes,",
        "and what you have highlighted and written in them.",
    ];
    if !search.prompt.text().is_empty() {
        return;
    }
    let rows = rows::shrunk_from_top(area, 1);
    for (hint, row) in hints.iter().zip(rows.rows()) {
        buffer.set_stringn(row.x, row.y, hint, row.width.into(), app.theme.dim());
    }
}

/// One match as a row. The first of a paper has its title above it, with the section.
fn shown<'a>(
    app: &App,
    search: &'a LibrarySearch,
    index: usize,
    columns: u16,
) -> Option<RowView<'a>> {
    let found = search.matches.get(index)?;
    let is_selected = index == search.selected();
    let before = index
        .checked_sub(1)
        .and_then(|before| search.matches.get(before));
    let is_same =
        |before: &LibraryMatch| before.paper == found.paper && before.section == found.section;
    let heading = if found.section.is_empty() {
        found.paper.to_string()
    } else {
        // A long title leaves room for the section.
        let section = ruler::shorten(&found.section, columns / 2);
        let room = columns.saturating_sub(ruler::columns(&section) + 3);
        let title = ruler::shorten(&found.paper, room);
        format!("{title} · {section}")
    };
    let start = found.before.len();
    Some(RowView {
        heading: Some(heading),
        begins: !before.is_some_and(is_same),
        hit: start..start + found.hit.len(),
        text: format!("{}{}{}", found.before, found.hit, found.after).into(),
        detail: found.detail.as_str().into(),
        below: &[],
        depth: 0,
        is_selected,
        style: rows::style_of_row(&app.theme, is_selected),
        // They are of papers in any language.
        quotation_marks: QuotationMarks::default(),
        target: ClickTarget::Row(index),
    })
}
