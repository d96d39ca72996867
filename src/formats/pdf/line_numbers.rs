//! Numbers of lines in the margin, as in drafts and editions.

use super::page_numbers::number;
use super::run::GlyphRun;

/// Line numbers are at least so many on a page.
const MIN_LINE_NUMBERS: usize = 8;
/// Of the numbers of a document so much may have more lines between them than they count; where
/// more have, they are labels of items or of notes.
const UNCOUNTED: f32 = 0.2;
/// The numbers that are printed on paper are at least so many, on so many pages, at the same places
/// within so many points.
const MIN_GRID_NUMBERS: usize = 20;
const MIN_GRIDS: usize = 2;
const GRID_STEP: f32 = 1.0;
/// Lines are apart by at least so many ems.
const SAME_LINE_EMS: f32 = 0.4;

/// Takes the numbers of lines out of the runs of all pages.
pub(super) fn take_out(pages: &mut [Vec<GlyphRun>]) {
    for is_left in [true, false] {
        let columns: Vec<Option<NumberColumn>> = pages
            .iter()
            .map(|runs| NumberColumn::find(runs, is_left))
            .collect();
        let found = || columns.iter().flatten();
        let all: usize = found().map(|column| column.steps).sum();
        let uncounted: usize = found().map(|column| column.uncounted).sum();
        #[expect(clippy::cast_precision_loss, reason = "a share")]
        let are_labels = uncounted as f32 > UNCOUNTED * all as f32;
        // The paper of courts has its numbers printed on it, wherever the lines are.
        let grids: Vec<NumberGrid> = found().filter_map(|column| column.grid).collect();
        let grid = grids.first().copied().filter(|first| {
            let alike = grids.iter().filter(|grid| grid.is_alike(first)).count();
            alike >= MIN_GRIDS && alike == found().count()
        });
        if let Some(grid) = grid {
            for runs in pages.iter_mut() {
                runs.retain(|run| !grid.has(run));
            }
            continue;
        }
        if are_labels {
            continue;
        }
        for (runs, column) in pages.iter_mut().zip(columns) {
            if let Some(column) = column {
                runs.retain(|run| !column.has(run));
            }
        }
    }
}

/// Numbers that grow evenly in one margin of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
struct NumberColumn {
    is_left: bool,
    /// Where the text begins, or ends.
    edge: f32,
    /// How often one number follows another.
    steps: usize,
    /// How often there are more lines between than the numbers count.
    uncounted: usize,
    /// Those that count from 1 at equal distances.
    grid: Option<NumberGrid>,
}

impl NumberColumn {
    fn find(runs: &[GlyphRun], is_left: bool) -> Option<NumberColumn> {
        let mut text: Vec<&GlyphRun> = runs
            .iter()
            .filter(|run| line_number(run).is_none() && run.letters.len() > 3)
            .collect();
        // A word or two may stand out of the text.
        let few = text.len() / 50;
        let edge = if is_left {
            text.sort_by(|one, other| one.left.total_cmp(&other.left));
            text.get(few)?.left
        } else {
            text.sort_by(|one, other| other.right.total_cmp(&one.right));
            text.get(few)?.right
        };
        let mut column = NumberColumn {
            is_left,
            edge,
            steps: 0,
            uncounted: 0,
            grid: None,
        };
        let mut numbers: Vec<(f32, i64)> = runs
            .iter()
            .filter(|run| column.has(run))
            .filter_map(|run| Some((run.baseline, line_number(run)?)))
            .collect();
        numbers.sort_by(|one, other| one.0.total_cmp(&other.0));
        // The last line of a page may have its number out of step.
        let (last, others) = numbers.split_last()?;
        let is_last = others.last().is_some_and(|other| other.1 + 1 == last.1);
        let is_even = are_even(&numbers) || is_last && are_even(others);
        // Sections are numbered in the same way as pages and lines, but one by one.
        let mut own = runs.iter().filter(|run| column.has(run));
        let has_pages = own.any(|run| run.text().contains('.'));
        let is_stepped = others.windows(2).all(|pair| match pair {
            [one, next] => next.1 - one.1 > 1,
            _ => true,
        });
        if numbers.len() < MIN_LINE_NUMBERS || !is_even || has_pages && !is_stepped {
            return None;
        }
        column.grid = NumberGrid::find(runs, &column, &numbers);
        let size = text.first()?.size;
        let baselines = baselines(&text, size);
        for ((above, one), (below, next)) in numbers.iter().zip(numbers.iter().skip(1)) {
            let same = SAME_LINE_EMS * size;
            let lines = baselines
                .iter()
                .filter(|y| above + same < **y && **y < below - same);
            let between = i64::try_from(lines.count()).unwrap_or(i64::MAX);
            column.steps += 1;
            column.uncounted += usize::from(between >= next - one && !has_pages);
        }
        Some(column)
    }

