//! A note as it is shown beside the text: laid out like the page, at a width of its own, with
//! the sources beneath it.

use std::ops::Range;
use std::rc::Rc;

use super::layout_cache::{CachedRow, LaidOutRow, LayoutCache};
use super::own_notes::OwnNote;
use super::source_comments::{self, SourceComment};
use super::view::Surface;
use crate::layout::{Layout, Line};
use crate::paper::{Block, BlockId, Note, Paper, Position};
use crate::reader::action::{ClickTarget, Direction, Focus};

/// A note's rows at one width, and those of the comments beneath it. No more of it is laid out than
/// is asked for: a note may be as long as a book.
#[derive(Debug)]
pub(crate) struct NoteView<'a> {
    flow: &'a LayoutCache,
    blocks: Range<usize>,
    comments: Vec<Rc<SourceComment>>,
    /// The first block of the reader's note that the comments are, in the paper of all of these.
    own: Option<BlockId>,
    /// Says where the note is cited.
    backlinks: Option<BlockId>,
}

/// A row of a view, at its present width.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NoteLine {
    /// A block or a comment, by its place on the view.
    part: usize,
    /// Index into the lines of its layout.
    line: usize,
}

/// A place on a view, whatever its width.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct NotePosition {
    /// A block or a comment, by its place on the view.
    part: usize,
    /// An offset into its text, in bytes.
    offset: usize,
    /// Rows without text before it that go with it: blank ones, or a line in a table.
    lead: usize,
}

/// What a row is a part of.
#[derive(Debug, Clone)]
pub(crate) enum NotePart {
    Block(BlockId),
    Comment(Rc<SourceComment>),
    /// A block of a note of the reader's, by its place in the paper of all of these.
    Own(BlockId, Rc<SourceComment>),
}

/// A line of what a view shows.
#[derive(Debug, Clone)]
pub(crate) struct NoteRow {
    pub(crate) part: NotePart,
    layout: Rc<Layout>,
    /// Index into the lines of the layout.
    line: usize,
}

impl NoteRow {
    pub(crate) fn line(&self) -> Option<&Line> {
        self.layout.lines.get(self.line)
    }

    /// The row as one of the text of the note on a surface; none for one of what stands beneath the
    /// note, or in its stead.
    pub(crate) fn text_on(&self, surface: Surface, paper: &Paper) -> Option<LaidOutRow> {
        let NotePart::Block(block) = self.part else {
            return None;
        };
        let is_notes = paper.note_at(block) == surface.note();
        let row = LaidOutRow {
            row: CachedRow {
                block,
                line: self.line,
            },
            layout: Rc::clone(&self.layout),
        };
        let is_authors = paper.block(block).is_some_and(Block::is_authors);
        (is_notes && is_authors && row.has_text()).then_some(row)
    }

    /// What a click on a marker or link of the row means.
    pub(crate) fn hit(&self, focus: Focus) -> ClickTarget {
        match (&self.part, focus) {
            (NotePart::Block(block), focus) => ClickTarget::Target(*block, focus),
            (NotePart::Comment(comment) | NotePart::Own(_, comment), Focus::Link(link)) => comment
                .lead(link)
                .map_or(ClickTarget::Inside, ClickTarget::Lead),
            (NotePart::Comment(_) | NotePart::Own(..), _) => ClickTarget::Inside,
        }
    }
}

impl<'a> NoteView<'a> {
    /// The note, or what replaces one that is not defined; then the comments.
    pub(crate) fn for_note(
        note: &Note,
        comments: Vec<SourceComment>,
        flow: &'a LayoutCache,
    ) -> Self {
        let end = note.blocks.end.max(note.blocks.start + 1);
        NoteView::new(note.blocks.start..end, comments, flow)
    }

    /// The note with its comments, and where it is cited if that is in more than one place.
    pub(crate) fn with_backlinks(
        note: &Note,
        comments: Vec<SourceComment>,
        flow: &'a LayoutCache,
    ) -> Self {
        let mut view = NoteView::for_note(note, comments, flow);
        let has_several = note.is_defined() && note.cited_in.len() > 1;
        view.backlinks = has_several.then_some(BlockId(note.blocks.end));
        view
    }

    /// A note of the reader's.
    pub(crate) fn for_own(note: &OwnNote, flow: &'a LayoutCache) -> Self {
        let mut view = NoteView::from_comments(source_comments::of_own_note(note), flow);
        view.own = Some(note.first);
        view
    }

    /// The comments alone.
    pub(crate) fn from_comments(comments: Vec<SourceComment>, flow: &'a LayoutCache) -> Self {
        NoteView::new(0..0, comments, flow)
    }

