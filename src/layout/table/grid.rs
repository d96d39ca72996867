//! Sets a table's columns side by side.

use std::ops::Range;

use super::{GAP, blank, embolden, furniture, rule};
use crate::layout::fit::LineFilling;
use crate::layout::setter::Setter;
use crate::layout::{Line, ruler};
use crate::paper::{Alignment, Table};

/// The rows, each as high as its highest cell, with lines under the heads. A table that goes on
/// from the block before shows them again, as print does on a new page.
pub(super) fn grid(
    setter: &mut Setter,
    table: &Table,
    rows: &[Range<usize>],
    widths: &[u16],
) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(heads) = &table.heads {
        lines.extend([repeated(heads, table, widths), rules(widths, 0)]);
    }
    for (index, (cells, range)) in table.rows.iter().zip(rows).enumerate() {
        let mut row = set_row(setter, table, cells, range, widths);
        if index == 0 && table.heads.is_none() {
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
        let cell = setter.set(cell.clone(), *width, LineFilling::Even);
        lines.resize(lines.len().max(cell.len()), blank(range.clone()));
        for (line, mut of_cell) in lines.iter_mut().zip(cell) {
            of_cell.indent(left.saturating_add(slack(of_cell.columns(), *width, *alignment)));
            line.runs.append(&mut of_cell.runs);
        }
        left = left.saturating_add(width + GAP);
    }
    lines
}

/// The heads on one line, cut where they are wider than their columns.
fn repeated(heads: &[String], table: &Table, widths: &[u16]) -> Line {
    let mut line = blank(0..0);
    let mut left = 0_u16;
    for ((head, width), alignment) in heads.iter().zip(widths).zip(&table.alignments) {
        if !head.is_empty() {
            let head = ruler::shorten(head, *width).into_owned();
            let free = slack(ruler::columns(&head), *width, *alignment);
            line.runs
                .push(furniture(left.saturating_add(free), head, 0));
        }
        left = left.saturating_add(width + GAP);
    }
    line
}

/// How far so many columns stand from the left of their column of the table.
fn slack(columns: u16, width: u16, alignment: Alignment) -> u16 {
    let free = width.saturating_sub(columns);
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
