//! The question for a mark's letter.

use ratatui::buffer::Buffer;

use super::{Overlay, Response};
use crate::reader::action::{Action, ClickTarget, Effect, Notice};
use crate::reader::app::App;
use crate::reader::draw::ClickMap;
use crate::reader::keys::keymap::Context;
use crate::reader::open::annotations::{AnnotationAction, Purpose, ShelfRequest};
use crate::shelf::MarkLetter;

/// A letter is waited for, to set a mark or to go to one.
#[derive(Debug)]
pub(crate) struct MarkPrompt(pub(crate) Purpose);

impl MarkPrompt {
    fn take(&self, letter: char, app: &mut App) {
        match (self.0, MarkLetter::new(letter)) {
            (Purpose::SetMark, Some(letter)) => {
                let here = app.open.view.reading_position();
                app.request(Effect::Shelf(ShelfRequest::Mark(letter, here)));
            }
            (Purpose::GoToMark, Some(letter)) => go_to_mark(app, letter),
            (Purpose::GoToMark, None) if letter == '\'' => go_to_where_jump_began(app),
            (_, None) => app.notify(Notice::plain("marks are the letters a to z")),
        }
    }
}

impl Overlay for MarkPrompt {
    fn context(&self) -> Context {
        Context::Letter
    }

    fn handle(&mut self, action: &Action, app: &mut App) -> Response {
        match action {
            Action::Annotation(AnnotationAction::Letter(letter)) => {
                self.take(*letter, app);
                Response::Close
            }
            Action::Click(ClickTarget::Inside | ClickTarget::Row(_)) => Response::Consumed,
            Action::Close | Action::Click(_) => Response::Close,
            _ => Response::Ignored,
        }
    }

    /// The footer asks for it.
    fn draw(&self, _: &App, _: &mut Buffer, _: &mut ClickMap) {}

    fn question(&self) -> Option<&'static str> {
        Some(match self.0 {
            Purpose::SetMark => "mark this place: a–z",
            Purpose::GoToMark => "go to mark a–z (' for the last jump)",
        })
    }
}

fn go_to_mark(app: &mut App, letter: MarkLetter) {
    let marks = &app.open.shelf.annotations.marks;
    match marks.get(&letter) {
        Some(Some(position)) => {
            let position = *position;
            app.jump(position);
        }
        Some(None) => {
            let words = format!("the text at mark {letter} is no longer in the paper");
            app.notify(Notice::warning(words));
        }
        None => {
            let set: String = marks.keys().map(ToString::to_string).collect();
            let words = match set.as_str() {
                "" => format!("no mark {letter}; {{set-mark}}{letter} sets it here"),
                set => format!("no mark {letter}; marks set: {set}"),
            };
            app.notify(Notice::plain(words));
        }
    }
}

/// To where the last jump began; once more, and back again.
fn go_to_where_jump_began(app: &mut App) {
    match app.open.trail.history.last_left() {
        Some(place) => {
            app.open.trail.history.leave(app.open.view.save());
            app.return_to(place);
        }
        None => app.notify(Notice::plain("no jump yet")),
    }
}
