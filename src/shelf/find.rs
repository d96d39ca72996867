//! Finding an anchor's words again in a text that may have changed.
//!
//! The same text: the same place. Else wherever the words stand; else where something stands that
//! is near them, by at most a fifth of their length; else, and never surely, where the place is the
//! one that they had and at most half of their length has changed. Of several such passages the best is the one
//! whose words and surroundings took the fewest edits. It is believed only where a mistake is out
//! of reach: any other passage is more than twice as far away, and where anything like it stood in
//! the text that the anchor was made from, the words are the same to the letter. Words that are the
//! same to the letter between the same two neighbours, and stand so only once, are believed however
//! like them the others are. Everything else is said to be unsure.
//!
//! Words as they were are looked up in the text's index where there are many to look for. Looking
//! for words that have changed takes a pass over the text for each anchor. [`Effort`] bounds all of
//! that together: once it is spent, only words that have not changed are found, and where even
//! those would take too long, nothing is said to be sure.

use std::cell::Cell;

use memchr::memmem;

use super::anchor::{Anchor, MAX_QUOTE_BYTES, MAX_SEARCHED_BYTES, Rivals};
use super::found::{Certainty, Found};
use super::fuzzy;
use super::index::MIN_INDEXED_BYTES;
use super::text::AnchorText;

/// Shorter words, in bytes, are only looked for as they stand.
const MIN_FUZZY_BYTES: usize = 12;

/// Words of so many bytes can prove themselves, whatever stands around them.
pub(super) const PROOF: usize = 24;

/// How many passages are weighed.
const MAX_WEIGHED_PASSAGES: usize = 64;

/// The longest piece of surroundings that is looked at, in bytes.
const MAX_SURROUNDING_BYTES: usize = 128;

/// How much may still be spent on many anchors together, in steps of [`fuzzy::search`].
#[derive(Debug)]
pub(super) struct Effort {
    left: Cell<usize>,
    /// How often words were looked for.
    searches: Cell<usize>,
}

impl Effort {
    /// About a second's.
    const MAX_STEPS: usize = 1 << 29;

    /// What one step is worth: bytes that are searched for words as they are.
    const BYTES: usize = 16;

    /// What one step is worth: cells of the table of [`fuzzy::aligned`].
    const CELLS: usize = 2;

    /// Steps to look at a place that the index names.
    const PLACE: usize = 8;

    /// From so many searches on an index is worth its making.
    const FEW_SEARCHES: usize = 16;

    pub(super) fn new() -> Self {
        Self::with(Self::MAX_STEPS)
    }

    fn without_bound() -> Self {
        Self::with(usize::MAX)
    }

    fn with(steps: usize) -> Self {
        Effort {
            left: Cell::new(steps),
            searches: Cell::new(0),
        }
    }

    /// Whether there were so many steps left, which are now spent.
    fn spend(&self, steps: usize) -> bool {
        let left = self.left.get().checked_sub(steps);
        self.left.set(left.unwrap_or_default());
        left.is_some()
    }

    /// Whether there was enough left to search for words that have changed.
    fn spend_search(&self, words: &str, text: &AnchorText) -> bool {
        self.spend(text.words().len() * words.len().div_ceil(64))
    }

    /// Counts a search for words as they are, and says whether there are many.
    fn is_one_of_many(&self) -> bool {
        let searches = self.searches.get();
        self.searches.set(searches + 1);
        searches >= Self::FEW_SEARCHES
    }
}

/// Where the words of an anchor are now.
#[must_use]
pub fn find(anchor: &Anchor, text: &AnchorText) -> Found {
    find_within(anchor, text, &Effort::without_bound())
}

