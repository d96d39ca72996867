//! A note or a paragraph as words: what they are when folded, where they stand, and in which
//! brackets and quotation marks.

use std::ops::Range;

use super::fold::fold_into;
use super::languages::{self, Class, Classes};

/// The words and marks of a text, in order.
///
/// Every question about a place beyond the last word has an answer: the empty word, no mark.
#[derive(Debug)]
pub(super) struct Words<'a> {
    text: &'a str,
    list: Vec<Word>,
    /// The folded words, one after another.
    folded: String,
}

/// A word, a number, a link or a punctuation mark.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    pub(super) kind: WordKind,
    /// Bytes of the folded words; empty for marks and links.
    folded: Range<usize>,
    /// What the folded word may be in a citation.
    classes: Classes,
    /// Set in italics.
    pub(super) emphasised: bool,
    /// Between quotation marks, themselves included.
    pub(super) quoted: bool,
    /// How many brackets enclose it; a bracket is inside itself.
    pub(super) depth: u16,
    /// For an opening bracket or quotation mark, where it closes.
    closes: Option<usize>,
}

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WordKind {
    /// Begins with a capital letter.
    Capital,
    Small,
    /// Begins with a digit.
    Number,
    Link,
    Mark(char),
}

/// The mark that stands for the end of a paragraph within a note.
pub(super) const PARAGRAPH: char = '\u{2029}';

impl<'a> Words<'a> {
    /// Reads a text. `emphasis` and `links` are ranges of it, by start.
    pub(super) fn read(
        text: &'a str,
        emphasis: &[Range<usize>],
        links: &[Range<usize>],
    ) -> Words<'a> {
        let mut words = Words {
            text,
            list: Vec::with_capacity(text.len() / 5),
            folded: String::with_capacity(text.len()),
        };
        words.split(links);
        words.mark_emphasis(emphasis);
        words.pair_brackets();
        words
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<&Word> {
        self.list.get(at)
    }

    /// The folded word; empty for marks and links.
    pub(super) fn folded(&self, at: usize) -> &str {
        let range = self.list.get(at).map(|word| word.folded.clone());
        range
            .and_then(|range| self.folded.get(range))
            .unwrap_or_default()
    }

