//! Reading a paper in: from a file, from standard input, or the one that opcit carries.

use std::fs::{self, File, FileType};
use std::io::{self, ErrorKind, Read};
use std::os::fd::AsFd;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

use super::output::complain;
use crate::paper::{self, Parsed, clean};

/// The most bytes that a paper may have. Its reading takes several times as much memory.
const LIMIT: u64 = 256 << 20;

/// Where a paper comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    Embedded,
    File(PathBuf),
    StandardInput,
}

/// A paper that was read in.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) parsed: Parsed,
    pub(super) origin: Origin,
}

/// Why a paper cannot be read in. `name` is fit to be shown.
#[derive(Debug, thiserror::Error)]
pub(super) enum InputError {
    #[error(
        "cannot read {name}: there is no such file. `opcit --help` shows what can be asked for"
    )]
    Missing { name: String },
    #[error("cannot read {name}: it is a directory. Name a file in it")]
    Directory { name: String },
    #[error("cannot read {name}: permission denied. Make it readable first, say with `chmod u+r`")]
    Denied { name: String },
    #[error(
        "cannot read {name}: it is a device or a socket, not a file. Pipe its text into `opcit -`"
    )]
    Device { name: String },
    #[error("cannot read {name}: it is larger than {} MiB, the most that opcit takes. Split it", limit >> 20)]
    TooLarge { name: String, limit: u64 },
    #[error(
        "cannot read {name}: it is {what}, not text. Convert it to Markdown first, say with pandoc"
    )]
    Binary { name: String, what: &'static str },
    #[error("cannot read {name}")]
    Other { name: String, source: io::Error },
}

impl Document {
    /// Reads in what the argument PAPER means.
    pub(super) fn open(argument: Option<PathBuf>) -> Result<Self, InputError> {
        let origin = Origin::of(argument);
        let parsed = match &origin {
            Origin::Embedded => paper::parse(paper::embedded()),
            Origin::File(path) => parse(&read_file(path)?, &path.to_string_lossy()),
            Origin::StandardInput => parse(&read_all(io::stdin().lock(), "standard input")?, ""),
        };
        Ok(Document { parsed, origin })
    }
}

impl Origin {
    fn of(argument: Option<PathBuf>) -> Self {
        match argument {
            Some(path) if path.as_os_str() == "-" => Origin::StandardInput,
            Some(path) => Origin::File(path),
            None if is_piped_in() => Origin::StandardInput,
            None => Origin::Embedded,
        }
    }
}

/// Whether something was piped or redirected into opcit. A terminal, `/dev/null` and other
/// devices do not count, nor does a socket, which is what services and editors leave there.
fn is_piped_in() -> bool {
    let stdin = io::stdin().as_fd().try_clone_to_owned();
    let metadata = stdin.and_then(|stdin| File::from(stdin).metadata());
    metadata.is_ok_and(|metadata| metadata.is_file() || metadata.file_type().is_fifo())
}

fn read_file(path: &Path) -> Result<Vec<u8>, InputError> {
    let name = clean(&path.to_string_lossy()).into_owned();
    // Opening a device can do things to it, so it is looked at first.
    let metadata = fs::metadata(path).map_err(|error| InputError::from_io(error, &name))?;
    if is_device(metadata.file_type()) {
        return Err(InputError::Device { name });
    }
    if metadata.len() > LIMIT {
        return Err(InputError::TooLarge { name, limit: LIMIT });
    }
    let file = File::open(path).map_err(|error| InputError::from_io(error, &name))?;
    read_all(file, &name)
}

fn is_device(kind: FileType) -> bool {
    kind.is_char_device() || kind.is_block_device() || kind.is_socket()
}

fn read_all(from: impl Read, name: &str) -> Result<Vec<u8>, InputError> {
    read_at_most(LIMIT, from, name)
}

/// All bytes of a text, and never more than one beyond the limit.
fn read_at_most(limit: u64, from: impl Read, name: &str) -> Result<Vec<u8>, InputError> {
    let mut bytes = Vec::new();
    let read = from.take(limit + 1).read_to_end(&mut bytes);
    read.map_err(|error| InputError::from_io(error, name))?;
    let name = name.to_owned();
    if u64::try_from(bytes.len()).is_ok_and(|read| read > limit) {
        return Err(InputError::TooLarge { name, limit });
    }
    match binary_kind(&bytes) {
        Some(what) => Err(InputError::Binary { name, what }),
        None => Ok(bytes),
    }
}

impl InputError {
    fn from_io(source: io::Error, name: &str) -> Self {
        let name = if name.is_empty() { "\"\"" } else { name }.to_owned();
        match source.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => InputError::Missing { name },
            ErrorKind::IsADirectory => InputError::Directory { name },
            ErrorKind::PermissionDenied => InputError::Denied { name },
            _ => InputError::Other { name, source },
        }
    }
}

/// How files begin that people have papers in, and that are no text.
const SIGNATURES: [(&[u8], &str); 9] = [
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a packed file, such as DOCX, ODT or EPUB"),
    (b"\xD0\xCF\x11\xE0", "an old office file, such as DOC"),
    (b"\x1F\x8B", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xFD7zXZ\0", "an xz file"),
    (b"\x89PNG\r\n", "an image"),
    (b"\xFF\xD8\xFF", "an image"),
    (b"\x7FELF", "a program"),
];

/// What the bytes are, if they are plainly no text.
fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    const LOOKED_AT: usize = 64 << 10;
    let signature = SIGNATURES
        .iter()
        .find(|(start, _)| bytes.starts_with(start));
    if let Some((_, what)) = signature {
        return Some(what);
    }
    let is_utf16 = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    let start = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    (!is_utf16 && is_noise(start)).then_some("binary")
}

/// Whether the bytes hold more of what texts do not than a damaged text would. Of random bytes
/// one in eleven is a control character that no text uses, and hardly any run of them is UTF-8;
/// numbers in binary, and UTF-16 without its mark, are full of zeros.
fn is_noise(bytes: &[u8]) -> bool {
    let zeros = bytes.iter().filter(|byte| **byte == 0).count();
    let controls = bytes.iter().filter(|byte| is_never_text(**byte)).count();
    let is_utf8 = match std::str::from_utf8(bytes) {
        Ok(_) => true,
        // A character may be cut at the end.
        Err(error) => error.error_len().is_none(),
    };
    zeros * 8 > bytes.len() || (!is_utf8 && controls * 20 > bytes.len())
}

/// Control characters but for blanks, line ends, backspace and escape.
fn is_never_text(byte: u8) -> bool {
    matches!(byte, 0..=7 | 14..=26 | 28..=31)
}

fn parse(bytes: &[u8], name: &str) -> Parsed {
    let mut parsed = paper::parse(&String::from_utf8_lossy(bytes));
    let _ = name;
    parsed
}
