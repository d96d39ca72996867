//! Which rows of the paper are on the screen, and scrolling them.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use crate::document::Document;
use crate::layout::PageForm;
use crate::paper::{BlockId, Position};
use crate::reader::action::Direction;
use crate::reader::open::figures::FigureRows;
use crate::reader::open::layout_cache::{CachedRow, LayoutCache};
use crate::reader::open::own_notes::OwnMarks;
use crate::reader::open::view::columns::{ColumnRows, FilledColumns};

/// How many rows the text is scrolled in one go. Rows have to be laid out to be counted, and a
/// count may ask for millions.
const MAX_ROWS_PER_STEP: usize = 2_000;

/// How wide the text is thought to be as long as nobody has said it, in columns.
const USUAL_COLUMNS: u16 = 68;

/// The part of the paper that is on the screen.
#[derive(Debug)]
pub(super) struct Viewport {
    layouts: LayoutCache,
    rows: ColumnRows,
    /// Rows that are left for the text when the foot of the page takes all that it may.
    min_rows: ColumnRows,
    /// What the reader put at the top. Only the reader's own moves change it, so that any number
    /// of resizes leads back to the same line.
    anchor: ScrollAnchor,
    /// Where the anchor falls for the current width and height.
    top: CachedRow,
    /// The rows that were on the screen when they were last asked for.
    page: RefCell<PageRows>,
    /// The first place that the last turn of a screen made visible.
    page_break: Option<Position>,
    /// What the last move is to show, until it is known how many rows the foot of the page takes.
    promise: Option<Promise>,
    /// What is left of a scroll that takes several steps.
    pending: Option<Scroll>,
    /// How many rows of a screen the next one repeats.
    overlap_rows: usize,
}

/// The top of the screen, in terms of the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ScrollAnchor {
    pub(super) position: Position,
    /// Rows before the position's that are visible as well and show no text: blank ones before
    /// its block, or a line in a table.
    pub(super) rows_above: usize,
}

/// What the reader has put on the screen, by moves of their own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PutByReader {
    anchor: ScrollAnchor,
    page_break: Option<Position>,
}

/// Rows on the screen. They follow from the rest, so that as long as that is the same nothing is
/// laid out or put together again.
#[derive(Debug, Default)]
struct PageRows {
    columns: u16,
    /// How many rows there is room for.
    room: ColumnRows,
    top: CachedRow,
    filled: Rc<FilledColumns>,
}

/// A row that a move is to show, and how far on the text may be scrolled for that.
#[derive(Debug, Clone, Copy)]
struct Promise {
    row: CachedRow,
    furthest_top: CachedRow,
}

/// A scroll by a number of rows or screens.
#[derive(Debug, Clone, Copy)]
struct Scroll {
    direction: Direction,
    times: usize,
    unit: ScrollUnit,
}

/// What a scroll is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScrollUnit {
    Rows,
    Screens,
}

impl Viewport {
    pub(super) fn new(document: Arc<Document>) -> Self {
        let layouts = LayoutCache::new(document, USUAL_COLUMNS);
        let first = layouts.laid_out(CachedRow::default());
        let anchor = ScrollAnchor {
            rows_above: first.map_or(0, |first| first.layout.lead),
            ..ScrollAnchor::default()
        };
        Viewport {
            layouts,
            rows: ColumnRows::default(),
            min_rows: ColumnRows::default(),
            anchor,
            top: CachedRow::default(),
            page: RefCell::default(),
            page_break: None,
            promise: None,
            overlap_rows: 0,
            pending: None,
        }
    }

    /// Fits the text into columns of this form and height. What was at the top stays there. At
    /// the paper's end the text can be scrolled until its last row is the last of `min_rows`.
    pub(super) fn resize(&mut self, form: PageForm, rows: ColumnRows, min_rows: ColumnRows) {
        self.rows = rows;
        if (self.layouts.form(), self.min_rows) == (form, min_rows) {
            return;
        }
        self.layouts.set_form(form);
        self.min_rows = min_rows;
        self.lay_out_again();
    }

