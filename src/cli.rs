//! Arguments and exit codes: 0 when it was done, 1 when it could not be, 2 for wrong usage.

mod beside;
mod bookmarks;
mod check;
#[cfg(feature = "pdf")]
mod child;
mod cite;
mod completing;
mod completions;
mod config;
mod doctor;
mod find;
mod highlights;
mod import;
mod importing;
mod index;
mod input;
mod linear;
mod man;
mod marked;
mod notes;
mod outline;
mod output;
mod papers;
#[cfg(feature = "pdf")]
mod pdf;
mod picture;
mod print;
mod sources;
mod start;
mod tutor;
mod version;

use std::env;
use std::error;
use std::ffi::OsString;
use std::fmt;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ColorChoice, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::paper::clean;
use crate::reader::{self, Config, PapersToOpen, ReadingOutcome, StartPage};
use crate::search::nearest;
use crate::shelf::{self, Library, Origin, SystemReason};
pub use output::complain;

const EXAMPLES: &str = "\
Examples:
  opcit                            read the built-in paper; later, what you have read
  opcit -c                         go on with the last paper, where you were
  opcit paper.md                   read your own
  opcit paper.md notes.docx        read two; Ctrl-^ goes from one to the other
  opcit thesis.docx                also DOCX, ODT and RTF
  pandoc -s book.epub -t gfm | opcit
  opcit print paper.md | less
  opcit print paper.md --section introduction --format markdown
  opcit notes paper.md --note 8 --note 14
  opcit find 'lunar station' paper.md
  opcit find --all bread           in every paper that you have read
  opcit sources paper.md           what it cites, and which notes cite it
  opcit sources --all --shared     what several of your papers cite
  opcit cite paper.md              its own reference, also as BibTeX or RIS
  opcit check paper.md             what to put right in its notes
  opcit bookmarks paper.md         what you have kept of it
  opcit highlights --all --format markdown
  opcit papers                     what you have read, how far and when
  opcit ./notes                    a file that is named like a command

Keys: press ? while reading.";

const LONG_ABOUT: &str = "\
A reader for footnoted papers: the text stays, the note comes to it.

Opens a paper in Markdown, PDF, DOCX, ODT, RTF, EPUB, HTML, JATS or LaTeX,
with its footnotes, also packed with gzip or alone in a ZIP archive. When the
output is not a terminal, the paper is written out, as by `opcit print`.";

const PAPER_HELP: &str = "\
A file of any format that opcit reads, at most
256 MiB; `-` is standard input. Without it opcit reads what is
piped or redirected into it, else the built-in paper";

const PAPERS_HELP: &str = "\
A file of any format that opcit reads, at most
256 MiB; `-` is standard input. Without it opcit reads what is
piped or redirected into it, else (a terminal, /dev/null)
the built-in paper, or once you have read others the list
of them. Words of a title open a paper that you have read,
and of a folder the papers in it are listed";

const DATA_DIR_HELP: &str = "\
Keep bookmarks and reading places in this folder. The
default is the folder that OPCIT_DATA_DIR names, or else
the system's usual one, such as ~/.local/share/opcit";

const CONFIG_HELP: &str = "\
Go by this configuration file. The default is the one
that OPCIT_CONFIG names, or else the system's usual
one, such as ~/.config/opcit/config.toml";

const LINEAR_HELP: &str = "\
Read in plain lines, a paragraph at a time, for a screen
reader or a braille display. So it is as well where
ACCESSIBLE is set, and with `linear = true` in the
configuration";

/// A reader for footnoted papers: the text stays, the note comes to it.
///
#[derive(Debug, Parser)]
#[command(name = "opcit", version, long_version = version::LONG, after_help = EXAMPLES)]
#[command(long_about = LONG_ABOUT)]
#[command(color = ColorChoice::Never, override_usage = "opcit [PAPER]…\n       opcit <COMMAND> …")]
pub struct Arguments {
    #[arg(value_name = "PAPER", help = PAPERS_HELP, add = completing::papers())]
    papers: Vec<PathBuf>,
    /// Go on with the paper that was read last
    #[arg(short, long = "continue")]
    continues: bool,
    /// Do not read a paper again when its file changes
    #[arg(long)]
    no_watch: bool,
    #[arg(long, value_name = "DIR", global = true, help = DATA_DIR_HELP)]
    data_dir: Option<PathBuf>,
    #[arg(long, value_name = "FILE", global = true, help = CONFIG_HELP)]
    config: Option<PathBuf>,
    #[arg(long, help = LINEAR_HELP)]
    linear: bool,
    #[command(flatten)]
    reading: input::ReadingArguments,
    #[command(subcommand)]
    command: Option<AnyCommand>,
}

