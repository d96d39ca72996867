//! Everything that the main loop waits for, in one queue: keys, the mouse, the size of the
//! screen, signals, and a terminal that goes away.
//!
//! Nothing here ticks. Three threads sleep until something happens, so an idle reader costs nothing.

mod answers;
mod job;
mod signals;

use std::io;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{self, Event, KeyEvent, MouseEvent};
use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use signal_hook::consts::SIGHUP;

use self::answers::AnswerFilter;
use super::action::Action;
use super::terminal;
use crate::shelf::Opened;

/// How long the main loop has to end properly before the program is ended for it.
const GRACE: Duration = Duration::from_millis(800);

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
    queue: Receiver<Message>,
    sender: Sender,
    /// Whether the terminal was left to a shell, and is to be taken over again.
    is_away: bool,
}

/// The end of the queue that the listening threads hold.
#[derive(Debug, Clone)]
struct Sender(mpsc::Sender<Message>);

impl Sender {
    fn end(&self, ending: Ending) {
        self.pass(Message::Input(Input::End(ending)));
    }

    /// When the main loop has ended, nobody is interested any more.
    fn pass(&self, message: Message) {
        let _ = self.0.send(message);
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
        // The first call opens the keyboard and begins to catch changes of the size.
        event::poll(Duration::ZERO)?;
        let (sender, queue) = mpsc::channel();
        let sender = Sender(sender);
        signals::listen(sender.clone())?;
        spawn("hang-up", {
            let (keyboard, sender) = (terminal::keyboard()?, sender.clone());
            move || {
                if hangs_up(&keyboard) {
                    end(&sender, Ending::TerminalGone);
                }
            }
        })?;
        spawn("keys", {
            let sender = sender.clone();
            move || read_keys(&sender)
        })?;
        Ok(Self {
            queue,
            sender,
            is_away: false,
        })
    }

    /// The next input, waiting for it as long as it takes.
    pub fn wait(&mut self) -> Input {
        // The queue's other end is held here, too, so that it is never closed.
        while let Ok(message) = self.queue.recv() {
            if let Some(input) = self.accept(message) {
                return input;
            }
        }
        Input::End(Ending::TerminalGone)
    }

    /// The next input if there is one already, so that all that are queued can be taken before a
    /// frame is drawn.
    pub fn next_queued(&mut self) -> Option<Input> {
        while let Ok(message) = self.queue.try_recv() {
            if let Some(input) = self.accept(message) {
                return Some(input);
            }
        }
        None
    }

    /// The next input, or `None` when there is none before `deadline`: for what fades by itself.
    pub fn wait_until(&mut self, deadline: Instant) -> Option<Input> {
        loop {
            let wait = deadline.saturating_duration_since(Instant::now());
            let message = self.queue.recv_timeout(wait).ok()?;
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
        let sender = self.sender.clone();
        spawn(name, move || {
            if let Some(input) = work() {
                sender.pass(Message::Input(input));
            }
        })
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

/// Waits until the terminal goes away; `false` when that cannot be known. Nothing is read.
///
/// crossterm 0.29 does not notice: its `read` then spins for ever and never returns
/// (<https://github.com/crossterm-rs/crossterm/issues/793>).
fn hangs_up(keyboard: &impl std::os::fd::AsFd) -> bool {
    let mut watched = [PollFd::new(keyboard, PollFlags::empty())];
    loop {
        match poll(&mut watched, None) {
            Err(Errno::INTR) => {}
            Err(_) => return false,
            Ok(_) => {
                let [watched] = watched;
                let gone = PollFlags::HUP | PollFlags::ERR;
                return watched.revents().intersects(gone);
            }
        }
    }
}

/// Sends what crossterm reads, for ever.
fn read_keys(sender: &Sender) {
    let mut filter = AnswerFilter::default();
    loop {
        match event::read() {
            Ok(event) => filter
                .pass(event)
                .into_iter()
                .filter_map(input)
                .for_each(|input| sender.pass(Message::Input(input))),
            Err(error) => return sender.end(Ending::Failed(error)),
        }
    }
}

fn input(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) => Some(Input::Key(key)),
        Event::Mouse(mouse) => Some(Input::Mouse(mouse)),
        Event::Paste(text) => Some(Input::Paste(text)),
        Event::Resize(columns, rows) => {
            Some(Input::Screen(terminal::clamp(Size::new(columns, rows))))
        }
        Event::FocusGained | Event::FocusLost => None,
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name(name.to_owned()).spawn(work)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue() -> (Sender, Events) {
        let (sender, queue) = mpsc::channel();
        let sender = Sender(sender);
        let events = Events {
            queue,
            sender: sender.clone(),
            is_away: false,
        };
        (sender, events)
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
    fn a_deadline_that_has_passed_still_takes_what_is_queued() {
        let (sender, mut events) = queue();
        let past = Instant::now();
        assert!(events.wait_until(past).is_none());
        sender.pass(Message::Input(Input::Paste("late".into())));
        assert!(matches!(events.wait_until(past), Some(Input::Paste(_))));
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

    #[test]
    fn a_size_is_clamped_on_its_way_in() {
        let input = input(Event::Resize(u16::MAX, 3));
        let Some(Input::Screen(size)) = input else {
            panic!("a resize became {input:?}");
        };
        assert_eq!(size, Size::new(1000, 3));
    }
}
