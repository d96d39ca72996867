//! Sources by what tells a work and by the words of their citations, as they are on disk: read
//! without being unpacked, and looked up without being gone through.
//!
//! Behind its lengths it has the keys, each with where its list ends; the words in alphabetic order,
//! each between two line ends; where the list of each word ends; and the lists, of ascending numbers
//! of sources, each packed as its distance from the one before.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use memchr::memchr_iter;
use memchr::memmem::Finder;

use super::seal::{length, take_length};

/// A word that more than one in so many sources have tells none of them. It has a list all the same:
/// others may come that have it not.
const COMMON: usize = 8;

/// A word that no more than so many sources have is never that common.
const FEW: usize = 64;

/// Bytes of a key, and of where its list ends.
const KEY_BYTES: usize = 12;

/// Sources by number; those of a paper follow one another.
#[derive(Debug, Default)]
pub(super) struct SourceIndex {
    bytes: Vec<u8>,
    keys: Range<usize>,
    words: Range<usize>,
    word_ends: Range<usize>,
    lists: Range<usize>,
    sources: usize,
}

/// What the sources of a paper are found by, each by its number in the paper.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct PaperTerms {
    pub(super) sources: usize,
    pub(super) keys: Vec<(u64, usize)>,
    /// The sources that have a word, ascending.
    pub(super) words: HashMap<String, Vec<usize>>,
}

impl PaperTerms {
    /// Adds the next source: its keys, and the folded text of its citation.
    pub(super) fn add(&mut self, keys: impl Iterator<Item = u64>, text: &str) {
        let source = self.sources;
        self.keys.extend(keys.map(|key| (key, source)));
        for word in words_of(text) {
            let sources = match self.words.get_mut(word) {
                Some(sources) => sources,
                None => self.words.entry(word.to_owned()).or_default(),
            };
            if sources.last() != Some(&source) {
                sources.push(source);
            }
        }
        self.sources += 1;
    }
}

/// The words of a folded text: what is between signs.
fn words_of(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|char: char| !char.is_alphanumeric());
    words.filter(|word| !word.is_empty())
}

impl SourceIndex {
    /// The index in the bytes from there on; none if it is none.
    pub(super) fn decode(bytes: Vec<u8>, from: usize) -> Option<Self> {
        let mut rest = bytes.get(from..)?;
        let sources = take_length(&mut rest)?;
        let mut lengths = [0; 4];
        for length in &mut lengths {
            *length = take_length(&mut rest)?;
        }
        let mut at = bytes.len() - rest.len();
        let mut parts = lengths.map(|length| {
            let start = at;
            at = at.saturating_add(length);
            start..at
        });
        let [keys, words, word_ends, lists] = parts.each_mut().map(std::mem::take);
        (at == bytes.len()).then_some(SourceIndex {
            bytes,
            keys,
            words,
            word_ends,
            lists,
            sources,
        })
    }

    /// Bytes of the file that it is in.
    pub(super) fn bytes(&self, range: &Range<usize>) -> &[u8] {
        self.bytes.get(range.clone()).unwrap_or_default()
    }

    /// The sources with a key.
    pub(super) fn with_key(&self, wanted: u64) -> Vec<u32> {
        let keys = self.keys();
        let at = keys.partition_point(|key| key_of(key) < wanted);
        match keys.get(at) {
            Some(key) if key_of(key) == wanted => {
                let before = at.checked_sub(1).and_then(|before| keys.get(before));
                self.list(before.map_or(0, end_of), end_of(key))
            }
            _ => Vec::new(),
        }
    }

    /// The lists of all keys.
    pub(super) fn each_key(&self) -> impl Iterator<Item = (u64, Vec<u32>)> {
        let mut start = 0;
        self.keys().iter().map(move |key| {
            let end = end_of(key);
            let list = self.list(std::mem::replace(&mut start, end), end);
            (key_of(key), list)
        })
    }

