//! `opcit find`: where a pattern stands in a paper.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::output::complain;
use super::print::default_columns;
use super::{PAPER_HELP, input, output};
use crate::export::{json, text};
use crate::search::{Mode, Query, find};

const PATTERN_HELP: &str = "\
What to find. Accents, kinds of quotes, dashes and spaces
do not count, and case only if there is a capital";

/// Find a pattern in a paper and its notes.
///
/// The exit code is 0 if it was found, 1 if not, 2 for wrong usage.
#[derive(Debug, Args)]
pub(super) struct Find {
    #[arg(value_name = "PATTERN", help = PATTERN_HELP)]
    pattern: String,
    #[arg(value_name = "PAPER", help = PAPER_HELP)]
    paper: Option<PathBuf>,
    /// Take the pattern as a regular expression
    #[arg(long)]
    regex: bool,
    /// How to write the matches
    #[arg(long, value_enum, default_value = "text")]
    format: FindFormat,
}

/// How matches are written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FindFormat {
    /// A line for each match.
    Text,
    /// For programs; the README has its shape.
    Json,
}

impl Find {
    pub(super) fn run(self) -> Result<ExitCode> {
        let query = match self.query() {
            Ok(query) => query,
            Err(why) => {
                complain(&why);
                return Ok(ExitCode::from(2));
            }
        };
        let parsed = input::open(self.paper)?;
        let paper = &parsed.paper;
        let matches = find(paper, query);
        output::print(|out| match self.format {
            FindFormat::Text => text::write_matches(paper, &matches, default_columns(), out),
            FindFormat::Json => json::write_matches(paper, &matches, out),
        })?;
        Ok(match matches.is_empty() {
            true => ExitCode::FAILURE,
            false => ExitCode::SUCCESS,
        })
    }

    /// What to search for, or why that cannot be done.
    fn query(&self) -> Result<Query, String> {
        if self.pattern.is_empty() {
            return Err("the pattern is empty: name a word that the paper may have".into());
        }
        let mode = match self.regex {
            true => Mode::Regex,
            false => Mode::Plain,
        };
        Query::parse(&self.pattern, mode)
            .map_err(|error| format!("cannot search for “{}”: {error}", self.pattern))
    }
}
