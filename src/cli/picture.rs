//! Pictures are drawn in a process of their own: pages of PDFs, and images.

#[cfg(feature = "pictures")]
mod drawing;

#[cfg(feature = "pictures")]
pub(super) use drawing::{COMMAND, serve};

#[cfg(feature = "pictures")]
use super::input;
use super::input::ReadingRules;
#[cfg(feature = "pictures")]
use crate::formats::packed_image;
use crate::picture::Drawing;
use crate::reader::PictureSource;
use crate::shelf::Origin;

/// Draws what belongs to the paper that comes from there, the longer side of a page about so many
/// pixels.
///
/// # Errors
/// Why there is no picture, in words for the reader.
#[cfg(feature = "pictures")]
pub(super) fn draw(
    origin: &Origin,
    source: &PictureSource,
    longest: u32,
    reading: ReadingRules,
) -> Result<Drawing, String> {
    let drawn = match source {
        PictureSource::Sheet(sheet) => {
            drawing::draw_sheet(&file_bytes(origin)?, reading.password(), *sheet, longest)
        }
        PictureSource::File(path) => {
            let bytes = input::image_bytes(path).map_err(|error| error.to_string())?;
            drawing::draw_image(&bytes)
        }
        PictureSource::Packed(name) => {
            let bytes = packed_image::read(&file_bytes(origin)?, name);
            drawing::draw_image(&bytes.ok_or("it cannot be unpacked from the paper")?)
        }
    };
    drawn.map_err(|refusal| refusal.to_string())
}

#[cfg(feature = "pictures")]
fn file_bytes(origin: &Origin) -> Result<Vec<u8>, String> {
    let bytes = input::file_bytes(origin).map_err(|error| error.to_string())?;
    bytes.ok_or_else(|| "the paper came on standard input, which is gone".to_owned())
}

/// The same where opcit was built without the means.
#[cfg(not(feature = "pictures"))]
pub(super) fn draw(
    _: &Origin,
    _: &PictureSource,
    _: u32,
    _: ReadingRules,
) -> Result<Drawing, String> {
    Err("this opcit was built without pictures".to_owned())
}
