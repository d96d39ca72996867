//! `opcit --linear`.

use std::io::Write;
use std::process::Stdio;

use crate::program::{SMALL, opcit, text};

#[test]
fn a_paper_is_read_in_plain_lines_until_the_reader_quits() {
    let mut command = opcit(&["--linear", SMALL]);
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
