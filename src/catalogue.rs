//! The text of all papers of a library, in a form that is searched fast.
//!
//! It is made of the papers' files, a file for each of them, in a folder of its own: when a paper is
//! first asked for, and again when its file has changed. Nothing that a reader keeps lives there;
//! what is deleted or broken is made anew, and what was made stays made when the work is stopped.

mod cached;
mod kept;
mod scan;

use std::collections::HashSet;
use std::fmt;
use std::fs::{self, File, Metadata};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tempfile::Builder;

use crate::paper::Paper;
use crate::shelf::{Listed, Origin};

pub use kept::{KeptMatch, find_kept};
pub use scan::{FoundPaper, PaperSearch};

/// What the names of cached texts end with.
const EXTENSION: &str = "text";

/// A file that was written so shortly ago may be written again without that being seen.
const SETTLING: Duration = Duration::from_secs(2);

/// Reads what comes from a place; none if it cannot be read.
type ReadPlace = dyn Fn(&Origin) -> Option<Paper> + Send + Sync;

/// The texts of a library, to be searched.
#[derive(Clone)]
pub struct Catalogue {
    /// None where nothing can be kept; then each paper is read for each search.
    folder: Option<PathBuf>,
    /// By what programs and in what ways papers are read: texts of another are not used.
    how: u64,
    read: Arc<ReadPlace>,
}

impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Catalogue")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

/// By what a file is seen to have changed: when, how long it is, and which file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FileState {
    modified_nanos: u64,
    bytes: u64,
    inode: u64,
}

impl Catalogue {
    /// A catalogue in a folder, which is made when it is needed. `how` says in what way papers are
    /// read with `read`, as far as their text depends on it.
    pub fn new(
        folder: Option<PathBuf>,
        how: &str,
        read: impl Fn(&Origin) -> Option<Paper> + Send + Sync + 'static,
    ) -> Self {
        let how = format!("{} {how}", env!("CARGO_PKG_VERSION"));
        let hash = *blake3::hash(how.as_bytes()).as_bytes();
        Catalogue {
            folder,
            how: hash
                .first_chunk()
                .map_or(0, |first| u64::from_le_bytes(*first)),
            read: Arc::new(read),
        }
    }

    /// Removes the texts of papers that are not among these. What cannot be removed stays.
    pub fn forget_others(&self, papers: &[Listed]) {
        let Some(folder) = &self.folder else { return };
        let mut known = HashSet::new();
        for listed in papers {
            known.extend(places(listed).map(|origin| file_name(&origin)));
        }
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(EXTENSION) && !known.contains(&name) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Puts the text of a paper into `bytes`, from the catalogue or from its file, and says where
    /// the paper is. Of a paper that is away it is the text that it had.
    fn load(&self, listed: &Listed, bytes: &mut Vec<u8>) -> Option<Origin> {
        let Some(origin) = listed.origin() else {
            let mut places = places(listed);
            return places.find(|origin| self.load_cached(origin, None, bytes));
        };
        let state = FileState::of(&origin)?;
        if self.load_cached(&origin, Some(state), bytes) {
            return Some(origin);
        }
        let paper = (self.read)(&origin)?;
        *bytes = cached::encode(&paper, state.if_settled(), self.how);
        // What cannot be kept is made again next time.
        let _ = self.store(&origin, bytes);
        Some(origin)
    }

    /// Loads a text that is sound and, if that is asked for, of the file in this state.
    fn load_cached(&self, origin: &Origin, state: Option<FileState>, bytes: &mut Vec<u8>) -> bool {
        let Some(folder) = &self.folder else {
            return false;
        };
        bytes.clear();
        let file = File::open(folder.join(file_name(origin)));
        let is_read = file.is_ok_and(|mut file| file.read_to_end(bytes).is_ok());
        let text = cached::CachedText::of(bytes).filter(|_| is_read);
        text.is_some_and(|text| match state {
            Some(state) => text.state == state && text.how == self.how,
            None => true,
        })
    }

    /// Puts a text in its file, whole or not at all. It need not outlast the power.
    fn store(&self, origin: &Origin, bytes: &[u8]) -> io::Result<()> {
        let Some(folder) = &self.folder else {
            return Ok(());
        };
        fs::create_dir_all(folder)?;
        let mut new = Builder::new().prefix(".opcit-").tempfile_in(folder)?;
        new.write_all(bytes)?;
        new.persist(folder.join(file_name(origin)))?;
        Ok(())
    }
}

/// All places where a paper has stood.
fn places(listed: &Listed) -> impl Iterator<Item = Origin> {
    let embedded = listed.is_embedded.then_some(Origin::Embedded);
    let paths = listed.paper.paths.iter().cloned().map(Origin::File);
    embedded.into_iter().chain(paths)
}

fn file_name(origin: &Origin) -> String {
    let hash = blake3::hash(origin.iri().as_bytes()).to_hex();
    let name = hash.get(..32).unwrap_or_default();
    format!("{name}.{EXTENSION}")
}

impl FileState {
    /// The paper that opcit carries never changes.
    const EMBEDDED: FileState = FileState {
        modified_nanos: 1,
        bytes: 0,
        inode: 0,
    };

    fn of(origin: &Origin) -> Option<Self> {
        match origin {
            Origin::Embedded => Some(Self::EMBEDDED),
            Origin::File(path) => fs::metadata(path).ok().as_ref().map(Self::of_file),
            Origin::Elsewhere => None,
        }
    }

    fn of_file(metadata: &Metadata) -> Self {
        let modified = metadata.modified().unwrap_or(UNIX_EPOCH);
        let modified = modified.duration_since(UNIX_EPOCH).unwrap_or_default();
        FileState {
            modified_nanos: u64::try_from(modified.as_nanos()).unwrap_or_default(),
            bytes: metadata.len(),
            inode: std::os::unix::fs::MetadataExt::ino(metadata),
        }
    }

    /// The state, or one that no file is in if the file may change again without being seen to.
    fn if_settled(self) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let age = now
            .unwrap_or_default()
            .saturating_sub(Duration::from_nanos(self.modified_nanos));
        match age > SETTLING {
            true => self,
            false => FileState {
                modified_nanos: 0,
                ..self
            },
        }
    }
}

/// Where cached texts are kept of the library in a folder.
#[must_use]
pub fn folder_of(cache: &Path, data: &Path) -> PathBuf {
    let hash = blake3::hash(data.as_os_str().as_encoded_bytes()).to_hex();
    cache.join(hash.get(..16).unwrap_or_default())
}

#[cfg(test)]
mod tests;