    /// Sets these marks of the reader's notes into the text. What was at the top stays there.
    pub(super) fn set_marks(&mut self, marks: &Arc<OwnMarks>) {
        if self.layouts.set_marks(marks) {
            self.lay_out_again();
        }
    }

    /// Makes room for images in the text. What was at the top stays there.
    pub(super) fn set_figures(&mut self, figures: &Arc<FigureRows>) {
        if self.layouts.set_figures(figures) {
            self.lay_out_again();
        }
    }

    fn lay_out_again(&mut self) {
        self.page.take();
        self.promise = None;
        self.top = self.nearest_top(self.row_of_anchor());
    }

    /// Leaves this many rows to the text, without moving it.
    pub(super) fn set_rows(&mut self, rows: ColumnRows) {
        self.rows = rows;
    }

    /// Scrolls on if the rows that are left to the text do not show what the last move was to. Says
    /// whether the text has moved.
    pub(super) fn keep_promise(&mut self) -> bool {
        let Some(promise) = self.promise.take() else {
            return false;
        };
        let is_kept = self
            .page()
            .last()
            .is_none_or(|last| promise.row <= last.row);
        if is_kept {
            return false;
        }
        let top = self.first_top_reaching(promise.row, self.rows);
        let (before, top) = (self.top, top.min(promise.furthest_top));
        if top <= before {
            return false;
        }
        self.set_top(top);
        self.promise = Some(promise);
        self.top > before
    }

    /// How many rows of text the page has room for.
    pub(super) fn rows(&self) -> usize {
        self.rows.total()
    }

    /// The rows on the screen, in reading order; fewer than the screen has if the paper ends before.
    pub(super) fn page(&self) -> Rc<FilledColumns> {
        let mut page = self.page.borrow_mut();
        let columns = self.layouts.columns();
        if (page.columns, page.room, page.top) != (columns, self.rows, self.top) {
            *page = PageRows {
                columns,
                room: self.rows,
                top: self.top,
                filled: Rc::new(self.filled(self.top, self.rows)),
            };
        }
        Rc::clone(&page.filled)
    }

    /// The page with this top and so much room.
    fn filled(&self, top: CachedRow, room: ColumnRows) -> FilledColumns {
        FilledColumns::new(&self.layouts, top, room, self.min_rows.second)
    }

    pub(super) fn page_break(&self) -> Option<Position> {
        self.page_break
    }

    pub(super) fn set_page_break(&mut self, position: Option<Position>) {
        self.page_break = position;
    }

    /// The first visible position.
    pub(super) fn top(&self) -> Position {
        let top = self.layouts.laid_out(self.top);
        top.map_or(self.anchor.position, |row| row.position())
    }

    /// What the reader put at the top, whatever the size of the screen.
    pub(super) fn anchor(&self) -> ScrollAnchor {
        self.anchor
    }

    /// What the reader has put on the screen, whatever its size.
    pub(super) fn put_by_reader(&self) -> PutByReader {
        PutByReader {
            anchor: self.anchor,
            page_break: self.page_break,
        }
    }

    /// Has it there again when the size changes, and moves nothing now.
    pub(super) fn put_at_other_sizes(&mut self, put: PutByReader) {
        self.anchor = put.anchor;
        self.page_break = put.page_break;
    }

    /// Goes back to where the reader has put the text, if that is out of sight. Says whether it is.
    pub(super) fn go_back(&mut self) -> bool {
        let is_away = self.rows() > 0 && !self.is_visible(self.anchor.position);
        if is_away {
            self.lay_out_again();
        }
        is_away
    }

    pub(super) fn return_to(&mut self, anchor: ScrollAnchor) {
        self.anchor = anchor;
        self.page_break = None;
        self.promise = None;
        self.top = self.nearest_top(self.row_of_anchor());
    }

    /// The first position below the screen; none if the screen shows the paper's end.
    pub(super) fn position_below(&self) -> Option<Position> {
        let last = self.page().last()?.row;
        let below = self.layouts.step(last, Direction::Next)?;
        self.layouts.laid_out(below).map(|row| row.position())
    }

