//! Shelves on a real disk, in folders of their own.

mod annotations;
mod bookmarks;
mod damage;
mod disks;
mod failing;
mod importing;
mod listing;
mod passages;
mod sharing;
mod syncing;
mod undo;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use tempfile::TempDir;

use super::disk::{Disk, LocalDisk};
use super::timestamp::Clock;
use super::*;
use crate::formats::markdown::parse;
use crate::paper::{Paper, Position};

const PAPER: &str = "# On Keeping\n\nWe asked forty readers what they keep.\n\n\
    Nobody keeps a line number for long.\n\n# Findings\n\n\
    Most of them keep the words and forget the page.\n\nSome keep nothing at all.\n";

/// A clock that only goes when it is told to, and numbers that never come twice.
#[derive(Debug, Default)]
struct StoppedClock {
    millis: AtomicI64,
    drawn: AtomicU32,
}

impl StoppedClock {
    fn set(&self, millis: i64) {
        self.millis.store(millis, Ordering::SeqCst);
    }
}

impl Clock for StoppedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.millis.load(Ordering::SeqCst))
    }

    fn random(&self) -> u32 {
        self.drawn.fetch_add(1, Ordering::SeqCst)
    }
}

/// A folder of its own for a test, and the library in it.
struct Desk {
    folder: TempDir,
    clock: Arc<StoppedClock>,
}

/// A folder in memory where the system has one: thousands of files are synced, and a disk that
/// really does so takes most of the time.
fn folder_in_memory() -> TempDir {
    let in_memory = tempfile::tempdir_in("/dev/shm");
    let on_disk = |_| tempfile::tempdir();
    in_memory.or_else(on_disk).expect("a folder for the test")
}

impl Desk {
    fn new() -> Self {
        let clock = Arc::new(StoppedClock::default());
        clock.set(1_800_000_000_000);
        Desk {
            folder: folder_in_memory(),
            clock,
        }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn library(&self) -> Library {
        self.library_on(Arc::new(LocalDisk::new()))
    }

    fn library_on(&self, disk: Arc<dyn Disk>) -> Library {
        Library::with(Some(self.path().to_owned()), disk, self.clock.clone())
    }

    fn shelf(&self) -> Shelf {
        shelf(&self.library())
    }

    /// The one file of bookmarks in the folder.
    fn file(&self) -> PathBuf {
        let name = AnchorText::new(&paper(PAPER)).hash().to_owned();
        self.path().join(format!("{name}.jsonl"))
    }

    /// The names in the folder, sorted.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path()).expect("the folder");
        let names = entries.map(|entry| entry.expect("an entry").file_name());
        let mut names: Vec<_> = names
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

fn paper(source: &str) -> Paper {
    parse(source).paper
}

fn shelf(library: &Library) -> Shelf {
    opened(library.open(&paper(PAPER), &Origin::Elsewhere))
}

fn opened(opened: Opened) -> Shelf {
    match opened {
        Opened::Shelf(shelf) => *shelf,
        Opened::Ambiguous(candidates) => panic!("it may be any of {candidates:?}"),
    }
}

/// Where words stand in the paper that a shelf is about.
fn at(shelf: &Shelf, words: &str) -> Position {
    let place = shelf.text().words().find(words).expect("words of the text");
    shelf.text().position_of(place)
}

fn add(shelf: &mut Shelf, words: &str) -> AnnotationId {
    shelf.add(at(shelf, words)).expect("it is saved")
}

fn import(shelf: &mut Shelf, file: &str) -> Result<Imported, Failure> {
    shelf.import(&Batch::joined(read_bookmarks(file)?))
}

fn labels(shelf: &Shelf) -> Vec<&str> {
    let bookmarks = shelf.bookmarks().into_iter();
    bookmarks.map(|kept| kept.label.as_str()).collect()
}
