//! Taking the terminal over, and giving it back as it was, whatever ends the program.

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::panic;
use std::process;
use std::sync::{Mutex, MutexGuard, Once, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::queue;
use crossterm::style::{Attribute, Print, SetAttribute};
use crossterm::terminal::{
    EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use nix::unistd::{getpgrp, tcgetpgrp};
use ratatui::layout::Size;
use rustix::termios::tcgetwinsize;

/// The most columns and rows that are drawn. No screen has more, but a pseudo-terminal may claim
/// 65535 of each, and a buffer of that size is hundreds of gigabytes.
const LARGEST: Size = Size::new(1000, 500);

/// How long a terminal that takes no more output may hold up the end.
const LAST_WORDS: Duration = Duration::from_millis(150);

/// Clicks and the wheel, at any column. Motion is left out: each move of the hand would wake an
/// idle reader.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// What is switched on. Whoever switches holds the lock meanwhile, so that a signal cannot end the
/// program between two halves of giving the terminal back.
static MODES: Mutex<Modes> = Mutex::new(Modes {
    entered: false,
    mouse: false,
});

struct Modes {
    entered: bool,
    mouse: bool,
}

/// The terminal while it is the reader's screen; dropping it gives the terminal back.
#[derive(Debug)]
#[must_use = "the terminal is given back when this is dropped"]
pub struct Terminal {
    output: File,
}

impl Terminal {
    /// Takes the terminal over: raw mode, alternate screen, no cursor, pastes in brackets, and
    /// clicks and the wheel if `mouse` is set. From here on a panic in any thread gives the
    /// terminal back before its message is printed, and ends the program.
    ///
    /// # Errors
    ///
    /// When there is no terminal or it cannot be written; it is then as it was.
    pub fn enter(mouse: bool) -> io::Result<Self> {
        let output = output()?;
        give_back_on_panic();
        modes().mouse = mouse;
        enter()?;
        Ok(Self { output })
    }

    /// Switches clicks and the wheel on or off; off, the terminal's own selection works.
    ///
    /// # Errors
    ///
    /// When the terminal cannot be written.
    pub fn set_mouse(&mut self, on: bool) -> io::Result<()> {
        let mut modes = modes();
        modes.mouse = on;
        let switch = if on { MOUSE_ON } else { MOUSE_OFF };
        self.output.write_all(switch.as_bytes())
    }

    /// Where frames are written: the standard output without a buffer and without its lock, which
    /// a writer that is stuck would hold against those who give the terminal back.
    ///
    /// # Errors
    ///
    /// When no file can be opened any more.
    pub fn output(&self) -> io::Result<File> {
        self.output.try_clone()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        leave();
    }
}

/// The columns and rows of the terminal, clamped; 0x0 if it does not tell.
#[must_use]
pub fn size() -> Size {
    tcgetwinsize(io::stdout())
        .or_else(|_| tcgetwinsize(io::stdin()))
        .map(|size| clamp(Size::new(size.ws_col, size.ws_row)))
        .unwrap_or_default()
}

/// The part of a size that is drawn: at most 1000 columns and 500 rows.
#[must_use]
pub fn clamp(size: Size) -> Size {
    Size::new(
        size.width.min(LARGEST.width),
        size.height.min(LARGEST.height),
    )
}

/// Takes the terminal over, unless it is already. Undoes what it has done when something fails.
pub(super) fn enter() -> io::Result<()> {
    let mut modes = modes();
    if modes.entered {
        return Ok(());
    }
    // First, because it stops a program in the background until it is called to the front.
    enable_raw_mode()?;
    modes.entered = true;
    switch_on(modes.mouse).inspect_err(|_| give_back(&mut modes))
}

/// Gives the terminal back, unless it is already. Errors have nobody to go to: whatever can be
/// given back is.
pub(super) fn leave() {
    give_back(&mut modes());
}

/// Whether the reader has taken the terminal over.
pub(super) fn is_entered() -> bool {
    modes().entered
}

/// Gives the terminal back and ends the program, from whatever thread and however stuck the others
/// are. A terminal that takes no output is left with its settings restored.
pub(super) fn abandon(exit_code: i32) -> ! {
    let (left, has_left) = mpsc::channel();
    thread::spawn(move || {
        leave();
        let _ = left.send(());
    });
    let _ = has_left.recv_timeout(LAST_WORDS);
    process::exit(exit_code)
}

/// Whether keys go to this program, not to a shell or to another job of it. In the background,
/// whoever touches the terminal's settings is stopped.
pub(super) fn in_foreground() -> bool {
    keyboard()
        .and_then(|keyboard| Ok(tcgetpgrp(keyboard)?))
        .map_or(true, |group| group == getpgrp())
}

/// The terminal that keys come from: the standard input, or when that is the document, the
/// terminal that the program runs in.
pub(super) fn keyboard() -> io::Result<OwnedFd> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        stdin.as_fd().try_clone_to_owned()
    } else {
        Ok(File::open("/dev/tty")?.into())
    }
}

fn modes() -> MutexGuard<'static, Modes> {
    MODES.lock().unwrap_or_else(PoisonError::into_inner)
}

fn output() -> io::Result<File> {
    Ok(io::stdout().as_fd().try_clone_to_owned()?.into())
}

fn switch_on(mouse: bool) -> io::Result<()> {
    let mut bytes = Vec::new();
    queue!(bytes, EnterAlternateScreen, Hide, EnableBracketedPaste)?;
    if mouse {
        queue!(bytes, Print(MOUSE_ON))?;
    }
    output()?.write_all(&bytes)
}

fn give_back(modes: &mut Modes) {
    if !modes.entered {
        return;
    }
    modes.entered = false;
    // First, because it is done at once, even when the terminal takes no output.
    if in_foreground() {
        let _ = disable_raw_mode();
    }
    let _ = switch_off();
}

fn switch_off() -> io::Result<()> {
    let mut bytes = Vec::new();
    queue!(
        bytes,
        EndSynchronizedUpdate,
        Print(MOUSE_OFF),
        DisableBracketedPaste,
        SetAttribute(Attribute::Reset),
        Show,
        LeaveAlternateScreen
    )?;
    output()?.write_all(&bytes)
}

/// Has every panic leave the screen first, so that its message is seen. A panic of another thread
/// than the main one would otherwise go unnoticed below the next frame.
fn give_back_on_panic() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            leave();
            print(panic);
            if thread::current().name() != Some("main") {
                process::exit(101);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absurd_screen_is_drawn_in_part() {
        assert_eq!(clamp(Size::new(u16::MAX, u16::MAX)), LARGEST);
        assert_eq!(clamp(Size::new(80, 24)), Size::new(80, 24));
        assert_eq!(clamp(Size::new(0, 9999)), Size::new(0, 500));
    }

    #[test]
    fn leaving_a_terminal_that_was_never_entered_does_nothing() {
        leave();
        assert!(!is_entered());
    }
}
