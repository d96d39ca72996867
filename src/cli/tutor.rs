//! `opcit tutor`: the guided tour.

use std::process::ExitCode;

use anyhow::{Context as _, Result};

use super::input::ReadingRules;
use super::{complain, linear, show};
use crate::reader::{Config, PapersToOpen, StartPage};
use crate::shelf::{Library, Origin};

/// Shows the paper that opcit carries with the tour beneath it. What the reader keeps on the way is
/// in a folder of its own, which goes with the end. Who reads in lines is told that it needs a screen.
///
/// # Errors
/// When there is no room for the folder, or no terminal that can place text.
pub(super) fn run(is_linear: bool, (config, problems): (Config, Vec<String>)) -> Result<ExitCode> {
    if is_linear || config.linear || linear::is_asked_for() {
        complain(
            "the tour needs a screen, and lines are asked for; `opcit --linear` reads the paper that \
             it is on, and `?` there lists the keys",
        );
        return Ok(ExitCode::from(2));
    }
    let folder = tempfile::tempdir().context("cannot make a folder for the tour")?;
    let library = Library::new(Some(folder.path().to_owned()));
    let papers = PapersToOpen {
        first: StartPage::Paper(Origin::Embedded),
        part: None,
        others: Vec::new(),
        has_tour: true,
    };
    show(
        papers,
        ReadingRules::default(),
        library,
        &(config, problems),
    )
}
