//! Whether a hyphen at the end of a line belongs to the word: the document's own words tell.

use std::collections::HashSet;

/// Words are remembered up to so many bytes.
const MAX_WORD_BYTES: usize = 64;
const MAX_WORDS: usize = 1_000_000;

/// The words of a document, as they are within lines.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words(HashSet<String>);

/// How one line goes on in the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Join {
    /// With a space between them.
    Space,
    /// Without one.
    Close,
    /// Without one, and without the sign that ends the line.
    Dehyphenate,
}

impl Words {
    /// Learns the words of a line; the last one may be broken, and so may the first.
    pub(crate) fn learn(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let inner = words.len().saturating_sub(1);
        for word in words.iter().take(inner).skip(1) {
            let word = core(word);
            if word.len() < MAX_WORD_BYTES && word.len() > 1 && self.0.len() < MAX_WORDS {
                self.0.insert(word.to_lowercase());
            }
        }
    }

    /// How a line that ends with `before` goes on in one that begins with `after`.
    pub(crate) fn join(&self, before: &str, after: &str) -> Join {
        let first = before.split_whitespace().next_back().unwrap_or("");
        let second = after.split_whitespace().next().unwrap_or("");
        if first.ends_with('\u{AD}') {
            return Join::Dehyphenate;
        }
        if first.ends_with("http:") || first.ends_with("https:") {
            return if second.starts_with("//") {
                Join::Close
            } else {
                Join::Space
            };
        }
        if is_address(first) {
            return self.join_address(first, second);
        }
        if !first.ends_with(['-', '\u{2010}']) {
            let is_range =
                first.ends_with('–') && second.chars().next().is_some_and(char::is_alphanumeric);
            let is_open = first.ends_with(['—', '/']) || is_range;
            let is_open = is_open && first.chars().count() > 1;
            return if is_open { Join::Close } else { Join::Space };
        }
        let stem = first.trim_end_matches(['-', '\u{2010}']);
        let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphabetic);
        if !stem.chars().any(char::is_alphanumeric) {
            return Join::Space;
        }
        if !second.chars().next().is_some_and(char::is_lowercase) || !is_word(stem.chars().last()) {
            return Join::Close;
        }
        self.join_halves(core(stem), core(second))
    }

    fn join_halves(&self, stem: &str, rest: &str) -> Join {
        let (stem, rest) = (stem.to_lowercase(), rest.to_lowercase());
        let has = |word: &str| self.0.contains(word);
        if has(&format!("{stem}{rest}")) {
            return Join::Dehyphenate;
        }
        // `Sino-Rus-` and `sian`: the last part of a compound is what is broken.
        let last = stem.rsplit(['-', '\u{2010}']).next().unwrap_or(&stem);
        if last != stem && has(&format!("{last}{rest}")) {
            return Join::Dehyphenate;
        }
        if has(&format!("{stem}-{rest}")) || has(&format!("{stem}\u{2010}{rest}")) {
            return Join::Close;
        }
        if last.len() > 2 && rest.len() > 1 && has(last) && has(&rest) {
            return Join::Close;
        }
        Join::Dehyphenate
    }

    fn join_address(&self, first: &str, second: &str) -> Join {
        // A bracket or a capital after an address begins something else.
        if second.starts_with(['(', '[', '“', '"', '«']) {
            return Join::Space;
        }
        let goes_on = first.ends_with(['/', '-', '_', '=', '&', '?', '.', '%', '\u{2010}', '#'])
            && !second.is_empty()
            && (!first.ends_with('.') || second.contains(['/', '.', '-']));
        let begins = second.starts_with(['/', '?', '&', '=', '#', '%', '_'])
            || (second.contains('/') && !second.contains("://"))
            || second.matches('-').count() >= 2;
        if goes_on || begins {
            Join::Close
        } else {
            Join::Space
        }
    }
}

fn is_address(word: &str) -> bool {
    word.contains("://")
        || word.contains("www.")
        || (word.contains('/') && word.contains('.') && word.len() > 12)
}

/// A word without the signs around it.
fn core(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(lines: &[&str]) -> Words {
        let mut words = Words::default();
        for line in lines {
            words.learn(line);
        }
        words
    }

    #[test]
    fn the_documents_own_words_tell_whether_a_hyphen_stays() {
        let words = words(&[
            "the cooperation of well-known states here",
            "we catch them up there",
        ]);
        assert_eq!(words.join("their coop-", "eration"), Join::Dehyphenate);
        assert_eq!(words.join("a well-", "known man"), Join::Close);
        assert_eq!(words.join("playing catch-", "up."), Join::Close);
        assert_eq!(words.join("an un-", "heard thing"), Join::Dehyphenate);
        assert_eq!(words.join("the Sino-", "Russian pact"), Join::Close);
        assert_eq!(words.join("soft\u{AD}", "ened"), Join::Dehyphenate);
        assert_eq!(words.join("one", "two"), Join::Space);
        assert_eq!(words.join("pp. 44–", "404."), Join::Close);
        assert_eq!(words.join("pages 12-", "14"), Join::Close);
    }

    #[test]
    fn an_address_goes_on_without_a_space() {
        let words = words(&[]);
        assert_eq!(
            words.join("see https://example.org/a-", "long-path"),
            Join::Close
        );
        assert_eq!(
            words.join("https://www.euronews.com", "/2025/11"),
            Join::Close
        );
        assert_eq!(
            words.join("https://example.org/", "(last accessed"),
            Join::Space
        );
        assert_eq!(
            words.join("https://example.org/a", "and so on"),
            Join::Space
        );
    }
}
