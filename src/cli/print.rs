//! `opcit print`: a paper, or a section of it, written out whole, with its notes.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::{PAPER_HELP, PaperFormat, completing, input, output};
use crate::export::{Excerpt, json, markdown, text};

/// Columns of text where the terminal is wider, or where there is none.
const WIDEST: u16 = 80;

const SECTION_HELP: &str = "\
Only this section, what stands under it, and their notes.
NAME is a title, the beginning of one, or an id, as
`opcit outline --format json` shows them";

/// Write out a whole paper, with its notes at the end.
#[derive(Debug, Args)]
pub(super) struct PrintArguments {
    #[arg(value_name = "PAPER", help = PAPER_HELP, add = completing::files())]
    paper: Option<PathBuf>,
    #[arg(long, value_name = "NAME", help = SECTION_HELP, add = completing::sections())]
    section: Option<String>,
    /// Columns of text [default: the terminal's width, at most 80]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    width: Option<u16>,
    /// How to write it
    #[arg(long, value_enum, default_value = "text")]
    format: PaperFormat,
}

impl PrintArguments {
    /// What is done with a paper when there is no terminal to read it on.
    pub(super) fn new(paper: Option<PathBuf>) -> Self {
        PrintArguments {
            paper,
            section: None,
            width: None,
            format: PaperFormat::Text,
        }
    }

    pub(super) fn run(self, reading: input::ReadingRules) -> Result<()> {
        let document = input::open(self.paper, reading)?;
        let excerpt = match &self.section {
            Some(name) => Excerpt::for_section(document.paper(), name)?,
            None => Excerpt::whole(document.paper()),
        };
        let columns = self.width.unwrap_or_else(default_columns);
        output::print(|out| match self.format {
            PaperFormat::Text => text::write_excerpt(&excerpt, columns, out),
            PaperFormat::Markdown => markdown::write_excerpt(&excerpt, out),
            PaperFormat::Json => json::write_excerpt(&excerpt, document.parsed(), out),
        })?;
        Ok(())
    }
}

/// The terminal's width as far as it is comfortable to read. A pipe has none, and its reader may
/// be a file that is looked at elsewhere.
pub(super) fn default_columns() -> u16 {
    if !io::stdout().is_terminal() {
        return WIDEST;
    }
    let size = crossterm::terminal::window_size();
    let columns = size.map_or(WIDEST, |size| size.columns);
    match columns {
        0 => WIDEST,
        _ => columns.min(WIDEST),
    }
}
