//! `opcit sources`: what a paper cites, and what rests on it; or what all papers cite.

mod library;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use super::print::default_columns;
use super::{PAPER_HELP, completing, input, output};
use crate::export::bibtex::{self, BibFlavour};
use crate::export::{csl, json, markdown, ris, text};
use crate::paper::{Problem, ProblemKind};
use crate::shelf::Library;

/// How sources are written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SourcesFormat {
    /// For reading.
    Text,
    Markdown,
    /// For programs; docs/json.md has its shape.
    Json,
    /// BibTeX. As in the formats below, what is not certain is left out, and the note of what was
    /// read from the paper's words has the whole citation.
    Bibtex,
    /// BibLaTeX.
    Biblatex,
    /// CSL-JSON, for Pandoc and Zotero.
    CslJson,
    /// RIS.
    Ris,
}

/// List what a paper cites, and the notes and passages that use each source.
///
/// Exits with 1 if --citing, --shared or --shared-with find no work, which they say.
#[derive(Debug, Args)]
pub(super) struct SourcesArguments {
    #[arg(value_name = "PAPER", help = PAPER_HELP, add = completing::files())]
    paper: Option<PathBuf>,
    /// How to write them
    #[arg(long, value_enum, default_value = "text")]
    format: SourcesFormat,
    /// Only those that your own bibliography has, or has not
    #[arg(long, value_enum)]
    only: Option<SourcesKept>,
    /// Those of every paper that you have read, each work once, with the papers that cite it
    #[arg(long, conflicts_with_all = ["paper", "only"])]
    all: bool,
    /// The works that more than one paper cites; with PAPER, those of its works that others of yours
    /// cite too
    #[arg(long, conflicts_with_all = ["only", "shared_with"])]
    shared: bool,
    /// The works that the paper and this one both cite
    #[arg(long, value_name = "PAPER", conflicts_with_all = ["all", "only"])]
    shared_with: Option<PathBuf>,
    /// Of those, the works with this DOI, this address, or these words in a citation
    #[arg(long, value_name = "WORK", requires = "all")]
    citing: Option<String>,
}

/// Which sources are written, by whether the reader's own bibliography has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SourcesKept {
    /// Not in it for certain.
    Missing,
    /// In it for certain.
    Had,
}

impl SourcesArguments {
    pub(super) fn run(self, library: &Library, reading: input::ReadingRules) -> Result<ExitCode> {
        if self.all {
            return self.run_all(library, reading);
        }
        if let Some(other) = self.shared_with.clone() {
            return self.run_shared_with(other, reading);
        }
        if self.shared {
            return self.run_shared(library, reading);
        }
        let name = input::name(self.paper.as_deref());
        let document = input::open(self.paper, reading)?;
        let paper = document.paper();
        let mut sources = document.sources_with_details();
        if sources.all().is_empty() {
            tell_unknown_keys(&name, document.problems());
        }
        if let Some(only) = self.only {
            if reading.bibliography().is_none() {
                bail!(
                    "--only compares with a bibliography of your own, and there is none: name one \
                     with --bibliography FILE, or `bibliography` in the configuration"
                );
            }
            sources = sources.only_own(only == SourcesKept::Had);
        }
        let sources = &sources;
        output::print(|out| match self.format {
            SourcesFormat::Text => text::write_sources(paper, sources, default_columns(), out),
            SourcesFormat::Markdown => markdown::write_sources(paper, sources, out),
            SourcesFormat::Json => json::write_sources(paper, sources, out),
            SourcesFormat::Bibtex => bibtex::write_sources(sources, BibFlavour::BibTex, out),
            SourcesFormat::Biblatex => bibtex::write_sources(sources, BibFlavour::BibLatex, out),
            SourcesFormat::CslJson => csl::write_sources(sources, out),
            SourcesFormat::Ris => ris::write_sources(sources, out),
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Says why a paper that cites by keys has no sources.
fn tell_unknown_keys(name: &str, problems: &[Problem]) {
    let is_of_keys = |problem: &&Problem| matches!(problem.kind, ProblemKind::KeysUnknown(_));
    for problem in problems.iter().filter(is_of_keys) {
        output::complain(&format!("{name}, {problem}"));
    }
}
