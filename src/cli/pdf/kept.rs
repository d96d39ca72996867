//! What PDFs were read as that are read in the reader, kept in the cache, so that one is there at once
//! when it is opened again.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::Builder;

use crate::cli::version;
use crate::formats::pdf::{BuildScript, PdfRefusal};
use crate::shelf::cache_folder;

/// All that is kept has at most so many bytes; what was opened last is kept.
const MAX_BYTES: u64 = 64 << 20;

/// What the name of a file begins with that is being written.
const TEMPORARY: &str = "new-";

/// What was read, as a file for each PDF, which is named by where the PDF is. It begins with 32 bytes
/// that tell the version of opcit, the PDF's bytes and what comes behind from any others; that is JSON.
#[derive(Debug)]
pub(in crate::cli) struct KeptPdfs {
    /// None where nothing can be kept.
    folder: Option<PathBuf>,
}

impl KeptPdfs {
    /// Those in the folder for what can be made anew.
    pub(in crate::cli) fn new() -> Self {
        let cache = cache_folder();
        KeptPdfs {
            folder: cache.map(|cache| cache.join("pdf")),
        }
    }

    /// What the PDF at a path was read as when it was read last, if it had these bytes; else what `read`
    /// reads, which is kept.
    ///
    /// # Errors
    /// When `read` reads nothing.
    pub(in crate::cli) fn read(
        &self,
        path: &Path,
        bytes: &[u8],
        read: impl FnOnce() -> Result<BuildScript, PdfRefusal>,
    ) -> Result<BuildScript, PdfRefusal> {
        let Some(file) = self.file_of(path) else {
            return read();
        };
        if let Some(kept) = load(&file, bytes) {
            return Ok(kept);
        }
        let script = read()?;
        // What cannot be kept is read again next time.
        if store(&file, bytes, &script).is_ok() {
            self.tidy();
        }
        Ok(script)
    }

    /// Forgets what the PDF at a path was read as.
    pub(in crate::cli) fn forget(&self, path: &Path) {
        if let Some(file) = self.file_of(path) {
            let _ = fs::remove_file(file);
        }
    }

    /// The file about the PDF at a path, which is compared whole and without links.
    fn file_of(&self, path: &Path) -> Option<PathBuf> {
        let folder = self.folder.as_ref()?;
        let whole = path.canonicalize().or_else(|_| std::path::absolute(path));
        let hash = blake3::hash(whole.ok()?.as_os_str().as_encoded_bytes());
        Some(folder.join(hash.to_hex().get(..32)?))
    }

    /// Removes what was opened longest ago while there is too much.
    fn tidy(&self) {
        let folder = self.folder.iter().flat_map(fs::read_dir);
        let files = folder.flatten().flatten().filter_map(|entry| {
            let metadata = entry.metadata().ok()?;
            Some((metadata.modified().ok()?, metadata.len(), entry.path()))
        });
        let mut files: Vec<(SystemTime, u64, PathBuf)> = files.collect();
        files.sort_by(|one, other| other.cmp(one));
        let mut kept = 0_u64;
        for (_, bytes, path) in files {
            kept = kept.saturating_add(bytes);
            if kept > MAX_BYTES {
                let _ = fs::remove_file(path);
            }
        }
    }
}

/// What is in a file, if it was made of these bytes by this version, and is as it was written.
fn load(file: &Path, bytes: &[u8]) -> Option<BuildScript> {
    let kept = fs::read(file).ok()?;
    let (sum, json) = kept.split_first_chunk()?;
    if *sum != sum_of(bytes, json) {
        return None;
    }
    let script = serde_json::from_slice(json).ok()?;
    let opened = File::options().append(true).open(file);
    let _ = opened.and_then(|opened| opened.set_modified(SystemTime::now()));
    Some(script)
}

/// Makes a file, whole or not at all. It need not outlast the power.
fn store(file: &Path, bytes: &[u8], script: &BuildScript) -> io::Result<()> {
    let folder = file.parent().ok_or(io::ErrorKind::NotFound)?;
    fs::create_dir_all(folder)?;
    let json = serde_json::to_vec(script)?;
    let mut new = Builder::new().prefix(TEMPORARY).tempfile_in(folder)?;
    new.write_all(&sum_of(bytes, &json))?;
    new.write_all(&json)?;
    new.persist(file)?;
    Ok(())
}

