//! The program in terminals that show pictures, and in those that show cells.

use std::fs;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use portable_pty::CommandBuilder;
use tempfile::TempDir;

use super::pty::{Pty, command, shown};
use super::reading::PROGRAM;

/// Asks what the terminal has.
const QUESTION: &str = "\x1b[c";
const HAS_SIXELS: &str = "\x1b[?62;4;22c";
const HAS_NONE: &str = "\x1b[?62;22c";

/// What each way to send a picture begins with.
const KITTY: &str = "\x1b_Ga=p,";
const KITTY_REMOVAL: &str = "\x1b_Ga=d,d=i,";
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

/// A red square, of so many pixels each way, as a PNG.
fn red_square(side: u32) -> Vec<u8> {
    let row = [vec![0], [220, 20, 20].repeat(side as usize)].concat();
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
    packer.write_all(&row.repeat(side as usize)).unwrap();
    let head = [
        &side.to_be_bytes()[..],
        &side.to_be_bytes(),
        &[8, 2, 0, 0, 0],
    ]
    .concat();
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let chunks = [
        ("IHDR", head),
        ("IDAT", packer.finish().unwrap()),
        ("IEND", Vec::new()),
    ];
    for (name, data) in chunks {
        let body = [name.as_bytes(), &data].concat();
        png.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        png.extend(&body);
        png.extend(crc32fast::hash(&body).to_be_bytes());
    }
    png
}

/// Opens a paper with an image beside it.
fn read_figure(figures: &str, term: &str) -> (Pty, TempDir) {
    let home = TempDir::new().expect("a home");
    let paper = home.path().join("paper.md");
    let text = "Words before.\n\n![A red square](red.png)\n\nWords after.\n";
    fs::write(&paper, text).expect("a file");
    fs::write(home.path().join("red.png"), red_square(64)).expect("a file");
    let config = home.path().join("config.toml");
    fs::write(&config, format!("figures = \"{figures}\"\n")).expect("a file");
    let mut command = command(PROGRAM, home.path());
    command.arg(paper);
    command.env("OPCIT_CONFIG", &config);
    command.env("TERM", term);
    let pty = Pty::start(command, 80, 24);
    pty.wait_for_text("Words before.");
    (pty, home)
}

#[test]
fn an_image_stands_in_the_text_and_is_sent_once_to_a_terminal_that_keeps_it() {
    let (mut pty, _home) = read_figure("auto", "xterm-kitty");
    pty.wait_until("a picture", |pty| pty.count(KITTY) == 1);
    pty.send("?");
    pty.wait_until("the help over it", |pty| pty.count(KITTY_REMOVAL) == 1);
    pty.send("q");
    pty.wait_until("the picture again", |pty| pty.count(KITTY) == 2);
    assert_eq!(pty.count("\x1b_Ga=t,"), 1, "its pixels are there");
    pty.send("q");
    assert_eq!(pty.wait_for_end(), 0);
}

#[test]
fn an_image_stands_in_the_text_in_halves_of_cells_on_a_wish_only() {
    let (mut pty, _home) = read_figure("always", "xterm-256color");
    pty.wait_for_text("▀▀▀▀▀▀");
    pty.wait_for_text("[image: A red square]");
    pty.send("q");
    assert_eq!(pty.wait_for_end(), 0);
    let (mut pty, _home) = read_figure("auto", "xterm-256color");
    // Its answer may bring sixels.
    pty.wait_until("a question", |pty| pty.count(QUESTION) == 1);
    pty.send(HAS_NONE);
    assert!(!pty.settled_text().contains('▀'));
    pty.send("q");
    assert_eq!(pty.wait_for_end(), 0);
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
