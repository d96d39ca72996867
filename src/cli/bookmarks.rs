//! `opcit bookmarks`: what a reader has kept of a paper, and taking in what was kept elsewhere.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};

use super::{Format, PAPER_HELP, input, output};
use crate::paper::{Paper, clean};
use crate::shelf::{Kept, Library, Opened, Origin, Shelf, annotations};

/// List the bookmarks of a paper, or take some in
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Bookmarks {
    #[arg(value_name = "PAPER", help = PAPER_HELP)]
    paper: Option<PathBuf>,
    /// How to write them; JSON follows the W3C's model of annotations
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Import(Import),
}

/// Take in bookmarks from a file: annotations in JSON, or a file that opcit wrote
#[derive(Debug, Args)]
struct Import {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(value_name = "PAPER", help = PAPER_HELP)]
    paper: Option<PathBuf>,
}

impl Bookmarks {
    pub(super) fn run(self, library: &Library) -> Result<()> {
        if let Some(Command::Import(import)) = self.command {
            return import.run(library);
        }
        let (paper, shelf, origin) = open(library, self.paper)?;
        output::print(|out| match self.format {
            Format::Text => write_text(shelf.bookmarks(), &paper, out),
            Format::Markdown => write_markdown(shelf.bookmarks(), &paper, out),
            Format::Json => {
                let source = source_of(&origin);
                let page = annotations(shelf.bookmarks(), shelf.text(), &source);
                writeln!(out, "{page:#}")
            }
        })?;
        Ok(())
    }
}

impl Import {
    fn run(self, library: &Library) -> Result<()> {
        let name = clean(&self.file.to_string_lossy()).into_owned();
        let text = fs::read_to_string(&self.file).with_context(|| format!("cannot read {name}"))?;
        let (_, mut shelf, _) = open(library, self.paper)?;
        let imported = shelf.import(&text)?;
        output::print(|out| {
            let (added, changed, known) = (imported.added, imported.changed, imported.known);
            writeln!(
                out,
                "{added} taken in, {changed} changed, {known} known already"
            )
        })?;
        Ok(())
    }
}

/// The paper that the argument PAPER means, and what is kept about it.
fn open(library: &Library, argument: Option<PathBuf>) -> Result<(Paper, Box<Shelf>, Origin)> {
    let origin = input::origin(argument);
    let paper = input::read(&origin)?.paper;
    match library.open(&paper, &origin) {
        Opened::Shelf(shelf) => Ok((paper, shelf, origin)),
        Opened::Ambiguous(_) => bail!(
            "more than one paper that was read may be this one; open it with `opcit` once, which asks"
        ),
    }
}

/// What annotations call the paper that they are about.
fn source_of(origin: &Origin) -> String {
    match origin {
        Origin::Embedded => "urn:opcit:embedded".to_owned(),
        Origin::File(path) => clean(&path.to_string_lossy()).into_owned(),
        Origin::Elsewhere => "urn:opcit:standard-input".to_owned(),
    }
}

/// A line for the label, one for the words, one for where they stand, and the reader's own note.
fn write_text(bookmarks: &[Kept], paper: &Paper, out: &mut dyn Write) -> io::Result<()> {
    for kept in bookmarks {
        let bookmark = &kept.bookmark;
        writeln!(out, "{}", clean(&bookmark.label))?;
        writeln!(out, "  “{}”", clean(&bookmark.anchor.quote))?;
        writeln!(out, "  {}, {}", place_of(kept, paper), kept.found.name())?;
        for line in bookmark.note.lines() {
            writeln!(out, "  {}", clean(line))?;
        }
    }
    Ok(())
}

/// Quotations with the reader's label and note, fit to be pasted into notes.
fn write_markdown(bookmarks: &[Kept], paper: &Paper, out: &mut dyn Write) -> io::Result<()> {
    for kept in bookmarks {
        let bookmark = &kept.bookmark;
        writeln!(out, "## {}\n", clean(&bookmark.label))?;
        writeln!(out, "> {}\n", clean(&bookmark.anchor.quote))?;
        writeln!(out, "— {}\n", place_of(kept, paper))?;
        if !bookmark.note.is_empty() {
            for line in bookmark.note.lines() {
                writeln!(out, "{}", clean(line))?;
            }
            writeln!(out)?;
        }
    }
    Ok(())
}

/// Author, title, section and paragraph where the words stand now, else the section where they did.
fn place_of(kept: &Kept, paper: &Paper) -> String {
    let block = kept.found.passage().map(|passage| passage.start.block);
    let section = block.and_then(|block| paper.section(paper.section_of(block)?));
    let heading = section.map_or(&kept.bookmark.anchor.heading, |section| &section.title);
    let paragraph = block
        .and_then(|block| paper.block(block))
        .map_or(0, |block| block.paragraph);
    let parts = [
        paper.metadata.authors.join(", "),
        format!("“{}”", paper.title),
        if heading.is_empty() {
            String::new()
        } else {
            format!("§ {}", clean(heading))
        },
        if paragraph == 0 {
            String::new()
        } else {
            format!("¶ {paragraph}")
        },
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}
