//! `opcit papers`: what has been read, how far, and when.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::bookmarks::told;
use super::{complain, output};
use crate::export::{json, text};
use crate::shelf::Library;

/// List the papers you have read, how far and when
#[derive(Debug, Args)]
pub(super) struct PapersArguments {
    /// How to write them
    #[arg(long, value_enum, default_value = "text")]
    format: PapersFormat,
}

/// How papers are written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PapersFormat {
    /// For reading.
    Text,
    /// For programs; docs/json.md has its shape.
    Json,
}

impl PapersArguments {
    pub(super) fn run(&self, library: &Library) -> Result<ExitCode> {
        let (papers, notices) = library.papers();
        let code = told(&notices);
        if papers.is_empty() && self.format == PapersFormat::Text && code == ExitCode::SUCCESS {
            complain("no papers read yet");
        }
        output::print(|out| match self.format {
            PapersFormat::Text => text::write_papers(&papers, out),
            PapersFormat::Json => json::write_papers(&papers, out),
        })?;
        Ok(code)
    }
}
