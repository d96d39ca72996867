//! Counting bytes of long texts.

/// Bytes are counted in stretches of so many, of which one byte holds the count: a processor then
/// counts many at a time.
const COUNTED_AT_ONCE: usize = u8::MAX as usize;

/// How many bytes are counted, by the one before each; before the first stands `before`. What tells
/// should have no branch.
pub(crate) fn count_bytes(
    text: &str,
    before: u8,
    is_counted: impl Fn(u8, u8) -> bool + Copy,
) -> usize {
    let bytes = text.as_bytes();
    let Some((first, behind)) = bytes.split_first() else {
        return 0;
    };
    let stretches = bytes.chunks(COUNTED_AT_ONCE);
    let counts = stretches.zip(behind.chunks(COUNTED_AT_ONCE));
    let counts = counts.map(|(before, bytes)| {
        let pairs = before.iter().zip(bytes);
        let counted = pairs.map(|(before, byte)| u8::from(is_counted(*before, *byte)));
        usize::from(counted.sum::<u8>())
    });
    counts.sum::<usize>() + usize::from(is_counted(before, *first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_counted_once_with_the_one_before_it() {
        let of_b =
            |text: &str| count_bytes(text, b'a', |before, byte| (before == b'a') & (byte == b'b'));
        assert_eq!(of_b(""), 0);
        assert_eq!(of_b("bb"), 1);
        for pairs in [1, 126, 127, 128, 255, 256, 1000] {
            assert_eq!(of_b(&"ab".repeat(pairs)), pairs);
            assert_eq!(of_b(&format!("c{}", "ab".repeat(pairs))), pairs);
        }
    }
}
