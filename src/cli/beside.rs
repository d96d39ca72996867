//! Reading the files that lie beside a paper, such as the chapters of a LaTeX file.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// A file that a paper takes in has at most so many bytes.
const MAX_BYTES: u64 = 32 << 20;

/// What the names of bibliographies in TeX's form end in.
const BIBLIOGRAPHIES: [&str; 3] = ["bib", "bibtex", "biblatex"];

/// Reads a file by its path from the folder of the paper. It must lie in that folder or below it,
/// also when links in the path are followed; but for a bibliography in TeX's form, which Pandoc finds
/// wherever it lies, and which holds works and nothing private.
pub(super) fn read(paper: &Path, name: &str) -> Option<Vec<u8>> {
    let folder = paper.parent()?;
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let folder = folder.canonicalize().ok()?;
    let path = folder.join(name).canonicalize().ok()?;
    let is_bibliography = path.extension().is_some_and(|ending| {
        BIBLIOGRAPHIES
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    });
    let may_be_read = path.starts_with(&folder) || is_bibliography;
    if !(may_be_read && path.metadata().ok()?.is_file()) {
        return None;
    }
    let mut bytes = Vec::new();
    let file = File::open(path).ok()?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).ok()?;
    u64::try_from(bytes.len())
        .is_ok_and(|read| read <= MAX_BYTES)
        .then_some(bytes)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn only_files_of_the_papers_own_folder_are_read_and_bibliographies_from_others() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("paper");
        fs::create_dir_all(folder.join("chapters")).unwrap();
        fs::write(folder.join("chapters/one.tex"), "One").unwrap();
        fs::write(outer.path().join("secret.tex"), "Secret").unwrap();
        std::os::unix::fs::symlink(outer.path(), folder.join("way-out")).unwrap();
        let paper = folder.join("paper.tex");
        let read = |name: &str| read(&paper, name);
        assert_eq!(read("chapters/one.tex").as_deref(), Some(&b"One"[..]));
        assert_eq!(
            read("./chapters/../chapters/one.tex").as_deref(),
            Some(&b"One"[..])
        );
        fs::write(outer.path().join("works.bib"), "@book{a}").unwrap();
        let works = outer.path().join("works.bib");
        for name in ["../works.bib", "way-out/works.bib", works.to_str().unwrap()] {
            assert_eq!(read(name).as_deref(), Some(&b"@book{a}"[..]), "{name}");
        }
        std::os::unix::fs::symlink(outer.path().join("secret.tex"), folder.join("a.bib")).unwrap();
        let outside = outer.path().join("secret.tex");
        for name in [
            "../secret.tex",
            "a.bib",
            "way-out/secret.tex",
            outside.to_str().unwrap(),
            "chapters",
            "missing.tex",
            "a\0b",
        ] {
            assert_eq!(read(name), None, "{name}");
        }
    }
}
