//! Finds the block of rows that has merely moved up or down between two frames.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;
use std::ops::Range;

use foldhash::fast::FixedState;
use ratatui::buffer::{Buffer, Cell};

use super::row::{ChangedCells, RowPrint, is_same};

/// About how many bytes it takes to have the terminal scroll some rows.
const SCROLL_BYTES: i64 = 24;

/// A row that takes so many bytes is not looked at any further: it is another row.
const MAX_ROW_BYTES: i64 = 32;

/// Full rows that move by a number of rows; those that come in are blank, those pushed out of
/// the range are lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ScrollRegion {
    /// Towards the top, as when one reads on.
    Up { rows: Range<u16>, by: u16 },
    /// Towards the bottom, as when one reads back.
    Down { rows: Range<u16>, by: u16 },
}

impl ScrollRegion {
    /// The region that makes `next` cheaper to reach from `shown`, two buffers of one size, if
    /// there is any.
    ///
    /// Rows that stand in both frames, once each, vote for how far they have moved; where most rows
    /// have not moved as a whole, as beside an outline, pieces of text in the same column do. The
    /// distance that most vote for is then weighed row by row: what the scrolling saves in the rows
    /// that it moves against what it costs in those that it must not have moved.
    pub(super) fn between(
        shown: (&Buffer, &[RowPrint]),
        next: (&Buffer, &[RowPrint]),
    ) -> Option<Self> {
        let frames = Frames::new(shown, next)?;
        let unshifted: Vec<i64> = (0..frames.height())
            .map(|row| frames.cost(row, row))
            .collect();
        if unshifted.iter().sum::<i64>() <= SCROLL_BYTES {
            return None;
        }
        let distance = frames
            .distance_of_rows()
            .or_else(|| frames.distance_of_pieces())?;
        frames.best_range(distance, &unshifted)
    }

    /// Moves what is known of each row as [`ScrollRegion::apply`] moves the rows; of those that come
    /// in, `blank` is known.
    pub(super) fn apply_to_prints(&self, prints: &mut [RowPrint], blank: RowPrint) {
        let (Self::Up { rows, by } | Self::Down { rows, by }) = self;
        let Some(prints) = prints.get_mut(usize::from(rows.start)..usize::from(rows.end)) else {
            return;
        };
        let moved = usize::from(*by).min(prints.len());
        let come_in = if matches!(self, Self::Up { .. }) {
            prints.rotate_left(moved);
            prints.len() - moved..prints.len()
        } else {
            prints.rotate_right(moved);
            0..moved
        };
        prints.get_mut(come_in).unwrap_or_default().fill(blank);
    }

    /// Does to the buffer what the terminal does to its screen.
    pub(super) fn apply(&self, buffer: &mut Buffer) {
        let columns = usize::from(buffer.area.width);
        let (Self::Up { rows, by } | Self::Down { rows, by }) = self;
        let cells = usize::from(rows.start) * columns..usize::from(rows.end) * columns;
        let moved = usize::from(*by) * columns;
        let Some(cells) = buffer.content.get_mut(cells) else {
            return;
        };
        let moved = moved.min(cells.len());
        let blank = if matches!(self, Self::Up { .. }) {
            cells.rotate_left(moved);
            cells.len() - moved..cells.len()
        } else {
            cells.rotate_right(moved);
            0..moved
        };
        cells
            .get_mut(blank)
            .into_iter()
            .flatten()
            .for_each(Cell::reset);
    }
}

/// The rows of two buffers of one size.
struct Frames<'a> {
    shown: Vec<FrameRow<'a>>,
    next: Vec<FrameRow<'a>>,
}

/// A row's cells, and what tells them from those of other rows.
#[derive(Clone, Copy)]
struct FrameRow<'a> {
    cells: &'a [Cell],
    print: RowPrint,
}

