//! Bookmarks and the reading place as a person meets them: set by keys in a terminal, and there
//! again after a restart, a kill, and whatever else may come between.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use rustix::process::Signal;
use tempfile::TempDir;

use super::pty::{Pty, command};
use super::reading::PROGRAM;

/// Asks for more kills than a test's time allows.
const KILLS: &str = "OPCIT_TEST_KILLS";

/// What the program says of a bookmark when it is on the disk.
const CONFIRMED: &str = "bookmark set";

/// A home with a paper of numbered paragraphs in it.
struct Home {
    folder: TempDir,
}

impl Home {
    fn new() -> Self {
        let home = Self {
            folder: TempDir::new().unwrap(),
        };
        let mut paper = "---\ntitle: On Keeping\n---\n\n# Numbers\n\n".to_owned();
        for number in 1..=99 {
            write!(paper, "Paragraph {number} of many.\n\n").unwrap();
        }
        fs::write(home.paper(), paper).unwrap();
        home
    }

    fn paper(&self) -> PathBuf {
        self.folder.path().join("paper.md")
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Opens a paper, or the one that the program carries, in a terminal of 80 columns and 24 rows.
    fn open(&self, paper: Option<&Path>) -> Reader {
        self.open_in(paper, &self.data(), 80, 24)
    }

    fn open_in(&self, paper: Option<&Path>, data: &Path, columns: u16, rows: u16) -> Reader {
        let mut command = command(PROGRAM, self.folder.path());
        command.env("OPCIT_DATA_DIR", data);
        command.env("TMPDIR", self.folder.path());
        command.args(paper);
        let reader = Reader {
            pty: Pty::start(command, columns, rows),
        };
        reader.pty.wait_for_text("quit");
        reader
    }

    /// Runs a command of the program that needs no terminal.
    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(PROGRAM)
            .args(arguments)
            .env("OPCIT_DATA_DIR", self.data())
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    /// The bookmarks of the paper, as the program lists them without complaint.
    #[track_caller]
    fn bookmarks(&self) -> String {
        let listed = self.run(&["bookmarks", "--format", "json", "paper.md"]);
        assert!(listed.status.success(), "{listed:?}");
        assert_eq!(String::from_utf8_lossy(&listed.stderr), "");
        String::from_utf8(listed.stdout).unwrap()
    }
}

/// The program in a terminal, with a paper open.
struct Reader {
    pty: Pty,
}

impl Reader {
    #[track_caller]
    fn press_until(&mut self, keys: &str, text: &str) {
        self.pty.send(keys);
        self.pty.wait_for_text(text);
    }

    /// Sets a bookmark on the paragraph in hand, and waits until it is confirmed.
    #[track_caller]
    fn set_bookmark(&mut self) {
        self.press_until("b", CONFIRMED);
    }

    /// Takes the paragraph in hand that is so many further on. What was confirmed before is gone
    /// from the screen then.
    #[track_caller]
    fn go_on(&mut self, paragraphs: usize) {
        self.pty.send(&format!("{paragraphs}}}"));
        self.pty.wait_for("no notice", |screen| {
            !super::pty::shown(screen).contains(CONFIRMED)
        });
    }

