//! Where the columns of a page are: regions of text, in the order in which they are read.
//!
//! The page is seen as bands, parted by white that goes all across. Bands that share a white
//! gutter are columns; the others go over the whole width. Columns are looked at once more.

use super::run::GlyphRun;

/// Columns are parted by at least so many ems of white.
const GUTTER_EMS: f32 = 0.55;
/// What is left of a gutter that labels hang into.
const NARROW_EMS: f32 = 0.2;
/// Where few lines show a gutter, it is at least so wide.
const WIDE_GUTTER_EMS: f32 = 1.2;
/// Words of a line are apart by less than so many ems.
const WORD_GAP_EMS: f32 = 0.45;
/// Words of a line are level within so many ems.
const LEVEL_EMS: f32 = 0.1;
/// A column is at least so wide.
const COLUMN_EMS: f32 = 8.0;
/// A column has at least so many lines.
const COLUMN_LINES: usize = 4;
/// From so many lines on a narrow gutter is believed.
const SURE_LINES: usize = 10;
/// From so many letters on an address may be too long for its column.
const OVERLONG_LETTERS: usize = 18;
/// So many bands are looked at for a gutter that the first of them do not show.
const FIRST_BANDS: usize = 12;
const MAX_DEPTH: usize = 4;

/// The regions of a page in reading order; `em` is the size of the document's text.
pub(super) fn regions(runs: Vec<GlyphRun>, em: f32) -> Vec<Vec<GlyphRun>> {
    let mut regions = Vec::new();
    divide(runs, em, 0, &mut regions);
    regions
}

fn divide(runs: Vec<GlyphRun>, em: f32, depth: usize, regions: &mut Vec<Vec<GlyphRun>>) {
    if runs.is_empty() {
        return;
    }
    if depth >= MAX_DEPTH {
        regions.push(runs);
        return;
    }
    let bands = bands(runs);
    let mut whole: Vec<GlyphRun> = Vec::new();
    let mut rest = bands.as_slice();
    while let Some((band, after)) = rest.split_first() {
        match columns_from(rest, em) {
            Some((count, gutter)) => {
                flush(&mut whole, regions);
                let (columns, after) = rest.split_at_checked(count).unwrap_or((rest, &[]));
                let (left, right) = split_at(columns, gutter);
                divide(left, em, depth + 1, regions);
                divide(right, em, depth + 1, regions);
                rest = after;
            }
            None => {
                whole.extend(band.runs.iter().cloned());
                rest = after;
            }
        }
    }
    flush(&mut whole, regions);
}

fn flush(whole: &mut Vec<GlyphRun>, regions: &mut Vec<Vec<GlyphRun>>) {
    if !whole.is_empty() {
        regions.push(std::mem::take(whole));
    }
}

/// Runs between two white stripes that go all across.
#[derive(Debug, Clone, Default)]
struct Band {
    runs: Vec<GlyphRun>,
}

impl Band {
    /// Whether a line goes on over a gutter: its next word follows after no more than a space, and
    /// is no label that hangs into the gutter.
    fn runs_over(&self, gutter: f32) -> bool {
        let counts = |run: &&GlyphRun| run.left >= gutter || !is_overlong(run);
        let mut runs: Vec<&GlyphRun> = self.runs.iter().filter(counts).collect();
        runs.sort_by(|one, other| one.baseline.total_cmp(&other.baseline));
        let mut levels = runs.chunk_by(|one, next| {
            next.baseline - one.baseline < LEVEL_EMS * one.size.min(next.size)
        });
        levels.any(|level| {
            let (left, right): (Vec<&GlyphRun>, Vec<&GlyphRun>) =
                level.iter().partition(|run| run.left < gutter);
            let last = left
                .into_iter()
                .max_by(|one, other| one.right.total_cmp(&other.right));
            let first = right
                .into_iter()
                .min_by(|one, other| one.left.total_cmp(&other.left));
            let (Some(last), Some(first)) = (last, first) else {
                return false;
            };
            let letter = first.letters.first().map(|glyph| glyph.letter);
            letter.is_some_and(char::is_alphabetic)
                && last.is_set_as(first)
                && first.left - last.right < WORD_GAP_EMS * first.size
        })
    }
}