impl<'a> Frames<'a> {
    fn new(shown: (&'a Buffer, &[RowPrint]), next: (&'a Buffer, &[RowPrint])) -> Option<Self> {
        let columns = usize::from(next.0.area.width);
        if shown.0.area != next.0.area || columns == 0 {
            return None;
        }
        let rows = |(buffer, prints): (&'a Buffer, &[RowPrint])| {
            let rows = buffer.content.chunks(columns).zip(prints);
            rows.map(|(cells, print)| FrameRow {
                cells,
                print: *print,
            })
            .collect()
        };
        Some(Self {
            shown: rows(shown),
            next: rows(next),
        })
    }

    fn height(&self) -> usize {
        self.next.len()
    }

    /// About how many bytes it takes to turn a row that is shown into one of the next frame.
    fn cost(&self, from: usize, to: usize) -> i64 {
        match (self.shown.get(from), self.next.get(to)) {
            (Some(from), Some(to)) if from.print == to.print => 0,
            (Some(from), Some(to)) => cost(from.cells, to.cells),
            _ => 0,
        }
    }

    /// The rows of both frames that are not the same in both.
    fn changed(&self) -> impl Iterator<Item = (usize, &FrameRow<'a>, &FrameRow<'a>)> {
        let rows = self.shown.iter().zip(&self.next).enumerate();
        let changed = rows.filter(|(_, (shown, next))| shown.print != next.print);
        changed.map(|(row, (shown, next))| (row, shown, next))
    }

    /// By how many rows most rows have moved as they are, downwards if positive; `None` if fewer
    /// have than half of those in which something stands now.
    fn distance_of_rows(&self) -> Option<isize> {
        let with_ink = |print: &RowPrint| print.ink_bytes > 0;
        let before = self.changed().map(|(row, shown, _)| (shown.print, row));
        let before = uniques(before.filter(|(print, _)| with_ink(print)));
        let after = self.changed().map(|(row, _, next)| (next.print, row));
        let after = uniques(after.filter(|(print, _)| with_ink(print)));
        let moved = after.iter().filter_map(|(print, row)| {
            let distance = row.checked_signed_diff(*before.get(print)?)?;
            Some((distance, 1))
        });
        let (distance, rows) = most_voted(moved)?;
        (rows * 2 >= after.len()).then_some(distance)
    }

    /// By how many rows most cells have moved, downwards if positive; `None` if none has.
    fn distance_of_pieces(&self) -> Option<isize> {
        let before = unique_pieces(self.changed().map(|(row, shown, _)| (row, shown.cells)));
        let after = unique_pieces(self.changed().map(|(row, _, next)| (row, next.cells)));
        most_voted(after.iter().filter_map(|(key, piece)| {
            let distance = piece.row.checked_signed_diff(before.get(key)?.row)?;
            Some((distance, piece.columns))
        }))
        .map(|(distance, _)| distance)
    }

    /// The range of rows for which scrolling by `distance` saves most, if it saves anything;
    /// `unshifted` is what each row costs as it stands.
    ///
    /// One pass over the rows, as for the subarray of the largest sum (Kadane): the best start is
    /// carried along, and each row is tried as the end.
    fn best_range(&self, distance: isize, unshifted: &[i64]) -> Option<ScrollRegion> {
        let by = distance.unsigned_abs();
        let mut saved = 0;
        let mut start = (i64::MAX, 0);
        let mut best = (SCROLL_BYTES, None);
        for (row, blank_costs) in self.blank_costs(by, unshifted).windows(2).enumerate() {
            let &[toll, toll_further_down] = blank_costs else {
                continue;
            };
            // Rows come in below those that move up, and above those that move down.
            let (from, to, toll_at_start, toll_at_end) = if distance < 0 {
                (row + by, row, 0, toll_further_down)
            } else {
                (row, row + by, toll, 0)
            };
            start = start.min((saved + toll_at_start, row));
            saved += unshifted.get(to)? - self.cost(from, to);
            let saved_in_all = saved - start.0 - toll_at_end;
            if saved_in_all > best.0 {
                best = (saved_in_all, Some(start.1..row + 1 + by));
            }
        }
        let rows = best.1?;
        let rows = u16::try_from(rows.start).ok()?..u16::try_from(rows.end).ok()?;
        let by = u16::try_from(by).ok()?;
        Some(if distance < 0 {
            ScrollRegion::Up { rows, by }
        } else {
            ScrollRegion::Down { rows, by }
        })
    }

