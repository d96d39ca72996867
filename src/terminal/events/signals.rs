//! Signals from outside, on a thread of their own.
//!
//! A signal handler may neither allocate nor lock; here a thread may take its time instead.

use std::io;
use std::sync::Arc;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::lending::Lending;
use super::{Ending, Event, QueueItem, Sender, end, job, spawn};
use crate::terminal::tty;

/// Starts to pass signals on to the main loop.
///
/// While the terminal is lent, those of the keyboard are meant for the program that has it: this one
/// is not ended by them, and stops with it at once, as the one job that both are.
pub(super) fn listen<M: Send + 'static>(
    sender: Sender<M>,
    lending: Arc<Lending>,
) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    spawn("signals", move || {
        for signal in signals.forever() {
            match signal {
                SIGINT | SIGQUIT if lending.is_lent() => {}
                SIGTSTP if lending.is_lent() => job::stop(),
                SIGTSTP => sender.send(QueueItem::Suspend),
                SIGCONT => sender.send(QueueItem::Continue),
                SIGWINCH => sender.send(QueueItem::Event(Event::Resize(tty::size()))),
                _ => end(&sender, Ending::Signal(signal)),
            }
        }
    })
}
