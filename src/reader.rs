//! The terminal program: an event becomes an action, an action changes the one state, the state
//! is drawn.

mod action;
mod app;
mod beside;
mod canvas;
mod draw;
mod effect;
mod events;
mod finder;
mod flow;
mod geometry;
mod gloss;
mod help;
mod history;
mod keeper;
mod kept;
mod key;
mod keymap;
mod link;
mod list;
mod loading;
mod margin;
mod mentions;
mod mouse;
mod offscreen;
mod open;
mod outlet;
mod pace;
mod pad;
mod palette;
mod popup;
mod prompt;
mod quotation;
mod saver;
mod settings;
mod sheet;
mod state;
pub mod terminal;
mod theme;
mod view;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::io;
use std::mem;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use action::{Action, Effect, Notice};
use canvas::Canvas;

use draw::Hits;
use effect::Clipboard;
use events::{Ending, Events, Input};
use keeper::{Keeper, Unsaved};
use kept::Keeping;
use key::Key;
use loading::{Loaded, Loading};
use outlet::Outlet;
use pace::FRAME;
use saver::Saver;
use state::State;
use terminal::Terminal;

use crate::paper::Parsed;
use crate::shelf::{Library, Origin};
use crate::sources::Sources;
use crate::terminal::capabilities::TerminalCapabilities;

pub use key::UnknownKey;
pub use keymap::keys_as_markdown;
pub use offscreen::{Offscreen, frame};

/// Why a paper cannot be shown. `E` is why it could not be read in.
#[derive(Debug, thiserror::Error)]
pub enum OpenError<E: std::error::Error + 'static> {
    #[error(transparent)]
    Load(E),
    #[error(
        "the terminal cannot show pages, going by its TERM; `opcit print` writes the paper as text"
    )]
    NoScreen,
    #[error("cannot use the terminal")]
    Terminal(#[from] io::Error),
}

/// How the program ended.
#[derive(Debug)]
pub struct Ended {
    /// The exit code.
    pub code: u8,
    /// What could not be saved, and where it was written instead: a line each, to be said once the
    /// terminal is given back.
    pub unsaved: Vec<String>,
}

/// Reads a paper in with `load` and shows it until the reader quits. What the reader keeps about
/// it is in the library, which knows it by its text and by where it comes from.
///
/// The screen is touched only once the paper is there, or after a third of a second, when the
/// wait is shown and can be ended.
///
/// # Errors
///
/// When the paper cannot be loaded, there is no terminal, or none that can place text, or it cannot be written any more; it is
/// then given back.
pub fn open<E>(
    library: Library,
    origin: Origin,
    load: impl FnOnce() -> Result<Parsed, E> + Send + 'static,
) -> Result<Ended, OpenError<E>>
where
    E: std::error::Error + Send + 'static,
{
    let capabilities = TerminalCapabilities::of_environment().ok_or(OpenError::NoScreen)?;
    let loading = Loading::start(load);
    let early = loading
        .wait_for_a_moment()
        .transpose()
        .map_err(OpenError::Load)?;
    let mut events = Events::start()?;
    let terminal = Terminal::enter(true)?;
    let mut canvas = Canvas::new(Outlet::new()?).with_capabilities(capabilities);
    let parsed = match early {
        Some(parsed) => parsed,
        None => match loading.show(&mut events, &mut canvas)? {
            Loaded::Paper(parsed) => (*parsed).map_err(OpenError::Load)?,
            Loaded::End(code) => {
                let unsaved = Vec::new();
                return Ok(Ended { code, unsaved });
            }
        },
    };
    let paper = Arc::new(parsed.paper);
    let folder = match &origin {
        Origin::File(path) => path.parent().map(Path::to_owned),
        Origin::Embedded | Origin::Elsewhere => None,
    };
    let keeper = Keeper::new(library, Arc::clone(&paper), origin);
    let opening = keeper.opening();
    let saver = Saver::start(keeper, events.teller())?;
    events.beside("shelf", move || Some(Input::Shelf(Box::new(opening()))))?;
    let mut state = State::new(paper, terminal::size());
    state.take_problems(parsed.problems, parsed.mendings);
    state.take_folder(folder);
    Ok(Session {
        state,
        events,
        terminal,
        canvas,
        saver,
        clipboard: Clipboard::from_environment(),
        hits: Hits::default(),
    }
    .run()?)
}

