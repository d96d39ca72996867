//! Everything that the main loop waits for, in one queue: keys, the mouse, the size of the
//! screen, signals, and a terminal that goes away.
//!
//! Nothing here ticks. Three threads sleep until something happens, so an idle reader costs nothing.

mod job;
mod keyboard;
mod lending;
mod scripted;
mod signals;

use std::io;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{KeyEvent, MouseEvent};
use ratatui::layout::Size;
use signal_hook::consts::SIGHUP;

use self::lending::Lending;
use super::ground::Ground;
use super::queue::Queue;
use super::tty;

pub(crate) use scripted::ScriptedEvents;

/// How long the main loop has to end properly before the program is ended for it.
const GRACE: Duration = Duration::from_millis(800);

/// The most events that wait for the main loop before the keyboard is read on. What is typed or
/// pasted beyond that waits in the system, which holds it back.
const MAX_QUEUED_EVENTS: usize = 1024;

/// Something that the main loop acts on. `M` is what the program's own threads report.
#[derive(Debug)]
pub(crate) enum Event<M> {
    /// A key was pressed.
    Key(KeyEvent),
    /// A button or the wheel of the mouse was used.
    Mouse(MouseEvent),
    /// Text was pasted; it may hold anything.
    Paste(String),
    /// The terminal has said what its ground is.
    Ground(Ground),
    /// The terminal has said whether it shows sixels.
    Sixels(bool),
    /// Its ground may be another now; it must be asked.
    GroundMayDiffer,
    /// A thread of the program's own has something to report.
    Message(M),
    /// The screen is this large now, clamped as in [`tty::clamp`], and whatever was drawn there
    /// is lost: it was resized, perhaps to and fro, or the program is back from a suspension. The
    /// screen must be invalidated.
    Resize(Size),
    /// The program must end now: return from the main loop, drop the terminal, and exit with
    /// [`Ending::exit_code`]. A program that takes longer than 0.8 s is killed.
    End(Ending),
}

/// Why the program must end.
#[derive(Debug)]
pub(crate) enum Ending {
    /// A signal asks for it: SIGTERM, SIGHUP, SIGINT or SIGQUIT, by number.
    Signal(i32),
    /// The terminal has gone away.
    TerminalGone,
    /// Keys cannot be read any more, or the terminal cannot be taken over again.
    Failed(io::Error),
}

impl Ending {
    /// The exit code that a shell expects: 128 and the signal's number, or 1 for an error.
    pub(crate) fn exit_code(&self) -> i32 {
        match self {
            Self::Signal(signal) => 128 + signal,
            Self::TerminalGone => 128 + SIGHUP,
            Self::Failed(_) => 1,
        }
    }
}

/// Where events come from, and by which clock.
pub(crate) trait EventSource<M> {
    fn now(&self) -> Instant;

    /// The next event, waiting for it as long as it takes.
    fn wait(&mut self) -> Event<M>;

    /// The next event, or `None` when there is none before `deadline`: for what fades by itself.
    fn wait_until(&mut self, deadline: Instant) -> Option<Event<M>>;

    /// The next event if there is one already, so that all that are queued can be taken before a
    /// frame is drawn.
    fn next_queued(&mut self) -> Option<Event<M>>;

    /// Has work done beside the main loop; what it reports, if anything, is an event like others.
    ///
    /// # Errors
    ///
    /// When there is no thread to be had.
    fn spawn(
        &self,
        name: &str,
        work: impl FnOnce() -> Option<M> + Send + 'static,
    ) -> io::Result<()>;

    /// What a thread of the program's own calls to report something to the main loop.
    fn sender(&self) -> Box<dyn Fn(M) + Send>;

    /// Gives the terminal to the shell, as the key Ctrl-Z should: the program and those that it
    /// shares its job with are stopped at the next call that takes an event, and
    /// [`Event::Resize`] follows when the shell calls the job back. Returns whether there is a
    /// shell that could; otherwise nothing happens.
    fn suspend(&self) -> bool;

    /// Gives the terminal to another program, which `run` starts and waits for, and takes it over
    /// again; [`Event::Resize`] follows. Meanwhile keys and the signals of the keyboard are that
    /// program's.
    ///
    /// # Errors
    ///
    /// When the terminal cannot be taken over again.
    fn lend_terminal<R>(&self, run: impl FnOnce() -> R) -> io::Result<R>;
}

/// The queue of what the terminal and the system send.
#[derive(Debug)]
pub(crate) struct Events<M> {
    queue: Sender<M>,
    lending: Arc<Lending>,
    /// Whether the terminal was left to a shell, and is to be taken over again.
    is_away: bool,
}

/// The queue, as those know it who put something in.
#[derive(Debug)]
struct Sender<M>(Queue<QueueItem<M>>);

impl<M> Clone for Sender<M> {
    fn clone(&self) -> Self {
        Sender(self.0.clone())
    }
}

impl<M> Sender<M> {
    fn end(&self, ending: Ending) {
        self.send(QueueItem::Event(Event::End(ending)));
    }

    fn send(&self, item: QueueItem<M>) {
        self.0.push(item);
    }

    /// Sends what somebody types, which may come faster than it can be used.
    fn send_when_room(&self, event: Event<M>) {
        self.0
            .push_when_room(QueueItem::Event(event), MAX_QUEUED_EVENTS);
    }
}

/// What the queue holds: events, and what [`Events`] does by itself in the main loop's thread, so
/// that no frame is drawn meanwhile.
#[derive(Debug)]
enum QueueItem<M> {
    Event(Event<M>),
    Suspend,
    Continue,
}

