//! Whether a hyphen at the end of a line belongs to the word: the document's own words tell.

use std::collections::HashMap;

use super::compounds;

/// Words are remembered up to so many bytes.
const MAX_WORD_BYTES: usize = 64;
const MAX_WORDS: usize = 1_000_000;

/// The words of a document, as they are within lines.
#[derive(Debug, Clone, Default)]
pub(crate) struct DocumentWords(HashMap<String, usize>);

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

/// What may part a word at the end of a line.
const HYPHENS: [char; 2] = ['-', '\u{2010}'];

impl Join {
    fn keep_if(is_compound: bool) -> Self {
        if is_compound {
            Join::Close
        } else {
            Join::Dehyphenate
        }
    }
}

impl DocumentWords {
    /// Learns the words of a line; the first one may be the rest of a broken one, and the last
    /// may be broken.
    pub(crate) fn learn(&mut self, line: &str) {
        let mut words = line.split_whitespace().skip(1).peekable();
        while let Some(word) = words.next() {
            if words.peek().is_none() && word.ends_with(HYPHENS) {
                break;
            }
            let word = core(word);
            let is_full = self.0.len() >= MAX_WORDS;
            if word.len() >= MAX_WORD_BYTES || word.len() < 2 || is_full {
                continue;
            }
            *self.0.entry(spelling(word)).or_default() += 1;
        }
    }

    /// How a line that ends with `before` goes on in one that begins with `after`.
    pub(crate) fn join(&self, before: &str, after: &str) -> Join {
        let first = before.split_whitespace().next_back().unwrap_or("");
        let second = after.split_whitespace().next().unwrap_or("");
        if first.ends_with('\u{AD}') && !is_address(first) {
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
        if !first.ends_with(HYPHENS) {
            let is_range =
                first.ends_with('–') && second.chars().next().is_some_and(char::is_alphanumeric);
            let is_open = first.ends_with(['—', '/']) || is_range;
            let is_open = is_open && first.chars().count() > 1;
            return if is_open { Join::Close } else { Join::Space };
        }
        let stem = first.trim_end_matches(HYPHENS);
        let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphabetic);
        if !stem.chars().any(char::is_alphanumeric) {
            return Join::Space;
        }
        let is_all_capitals = stem.len() > 1 && !stem.contains(char::is_lowercase);
        let is_case_kept = match second.chars().next() {
            Some(letter) if letter.is_uppercase() => {
                is_all_capitals && !second.contains(char::is_lowercase)
            }
            letter => letter.is_some_and(char::is_lowercase),
        };
        if !is_case_kept || !is_word(stem.chars().last()) {
            return Join::Close;
        }
        self.join_halves(core(stem), core(second))
    }

    fn join_halves(&self, stem: &str, rest: &str) -> Join {
        let begins_name = stem.chars().next().is_some_and(char::is_uppercase);
        let (stem, rest) = (spelling(stem), spelling(rest));
        let count = |word: &str| self.0.get(word).copied().unwrap_or(0);
        let whole = count(&format!("{stem}{rest}"));
        let compound = count(&format!("{stem}-{rest}"));
        if whole > 0 || compound > 0 {
            return Join::keep_if(compound >= whole);
        }
        // `Sino-Rus-` and `sian`: the last part of a compound is what is broken.
        let last = stem.rsplit('-').next().unwrap_or(&stem);
        let is_in_chain = last != stem;
        if is_in_chain && compounds::is_link(last) {
            return Join::Close;
        }
        if is_in_chain && count(&format!("{last}{rest}")) > 0 {
            return Join::Dehyphenate;
        }
        let knows = |word: &str| count(word) > 0 || (begins_name && word == stem);
        Join::keep_if(compounds::is_compound(last, &rest, knows))
    }

    fn join_address(&self, first: &str, second: &str) -> Join {
        // A bracket or a capital after an address begins something else.
        if second.starts_with(['(', '[', '“', '"', '«']) {
            return Join::Space;
        }
        let goes_on = first.ends_with(['/', '-', '_', '=', '&', '?', '.', '%', '\u{2010}', '#'])
            && !second.is_empty()
            && (!first.ends_with('.') || second.contains(['/', '.', '-']));
        let is_cut_name = first.ends_with('.') && is_file_ending(second);
        let is_part = second.starts_with(['.', '-'])
            && second.chars().nth(1).is_some_and(char::is_alphanumeric);
        let begins = is_part
            || second.starts_with(['/', '?', '&', '=', '#', '%', '_'])
            || (second.contains('/') && !second.contains("://"))
            || second.matches('-').count() >= 2
            || is_end_of_file_name(second)
            || is_rest_of_key(first, second);
        if goes_on || begins || is_cut_name {
            Join::Close
        } else {
            Join::Space
        }
    }
}

