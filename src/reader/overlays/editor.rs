//! What the reader writes about a bookmark: its label, or a note of one or more lines.

use ratatui::buffer::Buffer;

use super::{Overlay, Response};
use crate::reader::action::{Action, Effect, Motion, Notice};
use crate::reader::app::App;
use crate::reader::draw::{Hits, editor};
use crate::reader::keys::keymap::Context;
use crate::reader::open::annotations::{AnnotationAction, ShelfRequest};
use crate::reader::overlays::prompt::{Edit, Prompt};
use crate::reader::overlays::text_area::TextArea;
use crate::shelf::{AnnotationId, MOST_WORDS_BYTES};

/// A label or a note that is being typed.
#[derive(Debug)]
pub(crate) struct BookmarkEditor {
    bookmark: AnnotationId,
    /// What it was before.
    before: String,
    pub(crate) field: Field,
    /// Whether the reader is asked what becomes of what was typed.
    is_asking: bool,
}

/// What is typed, and where.
#[derive(Debug)]
pub(crate) enum Field {
    Label(Prompt),
    Note(TextArea),
}

impl BookmarkEditor {
    pub(crate) fn open_label(app: &App, id: &AnnotationId) -> Response {
        let Some(bookmark) = app.open.annotations.get(id) else {
            return Response::Consumed;
        };
        let label = bookmark.label.clone();
        let field = Field::Label(Prompt::new(label.clone()));
        Response::open(BookmarkEditor::new(id.clone(), label, field))
    }

    pub(crate) fn open_note(app: &App, id: &AnnotationId) -> Response {
        let Some(bookmark) = app.open.annotations.get(id) else {
            return Response::Consumed;
        };
        let note = bookmark.note.clone();
        let field = Field::Note(TextArea::new(note.clone()));
        Response::open(BookmarkEditor::new(id.clone(), note, field))
    }

    fn new(bookmark: AnnotationId, before: String, field: Field) -> Self {
        BookmarkEditor {
            bookmark,
            before,
            field,
            is_asking: false,
        }
    }

    fn text(&self) -> &str {
        match &self.field {
            Field::Label(prompt) => prompt.text(),
            Field::Note(text_area) => text_area.text(),
        }
    }

    fn insert(&mut self, text: &str, app: &mut App) {
        let has_room = match &mut self.field {
            _ if self.is_asking => return,
            Field::Label(prompt) => {
                prompt.insert(text);
                true
            }
            Field::Note(text_area) => text_area.insert(text),
        };
        if !has_room {
            app.notify(too_long("not added"));
        }
    }

    fn edit(&mut self, edit: Edit) {
        match &mut self.field {
            Field::Label(prompt) => prompt.edit(edit),
            Field::Note(text_area) => text_area.edit(edit),
        }
    }

    fn step(&mut self, motion: Motion) {
        if let (Field::Note(text_area), Motion::Line(direction)) = (&mut self.field, motion) {
            text_area.step(direction);
        }
    }

    fn save(&mut self, app: &mut App) -> Response {
        if matches!(&self.field, Field::Note(text_area) if text_area.is_too_long()) {
            // What was typed stays open, to be shortened.
            self.is_asking = false;
            app.notify(too_long("not saved"));
            return Response::Consumed;
        }
        let (id, text) = (self.bookmark.clone(), self.text().to_owned());
        app.request(Effect::Shelf(match self.field {
            Field::Label(_) => ShelfRequest::Rename(id, text),
            Field::Note(_) => ShelfRequest::Annotate(id, text),
        }));
        Response::Close
    }

    /// Asks what becomes of what was typed, if anything was; asked once more, lets the reader type
    /// on.
    fn leave(&mut self) -> Response {
        let was_asking = self.is_asking;
        self.is_asking = !was_asking && self.text() != self.before;
        match self.is_asking || was_asking {
            true => Response::Consumed,
            false => Response::Close,
        }
    }
}

impl Overlay for BookmarkEditor {
    fn context(&self) -> Context {
        match self.field {
            _ if self.is_asking => Context::Unsaved,
            Field::Label(_) => Context::Label,
            Field::Note(_) => Context::Annotation,
        }
    }

    fn hear(&mut self, action: &Action, app: &mut App) -> Response {
        match action {
            Action::Type(_) | Action::Paste(_) => {
                let text = action.text().unwrap_or_default();
                self.insert(&text, app);
            }
            Action::Annotation(AnnotationAction::NewLine) => self.insert("\n", app),
            Action::Edit(edit) => self.edit(*edit),
            Action::Move(motion) => self.step(*motion),
            Action::Annotation(AnnotationAction::Enter) => return self.save(app),
            Action::Discard => return Response::Close,
            Action::Close => return self.leave(),
            // What is being typed is not lost to a slip of the mouse.
            Action::Click(_) => {}
            _ => return Response::Ignored,
        }
        Response::Consumed
    }

    fn draw(&self, app: &App, buffer: &mut Buffer, hits: &mut Hits) {
        editor::draw(app, self, buffer, hits);
    }

    fn question(&self) -> Option<&'static str> {
        self.is_asking.then_some("save it?")
    }
}

fn too_long(what: &str) -> Notice {
    let limit = MOST_WORDS_BYTES >> 10;
    Notice::warning(format!("{what}: a note can have {limit} KiB at most"))
}
