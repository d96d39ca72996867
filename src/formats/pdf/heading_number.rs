//! The numbers that headings begin with, `IV.`, `B.`, `2.1` or `(a)`, and how deep each stands.

use super::links::roman;

/// Numbers of headings are at most so high.
const MAX_NUMBER: u32 = 99;
/// Words that stand before the number of a heading.
const PARTS: [&str; 7] = [
    "part", "chapter", "section", "title", "appendix", "annex", "book",
];

/// How the number of a heading is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HeadingNumeral {
    UpperRoman,
    UpperLetter,
    LowerRoman,
    LowerLetter,
    /// Figures, so many of them parted by stops.
    Figures(usize),
    /// Behind a word such as “Part”, by its place in the list of these.
    Part(usize),
}

/// One way to read the number of a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct NumberReading {
    numeral: HeadingNumeral,
    number: u32,
}

/// The number at the beginning of a heading, and where the words after it begin, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HeadingNumber {
    /// `I` is a Roman number and a letter.
    readings: Vec<NumberReading>,
    pub(super) bytes: usize,
}

impl HeadingNumber {
    /// The number of a text that begins with one.
    pub(super) fn of(text: &str) -> Option<Self> {
        let word = text.split(' ').next()?;
        let part = PARTS
            .iter()
            .position(|part| word.to_lowercase() == *part)
            .filter(|_| word.starts_with(char::is_uppercase));
        if let Some(part) = part {
            let second = text.get(word.len() + 1..)?.split(' ').next()?;
            let plain = second.trim_end_matches([':', '.', ',', '—', '–']);
            let number = readings(plain).first()?.number;
            let numeral = HeadingNumeral::Part(part);
            return Some(HeadingNumber {
                readings: vec![NumberReading { numeral, number }],
                bytes: word.len() + 1 + second.len(),
            });
        }
        let plain = word.strip_prefix(['(', '§']).unwrap_or(word);
        let ended = plain.trim_end_matches(['.', ')', ':']);
        let is_figures = ended.contains('.') && ended.starts_with(|it: char| it.is_ascii_digit());
        let is_marked = ended.len() < plain.len() || is_figures || word.starts_with('§');
        let readings = readings(ended);
        let is_lone = plain.len() - ended.len() <= 1;
        (is_marked && is_lone && !readings.is_empty()).then_some(HeadingNumber {
            readings,
            bytes: word.len(),
        })
    }
}

/// The words of a heading without its number.
pub(super) fn without_number(text: &str) -> &str {
    let bytes = HeadingNumber::of(text).map_or(0, |number| number.bytes);
    text.get(bytes..).unwrap_or(text).trim_start()
}

fn readings(word: &str) -> Vec<NumberReading> {
    let mut readings = Vec::new();
    let mut found = |numeral, number| readings.push(NumberReading { numeral, number });
    if word.starts_with(|letter: char| letter.is_ascii_digit()) {
        let parts: Vec<u32> = word.split('.').map_while(|it| it.parse().ok()).collect();
        let is_whole = parts.len() == word.split('.').count();
        if let Some(last) = parts.last().filter(|_| is_whole)
            && parts.iter().all(|part| (1..=MAX_NUMBER).contains(part))
        {
            found(HeadingNumeral::Figures(parts.len()), *last);
        }
        return readings;
    }
    let is_upper = word.chars().all(|letter| letter.is_ascii_uppercase());
    let is_lower = word.chars().all(|letter| letter.is_ascii_lowercase());
    if word.is_empty() || !(is_upper || is_lower) {
        return readings;
    }
    let lower = word.to_lowercase();
    if let Some(number) = (1..=MAX_NUMBER).find(|number| roman(*number) == lower) {
        let numeral = if is_upper {
            HeadingNumeral::UpperRoman
        } else {
            HeadingNumeral::LowerRoman
        };
        found(numeral, number);
    }
    if let [letter] = lower.as_bytes() {
        let numeral = if is_upper {
            HeadingNumeral::UpperLetter
        } else {
            HeadingNumeral::LowerLetter
        };
        found(numeral, u32::from(letter - b'a') + 1);
    }
    readings
}

