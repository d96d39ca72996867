//! A tour through every view of the reader program.

use std::path::Path;

use portable_pty::CommandBuilder;

use super::papers::FIRST_WORDS;
use crate::pty::{Pty, patiently, shown};
use crate::reading::PROGRAM;
use crate::sequences::{self, Output};

/// Text that a careless person pastes, in the brackets that the terminal puts around it.
const PASTE: &str = "\u{1b}[200~pa\u{1b}]0;t\u{7}ste\u{9b}31m\u{202e}\u{200b}\r\n\td\u{1b}[201~";

/// What shows that nothing lies over the text, that a note is open, and that a list is.
const READING: &str = "q quit";
const NOTE: &str = "f close";
const LIST: &str = "Esc close";

/// The reader program in a terminal.
pub(crate) struct Tour {
    pty: Pty,
}

impl Tour {
    /// Opens a paper; what is kept goes into the home.
    pub(crate) fn begin(paper: &Path, home: &Path, columns: u16, rows: u16) -> Self {
        let mut command = CommandBuilder::new(PROGRAM);
        command.env_clear();
        command.arg(paper);
        Tour::new(command, home, columns, rows)
    }

    /// Starts the program as the command says; what is kept goes into the home.
    pub(crate) fn new(mut command: CommandBuilder, home: &Path, columns: u16, rows: u16) -> Self {
        command.env("HOME", home);
        command.env("OPCIT_DATA_DIR", home);
        command.env("TERM", "xterm-256color");
        command.cwd("/");
        let mut tour = Tour {
            pty: Pty::start(command, columns, rows),
        };
        // Something may be asked about at once.
        tour.press_for_any("", &[READING, LIST]);
        tour
    }

    /// Presses keys, and waits until the screen shows the text.
    #[track_caller]
    pub(crate) fn press(&mut self, keys: &str, text: &str) {
        self.pty.send(keys);
        self.pty.wait_for_text(text);
    }

    /// Presses keys, and waits until the screen shows the one text and no more the other.
    #[track_caller]
    fn press_until_gone(&mut self, keys: &str, text: &str, gone: &str) {
        self.pty.send(keys);
        self.pty.wait_for(text, |screen| {
            let shown = shown(screen);
            shown.contains(text) && !shown.contains(gone)
        });
    }

    /// Presses keys, and waits until the screen shows one of the texts.
    #[track_caller]
    fn press_for_any(&mut self, keys: &str, texts: &[&str]) {
        self.pty.send(keys);
        self.pty.wait_for("what was done", |screen| {
            let shown = shown(screen);
            texts.iter().any(|text| shown.contains(text))
        });
    }

    /// Quits, and reads strictly what was sent meanwhile.
    pub(crate) fn end(self) -> Result<Output, String> {
        sequences::in_terminal(&self.end_and_read())
    }

    /// Quits, and gives what was sent meanwhile.
    pub(crate) fn end_and_read(mut self) -> Vec<u8> {
        self.pty.send("q");
        self.pty.wait_for_end();
        self.pty.close_and_read()
    }

    /// From the first page to the last, and back by the outline.
    pub(crate) fn through_the_text(&mut self) {
        self.press("", FIRST_WORDS);
        for _ in 0..4 {
            let before = self.pty.text();
            self.pty.send(" ");
            self.pty
                .wait_for("the next page", |screen| shown(screen) != before);
        }
        self.press("jjkk++--", READING);
        self.press("G", "100%");
        self.press("\t\t\t", READING);
        self.press("t", LIST);
        self.press("head", "/head");
        self.press(PASTE, LIST);
        self.press_until_gone("\u{1b}", READING, LIST);
        self.press("T", READING);
        self.press("g", FIRST_WORDS);
    }

    /// Notes in every place, and the lists of notes and sources.
    pub(crate) fn through_the_notes(&mut self) {
        self.press("1f", NOTE);
        self.press("jG gnnp\t", NOTE);
        self.press("i", NOTE);
        self.press_for_any("y", &["sent to the", "nothing to copy"]);
        self.press_until_gone("\u{1b}", READING, NOTE);
        for placement in [
            "on f only",
            "below the text",
            "beside the text",
            "where there is room",
        ] {
            self.press("P", placement);
            self.press(" ", READING);
            self.press("g", FIRST_WORDS);
        }
        self.press("F", LIST);
        self.press("lab", "/lab");
        self.press_until_gone("\u{1b}", READING, LIST);
        self.sources();
        for order in ["by first use", "by year", "by author", "most used first"] {
            self.press("\u{13}", order);
        }
        self.press("\r", "Where it is used");
        self.press_until_gone("\u{1b}", LIST, "Where it is used");
        self.press_until_gone("\u{1b}", READING, LIST);
    }

    /// Opens the list of sources, which are read beside and may not be there yet.
    fn sources(&mut self) {
        let is_open = patiently(|| {
            self.press_for_any("S", &[LIST, "being read"]);
            self.pty.text().contains(LIST)
        });
        assert!(is_open, "no sources");
    }

    /// Searching, the list of matches, and going by name.
    pub(crate) fn through_the_finding(&mut self) {
        self.press("/", "Esc back");
        self.press("words", "/");
        self.press(PASTE, "Esc back");
        self.press("\u{12}", "Esc back");
        self.press("\u{15}(\u{202e}", "Esc back");
        self.press("\u{15}w.rds\r", "1/");
        self.press("n", "2/");
        self.press("&", LIST);
        self.press(PASTE, LIST);
        self.press_until_gone("\u{1b}", READING, LIST);
        self.press(":", "Go to");
        self.press("head", ":head");
        self.press(PASTE, LIST);
        self.press_until_gone("\u{1b}", READING, LIST);
    }

    /// Bookmarks with labels and notes, marks, and what is said of them.
    pub(crate) fn through_the_bookmarks(&mut self) {
        self.press("g}", READING);
        self.press("b", "bookmark set");
        self.press("ma", "mark a set");
        self.press("'", "Esc cancel");
        self.press("a", READING);
        self.press("B", "Bookmarks");
        self.press("r", "Esc leave");
        self.press(PASTE, "Esc leave");
        self.press_until_gone("\r", "renamed", "Esc leave");
        self.press("e", "Esc leave");
        self.press(PASTE, "Esc leave");
        self.press("\u{13}", "note saved");
        self.press("s", "Bookmarks");
        self.press("/", "Esc done");
        self.press(PASTE, "Esc done");
        self.press_until_gone("\u{1b}", LIST, "Esc done");
        self.press("\u{1b}", "1 bookmark");
        self.press_until_gone("\u{1b}", READING, LIST);
        self.press("U", "your note on");
    }

    /// Help, copying, links and the question before an address is opened.
    pub(crate) fn through_the_rest(&mut self) {
        self.press("?", "? close");
        self.press_until_gone(" g?", READING, "? close");
        self.press("y", "sent to the");
        // A table, whose cells are parted by tabs.
        self.press("/cellar\r", "1/1");
        self.press("y", "sent to the");
        self.press("/lonely\r", "1/1");
        self.press("o", "Open this address?");
        self.press("y", "the address sent to");
        self.press("o", "Open this address?");
        self.press_until_gone("\u{1b}", READING, "Open this address?");
        self.press("/several\r", "1/1");
        self.press("o", "Links");
        self.press_until_gone("\u{1b}", READING, "Links");
    }
}
