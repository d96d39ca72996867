//! `opcit papers`: what has been read, how far, and when.

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::{complain, output};
use crate::export::{json, text};
use crate::shelf::Library;

/// List the papers that were read, with how far and when
#[derive(Debug, Args)]
pub(super) struct Papers {
    /// How to write them
    #[arg(long, value_enum, default_value = "text")]
    format: PapersFormat,
}

/// How papers are written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PapersFormat {
    /// For reading.
    Text,
    /// For programs; the README has its shape.
    Json,
}

impl Papers {
    pub(super) fn run(&self, library: &Library) -> Result<()> {
        let (papers, notices) = library.papers();
        for notice in notices {
            complain(&notice.to_string());
        }
        if papers.is_empty() && self.format == PapersFormat::Text {
            complain("nothing has been kept of any paper yet");
        }
        output::print(|out| match self.format {
            PapersFormat::Text => text::write_papers(&papers, out),
            PapersFormat::Json => json::write_papers(&papers, out),
        })?;
        Ok(())
    }
}
