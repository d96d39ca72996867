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
    pub fn for_paper(paper: &Paper) -> Option<Self> {
        Self::for_language(&paper.metadata.language)
    }

    /// That of a language by its tag, as `de-AT`.
    #[must_use]
    pub fn for_language(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        let language = language.to_ascii_lowercase();
        let code = <[u8; 2]>::try_from(language.as_bytes()).ok()?;
        Lang::from_iso(code).map(Hyphenation)
    }

    /// The offsets in the range of the text before which a hyphen may be set, in order. What stands
    /// between blanks at either end of it, of which a part may lie beyond, has none; nor has what is
    /// no word, such as an address of mail or the name of a file.
    pub(super) fn breaks(self, text: &str, range: Range<usize>) -> Vec<usize> {
        let slice = text.get(range.clone()).unwrap_or_default();
        let before = text.get(..range.start).unwrap_or_default();
        let is_cut_before = !before.is_empty() && !before.ends_with(char::is_whitespace);
        let mut breaks = Vec::new();
        let mut start = range.start;
        for (index, word) in slice.split_inclusive(char::is_whitespace).enumerate() {
            let is_cut = !word.ends_with(char::is_whitespace) || (index == 0 && is_cut_before);
            if !is_cut && is_word(word) {
                self.push_breaks(word, start, &mut breaks);
            }
            start += word.len();
        }
        breaks
    }

    /// Adds those of a word that begins at an offset.
    fn push_breaks(self, word: &str, start: usize, breaks: &mut Vec<usize>) {
        let mut at = start;
        for part in word.split_inclusive(|letter: char| !letter.is_alphabetic()) {
            let letters = part.trim_end_matches(|letter: char| !letter.is_alphabetic());
            if is_hyphenated(letters) {
                let syllables = hypher::hyphenate(letters, self.0);
                let ends = syllables.scan(at, |end, syllable| {
                    *end += syllable.len();
                    Some(*end)
                });
                breaks.extend(ends);
                // The word's end is none.
                breaks.pop();
            }
            at += part.len();
        }
    }
}

/// Whether what stands between blanks is made of letters, but for punctuation around it, apostrophes
/// and hyphens.
fn is_word(text: &str) -> bool {
    let letters = text.trim_matches(|letter: char| !letter.is_alphanumeric());
    letters
        .chars()
        .all(|letter| letter.is_alphabetic() || "'’-‐‑–—".contains(letter))
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
        let hyphenation = Hyphenation::for_language(language).unwrap();
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
            "Cooperation, extensive! ",
            "Co-op-er-a-tion, ex-ten-sive! ",
        );
        check("de-AT", "(Außenpolitik) ", "(Au-ßen-po-li-tik) ");
        check("fr", "L’extraordinaire !", "L’ex-tra-or-di-naire !");
    }

    #[test]
    fn short_words_and_names_in_capitals_stay_whole() {
        let names = "into NATO UNESCO McDonald 2024 maria.fernandez@university.example \
            example.org/organisation internationalisation_config ";
        check("en", names, names);
    }

    #[test]
    fn a_word_that_may_go_on_beyond_the_range_is_left_whole() {
        let english = Hyphenation::for_language("en").unwrap();
        let text = "cooperation extensive cooperation";
        assert_eq!(english.breaks(text, 0..text.len()).first(), Some(&2));
        assert_eq!(english.breaks(text, 4..24), [14, 17]);
    }

    #[test]
    fn a_language_that_is_not_known_is_not_hyphenated() {
        assert_eq!(Hyphenation::for_language(""), None);
        assert_eq!(Hyphenation::for_language("xx"), None);
        assert_eq!(Hyphenation::for_language("english"), None);
    }
}
