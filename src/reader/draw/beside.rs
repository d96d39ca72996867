//! The notes that stand in the margin or at the foot of the page.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::note::{head_among, is_chosen};
use super::page::draw_runs;
use super::{ClickMap, decorations};
use crate::reader::action::ClickTarget;
use crate::reader::app::App;
use crate::reader::draw::geometry::GUTTER;
use crate::reader::open::decorations::of_note_row;
use crate::reader::open::sidenotes::{ColumnNotes, PlacedNote};
use crate::reader::open::view::Surface;
use crate::reader::overlays::note::popup::{NotePopup, PopupContent};
use crate::reader::theme::Theme;

/// Draws the notes, but for those that an open note would cover.
pub(super) fn draw(
    app: &App,
    open: Option<&NotePopup>,
    buffer: &mut Buffer,
    clicks: &mut ClickMap,
) {
    let geometry = app.geometry();
    let beside = app.beside(open);
    let covered = open.and_then(|open| open.lay_out(app));
    let covered = covered.map_or(Rect::ZERO, |open| open.area);
    let places = geometry.columns().zip(geometry.margins());
    for (standing, (column, margin)) in beside.columns.iter().zip(places) {
        if standing.notes.is_empty() {
            continue;
        }
        let area = if margin.is_empty() {
            draw_foot_line(&app.theme, standing, column, buffer)
        } else {
            margin
        };
        for note in standing
            .notes
            .iter()
            .filter(|note| !area_of(note, area).intersects(covered))
        {
            let look = match open.filter(|open| shows(open, note.note)) {
                Some(popup) if beside.open == Some(note.note) => Look::Open(popup),
                Some(_) => Look::Elsewhere,
                None => Look::Closed,
            };
            draw_note(app, note, &look, area, buffer, clicks);
        }
        if !margin.is_empty() && standing.left_out > 0 {
            draw_left_out(&app.theme, standing.left_out, area, buffer);
        }
    }
}

/// Whether an open box shows a note, also for the sake of a source in it.
fn shows(open: &NotePopup, note: PopupContent) -> bool {
    open.step() == note || (note.note().is_some() && open.note() == note.note())
}

/// At the margin's end: how many notes find no room.
fn draw_left_out(theme: &Theme, count: usize, margin: Rect, buffer: &mut Buffer) {
    if let Some(row) = margin.rows().next_back() {
        let words = format!("… {count} more on this page");
        buffer.set_stringn(row.x, row.y, words, row.width.into(), theme.dim());
    }
}

/// The short line that parts the foot from the text, as in print. Gives the room below it.
fn draw_foot_line(
    theme: &Theme,
    standing: &ColumnNotes,
    column: Rect,
    buffer: &mut Buffer,
) -> Rect {
    let rows = standing
        .notes
        .last()
        .map_or(0, |last| last.row + last.rows.len());
    let height = u16::try_from(rows)
        .unwrap_or(u16::MAX)
        .min(column.height.saturating_sub(1));
    let foot = Rect {
        y: column.bottom() - height,
        height,
        ..column
    };
    let mut line = "─".repeat(usize::from(column.width / 3));
    if standing.left_out > 0 {
        line.push_str(&format!(" {} more on this page", standing.left_out));
    }
    buffer.set_stringn(
        foot.x,
        foot.y.saturating_sub(1),
        line,
        foot.width.into(),
        theme.dim(),
    );
    foot
}

/// How a note is drawn: as one that is open here or in a box of its own, or as any.
enum Look<'a> {
    Open(&'a NotePopup),
    Elsewhere,
    Closed,
}

fn draw_note(
    app: &App,
    note: &PlacedNote,
    look: &Look<'_>,
    area: Rect,
    buffer: &mut Buffer,
    clicks: &mut ClickMap,
) {
    let hit = match note.note {
        PopupContent::Own(key) => Some(ClickTarget::OwnNote(key)),
        step => step.note().map(ClickTarget::Note),
    };
    if let Some(hit) = hit {
        clicks.add(area_of(note, area), hit);
    }
    let chosen = match look {
        Look::Open(popup) => app.open.chosen_step(popup),
        _ => None,
    };
    let (mut chosen_cells, mut head) = (None, None);
    let surface = note.note.note().map(Surface::Beside);
    let rows = area.rows().skip(note.row);
    for (index, (set, row)) in note.rows.iter().zip(rows).enumerate() {
        if let Some(surface) = surface
            && let Some(words) = set.text_on(surface, app.open.document.paper())
        {
            clicks.add_text(row, words, surface);
        }
        let lit = draw_runs(
            &app.theme,
            set.line(),
            row,
            buffer,
            clicks,
            |focus| is_chosen(app, chosen, &set.part, focus),
            |focus| set.hit(focus),
        );
        chosen_cells = chosen_cells.or(lit);
        if let Look::Open(_) = look {
            let bar = row.x.saturating_sub(GUTTER);
            buffer.set_stringn(bar, row.y, "▎", GUTTER.into(), app.theme.sign());
        }
        if !matches!(look, Look::Closed) {
            buffer.set_style(row, app.theme.title());
        }
        if let Some(line) = set.line() {
            let lies_over = of_note_row(&app.open, &set.part, line);
            let drawn = decorations::draw(&app.theme, &lies_over, line, row, buffer);
            head = head_among(app, &drawn, head);
        }
        let last_run = set.line().and_then(|line| line.runs.last());
        let is_said = last_run.is_some_and(|run| run.text.ends_with('…'));
        if note.is_cut && !is_said && index + 1 == note.rows.len() {
            let columns = set.line().map_or(0, crate::layout::Line::columns);
            draw_ellipsis(&app.theme, columns, row, buffer);
        }
    }
    if let Look::Open(popup) = look {
        let chosen = chosen_cells.filter(|_| popup.chosen().is_some());
        let place = chosen.unwrap_or_else(|| area_of(note, area));
        clicks.put_cursor(place.x, place.y);
    }
    let selected_on = app.open.view.selection().map(|it| it.surface);
    if let Some(head) = head.filter(|_| selected_on == surface) {
        clicks.put_cursor(head.x, head.y);
    }
}

/// Where in the margin or at the foot a note stands. A part of one would say nothing beside an
/// open note that covers the rest.
fn area_of(note: &PlacedNote, area: Rect) -> Rect {
    let first = area.rows().nth(note.row).unwrap_or(Rect::ZERO);
    let height = u16::try_from(note.rows.len()).unwrap_or(u16::MAX);
    Rect { height, ..first }.intersection(area)
}

/// `…` after the last words that there was room for, or over the last of them.
fn draw_ellipsis(theme: &Theme, columns: u16, row: Rect, buffer: &mut Buffer) {
    let at = columns.min(row.width.saturating_sub(1));
    let room = row.width - at;
    buffer.set_stringn(row.x + at, row.y, "…", room.into(), theme.title());
}