/// What tells the bytes of a PDF, what it was read as, and the version of opcit from any others.
fn sum_of(bytes: &[u8], json: &[u8]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(version::LONG.as_bytes());
    hasher.update(&(bytes.len() as u64).to_le_bytes());
    hasher.update(bytes);
    hasher.update(json);
    *hasher.finalize().as_bytes()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use tempfile::TempDir;

    use super::*;
    use crate::formats::pdf;

    const PDF: &str = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/data/pdf/paper.typst.pdf"
    );

    struct Desk {
        folder: TempDir,
        reads: Cell<usize>,
    }

    impl Desk {
        fn new() -> Self {
            Desk {
                folder: TempDir::new().unwrap(),
                reads: Cell::new(0),
            }
        }

        fn kept(&self) -> KeptPdfs {
            KeptPdfs {
                folder: Some(self.folder.path().to_owned()),
            }
        }

        /// How often a PDF is read itself until it is opened.
        fn reads(&self, path: &str, bytes: &[u8]) -> usize {
            let read = || {
                self.reads.set(self.reads.get() + 1);
                pdf::script(&fs::read(PDF).unwrap(), "", None)
            };
            let script = self.kept().read(Path::new(path), bytes, read).unwrap();
            assert_eq!(script.play().paper.notes.len(), 43);
            self.reads.take()
        }

        fn file(&self) -> PathBuf {
            let mut files = fs::read_dir(self.folder.path()).unwrap();
            files.next().unwrap().unwrap().path()
        }
    }

    #[test]
    fn a_pdf_is_read_once_as_long_as_it_is_the_same() {
        let desk = Desk::new();
        assert_eq!(desk.reads("/a.pdf", b"one"), 1);
        assert_eq!(desk.reads("/a.pdf", b"one"), 0);
        assert_eq!(desk.reads("/a.pdf", b"other"), 1);
        assert_eq!(desk.reads("/a.pdf", b"one"), 1);
        assert_eq!(desk.reads("/b.pdf", b"one"), 1);
        desk.kept().forget(Path::new("/a.pdf"));
        assert_eq!(desk.reads("/a.pdf", b"one"), 1);
        assert_eq!(desk.reads("/b.pdf", b"one"), 0);
    }

    #[test]
    fn what_is_damaged_is_read_again() {
        let desk = Desk::new();
        desk.reads("/a.pdf", b"one");
        let whole = fs::read(desk.file()).unwrap();
        for at in [0, 40, whole.len() / 2, whole.len() - 1] {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            fs::write(desk.file(), damaged).unwrap();
            assert_eq!(desk.reads("/a.pdf", b"one"), 1, "byte {at}");
        }
        fs::write(desk.file(), &whole[..whole.len() - 1]).unwrap();
        assert_eq!(desk.reads("/a.pdf", b"one"), 1);
        assert_eq!(desk.reads("/a.pdf", b"one"), 0);
    }

    #[test]
    fn what_was_opened_longest_ago_goes_when_there_is_too_much() {
        let desk = Desk::new();
        let file = |name: &str, bytes: u64, day: u64| {
            let file = File::create(desk.folder.path().join(name)).unwrap();
            file.set_len(bytes).unwrap();
            let when = SystemTime::UNIX_EPOCH + std::time::Duration::from_hours(24 * day);
            file.set_modified(when).unwrap();
        };
        file("first", 8, 1);
        file("second", MAX_BYTES - 8, 2);
        file("third", 8, 3);
        desk.kept().tidy();
        let mut left: Vec<_> = fs::read_dir(desk.folder.path()).unwrap().collect();
        left.sort_by_key(|entry| entry.as_ref().unwrap().file_name());
        let left: Vec<_> = left
            .iter()
            .map(|entry| entry.as_ref().unwrap().file_name())
            .collect();
        assert_eq!(left, ["second", "third"]);
    }
}
