//! `opcit check`: what an author wants to put right before others read the notes.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::{PAPER_HELP, completing, input, output};
use crate::export::json;
use crate::paper::{Paper, SourceLocation};
use crate::sources::check::{self, Finding};

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
    #[arg(value_name = "PAPER", help = PAPER_HELP, add = completing::files())]
    paper: Option<PathBuf>,
    /// How to write what is found
    #[arg(long, value_enum, default_value = "text")]
    format: CheckFormat,
}

/// How what is found is written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// A line for each.
    Text,
    /// For programs; docs/json.md has its shape.
    Json,
}

impl CheckArguments {
    /// The code to exit with: 0 if there is nothing that certainly wants putting right.
    pub(super) fn run(self, reading: input::ReadingRules) -> Result<ExitCode> {
        let name = input::name(self.paper.as_deref());
        let document = input::open(self.paper, reading)?;
        let sources = document.sources();
        let findings = check::check(document.paper(), document.problems(), sources);
        output::print(|out| match self.format {
            CheckFormat::Text => write_lines(&name, &findings, document.paper(), out),
            CheckFormat::Json => json::write_findings(&findings, out),
        })?;
        let is_wrong = findings.iter().any(|finding| finding.kind.is_certain());
        Ok(ExitCode::from(u8::from(is_wrong)))
    }
}

fn write_lines(
    name: &str,
    findings: &[Finding],
    paper: &Paper,
    out: &mut dyn Write,
) -> io::Result<()> {
    for finding in findings {
        let message = finding.message();
        match finding.location {
            // In the form that editors know.
            SourceLocation::Line(line) => writeln!(out, "{name}:{line}: {message}")?,
            SourceLocation::Unknown => writeln!(out, "{name}: {message}")?,
            place => writeln!(out, "{name}: {}: {message}", paper.place_in_words(place))?,
        }
    }
    Ok(())
}
