//! The program in terminals that are dark or light, and become the other while it runs.

use std::fs;

use portable_pty::CommandBuilder;
use rustix::process::Signal;
use tempfile::TempDir;
use vt100::{Color, Screen};

use super::pty::Pty;
use super::reading::{PROGRAM, Reading};

const QUESTION: &str = "\x1b]11;?\x1b\\";
const BLACK: &str = "\x1b]11;rgb:0000/0000/0000\x1b\\";
const WHITE: &str = "\x1b]11;rgb:ffff/ffff/ffff\x07";

/// The grounds of the themes `dark` and `light`.
const DARK: Color = Color::Idx(234);
const LIGHT: Color = Color::Idx(255);

/// A configuration in which the terminal decides.
struct Automatic(TempDir);

impl Automatic {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        fs::write(folder.path().join("config.toml"), "theme = \"auto\"\n").expect("a file");
        Automatic(folder)
    }

    fn set(&self, command: &mut CommandBuilder) {
        command.env("OPCIT_CONFIG", self.0.path().join("config.toml"));
    }

    fn start(&self) -> Reading {
        Reading::start_with(|command| self.set(command))
    }
}

/// Whether every cell stands on this ground.
fn is_all_on(screen: &Screen, ground: Color) -> bool {
    let (rows, columns) = screen.size();
    let is_on = |row, column| {
        let cell = screen.cell(row, column);
        cell.is_some_and(|cell| cell.bgcolor() == ground || cell.inverse())
    };
    (0..rows.get()).all(|row| (0..columns.get()).all(|column| is_on(row, column)))
}

#[track_caller]
fn wait_for_ground(pty: &Pty, ground: Color) {
    pty.wait_for(&format!("a ground of {ground:?}"), |screen| {
        is_all_on(screen, ground)
    });
}

#[track_caller]
fn wait_for_question(pty: &Pty, count: usize) {
    pty.wait_until("a question", |pty| pty.count(QUESTION) == count);
}

#[test]
fn the_theme_follows_the_terminal_and_nothing_else_changes() {
    let config = Automatic::new();
    let mut reading = config.start();
    let pty = &mut reading.pty;
    wait_for_question(pty, 1);
    let before = pty.settled_text();
    wait_for_ground(pty, Color::Default);
    pty.send(WHITE);
    wait_for_ground(pty, LIGHT);
    // What tells of another scheme may come apart.
    for piece in ["\x1b[?99", "7;", "1n"] {
        pty.send(piece);
    }
    wait_for_question(pty, 2);
    pty.send(BLACK);
    wait_for_ground(pty, DARK);
    // A terminal that does not tell may have changed while another window was in front.
    pty.send("\x1b[O\x1b[I");
    wait_for_question(pty, 3);
    pty.send(WHITE);
    wait_for_ground(pty, LIGHT);
    assert_eq!(pty.settled_text(), before);
    assert_eq!(pty.count(QUESTION), 3);
    pty.send("q");
    reading.ends(0);
}

#[test]
fn a_terminal_that_does_not_answer_is_read_in_its_own_colours() {
    let config = Automatic::new();
    let mut reading = config.start();
    let before = reading.pty.settled_text();
    reading.pty.send("\x1b[I\x1b[?997;2n");
    assert_eq!(reading.pty.settled_text(), before);
    wait_for_ground(&reading.pty, Color::Default);
    reading.pty.send("q");
    reading.ends(0);
}

#[test]
fn whatever_ends_the_program_no_report_is_left_on() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)] {
        let config = Automatic::new();
        let reading = config.start();
        let left_on = reading.pty.left_on();
        for mode in ["reports of colours", "reports of focus"] {
            assert!(left_on.contains(&mode), "{mode} is not among {left_on:?}");
        }
        reading.pty.signal(signal);
        reading.ends(code);
    }
}

/// Asserts that the terminal is never asked for its colours, nor has to tell of them, and that no
/// report of it is a key.
#[track_caller]
fn check_not_asked(what: &str, change: impl FnOnce(&mut CommandBuilder)) {
    let mut reading = Reading::start_with(change);
    let before = reading.pty.settled_text();
    reading.pty.send("\x1b[?997;1n\x1b[I\x1b[O");
    reading.pty.send(BLACK);
    assert_eq!(reading.pty.settled_text(), before, "{what}");
    for sequence in [QUESTION, "\x1b[?2031", "\x1b[?1004"] {
        assert_eq!(reading.pty.count(sequence), 0, "{what}: {sequence:?}");
    }
    reading.pty.send("q");
    reading.ends(0);
}

#[test]
fn where_the_answer_would_change_nothing_the_terminal_is_not_asked() {
    check_not_asked("a theme of the reader's", |_| {});
    let config = Automatic::new();
    check_not_asked("no colours", |command| {
        config.set(command);
        command.env("NO_COLOR", "1");
    });
    check_not_asked("a console", |command| {
        config.set(command);
        command.env("TERM", "linux");
    });
}

#[test]
fn plain_lines_ask_the_terminal_nothing() {
    let config = Automatic::new();
    let mut command = super::pty::command(PROGRAM, config.0.path());
    config.set(&mut command);
    command.arg("--linear");
    let mut pty = Pty::start(command, 80, 24);
    pty.wait_for_text("Russia");
    pty.send("q\n");
    assert_eq!(pty.wait_for_end(), 0);
    let written = String::from_utf8(pty.close_and_read()).expect("text");
    assert!(!written.contains('\x1b'), "{written:?}");
}