    fn new(blocks: Range<usize>, comments: Vec<SourceComment>, flow: &'a LayoutCache) -> Self {
        NoteView {
            flow,
            blocks,
            comments: comments.into_iter().map(Rc::new).collect(),
            own: None,
            backlinks: None,
        }
    }

    /// Up to so many rows, from this one on.
    pub(crate) fn rows(&self, from: NoteLine, rows: usize) -> Vec<NoteRow> {
        let mut found = Vec::new();
        let mut next = from;
        while let Some((part, layout)) = self.part(next.part).filter(|_| found.len() < rows) {
            let first = next.line.max(self.lead(next.part, &layout));
            let lines = (first..layout.lines.len()).take(rows - found.len());
            found.extend(lines.map(|line| NoteRow {
                part: part.clone(),
                layout: Rc::clone(&layout),
                line,
            }));
            next = NoteLine {
                part: next.part + 1,
                line: 0,
            };
        }
        found
    }

    /// The row so many rows away, or the furthest one there is.
    pub(crate) fn walk(&self, from: NoteLine, direction: Direction, rows: usize) -> NoteLine {
        let mut here = from.max(self.end(Direction::Previous));
        for _ in 0..rows {
            match self.step(here, direction) {
                Some(next) => here = next,
                None => break,
            }
        }
        here
    }

    /// The first row of all, or the last.
    pub(crate) fn end(&self, direction: Direction) -> NoteLine {
        match direction {
            Direction::Previous => self.first_of(0),
            Direction::Next => {
                let parts = (0..self.parts()).rev();
                parts.filter_map(|part| self.last_of(part)).next()
            }
        }
        .unwrap_or_default()
    }

    /// Where a position of the note is; none if the view does not show it.
    pub(crate) fn position_of(&self, position: Position) -> Option<NotePosition> {
        let is_shown = self.blocks.contains(&position.block.0);
        is_shown.then(|| NotePosition {
            part: position.block.0 - self.blocks.start,
            offset: position.offset,
            lead: 0,
        })
    }

    /// Where a row is, to be found again at another width.
    pub(crate) fn position_at(&self, spot: NoteLine) -> NotePosition {
        let Some((_, layout)) = self.part(spot.part) else {
            return NotePosition::default();
        };
        let (offset, lead) = layout.place_of(spot.line);
        NotePosition {
            part: spot.part,
            offset,
            lead,
        }
    }

    /// The row that shows a place.
    pub(crate) fn line_of(&self, mark: NotePosition) -> NoteLine {
        let Some((_, layout)) = self.part(mark.part) else {
            return self.end(Direction::Next);
        };
        NoteLine {
            part: mark.part,
            line: layout.line_at(mark.offset, mark.lead),
        }
    }

    fn step(&self, here: NoteLine, direction: Direction) -> Option<NoteLine> {
        match direction {
            Direction::Next if here < self.last_of(here.part)? => Some(NoteLine {
                line: here.line + 1,
                ..here
            }),
            Direction::Next => self.first_of(here.part + 1),
            Direction::Previous if here > self.first_of(here.part)? => Some(NoteLine {
                line: here.line - 1,
                ..here
            }),
            Direction::Previous => self.last_of(here.part.checked_sub(1)?),
        }
    }

    fn first_of(&self, part: usize) -> Option<NoteLine> {
        let (_, layout) = self.part(part)?;
        let line = self.lead(part, &layout);
        Some(NoteLine { part, line })
    }

    fn last_of(&self, part: usize) -> Option<NoteLine> {
        let (_, layout) = self.part(part)?;
        let line = layout.lines.len().saturating_sub(1);
        Some(NoteLine { part, line })
    }

    /// How many blank rows are left out: those before the note are no part of it.
    fn lead(&self, part: usize, layout: &Layout) -> usize {
        if part == 0 { layout.lead } else { 0 }
    }

    fn parts(&self) -> usize {
        self.blocks.len() + self.comments.len() + usize::from(self.backlinks.is_some())
    }

    /// A block or a comment by its place on the view, laid out.
    fn part(&self, part: usize) -> Option<(NotePart, Rc<Layout>)> {
        let block = |block| Some((NotePart::Block(block), self.flow.layout(block)?));
        let Some(after) = part.checked_sub(self.blocks.len()) else {
            return block(BlockId(self.blocks.start + part));
        };
        match self.comments.get(after) {
            Some(comment) => {
                let layout = comment.lay_out(self.flow.columns());
                let comment = Rc::clone(comment);
                let part = match self.own {
                    Some(first) => NotePart::Own(BlockId(first.0 + after), comment),
                    None => NotePart::Comment(comment),
                };
                Some((part, Rc::new(layout)))
            }
            None if after == self.comments.len() => block(self.backlinks?),
            None => None,
        }
    }
}