    /// The sources whose citations may have all of these folded words, also as parts of longer ones;
    /// none if that tells nothing, since most may.
    pub(super) fn with_words(&self, words: &str) -> Option<Vec<u32>> {
        let needles = words.split_whitespace().flat_map(needles_of);
        let mut lists = needles.filter_map(|needle| self.with_part(&needle));
        let first = lists.next()?;
        Some(lists.fold(first, |mut all, list| {
            all.retain(|source| list.binary_search(source).is_ok());
            all
        }))
    }

    /// The sources that have a word with such a part; none if these are most.
    fn with_part(&self, needle: &str) -> Option<Vec<u32>> {
        let words = self.bytes(&self.words);
        let (mut all, mut last, mut word, mut counted) = (Vec::new(), None, 0, 0);
        for found in Finder::new(needle).find_iter(words) {
            // In the word that begins there, or, at a line end, in the one behind it.
            let found = found + 1;
            let newlines = words.get(counted..found).unwrap_or_default();
            word += memchr_iter(b'\n', newlines).count();
            counted = found;
            let at = word.checked_sub(1)?;
            if last.replace(at) != Some(at) {
                all.extend(self.rare_list(at)?);
            }
            if all.len() > FEW.max(self.sources) {
                return None;
            }
        }
        all.sort_unstable();
        all.dedup();
        Some(all)
    }

    /// The sources with the word of that number; none if it is common.
    fn rare_list(&self, at: usize) -> Option<Vec<u32>> {
        let few = FEW.max(self.sources / COMMON);
        self.word_list(at).filter(|list| list.len() <= few)
    }

    /// The sources with the word of that number; none if there is none.
    fn word_list(&self, at: usize) -> Option<Vec<u32>> {
        let (ends, _) = self.bytes(&self.word_ends).as_chunks::<4>();
        let end = |at: usize| ends.get(at).map(|end| u32::from_le_bytes(*end));
        let keys_end = || self.keys().last().map_or(0, end_of);
        let start = at.checked_sub(1).map_or_else(|| Some(keys_end()), end)?;
        Some(self.list(start, end(at)?))
    }

    fn keys(&self) -> &[[u8; KEY_BYTES]] {
        self.bytes(&self.keys).as_chunks::<KEY_BYTES>().0
    }

    /// What is packed from a byte of the lists to another.
    fn list(&self, start: u32, end: u32) -> Vec<u32> {
        let range = usize::try_from(start).ok().zip(usize::try_from(end).ok());
        let packed = range.and_then(|(start, end)| self.bytes(&self.lists).get(start..end));
        let (mut all, mut number, mut distance, mut shift) = (Vec::new(), 0_u32, 0_u32, 0_u32);
        for byte in packed.unwrap_or_default() {
            let bits = u32::from(byte & 0x7f).checked_shl(shift);
            distance |= bits.unwrap_or_default();
            shift = shift.saturating_add(7);
            if byte & 0x80 == 0 {
                number = number.wrapping_add(distance);
                all.push(number);
                (distance, shift) = (0, 0);
            }
        }
        all
    }
}

fn key_of(key: &[u8; KEY_BYTES]) -> u64 {
    key.first_chunk().map_or(0, |key| u64::from_le_bytes(*key))
}

fn end_of(key: &[u8; KEY_BYTES]) -> u32 {
    key.last_chunk().map_or(0, |end| u32::from_le_bytes(*end))
}

/// What to look for among the words for a citation to have a word: in "10.1234/abc" there is a word
/// that ends with 10, the word 1234, and one that begins with abc.
fn needles_of(word: &str) -> Vec<String> {
    let is_sign = |char: char| !char.is_alphanumeric();
    let mut needles: Vec<String> = Vec::new();
    let mut pieces = word.split(is_sign).peekable();
    let mut before = "";
    while let Some(piece) = pieces.next() {
        let after = if pieces.peek().is_some() { "\n" } else { "" };
        if !piece.is_empty() {
            needles.push(format!("{before}{piece}{after}"));
        }
        before = "\n";
    }
    needles
}

/// An index that is being made.
#[derive(Debug, Default)]
pub(super) struct IndexBuilder {
    keys: Vec<(u64, u32)>,
    words: BTreeMap<String, Vec<u32>>,
    sources: u32,
}

