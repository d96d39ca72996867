//! Events for a loop without a terminal.

use std::io;
use std::time::{Duration, Instant};

use super::{Ending, Event, EventSource};
use crate::terminal::queue::Queue;

/// Events that whoever runs the loop puts in, and a clock that stands still unless it is moved or
/// waited on.
#[derive(Debug)]
pub(crate) struct ScriptedEvents<M> {
    queue: Queue<Event<M>>,
    now: Instant,
    event_time: Duration,
}

impl<M> ScriptedEvents<M> {
    pub(crate) fn new() -> Self {
        ScriptedEvents {
            queue: Queue::new(),
            now: Instant::now(),
            event_time: Duration::ZERO,
        }
    }

    /// Puts an event in the queue.
    pub(crate) fn push(&self, event: Event<M>) {
        self.queue.push(event);
    }

    /// Lets time pass.
    pub(crate) fn advance(&mut self, by: Duration) {
        self.now += by;
    }

    /// Has each event take this long from now on.
    #[cfg(test)]
    pub(crate) fn set_event_time(&mut self, event_time: Duration) {
        self.event_time = event_time;
    }
}

impl<M: Send + 'static> EventSource<M> for ScriptedEvents<M> {
    fn now(&self) -> Instant {
        self.now
    }

    /// Behind the last event, the terminal is gone.
    fn wait(&mut self) -> Event<M> {
        self.next_queued()
            .unwrap_or(Event::End(Ending::TerminalGone))
    }

    /// Without an event, it is `deadline` at once.
    fn wait_until(&mut self, deadline: Instant) -> Option<Event<M>> {
        let event = self.next_queued();
        if event.is_none() {
            self.now = self.now.max(deadline);
        }
        event
    }

    fn next_queued(&mut self) -> Option<Event<M>> {
        let event = self.queue.try_pop()?;
        self.now += self.event_time;
        Some(event)
    }

    /// Does the work before it returns.
    fn spawn(&self, _: &str, work: impl FnOnce() -> Option<M> + Send + 'static) -> io::Result<()> {
        if let Some(message) = work() {
            self.push(Event::Message(message));
        }
        Ok(())
    }

    fn sender(&self) -> Box<dyn Fn(M) + Send> {
        let queue = self.queue.clone();
        Box::new(move |message| queue.push(Event::Message(message)))
    }

    fn suspend(&self) -> bool {
        false
    }

    fn lend_terminal<R>(&self, run: impl FnOnce() -> R) -> io::Result<R> {
        Ok(run())
    }
}
