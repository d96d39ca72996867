//! The list of bookmarks, where letters act on the selected one.

use std::cmp::Reverse;

use ratatui::buffer::Buffer;

use super::editor::BookmarkEditor;
use super::{Overlay, Response};
use crate::paper::{Paper, Position};
use crate::reader::action::{Action, Effect, Notice};
use crate::reader::app::App;
use crate::reader::draw::{Hits, boxes};
use crate::reader::keys::keymap::Context;
use crate::reader::open::annotations::{AnnotationAction, ShelfRequest, meaning};
use crate::reader::open::{BookmarkOrder, OpenDocument};
use crate::reader::overlays::list::{Goal, List, ListRow};
use crate::shelf::{Annotation, AnnotationId};

/// The most lines of a reader's note that are shown in the list.
const MAX_NOTE_LINES: usize = 2;

/// The reader's bookmarks, with those that are lost.
#[derive(Debug)]
pub(crate) struct BookmarkList(List);

impl BookmarkList {
    pub(crate) fn open(app: &mut App) -> Response {
        let mut list = List::new("Bookmarks", rows(&app.open), 0);
        list.is_filtering = false;
        list.caption = caption(app);
        // The one at hand, or the next one, unless the list goes by something else.
        if app.open.lists.bookmark_order == BookmarkOrder::Place {
            let here = Position::start_of(app.open.view.current_block());
            list.select(app.open.annotations.before(here));
        }
        app.request(Effect::Shelf(ShelfRequest::Reload));
        Response::open(BookmarkList(list))
    }

    fn selected(&self) -> Option<&AnnotationId> {
        match self.0.goal()? {
            Goal::Bookmark(id) => Some(id),
            _ => None,
        }
    }

    fn hear_key(&mut self, action: &AnnotationAction, app: &mut App) -> Response {
        match action {
            AnnotationAction::Sort => self.sort(app),
            AnnotationAction::Filter => self.0.is_filtering = true,
            AnnotationAction::Replay(way) => app.request(Effect::Shelf(ShelfRequest::Replay(*way))),
            AnnotationAction::Rename
            | AnnotationAction::Annotate
            | AnnotationAction::Remove
            | AnnotationAction::Move => {
                let Some(id) = self.selected() else {
                    return Response::Consumed;
                };
                match action {
                    AnnotationAction::Rename => return BookmarkEditor::open_label(app, id),
                    AnnotationAction::Annotate => return BookmarkEditor::open_note(app, id),
                    AnnotationAction::Remove => {
                        app.request(Effect::Shelf(ShelfRequest::Remove(id.clone())));
                    }
                    // It may be lost, or in a wrong place.
                    _ => {
                        let here = Position::start_of(app.open.view.current_block());
                        app.request(Effect::Shelf(ShelfRequest::Move(id.clone(), here)));
                    }
                }
            }
            _ => return Response::Ignored,
        }
        Response::Consumed
    }

    fn sort(&mut self, app: &mut App) {
        let order = app.open.lists.bookmark_order.next();
        app.open.lists.bookmark_order = order;
        app.notify(Notice::plain(order.words()));
        self.renew(app);
    }

    fn renew(&mut self, app: &App) {
        self.0.resort(rows(&app.open), &app.open);
        self.0.caption = caption(app);
    }

    /// Ends the filter, then clears it, then closes the list.
    fn close(&mut self) -> Response {
        if self.0.is_filtering {
            self.0.is_filtering = false;
        } else if self.0.is_filtered() {
            self.0.clear_filter();
        } else {
            return Response::Close;
        }
        Response::Consumed
    }
}

impl Overlay for BookmarkList {
    fn context(&self) -> Context {
        match self.0.is_filtering {
            true => Context::Filter,
            false => Context::Bookmarks,
        }
    }

    fn hear(&mut self, action: &Action, app: &mut App) -> Response {
        if let Action::Annotation(action) = action {
            return self.hear_key(action, app);
        }
        match self.0.hear_and_go(action, app) {
            Response::Close => self.close(),
            response => response,
        }
    }

    fn draw(&self, app: &App, buffer: &mut Buffer, hits: &mut Hits) {
        boxes::draw_list(app, &self.0, buffer, hits);
    }

    fn can_do(&self, action: &Action, _: &App) -> bool {
        match action {
            Action::Annotation(AnnotationAction::Replay(_)) => true,
            Action::Annotation(_) => self.selected().is_some(),
            _ => self.0.can_do(action),
        }
    }

