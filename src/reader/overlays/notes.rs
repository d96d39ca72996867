//! The list of all notes, the author's and the reader's own.

use super::{Overlay, Response};
use crate::paper::{Note, NoteId, Paper};
use crate::reader::action::{Action, Notice};
use crate::reader::app::App;
use crate::reader::keys::keymap::Context;
use crate::reader::open::own_notes::{OwnNote, OwnNotes};
use crate::reader::overlays::list::{List, ListRow, RowTarget};
use crate::reader::overlays::note::popup::PopupContent;

/// The most of a note's text that a row has, in bytes.
const MAX_ROW_BYTES: usize = 240;

/// All notes of the paper.
#[derive(Debug)]
pub(crate) struct NoteList(List);

impl NoteList {
    /// Opens the list with the nearest note selected.
    pub(crate) fn open(app: &mut App) -> Response {
        let paper = app.open.document.paper();
        let own = &app.open.shelf.annotations.own;
        if paper.notes.is_empty() && own.is_empty() {
            app.notify(Notice::plain("this paper has no notes"));
            return Response::Consumed;
        }
        let nearest = app.open.nearest_opening();
        let mut list = List::new("Notes", rows(paper, own), 0);
        match nearest.map(|(step, _)| step) {
            Some(PopupContent::Own(key)) => list.select_goal(&RowTarget::OwnNote(key)),
            Some(step) => {
                if let Some(note) = step.note() {
                    list.select_goal(&RowTarget::Note(note));
                }
            }
            None => {}
        }
        Response::open(NoteList(list))
    }
}

impl Overlay for NoteList {
    fn context(&self) -> Context {
        Context::List
    }

    fn handle(&mut self, action: &Action, app: &mut App) -> Response {
        self.0.hear_and_go(action, app)
    }

    fn list(&self) -> Option<&List> {
        Some(&self.0)
    }
}

/// The author's notes by number; the reader's own stand before the first of them that is cited
/// after their place, and those that are lost come last.
fn rows(paper: &Paper, own: &OwnNotes) -> Vec<ListRow> {
    let mut rows = Vec::with_capacity(paper.notes.len());
    let mut own = own.iter().peekable();
    for (index, note) in paper.notes.iter().enumerate() {
        let cited = note.cited_in.first();
        let is_before = |own: &&OwnNote| {
            own.place
                .zip(cited)
                .is_some_and(|(own, cited)| own < *cited)
        };
        while let Some(own) = own.next_if(is_before) {
            rows.push(own_row(own));
        }
        rows.push(row(paper, NoteId(index), note));
    }
    rows.extend(own.map(own_row));
    rows
}

/// A row of a note of the reader's.
fn own_row(note: &OwnNote) -> ListRow {
    let line = note.text.lines().find(|line| !line.trim().is_empty());
    let line = line.unwrap_or_default();
    let cut = line.get(..line.floor_char_boundary(MAX_ROW_BYTES));
    let detail = if note.place.is_some() {
        "yours"
    } else {
        "yours · lost"
    };
    ListRow {
        detail: detail.to_owned(),
        ..ListRow::new(
            format!("{}  {}", note.mark, cut.unwrap_or(line)),
            RowTarget::OwnNote(note.key),
        )
    }
}

fn row(paper: &Paper, id: NoteId, note: &Note) -> ListRow {
    let first = paper.blocks.get(note.blocks.start);
    let text = first.map_or("", |block| block.text.as_str());
    let cut = text.get(..text.floor_char_boundary(MAX_ROW_BYTES));
    let number = note.number.to_string();
    ListRow {
        // A label that is a word is worth saying beside the number.
        detail: if note.label == number {
            String::new()
        } else {
            note.label.clone()
        },
        ..ListRow::new(
            format!("{number}  {}", cut.unwrap_or(text)),
            RowTarget::Note(id),
        )
    }
}