fn bands(mut runs: Vec<GlyphRun>) -> Vec<Band> {
    runs.sort_by(|one, other| one.top().total_cmp(&other.top()));
    let mut bands: Vec<Band> = Vec::new();
    let mut bottom = f32::MIN;
    for run in runs {
        // Letters of one line may reach into the next a little.
        let starts = run.top() > bottom - 0.1 * run.size;
        bottom = if starts {
            run.bottom()
        } else {
            bottom.max(run.bottom())
        };
        match bands.last_mut() {
            Some(band) if !starts => band.runs.push(run),
            _ => bands.push(Band { runs: vec![run] }),
        }
    }
    bands
}

/// How many of the first bands share a gutter, and where its middle is.
fn columns_from(bands: &[Band], em: f32) -> Option<(usize, f32)> {
    let mut best: Option<(usize, f32)> = None;
    let mut all = Profile::default();
    let mut unbroken = Profile::default();
    for (index, band) in bands.iter().enumerate() {
        all.add(band, |_| true);
        // An address too long for its column reaches into the next.
        unbroken.add(band, |run| !is_overlong(run));
        let gutter = all.gutter(em).or_else(|| {
            let known = best?.1;
            let gutter = unbroken.gutter(em)?;
            ((gutter - known).abs() < em).then_some(gutter)
        });
        // Short lines, as those of notes are, may fill a column less than text does; a table may be
        // wider than its column, and labels may hang into the gutter. It is still white.
        let gutter = gutter.or_else(|| all.narrow_gutter(best?.1, em));
        match gutter {
            // Notes over the whole width below columns have a word at the gutter, by chance.
            Some(gutter) if band.runs_over(gutter) => break,
            Some(gutter) => best = Some((index + 1, gutter)),
            // A few lines are too few to tell; after that a band without the gutter ends them.
            None if best.is_none() && index < FIRST_BANDS && all.may_have_gutter(em) => {}
            None => break,
        }
    }
    best
}

/// Which part of a page's width is covered by how many lines.
#[derive(Debug, Default)]
struct Profile {
    /// By points from the left.
    covered: Vec<u16>,
    lines: Vec<(f32, f32, f32)>,
}

impl Profile {
    fn add(&mut self, band: &Band, covers: impl Fn(&GlyphRun) -> bool) {
        for run in &band.runs {
            self.lines.push((run.baseline, run.left, run.right));
            if !covers(run) {
                continue;
            }
            let (from, to) = (column(run.left), column(run.right));
            if self.covered.len() <= to {
                self.covered.resize(to + 1, 0);
            }
            for covered in self.covered.iter_mut().take(to + 1).skip(from) {
                *covered = covered.saturating_add(1);
            }
        }
    }

    /// Whether there is a white stripe in the middle at all.
    fn may_have_gutter(&self, em: f32) -> bool {
        self.white(GUTTER_EMS * em, 0).next().is_some()
    }

    /// The middle of what is left of a gutter that more lines have shown.
    fn narrow_gutter(&self, known: f32, em: f32) -> Option<f32> {
        let stripes = self.white(NARROW_EMS * em, 0);
        let mut middles = stripes.map(|(from, to)| f32::midpoint(from, to));
        middles.find(|middle| (middle - known).abs() < em)
    }

