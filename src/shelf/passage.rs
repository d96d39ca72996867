//! Passages: annotations with a beginning and an end, which may run over blocks.
//!
//! A short passage is an anchor of all its words. Of a longer one the first words are the anchor,
//! and the last ones another; each is looked for by itself, with what surrounds it, and both have
//! to be where they can belong together. What is said to be found has both ends right.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::anchor::{Anchor, MAX_QUOTE_BYTES, MAX_SEARCHED_BYTES, Rivals, whole_letters};
use super::find::{Effort, PROOF, find_within, occurrences};
use super::found::{Certainty, Found};
use super::text::{AnchorText, hash};
use crate::layout::ruler;
use crate::paper::{Passage, clean};

/// How many bytes of a long passage are kept, to be shown when it is lost.
const MAX_PASSAGE_BYTES: usize = 8 << 10;

/// How many words at an end have to be the same for the end to be right. One may stand there again:
/// of “as far as he knew” the first three words can be gone, and the rest begins as it did.
const PROVING_WORDS: usize = 2;

/// Shorter pieces, in bytes, another block may have got by chance. With so much of what follows, or
/// comes before, they are told from the others of a text.
const MIN_TELLING_BYTES: usize = 16;

/// So many bytes beside a short piece have to be as they were.
const MIN_TELLING_SURROUNDINGS: usize = 8;

/// How many edits in what surrounds a short piece are as near as a block comes that has nothing to do
/// with its own.
const EDITS_OF_A_STRANGER: usize = 24;

/// The most bytes of words at an end that are looked for beside it once more.
const MAX_REPEATED_BYTES: usize = 128;

/// The end of a passage that is longer than the words of an anchor, and the whole of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct PassageEnd {
    /// The last words.
    pub last: Anchor,
    /// The whole passage, if it is no longer than 8 KiB.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// How long it is, in bytes.
    pub length: usize,
    /// The hash of the whole passage.
    pub hash: String,
    /// What a later version keeps here.
    #[serde(flatten)]
    pub(super) rest: Map<String, Value>,
}

impl PassageEnd {
    /// Without what must not reach a terminal.
    pub(super) fn cleaned(self) -> Self {
        // The last words of the last words would be none.
        let last = Anchor {
            end: None,
            ..self.last
        };
        PassageEnd {
            last: last.cleaned(),
            words: clean(&self.words).into_owned(),
            ..self
        }
    }
}

impl Anchor {
    /// The words of the passage as far as they were kept; of a very long one its beginning and
    /// its end.
    pub(super) fn words_kept(&self) -> Cow<'_, str> {
        match &self.end {
            None => Cow::Borrowed(&self.quote),
            Some(end) if end.words.is_empty() => {
                Cow::Owned(format!("{} … {}", self.quote, end.last.quote))
            }
            Some(end) => Cow::Borrowed(&end.words),
        }
    }

    /// Up to 32 characters after the passage.
    pub(super) fn suffix_of_passage(&self) -> &str {
        match &self.end {
            None => &self.suffix,
            Some(end) => &end.last.suffix,
        }
    }

    /// Takes down a passage, without the blanks at its ends.
    #[must_use]
    pub fn over(text: &AnchorText, passage: Passage) -> Self {
        let (start, end) = (text.place_of(passage.start), text.place_of(passage.end));
        Self::between(text, start, end, &Effort::new())
    }

    /// Takes down what is between two places.
    pub(super) fn between(text: &AnchorText, start: usize, end: usize, effort: &Effort) -> Self {
        let words = text.slice(start, end.max(start));
        let start = start + (words.len() - words.trim_start().len());
        let words = words.trim();
        let end = start + words.len();
        let (rival_start, rival_end) = rivals_of_pieces(text, start, end, effort);
        if words.len() <= MAX_QUOTE_BYTES {
            let whole = Self::from_words(text, start, end, effort);
            let around = format!("{}{}{}", whole.prefix, whole.quote, whole.suffix);
            let own = is_one_part_repeated(around).then(Rivals::default);
            return whole
                .with_rival(rival_start)
                .with_rival(rival_end)
                .with_rival(own);
        }
        let last_start = end - last_words(words).len();
        let last = PassageEnd {
            last: Self::from_words(text, last_start, end, effort).with_rival(rival_end),
            words: match words.len() {
                ..=MAX_PASSAGE_BYTES => words.to_owned(),
                _ => String::new(),
            },
            length: words.len(),
            hash: hash(words),
            rest: Map::new(),
        };
        let first_end = start + first_words(words).len();
        Anchor {
            end: Some(Box::new(last)),
            ..Self::from_words(text, start, first_end, effort).with_rival(rival_start)
        }
    }

    /// The same, knowing of one more that could be taken for it.
    fn with_rival(self, rival: Option<Rivals>) -> Self {
        let nearest = |own: Rivals, other: Rivals| Rivals {
            words: own.words.min(other.words),
            whole: own.whole.min(other.whole),
        };
        let rivals = match (self.rivals, rival) {
            (Some(own), Some(other)) => Some(nearest(own, other)),
            (own, other) => own.or(other),
        };
        Anchor { rivals, ..self }
    }

    /// A passage of which only the words and what surrounds them are known, as other programs
    /// keep it.
    pub(super) fn from_quotation(quote: &str, prefix: &str, suffix: &str) -> Self {
        let anchor = |quote: &str, prefix: &str, suffix: &str| Anchor {
            quote: quote.to_owned(),
            prefix: prefix.to_owned(),
            suffix: suffix.to_owned(),
            ..Anchor::default()
        };
        if quote.len() <= MAX_QUOTE_BYTES {
            return anchor(quote, prefix, suffix);
        }
        let end = PassageEnd {
            last: anchor(last_words(quote), "", suffix),
            words: match quote.len() {
                ..=MAX_PASSAGE_BYTES => quote.to_owned(),
                _ => String::new(),
            },
            length: quote.len(),
            hash: hash(quote),
            rest: Map::new(),
        };
        Anchor {
            end: Some(Box::new(end)),
            ..anchor(first_words(quote), prefix, "")
        }
    }
}

