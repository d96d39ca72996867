//! Where the reader meets the disk: changes are made on the shelf, and what came of them is told.

use std::collections::BTreeMap;
use std::mem;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::action::{Action, Notice};
use super::kept::{Bookmark, Change, Keeping, Kept, News, Remembered, Where};
use super::settings::Settings;
use crate::paper::{Paper, Position};
use crate::shelf::{
    self, BookmarkId, Candidate, Failure, Letter, Library, Opened, Origin, Replayed, Shelf,
    Toggled, Way,
};

/// How long nothing is asked about what another opcit may have changed.
const GLANCE: Duration = Duration::from_secs(1);

/// How much more must have been seen, of the whole body as 1, to be worth a write.
const FURTHER: f64 = 0.001;

/// How many of the things are named that could not be saved.
const MOST_NAMED: usize = 5;

/// The shelf of the paper at hand, from before it is open until the end.
#[derive(Debug)]
pub(super) struct Keeper {
    library: Library,
    paper: Arc<Paper>,
    origin: Origin,
    stage: Stage,
    /// What was asked for before the shelf was open.
    waiting: Vec<Change>,
    /// Whether a change that the reader made could not be saved.
    is_unsaved: bool,
    /// The last place that was saved, or that came back; none if there never was one.
    place: Option<Position>,
    /// How far that says has been seen, at the furthest.
    read: f64,
    /// The last settings that were.
    settings: shelf::Settings,
    marks: Arc<BTreeMap<Letter, Option<Position>>>,
    last_glance: Instant,
}

#[derive(Debug)]
enum Stage {
    Opening,
    /// The paper may be any of these.
    Asking(Vec<Candidate>),
    Open(Box<Shelf>),
}

/// What could not be saved when the program ended.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Unsaved {
    /// What to tell the reader, a line each.
    pub(super) lines: Vec<String>,
    /// Whether it is more than the reading place.
    pub(super) is_grave: bool,
}

impl Keeper {
    pub(super) fn new(library: Library, paper: Arc<Paper>, origin: Origin) -> Self {
        let now = Instant::now();
        Keeper {
            library,
            paper,
            origin,
            stage: Stage::Opening,
            waiting: Vec::new(),
            is_unsaved: false,
            place: None,
            read: 0.0,
            settings: shelf::Settings::default(),
            marks: Arc::default(),
            last_glance: now,
        }
    }

    /// What opens the shelf: it may take a while, so a thread of its own does it.
    pub(super) fn opening(&self) -> impl FnOnce() -> Opened + Send + use<> {
        let (library, paper) = (self.library.clone(), Arc::clone(&self.paper));
        let origin = self.origin.clone();
        move || library.open(&paper, &origin)
    }

    /// Takes the shelf that was opened, and makes the changes that have waited for it.
    pub(super) fn take(&mut self, opened: Opened) -> Vec<Action> {
        match opened {
            Opened::Ambiguous(candidates) => {
                self.stage = Stage::Asking(candidates.clone());
                vec![Action::Keep(Keeping::Which(candidates))]
            }
            Opened::Shelf(shelf) => self.take_shelf(shelf),
        }
    }

    /// Makes a change, and gives what to tell the state of it.
    pub(super) fn perform(&mut self, change: Change) -> Vec<Action> {
        match (&mut self.stage, change) {
            (_, Change::Choose(candidate)) => {
                let shelf = match candidate {
                    Some(candidate) => self.library.open_as(&self.paper, &self.origin, &candidate),
                    None => self.library.open_new(&self.paper, &self.origin),
                };
                self.take_shelf(Box::new(shelf))
            }
            (Stage::Open(_), Change::Look) => self.look().into_iter().collect(),
            (Stage::Open(_), change) => vec![self.perform_now(change)],
            (_, Change::Look) => Vec::new(),
            (Stage::Asking(candidates), change) => {
                self.waiting.push(change);
                vec![Action::Keep(Keeping::Which(candidates.clone()))]
            }
            (Stage::Opening, change) => {
                self.waiting.push(change);
                Vec::new()
            }
        }
    }

    /// What another opcit has changed, asked at most once a second.
    pub(super) fn glance(&mut self, now: Instant) -> Option<Action> {
        if now.saturating_duration_since(self.last_glance) < GLANCE {
            return None;
        }
        self.last_glance = now;
        self.look()
    }

