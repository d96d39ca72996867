//! Archives in the form of ZIP, which DOCX, ODT and EPUB are: their parts, by name.
//!
//! Nothing that an archive says of its sizes is believed: a part is unpacked up to a limit, whatever
//! it claims to be. A broken archive gives what can be read of it.

mod salvage;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fmt;
use std::io::{Cursor, Read};

use flate2::read::DeflateDecoder;
use zip::ZipArchive;

use salvage::Packing;

/// The most bytes that a part is unpacked to.
const MAX_PART_BYTES: usize = 64 << 20;

/// The most bytes that all parts together are unpacked to.
const MAX_ARCHIVE_BYTES: usize = 256 << 20;

/// How many times its packed size a part may have, once it is larger than [`MAX_FREE_BYTES`]. The
/// markup of real papers shrinks to a tenth, seldom to a hundredth.
const MAX_RATIO: usize = 250;

/// Up to so many bytes a part may shrink as much as it likes.
const MAX_FREE_BYTES: usize = 4 << 20;

/// The most parts that are looked at.
const MAX_PARTS: usize = 100_000;

/// An archive, of which parts are read one by one.
#[derive(Debug)]
pub(crate) struct Archive<'a> {
    bytes: &'a [u8],
    directory: Option<ZipArchive<Cursor<&'a [u8]>>>,
    parts: Vec<ArchivePart>,
    by_name: HashMap<String, usize>,
    /// Bytes that may still be unpacked.
    left: usize,
    faults: Vec<Fault>,
}

#[derive(Debug)]
struct ArchivePart {
    name: String,
    place: PartLocation,
}

/// Where a part is.
#[derive(Debug, Clone, Copy)]
enum PartLocation {
    /// In the directory at the archive's end.
    Listed(usize),
    /// Where the archive has the part's own header, which nothing lists.
    Found { from: usize, packing: Packing },
}

/// What is wrong with a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) name: String,
    pub(crate) kind: FaultKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// Only its beginning was unpacked, since it grows too large.
    TooLarge,
    /// It was read up to where it is damaged.
    Damaged,
    /// It can only be read with a password.
    Encrypted,
    /// It is packed in a way that is not known.
    Unknown,
}

/// In words, such as `word/document.xml is damaged: …`.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            FaultKind::TooLarge => "is too large: only its beginning was read",
            FaultKind::Damaged => "is damaged: it was read as far as possible",
            FaultKind::Encrypted => "is encrypted, and was not read",
            FaultKind::Unknown => "is packed in a way that opcit does not know",
        };
        write!(f, "{} in the file {what}", self.name)
    }
}

impl<'a> Archive<'a> {
    /// Opens an archive; none if not a single part can be found in the bytes.
    pub(crate) fn open(bytes: &'a [u8]) -> Option<Self> {
        let mut archive = Archive {
            bytes,
            directory: ZipArchive::new(Cursor::new(bytes)).ok(),
            parts: Vec::new(),
            by_name: HashMap::new(),
            left: MAX_ARCHIVE_BYTES,
            faults: Vec::new(),
        };
        archive.list();
        if archive.parts.is_empty() {
            archive.directory = None;
            for (name, from, packing) in salvage::find(bytes).take(MAX_PARTS) {
                archive.add(&name, PartLocation::Found { from, packing });
            }
        }
        (!archive.parts.is_empty()).then_some(archive)
    }

