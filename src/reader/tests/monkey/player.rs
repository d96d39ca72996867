//! A reader program under the monkey's hands, held to its laws after everything that happens.

use std::sync::Arc;

use ratatui::layout::{Rect, Size};
use tempfile::TempDir;

use super::events::{Event, Meddling};
use super::papers::Book;
use crate::paper::{BlockId, Position};
use crate::reader::action::Notice;
use crate::reader::action::{Action, ClickTarget, Effect, Motion};
use crate::reader::draw::ClickMap;
use crate::reader::keys::key::Key;
use crate::reader::keys::keymap::Context;
use crate::reader::keys::mouse;
use crate::reader::open::annotations::{AnnotationAction, ShelfRequest};
use crate::reader::open::view::SavedView;
use crate::reader::overlays::Overlay;
use crate::reader::persistence::Persistence;
use crate::reader::state::State;
use crate::reader::testing::TestReader;
use crate::reader::tests::laws::{self, Drawn};
use crate::shelf::{Library, MarkLetter, Origin};

/// The reader program, and the world around it.
pub(super) struct Player {
    desk: TestReader,
    book: Book,
    /// Where things are kept; nothing is, if there is no folder.
    folder: Option<TempDir>,
    /// Another opcit, once this one has read what is kept.
    other: Option<Persistence>,
    has_sources: bool,
    /// The screen as it was drawn last.
    drawn: Drawn,
    /// How many events are taken before the screen is drawn, as when keys come fast.
    burst: usize,
    /// How many are to be taken before it is drawn next.
    queued: usize,
    /// What stood at the page's top before something was opened over it, if nothing has led
    /// elsewhere since.
    home: Option<Position>,
    /// Where the reader was before the last jump, if nothing has moved the page since.
    left: Option<SavedView>,
}

/// What is known of a page before something happens to it.
struct Before {
    place: SavedView,
    anchor: Position,
    top: Position,
    below: Option<Position>,
    context: Context,
    open: usize,
    /// Whether actions can be chosen by name.
    is_palette: bool,
}

impl Before {
    fn new(state: &State) -> Self {
        Before {
            place: state.app.open.view.save(),
            anchor: state.app.open.view.anchor(),
            top: state.app.open.view.top(),
            below: state.app.open.view.position_below(),
            context: state.context(),
            open: state.overlays().len(),
            is_palette: state
                .overlays()
                .top()
                .and_then(Overlay::list)
                .is_some_and(|list| list.sign == ":"),
        }
    }
}

impl Player {
    pub(super) fn open(book: &Book, size: Size, has_disk: bool, burst: usize) -> Self {
        let desk = TestReader::unread(Arc::clone(&book.document), size.width, size.height);
        Player {
            drawn: laws::hold(&desk.state),
            desk,
            book: book.clone(),
            folder: has_disk.then(|| TempDir::new().unwrap()),
            other: None,
            has_sources: false,
            burst,
            queued: burst,
            home: None,
            left: None,
        }
    }

    /// The same, with the text in two columns where there is room.
    pub(super) fn with_spread(mut self, is_spread: bool) -> Self {
        let size = self.state().size();
        self.desk.state.app.settings.is_spread = is_spread;
        self.desk.act(Action::Resize(size));
        self.drawn = laws::hold(self.state());
        self
    }

    pub(super) fn state(&self) -> &State {
        &self.desk.state
    }

    pub(super) fn clicks(&self) -> &ClickMap {
        &self.drawn.clicks
    }

    pub(super) fn waits_for_sources(&self) -> bool {
        !self.has_sources
    }

    pub(super) fn waits_for_shelf(&self) -> bool {
        self.folder.is_some() && self.other.is_none()
    }

    /// Lets something happen, and holds what comes of it to the laws.
    pub(super) fn play(&mut self, event: &Event) {
        self.take(event);
        self.queued = self.queued.saturating_sub(1);
        if self.queued == 0 {
            self.queued = self.burst;
            self.drawn = laws::hold(self.state());
        }
    }