/// How a word of a link's text goes on from the one before it, if the address that the link leads
/// to has both: an address as text may be broken anywhere.
pub(crate) fn join_as_in(address: &str, before: &str, after: &str) -> Option<Join> {
    let is_of_address = |letter: char| letter.is_alphanumeric() || "/-_%=&?#~+.:".contains(letter);
    let before = before.trim_start_matches(|letter| !is_of_address(letter));
    let after = after.trim_end_matches(|letter: char| !letter.is_alphanumeric() && letter != '/');
    if !before.contains(['/', '.', ':']) || after.is_empty() {
        return None;
    }
    let address = address.replace(['\u{AD}', '\u{2010}'], "-");
    let has = |text: String| address.contains(&text.replace(['\u{AD}', '\u{2010}'], "-"));
    if has(format!("{before}{after}")) {
        return Some(Join::Close);
    }
    let stem = before.trim_end_matches(['-', '\u{2010}', '\u{AD}']);
    (stem != before && has(format!("{stem}{after}"))).then_some(Join::Dehyphenate)
}

/// Whether a word is what the names of files on the web end with.
fn is_file_ending(word: &str) -> bool {
    let word = word.trim_end_matches([',', ';', ')', '.', '>']);
    matches!(
        word,
        "html" | "htm" | "shtml" | "php" | "pdf" | "aspx" | "asp" | "jsp" | "xml"
    )
}

/// Whether a word is the rest of a file's name, such as `vatit_mir.html`.
fn is_end_of_file_name(word: &str) -> bool {
    let parts = word.split_once('.').filter(|(name, _)| name.contains('_'));
    parts.is_some_and(|(_, ending)| is_file_ending(ending))
}

/// Whether an address ends within a key of figures and the first letters, which `word` goes on with.
fn is_rest_of_key(address: &str, word: &str) -> bool {
    let word = word.trim_end_matches(['/', ',', ';', ')', '.', '>']);
    let key = address
        .rsplit(['/', '-', '_', '='])
        .next()
        .unwrap_or(address);
    let is_of_key = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_hexdigit())
            && text.contains(|letter: char| letter.is_ascii_digit())
    };
    let has_letter = word.contains(|letter: char| letter.is_ascii_alphabetic());
    is_of_key(key) && is_of_key(word) && has_letter && word.len() > 3
}

/// Whether a line ends within an address that the next one goes on with.
pub(super) fn is_cut_address(before: &str, after: &str) -> bool {
    let word = before.rsplit(' ').next().unwrap_or(before);
    if word.ends_with("http:") || word.ends_with("https:") {
        return after.starts_with("//");
    }
    let goes_on = word.ends_with(['-', '_', '=', '&', '?', '%'])
        && after.starts_with(char::is_alphanumeric)
        && !after.starts_with("http");
    let next = after.split(' ').next().unwrap_or(after);
    let is_cut_name = word.ends_with('.') && is_file_ending(next);
    let is_rest = after.starts_with(['.', '-', '/', '_', '?', '#', '&', '='])
        && after.chars().nth(1).is_some_and(char::is_alphanumeric);
    is_address(word) && (goes_on || is_cut_name || is_rest || is_rest_of_key(word, next))
}

fn is_address(word: &str) -> bool {
    word.contains("://")
        || word.contains("www.")
        || (word.contains('/') && word.contains('.') && word.len() > 12)
}

/// A word as it is counted: in small letters, with one kind of hyphen.
fn spelling(word: &str) -> String {
    word.to_lowercase().replace('\u{2010}', "-")
}

/// A word without the signs around it.
fn core(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(lines: &[&str]) -> DocumentWords {
        let mut words = DocumentWords::default();
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
        assert_eq!(words.join("CO-", "OPERATION"), Join::Dehyphenate);
        assert_eq!(words.join("one", "two"), Join::Space);
        assert_eq!(words.join("pp. 44–", "404."), Join::Close);
        assert_eq!(words.join("pages 12-", "14"), Join::Close);
    }

    #[test]
    fn a_compound_keeps_its_hyphen_though_the_text_has_it_nowhere_else() {
        let words = words(&["the managing of things", "who was known by the enemy"]);
        for (before, after) in [
            ("well-", "disposed"),
            ("surface-", "to-air"),
            ("surface-to-", "air"),
            ("China-", "made"),
            ("Shanghai-", "based"),
            ("co-", "managing"),
            ("long-", "range"),
            ("high-", "level,"),
            ("enemy-", "known"),
        ] {
            assert_eq!(words.join(before, after), Join::Close, "{before}{after}");
        }
        for (before, after) in [
            ("co-", "lumn"),
            ("non-", "sense"),
            ("long-", "ing"),
            ("to-", "gether"),
            ("al-", "though"),
            ("with-", "known"),
            ("know-", "able"),
            ("Rus-", "sian"),
            ("govern-", "ment"),
        ] {
            let join = words.join(before, after);
            assert_eq!(join, Join::Dehyphenate, "{before}{after}");
        }
    }

    #[test]
    fn the_address_of_a_link_tells_how_its_text_goes_on() {
        let address = "https://example.org/1f32224a00901/massive-defence";
        let join = |before, after| join_as_in(address, before, after);
        assert_eq!(
            join("https://example.org/1f3", "2224a00901/"),
            Some(Join::Close)
        );
        assert_eq!(join("/massive-", "defence)."), Some(Join::Close));
        assert_eq!(join("/massive-de-", "fence"), Some(Join::Dehyphenate));
        assert_eq!(join("https://example.org/", "(last"), None);
        assert_eq!(join("massive", "defence"), None);
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
        assert_eq!(words.join("https://example.org/name.", "html"), Join::Close);
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
