//! Where the text of a column begins and ends, and how far its lines are apart.

use std::collections::HashMap;

use super::PageLine;

/// Lines begin at one place if they do within so many ems.
const LEVEL_EMS: f32 = 0.25;

/// The left and the right edge of the text of each column, and the usual gap between lines.
#[derive(Debug, Clone, Default)]
pub(crate) struct Edges {
    columns: HashMap<(usize, usize), (f32, f32)>,
    /// The usual gap between baselines by size, both in quarters of a unit.
    leadings: HashMap<i32, f32>,
    body: f32,
}

impl Edges {
    pub(crate) fn new(lines: &[PageLine]) -> Self {
        let body = most_common(
            lines
                .iter()
                .flat_map(|line| std::iter::repeat_n(line.size, line.text.len().min(200))),
        )
        .unwrap_or(10.0);
        let mut columns: HashMap<(usize, usize), Vec<&PageLine>> = HashMap::new();
        for line in lines {
            columns
                .entry((line.page, line.column))
                .or_default()
                .push(line);
        }
        let columns = columns
            .into_iter()
            .map(|(key, lines)| (key, edges(&lines, body)))
            .collect();
        Edges {
            columns,
            leadings: leadings(lines),
            body,
        }
    }

    /// The size of most of the text.
    pub(crate) fn body(&self) -> f32 {
        self.body
    }

    pub(super) fn left(&self, line: &PageLine) -> f32 {
        self.of(line).0
    }

    pub(super) fn right(&self, line: &PageLine) -> f32 {
        self.of(line).1
    }

    fn of(&self, line: &PageLine) -> (f32, f32) {
        let edges = self.columns.get(&(line.page, line.column));
        edges.copied().unwrap_or((line.left, line.right))
    }

    /// The usual gap between the baselines of lines of this size.
    pub(super) fn leading(&self, size: f32) -> f32 {
        let leading = self.leadings.get(&quarters(size)).copied();
        // Lines of titles and headings are too few to tell.
        let is_heading = size > 1.06 * self.body;
        leading.filter(|_| !is_heading).unwrap_or(size * 1.25)
    }
}

fn edges(lines: &[&PageLine], body: f32) -> (f32, f32) {
    let enough = 2.max(lines.len() / 12);
    let level = |line: &&&PageLine, left: f32| (line.left - left).abs() < LEVEL_EMS * body;
    let left = lines
        .iter()
        .map(|line| line.left)
        .filter(|left| lines.iter().filter(|line| level(line, *left)).count() >= enough)
        .fold(f32::MAX, f32::min);
    let least = lines.iter().map(|line| line.left).fold(f32::MAX, f32::min);
    let left = if left == f32::MAX { least } else { left };
    (left, right_edge(lines, body).unwrap_or(left))
}

/// Where several lines end; one that is too long for the column is no edge.
fn right_edge(lines: &[&PageLine], body: f32) -> Option<f32> {
    let mut rights: Vec<f32> = lines.iter().map(|line| line.right).collect();
    rights.sort_by(f32::total_cmp);
    let enough = 2.max(rights.len() / 10);
    let shared = rights.iter().rev().copied().find(|right| {
        let below = rights
            .iter()
            .filter(|other| (0.0..0.6 * body).contains(&(right - **other)));
        below.count() >= enough
    });
    shared.or_else(|| rights.get(rights.len() * 3 / 4).copied())
}

fn leadings(lines: &[PageLine]) -> HashMap<i32, f32> {
    let mut gaps: HashMap<i32, Vec<f32>> = HashMap::new();
    for (one, next) in lines.iter().zip(lines.iter().skip(1)) {
        let gap = next.baseline - one.baseline;
        let is_usual = gap > 0.6 * one.size && gap < 3.2 * one.size;
        if one.is_beside(next) && one.is_as_large_as(next) && is_usual {
            gaps.entry(quarters(one.size)).or_default().push(gap);
        }
    }
    gaps.into_iter()
        .filter_map(|(size, gaps)| Some((size, most_common(gaps.into_iter())?)))
        .collect()
}

#[expect(clippy::cast_possible_truncation, reason = "lengths on a page")]
fn quarters(value: f32) -> i32 {
    (value * 4.0).round() as i32
}

fn most_common(values: impl Iterator<Item = f32>) -> Option<f32> {
    let mut counts: HashMap<i32, (usize, f32)> = HashMap::new();
    for value in values {
        let count = counts.entry(quarters(value)).or_default();
        *count = (count.0 + 1, value);
    }
    let most = counts
        .into_iter()
        .max_by_key(|(key, (count, _))| (*count, -*key));
    most.map(|(_, (_, value))| value)
}
