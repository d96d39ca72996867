//! Everything that the main loop waits for, in one queue: keys, the mouse, the size of the
//! screen, signals, and a terminal that goes away.
//!
//! Nothing here ticks. Three threads sleep until something happens, so an idle reader costs nothing.

mod job;
mod keyboard;
mod signals;

use std::io;
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{KeyEvent, MouseEvent};
use ratatui::layout::Size;
use signal_hook::consts::SIGHUP;

use super::action::Action;
use super::terminal;
use crate::shelf::Opened;
use crate::terminal::queue::Queue;

/// How long the main loop has to end properly before the program is ended for it.
const GRACE: Duration = Duration::from_millis(800);

/// The most inputs that wait for the main loop before the keyboard is read on. What is typed or
/// pasted beyond that waits in the system, which holds it back.
const MAX_QUEUED_INPUTS: usize = 1024;

/// Something that the main loop acts on.
#[derive(Debug)]
pub enum Input {
    /// A key was pressed.
    Key(KeyEvent),
    /// A button or the wheel of the mouse was used.
    Mouse(MouseEvent),
    /// Text was pasted; it may hold anything.
    Paste(String),
    /// What was worked out beside the main loop is there.
    Done(Action),
    /// The screen is this large now, clamped as in [`terminal::clamp`], and whatever was drawn
    /// there is lost: it was resized, perhaps to and fro, or the program is back from a
    /// suspension. The canvas must be invalidated.
    Screen(Size),
    /// What is kept about the paper is there.
    Shelf(Box<Opened>),
    /// The program must end now: return from the main loop, drop the terminal, and exit with
    /// [`Ending::exit_code`]. Who takes longer than 0.8 s is ended by force.
    End(Ending),
}

/// Why the program must end.
#[derive(Debug)]
pub enum Ending {
    /// A signal asks for it: SIGTERM, SIGHUP, SIGINT or SIGQUIT, by number.
    Signal(i32),
    /// The terminal has gone away.
    TerminalGone,
    /// Keys cannot be read any more, or the terminal cannot be taken over again.
    Failed(io::Error),
}

impl Ending {
    /// The exit code that a shell expects: 128 and the signal's number, or 1 for an error.
    #[must_use]
    pub fn exit_code(&self) -> i32 {
        match self {
            Self::Signal(signal) => 128 + signal,
            Self::TerminalGone => 128 + SIGHUP,
            Self::Failed(_) => 1,
        }
    }
}

/// The queue that the main loop reads.
#[derive(Debug)]
pub struct Events {
    queue: Sender,
    /// Whether the terminal was left to a shell, and is to be taken over again.
    is_away: bool,
}

/// The queue, as those know it who put something in.
#[derive(Debug, Clone)]
struct Sender(Queue<Message>);

impl Sender {
    fn end(&self, ending: Ending) {
        self.pass(Message::Input(Input::End(ending)));
    }

    fn pass(&self, message: Message) {
        self.0.push(message);
    }

    /// Passes on what somebody types, which may come faster than it can be used.
    fn pass_when_room(&self, input: Input) {
        self.0
            .push_when_room(Message::Input(input), MAX_QUEUED_INPUTS);
    }
}

/// What stands in the queue: inputs, and what [`Events`] does by itself in the main loop's thread,
/// so that no frame is drawn meanwhile.
#[derive(Debug)]
enum Message {
    Input(Input),
    Suspend,
    Continue,
}

impl Events {
    /// Starts to listen. Call it before the terminal is entered, so that no signal can end the
    /// program in between, and ask for the size of the terminal after it, so that no resize is
    /// missed.
    ///
    /// # Errors
    ///
    /// When there is no terminal that keys could come from, or no thread to be had.
    pub fn start() -> io::Result<Self> {
        let queue = Sender(Queue::new());
        signals::listen(queue.clone())?;
        keyboard::listen(&queue)?;
        Ok(Self {
            queue,
            is_away: false,
        })
    }

    /// The next input, waiting for it as long as it takes.
    pub fn wait(&mut self) -> Input {
        loop {
            let message = self.queue.0.pop();
            if let Some(input) = self.accept(message) {
                return input;
            }
        }
    }

    /// The next input if there is one already, so that all that are queued can be taken before a
    /// frame is drawn.
    pub fn next_queued(&mut self) -> Option<Input> {
        while let Some(message) = self.queue.0.try_pop() {
            if let Some(input) = self.accept(message) {
                return Some(input);
            }
        }
        None
    }

