//! The file of one paper: read tolerantly, written durably.
//!
//! A save takes the lock, reads again, merges, writes a temporary file beside the old one, syncs it,
//! renames it over the old one and syncs the folder. So at any moment the file is whole, and when a
//! save returns, what it saved outlasts the power. Reading makes no file.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk::{Disk, Lock, Stamp, TEMPORARY};
use super::failure::{Failure, ShelfNotice};
use super::file::{self, Contents};
use super::merge::Records;
use super::reason::SystemReason;
use super::timestamp::Timestamp;

/// What every file of bookmarks ends with.
pub(crate) const EXTENSION: &str = "jsonl";

/// How long a file may be, in bytes. A longer one is not read, and none is written.
pub const MAX_FILE_BYTES: usize = 64 << 20;

/// How often a step is taken again that a signal broke off.
const MAX_INTERRUPTIONS: usize = 100;

/// How many links to links are followed, as many as Linux does.
const MAX_LINKS: usize = 40;

/// One paper's file, and what is known of it.
#[derive(Debug)]
pub(crate) struct Store {
    disk: Arc<dyn Disk>,
    folder: Option<PathBuf>,
    /// The file's name, without what it ends with.
    name: String,
    /// The file as it was read or written last.
    seen: Option<Stamp>,
    /// Hashes of contents that are merged in, so that they are not read again.
    known: BTreeSet<[u8; 32]>,
    /// Hashes of damaged contents that are kept aside.
    kept_aside: BTreeSet<[u8; 32]>,
    has_told_of_locks: bool,
}

/// A file as it was read, to be gone on with.
#[derive(Debug)]
pub(crate) struct ReadStore {
    pub(crate) store: Store,
    pub(crate) records: Records,
    /// What a reader should know about it.
    pub(crate) notices: Vec<ShelfNotice>,
}

impl ReadStore {
    /// Reads a file, with the copies of it that a syncer left.
    pub(crate) fn new(store: Store) -> Self {
        let files = store.files();
        Self::among(store, &files)
    }

    /// The same, of the files of the folder that may be such copies.
    pub(crate) fn among(mut store: Store, files: &[PathBuf]) -> Self {
        let mut records = Records::default();
        let notices = store.load_among(&mut records, files);
        ReadStore {
            store,
            records,
            notices,
        }
    }
}

impl Store {
    /// The file of a name in a folder; in no folder nothing can be saved.
    pub(crate) fn new(disk: Arc<dyn Disk>, folder: Option<PathBuf>, name: String) -> Self {
        Store {
            disk,
            folder,
            name,
            seen: None,
            known: BTreeSet::new(),
            kept_aside: BTreeSet::new(),
            has_told_of_locks: false,
        }
    }

    /// The file's name, without what it ends with.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Merges the file, and copies that a syncer left, into the records. Makes no file.
    pub(crate) fn load(&mut self, records: &mut Records) -> Vec<ShelfNotice> {
        let files = self.files();
        self.load_among(records, &files)
    }

    /// The same, of the files of the folder that may be such copies.
    fn load_among(&mut self, records: &mut Records, files: &[PathBuf]) -> Vec<ShelfNotice> {
        let Some(path) = self.path() else {
            return vec![ShelfNotice::NoFolder];
        };
        self.seen = self.disk.stamp(&path).ok();
        let mut notices = Vec::new();
        match self.read_new(&path) {
            Ok(Some(new)) => {
                notices.extend(complaint(&new.contents, &path));
                records.merge(new.contents.records);
            }
            Ok(None) => {}
            Err(error) => notices.push(ShelfNotice::Unreadable {
                path,
                reason: SystemReason(&error).to_string(),
            }),
        }
        notices.extend(self.merge_copies(records, files));
        notices
    }

    /// Whether the file has been changed by another since it was read or written here.
    pub(crate) fn is_stale(&self) -> bool {
        let stamp = self.path().and_then(|path| self.disk.stamp(&path).ok());
        stamp.is_some() && stamp != self.seen
    }

    /// Saves the records, with what others have saved since; both are in `records` afterwards.
    pub(crate) fn save(
        &mut self,
        records: &mut Records,
        now: Timestamp,
    ) -> Result<Vec<ShelfNotice>, Failure> {
        let folder = self.folder.clone().ok_or(Failure::NoFolder)?;
        let path = self.path().ok_or(Failure::NoFolder)?;
        attempt("make", &folder, || self.disk.make_folder(&folder))?;
        let mut notices = Vec::new();
        let lock = self.lock(&folder)?;
        if matches!(lock, Lock::Held(_)) {
            self.remove_leftovers(&folder);
        } else if !std::mem::replace(&mut self.has_told_of_locks, true) {
            notices.push(ShelfNotice::Unlocked);
        }
        notices.extend(self.merge_file(&path, records, now)?);
        let files = self.files();
        notices.extend(self.merge_copies(records, &files));
        records.forget_old_changes();
        let bytes = file::write(records).into_bytes();
        if bytes.len() > MAX_FILE_BYTES {
            let limit = MAX_FILE_BYTES;
            return Err(Failure::LargeFile { path, limit });
        }
        self.replace(&path, &bytes)?;
        self.known.insert(hash(&bytes));
        self.seen = self.disk.stamp(&path).ok();
        Ok(notices)
    }

