//! The program in terminals that are in UTF-8, that are not, and of which nobody says: no letter
//! of a paper acts there.

use std::fs;

use portable_pty::CommandBuilder;
use tempfile::TempDir;

use super::pty::{Pty, command, patiently};
use super::reading::PROGRAM;

/// Letters whose second bytes a terminal outside of UTF-8 takes for OSC, ST and CSI.
const HOSTILE: &str = "# Harmless\n\nA word \u{4dd}0;PWNED\u{4dc} and \u{4db}41mred\u{4db}0m text, \
                       “quoted” caf\u{e9}s in 1986[^1].\n\nThe end.\n\n[^1]: Ѝ.\n";

const SELECT_UTF8: &str = "\u{1b}%G";

/// All that is written to a terminal where the locale is so, by the reader and by `opcit print`.
fn written(locale: Option<&str>, term: &str) -> [Vec<u8>; 2] {
    let home = TempDir::new().expect("a home");
    let paper = home.path().join("hostile.md");
    fs::write(&paper, HOSTILE).expect("a paper");
    let start = |command: &mut CommandBuilder| {
        for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
            command.env_remove(name);
        }
        command.env("TERM", term);
        if let Some(locale) = locale {
            command.env("LC_ALL", locale);
        }
    };
    let mut reader = command(PROGRAM, home.path());
    reader.arg(&paper);
    start(&mut reader);
    let mut reader = Pty::start(reader, 80, 24);
    reader.wait_for_text("The end.");
    reader.send("q");
    assert_eq!(reader.wait_for_end(), 0);
    let mut print = command(PROGRAM, home.path());
    print.arg("print");
    print.arg(&paper);
    start(&mut print);
    let mut print = Pty::start(print, 80, 24);
    assert_eq!(print.wait_for_end(), 0);
    patiently(|| print.text().contains("The end."));
    [reader.close_and_read(), print.close_and_read()]
}

#[track_caller]
fn assert_nothing_acts(bytes: &[u8]) {
    let acts = |byte: &u8| (0x80..0xa0).contains(byte);
    assert!(!bytes.iter().any(acts), "{}", bytes.escape_ascii());
}

#[test]
fn a_terminal_without_a_charset_is_sent_ascii() {
    for (locale, term) in [
        (Some("C"), "xterm"),
        (Some("POSIX"), "xterm"),
        (None, "vt100"),
    ] {
        for written in written(locale, term) {
            assert!(written.is_ascii(), "{}", written.escape_ascii());
            let text = String::from_utf8(written).expect("ASCII");
            assert!(text.contains("\"quoted\" cafes in 1986"), "{text}");
            assert!(!text.contains("19861"), "{text}");
        }
    }
}

#[test]
fn a_terminal_in_latin_1_is_sent_latin_1() {
    for written in written(Some("en_US.ISO-8859-1"), "xterm") {
        assert_nothing_acts(&written);
        let shown = written.escape_ascii().to_string();
        assert!(shown.contains(r"caf\xe9s"), "{shown}");
    }
}

#[test]
fn a_terminal_of_which_nobody_says_is_told_to_be_in_utf_8_first() {
    for written in written(None, "xterm") {
        let text = String::from_utf8(written).expect("UTF-8");
        let first = text.find(|c: char| !c.is_ascii()).expect("a letter");
        assert!(text[..first].contains(SELECT_UTF8), "{text:?}");
        assert!(text.contains("cafés"), "{text}");
    }
}

#[test]
fn a_terminal_in_utf_8_is_sent_all_letters() {
    let [reader, print] = written(Some("C.UTF-8"), "xterm").map(|written| {
        let text = String::from_utf8(written).expect("UTF-8");
        assert!(text.contains("“quoted” cafés") && text.contains('\u{4dd}'));
        text
    });
    assert!(reader.starts_with(SELECT_UTF8), "{reader:?}");
    assert!(!print.contains('\u{1b}'), "{print:?}");
}

#[test]
fn a_pipe_is_written_utf_8_whatever_the_locale() {
    let home = TempDir::new().expect("a home");
    let paper = home.path().join("hostile.md");
    fs::write(&paper, HOSTILE).expect("a paper");
    let output = std::process::Command::new(PROGRAM)
        .args(["print".as_ref(), paper.as_os_str()])
        .env("LC_ALL", "C")
        .output()
        .expect("an output");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.contains("“quoted” cafés"), "{text}");
}
