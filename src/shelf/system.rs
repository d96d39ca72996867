//! The calls of the system that make what is written last, and those that wait for a lock; apart,
//! so that a test can take down their order and answer in their place.

use std::fmt::Debug;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// Each is one call, and does nothing else.
pub(crate) trait System: Debug + Send + Sync {
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()>;

    /// fsync: of a file or, opened for reading, of a folder.
    fn sync(&self, file: &File) -> io::Result<()>;

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    fn try_lock(&self, file: &File) -> Result<(), TryLockError>;

    fn sleep(&self, pause: Duration);

    fn now(&self) -> Instant;
}

/// The machine's own.
#[derive(Debug)]
pub(crate) struct Kernel;

impl System for Kernel {
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn try_lock(&self, file: &File) -> Result<(), TryLockError> {
        file.try_lock()
    }

    fn sleep(&self, pause: Duration) {
        thread::sleep(pause);
    }

    fn now(&self) -> Instant {
        Instant::now()
    }
}