#[derive(Debug, Subcommand)]
enum AnyCommand {
    #[command(flatten)]
    Own(Command),
    #[command(flatten)]
    ForAnother(ServingCommand),
}

/// What else there is to do with a paper than to read it.
#[derive(Debug, Subcommand)]
enum Command {
    Print(print::PrintArguments),
    Outline(outline::OutlineArguments),
    Notes(notes::NotesArguments),
    Bookmarks(bookmarks::BookmarksArguments),
    Highlights(highlights::HighlightsArguments),
    Import(import::ImportArguments),
    Papers(papers::PapersArguments),
    /// Go on with the paper that was read last, where you were
    Continue,
    Find(find::FindArguments),
    Sources(sources::SourcesArguments),
    Cite(cite::CiteArguments),
    Check(check::CheckArguments),
    Index(index::IndexArguments),
    Config(config::ConfigArguments),
    Completions(completions::CompletionsArguments),
    Man(man::ManArguments),
    Doctor(doctor::DoctorArguments),
    /// Learn the reader in ten steps, on the paper that opcit carries
    Tutor,
}

/// What one process of the program does for another one.
#[derive(Debug, Subcommand)]
enum ServingCommand {
    /// What a process of its own does with a file that another one reads, from a time on.
    #[command(name = reader::WATCH_COMMAND, hide = true)]
    WatchFile { written_nanos: u64, file: PathBuf },
    /// What a process of its own does with a PDF of so many bytes, and a password of so many.
    #[cfg(feature = "pdf")]
    #[command(name = pdf::COMMAND, hide = true)]
    ReadPdf {
        bytes: u64,
        password_bytes: u64,
        /// Whether the beginning is told first: 1, or 0.
        wants_beginning: u8,
    },
    /// The same with a page of a PDF, its longer side so many pixels, or, as page 0, an image.
    #[cfg(feature = "pictures")]
    #[command(name = picture::COMMAND, hide = true)]
    DrawPicture {
        bytes: u64,
        password_bytes: u64,
        sheet: u32,
        longest: u32,
    },
}

/// How a paper, or a part of it, is written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PaperFormat {
    /// For reading.
    Text,
    /// Markdown that opcit reads as the same paper.
    Markdown,
    /// For programs; docs/json.md has its shape.
    Json,
}

impl Arguments {
    /// What the command line asks for.
    ///
    /// # Errors
    /// The code to exit with, after `--help`, `--version`, an answer to a shell that completes a word,
    /// or a word about wrong usage.
    pub fn from_command_line() -> Result<Self, ExitCode> {
        // Before anything else: the words are not for the program where a shell asks about them.
        if completing::answer().map_err(|error| answer(&error))? {
            return Err(ExitCode::SUCCESS);
        }
        let arguments = Arguments::try_parse().map_err(|error| answer(&error))?;
        let late = arguments.papers.iter().skip(1).any(|name| is_command(name));
        if late || !arguments.papers.is_empty() && arguments.command.is_some() {
            complain("the paper is named after the command, as in `opcit print paper.md`");
            return Err(ExitCode::from(2));
        }
        // Of what stands on both sides of a command only the later side arrives.
        if arguments.reading.bibliographies() < bibliographies_named(env::args_os()) {
            complain("all --bibliography are given on one side of the command");
            return Err(ExitCode::from(2));
        }
        Ok(arguments)
    }
}

/// How many bibliographies the words of the command line name.
fn bibliographies_named(words: impl Iterator<Item = OsString>) -> usize {
    let words = words.map(|word| word.to_string_lossy().into_owned());
    let options = words.take_while(|word| word != "--");
    let named = options.filter(|word| {
        let rest = word.strip_prefix("--bibliography");
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
    });
    named.count()
}

/// Says what clap has to say. File names are among the arguments, so errors are filtered.
fn answer(error: &clap::Error) -> ExitCode {
    let message = error.render().to_string();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            match output::print(|out| out.write_all(message.as_bytes())) {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => {
                    complain(&format!("{:#}", anyhow::Error::new(error)));
                    ExitCode::FAILURE
                }
            }
        }
        _ => {
            match one_too_many(error) {
                Some(paper) => complain(&match misspelt_command(env::args_os().nth(1)) {
                    Some((word, command)) => {
                        format!("“{word}” is not a command. Did you mean `opcit {command}`?")
                    }
                    None => format!(
                        "unexpected “{paper}”: this command takes one paper. See `opcit --help`"
                    ),
                }),
                None => complain(message.trim_start_matches("error: ").trim_end()),
            }
            ExitCode::from(2)
        }
    }
}

