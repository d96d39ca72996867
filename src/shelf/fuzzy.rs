//! Words that nearly match, by edit distance: how many bytes must be put in, taken out or changed.
//!
//! The search is Myers' bit-parallel one (Journal of the ACM 46, 1999), in the form that Hyyrö
//! (2003) gave it for patterns of more than 64 bytes.

/// A stretch of a text that is near a pattern. All in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FuzzyMatch {
    /// Where it ends. Where it begins takes [`aligned`] to tell.
    pub(super) end: usize,
    pub(super) distance: usize,
}

const WORD: usize = 64;

/// Where in the text something ends that is at most `most` edits from the pattern, in order: of
/// those that end within half the pattern's length of each other the nearest. Takes one step for each byte of the text and each 64 of the
/// pattern.
pub(super) fn search(pattern: &[u8], text: &[u8], most: usize) -> Vec<FuzzyMatch> {
    let mut found = Vec::new();
    let mut nearest: Option<FuzzyMatch> = None;
    let mut column = DistanceColumn::new(pattern);
    for (index, byte) in text.iter().enumerate() {
        let (end, distance) = (index + 1, column.step(*byte));
        if distance > most {
            continue;
        }
        match nearest {
            Some(best) if (end - best.end) * 2 < pattern.len() => {
                if distance < best.distance {
                    nearest = Some(FuzzyMatch { end, distance });
                }
            }
            _ => {
                found.extend(nearest);
                nearest = Some(FuzzyMatch { end, distance });
            }
        }
    }
    found.extend(nearest);
    found
}

/// The least distance between the pattern and a head of the text, and the length of the shortest
/// such head. Takes the product of both lengths, so both must be short.
pub(super) fn aligned<'a>(
    pattern: impl Iterator<Item = &'a u8>,
    text: impl Iterator<Item = &'a u8>,
) -> (usize, usize) {
    let text: Vec<u8> = text.copied().collect();
    let mut row: Vec<usize> = (0..=text.len()).collect();
    for byte in pattern {
        let mut diagonal = 0;
        let mut left = None;
        for (cell, beside) in row
            .iter_mut()
            .zip(std::iter::once(None).chain(text.iter().map(Some)))
        {
            let above = *cell;
            let changed = diagonal + usize::from(beside != Some(byte));
            let best = match left {
                Some(left) => changed.min(above + 1).min(left + 1),
                None => above + 1,
            };
            (diagonal, left, *cell) = (above, Some(best), best);
        }
    }
    let least = row
        .iter()
        .enumerate()
        .min_by_key(|(_, distance)| **distance);
    least.map_or((0, 0), |(length, distance)| (*distance, length))
}

/// One column of the table of distances, as differences between neighbours, 64 to a word.
struct DistanceColumn {
    words: Vec<ColumnWord>,
    /// The pattern's last byte, in the last word.
    last: u64,
    distance: usize,
}

struct ColumnWord {
    /// For each byte, where in this part of the pattern it stands.
    stands: [u64; 256],
    rises: u64,
    falls: u64,
}

/// How a distance changes from one column to the next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Carry {
    Less,
    Same,
    More,
}

impl DistanceColumn {
    fn new(pattern: &[u8]) -> Self {
        DistanceColumn {
            words: pattern.chunks(WORD).map(ColumnWord::new).collect(),
            last: 1 << (pattern.len().saturating_sub(1) % WORD),
            distance: pattern.len(),
        }
    }

    /// Goes on by a byte of the text; returns the distance of the best match that ends with it.
    fn step(&mut self, byte: u8) -> usize {
        // The first row is 0 everywhere: a match may begin anywhere.
        let mut carry = Carry::Same;
        let count = self.words.len();
        for (index, word) in self.words.iter_mut().enumerate() {
            let top = if index + 1 == count {
                self.last
            } else {
                1 << (WORD - 1)
            };
            carry = word.step(byte, carry, top);
        }
        match carry {
            Carry::Less => self.distance = self.distance.saturating_sub(1),
            Carry::Same => {}
            Carry::More => self.distance += 1,
        }
        self.distance
    }
}

impl ColumnWord {
    fn new(part: &[u8]) -> Self {
        let mut stands = [0; 256];
        for (bit, byte) in part.iter().enumerate() {
            if let Some(mask) = stands.get_mut(usize::from(*byte)) {
                *mask |= 1 << bit;
            }
        }
        ColumnWord {
            stands,
            rises: u64::MAX,
            falls: 0,
        }
    }