/// The same, with a bound on what many of them take together.
pub(super) fn find_within(anchor: &Anchor, text: &AnchorText, effort: &Effort) -> Found {
    if stands_as_it_was(anchor, text) {
        let passage = text.passage(anchor.start, anchor.start + anchor.quote.len());
        let certainty = Certainty::Exact;
        return Found::Here { passage, certainty };
    }
    let wanted = PassageQuery::new(anchor);
    let Some(mut candidates) = wanted.candidates(text, effort) else {
        let passage = text.passage(anchor.start, anchor.start + anchor.quote.len());
        let certainty = Certainty::Unsure;
        return Found::Here { passage, certainty };
    };
    candidates.sort_by_key(|candidate| wanted.rank(candidate, anchor, text));
    if let Some(only) = between_the_same(&candidates, anchor, text) {
        let certainty = if ends_as_it_did(anchor, only, text) {
            Certainty::Exact
        } else {
            Certainty::Moved
        };
        let passage = text.passage(only.start, only.end);
        return Found::Here { passage, certainty };
    }
    let Some((best, others)) = candidates.split_first() else {
        let changed = wanted.changed_in_place(anchor, text, effort);
        return changed.map_or(Found::Lost, |candidate| Found::Here {
            passage: text.passage(candidate.start, candidate.end),
            certainty: Certainty::Unsure,
        });
    };
    // What is as far away as the words are long is nothing like them.
    let like = |rivals: Rivals| rivals.words < anchor.quote.len();
    let sure = wanted.is_proved_by(best, text, anchor.rivals.is_some_and(like))
        && stands_out(best, others)
        && stood_out(best, anchor);
    let certainty = match (sure, best.cost()) {
        (true, 0) if ends_as_it_did(anchor, best, text) => Certainty::Exact,
        (true, _) => Certainty::Moved,
        (false, _) => Certainty::Unsure,
    };
    let passage = text.passage(best.start, best.end);
    Found::Here { passage, certainty }
}

/// The anchor with what another program did not know about it, if its words stand where they can
/// be told from all others; else as it is.
pub(super) fn adopt(anchor: Anchor, text: &AnchorText, effort: &Effort) -> Anchor {
    let wanted = PassageQuery::new(&anchor);
    let Some(mut candidates) = wanted.candidates(text, effort) else {
        return anchor;
    };
    candidates.sort_by_key(|candidate| wanted.rank(candidate, &anchor, text));
    let Some((best, others)) = candidates.split_first() else {
        return anchor;
    };
    // Where nothing was said of the surroundings, nothing speaks against the only place.
    let is_bare = wanted.prefix.is_empty() && wanted.suffix.is_empty();
    let is_only = is_bare && others.is_empty();
    let is_proved = is_only || wanted.is_proved_by(best, text, false);
    if best.words > 0 || !is_proved || !stands_out(best, others) {
        return anchor;
    }
    // Words that end where opcit's own would end for want of room go on as its own do.
    let own = Anchor::at_within(text, text.position_of(best.start), effort);
    if own.quote == anchor.quote {
        own
    } else {
        Anchor::from_words(text, best.start, best.end, effort)
    }
}

/// How near other passages come to the anchor's own, in the text it was just made from.
pub(super) fn rivals(anchor: &Anchor, text: &AnchorText, effort: &Effort) -> Option<Rivals> {
    let wanted = PassageQuery::new(anchor);
    if wanted.is_fuzzy() && !effort.spend_search(wanted.words, text) {
        return Some(Rivals::default());
    }
    let (length, start) = (wanted.words.len(), anchor.start);
    // Twice as far as anything is ever believed.
    let Some(mut others) = wanted.near(text, length * 2 / 5, effort) else {
        return Some(Rivals::default());
    };
    others.retain(|other| other.end.abs_diff(start + length) * 2 >= length.max(1));
    let words = others.iter().map(|other| other.words).min()?;
    let whole = others.iter().map(PassageCandidate::cost).min()?;
    Some(Rivals { words, whole })
}

