//! The bytes of files, within limits.

use std::fs::{self, File, FileType, Metadata};
use std::io::{self, Read};
use std::os::unix::fs::{FileExt, FileTypeExt};
use std::path::Path;

use super::{InputError, shown};
use crate::formats::{FileEnds, Refusal};
use crate::shelf::MAX_FILE_BYTES;

/// The most bytes that a paper may have. Its reading takes several times as much memory.
pub(super) const LIMIT: u64 = 256 << 20;

/// Of a shorter file, all is there as soon as its ends would be.
const LONG_FILE_BYTES: u64 = 2 << 20;

/// So much of a long file is an end: the beginning of the paper, and the notes of a long chapter.
const END_BYTES: usize = 512 << 10;

/// The bytes of a paper's file, and whether it stayed as it was meanwhile.
pub(super) fn read_file(path: &Path, name: &str) -> Result<(Vec<u8>, bool), InputError> {
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
    let expected = if before.is_file() { before.len() } else { 0 };
    let bytes = read_at_most(LIMIT, expected, from, name)?;
    let after = file.metadata().map_err(failed)?;
    let stamp = |metadata: &Metadata| (metadata.len(), metadata.modified().ok());
    // Of a pipe, nothing is known beforehand.
    let is_whole = !before.is_file() || stamp(&before) == stamp(&after);
    Ok((bytes, is_whole))
}

/// What a paper's file begins and ends with, if it takes long to read it whole. What is wrong with it is
/// said when that is done.
pub(super) fn read_ends(path: &Path) -> Option<FileEnds> {
    let metadata = fs::metadata(path).ok()?;
    if !metadata.is_file() || !(LONG_FILE_BYTES..=LIMIT).contains(&metadata.len()) {
        return None;
    }
    let file = File::open(path).ok()?;
    let read_at = |offset| {
        let mut bytes = vec![0; END_BYTES];
        file.read_exact_at(&mut bytes, offset).ok()?;
        Some(bytes)
    };
    Some(FileEnds {
        head: read_at(0)?,
        tail: read_at(metadata.len().checked_sub(END_BYTES as u64)?)?,
    })
}

fn is_device(kind: FileType) -> bool {
    kind.is_char_device() || kind.is_block_device() || kind.is_socket()
}

/// All bytes of a text, of which about so many are expected, and never more than one beyond the
/// limit.
pub(super) fn read_at_most(
    limit: u64,
    expected: u64,
    from: impl Read,
    name: &str,
) -> Result<Vec<u8>, InputError> {
    // With one byte more, so that the end is found without more room.
    let room = usize::try_from(expected.min(limit) + 1);
    let mut bytes = Vec::with_capacity(room.unwrap_or_default());
    let read = from.take(limit + 1).read_to_end(&mut bytes);
    read.map_err(|error| InputError::from_io(error, name))?;
    let name = name.to_owned();
    if u64::try_from(bytes.len()).is_ok_and(|read| read > limit) {
        return Err(InputError::TooLarge { name, limit });
    }
    Ok(bytes)
}

/// The text of a file of bookmarks, or of standard input.
///
/// # Errors
/// When there is nothing that can be read, or more than opcit takes.
pub(in crate::cli) fn read_bookmarks_file(path: Option<&Path>) -> Result<String, InputError> {
    let limit = MAX_FILE_BYTES as u64;
    let (bytes, name) = match path {
        Some(path) => {
            let name = shown(path.as_os_str());
            let failed = |error| InputError::from_io(error, &name);
            let metadata = fs::metadata(path).map_err(failed)?;
            if metadata.file_type().is_block_device() || metadata.file_type().is_socket() {
                return Err(InputError::Device { name });
            }
            let file = File::open(path).map_err(failed)?;
            (read_at_most(limit, 0, file, &name)?, name)
        }
        None => {
            let name = "standard input".to_owned();
            (read_at_most(limit, 0, io::stdin().lock(), &name)?, name)
        }
    };
    let refusal = Refusal::Binary;
    String::from_utf8(bytes).map_err(|_| InputError::Refused { name, refusal })
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
        let error = read_at_most(1000, 0, &mut endless, "endless").unwrap_err();
        assert!(matches!(error, InputError::TooLarge { limit: 1000, .. }));
        assert_eq!(endless.read, 1001);
    }

    #[test]
    fn a_paper_as_long_as_the_limit_is_read() {
        let bytes = read_at_most(3, 9, &b"abc"[..], "abc").unwrap();
        assert_eq!(bytes, b"abc");
    }

    #[test]
    fn of_a_long_file_the_ends_are_read_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("paper.md");
        let write = |bytes: &[u8]| fs::write(&path, bytes).unwrap();
        let length = usize::try_from(LONG_FILE_BYTES).unwrap();
        write(&vec![b'a'; length - 1]);
        assert!(read_ends(&path).is_none());
        write(&[vec![b'a'; length / 2], vec![b'b'; length / 2]].concat());
        let ends = read_ends(&path).unwrap();
        assert_eq!(ends.head, [b'a'; END_BYTES]);
        assert_eq!(ends.tail, [b'b'; END_BYTES]);
        assert!(read_ends(folder.path()).is_none());
    }

    /// A file that somebody else writes to while it is read.
    struct ModifiedWhileRead<'a> {
        file: &'a File,
        meddle: fn(&File),
    }

    impl Read for ModifiedWhileRead<'_> {
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
            read_whole(file, ModifiedWhileRead { file, meddle }, "paper").unwrap()
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
}
