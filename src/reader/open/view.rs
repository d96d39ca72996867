//! Which part of the paper is on the screen, and what in it the keys act on.

mod columns;
mod cursor;
mod selected;
mod selection;
mod surface;
mod targets;
mod viewport;

use std::rc::Rc;
use std::sync::Arc;

use crate::document::Document;
use crate::layout::PageForm;
use crate::paper::{Block, BlockId, Position};
use crate::reader::action::{Direction, Focus, ScreenHeight};
use crate::reader::open::annotations::Annotations;
use crate::reader::open::figures::FigureRows;
use crate::reader::open::layout_cache::LaidOutRow;
use crate::shelf::TextChanges;
use crate::sources::Sources;
pub(crate) use columns::{ColumnRows, FilledColumns};
use cursor::Cursor;
use selected::NoteCursor;
pub(crate) use selection::{Object, Selection, SelectionEnd, Unit};
pub(crate) use surface::{Surface, TextPlace};
use targets::Targets;
pub(crate) use viewport::PutByReader;
use viewport::{ScrollAnchor, ScrollUnit, Viewport};

/// The reader's view of a paper.
#[derive(Debug)]
pub(crate) struct View {
    document: Arc<Document>,
    viewport: Viewport,
    cursor: Cursor,
    targets: Targets,
    selection: Option<Selection>,
    /// What was selected last, to be selected again.
    last_selection: Option<Selection>,
    note_cursor: Option<NoteCursor>,
}

/// A view to come back to: what was at the top, where keys acted, and what was chosen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct SavedView {
    anchor: ScrollAnchor,
    cursor: Cursor,
    pub(crate) chosen: Option<(BlockId, Focus)>,
}

impl SavedView {
    /// The same view of the text as it is after changes. What was chosen is so no more unless its
    /// block is as it was.
    pub(crate) fn carried(self, changes: &TextChanges) -> Self {
        let chosen = self.chosen.and_then(|(block, focus)| match focus {
            Focus::Marker(_) | Focus::Link(_) => Some((changes.same_block(block)?, focus)),
            _ => None,
        });
        let anchor = ScrollAnchor {
            position: changes.position(self.anchor.position),
            ..self.anchor
        };
        let cursor = Cursor {
            position: changes.position(self.cursor.position),
        };
        SavedView {
            anchor,
            cursor,
            chosen,
        }
    }
}

impl View {
    pub(crate) fn new(document: Arc<Document>) -> Self {
        View {
            viewport: Viewport::new(Arc::clone(&document)),
            cursor: Cursor::new(document.paper()),
            targets: Targets::default(),
            selection: None,
            last_selection: None,
            note_cursor: None,
            document,
        }
    }

    /// Takes over what a view of the same paper had before its text changed.
    pub(crate) fn carry_over(&mut self, before: &View, changes: &TextChanges) {
        let saved = SavedView {
            anchor: before.viewport.anchor(),
            cursor: before.cursor,
            chosen: before.targets.chosen,
        };
        let saved = saved.carried(changes);
        self.return_to(saved);
        self.targets.chosen = saved.chosen;
        let page_break = before.page_break();
        self.set_page_break(page_break.map(|position| changes.position(position)));
        let paper = self.document.paper();
        let carried = |selection: Selection| {
            let passage = changes.passage(selection.passage)?;
            let surface = match selection.surface {
                Surface::Page => Surface::Page,
                _ => Surface::Beside(paper.note_at(passage.start.block)?),
            };
            Some(Selection {
                passage,
                surface,
                ..selection
            })
        };
        self.selection = before.selection.and_then(carried);
        self.last_selection = before.last_selection.and_then(carried);
    }

    /// Fits the text into columns of this form and height. What was at the top stays there. At
    /// the paper's end the text can be scrolled until its last row is the last of `min_rows`.
    pub(crate) fn resize(&mut self, form: PageForm, rows: ColumnRows, min_rows: ColumnRows) {
        self.viewport.resize(form, rows, min_rows);
    }

    /// Leaves this many rows to the text, without moving it.
    pub(crate) fn set_rows(&mut self, rows: ColumnRows) {
        self.viewport.set_rows(rows);
    }

    /// Scrolls on if the rows that are left to the text do not show what the last move was to. Says
    /// whether the text has moved.
    pub(crate) fn keep_promise(&mut self) -> bool {
        self.viewport.keep_promise()
    }

    /// How many rows of text the page has room for, in all of its columns.
    pub(crate) fn rows(&self) -> usize {
        self.viewport.rows()
    }

