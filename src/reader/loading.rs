//! Reading a paper in beside the terminal, so that a long wait is shown and can be ended.

use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use ratatui::layout::{Position, Size};

use super::OpenError;
use super::action::Action;
use super::config::Config;
use super::keys::key::Key;
use super::keys::keymap::{Context, Keymap};
use super::session::{Message, exit_code};
use super::theme::Theme;
use crate::document::Document;
use crate::shelf::Library;
use crate::terminal::events::{Ending, Event, EventSource, Events};
use crate::terminal::output::{FrameOutput, OutputBuffer};
use crate::terminal::screen::{Screen, TerminalCursor};
use crate::terminal::tty;

/// How long the screen stays untouched while a paper is read in.
const MOMENT: Duration = Duration::from_millis(300);
/// How often a wait looks whether it is over.
const TICK: Duration = Duration::from_millis(50);

/// A paper that is being read in.
pub(super) struct Loading<E> {
    /// The beginning of a long paper may come before the whole.
    result: Receiver<Result<Document, E>>,
    started: Instant,
}

/// How a wait ended.
pub(super) enum Loaded<E> {
    /// What was read, and what was typed meanwhile, for the paper to hear.
    Paper(Box<Result<Document, E>>, Vec<Event<Message>>),
    /// The reader, or a signal, wants no more of it.
    End(u8),
}

impl<E: Send + 'static> Loading<E> {
    /// Begins to read a paper in by `load`, which is given what takes its beginning if that is wanted:
    /// in a library, where the paper may be one that was read before. Such a one is shown from where
    /// the reader was in it, and its beginning is of no use.
    pub(super) fn start(
        library: Option<Library>,
        load: impl FnOnce(Option<&dyn Fn(Document)>) -> Result<Document, E> + Send + 'static,
    ) -> Self {
        let (sender, result) = mpsc::channel();
        thread::spawn(move || {
            let begun = library.map(|library| {
                let sender = sender.clone();
                move |beginning| tell_if_new(beginning, library.clone(), sender.clone())
            });
            let begun = begun.as_ref().map(|begun| begun as &dyn Fn(Document));
            // If nobody waits any more, the program is about to end.
            drop(sender.send(load(begun)));
        });
        Loading {
            result,
            started: Instant::now(),
        }
    }

    /// What there is to show, if it takes but a moment.
    pub(super) fn wait_for_a_moment(&self) -> Option<Result<Document, E>> {
        self.result.recv_timeout(MOMENT).ok()
    }

    /// All of the paper, once it is read.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or reading it broke off.
    pub(super) fn wait_for_whole(&self) -> Result<Document, OpenError<E>>
    where
        E: std::error::Error,
    {
        let is_beginning = |document: &Document| document.paper().is_beginning;
        let mut results = self.result.iter();
        let whole = results.find(|result| !result.as_ref().is_ok_and(is_beginning));
        whole.ok_or_else(broke_off)?.map_err(OpenError::Load)
    }

    /// Shows that the paper is being read in, until there is something of it to show.
    pub(super) fn show(
        &self,
        events: &mut Events<Message>,
        screen: &mut Screen<OutputBuffer>,
        config: &Config,
    ) -> io::Result<Loaded<E>> {
        let (keymap, mut theme) = (&config.keymap, config.themes.on(tty::ground()));
        let mut size = tty::size();
        let mut typed = Vec::new();
        loop {
            if screen.output().has_room(Duration::ZERO)? {
                draw(screen, (theme, keymap), size, self.started.elapsed())?;
            }
            match self.result.recv_timeout(TICK) {
                Ok(result) => return Ok(Loaded::Paper(Box::new(result), typed)),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(broke_off());
                }
            }
            while let Some(event) = events.next_queued() {
                match event {
                    Event::Key(key) => {
                        match Key::from_event(key).map(|key| keymap.action(Context::Reading, key)) {
                            Some(Action::Quit) => return Ok(Loaded::End(0)),
                            Some(Action::Suspend) => {
                                // Without a shell to go back to, the wait goes on.
                                let _ = events.suspend();
                            }
                            _ => typed.push(Event::Key(key)),
                        }
                    }
                    Event::Paste(_) => typed.push(event),
                    Event::Resize(new) => {
                        screen.invalidate();
                        size = new;
                    }
                    Event::Ground(ground) => theme = config.themes.on(Some(ground)),
                    Event::Sixels(_) => {}
                    Event::GroundMayDiffer => tty::ask_ground(screen.output())?,
                    Event::End(Ending::Failed(error)) => return Err(error),
                    Event::End(ending) => return Ok(Loaded::End(exit_code(&ending))),
                    _ => {}
                }
            }
        }
    }
}

/// What is said when the thread that reads a paper ends without one.
fn broke_off() -> io::Error {
    io::Error::other("reading the paper broke off")
}

/// Hands on the beginning of a paper that nothing is kept about; beside the reading of the rest.
fn tell_if_new<E: Send + 'static>(
    beginning: Document,
    library: Library,
    sender: Sender<Result<Document, E>>,
) {
    thread::spawn(move || {
        if !library.has_paper_at(beginning.origin()) {
            // It may be too late, or nobody waits.
            drop(sender.send(Ok(beginning)));
        }
    });
}

fn draw(
    screen: &mut Screen<OutputBuffer>,
    (theme, keymap): (&Theme, &Keymap),
    size: Size,
    waited: Duration,
) -> io::Result<()> {
    let quit = keymap.key_of(Context::Reading, "quit");
    let text = format!("Reading the paper… {}s    {quit} stops", waited.as_secs());
    screen.draw_with_details(size, |buffer, area| {
        let row = area.height / 2;
        buffer.set_stringn(0, row, text, area.width.into(), theme.dim());
        theme.fill_ground(buffer);
        let cursor = TerminalCursor {
            cell: Position::new(0, row),
            is_shown: false,
        };
        ((), Some(cursor))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{PaperBuilder, Parsed};

    fn beginning() -> Document {
        let mut builder = PaperBuilder::new();
        builder.be_beginning();
        let Parsed { paper, .. } = builder.finish();
        paper.into()
    }

    #[test]
    fn the_whole_comes_behind_the_beginning_or_why_there_is_none() {
        let wait = |whole: Option<Result<Document, io::Error>>| {
            let (sender, result) = mpsc::channel();
            let started = Instant::now();
            sender.send(Ok(beginning())).unwrap();
            whole
                .into_iter()
                .for_each(|whole| sender.send(whole).unwrap());
            drop(sender);
            Loading { result, started }.wait_for_whole()
        };
        let whole = wait(Some(Ok(Document::from(crate::paper::Paper::default()))));
        assert!(!whole.unwrap().paper().is_beginning);
        let refused = wait(Some(Err(io::Error::other("locked"))));
        assert!(matches!(refused, Err(OpenError::Load(error)) if error.to_string() == "locked"));
        let broken = wait(None);
        assert!(matches!(broken, Err(OpenError::Terminal(_))));
    }
}
