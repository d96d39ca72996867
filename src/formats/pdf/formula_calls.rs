//! Raised numbers and signs that are a part of a formula: powers, and what stands within an
//! exponent. Only a link can make markers of them, however well they fit among the others.

use std::ops::Range;

use super::calls::{self, CallSite};
use super::label::{self, Label};
use super::line::{BaselineShift, LinePiece, PdfLine};

/// A power of a letter is at most so high; a higher number may call a note.
const MAX_POWER: u32 = 9;
/// What is raised and what is lowered at one letter stand above one another by at least so many ems.
const STACKED_EMS: f32 = 0.1;
/// A lowered letter is one of so many lines before or after, is so small beside the line that it
/// belongs to, so short, and so far below it.
const NEAR_LINES: usize = 4;
const SMALL: f32 = 0.87;
const MAX_INDEX_EMS: f32 = 3.0;
const LOWERED_EMS: Range<f32> = 0.05..0.5;
/// Raised letters that end an ordinal, as in `4th`.
const ORDINALS: [&str; 13] = [
    "st", "nd", "rd", "th", "e", "er", "re", "ère", "ème", "ième", "o", "a", "ª",
];

/// Whether a mark is a part of a formula, as far as the letters beside it tell.
pub(super) fn holds(mark: &CallSite, lines: &[PdfLine]) -> bool {
    let Some(line) = lines.get(mark.line) else {
        return false;
    };
    let pieces = &line.pieces;
    let Some(own) = pieces.get(mark.pieces.clone()) else {
        return false;
    };
    let is_proved = own.iter().all(|piece| piece.is_call);
    let (Some(first), Some(last)) = (own.first(), own.last()) else {
        return false;
    };
    if is_proved || mark.readings.iter().flatten().any(Label::is_numeral) {
        return false;
    }
    let before = pieces.get(..mark.pieces.start).unwrap_or(&[]);
    let after = pieces.get(mark.pieces.end);
    let after = after.filter(|after| !after.after_space);
    is_above_index(first, line, near(mark.line, lines))
        || after.is_some_and(|after| is_before_formula(last, after))
        || (!first.after_space && is_behind_formula(mark, first, before))
}

/// The lines before and after one.
fn near(index: usize, lines: &[PdfLine]) -> &[PdfLine] {
    let end = (index + NEAR_LINES + 1).min(lines.len());
    lines
        .get(index.saturating_sub(NEAR_LINES)..end)
        .unwrap_or(&[])
}

/// Whether a lowered letter, which has no place between those of the line, stands below a raised
/// piece.
fn is_above_index(own: &LinePiece, line: &PdfLine, near: &[PdfLine]) -> bool {
    near.iter().any(|other| {
        let below = (other.baseline - line.baseline) / line.size.max(1.0);
        let least = STACKED_EMS * own.run.size;
        let is_small = other.size < SMALL * line.size;
        let is_short = other.right - other.left < MAX_INDEX_EMS * line.size;
        let is_beneath = other.left + least < own.run.right && own.run.left + least < other.right;
        let is_of_page = other.page == line.page;
        is_of_page && is_small && is_short && is_beneath && LOWERED_EMS.contains(&below)
    })
}

/// Whether what comes right after a raised piece makes it a part of a formula.
fn is_before_formula(own: &LinePiece, after: &LinePiece) -> bool {
    let next = after.run.letters.first().map(|glyph| glyph.letter);
    match after.shift {
        BaselineShift::Raised => goes_on_exponent(after),
        BaselineShift::Lowered => after.run.left + STACKED_EMS * own.run.size < own.run.right,
        BaselineShift::None => next.is_some_and(is_operator),
    }
}

/// Whether what comes right before a raised piece makes it a part of a formula.
fn is_behind_formula(mark: &CallSite, own: &LinePiece, before: &[LinePiece]) -> bool {
    let Some((last, earlier)) = before.split_last() else {
        return false;
    };
    let text = last.run.text();
    let Some(letter) = text.chars().last() else {
        return false;
    };
    match last.shift {
        BaselineShift::Raised => return goes_on_exponent(last) || is_minus(&text, earlier),
        BaselineShift::Lowered => return !is_chemical(last, own, earlier),
        BaselineShift::None => {}
    }
    let number = mark.readings.first().and_then(|labels| labels.first());
    let number = number.and_then(Label::number);
    let end = earlier.last().map(|piece| piece.run.text());
    let end = end.as_ref().and_then(|text| text.chars().last());
    if matches!(letter, ')' | ']' | '}') {
        return closes_formula(letter, before);
    }
    if is_operator(letter) || is_accent(letter) {
        // Alone in a cell a minus says that there is nothing.
        return !earlier.is_empty() || text.chars().count() > 1;
    }
    if last.run.face.is_symbol {
        return letter.is_alphanumeric();
    }
    let is_low = number.is_some_and(|number| number <= MAX_POWER);
    let is_glued_to_word = !last.after_space && end.is_some_and(char::is_alphabetic);
    let bare = text.trim_start_matches(['(', '[', '|']);
    let mut variable = bare.chars().filter(|letter| !is_accent(*letter));
    let is_letter = match (variable.next(), variable.next()) {
        (Some('α'..='ω' | 'Α'..='Ω'), None) => true,
        (Some(one), None) => one.is_alphabetic() && last.run.face.is_italic,
        _ => false,
    };
    let is_variable = is_letter && !is_glued_to_word;
    let is_of_unit = end.is_some_and(|end| end.is_ascii_digit())
        && matches!(number, Some(2 | 3))
        && calls::UNITS.contains(&bare);
    let factor = text.strip_suffix("10");
    let factor = factor.and_then(|factor| factor.chars().last().or(end));
    let is_power_of_ten = factor.is_some_and(|sign| is_operator(sign) || sign == 'x');
    (is_low && is_variable) || is_of_unit || is_power_of_ten
}

