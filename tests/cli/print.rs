//! `opcit print`: a whole paper as text, Markdown and JSON.

use insta::assert_snapshot;

use crate::program::{SMALL, piped, text, written};

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

    Some emphasis, a link
    <https://example.org/a_b> and “quotes”.²
    More.³·⁴

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

     4  ↑ cited in § Introduction, ¶ 1 as
          [^gone], but the paper does not
          say what it is

     5  Never cited.
    "#);
}

#[test]
fn an_address_is_never_broken_over_lines() {
    let address = "https://example.org/a-long/way_to/what?is=meant&not=less#there";
    let paper = format!(
        "See {address}, and [this]({address}).[^1]\n\n| a | b |\n|---|---|\n| c | {address} |\n\n\
         [^1]: Its note cites {address}.\n"
    );
    for width in ["20", "40", "80"] {
        let written = text(&piped(paper.as_bytes(), &["print", "-", "--width", width]).stdout);
        assert_eq!(written.matches(address).count(), 4, "{written}");
        let longer = written.lines().filter(|line| {
            line.chars().count() > width.parse().unwrap() && !line.contains(address)
        });
        assert_eq!(longer.count(), 0, "{written}");
    }
    let narrow = text(&piped(paper.as_bytes(), &["print", "-", "--width", "20"]).stdout);
    for line in [format!("{address}, "), format!("<{address}>.¹")] {
        assert!(narrow.lines().any(|it| it == line.trim_end()), "{narrow}");
    }
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
      "journal": "",
      "doi": "",
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
              "id": "2",
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
          "code": "note-undefined",
          "message": "note [^gone] is cited but never defined"
        },
        {
          "line": 42,
          "code": "note-uncited",
          "message": "note [^never] is never cited"
        }
      ]
    }
    "#);
}