/// What stands where a second paper would, if that is what is wrong: clap takes it for a misspelt
/// command or for an argument that there is not.
fn one_too_many(error: &clap::Error) -> Option<String> {
    let named = [ContextKind::InvalidSubcommand, ContextKind::InvalidArg];
    let mut named = named.into_iter().filter_map(|kind| error.get(kind));
    match named.next()? {
        ContextValue::String(word) if !word.starts_with('-') && !word.starts_with('<') => {
            Some(word.clone())
        }
        _ => None,
    }
}

/// Whether a word is the name of a command, and not of a file.
fn is_command(word: &Path) -> bool {
    let command = Arguments::command();
    let mut commands = command.get_subcommands();
    !word.exists() && commands.any(|command| word.as_os_str() == command.get_name())
}

/// The word, and the command that was probably meant, if no file is called so.
fn misspelt_command(word: Option<impl AsRef<Path>>) -> Option<(String, String)> {
    let word = word?;
    let path = word.as_ref();
    let name = path.to_str().filter(|_| !path.exists())?;
    let command = Arguments::command();
    let commands: Vec<&str> = command
        .get_subcommands()
        .map(clap::Command::get_name)
        .collect();
    let meant = nearest(name, commands.iter().copied())?;
    Some((clean(name).into_owned(), meant.to_owned()))
}

/// Does what the arguments ask for.
///
/// # Errors
/// When the paper cannot be read, has not what was asked for, or cannot be written out.
pub fn run(arguments: Arguments) -> Result<ExitCode, Error> {
    run_command(arguments).map_err(Error)
}

/// Why the program could not do what it was asked for. Shown, it is a whole sentence.
#[derive(Debug)]
pub struct Error(anyhow::Error);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let causes = self.0.chain().map(|cause| match cause.downcast_ref() {
            Some(error) => SystemReason(error).to_string(),
            None => cause.to_string(),
        });
        f.write_str(&causes.collect::<Vec<_>>().join(": "))?;
        match self.0.downcast_ref() {
            Some(input::InputError::Missing { .. }) => f.write_str(". See `opcit --help`"),
            _ => Ok(()),
        }
    }
}

impl error::Error for Error {}

fn run_command(arguments: Arguments) -> Result<ExitCode> {
    if arguments.command.is_none()
        && let Some((word, command)) = misspelt_command(arguments.papers.first())
    {
        if arguments.papers.len() > 1 {
            complain(&format!(
                "“{word}” is not a command. Did you mean `opcit {command}`?"
            ));
            return Ok(ExitCode::from(2));
        }
        bail!("cannot read {word}: there is no such file. Did you mean `opcit {command}`?");
    }
    let command = match arguments.command {
        // Before anything of the reader's is read.
        Some(AnyCommand::ForAnother(command)) => return command.run(),
        Some(AnyCommand::Own(command)) => Some(command),
        None => None,
    };
    let folder = shelf::folder(arguments.data_dir);
    let library = Library::new(folder.clone());
    let is_config_given = arguments.config.is_some();
    let config_file = shelf::config_file(arguments.config);
    let (config, mut config_problems) =
        load_config(config_file.clone(), is_config_given, arguments.no_watch);
    let (reading, unread) = arguments
        .reading
        .rules(&config)
        .map_err(anyhow::Error::msg)?;
    match command {
        Some(_) => unread.iter().for_each(|problem| complain(problem)),
        None => config_problems.extend(unread),
    }
    match command {
        Some(Command::Print(print)) => print.run(reading)?,
        Some(Command::Outline(outline)) => outline.run(reading)?,
        Some(Command::Notes(notes)) => notes.run(reading)?,
        Some(Command::Bookmarks(bookmarks)) => return bookmarks.run(&library, reading),
        Some(Command::Highlights(highlights)) => return highlights.run(&library, reading),
        Some(Command::Import(import)) => return import.run(&library, reading),
        Some(Command::Papers(papers)) => return papers.run(&library, reading),
        Some(Command::Find(find)) => return find.run(&library, reading),
        Some(Command::Sources(sources)) => return sources.run(&library, reading),
        Some(Command::Cite(cite)) => cite.run(reading)?,
        Some(Command::Check(check)) => return check.run(reading),
        Some(Command::Index(index)) => return index.run(reading),
        Some(Command::Config(config)) => return config.run(config_file.as_deref()),
        Some(Command::Completions(completions)) => completions.run()?,
        Some(Command::Man(page)) => page.run()?,
        Some(Command::Doctor(_)) => {
            return doctor::DoctorArguments::run(folder.as_deref(), &library, config_file);
        }
        None if arguments.linear || io::stdout().is_terminal() => {
            let wanted = (arguments.papers, arguments.continues, arguments.linear);
            return read(wanted, reading, library, (config, config_problems));
        }
        Some(Command::Tutor) => {
            return tutor::run(arguments.linear, (config, config_problems));
        }
        Some(Command::Continue) => {
            let wanted = (Vec::new(), true, arguments.linear);
            return read(wanted, reading, library, (config, config_problems));
        }
        None if arguments.papers.len() > 1 => {
            complain(&format!(
                "without a terminal opcit writes one paper out, and {} are named",
                arguments.papers.len()
            ));
            return Ok(ExitCode::from(2));
        }
        None => print::PrintArguments::new(arguments.papers.into_iter().next()).run(reading)?,
    }
    Ok(ExitCode::SUCCESS)
}

