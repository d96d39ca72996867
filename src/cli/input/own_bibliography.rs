//! The bibliography of the reader's own: the files that the command line or the configuration names.

use std::path::Path;

use super::{read_file, shown};
use crate::formats::Bibliography;

/// What a reader keeps of works; known for as long as the program runs.
#[derive(Debug, Clone, Copy)]
pub(super) struct GivenBibliography {
    pub(super) all: &'static Bibliography,
    /// Of the bytes of its files.
    pub(super) hash: blake3::Hash,
}

/// Puts the reader's own bibliography together.
#[derive(Debug, Default)]
pub(super) struct BibliographyReader {
    all: Bibliography,
    hasher: blake3::Hasher,
}

impl BibliographyReader {
    /// Adds a file.
    pub(super) fn add(&mut self, path: &Path) -> Result<(), String> {
        let name = shown(path.as_os_str());
        let (bytes, _) =
            read_file(path, &name).map_err(|error| format!("{:#}", anyhow::Error::new(error)))?;
        self.hasher.update(&bytes.len().to_le_bytes());
        self.hasher.update(&bytes);
        let added = self.all.add(&path.to_string_lossy(), &bytes);
        added.map_err(|_| {
            format!("{name} is no bibliography in BibTeX, BibLaTeX, CSL-JSON or CSL-YAML")
        })
    }

    /// What was added.
    pub(super) fn finish(self) -> GivenBibliography {
        GivenBibliography {
            all: Box::leak(Box::new(self.all)),
            hash: self.hasher.finalize(),
        }
    }
}
