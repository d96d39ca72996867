//! Markers that are set as the text is: `authority85 must`, where the author or a scanner has lost
//! that the number is raised.
//!
//! Such a number is certain where its note stands between two that are tied, and nothing else in the
//! text between their markers may be it.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::label::Label;
use super::level_calls;
use super::line::PdfLine;
use super::notes::PdfNotes;

/// A word has at least so many letters before a number that calls a note; more if a full stop is
/// between them, for abbreviations have one.
const MIN_WORD: usize = 3;
const MIN_STOPPED_WORD: usize = 5;
/// A marker on a line of its own is so small beside the line above it, and so near.
const SMALL: f32 = 0.87;
const WRAPPED_EMS: f32 = 1.5;
/// A note is at most so many pages away from its marker.
const MAX_PAGES_AWAY: usize = 1;

/// Sets the markers apart that are set as the text is, and says whether there are any.
pub(super) fn find(lines: &mut [PdfLine], notes: &PdfNotes) -> bool {
    let mut found: Vec<(usize, Range<usize>)> = gaps(notes)
        .iter()
        .filter_map(|gap| gap.only_number(lines))
        .collect();
    // From the end, for those before keep their places.
    found.sort_by_key(|(line, letters)| (*line, letters.start));
    for (line, letters) in found.iter().rev() {
        if let Some(line) = lines.get_mut(*line) {
            level_calls::set_apart(line, letters);
        }
    }
    !found.is_empty()
}

/// A note that no marker calls, between two that are tied.
#[derive(Debug, Clone, PartialEq)]
struct UncalledNote {
    number: u32,
    /// The line where it begins.
    start: usize,
    /// The lines of the markers before it and after it, and the lines between.
    calls: Range<usize>,
}

/// The notes that no marker calls, where both those beside them are tied.
fn gaps(notes: &PdfNotes) -> Vec<UncalledNote> {
    let mut line_of: HashMap<usize, usize> = HashMap::new();
    for ((line, _), called) in &notes.calls {
        line_of.extend(called.iter().map(|note| (*note, *line)));
    }
    let tied: BTreeMap<usize, (u32, usize)> = notes
        .notes
        .iter()
        .enumerate()
        .filter_map(|(index, note)| {
            let number = note.start.label.number()?;
            Some((note.start.line, (number, *line_of.get(&index)?)))
        })
        .collect();
    let mut untied: BTreeMap<usize, u32> = BTreeMap::new();
    for (line, label) in &notes.untied {
        if let Label::Number(number) = label {
            untied.insert(*line, *number);
        }
    }
    let gaps = untied.iter().filter_map(|(start, number)| {
        let before = tied.range(..start).next_back()?.1;
        let after = tied.range(start..).next()?.1;
        // Between the two may be others that are not called either.
        let between = after.0.checked_sub(before.0)?;
        let is_between = before.0 < *number && *number < after.0;
        let others =
            untied.range(tied.range(..start).next_back()?.0..tied.range(start..).next()?.0);
        let is_whole = usize::try_from(between).ok() == Some(others.count() + 1);
        (is_between && is_whole).then_some(UncalledNote {
            number: *number,
            start: *start,
            calls: before.1..after.1 + 1,
        })
    });
    gaps.collect()
}

impl UncalledNote {
    /// The only number right behind a word that may be its marker: a line, and letters of it.
    fn only_number(&self, lines: &[PdfLine]) -> Option<(usize, Range<usize>)> {
        let page = lines.get(self.start)?.page;
        let between = lines.get(self.calls.clone())?.iter().enumerate();
        let near = between.filter(|(_, line)| line.page.abs_diff(page) <= MAX_PAGES_AWAY);
        let mut found = near.flat_map(|(index, line)| {
            let index = self.calls.start + index;
            let above = index.checked_sub(1).and_then(|above| lines.get(above));
            let letters = match wrapped_number(line, above, self.number) {
                Some(letters) => vec![letters],
                None => glued_numbers(line, self.number),
            };
            let line = index;
            letters.into_iter().map(move |letters| (line, letters))
        });
        let only = found.next()?;
        found.next().is_none().then_some(only)
    }
}

/// The number that is all of a line, smaller than the one above it: a marker that did not fit there.
fn wrapped_number(line: &PdfLine, above: Option<&PdfLine>, number: u32) -> Option<Range<usize>> {
    let above = above.filter(|above| above.page == line.page && above.region == line.region)?;
    let is_near = line.baseline - above.baseline < WRAPPED_EMS * above.size;
    let is_small = line.size < SMALL * above.size;
    let text = line.text();
    (is_near && is_small && text == number.to_string()).then_some(0..text.len())
}

