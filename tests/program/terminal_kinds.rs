//! The program in terminals of every kind: each is sent what it understands, and no more.

use std::fs;

use portable_pty::CommandBuilder;
use tempfile::TempDir;

use super::pty::{Pty, command};
use super::reading::{FIRST_PAGE, PROGRAM, Reading};

/// All that is written, from the first page over a note and a search to the end.
fn written(change: impl FnOnce(&mut CommandBuilder)) -> String {
    let mut reading = Reading::start_with(change);
    for key in [" ", "]", "j", "5f", "\x1b"] {
        let before = reading.pty.bytes();
        reading.pty.send(key);
        reading.pty.wait_until(key, |pty| pty.bytes() > before);
        reading.pty.settled_text();
    }
    reading.pty.send("q");
    assert_eq!(reading.pty.wait_for_end(), 0);
    String::from_utf8(reading.pty.close_and_read()).expect("text")
}

/// The numbers that the text's looks are made of.
fn looks(written: &str) -> Vec<&str> {
    let sequences = written.split("\x1b[").skip(1);
    let looks = sequences.filter_map(|sequence| {
        let end = sequence.find(|c: char| !matches!(c, '0'..='9' | ';' | ':'))?;
        sequence[end..].starts_with('m').then_some(&sequence[..end])
    });
    looks.flat_map(|look| look.split(';')).collect()
}

/// Whether there is a colour of the sixteen, by the code that every terminal with colours knows.
fn has_colours(looks: &[&str]) -> bool {
    looks.iter().any(|look| matches!(*look, "94" | "35"))
}

#[test]
fn a_terminal_of_today_is_sent_its_own_sixteen_colours_and_whole_frames() {
    for (term, colorterm) in [
        ("xterm", ""),
        ("xterm-256color", ""),
        ("xterm-256color", "truecolor"),
        ("tmux-256color", "truecolor"),
    ] {
        let written = written(|command| {
            command.env("TERM", term);
            command.env("COLORTERM", colorterm);
        });
        let looks = looks(&written);
        assert!(has_colours(&looks), "{term}: {looks:?}");
        assert!(!looks.contains(&"38"), "{term}: {looks:?}");
        let is_underlined_in_colour = looks.iter().any(|look| look.starts_with("58"));
        assert_eq!(is_underlined_in_colour, !colorterm.is_empty(), "{term}");
        assert!(looks.contains(&"3"), "{term}: no italics");
        let count = |switch| written.matches(switch).count();
        assert!(count("\x1b[?2026h") > 4, "{term}");
        // Once more at the end, in case that a frame was cut off.
        assert_eq!(count("\x1b[?2026l"), count("\x1b[?2026h") + 1, "{term}");
    }
}

#[test]
fn a_console_is_sent_colours_but_nothing_that_it_would_misread() {
    for term in ["linux", "screen"] {
        let written = written(|command| {
            command.env("TERM", term);
            command.env("COLORTERM", "truecolor");
        });
        let looks = looks(&written);
        assert!(has_colours(&looks), "{term}: {looks:?}");
        for misread in ["3", "38", "48", "58"] {
            assert!(!looks.contains(&misread), "{term}: {misread} in {looks:?}");
        }
        assert!(!written.contains("\x1b[?2026h"), "{term}");
    }
}

#[test]
fn an_old_terminal_is_sent_neither_colours_nor_words_that_came_later() {
    let written = written(|command| {
        command.env("TERM", "vt100");
    });
    let looks = looks(&written);
    let later = |look: &&str| {
        !matches!(
            *look,
            "0" | "1" | "2" | "4" | "7" | "9" | "22" | "24" | "27" | "29"
        )
    };
    assert!(!looks.iter().any(later), "{looks:?}");
    for (last, word) in [('S', "scroll"), ('T', "scroll"), ('X', "erase")] {
        let uses = |sequence: &str| {
            let end = sequence.find(|c: char| !c.is_ascii_digit());
            end.is_some_and(|end| sequence[end..].starts_with(last))
        };
        assert!(!written.split("\x1b[").skip(1).any(uses), "{word}");
    }
}

#[test]
fn a_terminal_that_cannot_place_text_is_told_what_can_be_done() {
    for term in [Some("dumb"), Some(""), None] {
        let home = TempDir::new().expect("a home");
        let mut command = command(PROGRAM, home.path());
        match term {
            Some(name) => command.env("TERM", name),
            None => command.env_remove("TERM"),
        }
        let mut pty = Pty::start(command, 80, 24);
        assert_eq!(pty.wait_for_end(), 1, "{term:?}");
        pty.wait_until_given_back();
        let written = pty.close_and_read();
        let written = String::from_utf8(written).expect("text");
        assert!(written.contains("opcit print"), "{term:?}: {written}");
        assert!(!written.contains('\x1b'), "{term:?}: {written:?}");
        assert_eq!(fs::read_dir(home.path()).expect("a home").count(), 0);
    }
}

#[test]
fn a_terminal_that_cannot_place_text_can_still_print() {
    let home = TempDir::new().expect("a home");
    let mut command = command(PROGRAM, home.path());
    command.env("TERM", "dumb");
    command.arg("print");
    let mut pty = Pty::start(command, 80, 24);
    assert_eq!(pty.wait_for_end(), 0);
    let written = String::from_utf8(pty.close_and_read()).expect("text");
    assert!(written.contains(FIRST_PAGE) && !written.contains('\x1b'));
}
