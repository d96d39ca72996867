//! Going to a place by its name: what a few typed letters may mean, best first.

use std::cmp::Reverse;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::fold::plain;
use super::forgiving::nearly_has;
use crate::paper::{BlockId, Note, Paper, Position, Section, slug};

/// The most places that are offered: typing one more letter is quicker than reading on.
const MAX_OFFERED_PLACES: usize = 200;

/// The most characters of a name that are compared.
const MAX_NAME_CHARS: usize = 200;

/// A place that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPlace {
    /// What it is.
    pub what: PlaceKind,
    /// As it is shown: a section's title, `¶ 12`, `p. 12`, `42%`, `n14`, `8b`, a bookmark's label.
    pub name: String,
    /// Where it begins.
    pub position: Position,
}

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum PlaceKind {
    /// A section, by its title.
    Section,
    /// A note, by its number and words.
    Note,
    /// A paragraph, by its number.
    Paragraph,
    /// A page of what the paper was converted from.
    Page,
    /// So far into the body.
    Percentage,
    /// A source, by its author and title.
    Source,
    /// A bookmark, by its label.
    Bookmark,
}

impl PlaceKind {
    /// The words for it, to stand beside the name.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Note => "note",
            Self::Paragraph => "paragraph of this section",
            Self::Page => "page",
            Self::Percentage => "of the text",
            Self::Source => "source",
            Self::Bookmark => "bookmark",
        }
    }
}

/// How well a place fits what was typed; the best is the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum PlaceRank {
    Exact,
    Beginning,
    /// All that was typed stands together in the name, or its words do. With nucleo's score.
    Together(Reverse<u32>),
    /// A word of the source begins so.
    Words,
    /// The letters stand apart. With nucleo's score.
    Letters(Reverse<u32>),
}

/// The places that the query may mean, best first, at most 200.
///
/// `42%` is that part of the text; `¶12` or `p12` the paragraph of that number in the section of
/// `from`; `p12` in a paper with pages first the page; `n14` or `note 14` a note, by number or
/// label. A sign `§` before a section may be typed as well. A bare `14` is the note, then the
/// paragraph, the page and 14%. Sections and bookmarks match by letters in order, a source by the
/// beginning of its name or of one of its first words, and all of them without regard to case and
/// accents. An empty query means every section and all of `named`, which holds the sources and
/// bookmarks.
#[must_use]
pub fn rank(query: &str, paper: &Paper, from: Position, named: &[NamedPlace]) -> Vec<NamedPlace> {
    let query = compared(query.trim_start().trim_start_matches('§'));
    let mut ranked: Vec<(PlaceRank, NamedPlace)> = Vec::new();
    ranked.extend(notes(&query, paper));
    let (page, paragraph) = (page(&query, paper), paragraph(&query, paper, from));
    // What a paper has pages for is a page before all.
    let numbered = if query.starts_with('p') {
        [page, paragraph]
    } else {
        [paragraph, page]
    };
    ranked.extend(
        numbered
            .into_iter()
            .flatten()
            .map(|place| (PlaceRank::Exact, place)),
    );
    ranked.extend(percentage(&query, paper).map(|place| (PlaceRank::Exact, place)));
    let mut names = NameMatcher::new(&query, paper);
    for place in sections(paper).chain(named.iter().cloned()) {
        ranked.extend(names.fit(&place).map(|fit| (fit, place)));
    }
    ranked.sort_by_key(|(fit, _)| *fit);
    ranked.truncate(MAX_OFFERED_PLACES);
    ranked.into_iter().map(|(_, place)| place).collect()
}

/// The sections and named places that have every word of the query but for a letter, in order, at
/// most 200: what may have been meant where [`rank`] finds nothing.
#[must_use]
pub fn rank_nearly(query: &str, paper: &Paper, named: &[NamedPlace]) -> Vec<NamedPlace> {
    let query = compared(query);
    let is_near = |place: &NamedPlace| {
        let name = compared(&place.name);
        let mut words = query.split_whitespace();
        words.all(|word| nearly_has(&name, word))
    };
    let places = sections(paper).chain(named.iter().cloned());
    places.filter(is_near).take(MAX_OFFERED_PLACES).collect()
}

/// The place that a link calls by the name behind its `#`: a section by its id, else what [`rank`]
/// has for exactly that name, as `n14`, `p12` or `42%`; none if the paper has no such place.
#[must_use]
pub fn place_named(paper: &Paper, name: &str) -> Option<Position> {
    let is_it = |section: &&Section| section.id == name;
    let section = paper.sections.iter().find(is_it);
    let section = section.or_else(|| {
        let name = slug(name);
        paper.sections.iter().find(|section| section.id == name)
    });
    if let Some(section) = section {
        return Some(Position::start_of(BlockId(section.blocks.start)));
    }
    let query = compared(name);
    let exact =
        |(fit, place): (PlaceRank, NamedPlace)| (fit == PlaceRank::Exact).then_some(place.position);
    let note = notes(&query, paper).into_iter().find_map(exact);
    let numbered = query.strip_prefix(['¶', 'p']);
    let paragraph = || paragraph_of_paper(paper, numbered?.parse().ok()?);
    let percentage = || percentage(query.strip_suffix('%').map(|_| query.as_str())?, paper);
    note.or_else(paragraph)
        .or_else(|| Some(percentage()?.position))
}

