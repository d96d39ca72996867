//! A reader without a terminal, for pictures and measurements.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use super::action::{Action, Effect};
use super::draw;
use super::keys::key::{Key, UnknownKey};
use super::link;
use super::session::{Beside, Message, Savers, Session};
use super::state::State;
use crate::document::Document;
use crate::shelf::{Library, Origin};
use crate::sources::Sources;
use crate::terminal::events::{Event, EventSource, ScriptedEvents};
use crate::terminal::output::{FrameOutput, Unlimited};
use crate::terminal::screen::Screen;
use crate::terminal::tty;

/// What lights up for a moment after a key is dark again after this long.
const A_WHILE: Duration = Duration::from_secs(60);

/// The program's loop on a screen that nobody sees. What there is to do outside of the screen and
/// the shelf is listed, not done.
pub(super) type ScriptedSession<O> = Session<O, ScriptedEvents<Message>, Vec<Effect>>;

impl<O: FrameOutput> ScriptedSession<O> {
    pub(super) fn scripted(document: Arc<Document>, size: Size, output: O) -> Self {
        let state = State::new(document, tty::clamp(size));
        let screen = Screen::new(output).with_links(link::for_terminal);
        Session::new(state, ScriptedEvents::new(), screen, Vec::new())
    }

    /// Opens what is kept about the paper, as the program does beside its first frame.
    pub(super) fn open_shelf(&mut self, library: Library, origin: Origin) {
        let settings = self.state.app.default_settings;
        // Of a script's events, no thread can fail to start.
        let _ = self.keep_in(Savers::new(library, settings, Beside::Inline), origin);
        self.take_queued();
    }

    pub(super) fn act(&mut self, action: Action) {
        self.send(Event::Message(Message::Action(action)));
    }

    /// Has the loop take an event, and all that come of it.
    pub(super) fn send(&mut self, event: Event<Message>) {
        self.events.push(event);
        self.take_queued();
    }

    pub(super) fn take_queued(&mut self) {
        while let Some(event) = self.events.next_queued() {
            // No event of a script ends the loop, and nothing is written here.
            let _ = self.take_with_queued(event);
        }
    }
}

/// A paper on a screen that nobody sees. What a key does outside the screen is not done: nothing
/// is copied or opened, nothing kept unless there is a shelf, and no key quits.
#[derive(Debug)]
pub struct Offscreen<W: Write> {
    session: ScriptedSession<Unlimited<W>>,
}

impl<W: Write> Offscreen<W> {
    /// Opens a paper on a screen of this size, which is clamped as a terminal's is. Frames are
    /// written to `output`, as to a terminal.
    pub fn open(document: Arc<Document>, size: Size, output: W) -> Self {
        Offscreen {
            session: Session::scripted(document, size, Unlimited(output)),
        }
    }

    /// Opens what is kept about the paper, as the program does beside its first frame.
    pub fn open_shelf(&mut self, library: Library, origin: Origin) {
        self.session.open_shelf(library, origin);
    }

    /// Shows what short citations stand for, as the program does some time after its first frame.
    pub fn take_sources(&mut self, sources: Arc<Sources>) {
        self.session.act(Action::TakeSources(sources));
    }

    /// Presses keys, which are named as in the table of keys and parted by blanks, and does the
    /// work that goes on between keys.
    ///
    /// # Errors
    ///
    /// When no key has one of the names; those before it have been pressed.
    pub fn press(&mut self, keys: &str) -> Result<(), UnknownKey> {
        for name in keys.split_whitespace() {
            let key: Key = name.parse()?;
            self.session.send(Event::Key(key.event()));
            while self.session.state.has_work() {
                self.session.work_once();
            }
            self.session.effects.clear();
        }
        Ok(())
    }

    /// Gives the screen another size.
    pub fn resize(&mut self, size: Size) {
        self.session.send(Event::Resize(tty::clamp(size)));
    }

    /// Writes what makes a terminal show the screen as it is now.
    ///
    /// # Errors
    ///
    /// When the output cannot be written.
    pub fn draw(&mut self) -> io::Result<()> {
        self.session.draw()
    }
}

/// The screen as it stays after these keys: what lights up for a moment is dark again, and the
/// cursor is a cell in reverse.
///
/// # Errors
///
/// When no key has one of the names.
pub fn frame(document: Arc<Document>, size: Size, keys: &str) -> Result<Buffer, UnknownKey> {
    let sources = Arc::clone(document.sources());
    let mut screen = Offscreen::open(document, size, io::sink());
    screen.take_sources(sources);
    screen.press(keys)?;
    screen.session.events.advance(A_WHILE);
    screen.session.act(Action::Expire);
    let state = &screen.session.state;
    let area = Rect::from((Position::ORIGIN, state.size()));
    let mut buffer = Buffer::empty(area);
    let cursor = draw::draw(state, &mut buffer).cursor();
    if let Some(cursor) = cursor.filter(|cursor| cursor.is_shown) {
        let cell = Rect::from((cursor.cell, Size::new(1, 1)));
        buffer.set_style(cell, state.app.theme.lit());
    }
    Ok(buffer)
}
