//! Dates, as far as they say, and the names of months.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// When a source appeared, as far as it says: a year, perhaps with a letter, a month or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Date {
    /// The year of our era.
    pub year: u16,
    /// The letter of "2021a".
    pub letter: Option<char>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(day) = self.day {
            write!(out, "{day} ")?;
        }
        if let Some(name) = self.month.and_then(english_name) {
            write!(out, "{name} ")?;
        }
        write!(out, "{}", self.year)?;
        self.letter.map_or(Ok(()), |letter| write!(out, "{letter}"))
    }
}

/// What each month is called in the languages that papers are written in, in small letters without
/// accents; the English name stands first.
pub(crate) const MONTHS: [&[&str]; 12] = [
    &[
        "january", "jan", "januar", "janner", "janvier", "janv", "gennaio", "enero", "januari",
        "janeiro", "stycznia", "styczen",
    ],
    &[
        "february",
        "feb",
        "februar",
        "fevrier",
        "fevr",
        "febbraio",
        "febrero",
        "februari",
        "fevereiro",
        "lutego",
        "luty",
    ],
    &[
        "march", "mar", "marz", "mars", "marzo", "maart", "marco", "marca", "marzec",
    ],
    &[
        "april", "apr", "avril", "avr", "aprile", "abril", "abr", "kwietnia", "kwiecien",
    ],
    &["may", "mai", "maggio", "mayo", "mei", "maio", "maja", "maj"],
    &[
        "june", "jun", "juni", "juin", "giugno", "junio", "junho", "czerwca", "czerwiec",
    ],
    &[
        "july", "jul", "juli", "juillet", "juil", "luglio", "julio", "julho", "lipca", "lipiec",
    ],
    &[
        "august", "aug", "aout", "agosto", "augustus", "sierpnia", "sierpien",
    ],
    &[
        "september",
        "sept",
        "sep",
        "septembre",
        "settembre",
        "septiembre",
        "setembro",
        "wrzesnia",
        "wrzesien",
    ],
    &[
        "october",
        "oct",
        "oktober",
        "okt",
        "octobre",
        "ottobre",
        "octubre",
        "outubro",
        "pazdziernika",
        "pazdziernik",
    ],
    &[
        "november",
        "nov",
        "novembre",
        "noviembre",
        "listopada",
        "listopad",
    ],
    &[
        "december",
        "dec",
        "dezember",
        "dez",
        "decembre",
        "dicembre",
        "diciembre",
        "dezembro",
        "grudnia",
        "grudzien",
    ],
];

/// The month that a word names in any of the languages, 1 to 12; case and accents do not matter.
pub(crate) fn month_named(word: &str) -> Option<u8> {
    let word = small_letters(word);
    let found = MONTHS.iter().zip(1..);
    let mut found = found.filter(|(names, _)| names.contains(&word.as_str()));
    found.next().map(|(_, month)| month)
}

/// The same of a word that may be cut short to three letters or more, if one month alone begins so.
pub(crate) fn month_begun(word: &str) -> Option<u8> {
    const FEWEST_LETTERS: usize = 3;
    if let Some(month) = month_named(word) {
        return Some(month);
    }
    let word = small_letters(word);
    let begins = |names: &[&str]| names.iter().any(|name| name.starts_with(&word));
    let mut found = MONTHS.iter().zip(1..).filter(|(names, _)| begins(names));
    let (_, month) = found
        .next()
        .filter(|_| word.chars().count() >= FEWEST_LETTERS)?;
    found.next().is_none().then_some(month)
}

fn small_letters(word: &str) -> String {
    let bare = word.nfkd().filter(|char| !is_combining_mark(*char));
    bare.flat_map(char::to_lowercase).collect()
}

fn english_name(month: u8) -> Option<String> {
    let index = usize::from(month).checked_sub(1)?;
    let mut letters = MONTHS.get(index)?.first()?.chars();
    let first = letters.next()?.to_ascii_uppercase();
    Some(format!("{first}{}", letters.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_known_in_many_languages_whatever_its_case_and_accents() {
        for (word, month) in [
            ("May", 5),
            ("JUNI", 6),
            ("Jänner", 1),
            ("février", 2),
            ("października", 10),
        ] {
            assert_eq!(month_named(word), Some(month), "{word}");
        }
        for word in ["marginal", "ma", "octo", ""] {
            assert_eq!(month_named(word), None, "{word}");
        }
        assert_eq!(small_letters("MÄRZ"), "marz");
        let names = MONTHS.iter().flat_map(|names| names.iter());
        for name in names {
            assert_eq!(&small_letters(name), name);
        }
    }

    #[test]
    fn a_month_that_is_cut_short_is_one_if_no_other_begins_so() {
        assert_eq!(month_begun("octo"), Some(10));
        assert_eq!(month_begun("ene"), Some(1));
        for word in ["jui", "ma", "marginal", ""] {
            assert_eq!(month_begun(word), None, "{word}");
        }
    }

    #[test]
    fn a_date_is_shown_with_its_month_in_words() {
        let date = Date {
            year: 2022,
            letter: Some('a'),
            month: Some(9),
            day: Some(4),
        };
        assert_eq!(date.to_string(), "4 September 2022a");
    }
}
