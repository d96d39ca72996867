//! A paper of the library with what is kept about it, opened if it is still in its place.

use std::collections::HashSet;

use serde_json::Value;

use super::input;
use crate::export::Quotations;
use crate::paper::Paper;
use crate::shelf::{Annotation, Library, Listed, Origin, Shelf, web_annotations};

/// A paper that something is kept about: as it is now, if it is still in its place; else as it was
/// kept.
pub(super) enum Marked<'a> {
    Here {
        paper: Box<Paper>,
        shelf: Box<Shelf>,
        iri: String,
    },
    Gone {
        listed: &'a Listed,
        iri: String,
    },
}

impl<'a> Marked<'a> {
    /// A paper that is at hand.
    pub(super) fn here(paper: Paper, shelf: Box<Shelf>, origin: &Origin) -> Self {
        Marked::Here {
            paper: Box::new(paper),
            shelf,
            iri: origin.iri(),
        }
    }

    /// The title and the authors.
    pub(super) fn name(&self) -> (&str, &[String]) {
        match self {
            Marked::Here { paper, .. } => (&paper.title, &paper.metadata.authors),
            Marked::Gone { listed, .. } => (&listed.paper.title, &listed.authors),
        }
    }

    /// The ids of all that is kept.
    pub(super) fn ids(&self) -> HashSet<&str> {
        let all = self.wanted(|_| true).into_iter();
        all.map(|annotation| annotation.id.as_str()).collect()
    }

    /// Whether nothing that is wanted was kept of it.
    pub(super) fn is_without(&self, is_wanted: impl Fn(&Annotation) -> bool) -> bool {
        self.wanted(is_wanted).is_empty()
    }

    pub(super) fn open(library: &Library, listed: &'a Listed) -> Self {
        let origin = listed.origin();
        let read = origin.and_then(|origin| {
            let parsed = input::read(origin, input::ReadingRules::default()).ok()?;
            Some((parsed.paper, origin))
        });
        if let Some((paper, origin)) = read {
            return Marked::Here {
                shelf: Box::new(library.open_as(&paper, origin, &listed.paper)),
                paper: Box::new(paper),
                iri: origin.iri(),
            };
        }
        let path = listed.paper.paths.first();
        let origin = path.map_or(Origin::Elsewhere, |path| Origin::File(path.clone()));
        Marked::Gone {
            listed,
            iri: origin.iri(),
        }
    }

    /// Those annotations that are wanted, with their words.
    pub(super) fn quotations(&self, is_wanted: impl Fn(&Annotation) -> bool) -> Quotations<'_> {
        let wanted = self.wanted(is_wanted);
        match self {
            Marked::Here { paper, shelf, iri } => {
                Quotations::new(paper, wanted, shelf.text()).linked_to(iri)
            }
            Marked::Gone { listed, iri } => Quotations::from_listed(listed, wanted).linked_to(iri),
        }
    }

    /// The same as annotations of the W3C's model.
    pub(super) fn web_annotations(&self, is_wanted: impl Fn(&Annotation) -> bool) -> Vec<Value> {
        let wanted = self.wanted(is_wanted);
        match self {
            Marked::Here { shelf, iri, .. } => web_annotations(wanted, Some(shelf.text()), iri),
            Marked::Gone { iri, .. } => web_annotations(wanted, None, iri),
        }
    }

    fn wanted(&self, is_wanted: impl Fn(&Annotation) -> bool) -> Vec<&Annotation> {
        match self {
            Marked::Here { shelf, .. } => {
                let all = shelf.annotations().iter().map(AsRef::as_ref);
                all.filter(|annotation: &&Annotation| is_wanted(annotation))
                    .collect()
            }
            Marked::Gone { listed, .. } => {
                let all = listed.annotations.iter();
                all.filter(|annotation| is_wanted(annotation)).collect()
            }
        }
    }
}