/// Whether no other passage of this text could be meant as well.
fn stands_out(best: &PassageCandidate, others: &[PassageCandidate]) -> bool {
    let second = others.iter().map(PassageCandidate::cost).min();
    others.iter().all(|other| best.words <= other.words)
        && second.is_none_or(|second| best.cost() * 2 < second)
}

/// Whether no other passage of the text that the anchor was made from can have become this one.
fn stood_out(best: &PassageCandidate, anchor: &Anchor) -> bool {
    match &anchor.rivals {
        // Words that had their like are only believed to the letter, and words that stood twice
        // not even so: one of the two may have been taken out, and the other have slid into the
        // gap.
        Some(rivals) => best.words == 0 && rivals.words > 0 && best.cost() * 2 < rivals.whole,
        None => !anchor.text.is_empty(),
    }
}

/// The one passage that has not changed, nor have the blocks on either side of it, as far as the
/// anchor holds them; none if several are so, or if the words stood twice before.
fn between_the_same<'a>(
    candidates: &'a [PassageCandidate],
    anchor: &Anchor,
    text: &AnchorText,
) -> Option<&'a PassageCandidate> {
    let stood_twice = anchor
        .rivals
        .as_ref()
        .is_some_and(|rivals| rivals.words == 0);
    if anchor.text.is_empty() || stood_twice {
        return None;
    }
    let mut same = candidates.iter().filter(|candidate| {
        let is_whole = candidate.words == 0 && candidate.end <= text.block_end(candidate.start);
        is_whole
            && follows_the_same(candidate, anchor, text)
            && precedes_the_same(candidate, anchor, text)
    });
    same.next().filter(|_| same.next().is_none())
}

/// Whether the block before is the same, as far as the anchor holds it.
fn follows_the_same(candidate: &PassageCandidate, anchor: &Anchor, text: &AnchorText) -> bool {
    let start = candidate.start;
    let before = text.words().as_bytes().get(..start).unwrap_or_default();
    let pairs = anchor.prefix.bytes().rev().zip(before.iter().rev());
    let same = pairs.take_while(|(kept, here)| kept == *here).count();
    let own = text.block_start(start);
    let above = own
        .checked_sub(1)
        .map_or(0, |end| text.block_start(end.saturating_sub(1)));
    let is_all = same == anchor.prefix.len() && (same > 0 || start == 0);
    is_all || (own > 0 && start - same <= above)
}

/// Whether the block goes on as it did and, if the words end it, the next block is the same, as far
/// as the anchor holds it.
fn precedes_the_same(candidate: &PassageCandidate, anchor: &Anchor, text: &AnchorText) -> bool {
    if let Some(hash) = &anchor.to_the_end {
        return *hash == text.hash_to_the_end(candidate.start);
    }
    let end = candidate.end;
    let after = text.words().as_bytes().get(end..).unwrap_or_default();
    let pairs = anchor.suffix.bytes().zip(after);
    let same = pairs.take_while(|(kept, here)| kept == *here).count();
    let is_all = same == anchor.suffix.len() && (same > 0 || after.is_empty());
    is_all
        || (end == text.block_end(candidate.start)
            && end + same >= text.block_end(end + 1)
            && end < text.words().len())
}

/// Where the very words stand, also where they overlap, as what repeats itself does; in order.
/// None if finding out takes more than is left.
pub(super) fn occurrences(words: &str, text: &AnchorText, effort: &Effort) -> Option<Vec<usize>> {
    let haystack = text.words().as_bytes();
    if effort.is_one_of_many() && words.len() >= MIN_INDEXED_BYTES {
        let stands = |place: &usize| {
            let rest = haystack.get(*place..);
            rest.is_some_and(|rest| rest.starts_with(words.as_bytes()))
        };
        let candidates = text.index().candidates(words.as_bytes());
        let mut places = Vec::new();
        for place in candidates {
            if !effort.spend(Effort::PLACE) {
                return None;
            }
            places.extend(Some(place).filter(stands));
        }
        places.sort_unstable();
        return Some(places);
    }
    if !effort.spend(haystack.len() / Effort::BYTES) {
        return None;
    }
    let finder = memmem::Finder::new(words);
    let mut from = 0;
    let places = std::iter::from_fn(|| {
        let place = from + finder.find(haystack.get(from..)?)?;
        from = place + 1;
        Some(place)
    });
    Some(places.collect())
}

