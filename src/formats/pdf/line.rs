//! Runs to lines: the big runs make the lines, and small ones, raised or lowered, join them.

use std::ops::Range;

use super::label::Label;
use super::run::{GlyphRun, SPACE_EMS};

/// A small run joins the line whose baseline is so many ems below it, or above it.
const RAISED_EMS: f32 = 0.7;
const LOWERED_EMS: f32 = 0.35;
/// A sign that is barely smaller is short, and is lowered at most so much.
const SIGN_LETTERS: usize = 4;
const SIGN_LOWERED_EMS: f32 = 0.5;
/// A small run is at most so far from the words of its line, and a note's number from the note.
const NEAR_EMS: f32 = 2.5;
const LABEL_GAP_EMS: f32 = 4.0;
/// Runs of one size are on one line if their baselines differ at most so much.
const LEVEL_EMS: f32 = 0.22;
/// A run is small beside one that is larger by so much.
const SMALL: f32 = 0.87;
/// A run is raised from so many ems on; a barely smaller one from more on.
const RAISE_EMS: f32 = 0.12;
const CLEAR_RAISE_EMS: f32 = 0.25;
/// The shadow of a word is so near to it.
const SHADOW_EMS: f32 = 0.15;
/// Capitals set small are so large beside the others.
const SMALL_CAPITALS: (f32, f32) = (0.64, 0.87);
/// A number set smaller than the words beside it is raised though it is by no more than so many ems.
const BARELY_RAISED_EMS: f32 = 0.06;

/// How a piece of a line is set off from its baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BaselineShift {
    None,
    Raised,
    Lowered,
}

/// A run in a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LinePiece {
    pub(super) run: GlyphRun,
    pub(super) shift: BaselineShift,
    /// Whether there is a space between it and the piece before it.
    pub(super) after_space: bool,
    /// Whether it calls notes though it is not raised.
    pub(super) is_call: bool,
}

impl LinePiece {
    /// Whether it may call notes.
    pub(super) fn may_call(&self) -> bool {
        self.is_call || self.shift == BaselineShift::Raised
    }
}

/// A line of text.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct PdfLine {
    /// From 0.
    pub(super) page: usize,
    /// The region of the page, from 0.
    pub(super) region: usize,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) baseline: f32,
    /// The size of most of its letters.
    pub(super) size: f32,
    /// By place, from the left.
    pub(super) pieces: Vec<LinePiece>,
    /// Whether the number in brackets at its head is the label of a note.
    pub(super) has_bracketed_label: bool,
    /// Whether it is a part of a line of the page that begins within it.
    pub(super) is_within: bool,
    /// What of it is a note's number that is not written in figures.
    pub(super) numerals: LineNumerals,
}

/// What of a line is proved to be notes' numbers in Roman numerals or in letters.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct LineNumerals {
    /// The pieces that call notes, and which.
    pub(super) calls: Vec<(Range<usize>, Vec<Label>)>,
    /// The note that begins here.
    pub(super) label: Option<NumeralLabel>,
}

/// The number at the head of a note.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NumeralLabel {
    pub(super) label: Label,
    /// How many letters of the line are the label, with the sign that ends it.
    pub(super) letters: usize,
    pub(super) is_raised: bool,
}

impl PdfLine {
    pub(super) fn text(&self) -> String {
        text(&self.pieces)
    }

    /// How many letters it has, small raised ones not counted.
    pub(super) fn letters(&self) -> usize {
        let level = self
            .pieces
            .iter()
            .filter(|piece| piece.shift == BaselineShift::None);
        level.map(|piece| piece.run.letters.len()).sum()
    }

    /// Whether nearly all of its letters are as `is` says.
    pub(super) fn is_all(&self, is: impl Fn(&GlyphRun) -> bool) -> bool {
        let level = || {
            self.pieces
                .iter()
                .filter(|piece| piece.shift == BaselineShift::None)
        };
        let all: usize = level().map(|piece| piece.run.letters.len()).sum();
        let those = level().filter(|piece| is(&piece.run));
        let those: usize = those.map(|piece| piece.run.letters.len()).sum();
        all > 0 && those * 10 >= all * 9
    }
}

/// The text of pieces, with the spaces between them.
pub(super) fn text(pieces: &[LinePiece]) -> String {
    let mut text = String::new();
    for piece in pieces {
        if piece.after_space && !text.is_empty() {
            text.push(' ');
        }
        text.extend(piece.run.letters.iter().map(|glyph| glyph.letter));
    }
    text
}

