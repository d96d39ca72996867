//! A paper that is packed, alone: with gzip, or in an archive.

use std::io::Read;

use flate2::read::MultiGzDecoder;

use super::Refusal;
use super::archive::{Archive, FaultKind};
use super::detect::{FileKind, detect};
use crate::paper::ProblemKind;

/// The most bytes that a file is unpacked to, as many as a file may have that is not packed.
const MAX_BYTES: u64 = 256 << 20;

/// How many times its packed size a file may have, once it is larger than [`MAX_FREE_BYTES`].
const MAX_RATIO: u64 = 250;

const MAX_FREE_BYTES: u64 = 4 << 20;

/// How the names of papers end.
const PAPER_ENDINGS: [&str; 16] = [
    "md", "markdown", "mkd", "txt", "text", "docx", "odt", "epub", "html", "htm", "xhtml", "mhtml",
    "xml", "tex", "rtf", "pdf",
];

/// A file that was packed.
pub(super) struct Unpacked {
    pub(super) bytes: Vec<u8>,
    /// Why it is not whole, if it is not.
    pub(super) fault: Option<ProblemKind>,
}

/// The file that is packed with gzip, as far as it can be unpacked.
pub(super) fn gzip(bytes: &[u8]) -> Result<Unpacked, Refusal> {
    let packed = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let most = MAX_BYTES.min(packed.saturating_mul(MAX_RATIO).max(MAX_FREE_BYTES));
    let mut unpacked = Vec::new();
    let decoder = MultiGzDecoder::new(bytes);
    let read = decoder.take(most + 1).read_to_end(&mut unpacked);
    let is_too_large = u64::try_from(unpacked.len()).is_ok_and(|bytes| bytes > most);
    // Gzip within gzip has no end that is known beforehand.
    let is_packed_again = unpacked.starts_with(b"\x1f\x8b");
    if is_too_large || is_packed_again || (read.is_err() && unpacked.is_empty()) {
        return Err(Refusal::Unpackable);
    }
    let fault = read.err().map(|_| ProblemKind::PackedDamaged);
    Ok(Unpacked {
        bytes: unpacked,
        fault,
    })
}

/// The one paper that is in the archive.
pub(super) fn archive(bytes: &[u8]) -> Result<Unpacked, Refusal> {
    let mut archive = Archive::open(bytes).ok_or(Refusal::Unpackable)?;
    let names = archive.names().filter(|name| is_paper(name));
    let names: Vec<String> = names.take(100).map(str::to_owned).collect();
    let [name] = names.as_slice() else {
        return Err(Refusal::Papers(names));
    };
    let paper = archive.read(name);
    let fault = archive.faults().first().map(|fault| fault.kind);
    let bytes = match (paper, fault) {
        (None, Some(FaultKind::Encrypted)) => return Err(Refusal::Encrypted),
        (None, _) => return Err(Refusal::Unpackable),
        (Some(paper), _) => paper,
    };
    // An archive within an archive is nobody's paper.
    if matches!(detect(&bytes), FileKind::Gzip | FileKind::Archive) {
        return Err(Refusal::Unpackable);
    }
    let fault = fault.map(|_| ProblemKind::PackedDamaged);
    Ok(Unpacked { bytes, fault })
}

/// Whether a part is called as papers are, and is not a companion that some system has left.
fn is_paper(name: &str) -> bool {
    let is_hidden = |step: &str| step.starts_with('.') || step == "__MACOSX";
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_named_so = |known: &&str| ending.eq_ignore_ascii_case(known);
    PAPER_ENDINGS.iter().any(is_named_so) && !name.split('/').any(is_hidden)
}
