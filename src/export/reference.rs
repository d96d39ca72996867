//! The reference of one work, or of a few, as it goes to another program.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use super::bibtex::{self, BibFlavour};
use super::keys::{KeyClaim, key_of, keys, told_apart};
use super::{csl, ris};
use crate::formats::bibliography::reference::{ReferenceForm, reference_text};
use crate::sources::{Details, SourceId, Sources};

/// How a reference is written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReferenceFormat {
    /// For reading.
    Text,
    /// BibTeX.
    #[default]
    Bibtex,
    /// BibLaTeX.
    Biblatex,
    /// CSL-JSON, for Pandoc and Zotero.
    CslJson,
    /// RIS.
    Ris,
}

impl ReferenceFormat {
    /// All of them, in the order in which a reader goes through them, with what each is called in
    /// arguments and files, and where people read it.
    const TABLE: [(ReferenceFormat, &'static str, &'static str); 5] = [
        (ReferenceFormat::Text, "text", "text"),
        (ReferenceFormat::Bibtex, "bibtex", "BibTeX"),
        (ReferenceFormat::Biblatex, "biblatex", "BibLaTeX"),
        (ReferenceFormat::CslJson, "csl-json", "CSL-JSON"),
        (ReferenceFormat::Ris, "ris", "RIS"),
    ];

    /// What each is called in arguments and files.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::TABLE.into_iter().map(|(_, name, _)| name)
    }

    /// The format that is called so.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let mut all = Self::TABLE.into_iter();
        all.find_map(|(format, other, _)| (other == name).then_some(format))
    }

    /// What it is called where people read it.
    #[must_use]
    pub fn words(self) -> &'static str {
        let mut all = Self::TABLE.into_iter();
        all.find_map(|(format, _, words)| (format == self).then_some(words))
            .unwrap_or_default()
    }

    /// The next one round.
    #[must_use]
    pub fn next(self) -> Self {
        let mut round = Self::TABLE.into_iter().map(|(format, _, _)| format).cycle();
        round.find(|format| *format == self);
        round.next().unwrap_or_default()
    }
}

/// A work as programs for references take it.
#[derive(Debug)]
pub(super) struct KeyedWork<'a> {
    /// What it is cited by.
    pub(super) key: String,
    /// What is certain of it.
    pub(super) details: &'a Details,
    /// The whole citation, where there is one.
    pub(super) text: &'a str,
}

impl KeyedWork<'_> {
    /// What stands in the note of a reference: what its bibliography says there, and of a source
    /// that was read from the paper's own words these words.
    pub(super) fn note(&self) -> &str {
        if self.details.key.is_empty() {
            self.text
        } else {
            &self.details.note
        }
    }
}

/// The works of all sources, each once, in reading order; those that the reader's own bibliography
/// has as it has them.
pub(super) fn works_of(sources: &Sources) -> Vec<KeyedWork<'_>> {
    works_among(sources, |_| true)
}

/// The same for some of the sources.
fn works_among(sources: &Sources, is_wanted: impl Fn(SourceId) -> bool) -> Vec<KeyedWork<'_>> {
    let mut seen = HashSet::new();
    let works = work_of_each(sources).into_iter().enumerate();
    let works = works
        .filter(|(index, work)| is_wanted(SourceId(*index)) && (seen.insert(work.key.clone())));
    works.map(|(_, work)| work).collect()
}

/// The work of each source, in their order; those of one work have its key.
pub(super) fn work_of_each(sources: &Sources) -> Vec<KeyedWork<'_>> {
    let firsts = sources.first_of_work();
    let mut own: HashMap<SourceId, &Details> = HashMap::new();
    for (index, first) in firsts.iter().enumerate() {
        if let Some(entry) = sources.own_entry(SourceId(index)) {
            own.entry(*first).or_insert(&entry.work);
        }
    }
    let keys = keys(sources);
    let (mut claims, mut places) = (Vec::new(), HashMap::new());
    let all = sources.all().iter().zip(&keys).zip(&firsts);
    let works = all.map(|((source, key), first)| {
        let (claim, key, details) = match own.get(first) {
            Some(own) => (KeyClaim::Stays, &own.key, *own),
            None => (KeyClaim::IfTaken, key, &*source.details),
        };
        let place = places.entry((claim, key)).or_insert_with(|| {
            claims.push((claim, key.clone()));
            claims.len() - 1
        });
        (*place, details, source.text.as_str())
    });
    let works: Vec<_> = works.collect();
    let told = told_apart(&claims, str::to_owned);
    let works = works.into_iter().map(|(place, details, text)| KeyedWork {
        key: told.get(place).cloned().unwrap_or_default(),
        details,
        text,
    });
    works.collect()
}

/// Writes the reference of a work of which no citation is known.
///
/// # Errors
/// Those of `out`.
pub fn write_work(
    details: &Details,
    format: ReferenceFormat,
    out: &mut dyn Write,
) -> io::Result<()> {
    let text = reference_text(details, ReferenceForm::AuthorDate);
    let work = KeyedWork {
        key: match key_of(details) {
            key if key.is_empty() => "source".to_owned(),
            key => key,
        },
        details,
        text: if format == ReferenceFormat::Text {
            text.trim()
        } else {
            ""
        },
    };
    write_works(&[work], format, out)
}

/// Some of the sources as text for the clipboard. The fields of the sources must have been read;
/// those that the reader's own bibliography has are written as it has them.
pub(crate) fn references(sources: &Sources, of: &[SourceId], format: ReferenceFormat) -> String {
    let works = works_among(sources, |id| of.contains(&id));
    let mut text = Vec::new();
    match write_works(&works, format, &mut text) {
        Ok(()) => String::from_utf8_lossy(&text).trim_end().to_owned(),
        Err(_) => String::new(),
    }
}

fn write_works(
    works: &[KeyedWork<'_>],
    format: ReferenceFormat,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        ReferenceFormat::Text => works
            .iter()
            .filter(|work| !work.text.is_empty())
            .try_for_each(|work| writeln!(out, "{}", work.text)),
        ReferenceFormat::Bibtex => bibtex::write_works(works, BibFlavour::BibTex, out),
        ReferenceFormat::Biblatex => bibtex::write_works(works, BibFlavour::BibLatex, out),
        ReferenceFormat::CslJson => csl::write_works(works, out),
        ReferenceFormat::Ris => ris::write_works(works, out),
    }
}
