//! Sifting: telling fast which of many texts may hold a pattern, without the papers that they are of.
//!
//! A sifted text is a paper's folded text without regard to case. It can be kept, and looked through
//! as bytes; what was lost in it is kept beside it, so that the paper's text can be made of both.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

use memchr::memmem::{self, Finder};
use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

use super::fold::Accents;
use super::index::SearchIndex;
use super::query::Query;
use crate::paper::Paper;

/// A paper's text in the form that a [`Sieve`] looks through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiftedText {
    /// Folded, without regard to case; a line is a block.
    pub text: String,
    /// What makes the paper's text of it; see [`SiftedText::restored`].
    pub lost: Vec<u8>,
}

impl SiftedText {
    /// Sifts the text of a paper, in one pass over it.
    #[must_use]
    pub fn new(paper: &Paper) -> Self {
        let index = SearchIndex::in_chunks_of(paper, usize::MAX);
        let Some(chunk) = index.chunk(0) else {
            return SiftedText::default();
        };
        let flat = chunk.folded(paper, Accents::Dropped).flat();
        let source = whole_text(paper);
        let not_authors = paper.blocks.iter().filter(|block| !block.is_authors());
        let set_by_opcit: HashSet<usize> = not_authors.map(|block| block.start).collect();
        let mut sifting = Sifting::default();
        let (mut at, mut from) = (0, 0);
        for (folded, original) in flat.changes() {
            sifting.run(
                piece(flat.text(), at..folded.start),
                piece(&source, from..original.start),
            );
            let is_set = folded.is_empty() && set_by_opcit.contains(&original.start);
            if !is_set {
                sifting.replace(
                    piece(flat.text(), folded.clone()),
                    piece(&source, original.clone()),
                );
            }
            (at, from) = (folded.end, original.end);
        }
        sifting.run(
            piece(flat.text(), at..flat.text().len()),
            piece(&source, from..source.len()),
        );
        sifting.sifted
    }

    /// The paper's text that a sifted text is of, each block with a line end behind it, and nothing of
    /// what opcit sets itself; none if the two do not belong together.
    #[must_use]
    pub fn restored(text: &str, lost: &[u8]) -> Option<String> {
        let mut restored = String::with_capacity(text.len() + lost.len());
        let (mut rest, mut lost) = (text, lost);
        while !lost.is_empty() {
            let number = take_number(&mut lost)?;
            let (kept, after) = rest.split_at_checked(number >> 1)?;
            restored.push_str(kept);
            if number & 1 == 0 {
                let letter = after.chars().next()?;
                restored.push(letter.to_ascii_uppercase());
                rest = after.get(letter.len_utf8()..)?;
            } else {
                rest = after.get(take_number(&mut lost)?..)?;
                let bytes = take_number(&mut lost)?;
                let (original, behind) = lost.split_at_checked(bytes)?;
                restored.push_str(str::from_utf8(original).ok()?);
                lost = behind;
            }
        }
        restored.push_str(rest);
        Some(restored)
    }
}

fn piece(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// The text of all blocks, each with a line end behind it.
fn whole_text(paper: &Paper) -> String {
    let mut text = String::with_capacity(paper.bytes());
    for block in &paper.blocks {
        text.push_str(&block.text);
        text.push('\n');
    }
    text
}

/// A text on its way through the sieve.
#[derive(Debug, Default)]
struct Sifting {
    sifted: SiftedText,
    /// How many bytes have gone through as they are since something was noted as lost.
    kept: usize,
}

impl Sifting {
    /// Folded text whose characters are, one for one, as long as those of the original.
    fn run(&mut self, folded: &str, original: &str) {
        for (letter, whole) in folded.chars().zip(original.chars()) {
            let sifted = caseless(letter);
            if sifted == whole {
                self.sifted.text.push(sifted);
                self.kept += sifted.len_utf8();
            } else if sifted.is_ascii() && sifted.to_ascii_uppercase() == whole {
                self.note(false);
                self.sifted.text.push(sifted);
            } else {
                self.lose(sifted.len_utf8(), whole.encode_utf8(&mut [0; 4]));
                self.sifted.text.push(sifted);
            }
        }
    }

    /// Folded text that stands for another stretch of the original.
    fn replace(&mut self, folded: &str, original: &str) {
        let sifted: String = folded.chars().map(caseless).collect();
        self.lose(sifted.len(), original);
        self.sifted.text.push_str(&sifted);
    }

    /// Notes that so many bytes to come stand for an original.
    fn lose(&mut self, bytes: usize, original: &str) {
        self.note(true);
        push_number(bytes, &mut self.sifted.lost);
        push_number(original.len(), &mut self.sifted.lost);
        self.sifted.lost.extend_from_slice(original.as_bytes());
    }

    /// Notes how many bytes were kept, and whether what comes is replaced or only a capital.
    fn note(&mut self, is_replaced: bool) {
        let number = (std::mem::take(&mut self.kept) << 1) | usize::from(is_replaced);
        push_number(number, &mut self.sifted.lost);
    }
}

/// Appends a number, seven bits to a byte, the last without the eighth.
fn push_number(mut number: usize, bytes: &mut Vec<u8>) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        bytes.push(if number == 0 { low } else { low | 0x80 });
        if number == 0 {
            return;
        }
    }
}

