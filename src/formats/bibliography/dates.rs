//! Dates of bibliographies.

use crate::paper::Date;

/// Reads what a field says of a date: its first year, with month and day as far as they stand
/// there. None if it says no year.
pub(super) fn date(said: &str) -> Option<Date> {
    let said = said.trim().trim_start_matches(['~', '{']);
    let first = said.split('/').next().unwrap_or_default();
    let mut parts = first.split('-');
    let year = parts.next().and_then(year);
    let (year, letter) = year.or_else(|| {
        said.split([' ', '-', '/', '.', ',', '(', ')', '[', ']', '{', '}', '~'])
            .find_map(self::year)
    })?;
    let month = parts.next().and_then(month);
    let day = parts.next().and_then(|day| number(day, 1..=31));
    Some(Date {
        year,
        letter,
        month,
        day: day.filter(|_| month.is_some()),
    })
}

/// "2019", "2019a", "c2019?".
fn year(word: &str) -> Option<(u16, Option<char>)> {
    let word = word.trim().trim_start_matches(['c', 'C']);
    let word = word.trim_end_matches(['?', '~', '%']);
    let letter = word.chars().next_back().filter(char::is_ascii_lowercase);
    let digits = word.get(..word.len() - usize::from(letter.is_some()))?;
    let is_year =
        (3..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    Some((digits.parse().ok().filter(|_| is_year)?, letter))
}

/// "5", "05", "may", "May", "#may".
pub(super) fn month(word: &str) -> Option<u8> {
    const NAMES: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let word = word.trim().to_ascii_lowercase();
    let named = NAMES.iter().position(|name| word.starts_with(name));
    let named = named.and_then(|at| u8::try_from(at + 1).ok());
    named.or_else(|| number(&word, 1..=12))
}

/// The number that the word begins with, if it is one of these.
pub(super) fn number(word: &str, allowed: std::ops::RangeInclusive<u8>) -> Option<u8> {
    let word = word.trim();
    let end = word.find(|char: char| !char.is_ascii_digit());
    let number = word.get(..end.unwrap_or(word.len()))?.parse().ok()?;
    allowed.contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_far_as_they_say() {
        let read = |said| {
            let date = date(said)?;
            Some((date.year, date.letter, date.month, date.day))
        };
        assert_eq!(read("2019"), Some((2019, None, None, None)));
        assert_eq!(read("2019-05-01"), Some((2019, None, Some(5), Some(1))));
        assert_eq!(
            read("2019-05-01T10:00:00Z"),
            Some((2019, None, Some(5), Some(1)))
        );
        assert_eq!(read("2019-05/2020-01"), Some((2019, None, Some(5), None)));
        assert_eq!(read("1999a"), Some((1999, Some('a'), None, None)));
        assert_eq!(read("c1850"), Some((1850, None, None, None)));
        assert_eq!(read("1954 [2003]"), Some((1954, None, None, None)));
        assert_eq!(read("forthcoming"), None);
        assert_eq!(read("12"), None);
        assert_eq!(month("May"), Some(5));
    }
}