/// The lines of a region, from above.
pub(super) fn lines(
    mut runs: Vec<GlyphRun>,
    page: usize,
    region: usize,
    space_ems: f32,
) -> Vec<PdfLine> {
    // The largest first; of those the longest, for a line's size is that of most of it.
    runs.sort_by(|one, other| {
        let size = other.size.total_cmp(&one.size);
        size.then(other.letters.len().cmp(&one.letters.len()))
    });
    let mut drafts: Vec<LineBuilder> = Vec::new();
    for run in runs {
        let nearest = drafts
            .iter_mut()
            .filter_map(|draft| draft.distance(&run).map(|distance| (distance, draft)))
            .min_by(|one, other| one.0.total_cmp(&other.0));
        match nearest {
            Some((_, draft)) => draft.add(run),
            None => drafts.push(LineBuilder::new(run)),
        }
    }
    drafts.sort_by(|one, other| one.baseline.total_cmp(&other.baseline));
    drafts
        .into_iter()
        .map(|draft| draft.finish(page, region, space_ems))
        .collect()
}

/// A line that is being put together.
#[derive(Debug)]
struct LineBuilder {
    baseline: f32,
    size: f32,
    left: f32,
    right: f32,
    runs: Vec<GlyphRun>,
}

impl LineBuilder {
    fn new(run: GlyphRun) -> Self {
        LineBuilder {
            baseline: run.baseline,
            size: run.size,
            left: run.left,
            right: run.right,
            runs: vec![run],
        }
    }

    /// How far a run is from the line, if it may belong to it.
    fn distance(&self, run: &GlyphRun) -> Option<f32> {
        let raise = (self.baseline - run.baseline) / self.size;
        let is_small = run.size < SMALL * self.size || run.is_superior();
        let allowed = if is_small {
            -LOWERED_EMS < raise && raise < RAISED_EMS
        } else {
            raise.abs() < LEVEL_EMS
        };
        let beside = (run.left - self.right).max(self.left - run.right);
        // A barely smaller sign right after a word, such as the th of 19th.
        let is_sign = run.size <= 0.97 * self.size
            && run.letters.len() <= SIGN_LETTERS
            && -SIGN_LOWERED_EMS < raise
            && raise < RAISED_EMS
            && self.touches(run);
        // What is small and raised stands at a word; far from all words it is a line of its own. The
        // words of a note may begin further from its number.
        let is_label = raise >= RAISE_EMS && run.right <= self.left && run.is_number();
        let most = if is_label { LABEL_GAP_EMS } else { NEAR_EMS };
        let is_near = raise.abs() < 0.05 || beside < most * self.size;
        // Lines that are printed over each other stay apart.
        let hides = |other: &GlyphRun| {
            let overlap = other.right.min(run.right) - other.left.max(run.left);
            overlap > 0.4 * (run.right - run.left) && overlap > 0.3 * run.size
        };
        let is_free = raise.abs() < 0.03 || !self.runs.iter().any(hides);
        ((allowed || is_sign) && is_near && is_free)
            .then(|| raise.abs() + beside.max(0.0) / self.size * 0.02)
    }

    /// Whether a run begins where another of the line ends.
    fn touches(&self, run: &GlyphRun) -> bool {
        let gap = |other: &GlyphRun| (run.left - other.right).abs() < 0.25 * self.size;
        self.runs.iter().any(gap)
    }

    fn add(&mut self, run: GlyphRun) {
        self.left = self.left.min(run.left);
        self.right = self.right.max(run.right);
        self.runs.push(run);
    }

    fn finish(mut self, page: usize, region: usize, space_ems: f32) -> PdfLine {
        self.settle();
        self.runs
            .sort_by(|one, other| one.left.total_cmp(&other.left));
        let mut pieces: Vec<LinePiece> = Vec::new();
        for run in self.runs {
            // A word drawn again a little aside is its shadow.
            if pieces.last().is_some_and(|last| is_shadow(&last.run, &run)) {
                continue;
            }
            let shift = shift(&run, self.baseline, self.size);
            let after_space = pieces.last().is_some_and(|last| {
                let gap = run.left - last.run.right;
                let em = run.size.max(last.run.size);
                // Where the type changes, the space between is seldom written.
                let most = if run.is_set_as(&last.run) {
                    space_ems
                } else {
                    space_ems.min(SPACE_EMS)
                };
                gap >= most * em || (run.after_space && gap > 0.05 * em)
            });
            pieces.push(LinePiece {
                run,
                shift,
                after_space,
                is_call: false,
            });
        }
        PdfLine {
            page,
            region,
            left: self.left,
            right: self.right,
            baseline: self.baseline,
            size: self.size,
            pieces,
            has_bracketed_label: false,
            is_within: false,
            numerals: LineNumerals::default(),
        }
    }

