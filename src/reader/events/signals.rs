//! Signals from outside, on a thread of their own.
//!
//! A signal handler may neither allocate nor lock; here a thread may take its time instead.

use std::io;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;

use super::{Ending, Message, Sender, end, spawn};

/// Starts to pass signals on to the main loop.
pub(super) fn listen(sender: Sender) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
    spawn("signals", move || {
        for signal in signals.forever() {
            match signal {
                SIGTSTP => sender.pass(Message::Suspend),
                SIGCONT => sender.pass(Message::Continue),
                _ => end(&sender, Ending::Signal(signal)),
            }
        }
    })
}
