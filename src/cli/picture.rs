//! Pictures are drawn in a process of their own: pages of PDFs, and images.

#[cfg(feature = "pictures")]
mod drawing;

#[cfg(feature = "pictures")]
pub(super) use drawing::{COMMAND, serve};

use super::input::ReadingRules;
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
    match source {
        PictureSource::Sheet(sheet) => {
            let bytes = super::input::pdf(origin).map_err(|error| error.to_string())?;
            let bytes = bytes.ok_or("the paper came on standard input, which is gone")?;
            drawing::draw_sheet(&bytes, reading.password(), *sheet, longest)
                .map_err(|refusal| refusal.to_string())
        }
    }
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
