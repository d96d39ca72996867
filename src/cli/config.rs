//! `opcit config`: what can be set, and what is wrong with what is.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Args;

use super::{complain, output};
use crate::paper::clean;
use crate::reader::{Config, ConfigProblem};
use crate::shelf::SystemReason;

const LONG_ABOUT: &str = "\
Show every setting, or check the configuration file.

With --print, writes a configuration file with every setting at its default,
commented out. To begin with it:

  mkdir -p ~/.config/opcit
  opcit config --print > ~/.config/opcit/config.toml

Without, says where the file is and what is wrong in it, with the line. Exits with
1 if something is.";

/// Show every setting, or check the configuration file
#[derive(Debug, Args)]
#[command(long_about = LONG_ABOUT)]
pub(super) struct ConfigArguments {
    /// Write a file with every setting at its default
    #[arg(long)]
    print: bool,
}

impl ConfigArguments {
    pub(super) fn run(&self, file: Option<&Path>) -> Result<ExitCode> {
        if self.print {
            output::print(|out| out.write_all(Config::commented().as_bytes()))?;
            return Ok(ExitCode::SUCCESS);
        }
        let Some(file) = file else {
            complain("there is no home folder, so no configuration file");
            return Ok(ExitCode::FAILURE);
        };
        let name = clean(&file.display().to_string()).into_owned();
        let Some(text) = read(file)? else {
            output::print(|out| {
                writeln!(out, "{name}: not there; `opcit config --print` writes one")
            })?;
            return Ok(ExitCode::SUCCESS);
        };
        let (_, problems) = Config::parse(&text);
        output::print(|out| {
            if problems.is_empty() {
                return writeln!(out, "{name}: in order");
            }
            problems
                .iter()
                .try_for_each(|problem| writeln!(out, "{}", in_words(&name, problem)))
        })?;
        Ok(ExitCode::from(u8::from(!problems.is_empty())))
    }
}

/// The configuration of a file, and what is wrong with it, in words. A file that is not there says
/// nothing, unless it was asked for.
pub(super) fn load(file: Option<PathBuf>, is_asked_for: bool) -> (Config, Vec<String>) {
    let Some(file) = file else {
        return (Config::default(), Vec::new());
    };
    let name = clean(&file.display().to_string()).into_owned();
    match read(&file) {
        Ok(Some(text)) => {
            let (config, problems) = Config::parse(&text);
            let problems = problems.iter().map(|problem| in_words(&name, problem));
            (config, problems.collect())
        }
        Ok(None) if is_asked_for => (Config::default(), vec![format!("{name}: not there")]),
        Ok(None) => (Config::default(), Vec::new()),
        Err(error) => (Config::default(), vec![format!("{error:#}")]),
    }
}

/// The text of the file; none if it is not there.
pub(super) fn read(file: &Path) -> Result<Option<String>> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(Some(text)),
        Err(error) if is_missing(&error) => Ok(None),
        Err(error) => {
            let name = clean(&file.display().to_string()).into_owned();
            bail!("cannot read {name}: {}", SystemReason(&error))
        }
    }
}

fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

fn in_words(name: &str, problem: &ConfigProblem) -> String {
    let message = clean(&problem.message).into_owned();
    format!("{name}:{}: {message}", problem.line)
}
