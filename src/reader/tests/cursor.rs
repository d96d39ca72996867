//! Where the terminal's cursor is, which screen readers and braille displays follow.

use super::super::testing::TestReader;
use super::laws;
use crate::shelf::Origin;

const PAPER: &str = "# Title\n\nOne paragraph with a note[^a] and another[^b].\n\n\
    Two, which is long enough to fill more than one row of so narrow a screen.\n\n\
    [^a]: The first note.\n[^b]: The second note, of which there is more than one row as well.\n";

/// Checks the row of the cursor after some keys, with `▯` for a hidden cursor and `▮` for one
/// that is shown.
#[track_caller]
fn check(keys: &str, expected: &str) {
    let folder = tempfile::tempdir().unwrap();
    let desk = TestReader::open(PAPER, 40, 15)
        .with_shelf(folder.path(), Origin::Elsewhere)
        .press(keys);
    let row = desk.cursor_row();
    let row = row.trim_matches(['│', '┃', ' ']);
    assert_eq!(row, expected, "{keys}:\n{}", desk.text());
}

#[test]
fn the_cursor_is_at_the_first_row_of_the_paragraph_in_hand() {
    check("", "▎ ▯Title");
    check("}", "▎ ▯One paragraph with a note¹ and");
    check("} }", "▎ ▯Two, which is long enough to fill");
}

#[test]
fn the_cursor_is_at_a_chosen_marker() {
    check("Tab", "▎ One paragraph with a note▯¹ and");
    check("Tab Tab", "▎ another▯².");
}

#[test]
fn the_cursor_is_at_the_first_row_of_an_open_note() {
    check("2 f", "▯ 2  The second note, of which there");
}

#[test]
fn the_cursor_is_where_something_is_typed() {
    check("/ r o w", "/row▮   1/3 · § Title          Esc back");
    check("& r o w", "/row▮                              1/3");
    check("t", "▮type to filter");
    check("t t i", "/ti▮");
    check("b B r n a m e", "Titlename▮");
    check("b B e n a m e Enter m o r e", "more▮");
    check("m", "mark this place: a–z▯        Esc cancel");
}

#[test]
fn the_cursor_is_at_the_lit_row_of_a_list() {
    check("b } b B", "▸ ▯One paragraph with a note and…");
    check("b } b B k", "▸ ▯Title");
}

#[test]
fn the_cursor_is_at_the_match_that_was_found() {
    check("/ n a r r o w Enter", "▎ more than one row of so ▯narrow");
}

#[test]
fn the_cursor_is_at_the_top_of_the_help() {
    check("?", "▯The bar ▎ marks the current");
}

#[test]
fn notes_at_the_foot_do_not_cover_the_line_that_is_scrolled_to_the_bottom() {
    for (columns, keys) in [(80, "P P"), (170, "= = P P")] {
        for percent in ["3 0 %", "4 5 %", "6 0 %"] {
            let desk = TestReader::open_own(columns, 24).press(keys).press(percent);
            let cursor = desk.state.app.open.view.cursor();
            let desk = desk.press("z b").wait();
            let view = &desk.state.app.open.view;
            assert!(view.is_visible(cursor), "{cursor:?} is out of sight");
        }
    }
}

#[test]
fn the_line_that_is_scrolled_to_the_bottom_stands_as_far_down_as_it_can() {
    for (columns, keys) in [(80, ""), (170, "= =")] {
        let mut desk = TestReader::open_own(columns, 24).press(keys);
        let mut lasts = 0;
        for percent in 20..90 {
            let (tens, ones) = (percent / 10, percent % 10);
            desk = desk.press(&format!("{tens} {ones} %"));
            let cursor = desk.state.app.open.view.cursor();
            desk = desk.press("z b").wait();
            let page = desk.state.app.open.view.page();
            let last = page.last().unwrap();
            let line = last.layout.line_of(cursor.offset);
            let is_last = (last.row.block, last.row.line) == (cursor.block, line);
            assert!(is_last || columns == 170, "{cursor:?} is not last");
            lasts += usize::from(is_last);
            // Where a heading goes on with it to the next column, no page ends with it.
            desk = desk.press("k").wait();
            let is_visible = desk.state.app.open.view.is_visible(cursor);
            assert!(!is_visible, "there is room above {cursor:?}");
        }
        assert!(lasts > 60, "{lasts} of 70 are last");
    }
}

#[test]
fn a_chosen_note_on_several_paragraphs_has_the_cursor_where_its_passage_begins() {
    let folder = tempfile::tempdir().unwrap();
    let desk = TestReader::open("One.\n\nTwo.\n\nThree.\n", 40, 12);
    let desk = desk.with_shelf(folder.path(), Origin::Elsewhere);
    let desk = desk.press("} V } a x Ctrl-s g Tab");
    let view = &desk.state.app.open.view;
    assert_eq!(view.current_block(), view.chosen().unwrap().0);
    assert!(desk.cursor_row().contains("▯Two."), "{}", desk.cursor_row());
    laws::hold(&desk.state);
}
