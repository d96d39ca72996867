//! What a reader has kept of a paper, as it is written out: quotations, and where they are from.

use super::credit::{credit, credit_of};
use crate::paper::{BlockId, Paper, clean_address, place_in_full};
use crate::shelf::{AnchorText, Annotation, AnnotationKind, Listed, Origin};

/// Annotations of one paper.
#[derive(Debug)]
pub struct Quotations<'a> {
    /// Whose paper it is and what it is called; may be empty.
    pub(super) credit: String,
    pub(super) title: String,
    pub(super) authors: Vec<String>,
    /// What the paper is called by programs; empty if it cannot be opened again.
    source: String,
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
    /// These annotations of a paper at hand.
    #[must_use]
    pub fn new(paper: &Paper, annotations: Vec<&'a Annotation>, text: &AnchorText) -> Self {
        let quotations = annotations.into_iter().map(|annotation| Quotation {
            annotation,
            words: annotation.quotation(text),
            place: place_of(paper, annotation),
        });
        Quotations {
            credit: credit(paper),
            title: paper.title.clone(),
            authors: paper.metadata.authors.clone(),
            source: String::new(),
            quotations: quotations.collect(),
        }
    }

    /// These of a paper that is not at hand, as they were in it when they were made.
    #[must_use]
    pub fn from_listed(listed: &Listed, mut annotations: Vec<&'a Annotation>) -> Self {
        annotations.sort_by_key(|annotation| annotation.anchor.start);
        let quotations = annotations.into_iter().map(|annotation| Quotation {
            annotation,
            words: annotation.quotation_kept(),
            place: section_kept(annotation),
        });
        Quotations {
            credit: credit_of(&listed.authors, &listed.paper.title, &[]),
            title: listed.paper.title.clone(),
            authors: listed.authors.clone(),
            source: String::new(),
            quotations: quotations.collect(),
        }
    }

    /// The same with links to the passages, in the paper with this IRI.
    #[must_use]
    pub fn linked_to(self, iri: &str) -> Self {
        let can_be_opened = Origin::from_iri(iri).is_some();
        let source = if can_be_opened { iri } else { "" };
        Quotations {
            source: source.to_owned(),
            ..self
        }
    }

    /// What opens a passage: `opcit` takes it as the argument PAPER. None if the paper is not known
    /// by a name.
    pub(super) fn link(&self, quotation: &Quotation<'_>) -> Option<String> {
        let id = clean_address(quotation.annotation.id.as_str());
        (!self.source.is_empty()).then(|| format!("{}#{id}", self.source))
    }

    /// What the paper is called, also if it has no title.
    pub(super) fn title_or_none(&self) -> &str {
        match self.title.as_str() {
            "" => "(no title)",
            title => title,
        }
    }

    /// Whose words they are and where they stand, with what else is said of them there.
    pub(super) fn source_of(&self, quotation: &Quotation<'_>, besides: &str) -> String {
        let parts = [self.credit.as_str(), quotation.place.as_str(), besides];
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.quotations.is_empty()
    }
}

impl Quotation<'_> {
    /// Why the words are highlighted; empty if they are not.
    pub(super) fn category(&self) -> &str {
        match &self.annotation.kind {
            AnnotationKind::Highlight(kind) => kind.name(),
            _ => "",
        }
    }

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
