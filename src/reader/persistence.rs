//! Saving what the reader keeps: requests are carried out on the shelf, and what comes of them
//! goes back to the state as an action.
//!
//! [`PersistenceThread`] does it beside the main loop, so that no frame and no key waits for the
//! disk.

mod thread;

pub(super) use thread::PersistenceThread;

use std::mem;
use std::sync::Arc;

use super::action::{Action, Notice};
use super::kinds::KindNames;
use super::open::annotations::{
    AnnotationAction, Annotations, ReadingState, SavedSession, ShelfRequest, ShelfUpdate,
};
use super::open::own_notes::OwnNotes;
use super::settings::Settings;
use crate::document::Document;
use crate::paper::{BlockId, Position};
use crate::shelf::{
    self, AnnotationId, Failure, Library, Opened, Origin, PaperCandidate, Replay, Replayed, Shelf,
    SystemReason, Toggled,
};

/// How much more must have been seen, of the whole body as 1, to be worth a write.
const MIN_PROGRESS: f64 = 0.001;

/// How many of the things that could not be saved are named.
const MAX_NAMED: usize = 5;

/// The shelf of the paper at hand, from before it is open until the end.
#[derive(Debug)]
pub(super) struct Persistence {
    library: Library,
    document: Arc<Document>,
    origin: Origin,
    stage: Stage,
    /// What was asked for before the shelf was open.
    waiting: Vec<ShelfRequest>,
    /// Whether a change that the reader made could not be saved.
    is_unsaved: bool,
    /// The last place that was saved, or that came back; none if there never was one.
    place: Option<Position>,
    /// The block that keys acted on there, if that was saved or came back too.
    current: Option<BlockId>,
    /// How far that says has been seen, at the furthest.
    read: f64,
    /// Whether the shelf says that the paper has been opened now.
    is_noted: bool,
    /// The last settings that were.
    settings: shelf::ReadingSettings,
    /// Those of a paper that has none of its own.
    default_settings: Settings,
    /// The reader's notes as they were set last.
    own: OwnNotes,
}

#[derive(Debug)]
enum Stage {
    Opening,
    /// The paper may be any of these.
    Asking(Vec<PaperCandidate>),
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

impl Persistence {
    pub(super) fn new(library: Library, document: Arc<Document>, origin: Origin) -> Self {
        Persistence {
            library,
            document,
            origin,
            stage: Stage::Opening,
            waiting: Vec::new(),
            is_unsaved: false,
            place: None,
            current: None,
            read: 0.0,
            is_noted: false,
            settings: shelf::ReadingSettings::default(),
            default_settings: Settings::default(),
            own: OwnNotes::default(),
        }
    }

    /// The same where papers without settings of their own have these.
    pub(super) fn with_default_settings(self, default_settings: Settings) -> Self {
        Persistence {
            default_settings,
            ..self
        }
    }

    /// What opens the shelf: it may take a while, so a thread of its own does it.
    pub(super) fn opening(&self) -> impl FnOnce() -> Opened + Send + use<> {
        let (library, document) = (self.library.clone(), Arc::clone(&self.document));
        let origin = self.origin.clone();
        move || library.open_read(document.paper(), document.text(), &origin)
    }

    /// Takes the shelf that was opened, and makes the changes that have waited for it.
    pub(super) fn take(&mut self, opened: Opened) -> Vec<Action> {
        if !matches!(self.stage, Stage::Opening) {
            // It was opened for a text that has been read again since.
            return Vec::new();
        }
        match opened {
            Opened::Ambiguous(candidates) => {
                self.stage = Stage::Asking(candidates.clone());
                vec![Action::Annotation(AnnotationAction::Which(candidates))]
            }
            Opened::Shelf(shelf) => self.take_shelf(shelf),
        }
    }

    /// Makes a change, and gives what to tell the state of it.
    pub(super) fn perform(&mut self, change: ShelfRequest) -> Vec<Action> {
        match (&mut self.stage, change) {
            (_, ShelfRequest::Choose(candidate)) => {
                let shelf = match candidate {
                    Some(candidate) => {
                        self.library
                            .open_as(self.document.paper(), &self.origin, &candidate)
                    }
                    None => self.open_new(),
                };
                self.take_shelf(Box::new(shelf))
            }
            (_, ShelfRequest::Reopen(reading)) => self.reopen(reading.document),
            (Stage::Open(_), ShelfRequest::Reload) => self.reload().into_iter().collect(),
            (Stage::Open(_), change) => vec![self.perform_now(change)],
            (_, ShelfRequest::Reload) => Vec::new(),
            (Stage::Asking(candidates), change) => {
                self.waiting.push(change);
                vec![Action::Annotation(AnnotationAction::Which(
                    candidates.clone(),
                ))]
            }
            (Stage::Opening, change) => {
                self.waiting.push(change);
                Vec::new()
            }
        }
    }