/// The numbers of the headings above the next one, from the highest.
#[derive(Debug, Clone, Default)]
pub(super) struct NumberedLevels {
    open: Vec<NumberReading>,
}

impl NumberedLevels {
    /// The level of the next heading, from 1, and whether its number goes on from those before it.
    pub(super) fn next(&mut self, number: &HeadingNumber) -> (usize, bool) {
        let of = |numeral| {
            let mut readings = number.readings.iter();
            readings.find(|reading| reading.numeral == numeral).copied()
        };
        let goes_on = self.open.iter().enumerate().rev().find_map(|(at, open)| {
            let reading = of(open.numeral)?;
            (reading.number == open.number + 1).then_some((at, reading))
        });
        let is_new = |numeral| self.open.iter().all(|open| open.numeral != numeral);
        let mut readings = number.readings.iter();
        let begins = readings.find(|reading| reading.number == 1 && is_new(reading.numeral));
        let (at, reading, is_sure) = match (goes_on, begins) {
            (Some((at, reading)), _) => (at, reading, true),
            (None, Some(reading)) => (self.depth(*reading), *reading, true),
            (None, None) => {
                let known = self.open.iter().enumerate().rev();
                let mut known = known.filter_map(|(at, open)| Some((at, of(open.numeral)?)));
                match (known.next(), number.readings.first()) {
                    (Some((at, reading)), _) => (at, reading, reading.number == 1),
                    (None, Some(reading)) => (self.depth(*reading), *reading, false),
                    (None, None) => return (1, false),
                }
            }
        };
        self.open.truncate(at);
        self.open.push(reading);
        (at + 1, is_sure)
    }

    /// Where a number of a kind that is not open goes: below all, but figures say their own depth.
    fn depth(&self, reading: NumberReading) -> usize {
        let HeadingNumeral::Figures(own) = reading.numeral else {
            return self.open.len();
        };
        let is_deeper =
            |open: &NumberReading| matches!(open.numeral, HeadingNumeral::Figures(it) if it >= own);
        self.open
            .iter()
            .position(is_deeper)
            .unwrap_or(self.open.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(headings: &[&str]) -> Vec<usize> {
        let mut levels = NumberedLevels::default();
        let numbers = headings.iter().map(|text| HeadingNumber::of(text).unwrap());
        numbers.map(|number| levels.next(&number).0).collect()
    }

    #[test]
    fn a_heading_begins_with_a_number_that_a_sign_ends() {
        let is = |text| HeadingNumber::of(text).is_some();
        assert!(is("IV. On Notes") && is("B. On Notes") && is("2.1 On Notes") && is("(a) Notes"));
        assert!(is("Part II: Notes") && is("Chapter 3 Notes") && is("§ 1. x") == is("§ 2. x"));
        assert!(!is("In 1999") && !is("A note") && !is("1999. A year") && !is("part of it"));
        assert!(!is("e.g. this") && !is("3 notes"));
        assert_eq!(without_number("IV. On Notes"), "On Notes");
        assert_eq!(without_number("On Notes"), "On Notes");
    }

    #[test]
    fn how_deep_a_heading_is_follows_from_the_numbers_before_it() {
        let law = [
            "I. a", "A. b", "1. c", "2. c", "a. d", "B. b", "II. a", "A. b",
        ];
        assert_eq!(levels(&law), [1, 2, 3, 3, 4, 2, 1, 2]);
        let report = ["1. a", "1.1 b", "1.1.1 c", "1.2 b", "2. a"];
        assert_eq!(levels(&report), [1, 2, 3, 2, 1]);
    }

    #[test]
    fn a_letter_that_is_a_roman_number_too_is_what_goes_on() {
        let letters = ["I. a", "A. b", "B. b", "C. b", "D. b", "II. a"];
        assert_eq!(levels(&letters), [1, 2, 2, 2, 2, 1]);
        let many = [
            "A. a", "B. a", "C. a", "D. a", "E. a", "F. a", "G. a", "H. a", "I. a",
        ];
        assert_eq!(levels(&many), [1; 9]);
    }
}
