//! Where a key is pressed, which decides what it means.

use Context::{
    Address, Annotation, Anywhere, Bookmarks, Filter, Help, HelpSearch, Label, Letter, List,
    Matches, Note, Output, OwnNote, Papers, Picture, Reading, ReadingAloud, Search, Selecting,
    Unsaved, Whole,
};

/// Where a key is pressed: the topmost thing on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Context {
    /// Wherever the reader is.
    Anywhere,
    Reading,
    /// Where text is selected.
    Selecting,
    /// An open note.
    Note,
    /// An open note of the reader's own.
    OwnNote,
    /// A list whose filter takes what is typed.
    List,
    /// A pattern that is typed, followed on the page.
    Search,
    /// A pattern that is typed, with the list of its matches.
    Matches,
    Help,
    /// What the help is searched for, being typed.
    HelpSearch,
    /// An address that waits for a yes.
    Address,
    /// The list of bookmarks, highlights and notes, where letters act.
    Bookmarks,
    /// The front page, where letters act.
    Papers,
    /// The same lists, while what is typed filters them.
    Filter,
    /// A label, being typed.
    Label,
    /// A note of the reader's, being typed.
    Annotation,
    /// The question what becomes of text that was typed and not saved.
    Unsaved,
    /// A mark's letter is waited for.
    Letter,
    /// A table or code at its full width.
    Whole,
    /// A page as it is printed, or an image.
    Picture,
    Output,
    /// While the paper is read aloud.
    ReadingAloud,
}

impl Context {
    /// Each, with the name of its table in the configuration file.
    pub(crate) const ALL: [(&'static str, Context); 22] = [
        ("anywhere", Anywhere),
        ("reading", Reading),
        ("selecting", Selecting),
        ("note", Note),
        ("own-note", OwnNote),
        ("list", List),
        ("search", Search),
        ("matches", Matches),
        ("bookmarks", Bookmarks),
        ("papers", Papers),
        ("filter", Filter),
        ("label", Label),
        ("annotation", Annotation),
        ("unsaved", Unsaved),
        ("letter", Letter),
        ("help", Help),
        ("help-search", HelpSearch),
        ("address", Address),
        ("whole", Whole),
        ("picture", Picture),
        ("output", Output),
        ("reading-aloud", ReadingAloud),
    ];

    /// Whether characters are text there.
    pub(crate) fn takes_text(self) -> bool {
        matches!(
            self,
            List | Search | Matches | Filter | Label | Annotation | HelpSearch
        )
    }
}
