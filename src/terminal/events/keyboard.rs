//! What the terminal sends, read on a thread of its own; and whether it is still there.

use std::io;
use std::os::fd::AsFd;
use std::sync::Arc;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, read};

use super::lending::Lending;
use super::{Ending, Event, Sender, end, spawn};
use crate::terminal::attributes;
use crate::terminal::ground;
use crate::terminal::input::{InputEvent, InputParser};
use crate::terminal::tty;

/// The most bytes that are read at once: as many as the system keeps of a terminal's input.
const READ_BYTES: usize = 4096;

/// Starts to pass on what is typed, and that the terminal goes away.
pub(super) fn listen<M: Send + 'static>(
    sender: &Sender<M>,
    lending: &Arc<Lending>,
) -> io::Result<()> {
    spawn("hang-up", {
        let (keyboard, sender) = (tty::keyboard()?, sender.clone());
        move || {
            if hangs_up(&keyboard) {
                end(&sender, Ending::TerminalGone);
            }
        }
    })?;
    spawn("keys", {
        let (keyboard, sender) = (tty::keyboard()?, sender.clone());
        let lending = Arc::clone(lending);
        move || {
            if let Err(error) = read_keys(&keyboard, &sender, &lending) {
                sender.end(Ending::Failed(error.into()));
            }
        }
    })
}

/// Waits until the terminal goes away; `false` when that cannot be known. Nothing is read, so that
/// it is noticed while keys wait for the main loop.
fn hangs_up(keyboard: &impl AsFd) -> bool {
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

/// Sends what is typed, until the terminal is gone. What is typed while the terminal is lent is left
/// to whom it is lent to.
fn read_keys<M>(keyboard: &impl AsFd, sender: &Sender<M>, lending: &Lending) -> Result<(), Errno> {
    let mut parser = InputParser::default();
    let mut bytes = [0; READ_BYTES];
    loop {
        let timeout = parser.timeout();
        let timeout = timeout.and_then(|timeout| Timespec::try_from(timeout).ok());
        let mut watched = [PollFd::new(keyboard, PollFlags::IN)];
        match poll(&mut watched, timeout.as_ref()) {
            Err(Errno::INTR) => continue,
            Err(error) => return Err(error),
            Ok(0) => {
                parser
                    .expire()
                    .into_iter()
                    .for_each(|event| send(event, sender));
                continue;
            }
            Ok(_) if lending.wait() => continue,
            Ok(_) => {}
        }
        let [watched] = watched;
        match read(keyboard, &mut bytes) {
            // Of a hang-up, the main loop is told.
            Ok(0) if watched.revents().contains(PollFlags::HUP) => return Ok(()),
            Ok(count) => {
                let read = bytes.get(..count).unwrap_or_default();
                parser
                    .parse(read)
                    .into_iter()
                    .for_each(|event| send(event, sender));
            }
            Err(Errno::INTR | Errno::AGAIN) => {}
            Err(error) => return Err(error),
        }
    }
}

fn send<M>(event: InputEvent, sender: &Sender<M>) {
    let event = match event {
        InputEvent::Key(key) => Event::Key(key),
        InputEvent::Mouse(mouse) => Event::Mouse(mouse),
        InputEvent::Paste(text) => Event::Paste(text),
        InputEvent::Ground(ground) => {
            ground::take_answer(ground);
            Event::Ground(ground)
        }
        InputEvent::Sixels(has) => {
            attributes::take_answer(has);
            Event::Sixels(has)
        }
        InputEvent::GroundMayDiffer => Event::GroundMayDiffer,
    };
    sender.send_when_room(event);
}