fn stands_as_it_was(anchor: &Anchor, text: &AnchorText) -> bool {
    let rest = text.words().get(anchor.start..);
    anchor.text == text.hash() && rest.is_some_and(|rest| rest.starts_with(&anchor.quote))
}

/// Whether the block of the words has changed nowhere after them, as far as that is known.
fn ends_as_it_did(anchor: &Anchor, here: &PassageCandidate, text: &AnchorText) -> bool {
    let kept = anchor.to_the_end.as_ref();
    kept.is_none_or(|hash| *hash == text.hash_to_the_end(here.start))
}

/// What is looked for, in bytes and in bounds.
struct PassageQuery<'a> {
    words: &'a str,
    prefix: &'a [u8],
    suffix: &'a [u8],
}

/// A passage that could be meant.
struct PassageCandidate {
    start: usize,
    end: usize,
    /// Edits between its words and those wanted, and so with what stands before and after.
    words: usize,
    before: usize,
    after: usize,
}

impl PassageCandidate {
    fn cost(&self) -> usize {
        self.words + self.before + self.after
    }
}

impl<'a> PassageQuery<'a> {
    fn new(anchor: &'a Anchor) -> Self {
        let most = anchor.quote.floor_char_boundary(MAX_QUOTE_BYTES);
        let words = anchor.quote.get(..most).unwrap_or_default();
        let (prefix, suffix) = (anchor.prefix.as_bytes(), anchor.suffix.as_bytes());
        let from = prefix.len().saturating_sub(MAX_SURROUNDING_BYTES);
        let until = suffix.len().min(MAX_SURROUNDING_BYTES);
        let is_whole = words.len() == anchor.quote.len();
        PassageQuery {
            words,
            prefix: prefix.get(from..).unwrap_or_default(),
            suffix: suffix.get(..until).filter(|_| is_whole).unwrap_or_default(),
        }
    }

    /// The passages that could be meant, in no order; none if finding out takes more than is left.
    fn candidates(&self, text: &AnchorText, effort: &Effort) -> Option<Vec<PassageCandidate>> {
        let exact = self.exact(text, effort, Self::weigh_roughly)?;
        // Nothing that has changed could be nearer than words of which no surroundings are known.
        let is_bare = self.prefix.is_empty() && self.suffix.is_empty();
        if is_bare && !exact.is_empty() {
            return Some(exact);
        }
        let believable = exact
            .iter()
            .any(|candidate| self.fits_before(candidate) || self.fits_after(candidate));
        if believable || (self.is_fuzzy() && !effort.spend_search(self.words, text)) {
            return Some(exact);
        }
        let near = self.near(text, self.words.len() / 5, effort)?;
        Some(if near.is_empty() { exact } else { near })
    }

    /// What is left of words of which at most half has changed: it must stand in the section that
    /// they stood in, or beside what they stood beside, and no other passage may be nearly as like.
    fn changed_in_place(
        &self,
        anchor: &Anchor,
        text: &AnchorText,
        effort: &Effort,
    ) -> Option<PassageCandidate> {
        if text.words().len() > MAX_SEARCHED_BYTES || !effort.spend_search(self.words, text) {
            return None;
        }
        let mut like = self.near(text, self.words.len() / 2, effort)?;
        like.sort_by_key(|candidate| self.rank(candidate, anchor, text));
        let mut like = like.into_iter();
        let (best, second) = (like.next()?, like.next());
        let beside = (self.fits_before(&best), self.fits_after(&best));
        let section = text.section_at(best.start);
        let is_there = anchor.section == section.map_or("", |section| section.id.as_str());
        let is_in_place = if self.words.len() < PROOF * 2 {
            beside == (true, true)
        } else {
            is_there || beside != (false, false)
        };
        let stands_out = second.is_none_or(|second| best.cost() * 4 < second.cost() * 3);
        Some(best).filter(|_| is_in_place && stands_out)
    }

