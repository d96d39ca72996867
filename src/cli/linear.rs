//! `opcit --linear`: reading in plain lines, without a screen.

use std::env;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::process::ExitCode;

use anyhow::{Context, Result};

use super::{complain, input, output};
use crate::reader::{self, Config, LinearPapers, PapersToOpen, StartPage};
use crate::shelf::{Library, Origin};
use crate::terminal::tty;

/// Columns of a line where there is no terminal that says how many it has.
const COLUMNS: u16 = 80;
/// A line is easier to follow on a wide terminal if it is no longer than this.
const WIDEST: u16 = 100;

/// Whether the environment asks for programs that can be heard, as other programs are asked too.
pub(super) fn is_asked_for() -> bool {
    env::var_os("ACCESSIBLE").is_some_and(|value| !value.is_empty() && value != "0")
}

/// Reads papers to somebody. Where one comes through standard input, the terminal is listened to.
pub(super) fn read(
    papers: PapersToOpen,
    reading: input::ReadingRules,
    library: Library,
    (config, problems): (Config, Vec<String>),
) -> Result<ExitCode> {
    let is_piped_in = matches!(papers.first, StartPage::Paper(Origin::Elsewhere));
    let papers = LinearPapers::open(library, papers, move |origin, refused| {
        input::document(origin, reading, refused, None)
    })?;
    let columns = match tty::size().width {
        0 => COLUMNS,
        columns => columns.min(WIDEST),
    };
    let mut typed: Box<dyn BufRead> = if is_piped_in {
        let terminal = File::open("/dev/tty").context("there is no terminal to type at")?;
        Box::new(BufReader::new(terminal))
    } else {
        Box::new(io::stdin().lock())
    };
    output::print(|out| reader::read_in_lines(papers, &config, columns, &mut typed, out))?;
    if !problems.is_empty() {
        complain(&problems.join("\n"));
    }
    Ok(ExitCode::SUCCESS)
}
