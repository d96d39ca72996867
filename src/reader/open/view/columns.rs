//! How the text falls on the columns of the page: one, or two that follow one another as the pages
//! of an open book do.

use std::ops::Deref;

use crate::reader::action::Direction;
use crate::reader::open::layout_cache::{CachedRow, LaidOutRow, LayoutCache};

/// How many rows of text each column of the page has room for. Where there is but one column, the
/// second has room for none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ColumnRows {
    pub(crate) first: usize,
    pub(crate) second: usize,
}

impl ColumnRows {
    pub(crate) fn total(self) -> usize {
        self.first + self.second
    }

    /// The first rows of the room, so many of them.
    pub(super) fn at_most(self, rows: usize) -> Self {
        let first = self.first.min(rows);
        ColumnRows {
            first,
            second: self.second.min(rows - first),
        }
    }
}

/// Rows of text in the columns of a page.
#[derive(Debug, Default)]
pub(crate) struct FilledColumns {
    /// In reading order.
    rows: Vec<LaidOutRow>,
    /// How many of them stand in the first column.
    in_first: usize,
}

/// To whatever takes the columns for one page, they are its rows.
impl Deref for FilledColumns {
    type Target = [LaidOutRow];

    fn deref(&self) -> &[LaidOutRow] {
        &self.rows
    }
}

impl FilledColumns {
    /// The text from a row on. Nothing is left out between the columns but the blank rows before
    /// a block that begins the second one.
    ///
    /// `second_at_least` is how many rows the second column always has, however high its foot: what
    /// goes on to it may not depend on notes that it then has at its foot.
    pub(super) fn new(
        layouts: &LayoutCache,
        top: CachedRow,
        room: ColumnRows,
        second_at_least: usize,
    ) -> Self {
        let mut rows = layouts.rows_from(top, room.first);
        let goes_on = after(layouts, &rows).filter(|_| room.second > 0);
        if let Some(next) = goes_on {
            let kept = rows_kept(layouts, &rows, next, second_at_least);
            rows.truncate(kept);
        }
        let in_first = rows.len();
        let begins = goes_on.and_then(|_| after(layouts, &rows));
        if let Some(begins) = begins.and_then(|row| without_blanks(layouts, row)) {
            rows.extend(layouts.rows_from(begins, room.second));
        }
        FilledColumns { rows, in_first }
    }

    /// How many of the rows stand in the first column.
    pub(crate) fn in_first(&self) -> usize {
        self.in_first
    }

    /// The rows of each column.
    pub(crate) fn columns(&self) -> [&[LaidOutRow]; 2] {
        let split = self.rows.split_at_checked(self.in_first);
        split.map_or([&self.rows, &[]], |(first, second)| [first, second])
    }

    /// The first row that there was no room for; none at the paper's end.
    pub(super) fn below(&self, layouts: &LayoutCache) -> Option<CachedRow> {
        after(layouts, &self.rows)
    }
}

fn after(layouts: &LayoutCache, rows: &[LaidOutRow]) -> Option<CachedRow> {
    layouts.step(rows.last()?.row, Direction::Next)
}

/// The row itself, or the first after it that is no blank one before a block.
fn without_blanks(layouts: &LayoutCache, row: CachedRow) -> Option<CachedRow> {
    let mut rows = std::iter::successors(Some(row), |&row| layouts.step(row, Direction::Next));
    rows.find(|&row| {
        let row = layouts.laid_out(row);
        row.is_some_and(|row| !row.is_blank() || layouts.is_of_image(&row))
    })
}

