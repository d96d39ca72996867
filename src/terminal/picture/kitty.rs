//! Pictures by kitty's graphics protocol: <https://sw.kovidgoyal.net/kitty/graphics-protocol/>.

use std::io::{self, Write};
use std::sync::atomic::{AtomicU32, Ordering};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use ratatui::layout::Size;

use crate::picture::Raster;

/// The first of the numbers by which the terminal knows opcit's pictures.
const FIRST_ID: u32 = 0x006f_0000;

/// How many pictures there are before a number comes again.
const IDS: u32 = 10_000;

static PICTURES: AtomicU32 = AtomicU32::new(0);

/// A number for another picture.
pub(super) fn new_id() -> u32 {
    FIRST_ID + PICTURES.fetch_add(1, Ordering::Relaxed) % IDS
}

/// The most bytes of a piece that a picture is sent in.
const PIECE_BYTES: usize = 4096;

/// What a terminal is sent of a picture.
#[derive(Debug)]
pub(super) struct KittyPicture {
    /// Has it keep the pixels.
    pub(super) pixels: Vec<u8>,
    /// Shows them from the cursor on, which stays where it is, and no more where they were before.
    pub(super) place: Vec<u8>,
    /// Has it show them no more.
    pub(super) hide: Vec<u8>,
    /// Has it forget them.
    pub(super) forget: Vec<u8>,
}

/// The bytes for pixels that are to be shown in so many cells, under a number of their own. The
/// terminal is asked not to answer.
///
/// # Errors
/// Never: what is written to is memory.
pub(super) fn encode(raster: &Raster, size: Size, id: u32) -> io::Result<KittyPicture> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(raster.rgb())?;
    let data = STANDARD.encode(packer.finish()?).into_bytes();
    let pieces = data.len().div_ceil(PIECE_BYTES);
    let mut pixels = Vec::new();
    for (index, piece) in data.chunks(PIECE_BYTES).enumerate() {
        let more = u8::from(index + 1 < pieces);
        pixels.extend(b"\x1b_G");
        if index == 0 {
            let (width, height) = (raster.width(), raster.height());
            write!(pixels, "a=t,q=2,i={id},f=24,o=z,s={width},v={height},")?;
        }
        write!(pixels, "m={more};")?;
        pixels.extend(piece);
        pixels.extend(b"\x1b\\");
    }
    let sequence = |keys: String| format!("\x1b_G{keys};\x1b\\").into_bytes();
    let (columns, rows) = (size.width, size.height);
    Ok(KittyPicture {
        pixels,
        place: sequence(format!("a=p,q=2,i={id},p=1,c={columns},r={rows},C=1")),
        hide: sequence(format!("a=d,d=i,q=2,i={id}")),
        forget: sequence(format!("a=d,d=I,q=2,i={id}")),
    })
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
        pieces(&encode(raster, Size::new(3, 2), 7).unwrap().pixels)
    }

    #[test]
    fn a_picture_is_its_pixels_packed_without_an_answer() {
        let raster = Raster::new(2, 1, vec![1, 2, 3, 4, 5, 6]).unwrap();
        let sent = sent(&raster);
        let [(keys, data)] = sent.as_slice() else {
            panic!("{sent:?}");
        };
        assert_eq!(keys, "a=t,q=2,i=7,f=24,o=z,s=2,v=1,m=0");
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
    fn it_is_placed_in_cells_hidden_and_forgotten_by_its_number() {
        let raster = Raster::new(2, 1, vec![1, 2, 3, 4, 5, 6]).unwrap();
        let picture = encode(&raster, Size::new(3, 2), 7).unwrap();
        assert_eq!(picture.place, b"\x1b_Ga=p,q=2,i=7,p=1,c=3,r=2,C=1;\x1b\\");
        assert_eq!(picture.hide, b"\x1b_Ga=d,d=i,q=2,i=7;\x1b\\");
        assert_eq!(picture.forget, b"\x1b_Ga=d,d=I,q=2,i=7;\x1b\\");
        assert_ne!(new_id(), new_id());
    }
}