    /// Finds what is kept in another text of the paper. A shelf that is open already is the same
    /// paper's, and holds what could not be saved yet.
    fn reopen(&mut self, document: Arc<Document>) -> Vec<Action> {
        self.document = document;
        match mem::replace(&mut self.stage, Stage::Opening) {
            Stage::Open(mut shelf) => {
                let document = &self.document;
                shelf.show(document.paper(), document.text(), &self.origin);
                self.take_shelf(shelf)
            }
            Stage::Opening | Stage::Asking(_) => self.take(self.opening()()),
        }
    }

    /// Saves where the reader is, if that is new.
    pub(super) fn keep_place(&mut self, here: &ReadingState) -> Result<(), Failure> {
        let Stage::Open(shelf) = &mut self.stage else {
            return Ok(());
        };
        if self.settings != here.settings {
            shelf.set_settings(&here.settings)?;
            self.settings = here.settings.clone();
            self.is_unsaved = false;
        }
        // A paper that cannot be opened from the list is on it only if somebody has gone on from its
        // beginning.
        let is_new = match self.place {
            Some(place) => {
                let is_elsewhere = self.current.is_some() && self.current != here.current;
                let has_read_on = here.read - self.read >= MIN_PROGRESS;
                place != here.position || is_elsewhere || has_read_on
            }
            None => here.position != Position::default() || !shelf.bookmarks().is_empty(),
        };
        if is_new {
            match here.current {
                Some(current) => {
                    shelf.set_place_with_current(here.position, current, here.read)?;
                }
                None => shelf.set_place(here.position, here.read)?,
            }
            self.place = Some(here.position);
            self.current = here.current;
            self.read = self.read.max(here.read);
            (self.is_noted, self.is_unsaved) = (true, false);
        }
        let is_listed = matches!(self.origin, Origin::File(_)) && here.current.is_some();
        if is_listed && !self.is_noted {
            shelf.note_opening(here.read)?;
            (self.is_noted, self.is_unsaved) = (true, false);
        }
        Ok(())
    }

