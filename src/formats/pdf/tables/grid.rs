//! The columns and rows of a table.

use std::ops::Range;

use super::aligned;
use super::cells::{CellLine, TableCell};
use super::{CellPart, TableRow};
use crate::formats::pdf::line::PdfLine;
use crate::paper::Alignment;

/// White that parts columns is at least so wide, in ems.
const WHITE_EMS: f32 = 0.7;
/// Of so many lines one may go over the white.
const OVER: usize = 9;
/// Lines of one row are nearer to each other than rows are, by so much.
const NEARER: f32 = 0.9;
/// Heads have at most so many lines.
const MAX_HEAD_LINES: usize = 6;

/// The columns of a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    /// From left to right.
    pub(super) columns: Vec<Range<f32>>,
    /// How many lines have cells in several columns.
    pub(super) fitting: usize,
    /// How many have a cell in more than one.
    pub(super) stray: usize,
}

impl Grid {
    /// The grid of lines, and their cells in it.
    pub(super) fn new(lines: &[CellLine], set: &[&PdfLine]) -> Option<(Self, Vec<CellLine>)> {
        let mut grid = Grid {
            columns: columns(lines, &|_| false)?,
            fitting: 0,
            stray: 0,
        };
        // A column may have cells only in lines that have no other.
        let is_beside = |cell: &TableCell| grid.touched(cell).is_none();
        grid.columns = aligned::parted(columns(lines, &is_beside)?, set);
        let fit = |(cells, line): (&CellLine, &&PdfLine)| {
            let is_stray = cells.cells.iter().any(|cell| grid.taken(cell).len() > 1);
            if is_stray && cells.has_cells() {
                cells.within(line, &grid.columns)
            } else {
                cells.clone()
            }
        };
        let lines: Vec<CellLine> = lines.iter().zip(set).map(fit).collect();
        for line in &lines {
            let taken: Vec<Range<usize>> = line.cells.iter().map(|cell| grid.taken(cell)).collect();
            let is_stray = taken.iter().any(|taken| taken.len() > 1);
            let mut columns: Vec<usize> = taken.iter().map(|taken| taken.start).collect();
            columns.dedup();
            grid.stray += usize::from(is_stray);
            grid.fitting += usize::from(!is_stray && columns.len() >= 2);
        }
        Some((grid, lines))
    }

    /// Whether a line below the table is the rest of a cell: it stands in one column that is not the
    /// first.
    pub(super) fn goes_on(&self, line: &CellLine) -> bool {
        let [cell] = line.cells.as_slice() else {
            return false;
        };
        let column = self.touched(cell);
        column.is_some_and(|column| column.start > 0 && column.len() == 1)
            && self
                .columns
                .first()
                .is_some_and(|first| cell.left > first.end)
    }

    /// The columns that a cell reaches into.
    fn touched(&self, cell: &TableCell) -> Option<Range<usize>> {
        let overlaps =
            |column: &Range<f32>| cell.left < column.end - 0.5 && column.start + 0.5 < cell.right;
        let first = self.columns.iter().position(overlaps)?;
        let last = self.columns.iter().rposition(overlaps)?;
        Some(first..last + 1)
    }

    /// The column that a cell is in, if it is one.
    pub(super) fn column(&self, cell: &TableCell) -> Option<usize> {
        let taken = self.taken(cell);
        (taken.len() == 1).then_some(taken.start)
    }

    /// The white between each column and the next.
    pub(super) fn whites(&self) -> Vec<Range<f32>> {
        let pairs = self.columns.iter().zip(self.columns.iter().skip(1));
        pairs.map(|(one, next)| one.end..next.start).collect()
    }

    /// The white before and behind a column.
    pub(super) fn whites_beside(&self, column: usize) -> Vec<Range<f32>> {
        let whites = self.whites().into_iter().skip(column.saturating_sub(1));
        whites.take(if column == 0 { 1 } else { 2 }).collect()
    }

