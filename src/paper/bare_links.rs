//! Addresses that stand in the text without any brackets, found by the rules of GitHub's
//! extended autolinks (<https://github.github.com/gfm/#autolinks-extension->).

use std::ops::Range;

use memchr::{memchr, memmem};

use super::clean::clean_address;
use super::rich::Rich;
use super::{Link, Target};

/// Makes every address in the text a link, but for those in code and in links.
pub(super) fn link(rich: &mut Rich) {
    let mut starts = starts(&rich.text);
    if starts.is_empty() {
        return;
    }
    starts.sort_unstable();
    let mut found = Vec::new();
    let mut end_of_last = 0;
    let mut taken = Taken::new(rich);
    for start in starts {
        let Some(range) = (start >= end_of_last)
            .then(|| taken.address(start))
            .flatten()
        else {
            continue;
        };
        end_of_last = range.end;
        let address = rich.text.get(range.clone()).unwrap_or_default();
        let target = Target::Address(complete(address).into());
        found.push(Link::new(range, target));
    }
    if !found.is_empty() {
        rich.links.append(&mut found);
        rich.links.sort_by_key(|link| link.range.start);
    }
}

/// Where an address may start: at a scheme or at `www.`, not within a word.
fn starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut from = 0;
    while let Some(colon) = memchr(b':', text.as_bytes().get(from..).unwrap_or_default()) {
        let colon = from + colon;
        from = colon + 1;
        let (before, after) = text.split_at_checked(colon).unwrap_or_default();
        let scheme = SCHEMES.iter().find(|(scheme, follow)| {
            ends_with_ignoring_case(before, scheme) && after.starts_with(follow)
        });
        if let Some((scheme, _)) = scheme {
            starts.push(colon - scheme.len());
        }
    }
    starts.extend(memmem::find_iter(text.as_bytes(), "www."));
    starts.retain(|&start| !is_within_word(text, start));
    starts
}

/// A scheme, and what must follow it.
const SCHEMES: [(&str, &str); 3] = [("https", "://"), ("http", "://"), ("mailto", ":")];

fn ends_with_ignoring_case(text: &str, end: &str) -> bool {
    let start = text.len().checked_sub(end.len());
    start
        .and_then(|start| text.get(start..))
        .is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

fn is_within_word(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    before.is_some_and(char::is_alphanumeric)
}

/// The text with what an address may not reach into, read from the text's start to its end.
struct Taken<'a> {
    rich: &'a Rich,
    code: Vec<&'a Range<usize>>,
    next_code: usize,
    next_link: usize,
    next_marker: usize,
}

impl<'a> Taken<'a> {
    fn new(rich: &'a Rich) -> Self {
        let code = rich.spans.iter().filter(|span| span.style.is_verbatim());
        Taken {
            rich,
            code: code.map(|span| &span.range).collect(),
            next_code: 0,
            next_link: 0,
            next_marker: 0,
        }
    }

    /// The address that starts there; starts must increase.
    fn address(&mut self, start: usize) -> Option<Range<usize>> {
        let rich = self.rich;
        let passed = |ends_at: usize| ends_at <= start;
        while self
            .code
            .get(self.next_code)
            .is_some_and(|code| passed(code.end))
        {
            self.next_code += 1;
        }
        while rich
            .links
            .get(self.next_link)
            .is_some_and(|link| passed(link.range.end))
        {
            self.next_link += 1;
        }
        while rich
            .markers
            .get(self.next_marker)
            .is_some_and(|marker| passed(marker.offset))
        {
            self.next_marker += 1;
        }
        let code = self.code.get(self.next_code).map(|code| code.start);
        let link = rich.links.get(self.next_link).map(|link| link.range.start);
        let marker = rich
            .markers
            .get(self.next_marker)
            .map(|marker| marker.offset);
        let limits = [code, link, marker, Some(rich.text.len())];
        let limit = limits.into_iter().flatten().min()?;
        let text = rich.text.get(start..limit)?;
        let length = address_length(text)?;
        Some(start..start + length)
    }
}

