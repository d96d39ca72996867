//! A paper's text as bookmarks see it: one line, its blanks folded, each byte with its position.
//!
//! Only the author's words count, so that a later opcit that sets its title page differently does
//! not take the paper for another; and any blank is one space, so that a paper whose lines are
//! wrapped anew is still the same text.

use std::sync::OnceLock;

use super::index::GramIndex;
use crate::paper::{Block, BlockId, FlatText, Kind, Paper, Passage, Position};

/// The text that anchors are made of and looked for in. Places in it are bytes from its start.
#[derive(Debug, Clone, Default)]
pub struct AnchorText {
    flat: FlatText,
    hash: String,
    /// Where the blocks begin that have words, in order.
    blocks: Vec<usize>,
    /// By place.
    sections: Vec<SectionStart>,
    /// Made when there is much to look for.
    index: OnceLock<GramIndex>,
}

/// Where a section begins.
#[derive(Debug, Clone, Default)]
pub(super) struct SectionStart {
    place: usize,
    pub(super) id: String,
    pub(super) title: String,
}

impl AnchorText {
    /// Reads the words of a paper; costs one pass over it.
    #[must_use]
    pub fn new(paper: &Paper) -> Self {
        let mut text = AnchorText {
            flat: FlatText::starting_at(0, paper.bytes()),
            ..AnchorText::default()
        };
        for (index, block) in paper.blocks.iter().enumerate() {
            text.flat.register_block(BlockId(index), block);
            if !matches!(block.kind, Kind::Imprint | Kind::Backlinks) {
                text.push_block(block);
            }
        }
        text.flat.shrink_to_fit();
        text.blocks.shrink_to_fit();
        text.hash = hash(text.words());
        text.sections = headings(paper, &text);
        text
    }

    /// What tells this text from any other: 16 hexadecimal figures of its BLAKE3.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The text itself, blocks parted by a space.
    #[must_use]
    pub fn words(&self) -> &str {
        self.flat.text()
    }

