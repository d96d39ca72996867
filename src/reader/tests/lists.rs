//! What every list has in common.

use tempfile::tempdir;

use super::super::testing::TestReader;
use super::{SMALL, lines};
use crate::shelf::Origin;

/// A paper with some of everything that is listed.
const CITING: &str = "\
# One

Text.[^1]

# Two

Text.[^2]

[^1]: Jane Smith (2020) A first book. London: Verso.

[^2]: Peter Miller (2019) Another book. Oxford: Oxford University Press.
";

/// The lit row of the open list.
fn lit(desk: &TestReader) -> String {
    let rows = desk.rows();
    let lit = rows.iter().find_map(|row| row.split_once('▸'));
    lit.map_or(String::new(), |(_, row)| row.trim().to_owned())
}

#[test]
fn ctrl_j_and_ctrl_k_move_in_every_list() {
    for keys in ["t", "F", ":", "S", "& e"] {
        let open = || TestReader::open(CITING, 60, 20).press(keys).press("Home");
        let (first, second) = (lit(&open()), lit(&open().press("↓")));
        assert_ne!(first, second, "{keys}");
        assert_eq!(lit(&open().press("Ctrl-j")), second, "{keys}");
        assert_eq!(lit(&open().press("Ctrl-j Ctrl-k")), first, "{keys}");
    }
}

#[test]
fn in_the_list_of_bookmarks_letters_scroll_and_capital_d_deletes() {
    let folder = tempdir().unwrap();
    let paper = lines(40);
    let mut desk = TestReader::open(&paper, 60, 20).with_shelf(folder.path(), Origin::Elsewhere);
    for _ in 0..20 {
        desk = desk.press("b }");
    }
    let desk = desk.press("B g");
    let first = lit(&desk);
    let down = desk.press("d");
    assert_ne!(lit(&down), first);
    let up = down.press("u");
    assert_eq!(lit(&up), first);
    assert_eq!(up.state.app.open.shelf.annotations.bookmarks.len(), 20);
    let controls = up.press("Ctrl-d Ctrl-u");
    assert_eq!(lit(&controls), first);
    let ctrl_j = controls.press("Ctrl-j");
    assert_ne!(lit(&ctrl_j), first);
    let deleted = ctrl_j.press("Ctrl-k D");
    assert_eq!(deleted.state.app.open.shelf.annotations.bookmarks.len(), 19);
    assert_eq!(
        deleted
            .press("U")
            .state
            .app
            .open
            .shelf
            .annotations
            .bookmarks
            .len(),
        20
    );
}

#[test]
fn alt_with_an_arrow_goes_back_and_forward() {
    let desk = TestReader::open(&lines(200), 60, 20).wait();
    let start = desk.rows();
    let there = desk.press("G").wait();
    let end = there.rows();
    let back = there.press("Alt-←").wait();
    assert_eq!(back.rows(), start);
    assert_eq!(back.press("Alt-→").wait().rows(), end);
}

#[test]
fn rows_that_match_but_for_a_letter_are_said_to_be_no_exact_match() {
    for (key, typed, row) in [
        ("F", "secnod", "The second note"),
        (":", "boolmark", "the list of bookmarks"),
    ] {
        let desk = TestReader::open(SMALL, 60, 20).press(key).types(typed);
        let desk = desk.shows("no exact match").shows(row);
        desk.press("Ctrl-u").shows_no("no exact match");
    }
    let none = TestReader::open(SMALL, 60, 20).press("F").types("zzzz");
    none.shows("nothing matches").shows_no("no exact match");
}

#[test]
fn a_filtered_outline_tells_chapters_of_one_name_apart_by_the_book_that_they_are_in() {
    let chapter = "## CHAPTER I\n\nText.\n\n## Alone\n\nText.\n\n";
    let paper = format!("# BOOK ONE\n\n{chapter}# BOOK TWO\n\n## CHAPTER I\n\nText.\n");
    let outline = TestReader::open(&paper, 60, 16).press("t");
    let whole = outline
        .rows()
        .iter()
        .filter(|row| row.contains("BOOK"))
        .count();
    assert_eq!(whole, 2, "the outline itself says where a chapter is");
    let outline = outline.types("chap");
    let told = |book: &str| {
        let rows = outline.rows();
        let mut rows = rows.iter();
        rows.any(|row| row.contains("CHAPTER I") && row.contains(book))
    };
    assert!(told("BOOK ONE") && told("BOOK TWO"));
    outline
        .types("ter two")
        .shows("BOOK TWO")
        .shows_no("BOOK ONE");
    let outline = TestReader::open(&paper, 60, 16).press("t").types("alone");
    outline.shows("Alone").shows_no("BOOK");
}