fn take_number(bytes: &mut &[u8]) -> Option<usize> {
    let (mut number, mut shift) = (0_usize, 0);
    loop {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        let low = usize::from(first & 0x7f);
        number |= low
            .checked_shl(shift)
            .filter(|moved| moved >> shift == low)?;
        shift += 7;
        if first & 0x80 == 0 {
            return Some(number);
        }
    }
}

/// One letter for all those that an expression takes for each other when it ignores case.
fn caseless(letter: char) -> char {
    if letter.is_ascii() {
        return letter.to_ascii_lowercase();
    }
    static LEAST: OnceLock<HashMap<char, char>> = OnceLock::new();
    let least = LEAST.get_or_init(|| {
        let has_case = |letter: &char| {
            !letter.to_lowercase().eq([*letter]) || !letter.to_uppercase().eq([*letter])
        };
        let letters = ('\u{80}'..=char::MAX).filter(has_case);
        letters
            .map(|letter| (letter, least_of_case(letter)))
            .collect()
    });
    least.get(&letter).copied().unwrap_or(letter)
}

/// The same for a letter that is not ASCII: of its letters the one in ASCII in lower case, else the
/// first.
fn least_of_case(letter: char) -> char {
    let mut class = ClassUnicode::new([ClassUnicodeRange::new(letter, letter)]);
    // It fails only where the tables are left out, and they are not.
    let _ = class.try_case_fold_simple();
    let first = class.iter().next().map_or(letter, ClassUnicodeRange::start);
    first.to_ascii_lowercase()
}

/// What a sifted text must hold so that a pattern may be found in its paper.
#[derive(Debug, Clone)]
pub struct Sieve {
    /// One of these; none where nothing can be told without searching.
    needles: Option<Vec<Finder<'static>>>,
}

impl Sieve {
    /// Whether the pattern may be found in the paper that a text was sifted of. If not, it is not
    /// there. Looks through gigabytes in a second.
    #[must_use]
    pub fn may_hold(&self, sifted: &[u8]) -> bool {
        let Some(needles) = &self.needles else {
            return true;
        };
        needles.iter().any(|needle| needle.find(sifted).is_some())
    }
}

impl Query {
    /// What tells fast that the pattern is not in a text.
    #[must_use]
    pub fn sieve(&self) -> Sieve {
        let needles = self.literals().map(|literals| {
            let sifted = literals.iter().map(|literal| {
                let sifted: String = literal.chars().map(caseless).collect();
                memmem::Finder::new(&sifted).into_owned()
            });
            sifted.collect()
        });
        Sieve { needles }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::formats::markdown::parse;
    use crate::search::{Mode, find};

    /// Letters that fold to others, to several, or to nothing, or are alike but for their case.
    const TEXT: &str = "([a-eA-E]|[ßæÉéﬁ…“‘—İ ЙйвВᲀκΚſẞ]|e\u{301}|\u{ad}|か\u{3099}|\\^2\\^|<sup>2</sup>|\n\n|\\[\\^1\\]){0,60}";

    /// What is restored of a paper.
    fn authors_text(paper: &Paper) -> String {
        let texts = paper.blocks.iter().map(|block| {
            if block.is_authors() {
                format!("{}\n", block.text)
            } else {
                "\n".to_owned()
            }
        });
        texts.collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_text_is_restored_from_what_was_sifted(text in TEXT) {
            let paper = parse(&format!("{text}\n\n[^1]: Note\n")).paper;
            let sifted = SiftedText::new(&paper);
            prop_assert_eq!(
                SiftedText::restored(&sifted.text, &sifted.lost),
                Some(authors_text(&paper))
            );
        }

        #[test]
        fn what_is_found_in_a_paper_is_never_sifted_out(
            text in TEXT, pattern in "[a-eA-EéÉß. вВйᲀκſs^2]{1,3}",
        ) {
            let paper = parse(&text).paper;
            let sifted = SiftedText::new(&paper);
            for mode in [Mode::Plain, Mode::Regex] {
                let Ok(query) = Query::parse(&pattern, mode) else { continue };
                let is_there = !find(&paper, query.clone()).is_empty();
                let may_be = query.sieve().may_hold(sifted.text.as_bytes());
                prop_assert!(may_be || !is_there, "{:?} of {:?}", pattern, sifted.text);
            }
        }

        #[test]
        fn what_does_not_belong_together_is_refused_or_restored(text in "[a-c“]{0,9}", lost: Vec<u8>) {
            let _ = SiftedText::restored(&text, &lost);
        }
    }

    #[test]
    fn letters_that_a_search_takes_for_each_other_are_sifted_alike() {
        for letters in ["вВᲀ", "kK\u{212A}", "sSſ", "θΘϴ"] {
            let sifted: Vec<char> = letters.chars().map(caseless).collect();
            assert!(sifted.iter().all(|one| *one == sifted[0]), "{letters}");
        }
    }

    #[test]
    fn a_word_that_is_not_there_is_told_without_a_search() {
        let paper = parse("Nobody keeps a line number.").paper;
        let sifted = SiftedText::new(&paper);
        let holds = |pattern: &str, mode| {
            let query = Query::parse(pattern, mode).unwrap();
            query.sieve().may_hold(sifted.text.as_bytes())
        };
        assert!(holds("NOBODY", Mode::Plain));
        assert!(!holds("somebody", Mode::Plain));
        assert!(!holds("somebody (keeps|kept)", Mode::Regex));
        assert!(holds("no(body|one) keeps", Mode::Regex));
        assert!(!holds("\u{ad}", Mode::Plain), "it is searched for nowhere");
    }
}