    /// The next input, or `None` when there is none before `deadline`: for what fades by itself.
    pub fn wait_until(&mut self, deadline: Instant) -> Option<Input> {
        loop {
            let message = self.queue.0.pop_until(deadline)?;
            if let Some(input) = self.accept(message) {
                return Some(input);
            }
        }
    }

    /// Has work done on a thread of its own, beside the main loop; what comes of it, if anything,
    /// is an input like others.
    ///
    /// # Errors
    ///
    /// When there is no thread to be had.
    pub fn beside(
        &self,
        name: &str,
        work: impl FnOnce() -> Option<Input> + Send + 'static,
    ) -> io::Result<()> {
        let sender = self.queue.clone();
        spawn(name, move || {
            if let Some(input) = work() {
                sender.pass(Message::Input(input));
            }
        })
    }

    /// A way for another thread to have the main loop take actions.
    pub(super) fn teller(&self) -> impl Fn(Action) + Send + use<> {
        let sender = self.queue.clone();
        move |action| sender.pass(Message::Input(Input::Done(action)))
    }

    /// Gives the terminal to the shell, as the key Ctrl-Z should: the program and those that it
    /// shares its job with are stopped at the next call that takes an input, and
    /// [`Input::Screen`] follows when the shell calls the job back. Returns whether there is a
    /// shell that could; otherwise nothing happens.
    pub fn suspend(&self) -> bool {
        job::can_be_suspended() && job::ask_for_suspension()
    }

    /// Does what a message asks for, and returns what the main loop should know of it.
    fn accept(&mut self, message: Message) -> Option<Input> {
        match message {
            Message::Suspend => {
                self.stop();
                None
            }
            Message::Continue => self.come_back(),
            Message::Input(Input::End(ending)) => Some(Input::End(ending)),
            // Keys reach the job in the foreground only; some shells do not say that this is it.
            Message::Input(Input::Key(_)) if self.is_away => self.come_back(),
            Message::Input(input) => Some(input),
        }
    }

    fn stop(&mut self) {
        if job::can_be_suspended() {
            self.is_away |= terminal::is_entered();
            terminal::leave();
            job::stop();
        }
    }

    /// Takes the terminal over again, also when the program was stopped without being asked and
    /// the shell has changed the terminal's settings meanwhile. In the background there is nothing
    /// to take: the shell has the terminal.
    fn come_back(&mut self) -> Option<Input> {
        if !(self.is_away || terminal::is_entered()) || !terminal::in_foreground() {
            return None;
        }
        terminal::leave();
        self.is_away = false;
        Some(match terminal::enter() {
            Ok(()) => Input::Screen(terminal::size()),
            Err(error) => Input::End(Ending::Failed(error)),
        })
    }
}

/// Asks the main loop to end, and ends the program when it does not.
fn end(sender: &Sender, ending: Ending) {
    let exit_code = ending.exit_code();
    sender.end(ending);
    thread::sleep(GRACE);
    terminal::abandon(exit_code);
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name(name.to_owned()).spawn(work)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue() -> (Sender, Events) {
        let queue = Sender(Queue::new());
        let events = Events {
            queue: queue.clone(),
            is_away: false,
        };
        (queue, events)
    }

    #[test]
    fn inputs_arrive_in_order() {
        let (sender, mut events) = queue();
        sender.pass(Message::Input(Input::Paste("first".into())));
        sender.pass(Message::Input(Input::Paste("second".into())));
        assert!(matches!(events.wait(), Input::Paste(text) if text == "first"));
        assert!(matches!(events.next_queued(), Some(Input::Paste(text)) if text == "second"));
        assert!(events.next_queued().is_none());
    }

    #[test]
    fn what_is_worked_out_beside_the_loop_arrives_as_an_input() {
        let (_, mut events) = queue();
        events
            .beside("work", || Some(Input::Done(Action::Help)))
            .unwrap();
        assert!(matches!(events.wait(), Input::Done(Action::Help)));
    }

    #[test]
    fn a_continuation_of_a_program_that_has_no_screen_says_nothing() {
        let (sender, mut events) = queue();
        sender.pass(Message::Continue);
        assert!(events.next_queued().is_none());
    }

    #[test]
    fn an_ending_has_the_exit_code_that_a_shell_expects() {
        assert_eq!(Ending::Signal(15).exit_code(), 143);
        assert_eq!(Ending::TerminalGone.exit_code(), 129);
        assert_eq!(Ending::Failed(io::Error::other("gone")).exit_code(), 1);
    }
}