/// What there is in place of the note or page of a number that the paper does not have, in words; none
/// if the query names neither, or the paper has none of them.
#[must_use]
pub fn numbers_there_are(query: &str, paper: &Paper) -> Option<String> {
    let query = compared(query);
    let number_after = |signs: [&str; 3]| {
        let rest = signs.iter().find_map(|sign| query.strip_prefix(sign))?;
        let rest = rest.trim_start();
        let is_number = !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then_some(rest)
    };
    if let Some(number) = number_after(["page ", "p.", "p"]) {
        let mut labels = paper.pages.iter().map(|page| page.label.as_str());
        let first = labels.by_ref().find(|label| !label.is_empty())?;
        let last = labels.rfind(|label| !label.is_empty()).unwrap_or(first);
        return Some(format!("no page {number}: the pages are {first} to {last}"));
    }
    let number = number_after(["note ", "n.", "n"])?;
    let (first, last) = (paper.notes.first()?, paper.notes.last()?);
    let (first, last) = (&first.number, &last.number);
    Some(format!("no note {number}: the notes are {first} to {last}"))
}

/// The notes whose number or label is what was typed, with or without an `n` before it, the one of
/// that number first, and those whose number begins so if the `n` is there.
fn notes(query: &str, paper: &Paper) -> Vec<(PlaceRank, NamedPlace)> {
    let name = query.strip_prefix("note ").or(query.strip_prefix('n'));
    let name = name.map(str::trim_start);
    let digits = name.filter(|name| name.parse::<u32>().is_ok());
    let begins =
        |note: &Note| digits.is_some_and(|digits| note.number.to_string().starts_with(digits));
    let is = |note: &Note, name: &str| {
        name.parse()
            .is_ok_and(|name| note.number.number() == Some(name))
            || note.label.eq_ignore_ascii_case(name)
            || (!note.label.is_ascii() && compared(&note.label) == name)
    };
    let fit = |note: &Note| {
        if is(note, query) || name.is_some_and(|name| is(note, name)) {
            Some(PlaceRank::Exact)
        } else {
            begins(note).then_some(PlaceRank::Beginning)
        }
    };
    let place = |note: &Note| {
        let defined = (note.is_defined()).then(|| Position::start_of(BlockId(note.blocks.start)));
        Some(NamedPlace {
            what: PlaceKind::Note,
            name: format!("n{}", note.number),
            position: defined.or_else(|| note.cited_in.first().copied())?,
        })
    };
    let notes = paper.notes.iter();
    let found = notes.filter_map(|note| Some((fit(note)?, place(note)?)));
    let mut found: Vec<(PlaceRank, NamedPlace)> = found.collect();
    let number = format!("n{}", name.unwrap_or(query));
    found.sort_by_key(|(_, place)| place.name != number);
    found
}

/// The paragraph of that number in the section that is being read.
fn paragraph(query: &str, paper: &Paper, from: Position) -> Option<NamedPlace> {
    let digits = query.strip_prefix(['¶', 'p']).unwrap_or(query);
    let number: u32 = digits.trim_start().parse().ok().filter(|&it| it > 0)?;
    let section = paper.section(paper.section_of(from.block)?)?;
    let mut content = section.content();
    let has_number = |&block: &usize| {
        let block = paper.block(BlockId(block));
        block.is_some_and(|block| block.paragraph == number)
    };
    Some(NamedPlace {
        what: PlaceKind::Paragraph,
        name: format!("¶ {number}"),
        position: Position::start_of(BlockId(content.find(has_number)?)),
    })
}

/// The page of the source with that label.
fn page(query: &str, paper: &Paper) -> Option<NamedPlace> {
    let spelt_out = query.strip_prefix("page ").or(query.strip_prefix("p."));
    let label = spelt_out.or(query.strip_prefix('p')).unwrap_or(query);
    let position = paper.page_labelled(label.trim_start())?;
    Some(NamedPlace {
        what: PlaceKind::Page,
        name: format!("p. {}", paper.page_at(position).unwrap_or(label)),
        position,
    })
}

