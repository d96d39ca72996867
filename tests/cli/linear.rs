//! `opcit --linear`.

use std::io::Write;
use std::process::Stdio;

use crate::program::{SMALL, file, opcit, text};

#[test]
fn a_paper_is_read_in_plain_lines_until_the_reader_quits() {
    let home = tempfile::tempdir().unwrap();
    let mut command = opcit(&["--linear", SMALL]);
    command.env("OPCIT_DATA_DIR", home.path());
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut typed = child.stdin.take().unwrap();
    typed.write_all(b"\n]\nq\n").unwrap();
    drop(typed);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let said = text(&output.stdout);
    assert!(!said.contains('\u{1b}'), "{said}");
    assert!(said.contains("Enter reads on, f reads a note"), "{said}");
    assert_eq!(said.matches("> ").count(), 3, "{said}");
}

#[test]
fn the_tour_says_that_it_needs_a_screen_where_lines_are_asked_for() {
    let home = tempfile::tempdir().unwrap();
    let config = file(home.path(), "config.toml", b"linear = true\n");
    let asked: [(&[&str], _); 3] = [
        (&["--linear", "tutor"], None),
        (&["tutor"], Some(("ACCESSIBLE", "1"))),
        (&["tutor"], Some(("OPCIT_CONFIG", config.as_str()))),
    ];
    for (arguments, set) in asked {
        let output = opcit(arguments).envs(set).output().unwrap();
        let said = text(&output.stderr);
        assert!(said.contains("the tour needs a screen"), "{said}");
        assert_eq!(output.status.code(), Some(2));
    }
}

#[test]
fn lines_go_on_with_the_last_paper_as_the_screen_does() {
    let home = tempfile::tempdir().unwrap();
    let read = |arguments: &[&str], keys: &[u8]| {
        let mut command = opcit(arguments);
        command.env("OPCIT_DATA_DIR", home.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut typed = child.stdin.take().unwrap();
        typed.write_all(keys).unwrap();
        drop(typed);
        text(&child.wait_with_output().unwrap().stdout).to_owned()
    };
    let path = home.path().join("apples.md");
    std::fs::write(&path, "# Apples\n\nA red one.\n\nA green one.\n").unwrap();
    read(&["--linear", path.to_str().unwrap()], b"\n\n\nq\n");
    for asked in ["apples", "-c"] {
        let said = read(&["--linear", asked], b"q\n");
        assert!(said.contains("You stopped here."), "{asked}: {said}");
        assert!(said.contains("A green one."), "{asked}: {said}");
    }
}
