//! What the reader keeps about the paper, as the screen shows it: copied from the shelf after
//! every change there, so that drawing and searching need no disk.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::action::{Direction, Notice};
use crate::paper::{BlockId, Paper, Position};
use crate::shelf::{self, BookmarkId, Candidate, Certainty, Found, Letter, Settings, Way};

/// What a reader can ask for about bookmarks and marks, and what the shelf has to say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Keeping {
    /// Set a bookmark on the paragraph in hand, or take it away.
    Toggle,
    /// The list of bookmarks.
    List,
    /// Go to the next bookmark, or the one before.
    Step(Direction),
    /// Undo or redo a change to bookmarks.
    Replay(Way),
    /// Ask for a letter.
    Ask(Purpose),
    /// The letter that was asked for, or any other sign.
    Letter(char),
    /// Give the bookmark that is lit another label.
    Rename,
    /// Write a note on it.
    Annotate,
    Remove,
    /// Set it on the paragraph in hand.
    Move,
    Sort,
    /// Let what is typed filter the list.
    Filter,
    /// A new line in a note.
    NewLine,
    /// Take what was entered.
    Enter,
    /// The paper may be any of these: which?
    Which(Vec<Candidate>),
    /// The shelf is open.
    Opened(Box<Remembered>),
    /// What is kept has changed.
    Changed(Box<News>),
}

/// What a letter is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    SetMark,
    GoToMark,
}

/// Bookmarks and marks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Kept {
    /// In the order of the paper; those that are lost come last.
    pub(crate) bookmarks: Arc<[Bookmark]>,
    pub(crate) marks: Arc<BTreeMap<Letter, Option<Position>>>,
    /// Whether something is in hand that could not be saved.
    pub(crate) is_unsaved: bool,
}

/// A bookmark, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bookmark {
    pub(crate) id: BookmarkId,
    pub(crate) label: String,
    /// Whether that is something else than its first words.
    pub(crate) has_own_label: bool,
    /// The reader's own note; may have several lines.
    pub(crate) note: String,
    /// The words that it was set on.
    pub(crate) words: String,
    /// The title of the section that it stands in; if it is lost, of the one that it was set in.
    pub(crate) section: String,
    /// The day on which it was set, in UTC: `2026-11-23`.
    pub(crate) day: String,
    /// None if its words are lost.
    pub(crate) position: Option<Position>,
    pub(crate) standing: Standing,
}

/// How sure it is where a bookmark stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Exact,
    Moved,
    Unsure,
    Lost,
}

/// A change to what is kept, to be made on the shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    /// Set a bookmark there, or take away those of its paragraph.
    Toggle(Position),
    Rename(BookmarkId, String),
    Annotate(BookmarkId, String),
    Remove(BookmarkId),
    Move(BookmarkId, Position),
    /// Undo or redo a change to bookmarks.
    Replay(Way),
    Mark(Letter, Position),
    /// See what another opcit has changed.
    Look,
    /// The paper is the one that was meant by a candidate; or a new one.
    Choose(Option<Candidate>),
}

/// Where the reader is, and how the paper is shown: what comes back at the next opening.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Where {
    /// What stands at the screen's top.
    pub(crate) position: Position,
    /// How far into the body has been seen since the paper was opened, from 0 to 1.
    pub(crate) read: f64,
    pub(crate) settings: Settings,
}

/// What was found when the shelf was opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Remembered {
    pub(crate) kept: Kept,
    /// Where the reader stopped, and whether the words there are still known.
    pub(crate) place: Option<(Position, bool)>,
    pub(crate) settings: Settings,
}

/// What is kept after a change, and what there is to say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct News {
    pub(crate) kept: Kept,
    pub(crate) notice: Option<Notice>,
    /// The bookmark that the change was about, if the reader may want to go on with it.
    pub(crate) changed: Option<BookmarkId>,
}

impl Keeping {
    /// Whether it comes of a key, not from the shelf.
    pub(crate) fn is_readers(&self) -> bool {
        let is_not = matches!(
            self,
            Keeping::Which(_) | Keeping::Opened(_) | Keeping::Changed(_)
        );
        !is_not
    }
}

impl Kept {
    /// The bookmarks that stand in these blocks.
    pub(crate) fn in_blocks(&self, blocks: Range<usize>) -> &[Bookmark] {
        let start = self.before(Position::start_of(BlockId(blocks.start)));
        let end = self.before(Position::start_of(BlockId(blocks.end)));
        self.bookmarks.get(start..end).unwrap_or_default()
    }

    /// How many bookmarks stand before a position.
    pub(crate) fn before(&self, position: Position) -> usize {
        self.bookmarks
            .partition_point(|bookmark| bookmark.position.is_some_and(|here| here < position))
    }

    /// The bookmarks that are not lost.
    pub(crate) fn standing(&self) -> &[Bookmark] {
        let lost = self
            .bookmarks
            .partition_point(|bookmark| bookmark.position.is_some());
        self.bookmarks.get(..lost).unwrap_or_default()
    }

    pub(crate) fn get(&self, id: &BookmarkId) -> Option<&Bookmark> {
        self.bookmarks.iter().find(|bookmark| bookmark.id == *id)
    }

    /// The bookmark so many further on, or back, from a paragraph; the last one if there are
    /// fewer. None if there is none that way.
    pub(crate) fn step(
        &self,
        from: BlockId,
        direction: Direction,
        times: usize,
    ) -> Option<&Bookmark> {
        let standing = self.standing();
        let index = match direction {
            Direction::Next => {
                let after = self.before(Position::start_of(BlockId(from.0 + 1)));
                (after + times - 1).min(standing.len().saturating_sub(1).max(after))
            }
            Direction::Previous => {
                let before = self.before(Position::start_of(from));
                before.checked_sub(1)?.saturating_sub(times - 1)
            }
        };
        standing.get(index)
    }
}

impl Bookmark {
    pub(crate) fn of(kept: &shelf::Kept, paper: &Paper) -> Self {
        let bookmark = &kept.bookmark;
        let position = kept.found.passage().map(|passage| passage.start);
        let section =
            position.and_then(|position| paper.section(paper.section_of(position.block)?));
        Bookmark {
            id: bookmark.id.clone(),
            label: bookmark.label.clone(),
            has_own_label: bookmark.has_own_label(),
            note: bookmark.note.clone(),
            words: bookmark.anchor.quote.clone(),
            section: section
                .map_or(&bookmark.anchor.heading, |section| &section.title)
                .clone(),
            day: bookmark.created.day(),
            position,
            standing: Standing::of(kept.found),
        }
    }
}

impl Standing {
    fn of(found: Found) -> Self {
        match found {
            Found::Lost => Standing::Lost,
            Found::Here { certainty, .. } => match certainty {
                Certainty::Exact => Standing::Exact,
                Certainty::Moved => Standing::Moved,
                Certainty::Unsure => Standing::Unsure,
            },
        }
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Standing::Exact => "exact",
            Standing::Moved => "moved",
            Standing::Unsure => "unsure",
            Standing::Lost => "lost",
        }
    }

    /// What the word means, and what there is to do about it.
    pub(crate) fn meaning(self) -> &'static str {
        match self {
            Standing::Exact => "its text is where it was",
            Standing::Moved => "the text here, or around it, has changed",
            Standing::Unsure => "the likeliest place; m puts it here",
            Standing::Lost => "its text is gone; m puts it here",
        }
    }
}
