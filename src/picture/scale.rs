//! A part of a picture at another size.

use super::Raster;

/// Parts of a pixel that the ends of a stretch are told in.
const PARTS: i64 = 256;

/// A stretch of a picture's width or height, and how many pixels it is to become.
///
/// It may go beyond the picture, where its edge is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Where it begins, in 256ths of a pixel.
    pub start: i64,
    /// How long it is, in 256ths of a pixel; at least one.
    pub length: i64,
    /// How many pixels it becomes; at least one.
    pub pixels: u32,
}

/// How much of which pixels goes into one that is made.
struct Share {
    pixel: usize,
    /// In 256ths of a pixel.
    weight: u64,
}

impl Stretch {
    /// The whole of so many pixels.
    #[must_use]
    pub fn whole(of: u32, pixels: u32) -> Self {
        Stretch {
            start: 0,
            length: i64::from(of) * PARTS,
            pixels,
        }
    }

    /// What each pixel is made of, where there are so many to make it of.
    fn shares(self, of: u32) -> Vec<Vec<Share>> {
        let last = i64::from(of.max(1)) - 1;
        let pixels = i64::from(self.pixels.max(1));
        let length = self.length.max(1);
        let edge = |at: i64| self.start + length * at / pixels;
        (0..pixels)
            .map(|at| {
                let (from, to) = (edge(at), edge(at + 1).max(edge(at) + 1));
                let pixels = from.div_euclid(PARTS)..=(to - 1).div_euclid(PARTS);
                let share = |pixel: i64| {
                    let weight = to.min((pixel + 1) * PARTS) - from.max(pixel * PARTS);
                    Share {
                        pixel: usize::try_from(pixel.clamp(0, last)).unwrap_or_default(),
                        weight: u64::try_from(weight).unwrap_or_default(),
                    }
                };
                pixels.map(share).collect()
            })
            .collect()
    }
}

impl Raster {
    /// The part between a stretch across and one down, scaled: each pixel is the mean of what it
    /// covers. None if that would be more pixels than a picture may have.
    #[must_use]
    pub fn scaled(&self, across: Stretch, down: Stretch) -> Option<Raster> {
        let (width, height) = (across.pixels.max(1), down.pixels.max(1));
        if u64::from(width) * u64::from(height) > super::MAX_PIXELS {
            return None;
        }
        let rows: Vec<&[u8]> = self.rows().collect();
        let columns = across.shares(self.width);
        let mut rgb = Vec::new();
        for shares in down.shares(self.height) {
            let mean = mean_row(&rows, &shares);
            for shares in &columns {
                let weights: u64 = shares.iter().map(|share| share.weight).sum();
                for channel in 0..3 {
                    let sum: u64 = shares
                        .iter()
                        .filter_map(|share| {
                            Some(mean.get(share.pixel * 3 + channel)? * share.weight)
                        })
                        .sum();
                    let level = sum / weights.max(1) / LEVELS;
                    rgb.push(u8::try_from(level).unwrap_or(u8::MAX));
                }
            }
        }
        Raster::new(width, height, rgb)
    }
}

/// Parts of a level of colour that the means of rows are told in.
const LEVELS: u64 = 256;

/// The mean of some rows, in parts of a level.
fn mean_row(rows: &[&[u8]], shares: &[Share]) -> Vec<u64> {
    let weights: u64 = shares.iter().map(|share| share.weight).sum();
    let mut sums = vec![0; rows.first().map_or(0, |row| row.len())];
    for share in shares {
        let row = rows.get(share.pixel).copied().unwrap_or_default();
        for (sum, level) in sums.iter_mut().zip(row) {
            *sum += u64::from(*level) * share.weight;
        }
    }
    for sum in &mut sums {
        *sum = *sum * LEVELS / weights.max(1);
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn greys(width: u32, levels: &[u8]) -> Raster {
        let rgb = levels.iter().flat_map(|level| [*level; 3]).collect();
        let height = u32::try_from(levels.len()).unwrap() / width;
        Raster::new(width, height, rgb).unwrap()
    }

    fn levels(raster: &Raster) -> Vec<u8> {
        raster.rgb().iter().step_by(3).copied().collect()
    }

    #[test]
    fn a_smaller_pixel_is_the_mean_of_what_it_covers() {
        let raster = greys(4, &[0, 100, 200, 200, 100, 200, 0, 0]);
        let smaller = raster.scaled(Stretch::whole(4, 2), Stretch::whole(2, 1));
        assert_eq!(levels(&smaller.unwrap()), [100, 100]);
        let third = greys(3, &[0, 90, 255]);
        let two = third.scaled(Stretch::whole(3, 2), Stretch::whole(1, 1));
        assert_eq!(levels(&two.unwrap()), [30, 200]);
    }

    #[test]
    fn a_part_is_made_larger_and_beyond_the_edge_the_edge_goes_on() {
        let raster = greys(2, &[10, 20]);
        let part = Stretch {
            start: 128,
            length: 512,
            pixels: 4,
        };
        let part = raster.scaled(part, Stretch::whole(1, 1)).unwrap();
        assert_eq!(levels(&part), [10, 20, 20, 20]);
        let before = Stretch {
            start: -512,
            length: 512,
            pixels: 1,
        };
        let before = raster.scaled(before, Stretch::whole(1, 1)).unwrap();
        assert_eq!(levels(&before), [10]);
    }

    #[test]
    fn a_picture_of_one_size_stays_as_it_is_and_none_is_without_bound() {
        let raster = greys(2, &[1, 2, 3, 4]);
        let same = raster.scaled(Stretch::whole(2, 2), Stretch::whole(2, 2));
        assert_eq!(same, Some(raster.clone()));
        let huge = Stretch::whole(2, 100_000);
        assert_eq!(raster.scaled(huge, huge), None);
    }
}
