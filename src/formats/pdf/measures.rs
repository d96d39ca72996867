//! What is usual in a document: the size of its text, how far its lines are apart.

use std::collections::HashMap;

use super::line::PdfLine;

/// Sizes are told apart by so many points.
const SIZE_STEP: f32 = 0.25;

/// The usual measures of a document, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measures {
    /// The size of most letters.
    pub(super) body: f32,
    /// From baseline to baseline in most of the text.
    pub(super) leading: f32,
}

impl Measures {
    pub(super) fn new(lines: &[PdfLine]) -> Self {
        let body = most_common_size(lines).unwrap_or(10.0);
        let is_body = |line: &&PdfLine| (line.size - body).abs() < 0.04 * body;
        let gaps = lines
            .iter()
            .zip(lines.iter().skip(1))
            .filter_map(|(one, next)| {
                let together = one.page == next.page && one.region == next.region;
                let gap = next.baseline - one.baseline;
                (together
                    && is_body(&one)
                    && is_body(&next)
                    && gap > 0.5 * body
                    && gap < 3.5 * body)
                    .then_some(gap)
            });
        let leading = most_common(gaps, 0.2).unwrap_or(body * 1.2);
        Measures { body, leading }
    }
}

/// The size of most letters of these lines.
pub(super) fn most_common_size<'a>(lines: impl IntoIterator<Item = &'a PdfLine>) -> Option<f32> {
    let sizes = lines
        .into_iter()
        .flat_map(|line| std::iter::repeat_n(line.size, line.letters().min(400)));
    most_common(sizes, SIZE_STEP)
}

/// The value that is met most often, values within a step taken together.
pub(super) fn most_common(values: impl Iterator<Item = f32>, step: f32) -> Option<f32> {
    let mut counts: HashMap<i32, (usize, f32)> = HashMap::new();
    for value in values {
        #[expect(clippy::cast_possible_truncation, reason = "lengths on a page")]
        let key = (value / step).round() as i32;
        let count = counts.entry(key).or_default();
        count.0 += 1;
        count.1 += value;
    }
    let (count, sum) = counts
        .into_iter()
        .max_by_key(|(key, (count, _))| (*count, *key))?
        .1;
    #[expect(clippy::cast_precision_loss, reason = "a mean")]
    Some(sum / count as f32)
}
