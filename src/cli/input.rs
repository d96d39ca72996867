//! Reading a paper in: from a file, from standard input, or the one that opcit carries.

mod file;
mod own_bibliography;
mod reading;
mod refusal;

use std::cell::RefCell;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::os::fd::AsFd;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

pub(super) use self::file::read_bookmarks_file;
use self::file::{LIMIT, read_at_most, read_file};
pub(super) use self::reading::{ReadingArguments, ReadingRules};
use super::beside;
use super::output::complain;
use crate::catalogue::{self, Catalogue, CataloguePaper, FileBeside};
use crate::document::Document;
use crate::formats::{self, ReadOptions, Refusal};
use crate::paper::{Parsed, Problem, ProblemKind, RefusedMendings, SourceLocation, clean};
use crate::shelf::{Library, Listed, Origin, SystemReason, cache_folder};

/// Why a paper cannot be read in. `name` is fit to be shown.
#[derive(Debug, thiserror::Error)]
pub(super) enum InputError {
    #[error("cannot read {name}: there is no such file")]
    Missing { name: String },
    #[error("cannot read {name}: it is a folder. Name a file in it")]
    Directory { name: String },
    #[error(
        "cannot read {name}: permission denied. Make it readable first, for example with `chmod u+r`"
    )]
    Denied { name: String },
    #[error(
        "cannot read {name}: it is a device or a socket, not a file. Pipe its text into `opcit -`"
    )]
    Device { name: String },
    #[error("cannot read {name}: it is larger than {} MiB, the most opcit can read. Split it", limit >> 20)]
    TooLarge { name: String, limit: u64 },
    #[error("cannot read {name}: {}", refusal::words(refusal, name))]
    Refused { name: String, refusal: Refusal },
    #[error("cannot read {name}: {}", SystemReason(error))]
    Other { name: String, error: io::Error },
}

/// Reads in what the argument PAPER means. Bytes that are no characters are lost, which is said
/// on standard error.
///
/// # Errors
/// When there is nothing that can be read; at most one byte beyond [`LIMIT`] has been read then.
pub(super) fn open(
    argument: Option<PathBuf>,
    reading: ReadingRules,
) -> Result<Document, InputError> {
    let origin = origin(argument);
    let document = Document::new(read(&origin, reading)?, origin);
    Ok(document.with_bibliography(reading.bibliography()))
}

