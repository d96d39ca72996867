//! What a source is called besides its head: an abbreviation, what it is "hereinafter", the parties
//! of a judgment.

use std::ops::Range;

use super::super::date::{self, Date};
use super::super::elements::{Elements, acronym};
use super::super::languages::Class;
use super::super::names::Names;
use super::super::pages::{is_rest, locators};
use super::super::record::{act_name, opinion, regulations_name, treaty_name};
use super::super::vocabulary::{
    direction, ibid, idem, is_and, is_function_word, is_organisation, signals,
};
use super::super::words::Words;
use super::Full;

/// So many words before an abbreviation may be its long form.
const MAX_LONG_FORM_WORDS: usize = 40;

impl Full {
    pub(super) fn take_aliases(
        &mut self,
        words: &Words<'_>,
        elements: &Elements,
        range: &Range<usize>,
    ) {
        if let Some(acronym) = &elements.acronym {
            self.aliases.push(Names::whole(words, acronym));
        }
        let acronyms = range.clone().filter_map(|at| {
            let close = acronym(words, at)?;
            is_abbreviated(
                words,
                &(range.start.max(at.saturating_sub(MAX_LONG_FORM_WORDS))..at),
                words.raw(at + 1),
            )
            .then_some(at + 1..close)
        });
        let acronyms = acronyms.map(|at| Names::whole(words, &at));
        self.aliases.extend(acronyms.collect::<Vec<_>>());
        for at in range.clone() {
            let is_named = words.is(at, Class::Hereinafter);
            let german = words.folded(at) == "im"
                && matches!(words.folded(at + 1), "folgenden" | "weiteren");
            if is_named || german {
                let start = after_naming(words, at + 1 + usize::from(german));
                let ends = |at: &usize| {
                    words.is_one_of_marks(*at, &[')', ']', '.', ';', ',', '”', '“', '»', '’'])
                };
                // "[hereinafter Shapira, Reputation Through Litigation]"
                let close = at.checked_sub(1).and_then(|open| words.closing(open));
                let end = close.or_else(|| (start..range.end).find(ends));
                let end = end.unwrap_or(range.end).max(start);
                self.aliases.push(Names::whole(words, &(start..end)));
            }
        }
        self.aliases.retain(|names| !names.is_empty());
    }

    /// „Roe, Jane, Doe, Jo (Flüsse, 2019): Die Flüsse der Erde“: an entry says in brackets behind its authors
    /// what it is called, and its year.
    pub(super) fn take_called(&mut self, words: &Words<'_>, at: usize) -> Option<usize> {
        let (name, close) = called_in_list(words, at)?;
        self.aliases.push(Names::whole(words, &name));
        self.are_inverted = self.authors.len() > 2
            && self.authors.len().is_multiple_of(2)
            && self.names.are_persons();
        self.dates = date::year(words, close - 1)
            .map(Date::from_year)
            .into_iter()
            .collect();
        Some(close + 2)
    }

    /// "Art. 67(1) of the Rome Statute of the Court (‘ICC Statute’)", "Rule 124, Rules of Procedure (as amended
    /// 2013) (‘RPE’)": a law that is given a name for later, by its name right before the bracket.
    pub(super) fn take_law_defined(&mut self, words: &Words<'_>, range: &Range<usize>) -> bool {
        let is_end = |close: usize| {
            let next = locators(words, close + 1, range.end);
            is_rest(words, next, range.end)
        };
        let bracket = range.clone().find_map(|at| {
            if !words.is_mark(at, '(') {
                return None;
            }
            let close = words.closing(at).filter(|close| *close < range.end)?;
            let is_quoted = words.is_one_of_marks(at + 1, &['“', '„', '«', '"', '‘', '\'']);
            let name = defined(words, at, false).filter(|_| is_quoted && is_end(close))?;
            Some((at, name))
        });
        let Some((open, _)) = bracket else {
            return false;
        };
        // The bracket before may say as of when.
        let before = (range.start..open)
            .find(|at| words.is_mark(*at, '(') && words.closing(*at) == Some(open - 1));
        let end = before.unwrap_or(open);
        let is_name = |at: &usize| {
            words.is_capital(*at)
                || words.is(*at, Class::PhraseEnd)
                || is_and(words, *at)
                || words.is(*at, Class::TitleArticle)
        };
        let length = (range.start..end).rev().take_while(is_name).count();
        let is_first = |at: &usize| words.is_capital(*at) && !is_function_word(words, *at);
        let Some(start) = (end - length..end).find(is_first) else {
            return false;
        };
        let is_law = (start..end).any(|at| words.is(at, Class::Law) && words.is_capital(at));
        if !is_law || end - start < 3 {
            return false;
        }
        self.head = start..end;
        self.names = Names::whole(words, &self.head);
        self.authors.clear();
        self.title = 0..0;
        self.title_words.clear();
        true
    }

