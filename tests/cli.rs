//! What the commands write, where, and with which exit code: the program is run as it is.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test may panic"
)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use insta::assert_snapshot;

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/small.md");
const UNTITLED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/untitled.md");

fn opcit(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_opcit"));
    command.args(arguments).stdin(Stdio::null());
    // A folder that is not there: what is kept on this machine is nobody's business here.
    command.env("OPCIT_DATA_DIR", "/nonexistent/opcit");
    command
}

/// Runs the program, which may send no escape sequence anywhere.
#[track_caller]
fn run(arguments: &[&str]) -> Output {
    let output = opcit(arguments).output().unwrap();
    assert!(!output.stdout.contains(&0x1B) && !output.stderr.contains(&0x1B));
    output
}

/// What the program writes when all is well.
#[track_caller]
fn written(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
    text(&output.stdout)
}

/// What the program says when it leaves with this code, without having written anything.
#[track_caller]
fn refused(code: i32, arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(text(&output.stdout), "");
    assert_eq!(output.status.code(), Some(code));
    text(&output.stderr)
}

/// The program's output when `input` is piped into it.
fn piped(input: &[u8], arguments: &[&str]) -> Output {
    let mut command = opcit(arguments);
    command.stdin(Stdio::piped());
    let mut program = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    program.stdin.take().unwrap().write_all(input).unwrap();
    program.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A file of its own for a test.
fn file(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path.into_os_string().into_string().unwrap()
}

#[test]
fn print_writes_the_paper_with_its_notes_at_the_end() {
    assert_snapshot!(written(&["print", SMALL, "--width", "40"]), @r#"
                 A Small Paper

             Ada Author, Bo Writer
              The Press · May 2026

            Keywords: notes, papers

           1 minute to read · 5 notes

    Before any heading.¹


    Introduction

    Some emphasis, a link <https://
    example.org/a_b> and “quotes”.² More.³·⁴

      • first item
      • second item²

    Method

    │ A quote of one line.

      echo "code"

    left  right
    ────  ─────
    a         1


    Results³

    Nothing.


    Notes

     1  A note with a word for its label.

     2  The first note, see
        https://example.com/x.

     3  The second note has two paragraphs.

        This is the second, and it cites
        another.¹

     4  ↑ cited in § Introduction, ¶ 1, but
          the paper does not say what it is

     5  Never cited.
    "#);
}

#[test]
fn print_writes_markdown() {
    assert_snapshot!(written(&["print", SMALL, "--format", "markdown"]), @r#"
    ---
    title: "A Small Paper"
    author:
      - "Ada Author"
      - "Bo Writer"
    date: "May 2026"
    publisher: "The Press"
    keywords:
      - "notes"
      - "papers"
    ---

    Before any heading.[^word]

    # Introduction

    Some *emphasis*, a [link](https://example.org/a_b) and "quotes".[^1] More.[^2][^gone]

    - first item
    - second item[^1]

    ## Method {#how}

    > A quote of one line.

    ```sh
    echo "code"
    ```

    | left | right |
    | --- | --: |
    | a | 1 |

    # Results[^2]

    Nothing.

    [^word]: A note with a word for its label.

    [^1]: The first note, see <https://example.com/x>.

    [^2]: The second note has two paragraphs.

        This is the second, and it cites another.[^word]

    [^never]: Never cited.
    "#);
}

#[test]
fn markdown_that_is_printed_prints_as_the_same() {
    let once = written(&["print", SMALL, "--format", "markdown"]);
    let twice = piped(once.as_bytes(), &["print", "-", "--format", "markdown"]);
    assert_eq!(text(&twice.stdout), once);
}

#[test]
fn the_embedded_paper_reads_back_from_its_markdown() {
    let substance = |paper: &[u8]| {
        let mut paper: serde_json::Value = serde_json::from_slice(paper).unwrap();
        // Problems have lines, and those change.
        paper["problems"].take();
        paper
    };
    let paper = written(&["print", "--format", "json"]);
    let markdown = written(&["print", "--format", "markdown"]);
    let again = piped(markdown.as_bytes(), &["print", "-", "--format", "json"]);
    assert_eq!(substance(&again.stdout), substance(paper.as_bytes()));
}

#[test]
fn print_writes_json() {
    assert_snapshot!(written(&["print", SMALL, "--format", "json"]), @r#"
    {
      "title": "A Small Paper",
      "subtitle": "",
      "authors": [
        "Ada Author",
        "Bo Writer"
      ],
      "date": "May 2026",
      "publisher": "The Press",
      "keywords": [
        "notes",
        "papers"
      ],
      "language": "",
      "licence": "",
      "sections": [
        {
          "id": "start",
          "level": 0,
          "title": "",
          "blocks": [
            {
              "kind": "paragraph",
              "text": "Before any heading.",
              "notes": [
                "word"
              ]
            }
          ]
        },
        {
          "id": "introduction",
          "level": 1,
          "title": "Introduction",
          "blocks": [
            {
              "kind": "paragraph",
              "text": "Some emphasis, a link and \"quotes\". More.",
              "notes": [
                "1",
                "2",
                "gone"
              ]
            },
            {
              "kind": "item",
              "text": "first item",
              "notes": []
            },
            {
              "kind": "item",
              "text": "second item",
              "notes": [
                "1"
              ]
            }
          ]
        },
        {
          "id": "how",
          "level": 2,
          "title": "Method",
          "blocks": [
            {
              "kind": "quote",
              "text": "A quote of one line.",
              "notes": []
            },
            {
              "kind": "code",
              "text": "echo \"code\"",
              "notes": []
            },
            {
              "kind": "table",
              "text": "left\tright\na\t1",
              "notes": []
            }
          ]
        },
        {
          "id": "results",
          "level": 1,
          "title": "Results",
          "blocks": [
            {
              "kind": "paragraph",
              "text": "Nothing.",
              "notes": []
            }
          ]
        }
      ],
      "notes": [
        {
          "label": "word",
          "number": 1,
          "defined": true,
          "text": "A note with a word for its label.",
          "links": [],
          "cited_in": [
            {
              "section": "start",
              "block": 0,
              "offset": 19
            },
            {
              "section": "notes",
              "note": "2",
              "block": 1,
              "offset": 41
            }
          ],
          "sources": [],
          "refers_to": [],
          "ambiguous": [],
          "unresolved": []
        },
        {
          "label": "1",
          "number": 2,
          "defined": true,
          "text": "The first note, see https://example.com/x.",
          "links": [
            "https://example.com/x"
          ],
          "cited_in": [
            {
              "section": "introduction",
              "block": 0,
              "offset": 35
            },
            {
              "section": "introduction",
              "block": 2,
              "offset": 11
            }
          ],
          "sources": [
            {
              "id": "1",
              "text": "The first note, see https://example.com/x.",
              "links": [
                "https://example.com/x"
              ]
            }
          ],
          "refers_to": [],
          "ambiguous": [],
          "unresolved": []
        },
        {
          "label": "2",
          "number": 3,
          "defined": true,
          "text": "The second note has two paragraphs.\n\nThis is the second, and it cites another.",
          "links": [],
          "cited_in": [
            {
              "section": "introduction",
              "block": 0,
              "offset": 41
            },
            {
              "section": "results",
              "block": null,
              "offset": 7
            }
          ],
          "sources": [],
          "refers_to": [],
          "ambiguous": [],
          "unresolved": []
        },
        {
          "label": "gone",
          "number": 4,
          "defined": false,
          "text": "",
          "links": [],
          "cited_in": [
            {
              "section": "introduction",
              "block": 0,
              "offset": 41
            }
          ],
          "sources": [],
          "refers_to": [],
          "ambiguous": [],
          "unresolved": []
        },
        {
          "label": "never",
          "number": 5,
          "defined": true,
          "text": "Never cited.",
          "links": [],
          "cited_in": [],
          "sources": [],
          "refers_to": [],
          "ambiguous": [],
          "unresolved": []
        }
      ],
      "problems": [
        {
          "line": 13,
          "message": "note [^gone] is cited but never defined"
        },
        {
          "line": 42,
          "message": "note [^never] is never cited"
        }
      ]
    }
    "#);
}

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

     4  ↑ cited in § Introduction, ¶ 1, but the paper does not
          say what it is
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
      start
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
    (no title)
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

/// A paper with each outcome that a short citation can have.
const CITING: &str = "\
# One

A[^1] b[^2] c[^3] d[^4] e[^5]. The joint statement of 2024 is one.

[^1]: Jane Smith (2020) *A first book*. London: Verso; Joint Statement of A and B (16 May 2024). https://example.org/js.

[^2]: John Smith (2019) Another book. Oxford: Oxford University Press.

[^3]: Joint Statement 2024.

[^4]: Smith, op. cit., p. 4.

[^5]: Jones (2001).
";

#[test]
fn sources_lists_what_is_cited_and_what_rests_on_it() {
    let folder = tempfile::tempdir().unwrap();
    let paper = file(folder.path(), "citing.md", CITING.as_bytes());
    assert_snapshot!(written(&["sources", &paper]), @"
    1a  Jane Smith (2020) A first book. London: Verso

    1b  Joint Statement of A and B (16 May 2024). https://example.org/js.
        used by note 3 · § One, ¶ 1

    2   John Smith (2019) Another book. Oxford: Oxford University Press.
    ");
    assert_snapshot!(written(&["sources", &paper, "--format", "markdown"]), @"
    - **1a** Jane Smith (2020) *A first book*. London: Verso
    - **1b** Joint Statement of A and B (16 May 2024). <https://example.org/js>. (used by note 3 · § One, ¶ 1)
    - **2** John Smith (2019) Another book. Oxford: Oxford University Press.
    ");
    assert_snapshot!(written(&["sources", &paper, "--format", "json"]), @r#"
    [
      {
        "id": "1a",
        "note": "1",
        "text": "Jane Smith (2020) A first book. London: Verso",
        "head": "Jane Smith",
        "authors": [
          "Jane Smith"
        ],
        "dates": [
          "2020"
        ],
        "title": "A first book",
        "links": [],
        "accessed": "",
        "used_by": [],
        "mentioned_in": []
      },
      {
        "id": "1b",
        "note": "1",
        "text": "Joint Statement of A and B (16 May 2024). https://example.org/js.",
        "head": "Joint Statement of A and B",
        "authors": [
          "Joint Statement of A and B"
        ],
        "dates": [
          "2024-05-16"
        ],
        "title": "",
        "links": [
          "https://example.org/js"
        ],
        "accessed": "",
        "used_by": [
          "3"
        ],
        "mentioned_in": [
          {
            "section": "one",
            "block": 0,
            "offset": 15,
            "text": "joint statement of 2024"
          }
        ]
      },
      {
        "id": "2",
        "note": "2",
        "text": "John Smith (2019) Another book. Oxford: Oxford University Press.",
        "head": "John Smith",
        "authors": [
          "John Smith"
        ],
        "dates": [
          "2019"
        ],
        "title": "Another book",
        "links": [],
        "accessed": "",
        "used_by": [],
        "mentioned_in": []
      }
    ]
    "#);
}

#[test]
fn a_paper_without_sources_lists_none() {
    assert_eq!(written(&["sources", UNTITLED]), "");
    assert_eq!(written(&["sources", UNTITLED, "--format", "json"]), "[]\n");
}

#[test]
fn the_json_of_a_note_says_what_it_gives_and_what_it_refers_to() {
    let folder = tempfile::tempdir().unwrap();
    let paper = file(folder.path(), "citing.md", CITING.as_bytes());
    let notes = written(&["notes", &paper, "--format", "json"]);
    let mut notes: serde_json::Value = serde_json::from_str(&notes).unwrap();
    for note in notes.as_array_mut().unwrap() {
        let fields = ["label", "sources", "refers_to", "ambiguous", "unresolved"];
        note.as_object_mut()
            .unwrap()
            .retain(|field, _| fields.contains(&field.as_str()));
    }
    assert_snapshot!(serde_json::to_string_pretty(&notes).unwrap(), @r#"
    [
      {
        "ambiguous": [],
        "label": "1",
        "refers_to": [],
        "sources": [
          {
            "id": "1a",
            "links": [],
            "text": "Jane Smith (2020) A first book. London: Verso"
          },
          {
            "id": "1b",
            "links": [
              "https://example.org/js"
            ],
            "text": "Joint Statement of A and B (16 May 2024). https://example.org/js."
          }
        ],
        "unresolved": []
      },
      {
        "ambiguous": [],
        "label": "2",
        "refers_to": [],
        "sources": [
          {
            "id": "2",
            "links": [],
            "text": "John Smith (2019) Another book. Oxford: Oxford University Press."
          }
        ],
        "unresolved": []
      },
      {
        "ambiguous": [],
        "label": "3",
        "refers_to": [
          "1b"
        ],
        "sources": [],
        "unresolved": []
      },
      {
        "ambiguous": [
          {
            "candidates": [
              "2",
              "1a"
            ],
            "text": "Smith, op. cit., p. 4."
          }
        ],
        "label": "4",
        "refers_to": [],
        "sources": [],
        "unresolved": []
      },
      {
        "ambiguous": [],
        "label": "5",
        "refers_to": [],
        "sources": [],
        "unresolved": [
          "Jones (2001)"
        ]
      }
    ]
    "#);
}

#[test]
fn the_short_citations_of_the_embedded_paper_stand_for_their_sources() {
    let notes: serde_json::Value =
        serde_json::from_str(&written(&["notes", "--format", "json"])).unwrap();
    let mut found = String::new();
    for note in notes.as_array().unwrap() {
        let refers: Vec<&str> = note["refers_to"]
            .as_array()
            .unwrap()
            .iter()
            .map(|id| id.as_str().unwrap())
            .collect();
        if !refers.is_empty() {
            let label = note["label"].as_str().unwrap();
            found.push_str(&format!("{label}→{}; ", refers.join(", ")));
        }
        assert_eq!(note["unresolved"], serde_json::json!([]));
        assert_eq!(note["ambiguous"], serde_json::json!([]));
    }
    assert_eq!(
        found,
        "11→8a; 14→5; 15→5; 19→17; 20→7, 8a, 8b; 21→8b, 8c; 22→8a, 8b; 23→8c; 31→7, 8a; \
         32→8b, 8c; 37→29; "
    );
}

#[test]
fn check_says_what_to_put_right_and_leaves_with_1() {
    let folder = tempfile::tempdir().unwrap();
    let paper = file(folder.path(), "citing.md", CITING.as_bytes());
    let output = run(&["check", &paper]);
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stdout).replace(&paper, "citing.md");
    assert_snapshot!(said, @"
    citing.md:11: note 4: “Smith, op. cit., p. 4” may stand for 2, 1a: say which, by year, title or note
    citing.md:13: note 5: “Jones (2001)” stands for nothing (looked for one source before: Jones, 2001): give the source in full
    ");
    let output = piped(CITING.as_bytes(), &["check", "-"]);
    let said_of_piped = text(&output.stdout).replace("standard input", "citing.md");
    assert_eq!(said_of_piped, said);
}

#[test]
fn check_says_nothing_of_a_paper_in_order() {
    assert_eq!(written(&["check"]), "");
    assert_eq!(written(&["check", UNTITLED]), "");
}

#[test]
fn a_note_that_is_not_there_is_refused() {
    assert_snapshot!(refused(1, &["notes", SMALL, "--note", "99"]), @"opcit: the paper has no note “99”. It has these: word, 1, 2, gone, never.");
    assert_snapshot!(refused(1, &["notes", UNTITLED, "--note", "1"]), @"opcit: the paper has no note “1”. It has no notes at all.");
}

#[test]
fn without_a_terminal_opcit_prints() {
    assert_eq!(written(&[SMALL]), written(&["print", SMALL]));
}

#[test]
fn a_paper_can_be_piped_in_with_and_without_a_dash() {
    let paper = fs::read(SMALL).unwrap();
    let printed = written(&["print", SMALL]);
    assert_eq!(text(&piped(&paper, &["-"]).stdout), printed);
    assert_eq!(text(&piped(&paper, &[]).stdout), printed);
    assert_eq!(
        text(&piped(&paper, &["print", "/dev/stdin"]).stdout),
        printed
    );
}

#[test]
fn a_paper_can_be_redirected_in() {
    let output = opcit(&[])
        .stdin(fs::File::open(SMALL).unwrap())
        .output()
        .unwrap();
    assert_eq!(text(&output.stdout), written(&["print", SMALL]));
}

#[test]
fn nothing_on_standard_input_means_the_embedded_paper() {
    assert_eq!(written(&[]), written(&["print"]));
    assert_ne!(written(&[]), written(&["print", SMALL]));
}

#[test]
fn a_command_wins_over_a_file_of_its_name() {
    let folder = tempfile::tempdir().unwrap();
    file(folder.path(), "notes", b"A file that is called notes.\n");
    let at = |argument: &str| {
        let output = opcit(&[argument])
            .current_dir(folder.path())
            .output()
            .unwrap();
        text(&output.stdout)
    };
    assert!(at("./notes").contains("A file that is called notes."));
    assert!(!at("notes").contains("A file that is called notes."));
}

#[test]
fn a_paper_without_a_title_is_called_as_its_file_is() {
    let paper = written(&["print", UNTITLED, "--format", "json"]);
    let paper: serde_json::Value = serde_json::from_str(&paper).unwrap();
    assert_eq!(paper["title"], "untitled");
}

#[test]
fn an_empty_file_is_an_empty_paper_that_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let paper = file(folder.path(), "empty.md", b"");
    assert_eq!(written(&["print", &paper]).trim(), "This paper is empty.");
}

#[test]
fn a_file_that_cannot_be_read_is_refused_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |name: &str| {
        let output = opcit(&["print", name])
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert_eq!(text(&output.stdout), "");
        assert_eq!(output.status.code(), Some(1));
        text(&output.stderr)
    };
    file(folder.path(), "paper.pdf", b"%PDF-1.7\n");
    file(
        folder.path(),
        "paper.bin",
        &[0, 1, 2, 3, 4, 5, 6].repeat(99),
    );
    let huge = fs::File::create(folder.path().join("huge.md")).unwrap();
    huge.set_len((256 << 20) + 1).unwrap();
    assert_snapshot!(refused("gone.md"), @"opcit: cannot read gone.md: there is no such file. `opcit --help` shows what can be asked for");
    assert_snapshot!(refused("paper.pdf/x"), @"opcit: cannot read paper.pdf/x: there is no such file. `opcit --help` shows what can be asked for");
    assert_snapshot!(refused("."), @"opcit: cannot read .: it is a directory. Name a file in it");
    assert_snapshot!(refused("/dev/zero"), @"opcit: cannot read /dev/zero: it is a device or a socket, not a file. Pipe its text into `opcit -`");
    assert_snapshot!(refused("paper.pdf"), @"opcit: cannot read paper.pdf: it is a PDF, not text. Convert it to Markdown first, say with pandoc or pdftotext");
    assert_snapshot!(refused("paper.bin"), @"opcit: cannot read paper.bin: it is a binary file, not text. Convert it to Markdown first, say with pandoc or pdftotext");
    assert_snapshot!(refused("huge.md"), @"opcit: cannot read huge.md: it is larger than 256 MiB, the most that opcit takes. Split it");
    assert_snapshot!(refused("\u{1b}[31mred.md"), @"opcit: cannot read ␛[31mred.md: there is no such file. `opcit --help` shows what can be asked for");
}

#[test]
fn bytes_that_are_no_characters_are_shown_and_said() {
    let folder = tempfile::tempdir().unwrap();
    file(folder.path(), "latin1.md", b"# Caf\xE9\n");
    let output = opcit(&["print", "latin1.md"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).contains("Caf\u{fffd}"));
    assert_snapshot!(text(&output.stderr), @"opcit: latin1.md, line 1: 1 byte that is no text, shown as �");
}

#[test]
fn what_acts_on_a_terminal_is_made_visible() {
    let paper = b"# A \x1B[31mred\x07 &#27;]0;x title\n\n`\x9B`[^\x1B]\n\n[^\x1B]: <\x1B>\n";
    for format in ["text", "markdown", "json"] {
        let output = piped(paper, &["print", "-", "--format", format]);
        assert!(!output.stdout.contains(&0x1B) && !output.stdout.contains(&0x07));
    }
}

#[test]
fn wrong_usage_is_told_with_code_2() {
    assert_snapshot!(refused(2, &["print", "--format", "pdf"]), @"
    opcit: invalid value 'pdf' for '--format <FORMAT>'
      [possible values: text, markdown, json]

    For more information, try '--help'.
    ");
    assert_snapshot!(refused(2, &["print", "--width", "0"]), @"
    opcit: invalid value '0' for '--width <N>': 0 is not in 1..=65535

    For more information, try '--help'.
    ");
    assert_snapshot!(refused(2, &["one.md", "\u{1b}[31mtwo.md"]), @"opcit: “␛[31mtwo.md” is one too many: opcit reads one paper at a time. `opcit --help` shows what can be asked for");
    assert_snapshot!(refused(2, &["one.md", "print"]), @"opcit: the paper is named after the command, as in `opcit print paper.md`");
    assert_snapshot!(refused(2, &["print", "one.md", "\u{1b}[31mtwo.md"]), @"opcit: “␛[31mtwo.md” is one too many: opcit reads one paper at a time. `opcit --help` shows what can be asked for");
}

#[test]
fn help_and_version_are_written_to_standard_output() {
    assert!(written(&["--help"]).contains("Examples:"));
    assert!(written(&["notes", "--help"]).contains("--note"));
    assert_eq!(
        written(&["--version"]),
        concat!("opcit ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

/// What `opcit find` writes, after its exit code, which must be this one.
#[track_caller]
fn found(code: i32, arguments: &[&str]) -> String {
    let output = run(&[&["find"], arguments].concat());
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(code));
    text(&output.stdout)
}

#[test]
fn find_writes_a_line_for_each_match_and_says_where_it_stands() {
    assert_snapshot!(found(0, &["note", SMALL]), @"
    § Notes: Notes
    note word: A note with a word for its label.
    note 1: The first note, see https://example.com/x.
    note 2: The second note has two paragraphs.
    ");
    assert_snapshot!(found(0, &["paragraph", UNTITLED]), @"¶ 1: Only a paragraph.");
}

#[test]
fn find_sees_through_emphasis_quotes_and_markers() {
    assert_snapshot!(found(0, &["a link and “quotes”. more", SMALL]), @r#"§ Introduction, ¶ 1: Some emphasis, a link and "quotes". More."#);
    assert_snapshot!(found(0, &["results", SMALL]), @"§ Results: Results");
    assert_snapshot!(found(0, &["^some.*(more|less)", SMALL, "--regex"]), @r#"§ Introduction, ¶ 1: Some emphasis, a link and "quotes". More."#);
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
    assert_snapshot!(refused(2, &["find", "a(b", SMALL, "--regex"]), @"opcit: cannot search for “a(b”: unclosed group at character 2 of the regular expression");
    assert_snapshot!(refused(2, &["find", "", SMALL]), @"opcit: the pattern is empty: name a word that the paper may have");
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let folder = tempfile::tempdir().unwrap();
    let long = file(
        folder.path(),
        "long.md",
        "A paragraph.\n\n".repeat(20_000).as_bytes(),
    );
    for arguments in [&["print", long.as_str()][..], &["--help"]] {
        let mut program = opcit(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(program.stdout.take());
        let output = program.wait_with_output().unwrap();
        assert_eq!(text(&output.stderr), "");
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told_with_code_1() {
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = opcit(&["print", SMALL]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_snapshot!(text(&output.stderr), @"opcit: cannot write to standard output; the result is not whole: No space left on device (os error 28)");
}
