//! Which addresses may be opened.

use std::collections::HashSet;

use crate::paper::{Block, Paper, Target, place_name};

/// What may be handed to a browser or a mail program, and nothing else.
const OPENABLE: [&str; 3] = ["http://", "https://", "mailto:"];

/// Whether opcit opens such an address, given to the browser as one argument.
///
/// # Errors
/// Why it does not, in words for the reader.
pub(crate) fn check(address: &str) -> Result<(), String> {
    let lower = address.to_ascii_lowercase();
    if !OPENABLE.iter().any(|scheme| lower.starts_with(scheme)) {
        return Err("opcit opens http, https and mailto addresses only".into());
    }
    if !address
        .chars()
        .all(|letter| letter.is_ascii_graphic() || !letter.is_ascii())
    {
        return Err("the address holds spaces or control characters".into());
    }
    // A mail program may attach files that such an address names.
    if lower.starts_with("mailto:") && (lower.contains("attach=") || lower.contains("attachment="))
    {
        return Err("the address would attach a file to a mail".into());
    }
    Ok(())
}

/// The host that an http address leads to, after any name and password before it.
pub(crate) fn host(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?;
    (!host.is_empty()).then_some(host)
}

/// The address without what all addresses begin with, where there is little room.
pub(crate) fn without_scheme(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.strip_prefix("www.").unwrap_or(rest)
}

/// What a link leads to, in words: the address, or what the place is called.
pub(crate) fn name(paper: &Paper, target: &Target) -> String {
    match target {
        Target::Address(address) => address.to_string(),
        Target::Place(place) => place_name(paper, place.block),
    }
}

/// Where the first links of some blocks lead to, up to so many, each once, in the text's order.
pub(crate) fn targets<'a>(blocks: impl IntoIterator<Item = &'a Block>, most: usize) -> Vec<Target> {
    let links = blocks.into_iter().flat_map(|block| &block.links);
    let mut seen = HashSet::new();
    links
        .map(|link| &link.target)
        .filter(|target| seen.insert(*target))
        .take(most)
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_and_mail_addresses_are_opened() {
        for good in ["http://a.org", "HTTPS://a.org/x?y#z", "mailto:me@a.org"] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "-flag",
            "https://a.org/ b",
            "https://a.org/\n",
            "mailto:me@a.org?attach=/etc/passwd",
            "//a.org",
            "",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_host_is_what_stands_after_a_name_that_hides_it() {
        assert_eq!(host("https://bank.com@evil.org/x"), Some("evil.org"));
        assert_eq!(host("https://a.org"), Some("a.org"));
        assert_eq!(host("mailto:me@a.org"), None);
    }
}
