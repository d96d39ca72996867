//! A file that changes while it is read.

use std::fs;
use std::path::PathBuf;

use rustix::process::Signal;
use tempfile::TempDir;

use super::pty::patiently;
use super::reading::{FIRST_PAGE, Reading};

/// A paper in a file of its own, being read.
fn reading_a_file() -> (Reading, TempDir, PathBuf) {
    let folder = TempDir::new().expect("a folder");
    let paper = folder.path().join("paper.md");
    fs::write(&paper, format!("# {FIRST_PAGE}\n\nOne.\n")).expect("a paper");
    let reading = Reading::start_with(|command| command.arg(&paper));
    (reading, folder, paper)
}

/// The processes that a process has started.
fn children_of(process: u32) -> Vec<u32> {
    let all = fs::read_dir("/proc").into_iter().flatten().flatten();
    let all = all.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    all.filter(|child| parent_of(*child) == Some(process))
        .collect()
}

/// Which process has started another.
fn parent_of(process: u32) -> Option<u32> {
    facts_of(process)?.get(1)?.parse().ok()
}

/// Whether a process is not there, or only waits for somebody to ask how it ended.
fn has_ended(process: u32) -> bool {
    let facts = facts_of(process).unwrap_or_default();
    facts.first().is_none_or(|state| state == "Z")
}

/// What the system says of a process: its state, then its parent.
fn facts_of(process: u32) -> Option<Vec<String>> {
    let told = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // Behind the name, which may hold anything.
    let (_, rest) = told.rsplit_once(')')?;
    Some(rest.split_whitespace().map(str::to_owned).collect())
}

#[test]
fn what_is_written_into_the_file_is_shown() {
    let (mut reading, _folder, paper) = reading_a_file();
    for text in ["Two", "Three"] {
        fs::write(&paper, format!("# {FIRST_PAGE}\n\n{text}.\n")).expect("a paper");
        reading.pty.wait_for_text(&format!("{text}."));
    }
    reading.pty.send("q");
    assert_eq!(reading.pty.wait_for_end(), 0);
}

#[test]
fn the_readers_own_bibliography_is_there_before_and_after_a_change() {
    let folder = TempDir::new().expect("a folder");
    let [paper, own] = ["paper.md", "own.bib"].map(|name| folder.path().join(name));
    let entry = "@book{mine, author = {Smith, John}, title = {Another book}, year = 2019}";
    fs::write(&own, entry).expect("a bibliography");
    let write = |text: &str| {
        let note = "[^1]: John Smith (2019) Another book. Oxford: Oxford University Press.";
        let text = format!("# {FIRST_PAGE}\n\n{text}[^1]\n\n{note}\n");
        fs::write(&paper, text).expect("a paper");
    };
    write("One.");
    let mut reading = Reading::start_with(|command| {
        command.args([
            "--bibliography".as_ref(),
            own.as_os_str(),
            paper.as_os_str(),
        ]);
    });
    reading.pty.send("1f");
    reading.pty.wait_for_text("@mine");
    reading.pty.send("\x1b");
    write("Two.");
    reading.pty.wait_for_text("Two.");
    reading.pty.send("1f");
    reading.pty.wait_for_text("@mine");
}

/// Linux takes some 10 ms to end a watch, which would hold up the end of whoever has it.
#[test]
#[cfg(target_os = "linux")]
fn another_process_has_the_watch_and_ends_with_the_reading_however_that_ends() {
    for is_killed in [false, true] {
        let (mut reading, _folder, _paper) = reading_a_file();
        let process = reading.pty.process();
        assert!(patiently(|| !children_of(process).is_empty()));
        let open = fs::read_dir(format!("/proc/{process}/fd"))
            .expect("files")
            .flatten();
        let mut open = open.filter_map(|file| fs::read_link(file.path()).ok());
        assert!(!open.any(|file| file.to_string_lossy().contains("inotify")));
        let children = children_of(process);
        if is_killed {
            reading.pty.signal(Signal::KILL);
        } else {
            reading.pty.send("q");
        }
        reading.pty.wait_for_end();
        assert!(patiently(|| children.iter().all(|child| has_ended(*child))));
    }
}
