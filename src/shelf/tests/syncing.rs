//! That a save waits for the disk, in the right order; and how it waits for a lock.

use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{MetadataExt, symlink};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::*;
use crate::shelf::disk::{Lock, PATIENCE};
use crate::shelf::system::{Kernel, System};

const WORDS: &str = "Nobody keeps a line number for long.";

/// A call as it was made; files and folders by their inode, which a renaming leaves as it is.
#[derive(Debug, Clone, PartialEq)]
enum Call {
    Write(u64),
    Sync(u64),
    Rename(PathBuf),
    /// The reader was told that it is saved.
    Said,
}

/// Takes down the calls that matter, and makes them.
#[derive(Debug, Clone, Default)]
struct Recorder {
    calls: Arc<Mutex<Vec<Call>>>,
}

impl Recorder {
    fn note(&self, call: Call) {
        self.calls.lock().unwrap().push(call);
    }
}

impl System for Recorder {
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        self.note(Call::Write(file.metadata()?.ino()));
        Kernel.write(file, bytes)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        self.note(Call::Sync(file.metadata()?.ino()));
        Kernel.sync(file)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.note(Call::Rename(to.to_owned()));
        Kernel.rename(from, to)
    }

    fn try_lock(&self, file: &File) -> Result<(), TryLockError> {
        Kernel.try_lock(file)
    }

    fn sleep(&self, pause: Duration) {
        Kernel.sleep(pause);
    }

    fn now(&self) -> Instant {
        Kernel.now()
    }
}

fn inode(path: &Path) -> u64 {
    fs::metadata(path).unwrap().ino()
}

#[test]
fn what_is_saved_is_written_synced_renamed_and_its_folder_synced_before_it_is_said() {
    let desk = Desk::new();
    let recorder = Recorder::default();
    let mut shelf = shelf(&desk.library_on(Arc::new(LocalDisk(recorder.clone()))));
    add(&mut shelf, WORDS);
    recorder.note(Call::Said);
    let file = inode(&desk.file());
    assert_eq!(
        *recorder.calls.lock().unwrap(),
        [
            Call::Write(file),
            Call::Sync(file),
            Call::Rename(desk.file()),
            Call::Sync(inode(desk.path())),
            Call::Said,
        ]
    );
}

#[test]
fn the_name_of_a_new_folder_lasts_before_anything_is_written_into_it() {
    let desk = Desk::new();
    let folder = desk.path().join("one/two");
    let recorder = Recorder::default();
    let disk = Arc::new(LocalDisk(recorder.clone()));
    let library = Library::with(Some(folder.clone()), disk, desk.clock.clone());
    add(&mut shelf(&library), WORDS);
    let calls = recorder.calls.lock().unwrap();
    let above = [desk.path(), folder.parent().unwrap()];
    assert_eq!(calls[..2], above.map(|folder| Call::Sync(inode(folder))));
    assert!(matches!(calls[2], Call::Write(_)), "{calls:?}");
}

#[test]
fn a_rescued_file_is_synced_with_its_folder() {
    let desk = Desk::new();
    let recorder = Recorder::default();
    let mut stuck = shelf(&Library::with(
        None,
        Arc::new(LocalDisk(recorder.clone())),
        desk.clock.clone(),
    ));
    stuck.add(at(&stuck, WORDS)).unwrap_err();
    let path = stuck.rescue().unwrap();
    let (file, folder) = (inode(&path), inode(path.parent().unwrap()));
    fs::remove_file(path).unwrap();
    assert_eq!(
        *recorder.calls.lock().unwrap(),
        [Call::Write(file), Call::Sync(file), Call::Sync(folder)]
    );
}

/// A lock that is asked for again and again, on a clock that only the waiting moves.
#[derive(Debug)]
struct Waiting {
    began: Instant,
    /// How long was waited so far, and how often the lock was asked for.
    waited: Mutex<(Duration, usize)>,
    answer: Answer,
}

