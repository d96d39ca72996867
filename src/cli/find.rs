//! `opcit find`: where a pattern stands in a paper, or in all that were read.

mod library;

use std::env;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::output::complain;
use super::print::default_columns;
use super::{PAPER_HELP, completing, input, output};
use crate::export::{json, text};
use crate::search::{Mode, Query, find};
use crate::shelf::Library;

const PATTERN_HELP: &str = "\
What to find. Kinds of quotes, dashes and spaces are
ignored; case and accents too, unless you type a capital
or an accent";

/// What is sent to a terminal before a match, and after it: bold and red, as grep has it.
const LIT: (&str, &str) = ("\x1b[1;31m", "\x1b[0m");

/// Find a pattern in a paper and its notes.
///
/// The exit code is 0 if it was found, 1 if not, 2 for wrong usage.
#[derive(Debug, Args)]
pub(super) struct FindArguments {
    #[arg(value_name = "PATTERN", help = PATTERN_HELP)]
    pattern: String,
    #[arg(value_name = "PAPER", help = PAPER_HELP, add = completing::files())]
    paper: Option<PathBuf>,
    /// Find it in every paper that you have read, and say in which
    #[arg(long, conflicts_with = "paper")]
    all: bool,
    /// Take the pattern as a regular expression
    #[arg(long)]
    regex: bool,
    /// Whether to colour the matches; `auto` does on a terminal, unless NO_COLOR is set
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto")]
    color: Colour,
    /// How to write the matches
    #[arg(long, value_enum, default_value = "text")]
    format: FindFormat,
}

/// How matches are written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FindFormat {
    /// A line for each match.
    Text,
    /// For programs; docs/json.md has its shape.
    Json,
}

/// When matches are coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

impl Colour {
    fn is_wanted(self) -> bool {
        let is_allowed = || env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let is_dumb = || env::var_os("TERM").is_none_or(|term| term == "dumb" || term.is_empty());
        match self {
            Colour::Auto => io::stdout().is_terminal() && is_allowed() && !is_dumb(),
            Colour::Always => true,
            Colour::Never => false,
        }
    }
}

impl FindArguments {
    pub(super) fn run(self, library: &Library, reading: input::ReadingRules) -> Result<ExitCode> {
        let query = match self.query() {
            Ok(query) => query,
            Err(why) => {
                complain(&why);
                return Ok(ExitCode::from(2));
            }
        };
        if self.all {
            return self.run_all(&query, library, reading);
        }
        let document = input::open(self.paper, reading)?;
        let paper = document.paper();
        let matches = find(paper, query);
        let lit = self.color.is_wanted().then_some(LIT);
        output::print(|out| match self.format {
            FindFormat::Text => text::write_matches(paper, &matches, default_columns(), lit, out),
            FindFormat::Json => json::write_matches(paper, &matches, out),
        })?;
        Ok(if matches.is_empty() {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        })
    }

    /// What to search for, or why that cannot be done.
    fn query(&self) -> Result<Query, String> {
        if self.pattern.is_empty() {
            return Err("the pattern is empty: name a word to find".into());
        }
        let mode = if self.regex { Mode::Regex } else { Mode::Plain };
        Query::parse(&self.pattern, mode)
            .map_err(|error| format!("cannot search for “{}”: {error}", self.pattern))
    }
}