    /// The columns that a cell is in.
    fn taken(&self, cell: &TableCell) -> Range<usize> {
        self.touched(cell).unwrap_or_else(|| {
            let middle = f32::midpoint(cell.left, cell.right);
            let mut columns = self.columns.iter();
            let before = columns.rposition(|column| column.start <= middle);
            let column = before.unwrap_or(0);
            column..column + 1
        })
    }

    /// The rows; `from` is the place of the first line in the flow, and `rules` are how far down the
    /// rules are.
    pub(super) fn rows(
        &self,
        lines: &[CellLine],
        set: &[&PdfLine],
        from: usize,
        rules: &[f32],
    ) -> Vec<TableRow> {
        let heads = self.heads(lines, set, rules);
        let goes_on = self.continued(lines, set, rules, heads);
        let mut rows: Vec<TableRow> = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            let is_same = index > 0 && (index < heads || goes_on.get(index) == Some(&true));
            if !is_same || rows.is_empty() {
                rows.push(vec![Vec::new(); self.columns.len()]);
            }
            let Some(row) = rows.last_mut() else {
                continue;
            };
            for cell in &line.cells {
                if let Some(parts) = row.get_mut(self.taken(cell).start) {
                    parts.push(CellPart {
                        line: from + index,
                        pieces: cell.pieces.clone(),
                    });
                }
            }
        }
        rows
    }

    /// How many of the first lines are heads: those above the first rule that is not above all, or
    /// the first and those below it that have nothing in the first column.
    fn heads(&self, lines: &[CellLine], set: &[&PdfLine], rules: &[f32]) -> usize {
        let Some(first) = set.first() else {
            return 0;
        };
        let is_below = |rule: &&f32| **rule > first.baseline - 0.1 * first.size;
        let above = rules.iter().find(is_below).map_or(0, |rule| {
            let above = set
                .iter()
                .take_while(|line| line.baseline < *rule + 0.1 * line.size);
            above.count()
        });
        let below = lines
            .iter()
            .skip(1)
            .take_while(|line| !self.is_in_first(line));
        // What stands over several columns is none of their heads.
        let is_whole = |count: &usize| {
            let mut cells = lines.iter().take(*count).flat_map(|line| &line.cells);
            cells.all(|cell| self.taken(cell).len() == 1)
        };
        [above, 1 + below.count()]
            .into_iter()
            .find(|count| (1..=MAX_HEAD_LINES).contains(count) && *count < set.len())
            .filter(is_whole)
            .unwrap_or(1)
    }

    /// Whether a line has a cell in the first column.
    fn is_in_first(&self, line: &CellLine) -> bool {
        let cell = line.cells.first();
        cell.is_some_and(|cell| self.taken(cell).start == 0)
    }

    /// Which lines belong to the row before them for certain: those without a cell in the first
    /// column, if they are nearer to the line above than any row is; or all between two rules, if
    /// each row has its rules.
    fn continued(
        &self,
        lines: &[CellLine],
        set: &[&PdfLine],
        rules: &[f32],
        heads: usize,
    ) -> Vec<bool> {
        let ruled = |index: usize| {
            let (Some(above), Some(line)) = (
                index.checked_sub(1).and_then(|it| set.get(it)),
                set.get(index),
            ) else {
                return true;
            };
            let below = above.baseline - 0.1 * above.size;
            rules
                .iter()
                .any(|rule| below < *rule && *rule < line.baseline)
        };
        let count = set.len();
        let begins: Vec<usize> = (heads.max(1)..count)
            .filter(|index| ruled(*index))
            .collect();
        if begins.len() >= 2 && rules.len() >= 4 {
            let ends = begins.iter().skip(1).copied().chain([count]);
            let bands = begins.iter().zip(ends).map(|(from, to)| *from..to);
            let bands: Vec<Range<usize>> = bands.collect();
            let is_row = |band: &Range<usize>| self.is_row(lines.get(band.clone()).unwrap_or(&[]));
            let is_parted = bands.iter().all(is_row);
            return (0..count).map(|index| is_parted && !ruled(index)).collect();
        }
        let gap = |index: usize| {
            let above = set.get(index.checked_sub(1)?)?;
            Some(set.get(index)?.baseline - above.baseline)
        };
        let in_first = |index: usize| lines.get(index).is_some_and(|line| self.is_in_first(line));
        let body = heads.max(1)..count;
        let rows = body.clone().filter(|index| in_first(*index));
        let nearest_row = rows.filter_map(gap).fold(f32::MAX, f32::min);
        let all_near = body
            .clone()
            .filter(|index| !in_first(*index))
            .filter_map(gap)
            .all(|gap| gap < NEARER * nearest_row);
        let goes_on = |index: usize| all_near && body.contains(&index) && !in_first(index);
        (0..count).map(goes_on).collect()
    }

    /// Whether lines between two rules are one row: no two of them fill all columns, or have numbers
    /// in one.
    fn is_row(&self, lines: &[CellLine]) -> bool {
        let full = lines
            .iter()
            .filter(|line| line.cells.len() == self.columns.len());
        let has_number = |line: &&CellLine, column: usize| {
            let mut own = line
                .cells
                .iter()
                .filter(|cell| self.taken(cell).start == column);
            own.any(TableCell::is_number)
        };
        let numbers = |column: usize| lines.iter().filter(|line| has_number(line, column)).count();
        full.count() <= 1 && (1..self.columns.len()).all(|column| numbers(column) <= 1)
    }

    /// How the columns are aligned: numbers that end at one edge stand at the right.
    pub(super) fn alignments(&self, lines: &[CellLine]) -> Vec<Alignment> {
        let of_column = |column: usize| {
            let cells = lines.iter().skip(1).flat_map(|line| &line.cells);
            let own: Vec<&TableCell> = cells
                .filter(|cell| self.taken(cell) == (column..column + 1))
                .collect();
            let numbers = own.iter().filter(|cell| cell.is_number()).count();
            let spread = |edge: &dyn Fn(&TableCell) -> f32| {
                let edges = own.iter().map(|cell| edge(cell));
                let (least, most) = edges.fold((f32::MAX, 0.0f32), |(least, most), edge| {
                    (least.min(edge), most.max(edge))
                });
                most - least
            };
            let is_right = column > 0
                && !own.is_empty()
                && numbers * 10 >= own.len() * 7
                && spread(&|cell| cell.right) <= spread(&|cell| cell.left) + 0.5;
            if is_right {
                Alignment::Right
            } else {
                Alignment::Left
            }
        };
        (0..self.columns.len()).map(of_column).collect()
    }
}

