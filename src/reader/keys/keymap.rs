//! The one table of keys, as they are before the reader binds any. A [`Keymap`] is made from it, and
//! help, the footer and the manual's table from that.

mod bindings;
mod command;
mod context;
mod custom;
mod preset;
mod sequence;

use crate::reader::action::Direction::{Next, Previous};
use crate::reader::action::{Action, Motion, ScreenHeight};
use crate::reader::open::annotations::{AnnotationAction, Purpose};
use crate::reader::open::selecting::Select;
use crate::reader::open::view::{Object, Unit};
use crate::reader::overlays::prompt::PromptEdit;
use crate::shelf::Replay;

pub(crate) use bindings::{Binding, BindingGroup, KeyLookup, Keymap};
pub use bindings::{KeyGroup, key_groups, keys_as_markdown};
pub(crate) use command::{is_command, name as command_name};
pub(crate) use context::Context;
pub(crate) use custom::Custom;
pub(crate) use preset::Preset;
pub(crate) use sequence::KeySequence;

/// What keys do in one context.
#[derive(Debug)]
struct ContextBindings {
    context: Context,
    /// The keys' names, separated by spaces.
    keys: &'static str,
    action: Action,
    /// What the keys do, in the words of the help; `{key}` is the first of them.
    words: &'static str,
    /// What the footer calls it; empty where it does not say it.
    hint: &'static str,
    /// How long a narrow footer keeps the hint: those of the lowest rank go first, and of one rank
    /// those that stand first.
    rank: u8,
}

/// A heading of the help, and the entries under it.
#[derive(Debug)]
struct TableGroup {
    title: &'static str,
    bindings: &'static [ContextBindings],
}

const fn bind(
    context: Context,
    keys: &'static str,
    action: Action,
    words: &'static str,
    hint: &'static str,
) -> ContextBindings {
    ContextBindings {
        context,
        keys,
        action,
        words,
        hint,
        rank: 0,
    }
}

/// What is wanted in every paper.
const USUAL: u8 = 1;
/// What the program is there for; where the reader is gives way to it.
pub(crate) const CENTRAL: u8 = 2;
/// What matters only now and then, but then most.
const TIMELY: u8 = 3;
/// Whoever knows the way out and where to ask can find the rest.
const ESSENTIAL: u8 = 4;

impl ContextBindings {
    const fn ranked(mut self, rank: u8) -> Self {
        self.rank = rank;
        self
    }
}

use Context::{
    Address, Annotation, Anywhere, Bookmarks, Filter, Help, HelpSearch, Label, Letter, List,
    Matches, Note, Output, OwnNote, Papers, Picture, Reading, ReadingAloud, Search, Selecting,
    Unsaved, Whole,
};

/// What selects again in vim: going to the beginning, and selecting at once.
const SELECTS_AGAIN: &str = "gv";

