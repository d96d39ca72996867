//! `opcit bookmarks`: what a reader has kept of a paper, or of all, and taking in what was kept
//! elsewhere.

mod import;

use std::path::PathBuf;
use std::process::ExitCode;

use super::marked::Marked;
use super::output::complain;
use super::print::default_columns;
use super::{PAPER_HELP, completing, input, output};
use crate::export::{Quotations, json, markdown, text};
use crate::paper::{Paper, clean};
use crate::shelf::{
    Annotation, AnnotationKind, Library, Opened, Origin, PaperCandidate, Shelf, ShelfNotice,
    annotation_page, web_annotations,
};
use anyhow::{Result, bail};
use clap::{Args, Subcommand, ValueEnum};

/// List the bookmarks of a paper or of all papers, or import some
#[derive(Debug, Args)]
#[command(
    override_usage = "opcit bookmarks [PAPER]\n       opcit bookmarks --all\n       opcit bookmarks import <FILE> [PAPER]"
)]
pub(super) struct BookmarksArguments {
    #[arg(value_name = "PAPER", help = PAPER_HELP, add = completing::files())]
    paper: Option<PathBuf>,
    /// Those of every paper you have read, the latest first
    #[arg(long, conflicts_with = "paper")]
    all: bool,
    /// How to write them; without it, as text
    #[arg(long, value_enum)]
    format: Option<BookmarksFormat>,
    #[command(subcommand)]
    command: Option<BookmarksCommand>,
}

#[derive(Debug, Subcommand)]
enum BookmarksCommand {
    Import(import::BookmarksImportArguments),
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

impl BookmarksArguments {
    pub(super) fn run(self, library: &Library, reading: input::ReadingRules) -> Result<ExitCode> {
        match self.command {
            Some(_) if self.paper.is_some() || self.all || self.format.is_some() => {
                complain(
                    "`import` takes a file and a paper, as in `opcit bookmarks import kept.json paper.md`",
                );
                Ok(ExitCode::from(2))
            }
            Some(BookmarksCommand::Import(import)) => import.run(library, reading),
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
    reading: input::ReadingRules,
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
    let quotations =
        || Quotations::new(&paper, shelf.bookmarks(), shelf.text()).linked_to(&origin.iri());
    output::print(|out| match format {
        BookmarksFormat::Text => text::write_bookmarks(&quotations(), default_columns(), out),
        BookmarksFormat::Markdown => markdown::write_bookmarks(&quotations(), out),
        BookmarksFormat::Json => {
            let annotations = web_annotations(shelf.bookmarks(), Some(shelf.text()), &origin.iri());
            json::write(&annotation_page(&annotations), out)
        }
    })?;
    Ok(code)
}

/// Prints any notices, and gives the exit code: 1 if something that is kept
/// could not be read, for who makes a copy of it must not take that for all.
pub(super) fn told(notices: &[ShelfNotice]) -> ExitCode {
    for notice in notices {
        complain(&notice.to_string());
    }
    if notices.iter().any(ShelfNotice::is_loss) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// Says how many papers of a library could not be read, and gives the exit code if there are any.
pub(super) fn told_unread(papers: usize) -> Option<ExitCode> {
    let are = match papers {
        0 => return None,
        1 => "1 paper is not where it was".to_owned(),
        count => format!("{count} papers are not where they were"),
    };
    complain(&format!(
        "{are}, or cannot be read; `opcit papers` lists them"
    ));
    Some(ExitCode::FAILURE)
}

fn is_bookmark(annotation: &Annotation) -> bool {
    annotation.kind == AnnotationKind::Bookmark
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
                annotations.extend(paper.web_annotations(is_bookmark));
                continue;
            }
            if index > 0 {
                writeln!(out)?;
            }
            match format {
                BookmarksFormat::Markdown => {
                    markdown::write_titled_bookmarks(&paper.quotations(is_bookmark), out)?;
                }
                _ => text::write_titled_bookmarks(
                    &paper.quotations(is_bookmark),
                    default_columns(),
                    out,
                )?,
            }
        }
        match format {
            BookmarksFormat::Json => json::write(&annotation_page(&annotations), out),
            _ => Ok(()),
        }
    })?;
    Ok(code)
}

/// What is kept about a paper, if it is clear which one it is.
pub(super) fn open(library: &Library, paper: &Paper, origin: &Origin) -> Result<Box<Shelf>> {
    match library.open(paper, origin) {
        Opened::Shelf(shelf) => Ok(shelf),
        Opened::Ambiguous(candidates) => bail!(
            "this may be a paper that you have read before: {}. Open it with `opcit` once, which \
             asks",
            named(&candidates)
        ),
    }
}

fn named(candidates: &[PaperCandidate]) -> String {
    let names = candidates.iter().map(|candidate| {
        let path = candidate.paths.first().map(|path| path.to_string_lossy());
        match path {
            Some(path) => format!("“{}” ({})", candidate.title, clean(&path)),
            None => format!("“{}”", candidate.title),
        }
    });
    names.collect::<Vec<_>>().join(", or ")
}