impl ServingCommand {
    fn run(self) -> Result<ExitCode> {
        match self {
            ServingCommand::WatchFile {
                written_nanos,
                file,
            } => {
                reader::watch_for_another(written_nanos, &file)?;
                Ok(ExitCode::SUCCESS)
            }
            #[cfg(feature = "pdf")]
            ServingCommand::ReadPdf {
                bytes,
                password_bytes,
                wants_beginning,
            } => Ok(pdf::serve((bytes, password_bytes), wants_beginning > 0)?),
            #[cfg(feature = "pictures")]
            ServingCommand::DrawPicture {
                bytes,
                password_bytes,
                sheet,
                longest,
            } => Ok(picture::serve((bytes, password_bytes), sheet, longest)?),
        }
    }
}

/// The configuration, and what is wrong with it.
fn load_config(file: Option<PathBuf>, is_given: bool, no_watch: bool) -> (Config, Vec<String>) {
    let (config, problems) = config::load(file, is_given);
    if no_watch {
        (config.without_watching(), problems)
    } else {
        (config, problems)
    }
}

/// Opens the reader on what the arguments PAPER mean, the first of which is shown; on the last paper,
/// if it is to go on with that; without a screen, if lines are asked for.
fn read(
    (papers, continues, is_linear): (Vec<PathBuf>, bool, bool),
    reading: input::ReadingRules,
    library: Library,
    (config, problems): (Config, Vec<String>),
) -> Result<ExitCode> {
    let mut papers = papers.into_iter().map(input::split_part);
    let (first, part) = papers.next().unwrap_or_default();
    let first = match (&first, &part) {
        // A part without a file is one of the built-in paper.
        (None, Some(_)) => StartPage::Paper(Origin::Embedded),
        _ => start::first_page(first.as_ref(), continues, &library, &config)?,
    };
    let papers = PapersToOpen {
        first,
        part,
        others: papers.filter_map(|(path, _)| path).collect(),
        has_tour: false,
    };
    if is_linear || config.linear || linear::is_asked_for() {
        return linear::read(papers, reading, library, (config, problems));
    }
    show(papers, reading, library, &(config, problems))
}

/// Shows papers on the screen until the reader quits.
fn show(
    papers: PapersToOpen,
    reading: input::ReadingRules,
    library: Library,
    (config, problems): &(Config, Vec<String>),
) -> Result<ExitCode> {
    let catalogue = input::catalogue(&library, reading);
    let ended = reader::open(
        (library, catalogue),
        papers,
        config,
        move |origin, refused, begun| input::document(origin, reading, refused, begun),
        move |origin, source, longest| picture::draw(origin, source, longest, reading),
    )?;
    Ok(end(&ended, problems))
}

/// Says what is to be said once the terminal is given back, and gives the reader's exit code.
fn end(outcome: &ReadingOutcome, problems: &[String]) -> ExitCode {
    for complaint in [problems, &outcome.unsaved] {
        if !complaint.is_empty() {
            complain(&complaint.join("\n"));
        }
    }
    ExitCode::from(outcome.code)
}
