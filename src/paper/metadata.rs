//! What a paper says about itself.

use super::clean::clean;

/// What a paper says about itself: in a metadata block at its head, or in its file's properties.
/// Empty where it says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// What the paper is called.
    pub title: String,
    /// What follows the title.
    pub subtitle: String,
    /// Who wrote it, in the source's order.
    pub authors: Vec<String>,
    /// When it appeared, as written.
    pub date: String,
    /// Where it appeared, as written.
    pub publisher: String,
    /// The journal that it appeared in, where that is said for certain.
    pub journal: String,
    /// Its Digital Object Identifier, as written.
    pub doi: String,
    /// What it is about, in the source's words.
    pub keywords: Vec<String>,
    /// A language tag, as `en-GB`.
    pub language: String,
    /// The licence that the text is under, in the paper's own words.
    pub licence: String,
    /// What was changed against the original, which CC BY asks to be said.
    pub changes: String,
}

impl Metadata {
    /// Makes every text fit to be shown on one line, and drops those that are empty.
    pub(super) fn clean(&mut self) {
        let texts = [
            &mut self.title,
            &mut self.subtitle,
            &mut self.date,
            &mut self.publisher,
            &mut self.journal,
            &mut self.doi,
            &mut self.language,
            &mut self.licence,
            &mut self.changes,
        ];
        let listed = self.authors.iter_mut().chain(&mut self.keywords);
        for text in texts.into_iter().chain(listed) {
            *text = one_line(text);
        }
        self.authors.retain(|author| !author.is_empty());
        self.keywords.retain(|keyword| !keyword.is_empty());
    }
}

/// The text, fit to be shown, on one line.
pub(crate) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    clean(&words.join(" ")).into_owned()
}