    /// What a law or a document is called from there on: "(the “Convention”)", "(MiCAR)",
    /// "(Software Directive)", "(DPA 2018)"; and the initials of such a name.
    pub(super) fn take_defined(&mut self, words: &Words<'_>, range: &Range<usize>, is_legal: bool) {
        for at in range.clone() {
            let defined = defined(words, at, is_legal).filter(|name| name.end < range.end);
            if let Some(name) = defined {
                self.aliases.push(Names::whole(words, &name));
                self.aliases.extend(initials(words, &name));
            }
        }
    }

    /// An act is called by its name without the year; it and a treaty by the initials of their names:
    /// TFEU.
    pub(super) fn take_act(&mut self, words: &Words<'_>, range: &Range<usize>) {
        let start = signals(words, range.start);
        let range = start..range.end;
        if let Some(end) = opinion(words, &range) {
            self.aliases.push(Names::whole(words, &(start..end)));
        } else if let Some(end) = regulations_name(words, &range) {
            self.take_name_in_brief(words, &(start..end));
            if let (true, Some(year)) = (self.dates.is_empty(), date::year(words, end - 1)) {
                self.dates.push(Date::from_year(year));
            }
        } else if let Some(end) = act_name(words, &range) {
            self.aliases.push(Names::whole(words, &(start..end)));
            self.aliases.extend(initials(words, &(start..end)));
        } else if let Some(end) = treaty_name(words, &range) {
            self.aliases.extend(initials(words, &(start..end)));
            self.take_known_treaty(words, &(start..end));
        }
    }

    /// "Companies Regulations 2022" of "Companies (Strategic Report) Regulations 2022": a name without what its
    /// brackets say, with the year and without.
    fn take_name_in_brief(&mut self, words: &Words<'_>, name: &Range<usize>) {
        let mut said = String::new();
        let mut at = name.start;
        while at < name.end {
            match words.closing(at).filter(|close| *close < name.end) {
                Some(close) if words.is_mark(at, '(') => at = close,
                _ => {
                    said.push_str(words.raw(at));
                    said.push(' ');
                }
            }
            at += 1;
        }
        let brief = Words::read(&said, &[], &[]);
        let end = brief.len();
        for end in [end, end.saturating_sub(1)] {
            self.aliases.push(Names::whole(&brief, &(0..end)));
        }
    }

    /// "Hague Convention", "1954 Hague Convention": the first words of a treaty's name, up to the word
    /// for what it is.
    fn take_known_treaty(&mut self, words: &Words<'_>, name: &Range<usize>) {
        const MOST: usize = 4;
        let kind = name
            .clone()
            .take(MOST)
            .find(|at| words.is(*at, Class::Treaty));
        let Some(end) = kind.filter(|kind| *kind > name.start).map(|kind| kind + 1) else {
            return;
        };
        let called = name.start..end;
        if end == name.end || called.clone().any(|at| !words.is_capital(at)) {
            return;
        }
        for date in &self.dates {
            let said = format!("{} {}", date.year, words.slice(&called));
            let words = Words::read(&said, &[], &[]);
            self.aliases.push(Names::whole(&words, &(0..words.len())));
        }
        self.aliases.push(Names::whole(words, &called));
    }

    /// What a judgment is called: its name that is set off, and each word of it that names a
    /// party.
    pub(super) fn take_parties(&mut self, words: &Words<'_>, range: &Range<usize>) {
        let Some(name) = first_set_off(words, range) else {
            return;
        };
        let is_party = |at: &usize| {
            words.is_capital(*at)
                && words.folded(*at).chars().count() > 2
                && !is_organisation(words, *at)
                && !is_function_word(words, *at)
        };
        let parties: Vec<Names> = name
            .clone()
            .filter(is_party)
            .map(|at| Names::whole(words, &(at..at + 1)))
            .collect();
        self.aliases.push(Names::whole(words, &name));
        self.aliases.extend(parties);
    }
}

