//! Selecting text of an open note, and what keys do to what is kept of it.

use super::popup::NotePopup;
use crate::paper::{BlockId, Passage, Position};
use crate::reader::action::{Action, Direction, Motion, Notice};
use crate::reader::app::App;
use crate::reader::keys::keymap::{Context, Keymap};
use crate::reader::open::selecting::Select;
use crate::reader::overlays::Response;
use crate::reader::page;

/// Hears an action while text of the note is selected. What is not of the note, the page does to
/// what is selected, as to any text; none where it means the same as at other times.
pub(super) fn handle(popup: &NotePopup, action: &Action, app: &mut App) -> Option<Response> {
    match action {
        Action::Close => {
            app.open.view.end_selection();
        }
        Action::StepMatch(direction) => popup.extend_to_match(*direction, app),
        Action::Search | Action::PaperBefore => {
            app.open.view.leave_note();
            popup.put_page_back(app);
            return Some(Response::Leave);
        }
        Action::Move(_)
        | Action::Click(_)
        | Action::Press(_)
        | Action::Drag(_)
        | Action::DragBeyond(_) => return None,
        _ => return Some(Response::Ignored),
    }
    Some(Response::Consumed)
}

impl NotePopup {
    /// Selects text of the note: what is at the place that keys act on.
    pub(super) fn select(&mut self, select: Select, app: &mut App) {
        if self.put_cursor(app) {
            app.select(select, None);
        }
    }

    /// Goes to the start of a sentence of the note, which is lit.
    pub(super) fn step_sentence(&mut self, direction: Direction, app: &mut App) {
        if !self.put_cursor(app) {
            return;
        }
        app.open.travel(Motion::Sentence(direction), 1, app.now);
        if let Some((_, place)) = app.open.view.place_in_note() {
            self.scroll_into_view(place, app);
        }
    }

    /// Has keys act on the note's text. Says whether there is any in sight.
    fn put_cursor(&self, app: &mut App) -> bool {
        match (self.surface(app), self.place(app)) {
            (Some(surface), Some(place)) => {
                app.open.view.end_selection();
                app.open.view.put_cursor_in_note(surface, place);
                true
            }
            _ => {
                app.notify(Notice::plain("no words of the paper to select here"));
                false
            }
        }
    }

    /// The mouse is moved with its button down. Where it went down in another note, this one is in
    /// the way of what is done to what is selected there.
    pub(super) fn drag(&self, action: &Action, app: &mut App) -> Response {
        let held = app.open.press_held();
        match held.and_then(|press| press.surface().note()) {
            Some(note) if Some(note) != self.note() => return Response::Leave,
            _ => {}
        }
        match action {
            Action::Drag(position) => app.open.drag(*position),
            Action::DragBeyond(direction) => app.open.drag_beyond(*direction),
            _ => {}
        }
        Response::Consumed
    }

    /// Does to the highlight at the place in the note that keys act on what they do in the text.
    /// Where there is none, their letters name sources.
    pub(super) fn act_on_highlight(&mut self, action: &Action, app: &mut App) -> Response {
        let place = app.open.view.place_in_note();
        let is_here = place.is_some_and(|(surface, _)| surface.note() == self.note());
        let is_kept = || !app.open.kept_at_cursor().is_empty();
        let has_highlight = is_here && (app.open.shelf.awaited_kinds.is_some() || is_kept());
        if has_highlight && self.typed(app.now).is_none() {
            return page::handle(app, action, None);
        }
        match letter_of(action, &app.keymap) {
            Some(letter) => self.show_source_lettered(letter, app),
            None => app.notify(Notice::plain("no highlight here")),
        }
        Response::Consumed
    }

    /// Extends what is selected as far as the next match in the note, or the one before.
    fn extend_to_match(&self, direction: Direction, app: &mut App) {
        let open = &app.open;
        let note = self.note().and_then(|id| open.document.paper().note(id));
        let (Some(note), Some(head)) = (note, open.view.selection_head()) else {
            return;
        };
        let paper = open.document.paper();
        let mut matches = note.blocks.clone().map(BlockId).flat_map(|block| {
            let whole = paper.whole(block);
            let bytes = whole.start.offset..whole.end.offset;
            let matches = open.finder.matches_in(block, &bytes);
            let at = move |offset| Position { block, offset };
            let matches = matches.map(move |(bytes, _)| Passage {
                start: at(bytes.start),
                end: at(bytes.end),
            });
            matches.collect::<Vec<_>>()
        });
        let found = match direction {
            Direction::Next => matches.find(|found| found.start > head),
            Direction::Previous => matches.take_while(|found| found.end <= head).last(),
        };
        match found {
            Some(found) => app.open.view.extend_selection(found),
            None => app.notify(Notice::plain("no further match in this note")),
        }
    }
}

/// The letter of the key that an action is on in an open note, if it is one.
fn letter_of(action: &Action, keymap: &Keymap) -> Option<char> {
    let mut bindings = keymap.bindings(Context::Note);
    let binding = bindings.find(|binding| binding.action == *action)?;
    let mut letters = binding.first_key()?.chars();
    let letter = letters.next().filter(char::is_ascii_lowercase)?;
    letters.next().is_none().then_some(letter)
}
