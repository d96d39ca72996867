//! What is offered where Tab is pressed in a shell: commands and options, and what there is of a paper
//! and of the library.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command, CommandFactory};
use clap_complete::CompleteEnv;
use clap_complete::engine::{
    ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter,
};

use super::{Arguments, input};
use crate::document::Document;
use crate::formats::Format;
use crate::paper::{BlockId, Note, Section, clean};
use crate::reader::is_paper;
use crate::shelf::{self, Library};

/// The variable in which a shell says that it asks, and which shell it is.
pub(super) const VARIABLE: &str = "OPCIT_COMPLETE";

/// The variable that the script for bash sets and no other does. What it is given goes onto the command
/// line as it is.
const BASH_ONLY: &str = "_CLAP_COMPLETE_COMP_TYPE";

/// The most characters of a note that are shown beside its number.
const MAX_NOTE_CHARS: usize = 60;

/// Answers a shell that asks what a word may become; returns whether one has asked.
///
/// # Errors
/// When the shell is one that is not known, or the answer cannot be written.
pub(super) fn answer() -> Result<bool, clap::Error> {
    let folder = env::current_dir().ok();
    let complete = CompleteEnv::with_factory(offered).var(VARIABLE);
    complete.try_complete(env::args_os(), folder.as_deref())
}

/// The commands and options that are offered: none of those that opcit only calls itself.
fn offered() -> Command {
    let program = Arguments::command();
    let commands = program.get_subcommands().filter(|it| !it.is_hide_set());
    Command::new("opcit")
        .args(program.get_arguments().cloned())
        .subcommands(commands.cloned())
}

/// Offers the files that may be papers.
pub(super) fn files() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let is_offered = |path: &Path| path.is_dir() || is_paper(&path.to_string_lossy());
        PathCompleter::any().filter(is_offered).complete(typed)
    })
}

/// Offers the files that may be papers, and the titles of those that were read.
pub(super) fn papers() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let mut offered = files().complete(typed);
        offered.extend(titles(typed));
        offered
    })
}

/// Offers the names of the formats.
pub(super) fn formats() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let names = Format::ALL.iter().map(|format| format.name());
        beginning_with(typed, names.map(CompletionCandidate::new).collect())
    })
}

/// Offers the sections of the paper that the command line names.
pub(super) fn sections() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let sections = |document: &Document| {
            let sections = document.paper().sections.iter();
            let sections = sections.filter(|section| section.level > 0);
            sections.map(candidate_of_section).collect()
        };
        beginning_with(typed, of_paper(sections))
    })
}

/// Offers the notes of the paper that the command line names.
pub(super) fn notes() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let notes = |document: &Document| {
            let notes = document.paper().notes.iter();
            notes
                .map(|note| candidate_of_note(note, document))
                .collect()
        };
        beginning_with(typed, of_paper(notes))
    })
}

fn candidate_of_section(section: &Section) -> CompletionCandidate {
    let title = clean(&section.title).replace('\n', " ");
    CompletionCandidate::new(&section.id).help(Some(title.into()))
}

fn candidate_of_note(note: &Note, document: &Document) -> CompletionCandidate {
    let first = document.paper().block(BlockId(note.blocks.start));
    let words = first.filter(|_| note.is_defined()).map(|block| {
        let words = block.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let words: String = words.chars().take(MAX_NOTE_CHARS).collect();
        clean(&words).into_owned()
    });
    CompletionCandidate::new(note.number.to_string()).help(words.map(Into::into))
}

/// The titles of the library that begin as a word does, once one has been begun: all of them would be
/// in the way of the files.
fn titles(typed: &OsStr) -> Vec<CompletionCandidate> {
    let Some(typed) = typed.to_str().filter(|typed| !typed.is_empty()) else {
        return Vec::new();
    };
    let is_bash = env::var_os(BASH_ONLY).is_some();
    // In bash, what is typed has its backslashes yet.
    let typed = if is_bash {
        typed.replace('\\', "")
    } else {
        typed.to_owned()
    };
    let data_dir = named(|matches| matches.get_one::<PathBuf>("data_dir").cloned());
    let (papers, _) = Library::new(shelf::folder(data_dir)).papers();
    let titles = papers.into_iter().map(|listed| listed.paper.title);
    let titles = titles.filter(|title| begins(title, &typed) && clean(title) == title.as_str());
    let written = |title: String| if is_bash { escaped(&title) } else { title };
    titles.map(written).map(CompletionCandidate::new).collect()
}

/// A word as bash takes it for one.
fn escaped(word: &str) -> String {
    let mut escaped = String::with_capacity(word.len());
    for letter in word.chars() {
        if letter.is_ascii() && !letter.is_ascii_alphanumeric() && !"-_./:,".contains(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

fn beginning_with(typed: &OsStr, candidates: Vec<CompletionCandidate>) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let is_meant =
        |candidate: &CompletionCandidate| begins(&candidate.get_value().to_string_lossy(), &typed);
    candidates.into_iter().filter(is_meant).collect()
}

fn begins(text: &str, typed: &str) -> bool {
    text.to_lowercase().starts_with(&typed.to_lowercase())
}

/// What the paper has that the command line names; nothing where it cannot be read.
fn of_paper(
    candidates: impl Fn(&Document) -> Vec<CompletionCandidate>,
) -> Vec<CompletionCandidate> {
    let paper = named(|matches| {
        let (_, command) = matches.subcommand()?;
        command.get_one::<PathBuf>("paper").cloned()
    });
    // The shell's own input is the terminal, and no paper.
    if paper.as_deref() == Some(Path::new("-")) {
        return Vec::new();
    }
    let document = input::open_quietly(paper);
    document.as_ref().map(candidates).unwrap_or_default()
}

/// Something that the command line names, as far as it is typed.
fn named<T>(get: impl Fn(&ArgMatches) -> Option<T>) -> Option<T> {
    let mut words = env::args_os().skip_while(|word| word != "--");
    words.next()?;
    let words: Vec<OsString> = words.collect();
    let program = Arguments::command().ignore_errors(true);
    get(&program.try_get_matches_from(words).ok()?)
}
