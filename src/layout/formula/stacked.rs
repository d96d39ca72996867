//! A formula with a line of its own, in two dimensions.

use super::linear;
use super::spacing::{Neighbour, beside, blanks, is_prefix, is_single};
use super::tile::Tile;
use super::tree::{MathClass, MathNode, RowForm, shown};
use crate::paper::{Style, script_signs};

/// The most rows that a formula may take and still be read.
const MAX_ROWS: usize = 30;

/// The most cells in a row: more are wider than screens are.
const MAX_CELLS: usize = 64;

/// A fraction's line that is shorter goes beyond what stands over and under it, in columns.
const SHORTEST_LINE: usize = 3;

/// Blank columns between two columns of cells.
const CELL_GAP: usize = 2;

/// The parts, set in two dimensions; none if one cannot be.
pub(super) fn tile(nodes: &[MathNode]) -> Option<Tile> {
    tile_after(nodes, false, false)
}

/// The same, without blanks around signs, as raised and lowered parts and bounds are set.
fn tight_tile(nodes: &[MathNode]) -> Option<Tile> {
    tile_after(nodes, false, true)
}

/// The same; `goes_on` says that something stands to the left, as it does of the second cell of
/// `a &= b`.
fn tile_after(nodes: &[MathNode], goes_on: bool, is_tight: bool) -> Option<Tile> {
    let mut tiles = Vec::new();
    if goes_on
        && let Some(first) = shown(nodes).next()
        && matches!(first.class(), Some(MathClass::Relation | MathClass::Binary))
    {
        tiles.push(Tile::text(" "));
    }
    for (index, node) in nodes.iter().enumerate() {
        if let MathNode::Gap(_) = node {
            continue;
        }
        let before = nodes.get(..index).unwrap_or_default();
        let after = nodes.get(index + 1..).unwrap_or_default();
        let previous = shown(before).next_back();
        let next = shown(after).next();
        push_apart(&mut tiles, part(node, beside(next, false))?);
        if let Some(next) = next {
            let is_prefix = is_prefix(previous) && !(goes_on && previous.is_none());
            let gap = match after.first() {
                Some(MathNode::Gap(columns)) => *columns,
                _ => 0,
            };
            let mut room = blanks(node, next, is_prefix, is_tight).max(gap);
            if runs_together(node, next) {
                room = room.max(1);
            }
            if room > 0 {
                tiles.push(Tile::text(&" ".repeat(room)));
            }
        }
    }
    let tile = Tile::beside(&tiles);
    (tile.height() <= MAX_ROWS).then_some(tile)
}

/// Pushes what stands beside the last; with a blank where the two would be read together.
fn push_apart(tiles: &mut Vec<Tile>, tile: Tile) {
    if tiles.last().is_some_and(|last| last.runs_into(&tile)) {
        tiles.push(Tile::text(" "));
    }
    tiles.push(tile);
}

/// Whether two numbers would be read as one.
fn runs_together(one: &MathNode, other: &MathNode) -> bool {
    let is_number = |node: &MathNode| node.class() == Some(MathClass::Number);
    is_number(one) && is_number(other)
}

fn part(node: &MathNode, after: Neighbour) -> Option<Tile> {
    match node {
        MathNode::Sign { text, .. } => Some(Tile::text(text)),
        MathNode::Script { base, below, above } => script(base, below, above),
        MathNode::Fraction { above, below } => fraction(above, below),
        MathNode::Binomial { above, below } => {
            let blank = Tile::text(" ");
            Tile::stacked(vec![tile(above)?, blank, tile(below)?], 1).fenced("(", ")")
        }
        MathNode::Root { sign, inner } => root(*sign, inner, after),
        MathNode::Fenced { open, inner, close } => tile(inner)?.fenced(open, close),
        MathNode::Gap(columns) => Some(Tile::text(&" ".repeat(*columns))),
        MathNode::Rows { form, rows } => rows_of(*form, rows),
    }
}

fn fraction(above: &[MathNode], below: &[MathNode]) -> Option<Tile> {
    let (above, below) = (tile(above)?, tile(below)?);
    if above.columns == 0 || below.columns == 0 {
        return None;
    }
    let is_nested = above.height() > 1 || below.height() > 1;
    let widest = above.columns.max(below.columns);
    // A line of one column would be a minus.
    let columns = if is_nested || widest < SHORTEST_LINE {
        widest + 2
    } else {
        widest
    };
    let line = Tile::text(&"─".repeat(columns));
    Some(Tile::stacked(vec![above, line, below], 1))
}

fn root(sign: char, inner: &[MathNode], after: Neighbour) -> Option<Tile> {
    let inside = tile(inner)?;
    if inside.height() == 1 {
        return linear::root(sign, inner, after).map(|text| Tile::text(&text));
    }
    let (up, _) = inside.reach();
    let height = inside.height();
    let side = (0..height).map(|row| if row + 1 == height { sign } else { ' ' });
    let bar = (0..height).map(|_| "│");
    let mut rows = vec![format!(" ┌{}", "─".repeat(inside.columns))];
    let beside = side.zip(bar).zip(&inside.rows);
    rows.extend(beside.map(|((sign, bar), row)| format!("{sign}{bar}{row}")));
    let tiles = rows.iter().map(|row| Tile::text(row)).collect();
    Some(Tile::stacked(tiles, 0).level_at(up + 1))
}

