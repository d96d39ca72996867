//! Bookmarks, marks and the reader's notes on the page.

use crate::paper::Position;
use crate::reader::action::{Direction, Effect, Notice};
use crate::reader::app::App;
use crate::reader::open::annotations::{AnnotationAction, ShelfRequest};
use crate::reader::overlays::Response;
use crate::reader::overlays::annotations::AnnotationList;
use crate::reader::overlays::editor::AnnotationEditor;
use crate::reader::overlays::mark::MarkPrompt;
use crate::shelf::AnnotationId;

/// The sign beside a bookmarked paragraph, in the outline and on the scrollbar.
pub(crate) const SIGN: &str = "◆";

/// Does what a key for bookmarks and marks means on the page.
pub(super) fn handle(app: &mut App, action: &AnnotationAction, count: Option<u32>) -> Response {
    match action {
        AnnotationAction::Toggle => {
            let here = Position::start_of(app.open.view.current_block());
            app.request(Effect::Shelf(ShelfRequest::Toggle(here)));
        }
        AnnotationAction::Replay(way) => app.request(Effect::Shelf(ShelfRequest::Replay(*way))),
        AnnotationAction::Step(direction) => step(app, *direction, count),
        AnnotationAction::List => return AnnotationList::open(app),
        AnnotationAction::Annotate => return write_note(app),
        AnnotationAction::Ask(purpose) => return Response::open(MarkPrompt(*purpose)),
        _ => return Response::Ignored,
    }
    Response::Consumed
}

/// Writes a note on what is selected, on the highlight or note at the cursor, else on the
/// paragraph.
fn write_note(app: &mut App) -> Response {
    let view = &app.open.view;
    if let Some(selection) = view.selection() {
        return AnnotationEditor::open_new_note(selection.passage);
    }
    let here = app.open.kept_at_cursor();
    if let Some(id) = here.first().map(|annotation| annotation.id.clone()) {
        return AnnotationEditor::open_note(app, &id);
    }
    let block = view.current_block();
    let paper = app.open.document.paper();
    let text = paper.block(block);
    match text.filter(|block| block.is_authors() && !block.text.is_empty()) {
        Some(_) => AnnotationEditor::open_new_note(paper.whole(block)),
        None => {
            app.notify(Notice::plain("nothing here to write on"));
            Response::Consumed
        }
    }
}

/// Goes to something kept that was chosen from a list.
pub(crate) fn go_to(app: &mut App, id: &AnnotationId) {
    let Some(annotation) = app.open.shelf.annotations.get(id) else {
        return;
    };
    let is_unsure = annotation.is_unsure();
    let Some(position) = annotation.position() else {
        let words = "its text is no longer in the paper; {bookmarks/move} in the list ({bookmarks}) puts it here";
        return app.notify(Notice::warning(words));
    };
    app.jump(position);
    if is_unsure {
        let words = "only the likeliest place; {bookmarks/move} in the list ({bookmarks}) moves it";
        app.notify(Notice::warning(words));
    }
}

fn step(app: &mut App, direction: Direction, count: Option<u32>) {
    let times = count.map_or(1, |count| count as usize);
    let annotations = &app.open.shelf.annotations;
    let Some(bookmark) = annotations.step(app.open.view.current_block(), direction, times) else {
        let words = match (annotations.found(), direction) {
            ([], _) => "no bookmarks in this paper yet; {bookmark} sets one",
            (_, Direction::Next) => "no bookmark after this one",
            (_, Direction::Previous) => "no bookmark before this one",
        };
        return app.notify(Notice::plain(words));
    };
    let label = &bookmark.label;
    let notice = if bookmark.is_unsure() {
        Notice::warning(format!("{SIGN} unsure: {label}"))
    } else {
        Notice::plain(format!("{SIGN} {label}"))
    };
    if let Some(position) = bookmark.position() {
        app.jump(position);
    }
    app.notify(notice);
}