/// The paper that the argument PAPER means, for a shell that asks what is in it: nothing is said of what
/// is lost, or of why it cannot be read.
pub(super) fn open_quietly(argument: Option<PathBuf>) -> Option<Document> {
    let origin = argument.map_or(Origin::Embedded, Origin::File);
    let refused = RefusedMendings::default();
    document(&origin, ReadingRules::default(), &refused, None).ok()
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

/// The file and the part of it that an argument names, as in `paper.md#n14`; the file may be called
/// by its IRI, and without one the built-in paper is meant. A file whose own name has a `#` is meant
/// by the whole.
pub(super) fn split_part(argument: PathBuf) -> (Option<PathBuf>, Option<String>) {
    let address = argument.to_str().filter(|_| !argument.exists());
    let Some((file, part)) = address.and_then(|address| address.rsplit_once('#')) else {
        return (Some(argument), None);
    };
    let path = match Origin::from_iri(file) {
        Some(Origin::File(path)) => Some(path),
        Some(_) => None,
        None if file.is_empty() => None,
        None if Path::new(file).exists() => Some(PathBuf::from(file)),
        // It may be words of a title.
        None => return (Some(argument), None),
    };
    let part = percent_encoding::percent_decode_str(part).decode_utf8_lossy();
    (path, Some(part.into_owned()))
}

/// What to call what the argument PAPER means, fit to be shown.
pub(super) fn name(argument: Option<&Path>) -> String {
    name_of(&origin(argument.map(Path::to_owned)))
}

/// What to call what comes from there, fit to be shown.
pub(super) fn name_of(origin: &Origin) -> String {
    match origin {
        Origin::Embedded => "the built-in paper".to_owned(),
        Origin::File(path) => shown(path.as_os_str()),
        Origin::Elsewhere => "standard input".to_owned(),
    }
}

/// Reads in the paper that comes from there, as [`open`] does.
///
/// # Errors
/// When there is nothing that can be read.
pub(super) fn read(origin: &Origin, reading: ReadingRules) -> Result<Parsed, InputError> {
    let parsed = read_quietly(origin, reading, &RefusedMendings::default())?;
    let name = name_of(origin);
    let problems = parsed.problems.iter();
    for problem in problems.filter(|problem| problem.kind.is_of_file()) {
        complain(&format!("{name}, {problem}"));
    }
    Ok(parsed)
}

/// The same for the reader program, without the mendings that are refused. It says nothing of what
/// is lost: the footer does, and standard error may be the screen that the program is about to take.
///
/// # Errors
/// When there is nothing that can be read.
pub(super) fn read_quietly(
    origin: &Origin,
    reading: ReadingRules,
    refused: &RefusedMendings,
) -> Result<Parsed, InputError> {
    let wanted = WantedReading::without(refused);
    read_with(origin, reading, wanted, &beside::read)
}

/// The paper from a place as the reader opens it, with their own bibliography; before that the
/// beginning of a long one, if that is wanted.
pub(super) fn document(
    origin: &Origin,
    reading: ReadingRules,
    refused: &RefusedMendings,
    begun: Option<&dyn Fn(Document)>,
) -> Result<Document, InputError> {
    let document = |parsed| {
        let document = Document::new(parsed, origin.clone());
        document.with_bibliography(reading.bibliography())
    };
    let begun = begun.map(|begun| |parsed| begun(document(parsed)));
    let begun = begun.as_ref().map(|begun| begun as &dyn Fn(Parsed));
    let wanted = WantedReading {
        begun,
        is_kept: true,
        ..WantedReading::without(refused)
    };
    read_with(origin, reading, wanted, &beside::read).map(document)
}

/// What is wanted of a reading beside the paper.
#[derive(Clone, Copy)]
struct WantedReading<'a> {
    /// What is not to be mended.
    refused: &'a RefusedMendings,
    /// What takes the beginning of a long paper.
    begun: Option<&'a dyn Fn(Parsed)>,
    /// Whether what takes long to be read is kept, so that it is there at once the next time.
    is_kept: bool,
}

impl<'a> WantedReading<'a> {
    /// No more than the paper, without these mendings.
    fn without(refused: &'a RefusedMendings) -> Self {
        WantedReading {
            refused,
            begun: None,
            is_kept: false,
        }
    }
}

/// The bytes of a paper's file, also of one that is packed; none of what comes from no file.
///
/// # Errors
/// When there is nothing that can be read.
#[cfg(feature = "pictures")]
pub(super) fn file_bytes(origin: &Origin) -> Result<Option<Vec<u8>>, InputError> {
    let Origin::File(path) = origin else {
        return Ok(None);
    };
    let name = name_of(origin);
    let (bytes, _) = read_file(path, &name)?;
    let bytes = formats::unpacked(bytes);
    Ok(Some(bytes.map_err(|refusal| InputError::Refused {
        name,
        refusal,
    })?))
}

/// The bytes of an image beside a paper.
///
/// # Errors
/// When it cannot be read.
#[cfg(feature = "pictures")]
pub(super) fn image_bytes(path: &Path) -> Result<Vec<u8>, InputError> {
    Ok(read_file(path, &shown(path.as_os_str()))?.0)
}

/// The paper from a place, with what reads a file by its name that lies beside the paper at a path.
fn read_with(
    origin: &Origin,
    reading: ReadingRules,
    wanted: WantedReading<'_>,
    beside: &dyn Fn(&Path, &str) -> Option<Vec<u8>>,
) -> Result<Parsed, InputError> {
    let may_mend = |kind, line| wanted.refused.may_mend(kind, line);
    let read_beside = |name: &str| match origin {
        Origin::File(path) => beside(path, name),
        Origin::Embedded | Origin::Elsewhere => None,
    };
    let options = reading.options(&may_mend, &read_beside);
    let name = name_of(origin);
    match origin {
        Origin::Embedded => Ok(embedded()),
        Origin::File(path) => {
            let title = shown(path.file_stem().unwrap_or_default());
            let begun = wanted.begun;
            let begun = begun.map(|begun| |beginning| begun(titled(beginning, &title)));
            let mut begun = begun.as_ref().map(|begun| begun as &dyn Fn(Parsed));
            if let Some(begin) = begun
                && let Some(beginning) =
                    file::read_ends(path).and_then(|ends| ends.beginning(&options))
            {
                begin(beginning);
                begun = None;
            }
            let (bytes, is_whole) = read_file(path, &name)?;
            #[cfg(feature = "pdf")]
            let read_pdf = super::pdf::reader_of(path, wanted.is_kept);
            let options = ReadOptions {
                begun,
                #[cfg(feature = "pdf")]
                read_pdf: &read_pdf,
                ..options
            };
            let mut parsed = titled(parse(&bytes, name, &options)?, &title);
            if !is_whole {
                let location = SourceLocation::Line(1);
                parsed.add_problem(Problem::new(location, ProblemKind::FileChanged));
            }
            Ok(parsed)
        }
        Origin::Elsewhere => {
            let bytes = read_at_most(LIMIT, 0, io::stdin().lock(), &name)?;
            parse(&bytes, name, &options)
        }
    }
}

