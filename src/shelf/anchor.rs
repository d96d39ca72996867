//! Anchors: what is written down about a place, so that it can be found in a changed text.
//!
//! The words themselves and those around them, as in the W3C's TextQuoteSelector; what tells whether
//! the rest of their block has changed; the section; the place in the text they were taken from;
//! and how near any other passage came to being taken for this one, which later tells how much
//! change may be believed.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::find::{self, Effort};
use super::passage::PassageEnd;
use super::text::AnchorText;
use crate::layout::ruler;
use crate::paper::{Position, clean};

/// How many bytes of words an anchor holds at most.
pub(super) const MAX_QUOTE_BYTES: usize = 160;

/// How many characters before the words, and after them, it holds.
const AROUND: usize = 32;

/// Bytes of a text in which rivals are looked for, and words of which too much has changed, which
/// takes a tenth of a second. In a longer text it would hold up the key that sets a bookmark.
pub(super) const MAX_SEARCHED_BYTES: usize = 16 << 20;

/// A place in a text, told by its words. Places and lengths are bytes of a [`AnchorText`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Anchor {
    /// The words that stand there, to the end of the block or up to 160 bytes. Empty if the place
    /// is where a text or a block ends.
    pub quote: String,
    /// Whether the block goes on after the words, which are then as many as there was room for.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub goes_on: bool,
    /// The hash of all that stands from the words' beginning to the end of their block, if it goes
    /// on after them; none if the anchor is older than this, or another program's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_the_end: Option<String>,
    /// Up to 32 characters before.
    pub prefix: String,
    /// Up to 32 characters after.
    pub suffix: String,
    /// What links call the section; empty before the first.
    pub section: String,
    /// The section's title.
    pub heading: String,
    /// Where the words begin.
    pub start: usize,
    /// The hash of the text that they were taken from; empty if another program took them.
    pub text: String,
    /// How near any other passage of that text came; none if no other could be meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rivals: Option<Rivals>,
    /// Of a passage longer than the words: its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<Box<PassageEnd>>,
    /// What a later version keeps here.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// How near the other passages of a text come to an anchor's own: edits, in bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rivals {
    /// The nearest by its words.
    pub words: usize,
    /// The nearest by its words and what stands around them.
    pub whole: usize,
}

impl Anchor {
    /// Takes down a position.
    #[must_use]
    pub fn at(text: &AnchorText, position: Position) -> Self {
        Self::at_within(text, position, &Effort::new())
    }

    /// The same, with a bound on what many of them take together.
    pub(super) fn at_within(text: &AnchorText, position: Position, effort: &Effort) -> Self {
        let start = text.place_of(position);
        let end = words_end(text, start);
        let goes_on = end < text.block_end(start);
        Anchor {
            goes_on,
            to_the_end: goes_on.then(|| text.hash_to_the_end(start)),
            ..Self::from_words(text, start, end, effort)
        }
    }

    /// Takes down the words between two places.
    pub(super) fn from_words(text: &AnchorText, start: usize, end: usize, effort: &Effort) -> Self {
        let mut anchor = Self::around(text, start, end);
        anchor.rivals = rivals(&anchor, text, MAX_SEARCHED_BYTES, effort);
        anchor
    }

    /// How the words begin, for a label: up to `most` characters, cut between two words, or in a
    /// long one between two letters.
    #[must_use]
    pub fn first_words(&self, most: usize) -> String {
        let head = whole_letters(&self.quote, most, |letter| letter.chars().count());
        if head.len() == self.quote.len() {
            return self.quote.clone();
        }
        let whole = head.rsplit_once(' ').map_or(head, |(whole, _)| whole);
        format!("{whole}…")
    }

    /// Without what must not reach a terminal: the file may come from anywhere.
    pub(super) fn cleaned(mut self) -> Self {
        for text in [
            &mut self.quote,
            &mut self.prefix,
            &mut self.suffix,
            &mut self.section,
            &mut self.heading,
        ] {
            clean_in_place(text);
        }
        self.end = self.end.map(|end| Box::new(end.cleaned()));
        self
    }

    fn around(text: &AnchorText, start: usize, end: usize) -> Self {
        let section = text.section_at(start).cloned().unwrap_or_default();
        let (before, after) = text.words().split_at_checked(start).unwrap_or_default();
        let after = after.get(end - start..).unwrap_or_default();
        let from = before.char_indices().rev().take(AROUND).last();
        let from = from.map_or(before.len(), |(from, _)| from);
        Anchor {
            quote: text.slice(start, end).to_owned(),
            goes_on: false,
            to_the_end: None,
            // A joiner that the cut leaves alone would not come back from the file.
            prefix: clean(before.get(from..).unwrap_or_default()).into_owned(),
            suffix: clean(&after.chars().take(AROUND).collect::<String>()).into_owned(),
            section: section.id,
            heading: section.title,
            start,
            text: text.hash().to_owned(),
            rivals: None,
            end: None,
            rest: Map::new(),
        }
    }
}

/// How near other passages come, if the text has no more than so many bytes; in a longer one it
/// is taken for the worst, that the very words stand elsewhere too.
fn rivals(anchor: &Anchor, text: &AnchorText, most: usize, effort: &Effort) -> Option<Rivals> {
    if text.words().len() <= most {
        find::rivals(anchor, text, effort)
    } else {
        Some(Rivals::default())
    }
}

