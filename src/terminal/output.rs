//! The way to the terminal, which may be slow, or stuck: what is written waits here, and nobody
//! waits for it.
//!
//! Frames are not to queue up behind each other, so whoever draws asks first whether there is room
//! for one; what is drawn then is the newest state, and the frames between are never made.

use std::fs::File;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use super::tty;

/// What waits to be sent to the terminal. Writing to it never waits.
#[derive(Debug)]
pub(crate) struct OutputBuffer {
    terminal: File,
    waiting: Vec<u8>,
    /// How much of that the terminal has taken.
    sent: usize,
    /// The screen that it is for; when that is given back, it is dropped.
    screen: u64,
}

impl OutputBuffer {
    /// The way to the terminal that has been entered.
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self {
            terminal: tty::output()?,
            waiting: Vec::new(),
            sent: 0,
            screen: tty::screen(),
        })
    }

    /// Sends what the terminal takes at once.
    fn send(&mut self) -> io::Result<()> {
        let rest = self.waiting.get(self.sent..).unwrap_or_default();
        if !rest.is_empty() {
            self.sent += tty::write_some(rest, self.screen)?;
        }
        if self.sent >= self.waiting.len() {
            self.waiting.clear();
            self.sent = 0;
        }
        Ok(())
    }
}

impl FrameOutput for OutputBuffer {
    fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    fn has_room(&mut self, patience: Duration) -> io::Result<bool> {
        let end = Instant::now() + patience;
        loop {
            self.send()?;
            let wait = end.saturating_duration_since(Instant::now());
            let is_open = tty::wait_for_room(&self.terminal, wait)?;
            if is_open && self.is_empty() {
                return Ok(true);
            }
            if wait.is_zero() {
                return Ok(false);
            }
        }
    }
}

/// Where frames go.
pub(crate) trait FrameOutput: Write {
    /// Whether all that was written has been taken.
    fn is_empty(&self) -> bool;

    /// Sends on what is waiting; `true` once all is sent and more is taken, `false` when it is not
    /// so far after `patience`.
    fn has_room(&mut self, patience: Duration) -> io::Result<bool>;
}

/// An output that takes everything at once.
#[derive(Debug)]
pub(crate) struct Unlimited<W>(pub(crate) W);

impl<W: Write> FrameOutput for Unlimited<W> {
    fn is_empty(&self) -> bool {
        true
    }

    fn has_room(&mut self, _: Duration) -> io::Result<bool> {
        Ok(true)
    }
}

impl<W: Write> Write for Unlimited<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Write for OutputBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let screen = tty::screen();
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
