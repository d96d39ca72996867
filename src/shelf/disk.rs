//! The steps that a save is made of, one call each, so that a test can make any of them fail.

use std::fmt::Debug;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use tempfile::{Builder, NamedTempFile};

use super::system::{Kernel, System};

/// How long another opcit is waited for.
pub(super) const PATIENCE: Duration = Duration::from_secs(2);

/// How long it is waited for by a program that is about to end.
const LAST_PATIENCE: Duration = Duration::from_millis(100);

/// Whether the program is about to end.
static IS_HURRIED: AtomicBool = AtomicBool::new(false);

/// Has all waiting for other opcits end soon, since the program is about to end.
pub fn hurry() {
    IS_HURRIED.store(true, Ordering::Relaxed);
}

fn patience() -> Duration {
    if IS_HURRIED.load(Ordering::Relaxed) {
        LAST_PATIENCE
    } else {
        PATIENCE
    }
}

/// How long it takes to ask again.
const PAUSE: Duration = Duration::from_millis(3);

/// How the temporary files are called, before and after some random letters.
pub(crate) const TEMPORARY: (&str, &str) = (".opcit-", ".tmp");

/// A disk. Each call is one step, which is done whole or says why not.
pub(crate) trait Disk: Debug + Send + Sync {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// What changes when a file is written or replaced.
    fn stamp(&self, path: &Path) -> io::Result<Stamp>;

    /// The files in a folder, in any order.
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;

    /// Where a symbolic link leads; an error if it is none.
    fn read_link(&self, path: &Path) -> io::Result<PathBuf>;

    /// Makes a folder that only its owner may enter, and those above it, so that they last.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;

    /// Takes the lock, waiting for up to two seconds.
    fn lock(&self, path: &Path) -> io::Result<Lock>;

    /// Makes a file of a new name that only its owner may read.
    fn create(&self, folder: &Path, name: (&str, &str)) -> io::Result<NamedTempFile>;

    fn write(&self, file: &mut NamedTempFile, bytes: &[u8]) -> io::Result<()>;

    /// Returns when what was written lasts.
    fn sync(&self, file: &NamedTempFile) -> io::Result<()>;

    /// Puts a file in the place of another, at once.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Returns when the names in a folder last.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    fn remove(&self, path: &Path) -> io::Result<()>;
}

/// By what a file is seen to have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stamp {
    modified: Option<SystemTime>,
    pub(super) bytes: u64,
    inode: u64,
}

/// What came of asking for a lock. It is given back when this is dropped, or its process ends.
#[derive(Debug)]
pub(crate) enum Lock {
    Held(#[expect(dead_code, reason = "an open file is what holds the lock")] File),
    /// Another opcit has it, and has not given it back.
    Busy,
    /// This file system has no locks.
    Unsupported,
}

/// The machine's own disk.
#[derive(Debug)]
pub(crate) struct LocalDisk<S = Kernel>(pub(super) S);

impl LocalDisk {
    pub(crate) fn new() -> Self {
        LocalDisk(Kernel)
    }
}

impl<S: System> Disk for LocalDisk<S> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn stamp(&self, path: &Path) -> io::Result<Stamp> {
        let metadata = fs::metadata(path)?;
        Ok(Stamp {
            modified: metadata.modified().ok(),
            bytes: metadata.len(),
            inode: inode(&metadata),
        })
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let entries = fs::read_dir(folder)?;
        entries.map(|entry| Ok(entry?.path())).collect()
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        fs::read_link(path)
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        if folder.is_dir() {
            return Ok(());
        }
        let missing = folder.ancestors().take_while(|above| !above.exists());
        let missing: Vec<_> = missing.collect();
        for new in missing.into_iter().rev() {
            make_private_folder(new)?;
            if let Some(above) = new.parent() {
                self.sync_folder(above)?;
            }
        }
        // A folder's name may stand for a file, or for a link that leads nowhere.
        make_private_folder(folder)
    }

    fn lock(&self, path: &Path) -> io::Result<Lock> {
        let file = open_lock(path)?;
        let asked = self.0.now();
        loop {
            match self.0.try_lock(&file) {
                Ok(()) => return Ok(Lock::Held(file)),
                Err(TryLockError::Error(error)) if error.kind() != ErrorKind::Interrupted => {
                    return Ok(Lock::Unsupported);
                }
                // Another opcit has it, or a signal came in between.
                Err(_) if self.0.now().duration_since(asked) < patience() => self.0.sleep(PAUSE),
                Err(_) => return Ok(Lock::Busy),
            }
        }
    }

    fn create(&self, folder: &Path, (prefix, suffix): (&str, &str)) -> io::Result<NamedTempFile> {
        let mut builder = Builder::new();
        builder.prefix(prefix).suffix(suffix).tempfile_in(folder)
    }

    fn write(&self, file: &mut NamedTempFile, bytes: &[u8]) -> io::Result<()> {
        self.0.write(file.as_file_mut(), bytes)
    }

    fn sync(&self, file: &NamedTempFile) -> io::Result<()> {
        self.0.sync(file.as_file())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.0.rename(from, to)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        match sync_names(folder, &self.0) {
            // Some file systems know no such thing as syncing a folder.
            Err(error) if error.kind() == ErrorKind::InvalidInput => Ok(()),
            other => other,
        }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }
}

/// The number of the file among those of its disk; 0 where there are none.
#[cfg(unix)]
pub(crate) fn inode(metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

/// The number of the file among those of its disk; 0 where there are none.
#[cfg(not(unix))]
pub(crate) fn inode(_: &fs::Metadata) -> u64 {
    0
}

fn make_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// The lock's file. A link there is not followed: in a folder that others can write to, it would
/// make a file wherever they like.
fn open_lock(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let no_follow = rustix::fs::OFlags::NOFOLLOW.bits();
        options
            .mode(0o600)
            .custom_flags(i32::try_from(no_follow).unwrap_or_default());
    }
    options.write(true).create(true).truncate(false).open(path)
}

#[cfg(unix)]
fn sync_names(folder: &Path, system: &impl System) -> io::Result<()> {
    system.sync(&File::open(folder)?)
}

#[cfg(not(unix))]
fn sync_names(_: &Path, _: &impl System) -> io::Result<()> {
    Ok(())
}