/// The texts of all papers of a library, each read as it is here.
pub(super) fn catalogue(library: &Library, reading: ReadingRules) -> Catalogue {
    let cache = cache_folder();
    let folder = cache.zip(library.folder());
    let folder = folder.map(|(cache, data)| catalogue::folder_of(&cache, data));
    Catalogue::new(folder, &reading.how(), move |origin| {
        let files = RefCell::new(Vec::new());
        let read_beside = |path: &Path, name: &str| {
            let file = FileBeside::before_reading(path, name);
            files.borrow_mut().push(file);
            beside::read(path, name)
        };
        let refused = RefusedMendings::default();
        let wanted = WantedReading::without(&refused);
        let parsed = read_with(origin, reading, wanted, &read_beside);
        Some(CataloguePaper {
            paper: parsed.ok()?.paper,
            beside: files.take(),
        })
    })
}

/// Forgets what is cached of a paper.
pub(super) fn forget(paper: &Listed, library: &Library, reading: ReadingRules) {
    catalogue(library, reading).forget(paper);
    #[cfg(feature = "pdf")]
    for place in &paper.places {
        if let Origin::File(path) = place {
            super::pdf::KeptPdfs::new().forget(path);
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
    formats::markdown::parse(formats::embedded())
}

/// A file's name, fit to be shown.
fn shown(name: &OsStr) -> String {
    clean(&name.to_string_lossy()).into_owned()
}

impl InputError {
    /// What an error of the system means for what is called so.
    pub(super) fn from_io(error: io::Error, name: &str) -> Self {
        let name = name.to_owned();
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => InputError::Missing { name },
            ErrorKind::IsADirectory => InputError::Directory { name },
            ErrorKind::PermissionDenied => InputError::Denied { name },
            _ => InputError::Other { name, error },
        }
    }
}

/// Reads the bytes as a paper.
fn parse(bytes: &[u8], name: String, options: &ReadOptions) -> Result<Parsed, InputError> {
    let read = formats::read(bytes, options);
    read.map_err(|refusal| InputError::Refused { name, refusal })
}

/// A paper that has no title of its own under that of its file.
fn titled(mut parsed: Parsed, title: &str) -> Parsed {
    if parsed.paper.title.is_empty() {
        parsed.paper.title = title.to_owned();
    }
    parsed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_paper_is_named_behind_its_file() {
        let split = |argument: &str| {
            let (path, part) = split_part(PathBuf::from(argument));
            let path = path.map(|path| path.to_string_lossy().into_owned());
            (path.unwrap_or_default(), part.unwrap_or_default())
        };
        let both = |path: &str, part: &str| (path.to_owned(), part.to_owned());
        assert_eq!(split("C# in brief"), both("C# in brief", ""));
        assert_eq!(split("paper.md"), both("paper.md", ""));
        assert_eq!(split("#42%25"), both("", "42%"));
        assert_eq!(split("file:///a%20b.md#01a2"), both("/a b.md", "01a2"));
        assert_eq!(split("urn:opcit:embedded#01a2"), both("", "01a2"));
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a#b.md");
        std::fs::write(&file, "").unwrap();
        assert_eq!(split_part(file.clone()), (Some(file.clone()), None));
        let note = format!("{}#n14", file.display());
        let part = Some("n14".to_owned());
        assert_eq!(split_part(PathBuf::from(note)), (Some(file), part));
    }
}