    /// Writes the records to a new file in another folder, and returns its path.
    pub(crate) fn rescue(&self, records: &Records, folder: &Path) -> Result<PathBuf, Failure> {
        let name = ("opcit-bookmarks-", ".jsonl");
        let bytes = file::write(records).into_bytes();
        let mut new = attempt("write to", folder, || self.disk.create(folder, name))?;
        let path = new.path().to_owned();
        attempt("write", &path, || self.disk.write(&mut new, &bytes))?;
        attempt("write", &path, || self.disk.sync(&new))?;
        new.disable_cleanup(true);
        attempt("write to", folder, || self.disk.sync_folder(folder))?;
        Ok(path)
    }

    /// Moves the file, and copies that a syncer left, into a folder in that of the library, all of
    /// them or none. Returns the file there, whose name begins with the time. Where even moving back
    /// fails, that is what the failure says.
    pub(crate) fn set_aside(&self, inner: &str, now: Timestamp) -> Result<PathBuf, Failure> {
        let folder = self.folder.as_ref().ok_or(Failure::NoFolder)?;
        let (aside, disk) = (folder.join(inner), &self.disk);
        attempt("make", &aside, || disk.make_folder(&aside))?;
        let _lock = self.lock(folder)?;
        let time = now.to_string().replace([':', '-'], "");
        let own = folder.join(format!("{}.{EXTENSION}", self.name));
        let moved = |path: &Path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            aside.join(format!("{time}-{name}"))
        };
        let mut gone = Vec::new();
        let mut all = || {
            let files = attempt("list", folder, || disk.list(folder))?;
            // The copies first: one that stayed would be taken for the paper's file later.
            for path in self.copies(&files).chain([&own]) {
                attempt("move", path, || disk.rename(path, &moved(path)))?;
                gone.push(path.clone());
            }
            attempt("sync", &aside, || disk.sync_folder(&aside))?;
            attempt("sync", folder, || disk.sync_folder(folder))
        };
        if let Err(failure) = all() {
            let mut stuck = None;
            for path in gone.iter().rev() {
                let there = moved(path);
                let back = attempt("move back", &there, || disk.rename(&there, path));
                // The others are moved back all the same.
                stuck = stuck.or(back.err());
            }
            return Err(stuck.unwrap_or(failure));
        }
        Ok(moved(&own))
    }

    /// Where the file is; if it is a link, where that leads, so that the link stays.
    fn path(&self) -> Option<PathBuf> {
        let folder = self.folder.as_ref()?;
        let mut path = folder.join(format!("{}.{EXTENSION}", self.name));
        for _ in 0..MAX_LINKS {
            match self.disk.read_link(&path) {
                Ok(target) => path = path.parent().unwrap_or(folder).join(target),
                Err(_) => break,
            }
        }
        Some(path)
    }

    fn lock(&self, folder: &Path) -> Result<Lock, Failure> {
        // A file of its own: the data file is replaced, and a lock on it would go with it.
        let path = folder.join(".lock");
        match attempt("lock", &path, || self.disk.lock(&path))? {
            Lock::Busy => Err(Failure::Busy { path }),
            lock => Ok(lock),
        }
    }

    /// Removes temporary files that a killed opcit has left. Whoever writes one holds the lock.
    fn remove_leftovers(&self, folder: &Path) {
        for path in self.disk.list(folder).unwrap_or_default() {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1) {
                // What cannot be removed does no harm.
                let _ = self.disk.remove(&path);
            }
        }
    }

    /// Merges what is in the file now, unless it is known; refuses a later version's file, and
    /// keeps a damaged one aside.
    fn merge_file(
        &mut self,
        path: &Path,
        records: &mut Records,
        now: Timestamp,
    ) -> Result<Option<ShelfNotice>, Failure> {
        let Some(new) = attempt("read", path, || self.read_new(path))? else {
            return Ok(None);
        };
        let version = new.contents.version;
        if new.contents.is_newer() {
            let path = path.to_owned();
            return Err(Failure::Newer { path, version });
        }
        let mut notice = None;
        if new.contents.broken > 0 && !self.kept_aside.contains(&hash(&new.bytes)) {
            let path = self.keep_aside(path, &new.bytes, now)?;
            notice = Some(ShelfNotice::KeptAside { path });
        }
        records.merge(new.contents.records);
        Ok(notice)
    }

    /// Writes a damaged file's bytes to a file of another name.
    fn keep_aside(
        &mut self,
        path: &Path,
        bytes: &[u8],
        now: Timestamp,
    ) -> Result<PathBuf, Failure> {
        let time = now.to_string().replace([':', '-'], "");
        let hash = hash(bytes);
        let [a, b, ..] = hash;
        let aside = path.with_extension(format!("damaged-{time}-{a:02x}{b:02x}"));
        self.replace(&aside, bytes)?;
        self.kept_aside.insert(hash);
        Ok(aside)
    }

    /// Puts bytes in the place of a file, durably and at once.
    fn replace(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        let folder = path.parent().unwrap_or(Path::new("."));
        let disk = &self.disk;
        let mut new = attempt("write to", folder, || disk.create(folder, TEMPORARY))?;
        attempt("write", path, || disk.write(&mut new, bytes))?;
        attempt("write", path, || disk.sync(&new))?;
        attempt("replace", path, || disk.rename(new.path(), path))?;
        new.disable_cleanup(true);
        attempt("sync", path, || disk.sync_folder(folder))
    }

    /// Merges the copies that a file syncer made of two versions, and leaves them where they are.
    fn merge_copies(&mut self, records: &mut Records, files: &[PathBuf]) -> Option<ShelfNotice> {
        let mut copies = 0;
        let paths: Vec<_> = self.copies(files).collect();
        for path in paths {
            // A copy that cannot be read loses nothing: it is not touched.
            if let Ok(Some(new)) = self.read_new(path) {
                self.known.insert(hash(&new.bytes));
                copies += usize::from(records.merge(new.contents.records));
            }
        }
        (copies > 0).then_some(ShelfNotice::Merged { copies })
    }

    /// The files in the folder, by name.
    fn files(&self) -> Vec<PathBuf> {
        let folder = self.folder.as_ref();
        let mut paths = folder.map_or_else(Vec::new, |folder| {
            self.disk.list(folder).unwrap_or_default()
        });
        paths.sort();
        paths
    }

    /// Files that are named like this one, with something between name and ending: every syncer
    /// has its own words there.
    fn copies<'a>(&self, files: &'a [PathBuf]) -> impl Iterator<Item = &'a PathBuf> {
        files.iter().filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let between = name
                .strip_prefix(&self.name)
                .and_then(|rest| rest.strip_suffix(EXTENSION)?.strip_suffix('.'));
            between.is_some_and(|between| !between.is_empty())
        })
    }

    /// Reads a file; none if there is none, or if what is in it has been merged before.
    fn read_new(&mut self, path: &Path) -> io::Result<Option<New>> {
        let is_too_large = |stamp: Stamp| stamp.bytes > MAX_FILE_BYTES as u64;
        if self.disk.stamp(path).is_ok_and(is_too_large) {
            return Err(ErrorKind::FileTooLarge.into());
        }
        let bytes = match retried(|| self.disk.read(path)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let hash = hash(&bytes);
        if self.known.contains(&hash) {
            return Ok(None);
        }
        let contents = file::read(&bytes);
        if contents.broken == 0 && !contents.is_newer() {
            self.known.insert(hash);
        }
        Ok(Some(New { contents, bytes }))
    }
}

/// What was found in a file that has not been read before.
struct New {
    contents: Contents,
    bytes: Vec<u8>,
}

fn hash(bytes: &[u8]) -> [u8; 32] {
    *blake3::hash(bytes).as_bytes()
}

/// What a reader should know about a file that was read.
fn complaint(contents: &Contents, path: &Path) -> Option<ShelfNotice> {
    let path = path.to_owned();
    if contents.is_newer() {
        let version = contents.version;
        return Some(ShelfNotice::Newer { path, version });
    }
    let lines = contents.broken;
    (lines > 0).then_some(ShelfNotice::Damaged { path, lines })
}

/// Takes a step of the disk, and says what it was if it fails.
fn attempt<T>(
    doing: &'static str,
    path: &Path,
    step: impl FnMut() -> io::Result<T>,
) -> Result<T, Failure> {
    retried(step).map_err(|source| Failure::Disk {
        doing,
        path: path.to_owned(),
        source,
    })
}

/// Takes a step again if a signal broke it off.
fn retried<T>(mut step: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    for _ in 0..MAX_INTERRUPTIONS {
        match step() {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            done => return done,
        }
    }
    step()
}