/// Whether words are the same twice or more, so that one of the times may be gone, or parted, and
/// nothing tells which.
fn is_one_part_repeated(words: String) -> bool {
    // As if a blank came after them, so that they are a whole number of times long.
    let around = words + " ";
    let bytes = around.as_bytes();
    let mut blanks = around.match_indices(' ').map(|(blank, _)| blank + 1);
    let repeats = |period: usize| {
        let rest = bytes.get(period..);
        period * 2 <= bytes.len() && rest.is_some_and(|rest| bytes.starts_with(rest))
    };
    blanks.any(repeats)
}

/// What may be taken for the pieces of a passage over several blocks that are in the first one and
/// in the last one: where the block is taken out, or one put before it, another slides into the gap,
/// and if that begins as the piece does, nothing in the passage tells it from what was highlighted.
fn rivals_of_pieces(
    text: &AnchorText,
    start: usize,
    end: usize,
    effort: &Effort,
) -> (Option<Rivals>, Option<Rivals>) {
    let first_end = text.block_end(start);
    let last_start = text.block_start(end.saturating_sub(1));
    if first_end >= end || last_start <= start {
        return (None, None);
    }
    if text.words().len() > MAX_SEARCHED_BYTES {
        return (Some(Rivals::default()), Some(Rivals::default()));
    }
    let telling = first_end.saturating_sub(MIN_TELLING_BYTES);
    let first = text.slice(start.min(telling), first_end);
    let telling = last_start.saturating_add(MIN_TELLING_BYTES);
    let last = text.slice(last_start, end.max(telling));
    // A block may be parted anywhere, and the rest of it then begins with what was in its middle.
    let is_repeated =
        |words: &str| occurrences(words, text, effort).is_none_or(|places| places.len() > 1);
    let is_own_twin = |start, end| is_one_part_repeated(text.slice(start, end).to_owned());
    let has_twin_at_start = text.ends_elsewhere(start, first_end)
        || is_own_twin(start, first_end)
        || is_repeated(first);
    let has_twin_at_end =
        text.begins_elsewhere(last_start, end) || is_own_twin(last_start, end) || is_repeated(last);
    let length = end - start;
    (
        rival_of_piece(first_end - start, start, length, has_twin_at_start),
        rival_of_piece(
            end - last_start,
            text.words().len() - end,
            length,
            has_twin_at_end,
        ),
    )
}

