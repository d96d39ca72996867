//! Pictures in sixels, as DEC's terminals print them and many of today do:
//! <https://vt100.net/docs/vt3xx-gp/chapter14.html>. Six rows of pixels are a band, which is gone
//! over once for each colour in it.

use std::collections::HashMap;
use std::io::{self, Write};

use super::palette::PicturePalette;
use crate::picture::Raster;

/// The rows of a band.
const BAND_ROWS: usize = 6;

/// What a column of a band is told by: this, and a bit for each row from the top.
const FIRST_SIGN: u8 = b'?';

/// From how many of a sign on it is told once, with its number.
const MIN_REPEATED: usize = 4;

/// The bytes that show pixels from the cursor on, as many as there are.
///
/// # Errors
/// Never: what is written to is memory.
pub(super) fn encode(raster: &Raster) -> io::Result<Vec<u8>> {
    let palette = PicturePalette::new(raster);
    let mut bytes = Vec::new();
    // Pixels are square, and what is not set stays as it is.
    let (width, height) = (raster.width(), raster.height());
    write!(bytes, "\x1bP0;1;0q\"1;1;{width};{height}")?;
    for (index, [red, green, blue]) in palette.colours().iter().enumerate() {
        let percent = |level: u8| (u32::from(level) * 100 + 127) / 255;
        let (red, green, blue) = (percent(*red), percent(*green), percent(*blue));
        write!(bytes, "#{index};2;{red};{green};{blue}")?;
    }
    let rows: Vec<&[u8]> = raster.rows().collect();
    for (index, band) in rows.chunks(BAND_ROWS).enumerate() {
        if index > 0 {
            bytes.push(b'-');
        }
        write_band(&mut bytes, band, &palette)?;
    }
    bytes.extend(b"\x1b\\");
    Ok(bytes)
}

fn write_band(bytes: &mut Vec<u8>, band: &[&[u8]], palette: &PicturePalette) -> io::Result<()> {
    let columns = band.first().map_or(0, |row| row.len() / 3);
    // The signs of each colour, and the order in which colours came.
    let mut signs: HashMap<usize, Vec<u8>> = HashMap::new();
    let mut order = Vec::new();
    for (bit, row) in band.iter().enumerate() {
        for (column, pixel) in row.chunks_exact(3).enumerate() {
            let colour = palette.nearest(pixel);
            let line = signs.entry(colour).or_insert_with(|| {
                order.push(colour);
                vec![0; columns]
            });
            if let Some(sign) = line.get_mut(column) {
                *sign |= 1 << bit;
            }
        }
    }
    for (index, colour) in order.iter().enumerate() {
        if index > 0 {
            bytes.push(b'$');
        }
        write!(bytes, "#{colour}")?;
        let line = signs.get(colour).map(Vec::as_slice).unwrap_or_default();
        write_line(bytes, line)?;
    }
    Ok(())
}

/// Writes the signs of a colour, as far as it goes.
fn write_line(bytes: &mut Vec<u8>, line: &[u8]) -> io::Result<()> {
    let end = line
        .iter()
        .rposition(|sign| *sign != 0)
        .map_or(0, |last| last + 1);
    let line = line.get(..end).unwrap_or_default();
    for run in line.chunk_by(|one, other| one == other) {
        let sign = run.first().map_or(FIRST_SIGN, |bits| FIRST_SIGN + bits);
        if run.len() >= MIN_REPEATED {
            write!(bytes, "!{}", run.len())?;
            bytes.push(sign);
        } else {
            bytes.extend(run.iter().map(|_| sign));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RED: [u8; 3] = [255, 0, 0];
    const WHITE: [u8; 3] = [255, 255, 255];

    fn sent(width: u32, pixels: &[[u8; 3]]) -> String {
        let height = u32::try_from(pixels.len()).unwrap() / width;
        let raster = Raster::new(width, height, pixels.concat()).unwrap();
        String::from_utf8(encode(&raster).unwrap()).unwrap()
    }

    #[test]
    fn a_band_is_gone_over_for_each_colour_and_what_repeats_is_counted() {
        let mut pixels = vec![WHITE; 8 * 2];
        pixels[9] = RED;
        assert_eq!(
            sent(8, &pixels),
            "\x1bP0;1;0q\"1;1;8;2#0;2;100;0;0#1;2;100;100;100\
             #1B@!6B$#0?A\x1b\\"
        );
    }

    #[test]
    fn a_seventh_row_is_in_another_band() {
        assert_eq!(
            sent(1, &[WHITE; 7]),
            "\x1bP0;1;0q\"1;1;1;7#0;2;100;100;100#0~-#0@\x1b\\"
        );
    }

    #[test]
    fn what_is_drawn_again_from_the_bytes_is_the_picture() {
        let mut generator = fastrand::Rng::with_seed(3);
        let colours: Vec<[u8; 3]> = (0..9)
            .map(|step| [step * 30, 255 - step * 20, 51])
            .collect();
        let pixels: Vec<[u8; 3]> = (0..23 * 17)
            .map(|_| colours[generator.usize(..colours.len())])
            .collect();
        let drawn = draw(&sent(23, &pixels), 23, 17);
        for (one, other) in drawn.iter().zip(&pixels) {
            let distance = one.iter().zip(other).map(|(a, b)| a.abs_diff(*b)).max();
            assert!(distance < Some(3), "{one:?} {other:?}");
        }
    }

    /// Draws as a terminal does.
    fn draw(sent: &str, width: usize, height: usize) -> Vec<[u8; 3]> {
        let body = sent.strip_prefix("\x1bP0;1;0q").unwrap();
        let body = body.strip_suffix("\x1b\\").unwrap();
        let mut signs = body.chars().peekable();
        let mut pixels = vec![[1, 2, 3]; width * height];
        let (mut column, mut band, mut colour) = (0, 0, 0);
        let mut colours = HashMap::new();
        let mut repeat = 1;
        while let Some(sign) = signs.next() {
            let mut numbers = Vec::new();
            if matches!(sign, '"' | '#' | '!') {
                let mut digits = String::new();
                while let Some(next) = signs.next_if(|c| c.is_ascii_digit() || *c == ';') {
                    digits.push(next);
                }
                numbers.extend(
                    digits
                        .split(';')
                        .map(|number| number.parse::<usize>().unwrap()),
                );
            }
            match (sign, numbers.as_slice()) {
                ('"', shape) => assert_eq!(shape, [1, 1, width, height]),
                ('#', [index]) => colour = *index,
                ('#', [index, 2, rgb @ ..]) => {
                    let level = |at: usize| u8::try_from(rgb[at] * 255 / 100).unwrap();
                    colours.insert(*index, [level(0), level(1), level(2)]);
                }
                ('!', [count]) => repeat = *count,
                ('$', _) => column = 0,
                ('-', _) => (column, band) = (0, band + 1),
                (sign, _) => {
                    let bits = u32::from(sign) - u32::from('?');
                    for _ in 0..std::mem::replace(&mut repeat, 1) {
                        for row in (0..6).filter(|row| bits & (1 << row) != 0) {
                            pixels[(band * 6 + row) * width + column] = colours[&colour];
                        }
                        column += 1;
                    }
                }
            }
        }
        pixels
    }
}
