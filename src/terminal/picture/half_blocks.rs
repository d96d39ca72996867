//! Pictures of cells whose halves have colours of their own, which every terminal of 256 colours
//! shows.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::{Color, Style};

use crate::picture::Raster;

/// The pixels of a cell.
pub(super) const PIXELS: Size = Size::new(1, 2);

/// The upper half in the letters' colour, the lower one in that of their ground.
const UPPER_HALF: &str = "▀";

/// The colours of the cells.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct HalfBlocks {
    /// For each row of cells, its two rows of pixels, side by side.
    rows: Vec<Vec<[Color; 2]>>,
}

impl HalfBlocks {
    /// A picture of which each cell shows [`PIXELS`].
    pub(super) fn new(raster: &Raster) -> Self {
        let rows: Vec<&[u8]> = raster.rows().collect();
        let rows = rows.chunks(PIXELS.height.into()).map(|pair| {
            let upper = pair.first().copied().unwrap_or_default();
            let lower = pair.get(1).copied().unwrap_or(upper);
            let cells = colours(upper).zip(colours(lower));
            cells.map(|(upper, lower)| [upper, lower]).collect()
        });
        HalfBlocks {
            rows: rows.collect(),
        }
    }

    /// Shows it without its first rows from the upper left of an area, as far as it fits.
    pub(super) fn draw(&self, skipped: usize, area: Rect, buffer: &mut Buffer) {
        for (row, cells) in area.rows().zip(self.rows.iter().skip(skipped)) {
            for (x, [upper, lower]) in (row.left()..row.right()).zip(cells) {
                if let Some(cell) = buffer.cell_mut(Position::new(x, row.y)) {
                    let style = Style::new().fg(*upper).bg(*lower);
                    cell.set_symbol(UPPER_HALF).set_style(style);
                }
            }
        }
    }
}

/// The colours of a row of pixels.
fn colours(row: &[u8]) -> impl Iterator<Item = Color> {
    row.chunks_exact(3).map(|pixel| match pixel {
        [red, green, blue] => Color::Rgb(*red, *green, *blue),
        _ => Color::Reset,
    })
}