    /// Names in the paper: `rises` is Pv, `falls` is Mv, `more` Ph, `less` Mh.
    fn step(&mut self, byte: u8, carry: Carry, top: u64) -> Carry {
        let mut equal = self.stands.get(usize::from(byte)).copied().unwrap_or(0);
        let vertical = equal | self.falls;
        equal |= u64::from(carry == Carry::Less);
        let horizontal = ((equal & self.rises).wrapping_add(self.rises) ^ self.rises) | equal;
        let mut more = self.falls | !(horizontal | self.rises);
        let mut less = self.rises & horizontal;
        let out = match (more & top != 0, less & top != 0) {
            (true, _) => Carry::More,
            (_, true) => Carry::Less,
            _ => Carry::Same,
        };
        more = (more << 1) | u64::from(carry == Carry::More);
        less = (less << 1) | u64::from(carry == Carry::Less);
        self.rises = less | !(vertical | more);
        self.falls = more & vertical;
        out
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The textbook's table, whole: for each end the least distance.
    fn table(pattern: &[u8], text: &[u8]) -> Vec<usize> {
        let mut column: Vec<usize> = (0..=pattern.len()).collect();
        let mut ends = Vec::new();
        for byte in text {
            let mut next = vec![0];
            for (row, expected) in pattern.iter().enumerate() {
                let changed = column[row] + usize::from(expected != byte);
                next.push(changed.min(column[row + 1] + 1).min(next[row] + 1));
            }
            column = next;
            ends.push(column[pattern.len()]);
        }
        ends
    }

    #[test]
    fn a_mistyped_word_is_found() {
        let found = search(b"bookmark", b"a bokmark, a bookmark", 2);
        let ends: Vec<_> = found.iter().map(|near| (near.end, near.distance)).collect();
        assert_eq!(ends, [(9, 1), (21, 0)]);
    }

    #[test]
    fn the_shortest_of_equal_heads_is_taken() {
        assert_eq!(aligned(b"abcX".iter(), b"abcY".iter()), (1, 3));
        assert_eq!(aligned(b"".iter(), b"abc".iter()), (0, 0));
        assert_eq!(aligned(b"abc".iter(), b"".iter()), (3, 0));
    }

    proptest! {
        #[test]
        fn the_bits_say_what_the_table_says(
            pattern in "[ab]{1,200}",
            text in "[abc]{0,300}",
        ) {
            let mut column = DistanceColumn::new(pattern.as_bytes());
            let steps: Vec<_> = text.bytes().map(|byte| column.step(byte)).collect();
            prop_assert_eq!(steps, table(pattern.as_bytes(), text.as_bytes()));
        }

        #[test]
        fn the_nearest_place_is_always_among_those_found(
            pattern in "[ab]{1,80}",
            text in "[abc]{0,200}",
        ) {
            let least = table(pattern.as_bytes(), text.as_bytes()).into_iter().min();
            let found = search(pattern.as_bytes(), text.as_bytes(), usize::MAX);
            prop_assert_eq!(found.iter().map(|near| near.distance).min(), least);
        }

        #[test]
        fn an_alignment_is_as_near_as_the_table_says(
            pattern in "[ab]{0,20}",
            text in "[abc]{0,30}",
        ) {
            let (distance, length) = aligned(pattern.as_bytes().iter(), text.as_bytes().iter());
            let heads = (0..=text.len()).map(|end| {
                aligned_whole(pattern.as_bytes(), &text.as_bytes()[..end])
            });
            let least = heads.enumerate().min_by_key(|(end, distance)| (*distance, *end));
            prop_assert_eq!(least, Some((length, distance)));
        }
    }

    /// The distance between two whole strings.
    fn aligned_whole(pattern: &[u8], text: &[u8]) -> usize {
        let mut row: Vec<usize> = (0..=text.len()).collect();
        for (above, expected) in pattern.iter().enumerate() {
            let mut next = vec![above + 1];
            for (column, byte) in text.iter().enumerate() {
                let changed = row[column] + usize::from(expected != byte);
                next.push(changed.min(row[column + 1] + 1).min(next[column] + 1));
            }
            row = next;
        }
        row[text.len()]
    }
}
