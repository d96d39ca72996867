//! `opcit import`: taking in what other readers keep of a paper.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::bookmarks::import::{paper_of, said};
use super::bookmarks::open;
use super::output::complain;
use super::{input, output};
use crate::paper::clean;
use crate::shelf::{Batch, Found, ImportedItem, Library, Origin, read_annotations};

const PAPER_HELP: &str = "\
The paper they are about; `-` is standard input.
Without it, each goes to the paper it names, or to
the built-in one if the text is there";

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
    #[arg(value_name = "PAPER", help = PAPER_HELP)]
    paper: Option<PathBuf>,
}

impl ImportArguments {
    pub(super) fn run(self, library: &Library, reading: input::ReadingRules) -> Result<ExitCode> {
        let is_piped = self.file == Path::new("-");
        if is_piped && self.paper.as_deref() == Some(Path::new("-")) {
            complain(
                "the annotations and the paper cannot both come from standard input; name a file \
                 for one",
            );
            return Ok(ExitCode::from(2));
        }
        let file = clean(&self.file.to_string_lossy()).into_owned();
        let text = input::read_bookmarks_file(Some(self.file.as_path()).filter(|_| !is_piped))?;
        let batches = read_annotations(&text)?;
        if self.paper.is_some() {
            let origin = input::origin(self.paper);
            take_in(library, &Batch::joined(batches), &origin, reading)?;
            return Ok(ExitCode::SUCCESS);
        }
        let mut code = ExitCode::SUCCESS;
        for batch in batches {
            let taken =
                paper_of(&batch).and_then(|origin| take_in(library, &batch, &origin, reading));
            // A missing paper must not stop the others from being processed.
            if let Err(error) = taken {
                complain(&format!(
                    "{error:#}. Name the paper, as in `opcit import {file} paper.md`"
                ));
                code = ExitCode::FAILURE;
            }
        }
        Ok(code)
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