    #[track_caller]
    fn quit(mut self) {
        self.pty.send("q");
        assert_eq!(self.pty.wait_for_end(), 0);
    }
}

#[test]
fn a_reader_killed_while_bookmarks_are_set_loses_none_that_was_confirmed() {
    let kills = env::var(KILLS).ok().and_then(|kills| kills.parse().ok());
    let kills: usize = kills.unwrap_or(12);
    let mut home = Home::new();
    let mut kept: Vec<usize> = Vec::new();
    let (mut confirmed, mut cut_off) = (0, 0);
    for kill in 0..kills {
        // Of 24 kills each comes at paragraphs that have no bookmark yet.
        let turn = kill % 24;
        if turn == 0 {
            home = Home::new();
            kept.clear();
        }
        let mut reader = home.open(Some(&home.paper()));
        let first = turn * 4 + 1;
        let last = first + kill % 3;
        // The heading is in hand at first.
        reader.go_on(first);
        for number in first..last {
            reader.set_bookmark();
            kept.push(number);
            reader.go_on(1);
        }
        confirmed += last - first;
        reader.pty.send("b");
        thread::sleep(Duration::from_micros(
            u64::try_from(kill * 17_919 % 60_000).unwrap(),
        ));
        if reader.pty.text().contains(CONFIRMED) {
            kept.push(last);
            confirmed += 1;
        } else {
            cut_off += 1;
        }
        reader.pty.signal(Signal::KILL);
        reader.pty.wait_for_end();
        let there = home.bookmarks();
        for number in &kept {
            let words = format!("\"Paragraph {number} of many.\"");
            assert!(there.contains(&words), "kill {kill} lost {number}: {there}");
        }
    }
    println!(
        "{kills} kills, {cut_off} before the last bookmark was confirmed; {confirmed} confirmed: \
         0 lost, 0 unreadable files"
    );
}

/// What the tests here rest on: a list without complaint is the whole list.
#[test]
fn a_file_that_is_cut_off_is_not_listed_without_complaint() {
    let home = Home::new();
    let mut reader = home.open(Some(&home.paper()));
    reader.go_on(1);
    reader.set_bookmark();
    reader.quit();
    assert!(home.bookmarks().contains("Paragraph 1 of many."));
    let files = fs::read_dir(home.data()).unwrap();
    let mut files = files.map(|entry| entry.unwrap().path());
    let file = files.find(|path| path.extension().is_some_and(|it| it == "jsonl"));
    let file = file.expect("the file of bookmarks");
    let kept = fs::read(&file).unwrap();
    fs::write(&file, &kept[..kept.len() / 2]).unwrap();
    let listed = home.run(&["bookmarks", "--format", "json", "paper.md"]);
    assert_eq!(listed.status.code(), Some(1), "{listed:?}");
    assert_ne!(String::from_utf8_lossy(&listed.stderr), "");
}

#[test]
fn two_readers_of_one_paper_see_each_others_bookmarks_and_lose_none() {
    let home = Home::new();
    let mut one = home.open(Some(&home.paper()));
    let mut other = home.open(Some(&home.paper()));
    // The one takes the odd paragraphs, the other the even ones. A heading is in hand at first.
    other.go_on(1);
    for turn in 0..5 {
        one.go_on(if turn == 0 { 1 } else { 2 });
        one.set_bookmark();
        other.go_on(if turn == 0 { 1 } else { 2 });
        other.set_bookmark();
    }
    one.press_until("B", "10 bookmarks");
    other.press_until("B", "10 bookmarks");
    one.press_until("g", "▸ Paragraph 1 of many.");
    one.press_until("D", "bookmark removed");
    // Any key lets the other look, which it does once in a second at most.
    thread::sleep(Duration::from_millis(1_100));
    other.press_until("j", "9 bookmarks");
    other.press_until("U", "undone: removing");
    other.pty.send("q");
    other.quit();
    one.pty.send("q");
    one.quit();
    assert_eq!(home.bookmarks().matches("\"exact\"").count(), 10);
}

#[test]
fn a_folder_that_cannot_be_written_is_told_at_once_and_at_the_end_where_all_was_written_instead() {
    let home = Home::new();
    // A folder below a file: denied to everyone, root as well.
    let data = home.paper().join("opcit");
    for paper in [None, Some(home.paper())] {
        let mut reader = home.open_in(paper.as_deref(), &data, 80, 24);
        reader.pty.send("}");
        reader.press_until(
            "b",
            "not saved yet (still in memory): what should be a folder",
        );
        reader.press_until("j", "not saved");
        reader.press_until("B", "1 bookmark");
        reader.pty.send("qq");
        assert_eq!(reader.pty.wait_for_end(), 1);
        let said = reader.pty.close().replace('\n', "");
        assert!(said.contains("not saved: the bookmark “"), "{said}");
        assert!(said.contains("set OPCIT_DATA_DIR to a folder"), "{said}");
        // What is said to do brings it back.
        let command = said.split('`').nth(1).expect("a command");
        let arguments: Vec<_> = command.split(' ').skip(1).collect();
        let taken = home.run(&arguments);
        let taken = String::from_utf8_lossy(&taken.stdout).into_owned();
        assert!(taken.contains(": 1 added, "), "{command}: {taken}");
    }
}

#[test]
fn what_was_changed_last_is_taken_back_after_a_restart() {
    let home = Home::new();
    for paper in [None, Some(home.paper())] {
        let mut reader = home.open(paper.as_deref());
        reader.go_on(2);
        reader.set_bookmark();
        reader.press_until("B", "1 bookmark");
        reader.press_until("r", "Label");
        reader.press_until("\x15mine\r", "renamed");
        reader.pty.send("q");
        reader.quit();
        let mut reader = home.open(paper.as_deref());
        reader.press_until("B", "▸ mine");
        reader.press_until("U", "undone: renaming");
        reader.press_until("U", "undone: bookmark");
        reader.press_until("U", "nothing left to undo");
        reader.pty.send("q");
        reader.quit();
    }
}

#[test]
fn place_width_and_placement_come_back_in_a_terminal_of_another_size() {
    let home = Home::new();
    for paper in [None, Some(home.paper())] {
        let mut reader = home.open(paper.as_deref());
        reader.press_until("-", "text width: 64");
        reader.press_until("-", "text width: 60");
        reader.press_until("PP", "foot: notes below the text");
        // A line to and fro, and nothing is marked any more. The help comes once all of it is done.
        reader.press_until("   jk?", "? close");
        reader.pty.send("?");
        reader.pty.wait_for("the text again", |screen| {
            let shown = super::pty::shown(screen);
            shown.contains("q quit") && !shown.contains("? close")
        });
        let text = reader.pty.text();
        let line = text.lines().skip(1).find(|line| words(line).len() > 3);
        let place = words(line.unwrap())[..4].join(" ");
        reader.quit();
        for (columns, rows) in [(120, 40), (50, 16)] {
            let mut reader = home.open_in(paper.as_deref(), &home.data(), columns, rows);
            reader.pty.wait_for_text("back at ");
            let text = reader.pty.settled_text();
            let top: Vec<_> = text.lines().take(4).flat_map(words).collect();
            assert!(top.join(" ").contains(&place), "{place} is not in\n{text}");
            reader.press_until("+", "text width: 64");
            reader.press_until("-", "text width: 60");
            reader.press_until("P", "margin: notes");
            reader.press_until("PPP", "foot: notes below the text");
            reader.quit();
        }
    }
}

#[test]
fn a_paper_that_was_edited_and_renamed_is_known_again() {
    let home = Home::new();
    let words = "Nobody keeps the number of a line for long.";
    let paper = fs::read_to_string(home.paper()).unwrap();
    let paper = paper.replace("Paragraph 2 of many.", words);
    fs::write(home.paper(), &paper).unwrap();
    let mut reader = home.open(Some(&home.paper()));
    reader.go_on(2);
    reader.set_bookmark();
    reader.quit();
    let renamed = home.folder.path().join("renamed.md");
    fs::remove_file(home.paper()).unwrap();
    fs::write(&renamed, paper.replace("1 of many", "one of many more")).unwrap();
    let mut reader = home.open(Some(&renamed));
    reader.press_until("B", words);
    reader.pty.wait_for_text("moved");
    reader.pty.send("q");
    reader.quit();
}

/// The words of a line, without what stands around them on the screen.
fn words(line: &str) -> Vec<&str> {
    line.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect()
}
