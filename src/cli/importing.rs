//! What both commands that import share: finding the paper that each part of a file is about, and
//! saying what came of it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};

use super::input;
use super::output::complain;
use crate::paper::clean;
use crate::shelf::{About, Batch, Imported, MAX_NOTE_BYTES, Origin};

pub(super) const PAPER_HELP: &str = "\
The paper they are about; `-` is standard input.
Without it, each goes to the paper it names, or to
the built-in one if the text is there";

/// What a command takes in, and from where.
pub(super) struct Import<'a> {
    pub(super) file: &'a Path,
    /// The paper that it is all for; without one, each part goes to the paper that it names.
    pub(super) paper: Option<PathBuf>,
    /// What the file holds.
    pub(super) what: &'a str,
    pub(super) command: &'a str,
}

impl Import<'_> {
    /// Reads the file, and takes in what it holds for each paper.
    ///
    /// # Errors
    /// When the file cannot be read, or the paper that it is all for.
    pub(super) fn run<E: std::error::Error + Send + Sync + 'static>(
        self,
        read: impl Fn(&str) -> Result<Vec<Batch>, E>,
        take_in: impl Fn(&Batch, &Origin) -> Result<()>,
    ) -> Result<ExitCode> {
        let is_piped = self.file == Path::new("-");
        if is_piped && self.paper.as_deref() == Some(Path::new("-")) {
            complain(&format!(
                "the {} and the paper cannot both come from standard input; name a file for one",
                self.what
            ));
            return Ok(ExitCode::from(2));
        }
        let text = input::read_bookmarks_file(Some(self.file).filter(|_| !is_piped))?;
        let batches = read(&text)?;
        if self.paper.is_some() {
            take_in(&Batch::joined(batches), &input::origin(self.paper))?;
            return Ok(ExitCode::SUCCESS);
        }
        let (file, command) = (self.file.to_string_lossy(), self.command);
        let file = clean(&file);
        let mut code = ExitCode::SUCCESS;
        for batch in batches {
            let taken = paper_of(&batch).and_then(|origin| take_in(&batch, &origin));
            // A missing paper must not stop the others from being processed.
            if let Err(error) = taken {
                complain(&format!(
                    "{error:#}. Name the paper, as in `opcit {command} {file} paper.md`"
                ));
                code = ExitCode::FAILURE;
            }
        }
        Ok(code)
    }
}

/// The paper that bookmarks say they are about; if they do not, the built-in one, should it have
/// their text.
fn paper_of(batch: &Batch) -> Result<Origin> {
    match &batch.about {
        About::Paper(origin) => Ok(origin.clone()),
        About::Unsaid
            if batch
                .fits(&input::read(&Origin::Embedded, input::ReadingRules::default())?.paper) =>
        {
            Ok(Origin::Embedded)
        }
        About::Unsaid => bail!("the file does not say which paper its bookmarks are about"),
        About::Elsewhere(iri) => bail!("its bookmarks are about “{iri}”, which opcit cannot open"),
    }
}

/// What came of an import, in words.
pub(super) fn said(imported: Imported) -> String {
    let Imported {
        added,
        changed,
        known,
        lost,
        marks,
        not_here,
        without_words,
        too_long,
    } = imported;
    let mut said = format!("{added} added, {changed} changed, {known} already here");
    if lost > 0 {
        let are = if lost == 1 { "is" } else { "are" };
        said.push_str(&format!(
            "; of those added or changed, {lost} {are} lost: the text is not in this paper"
        ));
    }
    if marks > 0 {
        said.push_str(&format!(", {marks} marks"));
    }
    if not_here > 0 {
        said.push_str(&format!(", {not_here} not in this paper"));
    }
    if without_words > 0 {
        said.push_str(&format!(", {without_words} skipped without a quotation"));
    }
    if too_long > 0 {
        let limit = MAX_NOTE_BYTES >> 10;
        said.push_str(&format!(
            ", {too_long} skipped with a note over {limit} KiB"
        ));
    }
    said
}
