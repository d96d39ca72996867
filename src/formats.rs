//! Reading files into papers: an importer for each format, all over the same
//! [`PaperBuilder`](crate::paper::PaperBuilder).
//!
//! ```
//! use opcit::formats::{ReadOptions, read};
//!
//! let parsed = read(b"A sentence.[^1]\n\n[^1]: The note.\n", &ReadOptions::default())?;
//! assert_eq!(parsed.paper.notes.len(), 1);
//! # Ok::<(), opcit::formats::Refusal>(())
//! ```

pub(crate) mod archive;
pub(crate) mod babel;
pub mod bibliography;
mod captions;
mod decode;
mod detect;
pub(crate) mod docx;
mod embedded;
mod ends;
pub(crate) mod epub;
#[cfg(test)]
pub(crate) mod generated;
pub(crate) mod html;
pub(crate) mod jats;
pub(crate) mod latex;
mod lines;
mod list_numbers;
pub mod loose;
pub mod markdown;
mod markup;
mod mathml;
#[cfg(feature = "pdf")]
mod mend;
pub(crate) mod mhtml;
pub(crate) mod odt;
mod office;
#[cfg(test)]
mod outline;
pub(crate) mod packed_image;
#[cfg(feature = "pdf")]
pub mod pdf;
pub(crate) mod rtf;
mod running;
mod unpack;
mod user_names;

use std::fmt;

use encoding_rs::Encoding;

use crate::paper::{MendingKind, Parsed, Problem, SourceLocation};
pub use bibliography::Bibliography;
pub use decode::{Decoded, NotText, decode, decode_as};
pub use detect::{FileKind, Foreign, detect};
pub use embedded::embedded;
pub use ends::FileEnds;
use unpack::Unpacked;

/// A format of papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Markdown with footnotes, as Pandoc and GitHub have it.
    Markdown,
    /// Text that may be Markdown, or what a converter has left of a paper.
    Text,
    /// Word's format.
    Docx,
    /// OpenDocument text, also as one flat XML file.
    Odt,
    /// EPUB 2 and 3.
    Epub,
    /// A page of the web.
    Html,
    /// A page of the web that a browser has saved as a message.
    Mhtml,
    /// The XML of journals.
    Jats,
    /// LaTeX source.
    Latex,
    /// Rich Text Format.
    Rtf,
    /// Portable Document Format.
    Pdf,
}

impl Format {
    /// Each, in the order in which they are listed.
    pub const ALL: [Format; 11] = [
        Format::Markdown,
        Format::Text,
        Format::Docx,
        Format::Odt,
        Format::Epub,
        Format::Html,
        Format::Mhtml,
        Format::Jats,
        Format::Latex,
        Format::Rtf,
        Format::Pdf,
    ];

    /// Whether such a file is an archive.
    fn is_archive(self) -> bool {
        matches!(self, Format::Docx | Format::Odt | Format::Epub)
    }

    /// The word for it on the command line and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Format::Markdown => "markdown",
            Format::Text => "text",
            Format::Docx => "docx",
            Format::Odt => "odt",
            Format::Epub => "epub",
            Format::Html => "html",
            Format::Mhtml => "mhtml",
            Format::Jats => "jats",
            Format::Latex => "latex",
            Format::Rtf => "rtf",
            Format::Pdf => "pdf",
        }
    }
}

/// Reads a file that lies in the paper's folder, by its path from there. None if there is no such
/// file, or it is not to be read.
pub type ReadBeside<'a> = dyn Fn(&str) -> Option<Vec<u8>> + 'a;

/// How what is cited by keys is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum CitationStyle {
    /// As the paper's own style says, else by author and year.
    #[default]
    Auto,
    /// By author and year, in the text.
    AuthorDate,
    /// In notes.
    Notes,
}

/// How bytes are to be read.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct ReadOptions<'a> {
    /// What they are; none if they tell it themselves.
    pub from: Option<Format>,
    /// In what encoding a text is; none if it tells that itself.
    pub encoding: Option<&'static Encoding>,
    /// Whether text that a converter has left broken is mended; else it is read as it is.
    pub mends: bool,
    /// Whether a mending of this kind, at this line, may be made.
    pub may_mend: &'a dyn Fn(MendingKind, u32) -> bool,
    /// What reads the files that a paper is made of besides, such as the chapters of a LaTeX file.
    pub beside: &'a ReadBeside<'a>,
    /// The reader's own bibliography, for keys that the paper's do not have.
    pub bibliography: Option<&'a Bibliography>,
    /// How what is cited by keys is set.
    pub citations: CitationStyle,
    /// What takes the beginning of a long paper, to be looked at while the rest is read; none if it
    /// is not wanted. Not every format has one.
    pub begun: Option<&'a dyn Fn(Parsed)>,
    /// What reads a PDF, if it is not to be read here: in another process, say.
    #[cfg(feature = "pdf")]
    pub read_pdf: &'a pdf::PdfReader<'a>,
    /// What opens a PDF that needs a password.
    #[cfg(feature = "pdf")]
    pub password: &'a str,
}

impl fmt::Debug for ReadOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadOptions")
            .field("from", &self.from)
            .field("encoding", &self.encoding)
            .field("mends", &self.mends)
            .finish_non_exhaustive()
    }
}

