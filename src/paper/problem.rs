//! What a paper could not take as it is in its source: facts, and the words for them.

use std::fmt;

use super::clean::clean;
use super::{Parsed, SourceLocation};

/// Something in the source that the paper could not take as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where in the source.
    pub location: SourceLocation,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProblemKind {
    /// A note is cited, but never defined.
    NoteUndefined {
        /// Its label.
        label: String,
    },
    /// A note is defined under a label that another one has.
    NoteDefinedAgain {
        /// Its label.
        label: String,
    },
    /// A note is defined, but never cited.
    NoteUncited {
        /// Its label.
        label: String,
    },
    /// A link leads to an anchor that there is not.
    AnchorMissing {
        /// What the link calls it.
        anchor: String,
    },
    /// Characters that act or hide are shown by signs or left out.
    HiddenCharacters {
        /// How many.
        count: usize,
    },
    /// Quotes and lists are in each other deeper than is kept.
    NestingTooDeep,
    /// A row of a table is longer than a block may be.
    TableRowTooLong,
    /// A table stands for far more cells than it has text.
    TableTooSparse,
    /// The tables of a source do, so that none is read as one.
    TablesTooSparse,
    /// The source has more markup than can be held.
    TooMuchMarkup,
    /// The metadata block cannot be read.
    MetadataBroken {
        /// What is wrong with it, in a line.
        why: String,
    },
    /// Bytes belong to no character.
    BytesLost {
        /// How many.
        count: usize,
    },
    /// Bytes belong to no character of the encoding that was named.
    BytesNotIn {
        /// The encoding's name.
        encoding: &'static str,
    },
    /// The text does not say in what encoding it is.
    EncodingAssumed {
        /// The encoding's name.
        encoding: &'static str,
    },
    /// The file is packed, and could not be unpacked whole.
    PackedDamaged,
    /// The file was written to while it was read.
    FileChanged,
    /// What only one format knows, in words fit to be shown.
    Other(String),
    /// Keys of citations cannot be looked up; a sentence says which and why.
    KeysUnknown(String),
}

impl Problem {
    /// A problem at a place of the source.
    #[must_use]
    pub fn new(location: SourceLocation, kind: ProblemKind) -> Self {
        Problem { location, kind }
    }

    /// What is wrong, in words, without the place.
    #[must_use]
    pub fn message(&self) -> String {
        self.kind.to_string()
    }
}

impl ProblemKind {
    /// A word for the kind that does not change from version to version.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoteUndefined { .. } => "note-undefined",
            Self::NoteDefinedAgain { .. } => "note-defined-again",
            Self::NoteUncited { .. } => "note-uncited",
            Self::AnchorMissing { .. } => "anchor-missing",
            Self::HiddenCharacters { .. } => "hidden-characters",
            Self::NestingTooDeep => "nesting-too-deep",
            Self::TableRowTooLong => "table-row-too-long",
            Self::TableTooSparse | Self::TablesTooSparse => "table-too-sparse",
            Self::TooMuchMarkup => "too-much-markup",
            Self::MetadataBroken { .. } => "metadata-broken",
            Self::BytesLost { .. } | Self::BytesNotIn { .. } => "bytes-lost",
            Self::EncodingAssumed { .. } => "encoding-assumed",
            Self::PackedDamaged => "packed-damaged",
            Self::FileChanged => "file-changed",
            Self::Other(_) => "other",
            Self::KeysUnknown(_) => "keys-unknown",
        }
    }

    /// Whether it is the file's as such, whatever text is in it.
    #[must_use]
    pub fn is_of_file(&self) -> bool {
        matches!(
            self,
            Self::BytesLost { .. }
                | Self::BytesNotIn { .. }
                | Self::EncodingAssumed { .. }
                | Self::PackedDamaged
                | Self::FileChanged
        )
    }
}

/// What only one format knows.
impl From<String> for ProblemKind {
    fn from(message: String) -> Self {
        ProblemKind::Other(clean(&message).into_owned())
    }
}

impl From<&String> for ProblemKind {
    fn from(message: &String) -> Self {
        ProblemKind::from(message.as_str())
    }
}

impl From<&str> for ProblemKind {
    fn from(message: &str) -> Self {
        ProblemKind::Other(clean(message).into_owned())
    }
}

/// In words, with the place where it is known: `line 12: …`.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.location.is_known() {
            write!(f, "{}: ", self.location)?;
        }
        self.kind.fmt(f)
    }
}

/// In words, without the place.
impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoteUndefined { label } => {
                write!(f, "note [^{label}] is cited but never defined")
            }
            Self::NoteDefinedAgain { label } => {
                write!(
                    f,
                    "note [^{label}] is defined again; the first definition counts"
                )
            }
            Self::NoteUncited { label } => write!(f, "note [^{label}] is never cited"),
            Self::AnchorMissing { anchor } => {
                write!(f, "a link goes to #{anchor}, but there is no such heading")
            }
            Self::HiddenCharacters { count: 1 } => {
                f.write_str("1 hidden character, shown by signs or left out")
            }
            Self::HiddenCharacters { count } => {
                write!(f, "{count} hidden characters, shown by signs or left out")
            }
            Self::NestingTooDeep => f.write_str(
                "quotes and lists nest too deep here; the marks of the deepest are left out",
            ),
            Self::TableRowTooLong => {
                f.write_str("this table has a row of more than 64 KiB, and is shown as text")
            }
            Self::TableTooSparse => {
                f.write_str("this table has far more cells than text, and is shown as text")
            }
            Self::TablesTooSparse => f.write_str(
                "this table has far more cells than text; all tables are shown as they stand in \
                 the source",
            ),
            Self::TooMuchMarkup => f.write_str(
                "this paper has more signs of Markdown than opcit can hold, and is shown as it \
                 was typed: split it",
            ),
            Self::MetadataBroken { why } => {
                write!(f, "the metadata block cannot be read: {why}")
            }
            Self::BytesLost { count: 1 } => f.write_str("1 byte that is no text, shown as �"),
            Self::BytesLost { count } => write!(f, "{count} bytes that are no text, shown as �"),
            Self::BytesNotIn { encoding } => {
                write!(f, "some bytes are not {encoding}, and are shown as �")
            }
            Self::EncodingAssumed { encoding } => write!(
                f,
                "this is not UTF-8, and was read as {encoding}; --encoding names another"
            ),
            Self::PackedDamaged => {
                f.write_str("the file is damaged, and is shown as far as it could be unpacked")
            }
            Self::FileChanged => f.write_str(
                "the file changed while it was read, and may be shown in part: open it again",
            ),
            Self::Other(message) | Self::KeysUnknown(message) => f.write_str(message),
        }
    }
}

impl Parsed {
    /// Adds a problem of the file as such, before others of its place.
    pub fn add_problem(&mut self, problem: Problem) {
        let problems = &mut self.problems;
        let at = problems.partition_point(|other| other.location < problem.location);
        problems.insert(at, problem);
    }
}