    /// How far into the text a position lies, from 0 to 1.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "a share needs no more than 52 bits"
    )]
    pub fn progress(&self, position: Position) -> f64 {
        let whole = self.words().len().max(1);
        self.place_of(position) as f64 / whole as f64
    }

    /// The position so far into the text, the share going from 0 to 1.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the product lies between 0 and the length of the text"
    )]
    pub fn position_at_progress(&self, share: f64) -> Position {
        let place = self.words().len() as f64 * share.clamp(0.0, 1.0);
        self.position_of(place as usize)
    }

    /// Where words stand, for those who look for many.
    pub(super) fn index(&self) -> &GramIndex {
        self.index
            .get_or_init(|| GramIndex::new(self.words().as_bytes()))
    }

    /// The words from one place to another, put back to characters' starts.
    pub(super) fn slice(&self, start: usize, end: usize) -> &str {
        let start = self.floor(start);
        let end = self.floor(end).max(start);
        self.words().get(start..end).unwrap_or_default()
    }

    /// Where the character begins that the place lies in.
    pub(super) fn floor(&self, place: usize) -> usize {
        self.flat.floor(place)
    }

    /// Where the word begins that the place lies in or right before.
    pub(super) fn word_start(&self, place: usize) -> usize {
        let before = self.slice(0, place);
        before.rfind(' ').map_or(0, |blank| blank + 1)
    }

    /// The passage between two places.
    pub(super) fn passage(&self, start: usize, end: usize) -> Passage {
        Passage {
            start: self.position_of(start),
            end: self.position_of(end),
        }
    }

    /// Where a position lies; in a block without words of the author's, the place after it.
    pub(super) fn place_of(&self, position: Position) -> usize {
        self.flat.place_of(position)
    }

    /// The position of a place.
    pub(super) fn position_of(&self, place: usize) -> Position {
        self.flat.position_of(self.floor(place))
    }

    /// Where the block ends that the place lies in.
    pub(super) fn block_end(&self, place: usize) -> usize {
        let next = self.blocks.partition_point(|start| *start <= place);
        self.blocks
            .get(next)
            .map_or(self.words().len(), |start| start.saturating_sub(1))
    }

    /// Where the block begins that the place lies in, or right behind.
    pub(super) fn block_start(&self, place: usize) -> usize {
        let next = self.blocks.partition_point(|start| *start <= place);
        let here = next.checked_sub(1).and_then(|last| self.blocks.get(last));
        here.copied().unwrap_or_default()
    }

    /// Whether another block than the one that begins at a place begins with the same words, up to
    /// `end`.
    pub(super) fn begins_elsewhere(&self, start: usize, end: usize) -> bool {
        let words = self.slice(start, end);
        let mut others = self.blocks.iter().filter(|other| **other != start);
        others.any(|other| {
            let rest = self.words().get(*other..);
            rest.is_some_and(|rest| rest.starts_with(words))
        })
    }

    /// Whether another block than the one that ends at a place ends with the same words, from
    /// `start` on.
    pub(super) fn ends_elsewhere(&self, start: usize, end: usize) -> bool {
        let words = self.slice(start, end);
        let mut others = self.blocks.iter().map(|other| self.block_end(*other));
        others.any(|other| {
            let before = self.words().get(..other).filter(|_| other != end);
            before.is_some_and(|before| before.ends_with(words))
        })
    }

    /// What tells the words from a place to the end of its block from any others.
    pub(super) fn hash_to_the_end(&self, place: usize) -> String {
        hash(self.slice(place, self.block_end(place)))
    }

    /// The section that a place lies in.
    pub(super) fn section_at(&self, place: usize) -> Option<&SectionStart> {
        let after = self
            .sections
            .partition_point(|heading| heading.place <= place);
        self.sections.get(after.checked_sub(1)?)
    }

    /// Titles of the first sections, by which a paper is known again.
    pub(super) fn headings(&self) -> impl Iterator<Item = &str> {
        let titles = self.sections.iter().map(|heading| heading.title.as_str());
        titles.filter(|title| !title.is_empty())
    }

    fn push_block(&mut self, block: &Block) {
        if is_folded(&block.text) {
            // As most blocks are: nothing comes in between.
            let separator = if self.words().is_empty() { "" } else { " " };
            self.flat.replace_up_to(block.start, separator);
            self.blocks.push(self.words().len());
            return self.flat.copy(&block.text);
        }
        let mut start = block.start;
        let mut begins = true;
        for piece in block.text.split_inclusive(char::is_whitespace) {
            let word = piece.trim_end();
            if !word.is_empty() {
                let separator = if self.words().is_empty() { "" } else { " " };
                self.flat.replace_up_to(start, separator);
                self.blocks.extend(begins.then_some(self.words().len()));
                self.flat.copy(word);
                begins = false;
            }
            start += piece.len();
        }
    }
}

/// Whether the text has words, no blanks around them, and none between them but single spaces.
fn is_folded(text: &str) -> bool {
    let bytes = text.as_bytes();
    let behind = |nth| bytes.get(nth..).unwrap_or_default();
    let ends_blank = |byte: Option<&u8>| byte.is_none_or(|byte| *byte <= b' ');
    if ends_blank(bytes.first()) || ends_blank(bytes.last()) {
        return false;
    }
    // No branch at any byte, so that a processor looks at many at a time.
    let pairs = bytes.iter().zip(behind(1));
    let odd = pairs.fold(false, |odd, (one, two)| odd | is_odd_pair(*one, *two));
    let threes = bytes.iter().zip(behind(1)).zip(behind(2));
    let odd = threes.fold(odd, |odd, ((one, two), three)| {
        odd | is_long_blank(*one, *two, *three)
    });
    !odd
}

/// Whether two bytes are spaces, or the first of them, or both, are another blank.
fn is_odd_pair(one: u8, two: u8) -> bool {
    let is_control = one < b' ';
    let is_latin = (one == 0xc2) & ((two == 0x85) | (two == 0xa0));
    let are_spaces = (one == b' ') & (two == b' ');
    is_control | is_latin | are_spaces
}

