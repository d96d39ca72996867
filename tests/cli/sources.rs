//! What a paper cites: `opcit sources`, `opcit check`, and what the JSON of notes says of it.

use insta::assert_snapshot;

use crate::program::{UNTITLED, file, piped, run, text, written};

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
        "mentioned_in": [],
        "csl": {
          "id": "smith2020first",
          "type": "book",
          "author": [
            {
              "family": "Smith",
              "given": "Jane"
            }
          ],
          "title": "A first book",
          "publisher": "Verso",
          "publisher-place": "London",
          "issued": {
            "date-parts": [
              [
                2020
              ]
            ]
          },
          "note": "Jane Smith (2020) A first book. London: Verso"
        }
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
        ],
        "csl": {
          "id": "2024joint",
          "type": "webpage",
          "title": "Joint Statement of A and B",
          "issued": {
            "date-parts": [
              [
                2024,
                5,
                16
              ]
            ]
          },
          "URL": "https://example.org/js",
          "note": "Joint Statement of A and B (16 May 2024). https://example.org/js."
        }
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
        "mentioned_in": [],
        "csl": {
          "id": "smith2019another",
          "type": "book",
          "author": [
            {
              "family": "Smith",
              "given": "John"
            }
          ],
          "title": "Another book",
          "publisher": "Oxford University Press",
          "publisher-place": "Oxford",
          "issued": {
            "date-parts": [
              [
                2019
              ]
            ]
          },
          "note": "John Smith (2019) Another book. Oxford: Oxford University Press."
        }
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
    citing.md:11: note 4: “Smith, op. cit., p. 4” could be 2, 1a: say which, by year, title or note
    citing.md:13: note 5: opcit cannot tell what “Jones (2001)” stands for (looked for one source before: Jones, 2001)
    ");
    let output = piped(CITING.as_bytes(), &["check", "-"]);
    let said_of_piped = text(&output.stdout).replace("standard input", "citing.md");
    assert_eq!(said_of_piped, said);
}

#[test]
fn check_writes_what_it_finds_for_programs_with_a_code_and_how_certain_it_is() {
    let out = piped(CITING.as_bytes(), &["check", "-", "--format", "json"]);
    assert_eq!(out.status.code(), Some(1));
    let found: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let parts = |finding: &serde_json::Value| {
        ["line", "code", "certain"].map(|field| finding[field].to_string())
    };
    let parts: Vec<_> = found.as_array().unwrap().iter().map(parts).collect();
    assert_eq!(
        parts,
        [
            ["11", "\"citation-ambiguous\"", "true"],
            ["13", "\"citation-unread\"", "false"],
        ]
    );
    assert!(found[0]["message"].as_str().unwrap().contains("could be"));
    let nothing = piped(b"Nothing.\n", &["check", "-", "--format", "json"]);
    assert_eq!(nothing.status.code(), Some(0));
    assert_eq!(text(&nothing.stdout).trim(), "[]");
}

#[test]
fn check_says_nothing_of_a_paper_in_order() {
    assert_eq!(written(&["check"]), "");
    assert_eq!(written(&["check", UNTITLED]), "");
}

/// A paper with two citations by key.
const KEYED: &[u8] = b"One [@smith2019] and [@doe2001].\n";

#[test]
fn several_bibliographies_are_read_and_one_that_is_missing_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let paper = file(folder.path(), "keys.md", KEYED);
    let entry = |key: &str| format!("@book{{{key}, author={{A}}, title={{A title}}, year=2001}}");
    let first = file(folder.path(), "a.bib", entry("smith2019").as_bytes());
    let second = file(folder.path(), "b.bib", entry("doe2001").as_bytes());
    let both = ["--bibliography", &first, "--bibliography", &second];
    let arguments = [&["sources", &paper, "--format", "biblatex"], &both[..]].concat();
    let sources = written(&arguments);
    assert!(sources.contains("@book{smith2019,"), "{sources}");
    assert!(sources.contains("@book{doe2001,"), "{sources}");
    let apart = [&both[..2], &["sources", &paper], &both[2..]].concat();
    let apart = run(&apart);
    assert_eq!(apart.status.code(), Some(2));
    assert!(text(&apart.stderr).contains("on one side of the command"));
    let missing = run(&["sources", &paper, "--bibliography", "no/such.bib"]);
    assert_eq!(missing.status.code(), Some(1));
    let told = text(&missing.stderr);
    assert!(
        told.contains("cannot read no/such.bib: there is no such file"),
        "{told}"
    );
}

#[test]
fn keys_that_cannot_be_looked_up_are_said_where_there_are_no_sources() {
    let folder = tempfile::tempdir().unwrap();
    let paper = file(folder.path(), "keys.md", KEYED);
    let told = run(&["sources", &paper, "--format", "bibtex"]);
    assert_eq!(told.status.code(), Some(0));
    assert_eq!(text(&told.stdout), "");
    let words = text(&told.stderr);
    assert!(
        words.contains("@smith2019 and 1 more cannot be looked up: there is no bibliography"),
        "{words}"
    );
}

#[test]
fn a_key_that_two_bibliographies_have_for_two_works_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let paper = file(folder.path(), "keys.md", b"One [@a] and [@b].\n");
    let bib = |name: &str, title: &str| {
        let entries = format!("@book{{a, title={{{title}}}}}@book{{b, title={{The same}}}}");
        file(folder.path(), name, entries.as_bytes())
    };
    let (first, second) = (bib("a.bib", "One title"), bib("b.bib", "Another"));
    let told = run(&[
        "sources",
        &paper,
        "--format",
        "bibtex",
        "--bibliography",
        &first,
        "--bibliography",
        &second,
    ]);
    let words = text(&told.stderr);
    assert!(
        words.contains("in your own bibliography, @a is another work in "),
        "{words}"
    );
    assert!(text(&told.stdout).contains("One title"));
    let told = run(&[
        "sources",
        &paper,
        "--format",
        "bibtex",
        "--bibliography",
        &first,
        "--bibliography",
        &first,
    ]);
    assert_eq!(text(&told.stderr), "");
}

#[test]
fn only_needs_a_bibliography_to_compare_with() {
    let output = run(&["sources", "--only", "missing"]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(said.contains("name one with --bibliography FILE"), "{said}");
}

#[test]
fn a_work_that_the_list_of_references_and_a_note_give_is_written_once() {
    let folder = tempfile::tempdir().unwrap();
    let work = "*The Notes of Others*, Oxford: OUP, 2019";
    let text =
        format!("A[^1].\n\n# References\n\nSmith, Jane. {work}.\n\n[^1]: Jane Smith, {work}.\n");
    let paper = file(folder.path(), "both.md", text.as_bytes());
    let written = written(&["sources", &paper, "--format", "bibtex"]);
    assert_eq!(
        written.matches("@book{smith2019notes,").count(),
        1,
        "{written}"
    );
    assert_eq!(written.matches("\n@").count(), 0, "{written}");
}
