//! `opcit bookmarks import`: taking in what was kept elsewhere.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::open;
use crate::cli::importing::{Import, PAPER_HELP, said};
use crate::cli::{completing, input, output};
use crate::shelf::{Batch, Library, Origin, read_bookmarks};

/// Import bookmarks from a file: annotations in JSON, or a file that opcit wrote
#[derive(Debug, Args)]
pub(super) struct BookmarksImportArguments {
    /// The file; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(value_name = "PAPER", help = PAPER_HELP, add = completing::files())]
    paper: Option<PathBuf>,
}

impl BookmarksImportArguments {
    pub(super) fn run(self, library: &Library, reading: input::ReadingRules) -> Result<ExitCode> {
        let import = Import {
            file: &self.file,
            paper: self.paper,
            what: "bookmarks",
            command: "bookmarks import",
        };
        import.run(read_bookmarks, |batch, origin| {
            take_in(library, batch, origin, reading)
        })
    }
}

fn take_in(
    library: &Library,
    batch: &Batch,
    origin: &Origin,
    reading: input::ReadingRules,
) -> Result<()> {
    let paper = input::read(origin, reading)?.paper;
    let imported = open(library, &paper, origin)?.import(batch)?;
    output::print(|out| writeln!(out, "{}: {}", input::name_of(origin), said(imported)))?;
    Ok(())
}