    /// The names of the parts, with `/` between folders. None leads out of the archive.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|part| part.name.as_str())
    }

    /// Whether there is a part of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// The part of that name, as far as it can be read; none if there is none, or nothing of it
    /// can be read. What is wrong with it is among the [`faults`](Self::faults).
    pub(crate) fn read(&mut self, name: &str) -> Option<Vec<u8>> {
        self.read_at_most(name, MAX_PART_BYTES)
    }

    /// The first bytes of a part, for a look at what it is.
    pub(crate) fn peek(&mut self, name: &str, bytes: usize) -> Option<Vec<u8>> {
        let faults = self.faults.len();
        let read = self.read_at_most(name, bytes);
        self.faults.truncate(faults);
        read
    }

    /// What was wrong with the parts that were read.
    pub(crate) fn faults(&self) -> &[Fault] {
        &self.faults
    }

    fn list(&mut self) {
        let Some(directory) = &self.directory else {
            return;
        };
        let names = (0..directory.len().min(MAX_PARTS)).filter_map(|index| {
            let name = directory.name_for_index(index)?.ok()?;
            Some((index, name.into_owned()))
        });
        for (index, name) in names.collect::<Vec<_>>() {
            self.add(&name, PartLocation::Listed(index));
        }
    }

    /// Adds a part, unless it is a folder, leads out of the archive, or is there already.
    fn add(&mut self, name: &str, place: PartLocation) {
        let Some(name) = inner_path(name) else {
            return;
        };
        if !self.by_name.contains_key(&name) {
            self.by_name.insert(name.clone(), self.parts.len());
            self.parts.push(ArchivePart { name, place });
        }
    }

    fn read_at_most(&mut self, name: &str, limit: usize) -> Option<Vec<u8>> {
        let place = self.parts.get(*self.by_name.get(name)?)?.place;
        let limit = limit.min(self.left);
        let unpacked = match place {
            PartLocation::Listed(index) => self.unpack_listed(index, limit),
            PartLocation::Found { from, packing } => self.unpack_found(from, packing, limit),
        };
        let (bytes, fault) = match unpacked {
            Ok(unpacked) => (Some(unpacked.bytes), unpacked.fault),
            Err(fault) => (None, Some(fault)),
        };
        self.left -= bytes.as_ref().map_or(0, Vec::len).min(self.left);
        if let Some(kind) = fault {
            let name = name.to_owned();
            self.faults.push(Fault { name, kind });
        }
        bytes.filter(|bytes| !bytes.is_empty() || fault.is_none())
    }

    fn unpack_listed(&mut self, index: usize, limit: usize) -> Result<UnpackedPart, FaultKind> {
        let directory = self.directory.as_mut().ok_or(FaultKind::Damaged)?;
        let raw = directory
            .by_index_raw(index)
            .map_err(|_| FaultKind::Damaged)?;
        if raw.encrypted() {
            return Err(FaultKind::Encrypted);
        }
        let packed_bytes = usize::try_from(raw.compressed_size()).unwrap_or(usize::MAX);
        let packed_bytes = packed_bytes.min(self.bytes.len());
        drop(raw);
        let part = directory.by_index(index).map_err(|_| FaultKind::Unknown)?;
        Ok(unpack(part, allowed(packed_bytes, limit)))
    }

    fn unpack_found(
        &self,
        from: usize,
        packing: Packing,
        limit: usize,
    ) -> Result<UnpackedPart, FaultKind> {
        let packed = self.bytes.get(from..).unwrap_or_default();
        match packing {
            Packing::Stored { bytes } => {
                let stored = packed.get(..bytes).unwrap_or(packed);
                Ok(unpack(stored, limit))
            }
            Packing::Deflated => {
                let unpacked = unpack(DeflateDecoder::new(packed), allowed(packed.len(), limit));
                Ok(unpacked)
            }
            Packing::Encrypted => Err(FaultKind::Encrypted),
            Packing::Unknown => Err(FaultKind::Unknown),
        }
    }
}

/// What came out of a part.
struct UnpackedPart {
    bytes: Vec<u8>,
    fault: Option<FaultKind>,
}

/// How many bytes a part of so many packed bytes may be unpacked to.
fn allowed(packed_bytes: usize, limit: usize) -> usize {
    let grown = packed_bytes.saturating_mul(MAX_RATIO).max(MAX_FREE_BYTES);
    limit.min(grown)
}

/// Reads up to so many bytes, and what is there before a fault.
fn unpack(mut from: impl Read, limit: usize) -> UnpackedPart {
    let mut bytes = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX);
    let read = from.by_ref().take(most).read_to_end(&mut bytes);
    let fault = match read {
        Err(_) => Some(FaultKind::Damaged),
        Ok(_) if bytes.len() < limit => None,
        // What comes after the limit, and be it the end, shows whether anything is cut off.
        Ok(_) => match from.read(&mut [0]) {
            Ok(0) => None,
            Ok(_) => Some(FaultKind::TooLarge),
            Err(_) => Some(FaultKind::Damaged),
        },
    };
    UnpackedPart { bytes, fault }
}

/// The path of a part as it is asked for; none for a folder, and for what leads out of the archive.
fn inner_path(name: &str) -> Option<String> {
    let name = name.replace('\\', "/");
    let leads_out = name.starts_with('/') || name.contains([':', '\0']);
    if leads_out || name.ends_with('/') {
        return None;
    }
    let steps = name
        .split('/')
        .filter(|step| !step.is_empty() && *step != ".");
    let steps: Vec<&str> = steps.collect();
    let is_inner = !steps.is_empty() && !steps.contains(&"..");
    is_inner.then(|| steps.join("/"))
}
