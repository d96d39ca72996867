//! Reading a paper in: from a file, from standard input, or the one that opcit carries.

use std::ffi::OsStr;
use std::fs::{self, File, FileType, Metadata};
use std::io::{self, ErrorKind, Read};
use std::os::fd::AsFd;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

use super::output::complain;
use crate::formats::{self, NotText};
use crate::paper::{Parsed, Problem, SourceLocation, clean};
use crate::shelf::{MOST_FILE_BYTES, Origin};

/// The most bytes that a paper may have. Its reading takes several times as much memory.
const LIMIT: u64 = 256 << 20;

/// Why a paper cannot be read in. `name` is fit to be shown.
#[derive(Debug, thiserror::Error)]
pub(super) enum InputError {
    #[error("cannot read {name}: there is no such file. See `opcit --help`")]
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
    let (parsed, lost) = read_in(origin)?;
    let name = name_of(origin);
    for problem in lost {
        complain(&format!("{name}, {problem}"));
    }
    Ok(parsed)
}

/// Reads in the paper that comes from there for the reader program: what is lost is said in its
/// footer, and standard error may be the screen that it is about to take.
///
/// # Errors
/// When there is nothing that can be read.
pub(super) fn read_quietly(origin: &Origin) -> Result<Parsed, InputError> {
    Ok(read_in(origin)?.0)
}

/// The paper, and what is wrong with the file as such, which is among its problems too.
fn read_in(origin: &Origin) -> Result<(Parsed, Vec<Problem>), InputError> {
    let name = name_of(origin);
    match origin {
        Origin::Embedded => Ok((embedded(), Vec::new())),
        Origin::File(path) => {
            let title = shown(path.file_stem().unwrap_or_default());
            let (bytes, is_whole) = read_file(path, &name)?;
            parse(&bytes, &name, &title, (!is_whole).then(changed))
        }
        Origin::Elsewhere => {
            let bytes = read_at_most(LIMIT, io::stdin().lock(), &name)?;
            parse(&bytes, &name, "", None)
        }
    }
}

/// The text of a file of bookmarks, or of standard input.
///
/// # Errors
/// When there is nothing that can be read, or more than opcit takes.
pub(super) fn read_bookmarks_file(path: Option<&Path>) -> Result<String, InputError> {
    let limit = MOST_FILE_BYTES as u64;
    let (bytes, name) = match path {
        Some(path) => {
            let name = shown(path.as_os_str());
            let failed = |error| InputError::from_io(error, &name);
            let metadata = fs::metadata(path).map_err(failed)?;
            if metadata.file_type().is_block_device() || metadata.file_type().is_socket() {
                return Err(InputError::Device { name });
            }
            let file = File::open(path).map_err(failed)?;
            (read_at_most(limit, file, &name)?, name)
        }
        None => {
            let name = "standard input".to_owned();
            (read_at_most(limit, io::stdin().lock(), &name)?, name)
        }
    };
    String::from_utf8(bytes).map_err(|_| InputError::Binary {
        name,
        what: "a binary file",
    })
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
    formats::markdown::parse(formats::embedded())
}

/// The bytes of a file, and whether it stayed as it was meanwhile.
fn read_file(path: &Path, name: &str) -> Result<(Vec<u8>, bool), InputError> {
    // Opening a device can do things to it, so it is looked at first.
    let failed = |error| InputError::from_io(error, name);
    let metadata = fs::metadata(path).map_err(failed)?;
    let name = || name.to_owned();
    if is_device(metadata.file_type()) {
        return Err(InputError::Device { name: name() });
    }
    if metadata.len() > LIMIT {
        let (name, limit) = (name(), LIMIT);
        return Err(InputError::TooLarge { name, limit });
    }
    let file = File::open(path).map_err(failed)?;
    read_whole(&file, &file, &name())
}

/// All bytes, and whether the file that they come from stayed as it was meanwhile.
fn read_whole(file: &File, from: impl Read, name: &str) -> Result<(Vec<u8>, bool), InputError> {
    let failed = |error| InputError::from_io(error, name);
    let before = file.metadata().map_err(failed)?;
    let bytes = read_at_most(LIMIT, from, name)?;
    let after = file.metadata().map_err(failed)?;
    let stamp = |metadata: &Metadata| (metadata.len(), metadata.modified().ok());
    // Of a pipe, nothing is known beforehand.
    let is_whole = !before.is_file() || stamp(&before) == stamp(&after);
    Ok((bytes, is_whole))
}

fn changed() -> Problem {
    Problem {
        location: SourceLocation::Line(1),
        message: "the file changed while it was read, and may be shown in part: open it again"
            .to_owned(),
    }
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

/// Reads the bytes as a paper; one without a title is called as its file is. Gives what is wrong
/// with the file as such apart as well.
fn parse(
    bytes: &[u8],
    name: &str,
    title: &str,
    wrong: Option<Problem>,
) -> Result<(Parsed, Vec<Problem>), InputError> {
    let decoded = formats::decode(bytes).map_err(|error| InputError::of(error, name))?;
    let mut parsed = formats::loose::parse(&decoded.text, &|_, _| true);
    let wrong: Vec<Problem> = wrong.into_iter().chain(decoded.problem).collect();
    parsed.problems.splice(0..0, wrong.iter().cloned());
    parsed.problems.sort_by_key(|problem| problem.location);
    if parsed.paper.title.is_empty() {
        parsed.paper.title = title.to_owned();
    }
    Ok((parsed, wrong))
}

#[cfg(test)]
mod tests {
    use std::io::{Seek, Write};

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

    /// A file that somebody else writes to while it is read.
    struct Meddled<'a> {
        file: &'a File,
        meddle: fn(&File),
    }

    impl Read for Meddled<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let some = buffer.get_mut(..2).unwrap_or_default();
            let read = self.file.read(some)?;
            (self.meddle)(self.file);
            Ok(read)
        }
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_known_by_that() {
        let read = |meddle: fn(&File)| {
            let mut file = tempfile::tempfile().unwrap();
            file.write_all(b"Words.").unwrap();
            file.rewind().unwrap();
            let file = &file;
            read_whole(file, Meddled { file, meddle }, "paper").unwrap()
        };
        assert_eq!(read(|_| {}), (b"Words.".to_vec(), true));
        let grow = |file: &File| {
            let longer = file.metadata().unwrap().len().min(90) + 1;
            file.set_len(longer).unwrap();
        };
        let (grown, is_whole) = read(grow);
        assert!(grown.starts_with(b"Words.") && !is_whole);
        assert_eq!(
            read(|file| file.set_len(0).unwrap()),
            (b"Wo".to_vec(), false)
        );
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