/// How many rows of a full column stay in it, `next` being the one after them. A heading does not
/// part from what it stands over, and no image is cut for which the next column has so much room.
fn rows_kept(layouts: &LayoutCache, rows: &[LaidOutRow], next: CachedRow, room: usize) -> usize {
    let mut kept = rows;
    let mut next = next.block;
    loop {
        let Some(last) = kept.last() else {
            // There is nothing but what would have to go.
            return rows.len();
        };
        let is_image = layouts.is_of_image(last) && last.row.block == next;
        let parted = if is_image {
            (layouts.image_rows(next) < room).then_some(next)
        } else {
            let text = kept.iter().rev().find(|row| !row.is_blank());
            text.map(|row| row.row.block)
                .filter(|&block| layouts.is_heading(block))
        };
        let Some(block) = parted else {
            return kept.len();
        };
        let stays = kept.partition_point(|row| row.row.block < block);
        kept = kept.get(..stays).unwrap_or_default();
        next = block;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use proptest::prelude::*;

    use crate::document::Document;
    use crate::formats;
    use crate::layout::generated;
    use crate::paper::{BlockId, Kind};

    /// A paper on lines of so many columns, some of its paragraphs with an image of so many rows.
    fn laid_out(markdown: &str, columns: u16, image: usize) -> LayoutCache {
        let paper = formats::markdown::parse(markdown).paper;
        let blocks = paper.blocks.iter().enumerate();
        let blocks = blocks.filter(|(_, block)| block.kind == Kind::Paragraph);
        let blocks = blocks.map(|(id, _)| BlockId(id));
        let images: BTreeMap<BlockId, usize> = match image {
            0 => BTreeMap::new(),
            _ => blocks.step_by(image).map(|block| (block, image)).collect(),
        };
        let document: Document = paper.into();
        let mut layouts = LayoutCache::new(Arc::new(document), columns);
        layouts.set_figures(&Arc::new(images));
        layouts
    }

    fn all_rows(layouts: &LayoutCache) -> Vec<CachedRow> {
        let rows = layouts.rows_from(CachedRow::default(), 10_000);
        rows.iter().map(|row| row.row).collect()
    }

    /// Holds the page that begins with one of the rows of a paper to what one column would show.
    fn hold(
        layouts: &LayoutCache,
        all: &[CachedRow],
        top: usize,
        room: ColumnRows,
        second_at_least: usize,
    ) {
        let page = FilledColumns::new(layouts, all[top], room, second_at_least);
        let (first, second) = page.rows.split_at(page.in_first);
        assert!(first.len() <= room.first && second.len() <= room.second);
        let one_after_another = |rows: &[LaidOutRow], from: usize| {
            let shown: Vec<CachedRow> = rows.iter().map(|row| row.row).collect();
            assert_eq!(shown, all[from..from + shown.len()]);
        };
        one_after_another(first, top);
        let end = top + first.len();
        let Some(begins) = second.first() else {
            assert!(room.second == 0 || all[end..].iter().all(|row| is_blank(layouts, *row)));
            return;
        };
        let start = all.iter().position(|row| *row == begins.row).unwrap();
        assert!(all[end..start].iter().all(|row| is_blank(layouts, *row)));
        assert!(!is_blank(layouts, begins.row), "a blank row is on top");
        one_after_another(second, start);
        assert_eq!(page.below(layouts).as_ref(), all.get(start + second.len()));
        let is_full = second.len() == room.second || start + second.len() == all.len();
        assert!(is_full, "there is room for more");
        nothing_is_parted(layouts, first, begins, second_at_least);
    }

    fn is_blank(layouts: &LayoutCache, row: CachedRow) -> bool {
        let row = layouts.laid_out(row).unwrap();
        row.is_blank() && !layouts.is_of_image(&row)
    }

    fn nothing_is_parted(
        layouts: &LayoutCache,
        first: &[LaidOutRow],
        begins: &LaidOutRow,
        second_at_least: usize,
    ) {
        let block = begins.row.block;
        let would_go = |row: &LaidOutRow| {
            let own = row.row.block;
            layouts.is_heading(own) || own == block
        };
        if first.iter().all(would_go) {
            // Nothing would be left.
            return;
        }
        let last = first.iter().rev().find(|row| !row.is_blank()).unwrap();
        let above = first.last().unwrap();
        let is_cut = layouts.is_of_image(above) && above.row.block == block;
        let is_short = layouts.image_rows(block) < second_at_least;
        assert!(!is_cut || !is_short, "an image is cut");
        let is_parted = layouts.is_heading(last.row.block) && !is_cut;
        assert!(!is_parted, "a heading stands last");
    }

    proptest! {
        #[test]
        fn two_columns_show_what_one_would_and_part_nothing_that_belongs_together(
            markdown in generated::markdown(),
            columns in 20u16..70,
            first in 1usize..24,
            second in 0usize..24,
            foot in 0usize..9,
            image in 0usize..9,
        ) {
            let layouts = laid_out(&markdown, columns, image);
            let all = all_rows(&layouts);
            for top in 0..all.len() {
                let room = ColumnRows { first, second };
                hold(&layouts, &all, top, room, second.saturating_sub(foot));
            }
        }
    }

    #[test]
    fn no_more_is_laid_out_than_the_columns_show() {
        let paper = "line\n\n".repeat(3_000);
        let layouts = laid_out(&paper, 60, 0);
        let room = ColumnRows {
            first: 30,
            second: 30,
        };
        let top = CachedRow {
            block: BlockId(1_500),
            line: 0,
        };
        let page = FilledColumns::new(&layouts, top, room, room.second);
        assert_eq!(page.rows.len(), 60);
        assert!(layouts.blocks_laid_out() <= 62);
    }

    #[test]
    fn headings_begin_the_second_column_with_what_they_stand_over() {
        let layouts = laid_out("one\n\ntwo\n\n# Three\n\n## Four\n\nfive\n", 30, 0);
        let all = all_rows(&layouts);
        let row_of = |block| {
            all.iter()
                .position(|row| row.block == BlockId(block))
                .unwrap()
        };
        for first in row_of(3)..row_of(5) {
            let room = ColumnRows { first, second: 20 };
            let page = FilledColumns::new(&layouts, CachedRow::default(), room, room.second);
            let begins = page.rows[page.in_first].row;
            assert_eq!(begins.block, BlockId(3), "with {first} rows");
        }
        let room = ColumnRows {
            first: row_of(5) + 2,
            second: 20,
        };
        let page = FilledColumns::new(&layouts, CachedRow::default(), room, room.second);
        assert_eq!(page.rows.len(), page.in_first, "all fits the first column");
    }
}