    fn take_bookmarks(&mut self, app: &App, changed: Option<&AnnotationId>) {
        self.renew(app);
        if let Some(changed) = changed {
            self.0.select_goal(&Goal::Bookmark(changed.clone()));
        }
    }

    fn list(&self) -> Option<&List> {
        Some(&self.0)
    }
}

impl BookmarkOrder {
    fn next(self) -> Self {
        match self {
            BookmarkOrder::Place => BookmarkOrder::NewestFirst,
            BookmarkOrder::NewestFirst => BookmarkOrder::Label,
            BookmarkOrder::Label => BookmarkOrder::Place,
        }
    }

    fn words(self) -> &'static str {
        match self {
            BookmarkOrder::Place => "by place",
            BookmarkOrder::NewestFirst => "newest first",
            BookmarkOrder::Label => "by label",
        }
    }
}

fn rows(open: &OpenDocument) -> Vec<ListRow> {
    let bookmarks = open.annotations.bookmarks.iter();
    let mut bookmarks: Vec<&Annotation> = bookmarks.map(AsRef::as_ref).collect();
    match open.lists.bookmark_order {
        BookmarkOrder::Place => {}
        // Ids of later bookmarks are greater.
        BookmarkOrder::NewestFirst => bookmarks.sort_by_key(|bookmark| Reverse(&bookmark.id)),
        BookmarkOrder::Label => {
            bookmarks.sort_by_cached_key(|bookmark| bookmark.label.to_lowercase());
        }
    }
    let rows = bookmarks.into_iter();
    rows.map(|bookmark| row_of(bookmark, open.document.paper()))
        .collect()
}

fn caption(app: &App) -> String {
    let open = &app.open;
    let bookmarks = &open.annotations.bookmarks;
    let caption = match bookmarks.len() {
        0 => app
            .keymap
            .expand("none yet; press {bookmark} in the text to set one"),
        1 => "1 bookmark".to_owned(),
        count => format!("{count} bookmarks, {}", open.lists.bookmark_order.words()),
    };
    let doubtful = ["moved", "unsure", "lost"];
    let counted = doubtful.into_iter().filter_map(|name| {
        let such = bookmarks.iter();
        let count = such
            .filter(|bookmark| bookmark.found.name() == name)
            .count();
        (count > 0).then(|| format!("{count} {name}"))
    });
    let parts: Vec<String> = std::iter::once(caption).chain(counted).collect();
    parts.join(" · ")
}

/// A bookmark's row; it is found by all of its paragraph, too.
fn row_of(bookmark: &Annotation, paper: &Paper) -> ListRow {
    let position = bookmark.position();
    let block = position.and_then(|position| paper.block(position.block));
    let section = position.and_then(|position| paper.section(paper.section_of(position.block)?));
    // What the reader calls it comes first; its first words need not be shown twice.
    let quote = &bookmark.anchor.quote;
    let (text, words) = match bookmark.has_own_label() {
        true => (bookmark.label.clone(), Some(format!("“{quote}”"))),
        false => (quote.clone(), None),
    };
    let section = match section.map_or(&bookmark.anchor.heading, |section| &section.title) {
        section if section.is_empty() => String::new(),
        section => format!(" · § {section}"),
    };
    // What is not as it was is shown at the row's end, and what that means under it.
    let (exact, detail, meaning) = match bookmark.found.name() {
        "exact" => (" · exact", "", None),
        name => ("", name, Some(meaning(bookmark.found).to_owned())),
    };
    let place = format!("{}{exact}{section}", bookmark.created.day());
    let below = words.into_iter().chain([place]).chain(meaning);
    ListRow {
        detail: detail.to_owned(),
        below: below.chain(note_lines(&bookmark.note)).collect(),
        // Of a long note not all is shown.
        also: format!(
            "{} {}",
            bookmark.note,
            block.map_or("", |block| &block.text)
        ),
        ..ListRow::new(text, Goal::Bookmark(bookmark.id.clone()))
    }
}

/// The first lines of the reader's own note, with an ellipsis where it goes on.
fn note_lines(note: &str) -> Vec<String> {
    let mut lines = note.lines().filter(|line| !line.trim().is_empty());
    let mut shown: Vec<String> = lines
        .by_ref()
        .take(MAX_NOTE_LINES)
        .map(|line| format!("✎ {line}"))
        .collect();
    if let Some(last) = shown.last_mut().filter(|_| lines.next().is_some()) {
        last.push_str(" …");
    }
    shown
}
