//! Notes in the margin: small type beside the text, which is no column of its own.

use super::run::GlyphRun;

/// What is in the margin is smaller than the text by so much at least.
const MARGIN_SIZE: f32 = 0.93;
/// It is so many ems away from the text at least.
const GAP_EMS: f32 = 0.7;
/// The text has at least so many lines; of fewer its edges cannot be told.
const MIN_LINES: usize = 5;
/// So much of the lines of the text ends before its right edge: beyond are a few that run over.
const EDGE: f32 = 0.97;
/// So large is text beside the size of most letters, which may be that of the notes.
const LEAST: f32 = 0.96;
const MOST: f32 = 1.5;
/// The label of a note has at most so many letters.
const MAX_LABEL_LETTERS: usize = 3;

/// The runs of a page's text, and of what is in its left and its right margin, if there is any;
/// `em` is the size of the document's text.
pub(super) fn part(runs: Vec<GlyphRun>, em: f32) -> (Vec<GlyphRun>, Vec<Vec<GlyphRun>>) {
    let Some((left, right)) = edges(&runs, em) else {
        return (runs, Vec::new());
    };
    let is_small = |run: &GlyphRun| run.size <= MARGIN_SIZE * em;
    let is_left = |run: &GlyphRun| run.right < left - GAP_EMS * em;
    let is_right = |run: &GlyphRun| run.left > right + GAP_EMS * em;
    let (beside, text): (Vec<GlyphRun>, Vec<GlyphRun>) = runs
        .into_iter()
        .partition(|run| is_small(run) && (is_left(run) || is_right(run)));
    // A wide table or figure in small type, and a note that is wider than the text above it, have
    // more of their line in the text. A marker in the text is as small as a label in the margin.
    let continues = |run: &GlyphRun| {
        !is_label(run)
            && text.iter().any(|other| {
                let same_line = (other.baseline - run.baseline).abs() < 0.5 * run.size;
                same_line && (other.size - run.size).abs() < 0.05 * run.size
            })
    };
    if beside.iter().filter(|run| continues(run)).count() * 2 > beside.len() {
        return ([text, beside].concat(), Vec::new());
    }
    let (left, right): (Vec<GlyphRun>, Vec<GlyphRun>) = beside.into_iter().partition(is_left);
    let margins = [left, right].into_iter();
    (text, margins.filter(|margin| !margin.is_empty()).collect())
}

/// Whether a run may be the label of a note: a few letters that are no word.
fn is_label(run: &GlyphRun) -> bool {
    let mut letters = run.letters.iter().map(|glyph| glyph.letter);
    let is_word = run.letters.len() > 1 && letters.all(char::is_alphabetic);
    run.letters.len() <= MAX_LABEL_LETTERS && !is_word
}

/// Where the lines of the text begin and end.
fn edges(runs: &[GlyphRun], em: f32) -> Option<(f32, f32)> {
    let text = runs
        .iter()
        .filter(|run| (LEAST * em..MOST * em).contains(&run.size))
        .collect::<Vec<_>>();
    let mut baselines: Vec<f32> = text.iter().map(|run| run.baseline).collect();
    baselines.sort_by(f32::total_cmp);
    baselines.dedup_by(|one, next| (*one - *next).abs() < 0.3 * em);
    if baselines.len() < MIN_LINES {
        return None;
    }
    let mut ends: Vec<f32> = text.iter().map(|run| run.right).collect();
    ends.sort_by(f32::total_cmp);
    let left = text.iter().map(|run| run.left).fold(f32::MAX, f32::min);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "a share of the runs of a page"
    )]
    let within = (ends.len() as f32 * EDGE) as usize;
    // Single words that run over the edge say little; most of the last ends are the edge itself.
    let most = *ends.last()?;
    let edge = ends.get(within).copied().unwrap_or(most);
    let right = if most - edge > 2.0 * em { edge } else { most };
    Some((left, right))
}

#[cfg(test)]
mod tests {
    use super::super::run::runs;
    use super::super::testing::page;
    use super::*;

    fn texts(texts: &[(f32, f32, f32, &str)]) -> (String, Vec<String>) {
        let words = |runs: &Vec<GlyphRun>| {
            let words: Vec<String> = runs.iter().map(GlyphRun::text).collect();
            words.join(" ")
        };
        let (text, beside) = part(runs(&page(texts)), 10.0);
        (words(&text), beside.iter().map(words).collect())
    }

    /// Lines that begin so far to the right.
    fn lines_of_text(x: f32) -> Vec<(f32, f32, f32, &'static str)> {
        let line = |line| {
            let y = 100.0 + 14.0 * f32::from(line);
            (x, y, 10.0, "words-of-the-text-here")
        };
        (0..8u8).map(line).collect()
    }

    #[test]
    fn markers_above_short_notes_are_not_in_the_margin() {
        let mut lines = vec![(300.0, 96.0, 8.5, "7")];
        for line in 0..8u8 {
            let y = 14.0 * f32::from(line);
            lines.push((
                60.0,
                100.0 + y,
                11.5,
                "words-of-the-text-that-are-wider-than-notes",
            ));
            lines.push((60.0, 400.0 + y, 10.0, "a-short-note"));
        }
        assert!(texts(&lines).1.is_empty());
    }

    #[test]
    fn a_note_beside_one_line_of_the_text_is_apart() {
        let mut lines = lines_of_text(60.0);
        lines.push((200.0, 128.0, 8.0, "see-there"));
        let (text, beside) = texts(&lines);
        assert!(!text.contains("see"));
        assert_eq!(beside, ["see-there"]);
    }

    #[test]
    fn a_note_that_is_wider_than_the_text_above_it_keeps_the_small_words_at_its_ends() {
        let mut lines = lines_of_text(90.0);
        for (y, last) in [(300.0, "of"), (310.0, "the"), (320.0, "to")] {
            lines.push((60.0, y, 8.0, "in"));
            lines.push((76.0, y, 8.0, "line-of-a-note-with-"));
            lines.push((170.0, y, 8.0, "wide-gaps"));
            lines.push((214.0, y, 8.0, last));
        }
        assert!(texts(&lines).1.is_empty());
    }

    #[test]
    fn a_wide_table_in_small_type_stays_whole() {
        let mut lines = lines_of_text(60.0);
        lines.push((80.0, 240.0, 8.0, "cell"));
        lines.push((200.0, 240.0, 8.0, "cell"));
        assert!(texts(&lines).1.is_empty());
    }
}
