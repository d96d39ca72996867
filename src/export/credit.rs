//! Whose words they are, where words of a paper are quoted.

use crate::paper::Paper;

/// Authors, title, publisher and date, as far as the paper names them.
pub(crate) fn credit(paper: &Paper) -> String {
    let metadata = &paper.metadata;
    let published = [metadata.publisher.as_str(), metadata.date.as_str()];
    credit_of(&metadata.authors, &paper.title, &published)
}

/// The same of a paper that is not at hand: authors and title, and what else is known.
pub(super) fn credit_of(authors: &[String], title: &str, published: &[&str]) -> String {
    let mut parts = vec![authors.join(", ")];
    if !title.is_empty() {
        parts.push(format!("“{title}”"));
    }
    parts.extend(published.iter().map(|part| (*part).to_owned()));
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}
