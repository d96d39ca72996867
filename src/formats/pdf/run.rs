//! Letters to runs: what was drawn in a row in one size, without a space.

use super::page::{Face, Page, PdfGlyph};

/// A gap this wide is a space, in ems; in a page whose spaces are written, only a wider one is.
pub(super) const SPACE_EMS: f32 = 0.16;
const WIDE_SPACE_EMS: f32 = 0.32;
/// In a line that is set tight, a space may be as narrow as this, if no gap between letters is
/// nearly as wide.
const TIGHT_SPACE_EMS: f32 = 0.09;
const LETTER_GAP_EMS: f32 = 0.055;
/// Where letters are not set apart, a gap as wide is a space, though the others are written.
const UNTRACKED_SPACE_EMS: f32 = 0.18;
/// After a comma or the like a gap this wide is a space, though the others of the row are written.
const AFTER_SIGN_EMS: f32 = 0.13;
/// A line tells how wide its spaces are if it has so many letters.
const TELLING_LETTERS: usize = 20;
/// Letters of a run overlap at most so much.
const OVERLAP_EMS: f32 = 0.35;
/// A letter drawn again so near is the same one, made bold by drawing it twice.
const DOUBLE_EMS: f32 = 0.15;

/// Letters in a row on one line, without a space between them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct GlyphRun {
    pub(super) letters: Vec<PdfGlyph>,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) baseline: f32,
    pub(super) size: f32,
    pub(super) face: Face,
    /// Whether a space was written before it.
    pub(super) after_space: bool,
}

impl GlyphRun {
    pub(super) fn new(glyph: PdfGlyph) -> Self {
        GlyphRun {
            left: glyph.left,
            right: glyph.right,
            baseline: glyph.baseline,
            size: glyph.size,
            face: glyph.face,
            after_space: glyph.after_space,
            letters: vec![glyph],
        }
    }

    /// Roughly, where its letters end above.
    pub(super) fn top(&self) -> f32 {
        self.baseline - self.size * 0.72
    }

    /// Roughly, where its letters end below.
    pub(super) fn bottom(&self) -> f32 {
        self.baseline + self.size * 0.2
    }

    pub(super) fn text(&self) -> String {
        self.letters.iter().map(|glyph| glyph.letter).collect()
    }

    /// Whether both are in the same type.
    pub(super) fn is_set_as(&self, other: &GlyphRun) -> bool {
        self.face == other.face && (self.size - other.size).abs() <= 0.06 * self.size
    }

    pub(super) fn is_superior(&self) -> bool {
        self.letters.iter().all(|glyph| glyph.is_superior)
    }

    /// Whether it is a number in figures.
    pub(super) fn is_number(&self) -> bool {
        self.letters.iter().all(|it| it.letter.is_ascii_digit())
    }

    /// From how many ems on a gap before a letter is a space.
    fn space_before(&self, glyph: &PdfGlyph, space_ems: f32) -> f32 {
        let mut letters = self.letters.iter().rev().map(|glyph| glyph.letter);
        let is_sign =
            |letter: char| matches!(letter, ',' | ';' | ':' | '.' | '?' | '!' | '”' | ')');
        let is_after_sign = letters.next().is_some_and(is_sign);
        let is_in_number = glyph.letter.is_ascii_digit()
            && letters.next().is_some_and(|letter| letter.is_ascii_digit());
        let begins_word = glyph.letter.is_alphanumeric() || matches!(glyph.letter, '“' | '‘' | '(');
        if is_after_sign && begins_word && !is_in_number {
            space_ems.min(AFTER_SIGN_EMS)
        } else {
            space_ems
        }
    }

    fn takes(&self, glyph: &PdfGlyph, space_ems: f32) -> bool {
        let Some(last) = self.letters.last() else {
            return false;
        };
        let em = self.size.max(glyph.size);
        let gap = glyph.left - last.right;
        !glyph.after_space
            && glyph.face == self.face
            && last.is_superior == glyph.is_superior
            && (glyph.size - self.size).abs() <= 0.06 * em
            && (glyph.baseline - self.baseline).abs() <= 0.05 * em
            && -OVERLAP_EMS * em < gap
            && gap < space_ems * em
            && glyph.left >= last.left
    }

    fn draws_again(&self, glyph: &PdfGlyph) -> bool {
        self.letters.iter().rev().take(3).any(|last| {
            last.letter == glyph.letter
                && (last.left - glyph.left).abs()
                    < DOUBLE_EMS * glyph.size.min(last.right - last.left)
                && (last.baseline - glyph.baseline).abs() < 0.05 * glyph.size
                && (last.size - glyph.size).abs() < 0.05 * glyph.size
        })
    }

    fn push(&mut self, glyph: PdfGlyph) {
        // What the font says of a letter's width may be wrong; the next letter shows it.
        if let Some(last) = self.letters.last_mut()
            && last.right > glyph.left
            && glyph.left > last.left
        {
            last.right = glyph.left;
        }
        self.right = self.right.max(glyph.right);
        self.letters.push(glyph);
    }
}

