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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::testing::paragraph;
    use crate::paper::Link;

    /// Checks where an address may break, with bars at those places.
    fn check(barred: &str) {
        let address = barred.replace('|', "");
        let mut shown = String::new();
        let mut from = 0;
        for at in breaks(&address) {
            shown.push_str(address.get(from..at).expect("breaks are in order"));
            shown.push('|');
            from = at;
        }
        shown.push_str(address.get(from..).expect("breaks are within"));
        assert_eq!(shown, barred);
    }

    #[test]
    fn an_address_breaks_after_slashes_and_before_other_signs() {
        check("https://|example|.org/|one/|two|-three|_4");
        check("http://|a|.b/|c|?d=|e&|f|#g");
        check("www|.example|.org");
        check("https://|x|.org/|%E4|%B8");
    }

    #[test]
    fn a_break_never_parts_a_character() {
        check("https://|例|.org/|中文");
    }

    #[test]
    fn words_that_lead_to_an_address_are_no_address() {
        let mut block = paragraph("here and https://a.b/here");
        let target = Target::Address("https://a.b/here".into());
        for range in [0..8, 9..25] {
            let target = target.clone();
            block.links.push(Link { range, target });
        }
        let found: Vec<_> = addresses(&block).map(|range| range.start).collect();
        assert_eq!(found, [9]);
    }
}
