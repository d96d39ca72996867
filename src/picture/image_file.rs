//! Images in files, read only once their heads say that they are within bounds.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::{Drawing, MAX_PIXELS, MAX_SIDE_PIXELS, PictureRefusal, Raster};

/// The most bytes that reading an image may take.
const MAX_MEMORY_BYTES: u64 = 256 << 20;

/// The picture that an image's bytes are; of one that moves, the first. What is transparent is
/// white, as on paper.
///
/// # Errors
/// When it is in another format, has too many pixels, or is broken.
pub fn read(bytes: &[u8]) -> Result<Drawing, PictureRefusal> {
    let format = image::guess_format(bytes).map_err(|_| PictureRefusal::Format)?;
    if !matches!(
        format,
        ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::Gif | ImageFormat::WebP
    ) {
        return Err(PictureRefusal::Format);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| PictureRefusal::Broken)?;
    let (width, height) = decoder.dimensions();
    let is_long = width.max(height) > MAX_SIDE_PIXELS;
    if is_long || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(PictureRefusal::TooLarge);
    }
    let turn = decoder.orientation().ok();
    let image = DynamicImage::from_decoder(decoder);
    let mut image = image.map_err(|_| PictureRefusal::Broken)?;
    if let Some(turn) = turn {
        image.apply_orientation(turn);
    }
    let raster = raster(&image).ok_or(PictureRefusal::Broken)?;
    let sheets = None;
    Ok(Drawing { raster, sheets })
}

fn raster(image: &DynamicImage) -> Option<Raster> {
    if !image.color().has_alpha() {
        return Raster::new(image.width(), image.height(), image.to_rgb8().into_raw());
    }
    let rgba = image.to_rgba8();
    let mut rgb = Vec::with_capacity(rgba.as_raw().len() / 4 * 3);
    for pixel in rgba.pixels() {
        let [red, green, blue, alpha] = pixel.0;
        rgb.extend([red, green, blue].map(|level| on_white(level, alpha)));
    }
    Raster::new(image.width(), image.height(), rgb)
}

/// A level of a colour that covers white by so much of 255.
fn on_white(level: u8, alpha: u8) -> u8 {
    let (level, alpha) = (u16::from(level), u16::from(alpha));
    let mixed = (level * alpha + 255 * (255 - alpha)) / 255;
    u8::try_from(mixed).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use image::{Rgba, RgbaImage};

    use super::*;

    fn encoded(image: &RgbaImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let image = DynamicImage::from(image.clone());
        let image = match format {
            ImageFormat::Jpeg => DynamicImage::from(image.to_rgb8()),
            _ => image,
        };
        image.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn an_image_is_read_in_each_of_the_formats_on_white() {
        let mut image = RgbaImage::from_pixel(16, 8, Rgba([200, 0, 0, 255]));
        for format in [
            ImageFormat::Png,
            ImageFormat::Jpeg,
            ImageFormat::Gif,
            ImageFormat::WebP,
        ] {
            let raster = read(&encoded(&image, format)).unwrap().raster;
            assert_eq!((raster.width(), raster.height()), (16, 8), "{format:?}");
            let [red, green, blue] = raster.rgb().first_chunk().copied().unwrap();
            assert!(
                red.abs_diff(200) < 6 && green < 6 && blue < 6,
                "{format:?}: {red} {green} {blue}"
            );
        }
        image.put_pixel(0, 0, Rgba([0, 0, 0, 0]));
        let raster = read(&encoded(&image, ImageFormat::Png)).unwrap().raster;
        assert_eq!(raster.rgb().first_chunk(), Some(&[255, 255, 255]));
    }

    #[test]
    fn what_is_no_image_or_is_cut_off_is_refused() {
        let image = RgbaImage::from_pixel(64, 64, Rgba([1, 2, 3, 255]));
        let png = encoded(&image, ImageFormat::Png);
        assert_eq!(read(b"%PDF-1.7"), Err(PictureRefusal::Format));
        assert_eq!(read(b""), Err(PictureRefusal::Format));
        assert_eq!(read(b"BM      "), Err(PictureRefusal::Format));
        for end in [20, png.len() / 2] {
            assert_eq!(read(&png[..end]), Err(PictureRefusal::Broken), "{end}");
        }
    }

    #[test]
    fn an_image_that_claims_to_be_huge_is_not_unpacked() {
        let image = RgbaImage::from_pixel(8, 8, Rgba([1, 2, 3, 255]));
        let mut png = encoded(&image, ImageFormat::Png);
        // Width and height stand at the head, before a sum that a reader may or may not look at.
        for sides in [[0, 0, 0xf0, 0, 0, 0, 0xf0, 0], [0, 1, 0, 0, 0, 0, 0, 1]] {
            png[16..24].copy_from_slice(&sides);
            let sum = crc32fast::hash(&png[12..29]).to_be_bytes();
            png[29..33].copy_from_slice(&sum);
            assert_eq!(read(&png), Err(PictureRefusal::TooLarge), "{sides:?}");
        }
    }
}
