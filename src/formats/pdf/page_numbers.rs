//! How the number of a page is written: in figures, or in Roman numerals.

use super::links::roman;

/// A word without the signs around it.
pub(super) fn trim(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphanumeric())
}

/// The number that a word is in figures.
pub(super) fn number(word: &str) -> Option<i64> {
    let word = trim(word);
    if word.len() > 5 || !word.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    word.parse().ok()
}

/// Whether a word is the Roman number of a page.
pub(super) fn is_roman(word: &str) -> bool {
    let word = trim(word).to_lowercase();
    !word.is_empty() && word.len() <= 8 && (1..=200).any(|number| roman(number) == word)
}
