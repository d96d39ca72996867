//! Addresses in the text: where they stand, and where a line may break in one.

use std::ops::Range;

use super::ruler;
use crate::paper::{Block, Target};

/// Where the block's text shows an address rather than words. In order, apart.
pub(crate) fn addresses(block: &Block) -> impl Iterator<Item = Range<usize>> {
    let shown = block.links.iter().filter(|link| {
        let text = block.text.get(link.range.clone()).unwrap_or_default();
        shows_address(text, &link.target)
    });
    shown.map(|link| link.range.clone())
}

/// No host is longer, in bytes and with its scheme.
const MAX_HOST_BYTES: usize = 256;

/// The offsets in an address, beyond `from`, at which a line of so many columns may end.
///
/// This is in the manner of the Chicago Manual of Style (17th edition, 14.18): after `=` and `&`
/// and before any other sign, so that nobody takes a sign at the end of a line for the
/// sentence's; but after a slash, which tells that the address goes on. A hyphen is never added.
/// The scheme and the host stay together if there is room for them.
pub(super) fn breaks(address: &str, from: usize, columns: u16) -> impl Iterator<Item = usize> {
    let head = address.get(..host_end(address)).unwrap_or_default();
    let kept = Some(head).filter(|head| ruler::columns(head) <= columns);
    let kept = kept.map_or(0, str::len);
    let bytes = address.as_bytes();
    let pairs = bytes.iter().zip(bytes.iter().skip(1)).skip(from);
    let breaks = pairs
        .zip(from + 1..)
        .filter_map(|((&before, &after), offset)| {
            let ends = matches!(before, b'/' | b'=' | b'&') && after != b'/';
            let begins = b"?#.-_~,;%+@".contains(&after) && after != before && before != b'/';
            (ends || begins).then_some(offset)
        });
    breaks.filter(move |offset| *offset >= kept)
}

/// Where the scheme and the host end, with the slash after them.
fn host_end(address: &str) -> usize {
    let bytes = address.floor_char_boundary(MAX_HOST_BYTES);
    let head = address.get(..bytes).unwrap_or_default();
    let scheme_end = head.find("://").map_or(0, |at| at + "://".len());
    let host = head.get(scheme_end..).unwrap_or_default();
    host.find('/').map_or(bytes, |at| scheme_end + at + 1)
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

    /// Checks where an address may break on lines of so many columns, with bars at those places.
    fn check(barred: &str, columns: u16) {
        let address = barred.replace('|', "");
        let mut shown = String::new();
        let mut from = 0;
        for at in breaks(&address, 0, columns) {
            shown.push_str(address.get(from..at).expect("breaks are in order"));
            shown.push('|');
            from = at;
        }
        shown.push_str(address.get(from..).expect("breaks are within"));
        assert_eq!(shown, barred);
    }

    #[test]
    fn an_address_breaks_after_slashes_and_before_other_signs() {
        check("https://example.org/|one/|two|-three|_4|.html", 68);
        check("http://a.b/|c|?d=|e&|f|#g", 68);
        check("https://x.org/|%E4|%B8", 68);
    }

    #[test]
    fn a_host_is_parted_only_where_it_is_too_wide() {
        check("https://www.example.org", 68);
        check("https://www.example.org/|one", 24);
        check("https://|www|.example|.org/|one", 23);
        check("www|.example|.org", 10);
    }

    #[test]
    fn a_break_never_parts_a_character() {
        check("https://例.org/|中文/|国", 68);
    }

    #[test]
    fn words_that_lead_to_an_address_are_no_address() {
        let mut block = paragraph("here and https://a.b/here");
        let target = Target::Address("https://a.b/here".into());
        for range in [0..8, 9..25] {
            let target = target.clone();
            block.links.push(Link::new(range, target));
        }
        let found: Vec<_> = addresses(&block).map(|range| range.start).collect();
        assert_eq!(found, [9]);
    }
}
