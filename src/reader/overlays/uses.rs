//! The list of the places where a source is cited.

use super::{Overlay, Response};
use crate::paper::{Note, NoteId, Passage, Position};
use crate::reader::action::{Action, Notice};
use crate::reader::app::App;
use crate::reader::keys::keymap::Context;
use crate::reader::open::{LastUse, OpenDocument};
use crate::reader::overlays::list::{List, ListRow, RowTarget};
use crate::reader::overlays::note::popup::PopupContent;
use crate::search::context;
use crate::sources::{SourceId, Use};

/// Columns of text that show a passage with the words around it.
const CONTEXT_COLUMNS: u16 = 110;

/// Where one source is cited, or each of several.
#[derive(Debug)]
pub(crate) struct UseList(List);

impl UseList {
    /// Opens the list of the uses of a source, at the one that was gone to last.
    pub(crate) fn open(app: &mut App, source: SourceId) -> Response {
        let rows = rows(&app.open, source);
        let row = match app.open.lists.last_use {
            Some(last) if last.source == source => last.row,
            _ => 0,
        };
        let row = row.min(rows.len().saturating_sub(1));
        app.open.lists.last_use = Some(LastUse { source, row });
        Response::open(UseList(List::new(TITLE, rows, row)))
    }

    /// Opens the list of the uses of what an open note shows: of the sources that it gives, or if
    /// it gives none, of those that it refers to.
    pub(crate) fn open_for_note(app: &mut App, step: PopupContent) -> Response {
        match sources_of(&app.open, step).as_slice() {
            [] => {
                app.notify(Notice::plain("this note cites no source"));
                Response::Consumed
            }
            [source] => UseList::open(app, *source),
            several => {
                let rows = several.iter();
                let rows = rows.flat_map(|&source| named_rows(&app.open, source));
                let list = List::new(TITLE, rows.collect(), 0);
                app.open.lists.last_use = None;
                Response::open(UseList(list))
            }
        }
    }
}

const TITLE: &str = "Where it is used";

impl Overlay for UseList {
    fn context(&self) -> Context {
        Context::List
    }

    fn handle(&mut self, action: &Action, app: &mut App) -> Response {
        let response = self.0.hear_and_go(action, app);
        if matches!(response, Response::GoTo(_))
            && let Some(last_use) = &mut app.open.lists.last_use
        {
            last_use.row = self.0.selected_row();
        }
        response
    }

    fn list(&self) -> Option<&List> {
        Some(&self.0)
    }
}

/// The sources that a note gives, or if it gives none, those that it refers to.
pub(super) fn sources_of(open: &OpenDocument, step: PopupContent) -> Vec<SourceId> {
    let Some(sources) = open.sources() else {
        return Vec::new();
    };
    match step {
        PopupContent::Source(_, source) => vec![source],
        PopupContent::Note(note) => match sources.given_in(note) {
            given if given.is_empty() => sources.refers_to(note),
            given => given,
        },
        PopupContent::Own(_) => Vec::new(),
        PopupContent::Mention(mention) => {
            let mention = sources.mentions().get(mention);
            mention.map_or(Vec::new(), |mention| mention.sources.clone())
        }
    }
}

/// The rows of a source's uses, each with the source's name.
fn named_rows(open: &OpenDocument, source: SourceId) -> Vec<ListRow> {
    let named = open.sources().and_then(|sources| sources.get(source));
    let name = named.map_or("", |source| source.name.as_str());
    let mut rows = rows(open, source);
    for row in &mut rows {
        row.detail = format!("{name} · {}", row.detail);
    }
    rows
}

fn rows(open: &OpenDocument, source: SourceId) -> Vec<ListRow> {
    // Where the source is given, its own name tells it from the others of that note.
    let given = open.sources().and_then(|sources| sources.get(source));
    let name = |id: NoteId, note: &Note| match given {
        Some(given) if given.note == Some(id) => given.name.clone(),
        _ => note.number.to_string(),
    };
    let row = |(position, note): (Position, Option<NoteId>)| ListRow {
        detail: match note.and_then(|id| Some((id, open.document.paper().note(id)?))) {
            Some((id, note)) => format!("note {}", name(id, note)),
            None => "mentioned".to_owned(),
        },
        ..ListRow::new(words_around(open, position), RowTarget::Place(position))
    };
    let mut rows: Vec<ListRow> = places_of(open, source).into_iter().map(row).collect();
    if rows.is_empty() {
        // A note that nothing cites can still be read.
        let note = open.step_of(source).and_then(PopupContent::note);
        let text = "its note (never cited in the text)";
        rows.extend(note.map(|note| ListRow::new(text, RowTarget::Note(note))));
    }
    rows
}

/// Where in the running text a source is cited: at the markers of its notes, and where it is
/// mentioned. In reading order.
fn places_of(open: &OpenDocument, source: SourceId) -> Vec<(Position, Option<NoteId>)> {
    let uses = open.sources().map(|sources| sources.used_by(source));
    let mut places = Vec::new();
    for used in uses.unwrap_or_default() {
        match used {
            Use::Given(note) | Use::Short(note, _) => {
                let cited = open
                    .document
                    .paper()
                    .note(*note)
                    .map(|cited| &cited.cited_in);
                places.extend(cited.into_iter().flatten().map(|at| (*at, Some(*note))));
            }
            Use::Mention(passage) => places.push((passage.start, None)),
        }
    }
    places.sort_unstable();
    places.dedup();
    places
}

/// The words before and after a place.
fn words_around(open: &OpenDocument, position: Position) -> String {
    let here = Passage {
        start: position,
        end: position,
    };
    let around = context(open.document.paper(), here, CONTEXT_COLUMNS);
    format!("{}{}{}", around.before, around.hit, around.after)
}