    /// Saves what is left to be saved, elsewhere if need be, and tells what could not be. `here` is
    /// where the reader is; none if the page was not led yet to the place that was kept.
    pub(super) fn end(mut self, here: Option<&ReadingState>) -> Unsaved {
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
        let failure = if self.is_unsaved {
            shelf.retry().err()
        } else {
            None
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
        let shelf = match self.opening()() {
            Opened::Shelf(shelf) => shelf,
            // Nobody is there to be asked any more, and a new paper overwrites none.
            Opened::Ambiguous(_) => Box::new(self.open_new()),
        };
        self.take_shelf(shelf);
    }

    fn open_new(&self) -> Shelf {
        self.library.open_new(self.document.paper(), &self.origin)
    }

    fn take_shelf(&mut self, mut shelf: Box<Shelf>) -> Vec<Action> {
        let place = shelf.place();
        let notices = shelf.take_notices();
        self.place = place.map(|place| place.position);
        self.current = place.and_then(|place| place.current);
        self.read = place.map_or(0.0, |place| place.read);
        let settings = shelf.settings();
        self.settings = shelf::ReadingSettings {
            refused: settings.refused.clone(),
            ..self
                .default_settings
                .for_paper(&settings)
                .to_keep(self.default_settings)
        };
        let annotations = self.annotations_of(&shelf);
        self.own = annotations.own.clone();
        let remembered = SavedSession {
            place: place.map(|place| (place.position, place.found.passage().is_some())),
            current: self.current,
            settings,
            annotations,
        };
        self.stage = Stage::Open(shelf);
        let mut actions = vec![Action::Annotation(AnnotationAction::Opened(Box::new(
            remembered,
        )))];
        actions.extend(told(&notices).map(Action::Tell));
        for change in mem::take(&mut self.waiting) {
            actions.push(self.perform_now(change));
        }
        actions
    }

    /// What another opcit has changed.
    fn reload(&mut self) -> Option<Action> {
        let Stage::Open(shelf) = &mut self.stage else {
            return None;
        };
        shelf.refresh();
        if !shelf.take_news() {
            return None;
        }
        let notice = told(&shelf.take_notices());
        Some(self.update(notice, None, false))
    }

    fn perform_now(&mut self, request: ShelfRequest) -> Action {
        let Stage::Open(shelf) = &mut self.stage else {
            return Action::Tell(Notice::warning("bookmarks are still being read"));
        };
        let answers_highlight = matches!(request, ShelfRequest::Highlight(..));
        let done = match carry_out(shelf, request) {
            Err(Failure::NoWords) => Ok(SavedChange {
                message: Failure::NoWords.to_string(),
                changed: None,
            }),
            done => done,
        };
        // What another opcit has changed is passed on in any case.
        shelf.take_news();
        let warning = told(&shelf.take_notices());
        self.is_unsaved = done.is_err() || (self.is_unsaved && !shelf.unsaved().is_empty());
        let (notice, changed) = match done {
            Ok(SavedChange { message, changed }) => {
                (warning.unwrap_or_else(|| Notice::plain(message)), changed)
            }
            Err(failure) => (Notice::warning(not_saved(&failure)), None),
        };
        self.update(Some(notice), changed, answers_highlight)
    }

    fn annotations_of(&self, shelf: &Shelf) -> Annotations {
        Annotations::new(shelf, self.document.paper(), self.is_unsaved, &self.own)
    }

    fn update(
        &mut self,
        notice: Option<Notice>,
        changed: Option<AnnotationId>,
        answers_highlight: bool,
    ) -> Action {
        let annotations = match &self.stage {
            Stage::Open(shelf) => self.annotations_of(shelf),
            _ => Annotations::default(),
        };
        self.own = annotations.own.clone();
        Action::Annotation(AnnotationAction::Changed(Box::new(ShelfUpdate {
            annotations,
            notice,
            changed,
            answers_highlight,
        })))
    }
}

/// A change that was made and saved.
struct SavedChange {
    message: String,
    /// The annotation that it brought back, or made again what it was.
    changed: Option<AnnotationId>,
}

/// Makes a change on the shelf, and says that it is saved.
fn carry_out(shelf: &mut Shelf, request: ShelfRequest) -> Result<SavedChange, Failure> {
    let mut changed = None;
    let message = match request {
        ShelfRequest::Toggle(position) => match shelf.toggle(position)? {
            Toggled::Added(_) => "bookmark set · {undo} to undo".to_owned(),
            Toggled::Removed(1) => "bookmark removed · {undo} to undo".to_owned(),
            Toggled::Removed(count) => format!("{count} bookmarks removed · {{undo}} to undo"),
        },
        ShelfRequest::Highlight(passage, kind) => {
            let name = KindNames::placeholder(&kind);
            let message = format!("highlighted as {name} · {{undo}} to undo");
            changed = Some(shelf.highlight(passage, kind)?);
            message
        }
        ShelfRequest::Recolour(id, kind) => {
            let name = KindNames::placeholder(&kind);
            let message = format!("now {name} · {{undo}} to undo");
            shelf.recolour(&id, kind)?;
            message
        }
        ShelfRequest::NoteOn(passage, note) => {
            changed = Some(shelf.note_on(passage, &note)?);
            "note saved".to_owned()
        }
        ShelfRequest::MoveToPassage(id, passage) => {
            shelf.move_to_passage(&id, passage)?;
            "moved · {undo} to undo".to_owned()
        }
        ShelfRequest::Rename(id, label) => {
            shelf.rename(&id, &label)?;
            "renamed".to_owned()
        }
        ShelfRequest::Annotate(id, note) => {
            shelf.annotate(&id, &note)?;
            "note saved".to_owned()
        }
        ShelfRequest::Remove(id) => {
            let noun = id.kind_name().to_owned();
            shelf.remove(&[id])?;
            format!("{noun} removed · {{undo}} to undo")
        }
        ShelfRequest::Move(id, position) => {
            shelf.move_to(&id, position)?;
            "bookmark moved to the current paragraph · {undo} to undo".to_owned()
        }
        ShelfRequest::Replay(way) => {
            let replayed = match way {
                Replay::Undo => shelf.undo()?,
                Replay::Redo => shelf.redo()?,
            };
            changed = replayed.as_ref().and_then(Replayed::annotation);
            replayed_in_words(replayed.as_ref(), way, shelf)
        }
        ShelfRequest::Mark(letter, position) => {
            shelf.set_mark(letter, position)?;
            format!("mark {letter} set · {{go-to-mark}}{letter} goes there")
        }
        ShelfRequest::Reload | ShelfRequest::Reopen(_) | ShelfRequest::Choose(_) => String::new(),
    };
    Ok(SavedChange { message, changed })
}

/// What was undone or redone, and the keys that lead on and back.
fn replayed_in_words(replayed: Option<&Replayed>, way: Replay, shelf: &Shelf) -> String {
    let what = match (replayed, way) {
        (Some(replayed), _) => replayed.to_string(),
        (None, Replay::Undo) => "nothing left to undo".to_owned(),
        (None, Replay::Redo) => "nothing left to redo".to_owned(),
    };
    let more = |same: Replay| {
        if replayed.is_some() && way == same {
            " more"
        } else {
            ""
        }
    };
    let mut words = what;
    if shelf.can(Replay::Undo) {
        words.push_str(&format!(" · {{undo}} undo{}", more(Replay::Undo)));
    }
    if shelf.can(Replay::Redo) {
        words.push_str(&format!(" · {{redo}} redo{}", more(Replay::Redo)));
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
        } => format!(
            "{}; cannot {doing} {}",
            SystemReason(source),
            path.display()
        ),
        other => other.to_string(),
    };
    let why = crate::paper::clean(&why).into_owned();
    format!("not saved yet (still in memory): {why}")
}

/// The first of many things, and how many there are beside them.
fn listed(things: &[String]) -> String {
    let named: Vec<&str> = things.iter().take(MAX_NAMED).map(String::as_str).collect();
    match things.len().saturating_sub(MAX_NAMED) {
        0 => named.join(", "),
        more => format!("{}, and {more} more", named.join(", ")),
    }
}

/// All that there is to be told, in one line.
fn told(notices: &[shelf::ShelfNotice]) -> Option<Notice> {
    let words: Vec<String> = notices.iter().map(ToString::to_string).collect();
    (!words.is_empty()).then(|| Notice::warning(words.join("; ")))
}