impl IndexBuilder {
    /// One with what is in another, without the sources that have no number any more. In their
    /// order the numbers that they have now must ascend too, and be less than `sources`.
    pub(super) fn renewed(
        old: &SourceIndex,
        moved: impl Fn(u32) -> Option<u32>,
        sources: u32,
    ) -> Self {
        let keys = old.each_key().flat_map(|(key, list)| {
            let numbers = list.into_iter().filter_map(&moved);
            numbers.map(move |number| (key, number)).collect::<Vec<_>>()
        });
        let words = old.bytes(&old.words).split(|byte| *byte == b'\n');
        let words = words.filter(|word| !word.is_empty()).enumerate();
        let words = words.filter_map(|(at, word)| {
            let list = old.word_list(at)?.into_iter();
            let list: Vec<u32> = list.filter_map(&moved).collect();
            (!list.is_empty()).then(|| (String::from_utf8_lossy(word).into_owned(), list))
        });
        IndexBuilder {
            keys: keys.collect(),
            words: words.collect(),
            sources,
        }
    }

    /// Adds the sources of a paper, and returns the numbers that they have; none if there are no more
    /// numbers.
    pub(super) fn add(&mut self, terms: PaperTerms) -> Option<Range<u32>> {
        let first = self.sources;
        let end = first.checked_add(u32::try_from(terms.sources).ok()?)?;
        let numbered = |source: usize| Some(first + u32::try_from(source).ok()?);
        for (key, source) in terms.keys {
            self.keys.push((key, numbered(source)?));
        }
        for (word, sources) in terms.words {
            let list = self.words.entry(word).or_default();
            list.extend(sources.into_iter().filter_map(numbered));
        }
        self.sources = end;
        Some(first..end)
    }

    /// Puts the index behind other bytes.
    pub(super) fn encode(mut self, bytes: &mut Vec<u8>) {
        let all = usize::try_from(self.sources).unwrap_or(usize::MAX);
        self.keys.sort_unstable();
        self.keys.dedup();
        let (mut keys, mut lists) = (Vec::new(), Vec::new());
        for same in self.keys.chunk_by(|one, other| one.0 == other.0) {
            push_list(same.iter().map(|(_, source)| *source), &mut lists);
            let key = same.first().map_or(0, |(key, _)| *key);
            keys.extend_from_slice(&key.to_le_bytes());
            keys.extend_from_slice(&end_in(&lists));
        }
        let (mut words, mut word_ends) = (vec![b'\n'], Vec::new());
        for (word, list) in self.words {
            push_list(list.into_iter(), &mut lists);
            word_ends.extend_from_slice(&end_in(&lists));
            words.extend_from_slice(word.as_bytes());
            words.push(b'\n');
        }
        let parts = [keys, words, word_ends, lists];
        bytes.extend_from_slice(&length(all));
        for part in &parts {
            bytes.extend_from_slice(&length(part.len()));
        }
        for part in &parts {
            bytes.extend_from_slice(part);
        }
    }
}

/// Where lists end that are less than four gigabytes long, as those of any library are that a disk
/// holds.
fn end_in(lists: &[u8]) -> [u8; 4] {
    u32::try_from(lists.len()).unwrap_or(u32::MAX).to_le_bytes()
}

