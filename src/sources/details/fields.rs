//! Reading the fields that follow the title of a source.

use std::ops::Range;

use super::super::date;
use super::super::elements::Elements;
use super::super::languages::Class;
use super::super::people::people;
use super::super::short::after_editors;
use super::super::vocabulary::{is_and, is_locator};
use super::super::words::Words;
use super::{Details, SourceKind};

/// How many words the name of a journal or a publisher may have.
const MAX_NAME_WORDS: usize = 14;

/// How many words a place may have that stands in no brackets.
const MAX_BARE_PLACE_WORDS: usize = 4;

/// Where a source is being read: its words from the end of its title on.
pub(super) struct Rest<'a> {
    pub(super) words: &'a Words<'a>,
    pub(super) range: Range<usize>,
}

impl Rest<'_> {
    /// Reads the journal, the book around it, or the imprint.
    pub(super) fn read(&self, details: &mut Details) {
        let start = self.skip(self.range.start, &[',', '.', ':', '”', '“', '»', '"', '’']);
        if self.bluebook(details) {
            details.kind = SourceKind::Article;
        } else if self.is_in(start) {
            self.container_of(start + 1, details);
        } else if self.is_emphasised(start) {
            let end = self.emphasised_end(start);
            let has_numbers = self.numbers(end, details);
            let has_day = details.date.is_some_and(|date| date.day.is_some());
            if has_numbers || has_day {
                details.container = self.text(start..end);
                details.kind = if has_numbers {
                    SourceKind::Article
                } else {
                    SourceKind::Newspaper
                };
            }
        } else {
            self.unset_journal(start, details);
        }
        self.contributors(details);
        self.imprint(details);
        self.edition(details);
        self.volume_of_book(details);
    }

    /// "66 Stan. L. Rev. 545": volume, journal, first page, or all of them.
    fn bluebook(&self, details: &mut Details) -> bool {
        let words = self.words;
        let is_start = |at: &usize| {
            // "112th Cong. 3" is no volume.
            words.is_number(*at)
                && words.raw(*at).bytes().all(|byte| byte.is_ascii_digit())
                && words.is_one_of_marks(at.wrapping_sub(1), &[',', '”', '"', '?', '!', ')', ']'])
                && words.is_capital(at + 1)
                && date::read(words, *at).is_none_or(|(date, _)| date.month.is_none())
        };
        for at in self.range.clone().filter(is_start) {
            let is_name = |at: usize| {
                words.is_capital(at)
                    || words.is_one_of_marks(at, &['.', '&', '’', '\'', '-', ':'])
                    // "25 Point Plan to Reform Technology 17" is a title.
                    || words.is(at, Class::PhraseEnd) && words.folded(at) != "to"
                    || is_and(words, at)
                    || words.folded(at) == "the"
            };
            let last = self.range.end.min(at + MAX_NAME_WORDS + 2);
            let Some(page) = (at + 1..last).find(|at| !is_name(*at)) else {
                continue;
            };
            if words.is_number(page) && page > at + 1 && page < self.range.end {
                details.volume = words.raw(at).to_owned();
                details.container = self.text(at + 1..page);
                details.pages = if self.is_span(page) {
                    format!("{}–{}", words.raw(page), words.raw(page + 2))
                } else {
                    words.raw(page).to_owned()
                };
                return true;
            }
        }
        false
    }

    /// "Survival, 61(4), 45–68" where nothing is set off.
    fn unset_journal(&self, start: usize, details: &mut Details) {
        let words = self.words;
        if !words.is_capital(start) {
            return;
        }
        let is_name = |at: usize| {
            words.is_capital(at)
                || words.is_one_of_marks(at, &['&', '-', '’'])
                || words.is(at, Class::PhraseEnd)
                || is_and(words, at)
                || words.is(at, Class::TitleArticle)
        };
        let last = self.range.end.min(start + MAX_NAME_WORDS);
        let Some(end) = (start..last).find(|at| !is_name(*at)) else {
            return;
        };
        let day = date::read(words, end + 1).filter(|(date, _)| date.day.is_some());
        if words.is_mark(end, '(')
            && day.is_some_and(|(_, next)| words.closing(end) == Some(next))
            && words.is_mark(start.wrapping_sub(1), ',')
        {
            details.container = self.text(start..end);
            details.kind = SourceKind::Newspaper;
            return;
        }
        // "Title. Reuters. https://…", of a day.
        let has_day = details.date.is_some_and(|date| date.day.is_some());
        let is_site = words.is_mark(end, '.') && words.is_link(end + 1) && end < start + 5;
        if has_day && is_site && words.is_mark(start.wrapping_sub(1), '.') {
            details.container = self.text(start..end);
            details.kind = SourceKind::Newspaper;
            return;
        }
        let parted = words.is_mark(end, ',') || words.is_number(end);
        let mut read = Details::default();
        // "Forschungen zur Rechtsgeschichte, Bd. 12 (Innsbruck: Wagner, 1983)"
        if parted && let Some(number) = self.number_in_series(end) {
            details.series = self.text(start..end);
            details.number = words.raw(number).to_owned();
            return;
        }
        if parted && self.numbers(end, &mut read) && !read.pages.is_empty() {
            details.container = self.text(start..end);
            details.volume = read.volume;
            details.issue = read.issue;
            details.pages = read.pages;
            details.kind = SourceKind::Article;
        }
    }

    /// The number of a book in a series whose name ends here, which its imprint follows at once.
    fn number_in_series(&self, at: usize) -> Option<usize> {
        let words = self.words;
        let mut number = self.skip(at, &[',']);
        if words.is(number, Class::Volume) || words.is(number, Class::Issue) {
            number = self.skip(number + 1, &['.']);
        }
        let open = number + 1;
        let close = words
            .closing(open)
            .filter(|close| *close < self.range.end)?;
        let has_place = (open..close).any(|at| words.is_mark(at, ':'));
        let has_year = date::year(words, close - 1).is_some();
        let is_imprint = words.is_mark(open, '(') && has_place && has_year;
        (words.is_number(number) && is_imprint).then_some(number)
    }

    /// Volume, issue and pages behind the name of a journal: "12, no. 3 (2017): 45–67",
    /// "61(4), 45–68", "84 (2009), S. 3–19". Tells whether there is a volume or a span of pages.
    fn numbers(&self, at: usize, details: &mut Details) -> bool {
        let words = self.words;
        let mut next = self.skip(at, &[',', '.']);
        if words.is(next, Class::Volume) {
            next = self.skip(next + 1, &['.']);
        }
        if words.is_number(next) && !self.is_span(next) {
            let is_year = date::year(words, next).is_some();
            let is_dated = date::read(words, next).is_some_and(|(date, _)| date.month.is_some());
            if !is_year && !is_dated {
                details.volume = words.raw(next).to_owned();
                next = self.issue(next + 1, details);
            }
        } else if words.is(next, Class::Issue) {
            // "no. 212 (2011): 51–86"
            next = self.issue(next, details);
        }
        // Right behind an issue, "32(13), 1465–1483" are no years.
        let span = next + 1;
        let is_behind_issue = !details.issue.is_empty() && words.is_mark(next, ',');
        details.pages = if is_behind_issue && self.is_span(span) {
            format!("{}–{}", words.raw(span), words.raw(span + 2))
        } else {
            self.pages(next).unwrap_or_default()
        };
        [&details.volume, &details.issue, &details.pages]
            .iter()
            .any(|field| !field.is_empty())
    }

    /// "(4)", ", no. 3", "/3", ".3"; gives the place behind it.
    fn issue(&self, at: usize, details: &mut Details) -> usize {
        let words = self.words;
        let is_issue = |at: usize| words.is_number(at) && date::year(words, at).is_none();
        let close = words.closing(at).filter(|_| words.is_mark(at, '('));
        if close == Some(at + 2) && is_issue(at + 1) {
            details.issue = words.raw(at + 1).to_owned();
            return at + 3;
        }
        // "45(3–4)"
        if close == Some(at + 4) && self.is_span(at + 1) && is_issue(at + 1) {
            details.issue = format!("{}–{}", words.raw(at + 1), words.raw(at + 3));
            return at + 5;
        }
        let touching = words.is_one_of_marks(at, &['/', '.']) && words.touches_previous(at);
        if touching && is_issue(at + 1) && words.touches_previous(at + 1) {
            details.issue = words.raw(at + 1).to_owned();
            return at + 2;
        }
        let word = self.skip(at, &[',']);
        let number = self.skip(word + 1, &['.', '°', 'º']);
        // "no. 5–6"
        if words.is(word, Class::Issue) && is_issue(number) && self.is_span(number) {
            details.issue = format!("{}–{}", words.raw(number), words.raw(number + 2));
            return number + 3;
        }
        if words.is(word, Class::Issue) && is_issue(number) {
            details.issue = words.raw(number).to_owned();
            return number + 1;
        }
        at
    }

    /// The first span of pages from here on, with nothing but the year before it.
    fn pages(&self, at: usize) -> Option<String> {
        let words = self.words;
        let mut next = at;
        while next < self.range.end && next < at + 24 {
            let before = next.wrapping_sub(1);
            let word = before.wrapping_sub(usize::from(words.is_mark(before, '.')));
            let is_led = words.is_mark(before, ':') || is_locator(words, word);
            // "paras. 386–99"
            if matches!(
                words.folded(word),
                "para" | "paras" | "paragraph" | "paragraphs"
            ) {
                return None;
            }
            if self.is_span(next) && (is_led || date::year(words, next).is_none()) {
                return Some(format!("{}–{}", words.raw(next), words.raw(next + 2)));
            }
            next = match words.closing(next) {
                Some(close) if close < self.range.end => close + 1,
                _ if words.is_one_of_marks(next, &[',', ':', '.']) || words.is_number(next) => {
                    next + 1
                }
                _ if is_locator(words, next) || date::month(words, next).is_some() => next + 1,
                _ => return None,
            };
        }
        None
    }

    fn is_span(&self, at: usize) -> bool {
        let words = self.words;
        words.is_number(at)
            && words.is_one_of_marks(at + 1, &['–', '-', '—'])
            && words.is_number(at + 2)
            && at + 2 < self.range.end
            && !words.is_one_of_marks(at + 3, &['-', '–'])
            && !words.is_one_of_marks(at.wrapping_sub(1), &['-', '–', '/'])
    }

    /// "in", "In:", "dans".
    fn is_in(&self, at: usize) -> bool {
        self.words.is(at, Class::In) && at < self.range.end
    }

    /// The book that a chapter stands in, with its editors.
    fn container_of(&self, at: usize, details: &mut Details) {
        let words = self.words;
        let start = self.skip(at, &[':']);
        let mut title = start;
        if !words.is_set_off(start) {
            let elements = Elements::read(words, start, self.range.end);
            if elements.ends_in_initials {
                self.container_behind_initials(&elements, details);
                return;
            }
            let behind = after_editors(words, elements.next);
            if behind > elements.next && elements.are_persons(words) {
                details.editors = people(words, &elements.list, true);
                title = self.skip(behind, &[',', ':']);
                // "In: HECK, L. A. (org.). Direitos fundamentais. Porto Alegre"
                if words.is_mark(behind, '.') && self.container_up_to_point(behind + 1, details) {
                    return;
                }
            } else if elements.are_persons(words)
                && words.is_mark(elements.next, ',')
                && words.is_set_off(elements.next + 1)
            {
                title = elements.next + 1;
            }
        }
        if !self.is_emphasised(title) {
            details.editors.clear();
            return;
        }
        let end = self.emphasised_end(title);
        details.container = self.text(title..end);
        details.kind = if self.numbers(end, details) && !details.volume.is_empty() {
            SourceKind::Article
        } else {
            SourceKind::Chapter
        };
        if details.kind == SourceKind::Chapter && details.pages.is_empty() {
            let led = |at: &usize| {
                let before = at.wrapping_sub(1);
                let word = before.wrapping_sub(usize::from(words.is_mark(before, '.')));
                self.is_span(*at) && (is_locator(words, word) || words.is_mark(before, ','))
            };
            let span = (end..self.range.end).find(led);
            details.pages = span.and_then(|span| self.pages(span)).unwrap_or_default();
        }
    }

    /// "In: ZANETTO, H.; CABREIRA, T. N. X. Justiça multiportas. Salvador": the book, up to its point. They
    /// may be its authors.
    fn container_behind_initials(&self, elements: &Elements, details: &mut Details) {
        self.container_up_to_point(self.skip(elements.next, &['.']), details);
    }

    fn container_up_to_point(&self, start: usize, details: &mut Details) -> bool {
        let words = self.words;
        let ends = |at: &usize| words.is_one_of_marks(*at, &['.', ';']) || words.is_link(*at);
        let end = (start..self.range.end).find(ends);
        let Some(end) = end.filter(|end| *end > start && words.is_capital(start)) else {
            return false;
        };
        details.container = self.text(start..end);
        details.kind = SourceKind::Chapter;
        true
    }

    /// Place, publisher: "(London: Verso, 2019)", "Berlin: Suhrkamp 1984", "(Hart 2014)".
    fn imprint(&self, details: &mut Details) {
        let words = self.words;
        let opens =
            |at: &usize| words.is_mark(*at, '(') && words.get(*at).is_some_and(|w| !w.quoted);
        let brackets = self.range.clone().filter(opens);
        for open in brackets {
            let Some(close) = words.closing(open).filter(|close| *close < self.range.end) else {
                continue;
            };
            let has_year = (open..close).any(|at| date::year(words, at).is_some());
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
    fn parts(&self, range: Range<usize>) -> Vec<Range<usize>> {
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

    fn says_thesis(&self) -> bool {
        let mut all = self.range.clone();
        all.any(|at| self.words.is(at, Class::Thesis) && !self.words.is_set_off(at))
    }

    /// "Bd. 3" of a book that stands in no other.
    fn volume_of_book(&self, details: &mut Details) {
        let words = self.words;
        let number = |at: usize| self.skip(at + 1, &['.']);
        let is_volume = |at: &usize| {
            words.is(*at, Class::Volume) && words.is_outside(*at) && words.is_number(number(*at))
        };
        let found = self.range.clone().find(is_volume);
        let is_free =
            details.volume.is_empty() && details.container.is_empty() && details.series.is_empty();
        if let Some(at) = found.filter(|_| is_free) {
            details.volume = words.raw(number(at)).to_owned();
        }
    }

    /// "2nd ed.", "2. Aufl.", "3rd edn".
    fn edition(&self, details: &mut Details) {
        let words = self.words;
        let found = self.range.clone().find(|at| {
            let next = self.skip(at + 1, &['.']);
            words.is_number(*at) && words.is(next, Class::Edition)
        });
        if let Some(at) = found {
            let digits: String = words
                .raw(at)
                .chars()
                .take_while(char::is_ascii_digit)
                .collect();
            if digits.len() < 3 {
                details.edition = digits;
            }
        }
    }

    pub(super) fn is_emphasised(&self, at: usize) -> bool {
        at < self.range.end && self.words.get(at).is_some_and(|word| word.emphasised)
    }

    fn emphasised_end(&self, at: usize) -> usize {
        let mut end = at;
        while self.is_emphasised(end) {
            end += 1;
        }
        end
    }

    pub(super) fn skip(&self, at: usize, marks: &[char]) -> usize {
        let mut next = at;
        while next < self.range.end && self.words.is_one_of_marks(next, marks) {
            next += 1;
        }
        next
    }

    pub(super) fn text(&self, range: Range<usize>) -> String {
        super::clean(self.words.slice(&range))
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
