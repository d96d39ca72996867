//! The list of all notes.

use ratatui::buffer::Buffer;

use super::{Overlay, Response};
use crate::paper::{Note, NoteId, Paper};
use crate::reader::action::{Action, Notice};
use crate::reader::app::App;
use crate::reader::draw::{Hits, boxes};
use crate::reader::keys::keymap::Context;
use crate::reader::overlays::list::{Goal, List, ListRow};

/// The most of a note's text that a row has, in bytes.
const MAX_ROW_BYTES: usize = 240;

/// All notes of the paper.
#[derive(Debug)]
pub(crate) struct NoteList(List);

impl NoteList {
    /// Opens the list with the nearest note selected.
    pub(crate) fn open(app: &mut App) -> Response {
        let paper = app.open.document.paper();
        if paper.notes.is_empty() {
            app.notify(Notice::plain("this paper has no notes"));
            return Response::Consumed;
        }
        let nearest = app.open.nearest_opening();
        let nearest = nearest.and_then(|(step, _)| step.note());
        let notes = paper.notes.iter().enumerate();
        let rows = notes.map(|(index, note)| row(paper, NoteId(index), note));
        let selected = nearest.map_or(0, |note| note.0);
        Response::open(NoteList(List::new("Notes", rows.collect(), selected)))
    }
}

impl Overlay for NoteList {
    fn context(&self) -> Context {
        Context::List
    }

    fn hear(&mut self, action: &Action, app: &mut App) -> Response {
        self.0.hear_and_go(action, app)
    }

    fn draw(&self, app: &App, buffer: &mut Buffer, hits: &mut Hits) {
        boxes::draw_list(app, &self.0, buffer, hits);
    }

    fn can_do(&self, action: &Action, _: &App) -> bool {
        self.0.can_do(action)
    }

    fn list(&self) -> Option<&List> {
        Some(&self.0)
    }
}

fn row(paper: &Paper, id: NoteId, note: &Note) -> ListRow {
    let first = paper.blocks.get(note.blocks.start);
    let text = first.map_or("", |block| block.text.as_str());
    let cut = text.get(..text.floor_char_boundary(MAX_ROW_BYTES));
    let number = note.number.to_string();
    ListRow {
        // A label that is a word is worth saying beside the number.
        detail: match note.label == number {
            true => String::new(),
            false => note.label.clone(),
        },
        ..ListRow::new(format!("{number}  {}", cut.unwrap_or(text)), Goal::Note(id))
    }
}