/// How long keys wait for a terminal that has not taken the last frame yet.
const ROOM: Duration = Duration::from_millis(20);

/// A running program: the state, and what connects it to the world.
struct Session {
    state: State,
    events: Events,
    terminal: Terminal,
    canvas: Canvas<Outlet>,
    saver: Saver,
    clipboard: Clipboard,
    /// What can be clicked in the frame on the screen.
    hits: Hits,
}

/// Whether the program goes on, or with which code it ends.
enum Next {
    GoOn,
    End(u8),
}

impl Session {
    fn run(mut self) -> io::Result<Ended> {
        let code = self.read_on();
        let Unsaved { lines, is_grave } = self.saver.end(self.state.here());
        // Before anything is said, the terminal is given back.
        drop(self.terminal);
        // The program is about to end, and to take a long paper apart first would hold it up.
        mem::forget(self.state);
        match code {
            Ok(code) => Ok(Ended {
                code: code.max(u8::from(is_grave)),
                unsaved: lines,
            }),
            Err(error) if lines.is_empty() => Err(error),
            Err(error) => Err(io::Error::other(format!("{error}\n{}", lines.join("\n")))),
        }
    }

    /// Goes on until the program is to end, and gives its code.
    fn read_on(&mut self) -> io::Result<u8> {
        self.draw()?;
        self.read_sources()?;
        loop {
            match self.step() {
                Ok(Next::GoOn) => {}
                Ok(Next::End(code)) => return Ok(code),
                Err(error) => return self.end_after(error),
            }
        }
    }

    /// The sources of a large paper take longer to read than a key may wait, so that is done
    /// beside the loop, and after the first frame.
    fn read_sources(&self) -> io::Result<()> {
        let paper = Arc::clone(&self.state.app.open.paper);
        self.events.beside("sources", move || {
            let sources = Arc::new(Sources::read(&paper));
            Some(Input::Done(Action::TakeSources(sources)))
        })
    }

    /// Draws a frame if the terminal has taken the one before, waits or works, and takes what is
    /// queued before the next one, so that a slow line never shows what is out of date already.
    /// Keys that come without end are shown on their way.
    fn step(&mut self) -> io::Result<Next> {
        let mut is_shown = self.canvas.output().has_room(Duration::ZERO)?;
        if is_shown {
            self.draw()?;
            is_shown = self.canvas.output().is_empty();
        }
        self.saver.keep_place(&self.state.here(), Instant::now());
        let mut next = match is_shown {
            true => self.wait(),
            false => self.wait_for_room()?,
        };
        if next.is_none() {
            return self.perform(Action::Expire);
        }
        self.saver.glance(Instant::now());
        pace::take_until_due(Instant::now, || {
            match next.take().or_else(|| self.events.next_queued()) {
                Some(input) => self.take(input).map(Some),
                None => Ok(None),
            }
        })
    }

    /// A terminal that goes away fails to be read or written at first; that it is gone is known a
    /// moment later.
    fn end_after(&mut self, error: io::Error) -> io::Result<u8> {
        let deadline = Instant::now() + Duration::from_millis(300);
        while let Some(input) = self.events.wait_until(deadline) {
            if let Input::End(ending @ (Ending::Signal(_) | Ending::TerminalGone)) = input {
                return Ok(code_of(&ending));
            }
        }
        Err(error)
    }

    /// The next input; none if there is something else to show before there is one.
    fn wait(&mut self) -> Option<Input> {
        let deadlines = [self.state.deadline(), self.saver.deadline()];
        match deadlines.into_iter().flatten().min() {
            _ if self.state.has_work() => self.work(),
            Some(deadline) => self.events.wait_until(deadline),
            None => Some(self.events.wait()),
        }
    }

    /// Waits for a terminal that is slow, but never for long: keys and signals are heard
    /// meanwhile, and work goes on.
    fn wait_for_room(&mut self) -> io::Result<Option<Input>> {
        if self.state.has_work() {
            return Ok(self.work());
        }
        self.canvas.output().has_room(ROOM)?;
        Ok(self.events.next_queued())
    }