    /// Whether words that have changed are looked for too.
    fn is_fuzzy(&self) -> bool {
        self.words.len() >= MIN_FUZZY_BYTES
    }

    /// Where the very words stand; none if finding out takes more than is left.
    fn exact(
        &self,
        text: &AnchorText,
        effort: &Effort,
        weigh: fn(&Self, &[u8], &[usize], &Effort) -> Vec<PassageCandidate>,
    ) -> Option<Vec<PassageCandidate>> {
        if self.words.is_empty() {
            return Some(Vec::new());
        }
        let haystack = text.words().as_bytes();
        let mut starts = occurrences(self.words, text, effort)?;
        if starts.len() > MAX_WEIGHED_PASSAGES {
            starts.sort_by_cached_key(|start| std::cmp::Reverse(self.touching(haystack, *start)));
            starts.truncate(MAX_WEIGHED_PASSAGES);
        }
        Some(weigh(self, haystack, &starts, effort))
    }

    /// Weighs passages of the very words. Where one stands in the very surroundings, of others it
    /// only counts that they do not.
    fn weigh_roughly(
        &self,
        haystack: &[u8],
        starts: &[usize],
        effort: &Effort,
    ) -> Vec<PassageCandidate> {
        let rough = |start: &usize| {
            let end = start + self.words.len();
            let before = haystack.get(..*start).unwrap_or_default();
            let after = haystack.get(end..).unwrap_or_default();
            PassageCandidate {
                start: *start,
                end,
                words: 0,
                before: usize::from(!before.ends_with(self.prefix)),
                after: usize::from(!after.starts_with(self.suffix)),
            }
        };
        let candidates: Vec<PassageCandidate> = starts.iter().map(rough).collect();
        if candidates.iter().any(|candidate| candidate.cost() == 0) {
            candidates
        } else {
            self.weigh_all(haystack, starts, effort)
        }
    }

    fn weigh_all(
        &self,
        haystack: &[u8],
        starts: &[usize],
        effort: &Effort,
    ) -> Vec<PassageCandidate> {
        let candidates = starts.iter().map(|start| {
            let end = start + self.words.len();
            self.weigh(haystack, *start, end, 0, effort)
        });
        candidates.collect()
    }

    /// Where something stands that is at most `most` edits from the words; none if finding out
    /// takes more than is left.
    fn near(
        &self,
        text: &AnchorText,
        most: usize,
        effort: &Effort,
    ) -> Option<Vec<PassageCandidate>> {
        if !self.is_fuzzy() {
            return self.exact(text, effort, Self::weigh_all);
        }
        let haystack = text.words().as_bytes();
        let mut matches = fuzzy::search(self.words.as_bytes(), haystack, most);
        matches.sort_by_key(|near| near.distance);
        matches.truncate(MAX_WEIGHED_PASSAGES);
        let candidates = matches.into_iter().map(|near| {
            let length = self.words.len();
            effort.spend(length * (length + near.distance) / Effort::CELLS);
            let start = self.start_of(text, &near);
            self.weigh(haystack, start, near.end, near.distance, effort)
        });
        Some(candidates.collect())
    }

    /// Where a match begins: with a word. A crumb of the block before is left out, for the words of
    /// an anchor lie in one block.
    fn start_of(&self, text: &AnchorText, near: &fuzzy::FuzzyMatch) -> usize {
        let from = near.end.saturating_sub(self.words.len() + near.distance);
        let window = text.words().as_bytes().get(from..near.end);
        let window = window.unwrap_or_default().iter().rev();
        let (_, length) = fuzzy::aligned(self.words.as_bytes().iter().rev(), window);
        let start = text.word_start(near.end - length);
        let block_end = text.block_end(start);
        let is_crumb = block_end < near.end && block_end - start <= near.distance;
        if is_crumb { block_end + 1 } else { start }
    }

