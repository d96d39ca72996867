//! Runs the program, and says what it wrote.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

pub(crate) const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/small.md");

pub(crate) const UNTITLED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/untitled.md");

pub(crate) fn opcit(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_opcit"));
    command.args(arguments).stdin(Stdio::null());
    // Places that are not there: what is kept and set on this machine is nobody's business here.
    command.env("OPCIT_DATA_DIR", "/nonexistent/opcit");
    command.env("OPCIT_CACHE_DIR", "/nonexistent/opcit");
    command.env("OPCIT_CONFIG", "/nonexistent/opcit.toml");
    command.env_remove("ACCESSIBLE");
    command
}

/// Runs the program, which may send no escape sequence anywhere.
#[track_caller]
pub(crate) fn run(arguments: &[&str]) -> Output {
    let output = opcit(arguments).output().unwrap();
    assert!(!output.stdout.contains(&0x1B) && !output.stderr.contains(&0x1B));
    output
}

/// What the program writes when all is well.
#[track_caller]
pub(crate) fn written(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
    text(&output.stdout)
}

/// What the program says when it leaves with this code, without having written anything.
#[track_caller]
pub(crate) fn refused(code: i32, arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(text(&output.stdout), "");
    assert_eq!(output.status.code(), Some(code));
    text(&output.stderr)
}

/// The program's output when `input` is piped into it.
pub(crate) fn piped(input: &[u8], arguments: &[&str]) -> Output {
    let mut command = opcit(arguments);
    command.stdin(Stdio::piped());
    let mut program = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    program.stdin.take().unwrap().write_all(input).unwrap();
    program.wait_with_output().unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A file of its own for a test.
pub(crate) fn file(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path.into_os_string().into_string().unwrap()
}

/// What `opcit find` writes, after its exit code, which must be this one.
#[track_caller]
pub(crate) fn found(code: i32, arguments: &[&str]) -> String {
    let output = run(&[&["find"], arguments].concat());
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(code));
    text(&output.stdout)
}
