//! Which part of the paper is on the screen, and what in it the keys act on.

mod cursor;
mod targets;
mod viewport;

use std::sync::Arc;

use super::action::{Direction, Focus};
use super::layout_cache::LaidOutRow;
use crate::document::Document;
use crate::paper::{BlockId, Kind, Position};
use crate::sources::Sources;
use cursor::Cursor;
use targets::Targets;
use viewport::{ScrollAnchor, ScrollUnit, Viewport};

/// The reader's view of a paper.
#[derive(Debug)]
pub(crate) struct View {
    document: Arc<Document>,
    viewport: Viewport,
    cursor: Cursor,
    targets: Targets,
}

/// A view to come back to: what was at the top, where keys acted, and what was chosen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct SavedView {
    anchor: ScrollAnchor,
    cursor: Cursor,
    pub(crate) chosen: Option<(BlockId, Focus)>,
}

impl View {
    pub(crate) fn new(document: Arc<Document>) -> Self {
        View {
            viewport: Viewport::new(Arc::clone(&document)),
            cursor: Cursor::new(document.paper()),
            targets: Targets::default(),
            document,
        }
    }

    /// Fits the text into a column of this width and height. What was at the top stays there. At
    /// the paper's end the text can be scrolled until its last row is the last of `min_rows`.
    pub(crate) fn resize(&mut self, columns: u16, rows: usize, min_rows: usize) {
        self.viewport.resize(columns, rows, min_rows);
    }

    /// Leaves only this many rows to the text, without moving it.
    pub(crate) fn shorten(&mut self, rows: usize) {
        self.viewport.shorten(rows);
    }

    pub(crate) fn rows(&self) -> usize {
        self.viewport.rows()
    }

    /// Whether the reader has not moved yet.
    pub(crate) fn is_as_opened(&self) -> bool {
        self.viewport.anchor().position == Position::default()
            && self.cursor == Cursor::new(self.document.paper())
            && self.targets.chosen.is_none()
    }

    /// The rows on the screen, from the top; fewer than the screen has if the paper ends before.
    pub(crate) fn page(&self) -> Vec<LaidOutRow> {
        self.viewport.page()
    }

    pub(crate) fn chosen(&self) -> Option<(BlockId, Focus)> {
        self.targets.chosen
    }

    pub(crate) fn choose(&mut self, chosen: Option<(BlockId, Focus)>) {
        self.targets.chosen = chosen;
    }

    /// Where the last turn of a screen began to show new text.
    pub(crate) fn page_break(&self) -> Option<Position> {
        self.viewport.page_break()
    }

    /// Marks again where the last turn of a screen began to show new text.
    pub(crate) fn set_page_break(&mut self, position: Option<Position>) {
        self.viewport.set_page_break(position);
    }

    /// The first visible position.
    pub(crate) fn top(&self) -> Position {
        self.viewport.top()
    }

    /// The paragraph that keys act on: the one that the cursor is in while it is visible, else
    /// the visible one that is nearest to it.
    pub(crate) fn current_block(&self) -> BlockId {
        self.cursor.block(self.document.paper(), &self.viewport)
    }

    /// Moves the cursor, unless nothing there can be acted on.
    pub(crate) fn move_cursor(&mut self, position: Position) {
        self.cursor.move_to(self.document.paper(), position);
    }

    /// Where the reader is, to come back to.
    pub(crate) fn save(&self) -> SavedView {
        SavedView {
            anchor: self.viewport.anchor(),
            cursor: self.visible_cursor(),
            chosen: self.targets.chosen,
        }
    }

    pub(crate) fn return_to(&mut self, saved: SavedView) {
        self.viewport.return_to(saved.anchor);
        self.cursor = saved.cursor;
    }

    /// Whether returning there would make nothing visible that matters: what was at its top and
    /// something of its current paragraph are on the screen.
    pub(crate) fn shows(&self, saved: SavedView) -> bool {
        let visible = self.viewport.visible_blocks();
        let current = saved.cursor.position.block;
        let has_current = visible.is_some_and(|(first, last)| first <= current && current <= last);
        let has_top = || self.is_visible(saved.anchor.position);
        self.viewport.anchor() == saved.anchor || has_current && has_top()
    }

    /// Whether the same was at the top there.
    #[cfg(test)]
    pub(crate) fn has_same_top(&self, saved: SavedView) -> bool {
        self.viewport.anchor() == saved.anchor
    }

    /// What the reader put at the top, whatever the size of the screen.
    pub(crate) fn anchor(&self) -> Position {
        self.viewport.anchor().position
    }

    /// Puts the line of a position on top, or as near to it as the paper's end allows.
    pub(crate) fn scroll_to(&mut self, position: Position) {
        self.viewport.scroll_to(position, 0);
        self.move_cursor_to_first_whole();
    }

    /// Puts the line of a position on top, as it was when the paper was closed there.
    pub(crate) fn restore(&mut self, position: Position) {
        self.viewport.return_to(position.into());
        self.move_cursor_to_first_whole();
    }

    /// Where the reader is: the start of the current paragraph if it is visible, else the first
    /// position that is.
    pub(crate) fn reading_position(&self) -> Position {
        let start = Position::start_of(self.current_block());
        if self.is_visible(start) {
            start
        } else {
            self.anchor()
        }
    }

    /// The first position below the screen; none if the screen shows the paper's end.
    pub(crate) fn position_below(&self) -> Option<Position> {
        self.viewport.position_below()
    }

    pub(crate) fn is_visible(&self, position: Position) -> bool {
        self.viewport.is_visible(position)
    }