    fn has(&self, run: &GlyphRun) -> bool {
        let white = 0.6 * run.size;
        let is_beside = if self.is_left {
            run.right < self.edge - white
        } else {
            run.left > self.edge + white
        };
        is_beside && line_number(run).is_some()
    }
}

/// The heights of the lines of a text, each once.
fn baselines(text: &[&GlyphRun], size: f32) -> Vec<f32> {
    let mut baselines: Vec<f32> = text.iter().map(|run| run.baseline).collect();
    baselines.sort_by(f32::total_cmp);
    baselines.dedup_by(|next, one| *next - *one < SAME_LINE_EMS * size);
    baselines
}

/// Numbers from 1 on at equal distances.
#[derive(Debug, Clone, Copy, PartialEq)]
struct NumberGrid {
    first: f32,
    step: f32,
    count: i64,
    left: f32,
    right: f32,
}

impl NumberGrid {
    fn find(
        runs: &[GlyphRun],
        column: &NumberColumn,
        numbers: &[(f32, i64)],
    ) -> Option<NumberGrid> {
        let (first, second) = (numbers.first()?.0, numbers.get(1)?.0);
        let own = runs.iter().filter(|run| column.has(run));
        let grid = NumberGrid {
            first,
            step: second - first,
            count: i64::try_from(numbers.len()).ok()?,
            left: own.clone().map(|run| run.left).fold(f32::MAX, f32::min),
            right: own.map(|run| run.right).fold(0.0, f32::max),
        };
        let mut counts = numbers.iter().zip(1..);
        let is_whole = counts.all(|(number, wanted)| number.1 == wanted);
        let is_even = numbers.iter().all(|number| grid.is_at(number.0, number.1));
        (is_whole && is_even && numbers.len() >= MIN_GRID_NUMBERS).then_some(grid)
    }

    #[expect(clippy::cast_precision_loss, reason = "a few lines")]
    fn is_at(&self, baseline: f32, number: i64) -> bool {
        let place = self.first + self.step * (number - 1) as f32;
        (1..=self.count).contains(&number) && (baseline - place).abs() < GRID_STEP
    }

    fn is_alike(&self, other: &NumberGrid) -> bool {
        self.count == other.count && other.is_at(self.first, 1)
    }

    fn has(&self, run: &GlyphRun) -> bool {
        let is_beside = run.left > self.left - GRID_STEP && run.right < self.right + GRID_STEP;
        is_beside && line_number(run).is_some_and(|number| self.is_at(run.baseline, number))
    }
}

/// Whether numbers grow by the same step, from above.
fn are_even(numbers: &[(f32, i64)]) -> bool {
    let steps: Vec<i64> = numbers
        .iter()
        .zip(numbers.iter().skip(1))
        .map(|(one, other)| other.1 - one.1)
        .collect();
    steps.first().is_some_and(|step| {
        (1..=10).contains(step)
            && steps.iter().filter(|other| *other == step).count() * 10 >= steps.len() * 9
    })
}

/// The number of a line; proofs of books have a letter for short and for regular pages at it, and
/// those of journals the page before it, as in `2.10`.
fn line_number(run: &GlyphRun) -> Option<i64> {
    let text = run.text();
    if let Some((page, line)) = text.split_once('.')
        && (1..=3).contains(&page.len())
        && (1..=2).contains(&line.len())
        && !line.starts_with('0')
    {
        return number(line).filter(|_| number(page).is_some());
    }
    let figures = text.trim_matches(['R', 'S']);
    let is_plain = figures == text || figures.len() + 1 == text.len();
    // What ends with a full stop is the label of an item or of a note.
    let is_bare = !figures.is_empty() && figures.bytes().all(|byte| byte.is_ascii_digit());
    number(figures).filter(|_| is_plain && is_bare && run.letters.len() <= 4)
}