/// Whether three bytes are a blank of Unicode's.
fn is_long_blank(one: u8, two: u8, three: u8) -> bool {
    let is_general = (three <= 0x8a) | (three == 0xa8) | (three == 0xa9) | (three == 0xaf);
    let is_ogham = (one == 0xe1) & (two == 0x9a) & (three == 0x80);
    let is_mathematical = (one == 0xe2) & (two == 0x81) & (three == 0x9f);
    let is_ideographic = (one == 0xe3) & (two == 0x80) & (three == 0x80);
    ((one == 0xe2) & (two == 0x80) & is_general) | is_ogham | is_mathematical | is_ideographic
}

/// Words with every run of blanks as one space and none at the ends, as in a [`AnchorText`].
pub(super) fn folded(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// 16 hexadecimal figures that tell this string from any other.
pub(super) fn hash(words: &str) -> String {
    let hex = blake3::hash(words.as_bytes()).to_hex();
    hex.chars().take(16).collect()
}

fn headings(paper: &Paper, text: &AnchorText) -> Vec<SectionStart> {
    let sections = paper.sections.iter();
    let headings = sections.map(|section| SectionStart {
        place: text.place_of(Position::start_of(BlockId(section.blocks.start))),
        id: section.id.clone(),
        title: folded(&section.title),
    });
    headings.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::formats::markdown::parse;

    fn text(source: &str) -> AnchorText {
        AnchorText::new(&parse(source).paper)
    }

    #[test]
    fn wrapping_a_paper_anew_leaves_its_text_as_it_is() {
        let one = text("# One\n\nAll the words of\na paragraph.\n\nMore.");
        let other = text("# One\n\nAll the\nwords of a paragraph.\n\nMore.");
        assert_eq!(one.hash(), other.hash());
        assert_eq!(one.words(), "One All the words of a paragraph. More.");
    }

    #[test]
    fn every_blank_but_a_single_space_is_seen() {
        for char in char::MIN..=char::MAX {
            let is_odd = char.is_whitespace() || char < ' ';
            for text in [format!("a{char}b"), format!("é{char}”")] {
                assert_eq!(is_folded(&text), !is_odd || char == ' ', "{text:?}");
            }
            for text in [format!("a{char}"), format!("{char}b")] {
                assert_eq!(is_folded(&text), !is_odd, "{text:?}");
            }
        }
        assert!(is_folded("a b") && !is_folded("a  b") && !is_folded(""));
    }

    #[test]
    fn blanks_of_any_kind_and_number_are_one_space() {
        let paper = parse("a\u{a0}b\u{2009}\u{3000}c\n\n```\nd\n\n  e\n```\n\nf").paper;
        let text = AnchorText::new(&paper);
        assert_eq!(text.words(), "a b c d e f");
        let last = paper.blocks.iter().position(|block| block.text == "f");
        let place = Position::start_of(BlockId(last.unwrap()));
        assert_eq!(text.place_of(place), "a b c d e ".len());
    }

    #[test]
    fn a_block_without_words_lies_at_the_next_one() {
        let paper = parse("One.\n\n---\n\nTwo.").paper;
        let rule = paper
            .blocks
            .iter()
            .position(|block| block.kind == Kind::Rule);
        let text = AnchorText::new(&paper);
        let place = text.place_of(Position::start_of(BlockId(rule.unwrap())));
        assert_eq!(text.words().get(place..), Some("Two."));
    }

    #[test]
    fn a_paper_of_no_words_has_one_place() {
        let text = text("");
        assert_eq!(text.position_of(9), Position::default());
        assert_eq!(text.place_of(Position::default()), 0);
        assert_eq!(text.block_end(0), 0);
    }

    proptest! {
        #[test]
        fn a_place_is_found_again_from_its_position(
            source in "([a-zäß€]{1,6}[ \n]{0,3}|# |> |```\n|  \n|\n\n){0,30}",
            at in 0_usize..200,
        ) {
            let text = text(&source);
            let place = text.floor(at);
            prop_assert_eq!(text.place_of(text.position_of(place)), place);
        }
    }
}
