//! Numbers that are not written in figures: Roman numerals and letters.

use super::label::Label;
use crate::formats::office::numerals::Numeral;

/// No numeral of a note has more letters.
const MAX_LETTERS: usize = 8;

/// How the notes of a document are counted, if not in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumeralStyle {
    LowerRoman,
    UpperRoman,
    /// After z come aa, bb and so on.
    LowerDoubled,
    UpperDoubled,
    /// After z come aa, ab and so on.
    LowerAlphabet,
    UpperAlphabet,
}

impl NumeralStyle {
    /// Roman numerals first: i is seldom the ninth letter.
    pub(super) const ALL: [NumeralStyle; 6] = [
        NumeralStyle::LowerRoman,
        NumeralStyle::UpperRoman,
        NumeralStyle::LowerDoubled,
        NumeralStyle::UpperDoubled,
        NumeralStyle::LowerAlphabet,
        NumeralStyle::UpperAlphabet,
    ];

    pub(super) fn is_roman(self) -> bool {
        matches!(self, NumeralStyle::LowerRoman | NumeralStyle::UpperRoman)
    }

    /// The number that a text is in this style.
    pub(super) fn number(self, text: &str) -> Option<u32> {
        if text.is_empty() || text.len() > MAX_LETTERS {
            return None;
        }
        let number = match self {
            NumeralStyle::LowerRoman | NumeralStyle::UpperRoman => roman(text)?,
            NumeralStyle::LowerDoubled => doubled(text, b'a')?,
            NumeralStyle::UpperDoubled => doubled(text, b'A')?,
            NumeralStyle::LowerAlphabet => alphabetic(text, b'a')?,
            NumeralStyle::UpperAlphabet => alphabetic(text, b'A')?,
        };
        // No number is written in two ways.
        (self.write(number) == text).then_some(number)
    }

    /// A number in this style.
    pub(super) fn write(self, number: u32) -> String {
        let style = match self {
            NumeralStyle::LowerRoman => Numeral::LowerRoman,
            NumeralStyle::UpperRoman => Numeral::UpperRoman,
            NumeralStyle::LowerDoubled => Numeral::LowerLetter,
            NumeralStyle::UpperDoubled => Numeral::UpperLetter,
            NumeralStyle::LowerAlphabet => return in_alphabet(number, b'a'),
            NumeralStyle::UpperAlphabet => return in_alphabet(number, b'A'),
        };
        style.write(number)
    }

    /// Whether a text, brackets and commas aside, has only letters of this style.
    pub(super) fn is_written_in(self, text: &str) -> bool {
        let is_own = |letter: char| match self {
            NumeralStyle::LowerRoman => "ivxlcdm".contains(letter),
            NumeralStyle::UpperRoman => "IVXLCDM".contains(letter),
            NumeralStyle::LowerDoubled | NumeralStyle::LowerAlphabet => letter.is_ascii_lowercase(),
            NumeralStyle::UpperDoubled | NumeralStyle::UpperAlphabet => letter.is_ascii_uppercase(),
        };
        let is_sign = |letter: char| "()[],;. ".contains(letter);
        text.contains(is_own) && text.chars().all(|letter| is_own(letter) || is_sign(letter))
    }

    /// The label of a note that a text is in this style.
    pub(super) fn label(self, text: &str) -> Option<Label> {
        let number = self.number(text)?;
        let text = text.to_owned();
        Some(Label::Numeral { number, text })
    }

    /// The labels of notes that are called together, as in `iii, iv`.
    pub(super) fn labels(self, text: &str) -> Option<Vec<Label>> {
        let is_bracket = |letter: char| matches!(letter, '(' | ')' | '[' | ']');
        let text = text.trim_matches(is_bracket);
        let text = text.trim_end_matches(['.', ',', ';']);
        let parts = text.split([',', ' ', ';']).filter(|part| !part.is_empty());
        let labels: Option<Vec<Label>> = parts.map(|part| self.label(part)).collect();
        labels.filter(|labels| !labels.is_empty())
    }
}

/// A Roman numeral, whether it is well formed or not.
fn roman(text: &str) -> Option<u32> {
    let value = |letter: char| match letter.to_ascii_lowercase() {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        'c' => Some(100),
        'd' => Some(500),
        'm' => Some(1000),
        _ => None,
    };
    let values: Option<Vec<u32>> = text.chars().map(value).collect();
    let values = values?;
    let mut sum = 0i64;
    for (index, value) in values.iter().enumerate() {
        let is_taken_off = values.get(index + 1).is_some_and(|next| next > value);
        sum += i64::from(*value) * if is_taken_off { -1 } else { 1 };
    }
    u32::try_from(sum).ok().filter(|number| *number > 0)
}

/// One letter, alone or again and again.
fn doubled(text: &str, first: u8) -> Option<u32> {
    let letter = *text.as_bytes().first()?;
    let place = letter.checked_sub(first).filter(|place| *place < 26)?;
    let times = u32::try_from(text.len()).ok()?;
    let is_same = text.bytes().all(|other| other == letter);
    is_same.then(|| u32::from(place) + 1 + 26 * (times - 1))
}

/// One letter, or two that count as figures do.
fn alphabetic(text: &str, first: u8) -> Option<u32> {
    if text.len() > 2 {
        return None;
    }
    text.bytes().try_fold(0, |number, letter| {
        let place = letter.checked_sub(first).filter(|place| *place < 26)?;
        Some(number * 26 + u32::from(place) + 1)
    })
}

/// A number as two letters count it.
fn in_alphabet(number: u32, first: u8) -> String {
    let mut rest = number;
    let mut letters = Vec::new();
    while let Some(last) = rest.checked_sub(1) {
        let place = u8::try_from(last % 26).unwrap_or(0);
        letters.push(char::from(first + place));
        rest = last / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_read_as_they_are_written() {
        let number = |style: NumeralStyle, text| style.number(text);
        let roman = NumeralStyle::LowerRoman;
        assert_eq!(number(roman, "xlix"), Some(49));
        assert_eq!(number(roman, "iiii"), None);
        assert_eq!(number(roman, "ill"), None);
        assert_eq!(number(roman, "IV"), None);
        assert_eq!(number(NumeralStyle::UpperRoman, "IV"), Some(4));
        assert_eq!(number(NumeralStyle::LowerDoubled, "bb"), Some(28));
        assert_eq!(number(NumeralStyle::LowerDoubled, "ab"), None);
        assert_eq!(number(NumeralStyle::LowerAlphabet, "ab"), Some(28));
        assert_eq!(number(NumeralStyle::UpperDoubled, "z"), None);
    }

    #[test]
    fn numerals_with_a_comma_between_them_are_several() {
        let names = |text| {
            let labels = NumeralStyle::LowerRoman.labels(text);
            labels.map(|labels| labels.iter().map(Label::name).collect::<Vec<_>>())
        };
        assert_eq!(names("[iii]"), Some(vec!["iii".to_owned()]));
        assert_eq!(
            names("iii,iv"),
            Some(vec!["iii".to_owned(), "iv".to_owned()])
        );
        assert_eq!(names("th"), None);
    }
}