fn script(on: &[MathNode], below: &[MathNode], above: &[MathNode]) -> Option<Tile> {
    if let [MathNode::Sign { text, class }] = on
        && matches!(
            class,
            MathClass::Large { has_bounds: true } | MathClass::Function { has_bounds: true }
        )
    {
        return bounds(text, below, above);
    }
    let (primes, above) = linear::parted_primes(above);
    let base = base(on)?;
    let is_row = base.height() == 1;
    let lowered = signs(below, Style::Lowered);
    let raised = signs(above, Style::Raised);
    if base.columns == 0 && raised.is_none() {
        return None;
    }
    // Signs stand beside a base of one row, and all else in rows of its own.
    let apart = |nodes: &[MathNode], signs: &Option<String>| match signs {
        _ if nodes.is_empty() => Some(None),
        Some(_) if is_row => Some(None),
        Some(signs) => Some(Some(Tile::text(signs))),
        None => tight_tile(nodes).map(Some),
    };
    let (over, under) = (apart(above, &raised)?, apart(below, &lowered)?);
    let beside = match is_row {
        true => [
            primes,
            lowered.unwrap_or_default(),
            raised.unwrap_or_default(),
        ]
        .concat(),
        false if primes.is_empty() => primes,
        false => return None,
    };
    let base = Tile::beside(&[base, Tile::text(&beside)]);
    Some(match (&over, &under) {
        (None, None) => base,
        _ => base.with_scripts(over.as_ref(), under.as_ref()),
    })
}

/// What a script is set on.
fn base(nodes: &[MathNode]) -> Option<Tile> {
    match nodes {
        [MathNode::Fenced { .. }] => tile(nodes),
        [MathNode::Script { .. } | MathNode::Fraction { .. } | MathNode::Root { .. }] => {
            tile(nodes)?.fenced("(", ")")
        }
        [_, _, ..] if !is_single(nodes) => tile(nodes)?.fenced("(", ")"),
        _ => Some(Tile::text(&linear::base(nodes)?)),
    }
}

/// What is raised or lowered, in Unicode's signs; none if it has not all of them.
fn signs(nodes: &[MathNode], style: Style) -> Option<String> {
    let text = linear::line(nodes, true).filter(|text| !text.is_empty())?;
    match style {
        Style::Raised => linear::raised(&text),
        _ => script_signs(&text, style),
    }
}

/// A sum, or a function such as `lim`, with its bounds above and below it.
fn bounds(sign: &str, below: &[MathNode], above: &[MathNode]) -> Option<Tile> {
    let mut tiles = Vec::new();
    if !above.is_empty() {
        tiles.push(tight_tile(above)?);
    }
    let level = tiles.len();
    tiles.push(Tile::text(sign));
    if !below.is_empty() {
        tiles.push(tight_tile(below)?);
    }
    Some(Tile::stacked(tiles, level))
}

fn rows_of(form: RowForm, rows: &[Vec<Vec<MathNode>>]) -> Option<Tile> {
    if rows.len() > MAX_ROWS || rows.iter().any(|row| row.len() > MAX_CELLS) {
        return None;
    }
    let mut cells: Vec<Vec<Tile>> = Vec::new();
    for row in rows {
        let row = row.iter().enumerate();
        let set = row.map(|(column, cell)| {
            tile_after(cell, form == RowForm::Aligned && column % 2 == 1, false)
        });
        cells.push(set.collect::<Option<_>>()?);
    }
    let count = cells.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize| {
        let own = cells.iter().filter_map(|row| row.get(column));
        own.map(|cell| cell.columns).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..count).map(widest).collect();
    let runs_together = |column: usize| {
        let mut pairs = cells.iter().filter_map(|row| {
            let before = row.get(column.checked_sub(1)?)?;
            Some((before, row.get(column)?))
        });
        pairs.any(|(before, cell)| before.runs_into(cell))
    };
    let gap = |column: usize| match form {
        _ if column == 0 => 0,
        RowForm::Aligned if column % 2 == 1 => usize::from(runs_together(column)),
        _ => CELL_GAP,
    };
    let gaps: Vec<usize> = (0..count).map(gap).collect();
    let is_high = cells.iter().flatten().any(|cell| cell.height() > 1);
    let mut lines: Vec<Tile> = Vec::new();
    for row in cells {
        let mut set = Vec::new();
        for (column, (width, gap)) in widths.iter().zip(&gaps).enumerate() {
            set.push(Tile::text(&" ".repeat(*gap)));
            let cell = row.get(column).cloned().unwrap_or_else(|| Tile::text(""));
            let free = width - cell.columns;
            let before = match form {
                RowForm::Matrix => free / 2,
                RowForm::Aligned if column % 2 == 0 && count > 1 => free,
                RowForm::Cases | RowForm::Aligned => 0,
            };
            set.push(cell.padded(before, *width));
        }
        if is_high && !lines.is_empty() {
            lines.push(Tile::text(""));
        }
        lines.push(Tile::beside(&set));
    }
    let tile = Tile::stacked(lines, 0);
    let middle = (tile.height() - 1) / 2;
    Some(tile.level_at(middle))
}
