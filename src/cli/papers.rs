//! `opcit papers`: what has been read, how far, and when; forgetting a paper, and saying where its
//! file is now.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::{Args, Subcommand, ValueEnum};

use super::bookmarks::told;
use super::input::{self, ReadingRules};
use super::{complain, output};
use crate::export::{counted, json, text};
use crate::paper::clean;
use crate::shelf::{Library, Listed, PaperMove, with_short_home};

const ABOUT_PAPERS: &str = "\
List the papers you have read, how far and when; or forget one, or say where
its file is now.

A paper stays in the list when its file is away, as on a disk that is not
plugged in. Nothing is forgotten unless you say so.";

const FORGET_HELP: &str = "\
The paper: its file, words of its title, or its id
in `opcit papers --format json`";

/// List the papers you have read, how far and when; forget one, or say that it has moved
#[derive(Debug, Args)]
#[command(
    long_about = ABOUT_PAPERS,
    override_usage = "opcit papers [--format FORMAT]\n       opcit papers forget [--with-what-is-kept] <PAPER>\n       opcit papers move <OLD> <NEW>"
)]
pub(super) struct PapersArguments {
    /// How to write them; without it, as text
    #[arg(long, value_enum)]
    format: Option<PapersFormat>,
    #[command(subcommand)]
    command: Option<PapersCommand>,
}

#[derive(Debug, Subcommand)]
enum PapersCommand {
    Forget(ForgetArguments),
    Move(MoveArguments),
}

/// Forget a paper: what opcit keeps about it is put aside, and the paper is not listed any more
#[derive(Debug, Args)]
struct ForgetArguments {
    #[arg(value_name = "PAPER", help = FORGET_HELP)]
    paper: String,
    /// Also if you have set bookmarks or marks in it, highlighted something or written notes
    #[arg(long)]
    with_what_is_kept: bool,
}

/// Say that a file, or a folder with all in it, has been moved; the files are not touched
#[derive(Debug, Args)]
struct MoveArguments {
    /// Where it was
    old: PathBuf,
    /// Where it is
    new: PathBuf,
}

/// How papers are written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PapersFormat {
    /// For reading.
    Text,
    /// For programs; docs/json.md has its shape.
    Json,
}

impl PapersArguments {
    pub(super) fn run(&self, library: &Library, reading: ReadingRules) -> Result<ExitCode> {
        match &self.command {
            Some(_) if self.format.is_some() => {
                complain("`--format` is for the list, as in `opcit papers --format json`");
                Ok(ExitCode::from(2))
            }
            Some(PapersCommand::Forget(forget)) => forget.run(library, reading),
            Some(PapersCommand::Move(moved)) => moved.run(library),
            None => list(library, self.format.unwrap_or(PapersFormat::Text)),
        }
    }
}

fn list(library: &Library, format: PapersFormat) -> Result<ExitCode> {
    let (papers, notices) = library.papers();
    let code = told(&notices);
    if papers.is_empty() && format == PapersFormat::Text && code == ExitCode::SUCCESS {
        complain("no papers read yet");
    }
    output::print(|out| match format {
        PapersFormat::Text => text::write_papers(&papers, out),
        PapersFormat::Json => json::write_papers(&papers, out),
    })?;
    Ok(code)
}

impl ForgetArguments {
    fn run(&self, library: &Library, reading: ReadingRules) -> Result<ExitCode> {
        let listed = self.named(library)?;
        let kept = kept(&listed);
        if !kept.is_empty() && !self.with_what_is_kept {
            bail!(
                "not forgotten: you have kept {} in {}; to forget that too, add \
                 --with-what-is-kept",
                kept.join(", "),
                name(&listed)
            );
        }
        let file = library.forget(&listed.paper)?;
        input::forget(&listed, library, reading);
        let kept = if kept.is_empty() {
            "its reading place".to_owned()
        } else {
            format!("its reading place, {}", kept.join(", "))
        };
        output::print(|out| {
            writeln!(
                out,
                "forgotten: {}, with {kept}\nput aside as {}; moved back to the folder above, without the \
                 time before its name, it is known again",
                name(&listed),
                shown(&file)
            )
        })?;
        Ok(ExitCode::SUCCESS)
    }

