//! An open note in its box.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::page::draw_runs;
use super::search::light_matches;
use super::{Hits, boxes};
use crate::layout::ruler;
use crate::paper::NoteId;
use crate::reader::link;
use crate::reader::popup::Popup;
use crate::reader::state::State;
use crate::reader::theme;

pub(super) fn draw(state: &State, popup: &Popup, buffer: &mut Buffer, hits: &mut Hits) {
    let Some(open) = state.lay_out_popup(popup) else {
        return;
    };
    if open.area.is_empty() {
        return;
    }
    let inside = boxes::open(open.area, &title(state, popup), buffer, hits);
    let text = Rect {
        x: inside.x + 1.min(inside.width),
        width: inside.width.saturating_sub(2),
        ..inside
    };
    for (set, row) in open.rows.iter().zip(text.rows()) {
        draw_runs(set, row, buffer, hits, |_| false);
        light_matches(state, set, row, false, buffer);
    }
    if open.area.height >= 3 {
        draw_foot(state, popup, open.goes_on, open.area, buffer);
    }
}

/// The notes that led here and this one's number: `21 › 8`; and its label if that is a word.
fn title(state: &State, popup: &Popup) -> String {
    let name = |&id: &NoteId| {
        state
            .paper
            .note(id)
            .map_or_else(String::new, |note| note.number.to_string())
    };
    let trail: Vec<String> = popup.trail().iter().map(name).collect();
    let label = state
        .paper
        .note(popup.note())
        .filter(|note| note.label != note.number.to_string());
    match label {
        Some(note) => format!("{} · {}", trail.join(" › "), note.label),
        None => trail.join(" › "),
    }
}

/// On the frame's lower edge: the note's links by number, and whether there is more of it.
fn draw_foot(state: &State, popup: &Popup, goes_on: bool, area: Rect, buffer: &mut Buffer) {
    let edge = Rect {
        y: area.bottom() - 1,
        height: 1,
        ..area
    };
    let more = match (popup.scrolled > 0, goes_on) {
        (_, true) => " ▾ more: j ",
        (true, false) => " ▴ end ",
        (false, false) => "",
    };
    let columns = ruler::columns(more);
    let start = edge.right().saturating_sub(columns + 2).max(edge.x);
    buffer.set_stringn(start, edge.y, more, columns.into(), theme::title());
    let room = start.saturating_sub(edge.x + 2);
    let links = links(state, popup.note(), room);
    let links = ruler::shorten(&links, room);
    buffer.set_stringn(
        (edge.x + 2).min(edge.right()),
        edge.y,
        links,
        room.into(),
        theme::dim(),
    );
}

/// ` o: 1 reuters.com/world  2 kremlin.ru/supplement/5920 `, each cut to its share of the room;
/// nothing for a note without links.
fn links(state: &State, note: NoteId, room: u16) -> String {
    let note = state.paper.note(note);
    let blocks = note.and_then(|note| state.paper.blocks.get(note.blocks.clone()));
    let addresses: Vec<&str> = blocks
        .into_iter()
        .flatten()
        .flat_map(link::addresses)
        .collect();
    let Ok(count @ 1..) = u16::try_from(addresses.len()) else {
        return String::new();
    };
    let share = (room / count).saturating_sub(4).max(8);
    let numbered = addresses.iter().enumerate();
    let numbered = numbered.map(|(index, address)| {
        format!(
            "{} {}",
            index + 1,
            ruler::shorten_inside(link::without_scheme(address), share)
        )
    });
    format!(" o: {} ", numbered.collect::<Vec<_>>().join("  "))
}
