//! The way to the terminal, which may be slow, or stuck: what is written waits here, and nobody
//! waits for it.
//!
//! Frames are not to queue up behind each other, so whoever draws asks first whether there is room
//! for one; what is drawn then is the newest state, and the frames between are never made.

use std::fs::File;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use super::terminal;

/// What waits to be sent to the terminal. Writing to it never waits.
#[derive(Debug)]
pub(super) struct Outlet {
    terminal: File,
    waiting: Vec<u8>,
    /// How much of that the terminal has taken.
    sent: usize,
    /// The screen that it is for; when that is given back, it is dropped.
    screen: u64,
}

impl Outlet {
    /// The way to the terminal that has been entered.
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self {
            terminal: terminal::output()?,
            waiting: Vec::new(),
            sent: 0,
            screen: terminal::screen(),
        })
    }

    /// Whether the terminal has taken all.
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Sends on what is waiting; `true` once all is sent and the terminal takes more, `false` when
    /// it is not so far after `patience`.
    pub(super) fn has_room(&mut self, patience: Duration) -> io::Result<bool> {
        let end = Instant::now() + patience;
        loop {
            self.send()?;
            let wait = end.saturating_duration_since(Instant::now());
            let is_open = terminal::wait_for_room(&self.terminal, wait)?;
            if is_open && self.is_empty() {
                return Ok(true);
            }
            if wait.is_zero() {
                return Ok(false);
            }
        }
    }

    /// Sends what the terminal takes at once.
    fn send(&mut self) -> io::Result<()> {
        let rest = self.waiting.get(self.sent..).unwrap_or_default();
        if !rest.is_empty() {
            self.sent += terminal::write_some(rest, self.screen)?;
        }
        if self.sent >= self.waiting.len() {
            self.waiting.clear();
            self.sent = 0;
        }
        Ok(())
    }
}

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let screen = terminal::screen();
        if self.screen != screen {
            self.screen = screen;
            self.waiting.clear();
            self.sent = 0;
        }
        self.waiting.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.send()
    }
}
