//! A picture as one process gives it to another: a line that says how large it is, or why there is
//! none, and its pixels.

use std::io::{self, Write};

use super::{Drawing, PictureRefusal, Raster};

/// Width and height in pixels, and how many pages the file has.
type Head = Result<(u32, u32, Option<u32>), PictureRefusal>;

/// Writes what was drawn, or why nothing was.
///
/// # Errors
/// When it cannot be written.
pub fn write(out: &mut impl Write, drawn: &Result<Drawing, PictureRefusal>) -> io::Result<()> {
    let head: Head = match drawn {
        Ok(Drawing { raster, sheets }) => Ok((raster.width, raster.height, *sheets)),
        Err(refusal) => Err(*refusal),
    };
    serde_json::to_writer(&mut *out, &head)?;
    out.write_all(b"\n")?;
    match drawn {
        Ok(drawing) => out.write_all(&drawing.raster.rgb),
        Err(_) => Ok(()),
    }
}

/// What was written. Who wrote less had to end before.
///
/// # Errors
/// Why there is no picture.
pub fn read(mut bytes: Vec<u8>) -> Result<Drawing, PictureRefusal> {
    let end = bytes.iter().position(|byte| *byte == b'\n');
    let end = end.ok_or(PictureRefusal::TooMuch)?;
    let rgb = bytes.split_off(end + 1);
    let head: Head = serde_json::from_slice(&bytes).map_err(|_| PictureRefusal::TooMuch)?;
    let (width, height, sheets) = head?;
    let raster = Raster::new(width, height, rgb).ok_or(PictureRefusal::TooMuch)?;
    Ok(Drawing { raster, sheets })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_process_draws_another_has() {
        let raster = Raster::new(2, 1, vec![10, 20, 30, 40, 50, 60]).unwrap();
        let sheets = Some(7);
        for drawn in [Ok(Drawing { raster, sheets }), Err(PictureRefusal::Broken)] {
            let mut bytes = Vec::new();
            write(&mut bytes, &drawn).unwrap();
            assert_eq!(read(bytes.clone()), drawn);
            if drawn.is_ok() {
                bytes.pop();
                assert_eq!(read(bytes), Err(PictureRefusal::TooMuch));
            }
        }
        assert_eq!(read(Vec::new()), Err(PictureRefusal::TooMuch));
        assert_eq!(read(b"[9]\n".to_vec()), Err(PictureRefusal::TooMuch));
    }
}
