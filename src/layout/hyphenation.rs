//! Where words may be hyphenated, as their language does it.

use std::ops::Range;

use hypher::Lang;

use crate::paper::Paper;

/// The fewest letters of a word that is hyphenated.
const MIN_LETTERS: usize = 5;

/// The language that words are hyphenated in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hyphenation(Lang);

impl Hyphenation {
    /// That of the language which a paper says it is in; none if it says none, or one that is not
    /// known.
    #[must_use]
    pub fn of_paper(paper: &Paper) -> Option<Self> {
        Self::of_language(&paper.metadata.language)
    }

    /// That of a language by its tag, as `de-AT`.
    #[must_use]
    pub fn of_language(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        let language = language.to_ascii_lowercase();
        let code = <[u8; 2]>::try_from(language.as_bytes()).ok()?;
        Lang::from_iso(code).map(Hyphenation)
    }

    /// The offsets in the range of the text before which a hyphen may be set, in order. A word that
    /// stands at either end of it, of which a part may lie beyond, has none.
    pub(super) fn breaks(self, text: &str, range: Range<usize>) -> Vec<usize> {
        let slice = text.get(range.clone()).unwrap_or_default();
        let before = text.get(..range.start).unwrap_or_default();
        let mut breaks = Vec::new();
        let mut start = range.start;
        for word in slice.split_inclusive(|letter: char| !letter.is_alphabetic()) {
            let letters = word.trim_end_matches(|letter: char| !letter.is_alphabetic());
            let is_cut = letters.len() == word.len()
                || (start == range.start && before.ends_with(char::is_alphabetic));
            if !is_cut && is_hyphenated(letters) {
                let mut at = start;
                for syllable in hypher::hyphenate(letters, self.0) {
                    at += syllable.len();
                    breaks.push(at);
                }
                // The word's end is none.
                breaks.pop();
            }
            start += word.len();
        }
        breaks
    }
}

/// Names such as NATO and McDonald are left whole.
fn is_hyphenated(word: &str) -> bool {
    word.chars().count() >= MIN_LETTERS && !word.chars().skip(1).any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(language: &str, text: &str, expected: &str) {
        let hyphenation = Hyphenation::of_language(language).unwrap();
        let mut shown = text.to_owned();
        for at in hyphenation.breaks(text, 0..text.len()).into_iter().rev() {
            shown.insert(at, '-');
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn words_are_hyphenated_as_their_language_does_it() {
        check(
            "en",
            "Cooperation, extensive!",
            "Co-op-er-a-tion, ex-ten-sive!",
        );
        check("de-AT", "Außenpolitik!", "Au-ßen-po-li-tik!");
        check("fr", "L’extraordinaire !", "L’ex-tra-or-di-naire !");
    }

    #[test]
    fn short_words_and_names_in_capitals_stay_whole() {
        check(
            "en",
            "into NATO UNESCO McDonald 2024",
            "into NATO UNESCO McDonald 2024",
        );
    }

    #[test]
    fn a_word_that_may_go_on_beyond_the_range_is_left_whole() {
        let english = Hyphenation::of_language("en").unwrap();
        let text = "cooperation extensive cooperation";
        assert_eq!(english.breaks(text, 0..text.len()).first(), Some(&2));
        assert_eq!(english.breaks(text, 4..24), [14, 17]);
    }

    #[test]
    fn a_language_that_is_not_known_is_not_hyphenated() {
        assert_eq!(Hyphenation::of_language(""), None);
        assert_eq!(Hyphenation::of_language("xx"), None);
        assert_eq!(Hyphenation::of_language("english"), None);
    }
}
