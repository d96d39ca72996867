//! The reference of one work, or of a few, as it goes to another program.

use std::io::{self, Write};

use super::bibtex::{self, BibFlavour};
use super::keys::{key_of, keys};
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
    /// All of them, in the order in which a reader goes through them.
    pub const ALL: [ReferenceFormat; 5] = [
        ReferenceFormat::Text,
        ReferenceFormat::Bibtex,
        ReferenceFormat::Biblatex,
        ReferenceFormat::CslJson,
        ReferenceFormat::Ris,
    ];

    /// What each is called in arguments and files.
    pub const NAMES: [&'static str; 5] = ["text", "bibtex", "biblatex", "csl-json", "ris"];

    /// The format that is called so.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let mut all = Self::NAMES.iter().zip(Self::ALL);
        all.find_map(|(other, format)| (*other == name).then_some(format))
    }

    /// What it is called where people read it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            ReferenceFormat::Text => "text",
            ReferenceFormat::Bibtex => "BibTeX",
            ReferenceFormat::Biblatex => "BibLaTeX",
            ReferenceFormat::CslJson => "CSL-JSON",
            ReferenceFormat::Ris => "RIS",
        }
    }

    /// The next one round.
    #[must_use]
    pub fn next(self) -> Self {
        let mut round = Self::ALL.into_iter().cycle();
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

/// All sources, in reading order.
pub(super) fn works_of(sources: &Sources) -> Vec<KeyedWork<'_>> {
    let all = sources.all().iter().zip(keys(sources));
    let works = all.map(|(source, key)| KeyedWork {
        key,
        details: &source.details,
        text: &source.text,
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
/// those that the reader's own bibliography has go by their key there.
pub(crate) fn references(sources: &Sources, of: &[SourceId], format: ReferenceFormat) -> String {
    let all = works_of(sources).into_iter().enumerate();
    let wanted = all.filter_map(|(index, work)| {
        let id = SourceId(index);
        let own = sources.citation_key(id).map(str::to_owned);
        of.contains(&id).then(|| KeyedWork {
            key: own.unwrap_or(work.key),
            ..work
        })
    });
    let mut text = Vec::new();
    match write_works(&wanted.collect::<Vec<_>>(), format, &mut text) {
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
