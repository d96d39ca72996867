//! The program over a line that is slow, or stuck: few bytes are sent, what is out of date is not
//! sent, and whoever wants to leave is not held up.

use std::thread;
use std::time::Duration;

use rustix::process::Signal;

use super::pty::{Pty, command, shown};
use super::reading::{FIRST_PAGE, PROGRAM, Reading, words};

/// So many pages on and back, drawn one by one, that no buffer on the way holds them all.
const PAGES: usize = 60;

const PAGE_UP: &str = "\x1b[5~";

/// More bytes than a pseudo-terminal holds for a reader who does not come, and a frame.
const HELD: usize = 40_000;

/// A reader whose terminal has taken no output while pages were turned.
fn start_stuck() -> Reading {
    let mut reading = Reading::start();
    reading.pty.hold(true);
    for _ in 0..PAGES / 2 {
        for key in [" ", PAGE_UP] {
            reading.pty.send(key);
            // Long enough for a frame of its own.
            thread::sleep(Duration::from_millis(8));
        }
    }
    reading
}

/// Asserts that the program ends although nobody reads what it writes, and that the terminal is as
/// it was once somebody does.
#[track_caller]
fn ends_while_stuck(mut reading: Reading, code: u32) {
    assert_eq!(reading.pty.wait_for_end(), code, "exit code");
    reading.pty.hold(false);
    reading.pty.wait_until_given_back();
}

#[test]
fn q_ends_a_program_whose_terminal_is_stuck() {
    let mut reading = start_stuck();
    reading.pty.send("q");
    ends_while_stuck(reading, 0);
}

#[test]
fn a_signal_ends_a_program_whose_terminal_is_stuck() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129)] {
        let reading = start_stuck();
        reading.pty.signal(signal);
        ends_while_stuck(reading, code);
    }
}

#[test]
fn the_place_is_kept_when_a_signal_ends_a_program_whose_terminal_is_stuck() {
    let mut reading = start_stuck();
    reading.pty.send("G");
    // Nothing shows that the key was heard, and a signal may overtake it.
    thread::sleep(Duration::from_secs(2));
    reading.pty.signal(Signal::TERM);
    assert_eq!(reading.pty.wait_for_end(), 143);
    let again = Pty::start(command(PROGRAM, reading.home.path()), 80, 24);
    again.wait_for("the end of the paper", |screen| {
        shown(screen).contains("100%") || shown(screen).contains("100 %")
    });
}

#[test]
fn frames_that_nobody_could_see_are_never_sent() {
    let mut reading = start_stuck();
    let mut other = Reading::start();
    let before = reading.pty.bytes();
    reading.pty.send("  j");
    reading.pty.hold(false);
    // The newest state comes, as on a line that was never stuck.
    other.pty.send("  j");
    reading.pty.wait_until("the same keys", |pty| {
        let (text, other) = (pty.text(), other.pty.text());
        words(&text) == words(&other) && !text.contains(FIRST_PAGE)
    });
    let bytes = reading.pty.bytes() - before;
    assert!(bytes < HELD, "{bytes} bytes for a screen");
}

/// The keys of a reading, each with the most bytes that a screen of 80 columns and 24 rows may take
/// to show what it does, which holds 1920 cells.
const KEYS: [(&str, usize); 15] = [
    ("j", 240),
    ("j", 240),
    ("k", 240),
    (" ", 1900),
    ("d", 1200),
    ("f", 1300),
    ("\x1b", 900),
    ("b", 200),
    ("U", 200),
    ("/", 250),
    ("t", 1250),
    ("r", 1200),
    ("e", 2000),
    ("a", 2100),
    ("\r", 350),
];

#[test]
fn a_key_takes_few_bytes() {
    let (mut reading, _) = Reading::start_in_the_text();
    for (key, most) in KEYS {
        let before = reading.pty.bytes();
        reading.pty.send(key);
        reading.pty.wait_until(key, |pty| pty.bytes() > before);
        reading.pty.settled_text();
        let bytes = reading.pty.bytes() - before;
        assert!(bytes <= most, "{key:?} took {bytes} bytes, not {most}");
    }
}
