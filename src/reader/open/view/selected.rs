//! What of a view is selected, on the page or in a note that is shown away from it.

use std::sync::Arc;

use super::View;
use super::cursor::{self, Cursor};
use super::selection::{self, Object, Selection, Unit};
use super::surface::{Reach, Surface};
use super::viewport::ScrollAnchor;
use crate::paper::{Block, BlockId, Passage, Position};
use crate::reader::action::Direction;
use crate::reader::open::layout_cache::LayoutCache;

/// How many sentences the cursor is moved at once, at most.
const MAX_SENTENCES: usize = 1000;

/// How many lines an end is moved at once, at most.
const MAX_LINES: usize = 2000;

/// The place in a note away from the page that keys acted on last.
#[derive(Debug, Clone, Copy)]
pub(super) struct NoteCursor {
    surface: Surface,
    position: Position,
    /// Where the page was then. Once that has moved, keys act on the page again.
    page: (ScrollAnchor, Cursor),
}

impl View {
    /// What is selected.
    pub(crate) fn selection(&self) -> Option<Selection> {
        self.selection
    }

    /// The place of the character at the end of the selection that keys move.
    pub(crate) fn selection_head(&self) -> Option<Position> {
        let selection = self.selection?;
        Some(selection.head(self.document.paper()))
    }

    /// The place that keys act on in a note away from the page, and where that is shown; none while
    /// they act on the page.
    pub(crate) fn place_in_note(&self) -> Option<(Surface, Position)> {
        let cursor = self.note_cursor?;
        let is_there = cursor.page == (self.viewport.anchor(), self.cursor);
        is_there.then_some((cursor.surface, cursor.position))
    }

    /// Has keys act on a place in a note away from the page.
    pub(crate) fn put_cursor_in_note(&mut self, surface: Surface, position: Position) {
        self.note_cursor = Some(NoteCursor {
            surface,
            position,
            page: (self.viewport.anchor(), self.cursor),
        });
    }

    /// Has keys act on the page again; what is selected in a note is so no more.
    pub(crate) fn leave_note(&mut self) {
        self.note_cursor = None;
        if self.selection.is_some_and(|it| it.surface.note().is_some()) {
            self.end_selection();
        }
    }

    /// Selects an object at the cursor or, where something is selected, at the end that keys move.
    /// Says whether there is one.
    pub(crate) fn select_object(&mut self, object: Object) -> bool {
        let paper = self.document.paper();
        let (surface, at) = match (self.selection, self.place_in_note()) {
            (Some(selection), _) => {
                let at = match object {
                    // What the keys were moved away from is still what is meant.
                    Object::Quotation | Object::Noted => selection.passage.start,
                    _ => selection.head(paper),
                };
                (selection.surface, at)
            }
            (None, Some(place)) => place,
            (None, None) => (Surface::Page, self.cursor_below_heading(object)),
        };
        let passage = selection::object_at(&Reach::new(paper, surface), at, object);
        let selection = passage.and_then(|passage| Selection::new(passage, surface));
        self.set_selection(selection.or(self.selection));
        selection.is_some()
    }

    /// Where the cursor is; where a way to a section has led to its heading, what is meant by the
    /// sentence or the paragraph there is the first one beneath it, if that is visible.
    fn cursor_below_heading(&self, object: Object) -> Position {
        let here = self.cursor();
        if !matches!(object, Object::Sentence | Object::Paragraph) {
            return here;
        }
        let paper = self.document.paper();
        let is_heading = |id: BlockId| paper.block(id).is_some_and(Block::is_heading);
        let mut block = here.block;
        while is_heading(block) {
            match cursor::neighbour(paper, block, Direction::Next) {
                Some(next) if self.is_visible(Position::start_of(next)) => block = next,
                _ => return here,
            }
        }
        if block == here.block {
            here
        } else {
            Position::start_of(block)
        }
    }

    /// Selects from one place of a surface to another, with the characters at both.
    pub(crate) fn select_between(&mut self, surface: Surface, from: Position, to: Position) {
        let reach = Reach::new(self.document.paper(), surface);
        let selection = Selection::between(&reach, surface, from, to);
        self.set_selection(selection.or(self.selection));
    }

