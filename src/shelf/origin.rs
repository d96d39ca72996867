//! Where a paper comes from, and how other programs call that.

use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What does not stand for itself in an IRI.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

const EMBEDDED: &str = "urn:opcit:embedded";
const ELSEWHERE: &str = "urn:opcit:standard-input";
const FILE: &str = "file://";

/// Where a paper comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Origin {
    /// The paper that opcit carries: one paper in every version.
    Embedded,
    /// A file.
    File(PathBuf),
    /// Standard input, say.
    Elsewhere,
}

impl Origin {
    /// What annotations call it: an IRI, of a file the one that begins with `file://`.
    #[must_use]
    pub fn iri(&self) -> String {
        match self {
            Origin::Embedded => EMBEDDED.to_owned(),
            Origin::File(_) => {
                let path = self.path().unwrap_or_default();
                format!("{FILE}{}", utf8_percent_encode(&path, ENCODED))
            }
            Origin::Elsewhere => ELSEWHERE.to_owned(),
        }
    }

    /// What an annotation calls by such an IRI, or by a bare path; none if that is nothing that
    /// can be opened.
    #[must_use]
    pub fn from_iri(iri: &str) -> Option<Self> {
        if iri == EMBEDDED {
            return Some(Origin::Embedded);
        }
        let path = match iri.strip_prefix(FILE) {
            Some(encoded) => decoded(encoded)?,
            None => iri.to_owned(),
        };
        let is_path = Path::new(&path).is_absolute();
        is_path.then(|| Origin::File(PathBuf::from(path)))
    }

    /// The path of a file.
    pub(crate) fn file(&self) -> Option<&PathBuf> {
        match self {
            Origin::File(path) => Some(path),
            Origin::Embedded | Origin::Elsewhere => None,
        }
    }

    /// A file's path as it is compared: whole, and without links.
    pub(super) fn path(&self) -> Option<String> {
        let Origin::File(path) = self else {
            return None;
        };
        let path = path.canonicalize().or_else(|_| std::path::absolute(path));
        path.ok().map(|path| path.to_string_lossy().into_owned())
    }
}

/// The path that was encoded so; none if it is broken, or no text.
fn decoded(encoded: &str) -> Option<String> {
    let is_byte = |piece: &str| {
        let digits = piece.as_bytes().first_chunk::<2>();
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    if !encoded.split('%').skip(1).all(is_byte) {
        return None;
    }
    let path = percent_decode_str(encoded).decode_utf8().ok()?;
    Some(path.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, iri: &str) {
        let origin = Origin::File(PathBuf::from(path));
        assert_eq!(origin.iri(), iri);
        assert_eq!(Origin::from_iri(iri), Some(origin));
    }

    #[test]
    fn a_file_is_called_by_an_iri_and_known_by_it() {
        check("/papers/war.md", "file:///papers/war.md");
        check("/papers/50 % é.md", "file:///papers/50%20%25%20%C3%A9.md");
    }

    #[test]
    fn the_carried_paper_is_known_by_its_name() {
        let iri = Origin::Embedded.iri();
        assert_eq!(Origin::from_iri(&iri), Some(Origin::Embedded));
    }

    #[test]
    fn what_cannot_be_opened_is_no_origin() {
        let nowhere = [
            "",
            "https://example.org/paper",
            "paper.md",
            "file:///%F",
            "file:///%FF",
        ];
        for iri in nowhere.into_iter().chain([ELSEWHERE]) {
            assert_eq!(Origin::from_iri(iri), None, "{iri}");
        }
    }

    #[test]
    fn a_bare_path_is_taken_as_it_stands() {
        let path = "/papers/50%20.md";
        assert_eq!(
            Origin::from_iri(path),
            Some(Origin::File(PathBuf::from(path)))
        );
    }
}
