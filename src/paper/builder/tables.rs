//! Tables: rows of cells, which hold running text and no blocks.

use std::ops::Range;

use super::PaperBuilder;
use super::blocks::{BlockShape, OpenKind};
use crate::paper::rich::Rich;
use crate::paper::{Alignment, Kind, Nest, ProblemKind, SourceLocation, Table, bare_links, split};

/// So many cells a table may have for each byte of its text, besides [`SPARE_CELLS`]. A row has
/// as many cells as the widest one, so that a few bytes of a hostile table may mean millions.
const CELLS_PER_BYTE: usize = 4;

/// So many cells a table may always have.
const SPARE_CELLS: usize = 100_000;

/// The shape of a table while its cells are being read.
#[derive(Debug)]
pub(super) struct TableDraft {
    table: Table,
    /// Where the open cell begins.
    cell_from: Option<usize>,
    /// Whether a block has begun or ended in the cell since its last word.
    is_parted: bool,
    /// How many tables are open within the cell.
    nested: usize,
}

impl TableDraft {
    fn new(alignments: &[Alignment]) -> Self {
        TableDraft {
            table: Table {
                alignments: alignments.to_vec(),
                heads: None,
                rows: Vec::new(),
            },
            cell_from: None,
            is_parted: false,
            nested: 0,
        }
    }

    /// Opens a row; a row without cells is none, and serves again.
    fn open_row(&mut self) {
        if self.table.rows.is_empty() || self.is_in_row() {
            let columns = self.table.alignments.len();
            self.table.rows.push(Vec::with_capacity(columns));
        }
    }

    /// Whether cells of this row have been read.
    fn is_in_row(&self) -> bool {
        self.table.rows.last().is_some_and(|row| !row.is_empty())
    }

    /// How many columns the table has: as many as its widest row has cells.
    fn columns(&self) -> usize {
        let widest = self.table.rows.iter().map(Vec::len).max();
        self.table.alignments.len().max(widest.unwrap_or(0))
    }

    /// Whether the table has far more cells than text.
    fn is_overgrown(&self, bytes: usize) -> bool {
        let most = bytes
            .saturating_mul(CELLS_PER_BYTE)
            .saturating_add(SPARE_CELLS);
        self.columns().saturating_mul(self.table.rows.len()) > most
    }

    /// The table; a row that lacks cells gets empty ones at its end.
    fn finish(mut self) -> Table {
        self.table.rows.retain(|row| !row.is_empty());
        let columns = self.columns();
        self.table.alignments.resize(columns, Alignment::Left);
        for row in &mut self.table.rows {
            let end: Range<usize> = row.last().map_or(0..0, |cell| cell.end..cell.end);
            row.resize(columns, end);
        }
        self.table
    }
}

impl PaperBuilder {
    /// Begins a table, and ends the block before. Rows may have more cells than there are
    /// alignments. The first row is the heads. A table within a cell is only the cell's text.
    pub fn begin_table(&mut self, alignments: &[Alignment]) {
        if self.is_in_cell() {
            if let Some(table) = self.table() {
                table.nested += 1;
            }
            return self.part_cell();
        }
        self.open_block(OpenKind::Table(TableDraft::new(alignments)), false);
    }

    /// Begins a row of the table.
    pub fn begin_row(&mut self) {
        if self.is_in_nested_table() {
            return self.part_cell();
        }
        self.close_cell();
        if let Some(table) = self.table() {
            table.open_row();
        }
    }

    /// Begins a cell of the row.
    pub fn begin_cell(&mut self) {
        if self.is_in_nested_table() {
            return self.part_cell();
        }
        self.close_cell();
        let Some(table) = self.table() else {
            return;
        };
        if table.table.rows.is_empty() {
            table.open_row();
        }
        let (is_in_row, is_first) = (table.is_in_row(), table.table.rows.len() < 2);
        if is_in_row {
            self.inline.push_cell_end();
        } else if !is_first {
            self.inline.push_line_end();
        }
        let at = self.inline.len();
        if let Some(table) = self.table() {
            table.cell_from = Some(at);
            table.is_parted = false;
        }
    }

    /// Ends the cell, without spaces at its end.
    pub fn end_cell(&mut self) {
        if !self.is_in_nested_table() {
            self.close_cell();
        }
    }

