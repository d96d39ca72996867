//! The journal that an article stands in: its name, volume, issue and pages.

use super::super::date;
use super::super::languages::Class;
use super::super::vocabulary::{is_and, is_locator};
use super::fields::{MAX_NAME_WORDS, Rest};
use super::{Details, SourceKind};

impl Rest<'_> {
    /// "66 Stan. L. Rev. 545": volume, journal, first page, or all of them.
    pub(super) fn bluebook(&self, details: &mut Details) -> bool {
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
    pub(super) fn unset_journal(&self, start: usize, details: &mut Details) {
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
    pub(super) fn numbers(&self, at: usize, details: &mut Details) -> bool {
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
                next = self.issue(self.behind_volume_word(next + 1), details);
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

    /// Reads over „. Jg. (2026)“ behind the number of a volume.
    fn behind_volume_word(&self, at: usize) -> usize {
        let words = self.words;
        let word = self.skip(at, &['.']);
        if word == at || !words.is(word, Class::Volume) {
            return at;
        }
        let next = self.skip(word + 1, &['.']);
        match words.closing(next) {
            Some(close) if date::year(words, close - 1).is_some() => close + 1,
            _ => next,
        }
    }

    /// "(2018) 20(3) ELR 137", "[1968] Journal of Economy 76(2), 169–217", "94 *American Journal of Law* (2000)
    /// 759": the year stands before the journal or right behind it, and nothing but the page at the end.
    pub(super) fn by_year(&self, start: usize, details: &mut Details) -> bool {
        let words = self.words;
        let year = |at: usize| {
            let close = words.closing(at).filter(|close| *close == at + 2)?;
            let is_year = date::year(words, at + 1).is_some();
            (is_year && close < self.range.end).then_some(close + 1)
        };
        let is_volume =
            |at: usize| words.is_number(at) && date::year(words, at).is_none() && !self.is_span(at);
        let mut read = Details::default();
        let mut next = year(start).unwrap_or(start);
        let mut has_year = next > start;
        if is_volume(next) {
            read.volume = words.raw(next).to_owned();
            next = self.issue(next + 1, &mut read);
        }
        let name = next;
        next = if self.is_emphasised(name) {
            self.emphasised_end(name)
        } else {
            let is_name = |at: &usize| {
                words.is_capital(*at)
                    || words.is_one_of_marks(*at, &['&', '-', '’', '.'])
                    || words.is(*at, Class::PhraseEnd)
                    || is_and(words, *at)
                    || words.is(*at, Class::TitleArticle)
            };
            let last = self.range.end.min(name + MAX_NAME_WORDS);
            name + (name..last).take_while(is_name).count()
        };
        let journal = name..next;
        if journal.is_empty() || !words.is_capital(name) {
            return false;
        }
        if !has_year && let Some(behind) = year(next) {
            has_year = true;
            next = behind;
        }
        if read.volume.is_empty() && is_volume(next) && words.is_mark(next + 1, '(') {
            read.volume = words.raw(next).to_owned();
            next = self.issue(next + 1, &mut read);
        }
        next = self.skip(next, &[',']);
        let is_page = words.is_number(next) && date::year(words, next).is_none();
        // "Modern Law Review 684" of a judgment or a law has no journal.
        if !has_year || !is_page || read.volume.is_empty() || next >= self.range.end {
            return false;
        }
        details.pages = if self.is_span(next) {
            format!("{}–{}", words.raw(next), words.raw(next + 2))
        } else {
            words.raw(next).to_owned()
        };
        details.volume = read.volume;
        details.issue = read.issue;
        details.container = self.text(journal);
        details.kind = SourceKind::Article;
        true
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
        // "6, 3 (1912)"
        let year = words
            .closing(at + 2)
            .filter(|_| words.is_mark(at + 2, '('))
            .map(|close| close - 1);
        let is_dated = year.is_some_and(|year| date::year(words, year).is_some());
        if words.is_mark(at, ',') && is_issue(at + 1) && is_dated {
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
    pub(super) fn pages(&self, at: usize) -> Option<String> {
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

    pub(super) fn is_span(&self, at: usize) -> bool {
        let words = self.words;
        words.is_number(at)
            && words.is_one_of_marks(at + 1, &['–', '-', '—'])
            && words.is_number(at + 2)
            && at + 2 < self.range.end
            && !words.is_one_of_marks(at + 3, &['-', '–'])
            && !words.is_one_of_marks(at.wrapping_sub(1), &['-', '–', '/'])
    }
}
