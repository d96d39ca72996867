//! What is kept of a paper, from the command line, in a folder of the test's own.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const PAPER: &str = "---\ntitle: On Keeping\nauthor: Ada Author\n---\n\n# Law\n\nNobody keeps a line number for long.\n";

const ANNOTATIONS: &str = r#"{
  "@context": "http://www.w3.org/ns/anno.jsonld",
  "type": "AnnotationPage",
  "items": [{
    "id": "https://example.org/1",
    "type": "Annotation",
    "motivation": "bookmarking",
    "body": [{"type": "TextualBody", "purpose": "describing", "value": "the law"}],
    "target": {"selector": [{"type": "TextQuoteSelector", "exact": "keeps a line number"}]}
  }]
}"#;

fn opcit(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_opcit"))
        .args(arguments)
        .env("OPCIT_DATA_DIR", folder.join("data"))
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("opcit runs")
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).expect("text")
}

fn folder() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("paper.md"), PAPER).expect("a paper");
    fs::write(folder.path().join("notes.json"), ANNOTATIONS).expect("annotations");
    folder
}

#[test]
fn bookmarks_are_taken_in_once_and_listed_in_each_format() {
    let folder = folder();
    let import = ["bookmarks", "import", "notes.json", "paper.md"];
    assert_eq!(
        said(&opcit(folder.path(), &import)),
        "1 taken in, 0 changed, 0 known already\n"
    );
    assert_eq!(
        said(&opcit(folder.path(), &import)),
        "0 taken in, 0 changed, 1 known already\n"
    );
    let text = said(&opcit(folder.path(), &["bookmarks", "paper.md"]));
    assert!(
        text.starts_with("the law\n  “keeps a line number"),
        "{text}"
    );
    let markdown = said(&opcit(
        folder.path(),
        &["bookmarks", "paper.md", "--format", "markdown"],
    ));
    assert!(markdown.contains("> keeps a line number"), "{markdown}");
    assert!(
        markdown.contains("— Ada Author, “On Keeping”, § Law, ¶ 1"),
        "{markdown}"
    );
}

#[test]
fn what_is_listed_as_json_is_taken_in_elsewhere() {
    let (here, there) = (folder(), folder());
    said(&opcit(
        here.path(),
        &["bookmarks", "import", "notes.json", "paper.md"],
    ));
    let json = said(&opcit(
        here.path(),
        &["bookmarks", "paper.md", "--format", "json"],
    ));
    fs::write(there.path().join("notes.json"), json).expect("annotations");
    let import = ["bookmarks", "import", "notes.json", "paper.md"];
    assert_eq!(
        said(&opcit(there.path(), &import)),
        "1 taken in, 0 changed, 0 known already\n"
    );
}

#[test]
fn papers_that_were_kept_are_listed_with_their_bookmarks() {
    let folder = folder();
    assert_eq!(said(&opcit(folder.path(), &["papers"])), "");
    said(&opcit(
        folder.path(),
        &["bookmarks", "import", "notes.json", "paper.md"],
    ));
    let papers = said(&opcit(folder.path(), &["papers"]));
    assert!(papers.starts_with("On Keeping\n"), "{papers}");
    assert!(
        papers.contains("1 bookmark") && papers.contains("paper.md"),
        "{papers}"
    );
}

#[test]
fn a_file_without_bookmarks_is_refused_and_nothing_is_kept() {
    let folder = folder();
    let refused = opcit(
        folder.path(),
        &["bookmarks", "import", "paper.md", "paper.md"],
    );
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(said(&opcit(folder.path(), &["papers"])), "");
}
