//! The signs of Markdown in a source: what may begin or end something. Each takes far more memory
//! than its byte, so that they, not the bytes, bound what a paper costs.

use crate::paper::count_bytes;

/// So many a paper may have: a million notes have about ten million.
pub(super) const MAX_SIGNS: usize = 12_000_000;

/// What is a sign wherever it stands.
const SIGNS: [u8; 19] = *b"\n*_~`[]^!<>&\\|-+#=:";

/// Whether the Markdown has more signs than so many; it has never fewer than are counted.
pub(super) fn exceed(most: usize, markdown: &str) -> bool {
    markdown.len() > most && count(markdown) > most
}

/// How many signs the Markdown has; never too few.
fn count(markdown: &str) -> usize {
    count_bytes(markdown, 0, |before, byte| {
        is_sign(byte) | is_sign_behind(before, byte)
    })
}

fn is_sign(byte: u8) -> bool {
    SIGNS.iter().fold(false, |is, sign| is | (byte == *sign))
}

/// Whether the byte is a sign behind the one before it: the numbers of lists have such, and
/// addresses that begin with `www.`.
fn is_sign_behind(before: u8, byte: u8) -> bool {
    ((byte == b'.') | (byte == b')')) & (before.is_ascii_digit() | (before == b'w'))
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
