//! Which part of a picture is shown, and in how many cells.

use ratatui::layout::Size;

use crate::picture::{Raster, Stretch};

/// How large the picture is in each step of zooming, in hundredths of the size at which all of it
/// is seen.
const ZOOMS: [u64; 8] = [100, 150, 225, 340, 500, 750, 1_100, 1_600];

/// The last step of zooming.
pub(crate) const MOST_ZOOM: usize = ZOOMS.len() - 1;

/// A small picture is shown at most so many times as large as it is.
const MOST_ENLARGED: u64 = 4;

/// Parts that a place in a picture is told in, of its width or height.
const WHOLE: u64 = 1 << 16;

/// Parts of a pixel in a [`Stretch`].
const PARTS: u64 = 256;

/// A view of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PictureView {
    /// The cells that there are for it.
    pub(crate) area: Size,
    /// The pixels of a cell.
    pub(crate) cell: Size,
    /// The step of zooming, from 0, at which all of it is seen, to [`MOST_ZOOM`].
    pub(crate) zoom: usize,
    /// What of the picture is in the middle, across and down, in 65536ths.
    pub(crate) centre: (u32, u32),
}

/// A part of a picture, and the cells that show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PicturePart {
    /// The cells.
    pub(super) size: Size,
    across: SeenStretch,
    down: SeenStretch,
}

/// A stretch of a picture, in 256ths of a pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct SeenStretch {
    start: i64,
    length: u64,
}

impl PictureView {
    /// The middle of a picture.
    pub(crate) const MIDDLE: (u32, u32) = (1 << 15, 1 << 15);

    /// How large a step of zooming shows a picture, in hundredths of the size at which all of it is
    /// seen.
    pub(crate) fn percent(zoom: usize) -> u64 {
        ZOOMS.get(zoom).copied().unwrap_or(100)
    }

    /// How many pixels the longer side of a picture has at most where it is shown so.
    pub(crate) fn longest(&self) -> u32 {
        let (width, height) = self.pixels();
        let longest = width.max(height) * Self::percent(self.zoom) / 100;
        u32::try_from(longest).unwrap_or(u32::MAX)
    }

    /// The part of a picture that is shown.
    pub(super) fn part(&self, raster: &Raster) -> PicturePart {
        self.part_of(raster.width(), raster.height())
    }

    fn part_of(&self, width: u32, height: u32) -> PicturePart {
        let (width, height) = (u64::from(width), u64::from(height));
        let scale = self.scale(width, height);
        let (area, cell) = (self.area, self.cell);
        let (columns, across) = extent(width, scale, area.width, cell.width, self.centre.0);
        let (rows, down) = extent(height, scale, area.height, cell.height, self.centre.1);
        PicturePart {
            size: Size::new(columns, rows),
            across,
            down,
        }
    }

    /// The cells that a picture of so many pixels takes.
    pub(crate) fn cells(&self, width: u32, height: u32) -> Size {
        self.part_of(width, height).size
    }

    /// What is in the middle once the view has moved by so many quarters of itself, to the right and
    /// down; it does not leave the picture.
    pub(crate) fn moved(&self, raster: &Raster, right: i64, down: i64) -> (u32, u32) {
        let part = self.part(raster);
        (
            part.across.moved(raster.width(), right),
            part.down.moved(raster.height(), down),
        )
    }

    fn pixels(&self) -> (u64, u64) {
        let (area, cell) = (self.area, self.cell);
        (
            u64::from(area.width) * u64::from(cell.width),
            u64::from(area.height) * u64::from(cell.height),
        )
    }

    /// How many pixels of the screen one of the picture takes, in 65536ths.
    fn scale(&self, width: u64, height: u64) -> u64 {
        let (columns, rows) = self.pixels();
        let fitting = (columns * WHOLE / width.max(1)).min(rows * WHOLE / height.max(1));
        let fitting = fitting.min(MOST_ENLARGED * WHOLE);
        (fitting * Self::percent(self.zoom) / 100).max(1)
    }
}