    fn weigh(
        &self,
        haystack: &[u8],
        start: usize,
        end: usize,
        words: usize,
        effort: &Effort,
    ) -> PassageCandidate {
        let room = |side: &[u8]| side.len() + side.len() / 2;
        let from = start.saturating_sub(room(self.prefix));
        let until = (end + room(self.suffix)).min(haystack.len());
        let before = haystack.get(from..start).unwrap_or_default();
        let after = haystack.get(end..until).unwrap_or_default();
        let cells = self.prefix.len() * before.len() + self.suffix.len() * after.len();
        effort.spend(cells / Effort::CELLS);
        PassageCandidate {
            start,
            end,
            words,
            before: fuzzy::aligned(self.prefix.iter().rev(), before.iter().rev()).0,
            after: fuzzy::aligned(self.suffix.iter(), after.iter()).0,
        }
    }

    /// How many bytes around the words are the same, up to the first that is not.
    fn touching(&self, haystack: &[u8], start: usize) -> usize {
        let before = haystack.get(..start).unwrap_or_default();
        let after = haystack.get(start + self.words.len()..);
        let same = |(one, other): &(&u8, &u8)| one == other;
        let left = self.prefix.iter().rev().zip(before.iter().rev());
        let right = self.suffix.iter().zip(after.unwrap_or_default());
        left.take_while(same).count() + right.take_while(same).count()
    }

    fn rank(
        &self,
        candidate: &PassageCandidate,
        anchor: &Anchor,
        text: &AnchorText,
    ) -> (usize, bool, usize) {
        let section = text.section_at(candidate.start);
        let elsewhere = section.is_none_or(|section| section.id != anchor.section);
        let far = candidate.start.abs_diff(anchor.start);
        (candidate.cost(), elsewhere, far)
    }

    /// Whether there is enough of a passage to believe in: words that still stand beside the same
    /// ones, or long ones as they were. What has changed, or had its like before, may not be put
    /// together from the end of one block and the start of the next; and short words that have
    /// changed must have kept both neighbours.
    fn is_proved_by(
        &self,
        candidate: &PassageCandidate,
        text: &AnchorText,
        had_rivals: bool,
    ) -> bool {
        let (before, after) = (self.fits_before(candidate), self.fits_after(candidate));
        let had_rivals = had_rivals || self.repeat_themselves();
        let is_pieced = text.block_end(candidate.start) < candidate.end;
        let length = self.words.len();
        match candidate.words {
            edits if is_pieced && (edits > 0 || had_rivals) => false,
            0 => before || after || (length >= PROOF && !had_rivals),
            _ if length < PROOF * 2 => before && after,
            _ => before || after,
        }
    }

    /// Whether the words are the same again and again, and so their own rivals.
    fn repeat_themselves(&self) -> bool {
        let words = self.words.as_bytes();
        let mut periods = 1..=words.len() / 2;
        periods.any(|period| {
            words
                .get(period..)
                .is_some_and(|rest| words.starts_with(rest))
        })
    }

    fn fits_before(&self, candidate: &PassageCandidate) -> bool {
        fits(candidate.before, self.prefix.len())
    }

    fn fits_after(&self, candidate: &PassageCandidate) -> bool {
        fits(candidate.after, self.suffix.len())
    }
}

/// Whether surroundings of so many bytes are still the same in the main.
fn fits(edits: usize, bytes: usize) -> bool {
    bytes >= 8 && edits * 4 <= bytes
}

#[cfg(test)]
mod random_edits;
#[cfg(test)]
mod tests;
