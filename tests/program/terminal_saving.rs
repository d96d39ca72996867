//! What is saved while somebody reads, and that nobody waits for it.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::Path;

use rustix::process::Signal;
use tempfile::TempDir;

use super::pty::{Pty, command, patiently, shown};
use super::reading::PROGRAM;

/// A home with a paper of numbered paragraphs in it.
fn home() -> TempDir {
    let home = TempDir::new().unwrap();
    let mut paper = "# Numbers\n\n".to_owned();
    for number in 1..=99 {
        write!(paper, "Paragraph {number} of many.\n\n").unwrap();
    }
    fs::write(home.path().join("paper.md"), paper).unwrap();
    home
}

fn open(home: &Path) -> Pty {
    let mut command = command(PROGRAM, home);
    command.env("OPCIT_DATA_DIR", home.join("data"));
    command.env("TMPDIR", home);
    command.arg(home.join("paper.md"));
    let pty = Pty::start(command, 80, 24);
    pty.wait_for_text("quit");
    pty
}

/// All that is kept, as text, without files that are being written.
fn kept(home: &Path) -> String {
    let files = fs::read_dir(home.join("data")).into_iter().flatten();
    let paths = files.filter_map(|file| Some(file.ok()?.path()));
    let paths = paths.filter(|path| path.extension().is_some_and(|it| it == "jsonl"));
    paths
        .filter_map(|path| fs::read_to_string(path).ok())
        .collect()
}

#[test]
fn a_killed_reader_has_kept_the_place_of_its_idle_time() {
    let home = home();
    let mut pty = open(home.path());
    pty.wait_for_text("Paragraph 2 ");
    for page in 1..=3 {
        let before = pty.text();
        pty.send(" ");
        pty.wait_for(&format!("page {page}"), |screen| shown(screen) != before);
    }
    // The first paragraph on the screen, which is at the top again at the next start.
    let screen = pty.settled_text();
    let (_, top) = screen.split_once("Paragraph").expect("a paragraph");
    let (top, _) = top.split_once('.').expect("its end");
    assert!(
        patiently(|| kept(home.path()).contains(top)),
        "the place is not kept while the reader is idle"
    );
    pty.signal(Signal::KILL);
    drop(pty);
    let again = open(home.path());
    again.wait_for_text(&format!("Paragraph{top}."));
    assert!(!again.text().contains("Paragraph 1 "));
}

#[test]
fn a_note_that_is_being_typed_is_kept_when_the_terminal_goes_away() {
    let home = home();
    let mut pty = open(home.path());
    pty.send("Va");
    pty.send("half a thought");
    pty.wait_for_text("half a thought");
    pty.vanish().wait().expect("an end");
    assert!(kept(home.path()).contains("half a thought"));
}

#[test]
fn keys_are_heard_while_another_opcit_holds_the_lock() {
    let home = home();
    let mut pty = open(home.path());
    pty.send("b");
    pty.wait_for_text("bookmark set");
    let lock = File::options()
        .write(true)
        .open(home.path().join("data/.lock"))
        .expect("a lock");
    lock.lock().expect("the lock");
    pty.send("jjjjjjjjb");
    pty.send("G");
    pty.wait_for("the end of the paper", |screen| {
        let shown = shown(screen);
        assert!(!shown.contains("not saved"), "the screen has waited");
        shown.contains("Paragraph 99")
    });
    // What could not be saved is written elsewhere, and that is said.
    pty.send("q");
    assert_eq!(pty.wait_for_end(), 1);
    patiently(|| pty.text().contains("import"));
    let said = pty.close();
    assert!(said.contains("not saved: the bookmark"), "{said}");
    assert!(said.contains("bookmarks import"), "{said}");
}