    /// Saves where the reader is, if that is new.
    pub(super) fn keep_place(&mut self, here: &Where) -> Result<(), Failure> {
        let Stage::Open(shelf) = &mut self.stage else {
            return Ok(());
        };
        if self.settings != here.settings {
            shelf.set_settings(&here.settings)?;
            self.settings = here.settings.clone();
            self.is_unsaved = false;
        }
        // That nobody has gone on from the beginning is worth a file only if there is one.
        let is_new = match self.place {
            Some(place) => place != here.position || here.read - self.read >= FURTHER,
            None => here.position != Position::default() || !shelf.bookmarks().is_empty(),
        };
        if is_new {
            shelf.set_place(here.position, here.read)?;
            self.place = Some(here.position);
            self.read = self.read.max(here.read);
            self.is_unsaved = false;
        }
        Ok(())
    }

    /// Saves what is left to be saved, elsewhere if need be, and tells what could not be. `here` is
    /// where the reader is; none if the page was not led yet to the place that was kept.
    pub(super) fn end(mut self, here: Option<&Where>) -> Unsaved {
        self.settle();
        let kept = here.map_or(Ok(()), |here| self.keep_place(here));
        // The file itself says which paper it is about, if that is anywhere.
        let paper = if self.origin == Origin::Elsewhere {
            " -"
        } else {
            ""
        };
        let Stage::Open(mut shelf) = self.stage else {
            return Unsaved::default();
        };
        let mut lines = Vec::new();
        let failure = match self.is_unsaved {
            true => shelf.retry().err(),
            false => None,
        };
        let is_grave = failure.is_some();
        if let Some(failure) = failure {
            lines.push(format!("not saved: {}", listed(&shelf.unsaved())));
            lines.push(failure.to_string());
            lines.push(match shelf.rescue() {
                Ok(path) => format!(
                    "it is in {path}; `opcit bookmarks import {path}{paper}` takes it in",
                    path = path.display()
                ),
                Err(failure) => format!("nor could it be written elsewhere: {failure}"),
            });
        } else if let Err(failure) = kept {
            lines.push(format!("the reading place is not saved: {failure}"));
        }
        // The program is about to end, and to take it apart would hold that up.
        mem::forget(shelf);
        Unsaved { lines, is_grave }
    }

    /// Opens a shelf if changes still wait for one, so that they are not lost.
    fn settle(&mut self) {
        if matches!(self.stage, Stage::Open(_)) || self.waiting.is_empty() {
            return;
        }
        let shelf = match self.library.open(&self.paper, &self.origin) {
            Opened::Shelf(shelf) => shelf,
            // Nobody is there to be asked any more, and a new paper overwrites none.
            Opened::Ambiguous(_) => Box::new(self.library.open_new(&self.paper, &self.origin)),
        };
        self.take_shelf(shelf);
    }

    fn take_shelf(&mut self, mut shelf: Box<Shelf>) -> Vec<Action> {
        self.marks = marks(&shelf);
        let place = shelf.place();
        let notices = shelf.take_notices();
        self.place = place.map(|place| place.position);
        self.read = place.map_or(0.0, |place| place.read);
        self.settings = Settings::of(&shelf.settings()).to_keep();
        let remembered = Remembered {
            place: place.map(|place| (place.position, place.found.passage().is_some())),
            settings: shelf.settings(),
            kept: self.kept(&shelf),
        };
        self.stage = Stage::Open(shelf);
        let mut actions = vec![Action::Keep(Keeping::Opened(Box::new(remembered)))];
        actions.extend(told(&notices).map(Action::Tell));
        for change in mem::take(&mut self.waiting) {
            actions.push(self.perform_now(change));
        }
        actions
    }

    fn look(&mut self) -> Option<Action> {
        let Stage::Open(shelf) = &mut self.stage else {
            return None;
        };
        shelf.refresh();
        if !shelf.take_news() {
            return None;
        }
        self.marks = marks(shelf);
        let notice = told(&shelf.take_notices());
        Some(self.news(notice, None))
    }

    fn perform_now(&mut self, change: Change) -> Action {
        let Stage::Open(shelf) = &mut self.stage else {
            return Action::Tell(Notice::warning("bookmarks are still being read"));
        };
        let is_mark = matches!(change, Change::Mark(..));
        let made = make(shelf, change);
        if shelf.take_news() || is_mark {
            self.marks = marks(shelf);
        }
        let told = told(&shelf.take_notices());
        self.is_unsaved = made.is_err() || (self.is_unsaved && !shelf.unsaved().is_empty());
        let (notice, changed) = match made {
            Ok(Made { words, changed }) => (told.unwrap_or_else(|| Notice::plain(words)), changed),
            Err(failure) => (Notice::warning(not_saved(&failure)), None),
        };
        self.news(Some(notice), changed)
    }

