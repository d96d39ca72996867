//! The loop itself, with events and a clock of the test's own.

use std::cell::RefCell;
use std::io::{self, Write};

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Size;
use tempfile::TempDir;

use super::*;
use crate::document::Document;
use crate::formats::{self, ReadOptions};
use crate::paper::Parsed;
use crate::reader::elsewhere::{CitedElsewhere, ElsewhereNews};
use crate::reader::offscreen::ScriptedSession;
use crate::shelf::{Library, Origin};
use crate::terminal::events::ScriptedEvents;
use crate::terminal::output::Unlimited;

const SIZE: Size = Size::new(80, 24);

/// A terminal that takes a frame only when it is asked often enough.
struct SlowOutput {
    frames: Vec<usize>,
    has_room: bool,
}

impl Write for SlowOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.frames.push(bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl FrameOutput for SlowOutput {
    fn is_empty(&self) -> bool {
        self.has_room
    }

    fn has_room(&mut self, _: Duration) -> io::Result<bool> {
        Ok(self.has_room)
    }
}

fn session<O: FrameOutput>(output: O) -> ScriptedSession<O> {
    let paper = Arc::new(formats::markdown::parse(formats::embedded()).paper.into());
    Session::scripted(paper, SIZE, output)
}

fn press<O: FrameOutput>(session: &ScriptedSession<O>, keys: &str) {
    for key in keys.split(' ') {
        let key: Key = key.parse().unwrap();
        session.events.push(Event::Key(key.event()));
    }
}

fn signal<O: FrameOutput>(session: &ScriptedSession<O>) {
    session.events.push(Event::End(Ending::Signal(15)));
}

/// Counts how often sources were to be looked up in other papers.
struct LookUpCounter(usize);

impl<O, E> Effects<O, E> for LookUpCounter {
    fn look_up(&mut self, _: &OpenDocument, _: &E) -> io::Result<()> {
        self.0 += 1;
        Ok(())
    }

    fn perform(
        &mut self,
        _: Effect,
        _: &OpenDocument,
        _: &mut O,
        _: &E,
    ) -> io::Result<EffectResult> {
        Ok(EffectResult::Nothing)
    }
}

/// How often the sources of a paper have been looked up after each of these actions.
fn look_ups(markdown: &str, actions: &[fn(&Arc<Document>) -> Action]) -> Vec<usize> {
    let document: Arc<Document> = Arc::new(formats::markdown::parse(markdown).paper.into());
    let state = State::new(Arc::clone(&document), SIZE);
    let (events, screen) = (ScriptedEvents::new(), Screen::new(Unlimited(io::sink())));
    let mut session = Session::new(state, events, screen, LookUpCounter(0));
    let count_after = |action: &fn(&Arc<Document>) -> Action| {
        session.perform(action(&document)).unwrap();
        session.effects.0
    };
    actions.iter().map(count_after).collect()
}

#[test]
fn sources_are_looked_up_in_other_papers_once_and_again_when_more_is_known_of_those() {
    let take_sources = |it: &Arc<Document>| Action::TakeSources(Arc::clone(it.sources()));
    let taken_in = |_: &Arc<Document>| Action::SourcesTakenIn;
    let found = |it: &Arc<Document>| {
        let nothing = CitedElsewhere::new(Arc::clone(it), Vec::new());
        Action::TakeElsewhere(ElsewhereNews(Arc::new(nothing)))
    };
    let paper = "# War\n\nBread was dear.[^1]\n\n[^1]: Smith, J. (2019) *Title*. Press.\n";
    let actions: [fn(&Arc<Document>) -> Action; 7] = [
        |_| Action::Expire,
        take_sources,
        |_| Action::Expire,
        found,
        taken_in,
        // What comes in while they are looked up is looked up after that.
        taken_in,
        found,
    ];
    assert_eq!(look_ups(paper, &actions), [0, 1, 1, 1, 2, 2, 3]);
    let without_sources = "# War\n\nBread was dear.\n";
    assert_eq!(look_ups(without_sources, &[take_sources, taken_in]), [0, 0]);
}

#[test]
fn the_loop_goes_on_until_a_signal_ends_it() {
    let mut session = session(Unlimited(io::sink()));
    press(&session, "] ] f");
    signal(&session);
    assert_eq!(session.run().unwrap(), 128 + 15);
    assert_eq!(session.state.overlays().len(), 1, "the note is open");
}

#[test]
fn after_the_end_no_event_is_taken() {
    let mut session = session(Unlimited(io::sink()));
    signal(&session);
    press(&session, "t");
    session.run().unwrap();
    assert!(session.state.overlays().is_empty());
    assert!(session.events.next_queued().is_some());
}

#[test]
fn keys_that_are_queued_are_all_taken_before_the_frame() {
    let mut session = session(Unlimited(Vec::new()));
    session.draw().unwrap();
    (0..500).for_each(|_| press(&session, "j"));
    assert_eq!(session.step().unwrap(), LoopControl::GoOn);
    assert!(session.events.next_queued().is_none());
}

#[test]
fn keys_that_come_without_end_are_shown_at_least_every_fifty_milliseconds() {
    const KEY: Duration = Duration::from_millis(3);
    let mut session = session(Unlimited(io::sink()));
    session.events.set_event_time(KEY);
    (0..500).for_each(|_| press(&session, "j"));
    for _ in 0..20 {
        let start = session.events.now();
        assert_eq!(session.step().unwrap(), LoopControl::GoOn);
        assert!(session.events.now() - start <= FRAME + 2 * KEY);
    }
    assert!(session.events.next_queued().is_some());
}

#[test]
fn a_terminal_that_takes_no_more_is_sent_no_frame_and_keys_are_heard_all_the_same() {
    let mut session = session(SlowOutput {
        frames: Vec::new(),
        has_room: false,
    });
    let top = session.state.app.open.view.top();
    for _ in 0..10 {
        press(&session, "Space");
        assert_eq!(session.step().unwrap(), LoopControl::GoOn);
    }
    assert_ne!(session.state.app.open.view.top(), top);
    assert!(session.screen.output().frames.is_empty());
    session.screen.output().has_room = true;
    press(&session, "j");
    session.step().unwrap();
    assert_eq!(session.screen.output().frames.len(), 1);
}

#[test]
fn what_shows_for_a_moment_goes_by_itself() {
    let mut session = session(Unlimited(io::sink()));
    press(&session, "]");
    session.step().unwrap();
    let deadline = session.state.deadline().expect("the line that it led to");
    session.step().unwrap();
    assert!(session.events.now() >= deadline);
    assert_eq!(session.state.deadline(), None);
}

#[test]
fn the_reading_place_is_on_the_disk_some_seconds_after_a_move() {
    let folder = TempDir::new().unwrap();
    let open = || {
        let library = Library::new(Some(folder.path().to_owned()));
        let mut session = session(Unlimited(io::sink()));
        session.open_shelf(library, Origin::Embedded);
        session
    };
    let mut session = open();
    press(&session, "Space Space");
    let start = session.events.now();
    session.step_until_idle();
    assert!(session.events.now() - start >= Duration::from_secs(3));
    let anchor = session.state.app.open.view.anchor();
    assert_ne!(anchor, crate::paper::Position::default());
    assert_eq!(open().state.app.open.view.anchor(), anchor);
}

/// The notes that are kept when a signal ends the program after each of these keys, on one shelf.
#[track_caller]
fn check_notes_kept(readings: &[&str], expected: &[&str]) {
    let folder = TempDir::new().unwrap();
    let library = Library::new(Some(folder.path().to_owned()));
    let paper: Document = formats::markdown::parse(formats::embedded()).paper.into();
    for keys in readings {
        let mut session = session(Unlimited(io::sink()));
        session.open_shelf(library.clone(), Origin::Embedded);
        press(&session, keys);
        signal(&session);
        session.run().unwrap();
        let (state, savers) = session.into_parts();
        assert!(savers.end(|id| state.here_in(id)).lines.is_empty());
    }
    let Opened::Shelf(shelf) = library.open(paper.paper(), &Origin::Embedded) else {
        panic!("the paper that opcit carries is known");
    };
    let notes: Vec<&str> = shelf.annotations().iter().map(|it| &*it.note).collect();
    assert_eq!(notes, expected);
}

#[test]
fn a_signal_keeps_the_note_that_is_being_typed() {
    check_notes_kept(&["V a o n e"], &["one"]);
    check_notes_kept(&["V a o n e Esc"], &["one"]);
    check_notes_kept(&["V a o n e F1"], &["one"]);
    check_notes_kept(&["V a o n e Ctrl-s", "B a s"], &["ones"]);
}

#[test]
fn a_signal_keeps_nothing_that_has_no_words_and_takes_none_away() {
    check_notes_kept(&["V a Space"], &[]);
    check_notes_kept(&["V a o n e Esc n"], &[]);
    check_notes_kept(&["V a o n e Ctrl-s", "B a Ctrl-u"], &["one"]);
}

#[test]
fn what_was_typed_before_there_was_a_paper_is_heard_where_the_reader_was() {
    // The place after two pages in one reading and these keys in another.
    let place_after = |typed: &str, keys: &str| {
        let folder = TempDir::new().unwrap();
        let mut place = None;
        for (typed, keys) in [("", "Space Space"), (typed, keys)] {
            let library = Library::new(Some(folder.path().to_owned()));
            let mut session = session(Unlimited(io::sink()));
            let typed = typed.split_whitespace().map(|key| {
                let key: Key = key.parse().unwrap();
                Event::Key(key.event())
            });
            session.take_later(typed.collect());
            session.open_shelf(library, Origin::Embedded);
            session.step_until_idle();
            press(&session, keys);
            session.step_until_idle();
            place = Some(session.state.app.open.view.anchor());
        }
        place
    };
    let next = place_after("", "Space j");
    assert_ne!(next, place_after("", "j"));
    assert_eq!(place_after("Space", "j"), next);
}

/// A long paper, and its beginning, as they are read.
fn long_paper() -> (Document, Document) {
    let paragraph = |number| format!("Paragraph {number} is about bread.[^{number}]\n\n");
    let note = |number| format!("[^{number}]: Note {number}.\n\n");
    let body: String = (1..9_000).map(paragraph).collect();
    let source = format!(
        "# Bread\n\n{body}{}",
        (1..9_000).map(note).collect::<String>()
    );
    let beginning = RefCell::new(None);
    let begun = |parsed: Parsed| *beginning.borrow_mut() = Some(parsed);
    let options = ReadOptions {
        begun: Some(&begun),
        ..ReadOptions::default()
    };
    let whole = formats::read(source.as_bytes(), &options).unwrap();
    let beginning = beginning.take().expect("it is long");
    let document = |parsed| Document::new(parsed, Origin::Elsewhere);
    (document(beginning), document(whole))
}

#[test]
fn moves_are_heard_in_the_beginning_of_a_paper_and_other_keys_once_there_is_the_whole() {
    let (beginning, whole) = long_paper();
    let folder = TempDir::new().unwrap();
    let library = Library::new(Some(folder.path().to_owned()));
    let mut session = Session::scripted(Arc::new(beginning), SIZE, Unlimited(io::sink()));
    session.open_shelf(library.clone(), Origin::Elsewhere);
    press(&session, "Space Space j");
    session.step().unwrap();
    let top = session.state.app.open.view.anchor();
    assert_ne!(top, crate::paper::Position::default());
    // The second move waits behind the bookmark, which is set where the first has led.
    press(&session, "b Space");
    session.step().unwrap();
    assert_eq!(session.state.app.open.view.anchor(), top);
    assert!(session.state.overlays().is_empty());

    session.wait_for_whole(|| Some(whole)).unwrap();
    session.step().unwrap();
    let open = &session.state.app.open;
    assert!(!open.is_beginning());
    assert_eq!(open.document.paper().notes.len(), 8_999);
    assert_eq!(open.changed_blocks(), 0);
    session.step_until_idle();
    assert!(session.state.app.open.view.anchor() > top);
    let (state, savers) = session.into_parts();
    let anchor = state.app.open.view.anchor();
    assert!(savers.end(|id| state.here_in(id)).lines.is_empty());
    let Opened::Shelf(shelf) = library.open(state.app.open.document.paper(), &Origin::Elsewhere)
    else {
        panic!("the paper is known");
    };
    assert_eq!(shelf.annotations().len(), 1);
    let place = shelf.place().expect("where the reader was");
    assert_eq!(
        place.found.passage().map(|passage| passage.start),
        Some(anchor)
    );
}

#[test]
fn who_has_not_moved_in_the_beginning_of_a_paper_comes_back_to_where_they_were() {
    let folder = TempDir::new().unwrap();
    let library = Library::new(Some(folder.path().to_owned()));
    let open = |document| {
        let mut session = Session::scripted(Arc::new(document), SIZE, Unlimited(io::sink()));
        session.open_shelf(library.clone(), Origin::Elsewhere);
        session
    };
    let (beginning, whole) = long_paper();
    let mut session = open(whole);
    press(&session, "4 2 %");
    session.step_until_idle();
    let anchor = session.state.app.open.view.anchor();
    assert_ne!(anchor, crate::paper::Position::default());
    let mut session = open(beginning);
    session.wait_for_whole(|| Some(long_paper().1)).unwrap();
    session.step_until_idle();
    assert_eq!(session.state.app.open.view.anchor(), anchor);
}

#[test]
fn the_end_of_the_beginning_is_not_gone_beyond() {
    let (beginning, whole) = long_paper();
    let body = beginning.paper().body_bytes();
    let mut session = Session::scripted(Arc::new(beginning), SIZE, Unlimited(io::sink()));
    session.open_shelf(Library::new(None), Origin::Elsewhere);
    for _ in 0..2_000 {
        press(&session, "Space");
        session.step().unwrap();
    }
    let open = &session.state.app.open;
    let below = open.view.position_below().expect("there is more");
    assert!(open.document.paper().bytes_before(below) < body);
    // G is heard in the whole, as all that was typed behind what waits.
    press(&session, "G");
    session.wait_for_whole(|| Some(whole)).unwrap();
    session.step_until_idle();
    assert_eq!(session.state.app.open.view.position_below(), None);
}

#[test]
fn a_click_in_the_beginning_of_a_paper_is_none_on_what_stands_there_later() {
    let (beginning, whole) = long_paper();
    let mut session = Session::scripted(Arc::new(beginning), SIZE, Unlimited(io::sink()));
    session.open_shelf(Library::new(None), Origin::Elsewhere);
    session.draw().unwrap();
    let is_clickable = |(column, row): &(u16, u16)| session.hit_at(*column, *row).is_some();
    let cells = (0..SIZE.height).flat_map(|row| (0..SIZE.width).map(move |column| (column, row)));
    let (column, row) = cells
        .into_iter()
        .find(is_clickable)
        .expect("something to click");
    session.events.push(Event::Mouse(MouseEvent {
        kind: MouseEventKind::Down(MouseButton::Left),
        column,
        row,
        modifiers: KeyModifiers::NONE,
    }));
    session.step().unwrap();
    assert!(session.typed_before.is_empty());
    session.wait_for_whole(|| Some(whole)).unwrap();
    session.step_until_idle();
    assert!(session.state.overlays().is_empty() && session.state.app.open.is_as_opened());
}

#[test]
fn a_paper_that_cannot_be_read_behind_its_beginning_ends_the_program() {
    let (beginning, _) = long_paper();
    let mut session = Session::scripted(Arc::new(beginning), SIZE, Unlimited(io::sink()));
    session.open_shelf(Library::new(None), Origin::Elsewhere);
    session.wait_for_whole(|| None).unwrap();
    assert_eq!(session.run().unwrap(), 1);
}

impl<O: FrameOutput> ScriptedSession<O> {
    /// Steps as long as there is an event, or something to wait for.
    fn step_until_idle(&mut self) {
        // The first step takes the events, the second sees what came of them.
        self.step().unwrap();
        self.step().unwrap();
        while self.state.has_work()
            || self.state.deadline().is_some()
            || self.savers.deadline(self.state.shown()).is_some()
        {
            self.step().unwrap();
        }
    }
}
