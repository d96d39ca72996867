//! Pictures as iTerm2 shows them, and others that know its way:
//! <https://iterm2.com/documentation-images.html>. What is sent is a file, here a PNG.

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use ratatui::layout::Size;

use crate::picture::Raster;

/// The bytes that show pixels in so many cells from the cursor on.
///
/// # Errors
/// Never: what is written to is memory.
pub(super) fn encode(raster: &Raster, size: Size) -> io::Result<Vec<u8>> {
    let png = png(raster)?;
    let mut bytes = Vec::new();
    write!(
        bytes,
        "\x1b]1337;File=inline=1;size={};width={};height={};preserveAspectRatio=0;doNotMoveCursor=1:",
        png.len(),
        size.width,
        size.height
    )?;
    bytes.extend(STANDARD.encode(png).into_bytes());
    bytes.push(b'\x07');
    Ok(bytes)
}

/// Pixels as a PNG (<https://www.w3.org/TR/png-3/>), rows unfiltered.
fn png(raster: &Raster) -> io::Result<Vec<u8>> {
    /// Eight bits for each of three colours, packed by deflate, not interlaced.
    const FORM: [u8; 5] = [8, 2, 0, 0, 0];
    let mut head = Vec::new();
    head.extend(raster.width().to_be_bytes());
    head.extend(raster.height().to_be_bytes());
    head.extend(FORM);
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    for row in raster.rows() {
        packer.write_all(&[0])?;
        packer.write_all(row)?;
    }
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    push_chunk(&mut png, *b"IHDR", &head);
    push_chunk(&mut png, *b"IDAT", &packer.finish()?);
    push_chunk(&mut png, *b"IEND", &[]);
    Ok(png)
}

fn push_chunk(png: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
    png.extend(length.to_be_bytes());
    let mut sum = crc32fast::Hasher::new();
    for part in [&name, data] {
        sum.update(part);
        png.extend(part);
    }
    png.extend(sum.finalize().to_be_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raster() -> Raster {
        Raster::new(2, 2, (1..=12).collect()).unwrap()
    }

    #[test]
    fn a_picture_is_a_file_of_which_its_size_in_bytes_and_cells_is_told() {
        let bytes = encode(&raster(), Size::new(7, 3)).unwrap();
        let text = str::from_utf8(&bytes).unwrap();
        let (head, data) = text.split_once(':').unwrap();
        let png = STANDARD.decode(data.strip_suffix('\x07').unwrap()).unwrap();
        let size = png.len();
        assert_eq!(
            head,
            format!(
                "\x1b]1337;File=inline=1;size={size};width=7;height=3;\
                 preserveAspectRatio=0;doNotMoveCursor=1"
            )
        );
    }

    #[cfg(feature = "pictures")]
    #[test]
    fn the_file_is_read_as_the_same_picture() {
        let png = png(&raster()).unwrap();
        let read = crate::picture::image_file::read(&png).unwrap();
        assert_eq!(read.raster, raster());
    }
}
