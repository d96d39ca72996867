//! What a reader can ask for, and what must touch the world to be done.

mod papers;

use std::path::PathBuf;
use std::sync::Arc;

use ratatui::layout::Size;

pub(crate) use self::papers::{
    FolderListing, FoundPlace, LibraryListing, LibraryPaper, OpenedPaper, PaperRequest, RereadPaper,
};
use super::elsewhere::ElsewhereNews;
use super::keys::key::Key;
use super::library_search::{LibraryNews, LibraryQuery};
use super::open::annotations::{AnnotationAction, KeptKey, ShelfRequest};
use super::open::figures::FigureNews;
use super::open::selecting::Select;
use super::open::source_comments::CommentLink;
use super::open::view::TextPlace;
use super::overlays::prompt::PromptEdit;
use super::own_command::{CommandNews, CommandOutlet, CommandRun, OwnCommand};
use super::pictures::{FoundImage, PictureNews, PictureRequest};
use super::speech::Speech;
use crate::export::ReferenceFormat;
use crate::layout::Part;
use crate::paper::{BlockId, NoteId, Position, RefusedMendings};
use crate::sources::{SourceId, Sources};
use crate::terminal::ground::Ground;

/// Something to do to the state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Action {
    /// Move through the text, as often as the count says.
    Move(Motion),
    /// Scroll until the current line stands at this height of the screen.
    Raise(ScreenHeight),
    /// Go to the line at this height of the screen.
    GoToHeight(ScreenHeight),
    /// These keys have been pressed, and more are to follow.
    Await(Vec<Key>),
    /// A figure of a count.
    Digit(u32),
    /// Select text, or move an end of what is selected.
    Select(Select),
    /// Highlight what is selected.
    Highlight,
    /// Make the highlight at the cursor one of the next kind.
    NextKind,
    RemoveHighlight,
    /// Ask by a letter what is to be selected.
    AskObject,
    /// The mouse's button goes down on a place of the text.
    Press(TextPlace),
    /// The mouse is moved with its button down, to a place of the text.
    Drag(Position),
    /// The same, above the text or below it.
    DragBeyond(Direction),
    /// The mouse's button is let go.
    Release,
    /// Show the table or code at hand at its full width.
    Whole,
    /// Show the page of the paper's file as it is printed.
    Picture,
    /// Show a picture larger, or smaller.
    Zoom(Direction),
    /// What was drawn of a picture.
    TakePicture(Box<PictureNews>),
    /// What was found of the paper's images.
    TakeFigures(Box<FigureNews>),
    /// Read aloud from here on, or no more.
    ReadAloud,
    /// Scroll to the right or the left what is wider than the screen.
    Sideways(Direction),
    /// The same, as far as it goes.
    SidewaysEnd(Direction),
    /// Run a program of the reader's own.
    Run(Arc<OwnCommand>),
    /// It has written something, or ended.
    TakeOutput(Box<CommandNews>),
    /// Show an image, which was looked for, or ask whether to open it; or say why neither can be.
    TakeImage(Box<FoundImage>),
    /// Copy references, which have been written for that.
    TakeReferences(WrittenReferences),
    /// A key that means nothing here: it drops the count.
    Unbound,
    /// Go to the percentage that the count names.
    Percent,
    /// Choose the next marker or link on the page, or the one before.
    Choose(Direction),
    /// Go where the chosen marker, link or list row leads.
    Follow,
    /// Go where something that was clicked leads.
    Click(ClickTarget),
    Back,
    Forward,
    /// Show the paper that was shown before this one.
    PaperBefore,
    /// The list of the papers that have been read.
    Library,
    /// Search all papers that have been read.
    LibrarySearch,
    /// What a search of all papers has found since.
    TakeLibraryNews(LibraryNews),
    /// The list of papers with nothing beneath it, filtered by some words if there are any.
    FrontPage(String),
    /// The papers in a folder, to choose one of; its path ends with a slash.
    PapersIn(String),
    /// Close the topmost thing that is open, or drop what is chosen.
    Close,
    /// Leave what is typed without saving it.
    Discard,
    /// Open the note of the marker at hand, or the one that the count names.
    Note,
    /// Show the next note by number, or the one before, in place of the open one.
    StepNote(Direction),
    /// Open the first note that the open one cites, on top of it.
    IntoNote,
    OutOfNote,
    /// A letter typed in an open note: the source of the note that it names, as in `8b`.
    Letter(char),
    /// The list of all notes.
    Notes,
    /// The list of all sources.
    Sources,
    /// The list of what rests on the sources of the open note.
    Uses,
    /// Put the rows of the open list in another order.
    Sort,
    /// Go round the places where notes are shown unasked.
    Placement,
    Outline,
    /// Show or hide the outline beside the text.
    OutlinePane,
    OpenLink,
    /// The list of what is wrong with the paper's source.
    Problems,
    /// Refuse the selected mending, or allow it again.
    Refuse,
    Confirm,
    Copy,
    /// Copy what is selected, or the current paragraph, as a quotation with its reference.
    CopyQuotation,
    /// Copy the reference of a source, in the format set last.
    CopyReference,
    /// Have an editor open the paper's file at this place.
    EditFile,
    /// List the other papers that cite the source.
    CitedElsewhere,
    /// Go round the formats that references are copied in.
    NextReferenceFormat,
    /// Ask for a pattern to search for.
    Search,
    /// The next match, or the one before.
    StepMatch(Direction),
    /// The list of all matches.
    Matches,
    /// Go to a place by its name.
    Goto,
    /// Take the pattern as a regular expression, or as plain text again.
    Regex,
    /// Put a pattern that was searched for before into the prompt, or one after that.
    Recall(Direction),
    /// Bookmarks, marks, and what is known of them.
    Annotation(AnnotationAction),
    Edit(PromptEdit),
    Wider,
    NextPageStyle,
    Narrower,
    Mouse,
    Help,
    Quit,
    Suspend,
    /// A character typed where text is entered.
    Type(char),
    /// Text that the terminal pasted.
    Paste(String),
    Resize(Size),
    /// The terminal's ground is this.
    TakeGround(Ground),
    /// It may be another now.
    AskGround,
    /// The terminal shows sixels, or does not.
    TakeSixels(bool),
    /// The paper's sources have been read, beside the reader.
    TakeSources(Arc<Sources>),
    /// Its sources have been looked up in other papers, beside the reader.
    TakeElsewhere(ElsewhereNews),
    /// More of what papers cite is in the catalogue now.
    SourcesTakenIn,
    /// The paper has been read again, with other mendings.
    TakeReading(Box<RereadPaper>),
    /// Another paper has been read.
    TakePaper(Box<OpenedPaper>),
    /// It could not be read, and why.
    RefusePaper(Notice),
    /// The papers that have been read.
    TakeLibrary(LibraryListing),
    /// Type the rest of a path; where there is none, the next row.
    Complete,
    /// What a folder holds.
    TakeFolder(Box<FolderListing>),
    /// It could not be read again, and why.
    KeepPaper(Notice),
    /// Read the paper's file again, as it is now.
    Reload,
    /// The paper's file was written anew.
    FileChanged,
    /// The file has nothing to show in place of what is shown, and why, if that matters.
    KeepText(Option<Notice>),
    /// Something to tell the reader, from the world outside.
    Tell(Notice),
    /// Do a slice of what goes on while no key is pressed.
    Work,
    /// Time has passed; what was to be seen for a moment goes.
    Expire,
}