#[cfg(test)]
mod tests {
    use super::super::run::runs;
    use super::super::testing::page;
    use super::*;

    /// What is left of a page.
    fn left_of(texts: &[(f32, f32, f32, &str)]) -> String {
        let mut pages = [runs(&page(texts))];
        take_out(&mut pages);
        let words: Vec<String> = pages[0].iter().map(GlyphRun::text).collect();
        words.join(" ")
    }

    #[test]
    fn labels_of_notes_that_take_several_lines_stay_though_they_hang_in_the_margin() {
        let labels = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
        let lines = labels.iter().enumerate().flat_map(|(index, label)| {
            #[expect(clippy::cast_precision_loss, reason = "a few")]
            let y = 200.0 + 24.0 * index as f32;
            [
                (40.0, y, 10.0, *label),
                (60.0, y, 10.0, "words-here"),
                (60.0, y + 12.0, 10.0, "words-there"),
            ]
        });
        let text = left_of(&lines.collect::<Vec<_>>());
        assert!(text.contains('1') && text.contains('9'), "{text}");
    }

    #[test]
    fn labels_of_items_that_hang_in_the_margin_stay() {
        let labels = ["1.", "2.", "3.", "4.", "5.", "6.", "7.", "8.", "9."];
        let lines = labels.iter().enumerate().flat_map(|(index, label)| {
            #[expect(clippy::cast_precision_loss, reason = "a few")]
            let y = 200.0 + 20.0 * index as f32;
            [(30.0, y, 10.0, *label), (60.0, y, 10.0, "words-here")]
        });
        let texts = left_of(&lines.collect::<Vec<_>>());
        assert!(texts.contains("9."));
    }

    #[test]
    fn line_numbers_in_the_margin_go() {
        let numbers = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "S10", "R11"];
        for margin in [30.0, 200.0] {
            let lines = numbers.iter().enumerate().flat_map(|(index, number)| {
                #[expect(clippy::cast_precision_loss, reason = "a few")]
                let y = 200.0 + 20.0 * index as f32;
                [(margin, y, 8.0, *number), (60.0, y, 10.0, "words-here")]
            });
            let texts = left_of(&lines.collect::<Vec<_>>());
            assert!(!texts.contains(|letter: char| letter.is_ascii_digit()));
        }
    }

    #[test]
    fn the_numbers_of_page_and_line_in_a_proof_go() {
        let left = |numbers: &[&str]| {
            // The lines of notes are nearer to each other than those that are counted.
            let lines = numbers.iter().zip(0u8..).flat_map(|(number, index)| {
                let y = 100.0 + 60.0 * f32::from(index);
                let mut lines = vec![(30.0, y, 8.0, *number)];
                lines.extend((0u8..6).map(|line| {
                    let y = y + 10.0 * f32::from(line);
                    (60.0, y, 10.0, "words-here")
                }));
                lines
            });
            left_of(&lines.collect::<Vec<_>>())
        };
        let proof = [
            "2.5", "2.10", "2.15", "2.20", "2.25", "2.30", "2.35", "2.40", "2.45", "2.46",
        ];
        assert!(!left(&proof).contains(|letter: char| letter.is_ascii_digit()));
        let sections = [
            "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", "2.8", "2.9",
        ];
        assert!(left(&sections).contains("2.9"));
    }

    #[test]
    fn numbers_that_are_printed_on_the_paper_go_though_the_lines_are_elsewhere() {
        let numbers: Vec<String> = (1..=25).map(|number: u32| number.to_string()).collect();
        let texts: Vec<(f32, f32, f32, &str)> = numbers
            .iter()
            .zip(0u8..)
            .flat_map(|(number, index)| {
                let index = f32::from(index);
                [
                    (40.0, 100.0 + 24.0 * index, 10.0, number.as_str()),
                    (60.0, 106.0 + 14.0 * index, 10.0, "words-here"),
                ]
            })
            .collect();
        let mut pages = [runs(&page(&texts)), runs(&page(&texts))];
        take_out(&mut pages);
        assert!(pages.iter().all(|runs| runs.len() == 25));
        // On one page they may be the labels of a list.
        assert!(left_of(&texts).contains("25"));
    }
}