/// What may be taken for one of them, which has so many bytes and so many beside it in the text, in
/// a passage of some length.
fn rival_of_piece(bytes: usize, beside: usize, length: usize, has_twin: bool) -> Option<Rivals> {
    let is_told_by_itself = bytes >= PROOF;
    let is_told_by_surroundings = beside >= EDITS_OF_A_STRANGER;
    match (has_twin, is_told_by_itself, is_told_by_surroundings) {
        (false, true, _) => None,
        // No other words come near, but only what surrounds these tells that they are the same.
        (false, false, true) => Some(Rivals {
            words: length.min(MAX_QUOTE_BYTES),
            whole: EDITS_OF_A_STRANGER,
        }),
        _ => Some(Rivals::default()),
    }
}

/// How a long passage begins, to the end of a word where there is one.
fn first_words(words: &str) -> &str {
    let head = whole_letters(words, MAX_QUOTE_BYTES, str::len);
    match head.rsplit_once(' ') {
        Some((whole, _)) if !whole.is_empty() => whole,
        _ => head,
    }
}

/// How it ends, from the beginning of a word where there is one.
fn last_words(words: &str) -> &str {
    let mut taken = 0;
    let letters: Vec<&str> = ruler::graphemes(words).collect();
    let fitting = letters.iter().rev().take_while(|letter| {
        taken += letter.len();
        taken <= MAX_QUOTE_BYTES
    });
    let bytes: usize = fitting.map(|letter| letter.len()).sum();
    let tail = words.get(words.len() - bytes..).unwrap_or(words);
    match tail.split_once(' ') {
        Some((_, whole)) if !whole.is_empty() => whole,
        _ => tail,
    }
}

/// The passage with what another program did not know about it, if its words are in the text to
/// the letter and can be told from all others; else as it is.
pub(super) fn adopt_passage(anchor: Anchor, text: &AnchorText, effort: &Effort) -> Anchor {
    let words = anchor.words_kept();
    if words.is_empty() {
        return anchor;
    }
    let mut places = occurrences(&words, text, effort).unwrap_or_default();
    if places.len() > 1 {
        let suffix = anchor.suffix_of_passage();
        // Where nothing was said of the surroundings, nothing tells one place from another.
        let is_bare = anchor.prefix.is_empty() && suffix.is_empty();
        places.retain(|start| {
            let (before, after) = (text.slice(0, *start), text.words());
            let after = after.get(start + words.len()..).unwrap_or_default();
            !is_bare && before.ends_with(&anchor.prefix) && after.starts_with(suffix)
        });
    }
    match places[..] {
        [start] => Anchor::between(text, start, start + words.len(), effort),
        _ => anchor,
    }
}

/// Where an annotated passage is now.
pub(super) fn find_passage(anchor: &Anchor, text: &AnchorText, effort: &Effort) -> Found {
    let first = FoundEnd::find(anchor, text, effort);
    let Some(end) = &anchor.end else {
        return first.map_or(Found::Lost, |first| first.as_whole(anchor, text));
    };
    let last = FoundEnd::find(&end.last, text, effort);
    match (first, last) {
        (None, None) => Found::Lost,
        (Some(only), None) | (None, Some(only)) => only.as_rest(text),
        (Some(first), Some(last)) => joined(anchor, end, &first, &last, text),
    }
}

/// Where the words of one anchor are.
struct FoundEnd {
    start: usize,
    end: usize,
    certainty: Certainty,
}

impl FoundEnd {
    fn find(anchor: &Anchor, text: &AnchorText, effort: &Effort) -> Option<Self> {
        match find_within(anchor, text, effort) {
            Found::Here { passage, certainty } => Some(FoundEnd {
                start: text.place_of(passage.start),
                end: text.place_of(passage.end),
                certainty,
            }),
            Found::Lost | Found::Unknown => None,
        }
    }

    /// All of a short passage, whose ends have to be the words that they were.
    fn as_whole(&self, anchor: &Anchor, text: &AnchorText) -> Found {
        let is_whole = self.begins_as(anchor, text) && self.ends_as(anchor, text);
        let has_bounds = self.begins_for_sure(anchor, text) && self.ends_for_sure(anchor, text);
        let certainty = match self.certainty {
            _ if !has_bounds => Certainty::Unsure,
            Certainty::Moved if !is_whole || self.may_end_elsewhere(anchor, text) => {
                Certainty::Unsure
            }
            certainty => certainty,
        };
        here(text, self.start, self.end, certainty)
    }