    /// The one paper that is meant.
    fn named(&self, library: &Library) -> Result<Listed> {
        let (papers, notices) = library.papers();
        told(&notices);
        let path = Path::new(&self.paper);
        let whole = path.canonicalize().or_else(|_| std::path::absolute(path));
        let is_at = |listed: &Listed| {
            let mut paths = listed.paper.paths.iter();
            whole
                .as_ref()
                .is_ok_and(|whole| paths.any(|it| it == whole))
        };
        let is_id = |listed: &Listed| listed.paper.id() == self.paper;
        let exact = papers.into_iter().filter(|it| is_at(it) || is_id(it));
        let mut meant: Vec<Listed> = exact.collect();
        if meant.is_empty() {
            // A name without words would be that of every paper.
            if !self.paper.contains(char::is_alphanumeric) {
                bail!("say which paper: its file, words of its title, or its id");
            }
            meant = library.papers_named(&self.paper);
        }
        match (meant.pop(), meant.is_empty()) {
            (Some(paper), true) => Ok(paper),
            (None, _) => bail!(
                "no paper that you have read is {}; `opcit papers` lists them",
                clean(&self.paper)
            ),
            (Some(last), false) => {
                let all = meant.iter().chain([&last]);
                let all: Vec<_> = all
                    .map(|listed| format!("  {}  {}", listed.paper.id(), name(listed)))
                    .collect();
                bail!("which one? Name it by its id:\n{}", all.join("\n"))
            }
        }
    }
}

impl MoveArguments {
    fn run(&self, library: &Library) -> Result<ExitCode> {
        let (moves, notices) = library.moves(&self.old, &self.new);
        let mut code = told(&notices);
        if moves.is_empty() {
            bail!(
                "no paper that you have read was at {}; `opcit papers` lists where they were",
                shown(&self.old)
            );
        }
        let (papers, _) = library.papers();
        let mut said = Vec::new();
        for moved in &moves {
            if let Some(why) = obstacle(moved, &papers) {
                complain(&format!("left as it was: {}: {why}", title_of(moved)));
                code = ExitCode::FAILURE;
                continue;
            }
            match library.note_move(moved) {
                Ok(notices) => {
                    notices.iter().for_each(|it| complain(&it.to_string()));
                    said.push(format!("{} is at {}", title_of(moved), shown(&moved.to)));
                }
                Err(failure) => {
                    complain(&failure.to_string());
                    code = ExitCode::FAILURE;
                }
            }
        }
        output::print(|out| said.iter().try_for_each(|line| writeln!(out, "{line}")))?;
        Ok(code)
    }
}

/// Why it is not to be noted that a paper stands elsewhere.
fn obstacle(moved: &PaperMove, papers: &[Listed]) -> Option<String> {
    if !moved.to.is_file() {
        return Some(format!("there is no file {}", shown(&moved.to)));
    }
    let mut others = papers.iter().filter(|listed| listed.paper != moved.paper);
    let other = others.find(|listed| listed.paper.paths.contains(&moved.to))?;
    Some(format!(
        "{} has been at {}; forget one of the two first",
        name(other),
        shown(&moved.to)
    ))
}

/// What is kept about a paper besides the reading place, in words.
fn kept(listed: &Listed) -> Vec<String> {
    let mut kept = counted(listed.annotations.iter());
    match listed.marks() {
        0 => {}
        1 => kept.push("1 mark".to_owned()),
        count => kept.push(format!("{count} marks")),
    }
    kept
}

fn title_of(moved: &PaperMove) -> String {
    match moved.paper.title.as_str() {
        "" => shown(&moved.from),
        title => format!("“{}”", title.replace('\n', " ")),
    }
}

/// A paper as it is told from others: by its title and its last place.
fn name(listed: &Listed) -> String {
    let place = if listed.is_embedded {
        Some("the built-in paper".to_owned())
    } else {
        listed.paper.paths.first().map(|path| shown(path))
    };
    let title = listed.paper.title.replace('\n', " ");
    match (title.is_empty(), place) {
        (false, Some(place)) => format!("“{title}” ({place})"),
        (false, None) => format!("“{title}”"),
        (true, Some(place)) => place,
        (true, None) => "a paper without a title".to_owned(),
    }
}

fn shown(path: &Path) -> String {
    clean(&with_short_home(path)).into_owned()
}