    pub(super) fn is_visible(&self, position: Position) -> bool {
        let row = self.layouts.row_of(position);
        self.page().iter().any(|visible| visible.row == row)
    }

    /// The first and the last block with a visible row of text.
    pub(super) fn visible_blocks(&self) -> Option<(BlockId, BlockId)> {
        let page = self.page();
        let mut with_text = page
            .iter()
            .filter(|row| !row.is_blank())
            .map(|row| row.row.block);
        let first = with_text.next()?;
        Some((first, with_text.next_back().unwrap_or(first)))
    }

    /// The blocks whose first row of text is visible, from the top.
    pub(super) fn blocks_that_begin(&self) -> Vec<BlockId> {
        let page = self.page();
        let begin = page.iter().filter(|row| row.row.line == row.layout.lead);
        begin.map(|row| row.row.block).collect()
    }

    /// Scrolls by rows, a long way only in part: [`Viewport::continue_scroll`] does the rest.
    /// Says whether the text has moved.
    pub(super) fn scroll(&mut self, direction: Direction, rows: usize) -> bool {
        self.scroll_by(Scroll {
            direction,
            times: rows,
            unit: ScrollUnit::Rows,
        })
    }

    /// Turns screens, keeping two rows of each; otherwise as [`Viewport::scroll`].
    pub(super) fn turn(&mut self, direction: Direction, screens: usize) -> bool {
        let below = self.position_below();
        let has_moved = self.scroll_by(Scroll {
            direction,
            times: screens,
            unit: ScrollUnit::Screens,
        });
        if has_moved {
            self.page_break = below.filter(|_| direction == Direction::Next);
        }
        has_moved
    }

    pub(super) fn set_overlap(&mut self, rows: usize) {
        self.overlap_rows = rows;
    }

    pub(super) fn is_scrolling(&self) -> bool {
        self.pending.is_some()
    }

    /// Scrolls a long way a step further. Gives what it is counted in if the text has moved.
    pub(super) fn continue_scroll(&mut self) -> Option<ScrollUnit> {
        let scroll = self.pending.take()?;
        self.scroll_by(scroll).then_some(scroll.unit)
    }

    /// Stays where a long scroll has come so far.
    pub(super) fn stop(&mut self) {
        self.pending = None;
    }

    fn scroll_by(&mut self, scroll: Scroll) -> bool {
        let rows_each = match scroll.unit {
            ScrollUnit::Rows => 1,
            ScrollUnit::Screens => self.rows().max(1),
        };
        let step = scroll.times.min((MAX_ROWS_PER_STEP / rows_each).max(1));
        let before = self.top;
        let (mut from, mut top) = (before, before);
        match scroll.unit {
            ScrollUnit::Rows => top = self.layouts.row_at(before, scroll.direction, step),
            ScrollUnit::Screens => {
                for _ in 0..step {
                    (from, top) = (top, self.turned(top, scroll.direction));
                }
            }
        }
        self.set_top(top);
        if self.top == before {
            return false;
        }
        if (scroll.unit, scroll.direction) == (ScrollUnit::Screens, Direction::Previous) {
            let back = |row| self.layouts.row_at(row, Direction::Previous, 1);
            let repeated = self
                .layouts
                .row_at(from, Direction::Next, self.overlap_rows);
            self.promise = Some(Promise {
                row: back(repeated),
                furthest_top: back(from),
            });
        }
        let times = scroll.times - step;
        self.pending = (times > 0).then_some(Scroll { times, ..scroll });
        true
    }

    /// The top of the screen after or before the one with this top.
    fn turned(&self, top: CachedRow, direction: Direction) -> CachedRow {
        let step = |row, rows| self.layouts.row_at(row, Direction::Next, rows);
        let back = |row, rows| self.layouts.row_at(row, Direction::Previous, rows);
        match direction {
            Direction::Next => {
                let page = self.filled(top, self.rows);
                let below = page.below(&self.layouts);
                let below = below.unwrap_or_else(|| self.layouts.last());
                back(below, self.overlap_rows).max(step(top, 1))
            }
            Direction::Previous => {
                let nearest = back(top, 1);
                let last = match self.overlap_rows.checked_sub(1) {
                    Some(rows) => step(top, rows),
                    None => nearest,
                };
                self.first_top_reaching(last, self.rows).min(nearest)
            }
        }
    }

