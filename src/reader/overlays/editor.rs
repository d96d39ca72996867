//! What the reader writes about something kept: its label, or a note of one or more lines.

use ratatui::buffer::Buffer;

use super::{Overlay, Response};
use crate::paper::Passage;
use crate::reader::action::{Action, Effect, Motion, Notice};
use crate::reader::app::App;
use crate::reader::draw::{ClickMap, editor};
use crate::reader::keys::keymap::Context;
use crate::reader::open::annotations::{AnnotationAction, ShelfRequest};
use crate::reader::overlays::prompt::{Prompt, PromptEdit};
use crate::reader::overlays::text_area::TextArea;
use crate::shelf::{AnnotationId, MAX_NOTE_BYTES};

/// A label or a note that is being typed.
#[derive(Debug)]
pub(crate) struct AnnotationEditor {
    subject: Subject,
    /// What it was before.
    before: String,
    pub(crate) field: Field,
    /// Whether the reader is asked what becomes of what was typed.
    is_asking: bool,
}

/// What a label or a note is written about.
#[derive(Debug)]
enum Subject {
    Kept(AnnotationId),
    /// A passage that nothing is kept about yet.
    New(Passage),
}

/// What is typed, and where.
#[derive(Debug)]
pub(crate) enum Field {
    Label(Prompt),
    Note(TextArea),
}

impl AnnotationEditor {
    pub(crate) fn open_label(app: &App, id: &AnnotationId) -> Response {
        let Some(annotation) = app.open.shelf.annotations.get(id) else {
            return Response::Consumed;
        };
        let label = annotation.label.clone();
        let field = Field::Label(Prompt::new(label.clone()));
        let subject = Subject::Kept(id.clone());
        Response::open(AnnotationEditor::new(subject, label, field))
    }

    pub(crate) fn open_note(app: &App, id: &AnnotationId) -> Response {
        let Some(annotation) = app.open.shelf.annotations.get(id) else {
            return Response::Consumed;
        };
        let note = annotation.note.clone();
        let field = Field::Note(TextArea::new(note.clone()));
        let subject = Subject::Kept(id.clone());
        Response::open(AnnotationEditor::new(subject, note, field))
    }

    /// Opens a note on a passage that nothing is kept about yet.
    pub(crate) fn open_new_note(passage: Passage) -> Response {
        let field = Field::Note(TextArea::default());
        let subject = Subject::New(passage);
        Response::open(AnnotationEditor::new(subject, String::new(), field))
    }

    /// The passage that it is about, if that is in the paper.
    pub(crate) fn passage(&self, app: &App) -> Option<Passage> {
        match &self.subject {
            Subject::Kept(id) => app.open.shelf.annotations.get(id)?.found.passage(),
            Subject::New(passage) => Some(*passage),
        }
    }

    fn new(subject: Subject, before: String, field: Field) -> Self {
        AnnotationEditor {
            subject,
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

    fn edit(&mut self, edit: PromptEdit) {
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
        if let Some(request) = self.request() {
            app.request(Effect::Shelf(request));
        }
        app.open.view.end_selection();
        Response::Close
    }

    /// What is asked of the shelf to keep what was typed; nothing for a new note without words.
    fn request(&self) -> Option<ShelfRequest> {
        let text = self.text().to_owned();
        let is_empty = text.trim().is_empty();
        Some(match (&self.subject, &self.field) {
            (Subject::Kept(id), Field::Label(_)) => ShelfRequest::Rename(id.clone(), text),
            // A note on a passage is nothing but its words.
            (Subject::Kept(id), Field::Note(_)) if is_empty && id.is_note() => {
                ShelfRequest::Remove(id.clone())
            }
            (Subject::Kept(id), Field::Note(_)) => ShelfRequest::Annotate(id.clone(), text),
            (Subject::New(_), _) if is_empty => return None,
            (Subject::New(passage), _) => ShelfRequest::NoteOn(*passage, text),
        })
    }

    /// Asks what becomes of what was typed, if anything was; asked once more, lets the reader type
    /// on.
    fn leave(&mut self) -> Response {
        let was_asking = self.is_asking;
        self.is_asking = !was_asking && self.text() != self.before;
        if self.is_asking || was_asking {
            Response::Consumed
        } else {
            Response::Close
        }
    }
}

impl Overlay for AnnotationEditor {
    fn context(&self) -> Context {
        match self.field {
            _ if self.is_asking => Context::Unsaved,
            Field::Label(_) => Context::Label,
            Field::Note(_) => Context::Annotation,
        }
    }

    fn handle(&mut self, action: &Action, app: &mut App) -> Response {
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

    fn draw(&self, app: &App, buffer: &mut Buffer, clicks: &mut ClickMap) {
        editor::draw(app, self, buffer, clicks);
    }

    /// Nobody is there any more to be asked whether what was erased is meant to be gone.
    fn unsaved(&self) -> Option<ShelfRequest> {
        let has_words = !self.text().trim().is_empty();
        let is_new = self.text() != self.before;
        self.request().filter(|_| has_words && is_new)
    }

    fn question(&self) -> Option<&'static str> {
        self.is_asking.then_some("save it?")
    }
}

fn too_long(what: &str) -> Notice {
    let limit = MAX_NOTE_BYTES >> 10;
    Notice::warning(format!("{what}: a note can have {limit} KiB at most"))
}
