//! The colours of a picture, where a terminal takes so many and no more.

use std::collections::HashMap;

use crate::picture::Raster;

/// As many as sixels have names for in most terminals.
const MAX_COLOURS: usize = 256;

/// Bits of each of red, green and blue by which pixels are put together first.
const BITS: u32 = 5;

/// Colours, and which of them stands for each other colour.
#[derive(Debug)]
pub(super) struct PicturePalette {
    colours: Vec<[u8; 3]>,
    /// By the first bits of a pixel.
    nearest: HashMap<u16, usize>,
}

/// The pixels whose first bits are the same.
struct Bucket {
    key: u16,
    count: u64,
    sums: [u64; 3],
}

impl PicturePalette {
    /// The colours that are nearest to those of a picture: those that it has, if they are few;
    /// otherwise the means of parts of the space of colours, each parted where its pixels lie
    /// farthest apart.
    pub(super) fn new(raster: &Raster) -> Self {
        let mut parts = vec![buckets(raster)];
        while parts.len() < MAX_COLOURS {
            let widest = parts
                .iter()
                .enumerate()
                .max_by_key(|(_, part)| spread(part).1);
            let Some((index, _)) = widest.filter(|(_, part)| part.len() > 1) else {
                break;
            };
            let (one, other) = halves(parts.swap_remove(index));
            parts.extend([one, other]);
        }
        let mut palette: Vec<([u8; 3], Vec<Bucket>)> =
            parts.into_iter().map(|part| (mean(&part), part)).collect();
        palette.sort_by_key(|(colour, _)| *colour);
        let mut nearest = HashMap::new();
        for (index, (_, part)) in palette.iter().enumerate() {
            nearest.extend(part.iter().map(|bucket| (bucket.key, index)));
        }
        let colours = palette.into_iter().map(|(colour, _)| colour).collect();
        PicturePalette { colours, nearest }
    }

    pub(super) fn colours(&self) -> &[[u8; 3]] {
        &self.colours
    }

    /// Which of the colours stands for a pixel of the picture.
    pub(super) fn nearest(&self, pixel: &[u8]) -> usize {
        self.nearest.get(&key(pixel)).copied().unwrap_or_default()
    }
}

fn key(pixel: &[u8]) -> u16 {
    pixel.iter().take(3).fold(0, |key, level| {
        key << BITS | u16::from(level >> (u8::BITS - BITS))
    })
}

fn buckets(raster: &Raster) -> Vec<Bucket> {
    let mut buckets: HashMap<u16, Bucket> = HashMap::new();
    for pixel in raster.rgb().chunks_exact(3) {
        let key = key(pixel);
        let bucket = buckets.entry(key).or_insert(Bucket {
            key,
            count: 0,
            sums: [0; 3],
        });
        bucket.count += 1;
        for (sum, level) in bucket.sums.iter_mut().zip(pixel) {
            *sum += u64::from(*level);
        }
    }
    let mut buckets: Vec<Bucket> = buckets.into_values().collect();
    buckets.sort_by_key(|bucket| bucket.key);
    buckets
}

/// The channel in which a part is widest, and how far it reaches there.
fn spread(part: &[Bucket]) -> (usize, u64) {
    let reach = |channel: usize| {
        let levels = part.iter().map(|bucket| level(bucket, channel));
        let (least, most) = (levels.clone().min(), levels.max());
        most.unwrap_or_default() - least.unwrap_or_default()
    };
    let channels = (0..3).map(|channel| (channel, reach(channel)));
    channels.max_by_key(|(_, reach)| *reach).unwrap_or_default()
}

fn level(bucket: &Bucket, channel: usize) -> u64 {
    let sum = bucket.sums.get(channel).copied().unwrap_or_default();
    sum / bucket.count.max(1)
}

/// The two halves of a part, with about as many pixels each.
fn halves(mut part: Vec<Bucket>) -> (Vec<Bucket>, Vec<Bucket>) {
    let (channel, _) = spread(&part);
    part.sort_by_key(|bucket| level(bucket, channel));
    let half = part.iter().map(|bucket| bucket.count).sum::<u64>() / 2;
    let mut pixels = 0;
    let within = part.iter().take_while(|bucket| {
        pixels += bucket.count;
        pixels <= half
    });
    let at = within.count().clamp(1, part.len().saturating_sub(1).max(1));
    let other = part.split_off(at);
    (part, other)
}

fn mean(part: &[Bucket]) -> [u8; 3] {
    let count: u64 = part.iter().map(|bucket| bucket.count).sum();
    let mut mean = [0; 3];
    for (channel, level) in mean.iter_mut().enumerate() {
        let sums = part.iter().filter_map(|bucket| bucket.sums.get(channel));
        let sum: u64 = sums.sum();
        *level = u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX);
    }
    mean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_colours_are_kept_and_many_become_the_nearest_of_some() {
        let few = Raster::new(3, 1, vec![0, 0, 0, 255, 255, 255, 200, 10, 10]).unwrap();
        let palette = PicturePalette::new(&few);
        assert_eq!(
            palette.colours(),
            [[0, 0, 0], [200, 10, 10], [255, 255, 255]]
        );
        assert_eq!(palette.nearest(&[200, 10, 10]), 1);
        let mut generator = fastrand::Rng::with_seed(1);
        let noise = std::iter::repeat_with(|| generator.u8(..)).take(200 * 200 * 3);
        let many = Raster::new(200, 200, noise.collect()).unwrap();
        let palette = PicturePalette::new(&many);
        assert_eq!(palette.colours().len(), 256);
        for pixel in many.rgb().chunks_exact(3) {
            let colour = palette.colours()[palette.nearest(pixel)];
            let distances = colour
                .iter()
                .zip(pixel)
                .map(|(one, other)| one.abs_diff(*other));
            assert!(distances.max() < Some(90), "{colour:?} {pixel:?}");
        }
    }
}
