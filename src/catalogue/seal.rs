//! What every cached file begins with: its form, a sum that tells when it is broken, and what it was
//! made of.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::{FileBeside, FileState};

/// What a file begins with that says its form.
pub(super) type Magic = [u8; 8];

/// What a cached file was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MadeOf {
    /// The state that the paper's file was in.
    pub(super) state: FileState,
    /// In what way it was read.
    pub(super) how: u64,
    /// The files that it was read from beside the paper's own.
    pub(super) beside: Vec<FileBeside>,
}

impl MadeOf {
    /// Whether a change of any of the files will be seen.
    pub(super) fn is_settled(&self) -> bool {
        let mut beside = self.beside.iter();
        self.state.is_settled() && beside.all(|file| file.state.is_settled())
    }
}

/// A file of this form with such a body, which is given in parts.
pub(super) fn seal(magic: &Magic, made_of: &MadeOf, parts: &[&[u8]]) -> Vec<u8> {
    let bytes: usize = parts.iter().map(|part| part.len()).sum();
    let mut body = Vec::with_capacity(64 + bytes);
    push_made_of(made_of, &mut body);
    for part in parts {
        body.extend_from_slice(part);
    }
    sum_up(magic, &body)
}

/// What a file of this form was made of, and its body. Whether it is as it was written is not
/// looked at.
pub(super) fn open_sealed<'a>(magic: &Magic, bytes: &'a [u8]) -> Option<(MadeOf, &'a [u8])> {
    let mut body = body_of(magic, bytes)?;
    Some((take_made_of(&mut body)?, body))
}

/// The same bytes behind their form and sum.
pub(super) fn sum_up(magic: &Magic, body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(magic.len() + 4 + body.len());
    bytes.extend_from_slice(magic);
    bytes.extend_from_slice(&crc32fast::hash(body).to_le_bytes());
    bytes.extend_from_slice(body);
    bytes
}

/// What is behind form and sum, if the form is this one.
pub(super) fn body_of<'a>(magic: &Magic, bytes: &'a [u8]) -> Option<&'a [u8]> {
    bytes.strip_prefix(magic)?.get(4..)
}

/// Whether the bytes behind form and sum have that sum.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    let summed = bytes.get(8..).and_then(<[u8]>::split_first_chunk::<4>);
    summed.is_some_and(|(sum, body)| crc32fast::hash(body) == u32::from_le_bytes(*sum))
}

/// The bytes packed.
pub(super) fn pack(bytes: &[u8], compression: Compression) -> Vec<u8> {
    let mut packed = DeflateEncoder::new(Vec::new(), compression);
    // Memory takes all that is written.
    let _ = packed.write_all(bytes);
    packed.finish().unwrap_or_default()
}

/// The bytes that were packed; none if they were not, or are more than `most`, so that no small file
/// fills the memory.
pub(super) fn unpack(packed: &[u8], most: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    // One more tells whether there are more.
    let mut packed = DeflateDecoder::new(packed).take(most.saturating_add(1));
    let read = packed.read_to_end(&mut bytes).ok()?;
    (u64::try_from(read).ok()? <= most).then_some(bytes)
}

pub(super) fn push_made_of(made_of: &MadeOf, body: &mut Vec<u8>) {
    push_state(made_of.state, body);
    body.extend_from_slice(&made_of.how.to_le_bytes());
    body.extend_from_slice(&length(made_of.beside.len()));
    for FileBeside { name, state } in &made_of.beside {
        push_text(name, body);
        push_state(*state, body);
    }
}

pub(super) fn take_made_of(bytes: &mut &[u8]) -> Option<MadeOf> {
    let state = take_state(bytes)?;
    let how = take_u64(bytes)?;
    let count = take_length(bytes)?;
    let beside = (0..count).map(|_| {
        Some(FileBeside {
            name: take_text(bytes)?,
            state: take_state(bytes)?,
        })
    });
    Some(MadeOf {
        state,
        how,
        beside: beside.collect::<Option<_>>()?,
    })
}

pub(super) fn push_state(state: FileState, body: &mut Vec<u8>) {
    for number in [state.modified_nanos, state.bytes, state.inode] {
        body.extend_from_slice(&number.to_le_bytes());
    }
}

pub(super) fn take_state(bytes: &mut &[u8]) -> Option<FileState> {
    Some(FileState {
        modified_nanos: take_u64(bytes)?,
        bytes: take_u64(bytes)?,
        inode: take_u64(bytes)?,
    })
}

pub(super) fn push_text(text: &str, body: &mut Vec<u8>) {
    body.extend_from_slice(&length(text.len()));
    body.extend_from_slice(text.as_bytes());
}

pub(super) fn take_text(bytes: &mut &[u8]) -> Option<String> {
    let length = take_length(bytes)?;
    let (text, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(str::from_utf8(text).ok()?.to_owned())
}

pub(super) fn length(bytes: usize) -> [u8; 8] {
    u64::try_from(bytes).unwrap_or(u64::MAX).to_le_bytes()
}

pub(super) fn take_u64(bytes: &mut &[u8]) -> Option<u64> {
    let (number, rest) = bytes.split_first_chunk::<8>()?;
    *bytes = rest;
    Some(u64::from_le_bytes(*number))
}

pub(super) fn take_length(bytes: &mut &[u8]) -> Option<usize> {
    usize::try_from(take_u64(bytes)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked_whole_or_not_at_all() {
        let bytes = [7; 1000];
        let packed = pack(&bytes, Compression::fast());
        assert_eq!(unpack(&packed, 1000).as_deref(), Some(&bytes[..]));
        assert_eq!(unpack(&packed, u64::MAX).as_deref(), Some(&bytes[..]));
        assert_eq!(unpack(&packed, 999), None);
        assert_eq!(unpack(&bytes, 1000), None);
    }
}