/// Every key that opcit knows, as the help shows them.
#[rustfmt::skip]
static TABLE: &[TableGroup] = &[
    TableGroup {
        title: "Moving",
        bindings: &[
            bind(Reading, "j ↓", Action::Move(Motion::Line(Next)), "a line down", ""),
            bind(Reading, "k ↑", Action::Move(Motion::Line(Previous)), "a line up", ""),
            bind(Reading, "Space PageDown Ctrl-f", Action::Move(Motion::Screen(Next)), "a screen down", ""),
            bind(Reading, "PageUp Ctrl-b", Action::Move(Motion::Screen(Previous)), "a screen up", ""),
            bind(Reading, "d Ctrl-d", Action::Move(Motion::HalfScreen(Next)), "half a screen down", ""),
            bind(Reading, "u Ctrl-u", Action::Move(Motion::HalfScreen(Previous)), "half a screen up", ""),
            bind(Reading, ")", Action::Move(Motion::Sentence(Next)), "the next sentence", ""),
            bind(Reading, "(", Action::Move(Motion::Sentence(Previous)), "the sentence's start, or the one before", ""),
            bind(Reading, "}", Action::Move(Motion::Paragraph(Next)), "the next paragraph", ""),
            bind(Reading, "{", Action::Move(Motion::Paragraph(Previous)), "the paragraph before", ""),
            bind(Reading, "]", Action::Move(Motion::Section(Next)), "the next section", ""),
            bind(Reading, "[", Action::Move(Motion::Section(Previous)), "the section's start, or the one before", ""),
            bind(Reading, "g Home", Action::Move(Motion::End(Previous)), "the beginning; 5{key} is paragraph 5", ""),
            bind(Reading, "G End", Action::Move(Motion::End(Next)), "the end; 5{key} is paragraph 5", ""),
            bind(Reading, "zt", Action::Raise(ScreenHeight::Top), "scroll this line to the top", ""),
            bind(Reading, "zz", Action::Raise(ScreenHeight::Middle), "scroll this line to the middle", ""),
            bind(Reading, "zb", Action::Raise(ScreenHeight::Bottom), "scroll this line to the bottom", ""),
            bind(Reading, "zH", Action::GoToHeight(ScreenHeight::Top), "the screen's first line; 5{key} its fifth", ""),
            bind(Reading, "zM", Action::GoToHeight(ScreenHeight::Middle), "the line in the middle", ""),
            bind(Reading, "zL", Action::GoToHeight(ScreenHeight::Bottom), "the screen's last line; 5{key} the fifth from it", ""),
            bind(Reading, "%", Action::Percent, "50{key} goes to 50%", ""),
        ],
    },
    TableGroup {
        title: "Links and jumps",
        bindings: &[
            bind(Reading, "Tab", Action::Choose(Next), "select the next marker, link or highlight on the screen", "select"),
            bind(Reading, "Shift-Tab", Action::Choose(Previous), "select the one before", ""),
            bind(Reading, "Enter", Action::Follow, "follow the selected marker or link, open the note", "open").ranked(TIMELY),
            bind(Reading, "Ctrl-o Backspace H Alt-←", Action::Back, "back to where you were", "back").ranked(USUAL),
            bind(Reading, "L Alt-→", Action::Forward, "forward again", ""),
            bind(Reading, "Ctrl-^", Action::PaperBefore, "the paper that was open before this one", ""),
            bind(Reading, "O", Action::Library, "the papers you have read; type to choose one", ""),
            bind(Reading, "t", Action::Outline, "the outline; type to filter it", "outline").ranked(CENTRAL),
            bind(Reading, "T", Action::OutlinePane, "show or hide the outline beside the text", ""),
        ],
    },
    TableGroup {
        title: "Notes",
        bindings: &[
            bind(Reading, "f", Action::Note, "open the nearest note; 14{key} opens note 14", "note").ranked(CENTRAL),
            bind(Reading, "F", Action::Notes, "the list of all notes, yours among them", ""),
            bind(Reading, "S", Action::Sources, "the list of all sources, and where each is cited", ""),
            bind(Reading, "P", Action::Placement, "where notes show: auto, popup, foot, margin", ""),
        ],
    },
    TableGroup {
        title: "Finding",
        bindings: &[
            bind(Reading, "/", Action::Search, "search from here, as you type", "search").ranked(CENTRAL),
            bind(Reading, "n", Action::StepMatch(Next), "the next match", "next").ranked(TIMELY),
            bind(Reading, "N", Action::StepMatch(Previous), "the match before", ""),
            bind(Reading, "&", Action::Matches, "the list of all matches; type to search", ""),
            bind(Reading, "A", Action::LibrarySearch, "search all papers you have read, and what you kept", ""),
            bind(Reading, ":", Action::Goto, "go to a section, p12, 42%, n14, 8b, or do anything, by name; e FILE opens another paper", "go to"),
        ],
    },
    TableGroup {
        title: "Bookmarks and marks",
        bindings: &[
            bind(Reading, "b", Action::Annotation(AnnotationAction::Toggle), "set or remove a bookmark on the paragraph", "bookmark"),
            bind(Reading, "B", Action::Annotation(AnnotationAction::List), "the list of bookmarks, highlights and notes", ""),
            bind(Reading, ">", Action::Annotation(AnnotationAction::Step(Next)), "the next bookmark", ""),
            bind(Reading, "<", Action::Annotation(AnnotationAction::Step(Previous)), "the bookmark before", ""),
            bind(Reading, "U", Action::Annotation(AnnotationAction::Replay(Replay::Undo)), "undo the last change to bookmarks, highlights or notes", ""),
            bind(Reading, "Ctrl-r", Action::Annotation(AnnotationAction::Replay(Replay::Redo)), "redo what was undone, also after a restart", ""),
            bind(Reading, "m", Action::Annotation(AnnotationAction::Ask(Purpose::SetMark)), "mark this place, with a letter a–z after it", ""),
            bind(Reading, "'", Action::Annotation(AnnotationAction::Ask(Purpose::GoToMark)), "go to a mark, by its letter; {key}' for the last jump", ""),
        ],
    },
    TableGroup {
        title: "Copy and open",
        bindings: &[
            bind(Reading, "o", Action::OpenLink, "open a link (shows its address first), or show an image", ""),
            bind(Reading, "y", Action::Copy, "copy the paragraph with its source", ""),
            bind(Reading, "Y", Action::CopyQuotation, "copy the highlight here, or the paragraph, with its reference and what its note cites", ""),
        ],
    },
    TableGroup {
        title: "Selecting and highlighting",
        bindings: &[
            bind(Reading, "v", Action::Select(Select::Object(Object::Sentence)), "select the sentence", ""),
            bind(Reading, "V", Action::Select(Select::Object(Object::Paragraph)), "select the paragraph", ""),
            bind(Reading, "Ctrl-v", Action::Select(Select::Again), "select again what was selected last; gv does it too", ""),
            bind(Reading, "a", Action::Annotation(AnnotationAction::Annotate), "write a note on the highlight here, or on the paragraph", ""),
            bind(Reading, "c", Action::NextKind, "change the kind of the highlight here", ""),
            bind(Reading, "x", Action::RemoveHighlight, "remove the highlight or the note here", ""),
        ],
    },
    TableGroup {
        title: "Display and quit",
        bindings: &[
            bind(Reading, "+", Action::Wider, "a wider column; 5{key} by five steps", ""),
            bind(Reading, "-", Action::Narrower, "a narrower column", ""),
            bind(Reading, "=", Action::NextPageStyle, "justified text or a ragged edge; on a wide screen, in one column or a spread of two", ""),
            bind(Reading, "w", Action::Whole, "the table or code here, or on the screen, at its full width; formulas as they were typed", ""),
            bind(Reading, "p", Action::Picture, "the page of a PDF as it is printed, as a picture", ""),
            bind(Reading, "~", Action::ReadAloud, "read aloud from the sentence here on", ""),
            bind(Reading, "E", Action::EditFile, "edit the paper’s file at this line, in $VISUAL or $EDITOR", ""),
            bind(Reading, "R", Action::Reload, "read the file again, as it is now", ""),
            bind(Reading, "!", Action::Problems, "the list of problems in the source, and of what was mended", ""),
            bind(Reading, "M", Action::Mouse, "mouse on or off (off: the terminal selects text)", ""),
            bind(Reading, "Esc", Action::Close, "clear what is chosen and the search highlight", ""),
            bind(Reading, "?", Action::Help, "this help", "help").ranked(ESSENTIAL),
            bind(Anywhere, "F1", Action::Help, "help, also while you type", "help"),
            bind(Anywhere, "Ctrl-z", Action::Suspend, "suspend (fg resumes)", ""),
            bind(Reading, "q Ctrl-c", Action::Quit, "quit", "quit").ranked(ESSENTIAL),
        ],
    },
    TableGroup {
        title: "While text is selected",
        bindings: &[
            bind(Selecting, "l →", Action::Select(Select::Move(Unit::Character, Next)), "move the end a character on", ""),
            bind(Selecting, "h ←", Action::Select(Select::Move(Unit::Character, Previous)), "a character back", ""),
            bind(Selecting, "w e", Action::Select(Select::Move(Unit::Word, Next)), "a word on", "word"),
            bind(Selecting, "b", Action::Select(Select::Move(Unit::Word, Previous)), "a word back", ""),
            bind(Selecting, ")", Action::Select(Select::Move(Unit::Sentence, Next)), "a sentence on", "sentence"),
            bind(Selecting, "(", Action::Select(Select::Move(Unit::Sentence, Previous)), "a sentence back", ""),
            bind(Selecting, "}", Action::Select(Select::Move(Unit::Paragraph, Next)), "a paragraph on", ""),
            bind(Selecting, "{", Action::Select(Select::Move(Unit::Paragraph, Previous)), "a paragraph back", ""),
            bind(Selecting, "j ↓", Action::Select(Select::Lines(Next)), "a line down", ""),
            bind(Selecting, "k ↑", Action::Select(Select::Lines(Previous)), "a line up", ""),
            bind(Selecting, "o", Action::Select(Select::OtherEnd), "move the other end from now on", "other end"),
            bind(Selecting, "i", Action::AskObject, "select what is here: is sentence, ip paragraph, iq quotation, in what the note is on, iw word", ""),
            bind(Selecting, "v", Action::Select(Select::Object(Object::Sentence)), "select the sentence here", ""),
            bind(Selecting, "V", Action::Select(Select::Object(Object::Paragraph)), "select the paragraph here", ""),
            bind(Selecting, "/", Action::Search, "search, and select as far as the match", ""),
            bind(Selecting, "n", Action::StepMatch(Next), "as far as the next match", ""),
            bind(Selecting, "N", Action::StepMatch(Previous), "as far as the match before", ""),
            bind(Selecting, "Space PageDown Ctrl-f", Action::Move(Motion::Screen(Next)), "scroll a screen down", ""),
            bind(Selecting, "PageUp Ctrl-b", Action::Move(Motion::Screen(Previous)), "scroll a screen up", ""),
            bind(Selecting, "d Ctrl-d", Action::Move(Motion::HalfScreen(Next)), "scroll half a screen down", ""),
            bind(Selecting, "u Ctrl-u", Action::Move(Motion::HalfScreen(Previous)), "scroll half a screen up", ""),
            bind(Selecting, "Ctrl-^", Action::PaperBefore, "the paper that was open before this one", ""),
            bind(Selecting, "Enter", Action::Highlight, "highlight it, in the kind used last", "highlight").ranked(ESSENTIAL),
            bind(Selecting, "B", Action::Annotation(AnnotationAction::List), "the list of bookmarks, highlights and notes, to put one of them here", ""),
            bind(Selecting, "a", Action::Annotation(AnnotationAction::Annotate), "write a note on it", "note").ranked(TIMELY),
            bind(Selecting, "y", Action::Copy, "copy it", "copy").ranked(TIMELY),
            bind(Selecting, "Y", Action::CopyQuotation, "copy it as a quotation, with its reference and what its note cites", "quote"),
            bind(Selecting, "?", Action::Help, "this help", "help"),
            bind(Selecting, "Esc q Ctrl-c", Action::Close, "select nothing", "cancel").ranked(ESSENTIAL),
        ],
    },
    TableGroup {
        title: "In an open note (8 opens note 8, 8b its source 8b)",
        bindings: &[
            bind(Note, "j ↓", Action::Move(Motion::Line(Next)), "a line down", ""),
            bind(Note, "k ↑", Action::Move(Motion::Line(Previous)), "a line up", ""),
            bind(Note, "Space PageDown Ctrl-f d Ctrl-d", Action::Move(Motion::Screen(Next)), "scroll down", ""),
            bind(Note, "PageUp Ctrl-b u Ctrl-u", Action::Move(Motion::Screen(Previous)), "scroll up", ""),
            bind(Note, "g Home", Action::Move(Motion::End(Previous)), "its first line", ""),
            bind(Note, "G End", Action::Move(Motion::End(Next)), "its last line", ""),
            bind(Note, "Tab", Action::Choose(Next), "select the next source or nested note, then open the next marker's note", ""),
            bind(Note, "Shift-Tab", Action::Choose(Previous), "the same, backwards", ""),
            bind(Note, "n →", Action::StepNote(Next), "the next note", "next"),
            bind(Note, "p ←", Action::StepNote(Previous), "the note before", ""),
            bind(Note, "i", Action::IntoNote, "open the selected source or nested note (or the first)", "into").ranked(TIMELY),
            bind(Note, "Backspace Ctrl-o", Action::OutOfNote, "back out", "out").ranked(TIMELY),
            bind(Note, "Enter", Action::Follow, "go to the selected source, or else to this note under Notes", "go to"),
            bind(Note, ")", Action::Move(Motion::Sentence(Next)), "its next sentence", ""),
            bind(Note, "(", Action::Move(Motion::Sentence(Previous)), "its sentence before", ""),
            bind(Note, "v", Action::Select(Select::Object(Object::Sentence)), "select the sentence here; then as in the text", ""),
            bind(Note, "V", Action::Select(Select::Object(Object::Paragraph)), "select the paragraph here", ""),
            bind(Note, "a", Action::Annotation(AnnotationAction::Annotate), "write a note on the highlight here", ""),
            bind(Note, "c", Action::NextKind, "change the kind of the highlight here", ""),
            bind(Note, "x", Action::RemoveHighlight, "remove the highlight here", ""),
            bind(Note, "U", Action::Annotation(AnnotationAction::Replay(Replay::Undo)), "take the last change to what you keep back", ""),
            bind(Note, "Ctrl-r", Action::Annotation(AnnotationAction::Replay(Replay::Redo)), "bring it again", ""),
            bind(Note, "S", Action::Uses, "list where its sources are cited", ""),
            bind(Note, "Ctrl-l", Action::CitedElsewhere, "list your other papers that cite its sources", "papers"),
            bind(Note, "P", Action::Placement, "where notes show", ""),
            bind(Note, "o", Action::OpenLink, "open its link, or choose one by number", "link"),
            bind(Note, "y", Action::Copy, "copy it with its source", "copy"),
            bind(Note, "Ctrl-y", Action::CopyReference, "copy the reference of the selected source, or of all that it cites (a letter, as c, opens a source of it)", ""),
            bind(Note, "Ctrl-t", Action::NextReferenceFormat, "how references are copied: text, BibTeX, BibLaTeX, CSL-JSON, RIS", ""),
            bind(Note, "/", Action::Search, "close it, and search", ""),
            bind(Note, ":", Action::Goto, "go to a place, or do anything, by name", ""),
            bind(Note, "?", Action::Help, "this help", ""),
            bind(Note, "f", Action::Note, "close it; 14{key} opens note 14", "close"),
            bind(Note, "Esc q Ctrl-c", Action::Close, "close it", ""),
        ],
    },
    TableGroup {
        title: "In an open note of your own",
        bindings: &[
            bind(OwnNote, "j ↓", Action::Move(Motion::Line(Next)), "a line down", ""),
            bind(OwnNote, "k ↑", Action::Move(Motion::Line(Previous)), "a line up", ""),
            bind(OwnNote, "Space PageDown Ctrl-f d Ctrl-d", Action::Move(Motion::Screen(Next)), "scroll down", ""),
            bind(OwnNote, "PageUp Ctrl-b u Ctrl-u", Action::Move(Motion::Screen(Previous)), "scroll up", ""),
            bind(OwnNote, "g Home", Action::Move(Motion::End(Previous)), "its first line", ""),
            bind(OwnNote, "G End", Action::Move(Motion::End(Next)), "its last line", ""),
            bind(OwnNote, "Tab →", Action::Choose(Next), "open the next marker's note", ""),
            bind(OwnNote, "Shift-Tab p ←", Action::Choose(Previous), "open the note of the marker before", ""),
            bind(OwnNote, "n", Action::StepMatch(Next), "where a search led here, the next match, else the same", "next"),
            bind(OwnNote, "N", Action::StepMatch(Previous), "the match before", ""),
            bind(OwnNote, "a e Enter", Action::Annotation(AnnotationAction::Annotate), "write on it", "write").ranked(TIMELY),
            bind(OwnNote, "c", Action::NextKind, "change the kind of the highlight that it is on", "kind"),
            bind(OwnNote, "x", Action::RemoveHighlight, "remove it, with the highlight or bookmark that it is on", "remove"),
            bind(OwnNote, "P", Action::Placement, "where notes show", ""),
            bind(OwnNote, "o", Action::OpenLink, "open its link, or choose one by number", "link"),
            bind(OwnNote, "y", Action::Copy, "copy it", "copy"),
            bind(OwnNote, "/", Action::Search, "close it, and search", ""),
            bind(OwnNote, "?", Action::Help, "this help", ""),
            bind(OwnNote, "f", Action::Note, "close it", ""),
            bind(OwnNote, "Esc q Ctrl-c", Action::Close, "close it", "close"),
        ],
    },
    TableGroup {
        title: "In a list",
        bindings: &[
            bind(List, "↓ Ctrl-j Ctrl-n", Action::Move(Motion::Line(Next)), "the next row", ""),
            bind(List, "Tab", Action::Complete, "the next row; behind :e the rest of a path", ""),
            bind(List, "↑ Ctrl-k Ctrl-p Shift-Tab", Action::Move(Motion::Line(Previous)), "the row before", ""),
            bind(List, "PageDown Ctrl-f", Action::Move(Motion::Screen(Next)), "a screen down", ""),
            bind(List, "PageUp Ctrl-b", Action::Move(Motion::Screen(Previous)), "a screen up", ""),
            bind(List, "Home", Action::Move(Motion::End(Previous)), "the first row", ""),
            bind(List, "End", Action::Move(Motion::End(Next)), "the last row", ""),
            bind(List, "Ctrl-s", Action::Sort, "sort sources: by use, first use, year, author", "sort"),
            bind(List, "Ctrl-y", Action::CopyReference, "copy the reference of the selected source", "copy"),
            bind(List, "Ctrl-l", Action::CitedElsewhere, "list your other papers that cite the selected source", "papers"),
            bind(List, "Ctrl-t", Action::NextReferenceFormat, "how references are copied: text, BibTeX, BibLaTeX, CSL-JSON, RIS", ""),
            bind(List, "Ctrl-r", Action::Refuse, "refuse a mending, or allow it again", "refuse"),
            bind(List, "Enter", Action::Follow, "go there; for a source, list where it is cited", "go there"),
            bind(List, "←", Action::Edit(PromptEdit::Left), "left", ""),
            bind(List, "→", Action::Edit(PromptEdit::Right), "right", ""),
            bind(List, "Ctrl-a", Action::Edit(PromptEdit::Start), "to the start", ""),
            bind(List, "Ctrl-e", Action::Edit(PromptEdit::End), "to the end", ""),
            bind(List, "Backspace", Action::Edit(PromptEdit::EraseBefore), "delete back", ""),
            bind(List, "Delete", Action::Edit(PromptEdit::EraseAfter), "delete under the cursor", ""),
            bind(List, "Ctrl-w", Action::Edit(PromptEdit::EraseWord), "delete a word back", ""),
            bind(List, "Ctrl-u", Action::Edit(PromptEdit::EraseAll), "clear the line", ""),
            bind(List, "Esc Ctrl-c", Action::Close, "close the list", "close"),
        ],
    },
    TableGroup {
        title: "While a search is typed",
        bindings: &[
            bind(Search, "Ctrl-r", Action::Regex, "regular expression or plain text", "regex"),
            bind(Search, "↑ Ctrl-p", Action::Recall(Previous), "an earlier search", "earlier"),
            bind(Search, "↓ Ctrl-n", Action::Recall(Next), "a later one", ""),
            bind(Search, "←", Action::Edit(PromptEdit::Left), "left", ""),
            bind(Search, "→", Action::Edit(PromptEdit::Right), "right", ""),
            bind(Search, "Home Ctrl-a", Action::Edit(PromptEdit::Start), "to the start", ""),
            bind(Search, "End Ctrl-e", Action::Edit(PromptEdit::End), "to the end", ""),
            bind(Search, "Backspace", Action::Edit(PromptEdit::EraseBefore), "delete back", ""),
            bind(Search, "Delete", Action::Edit(PromptEdit::EraseAfter), "delete under the cursor", ""),
            bind(Search, "Ctrl-w", Action::Edit(PromptEdit::EraseWord), "delete a word back", ""),
            bind(Search, "Ctrl-u", Action::Edit(PromptEdit::EraseAll), "clear the line", ""),
            bind(Search, "Enter", Action::Follow, "stay at this match", "stay"),
            bind(Search, "Esc Ctrl-c", Action::Close, "back to where you were", "back"),
        ],
    },
    TableGroup {
        title: "In the list of matches",
        bindings: &[
            bind(Matches, "↓ Ctrl-j Ctrl-n Tab", Action::Move(Motion::Line(Next)), "the next match", ""),
            bind(Matches, "↑ Ctrl-k Ctrl-p Shift-Tab", Action::Move(Motion::Line(Previous)), "the match before", ""),
            bind(Matches, "PageDown Ctrl-f", Action::Move(Motion::Screen(Next)), "a screen down", ""),
            bind(Matches, "PageUp Ctrl-b", Action::Move(Motion::Screen(Previous)), "a screen up", ""),
            bind(Matches, "Home", Action::Move(Motion::End(Previous)), "the first match", ""),
            bind(Matches, "End", Action::Move(Motion::End(Next)), "the last match", ""),
            bind(Matches, "Ctrl-r", Action::Regex, "regular expression or plain text", "regex"),
            bind(Matches, "←", Action::Edit(PromptEdit::Left), "left", ""),
            bind(Matches, "→", Action::Edit(PromptEdit::Right), "right", ""),
            bind(Matches, "Ctrl-a", Action::Edit(PromptEdit::Start), "to the start", ""),
            bind(Matches, "Ctrl-e", Action::Edit(PromptEdit::End), "to the end", ""),
            bind(Matches, "Backspace", Action::Edit(PromptEdit::EraseBefore), "delete back", ""),
            bind(Matches, "Delete", Action::Edit(PromptEdit::EraseAfter), "delete under the cursor", ""),
            bind(Matches, "Ctrl-w", Action::Edit(PromptEdit::EraseWord), "delete a word back", ""),
            bind(Matches, "Ctrl-u", Action::Edit(PromptEdit::EraseAll), "clear the line", ""),
            bind(Matches, "Enter", Action::Follow, "go there", "go there"),
            bind(Matches, "Esc Ctrl-c", Action::Close, "close the list", "close"),
        ],
    },
    TableGroup {
        title: "In the list of bookmarks, highlights and notes",
        bindings: &[
            bind(Bookmarks, "j ↓ Ctrl-j Ctrl-n Tab", Action::Move(Motion::Line(Next)), "the next row", ""),
            bind(Bookmarks, "k ↑ Ctrl-k Ctrl-p Shift-Tab", Action::Move(Motion::Line(Previous)), "the row before", ""),
            bind(Bookmarks, "Space PageDown Ctrl-f", Action::Move(Motion::Screen(Next)), "a screen down", ""),
            bind(Bookmarks, "PageUp Ctrl-b", Action::Move(Motion::Screen(Previous)), "a screen up", ""),
            bind(Bookmarks, "d Ctrl-d", Action::Move(Motion::HalfScreen(Next)), "half a screen down", ""),
            bind(Bookmarks, "u Ctrl-u", Action::Move(Motion::HalfScreen(Previous)), "half a screen up", ""),
            bind(Bookmarks, "g Home", Action::Move(Motion::End(Previous)), "the first row", ""),
            bind(Bookmarks, "G End", Action::Move(Motion::End(Next)), "the last row", ""),
            bind(Bookmarks, "s", Action::Annotation(AnnotationAction::Sort), "sort: by place, newest first, by label, by kind", "sort"),
            bind(Bookmarks, "/", Action::Annotation(AnnotationAction::Filter), "filter", "filter"),
            bind(Bookmarks, "m", Action::Annotation(AnnotationAction::Move), "move it to what is selected, or to the current paragraph", ""),
            bind(Bookmarks, "U", Action::Annotation(AnnotationAction::Replay(Replay::Undo)), "undo the last change", "undo"),
            bind(Bookmarks, "Ctrl-r", Action::Annotation(AnnotationAction::Replay(Replay::Redo)), "redo what was undone", ""),
            bind(Bookmarks, "D", Action::Annotation(AnnotationAction::Remove), "delete it", "delete"),
            bind(Bookmarks, "c", Action::NextKind, "change the kind of a highlight", "kind"),
            bind(Bookmarks, "e a", Action::Annotation(AnnotationAction::Annotate), "write your own note on it", "note"),
            bind(Bookmarks, "r", Action::Annotation(AnnotationAction::Rename), "change its label", "rename"),
            bind(Bookmarks, "Enter", Action::Follow, "go there", "go there"),
            bind(Bookmarks, "?", Action::Help, "this help", ""),
            bind(Bookmarks, "Esc B q Ctrl-c", Action::Close, "clear the filter, then close", "close"),
        ],
    },
    TableGroup {
        title: "On the front page",
        bindings: &[
            bind(Papers, "j ↓ Ctrl-j Ctrl-n Tab", Action::Move(Motion::Line(Next)), "the next paper", ""),
            bind(Papers, "k ↑ Ctrl-k Ctrl-p Shift-Tab", Action::Move(Motion::Line(Previous)), "the paper before", ""),
            bind(Papers, "Space PageDown Ctrl-f", Action::Move(Motion::Screen(Next)), "a screen down", ""),
            bind(Papers, "PageUp Ctrl-b", Action::Move(Motion::Screen(Previous)), "a screen up", ""),
            bind(Papers, "g Home", Action::Move(Motion::End(Previous)), "the first paper", ""),
            bind(Papers, "G End", Action::Move(Motion::End(Next)), "the last paper", ""),
            bind(Papers, "/", Action::Annotation(AnnotationAction::Filter), "choose by title, author or file", "filter"),
            bind(Papers, "A", Action::LibrarySearch, "search all papers, and what you kept", "search all").ranked(USUAL),
            bind(Papers, "Enter", Action::Follow, "read it, from where you were", "read").ranked(TIMELY),
            bind(Papers, "?", Action::Help, "this help", "help"),
            bind(Papers, "q Esc Ctrl-c", Action::Close, "clear the filter, then quit", "quit").ranked(ESSENTIAL),
        ],
    },
    TableGroup {
        title: "While that list is filtered",
        bindings: &[
            bind(Filter, "↓ Ctrl-j Ctrl-n Tab", Action::Move(Motion::Line(Next)), "the next row", ""),
            bind(Filter, "↑ Ctrl-k Ctrl-p Shift-Tab", Action::Move(Motion::Line(Previous)), "the row before", ""),
            bind(Filter, "PageDown Ctrl-f", Action::Move(Motion::Screen(Next)), "a screen down", ""),
            bind(Filter, "PageUp Ctrl-b", Action::Move(Motion::Screen(Previous)), "a screen up", ""),
            bind(Filter, "←", Action::Edit(PromptEdit::Left), "left", ""),
            bind(Filter, "→", Action::Edit(PromptEdit::Right), "right", ""),
            bind(Filter, "Ctrl-a", Action::Edit(PromptEdit::Start), "to the start", ""),
            bind(Filter, "Ctrl-e", Action::Edit(PromptEdit::End), "to the end", ""),
            bind(Filter, "Backspace", Action::Edit(PromptEdit::EraseBefore), "delete back", ""),
            bind(Filter, "Delete", Action::Edit(PromptEdit::EraseAfter), "delete under the cursor", ""),
            bind(Filter, "Ctrl-w", Action::Edit(PromptEdit::EraseWord), "delete a word back", ""),
            bind(Filter, "Ctrl-u", Action::Edit(PromptEdit::EraseAll), "clear the line", ""),
            bind(Filter, "Enter", Action::Follow, "go there", "go there"),
            bind(Filter, "Esc Ctrl-c", Action::Close, "done typing; letters are keys again", "done"),
        ],
    },
    TableGroup {
        title: "While a label is typed",
        bindings: &[
            bind(Label, "← Ctrl-b", Action::Edit(PromptEdit::Left), "left", ""),
            bind(Label, "→ Ctrl-f", Action::Edit(PromptEdit::Right), "right", ""),
            bind(Label, "Home Ctrl-a", Action::Edit(PromptEdit::Start), "to the start", ""),
            bind(Label, "End Ctrl-e", Action::Edit(PromptEdit::End), "to the end", ""),
            bind(Label, "Backspace", Action::Edit(PromptEdit::EraseBefore), "delete back", ""),
            bind(Label, "Delete", Action::Edit(PromptEdit::EraseAfter), "delete under the cursor", ""),
            bind(Label, "Ctrl-w", Action::Edit(PromptEdit::EraseWord), "delete a word back", ""),
            bind(Label, "Ctrl-u", Action::Edit(PromptEdit::EraseAll), "clear the line (no label: the first words are used)", "clear"),
            bind(Label, "Enter Ctrl-s", Action::Annotation(AnnotationAction::Enter), "save", "save"),
            bind(Label, "Esc Ctrl-c", Action::Close, "leave; asks if something was typed", "leave"),
        ],
    },
    TableGroup {
        title: "While a note of your own is typed",
        bindings: &[
            bind(Annotation, "←", Action::Edit(PromptEdit::Left), "left", ""),
            bind(Annotation, "→", Action::Edit(PromptEdit::Right), "right", ""),
            bind(Annotation, "↑ Ctrl-p", Action::Move(Motion::Line(Previous)), "the line above", ""),
            bind(Annotation, "↓ Ctrl-n", Action::Move(Motion::Line(Next)), "the line below", ""),
            bind(Annotation, "Home Ctrl-a", Action::Edit(PromptEdit::Start), "to the start of the line", ""),
            bind(Annotation, "End Ctrl-e", Action::Edit(PromptEdit::End), "to the end of the line", ""),
            bind(Annotation, "Backspace", Action::Edit(PromptEdit::EraseBefore), "delete back", ""),
            bind(Annotation, "Delete", Action::Edit(PromptEdit::EraseAfter), "delete under the cursor", ""),
            bind(Annotation, "Ctrl-w", Action::Edit(PromptEdit::EraseWord), "delete a word back", ""),
            bind(Annotation, "Ctrl-u", Action::Edit(PromptEdit::EraseAll), "delete to the start of the line", ""),
            bind(Annotation, "Enter", Action::Annotation(AnnotationAction::NewLine), "a new line", "new line"),
            bind(Annotation, "Ctrl-s", Action::Annotation(AnnotationAction::Enter), "save (empty: no note)", "save"),
            bind(Annotation, "Esc Ctrl-c", Action::Close, "leave; asks if something was typed", "leave"),
        ],
    },
    TableGroup {
        title: "When text is left without saving",
        bindings: &[
            bind(Unsaved, "s y Ctrl-s", Action::Annotation(AnnotationAction::Enter), "save it", "save"),
            bind(Unsaved, "d n q Ctrl-c", Action::Discard, "discard it", "discard"),
            bind(Unsaved, "Esc", Action::Close, "go on typing", "go on"),
        ],
    },
    TableGroup {
        title: "When a mark's letter is asked for",
        bindings: &[
            bind(Letter, "Esc Ctrl-c", Action::Close, "cancel", "cancel"),
        ],
    },
    TableGroup {
        title: "In this help",
        bindings: &[
            bind(Help, "j ↓", Action::Move(Motion::Line(Next)), "a line down", ""),
            bind(Help, "k ↑", Action::Move(Motion::Line(Previous)), "a line up", ""),
            bind(Help, "Space PageDown Ctrl-f d Ctrl-d", Action::Move(Motion::Screen(Next)), "a screen down", "more"),
            bind(Help, "PageUp Ctrl-b u Ctrl-u", Action::Move(Motion::Screen(Previous)), "a screen up", ""),
            bind(Help, "g Home", Action::Move(Motion::End(Previous)), "the beginning", ""),
            bind(Help, "G End", Action::Move(Motion::End(Next)), "the end", ""),
            bind(Help, "/", Action::Search, "search the help", "search").ranked(USUAL),
            bind(Help, "n", Action::StepMatch(Next), "the next match", "next").ranked(TIMELY),
            bind(Help, "N", Action::StepMatch(Previous), "the match before", ""),
            bind(Help, "? Esc q Ctrl-c", Action::Close, "close the help", "close"),
        ],
    },
    TableGroup {
        title: "While a search of the help is typed",
        bindings: &[
            bind(HelpSearch, "←", Action::Edit(PromptEdit::Left), "left", ""),
            bind(HelpSearch, "→", Action::Edit(PromptEdit::Right), "right", ""),
            bind(HelpSearch, "Home Ctrl-a", Action::Edit(PromptEdit::Start), "to the start", ""),
            bind(HelpSearch, "End Ctrl-e", Action::Edit(PromptEdit::End), "to the end", ""),
            bind(HelpSearch, "Backspace", Action::Edit(PromptEdit::EraseBefore), "delete back", ""),
            bind(HelpSearch, "Delete", Action::Edit(PromptEdit::EraseAfter), "delete under the cursor", ""),
            bind(HelpSearch, "Ctrl-w", Action::Edit(PromptEdit::EraseWord), "delete a word back", ""),
            bind(HelpSearch, "Ctrl-u", Action::Edit(PromptEdit::EraseAll), "clear the line", ""),
            bind(HelpSearch, "Enter", Action::Follow, "stay at this match", "stay"),
            bind(HelpSearch, "Esc Ctrl-c", Action::Close, "back to where you were", "back"),
        ],
    },
    TableGroup {
        title: "In a table or code at its full width",
        bindings: &[
            bind(Whole, "l →", Action::Sideways(Next), "to the right", "right").ranked(USUAL),
            bind(Whole, "h ←", Action::Sideways(Previous), "to the left", "left").ranked(USUAL),
            bind(Whole, "$ End", Action::SidewaysEnd(Next), "as far right as it goes", ""),
            bind(Whole, "0 Home", Action::SidewaysEnd(Previous), "as far left as it goes", ""),
            bind(Whole, "j ↓", Action::Move(Motion::Line(Next)), "a line down", "down"),
            bind(Whole, "k ↑", Action::Move(Motion::Line(Previous)), "a line up", ""),
            bind(Whole, "Space PageDown Ctrl-f d Ctrl-d", Action::Move(Motion::Screen(Next)), "a screen down", ""),
            bind(Whole, "PageUp Ctrl-b u Ctrl-u", Action::Move(Motion::Screen(Previous)), "a screen up", ""),
            bind(Whole, "g", Action::Move(Motion::End(Previous)), "the beginning", ""),
            bind(Whole, "G", Action::Move(Motion::End(Next)), "the end", ""),
            bind(Whole, "y", Action::Copy, "copy it with its source", "copy"),
            bind(Whole, "Esc q w Ctrl-c", Action::Close, "close it", "close"),
        ],
    },
    TableGroup {
        title: "In a picture",
        bindings: &[
            bind(Picture, "+ =", Action::Zoom(Next), "larger", "larger").ranked(TIMELY),
            bind(Picture, "-", Action::Zoom(Previous), "smaller", "smaller"),
            bind(Picture, "] PageDown Space Ctrl-f", Action::Move(Motion::Screen(Next)), "the next page; of an image, what is below", "next").ranked(TIMELY),
            bind(Picture, "[ PageUp Ctrl-b", Action::Move(Motion::Screen(Previous)), "the page before; of an image, what is above", "before").ranked(USUAL),
            bind(Picture, "Enter", Action::Follow, "go to where the text of the page begins", "go to"),
            bind(Picture, "o", Action::OpenLink, "open an image with another program (asks first)", "open").ranked(USUAL),
            bind(Picture, "l →", Action::Sideways(Next), "to the right", ""),
            bind(Picture, "h ←", Action::Sideways(Previous), "to the left", ""),
            bind(Picture, "j ↓", Action::Move(Motion::Line(Next)), "down", "down"),
            bind(Picture, "k ↑", Action::Move(Motion::Line(Previous)), "up", ""),
            bind(Picture, "d Ctrl-d", Action::Move(Motion::HalfScreen(Next)), "half a screen down", ""),
            bind(Picture, "u Ctrl-u", Action::Move(Motion::HalfScreen(Previous)), "half a screen up", ""),
            bind(Picture, "g Home", Action::Move(Motion::End(Previous)), "its upper edge", ""),
            bind(Picture, "G End", Action::Move(Motion::End(Next)), "its lower edge", ""),
            bind(Picture, "?", Action::Help, "this help", ""),
            bind(Picture, "Esc q p Ctrl-c", Action::Close, "close it", "close").ranked(ESSENTIAL),
        ],
    },
    TableGroup {
        title: "While a command of your own runs, and when it has",
        bindings: &[
            bind(Output, "j ↓", Action::Move(Motion::Line(Next)), "a line down", ""),
            bind(Output, "k ↑", Action::Move(Motion::Line(Previous)), "a line up", ""),
            bind(Output, "Space PageDown Ctrl-f d Ctrl-d", Action::Move(Motion::Screen(Next)), "a screen down", "more"),
            bind(Output, "PageUp Ctrl-b u Ctrl-u", Action::Move(Motion::Screen(Previous)), "a screen up", ""),
            bind(Output, "g Home", Action::Move(Motion::End(Previous)), "the beginning", ""),
            bind(Output, "G End", Action::Move(Motion::End(Next)), "the end", ""),
            bind(Output, "y", Action::Copy, "copy what it wrote", "copy"),
            bind(Output, "Esc q Ctrl-c", Action::Close, "close it; while it runs, stop it", "close"),
        ],
    },
    TableGroup {
        title: "While the paper is read aloud",
        bindings: &[
            bind(ReadingAloud, ")", Action::Move(Motion::Sentence(Next)), "the next sentence", "next").ranked(TIMELY),
            bind(ReadingAloud, "(", Action::Move(Motion::Sentence(Previous)), "the sentence before", "back"),
            bind(ReadingAloud, "Enter", Action::Highlight, "highlight the sentence that is spoken", "highlight").ranked(TIMELY),
            bind(ReadingAloud, "Esc q ~ Ctrl-c", Action::Close, "stop", "stop").ranked(ESSENTIAL),
        ],
    },
    TableGroup {
        title: "Before an address is opened",
        bindings: &[
            bind(Address, "Enter", Action::Confirm, "open it", "open"),
            bind(Address, "y", Action::Copy, "copy it", "copy"),
            bind(Address, "Esc q Ctrl-c", Action::Close, "cancel", "cancel"),
        ],
    },
];
