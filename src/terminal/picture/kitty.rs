//! Pictures by kitty's graphics protocol: <https://sw.kovidgoyal.net/kitty/graphics-protocol/>.

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use ratatui::layout::Size;

use crate::picture::Raster;

/// By what the terminal knows opcit's picture. There is one at a time.
const ID: u32 = 0x006f_7063;

/// The most bytes of a piece that a picture is sent in.
const PIECE_BYTES: usize = 4096;

/// The bytes that show pixels in so many cells from the cursor on, which stays where it is. The
/// terminal is asked not to answer.
///
/// # Errors
/// Never: what is written to is memory.
pub(super) fn encode(raster: &Raster, size: Size) -> io::Result<Vec<u8>> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(raster.rgb())?;
    let data = STANDARD.encode(packer.finish()?).into_bytes();
    let pieces = data.len().div_ceil(PIECE_BYTES);
    let mut bytes = Vec::new();
    for (index, piece) in data.chunks(PIECE_BYTES).enumerate() {
        let more = u8::from(index + 1 < pieces);
        bytes.extend(b"\x1b_G");
        if index == 0 {
            write!(
                bytes,
                "a=T,q=2,i={ID},p=1,f=24,o=z,s={},v={},c={},r={},C=1,",
                raster.width(),
                raster.height(),
                size.width,
                size.height
            )?;
        }
        write!(bytes, "m={more};")?;
        bytes.extend(piece);
        bytes.extend(b"\x1b\\");
    }
    Ok(bytes)
}

/// The bytes that take the picture away, and have the terminal forget it.
pub(super) fn removal() -> Vec<u8> {
    format!("\x1b_Ga=d,d=I,q=2,i={ID};\x1b\\").into_bytes()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::ZlibDecoder;

    use super::*;

    /// What is sent of each piece: its keys, and its data.
    fn pieces(bytes: &[u8]) -> Vec<(String, String)> {
        let text = str::from_utf8(bytes).unwrap();
        let pieces = text.split("\x1b_G").skip(1);
        pieces
            .map(|piece| {
                let (keys, data) = piece
                    .strip_suffix("\x1b\\")
                    .unwrap()
                    .split_once(';')
                    .unwrap();
                (keys.to_owned(), data.to_owned())
            })
            .collect()
    }

    fn sent(raster: &Raster) -> Vec<(String, String)> {
        pieces(&encode(raster, Size::new(3, 2)).unwrap())
    }

    #[test]
    fn a_picture_is_its_pixels_packed_placed_in_cells_without_an_answer() {
        let raster = Raster::new(2, 1, vec![1, 2, 3, 4, 5, 6]).unwrap();
        let sent = sent(&raster);
        let [(keys, data)] = sent.as_slice() else {
            panic!("{sent:?}");
        };
        assert_eq!(
            keys,
            "a=T,q=2,i=7303267,p=1,f=24,o=z,s=2,v=1,c=3,r=2,C=1,m=0"
        );
        let mut rgb = Vec::new();
        let packed = STANDARD.decode(data).unwrap();
        ZlibDecoder::new(packed.as_slice())
            .read_to_end(&mut rgb)
            .unwrap();
        assert_eq!(rgb, raster.rgb());
    }

    #[test]
    fn a_large_picture_is_sent_in_pieces_of_which_all_but_the_last_say_so() {
        let mut generator = fastrand::Rng::with_seed(5);
        let noise = std::iter::repeat_with(|| generator.u8(..)).take(100 * 50 * 3);
        let raster = Raster::new(100, 50, noise.collect()).unwrap();
        let sent = sent(&raster);
        let ((last, _), others) = sent.split_last().unwrap();
        assert!(others.len() > 3 && last == "m=0");
        assert!(
            others
                .iter()
                .all(|(keys, data)| keys.ends_with("m=1") && data.len() == 4096)
        );
        assert!(others[1..].iter().all(|(keys, _)| keys == "m=1"));
        let data: String = sent.iter().map(|(_, data)| data.as_str()).collect();
        assert!(STANDARD.decode(data).is_ok());
    }

    #[test]
    fn it_is_taken_away_by_its_name_with_its_data() {
        assert_eq!(removal(), b"\x1b_Ga=d,d=I,q=2,i=7303267;\x1b\\");
    }
}
