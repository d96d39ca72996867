//! Reading a paper in: from a file, from standard input, or the one that opcit carries.

use std::ffi::OsStr;
use std::fs::{self, File, FileType};
use std::io::{self, ErrorKind, Read};
use std::os::fd::AsFd;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

use super::output::complain;
use crate::paper::{self, NotText, Parsed, clean};
use crate::shelf::Origin;

/// The most bytes that a paper may have. Its reading takes several times as much memory.
const LIMIT: u64 = 256 << 20;

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
        "cannot read {name}: it is {what}, not text. Convert it to Markdown first, say with pandoc or pdftotext"
    )]
    Binary { name: String, what: &'static str },
    #[error(
        "cannot read {name}: it is text in UTF-32. Convert it first, say with `iconv -f UTF-32 -t UTF-8`"
    )]
    Utf32 { name: String },
    #[error("cannot read {name}")]
    Other { name: String, source: io::Error },
}

/// Reads in what the argument PAPER means. Bytes that are no characters are lost, which is said
/// on standard error.
///
/// # Errors
/// When there is nothing that can be read; at most one byte beyond [`LIMIT`] has been read then.
pub(super) fn open(argument: Option<PathBuf>) -> Result<Parsed, InputError> {
    read(&origin(argument))
}

/// Where the paper comes from that the argument PAPER means: a file, the program itself, or, as
/// `Elsewhere`, standard input.
pub(super) fn origin(argument: Option<PathBuf>) -> Origin {
    match argument {
        Some(path) if path.as_os_str() == "-" => Origin::Elsewhere,
        Some(path) => Origin::File(path),
        None if is_piped_in() => Origin::Elsewhere,
        None => Origin::Embedded,
    }
}

/// What to call what the argument PAPER means, fit to be shown.
pub(super) fn name(argument: Option<&Path>) -> String {
    name_of(&origin(argument.map(Path::to_owned)))
}

/// What to call what comes from there, fit to be shown.
pub(super) fn name_of(origin: &Origin) -> String {
    match origin {
        Origin::Embedded => "opcit's own paper".to_owned(),
        Origin::File(path) => shown(path.as_os_str()),
        Origin::Elsewhere => "standard input".to_owned(),
    }
}

/// Reads in the paper that comes from there, as [`open`] does.
///
/// # Errors
/// When there is nothing that can be read.
pub(super) fn read(origin: &Origin) -> Result<Parsed, InputError> {
    match origin {
        Origin::Embedded => Ok(embedded()),
        Origin::File(path) => {
            let title = shown(path.file_stem().unwrap_or_default());
            parse(&read_file(path)?, &shown(path.as_os_str()), &title)
        }
        Origin::Elsewhere => {
            let name = "standard input";
            parse(&read_at_most(LIMIT, io::stdin().lock(), name)?, name, "")
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

/// The paper that opcit carries.
fn embedded() -> Parsed {
    paper::parse(paper::embedded())
}

fn read_file(path: &Path) -> Result<Vec<u8>, InputError> {
    let name = shown(path.as_os_str());
    // Opening a device can do things to it, so it is looked at first.
    let metadata = fs::metadata(path).map_err(|error| InputError::from_io(error, &name))?;
    if is_device(metadata.file_type()) {
        return Err(InputError::Device { name });
    }
    if metadata.len() > LIMIT {
        return Err(InputError::TooLarge { name, limit: LIMIT });
    }
    let file = File::open(path).map_err(|error| InputError::from_io(error, &name))?;
    read_at_most(LIMIT, file, &name)
}

/// A file's name, fit to be shown.
fn shown(name: &OsStr) -> String {
    clean(&name.to_string_lossy()).into_owned()
}

fn is_device(kind: FileType) -> bool {
    kind.is_char_device() || kind.is_block_device() || kind.is_socket()
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
    match SIGNATURES
        .iter()
        .find(|(start, _)| bytes.starts_with(start))
    {
        Some((_, what)) => Err(InputError::Binary { name, what }),
        None => Ok(bytes),
    }
}

impl InputError {
    fn of(error: NotText, name: &str) -> Self {
        let name = name.to_owned();
        match error {
            NotText::Binary => InputError::Binary {
                name,
                what: "a binary file",
            },
            NotText::Utf32 => InputError::Utf32 { name },
        }
    }

    fn from_io(source: io::Error, name: &str) -> Self {
        let name = name.to_owned();
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

/// Reads the bytes as a paper; one without a title is called as its file is.
fn parse(bytes: &[u8], name: &str, title: &str) -> Result<Parsed, InputError> {
    let decoded = paper::decode(bytes).map_err(|error| InputError::of(error, name))?;
    let mut parsed = paper::parse(&decoded.text);
    if let Some(problem) = decoded.problem {
        complain(&format!(
            "{name}, line {}: {}",
            problem.line, problem.message
        ));
        parsed.problems.insert(0, problem);
        parsed.problems.sort_by_key(|problem| problem.line);
    }
    if parsed.paper.title.is_empty() {
        parsed.paper.title = title.to_owned();
    }
    Ok(parsed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A source without an end that counts what is read of it.
    struct Endless {
        read: u64,
    }

    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            buffer.fill(b'a');
            self.read += u64::try_from(buffer.len()).unwrap();
            Ok(buffer.len())
        }
    }

    #[test]
    fn no_more_than_one_byte_beyond_the_limit_is_read() {
        let mut endless = Endless { read: 0 };
        let error = read_at_most(1000, &mut endless, "endless").unwrap_err();
        assert!(matches!(error, InputError::TooLarge { limit: 1000, .. }));
        assert_eq!(endless.read, 1001);
    }

    #[test]
    fn a_paper_as_long_as_the_limit_is_read() {
        let bytes = read_at_most(3, &b"abc"[..], "abc").unwrap();
        assert_eq!(bytes, b"abc");
    }

    #[test]
    fn a_packed_file_is_told_by_its_beginning() {
        let error = read_at_most(99, &b"PK\x03\x04 word/document.xml"[..], "a.docx").unwrap_err();
        let InputError::Binary { what, .. } = error else {
            panic!("{error}");
        };
        assert!(what.contains("DOCX"));
    }
}
