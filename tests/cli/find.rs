//! `opcit find`.

use insta::assert_snapshot;

use crate::program::{SMALL, UNTITLED, found, opcit, refused};

#[test]
fn find_writes_a_line_for_each_match_and_says_where_it_stands() {
    assert_snapshot!(found(0, &["note", SMALL]), @"
    § Notes: Notes
    note 1: A note with a word for its label.
    note 2: The first note, see https://example.com/x.
    note 3: The second note has two paragraphs.
    ");
    assert_snapshot!(found(0, &["paragraph", UNTITLED]), @"¶ 1: Only a paragraph.");
}

#[test]
fn find_sees_through_emphasis_quotes_and_markers() {
    assert_snapshot!(found(0, &["a link and “quotes”. more", SMALL]), @"§ Introduction, ¶ 1: Some emphasis, a link and “quotes”. More.");
    assert_snapshot!(found(0, &["results", SMALL]), @"§ Results: Results");
    assert_snapshot!(found(0, &["^some.*(more|less)", SMALL, "--regex"]), @"§ Introduction, ¶ 1: Some emphasis, a link and “quotes”. More.");
}

#[test]
fn find_writes_json() {
    assert_snapshot!(found(0, &["note", SMALL, "--format", "json"]), @r#"
    [
      {
        "section": "notes",
        "block": null,
        "offset": 0,
        "paragraph": null,
        "before": "",
        "text": "Note",
        "after": "s"
      },
      {
        "section": "notes",
        "note": "word",
        "block": 0,
        "offset": 2,
        "paragraph": null,
        "before": "A ",
        "text": "note",
        "after": " with a word for its label."
      },
      {
        "section": "notes",
        "note": "1",
        "block": 0,
        "offset": 10,
        "paragraph": null,
        "before": "The first ",
        "text": "note",
        "after": ", see https://example.com/x."
      },
      {
        "section": "notes",
        "note": "2",
        "block": 0,
        "offset": 11,
        "paragraph": null,
        "before": "The second ",
        "text": "note",
        "after": " has two paragraphs."
      }
    ]
    "#);
}

#[test]
fn find_tells_that_there_is_no_match_by_its_code() {
    assert_eq!(found(1, &["nowhere", SMALL]), "");
    assert_eq!(found(1, &["results|nothing", SMALL]), "");
    assert_eq!(found(1, &["nowhere", SMALL, "--format", "json"]), "[]\n");
}

#[test]
fn find_says_why_a_pattern_cannot_be_searched_for() {
    assert_snapshot!(refused(2, &["find", "a(b", SMALL, "--regex"]), @"opcit: cannot search for “a(b”: unclosed group at character 2");
    assert_snapshot!(refused(2, &["find", "", SMALL]), @"opcit: the pattern is empty: name a word to find");
}

#[test]
fn find_colours_its_matches_when_asked_to_and_never_in_a_pipe() {
    let arguments = ["find", "link", SMALL, "--color", "always"];
    let coloured = opcit(&arguments).output().unwrap();
    let coloured = String::from_utf8(coloured.stdout).unwrap();
    assert!(
        coloured.contains("a \u{1b}[1;31mlink\u{1b}[0m and"),
        "{coloured:?}"
    );
    for when in [&["link", SMALL][..], &["link", SMALL, "--color", "never"]] {
        assert!(!found(0, when).contains('\u{1b}'));
    }
}
