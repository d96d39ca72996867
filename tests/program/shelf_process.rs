//! Bookmarks and highlights made by real processes, which are killed while they do it, or are many
//! at once.
//!
//! The processes are this test program itself, started again with an order in its environment.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use opcit::formats::markdown::parse;
use opcit::paper::{BlockId, Paper, Passage, Position};
use opcit::shelf::{Failure, HighlightKind, Library, Opened, Origin, Shelf};

/// The folder in which, and how many bookmarks to set; for ever if that is 0.
const FOLDER: &str = "OPCIT_TEST_FOLDER";
const BOOKMARKS: &str = "OPCIT_TEST_BOOKMARKS";

/// Asks for more kills than a test's time allows.
const KILLS: &str = "OPCIT_TEST_KILLS";

/// What a process says of each bookmark that it was told is saved.
const SAVED: &str = "saved ";

fn paper() -> Paper {
    parse("# On Keeping\n\nNobody keeps a line number for long.\n\nSome keep nothing.\n").paper
}

fn open(folder: &Path) -> Shelf {
    match Library::new(Some(folder.to_owned())).open(&paper(), &Origin::Elsewhere) {
        Opened::Shelf(shelf) => *shelf,
        Opened::Ambiguous(candidates) => panic!("it may be any of {candidates:?}"),
    }
}

fn start(folder: &Path, bookmarks: usize) -> Child {
    Command::new(env::current_exe().unwrap())
        .args([
            "--exact",
            "shelf_process::set_bookmarks_when_told_to",
            "--nocapture",
        ])
        .env(FOLDER, folder)
        .env(BOOKMARKS, bookmarks.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap()
}

/// Not a test of its own: what the started processes do.
#[test]
fn set_bookmarks_when_told_to() {
    let (Ok(folder), Ok(count)) = (env::var(FOLDER), env::var(BOOKMARKS)) else {
        return;
    };
    let count: usize = count.parse().unwrap();
    let mut shelf = open(Path::new(&folder));
    let mut set = 0;
    while count == 0 || set < count {
        let start = Position::start_of(BlockId(set % 4));
        let result = match set % 2 {
            0 => shelf.add(start),
            // The first words of the next paragraph but one.
            _ => {
                let start = Position::start_of(BlockId(1 + set % 3 / 2));
                let end = Position { offset: 4, ..start };
                shelf.highlight(Passage { start, end }, HighlightKind::Claim)
            }
        };
        match result {
            Ok(id) => confirm(id.as_str()),
            // Others may be served first for longer than a reader would wait.
            Err(Failure::Busy { .. }) => {
                // Ids begin with the time, and nothing here is younger than what was just set.
                let mine = ids(&shelf).into_iter().max();
                while shelf.retry().is_err() {}
                confirm(&mine.unwrap());
            }
            Err(failure) => panic!("{failure}"),
        }
        set += 1;
    }
}

fn confirm(id: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{SAVED}{id}").unwrap();
    out.flush().unwrap();
}

fn ids(shelf: &Shelf) -> Vec<String> {
    let kept = shelf.annotations().iter();
    kept.map(|kept| kept.id.as_str().to_owned()).collect()
}

/// The ids in what a process says, until it says no more.
fn confirmed(line: &str) -> Option<String> {
    let (_, id) = line.split_once(SAVED)?;
    // A line that the kill cut short confirms nothing.
    (id.len() == 20).then(|| id.to_owned())
}

#[test]
fn a_process_killed_while_it_sets_bookmarks_loses_none_that_it_said_were_saved() {
    let kills: usize = env::var(KILLS)
        .ok()
        .and_then(|kills| kills.parse().ok())
        .unwrap_or(40);
    let mut folder = tempfile::tempdir().unwrap();
    let mut saved: Vec<String> = Vec::new();
    let mut all = 0;
    for kill in 0..kills {
        // A file of few bookmarks is written faster, and killed in more places.
        if kill % 25 == 0 {
            folder = tempfile::tempdir().unwrap();
            saved.clear();
        }
        let mut child = start(folder.path(), 0);
        let mut lines = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok);
        let few = lines
            .by_ref()
            .filter_map(|line| confirmed(&line))
            .take(kill % 4 + 1);
        let mut new: Vec<String> = few.collect();
        thread::sleep(Duration::from_micros(
            u64::try_from(kill * 7_919 % 9_000).unwrap(),
        ));
        child.kill().unwrap();
        child.wait().unwrap();
        new.extend(lines.filter_map(|line| confirmed(&line)));
        all += new.len();
        saved.extend(new);

        let mut shelf = open(folder.path());
        assert_eq!(shelf.take_notices(), [], "after kill {kill}");
        let there = ids(&shelf);
        let lost: Vec<_> = saved.iter().filter(|id| !there.contains(id)).collect();
        assert!(lost.is_empty(), "kill {kill} lost {lost:?}");
    }
    println!("{kills} kills, {all} bookmarks confirmed: 0 lost, 0 unreadable files");
}

#[test]
fn eight_processes_at_once_lose_nothing_of_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let mut children: Vec<Child> = (0..8).map(|_| start(folder.path(), 100)).collect();
    let mut said = Vec::new();
    for child in &mut children {
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        said.extend(
            lines
                .map_while(Result::ok)
                .filter_map(|line| confirmed(&line)),
        );
        assert!(child.wait().unwrap().success());
    }
    let mut there = ids(&open(folder.path()));
    there.sort();
    said.sort();
    assert_eq!(there.len(), 800);
    assert_eq!(there, said);
}
