//! The question what is to be selected.

use ratatui::buffer::Buffer;

use super::{Overlay, Response};
use crate::reader::action::{Action, ClickTarget, Notice};
use crate::reader::app::App;
use crate::reader::draw::ClickMap;
use crate::reader::keys::keymap::Context;
use crate::reader::open::annotations::AnnotationAction;
use crate::reader::open::selecting::Select;
use crate::reader::open::view::Object;

/// A letter is waited for that names something around the cursor.
#[derive(Debug)]
pub(crate) struct ObjectPrompt;

impl ObjectPrompt {
    fn take(letter: char, app: &mut App) {
        match object_named(letter) {
            Some(object) => app.select(Select::Object(object), None),
            None => app.notify(Notice::plain("the letters are s, p, q, n and w")),
        }
    }
}

impl Overlay for ObjectPrompt {
    fn context(&self) -> Context {
        Context::Letter
    }

    fn handle(&mut self, action: &Action, app: &mut App) -> Response {
        match action {
            Action::Annotation(AnnotationAction::Letter(letter)) => {
                ObjectPrompt::take(*letter, app);
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
        Some("select: s sentence, p paragraph, q quotation, n noted words, w word")
    }
}

/// The object that a letter names.
fn object_named(letter: char) -> Option<Object> {
    match letter {
        'w' => Some(Object::Word),
        's' => Some(Object::Sentence),
        'p' => Some(Object::Paragraph),
        'q' => Some(Object::Quotation),
        'n' => Some(Object::Noted),
        _ => None,
    }
}
