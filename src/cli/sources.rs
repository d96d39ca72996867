//! `opcit sources`: what a paper cites, and what rests on it.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::print::default_columns;
use super::{Format, PAPER_HELP, input, output};
use crate::export::{json, markdown, text};

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
        let sources = document.sources();
        output::print(|out| match self.format {
            Format::Text => text::write_sources(paper, sources, default_columns(), out),
            Format::Markdown => markdown::write_sources(paper, sources, out),
            Format::Json => json::write_sources(paper, sources, out),
        })?;
        Ok(())
    }
}
