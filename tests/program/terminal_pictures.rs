//! The program in terminals that show pictures, and in those that show cells.

use std::fs;
use std::path::Path;

use portable_pty::CommandBuilder;
use tempfile::TempDir;

use super::pty::{Pty, command, shown};
use super::reading::PROGRAM;

/// Asks what the terminal has.
const QUESTION: &str = "\x1b[c";
const HAS_SIXELS: &str = "\x1b[?62;4;22c";
const HAS_NONE: &str = "\x1b[?62;22c";

/// What each way to send a picture begins with.
const KITTY: &str = "\x1b_Ga=T,";
const KITTY_REMOVAL: &str = "\x1b_Ga=d,";
const ITERM2: &str = "\x1b]1337;File=inline=1;";
const SIXEL: &str = "\x1bP0;1;0q";

struct PdfReading {
    pty: Pty,
    _home: TempDir,
}

impl PdfReading {
    /// Opens a PDF, and its page as it is printed.
    fn start(change: impl FnOnce(&mut CommandBuilder)) -> Self {
        let home = TempDir::new().expect("a home");
        let mut command = command(PROGRAM, home.path());
        let paper = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/pdf/paper.typst.pdf");
        command.arg(paper);
        change(&mut command);
        let mut pty = Pty::start(command, 80, 24);
        pty.wait_for_text("Russia-China");
        pty.send("p");
        pty.wait_for_text("Page 1 of");
        PdfReading { pty, _home: home }
    }

    /// Leads back to the text, and out.
    fn end(mut self) {
        self.pty.send("p");
        self.pty.wait_for_text("Russia-China");
        self.pty.send("q");
        assert_eq!(self.pty.wait_for_end(), 0);
    }
}

#[test]
fn a_terminal_of_cells_is_asked_and_shows_the_page_in_halves_of_cells() {
    let mut reading = PdfReading::start(|_| {});
    let pty = &mut reading.pty;
    pty.wait_for_text("▀▀▀▀▀▀▀▀");
    assert_eq!(pty.count(QUESTION), 1);
    pty.send(HAS_NONE);
    let before = pty.settled_text();
    pty.send("]");
    pty.wait_for_text("Page 2 of");
    pty.wait_for("another page", |screen| shown(screen) != before);
    assert_eq!(pty.count(QUESTION), 1, "it is asked once");
    for sequence in [KITTY, ITERM2, SIXEL] {
        assert_eq!(pty.count(sequence), 0, "{sequence:?}");
    }
    reading.end();
}

#[test]
fn a_terminal_that_answers_that_it_has_sixels_is_sent_them() {
    let mut reading = PdfReading::start(|_| {});
    let pty = &mut reading.pty;
    pty.wait_until("a question", |pty| pty.count(QUESTION) == 1);
    pty.send(HAS_SIXELS);
    pty.wait_until("sixels", |pty| pty.count(SIXEL) == 1);
    pty.wait_for("an empty screen", |screen| !shown(screen).contains('▀'));
    reading.end();
}

#[test]
fn a_terminal_that_is_known_is_not_asked_and_sent_what_it_shows() {
    for (name, value, sequence) in [
        ("TERM", "xterm-kitty", KITTY),
        ("TERM_PROGRAM", "WezTerm", ITERM2),
    ] {
        let mut reading = PdfReading::start(|command| command.env(name, value));
        let pty = &mut reading.pty;
        pty.wait_until("a picture", |pty| pty.count(sequence) == 1);
        assert_eq!(pty.count(QUESTION), 0);
        pty.send("?");
        pty.wait_for_text("Esc");
        if sequence == KITTY {
            let gone = |pty: &Pty| pty.count(KITTY_REMOVAL) == 1;
            pty.wait_until("the picture to be taken away", gone);
        }
        pty.send("\x1b");
        pty.wait_until("the picture again", |pty| pty.count(sequence) == 2);
        reading.end();
    }
}

#[test]
fn a_wish_is_heard_and_without_colours_no_picture_is_drawn() {
    let config = TempDir::new().expect("a folder");
    let file = config.path().join("config.toml");
    fs::write(&file, "pictures = \"sixel\"\n").expect("a file");
    let reading = PdfReading::start(|command| {
        command.env("OPCIT_CONFIG", &file);
        command.env("TERM", "xterm-kitty");
    });
    reading
        .pty
        .wait_until("sixels", |pty| pty.count(SIXEL) == 1);
    reading.end();
    let home = TempDir::new().expect("a home");
    let mut command = command(PROGRAM, home.path());
    let paper = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/pdf/paper.typst.pdf");
    command.arg(paper);
    command.env("NO_COLOR", "1");
    let mut pty = Pty::start(command, 80, 24);
    pty.wait_for_text("Russia-China");
    pty.send("p");
    pty.wait_for_text("shows no pictures");
    assert_eq!(pty.count(QUESTION), 0);
    pty.send("q");
    assert_eq!(pty.wait_for_end(), 0);
}
