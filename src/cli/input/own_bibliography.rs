//! The bibliography of the reader's own: the files that the command line or the configuration names.

use std::path::Path;

use super::{read_file, shown};
use crate::formats::Bibliography;
use crate::paper::Details;
use crate::sources::are_one_title;

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
    /// Where a file has a key that one before it has for another work.
    conflicts: Vec<String>,
}

impl BibliographyReader {
    /// Adds a file.
    pub(super) fn add(&mut self, path: &Path) -> Result<(), String> {
        let name = shown(path.as_os_str());
        let (bytes, _) =
            read_file(path, &name).map_err(|error| format!("{:#}", anyhow::Error::new(error)))?;
        self.hasher.update(&bytes.len().to_le_bytes());
        self.hasher.update(&bytes);
        self.conflicts.extend(self.conflict(path, &name, &bytes));
        let added = self.all.add(&path.to_string_lossy(), &bytes);
        added.map_err(|_| {
            format!("{name} is no bibliography in BibTeX, BibLaTeX, CSL-JSON or CSL-YAML")
        })
    }

    /// What is wrong with a file beside those before it: keys that mean another work there.
    fn conflict(&self, path: &Path, name: &str, bytes: &[u8]) -> Option<String> {
        if self.all.is_empty() {
            return None;
        }
        let mut one = Bibliography::default();
        one.add(&path.to_string_lossy(), bytes).ok()?;
        let is_other = |key: &&str| match (self.all.get_in_brief(key), one.get_in_brief(key)) {
            (Some(first), Some(other)) => !is_one_work(&first, &other),
            _ => false,
        };
        let keys: Vec<&str> = one.keys().filter(is_other).collect();
        let first = keys.first()?;
        let said = match keys.len() - 1 {
            0 => " is another work".to_owned(),
            count => format!(" and {count} more are other works"),
        };
        Some(format!(
            "in your own bibliography, @{first}{said} in {name} than in a file before it: the first counts"
        ))
    }

    /// What is wrong with the files beside each other, a sentence for each file.
    pub(super) fn conflicts(&self) -> &[String] {
        &self.conflicts
    }

    /// What was added.
    pub(super) fn finish(self) -> GivenBibliography {
        GivenBibliography {
            all: Box::leak(Box::new(self.all)),
            hash: self.hasher.finalize(),
        }
    }
}

/// Whether two entries may be one work: years and titles agree, as far as both are said.
fn is_one_work(one: &Details, other: &Details) -> bool {
    let years = match (one.date, other.date) {
        (Some(one), Some(other)) => one.year == other.year,
        _ => true,
    };
    years && are_one_title(&one.title, &other.title)
}