    /// The word as it stands.
    pub(super) fn raw(&self, at: usize) -> &'a str {
        let range = self.list.get(at).map(|word| word.range.clone());
        range
            .and_then(|range| self.text.get(range))
            .unwrap_or_default()
    }

    /// Whether the word may be of a class.
    pub(super) fn is(&self, at: usize, class: Class) -> bool {
        self.classes(at).has(class)
    }

    pub(super) fn classes(&self, at: usize) -> Classes {
        let classes = self.list.get(at).map(|word| word.classes);
        classes.unwrap_or_default()
    }

    pub(super) fn kind(&self, at: usize) -> Option<WordKind> {
        self.list.get(at).map(|word| word.kind)
    }

    pub(super) fn is_mark(&self, at: usize, mark: char) -> bool {
        self.kind(at) == Some(WordKind::Mark(mark))
    }

    pub(super) fn is_one_of_marks(&self, at: usize, marks: &[char]) -> bool {
        matches!(self.kind(at), Some(WordKind::Mark(mark)) if marks.contains(&mark))
    }

    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.kind(at) == Some(WordKind::Capital)
    }

    /// Whether the word is all in capitals, two at least.
    pub(super) fn is_acronym(&self, at: usize) -> bool {
        let raw = self.raw(at);
        raw.chars().count() > 1 && raw.chars().all(char::is_uppercase)
    }

    pub(super) fn is_small(&self, at: usize) -> bool {
        self.kind(at) == Some(WordKind::Small)
    }

    pub(super) fn is_number(&self, at: usize) -> bool {
        self.kind(at) == Some(WordKind::Number)
    }

    pub(super) fn is_link(&self, at: usize) -> bool {
        self.kind(at) == Some(WordKind::Link)
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.is_capital(at) || self.is_small(at)
    }

    /// Whether the word is set off as a title is: in italics or quotation marks.
    pub(super) fn is_set_off(&self, at: usize) -> bool {
        self.get(at)
            .is_some_and(|word| word.emphasised || word.quoted)
    }

    /// Whether the word stands in no brackets and no quotation marks.
    pub(super) fn is_outside(&self, at: usize) -> bool {
        self.get(at)
            .is_some_and(|word| word.depth == 0 && !word.quoted)
    }

    /// Where the bracket or quotation mark that opens here closes.
    pub(super) fn closing(&self, at: usize) -> Option<usize> {
        self.list.get(at).and_then(|word| word.closes)
    }

    /// Whether the text has no space between this word and the one before.
    pub(super) fn touches_previous(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.get(before));
        match (before, self.get(at)) {
            (Some(before), Some(word)) => before.range.end == word.range.start,
            _ => false,
        }
    }

    /// The whole text.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// Bytes of the text from one word up to, not including, another.
    pub(super) fn bytes(&self, range: &Range<usize>) -> Range<usize> {
        let last = range.end.checked_sub(1).filter(|last| *last >= range.start);
        match (self.get(range.start), last.and_then(|last| self.get(last))) {
            (Some(first), Some(last)) => first.range.start..last.range.end,
            (Some(first), None) => first.range.start..first.range.start,
            _ => self.text.len()..self.text.len(),
        }
    }

    /// The words that lie wholly in these bytes of the text.
    pub(super) fn within(&self, bytes: &Range<usize>) -> Range<usize> {
        let first = self
            .list
            .partition_point(|word| word.range.start < bytes.start);
        let end = self
            .list
            .partition_point(|word| word.range.end <= bytes.end);
        first..end.max(first)
    }

    /// The text from one word up to, not including, another.
    pub(super) fn slice(&self, range: &Range<usize>) -> &'a str {
        self.text.get(self.bytes(range)).unwrap_or_default()
    }

    fn split(&mut self, links: &[Range<usize>]) {
        let mut links = links.iter().peekable();
        let mut rest = self.text;
        while let Some(first) = rest.chars().next() {
            let start = self.text.len() - rest.len();
            while links.next_if(|link| link.end <= start).is_some() {}
            let linked = links.peek().filter(|link| link.start <= start);
            let (kind, length) = match linked {
                Some(link) if !first.is_whitespace() => link_or_word(rest, link.end - start),
                _ => token(first, rest),
            };
            let range = start..start + length;
            let kind = kind.filter(|_| !is_stray_emphasis(rest));
            if let Some(kind) = kind {
                self.push(kind, range);
            }
            rest = rest.get(length..).unwrap_or_default();
        }
    }

    fn push(&mut self, kind: WordKind, range: Range<usize>) {
        let from = self.folded.len();
        if let (WordKind::Capital | WordKind::Small | WordKind::Number, Some(word)) =
            (kind, self.text.get(range.clone()))
        {
            fold_into(&mut self.folded, word);
        }
        let folded = self.folded.get(from..).unwrap_or_default();
        self.list.push(Word {
            range,
            kind,
            classes: languages::classes(folded),
            folded: from..self.folded.len(),
            emphasised: false,
            quoted: false,
            depth: 0,
            closes: None,
        });
    }

    fn mark_emphasis(&mut self, emphasis: &[Range<usize>]) {
        let mut spans = emphasis.iter().peekable();
        for word in &mut self.list {
            while spans.next_if(|span| span.end <= word.range.start).is_some() {}
            word.emphasised = spans
                .peek()
                .is_some_and(|span| span.start <= word.range.start);
        }
    }

    /// Pairs brackets and quotation marks. What has no partner encloses nothing.
    fn pair_brackets(&mut self) {
        let mut open: Vec<(char, usize)> = Vec::new();
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for at in 0..self.list.len() {
            let Some(WordKind::Mark(mark)) = self.kind(at) else {
                continue;
            };
            if mark == PARAGRAPH {
                open.clear();
            }
            // A straight quote opens before a word and closes after one, or is an apostrophe.
            let closes_only = mark == '\'' && self.touches_previous(at);
            let opens_only = mark == '\'' && !closes_only;
            // “ closes another only right behind a word: “a “b” is a slip.
            let closes = |opening: char| {
                let is_apart = mark == '“' && opening == mark && !self.touches_previous(at);
                closing_marks(opening).contains(&mark) && !is_apart
            };
            let partner = open.iter().rposition(|(opening, _)| closes(*opening));
            // Only the nearest few can be meant: a bracket that never closes is a slip.
            let near = partner.filter(|place| {
                !opens_only && open.len() - place <= 4 && !self.is_possessive(at, mark)
            });
            if let Some((_, opened)) = near.and_then(|place| {
                let pair = open.get(place).copied();
                open.truncate(place);
                pair
            }) {
                pairs.push((opened, at));
            } else if !closes_only && !closing_marks(mark).is_empty() {
                // Nobody quotes within “…” by “…”: the first is a slip.
                open.retain(|(opening, _)| mark != '“' || *opening != mark);
                open.push((mark, at));
            }
            if open.len() > 32 {
                open.remove(0);
            }
        }
        self.enclose(pairs);
    }

    fn enclose(&mut self, mut pairs: Vec<(usize, usize)>) {
        pairs.sort_unstable();
        let mut pairs = pairs.into_iter().peekable();
        let mut inside: Vec<(usize, bool)> = Vec::new();
        for (at, word) in self.list.iter_mut().enumerate() {
            inside.retain(|(end, _)| *end >= at);
            if let Some((_, end)) = pairs.next_if(|(start, _)| *start == at) {
                let bracket = matches!(word.kind, WordKind::Mark('(' | '['));
                word.closes = Some(end);
                inside.push((end, bracket));
            }
            let brackets = inside.iter().filter(|(_, bracket)| *bracket).count();
            word.depth = u16::try_from(brackets).unwrap_or(u16::MAX);
            word.quoted = inside.len() > brackets;
        }
    }
}

