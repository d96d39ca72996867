//! What the reader begins with: a paper, or the list of those that were read or are in a folder.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::input;
use crate::reader::{Config, StartPage};
use crate::shelf::{Library, Origin};

/// What the argument PAPER means for the reader: a file, a folder, what is piped in, a paper of the
/// library by words of its title, or without it the last paper or the list of them.
///
/// # Errors
/// When the last paper is to be gone on with, and there is none, or its file is not there.
pub(super) fn first_page(
    paper: Option<&PathBuf>,
    continues: bool,
    library: &Library,
    config: &Config,
) -> Result<StartPage> {
    if continues && paper.is_none() {
        return last(library);
    }
    let origin = input::origin(paper.cloned());
    match &origin {
        Origin::File(path) => {
            let listed = folder(path).or_else(|| named(path, library));
            Ok(listed.unwrap_or(StartPage::Paper(origin)))
        }
        Origin::Elsewhere => Ok(StartPage::Paper(origin)),
        Origin::Embedded if !library.has_papers() => Ok(StartPage::Paper(origin)),
        Origin::Embedded if config.continues => {
            Ok(last(library).unwrap_or(StartPage::Library(String::new())))
        }
        Origin::Embedded => Ok(StartPage::Library(String::new())),
    }
}

/// The papers in a folder, if the path is that of one.
fn folder(path: &Path) -> Option<StartPage> {
    let path = path.to_str().filter(|_| path.is_dir())?;
    let slash = if path.ends_with('/') { "" } else { "/" };
    Some(StartPage::Folder(format!("{path}{slash}")))
}

/// The paper of the library that is meant by words that are no file: the only one that has them,
/// or a choice.
fn named(path: &Path, library: &Library) -> Option<StartPage> {
    let words = path.to_str().filter(|_| !path.exists())?;
    let papers = library.papers_named(words);
    match &papers[..] {
        [] => None,
        [paper] => paper.origin().cloned().map(StartPage::Paper),
        _ => Some(StartPage::Library(words.to_owned())),
    }
}

/// The paper that was read last.
fn last(library: &Library) -> Result<StartPage> {
    let (papers, _) = library.papers();
    let Some(last) = papers.first() else {
        bail!("there is nothing to go on with: no paper has been read yet");
    };
    match last.origin() {
        Some(origin) => Ok(StartPage::Paper(origin.clone())),
        None => {
            let title = &last.paper.title;
            bail!("the last paper, “{title}”, is not where it was; `opcit papers` says where")
        }
    }
}
