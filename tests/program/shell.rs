//! As much of a shell as a test of suspending needs: the leader of the session, which runs one
//! program as its job in the foreground and notes what becomes of it.
//!
//! The test binary runs itself as that shell. The kernel ignores a request to stop that comes to
//! a program without such a parent, so that a test without one would show nothing.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};
use rustix::termios::tcsetpgrp;
use signal_hook::consts::SIGHUP;

/// Runs the program until it ends. Writes to the notes, a line each: `pid N`, `stopped`,
/// `continued`, `exit N` or `killed N`.
pub(crate) fn run(program: &Path, notes: &Path) {
    // A shell that a hang-up does not end, and that does not tell its job of it.
    signal_hook::flag::register(SIGHUP, Arc::new(AtomicBool::new(false))).expect("a handler");
    #[expect(clippy::zombie_processes, reason = "waitpid below also tells of stops")]
    let job = Command::new(program)
        .process_group(0)
        .spawn()
        .expect("a job");
    let job = Pid::from_child(&job);
    tcsetpgrp(io::stdin(), job).expect("a terminal");
    // It may have been stopped for touching the terminal before it was in the foreground.
    kill_process(job, Signal::CONT).expect("a job");
    note(notes, &format!("pid {job}"));
    loop {
        let options = WaitOptions::UNTRACED | WaitOptions::CONTINUED;
        let status = match waitpid(Some(job), options) {
            Ok(Some((_, status))) => status,
            Ok(None) | Err(Errno::INTR) => continue,
            Err(error) => panic!("no status: {error}"),
        };
        if let Some(code) = status.exit_status() {
            return note(notes, &format!("exit {code}"));
        }
        if let Some(signal) = status.terminating_signal() {
            return note(notes, &format!("killed {signal}"));
        }
        note(
            notes,
            if status.stopped() {
                "stopped"
            } else {
                "continued"
            },
        );
    }
}

/// What was noted under a word, if anything: `Some("")` for a word that stands alone.
pub(crate) fn noted(notes: &Path, word: &str) -> Option<String> {
    let notes = fs::read_to_string(notes).ok()?;
    notes
        .lines()
        .filter_map(|line| line.strip_prefix(word))
        .next_back()
        .map(|rest| rest.trim().to_owned())
}

fn note(notes: &Path, line: &str) {
    let mut file = OpenOptions::new().create(true).append(true).open(notes);
    let file = file.as_mut().expect("a place for notes");
    file.write_all(format!("{line}\n").as_bytes())
        .expect("a place for notes");
}
