//! Addresses that a blank within them has cut: what is left of one leads elsewhere, and names
//! nothing.

use std::ops::Range;
use std::sync::Arc;

use super::words::Words;

/// Those of the links that reach into a range of the words.
pub(super) fn links_within<'a>(
    words: &Words<'_>,
    range: &Range<usize>,
    links: &'a [(Range<usize>, Arc<str>)],
) -> impl Iterator<Item = &'a (Range<usize>, Arc<str>)> {
    let bytes = words.bytes(range);
    let first = links.partition_point(|(link, _)| link.end <= bytes.start);
    let inside = links.iter().skip(first);
    inside.take_while(move |(link, _)| link.start < bytes.end)
}

/// The addresses of the links that lead where they say: what is left of one that a blank has cut
/// is the address of something else.
pub(super) fn whole_addresses(
    words: &Words<'_>,
    range: &Range<usize>,
    links: &[(Range<usize>, Arc<str>)],
) -> Vec<Arc<str>> {
    let text = words.text();
    let is_whole = |link: &Range<usize>, address: &str| {
        let shown = text.get(link.clone()).unwrap_or_default();
        let after = text.get(link.end..).unwrap_or_default();
        !(says_address(shown) && is_cut(address, after))
    };
    let inside = links_within(words, range, links);
    let whole = inside.filter(|(link, address)| is_whole(link, address));
    whole.map(|(_, address)| Arc::clone(address)).collect()
}

/// Whether the words that lead to an address are the address.
pub(super) fn says_address(shown: &str) -> bool {
    shown.contains("://") || shown.starts_with("www.")
}

/// Whether an address is only the beginning of
/// the one that is meant, by `after`, the text right behind it: it ends in a mark that no address
/// ends in, or the next word looks like its rest.
pub(super) fn is_cut(address: &str, after: &str) -> bool {
    let escape = address
        .len()
        .checked_sub(3)
        .and_then(|at| address.get(at..));
    let ends_open = address.ends_with(['-', '_', '=', '&', '%', '?', ','])
        || escape.is_some_and(|escape| OPEN_ESCAPES.iter().any(|e| e.eq_ignore_ascii_case(escape)));
    ends_open || begins_with_rest(address, after)
}

/// ":", "/", "=", "&" and "?", as addresses write them in what they ask for.
const OPEN_ESCAPES: [&str; 5] = ["%3A", "%2F", "%3D", "%26", "%3F"];

/// Whether the text after an address begins with what can only be more of it.
fn begins_with_rest(address: &str, after: &str) -> bool {
    let rest = after
        .strip_prefix([' ', '\n', '\u{a0}'])
        .unwrap_or_default();
    let word = rest.split_whitespace().next().unwrap_or_default();
    let word = word.trim_end_matches(['.', ',', ';', ')']);
    let has = |marks: &[char]| word.contains(marks);
    let hyphens = word.chars().filter(|c| *c == '-').count();
    let is_file = [".html", ".htm", ".php", ".pdf", ".aspx"]
        .iter()
        .any(|end| word.ends_with(end));
    if word.contains("://") {
        return false;
    }
    let Some(first) = word.chars().next() else {
        return false;
    };
    if first.is_ascii_lowercase() || first.is_ascii_digit() || first == '/' {
        return is_file || has(&['/', '_', '=', '&', '?', '%']) || hyphens > 2;
    }
    // A capital may begin a sentence as well: "TXT/?uri=…", "TA-9-2024-0138_EN.pdf".
    let is_path = is_file || has(&['=', '&', '?', '%']);
    address.ends_with('/') && first.is_ascii_uppercase() && is_path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, after: &str, expected: bool) {
        assert_eq!(is_cut(address, after), expected, "{address}{after}");
    }

    #[test]
    fn an_address_is_cut_where_the_next_word_is_its_rest() {
        check(
            "https://law.example.org/",
            " legal-content/EN/TXT/ (accessed",
            true,
        );
        check(
            "https://law.example.org/EN/",
            " TXT/?uri=X%3A32 (accessed",
            true,
        );
        check(
            "https://law.example.org/doc/",
            " TA-9-2024-0138_EN.pdf.",
            true,
        );
        check(
            "https://law.example.org/?uri=CELEX%3A",
            " 52020DC0066",
            true,
        );
        check("https://law.example.org/TXT/?", " uri=COM", true);
        check(
            "https://law.example.org/TXT/",
            " (accessed 3/4/2020)",
            false,
        );
        check("https://law.example.org/TXT/", " Smith/Jones write", false);
        check("https://law.example.org/TXT", ". What? Nothing", false);
        check(
            "https://law.example.org/TXT",
            " https://example.org/b",
            false,
        );
        check("https://law.example.org/a%C3%A9", " and more", false);
        check("é", "", false);
    }
}