/// Where the words of an anchor end: with the block, or with a word.
fn words_end(text: &AnchorText, start: usize) -> usize {
    let end = text.block_end(start).max(start);
    if end - start <= MAX_QUOTE_BYTES {
        return end;
    }
    let words = text.slice(start, start + MAX_QUOTE_BYTES);
    let cut = words.rfind(' ').filter(|cut| *cut > 0);
    let whole = || match whole_letters(text.slice(start, end), MAX_QUOTE_BYTES, str::len) {
        "" => words.len(),
        letters => letters.len(),
    };
    start + cut.unwrap_or_else(whole)
}

/// The start of a text as far as it has whole letters of up to so much in all. What a cut leaves of
/// a letter of several signs would be cleaned away when it is read again.
pub(super) fn whole_letters(text: &str, most: usize, measure: impl Fn(&str) -> usize) -> &str {
    let mut taken = 0;
    let fitting = ruler::graphemes(text).take_while(|letter| {
        taken += measure(letter);
        taken <= most
    });
    let bytes = fitting.map(str::len).sum();
    text.get(..bytes).unwrap_or(text)
}

/// Takes out of a text what must not reach a terminal. Most texts have nothing of that kind, and
/// are not copied.
pub(super) fn clean_in_place(text: &mut String) {
    if let Cow::Owned(cleaned) = clean(text) {
        *text = cleaned;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::markdown::parse;
    use crate::paper::BlockId;

    /// The anchor of the place where these words begin.
    fn anchor(source: &str, words: &str) -> Anchor {
        let text = AnchorText::new(&parse(source).paper);
        let place = text.words().find(words).unwrap();
        Anchor::at(&text, text.position_of(place))
    }

    #[test]
    fn an_anchor_holds_the_words_and_what_stands_around_them() {
        let source = "# One\n\nFirst words.\n\nSecond words.\n\nThird words.";
        let anchor = anchor(source, "Second");
        assert_eq!(anchor.quote, "Second words.");
        assert_eq!(anchor.prefix, "One First words. ");
        assert_eq!(anchor.suffix, " Third words.");
        assert_eq!(anchor.heading, "One");
    }

    #[test]
    fn long_words_are_cut_between_two_of_them() {
        let anchor = anchor(&"word ".repeat(100), "word");
        assert_eq!(anchor.quote.len(), 159);
        assert!(anchor.quote.ends_with("word"));
    }

    #[test]
    fn a_word_longer_than_an_anchor_is_cut_between_characters() {
        let anchor = anchor(&"ß".repeat(1_000), "ß");
        assert_eq!(anchor.quote.len(), MAX_QUOTE_BYTES);
    }

    #[test]
    fn first_words_end_with_a_word() {
        let anchor = anchor("The quick brown fox", "The");
        assert_eq!(anchor.first_words(12), "The quick…");
        assert_eq!(anchor.first_words(40), "The quick brown fox");
    }

    #[test]
    fn what_is_cut_is_the_same_when_it_was_written_and_read() {
        let letters = "👩\u{200d}👩\u{200d}👧e\u{301}";
        for before in 0..12 {
            let source = "字".repeat(before) + &letters.repeat(20);
            let anchor = anchor(&source, "");
            assert_eq!(anchor.clone().cleaned().quote, anchor.quote);
            assert!(anchor.quote.len() > MAX_QUOTE_BYTES / 2);
            let within = Anchor::at(
                &AnchorText::new(&parse(&source).paper),
                Position {
                    block: BlockId(0),
                    offset: "字".len() * before + letters.len() * 8,
                },
            );
            assert_eq!(within.clone().cleaned(), within);
            for most in 1..60 {
                let label = anchor.first_words(most);
                assert_eq!(clean(&label), label);
            }
        }
    }

    #[test]
    fn in_a_text_too_long_to_be_searched_words_are_only_believed_where_they_were() {
        let source = "The only needle of its kind.\n\nMuch hay.";
        let text = AnchorText::new(&parse(source).paper);
        let mut anchor = anchor(source, "The only");
        anchor.rivals = rivals(&anchor, &text, 10, &Effort::new());
        assert_eq!(find::find(&anchor, &text).name(), "exact");
        let moved = AnchorText::new(&parse(&format!("Before.\n\n{source}")).paper);
        assert_eq!(find::find(&anchor, &moved).name(), "unsure");
        anchor.rivals = rivals(&anchor, &text, 1000, &Effort::new());
        assert_eq!(find::find(&anchor, &moved).name(), "exact");
    }

    #[test]
    fn an_anchor_knows_how_near_its_nearest_like_is() {
        let source = "Alpha beta gamma delta one.\n\nNothing here is like the others.\n\n\
                      Alpha beta gamma delta two.\n\nAt the very end.";
        let rivals = anchor(source, "Alpha").rivals.unwrap();
        assert_eq!(rivals.words, 3);
        assert!(rivals.words < rivals.whole);
        assert_eq!(anchor(source, "Nothing").rivals, None);
    }
}
