//! What is kept of the papers that are read in lines.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;

/// A library in a folder of its own, in which a paper was opened.
fn read_for_a_while() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library");
    let path = folder.path().join("paper.md");
    fs::write(&path, EVERYTHING).unwrap();
    transcript_with(&library, file(&path), &[], &["", "", "q"]);
    (folder, library)
}

#[test]
fn a_paper_is_gone_on_with_where_the_reader_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paper.md");
    fs::write(&path, EVERYTHING).unwrap();
    let library = folder.path().join("library");
    transcript_with(&library, file(&path), &[], &["q"]);
    assert!(!library.exists(), "nothing has been read yet");
    transcript_with(&library, file(&path), &[], &["", "", "q"]);
    let text = transcript_with(&library, file(&path), &[], &["q"]);
    assert!(
        text.ends_with(
            "You stopped here.\nParagraph 1 of section 1.\nThe first \
             claim. (note 1) The second, (note 2) which rests on it.\n> q"
        ),
        "{text}"
    );
}

#[test]
fn papers_that_were_read_are_listed_and_chosen_by_number() {
    let (_folder, library) = read_for_a_while();
    let wanted = StartPage::Library("small ada".to_owned());
    let text = transcript_with(&library, wanted, &[], &["7", "1", "q"]);
    assert!(
        text.starts_with("Paper 1: A Small Paper. read to "),
        "{text}"
    );
    assert!(text.contains("The number of a paper opens it."), "{text}");
    assert_eq!(answer(&text, "7"), "there is no paper 7 in the list");
    assert!(
        answer(&text, "1").starts_with("Title: A Small Paper\n"),
        "{text}"
    );
}

#[test]
fn with_words_only_the_papers_that_have_them_are_listed() {
    let (_folder, library) = read_for_a_while();
    let wanted = |words: &str| {
        let page = StartPage::Library(words.to_owned());
        transcript_with(&library, page, &[], &["q"])
    };
    assert!(wanted("").contains("Paper 2: "));
    assert!(!wanted("small ada").contains("Paper 2: "));
    let none = wanted("pears");
    assert_eq!(none, "no paper that you have read has the words pears\n> q");
}

#[test]
fn a_place_that_nobody_has_gone_on_from_is_kept_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paper.md");
    fs::write(&path, EVERYTHING).unwrap();
    let folder = folder.path().join("library");
    let paper = markdown::parse(EVERYTHING).paper;
    let shelf = || {
        let library = Library::new(Some(folder.clone()));
        match library.open(&paper, &Origin::File(path.clone())) {
            Opened::Shelf(shelf) => shelf,
            Opened::Ambiguous(_) => panic!("it is known which paper it is"),
        }
    };
    let first = paper
        .blocks
        .iter()
        .position(|block| block.text.starts_with("The first"));
    let place = Position {
        block: BlockId(first.unwrap()),
        offset: "The first ".len(),
    };
    shelf().set_place(place, 0.5).unwrap();
    let text = transcript_with(&folder, file(&path), &[], &["q"]);
    assert!(text.contains("You stopped here."), "{text}");
    assert_eq!(shelf().place().unwrap().position, place);
    // Who has gone on and is back at the block's beginning is there.
    transcript_with(&folder, file(&path), &[], &["", "{", "q"]);
    let back = Position::start_of(place.block);
    assert_eq!(shelf().place().unwrap().position, back);
}

#[test]
fn of_several_papers_each_is_read_from_where_it_was_left() {
    let folder = tempfile::tempdir().unwrap();
    let [one, two] = ["one.md", "two.md"].map(|name| folder.path().join(name));
    fs::write(&one, "# Apples\n\nA red one.\n").unwrap();
    fs::write(&two, "# Pears\n\nA green one.\n").unwrap();
    let library = folder.path().join("library");
    let typed = ["", "", "Ctrl-^", "", "Ctrl-^", "Ctrl-^", "q"];
    let text = transcript_with(&library, file(&one), &[&two], &typed);
    let said: Vec<&str> = text.split("> Ctrl-^\n").skip(1).collect();
    assert!(
        said[0].starts_with("Title: Pears\n1 minute to read"),
        "{text}"
    );
    assert!(said[0].contains("Section 1, level 1: Pears"), "{text}");
    assert!(said[1].contains("A red one."), "{text}");
    assert!(said[2].contains("Section 1, level 1: Pears"), "{text}");
}

#[test]
fn a_paper_is_read_as_far_as_its_body_was_and_not_to_a_note_that_was_looked_at() {
    let read_by = |typed: &[&str]| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("paper.md");
        fs::write(&path, EVERYTHING).unwrap();
        let library = folder.path().join("library");
        let text = transcript_with(&library, file(&path), &[], typed);
        let (papers, _) = Library::new(Some(library)).papers();
        (text, papers[0].read.unwrap())
    };
    let (text, read) = read_by(&["", "", "/Press", "q"]);
    assert!(text.contains("Match 1 of 1. Note 2."), "{text}");
    assert!(0.0 < read && read < 0.5, "{read}");
    let (text, read) = read_by(&["/The end", "q"]);
    assert!(text.contains("Match 1 of 1. "), "{text}");
    assert_eq!(read, 1.0);
}

#[test]
fn bookmarks_and_notes_are_kept_listed_and_gone_to() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paper.md");
    fs::write(&path, EVERYTHING).unwrap();
    let library = folder.path().join("library");
    let typed = [
        "",
        "",
        "b",
        "aIs it so?",
        "]",
        "B",
        "3",
        "1",
        "U",
        "<",
        "U",
        "q",
    ];
    let text = transcript_with(&library, file(&path), &[], &typed);
    assert_eq!(
        answer(&text, "b"),
        "bookmark set: “The first claim. The second, which rests on it.”"
    );
    assert_eq!(answer(&text, "aIs it so?"), "note saved");
    insta::assert_snapshot!(answer(&text, "B"), @"
    1 bookmark, 1 note.
    Kept 1: Paragraph 1 of section 1. Bookmark on “The first claim. The
    second, which rests on it.”
    Kept 2: Paragraph 1 of section 1. Note of yours on “The first claim. The
    second, which rests on it.”: Is it so?
    The number of one goes there.
    ");
    assert_eq!(answer(&text, "3"), "there is no 3 in the list");
    insta::assert_snapshot!(answer(&text, "1"), @"
    Paragraph 1 of section 1.
    The first claim. (note 1) The second, (note 2) which rests on it.
    A bookmark of yours.
    Note of yours: Is it so?
    ");
    assert!(
        answer(&text, "U").starts_with("undone: note “The first claim"),
        "{text}"
    );
    assert_eq!(answer(&text, "<"), "no more bookmarks that way");
    // The next day what was taken back can be brought again.
    let text = transcript_with(&library, file(&path), &[], &["U", "Ctrl-r", "q"]);
    assert_eq!(answer(&text, "U"), "nothing left to undo");
    assert!(
        answer(&text, "Ctrl-r").starts_with("redone: bookmark"),
        "{text}"
    );
}