    /// Ends the row.
    pub fn end_row(&mut self) {
        if !self.is_in_nested_table() {
            self.close_cell();
        }
    }

    /// Ends the table.
    pub fn end_table(&mut self) {
        if self.is_in_nested_table() {
            if let Some(table) = self.table() {
                table.nested -= 1;
            }
            self.part_cell();
        } else if self.table().is_some() {
            self.finish_block();
        }
    }

    /// Whether running text goes to a table.
    pub(super) fn is_in_table(&self) -> bool {
        let kind = self.block.as_ref().map(|block| &block.kind);
        matches!(kind, Some(OpenKind::Table(_)))
    }

    /// Whether running text goes to a cell of a table.
    pub(super) fn is_in_cell(&self) -> bool {
        let kind = self.block.as_ref().map(|block| &block.kind);
        matches!(kind, Some(OpenKind::Table(table)) if table.cell_from.is_some())
    }

    fn is_in_nested_table(&self) -> bool {
        let kind = self.block.as_ref().map(|block| &block.kind);
        matches!(kind, Some(OpenKind::Table(table)) if table.nested > 0)
    }

    fn table(&mut self) -> Option<&mut TableDraft> {
        match &mut self.block {
            Some(block) => match &mut block.kind {
                OpenKind::Table(table) => Some(table),
                _ => None,
            },
            None => None,
        }
    }

    /// Has the words to come in the cell kept apart from those so far.
    pub(super) fn part_cell(&mut self) {
        if let Some(table) = self.table() {
            table.is_parted = true;
        }
    }

    /// Puts what comes between two cells into a cell of its own, or it would belong to none.
    pub(super) fn ensure_cell(&mut self) {
        if self.is_in_table() && !self.is_in_cell() {
            self.begin_cell();
        }
        let is_parted = |table: &mut TableDraft| std::mem::take(&mut table.is_parted);
        if self.table().is_some_and(is_parted) {
            self.part_words();
        }
    }

    pub(super) fn close_cell(&mut self) {
        if !self.is_in_cell() {
            return;
        }
        self.inline.close_all();
        let Some(from) = self.table().and_then(|table| table.cell_from.take()) else {
            return;
        };
        self.inline.trim_end_to(from);
        let at = self.inline.len();
        let row = self.table().and_then(|table| table.table.rows.last_mut());
        if let Some(row) = row {
            row.push(from.min(at)..at);
        }
    }

    /// Adds a table, in parts if it is too long for one block; one that cannot be parted between
    /// its rows, or is out of all proportion, is shown as text.
    pub(super) fn finish_table(
        &mut self,
        table: TableDraft,
        nesting: Vec<Nest>,
        location: SourceLocation,
    ) {
        let mut rich = self.inline.take_untrimmed();
        if table.table.rows.iter().all(Vec::is_empty) {
            return self.add_paragraph(rich, nesting, false, location);
        }
        if table.is_overgrown(rich.text.len()) {
            return self.add_table_as_text(rich, nesting, location, ProblemKind::TableTooSparse);
        }
        bare_links::link(&mut rich);
        let parts = match split::table_parts(rich, table.finish()) {
            Ok(parts) => parts,
            Err(rich) => {
                let problem = ProblemKind::TableRowTooLong;
                return self.add_table_as_text(rich, nesting, location, problem);
            }
        };
        let mut nesting = nesting;
        for (nth, (rich, table)) in parts.into_iter().enumerate() {
            let rest = split::continued(&nesting);
            let setting = BlockShape {
                kind: Kind::Table(Box::new(table)),
                nesting: std::mem::replace(&mut nesting, rest),
                tight: nth > 0,
                location,
            };
            self.add_block(rich, setting);
        }
    }

    fn add_table_as_text(
        &mut self,
        mut rich: Rich,
        nesting: Vec<Nest>,
        location: SourceLocation,
        problem: ProblemKind,
    ) {
        rich.text = rich.text.replace('\t', "|");
        rich.trim();
        self.problem_at(location, problem);
        let setting = BlockShape {
            kind: Kind::Paragraph,
            nesting,
            tight: false,
            location,
        };
        self.add_text(rich, setting);
    }
}
