//! Which keys of the screen do something where there is none.

use crate::reader::action::{Action, Direction, Motion};
use crate::reader::open::annotations::AnnotationAction;
use crate::reader::open::selecting::Select;
use crate::shelf::Replay;

/// What a key does without a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineCommand {
    Travel(Motion),
    Percent,
    Note,
    Notes,
    Outline,
    Sources,
    Links,
    Search,
    StepMatch(Direction),
    Goto,
    ToggleBookmark,
    StepBookmark(Direction),
    Annotate,
    /// All that is kept.
    Kept,
    Replay(Replay),
    Back,
    ReadAgain,
    PaperBefore,
    Library,
    Help,
    Quit,
}

impl LineCommand {
    /// What the key of an action does; none for what belongs to a screen.
    pub(super) fn new(action: &Action) -> Option<Self> {
        Some(match action {
            Action::Move(motion) => LineCommand::Travel(*motion),
            Action::Percent => LineCommand::Percent,
            Action::Note => LineCommand::Note,
            Action::Notes => LineCommand::Notes,
            Action::Outline => LineCommand::Outline,
            Action::Sources => LineCommand::Sources,
            Action::OpenLink => LineCommand::Links,
            Action::Search => LineCommand::Search,
            Action::StepMatch(direction) => LineCommand::StepMatch(*direction),
            Action::Goto => LineCommand::Goto,
            Action::Annotation(action) => match action {
                AnnotationAction::Toggle => LineCommand::ToggleBookmark,
                AnnotationAction::Step(direction) => LineCommand::StepBookmark(*direction),
                AnnotationAction::Annotate => LineCommand::Annotate,
                AnnotationAction::List => LineCommand::Kept,
                AnnotationAction::Replay(way) => LineCommand::Replay(*way),
                _ => return None,
            },
            Action::Back => LineCommand::Back,
            Action::Select(Select::Again) => LineCommand::ReadAgain,
            Action::PaperBefore => LineCommand::PaperBefore,
            Action::Library => LineCommand::Library,
            Action::Help => LineCommand::Help,
            Action::Quit => LineCommand::Quit,
            _ => return None,
        })
    }

    /// Whether the rest of the line is not keys but words for it.
    pub(super) fn takes_words(self) -> bool {
        matches!(
            self,
            LineCommand::Search | LineCommand::Goto | LineCommand::Annotate
        )
    }

    /// What the help says of its key; `on_screen` is what it says where there is a screen.
    pub(super) fn words(self, on_screen: &str) -> &str {
        match self {
            LineCommand::Travel(Motion::Screen(Direction::Next)) => "the next five paragraphs",
            LineCommand::Travel(Motion::Screen(Direction::Previous)) => "five paragraphs back",
            LineCommand::Travel(Motion::HalfScreen(Direction::Next)) => "the next three paragraphs",
            LineCommand::Travel(Motion::HalfScreen(Direction::Previous)) => "three paragraphs back",
            LineCommand::Travel(Motion::Line(Direction::Next)) => "the next paragraph",
            LineCommand::Travel(Motion::Line(Direction::Previous)) => "the paragraph before",
            LineCommand::Note => "read the paragraph's notes, one after the other",
            LineCommand::Notes => "all notes",
            LineCommand::Outline => "the outline",
            LineCommand::Sources => "all sources, most used first",
            LineCommand::Links => "the links of the paragraph",
            LineCommand::Search => "search for the words that follow the key",
            LineCommand::Goto => {
                "go to the section, n14, p12 or 42% that follows the key; e FILE opens another paper"
            }
            LineCommand::Annotate => {
                "write a note, the words that follow the key, on what was read"
            }
            LineCommand::Kept => "your bookmarks, highlights and notes",
            LineCommand::Library => "the papers you have read",
            LineCommand::ReadAgain => "read this again",
            _ => on_screen,
        }
    }
}
