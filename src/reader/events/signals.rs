//! Signals from outside, on a thread of their own.
//!
//! A signal handler may neither allocate nor lock; here a thread may take its time instead.

use std::io;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::{Ending, Input, Message, Sender, end, spawn};
use crate::reader::terminal;

/// Starts to pass signals on to the main loop.
pub(super) fn listen(sender: Sender) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    spawn("signals", move || {
        for signal in signals.forever() {
            match signal {
                SIGTSTP => sender.pass(Message::Suspend),
                SIGCONT => sender.pass(Message::Continue),
                SIGWINCH => sender.pass(Message::Input(Input::Screen(terminal::size()))),
                _ => end(&sender, Ending::Signal(signal)),
            }
        }
    })
}
