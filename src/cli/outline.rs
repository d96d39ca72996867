//! `opcit outline`: the sections of a paper.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::{PAPER_HELP, completing, input, output};
use crate::export::{Excerpt, json, text};

/// List a paper's sections.
#[derive(Debug, Args)]
pub(super) struct OutlineArguments {
    #[arg(value_name = "PAPER", help = PAPER_HELP, add = completing::files())]
    paper: Option<PathBuf>,
    /// How to write it
    #[arg(long, value_enum, default_value = "text")]
    format: OutlineFormat,
}

/// How an outline is written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutlineFormat {
    /// A line for each section, subsections indented.
    Text,
    /// Ids, levels, titles, and which notes each section cites.
    Json,
}

impl OutlineArguments {
    pub(super) fn run(self, reading: input::ReadingRules) -> Result<()> {
        let document = input::open(self.paper, reading)?;
        let excerpt = Excerpt::whole(document.paper());
        output::print(|out| match self.format {
            OutlineFormat::Text => text::write_outline(&excerpt, out),
            OutlineFormat::Json => json::write_outline(&excerpt, out),
        })?;
        Ok(())
    }
}