/// The name in a bracket that a colon follows, and where the bracket closes: "(Flüsse, 2019):".
pub(super) fn called_in_list(words: &Words<'_>, at: usize) -> Option<(Range<usize>, usize)> {
    const MAX_NAME_WORDS: usize = 10;
    let close = words.closing(at).filter(|_| words.is_mark(at, '('))?;
    let comma = close.wrapping_sub(2);
    let name = at + 1..comma;
    let is_dated = words.is_mark(comma, ',') && date::year(words, close - 1).is_some();
    let is_name = (1..=MAX_NAME_WORDS).contains(&name.len())
        && words.is_capital(at + 1)
        && !words.is(at + 1, Class::Editors);
    (is_dated && is_name && words.is_mark(close + 1, ':')).then_some((name, close))
}

/// The first words that are set off as a name is: in "Brown v. Board, 347 U.S. 483; 1 Roe, *supra*
/// note 4" these are none.
fn first_set_off(words: &Words<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    let mut at = range.start;
    while at < range.end {
        let leads = direction(words, signals(words, at)).1;
        let next = ibid(words, leads).or_else(|| idem(words, leads));
        let next = next.unwrap_or(leads);
        if next > at {
            at = next;
        } else if words.is_set_off(at) {
            let end = (at..range.end).find(|at| !words.is_set_off(*at));
            return Some(at..end.unwrap_or(range.end));
        } else {
            at += 1;
        }
    }
    None
}

/// The name that a bracket gives; in quotation marks, or of a law one that looks like a name.
fn defined(words: &Words<'_>, at: usize, is_legal: bool) -> Option<Range<usize>> {
    const MAX_ALIAS_WORDS: usize = 12;
    let close = words
        .closing(at)
        .filter(|close| *close <= at + MAX_ALIAS_WORDS)?;
    if !words.is_one_of_marks(at, &['(', '[']) || close < at + 2 {
        return None;
    }
    let is_quote = |at: usize| words.is_one_of_marks(at, &['“', '„', '«', '"', '‘', '\'']);
    let start = at + 1 + usize::from(words.is(at + 1, Class::TitleArticle));
    if is_quote(start) && words.closing(start) == Some(close - 1) {
        let is_name = (start + 1..close - 1).all(|at| {
            words.is_capital(at)
                || !words.is_word(at)
                || words.is(at, Class::PhraseEnd)
                || is_and(words, at)
        });
        return is_name.then_some(start + 1..close - 1);
    }
    // "(EU) 2021/947" is part of a number.
    let end = close - usize::from(date::year(words, close - 1).is_some());
    if !is_legal || words.is_number(close + 1) || end <= start {
        return None;
    }
    // "(1954 Hague Convention)"
    let first = start + usize::from(date::year(words, start).is_some() && end > start + 1);
    let are_capitals = (first..end)
        .all(|at| words.is_capital(at) || words.is(at, Class::PhraseEnd) || is_and(words, at));
    let raw = words.raw(start);
    let capitals = raw.chars().filter(|c| c.is_uppercase()).count();
    // "(DA)" at the end of a title, but not "(EU)" in the midst of a name
    let is_over = words.is_one_of_marks(close + 1, &['[', ',', '.', ';']);
    let is_long = raw.chars().count() > 2 || is_over && capitals == 2;
    let is_acronym = end == start + 1 && capitals > 1 && is_long;
    let is_law = end > start + 1 && words.is(end - 1, Class::Law);
    (are_capitals && (is_acronym || is_law) && !words.is(start, Class::Court)).then_some(start..end)
}

/// GDPR, of "General Data Protection Regulation".
fn initials(words: &Words<'_>, name: &Range<usize>) -> Option<Names> {
    let capitals = name.clone().filter(|at| words.is_capital(*at));
    let letters: String = capitals
        .filter_map(|at| words.raw(at).chars().next())
        .collect();
    (letters.chars().count() > 2).then(|| Names::from_word(&letters))
}

/// Reads over "cited as", "zitiert als" and an opening quotation mark.
fn after_naming(words: &Words<'_>, at: usize) -> usize {
    let mut next = at;
    while words.is(next, Class::Called)
        || words.is_one_of_marks(next, &['“', '„', '«', '"', ':', '‘', '.', ','])
    {
        next += 1;
    }
    next
}

/// Whether the letters begin words that stand before: TEU, "Treaty on European Union".
fn is_abbreviated(words: &Words<'_>, range: &Range<usize>, letters: &str) -> bool {
    let mut initials = range
        .clone()
        .filter(|at| words.is_capital(*at))
        .filter_map(|at| words.raw(at).chars().next());
    letters
        .chars()
        .all(|letter| initials.any(|initial| initial == letter))
}