    /// Whether the reader has not moved yet.
    pub(crate) fn is_as_opened(&self) -> bool {
        self.viewport.anchor().position == Position::default()
            && self.cursor == Cursor::new(self.document.paper())
            && self.targets.chosen.is_none()
    }

    /// The rows on the screen, in reading order; fewer than the screen has if the paper ends before.
    pub(crate) fn page(&self) -> Rc<FilledColumns> {
        self.viewport.page()
    }

    /// How many rows the image of a block takes.
    pub(crate) fn image_rows(&self, block: BlockId) -> usize {
        self.viewport.layouts().image_rows(block)
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

    /// Where the cursor is: the place that the last move led to while it is visible, else the
    /// first visible one of the current paragraph.
    pub(crate) fn cursor(&self) -> Position {
        let block = self.current_block();
        let own = self.cursor.position;
        if own.block == block && self.is_visible(own) {
            return own;
        }
        let page = self.page();
        let visible = page
            .iter()
            .find(|row| row.row.block == block && !row.is_blank());
        visible.map_or(Position::start_of(block), LaidOutRow::position)
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

    /// Shows a position a third down, and gives what the reader had put at the top.
    pub(crate) fn lend(&mut self, position: Position) -> PutByReader {
        let put = self.viewport.put_by_reader();
        self.viewport.scroll_to(position, self.rows() / 3);
        put
    }

    /// Has something at the top again as soon as the size changes, and moves nothing now.
    pub(crate) fn put_at_other_sizes(&mut self, put: PutByReader) {
        self.viewport.put_at_other_sizes(put);
    }

    /// Goes back to where the reader has put the text, if that is out of sight. Says whether it is.
    pub(crate) fn go_back(&mut self) -> bool {
        self.viewport.go_back()
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

    /// Scrolls until the cursor's line stands at a height of the screen, as far as the paper's ends
    /// allow. Returns whether the text has moved.
    pub(crate) fn raise(&mut self, height: ScreenHeight) -> bool {
        let (cursor, before) = (self.cursor(), self.viewport.top());
        let rows_above = match height {
            ScreenHeight::Top => 0,
            ScreenHeight::Middle => self.rows() / 2,
            ScreenHeight::Bottom => self.rows().saturating_sub(1),
        };
        self.viewport.scroll_to(cursor, rows_above);
        self.move_cursor(cursor);
        self.viewport.top() != before
    }

    /// The first position of the line of text at a height of the screen: of the first line, the
    /// middle one or the last, or of the one that is so many lines further in.
    pub(crate) fn position_at_height(&self, height: ScreenHeight, line: usize) -> Option<Position> {
        let page = self.page();
        let middle = page.len() / 2;
        let mut rows: Vec<_> = page.iter().enumerate().collect();
        rows.retain(|(_, row)| row.has_text());
        let last = rows.len().checked_sub(1)?;
        let index = match height {
            ScreenHeight::Top => line.min(last),
            ScreenHeight::Middle => rows.partition_point(|(row, _)| *row < middle).min(last),
            ScreenHeight::Bottom => last.saturating_sub(line),
        };
        rows.get(index).map(|(_, row)| row.position())
    }

    /// Makes a position visible and moves the cursor there: a heading at the top, anything else a
    /// third down, and nothing scrolls if it is visible already.
    pub(crate) fn show(&mut self, position: Position) {
        let block = self.document.paper().block(position.block);
        if block.is_some_and(Block::is_heading) {
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

    /// Takes what is kept: its highlights and marks can be chosen from now on.
    pub(crate) fn take_annotations(&mut self, annotations: Annotations) {
        self.viewport.set_marks(annotations.own.marks());
        self.targets.annotations = annotations;
    }

    /// Makes room for images: so many rows before the text of each block that has one.
    pub(crate) fn set_figures(&mut self, figures: &Arc<FigureRows>) {
        self.viewport.set_figures(figures);
    }

    /// Takes the sources whose mentions in the text can be chosen from now on.
    pub(crate) fn take_sources(&mut self, sources: Arc<Sources>) {
        self.targets.sources = Some(sources);
    }

    /// The markers, links and mentions on the screen, in reading order.
    pub(crate) fn targets(&self) -> Vec<(BlockId, Focus)> {
        self.targets.on_page(&self.page())
    }

    /// Whether there is any of them.
    pub(crate) fn has_targets(&self) -> bool {
        let page = self.page();
        page.iter().any(|row| !self.targets.on_row(row).is_empty())
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
        if let Some((block, focus)) = self.targets.chosen {
            let offset = self.targets.offset_of(self.document.paper(), block, focus);
            self.move_cursor(Position { block, offset });
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
