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

    4  ↑ cited in § Introduction, ¶ 1 as [^gone], but the paper does not say what
         it is

    5  Never cited.
    ");
}

#[test]
fn notes_writes_those_asked_for_each_once() {
    assert_snapshot!(written(&["notes", SMALL, "--note", "WORD", "--note", "2", "--note", "word", "--format", "markdown"]), @"
    [^word]: A note with a word for its label.

    [^1]: The first note, see <https://example.com/x>.
    ");
}

#[test]
fn a_number_is_the_one_that_the_screen_shows_whatever_the_labels_are() {
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
    assert_snapshot!(refused(1, &["notes", SMALL, "--note", "99"]), @"opcit: the paper has no note “99”. It has these: word, 2, 3, gone, never.");
    assert_snapshot!(refused(1, &["notes", UNTITLED, "--note", "1"]), @"opcit: the paper has no note “1”. It has no notes at all.");
}

#[test]
fn several_notes_are_asked_for_by_a_range_or_a_list() {
    let listed = |list: &str| written(&["notes", SMALL, "--note", list, "--format", "markdown"]);
    let one_by_one = |notes: &[&str]| {
        let asked = notes.iter().flat_map(|note| ["--note", *note]);
        let arguments = ["notes", SMALL, "--format", "markdown"].into_iter();
        written(&arguments.chain(asked).collect::<Vec<_>>())
    };
    assert_eq!(listed("3-5"), one_by_one(&["3", "gone", "never"]));
    assert_eq!(listed("3,word"), one_by_one(&["3", "word"]));
    assert_eq!(listed("5, 2–3"), one_by_one(&["5", "2", "3"]));
    assert_snapshot!(refused(1, &["notes", SMALL, "--note", "3-99"]), @"opcit: the paper has no note “6”. It has these: word, 2, 3, gone, never.");
    assert_snapshot!(refused(1, &["notes", SMALL, "--note", "5-3"]), @"opcit: the paper has no note “5-3”. It has these: word, 2, 3, gone, never.");
}

#[test]
fn a_short_citation_is_answered_beneath_its_note() {
    let paper = "a[^1] b[^2]\n\n[^1]: Smith, John (2019) *A Title*. Oxford: Press.\n\n\
                 [^2]: Smith, op. cit., p. 7.\n";
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("paper.md");
    std::fs::write(&path, paper).unwrap();
    let notes = written(&["notes", path.to_str().unwrap(), "--note", "2"]);
    assert!(
        notes.contains("→ 1  Smith, John (2019) A Title."),
        "{notes}"
    );
}
