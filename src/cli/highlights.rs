//! `opcit highlights`: what a reader has highlighted in a paper and written on its passages.

mod notebook;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::bookmarks::{open, told};
use super::marked::Marked;
use super::output::complain;
use super::print::default_columns;
use super::{PAPER_HELP, completing, input, output};
use crate::export::{csv, html, json, markdown, org, text};
use crate::shelf::{
    Annotation, AnnotationKind, HighlightKind, Library, annotation_page, annotation_set,
};

const INTO_HELP: &str = "\
Bring this Markdown file up to date instead, or with
--all the files in this folder, one a paper. What you
have written between the highlights stays";

/// List the highlights of a paper or of all papers, and the notes on passages
#[derive(Debug, Args)]
#[command(override_usage = "opcit highlights [PAPER]\n       opcit highlights --all")]
pub(super) struct HighlightsArguments {
    #[arg(value_name = "PAPER", help = PAPER_HELP, add = completing::files())]
    paper: Option<PathBuf>,
    /// Those of every paper you have read, the latest first
    #[arg(long, conflicts_with = "paper")]
    all: bool,
    /// Only those of a kind: claim, evidence, question, quote, disagree or note; may be repeated
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Vec<KindArgument>,
    /// How to write them
    #[arg(long, value_enum, default_value_t)]
    format: HighlightsFormat,
    #[arg(long, value_name = "PATH", help = INTO_HELP)]
    into: Option<PathBuf>,
}

/// How highlights are written out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum HighlightsFormat {
    /// For reading.
    #[default]
    Text,
    /// Quotations with their source, to paste into notes.
    Markdown,
    /// Web Annotations of the W3C, for programs.
    Json,
    /// A table that Readwise imports.
    Csv,
    /// Emacs' Org mode.
    Org,
    /// A page for a browser.
    Html,
    /// An annotation set of the W3C's EPUB Annotations.
    Epub,
}

/// A kind of annotation that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum KindArgument {
    Highlight(HighlightKind),
    Note,
}

fn kind(name: &str) -> Result<KindArgument, String> {
    match (name, HighlightKind::from_name(name)) {
        ("note", _) => Ok(KindArgument::Note),
        (_, HighlightKind::Other(_)) => {
            Err("there are claim, evidence, question, quote, disagree and note".to_owned())
        }
        (_, kind) => Ok(KindArgument::Highlight(kind)),
    }
}

impl HighlightsArguments {
    pub(super) fn run(self, library: &Library, reading: input::ReadingRules) -> Result<ExitCode> {
        let wanted = self.kind;
        let is_wanted = move |annotation: &Annotation| match &annotation.kind {
            AnnotationKind::Highlight(kind) => {
                wanted.is_empty() || wanted.contains(&KindArgument::Highlight(kind.clone()))
            }
            AnnotationKind::Note => wanted.is_empty() || wanted.contains(&KindArgument::Note),
            _ => false,
        };
        if self.into.is_some()
            && !matches!(
                self.format,
                HighlightsFormat::Text | HighlightsFormat::Markdown
            )
        {
            complain("--into brings Markdown files up to date, and takes no other format");
            return Ok(ExitCode::from(2));
        }
        if self.all {
            return write_all(library, self.format, self.into.as_deref(), is_wanted);
        }
        let origin = input::origin(self.paper);
        let paper = input::read(&origin, reading)?.paper;
        let mut shelf = open(library, &paper, &origin)?;
        let code = told(&shelf.take_notices());
        let papers = [Marked::here(paper, shelf, &origin)];
        if papers.iter().all(|paper| paper.is_without(&is_wanted)) && code == ExitCode::SUCCESS {
            complain(&format!("no highlights in {} yet", input::name_of(&origin)));
        }
        match &self.into {
            Some(file) => papers
                .iter()
                .try_for_each(|paper| notebook::update(paper, file, &is_wanted))?,
            None => write(papers.into_iter(), self.format, is_wanted)?,
        }
        Ok(code)
    }
}

fn write_all(
    library: &Library,
    format: HighlightsFormat,
    into: Option<&Path>,
    is_wanted: impl Fn(&Annotation) -> bool,
) -> Result<ExitCode> {
    let (listed, notices) = library.papers();
    let code = told(&notices);
    let marked: Vec<_> = listed
        .iter()
        .filter(|listed| listed.annotations.iter().any(&is_wanted))
        .collect();
    if marked.is_empty() && code == ExitCode::SUCCESS {
        complain("no highlights yet");
    }
    if let Some(folder) = into {
        notebook::update_all(library, &marked, folder, is_wanted)?;
        return Ok(code);
    }
    // One paper at a time, as they may be many.
    let papers = marked
        .into_iter()
        .map(|listed| Marked::open(library, listed));
    write(papers, format, is_wanted)?;
    Ok(code)
}

fn write<'a>(
    papers: impl Iterator<Item = Marked<'a>>,
    format: HighlightsFormat,
    is_wanted: impl Fn(&Annotation) -> bool,
) -> Result<()> {
    output::print(|out| {
        match format {
            HighlightsFormat::Csv => csv::write_header(out)?,
            HighlightsFormat::Html => html::write_header(out)?,
            _ => {}
        }
        let mut values = Vec::new();
        let papers = papers.filter(|paper| !paper.is_without(&is_wanted));
        for (index, paper) in papers.enumerate() {
            let is_apart = matches!(
                format,
                HighlightsFormat::Text | HighlightsFormat::Markdown | HighlightsFormat::Org
            );
            if index > 0 && is_apart {
                writeln!(out)?;
            }
            match format {
                HighlightsFormat::Json => values.extend(paper.web_annotations(&is_wanted)),
                HighlightsFormat::Epub => {
                    let (title, authors) = paper.name();
                    let annotations = paper.web_annotations(&is_wanted);
                    values.push(annotation_set(&annotations, title, authors));
                }
                _ => {
                    let kept = paper.quotations(&is_wanted);
                    match format {
                        HighlightsFormat::Markdown => {
                            markdown::write_titled_bookmarks(&kept, out)?;
                        }
                        HighlightsFormat::Csv => csv::write_quotations(&kept, out)?,
                        HighlightsFormat::Org => org::write_quotations(&kept, out)?,
                        HighlightsFormat::Html => html::write_quotations(&kept, out)?,
                        _ => text::write_titled_bookmarks(&kept, default_columns(), out)?,
                    }
                }
            }
        }
        match (format, &values[..]) {
            (HighlightsFormat::Json, values) => json::write(&annotation_page(values), out),
            (HighlightsFormat::Epub, [only]) => json::write(only, out),
            (HighlightsFormat::Epub, sets) => json::write(&sets, out),
            _ => Ok(()),
        }
    })?;
    Ok(())
}