impl<M: Send + 'static> Events<M> {
    /// Starts to listen. Call it before the terminal is entered, so that no signal can end the
    /// program in between, and ask for the size of the terminal after it, so that no resize is
    /// missed.
    ///
    /// # Errors
    ///
    /// When there is no terminal that keys could come from, or no thread to be had.
    pub(crate) fn start() -> io::Result<Self> {
        let queue = Sender(Queue::new());
        let lending = Arc::new(Lending::default());
        signals::listen(queue.clone(), Arc::clone(&lending))?;
        keyboard::listen(&queue, &lending)?;
        Ok(Self {
            queue,
            lending,
            is_away: false,
        })
    }

    /// Does what an item asks for, and returns what the main loop should know of it.
    fn accept(&mut self, item: QueueItem<M>) -> Option<Event<M>> {
        match item {
            QueueItem::Suspend => {
                self.stop();
                None
            }
            QueueItem::Continue => self.come_back(),
            QueueItem::Event(Event::End(ending)) => Some(Event::End(ending)),
            // Keys reach the job in the foreground only; some shells do not say that this is it.
            QueueItem::Event(Event::Key(_)) if self.is_away => self.come_back(),
            QueueItem::Event(event) => Some(event),
        }
    }

    fn stop(&mut self) {
        if job::can_be_suspended() {
            self.is_away |= tty::is_entered();
            tty::leave_when_answered();
            job::stop();
        }
    }

    /// Takes the terminal over again, also when the program was stopped without being asked and
    /// the shell has changed the terminal's settings meanwhile. In the background there is nothing
    /// to take: the shell has the terminal.
    fn come_back(&mut self) -> Option<Event<M>> {
        if !(self.is_away || tty::is_entered()) || !tty::in_foreground() {
            return None;
        }
        tty::leave();
        self.is_away = false;
        Some(match tty::enter() {
            Ok(()) => Event::Resize(tty::size()),
            Err(error) => Event::End(Ending::Failed(error)),
        })
    }
}

impl<M: Send + 'static> EventSource<M> for Events<M> {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn wait(&mut self) -> Event<M> {
        loop {
            let item = self.queue.0.pop();
            if let Some(event) = self.accept(item) {
                return event;
            }
        }
    }

    fn wait_until(&mut self, deadline: Instant) -> Option<Event<M>> {
        loop {
            let item = self.queue.0.pop_until(deadline)?;
            if let Some(event) = self.accept(item) {
                return Some(event);
            }
        }
    }

    fn next_queued(&mut self) -> Option<Event<M>> {
        while let Some(item) = self.queue.0.try_pop() {
            if let Some(event) = self.accept(item) {
                return Some(event);
            }
        }
        None
    }

    fn spawn(
        &self,
        name: &str,
        work: impl FnOnce() -> Option<M> + Send + 'static,
    ) -> io::Result<()> {
        let sender = self.queue.clone();
        spawn(name, move || {
            if let Some(message) = work() {
                sender.send(QueueItem::Event(Event::Message(message)));
            }
        })
    }

    fn sender(&self) -> Box<dyn Fn(M) + Send> {
        let sender = self.queue.clone();
        Box::new(move |message| sender.send(QueueItem::Event(Event::Message(message))))
    }

    fn suspend(&self) -> bool {
        job::can_be_suspended() && job::ask_for_suspension()
    }

    fn lend_terminal<R>(&self, run: impl FnOnce() -> R) -> io::Result<R> {
        self.lending.lend();
        tty::leave_when_answered();
        let ran = run();
        let entered = tty::enter();
        self.lending.take_back();
        let resize = Event::Resize(tty::size());
        self.queue.send(QueueItem::Event(resize));
        entered.map(|()| ran)
    }
}

/// Asks the main loop to end, and ends the program when it does not.
fn end<M>(sender: &Sender<M>, ending: Ending) {
    let exit_code = ending.exit_code();
    sender.end(ending);
    thread::sleep(GRACE);
    tty::abandon(exit_code);
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name(name.to_owned()).spawn(work)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue() -> (Sender<&'static str>, Events<&'static str>) {
        let queue = Sender(Queue::new());
        let events = Events {
            queue: queue.clone(),
            lending: Arc::default(),
            is_away: false,
        };
        (queue, events)
    }

    #[test]
    fn events_arrive_in_order() {
        let (sender, mut events) = queue();
        sender.send(QueueItem::Event(Event::Paste("first".into())));
        sender.send(QueueItem::Event(Event::Paste("second".into())));
        assert!(matches!(events.wait(), Event::Paste(text) if text == "first"));
        assert!(matches!(events.next_queued(), Some(Event::Paste(text)) if text == "second"));
        assert!(events.next_queued().is_none());
    }

    #[test]
    fn what_another_thread_reports_arrives_as_an_event() {
        let (_, mut events) = queue();
        events.spawn("work", || Some("done")).unwrap();
        assert!(matches!(events.wait(), Event::Message("done")));
    }

    #[test]
    fn a_continuation_of_a_program_that_has_no_screen_says_nothing() {
        let (sender, mut events) = queue();
        sender.send(QueueItem::Continue);
        assert!(events.next_queued().is_none());
    }

    #[test]
    fn an_ending_has_the_exit_code_that_a_shell_expects() {
        assert_eq!(Ending::Signal(15).exit_code(), 143);
        assert_eq!(Ending::TerminalGone.exit_code(), 129);
        assert_eq!(Ending::Failed(io::Error::other("gone")).exit_code(), 1);
    }
}
