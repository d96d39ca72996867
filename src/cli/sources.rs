//! `opcit sources`: what a paper cites, and what rests on it.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::print::default_columns;
use super::{PAPER_HELP, input, output};
use crate::export::bibtex::{self, Dialect};
use crate::export::{csl, json, markdown, ris, text};
use crate::sources;

/// How sources are written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading.
    Text,
    Markdown,
    /// For programs; the README has its shape.
    Json,
    /// BibTeX. As in the formats below, what is not certain is left out, and each note has the
    /// whole citation.
    Bibtex,
    /// BibLaTeX.
    Biblatex,
    /// CSL-JSON, for Pandoc and Zotero.
    CslJson,
    /// RIS.
    Ris,
}

/// List what a paper cites, and the notes and passages that use each source.
#[derive(Debug, Args)]
pub(super) struct Sources {
    #[arg(value_name = "PAPER", help = PAPER_HELP)]
    paper: Option<PathBuf>,
    /// How to write them
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

impl Sources {
    pub(super) fn run(self, reading: input::Reading) -> Result<()> {
        let document = input::open(self.paper, reading)?;
        let paper = document.paper();
        let sources = &sources::Sources::read(paper);
        output::print(|out| match self.format {
            Format::Text => text::write_sources(paper, sources, default_columns(), out),
            Format::Markdown => markdown::write_sources(paper, sources, out),
            Format::Json => json::write_sources(paper, sources, out),
            Format::Bibtex => bibtex::write_sources(sources, Dialect::BibTex, out),
            Format::Biblatex => bibtex::write_sources(sources, Dialect::BibLatex, out),
            Format::CslJson => csl::write_sources(sources, out),
            Format::Ris => ris::write_sources(sources, out),
        })?;
        Ok(())
    }
}
