//! Pictures on a terminal: how many of its cells they take, and what shows them there.

mod half_blocks;
mod view;

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use self::half_blocks::HalfBlocks;
pub(crate) use self::view::{MOST_ZOOM, PictureView};
use super::capabilities::TerminalCapabilities;
use crate::picture::Raster;

/// What a terminal shows pictures by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PictureProtocol {
    /// Cells that are parted in an upper and a lower half of two colours.
    HalfBlocks,
}

impl PictureProtocol {
    /// What a terminal shows pictures by that understands so much; none if it has too few colours,
    /// or no sign for half a cell.
    pub(crate) fn new(capabilities: TerminalCapabilities) -> Option<Self> {
        let has_colours = capabilities.has_colours && capabilities.has_256_colours;
        let can_halve = capabilities.charset.is_utf8();
        (has_colours && can_halve).then_some(PictureProtocol::HalfBlocks)
    }
}

/// A picture, or a part of it, as a terminal shows it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TerminalPicture {
    /// The cells that it takes.
    pub(crate) size: Size,
    form: HalfBlocks,
}

impl TerminalPicture {
    /// What a view has of a picture; none if that is too large.
    pub(crate) fn new(raster: &Raster, view: &PictureView, by: PictureProtocol) -> Option<Self> {
        let part = view.part(raster);
        let (size, form) = match by {
            PictureProtocol::HalfBlocks => (
                part.size,
                HalfBlocks::new(&part.scaled(raster, half_blocks::PIXELS)?),
            ),
        };
        Some(TerminalPicture { size, form })
    }

    /// Shows it in the middle of an area, as far as it fits.
    pub(crate) fn draw(&self, area: Rect, buffer: &mut Buffer) {
        self.form.draw(self.place(area), buffer);
    }

    /// The cells in the middle of an area that it takes.
    fn place(&self, area: Rect) -> Rect {
        let (width, height) = (
            self.size.width.min(area.width),
            self.size.height.min(area.height),
        );
        Rect {
            x: area.x + (area.width - width) / 2,
            y: area.y + (area.height - height) / 2,
            width,
            height,
        }
    }
}
