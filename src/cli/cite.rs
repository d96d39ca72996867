//! `opcit cite`: the reference of a paper itself.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use clap::builder::PossibleValuesParser;

use super::{PAPER_HELP, input, output};
use crate::export::{ReferenceFormat, reference};
use crate::sources::work_of;

/// Write the reference of the paper itself, as far as it says what it is.
#[derive(Debug, Args)]
pub(super) struct CiteArguments {
    #[arg(value_name = "PAPER", help = PAPER_HELP)]
    paper: Option<PathBuf>,
    /// How to write it; what is not certain is left out
    #[arg(long, default_value = "text", value_parser = PossibleValuesParser::new(ReferenceFormat::names()))]
    format: String,
}

impl CiteArguments {
    pub(super) fn run(self, reading: input::ReadingRules) -> Result<()> {
        let document = input::open(self.paper, reading)?;
        let work = work_of(document.paper());
        if work.title.is_empty() && work.authors.is_empty() {
            bail!("the paper says neither its title nor its authors");
        }
        let format = ReferenceFormat::named(&self.format).unwrap_or_default();
        output::print(|out| reference::write_work(&work, format, out))?;
        Ok(())
    }
}
