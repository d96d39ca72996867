//! Sets a table as a list: cell under cell, each behind its head.

use std::ops::Range;

use super::{blank, embolden, furniture, rule};
use crate::layout::fit::LineFilling;
use crate::layout::setter::Setter;
use crate::layout::{Line, ruler};
use crate::paper::{Block, Table};

/// The narrowest page on which the cells of a list have their heads before them.
const NARROWEST_LABELLED: u16 = 18;

/// The heads, as they stand before the cells.
struct HeadLabels {
    /// Empty where the page is too narrow for them.
    texts: Vec<String>,
    /// Columns before a cell.
    columns: u16,
    /// Columns for a cell.
    cell_columns: u16,
}

/// The heads in a row, and then the rows, each cell on lines of its own.
pub(super) fn list(
    setter: &mut Setter,
    block: &Block,
    table: &Table,
    rows: &[Range<usize>],
    columns: u16,
) -> Vec<Line> {
    let labels = HeadLabels::new(block, table, columns);
    let mut rows = table.rows.iter().zip(rows);
    let mut lines = Vec::new();
    if table.heads.is_none()
        && let Some((_, heads)) = rows.next()
    {
        lines = head_lines(setter, heads, columns);
        if let Some((cells, range)) = rows.next() {
            lines.extend(set_row(setter, cells, range, &labels));
        }
    }
    for (cells, range) in rows {
        lines.push(blank(range.start..range.start));
        lines.extend(set_row(setter, cells, range, &labels));
    }
    lines
}

/// The heads one after the other, over a line.
fn head_lines(setter: &mut Setter, heads: &Range<usize>, columns: u16) -> Vec<Line> {
    let mut lines = setter.set(heads.clone(), columns, LineFilling::Even);
    lines.iter_mut().for_each(embolden);
    lines.push(Line {
        text: heads.end..heads.end,
        runs: vec![rule(0, columns, heads.end)],
    });
    lines
}

/// The cells of a row that are not empty.
fn set_row(
    setter: &mut Setter,
    cells: &[Range<usize>],
    range: &Range<usize>,
    labels: &HeadLabels,
) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (index, cell) in cells.iter().enumerate() {
        let mut cell = setter.set(cell.clone(), labels.cell_columns, LineFilling::Even);
        if cell.iter().any(|line| !line.runs.is_empty()) {
            labels.put(index, &mut cell);
            lines.append(&mut cell);
        }
    }
    if lines.is_empty() {
        lines.push(blank(range.clone()));
    }
    join(&mut lines, range);
    lines
}

/// Lets every line reach to the next, and all together over the whole range.
fn join(lines: &mut [Line], range: &Range<usize>) {
    let mut end = range.end;
    for line in lines.iter_mut().rev() {
        line.text.end = end.max(line.text.start);
        end = line.text.start;
    }
    if let Some(first) = lines.first_mut() {
        first.text.start = range.start;
    }
}

impl HeadLabels {
    fn new(block: &Block, table: &Table, columns: u16) -> Self {
        if columns < NARROWEST_LABELLED {
            return HeadLabels {
                texts: Vec::new(),
                columns: 0,
                cell_columns: columns,
            };
        }
        let labelled = |head: &str| label(head, columns / 3);
        let texts: Vec<String> = match &table.heads {
            Some(heads) => heads.iter().map(|head| labelled(head)).collect(),
            None => {
                let heads = table.rows.first().into_iter().flatten();
                let heads = heads.map(|head| block.text.get(head.clone()).unwrap_or_default());
                heads.map(labelled).collect()
            }
        };
        let widest = texts.iter().map(|text| ruler::columns(text)).max();
        let columns_before = widest.map_or(0, |widest| widest + 1);
        HeadLabels {
            texts,
            columns: columns_before,
            cell_columns: columns - columns_before,
        }
    }

    /// Moves the lines of a cell to the right and puts its head before the first.
    fn put(&self, index: usize, cell: &mut [Line]) {
        cell.iter_mut().for_each(|line| line.indent(self.columns));
        let label = self.texts.get(index).filter(|label| !label.is_empty());
        if let (Some(first), Some(label)) = (cell.first_mut(), label) {
            let run = furniture(0, label.clone(), first.text.start);
            first.runs.insert(0, run);
        }
    }
}

/// The head with a colon, cut where it takes more than so many columns; nothing for an empty one.
fn label(head: &str, columns: u16) -> String {
    match head {
        "" => String::new(),
        _ => format!("{}:", ruler::shorten(head, columns.saturating_sub(1))),
    }
}
