//! The list of all that the reader keeps about the paper, where letters act on the selected row.

use std::cmp::Reverse;

use super::editor::AnnotationEditor;
use super::{Overlay, Response};
use crate::export::counted;
use crate::paper::Position;
use crate::reader::action::{Action, Effect, Notice};
use crate::reader::app::App;
use crate::reader::keys::keymap::Context;
use crate::reader::kinds::KindNames;
use crate::reader::open::AnnotationOrder;
use crate::reader::open::annotations::{AnnotationAction, ShelfRequest, meaning};
use crate::reader::open::decorations::HighlightLook;
use crate::reader::overlays::list::{List, ListRow, RowTarget};
use crate::shelf::{Annotation, AnnotationId, AnnotationKind, HighlightKind};

/// The most lines of a reader's note that are shown in the list.
const MAX_NOTE_LINES: usize = 2;

/// The reader's bookmarks, highlights and notes, with those that are lost.
#[derive(Debug)]
pub(crate) struct AnnotationList(List);

impl AnnotationList {
    pub(crate) fn open(app: &mut App) -> Response {
        let mut list = List::new("Bookmarks, highlights, notes", rows(app), 0);
        list.is_filtering = false;
        list.caption = caption(app);
        // The one at hand, or the next one, unless the list goes by something else.
        if app.open.lists.annotation_order == AnnotationOrder::Place {
            let here = Position::start_of(app.open.view.current_block());
            list.select(app.open.shelf.annotations.all_before(here));
        }
        app.request(Effect::Shelf(ShelfRequest::Reload));
        Response::open(AnnotationList(list))
    }

    fn selected(&self) -> Option<&AnnotationId> {
        match self.0.goal()? {
            RowTarget::Annotation(id) => Some(id),
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
                    AnnotationAction::Rename => return AnnotationEditor::open_label(app, id),
                    AnnotationAction::Annotate => return AnnotationEditor::open_note(app, id),
                    AnnotationAction::Remove => {
                        app.request(Effect::Shelf(ShelfRequest::Remove(id.clone())));
                    }
                    // It may be lost, or in a wrong place.
                    _ => app.request(Effect::Shelf(move_here(app, id))),
                }
            }
            _ => return Response::Ignored,
        }
        Response::Consumed
    }

    /// Makes the selected highlight one of the next kind.
    fn change_kind(&self, app: &mut App) {
        let Some((id, kind)) = self.highlight(app) else {
            return app.notify(Notice::plain("only a highlight has a kind"));
        };
        let request = ShelfRequest::Recolour(id.clone(), kind.next());
        app.request(Effect::Shelf(request));
    }

    /// The selected row, if it is of a highlight.
    fn highlight<'a>(&'a self, app: &'a App) -> Option<(&'a AnnotationId, &'a HighlightKind)> {
        let id = self.selected()?;
        let kind = app.open.shelf.annotations.get(id)?.kind.highlight()?;
        Some((id, kind))
    }

    fn sort(&mut self, app: &mut App) {
        let order = app.open.lists.annotation_order.next();
        app.open.lists.annotation_order = order;
        app.notify(Notice::plain(order.words()));
        self.renew(app);
    }

    fn renew(&mut self, app: &App) {
        self.0.resort(rows(app), &app.open);
        self.0.caption = caption(app);
    }

    /// Ends the filter, then clears it, then closes the list.
    fn close(&mut self) -> Response {
        if self.0.step_out_of_filter() {
            Response::Consumed
        } else {
            Response::Close
        }
    }
}

impl Overlay for AnnotationList {
    fn context(&self) -> Context {
        if self.0.is_filtering {
            Context::Filter
        } else {
            Context::Bookmarks
        }
    }

    fn handle(&mut self, action: &Action, app: &mut App) -> Response {
        if let Action::Annotation(action) = action {
            return self.hear_key(action, app);
        }
        if *action == Action::NextKind {
            self.change_kind(app);
            return Response::Consumed;
        }
        match self.0.hear_and_go(action, app) {
            Response::Close => self.close(),
            response => response,
        }
    }

    fn can_do(&self, action: &Action, app: &App) -> bool {
        match action {
            Action::NextKind => self.highlight(app).is_some(),
            Action::Annotation(AnnotationAction::Replay(_)) => true,
            Action::Annotation(_) => self.selected().is_some(),
            _ => self.0.can_do(action),
        }
    }

    fn take_annotations(&mut self, app: &App, changed: Option<&AnnotationId>) {
        self.renew(app);
        if let Some(changed) = changed {
            self.0.select_goal(&RowTarget::Annotation(changed.clone()));
        }
    }

    fn list(&self) -> Option<&List> {
        Some(&self.0)
    }
}

