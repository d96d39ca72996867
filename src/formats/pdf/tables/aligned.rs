//! Columns that no white parts: where lines begin at one place again and again within a column, and
//! no word goes over it, another column begins.

use std::ops::Range;

use crate::formats::pdf::line::PdfLine;

/// Another column begins so many ems within one.
const INSIDE_EMS: f32 = 1.0;
/// Words that begin a cell are so far from the word before.
const GAP_EMS: f32 = 0.2;
/// Of so many lines that begin at the place one begins there, or that far from the word before.
const APART_SHARE: usize = 4;
const APART_EMS: f32 = 0.6;
/// So many lines begin at the place, and so many of ten that have words in the column.
const MIN_LINES: usize = 3;
const SHARE: usize = 4;
/// At one place is what is so near, in points.
const SAME_PLACE: f32 = 0.8;

/// A word of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
struct SetWord {
    left: f32,
    right: f32,
    /// The white before it, if there is a word.
    gap: Option<f32>,
    has_letters: bool,
}

/// The columns, those parted in which others begin.
pub(super) fn parted(columns: Vec<Range<f32>>, set: &[&PdfLine]) -> Vec<Range<f32>> {
    let mut all = Vec::new();
    for mut column in columns {
        while let Some((first, rest)) = part(&column, set) {
            all.push(first);
            column = rest;
        }
        all.push(column);
    }
    all
}

/// The two columns that one is, if another begins in it.
fn part(column: &Range<f32>, set: &[&PdfLine]) -> Option<(Range<f32>, Range<f32>)> {
    let lines: Vec<Vec<SetWord>> = set.iter().map(|line| words(line, column)).collect();
    let lines: Vec<Vec<SetWord>> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    let em = set.iter().map(|line| line.size).fold(0.0, f32::max);
    let begins = |word: &&SetWord| word.gap.is_none_or(|gap| gap >= GAP_EMS * em);
    let inside = |word: &&SetWord| word.left > column.start + INSIDE_EMS * em;
    let mut places: Vec<f32> = lines
        .iter()
        .flatten()
        .filter(begins)
        .filter(inside)
        .map(|word| word.left)
        .collect();
    places.sort_by(f32::total_cmp);
    places.dedup_by(|one, other| (*one - *other).abs() < SAME_PLACE);
    let is_column = |place: &f32| {
        let is_there = |word: &SetWord| (word.left - place).abs() < SAME_PLACE && begins(&word);
        let there = lines.iter().filter(|line| line.iter().any(is_there));
        let there = there.count();
        let goes_over =
            |word: &SetWord| word.left < place - SAME_PLACE && word.right > place + SAME_PLACE;
        let is_free = !lines.iter().flatten().any(goes_over);
        // A number whose thousands are set apart is one, and so is a sum with its sign.
        let has_both =
            |line: &&Vec<SetWord>| line.iter().any(is_there) && !line.first().is_some_and(is_there);
        let both = || lines.iter().filter(has_both);
        let is_text = |line: &&Vec<SetWord>| {
            let mut before = line.iter().take_while(|word| !is_there(word));
            before.any(|word| word.has_letters)
        };
        let texts = both().filter(is_text).count();
        // What follows the same word in all lines begins at one place too, but is no wider apart.
        let is_apart =
            |word: &SetWord| is_there(word) && word.gap.is_none_or(|gap| gap >= APART_EMS * em);
        let apart = lines.iter().filter(|line| line.iter().any(is_apart));
        let is_apart = apart.count() * APART_SHARE >= there;
        is_apart
            && there >= MIN_LINES
            && there * 10 >= lines.len() * SHARE
            && is_free
            && texts > 0
            && texts * 10 >= both().count() * 9
    };
    let place = places.into_iter().find(is_column)?;
    let before = lines
        .iter()
        .flatten()
        .filter(|word| word.left < place - SAME_PLACE);
    let end = before.map(|word| word.right).fold(column.start, f32::max);
    Some((column.start..end.min(place), place..column.end))
}

/// The words of a line that are in a column.
fn words(line: &PdfLine, column: &Range<f32>) -> Vec<SetWord> {
    let mut words: Vec<SetWord> = Vec::new();
    let is_in = |left: f32, right: f32| column.start - 0.5 <= left && right <= column.end + 0.5;
    for piece in &line.pieces {
        let run = &piece.run;
        if !is_in(run.left, run.right) {
            continue;
        }
        let letters = run
            .letters
            .iter()
            .filter(|glyph| glyph.letter.is_alphabetic());
        let has_letters = letters.count() >= 2;
        match words.last_mut() {
            Some(last) if !piece.after_space => {
                last.right = last.right.max(run.right);
                last.has_letters |= has_letters;
            }
            last => {
                let gap = last.map(|last| run.left - last.right);
                words.push(SetWord {
                    left: run.left,
                    right: run.right,
                    gap,
                    has_letters,
                });
            }
        }
    }
    words
}
