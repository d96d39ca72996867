//! What an office or a publisher prints at the foot of a page, below the notes.

use super::line::PdfLine;

/// An imprint below the notes has so few lines, so far down the page, and so much white above it, in
/// ems.
const IMPRINT_LINES: usize = 3;
const IMPRINT_FROM: f32 = 0.82;
const IMPRINT_EMS: f32 = 2.5;

/// How many lines at the foot of a column are no notes, but what an office or a publisher prints below
/// them: larger than `small`, and far apart from the small type
/// above. The height of the page is in points.
pub(super) fn lines(column: &[PdfLine], small: f32, height: f32) -> usize {
    let is_small = |line: &PdfLine| line.size <= small;
    let below = column.iter().rev().take_while(|line| !is_small(line));
    let count = below.count();
    let first = column.len() - count;
    let gap = first.checked_sub(1).and_then(|above| {
        let (above, line) = (column.get(above)?, column.get(first)?);
        let is_low = line.baseline > IMPRINT_FROM * height;
        is_low.then_some(line.baseline - above.baseline - IMPRINT_EMS * line.size)
    });
    match gap {
        Some(gap) if gap > 0.0 && count <= IMPRINT_LINES => count,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::line::lines as lines_of;
    use super::super::run::runs;
    use super::super::testing::page;

    #[test]
    fn what_an_office_prints_below_the_notes_is_none_of_them() {
        let count = |y: f32| {
            let texts = [
                (60.0, 100.0, 10.0, "words of the text"),
                (60.0, 640.0, 5.0, "1"),
                (64.0, 643.0, 8.0, "Ada, of the first note"),
                (60.0, y, 10.0, "24-05969 (S)"),
                (60.0, y + 15.0, 12.0, "*2405969*"),
            ];
            let read = lines_of(runs(&page(&texts)), 0, 0, 0.16);
            super::lines(&read, 9.5, 842.0)
        };
        assert_eq!(count(747.0), 2);
        assert_eq!(count(660.0), 0);
    }
}
