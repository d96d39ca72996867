//! Where words stand in a text, told without a pass over the text for each of them.

/// Bytes of a gram, and from one gram that is listed to the next.
const GRAM: usize = 8;

/// Shorter words, in bytes, may lie between two grams that are listed.
pub(super) const MIN_INDEXED_BYTES: usize = 2 * GRAM - 1;

/// The places of every eighth gram of a text, by what it is.
#[derive(Debug, Clone)]
pub(super) struct GramIndex {
    /// Where the places of each bucket begin; one more than there are buckets.
    starts: Vec<u32>,
    places: Vec<u32>,
}

impl GramIndex {
    /// Reads a text in two passes. Takes up to one and a half times as much memory.
    pub(super) fn new(text: &[u8]) -> Self {
        let grams = || {
            let grams = text.chunks_exact(GRAM).enumerate();
            grams.filter_map(|(index, gram)| Some((u32::try_from(index * GRAM).ok()?, gram)))
        };
        let buckets = (text.len() / GRAM).next_power_of_two();
        let mut starts = vec![0_u32; buckets + 1];
        for (_, gram) in grams() {
            if let Some(after) = starts.get_mut(bucket(gram, buckets) + 1) {
                *after += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut places = vec![0_u32; usize::try_from(sum).unwrap_or_default()];
        for (place, gram) in grams() {
            let Some(at) = next.get_mut(bucket(gram, buckets)) else {
                continue;
            };
            if let Some(slot) = usize::try_from(*at).ok().and_then(|at| places.get_mut(at)) {
                *slot = place;
            }
            *at += 1;
        }
        GramIndex { starts, places }
    }

    /// Where words of at least [`MIN_INDEXED_BYTES`] bytes may stand: every place where they do, and
    /// some where they do not. In no order.
    pub(super) fn candidates(&self, words: &[u8]) -> impl Iterator<Item = usize> {
        // Wherever the words stand, one of any eight grams in a row is listed. The eight that are
        // listed least leave least to look at.
        let counts: Vec<usize> = words
            .windows(GRAM)
            .map(|gram| self.of_gram(gram).len())
            .collect();
        let sums = counts.windows(GRAM).map(|counts| counts.iter().sum());
        let rarest = sums
            .enumerate()
            .min_by_key(|(_, sum): &(usize, usize)| *sum);
        let first = rarest.map_or(0, |(first, _)| first);
        let grams = words.windows(GRAM).enumerate().skip(first).take(GRAM);
        grams.flat_map(|(offset, gram)| {
            let places = self.of_gram(gram).iter();
            places.filter_map(move |place| usize::try_from(*place).ok()?.checked_sub(offset))
        })
    }

    /// The places in the bucket of a gram.
    fn of_gram(&self, gram: &[u8]) -> &[u32] {
        let bucket = bucket(gram, self.starts.len().saturating_sub(1));
        let bound = |index: usize| {
            let bound = self.starts.get(index).copied().unwrap_or_default();
            usize::try_from(bound).unwrap_or_default()
        };
        self.places
            .get(bound(bucket)..bound(bucket + 1))
            .unwrap_or_default()
    }
}

/// Which of so many buckets, a power of two, a gram belongs to.
fn bucket(gram: &[u8], buckets: usize) -> usize {
    let bytes: [u8; GRAM] = gram.try_into().unwrap_or_default();
    // Fibonacci hashing (Knuth, The Art of Computer Programming, volume 3, 6.4): the highest bits
    // of the product depend on all bytes.
    let product = u64::from_le_bytes(bytes).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let hash = product.checked_shr(64 - buckets.trailing_zeros());
    usize::try_from(hash.unwrap_or_default()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_place_of_the_words_is_among_the_candidates_once(
            text in "[ab]{0,200}",
            start in 0_usize..200,
            length in MIN_INDEXED_BYTES..40,
        ) {
            let text = text.as_bytes();
            let words = text.get(start..start + length).unwrap_or(b"abababababababa");
            let expected: Vec<usize> = text
                .windows(words.len())
                .enumerate()
                .filter(|(_, window)| *window == words)
                .map(|(place, _)| place)
                .collect();
            let index = GramIndex::new(text);
            let mut found: Vec<usize> = index
                .candidates(words)
                .filter(|place| text.get(*place..).is_some_and(|rest| rest.starts_with(words)))
                .collect();
            found.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }
}
