//! `opcit import`: taking in what other readers keep of a paper.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::bookmarks::open;
use super::importing::{Import, PAPER_HELP, said};
use super::{completing, input, output};
use crate::shelf::{Batch, Found, ImportedItem, Library, Origin, read_annotations};

const FILE_HELP: &str = "\
W3C annotations, a Hypothesis export, KOReader's
metadata.*.lua, Zotero's annotations in JSON or CSV,
Kindle's My Clippings.txt, or a file that opcit wrote;
`-` is standard input";

/// Import highlights and notes that other readers keep of a paper
#[derive(Debug, Args)]
pub(super) struct ImportArguments {
    #[arg(value_name = "FILE", help = FILE_HELP)]
    file: PathBuf,
    #[arg(value_name = "PAPER", help = PAPER_HELP, add = completing::files())]
    paper: Option<PathBuf>,
}

impl ImportArguments {
    pub(super) fn run(self, library: &Library, reading: input::ReadingRules) -> Result<ExitCode> {
        let import = Import {
            file: &self.file,
            paper: self.paper,
            what: "annotations",
            command: "import",
        };
        import.run(read_annotations, |batch, origin| {
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
    let (imported, items) = open(library, &paper, origin)?.import_each(batch)?;
    output::print(|out| {
        for item in &items {
            write_item(item, out)?;
        }
        writeln!(out, "{}: {}", input::name_of(origin), said(imported))
    })?;
    Ok(())
}

/// A line on what became of one annotation.
fn write_item(item: &ImportedItem, out: &mut dyn Write) -> std::io::Result<()> {
    let found = match (item.found, item.is_new) {
        (Found::Lost, false) => "not in this paper",
        (found, true) => found.name(),
        (_, false) => "already here",
    };
    writeln!(out, "{found:<18}“{}”", item.words)
}