    /// A large initial or a stray sign is not what the line is measured by: most letters are.
    fn settle(&mut self) {
        let mut sizes: Vec<(f32, f32, usize)> = Vec::new();
        for run in &self.runs {
            match sizes.iter_mut().find(|(size, baseline, _)| {
                (size - run.size).abs() < 0.03 * run.size
                    && (baseline - run.baseline).abs() < 0.05 * run.size
            }) {
                Some((_, _, letters)) => *letters += run.letters.len(),
                None => sizes.push((run.size, run.baseline, run.letters.len())),
            }
        }
        // A number may have as many letters as the words that it is raised at, as in `150 Id.`.
        let is_raised = |(size, baseline, _): &&(f32, f32, usize)| {
            let mut own = self.runs.iter().filter(|run| {
                (run.size - size).abs() < 0.03 * size
                    && (run.baseline - baseline).abs() < 0.05 * size
            });
            let is_figure = |letter: char| letter.is_ascii_digit() || "ivxlc".contains(letter);
            let is_number = own.all(|run| run.letters.iter().all(|it| is_figure(it.letter)));
            let is_small = |(large, level, _): &(f32, f32, usize)| {
                let raise = level - baseline;
                (0.5 * large..SMALL * large).contains(size) && raise >= BARELY_RAISED_EMS * large
            };
            is_number && sizes.iter().any(is_small)
        };
        let level = sizes.iter().filter(|group| !is_raised(group));
        if let Some((size, baseline, _)) = level.max_by_key(|(_, _, letters)| *letters) {
            self.size = *size;
            self.baseline = *baseline;
            self.size = self.size_above_capitals().unwrap_or(self.size);
        }
    }

    /// Small capitals are measured by the capitals that stand among them, which are as large as the
    /// lines around: some programs set them as capitals of a smaller size.
    fn size_above_capitals(&self) -> Option<f32> {
        let level = || {
            let level = |run: &&GlyphRun| (run.baseline - self.baseline).abs() < 0.05 * self.size;
            self.runs.iter().filter(level)
        };
        let is_small = |run: &GlyphRun| (run.size - self.size).abs() < 0.03 * self.size;
        let is_lower = |run: &GlyphRun| run.letters.iter().any(|glyph| glyph.letter.is_lowercase());
        if level().any(|run| is_small(run) && is_lower(run)) {
            return None;
        }
        let (least, most) = SMALL_CAPITALS;
        let sizes = level().map(|run| run.size);
        let large = sizes.filter(|size| (least..most).contains(&(self.size / size)));
        large.max_by(f32::total_cmp)
    }
}

/// Whether two runs are the same word at nearly the same place.
fn is_shadow(one: &GlyphRun, other: &GlyphRun) -> bool {
    let is_near = |one: f32, other: f32, size: f32| (one - other).abs() < SHADOW_EMS * size;
    is_near(one.left, other.left, one.size)
        && is_near(one.right, other.right, one.size)
        && one.letters.len() == other.letters.len()
        && one.text() == other.text()
}

fn shift(run: &GlyphRun, baseline: f32, size: f32) -> BaselineShift {
    let raise = (baseline - run.baseline) / size;
    let is_small = run.size <= SMALL * size;
    let is_raised = (is_small && raise >= RAISE_EMS)
        || (run.size <= 0.97 * size && raise >= CLEAR_RAISE_EMS)
        || raise >= 0.3
        || run.is_superior()
        || run
            .letters
            .iter()
            .all(|glyph| is_raised_letter(glyph.letter));
    if is_raised {
        BaselineShift::Raised
    } else if (is_small && raise <= -0.08) || (run.size <= 0.97 * size && raise <= -CLEAR_RAISE_EMS)
    {
        BaselineShift::Lowered
    } else {
        BaselineShift::None
    }
}