/// Whether a raised piece is no marker, nor a sign between markers, nor the end of an ordinal.
fn goes_on_exponent(piece: &LinePiece) -> bool {
    let text = piece.run.text();
    if ORDINALS.contains(&text.as_str()) {
        return piece.run.face.is_symbol;
    }
    let is_formula = |letter: char| letter.is_alphabetic() || is_operator(letter) || letter == '/';
    label::readings(&text).is_empty() && text.chars().any(is_formula)
        || piece.run.face.is_symbol && text.chars().any(char::is_alphabetic)
}

/// Whether a raised dash is the sign of the number behind it: no number is before it.
fn is_minus(text: &str, earlier: &[LinePiece]) -> bool {
    let is_dash = matches!(text, "-" | "–" | "−");
    let is_number =
        |piece: &LinePiece| piece.shift == BaselineShift::Raised && piece.run.is_number();
    is_dash && !earlier.last().is_some_and(is_number)
}

/// Whether a lowered number is that of a chemical formula, as in `CO₂`, with the mark behind it.
fn is_chemical(lowered: &LinePiece, own: &LinePiece, earlier: &[LinePiece]) -> bool {
    let is_behind = own.run.left + STACKED_EMS * own.run.size >= lowered.run.right;
    let of = earlier.last().is_some_and(|piece| {
        let face = piece.run.face;
        let is_element = piece.run.letters.last();
        let is_element = is_element.is_some_and(|glyph| glyph.letter.is_ascii_alphabetic());
        is_element && !face.is_symbol && !face.is_italic
    });
    lowered.run.is_number() && is_behind && of
}

/// Whether a bracket that ends these pieces encloses a formula, or the arguments of a letter. A sign
/// beside a word makes none, as in `(id=87)`.
fn closes_formula(close: char, before: &[LinePiece]) -> bool {
    let open = match close {
        ')' => '(',
        ']' => '[',
        _ => '{',
    };
    let mut depth = 0;
    let (mut has_sign, mut has_word, mut is_in_word) = (false, false, false);
    let mut letters = before.iter().enumerate().rev().flat_map(|(at, piece)| {
        let glyphs = piece.run.letters.iter().rev();
        glyphs.map(move |glyph| (at, piece, glyph.letter))
    });
    for (at, piece, letter) in letters.by_ref() {
        if letter == close {
            depth += 1;
        } else if letter == open {
            depth -= 1;
            if depth == 0 {
                break;
            }
        }
        let starts_line = at == 0;
        let is_shifted = match piece.shift {
            BaselineShift::None => false,
            BaselineShift::Lowered => true,
            BaselineShift::Raised => goes_on_exponent(piece),
        };
        let is_letter = piece.run.face.is_symbol && letter.is_alphabetic();
        let is_sign = is_operator(letter) && !(starts_line && letter == '<');
        if is_shifted || is_letter {
            return true;
        }
        has_sign |= is_sign;
        has_word |= is_in_word && letter.is_alphabetic();
        is_in_word = letter.is_alphabetic();
    }
    if has_sign && !has_word {
        return true;
    }
    // As in `f(x)`: a letter alone, right at the bracket.
    let Some((at, name, letter)) = letters.next() else {
        return false;
    };
    let is_right_at = before.get(at + 1).is_none_or(|next| !next.after_space);
    let is_alone = name
        .run
        .letters
        .iter()
        .filter(|it| it.letter.is_alphabetic())
        .count()
        == 1;
    is_right_at
        && is_alone
        && letter.is_alphabetic()
        && (name.run.face.is_symbol || name.run.face.is_italic)
}

/// Whether a letter is an accent that stands beside the letter that it belongs to.
fn is_accent(letter: char) -> bool {
    matches!(letter, '˜' | 'ˆ' | '¯' | '˙' | '¨' | '′' | '~' | '^')
}