fn push_list(numbers: impl Iterator<Item = u32>, lists: &mut Vec<u8>) {
    let mut last = 0;
    for number in numbers {
        let mut distance = number.wrapping_sub(last);
        last = number;
        while distance >= 0x80 {
            lists.push(0x80 | (distance & 0x7f) as u8);
            distance >>= 7;
        }
        lists.push((distance & 0x7f) as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built(papers: &[&[&str]]) -> SourceIndex {
        let mut builder = IndexBuilder::default();
        for paper in papers {
            builder.add(terms(paper)).unwrap();
        }
        encoded(builder)
    }

    /// What the sources with these citations are found by; the number of its bytes is a key of each.
    fn terms(citations: &[&str]) -> PaperTerms {
        let mut terms = PaperTerms::default();
        for citation in citations {
            terms.add([citation.len() as u64, 7].into_iter(), citation);
        }
        terms
    }

    fn encoded(builder: IndexBuilder) -> SourceIndex {
        let mut bytes = b"before".to_vec();
        builder.encode(&mut bytes);
        SourceIndex::decode(bytes, 6).unwrap()
    }

    #[track_caller]
    fn check(index: &SourceIndex, words: &str, expected: Option<&[u32]>) {
        assert_eq!(index.with_words(words).as_deref(), expected, "{words}");
    }

    #[test]
    fn sources_are_found_by_keys_and_by_words_and_their_parts() {
        let index = built(&[
            &["roe, gardens 1990", "doe 10.1234/abc.5"],
            &["doe and roe, rivers", "smith: gardening, 1234."],
        ]);
        assert_eq!(index.with_key(17), [0, 1]);
        assert_eq!(index.with_key(19), [2]);
        assert_eq!(index.with_key(7), [0, 1, 2, 3]);
        assert!(index.with_key(18).is_empty());
        assert_eq!(index.each_key().count(), 4);
        check(&index, "garden", Some(&[0, 3]));
        check(&index, "ard oe", Some(&[0]));
        check(&index, "roe doe", Some(&[2]));
        check(&index, "10.1234/abc", Some(&[1]));
        // It ends with 234, and has the whole word abc behind that.
        check(&index, "234/abc.", Some(&[1]));
        check(&index, "0/99", Some(&[]));
        check(&index, "nowhere doe", Some(&[]));
        check(&index, "“ &", None);
    }

    #[test]
    fn a_word_that_many_sources_have_tells_nothing() {
        let many: Vec<String> = (0..100).map(|at| format!("press {}", at / 2)).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let index = built(&[&many]);
        check(&index, "press", None);
        check(&index, "pre", None);
        check(&index, "press 42", Some(&[84, 85]));
    }

    #[test]
    fn an_index_that_is_renewed_is_the_one_that_is_made_of_what_is_left() {
        let papers: [&[&str]; 3] = [&["roe 1", "doe 2"], &["roe 3 kept", "poe 4"], &["doe 5"]];
        let old = built(&papers);
        let moved = |number: u32| match number {
            0 | 1 => None,
            number => Some(number - 2),
        };
        let mut builder = IndexBuilder::renewed(&old, moved, 3);
        assert_eq!(builder.add(terms(&["roe 6", "new 7"])), Some(3..5));
        let renewed = encoded(builder);
        let [_, kept, last] = papers;
        let made = built(&[kept, last, &["roe 6", "new 7"]]);
        assert_eq!(renewed.bytes, made.bytes);
    }

    #[test]
    fn a_word_that_was_common_is_none_when_many_sources_without_it_have_come() {
        let press: Vec<String> = (0..100).map(|at| format!("press {at}")).collect();
        let press: Vec<&str> = press.iter().map(String::as_str).collect();
        let old = built(&[&press]);
        check(&old, "press", None);
        let mut builder = IndexBuilder::renewed(&old, Some, 100);
        let others = ["roe"; 1000];
        builder.add(terms(&others)).unwrap();
        let renewed = encoded(builder);
        check(&renewed, "press", Some(&(0..100).collect::<Vec<_>>()));
        check(&renewed, "roe", None);
        assert_eq!(renewed.bytes, built(&[&press, &others]).bytes);
    }

    #[test]
    fn bytes_that_are_no_index_are_none() {
        let sound = built(&[&["roe 1", "doe 2"]]).bytes;
        assert!(SourceIndex::decode(sound.clone(), 6).is_some());
        for length in 0..sound.len() {
            let cut = sound.get(..length).unwrap().to_vec();
            assert!(SourceIndex::decode(cut, 6).is_none());
        }
        // What is wrong in it is found wrongly, but breaks nothing.
        for at in 6..sound.len() {
            let mut broken = sound.clone();
            *broken.get_mut(at).unwrap() ^= 0xff;
            if let Some(index) = SourceIndex::decode(broken, 6) {
                let _ = (index.with_words("roe"), index.with_key(7));
                let _ = index.each_key().count();
            }
        }
    }
}