impl Default for ReadOptions<'_> {
    fn default() -> Self {
        ReadOptions {
            from: None,
            encoding: None,
            mends: true,
            may_mend: &|_, _| true,
            beside: &|_| None,
            bibliography: None,
            citations: CitationStyle::Auto,
            begun: None,
            #[cfg(feature = "pdf")]
            read_pdf: &pdf::script,
            #[cfg(feature = "pdf")]
            password: "",
        }
    }
}

/// Why bytes are not read as a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// It is a paper, in a format that opcit does not read.
    Unreadable(Format),
    /// It is something else than a paper.
    Foreign(Foreign),
    /// It is nothing that is known, and no text.
    Binary,
    /// Text in UTF-32, which is not read.
    Utf32,
    /// An archive with several papers, of which these are the names, or with none.
    Papers(Vec<String>),
    /// It is packed, and too large or too damaged to be unpacked.
    Unpackable,
    /// There is no text in it that can be found.
    NoText,
    /// It can only be read with a password.
    Encrypted,
    /// Its seller has locked it (DRM), and only the seller's programs open it.
    Locked,
    /// It is a PDF that cannot be read.
    #[cfg(feature = "pdf")]
    Pdf(pdf::PdfRefusal),
}

/// Reads a paper in whatever format it is.
///
/// # Errors
/// When there is no text in the bytes that can be read.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Parsed, Refusal> {
    let is_named_archive = options.from.is_some_and(Format::is_archive);
    match (detect(bytes), options.from) {
        (FileKind::Gzip, _) => read_unpacked(unpack::gzip(bytes)?, options),
        (FileKind::Archive, _) if !is_named_archive => {
            read_unpacked(unpack::archive(bytes)?, options)
        }
        (_, Some(format)) | (FileKind::Paper(format), None) => read_as(bytes, format, options),
        (FileKind::Foreign(Foreign::OldOffice), None) if detect::is_encrypted(bytes) => {
            Err(Refusal::Encrypted)
        }
        (FileKind::Foreign(foreign), None) => Err(Refusal::Foreign(foreign)),
        (FileKind::Archive, None) => Err(Refusal::Binary),
    }
}

/// The bytes of the paper in a file that may be packed.
///
/// # Errors
/// When it cannot be unpacked, or is an archive of several papers.
#[cfg(feature = "pictures")]
pub(crate) fn unpacked(mut bytes: Vec<u8>) -> Result<Vec<u8>, Refusal> {
    // What is packed more often than that has no end.
    for _ in 0..MOST_PACKED {
        bytes = match detect(&bytes) {
            FileKind::Gzip => unpack::gzip(&bytes)?.bytes,
            FileKind::Archive => unpack::archive(&bytes)?.bytes,
            FileKind::Paper(_) | FileKind::Foreign(_) => return Ok(bytes),
        };
    }
    Err(Refusal::Unpackable)
}

/// How often a paper may be packed, one packing within the other.
#[cfg(feature = "pictures")]
const MOST_PACKED: usize = 4;

fn read_unpacked(unpacked: Unpacked, options: &ReadOptions) -> Result<Parsed, Refusal> {
    let mut parsed = read(&unpacked.bytes, options)?;
    if let Some(fault) = unpacked.fault {
        parsed.add_problem(Problem::new(SourceLocation::Unknown, fault));
    }
    Ok(parsed)
}

/// Reads a paper in this format: a line for each.
fn read_as(bytes: &[u8], format: Format, options: &ReadOptions) -> Result<Parsed, Refusal> {
    match format {
        Format::Markdown => text(bytes, options, |text| markdown::read(text, options)),
        Format::Html => Ok(html::read(bytes, options.encoding)),
        Format::Mhtml => mhtml::read(bytes).ok_or(Refusal::NoText),
        Format::Epub => epub::read(bytes),
        Format::Jats => Ok(jats::read(bytes, options.encoding)),
        Format::Latex => Ok(latex::read(bytes, options.encoding, options.beside)),
        Format::Text => text(bytes, options, |text| {
            if options.mends {
                loose::read(text, options)
            } else {
                markdown::read(text, options)
            }
        }),
        Format::Docx => docx::read(bytes, options),
        Format::Odt => odt::read(bytes, options),
        Format::Rtf => rtf::read(bytes, options),
        #[cfg(feature = "pdf")]
        Format::Pdf => {
            let begun = options
                .begun
                .map(|begun| |script: pdf::BuildScript| begun(script.play()));
            let begun = begun.as_ref().map(|begun| begun as pdf::TakeBeginning<'_>);
            (options.read_pdf)(bytes, options.password, begun)
                .map(pdf::BuildScript::play)
                .map_err(Refusal::Pdf)
        }
        #[cfg(not(feature = "pdf"))]
        Format::Pdf => Err(Refusal::Unreadable(format)),
    }
}

/// Reads a text, once its bytes are one.
fn text(
    bytes: &[u8],
    options: &ReadOptions,
    parse: impl FnOnce(&str) -> Parsed,
) -> Result<Parsed, Refusal> {
    let decoded = match options.encoding {
        Some(encoding) => decode_as(bytes, encoding),
        None => decode(bytes).map_err(|error| match error {
            NotText::Binary => Refusal::Binary,
            NotText::Utf32 => Refusal::Utf32,
        })?,
    };
    let mut parsed = parse(&decoded.text);
    if let Some(problem) = decoded.problem {
        parsed.add_problem(problem);
    }
    Ok(parsed)
}

#[cfg(test)]
mod tests;