impl Action {
    /// Whether it comes of a key or a click, not of the world or of time.
    pub(crate) fn is_readers(&self) -> bool {
        match self {
            Action::Resize(_)
            | Action::TakeGround(_)
            | Action::AskGround
            | Action::TakeSixels(_)
            | Action::Work
            | Action::Expire
            | Action::Tell(_)
            | Action::TakeSources(_)
            | Action::TakeElsewhere(_)
            | Action::SourcesTakenIn
            | Action::TakeReading(_)
            | Action::TakePaper(_)
            | Action::TakeFolder(_)
            | Action::RefusePaper(_)
            | Action::TakeLibrary(_)
            | Action::TakeLibraryNews(_)
            | Action::FrontPage(_)
            | Action::PapersIn(_)
            | Action::KeepPaper(_)
            | Action::FileChanged
            | Action::KeepText(_)
            | Action::TakeOutput(_)
            | Action::TakePicture(_)
            | Action::TakeFigures(_)
            | Action::TakeReferences(_)
            | Action::TakeImage(_)
            | Action::Await(_)
            | Action::Release
            | Action::Unbound => false,
            Action::Annotation(action) => action.is_readers(),
            _ => true,
        }
    }

    /// Whether it may be done while no more than the beginning of the paper is shown; if it goes
    /// forward, as long as there is room ahead.
    pub(crate) fn may_precede_the_rest(&self, has_room_ahead: bool) -> bool {
        match self {
            Action::Quit | Action::Suspend | Action::Unbound => true,
            Action::Move(
                Motion::Line(way)
                | Motion::Screen(way)
                | Motion::HalfScreen(way)
                | Motion::Paragraph(way)
                | Motion::Sentence(way),
            ) => *way == Direction::Previous || has_room_ahead,
            Action::Move(Motion::End(way)) => *way == Direction::Previous,
            _ => false,
        }
    }

    /// The text that is typed or pasted, if it is that.
    pub(crate) fn text(&self) -> Option<String> {
        match self {
            Action::Type(letter) => Some(letter.to_string()),
            Action::Paste(text) => Some(text.clone()),
            _ => None,
        }
    }
}

/// References of sources as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrittenReferences {
    pub(crate) text: String,
    /// Of how many sources.
    pub(crate) count: usize,
    pub(crate) format: ReferenceFormat,
}

/// A way through the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Motion {
    Line(Direction),
    Screen(Direction),
    HalfScreen(Direction),
    Section(Direction),
    Paragraph(Direction),
    Sentence(Direction),
    /// To the first or the last line.
    End(Direction),
}