    fn take(&mut self, event: &Event) {
        match event {
            Event::Key(key) => self.press(*key),
            Event::Paste(text) => self.perform(&Action::Paste(text.clone())),
            Event::Mouse(event) => {
                let held = self.state().app.open.press_held();
                if let Some(action) = mouse::action(*event, self.clicks(), held) {
                    self.perform(&action);
                }
            }
            Event::Resize(size) => self.resize(*size),
            Event::Wait => {
                self.desk.pass_time();
                self.desk.keep_place();
            }
            Event::Work => {
                if self.state().has_work() {
                    self.perform(&Action::Work);
                }
            }
            Event::Sources => {
                self.has_sources = true;
                self.perform(&Action::TakeSources(Arc::clone(
                    self.book.document.sources(),
                )));
            }
            Event::Shelf => self.open_shelf(),
            Event::Told(words) => self.perform(&Action::Tell(Notice::plain(*words))),
            Event::Other(meddling) => self.meddle(*meddling),
            Event::Glance => self.glance(),
            Event::WayOut(key) => self.leave(*key),
        }
    }

    fn press(&mut self, key: Key) {
        for action in self.state().actions_of(Some(key)) {
            self.perform(&action);
        }
    }

    fn perform(&mut self, action: &Action) {
        let before = Before::new(self.state());
        let view = &self.desk.state.app.open.view;
        // Back passes over what is in sight.
        let is_in_sight = self.left.is_some_and(|place| view.shows(place));
        if *action == Action::Back && is_in_sight {
            self.left = None;
        }
        self.desk.act(action.clone());
        let effects = std::mem::take(&mut self.desk.effects);
        if effects.contains(&Effect::Quit) {
            let is_meant = before.open == 0 || before.is_palette;
            assert!(is_meant, "the program ends while something is open");
        }
        self.hold_place(&before, action);
        if effects.contains(&Effect::Suspend) {
            // Back from the shell, the program is told the size.
            self.perform(&Action::Resize(self.state().size()));
        }
    }

    /// The page stays where it is but for what moves it; what was opened and closed leaves it
    /// where it was; and back leads to where the last jump began.
    fn hold_place(&mut self, before: &Before, action: &Action) {
        let (anchor, open) = (
            self.state().app.open.view.anchor(),
            self.state().overlays().len(),
        );
        if keeps_the_page(action, before.context) {
            assert_eq!(anchor, before.anchor, "{action:?} moves the page");
        }
        let view = &self.state().app.open.view;
        if view.rows() > 0 {
            // Blank rows before a block stand for its start.
            let is_kept = view.top() == anchor || view.is_visible(anchor);
            // The marker of an open note comes first.
            let is_note_open = self.state().overlays().note().is_some();
            assert!(
                is_kept || is_note_open,
                "what stood at the top is out of sight"
            );
        }
        if action.is_readers() && open == 0 {
            self.what_is_chosen_is_in_sight();
        }
        self.hold_home(before, action);
        self.hold_way_back(before, action);
    }

    fn what_is_chosen_is_in_sight(&self) {
        let view = &self.state().app.open.view;
        if let Some(chosen) = view.chosen() {
            let is_in_sight = view.targets().contains(&chosen);
            assert!(is_in_sight, "{chosen:?} is chosen and out of sight");
        }
    }

    fn hold_home(&mut self, before: &Before, action: &Action) {
        let (anchor, open) = (
            self.state().app.open.view.anchor(),
            self.state().overlays().len(),
        );
        if before.open == 0 {
            // What is read aloud is shown, and the reader stays there.
            let comes_back = open > 0 && *action != Action::ReadAloud;
            self.home = comes_back.then_some(before.anchor);
        } else if leads_elsewhere(action)
            // In a smaller window the marker of a note comes first, also when the note is closed.
            || matches!(action, Action::Resize(_)) && self.state().overlays().note().is_some()
        {
            self.home = None;
        }
        if open == 0
            && let Some(home) = self.home.take()
        {
            assert_eq!(anchor, home, "what was opened has moved the page");
        }
    }

