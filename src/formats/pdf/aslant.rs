//! Pages that were scanned aslant: their lines rise or fall a little towards the right. They are set
//! upright before lines are made of their words.

use super::page::{Page, PdfGlyph};

/// Words follow each other on a line within so many ems.
const NEXT_EMS: f32 = 4.0;
/// From one to the next a line rises or falls by at most so many ems; more is a raised letter.
const STEP_EMS: f32 = 0.15;
/// A word begins after so much white, in ems.
const WORD_EMS: f32 = 0.1;
/// So many words tell whether a page is aslant, and one of so many of them is not level with the one
/// before it.
const MIN_WORDS: usize = 40;
const UNEVEN: usize = 3;
/// A page is aslant that rises or falls by so much to the right; more is no scan.
const LEAST: f32 = 0.0007;
const MOST: f32 = 0.05;

/// Of how the words of such a page rise or fall the slope leaves at most so much unsaid: the parts of a
/// table, or the marks of vowels, are not level either.
const UNSAID: f32 = 0.6;

/// Sets the letters of pages upright that were scanned aslant. What was scanned has a picture of it.
pub(super) fn straighten(pages: &mut [Page]) {
    for page in pages.iter_mut().filter(|page| page.has_pictures) {
        if let Some(slope) = slope(&page.glyphs) {
            for glyph in &mut page.glyphs {
                let aside = slope * glyph.baseline;
                glyph.baseline -= slope * glyph.left;
                glyph.left += aside;
                glyph.right += aside;
            }
        }
    }
}

/// By how much lines fall to the right, if they do.
fn slope(glyphs: &[PdfGlyph]) -> Option<f32> {
    let (mut across, mut down) = (0.0, 0.0);
    let mut steps: Vec<(f32, f32)> = Vec::new();
    let (mut words, mut uneven) = (0, 0);
    for (one, next) in glyphs.iter().zip(glyphs.iter().skip(1)) {
        let em = one.size.max(next.size);
        let (right, fall) = (next.left - one.left, next.baseline - one.baseline);
        let is_next = (0.0..NEXT_EMS * em).contains(&right) && fall.abs() < STEP_EMS * em;
        if !is_next || (one.size - next.size).abs() > 0.25 * em {
            continue;
        }
        across += right;
        down += fall;
        if next.left - one.right > WORD_EMS * em {
            words += 1;
            steps.push((right, fall));
            uneven += usize::from(fall.abs() > 0.001 * em);
        }
    }
    let slope = down / f32::max(across, 1.0);
    let all: f32 = steps.iter().map(|(_, fall)| fall * fall).sum();
    let unsaid = steps.iter().map(|(right, fall)| fall - slope * right);
    let unsaid: f32 = unsaid.map(|rest| rest * rest).sum();
    let is_even = unsaid <= UNSAID * all;
    let is_aslant = words >= MIN_WORDS && uneven * UNEVEN >= words && is_even;
    (is_aslant && (LEAST..MOST).contains(&slope.abs())).then_some(slope)
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::super::run::runs;
    use super::super::testing::page;
    use super::straighten;

    /// How many lines a page of eight lines has whose words are set so much lower, each, and which is a
    /// picture or not.
    fn lines_of(fall: f32, has_pictures: bool) -> usize {
        let mut texts = Vec::new();
        for line in 0..8_u8 {
            for word in 0..10_u8 {
                let x = 60.0 + 40.0 * f32::from(word);
                let y = 100.0 + 13.0 * f32::from(line) + fall * (x - 60.0);
                texts.push((x, y, 10.0, if word % 3 == 0 { "sevenths" } else { "four" }));
            }
        }
        let mut pages = [page(&texts)];
        pages[0].has_pictures = has_pictures;
        straighten(&mut pages);
        let [only] = &pages;
        lines(runs(only), 0, 0, 0.16).len()
    }

    #[test]
    fn the_lines_of_a_page_that_was_scanned_aslant_are_whole() {
        assert_eq!(lines_of(0.0, true), 8);
        assert_eq!(lines_of(0.012, true), 8);
        assert_eq!(lines_of(-0.012, true), 8);
        assert_ne!(lines_of(0.012, false), 8);
    }
}
