//! Going to a place by its name, and doing by its name what a key does.

use std::borrow::Cow;
use std::sync::Arc;

mod files;
mod palette;

use ratatui::buffer::Buffer;

pub(crate) use files::typed_path;
use palette::begins_words;

use super::{Overlay, Response};
use crate::layout::ruler;
use crate::paper::Position;
use crate::reader::action::{Action, Effect, FolderListing};
use crate::reader::app::App;
use crate::reader::draw::{ClickMap, boxes};
use crate::reader::keys::keymap::{Binding, Context};
use crate::reader::open::OpenDocument;
use crate::reader::overlays::list::{List, ListRow, RowTarget};
use crate::search::{NamedPlace, PlaceKind, numbers_there_are, plain, rank, rank_nearly};

/// The most of a place's words that a row has, in columns.
const MAX_ROW_COLUMNS: u16 = 120;

/// Places that have names, and actions, ranked by what is typed.
#[derive(Debug)]
pub(crate) struct Goto {
    list: List,
    /// Where it was opened: on the page or in an open note.
    context: Context,
    /// The name that the rows are ranked by.
    ranked: String,
    /// What is in the folder whose path was typed.
    listing: Option<FolderListing>,
    /// The folder that was asked about last.
    asked: Option<String>,
}

impl Goto {
    pub(crate) fn new(app: &App, context: Context) -> Self {
        let mut list = List::new("Go to", rows_named(app, "", context), 0);
        list.sign = ":";
        list.invitation = "a section, n14, 8b, p12, 42%, an action, e FILE".into();
        Goto {
            list,
            context,
            ranked: String::new(),
            listing: None,
            asked: None,
        }
    }

    /// The papers in a folder, whose path ends with a slash, as if that had been typed.
    pub(crate) fn in_folder(app: &mut App, folder: &str) -> Self {
        let mut goto = Self::new(app, Context::Reading);
        goto.go_into(folder, app);
        goto
    }

    /// Ranks the places anew after something was typed.
    fn rank(&mut self, app: &mut App) {
        let name = self.list.filter().text();
        if let Some(path) = typed_path(name) {
            let (path, name) = (path.to_owned(), name.to_owned());
            self.ranked = name;
            return self.offer_files(&path, app);
        }
        let rows = rows_named(app, name, self.context);
        let (rows, is_near_match) = if rows.is_empty() {
            (rows_nearly_named(app, name, self.context), true)
        } else {
            (rows, false)
        };
        let numbers = numbers_there_are(name, app.open.document.paper());
        self.ranked = name.to_owned();
        self.list.says_if_empty = numbers.map_or("nothing matches".into(), Cow::Owned);
        self.list.replace(rows, is_near_match);
    }

    /// Offers files, and asks what is in the folder of the path if that is not known.
    fn offer_files(&mut self, path: &str, app: &mut App) {
        let (folder, _) = files::parts(path);
        if self.asked.as_deref() != Some(folder) {
            self.asked = Some(folder.to_owned());
            app.request(Effect::ListFolder(folder.to_owned()));
        }
        let rows = files::rows(path, self.listing.as_ref());
        let listed = self.listing.as_ref().filter(|it| it.folder == folder);
        self.list.says_if_empty = match listed {
            Some(_) => "no paper and no folder is in it".into(),
            None => "reading the folder…".into(),
        };
        self.list.replace(rows, false);
    }

    /// Shows what is in a folder, if its path is still the one that is typed.
    fn take_folder(&mut self, listing: &FolderListing, app: &mut App) {
        self.listing = Some(listing.clone());
        let path = typed_path(self.list.filter().text()).map(str::to_owned);
        if let Some(path) = path {
            self.offer_files(&path, app);
        }
    }

    /// Types as much of a path as all the files have that begin as it does. Returns whether that is
    /// more than is typed.
    fn complete(&mut self, app: &mut App) -> bool {
        let typed = self.list.filter().text();
        let whole = typed_path(typed).and_then(|path| {
            let longer = files::completed(path, self.listing.as_ref())?;
            (longer != path).then_some(longer)
        });
        match whole {
            Some(path) => {
                self.list.set_filter(format!("e {path}"));
                self.rank(app);
                true
            }
            None => false,
        }
    }

