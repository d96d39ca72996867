//! Programs of the reader's own that keys run: what they are given, and what comes of them.

use std::ffi::{OsStr, OsString};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::app::App;
use super::open::quotation;
use crate::paper::{NoteId, SourceLocation};
use crate::sources::Sources;

/// A program that a key can run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OwnCommand {
    /// What keys are bound to.
    pub(crate) name: String,
    /// The program and its arguments; no shell is asked.
    pub(crate) words: Vec<String>,
    /// What it is given.
    pub(crate) input: CommandInput,
    pub(crate) outlet: CommandOutlet,
}

/// What a program is given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum CommandInput {
    /// What is selected, else the paragraph in hand.
    #[default]
    Selection,
    Paragraph,
    /// The nearest note.
    Note,
    /// The sources that the nearest note gives or refers to, a line each.
    Source,
    Nothing,
}

/// Where what a program writes goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum CommandOutlet {
    /// A box over the text, as it comes; the program can be stopped there.
    #[default]
    Pane,
    /// Nowhere, unless the program fails.
    Nowhere,
    /// The terminal, which the program has until it ends, as an editor must. Its standard input is
    /// the keyboard then.
    Terminal,
}

/// What in an argument stands for the text that the program is given. It is the whole argument,
/// and neither the program nor what a shell or an interpreter that opcit knows would run.
pub(crate) const TEXT_PLACE: &str = "{text}";

/// The same for the paper's file.
pub(crate) const FILE_PLACE: &str = "{file}";

/// The same for the line of the file that the paragraph in hand begins on; also within an argument,
/// as it is a number.
pub(crate) const LINE_PLACE: &str = "{line}";

/// A program that is to be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CommandRun {
    /// What it is called when something is said of it.
    pub(crate) name: String,
    /// The program and its arguments, with what the places in them stand for.
    pub(crate) words: Vec<OsString>,
    /// What it reads on its standard input, unless it has the terminal.
    pub(crate) input: String,
    pub(crate) outlet: CommandOutlet,
    pub(crate) stop: StopSign,
}

/// Says to the thread that waits for a program that the reader waits no longer.
#[derive(Debug, Clone, Default)]
pub(crate) struct StopSign(Arc<AtomicBool>);

/// What has come of a program since that was told last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CommandNews {
    pub(crate) name: String,
    /// Which run of it that is.
    pub(crate) stop: StopSign,
    /// What it wrote since, line by line, fit to be shown.
    pub(crate) lines: Vec<String>,
    /// How it ended, and why not well if it did not; none while it runs.
    pub(crate) end: Option<Result<(), String>>,
}

impl CommandInput {
    /// Each, with its name in the configuration file.
    pub(crate) const ALL: [(&'static str, CommandInput); 5] = [
        ("selection", CommandInput::Selection),
        ("paragraph", CommandInput::Paragraph),
        ("note", CommandInput::Note),
        ("source", CommandInput::Source),
        ("nothing", CommandInput::Nothing),
    ];
}

impl CommandRun {
    /// A run of a program that is given a text: in the place for it among its arguments, else on its
    /// standard input.
    pub(crate) fn new(name: &str, mut words: Vec<OsString>, text: String) -> Self {
        let mut is_argument = false;
        for word in words.iter_mut().filter(|word| *word == TEXT_PLACE) {
            is_argument = true;
            *word = OsString::from(&text);
        }
        CommandRun {
            name: name.to_owned(),
            words,
            input: if is_argument { String::new() } else { text },
            outlet: CommandOutlet::Nowhere,
            stop: StopSign::default(),
        }
    }
}

impl StopSign {
    pub(crate) fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Whether both are of the same run.
impl PartialEq for StopSign {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for StopSign {}

impl OwnCommand {
    /// What is to be run where the reader is. Or why there is nothing to run it with.
    pub(crate) fn prepare(&self, app: &App) -> Result<CommandRun, &'static str> {
        let text = self.text(app)?;
        let mut words = Vec::with_capacity(self.words.len());
        for word in &self.words {
            words.push(match word.as_str() {
                FILE_PLACE => file(app).ok_or("this paper has no file")?.to_owned(),
                word if word.contains(LINE_PLACE) => {
                    let line = line(app).ok_or("this paper has no lines")?;
                    word.replace(LINE_PLACE, &line.to_string()).into()
                }
                word => word.into(),
            });
        }
        let run = CommandRun::new(&self.name, words, text);
        Ok(CommandRun {
            outlet: self.outlet,
            ..run
        })
    }

    fn text(&self, app: &App) -> Result<String, &'static str> {
        let open = &app.open;
        let paper = open.document.paper();
        let block = paper.whole(open.view.current_block());
        let text = match self.input {
            CommandInput::Nothing => return Ok(String::new()),
            CommandInput::Selection => {
                let selection = open.view.selection().map(|selection| selection.passage);
                quotation::of_passage(paper, selection.unwrap_or(block))
            }
            CommandInput::Paragraph => quotation::of_passage(paper, block),
            CommandInput::Note => note(app).and_then(|note| {
                let blocks = paper.blocks.get(paper.note(note)?.blocks.clone())?;
                let words: Vec<&str> = blocks.iter().map(|block| &*block.text).collect();
                Some(words.join("\n\n"))
            }),
            CommandInput::Source => {
                let sources = open.sources().ok_or("the sources are still being read")?;
                note(app).map(|note| cited(sources, note))
            }
        };
        let text = text.filter(|text| !text.is_empty());
        text.ok_or(match self.input {
            CommandInput::Note => "there is no note here",
            CommandInput::Source => "there is no source here",
            _ => "there is no text here",
        })
    }
}

fn note(app: &App) -> Option<NoteId> {
    let open = &app.open;
    let selected = open.view.selection().and_then(|it| it.surface.note());
    let here = || open.document.paper().note_at(open.view.current_block());
    selected.or_else(here).or_else(|| open.note_at_cursor())
}

/// The sources of a note, a line each.
fn cited(sources: &Sources, note: NoteId) -> String {
    let texts = sources
        .cited_in(note)
        .into_iter()
        .filter_map(|id| sources.get(id));
    let lines: Vec<&str> = texts.map(|source| source.text.as_str()).collect();
    lines.join("\n")
}

pub(super) fn file(app: &App) -> Option<&OsStr> {
    app.open.file().map(|file| file.path.as_os_str())
}

pub(super) fn line(app: &App) -> Option<usize> {
    let paper = app.open.document.paper();
    match paper.block(app.open.view.current_block())?.location {
        SourceLocation::Line(line) => usize::try_from(line).ok(),
        _ => None,
    }
}
