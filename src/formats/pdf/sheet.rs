//! A page of a PDF as a picture.

use hayro::hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use hayro_interpret::InterpreterSettings;
use hayro_interpret::hayro_syntax::Pdf;

use crate::picture::{Drawing, PAGE_PIXELS, PictureRefusal, Raster};

/// Draws a page of a PDF that this password opens, if it needs one. Pages are counted from 1. The
/// picture's longer side has so many pixels, within [`PAGE_PIXELS`].
///
/// # Errors
/// When it is no PDF, or has no such page.
pub fn draw(
    bytes: &[u8],
    password: &str,
    sheet: u32,
    longest: u32,
) -> Result<Drawing, PictureRefusal> {
    let pdf = Pdf::new_with_password(bytes.to_vec(), password);
    let pdf = pdf.map_err(|_| PictureRefusal::Broken)?;
    let index = sheet.checked_sub(1).map(usize::try_from);
    let index = index.and_then(Result::ok);
    let page = index.and_then(|index| pdf.pages().get(index));
    let raster = rendered(page.ok_or(PictureRefusal::NoSheet)?, longest)?;
    let sheets = u32::try_from(pdf.pages().len()).ok();
    Ok(Drawing { raster, sheets })
}

fn rendered(page: &PdfPage<'_>, longest: u32) -> Result<Raster, PictureRefusal> {
    let longest = longest.clamp(*PAGE_PIXELS.start(), *PAGE_PIXELS.end());
    let (width, height) = page.render_dimensions();
    let longer = width.max(height);
    if !longer.is_finite() || longer <= 0.0 || width.min(height) <= 0.0 {
        return Err(PictureRefusal::Broken);
    }
    // A strip that is too thin for one pixel is no page.
    let pixels = u16::try_from(longest).unwrap_or(u16::MAX);
    let scale = f32::from(pixels) / longer;
    if width.min(height) * scale < 1.0 {
        return Err(PictureRefusal::Broken);
    }
    let pixmap = render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &PixmapSettings {
            x_scale: scale,
            y_scale: scale,
            bg_color: WHITE,
        },
    );
    let rgb = pixmap.data_as_u8_slice().chunks_exact(4);
    let rgb = rgb.flat_map(|rgba| rgba.iter().take(3).copied()).collect();
    let raster = Raster::new(pixmap.width().into(), pixmap.height().into(), rgb);
    raster.ok_or(PictureRefusal::Broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCKED: &[u8] = include_bytes!("../../../tests/data/pdf/locked.pdf");
    const PLAIN: &[u8] = include_bytes!("../../../tests/data/pdf/paper.typst.pdf");

    #[test]
    fn a_page_is_dark_letters_on_white_as_large_as_asked() {
        let drawn = draw(PLAIN, "", 1, 1000).unwrap();
        let raster = &drawn.raster;
        assert_eq!(raster.height(), 1000);
        assert!((760..790).contains(&raster.width()), "{raster:?}");
        assert!(drawn.sheets.is_some_and(|sheets| sheets > 5));
        let darkest = raster.rgb().iter().min();
        assert!(darkest.is_some_and(|level| *level < 60), "{darkest:?}");
        let white = raster.rgb().iter().filter(|level| **level == 255).count();
        assert!(white > raster.rgb().len() / 2);
        let second = draw(PLAIN, "", 2, 1000).unwrap();
        assert_ne!(second.raster, drawn.raster);
    }

    #[test]
    fn a_page_that_is_locked_is_drawn_with_its_password_only() {
        assert!(draw(LOCKED, "open sesame", 1, 900).is_ok());
        assert_eq!(draw(LOCKED, "", 1, 900), Err(PictureRefusal::Broken));
    }

    #[test]
    fn a_page_that_there_is_not_and_what_is_no_pdf_is_refused() {
        let refused = |bytes: &[u8], sheet| draw(bytes, "", sheet, 900).unwrap_err();
        assert_eq!(refused(PLAIN, 0), PictureRefusal::NoSheet);
        assert_eq!(refused(PLAIN, 10_000), PictureRefusal::NoSheet);
        assert_eq!(refused(b"no PDF", 1), PictureRefusal::Broken);
    }
}