impl AnnotationOrder {
    fn next(self) -> Self {
        match self {
            AnnotationOrder::Place => AnnotationOrder::NewestFirst,
            AnnotationOrder::NewestFirst => AnnotationOrder::Label,
            AnnotationOrder::Label => AnnotationOrder::Kind,
            AnnotationOrder::Kind => AnnotationOrder::Place,
        }
    }

    fn words(self) -> &'static str {
        match self {
            AnnotationOrder::Place => "by place",
            AnnotationOrder::NewestFirst => "newest first",
            AnnotationOrder::Label => "by label",
            AnnotationOrder::Kind => "by kind",
        }
    }
}

fn rows(app: &App) -> Vec<ListRow> {
    let open = &app.open;
    let mut all = open.shelf.annotations.all();
    match open.lists.annotation_order {
        AnnotationOrder::Place => {}
        AnnotationOrder::NewestFirst => all.sort_by_key(|annotation| Reverse(annotation.created)),
        AnnotationOrder::Label => {
            all.sort_by_cached_key(|annotation| annotation.label.to_lowercase());
        }
        AnnotationOrder::Kind => all.sort_by_key(|annotation| &annotation.kind),
    }
    let rows = all.into_iter();
    rows.map(|annotation| row_of(annotation, app)).collect()
}

/// Asks that something be put on what is selected, else on the current paragraph.
fn move_here(app: &App, id: &AnnotationId) -> ShelfRequest {
    let block = app.open.view.current_block();
    let start = Position::start_of(block);
    if !id.is_on_passage() {
        return ShelfRequest::Move(id.clone(), start);
    }
    let selection = app.open.view.selection();
    let passage = selection.map_or_else(
        || app.open.document.paper().whole(block),
        |selection| selection.passage,
    );
    ShelfRequest::MoveToPassage(id.clone(), passage)
}

fn caption(app: &App) -> String {
    let all = app.open.shelf.annotations.all();
    let mut caption = counted(all.iter().copied()).join(", ");
    match all.len() {
        0 => {
            let words = "none yet; {bookmark} in the text sets a bookmark, {select-sentence} {selecting/highlight} highlights";
            caption = app.keymap.expand(words);
        }
        1 => {}
        _ => caption = format!("{caption}, {}", app.open.lists.annotation_order.words()),
    }
    let doubtful = ["moved", "partial", "unsure", "lost"];
    let counted = doubtful.into_iter().filter_map(|name| {
        let such = all.iter().filter(|one| one.found.name() == name);
        let count = such.count();
        (count > 0).then(|| format!("{count} {name}"))
    });
    let parts: Vec<String> = std::iter::once(caption).chain(counted).collect();
    parts.join(" · ")
}

/// An annotation's row; it is found by all of its paragraph, too.
fn row_of(annotation: &Annotation, app: &App) -> ListRow {
    let paper = app.open.document.paper();
    let position = annotation.position();
    let block = position.and_then(|position| paper.block(position.block));
    let section = position.and_then(|position| paper.section(paper.section_of(position.block)?));
    // What the reader calls it comes first; its first words need not be shown twice.
    let quote = annotation.quotation_kept();
    let (text, words) = if annotation.has_own_label() {
        (annotation.label.clone(), Some(format!("“{quote}”")))
    } else {
        (quote, None)
    };
    let page = position.and_then(|position| paper.page_cited(position));
    let page = page.map_or(String::new(), |page| format!(" · {page}"));
    let section = match section.map_or(&annotation.anchor.heading, |section| &section.title) {
        section if section.is_empty() => String::new(),
        section => format!(" · § {section}"),
    };
    // What is not as it was is shown at the row's end, and what that means under it.
    let (exact, changed, meaning) = match annotation.found.name() {
        "exact" => (" · exact", None, None),
        name => (
            "",
            Some(name),
            Some(app.keymap.expand(meaning(annotation.found))),
        ),
    };
    let kind = kind_in_words(&annotation.kind, &app.kinds);
    let details = kind.into_iter().chain(changed.map(str::to_owned));
    let place = format!("{}{exact}{section}{page}", annotation.created.day());
    let below = words.into_iter().chain([place]).chain(meaning);
    ListRow {
        detail: details.collect::<Vec<_>>().join(" · "),
        below: below.chain(note_lines(&annotation.note)).collect(),
        // Of a long note not all is shown.
        also: format!(
            "{} {}",
            annotation.note,
            block.map_or("", |block| &block.text)
        ),
        ..ListRow::new(text, RowTarget::Annotation(annotation.id.clone()))
    }
}

/// What it is, with the sign that it has beside the text; nothing for a bookmark, which most are.
fn kind_in_words(kind: &AnnotationKind, names: &KindNames) -> Option<String> {
    let sign = HighlightLook::from(kind).sign();
    match kind {
        AnnotationKind::Highlight(kind) => Some(format!("{sign} {}", names.name(kind))),
        AnnotationKind::Note => Some(format!("{sign} note")),
        _ => None,
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