    /// Whether no other place could be its beginning as well, whatever its words are.
    fn begins_for_sure(&self, anchor: &Anchor, text: &AnchorText) -> bool {
        self.begins_only_here(anchor, text) && self.begins_beside_the_same(anchor, text)
    }

    /// Whether no other place could be its end as well.
    fn ends_for_sure(&self, anchor: &Anchor, text: &AnchorText) -> bool {
        self.ends_only_here(anchor, text) && self.ends_beside_the_same(anchor, text)
    }

    /// Whether the words that it begins or ends with stand near it once more, where others have been
    /// typed into it: nobody can tell which of the two it was.
    fn may_end_elsewhere(&self, anchor: &Anchor, text: &AnchorText) -> bool {
        let found = text.slice(self.start, self.end);
        let near = anchor.quote.len().max(MAX_REPEATED_BYTES);
        let words: Vec<&str> = found.split(' ').collect();
        let bound = |words: Option<&[&str]>| words.map(|words| format!(" {} ", words.join(" ")));
        let head = bound(words.get(..PROVING_WORDS.min(words.len())));
        let tail = bound(words.get(words.len().saturating_sub(PROVING_WORDS)..));
        let (before, after) = (text.slice(0, self.start), text.words().get(self.end..));
        let after = after.unwrap_or_default();
        let before = before.get(before.ceil_char_boundary(before.len().saturating_sub(near))..);
        let after = after.get(..after.floor_char_boundary(near));
        let stands = |near: Option<&str>, words: Option<String>| {
            let near = near.map(|near| format!(" {near} "));
            near.zip(words)
                .is_some_and(|(near, words)| near.contains(&words))
        };
        found != anchor.quote && (stands(before, head) || stands(after, tail))
    }

    /// What is left of a passage whose other end is gone.
    fn as_rest(&self, text: &AnchorText) -> Found {
        let certainty = if self.certainty.is_sure() {
            Certainty::Partial
        } else {
            Certainty::Unsure
        };
        here(text, self.start, self.end, certainty)
    }

    fn begins_as(&self, anchor: &Anchor, text: &AnchorText) -> bool {
        let wanted: Vec<&str> = anchor.quote.split(' ').collect();
        let count = proving_words(&wanted);
        let found = text.slice(self.start, self.end).split(' ').take(count);
        found.eq(wanted.iter().copied().take(count))
    }

    /// Whether what is short of it in the first of several blocks is beside what it stood beside. A block
    /// may have been parted within the passage, and another that ends with the same words put there.
    fn begins_beside_the_same(&self, anchor: &Anchor, text: &AnchorText) -> bool {
        let piece = text.block_end(self.start).min(self.end) - self.start;
        let near = anchor.prefix.len().saturating_sub(MIN_TELLING_SURROUNDINGS);
        let near = anchor.prefix.get(anchor.prefix.ceil_char_boundary(near)..);
        let near = near.filter(|near| !near.is_empty());
        let stands = |near| text.slice(0, self.start).ends_with(near);
        let is_long = piece >= PROOF || self.start + piece >= self.end;
        is_long || anchor.text == text.hash() || near.is_some_and(stands)
    }

    /// Whether what is short of it in the last of several blocks is beside what it stood beside.
    fn ends_beside_the_same(&self, anchor: &Anchor, text: &AnchorText) -> bool {
        let piece = text.block_start(self.end.saturating_sub(1));
        let near = anchor.suffix.floor_char_boundary(MIN_TELLING_SURROUNDINGS);
        let near = anchor.suffix.get(..near).filter(|near| !near.is_empty());
        let after = text.words().get(self.end..).unwrap_or_default();
        let is_long = piece <= self.start || piece + PROOF <= self.end;
        is_long || anchor.text == text.hash() || near.is_some_and(|near| after.starts_with(near))
    }

    /// Whether its first words stand before it as often as they did before: where they have been typed
    /// there, or one of several taken out, nobody can tell which of them it began with.
    fn begins_only_here(&self, anchor: &Anchor, text: &AnchorText) -> bool {
        let (before, prefix) = (text.slice(0, self.start), &anchor.prefix);
        let words = text.slice(self.start, self.end);
        let ends = words.match_indices(' ').map(|(blank, _)| blank);
        let near = ends.chain([words.len()]).take_while(is_near);
        let mut heads = near.filter_map(|end| Some(format!("{} ", words.get(..end)?)));
        anchor.text == text.hash()
            || heads.all(|head| {
                let kept = prefix.trim_end_matches(&head);
                let times = (prefix.len() - kept.len()) / head.len();
                let now = before.len() - before.trim_end_matches(&head).len();
                // Where the surroundings that were kept are shorter, they do not tell.
                let is_unknown = !prefix.is_empty() && head.ends_with(kept);
                if is_unknown {
                    times == 0
                } else {
                    now == times * head.len()
                }
            })
    }

