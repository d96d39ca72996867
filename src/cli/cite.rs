//! `opcit cite`: the reference of a paper itself.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::{PAPER_HELP, completing, input, output};
use crate::export::{ReferenceFormat, reference};
use crate::sources::work_of;

/// Write the reference of the paper itself, as far as it says what it is.
#[derive(Debug, Args)]
pub(super) struct CiteArguments {
    #[arg(value_name = "PAPER", help = PAPER_HELP, add = completing::files())]
    paper: Option<PathBuf>,
    /// How to write it; what is not certain is left out
    #[arg(long, default_value = "text", value_parser = format())]
    format: ReferenceFormat,
}

impl CiteArguments {
    pub(super) fn run(self, reading: input::ReadingRules) -> Result<()> {
        let document = input::open(self.paper, reading)?;
        let work = work_of(document.paper());
        if work.title.is_empty() && work.authors.is_empty() {
            bail!("the paper says neither its title nor its authors");
        }
        output::print(|out| reference::write_work(&work, self.format, out))?;
        Ok(())
    }
}

/// Reads the name of a format; the help lists them.
fn format() -> impl TypedValueParser<Value = ReferenceFormat> {
    let names = PossibleValuesParser::new(ReferenceFormat::names());
    names.map(|name| ReferenceFormat::named(&name).unwrap_or_default())
}
