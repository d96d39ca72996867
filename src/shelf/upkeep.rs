//! Keeping the library in order: forgetting a paper, and noting that its file stands elsewhere.

use std::path::{Path, PathBuf};

use super::failure::{Failure, ShelfNotice};
use super::identity::PaperCandidate;
use super::library::Library;
use super::record::{Bare, Body, Record, RecordKey, RecordKind};

/// The folder, in that of the library, where files of forgotten papers go.
const FORGOTTEN: &str = "forgotten";

/// A place where a paper has stood, and where its file stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperMove {
    /// The paper.
    pub paper: PaperCandidate,
    /// Where it has stood.
    pub from: PathBuf,
    /// Where it stands instead.
    pub to: PathBuf,
}

impl Library {
    /// Forgets a paper: what is kept about it goes into the folder `forgotten` of the library, as it
    /// is. Returns the file there, with the time before its name; moved back without that, it is
    /// known again.
    ///
    /// # Errors
    /// When that cannot be done. Nothing is forgotten then, unless the failure says that a file
    /// could not be moved back.
    pub fn forget(&self, paper: &PaperCandidate) -> Result<PathBuf, Failure> {
        self.store(&paper.name).set_aside(FORGOTTEN, self.now())
    }

    /// What changes where papers stand when a file, or a folder with files, has been moved from
    /// one place to another: a move for each place in it where a paper has stood.
    #[must_use]
    pub fn moves(&self, old: &Path, new: &Path) -> (Vec<PaperMove>, Vec<ShelfNotice>) {
        let (old, new) = (settled(old), settled(new));
        let (papers, notices) = self.papers();
        let mut moves = Vec::new();
        for listed in papers {
            let within =
                |path: &PathBuf| Some((path.clone(), path.strip_prefix(&old).ok()?.into()));
            let within: Vec<(PathBuf, PathBuf)> =
                listed.paper.paths.iter().filter_map(within).collect();
            moves.extend(within.into_iter().map(|(from, inner)| PaperMove {
                paper: listed.paper.clone(),
                from,
                to: if inner.as_os_str().is_empty() {
                    new.clone()
                } else {
                    new.join(inner)
                },
            }));
        }
        (moves, notices)
    }

    /// Notes that a paper stands elsewhere. The file itself is not touched.
    ///
    /// # Errors
    /// When that cannot be saved.
    pub fn note_move(&self, moved: &PaperMove) -> Result<Vec<ShelfNotice>, Failure> {
        let read = self.read(&moved.paper.name);
        let (mut store, mut records) = (read.store, read.records);
        let now = self.now();
        for (path, is_left) in [(&moved.from, true), (&moved.to, false)] {
            let key = RecordKey::new(RecordKind::Path, path.to_string_lossy());
            let record = Record::new(&key, now, is_left, Body::Path(Bare::default()));
            records.put(key, record);
        }
        store.save(&mut records, now)
    }
}

/// A path as the library has it: whole, and without links, as far as it exists.
fn settled(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for there in path.ancestors() {
        if let Ok(whole) = there.canonicalize() {
            return match path.strip_prefix(there) {
                Ok(rest) if !rest.as_os_str().is_empty() => whole.join(rest),
                _ => whole,
            };
        }
    }
    path
}