/// How many bytes at the text's head are an address, if it is one.
fn address_length(text: &str) -> Option<usize> {
    let prefix = match text.get(..4)?.to_ascii_lowercase().as_str() {
        "www." => 4,
        "mail" => "mailto:".len(),
        _ => text.find("//")? + 2,
    };
    // Asked before anything is scanned, or a row of false starts would be scanned again and again.
    let rest = text.get(prefix..)?;
    if !rest.starts_with(|char: char| char.is_alphanumeric() || char == '[') {
        return None;
    }
    let end = text.find(ends_address).unwrap_or(text.len());
    text.get(..end).map(trimmed)
}

fn ends_address(char: char) -> bool {
    char.is_whitespace()
        || matches!(
            char,
            '<' | '>' | '"' | '“' | '”' | '„' | '«' | '»' | '⟨' | '⟩'
        )
}

/// The address without the punctuation that belongs to the sentence around it: its last signs,
/// and closing brackets that nothing in the address opens.
fn trimmed(address: &str) -> usize {
    let count =
        |sign| i64::try_from(memchr::memchr_iter(sign, address.as_bytes()).count()).unwrap_or(0);
    let mut round = count(b')') - count(b'(');
    let mut square = count(b']') - count(b'[');
    let mut end = address.len();
    for char in address.chars().rev() {
        let is_trimmed = match char {
            ')' if round > 0 => {
                round -= 1;
                true
            }
            ']' if square > 0 => {
                square -= 1;
                true
            }
            _ => matches!(
                char,
                '?' | '!'
                    | '.'
                    | ','
                    | ':'
                    | ';'
                    | '*'
                    | '_'
                    | '~'
                    | '\''
                    | '’'
                    | '‘'
                    | '…'
                    | '。'
                    | '、'
                    | '，'
            ),
        };
        if !is_trimmed {
            break;
        }
        end -= char.len_utf8();
    }
    end
}

/// The address with a scheme, which `www.` comes without.
fn complete(address: &str) -> String {
    let address = clean_address(address);
    if address.starts_with("www.") {
        format!("http://{address}")
    } else {
        address.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::PaperBuilder;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut rich = Rich::plain(text.to_owned());
        link(&mut rich);
        let links = rich.links.iter().map(|link| match &link.target {
            Target::Address(address) => {
                assert!(address.ends_with(text.get(link.range.clone()).unwrap()));
                address.to_string()
            }
            Target::Place(_) => panic!("a place"),
        });
        assert_eq!(links.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn addresses_are_found_with_their_scheme_or_www() {
        check(
            "see https://a.b/c?d=e#f, HTTP://g.h or www.i.j; mailto:k@l.m",
            &[
                "https://a.b/c?d=e#f",
                "HTTP://g.h",
                "http://www.i.j",
                "mailto:k@l.m",
            ],
        );
    }

    #[test]
    fn punctuation_of_the_sentence_is_left_out() {
        check(
            "(https://a.b/c). https://d.e/f?!",
            &["https://a.b/c", "https://d.e/f"],
        );
        check(
            "“https://a.b/c”, «https://d.e/»",
            &["https://a.b/c", "https://d.e/"],
        );
    }

    #[test]
    fn brackets_of_the_address_are_kept() {
        check(
            "https://a.b/c_(d) (https://a.b/c_(d)) [https://a.b/c[1]].",
            &["https://a.b/c_(d)", "https://a.b/c_(d)", "https://a.b/c[1]"],
        );
    }

    #[test]
    fn what_only_looks_like_an_address_is_text() {
        check(
            "xhttps://a http:// https://- ftp://a.b www. mailto: http:a",
            &[],
        );
    }

    #[test]
    fn an_address_within_an_address_is_part_of_it() {
        check(
            "https://a.b/https://www.c.d/",
            &["https://a.b/https://www.c.d/"],
        );
    }

    #[test]
    fn code_links_and_markers_end_an_address() {
        let mut builder = PaperBuilder::new();
        builder.push_code("https://a.b");
        builder.push_text(" ");
        builder.open_link("f");
        builder.push_text("https://c.d e");
        builder.close();
        builder.push_text(" https://g.h");
        builder.cite("1");
        builder.push_text("i");
        let blocks = builder.finish().paper.blocks;
        let block = blocks.iter().find(|block| block.is_authors()).unwrap();
        let links = block
            .links
            .iter()
            .map(|link| block.text.get(link.range.clone()).unwrap());
        assert_eq!(links.collect::<Vec<_>>(), ["https://c.d e", "https://g.h"]);
    }
}
