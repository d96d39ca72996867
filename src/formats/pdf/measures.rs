//! What is usual in a document: the size of its text, how far its lines are apart.

use std::collections::HashMap;

use super::calls::CallSite;
use super::line::PdfLine;

/// Sizes are told apart by so many points.
const SIZE_STEP: f32 = 0.25;
/// Lines that call notes tell the size of the text, if they are so many.
const MIN_CALLING: usize = 4;
/// And if so much of all letters is of that size.
const CALLING_SHARE: f32 = 0.2;
/// They are larger than most letters by so much, where most letters are those of notes.
const LARGER: f32 = 1.04;
/// So much does a mark look like a marker that tells the size of the text.
const SURE: f32 = 0.8;

/// The usual measures of a document, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measures {
    /// The size of the text: that of most letters, unless most of them are in notes.
    pub(super) body: f32,
    /// From baseline to baseline in most of the text.
    pub(super) leading: f32,
}

impl Measures {
    /// Those of lines and the marks on them, in their order.
    pub(super) fn new(lines: &[PdfLine], marks: &[CallSite]) -> Self {
        let common = most_common_size(lines).unwrap_or(10.0);
        let body = calling_size(lines, marks)
            .filter(|size| *size > LARGER * common)
            .unwrap_or(common);
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

/// The size of the lines that call notes, where these are the text: in a law review the notes may
/// have more letters than the text that calls them.
fn calling_size(lines: &[PdfLine], marks: &[CallSite]) -> Option<f32> {
    let calls = marks.iter().filter(|mark| {
        let mut labels = mark.readings.iter().flatten();
        let is_sure = mark.pieces.start > 0 && mark.likeness >= SURE;
        is_sure && labels.any(|label| label.number().is_some())
    });
    let mut calling: Vec<usize> = calls.map(|mark| mark.line).collect();
    calling.dedup();
    let sizes = calling.iter().filter_map(|line| lines.get(*line));
    let sizes: Vec<f32> = sizes.map(|line| line.size).collect();
    let size = most_common(sizes.iter().copied(), SIZE_STEP)?;
    let is_such = |other: f32| (other - size).abs() < 0.04 * size;
    let letters =
        |lines: &mut dyn Iterator<Item = &PdfLine>| -> usize { lines.map(PdfLine::letters).sum() };
    let all = letters(&mut lines.iter());
    let such = letters(&mut lines.iter().filter(|line| is_such(line.size)));
    #[expect(clippy::cast_precision_loss, reason = "a share")]
    let is_text = such as f32 >= CALLING_SHARE * all as f32;
    let count = sizes.into_iter().filter(|other| is_such(*other)).count();
    (is_text && count >= MIN_CALLING).then_some(size)
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

#[cfg(test)]
mod tests {
    use super::super::calls;
    use super::super::line::lines;
    use super::super::run::runs;
    use super::super::testing::page;
    use super::*;

    #[test]
    fn the_text_that_calls_notes_gives_the_size_though_the_notes_are_longer() {
        let mut texts = Vec::new();
        for (y, figure) in [(100.0, "1"), (112.0, "2"), (124.0, "3"), (136.0, "4")] {
            texts.push((10.0, y, 10.0, "some words."));
            texts.push((65.0, y - 4.0, 7.0, figure));
        }
        let mut y = 300.0;
        for _ in 0..8 {
            texts.push((10.0, y, 9.0, "words of a long note"));
            y += 10.0;
        }
        let body = |texts: &[_]| {
            let lines = lines(runs(&page(texts)), 0, 0, 0.16);
            Measures::new(&lines, &calls::all(&lines, &[])).body
        };
        assert!((body(&texts) - 10.0).abs() < 0.1);
        // Powers in a heading do not tell what the text is.
        let (_, notes) = texts.split_at(6);
        assert!((body(notes) - 9.0).abs() < 0.1);
    }
}