/// The runs of a page, in the order in which they were drawn.
pub(super) fn runs(page: &Page) -> Vec<GlyphRun> {
    let page_ems = space_ems(&page.glyphs);
    let mut runs: Vec<GlyphRun> = Vec::new();
    for row in page.glyphs.chunk_by(are_in_a_row) {
        let is_tracked = is_tracked(row);
        let row_ems = match row_space_ems(row, page_ems) {
            ems if is_tracked => ems,
            ems => ems.min(UNTRACKED_SPACE_EMS),
        };
        for glyph in row {
            let space_ems = match runs.last() {
                Some(run) if !is_tracked => run.space_before(glyph, row_ems),
                _ => row_ems,
            };
            match runs.last_mut() {
                Some(run) if run.draws_again(glyph) && glyph.size > 0.0 => {}
                Some(run) if run.takes(glyph, space_ems) => run.push(*glyph),
                last => {
                    let mut run = GlyphRun::new(*glyph);
                    let follows = last.is_some_and(|last| {
                        let level = (last.baseline - run.baseline).abs() < 0.05 * run.size;
                        level && run.left - last.right >= space_ems * run.size
                    });
                    run.after_space |= follows;
                    runs.push(run);
                }
            }
        }
    }
    runs
}

/// Whether the letters of a row are set apart, so that a gap says little.
fn is_tracked(row: &[PdfGlyph]) -> bool {
    let apart = row.windows(2).filter(|pair| match pair {
        [one, next] => {
            let gap = (next.left - one.right) / one.size.max(1.0);
            !next.after_space && gap > LETTER_GAP_EMS && one.letter.is_alphabetic()
        }
        _ => false,
    });
    apart.count() * 6 > row.len()
}

/// Whether a letter is drawn on the line of the one before, further to the right.
fn are_in_a_row(one: &PdfGlyph, next: &PdfGlyph) -> bool {
    (one.baseline - next.baseline).abs() < 0.05 * one.size
        && (one.size - next.size).abs() < 0.06 * one.size
        && next.left > one.left
}

/// From how many ems on a gap is a space in a row of letters, on a page where it is `page_ems`.
fn row_space_ems(row: &[PdfGlyph], page_ems: f32) -> f32 {
    if row.len() < TELLING_LETTERS || row.iter().skip(1).any(|glyph| glyph.after_space) {
        return page_ems;
    }
    let (mut spaces, mut doubtful, mut wide, mut in_address) = (0, 0, 0, 0);
    for pair in row.windows(2) {
        let [one, next] = pair else { continue };
        let gap = (next.left - one.right) / one.size.max(1.0);
        let is_space = gap >= TIGHT_SPACE_EMS;
        spaces += usize::from(is_space);
        wide += usize::from(gap >= page_ems);
        doubtful += usize::from((LETTER_GAP_EMS..TIGHT_SPACE_EMS).contains(&gap));
        // Addresses are stretched where they may be broken.
        in_address += usize::from(is_space && matches!(one.letter, '-' | '/' | '_' | '\u{2010}'));
    }
    // Words have about five letters: with the usual spaces a line has enough of them, or with
    // narrower ones; where all letters are apart, none of the gaps is a space.
    let are_words = spaces * 3 < row.len() && spaces * 14 > row.len();
    if are_words && doubtful == 0 && wide * 14 < row.len() && in_address * 3 <= spaces {
        TIGHT_SPACE_EMS
    } else {
        page_ems
    }
}

/// From how many ems on a gap is a space on a page with these letters.
pub(super) fn space_ems(glyphs: &[PdfGlyph]) -> f32 {
    let spaces = glyphs.iter().filter(|glyph| glyph.after_space).count();
    if spaces * 14 > glyphs.len() {
        WIDE_SPACE_EMS
    } else {
        SPACE_EMS
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::page;
    use super::*;

    fn texts(page: &Page) -> Vec<String> {
        runs(page).iter().map(GlyphRun::text).collect()
    }

    #[test]
    fn a_gap_parts_runs_and_so_does_a_smaller_letter() {
        let page = page(&[(10.0, 100.0, 10.0, "one two"), (45.0, 96.0, 7.0, "12")]);
        assert_eq!(texts(&page), ["one", "two", "12"]);
    }

    #[test]
    fn a_tight_line_has_spaces_too() {
        let words = ["that", "we", "should", "reject", "all", "of", "this"];
        let mut at = 10.0;
        let mut line = Vec::new();
        for word in words {
            line.push((at, 100.0, 10.0, word));
            #[expect(clippy::cast_precision_loss, reason = "a few letters")]
            let width = 5.0 * word.len() as f32;
            at += width + 1.3;
        }
        assert_eq!(texts(&page(&line)), words);
    }

    #[test]
    fn a_gap_after_a_comma_is_a_space_though_other_spaces_are_written() {
        let mut page = page(&[
            (10.0, 100.0, 10.0, "in"),
            (22.0, 100.0, 10.0, "farms,"),
            (53.6, 100.0, 10.0, "dead"),
            (76.0, 100.0, 10.0, "1,"),
            (86.2, 100.0, 10.0, "000"),
        ]);
        for glyph in &mut page.glyphs {
            glyph.after_space = [22.0, 76.0].contains(&glyph.left);
        }
        assert_eq!(texts(&page), ["in", "farms,", "dead", "1,000"]);
    }

    #[test]
    fn an_address_that_is_stretched_at_its_hyphens_is_one_word() {
        let mut at = 10.0;
        let mut line = Vec::new();
        for word in [
            "chinese-",
            "researchers-",
            "suggest-",
            "lasers-",
            "and-",
            "more",
        ] {
            line.push((at, 100.0, 10.0, word));
            #[expect(clippy::cast_precision_loss, reason = "a few letters")]
            let width = 5.0 * word.len() as f32;
            at += width + 1.2;
        }
        assert_eq!(texts(&page(&line)).len(), 1);
    }

    #[test]
    fn what_is_drawn_twice_to_look_bold_is_read_once() {
        let page = page(&[(10.0, 100.0, 10.0, "b"), (10.2, 100.0, 10.0, "b")]);
        assert_eq!(texts(&page), ["b"]);
    }
}
