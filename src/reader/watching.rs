//! Seeing that the file of an open paper has changed.
//!
//! The program has a process of its own watch the file, itself once more, which says so in a byte
//! for each change. A system takes a while to end a watch, Linux some 10 ms, and that holds up the
//! end of whichever process has it: so the shell has its prompt at once.
//!
//! The folder is watched, not the file: editors put a new file in the place of the old one.

use std::collections::HashSet;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::action::Action;
use super::open::DocumentId;
use super::session::Message;
use crate::shelf::Origin;

/// The name under which the program is called to watch a file for another process.
pub const WATCH_COMMAND: &str = "watch-for-opcit";

/// What it writes for each change.
const CHANGED: &[u8] = b"\n";

/// How long nothing must happen to a file before it is read: one saving is several events.
const QUIET: Duration = Duration::from_millis(60);

/// How long a file that is written on and on is waited for.
const MAX_WAIT: Duration = Duration::from_millis(600);

/// When a file was written last, in nanoseconds since 1970; 0 if that is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FileTime(u64);

/// The file of a paper that is about to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PaperFile {
    /// Without links in it.
    pub(crate) path: PathBuf,
    /// When it had been written last before it was read, so that a change since is seen whenever it
    /// is watched.
    written: FileTime,
}

impl PaperFile {
    /// The file at a path; none if there is none.
    pub(crate) fn at(path: &Path) -> Option<Self> {
        let path = path.canonicalize().ok()?;
        let written = FileTime::read(&path);
        Some(PaperFile { path, written })
    }

    /// A file that is not there, at a path.
    #[cfg(test)]
    pub(crate) fn away(path: PathBuf) -> Self {
        let written = FileTime::read(&path);
        PaperFile { path, written }
    }

    /// The file that a paper comes from.
    pub(crate) fn from_origin(origin: &Origin) -> Option<Self> {
        PaperFile::at(origin.file()?)
    }
}

impl FileTime {
    fn read(file: &Path) -> Self {
        let written = fs::metadata(file).and_then(|found| found.modified());
        let since = written
            .ok()
            .and_then(|it| it.duration_since(SystemTime::UNIX_EPOCH).ok());
        let nanos = since.and_then(|since| u64::try_from(since.as_nanos()).ok());
        FileTime(nanos.unwrap_or_default())
    }
}

/// Has the files of the open papers watched.
#[derive(Debug, Default)]
pub(super) struct FileWatcher {
    watched: HashSet<DocumentId>,
}

impl FileWatcher {
    /// Has a file watched from now on, and reports changes through `tell`, also one between reading
    /// it and now. A file that cannot be watched is read again by hand.
    pub(super) fn watch(
        &mut self,
        id: DocumentId,
        file: &PaperFile,
        tell: impl Fn(Message) + Send + 'static,
    ) {
        if !self.watched.insert(id) {
            return;
        }
        let file = file.clone();
        let tell = move || tell(Message::To(id, Action::FileChanged));
        let listen = move || listen(&file, tell);
        let thread = thread::Builder::new().name("watcher".to_owned());
        let _cannot_be_watched = thread.spawn(listen).err();
    }
}

/// Has a process watch the file, and passes on what it says until one of both ends.
fn listen(file: &PaperFile, tell: impl Fn()) -> io::Result<()> {
    let mut process = Command::new(env::current_exe()?)
        .arg(WATCH_COMMAND)
        .arg(file.written.0.to_string())
        .arg(&file.path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        // It has no part in what happens to the job.
        .process_group(0)
        .spawn()?;
    // It ends when this end of its input is closed, however this process ends.
    let _input = process.stdin.take();
    for change in process.stdout.take().into_iter().flat_map(Read::bytes) {
        change?;
        tell();
    }
    process.wait().map(drop)
}

/// Watches a file for another process until that closes standard input. One that was not written
/// last at this time, in nanoseconds since 1970, has changed already.
///
/// # Errors
///
/// When the system has no means to watch the file.
pub fn watch_for_another(written_nanos: u64, file: &Path) -> io::Result<()> {
    let tell = || {
        let mut out = io::stdout().lock();
        // When the other process has ended, nobody is interested any more.
        let _ = out.write_all(CHANGED).and_then(|()| out.flush());
    };
    let _watcher = watch(file, FileTime(written_nanos), tell).map_err(io::Error::other)?;
    io::copy(&mut io::stdin().lock(), &mut io::sink()).map(drop)
}

/// Reports changes of a file through `tell` as long as the watcher lives.
fn watch(
    file: &Path,
    known: FileTime,
    tell: impl Fn() + Send + 'static,
) -> notify::Result<RecommendedWatcher> {
    let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else {
        return Err(notify::Error::path_not_found());
    };
    let (sender, changes) = mpsc::channel();
    let (changed, name) = (sender.clone(), name.to_owned());
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| is_change(&event, &name)) {
            let _ = changed.send(());
        }
    })?;
    watcher.watch(folder, RecursiveMode::NonRecursive)?;
    if FileTime::read(file) != known {
        let _ = sender.send(());
    }
    thread::Builder::new().spawn(move || debounce(&changes, tell))?;
    Ok(watcher)
}

/// Whether an event in a folder is a change of the file with this name. That it is read is none.
fn is_change(event: &notify::Event, name: &OsStr) -> bool {
    let is_written = match event.kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        _ => true,
    };
    is_written
        && event
            .paths
            .iter()
            .any(|path| path.file_name() == Some(name))
}

/// Reports changes once the file has been quiet for a moment.
fn debounce(changes: &Receiver<()>, tell: impl Fn()) {
    while let Ok(()) = changes.recv() {
        let end = Instant::now() + MAX_WAIT;
        loop {
            match changes.recv_timeout(QUIET) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
            if Instant::now() >= end {
                break;
            }
        }
        tell();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a change is told within some seconds.
    fn is_told(told: &Receiver<()>) -> bool {
        told.recv_timeout(Duration::from_secs(10)).is_ok()
    }

    #[test]
    fn a_file_that_is_written_or_replaced_is_reported_and_its_neighbour_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().canonicalize().unwrap();
        let file = folder.join("paper.md");
        fs::write(&file, "One").unwrap();
        let (sender, told) = mpsc::channel();
        let known = FileTime::read(&file);
        let _watcher = watch(&file, known, move || sender.send(()).unwrap_or_default()).unwrap();
        fs::write(&file, "Two").unwrap();
        assert!(is_told(&told));
        fs::write(folder.join("new.md"), "Three").unwrap();
        fs::rename(folder.join("new.md"), &file).unwrap();
        assert!(is_told(&told));
        fs::read(&file).unwrap();
        fs::write(folder.join("other.md"), "Four").unwrap();
        assert!(told.recv_timeout(Duration::from_millis(400)).is_err());
    }

    #[test]
    fn a_file_that_was_written_between_reading_and_watching_it_is_reported() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("paper.md");
        fs::write(&file, "One").unwrap();
        let before = FileTime(FileTime::read(&file).0 - 1);
        let (sender, told) = mpsc::channel();
        let _watcher = watch(&file, before, move || sender.send(()).unwrap_or_default()).unwrap();
        assert!(is_told(&told));
    }
}