/// What comes of asking for the lock.
#[derive(Debug, Clone, Copy)]
enum Answer {
    HeldAfter(usize),
    Never(ErrorKind),
}

impl System for Waiting {
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        Kernel.write(file, bytes)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        Kernel.sync(file)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        Kernel.rename(from, to)
    }

    fn try_lock(&self, _: &File) -> Result<(), TryLockError> {
        let mut waited = self.waited.lock().unwrap();
        waited.1 += 1;
        match self.answer {
            Answer::HeldAfter(times) if waited.1 > times => Ok(()),
            Answer::HeldAfter(_) => Err(TryLockError::WouldBlock),
            Answer::Never(ErrorKind::WouldBlock) => Err(TryLockError::WouldBlock),
            Answer::Never(kind) => Err(TryLockError::Error(kind.into())),
        }
    }

    fn sleep(&self, pause: Duration) {
        self.waited.lock().unwrap().0 += pause;
    }

    fn now(&self) -> Instant {
        self.began + self.waited.lock().unwrap().0
    }
}

/// What came of asking for the lock, how long that took, and how often it was asked for.
fn wait_for(answer: Answer) -> (Lock, Duration, usize) {
    let desk = Desk::new();
    let disk = LocalDisk(Waiting {
        began: Instant::now(),
        waited: Mutex::default(),
        answer,
    });
    let lock = disk.lock(&desk.path().join(".lock")).unwrap();
    let (waited, asked) = *disk.0.waited.lock().unwrap();
    (lock, waited, asked)
}

#[test]
fn a_lock_that_another_holds_is_waited_for_but_not_for_ever() {
    let (lock, waited, asked) = wait_for(Answer::HeldAfter(3));
    assert!(matches!(lock, Lock::Held(_)));
    assert!(!waited.is_zero() && waited < PATIENCE, "{waited:?}");
    assert_eq!(asked, 4);
    let (lock, waited, asked) = wait_for(Answer::Never(ErrorKind::WouldBlock));
    assert!(matches!(lock, Lock::Busy));
    assert!(waited >= PATIENCE && asked > 100, "{waited:?}, {asked}");
}

#[test]
fn signals_without_end_do_not_keep_a_save_waiting_for_ever() {
    let (lock, waited, asked) = wait_for(Answer::Never(ErrorKind::Interrupted));
    assert!(matches!(lock, Lock::Busy));
    assert!(waited >= PATIENCE && asked < 2_000, "{waited:?}, {asked}");
}

#[test]
fn a_disk_without_locks_is_not_waited_for() {
    let (lock, waited, asked) = wait_for(Answer::Never(ErrorKind::Unsupported));
    assert!(matches!(lock, Lock::Unsupported));
    assert_eq!((waited, asked), (Duration::ZERO, 1));
}

#[test]
fn a_link_in_the_place_of_the_lock_makes_no_file_elsewhere() {
    let desk = Desk::new();
    let elsewhere = desk.path().join("elsewhere");
    symlink(&elsewhere, desk.path().join(".lock")).unwrap();
    let mut shelf = desk.shelf();
    let failure = shelf.add(at(&shelf, WORDS)).unwrap_err().to_string();
    assert!(failure.contains(".lock"), "{failure}");
    assert!(!elsewhere.exists());
}

#[test]
fn a_file_replaced_by_one_of_the_same_length_and_time_is_known_to_be_another() {
    let desk = Desk::new();
    let paths = ["one", "other"].map(|name| desk.path().join(name));
    let stamps = paths.map(|path| {
        fs::write(&path, "words").unwrap();
        let file = File::options().write(true).open(&path).unwrap();
        file.set_modified(std::time::UNIX_EPOCH).unwrap();
        LocalDisk::new().stamp(&path).unwrap()
    });
    assert_ne!(stamps[0], stamps[1]);
}
