//! What touches the world outside the terminal's picture: the clipboard and the browser.

use std::env;
use std::io::{self, Write};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;

use super::action::{Action, Notice};

/// The most bytes that are copied: terminals refuse clipboard sequences of over 100,000 bytes,
/// and base64 makes four of three.
const LONGEST_COPY: usize = 74_994;

/// Whether what copying needs under tmux has been said, which is said once.
static HAS_EXPLAINED_TMUX: AtomicBool = AtomicBool::new(false);

/// Puts text on the clipboard through the terminal, so that it works over SSH as well; without a
/// line end at its end, which would send off what it is pasted into. Returns what to tell the
/// reader: whether the terminal takes it cannot be known.
pub(super) fn copy(terminal: &mut impl Write, text: &str, what: &str) -> io::Result<Action> {
    let kept = text
        .get(..text.floor_char_boundary(LONGEST_COPY))
        .unwrap_or(text);
    let copied = kept.trim_end_matches('\n');
    execute!(terminal, CopyToClipboard::to_clipboard_from(copied))?;
    let mut told = match kept.len() < text.len() {
        true => format!("the first {} bytes of {what} ", kept.len()),
        false => format!("{what} "),
    };
    told.push_str("sent to the terminal’s clipboard");
    if env::var_os("TMUX").is_some() && !HAS_EXPLAINED_TMUX.swap(true, Ordering::Relaxed) {
        told.push_str("; tmux needs `set -g set-clipboard on`");
    }
    Ok(Action::Tell(match kept.len() < text.len() {
        true => Notice::warning(told),
        false => Notice::plain(told),
    }))
}

/// Why no browser can be started: one on another machine's screen helps nobody.
pub(super) fn no_browser() -> Option<&'static str> {
    if env::var_os("SSH_CONNECTION").is_some() || env::var_os("SSH_TTY").is_some() {
        return Some("over SSH");
    }
    let has_screen = ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| env::var_os(name).is_some());
    let needs_screen = cfg!(target_os = "linux") && env::var_os("WSL_DISTRO_NAME").is_none();
    (needs_screen && !has_screen).then_some("no browser here")
}

/// Has the first of the system's openers that can do it open an address, without a shell, and
/// waits until it has, which may be as long as the browser runs. Returns what to tell the reader
/// if none can.
pub(super) fn open(address: &str) -> Option<Action> {
    let is_open = open::commands(address)
        .iter_mut()
        .any(|command| quiet(command).status().is_ok_and(|status| status.success()));
    (!is_open).then(|| {
        Action::Tell(Notice::warning(
            "no browser opened it; o, then y, copies the address",
        ))
    })
}

/// A program that has no part in the terminal, nor in what happens to the job.
fn quiet(command: &mut Command) -> &mut Command {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
}
