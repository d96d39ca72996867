//! Rows of a frame, told apart by what is known of each, so that rows that have not changed and
//! rows that have only moved are not gone through cell by cell again.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::RandomState;
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::style::Color;

use super::{ScreenLink, encoder};

/// What is known of a row. Rows of which the same is known show the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct RowPrint {
    /// Of all that its cells show, with a seed of its own for each run of the program: two rows
    /// that differ have the same one as good as never, whatever a paper holds.
    hash: u64,
    /// Whether it is sent whole where it changes: a grapheme in it is wide, or such as terminals do
    /// not agree on, or a part of it leads to an address.
    pub(super) is_sent_whole: bool,
    /// About how many bytes it takes to write it where nothing stands.
    pub(super) ink_bytes: i64,
}

/// Takes the prints of rows.
#[derive(Debug, Default)]
pub(super) struct RowPrinter(RandomState);

impl RowPrinter {
    /// The prints of a buffer's rows, from the top.
    pub(super) fn of(&self, buffer: &Buffer) -> Vec<RowPrint> {
        let columns = usize::from(buffer.area.width).max(1);
        let rows = buffer.content.chunks(columns);
        rows.map(|cells| self.of_row(cells)).collect()
    }

    /// The print of a row in which nothing stands.
    pub(super) fn of_blank(&self, columns: u16) -> RowPrint {
        self.of_row(&vec![Cell::default(); columns.into()])
    }

    /// Takes into a row's print that some of its columns lead to an address.
    pub(super) fn add_link(&self, row: &mut RowPrint, link: &ScreenLink<'_>) {
        row.hash = self.0.hash_one((row.hash, &link.columns, link.address));
        row.is_sent_whole = true;
    }

    fn of_row(&self, cells: &[Cell]) -> RowPrint {
        let mut hasher = self.0.build_hasher();
        let mut is_wide = false;
        let mut ink = ChangedCells::default();
        let mut letters = Letters::default();
        for cell in cells {
            let is_plain = is_in_default_style(cell);
            match cell.symbol().as_bytes() {
                [byte] => {
                    letters.push(*byte, &mut hasher);
                    ink.add(*byte != b' ' || !is_plain);
                }
                symbol => {
                    is_wide |= is_wide_or_disputed(cell);
                    letters.finish(&mut hasher);
                    write_symbol(&mut hasher, symbol);
                    ink.add(true);
                }
            }
            if !is_plain {
                letters.finish(&mut hasher);
                write_style(&mut hasher, cell);
            }
        }
        letters.finish(&mut hasher);
        RowPrint {
            hash: hasher.finish(),
            is_sent_whole: is_wide,
            ink_bytes: ink.bytes,
        }
    }
}

/// Letters of one byte, up to eight of them in a word. The last one is lowest, so that no such word
/// begins as one of a longer symbol or of a style does.
#[derive(Debug, Default)]
struct Letters(u64);

impl Letters {
    #[inline]
    fn push(&mut self, letter: u8, hasher: &mut impl Hasher) {
        if self.0 >> 56 != 0 {
            self.finish(hasher);
        }
        self.0 = self.0 << 8 | u64::from(letter);
    }

    /// Gives what there is to the hasher.
    fn finish(&mut self, hasher: &mut impl Hasher) {
        if self.0 != 0 {
            hasher.write_u64(self.0);
            self.0 = 0;
        }
    }
}

/// Cells of a row that change, and what it takes to send them.
#[derive(Debug)]
pub(super) struct ChangedCells {
    /// About how many bytes that is.
    pub(super) bytes: i64,
    unchanged_columns: i64,
}

/// About how many bytes it takes to jump to a changed cell.
const JUMP_BYTES: i64 = 8;

impl Default for ChangedCells {
    fn default() -> Self {
        ChangedCells {
            bytes: 0,
            unchanged_columns: JUMP_BYTES,
        }
    }
}

impl ChangedCells {
    /// Adds the next cell of the row.
    pub(super) fn add(&mut self, is_changed: bool) {
        if is_changed {
            self.bytes += 1 + self.unchanged_columns.min(JUMP_BYTES);
            self.unchanged_columns = 0;
        } else {
            self.unchanged_columns += 1;
        }
    }
}

/// Whether the cell is in the terminal's own style.
pub(super) fn is_in_default_style(cell: &Cell) -> bool {
    matches!(
        (cell.fg, cell.bg, cell.underline_color),
        (Color::Reset, Color::Reset, Color::Reset)
    ) && cell.modifier.is_empty()
}

fn is_wide_or_disputed(cell: &Cell) -> bool {
    cell.cell_width() > 1 || encoder::is_disputed(cell.symbol())
}

/// Whether two cells show the same.
pub(super) fn is_same(one: &Cell, other: &Cell) -> bool {
    // Most are letters of one byte, and most of those differ.
    match (one.symbol().as_bytes(), other.symbol().as_bytes()) {
        ([letter], [other_letter]) => letter == other_letter && has_same_style(one, other),
        _ => one == other,
    }
}

fn has_same_style(one: &Cell, other: &Cell) -> bool {
    let style = |cell: &Cell| (cell.fg, cell.bg, cell.underline_color, cell.modifier);
    (is_in_default_style(one) && is_in_default_style(other)) || style(one) == style(other)
}

/// A symbol as its bytes, eight at a time; a ninth byte begins another word, and no word of a
/// symbol begins as one of a style does.
fn write_symbol(hasher: &mut impl Hasher, symbol: &[u8]) {
    for bytes in symbol.chunks(8) {
        let mut word = [0; 8];
        word.iter_mut()
            .zip(bytes)
            .for_each(|(to, byte)| *to = *byte);
        hasher.write_u64(u64::from_le_bytes(word));
    }
}

/// The style of a cell, which is not the default.
fn write_style(hasher: &mut impl Hasher, cell: &Cell) {
    /// A byte that no text holds.
    const STYLE: u64 = 0xff;
    let colours = encoder::colour_bits(cell.fg) << 8 | encoder::colour_bits(cell.bg) << 34;
    let line = encoder::colour_bits(cell.underline_color) << 16;
    hasher.write_u64(colours | STYLE);
    hasher.write_u64(line | u64::from(cell.modifier.bits()));
}