    /// The white stripes of at least so many points between text, as (from, to) in points.
    fn white(&self, least: f32, allowed: u16) -> impl Iterator<Item = (f32, f32)> {
        let mut stripes = Vec::new();
        let mut start = None;
        let mut has_text = false;
        for (index, covered) in self.covered.iter().enumerate() {
            if *covered <= allowed {
                if has_text && start.is_none() {
                    start = Some(index);
                }
            } else {
                has_text = true;
                if let Some(from) = start.take() {
                    stripes.push((points(from), points(index)));
                }
            }
        }
        stripes
            .into_iter()
            .filter(move |(from, to)| to - from >= least)
    }

    /// The middle of the gutter between two columns, if these lines show one.
    fn gutter(&self, em: f32) -> Option<f32> {
        let mut best: Option<(f32, f32)> = None;
        let total = self.rows(|_| true);
        let allowed = if total >= 40 { total / 40 } else { 0 };
        for allowed in [0, u16::try_from(allowed).unwrap_or(0)] {
            for (from, to) in self.white(GUTTER_EMS * em, allowed) {
                let middle = f32::midpoint(from, to);
                if self.has_columns(middle, to - from, em)
                    && (allowed == 0 || self.only_overflows(middle, to))
                    && best.is_none_or(|(_, width)| to - from > width)
                {
                    best = Some((middle, to - from));
                }
            }
            if best.is_some() {
                break;
            }
        }
        best.map(|(middle, _)| middle)
    }

    fn has_columns(&self, middle: f32, width: f32, em: f32) -> bool {
        let left = self.rows(|(_, _, right)| *right <= middle);
        let right = self.rows(|(_, left, _)| *left >= middle);
        let fewest = left.min(right);
        let is_wide = |is_side: &dyn Fn(&(f32, f32, f32)) -> bool| {
            let of_side = || self.lines.iter().filter(|line| is_side(line));
            let from = of_side().map(|line| line.1).fold(f32::MAX, f32::min);
            let to = of_side().map(|line| line.2).fold(0.0, f32::max);
            to - from >= COLUMN_EMS * em && self.fill(is_side) >= 0.5 * (to - from)
        };
        fewest >= COLUMN_LINES
            && (fewest >= SURE_LINES || width >= WIDE_GUTTER_EMS * em)
            && is_wide(&|(_, _, right)| *right <= middle)
            && is_wide(&|(_, left, _)| *left >= middle)
    }

    /// How much of a side's lines is filled with letters on average, in points.
    fn fill(&self, is_side: &dyn Fn(&(f32, f32, f32)) -> bool) -> f32 {
        let filled: f32 = self
            .lines
            .iter()
            .filter(|line| is_side(line))
            .map(|(_, left, right)| right - left)
            .sum();
        #[expect(clippy::cast_precision_loss, reason = "lines of a page")]
        let rows = self.rows(is_side).max(1) as f32;
        filled / rows
    }

    /// Whether what crosses the gutter are single words too long for their column.
    fn only_overflows(&self, middle: f32, right_column: f32) -> bool {
        let crossing = self
            .lines
            .iter()
            .filter(|(_, left, right)| *left < middle && *right > middle);
        crossing
            .clone()
            .all(|(_, left, right)| right - left > 60.0 || *right < right_column)
    }

    /// How many lines there are of the runs that count.
    fn rows(&self, counts: impl Fn(&(f32, f32, f32)) -> bool) -> usize {
        let mut baselines: Vec<f32> = self
            .lines
            .iter()
            .filter(|line| counts(line))
            .map(|line| line.0)
            .collect();
        baselines.sort_by(f32::total_cmp);
        let mut rows = 0;
        let mut last = f32::MIN;
        for baseline in baselines {
            if baseline - last > 4.0 {
                rows += 1;
                last = baseline;
            }
        }
        rows
    }
}

/// Whether a run is an address that cannot be broken.
fn is_overlong(run: &GlyphRun) -> bool {
    let has = |sign: char| run.letters.iter().any(|glyph| glyph.letter == sign);
    run.letters.len() >= OVERLONG_LETTERS && (has('/') || has('_'))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped"
)]
fn column(x: f32) -> usize {
    x.clamp(0.0, 20_000.0) as usize
}

