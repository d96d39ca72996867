//! A paper that is written anew, again and again, while it is read: by editors that put another file
//! in its place, and by those that write into it.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::pty::{Pty, command};
use super::reading::PROGRAM;

/// Asks for more saves than a test's time allows.
const SAVES: &str = "OPCIT_TEST_SAVES";

/// The paper after so many saves: with as many paragraphs more above the place that is read, and
/// with the number of the save below it.
fn edition(saves: usize) -> String {
    let mut paper = "---\ntitle: On Saving\n---\n\n# Numbers\n\n".to_owned();
    for number in 1..=saves {
        write!(paper, "Written by save {number}.\n\n").unwrap();
    }
    for number in 1..=99 {
        write!(paper, "Paragraph {number} of many.\n\n").unwrap();
        if number == 52 {
            write!(paper, "This is edition {saves}.\n\n").unwrap();
        }
    }
    paper
}

/// Saves as vim does, and then as an editor that writes into the file does.
fn save(path: &Path, saves: usize) {
    let text = edition(saves);
    if saves.is_multiple_of(2) {
        fs::write(path, text).unwrap();
    } else {
        let beside = path.with_extension("new");
        fs::write(&beside, text).unwrap();
        fs::rename(&beside, path).unwrap();
    }
}

/// The row of the screen that has the text.
fn row_of(pty: &Pty, text: &str) -> Option<usize> {
    pty.text().lines().position(|line| line.contains(text))
}

#[test]
fn no_place_is_lost_however_often_the_file_is_saved() {
    let saves = env::var(SAVES).ok().and_then(|saves| saves.parse().ok());
    let saves: usize = saves.unwrap_or(20);
    let home = TempDir::new().unwrap();
    let path = home.path().join("paper.md");
    fs::write(&path, edition(0)).unwrap();
    let mut start = command(PROGRAM, home.path());
    start.env("OPCIT_DATA_DIR", home.path().join("data"));
    start.arg(&path);
    let mut pty = Pty::start(start, 80, 24);
    pty.wait_for_text("quit");
    pty.send("50G");
    pty.wait_for_text("Paragraph 50 of many.");
    pty.wait_for_text("This is edition 0.");
    pty.send("b");
    pty.wait_for_text("bookmark set");
    let row = row_of(&pty, "Paragraph 50 of many.");
    assert!(row.is_some(), "{}", pty.text());
    for number in 1..=saves {
        save(&path, number);
        let edition = format!("This is edition {number}.");
        pty.wait_for_text(&edition);
        assert_eq!(
            row_of(&pty, "Paragraph 50 of many."),
            row,
            "after {number} saves:\n{}",
            pty.text()
        );
    }
    pty.send("q");
    assert_eq!(pty.wait_for_end(), 0);
}
