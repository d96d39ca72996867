//! The paper as rows at one width, laid out block by block as they come into view.

use std::cell::RefCell;
use std::collections::HashMap;
use std::mem;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use crate::document::Document;
use crate::layout::{self, Layout, Line, PageForm};
use crate::paper::{Block, BlockId, Position};
use crate::reader::action::Direction;
use crate::reader::open::figures::{self, FigureRows};
use crate::reader::open::own_notes::OwnMarks;

/// How many lines are kept laid out, or one block if that has more, and as many again of what
/// was needed before. A screen needs a few dozen; the rest spares laying out again what was
/// scrolled past a moment ago.
const MAX_YOUNG_LINES: usize = 2048;

/// A line of a block, for the width of the moment. Never stored beyond it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CachedRow {
    pub(crate) block: BlockId,
    /// Index into the lines of the block's layout.
    pub(crate) line: usize,
}

/// A row together with the layout that it is a line of.
#[derive(Debug, Clone)]
pub(crate) struct LaidOutRow {
    pub(crate) row: CachedRow,
    pub(crate) layout: Rc<Layout>,
}

impl LaidOutRow {
    pub(crate) fn line(&self) -> Option<&Line> {
        self.layout.lines.get(self.row.line)
    }

    /// Whether the row is one of the blank ones before a block.
    pub(crate) fn is_blank(&self) -> bool {
        self.row.line < self.layout.lead
    }

    /// Whether the row shows a part of the text.
    pub(crate) fn has_text(&self) -> bool {
        let mut runs = self.line().into_iter().flat_map(|line| &line.runs);
        !self.is_blank() && runs.any(|run| !run.source.is_empty())
    }

    /// The place of the text that is nearest to a column of the row.
    pub(crate) fn position_at(&self, column: u16) -> Position {
        Position {
            block: self.row.block,
            offset: self.layout.offset_at(self.row.line, column),
        }
    }

    /// The first position that the row shows; a blank row stands for its block's start.
    pub(crate) fn position(&self) -> Position {
        Position {
            block: self.row.block,
            offset: self.layout.start_of(self.row.line),
        }
    }
}

/// The rows of a paper at one width.
///
/// Layout is a function of block, form of the page, the marks in the block and the rows of its image, so what is kept of it here is
/// never out of date.
#[derive(Debug)]
pub(crate) struct LayoutCache {
    document: Arc<Document>,
    form: PageForm,
    /// The marks of the reader's notes.
    marks: Arc<OwnMarks>,
    /// Rows that images take.
    figures: Arc<FigureRows>,
    layouts: RefCell<Generations>,
}

/// Layouts in two generations, so that those of a screen are kept however long its blocks are.
#[derive(Debug, Default)]
struct Generations {
    young: HashMap<BlockId, Rc<Layout>>,
    /// Lines of the young ones.
    lines: usize,
    old: HashMap<BlockId, Rc<Layout>>,
}

impl Generations {
    /// The layout of the block, made if it is not kept.
    fn get_or_make(&mut self, id: BlockId, make: impl FnOnce() -> Layout) -> Rc<Layout> {
        if let Some(layout) = self.young.get(&id) {
            return Rc::clone(layout);
        }
        let layout = self.old.remove(&id).unwrap_or_else(|| Rc::new(make()));
        if self.lines > MAX_YOUNG_LINES {
            self.old = mem::take(&mut self.young);
            self.lines = 0;
        }
        self.lines += layout.lines.len();
        self.young.insert(id, Rc::clone(&layout));
        layout
    }

    /// Forgets the layouts of all other blocks.
    fn retain(&mut self, stays: impl Fn(BlockId) -> bool) {
        self.young.retain(|id, _| stays(*id));
        self.old.retain(|id, _| stays(*id));
        let lines = self.young.values().map(|layout| layout.lines.len());
        self.lines = lines.sum();
    }
}

impl LayoutCache {
    pub(crate) fn new(document: Arc<Document>, columns: u16) -> Self {
        LayoutCache {
            document,
            form: columns.into(),
            marks: Arc::default(),
            figures: Arc::default(),
            layouts: RefCell::default(),
        }
    }

    /// Columns of a line of running text.
    pub(crate) fn columns(&self) -> u16 {
        self.form.columns
    }

    pub(crate) fn form(&self) -> PageForm {
        self.form
    }

    pub(crate) fn set_form(&mut self, form: PageForm) {
        if self.form != form {
            let before = mem::replace(&mut self.form, form);
            let paper = self.document.paper();
            self.layouts.get_mut().retain(|id| {
                let block = paper.block(id);
                block.is_some_and(|block| layout::is_alike_on(block, before, form))
            });
        }
    }

    /// Sets these marks of the reader's notes in. Returns whether any are others than before.
    pub(crate) fn set_marks(&mut self, marks: &Arc<OwnMarks>) -> bool {
        let differing = self.marks.differing(marks);
        let layouts = self.layouts.get_mut();
        for block in &differing {
            layouts.young.remove(block);
            layouts.old.remove(block);
        }
        self.marks = Arc::clone(marks);
        !differing.is_empty()
    }

    /// Makes room for images. Returns whether any has other rows than before.
    pub(crate) fn set_figures(&mut self, figures: &Arc<FigureRows>) -> bool {
        if Arc::ptr_eq(&self.figures, figures) {
            return false;
        }
        let before = mem::replace(&mut self.figures, Arc::clone(figures));
        let is_alike = |id: &BlockId| before.get(id) == figures.get(id);
        self.layouts.get_mut().retain(|id| is_alike(&id));
        !before.keys().chain(figures.keys()).all(is_alike)
    }

