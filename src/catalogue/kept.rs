//! Searching what a reader has kept of papers: the words of bookmarks and highlights, labels and
//! notes.

use crate::paper::{Paper, PaperBuilder, Passage};
use crate::search::{Query, find};
use crate::shelf::{Annotation, AnnotationKind, Listed};

/// Something kept that has a pattern.
#[derive(Debug)]
pub struct KeptMatch<'a> {
    /// What is kept.
    pub annotation: &'a Annotation,
    /// Whether the pattern is in what the reader wrote, not in the words of the paper.
    pub is_own: bool,
    /// The words that it was found in, as a paper of one paragraph.
    pub words: Paper,
    /// Where in them.
    pub passage: Passage,
}

/// What is kept about a paper that has a pattern, by the same rules as text: each annotation once
/// for what the reader wrote, and once for the words that it is on.
#[must_use]
pub fn find_kept<'a>(listed: &'a Listed, query: &Query) -> Vec<KeptMatch<'a>> {
    let mut found = Vec::new();
    for annotation in &listed.annotations {
        if matches!(annotation.kind, AnnotationKind::Mark(_)) {
            continue;
        }
        let words = annotation.quotation_kept();
        for (is_own, text) in [
            (true, annotation.note.as_str()),
            (true, own_label(annotation)),
            (false, &words),
        ] {
            // Of what the reader wrote, one match stands for all.
            let is_told = found.last().is_some_and(|last: &KeptMatch| {
                is_own && std::ptr::eq(last.annotation, annotation)
            });
            if text.is_empty() || is_told {
                continue;
            }
            let words = paragraph(text);
            let Some(first) = find(&words, query.clone()).first().copied() else {
                continue;
            };
            found.push(KeptMatch {
                annotation,
                is_own,
                passage: first.passage,
                words,
            });
        }
    }
    found
}

/// The label, if it is not only how the words begin.
fn own_label(annotation: &Annotation) -> &str {
    if annotation.has_own_label() {
        &annotation.label
    } else {
        ""
    }
}

fn paragraph(text: &str) -> Paper {
    let mut builder = PaperBuilder::new();
    builder.begin_paragraph();
    builder.push_text(text);
    builder.finish().paper
}