/// The columns, if there are several, that white parts which goes down through nearly all lines with
/// several cells, and through those others that count.
fn columns(lines: &[CellLine], counts: &dyn Fn(&TableCell) -> bool) -> Option<Vec<Range<f32>>> {
    let is_own = |line: &&CellLine| line.has_cells() || line.cells.iter().any(counts);
    let split: Vec<&CellLine> = lines.iter().filter(is_own).collect();
    let allowed = split.len() / OVER;
    let em = split.iter().map(|line| line.size).fold(0.0, f32::max);
    // Where cells begin and end, from left to right: the count of cells that are open.
    let mut edges: Vec<(f32, i32)> = Vec::new();
    for cell in split.iter().flat_map(|line| &line.cells) {
        edges.push((cell.left, 1));
        edges.push((cell.right, -1));
    }
    edges.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let allowed = i32::try_from(allowed).unwrap_or(0);
    let mut columns: Vec<Range<f32>> = Vec::new();
    let mut open = 0;
    let mut begun: Option<f32> = None;
    for (at, step) in edges {
        let was_open = open > allowed;
        open += step;
        let is_open = open > allowed;
        if is_open && !was_open {
            begun = Some(at);
        } else if was_open
            && !is_open
            && let Some(from) = begun.take()
        {
            match columns.last_mut() {
                Some(last) if from - last.end < WHITE_EMS * em => last.end = at,
                _ => columns.push(from..at),
            }
        }
    }
    (columns.len() >= 2).then_some(columns)
}