    fn news(&self, notice: Option<Notice>, changed: Option<BookmarkId>) -> Action {
        let kept = match &self.stage {
            Stage::Open(shelf) => self.kept(shelf),
            _ => Kept::default(),
        };
        Action::Keep(Keeping::Changed(Box::new(News {
            kept,
            notice,
            changed,
        })))
    }

    fn kept(&self, shelf: &Shelf) -> Kept {
        Kept {
            bookmarks: shelf
                .bookmarks()
                .iter()
                .map(|kept| Bookmark::of(kept, &self.paper))
                .collect(),
            marks: Arc::clone(&self.marks),
            is_unsaved: self.is_unsaved,
        }
    }
}

/// A change that was made and saved.
struct Made {
    /// What is said of it.
    words: String,
    /// The bookmark that it brought back, or made again what it was.
    changed: Option<BookmarkId>,
}

/// Makes a change on the shelf, and says in words that it is saved.
fn make(shelf: &mut Shelf, change: Change) -> Result<Made, Failure> {
    let mut changed = None;
    let words = match change {
        Change::Toggle(position) => match shelf.toggle(position)? {
            Toggled::Added(_) => "bookmark set · U to undo".to_owned(),
            Toggled::Removed(1) => "bookmark removed · U to undo".to_owned(),
            Toggled::Removed(count) => format!("{count} bookmarks removed · U to undo"),
        },
        Change::Rename(id, label) => {
            shelf.rename(&id, &label)?;
            "renamed".to_owned()
        }
        Change::Annotate(id, note) => {
            shelf.annotate(&id, &note)?;
            "note saved".to_owned()
        }
        Change::Remove(id) => {
            shelf.remove(&[id])?;
            "bookmark removed · U to undo".to_owned()
        }
        Change::Move(id, position) => {
            shelf.move_to(&id, position)?;
            "bookmark moved to the current paragraph · U to undo".to_owned()
        }
        Change::Replay(way) => {
            let replayed = match way {
                Way::Undo => shelf.undo()?,
                Way::Redo => shelf.redo()?,
            };
            changed = replayed.as_ref().and_then(Replayed::bookmark);
            replayed_in_words(replayed.as_ref(), way, shelf)
        }
        Change::Mark(letter, position) => {
            shelf.set_mark(letter, position)?;
            format!("mark {letter} set · '{letter} goes there")
        }
        Change::Look | Change::Choose(_) => String::new(),
    };
    Ok(Made { words, changed })
}

/// What was undone or redone, and the keys that lead on and back.
fn replayed_in_words(replayed: Option<&Replayed>, way: Way, shelf: &Shelf) -> String {
    let what = match (replayed, way) {
        (Some(replayed), _) => replayed.to_string(),
        (None, Way::Undo) => "nothing left to undo".to_owned(),
        (None, Way::Redo) => "nothing left to redo".to_owned(),
    };
    let more = |same: Way| {
        if replayed.is_some() && way == same {
            " more"
        } else {
            ""
        }
    };
    let mut words = what;
    if shelf.can(Way::Undo) {
        words.push_str(&format!(" · U undo{}", more(Way::Undo)));
    }
    if shelf.can(Way::Redo) {
        words.push_str(&format!(" · Ctrl-r redo{}", more(Way::Redo)));
    }
    words
}

/// Why a change is not on the disk: the reason first, for the line may be cut.
fn not_saved(failure: &Failure) -> String {
    let why = match failure {
        Failure::Disk {
            doing,
            path,
            source,
        } => format!("{source}; cannot {doing} {}", path.display()),
        other => other.to_string(),
    };
    let why = crate::paper::clean(&why).into_owned();
    format!("not saved yet (still in memory): {why}")
}

/// The first of many things, and how many there are beside them.
fn listed(things: &[String]) -> String {
    let named: Vec<&str> = things.iter().take(MOST_NAMED).map(String::as_str).collect();
    match things.len().saturating_sub(MOST_NAMED) {
        0 => named.join(", "),
        more => format!("{}, and {more} more", named.join(", ")),
    }
}

/// All that there is to be told, in one line.
fn told(notices: &[shelf::Notice]) -> Option<Notice> {
    let words: Vec<String> = notices.iter().map(ToString::to_string).collect();
    (!words.is_empty()).then(|| Notice::warning(words.join("; ")))
}

fn marks(shelf: &Shelf) -> Arc<BTreeMap<Letter, Option<Position>>> {
    let marks = shelf.marks().into_iter();
    let places = marks.map(|(letter, found)| (letter, found.passage().map(|words| words.start)));
    Arc::new(places.collect())
}