impl Motion {
    /// How many lines it goes where lines are all there is, `rows` being a screen; the most of
    /// all to an end.
    pub(crate) fn lines(self, rows: usize) -> (Direction, usize) {
        match self {
            Motion::Line(direction)
            | Motion::Paragraph(direction)
            | Motion::Section(direction)
            | Motion::Sentence(direction) => (direction, 1),
            Motion::HalfScreen(direction) => (direction, (rows / 2).max(1)),
            Motion::Screen(direction) => (direction, rows),
            Motion::End(direction) => (direction, usize::MAX),
        }
    }

    /// By how much lines that are scrolled by `top` are scrolled after the motion, `rows` being a screen.
    pub(crate) fn scrolled(self, top: usize, rows: usize) -> usize {
        match self.lines(rows) {
            (Direction::Next, lines) => top.saturating_add(lines),
            (Direction::Previous, lines) => top.saturating_sub(lines),
        }
    }
}

/// A height of the screen's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScreenHeight {
    Top,
    Middle,
    Bottom,
}

/// Onwards or back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Next,
    Previous,
}

/// Something on the screen that a click means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ClickTarget {
    Paragraph(BlockId),
    Target(BlockId, Focus),
    /// A source or a link in what stands beneath a note.
    Lead(CommentLink),
    /// A note in the margin or at the foot of the page, away from its links.
    Note(NoteId),
    /// The text of an open note in its box, away from its links: a click there does nothing.
    OpenNote(NoteId),
    /// The same, of a note of the reader's own.
    OwnNote(KeptKey),
    /// A row of the scrollbar, of so many.
    Scrollbar {
        row: u16,
        rows: u16,
    },
    /// A row of the outline beside the text, by its section.
    Section(usize),
    /// A row of the open list, by its place among those that are shown.
    Row(usize),
    /// The open list or box, away from its rows: a click there does nothing.
    Inside,
}

/// A marker or a link of a block, by its place in the block's list, a mention of sources, or
/// something that the reader keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Focus {
    Marker(usize),
    Link(usize),
    /// By its place among all mentions of the paper.
    Mention(usize),
    /// A highlight, or the mark of a note of the reader's.
    Kept(KeptKey),
}

impl Focus {
    /// What can be chosen in a run of the text.
    pub(crate) fn from_part(part: Part) -> Option<Focus> {
        match part {
            Part::Marker(index) => Some(Focus::Marker(index)),
            Part::Link(index) => Some(Focus::Link(index)),
            Part::OwnMark(key) => Some(Focus::Kept(KeptKey(key))),
            _ => None,
        }
    }
}

/// A line that tells the reader something, until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notice {
    /// A command in braces stands for its key, as in `{undo}`, or `{bookmarks/move}` for one of
    /// another context than the page.
    pub(crate) text: String,
    pub(crate) tone: Tone,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    Warning,
}

impl Notice {
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Notice {
            text: text.into(),
            tone: Tone::Plain,
        }
    }

    pub(crate) fn warning(text: impl Into<String>) -> Self {
        Notice {
            text: text.into(),
            tone: Tone::Warning,
        }
    }
}

/// What the state cannot do itself, since it touches the world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    Quit,
    Suspend,
    Copy {
        text: String,
        what: String,
    },
    /// Write the references of sources, to be copied.
    WriteReferences {
        of: Vec<SourceId>,
        format: ReferenceFormat,
    },
    Open(String),
    Mouse(bool),
    /// Ask the terminal whether its ground is dark or light.
    AskGround,
    /// Read the paper again without these mendings.
    ReadAgain(RefusedMendings),
    /// Read the paper's file as it is now, without these mendings; whether the reader has asked.
    Reload {
        refused: RefusedMendings,
        is_asked: bool,
    },
    /// Read another paper.
    OpenPaper(PaperRequest),
    /// Run a program of the reader's own.
    Run(CommandRun),
    /// Have the reader's editor open a file at a line, from 1.
    EditFile {
        file: PathBuf,
        line: usize,
    },
    /// Read aloud.
    Speak(Speech),
    /// Look for the image that an address names in the folder of the paper.
    FindImage(String),
    /// Look how large the paper's images are.
    MeasureFigures {
        /// Whether the terminal is asked meanwhile if it shows sixels.
        asks_for_sixels: bool,
    },
    /// Draw a view of a picture.
    DrawPicture(PictureRequest),
    /// List the papers that have been read.
    ListLibrary,
    /// Search all papers that have been read; the search before ends.
    SearchLibrary(LibraryQuery),
    /// End that search.
    StopLibrarySearch,
    /// List what is in a folder, as it was typed.
    ListFolder(String),
    /// Change what is kept, on the disk.
    Shelf(ShelfRequest),
}

impl Effect {
    /// Whether the terminal is somebody else's until it is done.
    pub(crate) fn leaves_terminal(&self) -> bool {
        match self {
            Effect::Suspend | Effect::EditFile { .. } => true,
            Effect::Run(command) => command.outlet == CommandOutlet::Terminal,
            _ => false,
        }
    }
}