/// Whether a letter is a raised figure by itself.
pub(super) fn is_raised_letter(letter: char) -> bool {
    matches!(
        letter,
        '¹' | '²' | '³' | '\u{2070}' | '\u{2074}'..='\u{2079}'
    )
}

#[cfg(test)]
mod tests {
    use super::super::run::runs;
    use super::super::testing::page;
    use super::*;

    fn read(texts: &[(f32, f32, f32, &str)]) -> Vec<PdfLine> {
        lines(runs(&page(texts)), 0, 0, 0.16)
    }

    #[test]
    fn a_small_raised_figure_joins_the_line_below_it() {
        let lines = read(&[
            (10.0, 100.0, 10.0, "one two"),
            (43.0, 96.4, 7.0, "12"),
            (52.0, 100.0, 10.0, "three"),
            (10.0, 112.0, 10.0, "four"),
        ]);
        let texts: Vec<String> = lines.iter().map(PdfLine::text).collect();
        assert_eq!(texts, ["one two12 three", "four"]);
        assert_eq!(lines[0].pieces[2].shift, BaselineShift::Raised);
    }

    #[test]
    fn the_number_of_a_note_is_of_its_line_though_the_words_begin_far_in() {
        let lines = read(&[(10.0, 97.0, 6.0, "25"), (45.0, 100.0, 9.0, "Words of it")]);
        let texts: Vec<String> = lines.iter().map(PdfLine::text).collect();
        assert_eq!(texts, ["25 Words of it"]);
        let apart = [(10.0, 97.0, 6.0, "th"), (45.0, 100.0, 9.0, "Words of it")];
        assert_eq!(read(&apart).len(), 2);
    }

    #[test]
    fn a_word_that_is_drawn_again_as_its_shadow_is_read_once() {
        let lines = read(&[
            (10.0, 100.0, 10.0, "Law Review"),
            (10.8, 100.2, 10.0, "Law Review"),
        ]);
        let texts: Vec<String> = lines.iter().map(PdfLine::text).collect();
        assert_eq!(texts, ["Law Review"]);
    }

    #[test]
    fn a_line_of_small_capitals_is_as_large_as_the_capitals_in_it() {
        let lines = read(&[
            (10.0, 100.0, 10.0, "M"),
            (15.0, 100.0, 8.0, "ICHAEL"),
            (42.0, 100.0, 10.0, "G"),
            (47.0, 100.0, 8.0, "ROSSBERG"),
            (82.0, 100.0, 10.0, "in"),
        ]);
        assert!((lines[0].size - 10.0).abs() < 0.1);
        let small = [(10.0, 100.0, 8.0, "M"), (16.0, 100.0, 5.4, "ARTIN")];
        assert!((read(&small)[0].size - 8.0).abs() < 0.1);
        let lines = read(&[(10.0, 100.0, 10.0, "A"), (15.0, 100.0, 8.0, "small word")]);
        assert!((lines[0].size - 8.0).abs() < 0.1);
    }

    #[test]
    fn a_long_number_does_not_measure_the_few_words_that_it_is_raised_at() {
        let lines = read(&[(10.0, 96.6, 6.0, "150"), (22.0, 100.0, 9.0, "Id.")]);
        assert_eq!(lines.len(), 1);
        assert!((lines[0].size - 9.0).abs() < 0.1);
        assert_eq!(lines[0].pieces[0].shift, BaselineShift::Raised);
        let lines = read(&[(10.0, 99.04, 6.96, "110"), (22.0, 100.0, 8.4, "Id.")]);
        assert!((lines[0].size - 8.4).abs() < 0.1);
    }

    #[test]
    fn a_long_roman_numeral_does_not_measure_the_short_word_that_it_is_raised_at() {
        let lines = read(&[(10.0, 100.0, 10.0, "law."), (30.0, 96.4, 7.0, "xlviii")]);
        assert!((lines[0].size - 10.0).abs() < 0.1);
        assert_eq!(lines[0].pieces[1].shift, BaselineShift::Raised);
    }

    #[test]
    fn notes_in_small_type_are_lines_of_their_own() {
        let lines = read(&[
            (10.0, 100.0, 10.0, "body body"),
            (10.0, 109.5, 8.0, "note note"),
        ]);
        assert_eq!(lines.len(), 2);
    }
}
