//! `opcit check`: what an author wants to put right before others read the notes.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::{PAPER_HELP, input, output};
use crate::paper::SourceLocation;
use crate::sources::check;

const LONG_ABOUT: &str = "\
Check a paper's notes for mistakes, one per line.

Finds notes that are missing, never cited, out of order or given twice; short
citations that cannot be resolved or could be more than one source; a source that is
cited in two ways; addresses that a line end has broken. Each line has the
file, the line in it, what is wrong and what to do:

  paper.md:12: note 7 is cited but never defined: write it, or remove its marker

Where the source that is meant may be there but could not be read, it says that opcit
cannot tell. Exits with 1 if there is anything to fix; what opcit cannot tell does not
count.";

/// Check a paper's notes for mistakes, one per line.
#[derive(Debug, Args)]
#[command(long_about = LONG_ABOUT)]
pub(super) struct CheckArguments {
    #[arg(value_name = "PAPER", help = PAPER_HELP)]
    paper: Option<PathBuf>,
}

impl CheckArguments {
    /// The code to exit with: 0 if there is nothing that certainly wants putting right.
    pub(super) fn run(self, reading: input::ReadingRules) -> Result<ExitCode> {
        let name = input::name(self.paper.as_deref());
        let document = input::open(self.paper, reading)?;
        let sources = document.sources();
        let findings = check::check(document.paper(), document.problems(), sources);
        output::print(|out| {
            for finding in &findings {
                let message = &finding.message;
                match finding.location {
                    // In the form that editors know.
                    SourceLocation::Line(line) => writeln!(out, "{name}:{line}: {message}")?,
                    SourceLocation::Unknown => writeln!(out, "{name}: {message}")?,
                    place => writeln!(out, "{name}: {place}: {message}")?,
                }
            }
            Ok(())
        })?;
        Ok(if findings.iter().any(|finding| finding.is_certain) {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        })
    }
}
