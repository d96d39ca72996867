//! The reference of a paper itself: `opcit cite`.

use insta::assert_snapshot;

use crate::program::{file, refused, written};

const PAPER: &str = "---\ntitle: On Citing\nsubtitle: Notes & keys\nauthor: [Jane van der Berg, OECD]\n\
    date: 2024-05-04\njournal: Review of Notes\ndoi: https://doi.org/10.1234/abc_d\nlang: en-GB\n---\n\nText.\n";

#[test]
fn cite_writes_the_reference_of_the_paper_in_each_format() {
    let folder = tempfile::tempdir().unwrap();
    let paper = file(folder.path(), "paper.md", PAPER.as_bytes());
    let cited = |format: &str| written(&["cite", &paper, "--format", format]);
    assert_snapshot!(written(&["cite", &paper]), @"van der Berg, Jane, and OECD. 2024. “On Citing: Notes & keys.” Review of Notes. https://doi.org/10.1234/abc_d.");
    assert_snapshot!(cited("bibtex"), @r"
    @article{vanderberg2024citing,
      author = {van der Berg, Jane and {OECD}},
      title = {On {Citing}: {Notes} \& keys},
      journal = {Review of Notes},
      year = {2024},
      month = {5},
      doi = {10.1234/abc_d},
      language = {en-GB},
    }
    ");
    assert_snapshot!(cited("biblatex"), @r"
    @article{vanderberg2024citing,
      author = {van der Berg, Jane and {OECD}},
      title = {On {Citing}: {Notes} \& keys},
      journaltitle = {Review of Notes},
      date = {2024-05-04},
      doi = {10.1234/abc_d},
      langid = {british},
    }
    ");
    assert_snapshot!(cited("csl-json"), @r#"
    [
      {
        "id": "vanderberg2024citing",
        "type": "article-journal",
        "author": [
          {
            "family": "van der Berg",
            "given": "Jane"
          },
          {
            "literal": "OECD"
          }
        ],
        "title": "On Citing: Notes & keys",
        "container-title": "Review of Notes",
        "issued": {
          "date-parts": [
            [
              2024,
              5,
              4
            ]
          ]
        },
        "DOI": "10.1234/abc_d",
        "language": "en-GB"
      }
    ]
    "#);
    assert_snapshot!(cited("ris").replace('\r', "").replace("ER  - ", "ER  -"), @"
    TY  - JOUR
    ID  - vanderberg2024citing
    AU  - van der Berg, Jane
    AU  - OECD
    TI  - On Citing: Notes & keys
    T2  - Review of Notes
    PY  - 2024
    DA  - 2024/05/04/
    DO  - 10.1234/abc_d
    LA  - en-GB
    ER  -
    ");
}

#[test]
fn a_paper_that_does_not_say_what_it_is_has_no_reference() {
    let folder = tempfile::tempdir().unwrap();
    let paper = file(folder.path(), "paper.md", b"Words, and no more.\n");
    assert_snapshot!(refused(1, &["cite", &paper, "--format", "bibtex"]), @"opcit: the paper says neither its title nor its authors");
}