    /// What it costs more, for `by` rows from each row on, that they come in blank.
    fn blank_costs(&self, by: usize, unshifted: &[i64]) -> Vec<i64> {
        let rows = unshifted.iter().zip(&self.next);
        let blank_costs: Vec<i64> = rows
            .map(|(unshifted, next)| next.print.ink_bytes.min(MAX_ROW_BYTES) - unshifted)
            .collect();
        blank_costs
            .windows(by.max(1))
            .map(|blank_costs| blank_costs.iter().sum())
            .collect()
    }
}

/// Text without a gap of two columns.
struct TextPiece {
    row: usize,
    columns: usize,
}

/// Pieces of text, by column and by a hash of their text.
type TextPieces<T> = HashMap<(usize, u64), T, FixedState>;

/// The pieces that stand only once in these rows, which come with their numbers.
fn unique_pieces<'a>(rows: impl Iterator<Item = (usize, &'a [Cell])>) -> TextPieces<TextPiece> {
    let mut pieces = Vec::new();
    for (row, cells) in rows {
        for_each_piece(cells, |columns, hash| {
            let piece = TextPiece {
                row,
                columns: columns.len(),
            };
            pieces.push(((columns.start, hash), piece));
        });
    }
    uniques(pieces.into_iter())
}

/// What comes only once.
fn uniques<K: Eq + Hash, T>(all: impl Iterator<Item = (K, T)>) -> HashMap<K, T, FixedState> {
    let mut found: HashMap<K, Option<T>, FixedState> = HashMap::default();
    for (key, thing) in all {
        match found.entry(key) {
            Entry::Vacant(entry) => drop(entry.insert(Some(thing))),
            Entry::Occupied(mut entry) => drop(entry.insert(None)),
        }
    }
    let once = found.into_iter().filter_map(|(key, it)| Some((key, it?)));
    once.collect()
}

/// The distance that most votes are for, and their number; none if all are for standing still.
fn most_voted(votes: impl Iterator<Item = (isize, usize)>) -> Option<(isize, usize)> {
    let mut counted: HashMap<isize, usize, FixedState> = HashMap::default();
    for (distance, weight) in votes.filter(|(distance, _)| *distance != 0) {
        *counted.entry(distance).or_default() += weight;
    }
    let most = |&(distance, weight): &(isize, usize)| (weight, distance);
    counted.into_iter().max_by_key(most)
}

/// Calls `take` with the columns of each piece of text in a row, and a hash of the text. Two texts
/// that have the same only cost a worse guess, so it is a quick one (FNV-1a).
fn for_each_piece(cells: &[Cell], mut take: impl FnMut(Range<usize>, u64)) {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let with = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(PRIME);
    let mut open: Option<(Range<usize>, u64)> = None;
    for (column, cell) in cells.iter().enumerate() {
        let symbol = cell.symbol().as_bytes();
        if symbol == b" " {
            continue;
        }
        open = match open.take() {
            Some((columns, hash)) if column <= columns.end + 1 => {
                // A single blank within the piece counts, too.
                let hash = if column > columns.end {
                    with(hash, &b' ')
                } else {
                    hash
                };
                Some((columns.start..column + 1, symbol.iter().fold(hash, with)))
            }
            ended => {
                if let Some((columns, hash)) = ended {
                    take(columns, hash);
                }
                Some((column..column + 1, symbol.iter().fold(BASIS, with)))
            }
        };
    }
    if let Some((columns, hash)) = open {
        take(columns, hash);
    }
}

/// About how many bytes it takes to turn one row into another, up to [`MAX_ROW_BYTES`].
fn cost(from: &[Cell], to: &[Cell]) -> i64 {
    let mut changed = ChangedCells::default();
    for (from, to) in from.iter().zip(to) {
        changed.add(!is_same(from, to));
        if changed.bytes >= MAX_ROW_BYTES {
            return MAX_ROW_BYTES;
        }
    }
    changed.bytes
}
