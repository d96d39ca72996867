//! What touches the world outside the terminal's picture: the clipboard and the browser.

use std::env;
use std::io::{self, Write};
use std::process::Stdio;

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;

use super::action::{Action, Notice};

/// The most bytes that are copied: terminals refuse clipboard sequences of over 100,000 bytes,
/// and base64 makes four of three.
const LONGEST_COPY: usize = 74_994;

/// Puts text on the clipboard through the terminal, so that it works over SSH as well; without a
/// line end at its end, which would send off what it is pasted into. Returns what to tell the
/// reader.
pub(super) fn copy(terminal: &mut impl Write, text: &str, what: &str) -> io::Result<Action> {
    let kept = text
        .get(..text.floor_char_boundary(LONGEST_COPY))
        .unwrap_or(text);
    let copied = kept.trim_end_matches('\n');
    execute!(terminal, CopyToClipboard::to_clipboard_from(copied))?;
    Ok(Action::Tell(match kept.len() < text.len() {
        true => Notice::warning(format!("copied the first {} bytes of {what}", kept.len())),
        false => Notice::plain(format!("copied {what}")),
    }))
}

/// Has the browser open an address, or copies it where there is none at hand.
pub(super) fn open(terminal: &mut impl Write, address: &str) -> io::Result<Action> {
    if let Err(why) = is_browser_at_hand().and_then(|()| start_browser(address)) {
        let told = copy(terminal, address, "the address")?;
        return Ok(match told {
            Action::Tell(notice) => Action::Tell(Notice::plain(format!("{why}: {}", notice.text))),
            other => other,
        });
    }
    Ok(Action::Tell(Notice::plain(format!("opening {address}"))))
}

/// A browser on another machine's screen helps nobody.
fn is_browser_at_hand() -> Result<(), String> {
    if env::var_os("SSH_CONNECTION").is_some() || env::var_os("SSH_TTY").is_some() {
        return Err("over SSH".into());
    }
    let has_screen = ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| env::var_os(name).is_some());
    if cfg!(target_os = "linux") && !has_screen && env::var_os("WSL_DISTRO_NAME").is_none() {
        return Err("no browser here".into());
    }
    Ok(())
}

/// Starts the first of the system's openers that there is, without a shell, and does not wait.
fn start_browser(address: &str) -> Result<(), String> {
    for mut command in open::commands(address) {
        let quiet = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if quiet.spawn().is_ok() {
            return Ok(());
        }
    }
    Err("no browser could be started".into())
}