/// The place so far into the text; the sign `%` may be left out.
fn percentage(query: &str, paper: &Paper) -> Option<NamedPlace> {
    let digits = query.strip_suffix('%').unwrap_or(query).trim_end();
    let percent = digits.parse().ok()?;
    Some(NamedPlace {
        what: PlaceKind::Percentage,
        name: format!("{percent}%"),
        position: percentage_of_paper(paper, percent)?,
    })
}

/// The start of the word that lies so far into the text, in percent up to 100. The notes do not
/// count.
#[must_use]
pub fn percentage_of_paper(paper: &Paper, percent: u32) -> Option<Position> {
    let percent = usize::try_from(percent).ok().filter(|&it| it <= 100)?;
    // The last byte is still in the text, the one after it is not.
    let bytes = paper.body_bytes().checked_mul(percent)? / 100;
    let last = paper.body_bytes().saturating_sub(1);
    Some(start_of_word(paper, paper.position_at(bytes.min(last))))
}

/// The start of the paragraph with this number, from 1, counted through the paper without its
/// notes.
#[must_use]
pub fn paragraph_of_paper(paper: &Paper, number: u32) -> Option<Position> {
    let sections = paper.sections.iter().filter(|it| !it.holds_notes);
    let mut counted = sections.flat_map(Section::content).filter(|&id| {
        let block = paper.block(BlockId(id));
        block.is_some_and(|block| block.paragraph > 0)
    });
    let nth = usize::try_from(number).ok()?.checked_sub(1)?;
    Some(Position::start_of(BlockId(counted.nth(nth)?)))
}

/// The start of the word that a position lies in.
fn start_of_word(paper: &Paper, position: Position) -> Position {
    let text = paper.block(position.block).map_or("", |block| &block.text);
    let before = text.get(..position.offset).unwrap_or_default();
    let offset = before.rfind(char::is_whitespace).map_or(0, |blank| {
        blank
            + before
                .get(blank..)
                .and_then(|rest| rest.chars().next())
                .map_or(0, char::len_utf8)
    });
    Position { offset, ..position }
}

fn sections(paper: &Paper) -> impl Iterator<Item = NamedPlace> {
    let titled = paper.sections.iter().filter(|it| !it.title.is_empty());
    titled.map(|section| NamedPlace {
        what: PlaceKind::Section,
        name: section.title.clone(),
        position: Position::start_of(BlockId(section.blocks.start)),
    })
}

/// What names are compared with.
struct NameMatcher<'a> {
    query: &'a str,
    paper: &'a Paper,
    pattern: Pattern,
    matcher: Matcher,
    /// Room for a name's characters, kept between names.
    buffer: Vec<char>,
}

impl<'a> NameMatcher<'a> {
    fn new(query: &'a str, paper: &'a Paper) -> Self {
        let mut config = Config::DEFAULT;
        config.prefer_prefix = true;
        let case = CaseMatching::Respect;
        Self {
            query,
            paper,
            // Both sides are in lower case and without accents already.
            pattern: Pattern::new(query, case, Normalization::Never, AtomKind::Fuzzy),
            matcher: Matcher::new(config),
            buffer: Vec::new(),
        }
    }

    fn fit(&mut self, place: &NamedPlace) -> Option<PlaceRank> {
        let name = compared(&place.name);
        if name == self.query {
            return Some(PlaceRank::Exact);
        }
        if place.what == PlaceKind::Source && !self.query.is_empty() {
            let begins = name.starts_with(self.query).then_some(PlaceRank::Beginning);
            return begins.or_else(|| self.has_word(place.position).then_some(PlaceRank::Words));
        }
        let letters = Utf32Str::new(&name, &mut self.buffer);
        let score = self.pattern.score(letters, &mut self.matcher)?;
        let mut words = self.query.split_whitespace();
        Some(if words.all(|word| name.contains(word)) {
            PlaceRank::Together(Reverse(score))
        } else {
            PlaceRank::Letters(Reverse(score))
        })
    }
}

impl NameMatcher<'_> {
    /// Whether one of the first words at a position begins with what was typed, if that is more
    /// than a letter.
    fn has_word(&self, position: Position) -> bool {
        let block = self.paper.block(position.block);
        let words = block.and_then(|block| block.text.get(position.offset..));
        let words = compared(words.unwrap_or_default());
        let begins_word = |at: usize| {
            let before = words
                .get(..at)
                .and_then(|before| before.chars().next_back());
            !before.is_some_and(char::is_alphanumeric)
        };
        let mut found = words.match_indices(self.query);
        self.query.chars().nth(1).is_some() && found.any(|(at, _)| begins_word(at))
    }
}

/// A name as it is compared: its beginning, plain.
fn compared(name: &str) -> String {
    let end = name.char_indices().nth(MAX_NAME_CHARS);
    let beginning = name.get(..end.map_or(name.len(), |(at, _)| at));
    plain(beginning.unwrap_or_default().trim())
}

#[cfg(test)]
mod tests;