    /// Does slices of work until there is an input, or something to show: the match that the
    /// reader waits for at once, how far the work has come after a while.
    fn work(&mut self) -> Option<Input> {
        let end = Instant::now() + FRAME;
        while self.state.has_work() {
            let input = self.events.next_queued();
            if input.is_some() {
                return input;
            }
            let was_awaited = self.state.app.open.finder.is_awaited();
            // Work has no effect on the world.
            let _ = self.state.update(Action::Work, Instant::now());
            let is_found = was_awaited && !self.state.app.open.finder.is_awaited();
            if is_found || Instant::now() >= end {
                break;
            }
        }
        None
    }

    fn draw(&mut self) -> io::Result<()> {
        let state = &self.state;
        self.hits = self.canvas.draw_with_cursor(state.size(), |buffer, _| {
            let hits = draw::draw(state, buffer);
            let cursor = hits.cursor();
            (hits, cursor)
        })?;
        Ok(())
    }

    fn take(&mut self, input: Input) -> io::Result<Next> {
        let action = match input {
            Input::Key(event) => Some(match Key::of(event) {
                Some(key) => keymap::action(self.state.context(), key),
                None => Action::Unbound,
            }),
            Input::Mouse(event) => mouse::action(event, &self.hits),
            Input::Paste(text) => Some(Action::Paste(text)),
            Input::Done(action) => Some(action),
            Input::Screen(size) => {
                self.canvas.invalidate();
                Some(Action::Resize(size))
            }
            Input::Shelf(opened) => {
                self.saver.take(opened);
                return Ok(Next::GoOn);
            }
            Input::End(Ending::Failed(error)) => return Err(error),
            Input::End(ending) => return Ok(Next::End(code_of(&ending))),
        };
        match action {
            Some(action) => self.perform(action),
            None => Ok(Next::GoOn),
        }
    }

    fn perform(&mut self, action: Action) -> io::Result<Next> {
        self.perform_all(vec![action])
    }

    /// Applies actions, and those that come of their effects.
    fn perform_all(&mut self, actions: Vec<Action>) -> io::Result<Next> {
        let mut actions = VecDeque::from(actions);
        while let Some(next) = actions.pop_front() {
            if matches!(next, Action::Keep(Keeping::Opened(_))) {
                self.saver.know_place();
            }
            match self.state.update(next, Instant::now()) {
                None => {}
                Some(Effect::Quit) => return Ok(Next::End(0)),
                Some(Effect::Suspend) => actions.extend(self.suspend()),
                Some(Effect::Mouse(on)) => terminal::set_mouse(self.canvas.output(), on)?,
                Some(Effect::Copy { text, what }) => {
                    let terminal = self.canvas.output();
                    actions.push_back(self.clipboard.copy(terminal, &text, &what)?);
                }
                Some(Effect::Open(address)) => {
                    actions.push_back(self.open(address)?);
                }
                Some(Effect::Keep(change)) => self.saver.perform(change),
            }
        }
        Ok(Next::GoOn)
    }

    /// Has the browser open an address, or copies it where there is none at hand. Returns what to
    /// tell the reader.
    fn open(&mut self, address: String) -> io::Result<Action> {
        let told = match effect::no_browser() {
            Some(why) => {
                let terminal = self.canvas.output();
                let what = format!("the address ({why})");
                return self.clipboard.copy(terminal, &address, &what);
            }
            None => format!("opening {address}"),
        };
        self.events
            .beside("browser", move || effect::open(&address).map(Input::Done))?;
        Ok(Action::Tell(Notice::plain(told)))
    }

    fn suspend(&mut self) -> Option<Action> {
        // Whoever is suspended may never be called back. It is tried again at the end.
        self.saver.keep_place_now(self.state.here());
        let is_suspended = self.events.suspend();
        (!is_suspended).then(|| Action::Tell(Notice::plain("there is no shell to go back to")))
    }
}

fn code_of(ending: &Ending) -> u8 {
    u8::try_from(ending.exit_code()).unwrap_or(1)
}