    /// Moves an end of the selection, and keeps it visible.
    pub(crate) fn move_selection(&mut self, unit: Unit, direction: Direction, times: usize) {
        let document = Arc::clone(&self.document);
        self.change_selection(|selection| {
            selection.move_end(document.paper(), unit, direction, times);
        });
    }

    /// Moves an end of the selection by lines of the page, or by those of a note, as laid out where
    /// it is selected.
    pub(crate) fn move_selection_by_lines(
        &mut self,
        direction: Direction,
        times: usize,
        note: Option<&LayoutCache>,
    ) {
        let (Some(selection), Some(head)) = (self.selection, self.selection_head()) else {
            return;
        };
        let reach = Reach::new(self.document.paper(), selection.surface);
        let lines = note.unwrap_or(self.viewport.layouts());
        let to = lines.lines_away(head, direction, times.min(MAX_LINES), &reach.blocks());
        let mut moved = selection;
        if let Some(one) = Selection::between(&reach, selection.surface, to, to) {
            moved.extend_or_shrink_to(one.passage);
        }
        self.change_selection(|selection| *selection = moved);
    }

    /// Selects a passage, and shows where it begins.
    pub(crate) fn show_passage(&mut self, passage: Passage) {
        self.reveal(passage.start);
        self.set_selection(Selection::new(passage, Surface::Page).or(self.selection));
    }

    /// Extends the selection so that it holds a passage too. One in a note is not extended beyond
    /// that: it ends.
    pub(crate) fn extend_selection(&mut self, passage: Passage) {
        let Some(surface) = self.selection.map(|selection| selection.surface) else {
            return;
        };
        let reach = Reach::new(self.document.paper(), surface);
        if reach.has(passage.start.block) && reach.has(passage.end.block) {
            self.change_selection(|selection| selection.extend_to(passage));
        } else {
            self.leave_note();
        }
    }

    pub(crate) fn swap_selection_ends(&mut self) {
        self.change_selection(Selection::swap_ends);
    }

    /// Selects again, on the page, what was selected last. Says whether there is such a thing.
    pub(crate) fn select_again(&mut self) -> bool {
        let last = self.last_selection.map(|last| Selection {
            surface: Surface::Page,
            ..last
        });
        self.set_selection(last.or(self.selection));
        last.is_some()
    }

    /// Selects nothing any more. Says whether something was selected.
    pub(crate) fn end_selection(&mut self) -> bool {
        let was = self.selection.take();
        self.last_selection = was.or(self.last_selection);
        was.is_some()
    }

    /// Moves the cursor a number of sentences, in a note where it is in one. Gives the sentence that
    /// it leads to.
    pub(crate) fn step_sentences(&mut self, direction: Direction, times: usize) -> Option<Passage> {
        let place = self.place_in_note();
        let (surface, from) = place.unwrap_or_else(|| (Surface::Page, self.cursor()));
        let reach = Reach::new(self.document.paper(), surface);
        let mut at = from;
        for _ in 0..times.min(MAX_SENTENCES) {
            match selection::sentence_start(&reach, at, direction) {
                Some(next) => at = next,
                None => break,
            }
        }
        let sentence = selection::object_at(&reach, at, Object::Sentence);
        match surface {
            Surface::Page => self.reveal(at),
            _ => self.put_cursor_in_note(surface, at),
        }
        sentence
    }

    fn change_selection(&mut self, change: impl FnOnce(&mut Selection)) {
        if let Some(mut selection) = self.selection {
            change(&mut selection);
            self.set_selection(Some(selection));
        }
    }

    /// Selects a passage; the cursor is at the end that keys move, which is made visible on the page.
    fn set_selection(&mut self, selection: Option<Selection>) {
        self.selection = selection;
        let (Some(selection), Some(head)) = (selection, self.selection_head()) else {
            return;
        };
        if selection.surface.note().is_some() {
            return self.put_cursor_in_note(selection.surface, head);
        }
        self.viewport.scroll_into_view(head);
        self.move_cursor(head);
    }
}
