//! Papers that want to act on the terminal: nothing that they say may do more than stand there.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test that panics has failed, and says so"
)]

#[path = "hostile/commands.rs"]
mod commands;
#[path = "hostile/papers.rs"]
mod papers;
#[path = "support/pty.rs"]
mod pty;
#[path = "hostile/sequences.rs"]
mod sequences;
#[path = "hostile/tour.rs"]
mod tour;

use std::fs;

use tempfile::TempDir;

use self::papers::papers;
use self::tour::Tour;

const PROGRAM: &str = env!("CARGO_BIN_EXE_opcit");

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
