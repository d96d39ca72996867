//! Signals from outside, on a thread of their own.
//!
//! A signal handler may neither allocate nor lock; here a thread may take its time instead.

use std::io;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::{Ending, Event, QueueItem, Sender, end, spawn};
use crate::terminal::tty;

/// Starts to pass signals on to the main loop.
pub(super) fn listen<M: Send + 'static>(sender: Sender<M>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    spawn("signals", move || {
        for signal in signals.forever() {
            match signal {
                SIGTSTP => sender.send(QueueItem::Suspend),
                SIGCONT => sender.send(QueueItem::Continue),
                SIGWINCH => sender.send(QueueItem::Event(Event::Resize(tty::size()))),
                _ => end(&sender, Ending::Signal(signal)),
            }
        }
    })
}
