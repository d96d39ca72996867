//! Papers whose beginning is shown while the rest is read.

use std::fs;

use super::long_pdf::{long_pdf, words_of};
use super::pty::{Pty, command, shown};
use super::reading::PROGRAM;

/// Opens a paper and goes to its end with the first key, whether all of it is there or not; then opens
/// it again.
#[track_caller]
fn check_end_and_place(name: &str, paper: &[u8], first: &str, last: &str) {
    let home = tempfile::tempdir().expect("a home");
    let file = home.path().join(name);
    fs::write(&file, paper).expect("a paper");
    let open = || {
        let mut command = command(PROGRAM, home.path());
        command.arg(&file);
        Pty::start(command, 80, 24)
    };
    let mut pty = open();
    pty.wait_for_text(first);
    pty.send("G");
    pty.wait_for_text(last);
    pty.wait_for("all of it", |screen| shown(screen).contains("100%"));
    pty.send("q");
    assert_eq!(pty.wait_for_end(), 0);
    let mut again = open();
    again.wait_for_text("back at 100%");
    again.wait_for_text(last);
    again.send("q");
    assert_eq!(again.wait_for_end(), 0);
}

#[test]
fn the_end_of_a_long_pdf_is_there_once_it_is_read() {
    let paper = long_pdf(700);
    check_end_and_place("long.pdf", &paper, &words_of(1), &words_of(700));
}

#[test]
fn the_end_of_long_markdown_is_there_once_it_is_read() {
    let paragraph = |number| format!("The words of paragraph {number} begin here.\n\n");
    let body: String = (1..40_000).map(paragraph).collect();
    let paper = format!("# Bread\n\n{body}The last words.\n");
    check_end_and_place(
        "long.md",
        paper.as_bytes(),
        "paragraph 1 ",
        "The last words.",
    );
}
