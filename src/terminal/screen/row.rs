//! Rows of a frame, told apart by what is known of each, so that rows that have not changed and
//! rows that have only moved are not gone through cell by cell again.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::RandomState;
use ratatui::buffer::{Buffer, Cell, CellWidth};

use super::encoder;

/// What is known of a row. Rows of which the same is known show the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RowPrint {
    /// Of all that its cells show, with a seed of its own for each run of the program: two rows
    /// that differ have the same one as good as never, whatever a paper holds.
    hash: u64,
    /// Whether a grapheme in it is wide, or such as terminals do not agree on.
    pub(super) is_wide: bool,
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

    fn of_row(&self, cells: &[Cell]) -> RowPrint {
        let mut hasher = self.0.build_hasher();
        let mut is_wide = false;
        for cell in cells {
            let symbol = cell.symbol();
            is_wide |= symbol.len() > 1 && is_wide_or_disputed(cell);
            write_symbol(&mut hasher, symbol);
            write_style(&mut hasher, cell);
        }
        RowPrint {
            hash: hasher.finish(),
            is_wide,
        }
    }
}

fn is_wide_or_disputed(cell: &Cell) -> bool {
    cell.cell_width() > 1 || encoder::is_disputed(cell.symbol())
}

/// Whether two cells show the same.
pub(super) fn is_same(one: &Cell, other: &Cell) -> bool {
    // Most differ in a letter, which is quickly seen.
    match (one.symbol().as_bytes(), other.symbol().as_bytes()) {
        ([one], [other]) if one != other => false,
        _ => one == other,
    }
}

/// A symbol as its bytes, eight at a time; a ninth byte begins another word, and no word of a
/// symbol begins as one of a style does.
fn write_symbol(hasher: &mut impl Hasher, symbol: &str) {
    for bytes in symbol.as_bytes().chunks(8) {
        let mut word = [0; 8];
        word.iter_mut()
            .zip(bytes)
            .for_each(|(to, byte)| *to = *byte);
        hasher.write_u64(u64::from_le_bytes(word));
    }
}

/// The style of a cell, nothing where that is the default.
fn write_style(hasher: &mut impl Hasher, cell: &Cell) {
    /// A byte that no text holds.
    const STYLE: u64 = 0xff;
    let colours = encoder::colour_bits(cell.fg) << 8 | encoder::colour_bits(cell.bg) << 34;
    let line = encoder::colour_bits(cell.underline_color) << 16 | u64::from(cell.modifier.bits());
    if colours | line != 0 {
        hasher.write_u64(colours | STYLE);
        hasher.write_u64(line);
    }
}
