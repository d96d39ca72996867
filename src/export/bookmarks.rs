//! What a reader has kept of a paper, as it is written out: quotations, and where they are from.

use super::credit::{credit, credit_of};
use crate::paper::{BlockId, Paper, place_in_full};
use crate::shelf::{Annotation, Listed, Shelf};

/// The bookmarks of one paper.
#[derive(Debug)]
pub struct Quotations<'a> {
    /// Whose paper it is and what it is called; may be empty.
    pub(super) credit: String,
    pub(super) title: String,
    pub(super) quotations: Vec<Quotation<'a>>,
}

/// An annotation with its words, and the place that they are from.
#[derive(Debug)]
pub(super) struct Quotation<'a> {
    pub(super) annotation: &'a Annotation,
    pub(super) words: String,
    /// Section and paragraph; may be empty.
    pub(super) place: String,
}

impl<'a> Quotations<'a> {
    /// Those of a paper at hand, in its order.
    #[must_use]
    pub fn new(paper: &Paper, shelf: &'a Shelf) -> Self {
        let bookmarks = shelf.bookmarks().into_iter();
        let quotations = bookmarks.map(|annotation| Quotation {
            annotation,
            words: annotation.quotation(shelf.text()),
            place: place_of(paper, annotation),
        });
        Quotations {
            credit: credit(paper),
            title: paper.title.clone(),
            quotations: quotations.collect(),
        }
    }

    /// Those of a paper that is not at hand, as they were in it when they were set.
    #[must_use]
    pub fn of_listed(listed: &'a Listed) -> Self {
        let mut bookmarks: Vec<&Annotation> = listed.bookmarks().collect();
        bookmarks.sort_by_key(|bookmark| bookmark.anchor.start);
        let quotations = bookmarks.into_iter().map(|annotation| Quotation {
            annotation,
            words: annotation.quotation_kept(),
            place: section_kept(annotation),
        });
        Quotations {
            credit: credit_of(&listed.authors, &listed.paper.title, &[]),
            title: listed.paper.title.clone(),
            quotations: quotations.collect(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.quotations.is_empty()
    }
}

impl Quotation<'_> {
    /// What the reader calls it, if that is not how the words begin.
    pub(super) fn label(&self) -> Option<&str> {
        let label = self.annotation.label.as_str();
        self.annotation.has_own_label().then_some(label)
    }
}

/// Where the words are; if they are gone, where they were.
fn place_of(paper: &Paper, annotation: &Annotation) -> String {
    let named = |block: BlockId| place_in_full(paper, block).unwrap_or_default();
    match annotation.position() {
        Some(position) if !annotation.is_unsure() => named(position.block),
        _ if annotation.anchor.text.is_empty() => section_kept(annotation),
        _ => {
            let section = section_kept(annotation);
            let parts = [section.as_str(), "in an earlier version"];
            let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            parts.join(", ")
        }
    }
}

fn section_kept(annotation: &Annotation) -> String {
    match annotation.anchor.heading.as_str() {
        "" => String::new(),
        heading => format!("§ {heading}"),
    }
}
