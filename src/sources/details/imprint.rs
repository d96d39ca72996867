//! Where a book came out, and with whom.

use std::ops::Range;

use super::super::date;
use super::super::languages::Class;
use super::super::vocabulary::is_and;
use super::Details;
use super::fields::{MAX_NAME_WORDS, Rest};
use super::town::is_town_alone;

/// How many words a place may have that stands in no brackets.
const MAX_BARE_PLACE_WORDS: usize = 4;

impl Rest<'_> {
    /// Place, publisher: "(London: Verso, 2019)", "Berlin: Suhrkamp 1984", "(Hart 2014)".
    pub(super) fn imprint(&self, details: &mut Details) {
        let words = self.words;
        let opens =
            |at: &usize| words.is_mark(*at, '(') && words.get(*at).is_some_and(|w| !w.quoted);
        let brackets = self.range.clone().filter(opens);
        for open in brackets {
            let Some(close) = words.closing(open).filter(|close| *close < self.range.end) else {
                continue;
            };
            let has_year = (open..close).any(|at| date::year(words, at).is_some());
            // "(Sweet & Maxwell, London, 1965)"
            let parts = self.parts(open + 1..close);
            if has_year && parts.len() > 2 && self.town_and_publisher(&parts, details) {
                return;
            }
            // "(London, 1980)", "(3rd edn, Munich, 1993)"
            if let [.., town, year] = parts.as_slice()
                && year.len() == 1
                && date::year(words, year.start).is_some()
                && is_town_alone(words, town)
            {
                details.place = self.text(town.clone());
                return;
            }
            if has_year && self.imprint_of(open + 1..close, details) {
                return;
            }
        }
        let parts = self.parts(self.range.clone());
        if self.town_and_publisher(&parts, details) {
            return;
        }
        for part in parts {
            if self.place_and_publisher(part.clone(), details) {
                return;
            }
        }
    }

    fn imprint_of(&self, range: Range<usize>, details: &mut Details) -> bool {
        let mut is_read = false;
        for part in self.parts(range) {
            is_read |= self.place_and_publisher(part, details);
        }
        is_read
    }

    /// The stretches between commas, semicolons and full stops.
    pub(super) fn parts(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let words = self.words;
        let mut parts = Vec::new();
        let mut start = range.start;
        for at in range.clone() {
            let before = at.wrapping_sub(1);
            let is_point = words.is_mark(at, '.')
                && (words.folded(before).len() > 3
                    || words.is_one_of_marks(before, &[')', ']'])
                    || words.is(before, Class::Edition) && words.is_capital(at + 1));
            if words.is_one_of_marks(at, &[',', ';']) || is_point {
                parts.push(start..at);
                start = at + 1;
            }
        }
        parts.push(start..range.end);
        parts.retain(|part| !part.is_empty());
        parts
    }

    /// "London: Verso", "Suhrkamp Verlag 1984", "München 2011".
    fn place_and_publisher(&self, part: Range<usize>, details: &mut Details) -> bool {
        let words = self.words;
        let year = part
            .clone()
            .rev()
            .find(|at| date::year(words, *at).is_some());
        let end = year
            .filter(|year| *year + 1 == part.end)
            .unwrap_or(part.end);
        let part = part.start..end;
        let is_name = |at: usize| {
            words.is_capital(at)
                || words.is_one_of_marks(at, &['&', '-', '’', '.', '/', '–'])
                || words.is(at, Class::Particle)
                || words.is(at, Class::PhraseEnd)
                || is_and(words, at)
                || (words.is(at, Class::NoName) && words.folded(at).len() < 4)
        };
        let is_all = |range: Range<usize>| {
            !range.is_empty()
                && range.len() <= MAX_NAME_WORDS
                && range.clone().all(is_name)
                && words.is_capital(range.start)
        };
        // "Forensic Science International: Synergy 2022, no. 5" is a journal.
        if year == Some(end) && words.is_mark(end + 1, ',') && words.is(end + 2, Class::Issue) {
            return false;
        }
        // "In: ZANETTO, H. Justiça multiportas"
        if words.is(part.start, Class::In) {
            return false;
        }
        let colon = part.clone().find(|at| words.is_mark(*at, ':'));
        if let Some(colon) = colon {
            let place = part.start..colon;
            let publisher = colon + 1..part.end;
            let is_bracketed = words.get(part.start).is_some_and(|word| word.depth > 0);
            let most = if is_bracketed {
                6
            } else {
                MAX_BARE_PLACE_WORDS
            };
            if is_all(place.clone()) && place.len() <= most && is_all(publisher.clone()) {
                let from = self.place_start(&place, is_name);
                details.place = self.text(from..place.end).replace(" ;", ";");
                let whole = publisher.start..self.house_end(publisher.end, is_all);
                details.publisher = house(&self.text(whole));
                // "(Routledge: London, 2013)"
                let is_press = place.clone().any(|at| words.is(at, Class::Press));
                if is_press && is_town_alone(words, &publisher) && !is_town_alone(words, &place) {
                    std::mem::swap(&mut details.place, &mut details.publisher);
                }
                return true;
            }
            return false;
        }
        let is_school = part.start > self.range.start
            && self.says_thesis()
            && part.clone().any(|at| words.is(at, Class::Organisation));
        let is_press = is_school || part.clone().any(|at| words.is(at, Class::Press));
        if is_press && is_all(part.clone()) {
            details.publisher = house(&self.text(part));
            return true;
        }
        // "München 2011" behind a comma: a year right behind a place, and no press.
        let is_journal = |at: usize| {
            let capitals = |part: &str| part.chars().filter(|c| c.is_uppercase()).count();
            words.raw(at).split('-').any(|part| capitals(part) > 1)
        };
        let is_place = year == Some(end)
            // „EuZA 2010, 62“
            && !part.clone().any(is_journal)
            && words.is_mark(part.start.wrapping_sub(1), ',')
            && part.len() <= 3
            && part.clone().all(|at| {
                // "Frankfurt am Main"
                let is_inside = at > part.start && at + 1 < part.end;
                words.is_capital(at)
                    || words.is_one_of_marks(at, &['/', '-'])
                    || is_inside && (words.is(at, Class::NoName) || words.is(at, Class::Particle))
            })
            && date::month(words, part.start).is_none()
            && details.container.is_empty();
        if is_place && is_all(part.clone()) {
            details.place = self.text(part);
        }
        is_place
    }

    /// Where a place begins that ends in the letters of a state: "Washington, D.C.", "Fort Belvoir, VA";
    /// or that a bracket begins with: "(Vienna, Austria: ", "(Oxford; New York: ".
    fn place_start(&self, place: &Range<usize>, is_name: impl Fn(usize) -> bool) -> usize {
        const MAX_CITY_WORDS: usize = 4;
        const MAX_PLACES_WORDS: usize = 8;
        let words = self.words;
        let before = place.start.wrapping_sub(1);
        let is_place = |at: &usize| {
            let says_more = words.is(*at, Class::Edition)
                || words.is(*at, Class::EditedBy)
                || words.is(*at, Class::TranslatedBy)
                || words.is(*at, Class::Volume)
                || words.is(*at, Class::Press)
                || matches!(words.folded(*at), "series" | "studies" | "library");
            (is_name(*at) || words.is_one_of_marks(*at, &[',', ';'])) && !says_more
        };
        let far = place.start.saturating_sub(MAX_PLACES_WORDS)..place.start;
        let first = place.start - far.rev().take_while(is_place).count();
        let is_whole = words.is_mark(first.wrapping_sub(1), '(') && words.is_capital(first);
        if is_whole && words.is_one_of_marks(before, &[',', ';']) {
            return first;
        }
        let is_letters = |at: usize| words.is_acronym(at) || words.folded(at).chars().count() == 1;
        let mut state = place.clone().filter(|at| words.is_word(*at)).peekable();
        if !words.is_mark(before, ',') || state.peek().is_none() || !state.all(is_letters) {
            return place.start;
        }
        let near = before.saturating_sub(MAX_CITY_WORDS)..before;
        let city = near.rev().take_while(|at| is_name(*at)).last();
        city.filter(|city| words.is_capital(*city))
            .unwrap_or(place.start)
    }

    /// Where the name of a house ends that goes on behind a comma: "Farrar, Straus and Giroux".
    fn house_end(&self, end: usize, is_name: impl Fn(Range<usize>) -> bool) -> usize {
        let words = self.words;
        let ends = |at: &usize| {
            words.is_one_of_marks(*at, &[',', '.', ')', ';']) || date::year(words, *at).is_some()
        };
        let more = end + 1
            ..(end + 1..self.range.end)
                .find(ends)
                .unwrap_or(self.range.end);
        let has_and = more.clone().any(|at| is_and(words, at));
        if words.is_mark(end, ',') && has_and && is_name(more.clone()) {
            more.end
        } else {
            end
        }
    }
}

/// A publisher's name without the point that ends the citation.
pub(super) fn house(name: &str) -> String {
    let bare = name.trim_end_matches('.');
    let is_short = ["Co", "Inc", "Ltd", "Ed", "Cie"]
        .iter()
        .any(|end| bare.ends_with(end));
    if is_short { name } else { bare }.to_owned()
}
