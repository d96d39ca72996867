//! The signs of Markdown in a source: what may begin or end something. Each takes far more memory
//! than its byte, so that they, not the bytes, bound what a paper costs.

/// So many a paper may have: a million notes have about ten million.
pub(super) const MAX_SIGNS: usize = 12_000_000;

/// How many signs the Markdown has; never too few.
pub(super) fn count(markdown: &str) -> usize {
    let mut before = 0;
    let mut count = 0;
    for byte in markdown.bytes() {
        count += usize::from(is_sign(byte, before));
        before = byte;
    }
    count
}

/// Whether the byte, after the one before it, is a sign.
fn is_sign(byte: u8, before: u8) -> bool {
    match byte {
        b'\n' | b'*' | b'_' | b'~' | b'`' | b'[' | b']' | b'^' | b'!' | b'<' | b'>' | b'&' => true,
        b'\\' | b'|' | b'-' | b'+' | b'#' | b'=' | b':' => true,
        // The numbers of lists, and addresses that begin with `www.`.
        b'.' | b')' => before.is_ascii_digit() || before == b'w',
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_a_block_a_span_a_link_or_a_note_is_counted() {
        for source in [
            "a\n", "*a*", "_a_", "~~a~~", "`a`", "[a]", "^[a]", "[^a]", "![a", "<b>", "> a",
            "&lt;", "\\", "|a", "---", "+ a", "# a", "=", "1. a", "1) a", "http://a", "www.a",
        ] {
            assert!(count(source) > 0, "{source:?}");
        }
        assert_eq!(count("Words, and (more) words. “Quoted” words; words…"), 0);
    }
}
