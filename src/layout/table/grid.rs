//! Sets a table's columns side by side.

use std::ops::Range;

use super::{GAP, blank, embolden, rule};
use crate::layout::Line;
use crate::layout::fit::Fit;
use crate::layout::setter::Setter;
use crate::paper::{Alignment, Table};

/// The rows, each as high as its highest cell, with lines under the heads.
pub(super) fn grid(
    setter: &mut Setter,
    table: &Table,
    rows: &[Range<usize>],
    widths: &[u16],
) -> Vec<Line> {
    let mut lines = Vec::new();
    for (index, (cells, range)) in table.rows.iter().zip(rows).enumerate() {
        let mut row = set_row(setter, table, cells, range, widths);
        if index == 0 {
            row.iter_mut().for_each(embolden);
            row.push(rules(widths, range.end));
        }
        lines.append(&mut row);
    }
    lines
}

fn set_row(
    setter: &mut Setter,
    table: &Table,
    cells: &[Range<usize>],
    range: &Range<usize>,
    widths: &[u16],
) -> Vec<Line> {
    let mut lines = vec![blank(range.clone())];
    let mut left = 0_u16;
    for ((cell, width), alignment) in cells.iter().zip(widths).zip(&table.alignments) {
        let cell = setter.set(cell.clone(), *width, Fit::Even);
        lines.resize(lines.len().max(cell.len()), blank(range.clone()));
        for (line, mut of_cell) in lines.iter_mut().zip(cell) {
            of_cell.indent(left.saturating_add(slack(&of_cell, *width, *alignment)));
            line.runs.append(&mut of_cell.runs);
        }
        left = left.saturating_add(width + GAP);
    }
    lines
}

/// How far a cell's line stands from the left of its column.
fn slack(line: &Line, width: u16, alignment: Alignment) -> u16 {
    let free = width.saturating_sub(line.columns());
    match alignment {
        Alignment::Left => 0,
        Alignment::Centre => free / 2,
        Alignment::Right => free,
    }
}

/// The lines under the heads.
fn rules(widths: &[u16], offset: usize) -> Line {
    let mut line = blank(offset..offset);
    let mut column = 0_u16;
    for width in widths {
        line.runs.push(rule(column, *width, offset));
        column = column.saturating_add(width + GAP);
    }
    line
}
