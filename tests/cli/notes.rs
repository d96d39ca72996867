//! `opcit notes`.

use insta::assert_snapshot;

use crate::program::{SMALL, UNTITLED, refused, written};

#[test]
fn notes_writes_all_notes() {
    assert_snapshot!(written(&["notes", SMALL]), @"
    1  A note with a word for its label.

    2  The first note, see https://example.com/x.

    3  The second note has two paragraphs.

       This is the second, and it cites another.¹

    4  ↑ cited in § Introduction, ¶ 1, but the paper does not say what it is

    5  Never cited.
    ");
}

#[test]
fn notes_writes_those_asked_for_each_once() {
    assert_snapshot!(written(&["notes", SMALL, "--note", "WORD", "--note", "1", "--note", "word", "--format", "markdown"]), @"
    [^word]: A note with a word for its label.

    [^1]: The first note, see <https://example.com/x>.
    ");
}

#[test]
fn a_note_whose_label_is_a_word_is_found_by_its_number_too() {
    assert_snapshot!(written(&["notes", SMALL, "--note", "3", "--format", "markdown"]), @"
    [^2]: The second note has two paragraphs.

        This is the second, and it cites another.[^word]
    ");
}

#[test]
fn the_json_of_notes_is_the_array_in_that_of_print() {
    let notes = written(&["notes", SMALL, "--format", "json"]);
    let notes: serde_json::Value = serde_json::from_str(&notes).unwrap();
    let paper = written(&["print", SMALL, "--format", "json"]);
    let paper: serde_json::Value = serde_json::from_str(&paper).unwrap();
    assert_eq!(notes, paper["notes"]);
}

#[test]
fn a_note_that_is_not_there_is_refused() {
    assert_snapshot!(refused(1, &["notes", SMALL, "--note", "99"]), @"opcit: the paper has no note “99”. It has these: word, 1, 2, gone, never.");
    assert_snapshot!(refused(1, &["notes", UNTITLED, "--note", "1"]), @"opcit: the paper has no note “1”. It has no notes at all.");
}
