//! `opcit doctor`: what the terminal can do, where things are, and what is wrong.

use std::env;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::{config, output, version};
use crate::paper::clean;
use crate::reader::Config;
use crate::shelf::{Library, SystemReason, is_writable, with_short_home};
use crate::terminal::capabilities::TerminalCapabilities;
use crate::terminal::charset::Charset;
use crate::terminal::picture::PictureChoice;
use crate::terminal::tty;

const LONG_ABOUT: &str = "\
Say what the terminal can do, where opcit's files are, and what is wrong.

What it writes is fit for a bug report: it names no paper and no user. Lines that
begin with ! are faults, and say what to do. Exits with 1 if there are any.";

/// Say what the terminal can do, where files are, and what is wrong
#[derive(Debug, Args)]
#[command(long_about = LONG_ABOUT)]
pub(super) struct DoctorArguments {}

/// What was found out.
#[derive(Debug, Default)]
struct Report {
    lines: Vec<String>,
    has_faults: bool,
}

impl Report {
    fn fact(&mut self, name: &str, value: &str) {
        self.lines.push(format!("  {name:<18}{}", clean(value)));
    }

    fn fault(&mut self, words: &str) {
        self.has_faults = true;
        self.lines.push(format!("! {}", clean(words)));
    }
}

impl DoctorArguments {
    pub(super) fn run(
        folder: Option<&Path>,
        library: &Library,
        config_file: Option<PathBuf>,
    ) -> Result<ExitCode> {
        let mut report = Report::default();
        report.fact("opcit", &version::LONG.replace('\n', ", "));
        report.fact(
            "system",
            &format!("{} {}", env::consts::OS, env::consts::ARCH),
        );
        terminal(&mut report);
        configuration(&mut report, config_file);
        shelf(&mut report, folder, library);
        output::print(|out| {
            let mut lines = report.lines.iter();
            lines.try_for_each(|line| writeln!(out, "{line}"))
        })?;
        Ok(ExitCode::from(u8::from(report.has_faults)))
    }
}

fn terminal(report: &mut Report) {
    let variable = |name| env::var(name).unwrap_or_default();
    for name in ["TERM", "COLORTERM", "NO_COLOR"] {
        report.fact(name, &variable(name));
    }
    if io::stdout().is_terminal() {
        let size = tty::size();
        report.fact(
            "size",
            &format!("{} columns, {} rows", size.width, size.height),
        );
    } else {
        report.fact("size", "the output is not a terminal");
    }
    let charset = match Charset::from_environment() {
        Charset::Utf8 => "UTF-8",
        Charset::Unsaid => "no locale says one; UTF-8 is assumed",
        Charset::Other(_) => "not UTF-8; characters that it lacks are replaced",
    };
    report.fact("characters", charset);
    let Some(capabilities) = TerminalCapabilities::from_environment() else {
        return report.fault(
            "by its TERM the terminal cannot show pages: set TERM, or read with `opcit print`",
        );
    };
    let can = [
        ("colours", capabilities.has_colours),
        ("256 colours", capabilities.has_256_colours),
        ("true colour", capabilities.has_rgb_colours),
        ("italics", capabilities.has_italics),
        ("coloured underlines", capabilities.colours_underlines),
        ("scrolling", capabilities.can_scroll_and_erase),
        ("synchronized output", capabilities.has_synchronized_output),
        ("a window with a title and links", capabilities.has_window),
    ];
    let listed = |wanted| {
        let names = can.iter().filter(|(_, has)| *has == wanted);
        let names: Vec<&str> = names.map(|(name, _)| *name).collect();
        if names.is_empty() {
            "nothing of it".to_owned()
        } else {
            names.join(", ")
        }
    };
    report.fact("taken to have", &listed(true));
    report.fact("and to lack", &listed(false));
    let pictures = PictureChoice::Auto.means(capabilities);
    report.fact("pictures", pictures.words());
    if env::var_os("TMUX").is_some() {
        report.fact("tmux", "copying needs `set -g set-clipboard on`");
    }
}

fn configuration(report: &mut Report, file: Option<PathBuf>) {
    let Some(file) = file else {
        return report.fact("configuration", "no home folder, so none");
    };
    let name = with_short_home(&file);
    match config::read(&file) {
        Ok(None) => report.fact("configuration", &format!("{name}, not there")),
        Ok(Some(text)) => {
            report.fact("configuration", &name);
            let (_, problems) = Config::parse(&text);
            for problem in problems {
                report.fault(&format!("{name}:{}: {}", problem.line, problem.message));
            }
        }
        Err(error) => {
            let why = error.root_cause();
            report.fault(&format!("the configuration {name} cannot be read: {why}"));
        }
    }
}

fn shelf(report: &mut Report, folder: Option<&Path>, library: &Library) {
    let Some(folder) = folder else {
        return report.fault("there is no home folder: name one for bookmarks with OPCIT_DATA_DIR");
    };
    let name = with_short_home(folder);
    if !folder.exists() {
        return report.fact("data", &format!("{name}, not there yet"));
    }
    let (papers, notices) = library.papers();
    report.fact(
        "data",
        &format!("{name}, {}", counted(papers.len(), "paper")),
    );
    if let Err(error) = is_writable(folder) {
        report.fault(&format!(
            "bookmarks cannot be saved: cannot write in {name}: {}",
            SystemReason(&error)
        ));
    }
    if !notices.is_empty() {
        let damaged = counted(notices.len(), "problem");
        report.fault(&format!("{damaged} there; `opcit papers` says which"));
    }
}

fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    }
}
