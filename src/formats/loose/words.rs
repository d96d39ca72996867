//! The words that a text has, as the witness for a word that a line's end has cut.

use std::collections::HashSet;

use super::paragraphs::LooseParagraph;

/// Every word of a text, in lower case.
#[derive(Debug)]
pub(super) struct LooseWords(HashSet<String>);

impl LooseWords {
    pub(super) fn new(paragraphs: &[LooseParagraph]) -> Self {
        let rows = paragraphs.iter().flat_map(|paragraph| &paragraph.rows);
        let words = rows.flat_map(|row| row.text.split(|char: char| !char.is_alphabetic()));
        LooseWords(
            words
                .filter(|word| !word.is_empty())
                .map(str::to_lowercase)
                .collect(),
        )
    }

    /// Whether the text has the word that the two halves make, and not the halves alone.
    pub(super) fn confirm(&self, head: &str, tail: &str) -> bool {
        let whole = format!("{head}{tail}").to_lowercase();
        !head.is_empty() && !tail.is_empty() && self.0.contains(&whole)
    }
}

/// The letters that a text ends with.
pub(super) fn last_letters(text: &str) -> &str {
    let head = text.trim_end_matches(char::is_alphabetic);
    text.get(head.len()..).unwrap_or_default()
}

/// The letters that a text begins with.
pub(super) fn first_letters(text: &str) -> &str {
    let tail = text.trim_start_matches(char::is_alphabetic);
    text.get(..text.len() - tail.len()).unwrap_or_default()
}
