//! `opcit bookmarks`: what a reader has kept of a paper, or of all, and taking in what was kept
//! elsewhere.

mod import;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::Value;

use super::output::complain;
use super::print::default_columns;
use super::{PAPER_HELP, input, output};
use crate::export::{Quotations, json, markdown, text};
use crate::paper::{Paper, clean};
use crate::shelf::{Candidate, Library, Listed, Notice, Opened, Origin, Shelf, annotation_page};

/// List the bookmarks of a paper or of all papers, or import some
#[derive(Debug, Args)]
#[command(
    override_usage = "opcit bookmarks [PAPER]\n       opcit bookmarks --all\n       opcit bookmarks import <FILE> [PAPER]"
)]
pub(super) struct Bookmarks {
    #[arg(value_name = "PAPER", help = PAPER_HELP)]
    paper: Option<PathBuf>,
    /// Those of every paper you have read, the latest first
    #[arg(long, conflicts_with = "paper")]
    all: bool,
    /// How to write them; without it, as text
    #[arg(long, value_enum)]
    format: Option<BookmarksFormat>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Import(import::Import),
}

/// How bookmarks are written out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum BookmarksFormat {
    /// For reading.
    #[default]
    Text,
    /// Quotations with their source, to paste into notes.
    Markdown,
    /// Web Annotations of the W3C, for programs.
    Json,
}

impl Bookmarks {
    pub(super) fn run(self, library: &Library, reading: input::Reading) -> Result<ExitCode> {
        match self.command {
            Some(_) if self.paper.is_some() || self.all || self.format.is_some() => {
                complain(
                    "`import` takes a file and a paper, as in `opcit bookmarks import kept.json paper.md`",
                );
                Ok(ExitCode::from(2))
            }
            Some(Command::Import(import)) => import.run(library, reading),
            None if self.all => write_all(library, self.format.unwrap_or_default()),
            None => write_one(
                library,
                self.paper,
                reading,
                self.format.unwrap_or_default(),
            ),
        }
    }
}

fn write_one(
    library: &Library,
    argument: Option<PathBuf>,
    reading: input::Reading,
    format: BookmarksFormat,
) -> Result<ExitCode> {
    let origin = input::origin(argument);
    let paper = input::read(&origin, reading)?.paper;
    let mut shelf = open(library, &paper, &origin)?;
    let code = told(&shelf.take_notices());
    if shelf.bookmarks().is_empty() && format != BookmarksFormat::Json && code == ExitCode::SUCCESS
    {
        let name = input::name_of(&origin);
        complain(&format!(
            "no bookmarks in {name} yet; press b while reading to set one"
        ));
    }
    let quotations = || Quotations::new(&paper, &shelf);
    output::print(|out| match format {
        BookmarksFormat::Text => text::write_bookmarks(&quotations(), default_columns(), out),
        BookmarksFormat::Markdown => markdown::write_bookmarks(&quotations(), out),
        BookmarksFormat::Json => {
            let annotations = shelf.web_annotations(&origin.iri());
            json::write(&annotation_page(&annotations), out)
        }
    })?;
    Ok(code)
}

/// Says what there is to be told, and gives the code to exit with: 1 if something that is kept
/// could not be read, for who makes a copy of it must not take that for all.
pub(super) fn told(notices: &[Notice]) -> ExitCode {
    for notice in notices {
        complain(&notice.to_string());
    }
    match notices.iter().any(Notice::is_loss) {
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    }
}

fn write_all(library: &Library, format: BookmarksFormat) -> Result<ExitCode> {
    let (papers, notices) = library.papers();
    let code = told(&notices);
    let mut marked = papers
        .iter()
        .filter(|listed| listed.bookmarks().next().is_some())
        .peekable();
    if marked.peek().is_none() && format != BookmarksFormat::Json && code == ExitCode::SUCCESS {
        complain("no bookmarks yet; press b while reading to set one");
    }
    output::print(|out| {
        let mut annotations = Vec::new();
        // One paper at a time, as they may be many.
        for (index, listed) in marked.enumerate() {
            let paper = Marked::open(library, listed);
            if format == BookmarksFormat::Json {
                annotations.extend(paper.web_annotations());
                continue;
            }
            if index > 0 {
                writeln!(out)?;
            }
            match format {
                BookmarksFormat::Markdown => {
                    markdown::write_titled_bookmarks(&paper.quotations(), out)?;
                }
                _ => text::write_titled_bookmarks(&paper.quotations(), default_columns(), out)?,
            }
        }
        match format {
            BookmarksFormat::Json => json::write(&annotation_page(&annotations), out),
            _ => Ok(()),
        }
    })?;
    Ok(code)
}

/// A paper that something is kept about: as it is now, if it is still in its place; else as it was
/// kept.
enum Marked<'a> {
    Here {
        paper: Box<Paper>,
        shelf: Box<Shelf>,
        iri: String,
    },
    Gone {
        listed: &'a Listed,
        iri: String,
    },
}

impl<'a> Marked<'a> {
    fn open(library: &Library, listed: &'a Listed) -> Self {
        let origin = match &listed.paper.paths[..] {
            _ if listed.is_embedded => Some(Origin::Embedded),
            paths => {
                let existing = paths.iter().find(|path| path.is_file());
                existing.map(|path| Origin::File(path.clone()))
            }
        };
        let read = origin.and_then(|origin| {
            let parsed = input::read(&origin, input::Reading::default()).ok()?;
            Some((parsed.paper, origin))
        });
        if let Some((paper, origin)) = read {
            return Marked::Here {
                shelf: Box::new(library.open_as(&paper, &origin, &listed.paper)),
                paper: Box::new(paper),
                iri: origin.iri(),
            };
        }
        let path = listed.paper.paths.first();
        let origin = path.map_or(Origin::Elsewhere, |path| Origin::File(path.clone()));
        Marked::Gone {
            listed,
            iri: origin.iri(),
        }
    }

    fn quotations(&self) -> Quotations<'_> {
        match self {
            Marked::Here { paper, shelf, .. } => Quotations::new(paper, shelf),
            Marked::Gone { listed, .. } => Quotations::of_listed(listed),
        }
    }

    fn web_annotations(&self) -> Vec<Value> {
        match self {
            Marked::Here { shelf, iri, .. } => shelf.web_annotations(iri),
            Marked::Gone { listed, iri } => listed.web_annotations(iri),
        }
    }
}

/// What is kept about a paper, if it is clear which one it is.
fn open(library: &Library, paper: &Paper, origin: &Origin) -> Result<Box<Shelf>> {
    match library.open(paper, origin) {
        Opened::Shelf(shelf) => Ok(shelf),
        Opened::Ambiguous(candidates) => bail!(
            "this may be a paper that you have read before: {}. Open it with `opcit` once, which \
             asks",
            named(&candidates)
        ),
    }
}

fn named(candidates: &[Candidate]) -> String {
    let names = candidates.iter().map(|candidate| {
        let path = candidate.paths.first().map(|path| path.to_string_lossy());
        match path {
            Some(path) => format!("“{}” ({})", candidate.title, clean(&path)),
            None => format!("“{}”", candidate.title),
        }
    });
    names.collect::<Vec<_>>().join(", or ")
}