impl Words<'_> {
    /// Whether the mark is the apostrophe of "Citizens’ Media" rather than a closing quotation mark:
    /// another one closes further on.
    fn is_possessive(&self, at: usize, mark: char) -> bool {
        const WITHIN: usize = 40;
        let is_behind_s =
            self.touches_previous(at) && self.folded(at.wrapping_sub(1)).ends_with('s');
        let goes_on = self.is_word(at + 1) && !self.touches_previous(at + 1);
        let is_quote = |at: &usize| self.is_one_of_marks(*at, &['‘', '’', '\'', PARAGRAPH]);
        let is_closing = |at: usize| {
            self.is_mark(at, mark) && self.touches_previous(at) && !self.is_word(at + 1)
        };
        matches!(mark, '’' | '\'')
            && is_behind_s
            && goes_on
            && (at + 1..at + WITHIN).find(is_quote).is_some_and(is_closing)
    }
}

/// The marks that close what this one opens.
fn closing_marks(opening: char) -> &'static [char] {
    match opening {
        '(' => &[')'],
        '[' => &[']'],
        '“' | '‟' => &['”', '“'],
        '„' => &['”', '“', '"'],
        '‘' | '‚' => &['’', '‘'],
        '«' => &['»'],
        '»' => &['«'],
        '‹' => &['›'],
        '›' => &['‹'],
        '"' => &['"'],
        '\'' => &['\'', '’'],
        _ => &[],
    }
}

/// The words of a link are words, unless they are an address.
fn link_or_word(rest: &str, length: usize) -> (Option<WordKind>, usize) {
    let length = length.min(rest.len());
    let shown = rest.get(..length).unwrap_or_default();
    let is_address =
        shown.contains("://") || shown.starts_with("www.") || shown.contains("doi.org");
    match rest.chars().next() {
        Some(first) if !is_address => token(first, rest),
        _ => (Some(WordKind::Link), length.max(1)),
    }
}