/// How many cells show so many pixels of a picture at a scale, of those that there are, and what
/// they show of them.
fn extent(pixels: u64, scale: u64, cells: u16, cell: u16, centre: u32) -> (u16, SeenStretch) {
    let cell = u64::from(cell.max(1));
    let scaled = pixels * scale / WHOLE;
    let wanted = scaled.div_ceil(cell).max(1);
    let shown = u16::try_from(wanted).unwrap_or(u16::MAX).min(cells).max(1);
    let length = u64::from(shown) * cell * WHOLE * PARTS / scale;
    let whole = pixels * PARTS;
    let start = if length >= whole {
        // Where the cells are more than the picture, its edges go on.
        -signed((length - whole) / 2)
    } else {
        let middle = whole * u64::from(centre) / WHOLE;
        let start = middle.saturating_sub(length / 2);
        signed(start.min(whole - length))
    };
    (shown, SeenStretch { start, length })
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl SeenStretch {
    /// The middle of it, once it has moved by so many quarters of itself, in 65536ths of so many
    /// pixels.
    fn moved(self, pixels: u32, quarters: i64) -> u32 {
        let (whole, length) = (i64::from(pixels) * signed(PARTS), signed(self.length));
        let half = length / 2;
        let middle = self.start + half + length / 4 * quarters;
        let middle = middle.clamp(half.min(whole / 2), (whole - half).max(whole / 2));
        let middle = (middle * signed(WHOLE) + whole / 2) / whole.max(1);
        u32::try_from(middle).unwrap_or_default()
    }

    fn stretch(self, pixels: u32) -> Stretch {
        Stretch {
            start: self.start,
            length: signed(self.length),
            pixels,
        }
    }
}

impl PicturePart {
    /// Its pixels, so many of them in each cell; none if they are too many.
    pub(super) fn scaled(&self, raster: &Raster, cell: Size) -> Option<Raster> {
        let across = u32::from(self.size.width) * u32::from(cell.width);
        let down = u32::from(self.size.height) * u32::from(cell.height);
        raster.scaled(self.across.stretch(across), self.down.stretch(down))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blank(width: u32, height: u32) -> Raster {
        let bytes = usize::try_from(width * height * 3).unwrap();
        Raster::new(width, height, vec![0; bytes]).unwrap()
    }

    fn view(zoom: usize) -> PictureView {
        PictureView {
            area: Size::new(80, 22),
            cell: Size::new(8, 16),
            zoom,
            centre: PictureView::MIDDLE,
        }
    }

    #[test]
    fn a_picture_is_as_large_as_the_screen_lets_all_of_it_be() {
        // A page, high, and a figure, wide.
        assert_eq!(view(0).part(&blank(1000, 1414)).size, Size::new(31, 22));
        assert_eq!(view(0).part(&blank(2000, 500)).size, Size::new(80, 10));
        // An icon is not blown up to the whole of it.
        assert_eq!(view(0).part(&blank(16, 16)).size, Size::new(8, 4));
    }

    #[test]
    fn a_picture_that_is_zoomed_shows_a_part_in_all_cells() {
        let page = blank(1000, 1414);
        let part = view(MOST_ZOOM).part(&page);
        assert_eq!(part.size, Size::new(80, 22));
        assert!(part.across.length < 1000 * PARTS && part.down.length < 1414 * PARTS / 10);
    }

    #[test]
    fn a_view_moves_to_the_edges_and_not_beyond() {
        let page = blank(1000, 1414);
        let mut view = view(3);
        let mut seen = Vec::new();
        for _ in 0..40 {
            view.centre = view.moved(&page, -1, 1);
            seen.push(view.centre);
        }
        let part = view.part(&page);
        assert!(part.across.start <= 2, "{part:?}");
        let end = part.down.start + signed(part.down.length);
        assert!((end - 1414 * 256).abs() < 256, "{part:?}");
        assert_eq!(seen.get(38), seen.last(), "it stands still at the edge");
        view.centre = view.moved(&page, 1, -1);
        assert_eq!(view.moved(&page, 0, 0), view.centre);
    }

    #[test]
    fn every_picture_is_shown_in_every_area() {
        for (width, height) in [(1, 1), (1, 4000), (4000, 1), (333, 777)] {
            let raster = blank(width, height);
            for (columns, rows) in [(0, 0), (1, 1), (1, 50), (200, 1), (1000, 500)] {
                for zoom in 0..=MOST_ZOOM {
                    let view = PictureView {
                        area: Size::new(columns, rows),
                        zoom,
                        ..view(0)
                    };
                    let part = view.part(&raster);
                    assert!(part.size.width >= 1 && part.size.height >= 1);
                    assert!(part.size.width <= columns.max(1));
                    assert!(part.size.height <= rows.max(1));
                }
            }
        }
    }
}
