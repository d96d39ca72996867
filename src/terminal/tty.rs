//! Taking the terminal over, and giving it back as it was, whatever ends the program.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::fs::OpenOptionsExt;
use std::panic;
use std::path::PathBuf;
use std::process;
use std::sync::{Mutex, MutexGuard, Once, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::queue;
use crossterm::style::{Attribute, Print, SetAttribute};
use crossterm::terminal::{
    Clear, ClearType, DisableLineWrap, EnableLineWrap, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use nix::unistd::{getpgrp, tcgetpgrp, ttyname};
use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;
use rustix::io::Errno;
use rustix::termios::{QueueSelector, tcflush, tcgetwinsize};

use super::attributes;
use super::capabilities::TerminalCapabilities;
use super::charset::{Charset, SELECT_UTF8};
use super::ground::{self, Ground};

/// The most columns and rows that are drawn. No screen has more, but a pseudo-terminal may claim
/// 65535 of each, and a buffer of that size is hundreds of gigabytes.
const MAX_SIZE: Size = Size::new(1000, 500);

/// No terminal has larger cells, in pixels.
const MAX_CELL_PIXELS: u16 = 200;

/// How long a terminal that takes no more output may hold up giving it back: once before what it
/// has not taken yet is dropped, and once after.
const GIVE_BACK_PATIENCE: Duration = Duration::from_millis(150);

/// Has a terminal forget the sequence that it is in the middle of.
const CANCEL: &[u8] = b"\x18";

/// Clicks, the wheel and dragging, at any column. Motion without a button is left out: each move
/// of the hand would wake an idle reader.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// Has a terminal keep the title of its window, and tell keys apart that share a byte, such as Tab
/// and Ctrl-i, also on keyboards of other letters than Latin ones: <https://sw.kovidgoyal.net/kitty/keyboard-protocol/#progressive-enhancement>.
const WINDOW_ON: &str = "\x1b[22;2t\x1b[>5u";
/// A link that a cut frame has left open ends, too.
const WINDOW_OFF: &str = "\x1b]8;;\x1b\\\x1b[<u\x1b[23;2t";

/// Has a terminal tell that its colours are others now, as far as it knows that, and that its window
/// has got the keys, since when they may be:
/// <https://contour-terminal.org/vt-extensions/color-palette-update-notifications/>.
const GROUND_ON: &str = "\x1b[?2031h\x1b[?1004h";
const GROUND_OFF: &str = "\x1b[?1004l\x1b[?2031l";

/// What is switched on. Whoever switches or writes holds the lock meanwhile, so that a signal
/// cannot end the program between two halves of giving the terminal back, and nothing is written
/// after it.
static MODES: Mutex<Modes> = Mutex::new(Modes {
    entered: false,
    wanted: WantedModes {
        mouse: false,
        ground: false,
    },
    has_window: false,
    screens: 0,
    is_cut: false,
    output: None,
});

struct Modes {
    entered: bool,
    /// Of what is wanted, what the terminal knows.
    wanted: WantedModes,
    /// Whether the terminal is one of windows, as [`TerminalCapabilities::has_window`] says.
    has_window: bool,
    /// How often the terminal was taken over.
    screens: u64,
    /// Whether the terminal has taken only a part of what was last written.
    is_cut: bool,
    /// Where to write, once that was found out.
    output: Option<File>,
}

/// What a terminal tells if it is asked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WantedModes {
    /// Clicks, dragging and the wheel.
    pub mouse: bool,
    /// Whether its ground is dark or light, and when that may have changed.
    pub ground: bool,
}

/// The terminal while it is this program's screen; dropping it gives the terminal back.
#[derive(Debug)]
#[must_use = "the terminal is given back when this is dropped"]
pub struct TerminalGuard(());

impl TerminalGuard {
    /// Takes the terminal over: raw mode, alternate screen, no cursor, pastes in brackets, and
    /// what is wanted. The title of a window is kept, to be put back. From here on a panic in any
    /// thread gives the terminal back before its message is printed, and ends the program.
    ///
    /// # Errors
    ///
    /// When there is no terminal or it cannot be written; it is then as it was.
    pub fn enter(wanted: WantedModes) -> io::Result<Self> {
        give_back_on_panic();
        let capabilities = TerminalCapabilities::from_environment();
        {
            let mut modes = modes();
            modes.has_window = capabilities.is_some_and(|can| can.has_window);
            let knows_ground = capabilities.is_some_and(|can| can.has_window && can.has_colours);
            modes.wanted = WantedModes {
                ground: wanted.ground && knows_ground,
                ..wanted
            };
        }
        enter()?;
        Ok(Self(()))
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        leave_when_answered();
    }
}

/// The columns and rows of the terminal, clamped; 0x0 if it does not tell.
#[must_use]
pub(crate) fn size() -> Size {
    tcgetwinsize(io::stdout())
        .or_else(|_| tcgetwinsize(io::stdin()))
        .map(|size| clamp(Size::new(size.ws_col, size.ws_row)))
        .unwrap_or_default()
}

/// The pixels of a cell; where the terminal does not tell, as many as are usual.
pub(crate) fn cell_pixels() -> Size {
    const USUAL: Size = Size::new(8, 16);
    let told = tcgetwinsize(io::stdout()).or_else(|_| tcgetwinsize(io::stdin()));
    let cell = told.ok().and_then(|size| {
        let width = size.ws_xpixel.checked_div(size.ws_col)?;
        let height = size.ws_ypixel.checked_div(size.ws_row)?;
        (1..=MAX_CELL_PIXELS).contains(&width).then_some(())?;
        (1..=MAX_CELL_PIXELS).contains(&height).then_some(())?;
        Some(Size::new(width, height))
    });
    cell.unwrap_or(USUAL)
}

/// The part of a size that is drawn: at most 1000 columns and 500 rows.
#[must_use]
pub(crate) fn clamp(size: Size) -> Size {
    Size::new(
        size.width.min(MAX_SIZE.width),
        size.height.min(MAX_SIZE.height),
    )
}

/// Switches clicks and the wheel on or off; off, the terminal's own selection works. The switch is
/// written to `output`, behind what waits there.
pub(crate) fn set_mouse(output: &mut impl Write, on: bool) -> io::Result<()> {
    modes().wanted.mouse = on;
    output.write_all(if on { MOUSE_ON } else { MOUSE_OFF }.as_bytes())
}

/// Asks whether the ground is dark or light, of a terminal that tells. The question is written to
/// `output`, behind what waits there; the answer is an event.
pub(crate) fn ask_ground(output: &mut impl Write) -> io::Result<()> {
    // Whoever writes to the output takes the lock.
    let is_wanted = modes().wanted.ground;
    if is_wanted {
        ground::ask(output)
    } else {
        Ok(())
    }
}

/// Asks whether the terminal shows sixels. The question is written to `output`, behind what waits
/// there; the answer is an event.
pub(crate) fn ask_for_sixels(output: &mut impl Write) -> io::Result<()> {
    attributes::ask(output)
}

/// What the terminal has said of its ground when it was taken over. The answer is waited for, but
/// not for long.
pub(crate) fn ground() -> Option<Ground> {
    ground::answer()
}

/// Where the terminal takes output, to wait for room there.
pub(super) fn output() -> io::Result<File> {
    modes().output()?.try_clone()
}

/// The screen that the terminal is now, told from those that were given back before it.
pub(super) fn screen() -> u64 {
    modes().screens
}

/// Writes as many of the bytes as the terminal takes at once; returns how many are done with.
/// Bytes for a screen that has been given back are, since nobody is to see them.
pub(super) fn write_some(bytes: &[u8], screen: u64) -> io::Result<usize> {
    let mut modes = modes();
    if !modes.entered || modes.screens != screen {
        return Ok(bytes.len());
    }
    let written = match modes.output()?.write(bytes) {
        Ok(written) => written,
        Err(error) if is_about_waiting(&error) => 0,
        Err(error) => return Err(error),
    };
    modes.is_cut = written < bytes.len();
    Ok(written)
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
    modes.screens += 1;
    switch_on(&mut modes).inspect_err(|_| give_back(&mut modes))
}

/// Gives the terminal back, unless it is already. Errors have nobody to go to: whatever can be
/// given back is.
pub(super) fn leave() {
    give_back(&mut modes());
}

/// Gives the terminal back once it has answered what it was asked, so that no answer comes to the
/// shell.
pub(super) fn leave_when_answered() {
    if is_entered() {
        ground::await_last_answer();
        attributes::await_last_answer();
    }
    leave();
}

/// Whether the program has taken the terminal over.
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
    let _ = has_left.recv_timeout(GIVE_BACK_PATIENCE * 3);
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
pub(crate) fn keyboard() -> io::Result<OwnedFd> {
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

impl Modes {
    /// Where to write. What is once open stays open: a program whose files have run out must
    /// still be able to give the terminal back.
    fn output(&mut self) -> io::Result<&mut File> {
        Ok(match self.output.take() {
            Some(output) => self.output.insert(output),
            None => self.output.insert(open_output()?),
        })
    }

    /// Writes all of the bytes, waiting for the terminal to take them, but not for long; whether
    /// it has.
    fn write(&mut self, mut bytes: &[u8]) -> io::Result<bool> {
        let end = Instant::now() + GIVE_BACK_PATIENCE;
        let output = self.output()?;
        loop {
            match output.write(bytes) {
                Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
                Err(error) if is_about_waiting(&error) => {}
                Err(error) => return Err(error),
            }
            let wait = end.saturating_duration_since(Instant::now());
            if bytes.is_empty() || wait.is_zero() {
                return Ok(bytes.is_empty());
            }
            wait_for_room(output, wait)?;
        }
    }
}

/// Waits until the terminal takes output, or is gone; `false` when it does neither for so long.
pub(super) fn wait_for_room(output: &impl AsFd, patience: Duration) -> io::Result<bool> {
    let patience = Timespec::try_from(patience).ok();
    match poll(
        &mut [PollFd::new(output, PollFlags::OUT)],
        patience.as_ref(),
    ) {
        Ok(ready) => Ok(ready > 0),
        Err(Errno::INTR) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// A file of one's own for the terminal, which does not wait when the terminal takes no more.
/// The standard output cannot be made so: it is the same as the shell's.
///
/// Where the terminal cannot be opened again, it is the standard output that waits; then a
/// terminal that is stuck holds up the keys.
fn open_output() -> io::Result<File> {
    let stdout = io::stdout();
    let named = ttyname(&stdout).ok();
    // The name means something else in a container that was entered from outside.
    let own = tcgetpgrp(&stdout).ok().map(|_| PathBuf::from("/dev/tty"));
    for path in named.into_iter().chain(own) {
        let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
        let opened = OpenOptions::new()
            .write(true)
            .custom_flags(flags.bits().cast_signed())
            .open(path);
        if let Ok(opened) = opened {
            return Ok(opened);
        }
    }
    Ok(stdout.as_fd().try_clone_to_owned()?.into())
}

fn is_about_waiting(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted)
}

fn switch_on(modes: &mut Modes) -> io::Result<()> {
    let mut bytes = Vec::new();
    if Charset::from_environment().is_utf8() {
        bytes.extend(SELECT_UTF8);
    }
    // What a terminal shows wider than was reckoned must not run over into the next row.
    queue!(
        bytes,
        EnterAlternateScreen,
        Hide,
        DisableLineWrap,
        EnableBracketedPaste
    )?;
    if modes.has_window {
        queue!(bytes, Print(WINDOW_ON))?;
    }
    if modes.wanted.mouse {
        queue!(bytes, Print(MOUSE_ON))?;
    }
    if modes.wanted.ground {
        queue!(bytes, Print(GROUND_ON))?;
        ground::ask(&mut bytes)?;
    }
    modes.is_cut = !modes.write(&bytes)?;
    Ok(())
}

fn give_back(modes: &mut Modes) {
    if !modes.entered {
        return;
    }
    modes.entered = false;
    // First, because it is done at once, even when the terminal takes no output.
    let in_foreground = in_foreground();
    if in_foreground {
        let _ = disable_raw_mode();
    }
    let _ = switch_off(modes, in_foreground);
}

/// Puts the switches back. A terminal that has not even taken the last frame is not sent the rest
/// of it, and forgets what it has not shown yet: nobody is to wait for that.
fn switch_off(modes: &mut Modes, may_drop: bool) -> io::Result<()> {
    let mut bytes = CANCEL.to_vec();
    queue!(
        bytes,
        EndSynchronizedUpdate,
        Print(MOUSE_OFF),
        Print(if modes.wanted.ground { GROUND_OFF } else { "" }),
        Print(if modes.has_window { WINDOW_OFF } else { "" }),
        DisableBracketedPaste,
        EnableLineWrap,
        SetAttribute(Attribute::Reset),
        // tmux 3.3 else pushes rows of a screen that has grown wider up above the prompt.
        Clear(ClearType::All),
        Show,
        LeaveAlternateScreen
    )?;
    let whole = bytes.get(CANCEL.len()..).unwrap_or_default();
    if !modes.is_cut && modes.write(whole)? {
        return Ok(());
    }
    modes.is_cut = false;
    if may_drop {
        let _ = tcflush(modes.output()?, QueueSelector::OFlush);
    }
    modes.write(&bytes)?;
    Ok(())
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
        assert_eq!(clamp(Size::new(u16::MAX, u16::MAX)), MAX_SIZE);
        assert_eq!(clamp(Size::new(80, 24)), Size::new(80, 24));
        assert_eq!(clamp(Size::new(0, 9999)), Size::new(0, 500));
    }

    #[test]
    fn leaving_a_terminal_that_was_never_entered_does_nothing() {
        leave();
        assert!(!is_entered());
    }
}
