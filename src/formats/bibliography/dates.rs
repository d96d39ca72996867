//! Dates of bibliographies.

use crate::paper::{Date, month_begun};

/// Reads what a field says of a date: its first year, with month and day as far as they stand
/// there. None if it says no year of our era.
pub(super) fn date(said: &str) -> Option<Date> {
    let said = said.trim().trim_start_matches(['~', '{']);
    if is_before_our_era(said) {
        return None;
    }
    let first = said.split('/').next().unwrap_or_default();
    let mut parts = first.split('-');
    if let Some((year, letter)) = parts.next().and_then(year) {
        let month = parts.next().and_then(|month| number(month, 1..=12));
        let day = parts.next().and_then(|day| number(day, 1..=31));
        return Some(Date {
            year,
            letter,
            month,
            day: day.filter(|_| month.is_some()),
        });
    }
    // Of "5-6-2019" only the year is certain.
    let (year, letter) = words(said).find_map(year)?;
    Some(Date {
        year,
        letter,
        month: None,
        day: None,
    })
}

/// "-0044", "44 BC", "(c. 300 B.C.)".
fn is_before_our_era(said: &str) -> bool {
    let is_era = |word: &str| {
        let word = word.trim_matches(|char: char| !char.is_alphanumeric());
        matches!(word, "BC" | "BCE" | "bc" | "bce" | "B.C" | "B.C.E")
    };
    said.starts_with(['-', '−']) || said.split_whitespace().any(is_era)
}

/// What a year before our era is called: "-0044" is 45 BC, as there is a year 0 there.
pub(super) fn before_our_era(said: &str) -> Option<String> {
    let digits = said.trim().strip_prefix('-')?;
    let year: u32 = digits.split('-').next()?.parse().ok()?;
    Some(format!("{} BC", year.checked_add(1)?))
}

/// Whether words that stand for a date say how far the work has come: "in press", "submitted".
pub(crate) fn is_publication_state(said: &str) -> bool {
    const STATES: [&str; 13] = [
        "accepted",
        "forthcoming",
        "in preparation",
        "in press",
        "in review",
        "inpreparation",
        "inpress",
        "prepublished",
        "preprint",
        "submitted",
        "to appear",
        "under review",
        "unpublished",
    ];
    let said = said.trim().to_lowercase();
    let mut rests = STATES.iter().filter_map(|state| said.strip_prefix(state));
    rests.any(|rest| !rest.starts_with(char::is_alphanumeric))
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

/// The month that a field says, and the day that stands beside it: "5", "may", "10~may".
pub(super) fn month(said: &str) -> Option<(u8, Option<u8>)> {
    let mut names = words(said).filter_map(month_in);
    let Some(month) = names.next() else {
        return Some((number(said, 1..=12)?, None));
    };
    let mut days = words(said).filter(|word| word.starts_with(|char: char| char.is_ascii_digit()));
    let day = days.next().and_then(|day| number(day, 1..=31));
    let is_alone = days.next().is_none() && names.next().is_none();
    Some((month, day.filter(|_| is_alone)))
}

fn month_in(word: &str) -> Option<u8> {
    month_begun(word.trim_start_matches(|char: char| char.is_ascii_digit()))
}

/// The words of what a field says, without signs.
fn words(said: &str) -> impl Iterator<Item = &str> {
    said.split([
        ' ', '-', '–', '/', '.', ',', '(', ')', '[', ']', '{', '}', '~', '\u{a0}',
    ])
    .filter(|word| !word.is_empty())
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
        assert_eq!(read("5-6-2019"), Some((2019, None, None, None)));
        assert_eq!(read("May 2019-06"), Some((2019, None, None, None)));
        for none in [
            "forthcoming",
            "12",
            "-0044",
            "−0350",
            "440 BC",
            "c. 300 BCE",
            "(c. 1200 BC)",
            "1200 BC.",
            "1200 B.C., or later",
        ] {
            assert_eq!(read(none), None, "{none}");
        }
        assert_eq!(before_our_era("-0044").as_deref(), Some("45 BC"));
        assert_eq!(before_our_era("in press"), None);
    }

    #[test]
    fn a_state_of_publication_is_told_from_other_words() {
        for state in [
            "in press",
            "Forthcoming.",
            "submitted to *Tests*",
            "inpress",
        ] {
            assert!(is_publication_state(state), "{state}");
        }
        for other in ["", "n.d.", "19th century", "45 BC", "unpublishedly"] {
            assert!(!is_publication_state(other), "{other}");
        }
    }

    #[test]
    fn a_month_may_have_its_day_beside_it() {
        assert_eq!(month("May"), Some((5, None)));
        assert_eq!(month("sept."), Some((9, None)));
        assert_eq!(month("05"), Some((5, None)));
        assert_eq!(month("10~jan"), Some((1, Some(10))));
        assert_eq!(month("10jan"), Some((1, Some(10))));
        assert_eq!(month("June 10"), Some((6, Some(10))));
        assert_eq!(month("June 10--12"), Some((6, None)));
        assert_eq!(month("jan-feb"), Some((1, None)));
        assert_eq!(month("Juni"), Some((6, None)));
        assert_eq!(month("12 novembre"), Some((11, Some(12))));
        assert_eq!(month("janvier"), Some((1, None)));
        assert_eq!(month("13"), None);
        assert_eq!(month("marginal"), None);
        assert_eq!(month("ma"), None);
    }
}
