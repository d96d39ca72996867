//! Papers that want to act on the terminal: nothing that they say may do more than stand there.

mod addresses;
mod commands;
mod papers;
mod tour;

use std::fs;

use tempfile::TempDir;

use self::papers::papers;
use self::tour::Tour;

/// Small enough for lists to be cut.
const SMALL: (u16, u16) = (80, 24);
/// Wide enough for an outline and a margin beside the text.
const WIDE: (u16, u16) = (160, 50);

/// Goes through a part of the program with every paper.
fn take((columns, rows): (u16, u16), stretch: fn(&mut Tour)) {
    for paper in papers() {
        let home = TempDir::new().expect("a home");
        let path = home.path().join(&paper.file_name);
        fs::write(&path, &paper.bytes).expect("a paper");
        let mut tour = Tour::begin(&path, home.path(), columns, rows);
        stretch(&mut tour);
        let output = tour.end();
        let output = output.unwrap_or_else(|why| panic!("{} sends {why}", paper.name));
        assert!(output.bytes > 1000 && output.sequences.len() > 8);
    }
}

#[test]
fn the_text_of_a_paper_does_not_act_on_the_terminal() {
    take(SMALL, Tour::through_the_text);
    take(WIDE, Tour::through_the_text);
}

#[test]
fn notes_do_not_act_on_the_terminal() {
    take(SMALL, Tour::through_the_notes);
    take(WIDE, Tour::through_the_notes);
}

#[test]
fn what_is_found_does_not_act_on_the_terminal() {
    take(SMALL, Tour::through_the_finding);
}

#[test]
fn bookmarks_do_not_act_on_the_terminal() {
    take(SMALL, Tour::through_the_bookmarks);
}

#[test]
fn copies_and_addresses_do_not_act_on_the_terminal() {
    take(SMALL, Tour::through_the_rest);
}

#[test]
fn what_cannot_be_saved_is_said_without_acting_on_the_terminal() {
    let home = TempDir::new().expect("a home");
    let path = home.path().join("paper.md");
    fs::write(&path, "\u{1b}]0;t\u{7} Some words.\n").expect("a paper");
    // A file where there should be a folder.
    let data = path.join("\u{1b}]0;t\u{7}\u{9b}31m\n\u{202e}");
    let mut tour = Tour::begin(&path, &data, 80, 24);
    tour.press("b", "not saved");
    let output = tour
        .end()
        .unwrap_or_else(|why| panic!("the end sends {why}"));
    assert!(output.bytes > 1000);
}

#[test]
fn what_is_wrong_with_a_file_is_not_said_onto_the_screen() {
    let home = TempDir::new().expect("a home");
    let path = home.path().join("paper.md");
    fs::write(&path, b"\xff Some words.\n").expect("a paper");
    let mut tour = Tour::begin(&path, home.path(), 80, 24);
    tour.press("", "1 problem");
    tour.press("!", "this is not UTF-8");
    tour.press("\u{1b}", "q quit");
    let text = String::from_utf8_lossy(&tour.end_and_read()).into_owned();
    assert!(!text.contains("opcit: "), "{text:?}");
}
