//! Where a book came out and with whom, where only commas part them, as in French, Italian and Spanish.

use std::ops::Range;

use super::super::date;
use super::super::languages::{self, Class};
use super::super::vocabulary::is_and;
use super::super::words::Words;
use super::fields::Rest;
use super::imprint::house;
use super::{Details, SourceKind};

impl Rest<'_> {
    /// "Paris, Seuil, 2003", "Adelphi, Milano, 2005", "Laterza, Roma-Bari 2010": of two names before the year
    /// of a book the one that is a town, and the other.
    pub(super) fn town_and_publisher(&self, parts: &[Range<usize>], details: &mut Details) -> bool {
        const MOST: usize = 7;
        let words = self.words;
        let is_set = self.is_emphasised(self.range.start.wrapping_sub(1))
            || details.kind == SourceKind::Chapter;
        let is_name = |range: &Range<usize>| {
            let mut inside = range.clone();
            !range.is_empty()
                && range.len() <= MOST
                && words.is_capital(range.start)
                && !words.is_set_off(range.start)
                && inside.all(|at| {
                    words.is_capital(at)
                        || words.is_one_of_marks(at, &['&', '-', '’', '.', '/', '–'])
                        || words.is(at, Class::Particle)
                        || words.is(at, Class::NoName) && words.folded(at).len() < 4
                        || is_and(words, at)
                })
        };
        let is_town = |range: &Range<usize>| {
            let mut each = range.clone().filter(|at| words.is_capital(*at)).peekable();
            let has_town = range.clone().any(|at| is_town(words, at));
            has_town && each.peek().is_some() && each.all(|at| is_of_town(words, at))
        };
        for (at, pair) in parts.windows(2).enumerate() {
            let [one, other] = pair else {
                continue;
            };
            let year = other.end.wrapping_sub(1);
            let third = parts.get(at + 2);
            let is_third = third
                .is_some_and(|third| third.len() <= 2 && date::year(words, third.start).is_some());
            let other = if is_third {
                other.clone()
            } else {
                other.start..year
            };
            let is_dated = is_third || date::year(words, year).is_some();
            let is_comma = words.is_mark(other.start.wrapping_sub(1), ',');
            if !(is_set && is_dated && is_comma && is_name(one) && is_name(&other)) {
                continue;
            }
            let (place, publisher) = match (is_town(one), is_town(&other)) {
                (true, false) => (one.clone(), other),
                (false, true) => (other, one.clone()),
                _ => continue,
            };
            details.place = self.text(place);
            details.publisher = house(&self.text(publisher));
            return true;
        }
        false
    }
}

/// "Roma", "Roma-Bari".
fn is_town(words: &Words<'_>, at: usize) -> bool {
    let mut parts = words.folded(at).split('-');
    parts.all(|part| languages::classes(part).has(Class::Town))
}

/// Whether words are the name of a town, and nothing else.
pub(super) fn is_town_alone(words: &Words<'_>, range: &Range<usize>) -> bool {
    const MOST: usize = 5;
    let mut each = range.clone().filter(|at| words.is_word(*at));
    (1..=MOST).contains(&range.len())
        && range.clone().any(|at| is_town(words, at))
        && each.all(|at| is_of_town(words, at))
}

/// "New York", "Le Caire", "Frankfurt a. M.": the words that the names of towns are made of.
fn is_of_town(words: &Words<'_>, at: usize) -> bool {
    is_town(words, at)
        || matches!(
            words.folded(at),
            "new"
                | "le"
                | "la"
                | "buenos"
                | "rio"
                | "sao"
                | "belo"
                | "porto"
                | "soveria"
                | "den"
                | "ciudad"
                | "m"
                | "main"
        )
}
