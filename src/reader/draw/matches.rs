//! The list of all matches: a line of context each, under the sections that they are in.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::rows::{self, RowView};
use super::search::draw_pattern;
use super::{ClickMap, boxes};
use crate::layout::ruler;
use crate::reader::action::ClickTarget;
use crate::reader::app::App;
use crate::reader::draw::geometry::WIDEST_BOX;
use crate::reader::overlays::search::SearchPrompt;
use crate::search::{Match, MatchContext, context};

pub(crate) fn draw(app: &App, search: &SearchPrompt, buffer: &mut Buffer, clicks: &mut ClickMap) {
    let area = app.geometry().middle(WIDEST_BOX, u16::MAX);
    let inside = boxes::open(&app.theme, area, "Matches", buffer, clicks);
    if inside.is_empty() {
        return;
    }
    let top = Rect {
        height: 1,
        ..inside
    };
    let below = rows::shrunk_from_top(inside, 1);
    let selected = search.selected(app).unwrap_or(0);
    let row = |index: usize| {
        let is_selected = index == selected;
        match index.checked_sub(app.open.finder.len()) {
            Some(own) => shown_own(app, own, is_selected, below.width),
            None => shown(app, index, is_selected, below.width),
        }
    };
    rows::draw_window(&app.theme, row, selected, below, buffer, clicks);
    // Last, because what is typed has the cursor.
    draw_head(app, search, top, buffer, clicks);
}

/// The pattern, and behind it what was found.
fn draw_head(
    app: &App,
    search: &SearchPrompt,
    area: Rect,
    buffer: &mut Buffer,
    clicks: &mut ClickMap,
) {
    let (said, style) = match &search.fault {
        Some(fault) => (fault.clone(), app.theme.warning()),
        None => (count(app, search), app.theme.dim()),
    };
    let said = ruler::shorten(&said, area.width - area.width / 3);
    let columns = ruler::columns(&said);
    buffer.set_stringn(area.right() - columns, area.y, said, columns.into(), style);
    let pattern = Rect {
        width: area.width.saturating_sub(columns + 1),
        ..area
    };
    draw_pattern(&app.theme, search, pattern, buffer, clicks);
}

/// Which of how many matches is selected.
fn count(app: &App, search: &SearchPrompt) -> String {
    let (len, is_searching) = (search.len(app), app.open.finder.is_searching());
    match search.selected(app) {
        _ if app.open.finder.pattern().is_none() => "type to search".to_owned(),
        _ if is_searching && len == 0 => "searching…".to_owned(),
        _ if is_searching => format!("{len} so far"),
        Some(selected) if len > 0 => format!("{}/{len}", selected + 1),
        _ => "not found".to_owned(),
    }
}

/// One match as a row of so many columns. The first of a section has its name above it.
fn shown(app: &App, index: usize, is_selected: bool, columns: u16) -> Option<RowView<'_>> {
    let found = app.open.finder.nth(index)?;
    let before = index
        .checked_sub(1)
        .and_then(|before| app.open.finder.nth(before));
    let is_first = before.is_none_or(|before| before.section != found.section);
    let detail = detail(app, &found);
    let taken = rows::INDENT_COLUMNS
        + if detail.is_empty() {
            0
        } else {
            ruler::columns(&detail) + 1
        };
    let columns = columns.saturating_sub(taken);
    let context = context(app.open.document.paper(), found.passage, columns);
    Some(RowView {
        heading: heading(app, &found),
        begins: is_first,
        detail: detail.into(),
        ..row_with(app, &context, index, is_selected)
    })
}

/// A match in the reader's own notes, in the same way.
fn shown_own<'a>(
    app: &'a App,
    index: usize,
    is_selected: bool,
    columns: u16,
) -> Option<RowView<'a>> {
    let found = app.open.finder.own().get(index)?;
    let own = &app.open.shelf.annotations.own;
    let detail = own.on(found.key)?.mark.as_str();
    let taken = rows::INDENT_COLUMNS + ruler::columns(detail) + 1;
    let context = context(own.paper(), found.passage, columns.saturating_sub(taken));
    let row = app.open.finder.len() + index;
    Some(RowView {
        heading: Some("Your notes".to_owned()),
        begins: index == 0,
        detail: detail.into(),
        ..row_with(app, &context, row, is_selected)
    })
}

/// A row with a match among the words around it.
fn row_with<'a>(
    app: &'a App,
    words: &MatchContext,
    index: usize,
    is_selected: bool,
) -> RowView<'a> {
    let start = words.before.len();
    RowView {
        heading: None,
        begins: false,
        hit: start..start + words.hit.len(),
        text: format!("{}{}{}", words.before, words.hit, words.after).into(),
        detail: "".into(),
        below: &[],
        depth: 0,
        is_selected,
        style: rows::style_of_row(&app.theme, is_selected),
        quotation_marks: app.open.quotation_marks(),
        target: ClickTarget::Row(index),
    }
}

fn heading(app: &App, found: &Match) -> Option<String> {
    let section = app.open.document.paper().section(found.section?)?;
    Some(format!("§ {}", section.name().replace('\n', " ")))
}

/// The note or the paragraph that the match is in.
fn detail(app: &App, found: &Match) -> String {
    if let Some(note) = found
        .in_note
        .and_then(|note| app.open.document.paper().note(note))
    {
        return format!("note {}", note.number);
    }
    let block = app.open.document.paper().block(found.passage.start.block);
    match block.map_or(0, |block| block.paragraph) {
        0 => String::new(),
        number => format!("¶ {number}"),
    }
}
