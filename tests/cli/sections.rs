//! Single sections of a paper, and `opcit outline`, which lists them.

use insta::assert_snapshot;

use crate::program::{SMALL, file, refused, written};

#[test]
fn a_section_comes_with_what_stands_under_it_and_their_notes() {
    assert_snapshot!(written(&["print", SMALL, "--section", "INTRO", "--width", "60"]), @r#"
    Introduction

    Some emphasis, a link <https://example.org/a_b> and
    “quotes”.² More.³·⁴

      • first item
      • second item²

    Method

    │ A quote of one line.

      echo "code"

    left  right
    ────  ─────
    a         1


    Notes

     1  A note with a word for its label.

     2  The first note, see https://example.com/x.

     3  The second note has two paragraphs.

        This is the second, and it cites another.¹

     4  ↑ cited in § Introduction, ¶ 1 as [^gone], but the paper
          does not say what it is
    "#);
}

#[test]
fn a_section_of_markdown_has_no_metadata() {
    assert_snapshot!(written(&["print", SMALL, "--section", "results", "--format", "markdown"]), @"
    # Results[^2]

    Nothing.

    [^word]: A note with a word for its label.

    [^2]: The second note has two paragraphs.

        This is the second, and it cites another.[^word]
    ");
}

#[test]
fn a_section_of_json_has_the_notes_that_its_notes_cite() {
    let section = written(&["print", SMALL, "--section", "results", "--format", "json"]);
    let section: serde_json::Value = serde_json::from_str(&section).unwrap();
    let whole = written(&["print", SMALL, "--format", "json"]);
    let whole: serde_json::Value = serde_json::from_str(&whole).unwrap();
    assert_eq!(
        section["sections"],
        serde_json::json!([whole["sections"][3]])
    );
    let labels: Vec<_> = section["notes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|note| &note["label"])
        .collect();
    assert_eq!(labels, ["word", "2"]);
}

#[test]
fn every_place_of_a_citation_is_in_the_text_that_it_names() {
    let paper = written(&["print", SMALL, "--format", "json"]);
    let paper: serde_json::Value = serde_json::from_str(&paper).unwrap();
    let sections = paper["sections"].as_array().unwrap();
    let notes = paper["notes"].as_array().unwrap();
    let mut places = 0;
    for place in notes
        .iter()
        .flat_map(|note| note["cited_in"].as_array().unwrap())
    {
        let section = sections
            .iter()
            .find(|section| section["id"] == place["section"]);
        let text = match (place["block"].as_u64(), section) {
            (Some(block), Some(section)) => section["blocks"][block as usize]["text"].as_str(),
            (None, Some(section)) => section["title"].as_str(),
            _ => {
                let note = notes
                    .iter()
                    .find(|note| note["label"] == place["note"])
                    .unwrap();
                let block = place["block"].as_u64().unwrap() as usize;
                note["text"].as_str().unwrap().split("\n\n").nth(block)
            }
        };
        assert!(
            text.unwrap()
                .is_char_boundary(place["offset"].as_u64().unwrap() as usize)
        );
        places += 1;
    }
    assert_eq!(places, 7);
}

#[test]
fn a_section_that_is_not_there_is_refused_with_those_that_are() {
    assert_snapshot!(refused(1, &["print", SMALL, "--section", "discussion"]), @"
    opcit: the paper has no section “discussion”. It has these:
      start         (no heading)
      introduction  Introduction
      how           Method
      results       Results
      notes         Notes
    ");
}

#[test]
fn a_section_that_could_be_several_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let paper = file(
        folder.path(),
        "twice.md",
        b"# Case one\n\n# Case two\n\n# Other\n",
    );
    assert_snapshot!(refused(1, &["print", &paper, "--section", "case"]), @"
    opcit: more than one section begins with “case”. Name one by its id:
      case-one  Case one
      case-two  Case two
    ");
}

#[test]
fn outline_lists_the_sections() {
    assert_snapshot!(written(&["outline", SMALL]), @"
    (no heading)
    Introduction
      Method
    Results
    ");
}

#[test]
fn outline_writes_json() {
    assert_snapshot!(written(&["outline", SMALL, "--format", "json"]), @r#"
    [
      {
        "id": "start",
        "level": 0,
        "title": "",
        "notes": [
          "word"
        ]
      },
      {
        "id": "introduction",
        "level": 1,
        "title": "Introduction",
        "notes": [
          "1",
          "2",
          "gone",
          "1"
        ]
      },
      {
        "id": "how",
        "level": 2,
        "title": "Method",
        "notes": []
      },
      {
        "id": "results",
        "level": 1,
        "title": "Results",
        "notes": [
          "2"
        ]
      }
    ]
    "#);
}

#[test]
fn a_section_that_is_mistyped_is_suggested() {
    let refused = refused(1, &["print", SMALL, "--section", "itnroduction"]);
    assert!(
        refused.contains("Did you mean “Introduction”?"),
        "{refused}"
    );
}