    /// Scrolls by rows. At the paper's ends, where the text cannot move, the cursor moves
    /// instead. A long way is left to [`View::continue_scroll`].
    pub(crate) fn scroll(&mut self, direction: Direction, rows: usize) {
        if self.viewport.scroll(direction, rows) {
            self.follow_scroll(ScrollUnit::Rows);
        } else {
            self.step_cursor(direction);
        }
    }

    /// Turns screens, keeping some rows of each; a long way as [`View::scroll`] does.
    pub(crate) fn turn(&mut self, direction: Direction, screens: usize) {
        if self.viewport.turn(direction, screens) {
            self.follow_scroll(ScrollUnit::Screens);
        } else {
            self.step_cursor(direction);
        }
    }

    /// Has each screen repeat this many rows of the one before.
    pub(crate) fn set_overlap(&mut self, rows: usize) {
        self.viewport.set_overlap(rows);
    }

    /// Whether the text is being scrolled a long way.
    pub(crate) fn is_scrolling(&self) -> bool {
        self.viewport.is_scrolling()
    }

    /// Scrolls a long way a step further.
    pub(crate) fn continue_scroll(&mut self) {
        if let Some(unit) = self.viewport.continue_scroll() {
            self.follow_scroll(unit);
        }
    }

    /// Stays where a long scroll has come so far.
    pub(crate) fn stop_scrolling(&mut self) {
        self.viewport.stop();
    }

    /// Makes a position visible and moves the cursor there: a heading at the top, anything else a
    /// third down, and nothing scrolls if it is visible already.
    pub(crate) fn show(&mut self, position: Position) {
        let block = self.document.paper().block(position.block);
        if block.is_some_and(|block| matches!(block.kind, Kind::Heading(_))) {
            self.viewport.scroll_to(position, 0);
            return self.move_cursor(position);
        }
        self.reveal(position);
    }

    /// Makes a position visible, a third down, and moves the cursor there. Nothing scrolls if it
    /// is visible already.
    pub(crate) fn reveal(&mut self, position: Position) {
        if !self.is_visible(position) {
            self.viewport.scroll_to(position, self.rows() / 3);
        }
        self.move_cursor(position);
    }

    /// Moves the cursor a number of paragraphs, and makes the first line there visible.
    pub(crate) fn step_paragraphs(&mut self, direction: Direction, times: usize) {
        self.viewport.set_page_break(None);
        let mut block = self.current_block();
        for _ in 0..times {
            block = match cursor::neighbour(self.document.paper(), block, direction) {
                Some(next) => next,
                None => break,
            };
        }
        let start = Position::start_of(block);
        self.cursor.position = start;
        if self.is_visible(start) {
            return;
        }
        let rows_above = match direction {
            Direction::Next => self.rows() / 3,
            Direction::Previous => 0,
        };
        self.viewport.scroll_to(start, rows_above);
    }

    pub(crate) fn go_to_end(&mut self, direction: Direction) {
        match direction {
            Direction::Previous => {
                self.viewport.scroll_to_start();
                self.cursor = Cursor::new(self.document.paper());
            }
            Direction::Next => {
                self.viewport.scroll_to_end();
                let beyond = BlockId(self.document.paper().blocks.len());
                self.cursor.position = Position::start_of(beyond);
                self.cursor
                    .keep_visible(self.document.paper(), &self.viewport);
            }
        }
    }

    /// Takes the sources whose mentions in the text can be chosen from now on.
    pub(crate) fn take_sources(&mut self, sources: Arc<Sources>) {
        self.targets.sources = Some(sources);
    }

    /// The markers, links and mentions on the screen, in reading order.
    pub(crate) fn targets(&self) -> Vec<(BlockId, Focus)> {
        self.targets.on_page(&self.page())
    }

    /// On which row of the page the marker, link or mention begins; none if it is not visible.
    pub(crate) fn row_of_target(&self, block: BlockId, focus: Focus) -> Option<usize> {
        let shows =
            |row: &LaidOutRow| row.row.block == block && self.targets.on_row(row).contains(&focus);
        self.page().iter().position(shows)
    }

    /// Chooses the next or previous marker or link on the screen, going round; first the one in
    /// or after the current paragraph.
    pub(crate) fn choose_next(&mut self, direction: Direction) {
        let current = self.current_block();
        self.targets.choose_next(&self.page(), direction, current);
        if let Some((block, _)) = self.targets.chosen {
            self.move_cursor(Position::start_of(block));
        }
    }

    /// What was chosen is so only while it is visible.
    pub(crate) fn forget_what_left(&mut self) {
        if let Some(chosen) = self.targets.chosen
            && !self.targets().contains(&chosen)
        {
            self.targets.chosen = None;
        }
    }

    fn follow_scroll(&mut self, unit: ScrollUnit) {
        match unit {
            ScrollUnit::Rows => self.cursor = self.visible_cursor(),
            ScrollUnit::Screens => self.move_cursor_to_first_whole(),
        }
    }

    fn visible_cursor(&self) -> Cursor {
        let mut cursor = self.cursor;
        cursor.keep_visible(self.document.paper(), &self.viewport);
        cursor
    }

    fn move_cursor_to_first_whole(&mut self) {
        let (paper, viewport) = (self.document.paper(), &self.viewport);
        self.cursor.move_to_first_whole(paper, viewport);
    }

    /// Where the text cannot move any further, the cursor does.
    fn step_cursor(&mut self, direction: Direction) {
        let current = self.current_block();
        let next = cursor::neighbour(self.document.paper(), current, direction);
        let block = next.unwrap_or(current);
        self.cursor.position = Position::start_of(block);
    }
}
