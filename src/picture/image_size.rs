//! How large an image is when it is shown, as the head of its file says.

/// The most bytes of a file that its size is looked for in: in front of it a camera may have put a
/// small picture.
pub const HEAD_BYTES: usize = 1 << 18;

/// Width and height in pixels of the image whose file begins so; none if that is in another format
/// than [`image_file`](super::image_file) reads, or does not say.
#[must_use]
pub fn read(head: &[u8]) -> Option<(u32, u32)> {
    let size = match head {
        [0x89, b'P', b'N', b'G', ..] => (big(head, 16, 4)?, big(head, 20, 4)?),
        [b'G', b'I', b'F', b'8', ..] => (little(head, 6, 2)?, little(head, 8, 2)?),
        [0xff, 0xd8, ..] => jpeg(head)?,
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => webp(head)?,
        _ => return None,
    };
    (size.0 > 0 && size.1 > 0).then_some(size)
}

/// The frame's own size, which stands in one of the segments, as the camera was held that says so in
/// another before it.
fn jpeg(head: &[u8]) -> Option<(u32, u32)> {
    let (mut at, mut is_turned) = (2, false);
    loop {
        let marker = *head.get(at + 1).filter(|_| head.get(at) == Some(&0xff))?;
        match marker {
            0xff => at += 1,
            0x01 | 0xd0..=0xd8 => at += 2,
            // Tables share the numbers of frames.
            0xc4 | 0xc8 | 0xcc => at += 2 + segment(head, at)?,
            0xc0..=0xcf => {
                let (width, height) = (big(head, at + 7, 2)?, big(head, at + 5, 2)?);
                return Some(if is_turned {
                    (height, width)
                } else {
                    (width, height)
                });
            }
            0xe1 => {
                let end = at + 2 + segment(head, at)?;
                let exif = head.get(at + 4..end)?.strip_prefix(b"Exif\0\0");
                is_turned |= exif.is_some_and(|tiff| is_turned_by(tiff).unwrap_or(false));
                at = end;
            }
            _ => at += 2 + segment(head, at)?,
        }
    }
}

/// The field of EXIF that says how the camera was held.
const ORIENTATION: u32 = 0x0112;

/// Whether a picture is shown turned by a quarter, as its EXIF says; none if that says nothing.
fn is_turned_by(tiff: &[u8]) -> Option<bool> {
    let number = match tiff.get(..4)? {
        b"II*\0" => little,
        b"MM\0*" => big,
        _ => return None,
    };
    let first = usize::try_from(number(tiff, 4, 4)?).ok()?;
    let count = usize::try_from(number(tiff, first, 2)?).ok()?;
    let fields = tiff.get(first.checked_add(2)?..)?.chunks_exact(12);
    let mut fields = fields.take(count);
    let held = fields.find(|field| number(field, 0, 2) == Some(ORIENTATION))?;
    Some((5..=8).contains(&number(held, 8, 2)?))
}

/// The bytes of a segment behind its marker.
fn segment(head: &[u8], at: usize) -> Option<usize> {
    usize::try_from(big(head, at + 2, 2)?)
        .ok()
        .filter(|bytes| *bytes >= 2)
}

