//! Addresses in the text: where they stand, and where a line may break in one.

use std::ops::Range;

use crate::paper::{Block, Target};

/// Where the block's text shows an address rather than words. In order, apart.
pub(super) fn addresses(block: &Block) -> impl Iterator<Item = Range<usize>> {
    let shown = block.links.iter().filter(|link| {
        let text = block.text.get(link.range.clone()).unwrap_or_default();
        shows_address(text, &link.target)
    });
    shown.map(|link| link.range.clone())
}

/// The offsets in an address at which a line may end, after the Chicago Manual of Style (17th
/// edition, 14.18): after a slash, `=` and `&`, and before any other sign, so that nobody takes a
/// sign at the end of a line for the sentence's. A hyphen is never added.
pub(super) fn breaks(address: &str) -> impl Iterator<Item = usize> {
    let bytes = address.as_bytes();
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    pairs.zip(1..).filter_map(|((&before, &after), offset)| {
        let ends = matches!(before, b'/' | b'=' | b'&') && after != b'/';
        let begins = b"?#.-_~,;%+@:".contains(&after) && after != before && before != b'/';
        let is_scheme =
            before == b':' || address.get(offset..).is_some_and(|s| s.starts_with("://"));
        ((ends || begins) && !is_scheme).then_some(offset)
    })
}

fn shows_address(text: &str, target: &Target) -> bool {
    let Target::Address(address) = target else {
        return false;
    };
    let is_one_word = !text.is_empty() && !text.contains(char::is_whitespace);
    is_one_word && (text.contains("://") || text.starts_with("www.") || address.ends_with(text))
}