    /// Whether its last words stand after it as often as they did before.
    fn ends_only_here(&self, anchor: &Anchor, text: &AnchorText) -> bool {
        let after = text.words().get(self.end..).unwrap_or_default();
        let (words, suffix) = (text.slice(self.start, self.end), &anchor.suffix);
        let starts = words.rmatch_indices(' ').map(|(blank, _)| blank + 1);
        let near = starts
            .chain([0])
            .take_while(|start| is_near(&(words.len() - start)));
        let mut tails = near.filter_map(|start| Some(format!(" {}", words.get(start..)?)));
        anchor.text == text.hash()
            || tails.all(|tail| {
                let kept = suffix.trim_start_matches(&tail);
                let times = (suffix.len() - kept.len()) / tail.len();
                let now = after.len() - after.trim_start_matches(&tail).len();
                let is_unknown = !suffix.is_empty() && tail.starts_with(kept);
                if is_unknown {
                    times == 0
                } else {
                    now == times * tail.len()
                }
            })
    }

    fn ends_as(&self, anchor: &Anchor, text: &AnchorText) -> bool {
        let wanted: Vec<&str> = anchor.quote.rsplit(' ').collect();
        let count = proving_words(&wanted);
        let found = text.slice(self.start, self.end).rsplit(' ').take(count);
        found.eq(wanted.iter().copied().take(count))
    }
}

/// How many of these words, from an end inwards, have to be the same for the end to be right: all that
/// repeat themselves there, for of two like pieces one may be gone.
fn proving_words(words: &[&str]) -> usize {
    let repeats = |count: &usize| {
        let (first, rest) = words.split_at_checked(*count).unwrap_or_default();
        !first.is_empty() && rest.starts_with(first)
    };
    let longest = (1..=words.len() / 2).filter(repeats).max();
    longest.map_or(PROVING_WORDS, |count| PROVING_WORDS.max(count * 2))
}

/// Whether words of so many bytes are few enough to have been typed twice.
fn is_near(bytes: &usize) -> bool {
    *bytes <= MAX_REPEATED_BYTES
}

/// A long passage of which both ends were found.
fn joined(
    anchor: &Anchor,
    end: &PassageEnd,
    first: &FoundEnd,
    last: &FoundEnd,
    text: &AnchorText,
) -> Found {
    let are_ends = first.begins_as(anchor, text)
        && last.ends_as(&end.last, text)
        && first.begins_for_sure(anchor, text)
        && last.ends_for_sure(&end.last, text);
    let are_sure = first.certainty.is_sure() && last.certainty.is_sure();
    let in_order = first.start <= last.start && first.end <= last.end;
    if !in_order {
        // One of them has gone elsewhere, and what was between them with either.
        let (surer, _) = if first.certainty <= last.certainty {
            (first, last)
        } else {
            (last, first)
        };
        return here(text, surer.start, surer.end, Certainty::Unsure);
    }
    let now = text.slice(first.start, last.end);
    let certainty = if !are_ends || !are_sure || now.len() > end.length.saturating_mul(2) {
        Certainty::Unsure
    } else if now.len() < end.length / 2 {
        Certainty::Partial
    } else if (first.certainty, last.certainty) == (Certainty::Exact, Certainty::Exact)
        && hash(now) == end.hash
    {
        Certainty::Exact
    } else {
        Certainty::Moved
    };
    here(text, first.start, last.end, certainty)
}

fn here(text: &AnchorText, start: usize, end: usize, certainty: Certainty) -> Found {
    let passage = text.passage(start, end);
    Found::Here { passage, certainty }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_repeat_themselves_at_an_end_all_have_to_be_there() {
        let count = |words: &str| proving_words(&words.split(' ').collect::<Vec<_>>());
        assert_eq!(count("argues question argues question to"), 4);
        assert_eq!(count("argues question to argues question"), 2);
        assert_eq!(count("argues argues to"), 2);
        assert_eq!(count("argues"), 2);
    }
}
