//! The parts of an archive whose directory is lost: each has a header of its own before its bytes.
//!
//! The crate `zip` reads such an archive only from its start to the first fault, and not at all
//! where sizes come after the bytes, as many programs write them.

use memchr::memmem;

/// What a part's own header begins with.
const SIGN: &[u8] = b"PK\x03\x04";

/// Bytes of a header before the name.
const HEADER_BYTES: usize = 30;

/// How the bytes of a part are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Stored { bytes: usize },
    Deflated,
    Encrypted,
    Unknown,
}

/// The parts whose headers are in the bytes: name, where the packed bytes begin, and how they are
/// packed.
pub(super) fn find(bytes: &[u8]) -> impl Iterator<Item = (String, usize, Packing)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = bytes.get(from..)?;
            let at = from + memmem::find(rest, SIGN)?;
            from = at + SIGN.len();
            if let Some(header) = LocalFileHeader::parse(bytes, at) {
                // Past the packed bytes, which may hold another archive, if their size is known.
                from = header.from + header.packed_bytes.unwrap_or(0);
                let packing = header.packing(bytes);
                return Some((header.name, header.from, packing));
            }
        }
    })
}

struct LocalFileHeader {
    name: String,
    flags: u16,
    method: u16,
    from: usize,
    /// None if it comes only after the bytes, or cannot be true.
    packed_bytes: Option<usize>,
}

impl LocalFileHeader {
    fn parse(bytes: &[u8], at: usize) -> Option<Self> {
        let header = bytes.get(at..)?.get(..HEADER_BYTES)?;
        let short = |at: usize| {
            let bytes = header.get(at..at + 2)?;
            Some(u16::from_le_bytes(bytes.try_into().ok()?))
        };
        let (flags, method) = (short(6)?, short(8)?);
        let long = u32::from_le_bytes(header.get(18..22)?.try_into().ok()?);
        let (name_bytes, extra_bytes) = (usize::from(short(26)?), usize::from(short(28)?));
        let name_at = at + HEADER_BYTES;
        let name = bytes.get(name_at..name_at + name_bytes)?;
        let name = str::from_utf8(name).ok().filter(|name| !name.is_empty())?;
        let from = name_at + name_bytes + extra_bytes;
        let rest = bytes.len().checked_sub(from)?;
        let comes_later = flags & 0x8 != 0;
        let packed_bytes = usize::try_from(long).ok();
        Some(LocalFileHeader {
            name: name.to_owned(),
            flags,
            method,
            from,
            packed_bytes: packed_bytes.filter(|bytes| !comes_later && *bytes <= rest),
        })
    }

    fn packing(&self, bytes: &[u8]) -> Packing {
        match self.method {
            _ if self.flags & 0x1 != 0 => Packing::Encrypted,
            0 => Packing::Stored {
                bytes: self
                    .packed_bytes
                    .unwrap_or_else(|| up_to_sign(bytes, self.from)),
            },
            8 => Packing::Deflated,
            _ => Packing::Unknown,
        }
    }
}

/// How many bytes come before the next header of any kind.
fn up_to_sign(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let is_sign = |at: &usize| {
        let sign = rest.get(*at + 2..*at + 4);
        matches!(sign, Some(b"\x03\x04" | b"\x07\x08" | b"\x01\x02"))
    };
    let next = memmem::find_iter(rest, b"PK").find(is_sign);
    next.unwrap_or(rest.len())
}
