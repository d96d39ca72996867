//! Pictures as pixels: read within bounds, and cut and scaled to be shown.

#[cfg(feature = "pictures")]
pub mod image_file;
pub mod image_size;
mod scale;
pub mod wire;

use serde::{Deserialize, Serialize};

pub use scale::Stretch;

/// The most pixels of a picture, as many as of a page of A3 at 300 to the inch.
pub const MAX_PIXELS: u64 = 20_000_000;

/// The most pixels of an image in one direction: of a longer line that is made as small as a cell, each
/// row of the cell would ask for all.
pub const MAX_SIDE_PIXELS: u32 = 65_535;

/// The most pixels that a page is high or wide when it is rendered, and the fewest, so that what is
/// shown small is made from something large.
pub const PAGE_PIXELS: std::ops::RangeInclusive<u32> = 900..=4_000;

/// Pixels in rows, from the top left.
#[derive(Clone, PartialEq, Eq)]
pub struct Raster {
    width: u32,
    height: u32,
    /// Red, green and blue of each pixel.
    rgb: Vec<u8>,
}

impl std::fmt::Debug for Raster {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Raster({}x{})", self.width, self.height)
    }
}

impl Raster {
    /// Pixels by their red, green and blue, in rows; none if they are not as many as the width and
    /// the height say, or more than [`MAX_PIXELS`], or none at all.
    #[must_use]
    pub fn new(width: u32, height: u32, rgb: Vec<u8>) -> Option<Self> {
        let pixels = u64::from(width) * u64::from(height);
        let is_whole = u64::try_from(rgb.len()).is_ok_and(|bytes| bytes == pixels * 3);
        let is_bounded = (1..=MAX_PIXELS).contains(&pixels);
        (is_whole && is_bounded).then_some(Raster { width, height, rgb })
    }

    /// In pixels.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// In pixels.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Red, green and blue of each pixel, in rows from the top left.
    #[must_use]
    pub fn rgb(&self) -> &[u8] {
        &self.rgb
    }

    /// The rows from the top, each with three bytes for a pixel.
    pub fn rows(&self) -> impl Iterator<Item = &[u8]> {
        let bytes = usize::try_from(self.width).unwrap_or(usize::MAX);
        self.rgb.chunks(bytes.saturating_mul(3).max(1))
    }
}

/// What was asked to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// Its pixels.
    pub raster: Raster,
    /// How many pages the file has, if it is one of them.
    pub sheets: Option<u32>,
}

/// Why there is no picture to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[non_exhaustive]
pub enum PictureRefusal {
    /// It is in no format that is read.
    #[error("it is no PNG, JPEG, GIF or WebP")]
    Format,
    /// It has more than [`MAX_PIXELS`], or more than [`MAX_SIDE_PIXELS`] in one direction.
    #[error(
        "it has more than {} million pixels, or more than {MAX_SIDE_PIXELS} in one direction",
        MAX_PIXELS / 1_000_000
    )]
    TooLarge,
    /// It is cut off, or something else.
    #[error("it is broken")]
    Broken,
    /// The file has no such page.
    #[error("the file has no such page")]
    NoSheet,
    /// Drawing it takes more work or memory than is allowed.
    #[error("drawing it takes more memory or time than opcit allows")]
    TooMuch,
    /// The process that was to draw it did not start.
    #[error("the process that draws pictures cannot be started; on Linux it needs /proc")]
    NoProcess,
}
