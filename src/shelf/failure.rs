//! What goes wrong with what is kept, and what a reader should be told.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::reason::SystemReason;
use crate::paper::clean;

/// Why a change is not on the disk. It stays in memory and can be tried again.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// The passage to annotate has no words. Nothing was changed.
    #[error("nothing is selected")]
    NoWords,
    /// There is no folder to keep anything in.
    #[error("there is no home folder to keep bookmarks in; set OPCIT_DATA_DIR to a folder")]
    NoFolder,
    /// The disk refused something.
    #[error("cannot {doing} {}: {}; {}", Shown(.path), SystemReason(.source), Advice(.source))]
    Disk {
        /// What was being done to the path, as in "cannot write".
        doing: &'static str,
        /// What it was done to.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Another opcit is at the file.
    #[error("another opcit has locked {} and does not respond; quit it, or try again", Shown(.path))]
    Busy {
        /// The file that is locked.
        path: PathBuf,
    },
    /// A later version wrote the file, which is not overwritten.
    #[error(
        "{} was written by a newer opcit (file version {version}) and is left unchanged; \
         update opcit to change it",
        Shown(.path)
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version of its form.
        version: u64,
    },
    /// The file would be too long to be read again.
    #[error(
        "{} would be larger than {} MiB, the most opcit can read; delete some bookmarks, or \
         import fewer",
        Shown(.path), limit >> 20
    )]
    LargeFile {
        /// The file.
        path: PathBuf,
        /// The most that it may have, in bytes.
        limit: usize,
    },
    /// A file to import is too long.
    #[error(
        "the file of annotations is larger than {} MiB; split it and import the parts",
        limit >> 20
    )]
    LargeImport {
        /// The most that it may have, in bytes.
        limit: usize,
    },
    /// A file to import holds no annotations; why.
    #[error(
        "this is not a bookmarks file: {0}; opcit reads W3C annotations in JSON and its own files"
    )]
    NoBookmarks(String),
}

/// Something that a reader should know and need do nothing about at once.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShelfNotice {
    /// Lines that could not be read. The file is kept as it is until the first change, and beside
    /// the new one after it.
    Damaged {
        /// The file.
        path: PathBuf,
        /// How many lines.
        lines: usize,
    },
    /// The damaged file has been kept under this name.
    KeptAside {
        /// Where it is now.
        path: PathBuf,
    },
    /// The file cannot be read, and so will not be written.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The file is from a later opcit, and will not be written.
    Newer {
        /// The file.
        path: PathBuf,
        /// The version of its form.
        version: u64,
    },
    /// A file syncer's copies had something that the file had not.
    Merged {
        /// How many copies.
        copies: usize,
    },
    /// This file system has no locks: two opcits at once could undo each other's changes.
    Unlocked,
    /// There is no folder to keep anything in.
    NoFolder,
    /// A file has the text of the paper that opcit carries, and so the same record.
    AsBuiltIn,
}

impl ShelfNotice {
    /// Whether something that is kept may be missing from what was read.
    #[must_use]
    pub fn is_loss(&self) -> bool {
        matches!(
            self,
            ShelfNotice::Damaged { .. } | ShelfNotice::Unreadable { .. } | ShelfNotice::NoFolder
        )
    }
}

impl fmt::Display for ShelfNotice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ShelfNotice::Damaged { path, lines } => {
                let lines = if *lines == 1 { "1 line" } else { &format!("{lines} lines") };
                write!(
                    f,
                    "{lines} of {} cannot be read in full; the rest was read",
                    Shown(path)
                )
            }
            ShelfNotice::KeptAside { path } => {
                write!(f, "the damaged file is kept as {}", Shown(path))
            }
            ShelfNotice::Unreadable { path, reason } => {
                write!(f, "cannot read {}: {}", Shown(path), clean(reason))
            }
            ShelfNotice::Newer { path, version } => write!(
                f,
                "{} is from a newer opcit (version {version}): its bookmarks cannot be changed here",
                Shown(path)
            ),
            ShelfNotice::Merged { copies: 1 } => {
                f.write_str("bookmarks from a sync conflict copy were merged in")
            }
            ShelfNotice::Merged { copies } => {
                write!(f, "bookmarks from {copies} sync conflict copies were merged in")
            }
            ShelfNotice::Unlocked => f.write_str(
                "files cannot be locked here: two opcits at once may overwrite each other's changes",
            ),
            ShelfNotice::AsBuiltIn => f.write_str(
                "this is the text of the built-in paper: what you keep is kept with that",
            ),
            ShelfNotice::NoFolder => f.write_str(
                "no home folder: bookmarks are lost when you quit; set OPCIT_DATA_DIR to a folder",
            ),
        }
    }
}

/// A path as it may be shown.
struct Shown<'a>(&'a Path);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&clean(&self.0.to_string_lossy()))
    }
}

/// What to do about an error of the disk.
struct Advice<'a>(&'a io::Error);

impl fmt::Display for Advice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "free some space and try again",
            ErrorKind::ReadOnlyFilesystem
            | ErrorKind::PermissionDenied
            | ErrorKind::NotADirectory
            | ErrorKind::AlreadyExists => "set OPCIT_DATA_DIR to a folder you can write to",
            _ => "try again",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_says_what_where_and_what_to_do() {
        let failure = Failure::Disk {
            doing: "write",
            path: PathBuf::from("/data/\u{1b}[31mx.jsonl"),
            source: ErrorKind::StorageFull.into(),
        };
        let said = failure.to_string();
        assert!(said.starts_with("cannot write /data/"), "{said}");
        assert!(said.ends_with("free some space and try again"), "{said}");
        assert!(!said.contains('\u{1b}'), "{said}");
    }
}
