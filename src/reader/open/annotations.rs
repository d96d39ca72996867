//! The reader's annotations as the screen has them: those of the shelf, shared with it after every
//! change, so that drawing and searching need no disk.
//!
//! A key is an [`AnnotationAction`]; the state makes a [`ShelfRequest`] of it, which goes to the
//! thread that owns the shelf; what is kept after that comes back as a [`ShelfUpdate`].
//!
//! A highlight is drawn once the update is back, from [`Annotations::passages_in`]; the one under
//! the cursor is the first of [`Annotations::passages_at`].

mod passages;

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use super::own_notes::OwnNotes;
use crate::paper::{BlockId, Paper, Passage, Position};
use crate::reader::action::{Direction, Notice, RereadPaper};
use crate::shelf::{
    Annotation, AnnotationId, AnnotationKind, Certainty, Found, HighlightKind, MarkLetter,
    PaperCandidate, ReadingSettings, Replay, Shelf,
};
use passages::PassageIndex;

/// What a reader can ask for about what is kept, and what the shelf has to say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AnnotationAction {
    /// Set a bookmark on the current paragraph, or take it away.
    Toggle,
    /// The list of all that is kept.
    List,
    /// Go to the next bookmark, or the one before.
    Step(Direction),
    /// Undo or redo a change to what is kept.
    Replay(Replay),
    /// Ask for a letter.
    Ask(Purpose),
    /// The letter that was asked for, or any other sign.
    Letter(char),
    /// Give what is lit another label.
    Rename,
    /// Write a note on it; on the page, on what is selected, or on the current paragraph.
    Annotate,
    Remove,
    /// Set it on what is selected, or on the current paragraph.
    Move,
    Sort,
    /// Let what is typed filter the list.
    Filter,
    /// A new line in a note.
    NewLine,
    /// Take what was entered.
    Enter,
    /// The paper may be any of these: which?
    Which(Vec<PaperCandidate>),
    /// The shelf is open.
    Opened(Box<SavedSession>),
    /// What is kept has changed.
    Changed(Box<ShelfUpdate>),
}

/// What a letter is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    SetMark,
    GoToMark,
}

/// What is kept about the paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Annotations {
    /// In the order of the paper; those that are lost come last.
    pub(crate) bookmarks: Arc<[Arc<Annotation>]>,
    /// Highlights and notes on passages, in the same order.
    pub(crate) passages: PassageIndex,
    by_key: Arc<HashMap<KeptKey, Arc<Annotation>>>,
    /// What is written about any of them.
    pub(crate) own: OwnNotes,
    /// None if the words at the mark are lost.
    pub(crate) marks: Arc<BTreeMap<MarkLetter, Option<Position>>>,
    /// Whether there is something that could not be saved.
    pub(crate) is_unsaved: bool,
}

/// What tells an annotation from all others while the program runs, as small as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct KeptKey(pub(crate) u64);

/// A change to what is kept, to be made on the shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ShelfRequest {
    /// Set a bookmark there, or take away those of its paragraph.
    Toggle(Position),
    /// Highlight a passage.
    Highlight(Passage, HighlightKind),
    /// Make a highlight one of another kind.
    Recolour(AnnotationId, HighlightKind),
    /// Write a note on a passage.
    NoteOn(Passage, String),
    /// Put a highlight or a note on another passage.
    MoveToPassage(AnnotationId, Passage),
    Rename(AnnotationId, String),
    Annotate(AnnotationId, String),
    Remove(AnnotationId),
    Move(AnnotationId, Position),
    /// Undo or redo a change to bookmarks.
    Replay(Replay),
    Mark(MarkLetter, Position),
    /// See what another opcit has changed.
    Reload,
    /// The paper was read again, and has another text.
    Reopen(RereadPaper),
    /// The paper is the one that was meant by a candidate; or a new one.
    Choose(Option<PaperCandidate>),
}

/// Where the reader is, and how the paper is shown: what comes back at the next opening.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ReadingState {
    /// What stands at the screen's top.
    pub(crate) position: Position,
    /// The block that keys act on; none if nobody has been there.
    pub(crate) current: Option<BlockId>,
    /// How far into the body has been seen since the paper was opened, from 0 to 1.
    pub(crate) read: f64,
    pub(crate) settings: ReadingSettings,
}

/// What was found when the shelf was opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SavedSession {
    pub(crate) annotations: Annotations,
    /// Where the reader stopped, and whether the words there are still known.
    pub(crate) place: Option<(Position, bool)>,
    /// The block that keys acted on there, if that is known.
    pub(crate) current: Option<BlockId>,
    pub(crate) settings: ReadingSettings,
}

/// What is kept after a change, and what there is to say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ShelfUpdate {
    pub(crate) annotations: Annotations,
    pub(crate) notice: Option<Notice>,
    /// What the change was about, if the reader may want to go on with it.
    pub(crate) changed: Option<AnnotationId>,
    /// Whether it answers the wish for a highlight, made or not.
    pub(crate) answers_highlight: bool,
}

impl AnnotationAction {
    /// Whether it comes of a key, not from the shelf.
    pub(crate) fn is_readers(&self) -> bool {
        let is_not = matches!(
            self,
            AnnotationAction::Which(_) | AnnotationAction::Opened(_) | AnnotationAction::Changed(_)
        );
        !is_not
    }
}

impl KeptKey {
    pub(crate) fn new(id: &AnnotationId) -> Self {
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        KeptKey(hasher.finish())
    }
}

