//! Going to another paper in a terminal: from a source to one that cites it, and from a folder.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::pty::{Pty, command};
use super::reading::PROGRAM;

const KEPT: &str = r#"{
  "@context": "http://www.w3.org/ns/anno.jsonld",
  "type": "AnnotationPage",
  "items": [{
    "id": "https://example.org/1",
    "type": "Annotation",
    "motivation": "bookmarking",
    "target": {"selector": [{"type": "TextQuoteSelector", "exact": "Bread was dear"}]}
  }]
}"#;

/// A paper in a folder that was written a while ago, and that something is kept about.
fn keep_paper(folder: &Path, name: &str, citation: &str) {
    let path = folder.join(format!("{name}.md"));
    let text = format!("---\ntitle: On {name}\n---\n\nBread was dear.[^1]\n\n[^1]: {citation}\n");
    fs::write(&path, text).unwrap();
    let file = File::options().write(true).open(&path).unwrap();
    let before = SystemTime::now() - Duration::from_secs(60);
    file.set_modified(before).unwrap();
    fs::write(folder.join("kept.json"), KEPT).unwrap();
    let name = path.to_str().unwrap();
    opcit(folder, &["bookmarks", "import", "kept.json", name]);
}

fn opcit(folder: &Path, arguments: &[&str]) {
    let status = Command::new(PROGRAM)
        .args(arguments)
        .env_clear()
        .env("HOME", folder)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status();
    assert!(status.unwrap().success(), "{arguments:?}");
}

#[test]
fn a_source_leads_to_the_other_papers_that_cite_it_and_back() {
    let home = TempDir::new().unwrap();
    let folder = home.path().canonicalize().unwrap();
    let smith = "Jane Smith, *The Notes of Others* (Oxford: OUP, 2019), p. 3.";
    keep_paper(&folder, "War", smith);
    keep_paper(&folder, "Peace", &format!("See also {smith}"));
    keep_paper(
        &folder,
        "Trade",
        "Al Roe, *Gardens in the North* (Berlin: Holm, 1990).",
    );
    opcit(&folder, &["sources", "--all"]);

    let mut command = command(PROGRAM, &folder);
    command.arg(folder.join("War.md"));
    let mut pty = Pty::start(command, 80, 24);
    pty.wait_for_text("1 note");
    // The note says it once it has been looked up.
    pty.send("1f");
    pty.wait_for_text("also in 1 of your papers");
    pty.send("q");
    pty.send("S");
    pty.wait_for_text("also in 1 paper ·");
    pty.send("\x0c");
    pty.wait_for_text("Also cited in");
    assert!(!pty.text().contains("On Trade"), "{}", pty.text());
    pty.send("\r");
    pty.wait_for_text("See also");
    pty.send("\x0f");
    pty.wait_for_text("On War · 2 papers open");
}

#[test]
fn a_folder_lists_its_papers_and_enter_opens_one() {
    let home = TempDir::new().unwrap();
    let folder = home.path().canonicalize().unwrap();
    for name in ["peace.md", "war.md"] {
        fs::write(
            folder.join(name),
            format!("# About {name}\n\nIts only line.\n"),
        )
        .unwrap();
    }
    let mut command = command(PROGRAM, &folder);
    command.arg(&folder);
    let mut pty = Pty::start(command, 80, 24);
    pty.wait_for_text("war.md");
    pty.send("war\r");
    pty.wait_for_text("About war.md");
    pty.send("q");
    assert_eq!(pty.wait_for_end(), 0);
}