/// Whether a letter is one of formulas only.
fn is_operator(letter: char) -> bool {
    matches!(
        letter,
        '+' | '=' | '<' | '>' | '±' | '×' | '÷' | '·' | '|' | '∥'
    ) || ('\u{2190}'..='\u{22ff}').contains(&letter)
        || ('\u{2a00}'..='\u{2aff}').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::super::calls;
    use super::super::line::lines;
    use super::super::page::{Face, Page};
    use super::super::run::runs;
    use super::super::testing::page;
    use super::holds;

    fn found(page: &Page) -> Vec<bool> {
        let lines = lines(runs(page), 0, 0, 0.16);
        let marks = calls::marks(0, &lines[0], None);
        marks.iter().map(|mark| holds(mark, &lines)).collect()
    }

    fn of(texts: &[(f32, f32, f32, &str)]) -> Vec<bool> {
        found(&page(texts))
    }

    #[test]
    fn a_power_of_a_bracket_of_a_formula_is_no_marker() {
        let formula = [(10.0, 100.0, 10.0, "as (a=b)"), (48.0, 96.0, 7.0, "2")];
        assert_eq!(of(&formula), [true]);
        let words = [(10.0, 100.0, 10.0, "as (ibid)"), (53.0, 96.0, 7.0, "2")];
        assert_eq!(of(&words), [false]);
        let words = [(10.0, 100.0, 10.0, "as (id=8)"), (53.0, 96.0, 7.0, "2")];
        assert_eq!(of(&words), [false]);
    }

    #[test]
    fn what_is_raised_behind_an_operator_is_no_marker() {
        assert_eq!(
            of(&[(10.0, 100.0, 10.0, "a∆"), (20.0, 96.0, 7.0, "5")]),
            [true]
        );
        // Alone in a cell it says that there is nothing.
        assert_eq!(
            of(&[(10.0, 100.0, 10.0, "−"), (15.0, 96.0, 7.0, "5")]),
            [false]
        );
    }

    #[test]
    fn a_power_of_a_letter_is_no_marker_and_a_high_number_may_be_one() {
        let power = |number| of(&[(10.0, 100.0, 10.0, "as σ"), (28.0, 96.0, 7.0, number)]);
        assert_eq!(power("2"), [true]);
        assert_eq!(power("12"), [false]);
        let accented = [(10.0, 100.0, 10.0, "as σˆ"), (33.0, 96.0, 7.0, "12")];
        assert_eq!(of(&accented), [true]);
    }

    #[test]
    fn what_is_a_part_of_an_exponent_is_no_marker() {
        let mut within = page(&[
            (10.0, 100.0, 10.0, "word"),
            (30.0, 96.0, 7.0, "4"),
            (33.5, 96.0, 7.0, "−Y"),
        ]);
        for glyph in within.glyphs.iter_mut().skip(5) {
            glyph.face = Face {
                is_italic: true,
                ..Face::default()
            };
        }
        assert_eq!(found(&within), [true]);
        let minus = [
            (10.0, 100.0, 10.0, "word"),
            (30.0, 96.0, 7.0, "−"),
            (34.0, 96.0, 6.0, "1"),
        ];
        assert!(of(&minus).iter().all(|holds| *holds));
        let several = [(10.0, 100.0, 10.0, "word"), (30.0, 96.0, 7.0, "3,4")];
        assert_eq!(of(&several), [false]);
    }

    #[test]
    fn what_has_a_lowered_letter_below_it_is_no_marker() {
        let stacked = [
            (10.0, 100.0, 10.0, "word"),
            (30.0, 96.0, 7.0, "2"),
            (30.5, 102.0, 7.0, "n"),
        ];
        assert_eq!(of(&stacked), [true]);
    }

    #[test]
    fn a_power_of_a_unit_or_of_ten_is_no_marker() {
        assert_eq!(
            of(&[(10.0, 100.0, 10.0, "5 km"), (28.0, 96.0, 7.0, "2")]),
            [true]
        );
        assert_eq!(
            of(&[(10.0, 100.0, 10.0, "3 ×10"), (33.0, 96.0, 7.0, "6")]),
            [true]
        );
        assert_eq!(
            of(&[(10.0, 100.0, 10.0, "3 × 10"), (36.0, 96.0, 7.0, "6")]),
            [true]
        );
        assert_eq!(
            of(&[(10.0, 100.0, 10.0, "Rule 10"), (43.0, 96.0, 7.0, "6")]),
            [false]
        );
    }

    #[test]
    fn what_is_raised_behind_words_may_be_a_marker() {
        for text in ["word.", "word", "1999", "(a)", "§ 12(b)", "“x”", "No. 5"] {
            #[expect(clippy::cast_precision_loss, reason = "a few letters")]
            let right = 10.0 + 5.0 * text.chars().count() as f32;
            let marks = of(&[(10.0, 100.0, 10.0, text), (right, 96.0, 7.0, "6")]);
            assert_eq!(marks, [false], "{text}");
        }
    }
}