    fn hold_way_back(&mut self, before: &Before, action: &Action) {
        let view = &self.desk.state.app.open.view;
        if *action == Action::Back && before.open == 0 {
            if let Some(place) = self.left.take() {
                let is_back = view.shows(place);
                assert!(is_back, "back does not lead back to {place:?}");
            }
        } else if !view.has_same_top(before.place) {
            let is_elsewhere = before.below.is_some_and(|below| view.anchor() >= below)
                || view
                    .position_below()
                    .is_some_and(|below| below <= before.top);
            let jumps = before.open == 0 && is_a_jump(action) && is_elsewhere;
            self.left = jumps.then_some(before.place);
        } else if *action == Action::Forward || leads_elsewhere(action) {
            self.left = None;
        }
    }

    /// Any resize leads back to the same screen.
    fn resize(&mut self, size: Size) {
        let old = self.state().size();
        if self.queued > 1 {
            return self.perform(&Action::Resize(size));
        }
        let was_told = self.state().notice().is_some();
        let before = Drawn::new(self.state());
        self.perform(&Action::Resize(size));
        let after = Drawn::new(self.state());
        self.desk.act(Action::Resize(old));
        // What is said of one screen is not true of another, and stands no more.
        let footer = self.state().geometry().footer;
        let footer = if was_told { footer } else { Rect::ZERO };
        let when = format!("after a resize to {size} and back to {old}");
        before.assert_same(&Drawn::new(self.state()), &footer, &when);
        self.desk.act(Action::Resize(size));
        after.assert_same(&Drawn::new(self.state()), &Rect::ZERO, "to and fro");
    }

    /// From wherever the reader is, a key leads back to the page, and then `q` out.
    fn leave(&mut self, key: Key) {
        if !self.state().app.awaited_after.is_empty() {
            self.press(key);
        }
        let most = 3 * self.state().overlays().len();
        for _ in 0..most {
            if self.state().overlays().is_empty() {
                break;
            }
            // Whoever does not want what was typed has to say so.
            match self.state().context() {
                Context::Unsaved => self.press(Key::Char('d')),
                _ => self.press(key),
            }
        }
        let open = self.state().overlays();
        assert!(open.is_empty(), "{key} leads not out of {open:?}");
        // The first takes back a count that was begun.
        for _ in 0..2 {
            if self.state().context() == Context::Selecting {
                self.press("Esc".parse().unwrap());
            }
        }
        let quit = self
            .state()
            .app
            .keymap
            .action(self.state().context(), Key::Char('q'));
        assert_eq!(quit, Action::Quit, "no way out with q");
        self.press(Key::Char('q'));
    }

    fn open_shelf(&mut self) {
        let Some(folder) = self.folder.as_ref().map(|folder| folder.path().to_owned()) else {
            return;
        };
        if self.other.is_some() {
            return;
        }
        self.desk.open_shelf(&folder, Origin::Elsewhere);
        let document = Arc::clone(&self.book.document);
        let mut other = Persistence::new(Library::new(Some(folder)), document, Origin::Elsewhere);
        let opened = other.opening()();
        let _ = other.take(opened);
        self.other = Some(other);
        self.home = None;
        self.left = None;
    }

