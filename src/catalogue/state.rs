//! By what a file is seen to have changed since its text was cached.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::shelf::{Origin, inode};

/// A file that was written so shortly ago may be written again without that being seen.
const SETTLING: Duration = Duration::from_secs(2);

/// When a file was written, how long it is, and which file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FileState {
    /// Since 1970.
    pub(super) modified_nanos: u64,
    pub(super) bytes: u64,
    pub(super) inode: u64,
}

/// A file beside a paper that its text was read from, or would be if there were one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileBeside {
    /// Its path from the paper's folder.
    pub(super) name: String,
    pub(super) state: FileState,
}

impl FileBeside {
    /// The file of this name beside a paper, as it is now, before it is read.
    #[must_use]
    pub fn before_reading(paper: &Path, name: &str) -> Self {
        FileBeside {
            name: name.to_owned(),
            state: FileState::read_path(&path_of(paper, name)).unwrap_or(FileState::MISSING),
        }
    }

    /// Whether it is sure to be as it was when it was read.
    pub(super) fn is_unchanged(&self, paper: &Path) -> bool {
        self.state.is_settled() && Self::before_reading(paper, &self.name) == *self
    }
}

/// Where a file is that a paper names.
fn path_of(paper: &Path, name: &str) -> PathBuf {
    paper.parent().unwrap_or(Path::new(".")).join(name)
}

impl FileState {
    /// The paper that opcit carries never changes.
    const EMBEDDED: FileState = FileState {
        modified_nanos: 1,
        bytes: 0,
        inode: 0,
    };

    /// There is no such file.
    const MISSING: FileState = FileState {
        modified_nanos: 0,
        bytes: u64::MAX,
        inode: 0,
    };

    /// Nothing is known of the file that can be relied upon.
    pub(super) const UNKNOWN: FileState = FileState {
        modified_nanos: Self::UNSETTLED,
        bytes: 0,
        inode: 0,
    };

    /// What the time is of a file that may change once more without that being seen.
    const UNSETTLED: u64 = u64::MAX;

    pub(super) fn read(origin: &Origin) -> Option<Self> {
        match origin {
            Origin::Embedded => Some(Self::EMBEDDED),
            Origin::File(path) => Self::read_path(path),
            Origin::Elsewhere => None,
        }
    }

    /// The state of the file at a place; none if what is there is none.
    pub(super) fn of_file(place: &Origin) -> Option<Self> {
        match place {
            Origin::File(path) => {
                let metadata = fs::metadata(path).ok()?;
                metadata.is_file().then(|| Self::from_metadata(&metadata))
            }
            Origin::Embedded | Origin::Elsewhere => Self::read(place),
        }
    }

    pub(super) fn read_path(path: &Path) -> Option<Self> {
        fs::metadata(path).ok().as_ref().map(Self::from_metadata)
    }

    fn from_metadata(metadata: &Metadata) -> Self {
        let modified = metadata.modified().unwrap_or(UNIX_EPOCH);
        let since_1970 = modified.duration_since(UNIX_EPOCH).unwrap_or_default();
        let age = SystemTime::now().duration_since(modified);
        let is_settled = age.is_ok_and(|age| age > SETTLING);
        let nanos = u64::try_from(since_1970.as_nanos()).ok();
        FileState {
            modified_nanos: nanos.filter(|_| is_settled).unwrap_or(Self::UNSETTLED),
            bytes: metadata.len(),
            inode: inode(metadata),
        }
    }

    /// Whether a change of the file will be seen.
    pub(super) fn is_settled(self) -> bool {
        self.modified_nanos != Self::UNSETTLED
    }
}