/// Where a number stands right behind a word of a line, on its baseline.
fn glued_numbers(line: &PdfLine, number: u32) -> Vec<Range<usize>> {
    let figures: Vec<char> = number.to_string().chars().collect();
    let mut found = Vec::new();
    let mut letters: Vec<char> = Vec::new();
    let mut begins_word: Vec<bool> = Vec::new();
    for piece in &line.pieces {
        for (index, glyph) in piece.run.letters.iter().enumerate() {
            letters.push(glyph.letter);
            begins_word.push(index == 0 && piece.after_space);
        }
    }
    for start in 1..letters.len() {
        let end = start + figures.len();
        let is_number = letters.get(start..end) == Some(figures.as_slice());
        let parted = begins_word.get(start..end).unwrap_or(&[]);
        if !is_number || parted.contains(&true) {
            continue;
        }
        let word: Vec<char> = (0..start)
            .rev()
            .scan(false, |is_over, at| {
                let letter = (!*is_over).then(|| letters.get(at).copied()).flatten();
                *is_over = begins_word.get(at).copied().unwrap_or(true);
                letter
            })
            .collect();
        let is_behind_word = is_word_before_number(&word);
        let next = letters.get(end).copied();
        let is_parted = begins_word.get(end).copied().unwrap_or(true);
        let is_end = is_parted || next.is_none_or(|next| ".,;:)”’".contains(next));
        if is_behind_word && is_end {
            found.push(start..end);
        }
    }
    found
}

/// Whether the letters before a number, from the last one back, are a word that it may call a note
/// of: not an abbreviation, and not the name of something that is numbered.
fn is_word_before_number(back: &[char]) -> bool {
    let signs = back.iter().take_while(|letter| !letter.is_alphanumeric());
    let signs: Vec<char> = signs.copied().collect();
    let word = back.iter().skip(signs.len());
    let word = word.take_while(|letter| letter.is_lowercase()).count();
    let is_stopped = signs.contains(&'.');
    let is_closed = signs.iter().all(|sign| ".,;:!?”’\"')]»".contains(*sign));
    let needed = if is_stopped {
        MIN_STOPPED_WORD
    } else {
        MIN_WORD
    };
    is_closed && signs.len() <= 3 && word >= needed
}

#[cfg(test)]
mod tests {
    use super::super::calls;
    use super::super::line::lines;
    use super::super::measures::Measures;
    use super::super::notes;
    use super::super::run::runs;
    use super::super::testing::page;
    use super::{glued_numbers, wrapped_number};

    #[test]
    fn the_marker_of_a_note_between_two_that_are_tied_is_found_though_it_is_not_raised() {
        let only = page(&[
            (60.0, 100.0, 10.0, "some words."),
            (115.0, 96.0, 7.0, "1"),
            (60.0, 112.0, 10.0, "of official authority2 must be"),
            (60.0, 124.0, 10.0, "some words."),
            (115.0, 120.0, 7.0, "3"),
            (60.0, 136.0, 10.0, "some words."),
            (115.0, 132.0, 7.0, "4"),
            (60.0, 700.0, 8.0, "1. Ada"),
            (60.0, 709.0, 8.0, "2. Bo"),
            (60.0, 718.0, 8.0, "3. Cy"),
            (60.0, 727.0, 8.0, "4. Di"),
        ]);
        let mut all = lines(runs(&only), 0, 0, 0.16);
        let measures = Measures {
            body: 10.0,
            leading: 12.0,
        };
        let pages = [only];
        let before = notes::find(&all, &pages, measures, calls::all(&all, &pages));
        assert_eq!(before.notes.len(), 3);
        assert!(super::find(&mut all, &before));
        let after = notes::find(&all, &pages, measures, calls::all(&all, &pages));
        assert_eq!(after.notes.len(), 4);
    }

    fn found(text: &str) -> usize {
        let only = page(&[(60.0, 100.0, 10.0, text)]);
        let read = lines(runs(&only), 0, 0, 0.16);
        glued_numbers(&read[0], 85).len()
    }

    #[test]
    fn a_number_right_behind_a_word_may_be_a_marker() {
        assert_eq!(found("of official authority85 must be"), 1);
        assert_eq!(found("the trial protocol.85 Another"), 1);
        assert_eq!(found("of their “duty”85, and"), 1);
    }

    #[test]
    fn a_small_number_below_a_full_line_is_a_marker_that_did_not_fit_there() {
        let only = page(&[
            (60.0, 100.0, 10.0, "of 8 October, of the Procedure"),
            (60.0, 108.0, 6.5, "41"),
            (60.0, 140.0, 10.0, "It is"),
        ]);
        let read = lines(runs(&only), 0, 0, 0.16);
        assert_eq!(wrapped_number(&read[1], read.first(), 41), Some(0..2));
        assert_eq!(wrapped_number(&read[1], None, 41), None);
    }

    #[test]
    fn a_number_that_is_a_part_of_something_is_no_marker() {
        for text in [
            "see No.85 of",
            "art.85 says",
            "in 1985 they",
            "x85 is",
            "word 85 is",
            "a2.85 b",
        ] {
            assert_eq!(found(text), 0, "{text}");
        }
        assert_eq!(found("authority856 must"), 0);
    }
}
