//! Refusing what was mended in a text, and allowing it again.

use std::path::PathBuf;

use tempfile::TempDir;

use super::super::action::{Action, Effect, Notice, RereadPaper};
use super::super::testing::TestReader;
use crate::document::Document;
use crate::formats::loose;
use crate::paper::{RefusedMendings, SourceLocation};
use crate::shelf::Origin;

const LOOSE: &str =
    "One.[1] Two.[2] Three.[3]\n\nIntroduction\n\n- An item\n\n[1] Ada.\n[2] Bo.\n[3] Cy.\n";

/// The loose text, as what comes from a file.
fn read(refused: &RefusedMendings, origin: Origin) -> Document {
    let parsed = loose::parse(LOOSE, &|kind, line| refused.may_mend(kind, line));
    Document::new(parsed, origin)
}

fn file() -> Origin {
    Origin::File(PathBuf::from("papers/loose.txt"))
}

fn open() -> TestReader {
    TestReader::open_document(read(&RefusedMendings::default(), file()), 76, 24)
}

/// What the program was last asked to read the text without.
fn asked(desk: &mut TestReader) -> RefusedMendings {
    match desk.effects.pop() {
        Some(Effect::ReadAgain(refused)) => refused,
        other => panic!("{other:?} asks for no reading"),
    }
}

/// The text without what was refused, as it comes from the program's thread.
fn reading(refused: RefusedMendings) -> Action {
    let document = read(&refused, file());
    Action::TakeReading(Box::new(RereadPaper::new(document, refused)))
}

/// Reads the text again, as the program was last asked to.
fn read_again(mut desk: TestReader) -> TestReader {
    let refused = asked(&mut desk);
    desk.act(reading(refused));
    desk
}

#[track_caller]
fn check_headings(desk: &TestReader, expected: &[&str]) {
    let sections = desk.state.app.open.document.paper().sections.iter();
    let headings: Vec<&str> = sections.map(|section| section.title.as_str()).collect();
    assert_eq!(headings, expected);
}

#[test]
fn a_mending_is_refused_in_the_list_and_allowed_again() {
    let desk = open();
    check_headings(&desk, &["", "Introduction", "Notes"]);
    let desk = desk.press("!").types("heading").press("Ctrl-r");
    let desk = read_again(desk.shows("refused: heading found"));
    check_headings(&desk, &["", "Notes"]);
    let desk = desk
        .shows("refused: heading found")
        .shows("read again without 1 mending");
    let desk = read_again(desk.press("Ctrl-r"));
    check_headings(&desk, &["", "Introduction", "Notes"]);
    desk.shows("mended: heading found")
        .shows("read again with all mendings")
        .press("Esc")
        .shows("Mended: 3 notes tied, 1 heading found");
}

#[test]
fn what_cannot_be_refused_says_why() {
    let desk = open().press("!").types("tied").press("Ctrl-r");
    let desk = desk.shows("this cannot be refused alone");
    assert!(desk.effects.is_empty());
    let piped = read(&RefusedMendings::default(), Origin::Elsewhere);
    let desk = TestReader::open_document(piped, 76, 24)
        .press("!")
        .types("heading")
        .press("Ctrl-r");
    assert!(desk.effects.is_empty());
    desk.shows("only a file can be read again")
        .shows("mended: heading found");
}

#[test]
fn what_was_made_of_a_page_cannot_be_refused_and_says_so() {
    let mut parsed = loose::parse(LOOSE, &|_, _| true);
    for mending in &mut parsed.mendings {
        mending.location = SourceLocation::Page(3);
    }
    let desk = TestReader::open_document(Document::new(parsed, file()), 76, 24);
    let desk = desk.press("!").types("heading").shows_no("Ctrl-r refuse");
    let desk = desk
        .press("Ctrl-r")
        .shows("in a PDF this cannot be refused");
    assert!(desk.effects.is_empty());
    desk.shows("mended: heading found");
}

#[test]
fn notes_that_were_tied_are_one_row() {
    let desk = open().press("!").types("tied");
    desk.shows("mended: 3 notes tied to their markers")
        .shows("[1] … [3]");
}

#[test]
fn the_footer_names_the_key_only_where_it_does_something() {
    let desk = open().press("!").types("heading").shows("Ctrl-r refuse");
    let desk = desk.press("Ctrl-u").types("tied").shows_no("Ctrl-r");
    desk.press("Esc t").shows_no("Ctrl-r");
}

#[test]
fn a_text_that_cannot_be_read_again_stays_as_it_is() {
    let mut desk = open().press("!").types("heading").press("Ctrl-r");
    let _ = asked(&mut desk);
    desk.act(Action::KeepPaper(Notice::warning("it is gone")));
    check_headings(&desk, &["", "Introduction", "Notes"]);
    desk.shows("mended: heading found").shows("it is gone");
}

#[test]
fn another_reading_waits_for_what_belongs_to_this_one() {
    let desk = open().press("!").types("heading").press("Ctrl-r Esc f");
    let desk = read_again(desk).shows("┌ 1 ");
    check_headings(&desk, &["", "Introduction", "Notes"]);
    let desk = desk.press("Esc");
    check_headings(&desk, &["", "Notes"]);
}

#[test]
fn only_the_last_of_several_readings_is_shown() {
    let mut desk = open().press("!").types("heading").press("Ctrl-r");
    let first = asked(&mut desk);
    let mut desk = desk.press("Ctrl-r");
    let second = asked(&mut desk);
    for refused in [second, first] {
        desk.act(reading(refused));
    }
    check_headings(&desk, &["", "Introduction", "Notes"]);
}

#[test]
fn what_was_refused_stays_so_at_the_next_opening() {
    let folder = TempDir::new().unwrap();
    let desk = open().with_shelf(folder.path(), file());
    let desk = read_again(desk.press("!").types("heading").press("Ctrl-r"));
    let mut desk = desk.press("Esc b");
    desk.keep_place();
    desk.quit();
    let desk = open().with_shelf(folder.path(), file());
    let desk = read_again(desk).shows("read again without 1 mending");
    check_headings(&desk, &["", "Notes"]);
    // What is kept is found in the text as it is read now.
    assert_eq!(desk.state.app.open.shelf.annotations.bookmarks.len(), 1);
    desk.press("!").shows("refused: heading found");
}
