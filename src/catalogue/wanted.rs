//! Which works are asked for: those with a DOI, an address, or words in their citations; those that
//! several papers cite.

use crate::formats::bibliography::doi::bare_doi;
use crate::paper::Details;
use crate::search::plain;
use crate::sources::{SharedWork, Source, bare_address, text_key, work_keys};

/// What is asked for of the works that papers cite.
#[derive(Debug, Default)]
pub struct WorksQuery {
    /// Only those that several papers cite.
    pub is_shared: bool,
    /// Only those that this tells; all if there is none.
    pub citing: Option<WantedWork>,
}

/// What tells a work that is looked for.
#[derive(Debug)]
pub struct WantedWork {
    /// All of it, folded.
    words: String,
    address: String,
    /// In small letters; empty if it is none.
    doi: String,
}

impl WorksQuery {
    /// Whether a work is one of those.
    pub(super) fn is_meant(&self, work: &SharedWork) -> bool {
        let is_wanted = self
            .citing
            .as_ref()
            .is_none_or(|wanted| wanted.is(&work.source));
        is_wanted && (!self.is_shared || work.papers().len() > 1)
    }
}

impl WantedWork {
    /// A work by its DOI or its address, in any of their forms, else by words of its citations.
    #[must_use]
    pub fn new(words: &str) -> Self {
        WantedWork {
            words: plain(words),
            address: bare_of_resolver(words),
            doi: bare_doi(words).to_lowercase(),
        }
    }

    /// Whether a work with this citation is meant.
    fn is(&self, source: &Source) -> bool {
        let Details { doi, url, .. } = &*source.details;
        // "10.1234/abc" is not "10.1234/abc.5".
        if !self.doi.is_empty() && !doi.is_empty() {
            let field = doi.to_lowercase();
            let is_in_text = || self.has_words(&plain(&source.text));
            return field == self.doi || self.doi.starts_with(&field) && is_in_text();
        }
        let is_wanted =
            |address: &str| !address.is_empty() && bare_of_resolver(address) == self.address;
        is_wanted(doi) || is_wanted(url) || self.has_words(&plain(&source.text))
    }

    /// Whether a folded text has all the words, if only as parts of longer ones; figures are no part
    /// of a longer number.
    pub(super) fn has_words(&self, text: &str) -> bool {
        let mut words = self.words.split_whitespace();
        words.all(|word| has_word(text, word))
    }

    /// The words, folded.
    pub(super) fn words(&self) -> &str {
        &self.words
    }

    /// The keys of which a source has one if it is meant by what it says besides its text.
    pub(super) fn keys(&self) -> Vec<u64> {
        let details = Details {
            doi: self.doi.clone(),
            ..Details::default()
        };
        let address = Some(&self.address).filter(|address| !address.is_empty());
        let address = address.map(|address| address_key(address));
        work_keys(&details).into_iter().chain(address).collect()
    }
}

fn has_word(text: &str, word: &str) -> bool {
    let is_figure = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let (bytes, own) = (text.as_bytes(), word.as_bytes());
    let is_whole = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        let goes_on_before = is_figure(own.first()) && is_figure(before);
        let goes_on_behind = is_figure(own.last()) && is_figure(bytes.get(at + word.len()));
        !goes_on_before && !goes_on_behind
    };
    let first = word.chars().next().map_or(1, char::len_utf8);
    let mut from = 0;
    // Where it is refused it may begin again before it ends.
    while let Some(found) = text.get(from..).and_then(|rest| rest.find(word)) {
        if is_whole(from + found) {
            return true;
        }
        from += found + first;
    }
    false
}

/// What a source is looked up by: what may tell its work, and its addresses.
pub(super) fn lookup_keys(source: &Source) -> impl Iterator<Item = u64> {
    let Details { doi, url, .. } = &*source.details;
    let addresses = [doi, url].into_iter().filter(|it| !it.is_empty());
    let addresses = addresses.map(|address| address_key(&bare_of_resolver(address)));
    source.work_keys().into_iter().chain(addresses)
}

fn bare_of_resolver(address: &str) -> String {
    let bare = bare_address(address);
    bare.strip_prefix("doi.org/").unwrap_or(&bare).to_owned()
}

fn address_key(bare: &str) -> u64 {
    text_key(&format!("at {bare}"))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::formats::markdown::parse;
    use crate::sources::Sources;

    #[test]
    fn words_may_be_parts_of_longer_ones_and_figures_may_not() {
        let wanted = WantedWork::new("601 U.S. jud");
        assert!(wanted.has_words("601 u.s. 9, judgment"));
        assert!(wanted.has_words("u.s. § 601(d), judge"));
        assert!(!wanted.has_words("u.s. § 7601(d), judge"));
        assert!(!wanted.has_words("6012 u.s., judge"));
    }

    #[test]
    fn a_doi_that_was_read_too_short_is_found_in_the_text_as_a_whole() {
        let is_meant = |text: &str| {
            let paper = parse(&format!("Text.[^1]\n\n[^1]: {text}\n")).paper;
            let mut source = Sources::read(&paper).all()[0].clone();
            Arc::make_mut(&mut source.details).doi = "10.1234/abc".to_owned();
            WantedWork::new("10.1234/abc.5").is(&source)
        };
        assert!(is_meant(
            "Smith, *The Notes of Others*, 2020, doi:10.1234/abc.5."
        ));
        assert!(!is_meant(
            "Smith, *The Notes of Others*, 2020, doi:10.1234/abc.55."
        ));
    }

    #[test]
    fn words_are_found_where_they_overlap_with_what_is_a_part_of_a_number() {
        assert!(WantedWork::new("1.1").has_words("01.1.1"));
        assert!(!WantedWork::new("1.1").has_words("01.1.12"));
        assert!(WantedWork::new("2-я2").has_words("12-я2-я2"));
        assert!(WantedWork::new("22").has_words("222 22"));
        assert!(!WantedWork::new("22").has_words("2222"));
    }
}
