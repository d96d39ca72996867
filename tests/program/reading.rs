//! The paper that the program carries, being read in a terminal.

use std::fs;
use std::path::{Path, PathBuf};

use portable_pty::CommandBuilder;
use tempfile::TempDir;

use super::pty::{Pty, command, shown};

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_opcit");

/// Words of the first page of the paper that the program carries.
pub(crate) const FIRST_PAGE: &str = "Russia-China Cooperation";

/// The program in a terminal of 80 columns and 24 rows, with an empty home of its own.
pub(crate) struct Reading {
    pub(crate) pty: Pty,
    pub(crate) home: TempDir,
}

impl Reading {
    pub(crate) fn start() -> Self {
        Self::start_with(|_| {})
    }

    pub(crate) fn start_with(change: impl FnOnce(&mut CommandBuilder)) -> Self {
        let home = TempDir::new().expect("a home");
        let mut command = command(PROGRAM, home.path());
        change(&mut command);
        let reading = Self {
            pty: Pty::start(command, 80, 24),
            home,
        };
        reading.pty.wait_for_text(FIRST_PAGE);
        reading
    }

    /// A page of the body, where every row holds text: the title page is behind it.
    pub(crate) fn start_in_the_text() -> (Self, String) {
        let mut reading = Self::start();
        let mut text = reading.pty.settled_text();
        for _ in 0..3 {
            reading.pty.send(" ");
            reading
                .pty
                .wait_for("the next page", |screen| shown(screen) != text);
            text = reading.pty.settled_text();
        }
        // A line to and fro takes away the mark of where the screen before ended.
        for (key, what) in [("j", "a line further"), ("k", "a line back")] {
            reading.pty.send(key);
            reading.pty.wait_for(what, |screen| shown(screen) != text);
            text = reading.pty.settled_text();
        }
        (reading, text)
    }

    /// Waits for the end; asserts that nothing is left of it but the exit code.
    #[track_caller]
    pub(crate) fn ends(self, exit_code: u32) {
        let files = self.ends_with_files(exit_code);
        assert!(files.is_empty(), "left in the home: {files:?}");
    }

    /// Waits for the end; asserts that nothing is left of it but the exit code and what is in the
    /// home, and returns that.
    #[track_caller]
    pub(crate) fn ends_with_files(mut self, exit_code: u32) -> Vec<PathBuf> {
        let code = self.pty.wait_for_end();
        self.pty.wait_until_given_back();
        let screen = self.pty.close();
        assert_eq!(code, exit_code, "exit code, after saying\n{screen}");
        assert_eq!(screen.trim(), "", "left on the shell's screen");
        files_below(self.home.path())
    }
}

pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path.clone());
            }
            files.push(path);
        }
    }
    files
}

/// The words of a text, without what stands around them on the screen.
pub(crate) fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect()
}