    /// The row of the block's line, with its layout; none beyond the paper's end.
    pub(crate) fn laid_out(&self, row: CachedRow) -> Option<LaidOutRow> {
        let layout = self.layout(row.block)?;
        (row.line < layout.lines.len()).then_some(LaidOutRow { row, layout })
    }

    /// The row that shows the position.
    pub(crate) fn row_of(&self, position: Position) -> CachedRow {
        let line = self
            .layout(position.block)
            .map_or(0, |layout| layout.line_of(position.offset));
        CachedRow {
            block: position.block,
            line,
        }
    }

    /// How many rows the image of a block takes.
    pub(crate) fn image_rows(&self, block: BlockId) -> usize {
        self.figures.get(&block).copied().unwrap_or(0)
    }

    /// Whether a row shows a part of an image.
    pub(crate) fn is_of_image(&self, row: &LaidOutRow) -> bool {
        let rows = self.image_rows(row.row.block);
        row.is_blank() && row.row.line + rows >= row.layout.lead
    }

    pub(crate) fn is_heading(&self, block: BlockId) -> bool {
        let block = self.document.paper().block(block);
        block.is_some_and(Block::is_heading)
    }

    /// The row after or before this one; none at the paper's end or start.
    pub(crate) fn step(&self, row: CachedRow, direction: Direction) -> Option<CachedRow> {
        match direction {
            Direction::Next => {
                let lines = self.layout(row.block)?.lines.len();
                if row.line + 1 < lines {
                    return Some(CachedRow {
                        line: row.line + 1,
                        ..row
                    });
                }
                let block = (row.block.0 + 1..self.document.paper().blocks.len())
                    .map(BlockId)
                    .find(|&block| self.line_count(block) > 0)?;
                Some(CachedRow { block, line: 0 })
            }
            Direction::Previous => {
                if let Some(line) = row.line.checked_sub(1) {
                    return Some(CachedRow { line, ..row });
                }
                let block = (0..row.block.0)
                    .rev()
                    .map(BlockId)
                    .find(|&block| self.line_count(block) > 0)?;
                Some(CachedRow {
                    block,
                    line: self.line_count(block) - 1,
                })
            }
        }
    }

    /// The place a number of lines away from another, in the same column and within some blocks.
    /// Rows without text do not count.
    pub(crate) fn lines_away(
        &self,
        from: Position,
        direction: Direction,
        lines: usize,
        within: &Range<usize>,
    ) -> Position {
        let Some(layout) = self.layout(from.block) else {
            return from;
        };
        let (line, column) = layout.column_of(from.offset);
        let mut row = CachedRow {
            block: from.block,
            line,
        };
        let mut found = from;
        for _ in 0..lines {
            let with_text = |row: &CachedRow| self.laid_out(*row).is_some_and(|it| it.has_text());
            let rows =
                std::iter::successors(self.step(row, direction), |&row| self.step(row, direction));
            let mut rows = rows.take_while(|row| within.contains(&row.block.0));
            let Some(next) = rows.find(with_text) else {
                break;
            };
            row = next;
            if let Some(layout) = self.layout(row.block) {
                found = Position {
                    block: row.block,
                    offset: layout.offset_at(row.line, column),
                };
            }
        }
        found
    }

    /// The row so many rows away, or the furthest one there is.
    pub(crate) fn row_at(&self, row: CachedRow, direction: Direction, rows: usize) -> CachedRow {
        let mut here = row;
        for _ in 0..rows {
            match self.step(here, direction) {
                Some(next) => here = next,
                None => break,
            }
        }
        here
    }

    /// Up to so many rows, from this one on.
    pub(crate) fn rows_from(&self, row: CachedRow, rows: usize) -> Vec<LaidOutRow> {
        let mut found = Vec::with_capacity(rows);
        let mut next = Some(row);
        while let Some(row) = next.filter(|_| found.len() < rows) {
            found.extend(self.laid_out(row));
            next = self.step(row, Direction::Next);
        }
        found
    }

    /// The paper's last row.
    pub(crate) fn last(&self) -> CachedRow {
        let block = BlockId(self.document.paper().blocks.len().saturating_sub(1));
        CachedRow {
            block,
            line: self.line_count(block).saturating_sub(1),
        }
    }

    /// How many blocks are kept laid out.
    #[cfg(test)]
    pub(crate) fn blocks_laid_out(&self) -> usize {
        let layouts = self.layouts.borrow();
        layouts.young.len() + layouts.old.len()
    }

    fn line_count(&self, block: BlockId) -> usize {
        self.layout(block).map_or(0, |layout| layout.lines.len())
    }

    /// The block's layout, if the paper has the block.
    pub(crate) fn layout(&self, id: BlockId) -> Option<Rc<Layout>> {
        let block = self.document.paper().block(id)?;
        let mut layouts = self.layouts.borrow_mut();
        Some(layouts.get_or_make(id, || {
            let mut layout = layout::lay_out_page(block, self.form, self.marks.in_block(id));
            if let Some(rows) = self.figures.get(&id) {
                figures::make_room(&mut layout, *rows);
            }
            layout
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::markdown::parse;

    #[test]
    fn a_page_with_more_room_beside_its_lines_has_only_code_and_tables_laid_out_again() {
        let paper = parse("One.\n\n```\ntwo\n```\n\nThree.\n").paper;
        let mut cache = LayoutCache::new(Arc::new(Document::from(paper)), 20);
        let _ = cache.rows_from(CachedRow::default(), 9);
        let kept = cache.blocks_laid_out();
        cache.set_form(PageForm {
            wide_columns: 40,
            ..PageForm::from(20)
        });
        assert_eq!(cache.blocks_laid_out(), kept - 1);
        cache.set_form(PageForm::from(30));
        assert_eq!(cache.blocks_laid_out(), 0);
    }
}