#[expect(clippy::cast_precision_loss, reason = "points of a page")]
fn points(column: usize) -> f32 {
    column as f32
}

/// The runs left and right of a gutter. What crosses it belongs to where it begins.
fn split_at(bands: &[Band], gutter: f32) -> (Vec<GlyphRun>, Vec<GlyphRun>) {
    bands
        .iter()
        .flat_map(|band| band.runs.iter().cloned())
        .partition(|run| run.left < gutter)
}

#[cfg(test)]
mod tests {
    use super::super::run::runs;
    use super::super::testing::page;
    use super::*;

    fn texts(texts: &[(f32, f32, f32, &str)]) -> Vec<String> {
        let regions = regions(runs(&page(texts)), 10.0);
        let text = |region: &Vec<GlyphRun>| {
            let mut runs: Vec<&GlyphRun> = region.iter().collect();
            runs.sort_by(|one, other| one.baseline.total_cmp(&other.baseline));
            let words: Vec<String> = runs.iter().map(|run| run.text()).collect();
            words.join(" ")
        };
        regions.iter().map(text).collect()
    }

    #[test]
    fn two_columns_are_read_one_after_the_other_below_a_title() {
        let mut lines = vec![(
            60.0,
            80.0,
            14.0,
            "a title over the whole width of the page, long enough for it",
        )];
        for index in 0..12u8 {
            let y = 120.0 + 12.0 * f32::from(index);
            lines.push((60.0, y, 10.0, "left-hand-words-of-the-text-that-fill-it"));
            lines.push((
                300.0,
                y + 3.0,
                10.0,
                "right-hand-words-of-the-text-that-fill-it",
            ));
        }
        let found = texts(&lines);
        assert_eq!(found.len(), 3);
        assert!(found[0].starts_with("a title"));
        assert!(found[1].starts_with("left") && !found[1].contains("right"));
        assert!(found[2].starts_with("right"));
    }

    #[test]
    fn a_column_goes_on_in_short_notes_below_a_table_that_is_wider_than_it() {
        let mut lines = Vec::new();
        for index in 0..24u8 {
            let y = 120.0 + 12.0 * f32::from(index);
            lines.push((60.0, y, 10.0, "left-hand-words-of-the-text-that-fill-it"));
            lines.push(match index {
                11 => (
                    300.0,
                    y,
                    10.0,
                    "a-row-of-a-table-that-goes-over-the-edge-of-the-page",
                ),
                12.. => (300.0, y, 10.0, "a-short-note-here"),
                _ => (300.0, y, 10.0, "right-hand-words-of-the-text"),
            });
        }
        let found = texts(&lines);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(!found[0].contains("note") && !found[1].contains("left"));
    }

    #[test]
    fn a_note_over_the_whole_width_below_columns_is_not_cut_at_a_word_of_it() {
        let mut lines = Vec::new();
        for index in 0..24u8 {
            let y = 120.0 + 12.0 * f32::from(index);
            lines.push((60.0, y, 10.0, "left-hand-words-of-the-text-that-fill-it"));
            lines.push((275.0, y, 10.0, "right-hand-words-of-the-text"));
        }
        lines.push((
            60.0,
            420.0,
            8.0,
            "a-note-that-goes-over-the-whole-of-the-width-of-the-",
        ));
        lines.push((270.5, 420.0, 8.0, "page"));
        let found = texts(&lines);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[2].starts_with("a-note") && found[2].ends_with("page"));
    }

    #[test]
    fn one_column_stays_one() {
        let lines: Vec<(f32, f32, f32, &str)> = (0..12u8)
            .map(|index| {
                (
                    60.0,
                    120.0 + 12.0 * f32::from(index),
                    10.0,
                    "some words in a line of text",
                )
            })
            .collect();
        assert_eq!(texts(&lines).len(), 1);
    }
}