/// The kind and the length in bytes of what the text begins with; no kind for a space.
fn token(first: char, rest: &str) -> (Option<WordKind>, usize) {
    if first == PARAGRAPH {
        (Some(WordKind::Mark(first)), first.len_utf8())
    } else if first.is_whitespace() {
        (None, first.len_utf8())
    } else if first.is_alphabetic() {
        if let Some(length) = address_length(rest) {
            return (Some(WordKind::Link), length);
        }
        let kind = if first.is_lowercase() {
            WordKind::Small
        } else {
            WordKind::Capital
        };
        (Some(kind), word_length(rest))
    } else if first.is_ascii_digit() {
        if let Some(length) = identifier_length(rest) {
            return (Some(WordKind::Link), length);
        }
        let length = rest.find(|c: char| !c.is_alphanumeric());
        (Some(WordKind::Number), length.unwrap_or(rest.len()))
    } else if rest.starts_with(",,")
        && rest
            .chars()
            .nth(2)
            .is_some_and(|next| next.is_alphabetic() || next == '.')
    {
        // „Arisierung“, as typewriters have it: ,,Arisierung"
        (Some(WordKind::Mark('„')), 2)
    } else if let Some(place) = rest.get(first.len_utf8()..).filter(|_| is_elision(rest)) {
        (
            Some(WordKind::Capital),
            first.len_utf8() + word_length(place),
        )
    } else {
        (Some(WordKind::Mark(first)), first.len_utf8())
    }
}

/// Whether a place begins here whose article is cut down to a letter: "'s-Gravenhage".
fn is_elision(rest: &str) -> bool {
    let behind = rest.strip_prefix(['\'', '’', '‘']);
    let place = behind.and_then(|rest| rest.strip_prefix("s-"));
    place.is_some_and(|place| place.starts_with(char::is_uppercase))
}

/// Whether an asterisk begins here that was meant to set words in italics: "*Id. *at 387", but no
/// "*1" of a slip opinion.
fn is_stray_emphasis(rest: &str) -> bool {
    let behind = rest.strip_prefix('*');
    behind.is_some_and(|behind| !behind.starts_with(|c: char| c.is_ascii_digit()))
}

/// How many bytes of a web address the text begins with.
fn address_length(rest: &str) -> Option<usize> {
    let begins = ["http://", "https://", "www.", "doi:10."]
        .iter()
        .any(|start| rest.starts_with(start));
    if !begins {
        return None;
    }
    let end = rest
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | '»'))
        .unwrap_or(rest.len());
    let address = rest.get(..end)?;
    Some(
        address
            .trim_end_matches(['.', ',', ';', ':', ')', ']'])
            .len(),
    )
}

/// How many bytes of a DOI or of a number at arXiv the text begins with: "10.1111/jcms.12345",
/// "1802.01168v2". Its digits are no years.
fn identifier_length(rest: &str) -> Option<usize> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(rest);
    let after = rest.get(first..)?.strip_prefix('.')?;
    let second = digits(after);
    let behind = after.get(second..)?;
    if first == 2 && rest.starts_with("10") && (4..=9).contains(&second) && behind.starts_with('/')
    {
        let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | '»');
        let length = rest.find(ends).unwrap_or(rest.len());
        let doi = rest.get(..length)?;
        return Some(doi.trim_end_matches(['.', ',', ';', ':', ')', ']']).len());
    }
    let is_arxiv = first == 4 && (4..=5).contains(&second) && !behind.starts_with('/');
    let version = behind
        .strip_prefix('v')
        .map_or(0, |version| match digits(version) {
            0 => 0,
            digits => digits + 1,
        });
    is_arxiv.then_some(first + 1 + second + version)
}

/// A word goes on through letters, digits, and a hyphen or an apostrophe between two letters.
fn word_length(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '-' | '\'' | '’' | '‐' | '‑' | 'ʼ');
        let goes_on = c.is_alphanumeric()
            || unicode_normalization::char::is_combining_mark(c)
            || (joins && chars.peek().is_some_and(|(_, next)| next.is_alphabetic()));
        if !goes_on {
            return at;
        }
    }
    rest.len()
}