impl Annotations {
    /// Those of a shelf, about a paper; `before` are the notes as they were.
    pub(crate) fn new(shelf: &Shelf, paper: &Paper, is_unsaved: bool, before: &OwnNotes) -> Self {
        let all = shelf.annotations().iter();
        let by_key = all
            .clone()
            .map(|one| (KeptKey::new(&one.id), Arc::clone(one)));
        let of = |is_one: fn(&AnnotationKind) -> bool| {
            let annotations = all
                .clone()
                .filter(move |annotation| is_one(&annotation.kind));
            annotations.cloned()
        };
        let marks = shelf.marks().into_iter();
        let marks = marks.filter_map(|mark| Some((mark.letter()?, mark.position())));
        Annotations {
            bookmarks: of(|kind| *kind == AnnotationKind::Bookmark).collect(),
            passages: PassageIndex::new(of(|kind| {
                matches!(kind, AnnotationKind::Highlight(_) | AnnotationKind::Note)
            })),
            by_key: Arc::new(by_key.collect()),
            own: OwnNotes::new(paper, all.clone().map(Arc::as_ref), before),
            marks: Arc::new(marks.collect()),
            is_unsaved,
        }
    }

    /// All but the marks, in the order of the paper; those that are lost come last.
    pub(crate) fn all(&self) -> Vec<&Annotation> {
        let all = self.bookmarks.iter().chain(self.passages.iter());
        let mut all: Vec<&Annotation> = all.map(Arc::as_ref).collect();
        let place = |annotation: &&Annotation| {
            let position = annotation.position();
            (position.is_none(), position, annotation.anchor.start)
        };
        all.sort_by_key(place);
        all
    }

    /// How many of all of them are before a position.
    pub(crate) fn all_before(&self, position: Position) -> usize {
        let all = self.all().into_iter();
        all.take_while(|annotation| annotation.position().is_some_and(|here| here < position))
            .count()
    }

    /// The bookmarks in these blocks.
    pub(crate) fn in_blocks(&self, blocks: Range<usize>) -> &[Arc<Annotation>] {
        let start = self.before(Position::start_of(BlockId(blocks.start)));
        let end = self.before(Position::start_of(BlockId(blocks.end)));
        self.bookmarks.get(start..end).unwrap_or_default()
    }

    /// The highlights and notes that have a part of their passage in these blocks, in the order
    /// of the paper. Unsure ones are among them.
    pub(crate) fn passages_in(&self, blocks: Range<usize>) -> impl Iterator<Item = &Annotation> {
        self.passages.in_blocks(blocks)
    }

    /// The highlights and notes at a position, the one that begins last first.
    pub(crate) fn passages_at(&self, position: Position) -> impl Iterator<Item = &Annotation> {
        let block = position.block.0;
        let here: Vec<_> = self.passages.in_blocks(block..block + 1).collect();
        here.into_iter().rev().filter(move |annotation| {
            let passage = annotation.found.passage();
            passage.is_some_and(|passage| passage.start <= position && position < passage.end)
        })
    }

    /// How many bookmarks are before a position.
    pub(crate) fn before(&self, position: Position) -> usize {
        self.bookmarks
            .partition_point(|bookmark| bookmark.position().is_some_and(|here| here < position))
    }

    /// The bookmarks that are not lost.
    pub(crate) fn found(&self) -> &[Arc<Annotation>] {
        let lost = self
            .bookmarks
            .partition_point(|bookmark| bookmark.position().is_some());
        self.bookmarks.get(..lost).unwrap_or_default()
    }

    pub(crate) fn get(&self, id: &AnnotationId) -> Option<&Annotation> {
        let annotation = self.by_key(KeptKey::new(id));
        annotation.filter(|annotation| annotation.id == *id)
    }

    /// Where the one is whose id is written so.
    pub(crate) fn position_of(&self, id: &str) -> Option<Position> {
        let mut all = self.by_key.values();
        all.find(|annotation| annotation.id.as_str() == id)?
            .position()
    }

    pub(crate) fn by_key(&self, key: KeptKey) -> Option<&Annotation> {
        self.by_key.get(&key).map(Arc::as_ref)
    }

    /// The bookmark so many further on, or back, from a paragraph; the last one if there are
    /// fewer. None if there is none that way.
    pub(crate) fn step(
        &self,
        from: BlockId,
        direction: Direction,
        times: usize,
    ) -> Option<&Annotation> {
        let found = self.found();
        let index = match direction {
            Direction::Next => {
                let after = self.before(Position::start_of(BlockId(from.0 + 1)));
                (after + times - 1).min(found.len().saturating_sub(1).max(after))
            }
            Direction::Previous => {
                let before = self.before(Position::start_of(from));
                before.checked_sub(1)?.saturating_sub(times - 1)
            }
        };
        found.get(index).map(Arc::as_ref)
    }
}

/// What it means how surely an annotation was found, and what there is to do about it, with keys as
/// in a notice.
pub(crate) fn meaning(found: Found) -> &'static str {
    match found {
        Found::Here { certainty, .. } => match certainty {
            Certainty::Exact => "its text is where it was",
            Certainty::Moved => "the text here, or around it, has changed",
            Certainty::Partial => "part of its text is gone",
            Certainty::Unsure => "the likeliest place; {bookmarks/move} puts it here",
        },
        Found::Lost | Found::Unknown => "its text is gone; {bookmarks/move} puts it here",
    }
}