    /// Another opcit makes a change.
    fn meddle(&mut self, meddling: Meddling) {
        let Some(other) = &mut self.other else {
            return;
        };
        let blocks = self.book.document.paper().blocks.len().max(1);
        let at = |block: usize| Position::start_of(BlockId(block % blocks));
        let bookmarks = &self.desk.state.app.open.shelf.annotations.bookmarks;
        let id = |index: usize| {
            let bookmark = bookmarks.get(index % bookmarks.len().max(1))?;
            Some(bookmark.id.clone())
        };
        let words = "Another’s\u{202e} words".to_owned();
        let change = match meddling {
            Meddling::Toggle(block) => Some(ShelfRequest::Toggle(at(block))),
            Meddling::Mark(letter, block) => {
                MarkLetter::new(letter).map(|letter| ShelfRequest::Mark(letter, at(block)))
            }
            Meddling::Replay(way) => Some(ShelfRequest::Replay(way)),
            Meddling::Remove(index) => id(index).map(ShelfRequest::Remove),
            Meddling::Rename(index) => id(index).map(|id| ShelfRequest::Rename(id, words)),
            Meddling::Annotate(index) => id(index).map(|id| ShelfRequest::Annotate(id, words)),
        };
        let _ = change.map(|change| other.perform(change));
    }

    /// What the other has kept appears.
    fn glance(&mut self) {
        self.desk.pass_time();
        let Some(other) = &mut self.other else {
            return;
        };
        self.desk.glance_later();
        let news = other.perform(ShelfRequest::Reload);
        for action in news {
            if let Action::Annotation(AnnotationAction::Changed(news)) = action {
                let (own, others) = (&self.state().app.open.shelf.annotations, news.annotations);
                assert_eq!(own.bookmarks, others.bookmarks, "two opcits disagree");
                assert_eq!(own.marks, others.marks, "two opcits disagree");
            }
        }
    }
}

/// Whether an action leaves the page where it is.
fn keeps_the_page(action: &Action, context: Context) -> bool {
    use Context::{
        Annotation, Bookmarks, Filter, Label, Note, OwnNote, Reading, ReadingAloud, Search,
        Selecting, Unsaved,
    };
    match action {
        Action::Copy
        | Action::CopyReference
        | Action::CitedElsewhere
        | Action::NextReferenceFormat
        | Action::Notes
        | Action::Problems
        | Action::Sources
        | Action::Sort
        | Action::Outline
        | Action::OutlinePane
        | Action::Placement
        | Action::Wider
        | Action::NextPageStyle
        | Action::Narrower
        | Action::Mouse
        | Action::Help
        | Action::Quit
        | Action::Suspend
        | Action::Resize(_)
        | Action::TakeSources(_)
        | Action::TakeElsewhere(_)
        | Action::SourcesTakenIn
        | Action::Tell(_)
        | Action::Unbound
        | Action::Discard
        | Action::Expire => true,
        Action::Digit(_) | Action::Choose(_) => !matches!(context, Note | OwnNote),
        Action::Search | Action::Matches | Action::Goto => context == Reading,
        Action::Move(_) => !matches!(context, Reading | ReadingAloud | Selecting | Search),
        Action::Close => !matches!(context, Note | OwnNote | Search),
        Action::Edit(_) => context != Search,
        Action::Type(_) | Action::Paste(_) => {
            matches!(
                context,
                Label | Annotation | Unsaved | Filter | Bookmarks | Reading
            )
        }
        Action::Annotation(keeping) => !matches!(
            keeping,
            AnnotationAction::Opened(_) | AnnotationAction::Letter(_) | AnnotationAction::Step(_)
        ),
        _ => false,
    }
}

/// Whether an action may lead from what is open to another place.
fn leads_elsewhere(action: &Action) -> bool {
    matches!(
        action,
        Action::Follow
            | Action::Click(_)
            | Action::OpenLink
            | Action::Paste(_)
            | Action::Type(_)
            | Action::Annotation(AnnotationAction::Letter(_) | AnnotationAction::Opened(_))
    )
}

/// Whether an action jumps, so that back leads back.
fn is_a_jump(action: &Action) -> bool {
    matches!(
        action,
        Action::Move(Motion::Section(_) | Motion::End(_))
            | Action::Follow
            | Action::Click(
                ClickTarget::Section(_) | ClickTarget::Target(..) | ClickTarget::Scrollbar { .. }
            )
            | Action::Annotation(AnnotationAction::Step(_))
            | Action::StepMatch(_)
    )
}