    /// Types the path of a folder, so that what is in it is offered.
    fn go_into(&mut self, folder: &str, app: &mut App) {
        self.list.set_filter(format!("e {folder}"));
        self.rank(app);
    }
}

impl Overlay for Goto {
    fn context(&self) -> Context {
        Context::List
    }

    fn handle(&mut self, action: &Action, app: &mut App) -> Response {
        if let Action::TakeFolder(listing) = action {
            self.take_folder(listing, app);
            return Response::Consumed;
        }
        if *action == Action::Complete && self.complete(app) {
            return Response::Consumed;
        }
        match self.list.hear_and_go(action, app) {
            Response::GoTo(RowTarget::Folder(folder)) => {
                self.go_into(&folder, app);
                Response::Consumed
            }
            Response::GoTo(RowTarget::Action(binding)) => Response::Perform(binding),
            Response::Consumed if self.ranked != self.list.filter().text() => {
                self.rank(app);
                Response::Consumed
            }
            response => response,
        }
    }

    fn draw(&self, app: &App, buffer: &mut Buffer, clicks: &mut ClickMap) {
        boxes::draw_tall_list(app, &self.list, buffer, clicks);
    }

    fn list(&self) -> Option<&List> {
        Some(&self.list)
    }
}

/// What may be meant, best first: what has just this name, then places and actions that have
/// words that begin so, then the places that have its letters.
fn rows_named(app: &App, name: &str, context: Context) -> Vec<ListRow> {
    let open = &app.open;
    let here = open.view.reading_position();
    let places = rank(name, open.document.paper(), here, &named_places(open));
    let commands = palette::commands(&app.keymap, name, context);
    let typed = plain(name);
    let is_sure = |place: &NamedPlace| match place.what {
        PlaceKind::Note | PlaceKind::Paragraph | PlaceKind::Page | PlaceKind::Percentage => true,
        PlaceKind::Source => !typed.is_empty() && plain(&place.name) == typed,
        PlaceKind::Section | PlaceKind::Bookmark => begins_words(&place.name, &typed),
    };
    let (sure, others): (Vec<_>, Vec<_>) = places.iter().partition(|place| is_sure(place));
    let row_of_place = |place: &&NamedPlace| row_of(open, place);
    let exact = commands.exact.iter().map(row_of_command);
    let commands = commands.others.iter().map(row_of_command);
    exact
        .chain(sure.iter().map(row_of_place))
        .chain(commands)
        .chain(others.iter().map(row_of_place))
        .collect()
}

/// What may be meant if a letter was mistyped.
fn rows_nearly_named(app: &App, name: &str, context: Context) -> Vec<ListRow> {
    let open = &app.open;
    let places = rank_nearly(name, open.document.paper(), &named_places(open));
    let commands = palette::near_commands(&app.keymap, name, context);
    let places = places.iter().map(|place| row_of(open, place));
    places.chain(commands.iter().map(row_of_command)).collect()
}

/// The places that have names besides those that the paper itself gives: bookmarks and sources.
fn named_places(open: &OpenDocument) -> Vec<NamedPlace> {
    let mut places = open.bookmarked_places();
    places.extend(open.named_sources());
    places
}

fn row_of(open: &OpenDocument, place: &NamedPlace) -> ListRow {
    let text = match place.what {
        PlaceKind::Section | PlaceKind::Bookmark => place.name.replace('\n', " "),
        _ => format!("{}  {}", place.name, words_at(open, place.position)),
    };
    ListRow {
        detail: place.what.words().to_owned(),
        ..ListRow::new(text, RowTarget::Place(place.position))
    }
}

/// The words at a position, as many as a row has room for.
fn words_at(open: &OpenDocument, position: Position) -> String {
    let block = open.document.paper().block(position.block);
    let rest = block.and_then(|block| block.text.get(position.offset..));
    let words = ruler::shorten(rest.unwrap_or_default(), MAX_ROW_COLUMNS);
    words.replace(['\n', '\t'], " ")
}

/// An action's row: its name, and its key.
fn row_of_command(binding: &Arc<Binding>) -> ListRow {
    ListRow {
        detail: binding
            .first_key()
            .map_or_else(String::new, |key| format!("key {key}")),
        ..ListRow::new(
            binding.words.clone(),
            RowTarget::Action(Arc::clone(binding)),
        )
    }
}