fn webp(head: &[u8]) -> Option<(u32, u32)> {
    match head.get(12..16)? {
        b"VP8 " => Some((little(head, 26, 2)? & 0x3fff, little(head, 28, 2)? & 0x3fff)),
        b"VP8L" => {
            let bits = little(head, 21, 4)?;
            Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        b"VP8X" => Some((little(head, 24, 3)? + 1, little(head, 27, 3)? + 1)),
        _ => None,
    }
}

/// A number of some bytes, the highest first.
fn big(head: &[u8], at: usize, bytes: usize) -> Option<u32> {
    let bytes = head.get(at..at.checked_add(bytes)?)?.iter();
    Some(bytes.fold(0, |number, byte| number << 8 | u32::from(*byte)))
}

/// A number of some bytes, the lowest first.
fn little(head: &[u8], at: usize, bytes: usize) -> Option<u32> {
    let bytes = head.get(at..at.checked_add(bytes)?)?.iter();
    Some(
        bytes
            .rev()
            .fold(0, |number, byte| number << 8 | u32::from(*byte)),
    )
}

#[cfg(all(test, feature = "pictures"))]
mod tests {
    use std::io::Cursor;

    use image::{DynamicImage, ImageFormat};
    use proptest::prelude::*;

    use super::*;
    use crate::picture::image_file;

    const FORMATS: [ImageFormat; 4] = [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::Gif,
        ImageFormat::WebP,
    ];

    proptest! {
        /// Whatever a file says, nothing panics.
        #[test]
        fn any_bytes_have_a_size_or_none(
            magic in prop::sample::select(vec![
                &b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"[..],
                b"GIF89a",
                b"\xff\xd8\xff",
                b"RIFF\x40\0\0\0WEBPVP8L",
                b"RIFF\x40\0\0\0WEBPVP8X",
                b"",
            ]),
            rest in prop::collection::vec(any::<u8>(), 0..200),
        ) {
            let file = [magic, &rest].concat();
            let _ = (read(&file), image_file::read(&file));
        }

        #[test]
        fn what_is_read_has_the_size_that_its_head_tells(
            width in 1..200_u32,
            height in 1..200_u32,
            format in prop::sample::select(FORMATS.to_vec()),
        ) {
            let mut file = Cursor::new(Vec::new());
            let image = DynamicImage::new_rgb8(width, height);
            image.write_to(&mut file, format).unwrap();
            let file = file.into_inner();
            let raster = image_file::read(&file).unwrap().raster;
            prop_assert_eq!((raster.width(), raster.height()), (width, height));
            prop_assert_eq!(read(&file), Some((width, height)));
        }
    }

    #[test]
    fn a_photograph_that_is_shown_turned_has_the_size_that_it_is_shown_in() {
        let mut file = Cursor::new(Vec::new());
        let image = DynamicImage::new_rgb8(30, 70);
        image.write_to(&mut file, ImageFormat::Jpeg).unwrap();
        let file = file.into_inner();
        let mut turned = 0;
        for (held, is_little) in (0..10u8).flat_map(|held| [(held, true), (held, false)]) {
            let tiff: &[u8] = if is_little {
                &[
                    b'I', b'I', 42, 0, 8, 0, 0, 0, 2, 0, 0x0f, 1, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0,
                    0x12, 1, 3, 0, 1, 0, 0, 0, held, 0, 0, 0, 0, 0, 0, 0,
                ]
            } else {
                &[
                    b'M', b'M', 0, 42, 0, 0, 0, 8, 0, 2, 1, 0x0f, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 1,
                    0x12, 0, 3, 0, 0, 0, 1, 0, held, 0, 0, 0, 0, 0, 0,
                ]
            };
            let bytes = u8::try_from(2 + 6 + tiff.len()).unwrap();
            let exif = [b"\xff\xe1\0", &[bytes][..], b"Exif\0\0", tiff].concat();
            let photograph = [&file[..2], &exif, &file[2..]].concat();
            let raster = image_file::read(&photograph).unwrap().raster;
            let shown = (raster.width(), raster.height());
            assert_eq!(read(&photograph), Some(shown), "held {held}");
            turned += usize::from(shown == (70, 30));
            for end in 0..60 {
                let _ = read(&photograph[..end]);
            }
        }
        assert_eq!(turned, 8);
    }

    #[test]
    fn the_head_of_an_image_says_how_large_it_is() {
        let image = DynamicImage::new_rgb8(300, 70);
        for format in FORMATS {
            let mut file = Cursor::new(Vec::new());
            image.write_to(&mut file, format).unwrap();
            let file = file.into_inner();
            assert_eq!(read(&file), Some((300, 70)), "{format:?}");
            for end in 0..30 {
                let _ = read(&file[..end]);
            }
        }
        let lossy = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x2c\x01\x46\x00";
        assert_eq!(read(lossy), Some((300, 70)));
        let extended = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x2b\x01\x00\x45\x00\x00";
        assert_eq!(read(extended), Some((300, 70)));
        for none in [
            &b""[..],
            b"%PDF",
            b"\xff\xd8\xff",
            b"\xff\xd8\xff\xe0\0\0\0\0\0",
            b"GIF89a",
        ] {
            assert_eq!(read(none), None);
        }
    }
}
