//! Seeing that the file of an open paper has changed.
//!
//! The folder is watched, not the file: editors put a new file in the place of the old one.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::action::Action;
use super::open::DocumentId;
use super::session::Message;

/// How long nothing must happen to a file before it is read: one saving is several events.
const QUIET: Duration = Duration::from_millis(60);

/// How long a file that is written on and on is waited for.
const MAX_WAIT: Duration = Duration::from_millis(600);

/// The files of the open papers: folder, name, and which paper it is.
type Files = Arc<Mutex<Vec<(PathBuf, OsString, DocumentId)>>>;

/// Watches the files of the open papers.
pub(super) struct FileWatcher {
    watcher: RecommendedWatcher,
    files: Files,
    folders: HashSet<PathBuf>,
}

impl fmt::Debug for FileWatcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut watcher = f.debug_struct("FileWatcher");
        watcher.field("folders", &self.folders);
        watcher.finish_non_exhaustive()
    }
}

impl FileWatcher {
    /// A watcher that reports changes through `tell`; none where the system has no means for it.
    pub(super) fn start(tell: impl Fn(Message) + Send + 'static) -> Option<Self> {
        let files = Files::default();
        let (sender, changes) = mpsc::channel();
        let known = Arc::clone(&files);
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if let Ok(event) = event {
                report(&event, &known, &sender);
            }
        })
        .ok()?;
        let debounce = move || debounce(&changes, tell);
        let thread = thread::Builder::new().name("watcher".to_owned());
        thread.spawn(debounce).ok()?;
        Some(FileWatcher {
            watcher,
            files,
            folders: HashSet::new(),
        })
    }

    /// Watches a file, whose path has no links in it, from now on.
    pub(super) fn watch(&mut self, id: DocumentId, file: &Path) {
        let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else {
            return;
        };
        {
            let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
            if files.iter().any(|known| known.2 == id) {
                return;
            }
            files.push((folder.to_owned(), name.to_owned(), id));
        }
        if self.folders.insert(folder.to_owned()) {
            // A folder that cannot be watched is one whose papers are read again by hand.
            let _ = self.watcher.watch(folder, RecursiveMode::NonRecursive);
        }
    }
}

/// Passes on which of the open papers an event is about. That a file is read is none.
fn report(event: &notify::Event, files: &Files, changes: &Sender<DocumentId>) {
    let is_written = match event.kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        _ => true,
    };
    if !is_written {
        return;
    }
    let files = files.lock().unwrap_or_else(PoisonError::into_inner);
    for path in &event.paths {
        let is_it = |(folder, name, _): &&(PathBuf, OsString, DocumentId)| {
            path.parent() == Some(folder) && path.file_name() == Some(name)
        };
        for (_, _, id) in files.iter().filter(is_it) {
            // When the program ends, nobody is interested any more.
            let _ = changes.send(*id);
        }
    }
}

/// Reports each file once it has been quiet for a moment.
fn debounce(changes: &Receiver<DocumentId>, tell: impl Fn(Message)) {
    while let Ok(first) = changes.recv() {
        let mut changed = vec![first];
        let end = Instant::now() + MAX_WAIT;
        loop {
            match changes.recv_timeout(QUIET) {
                Ok(id) if changed.contains(&id) => {}
                Ok(id) => changed.push(id),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
            if Instant::now() >= end {
                break;
            }
        }
        for id in changed {
            tell(Message::To(id, Action::FileChanged));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_that_is_written_or_replaced_is_reported_and_its_neighbour_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().canonicalize().unwrap();
        let file = folder.join("paper.md");
        fs::write(&file, "One").unwrap();
        let (sender, told) = mpsc::channel();
        let mut watcher = FileWatcher::start(move |message| drop(sender.send(message))).unwrap();
        watcher.watch(DocumentId::default(), &file);
        let is_told = |told: &Receiver<Message>| {
            let message = told.recv_timeout(Duration::from_secs(10));
            matches!(message, Ok(Message::To(_, Action::FileChanged)))
        };
        fs::write(&file, "Two").unwrap();
        assert!(is_told(&told));
        fs::write(folder.join("new.md"), "Three").unwrap();
        fs::rename(folder.join("new.md"), &file).unwrap();
        assert!(is_told(&told));
        fs::read(&file).unwrap();
        fs::write(folder.join("other.md"), "Four").unwrap();
        assert!(told.recv_timeout(Duration::from_millis(400)).is_err());
    }
}