    /// The first top of a page with so much room that ends with a row or, where none does, after it.
    fn first_top_reaching(&self, row: CachedRow, room: ColumnRows) -> CachedRow {
        let above = room.total().saturating_sub(1);
        let mut top = self.layouts.row_at(row, Direction::Previous, above);
        if room.second == 0 {
            return top;
        }
        let reaches = |top: CachedRow| {
            let page = self.filled(top, room);
            page.last().is_some_and(|last| row <= last.row)
        };
        // A page has fewer rows where the first column is not filled,
        while top < row && !reaches(top) {
            top = self.layouts.row_at(top, Direction::Next, 1);
        }
        // and reaches further where blank ones are left out between the columns.
        let before = |top| self.layouts.step(top, Direction::Previous);
        while let Some(earlier) = before(top).filter(|top| reaches(*top)) {
            top = earlier;
        }
        top
    }

    /// Puts the row of a position below a number of others, or as near to it as the paper's ends
    /// allow.
    pub(super) fn scroll_to(&mut self, position: Position, rows_above: usize) {
        let row = self.layouts.row_of(position);
        let room = self.rows.at_most(rows_above.saturating_add(1));
        self.set_top(self.first_top_reaching(row, room));
        self.promise = Some(Promise {
            row,
            furthest_top: row,
        });
    }

    /// Scrolls no further than it takes to make a position visible.
    pub(super) fn scroll_into_view(&mut self, position: Position) {
        let rows = self.rows();
        if rows == 0 || self.is_visible(position) {
            return;
        }
        let is_above = position < self.top();
        let rows_above = if is_above { 0 } else { rows - 1 };
        self.scroll_to(position, rows_above);
    }

    /// The rows of the text, laid out as they are on the page.
    pub(super) fn layouts(&self) -> &LayoutCache {
        &self.layouts
    }

    pub(super) fn scroll_to_start(&mut self) {
        self.set_top(CachedRow::default());
    }

    pub(super) fn scroll_to_end(&mut self) {
        self.set_top(self.max_top());
    }

    fn set_top(&mut self, row: CachedRow) {
        self.page_break = None;
        self.promise = None;
        self.top = self.nearest_top(row);
        self.anchor = self.anchor_of(self.top);
    }

    /// The row if the text can be scrolled so far, else the furthest one. Where a screen follows,
    /// the paper's end is not looked at.
    fn nearest_top(&self, row: CachedRow) -> CachedRow {
        let page = self.filled(row, self.min_rows);
        match page.below(&self.layouts) {
            Some(_) => row,
            None => self.max_top().min(row),
        }
    }

    /// The furthest that the text can be scrolled: until its last row is on the page, however high
    /// the foot.
    fn max_top(&self) -> CachedRow {
        self.first_top_reaching(self.layouts.last(), self.min_rows)
    }

    fn anchor_of(&self, top: CachedRow) -> ScrollAnchor {
        let Some(row) = self.layouts.laid_out(top) else {
            return ScrollAnchor::default();
        };
        let (offset, rows_above) = row.layout.place_of(top.line);
        let block = top.block;
        ScrollAnchor {
            position: Position { block, offset },
            rows_above,
        }
    }

    fn row_of_anchor(&self) -> CachedRow {
        let ScrollAnchor {
            position,
            rows_above,
        } = self.anchor;
        let layout = self.layouts.layout(position.block);
        CachedRow {
            block: position.block,
            line: layout.map_or(0, |layout| layout.line_at(position.offset, rows_above)),
        }
    }
}

impl From<Position> for ScrollAnchor {
    fn from(position: Position) -> Self {
        ScrollAnchor {
            position,
            rows_above: 0,
        }
    }
}
