//! Annotations as the W3C's Web Annotations, for other programs.
//!
//! An annotation's target has a `TextQuoteSelector` with prefix and suffix and,
//! where it is known, a `TextPositionSelector` that counts characters of the plain text. The label
//! is a body that describes, the note one that comments.

use serde_json::{Value, json};

use super::annotation::{Annotation, AnnotationKind};
use super::text::AnchorText;
use crate::paper::{Passage, clean_address};

/// What precedes the kind of an annotation and its own id.
const ID: &str = "urn:opcit:";

/// How far apart the places lie whose characters are counted once for all.
const STRIDE: usize = 1024;

/// Annotations as a set of the W3C's EPUB Annotations, about a publication of that title.
#[must_use]
pub fn annotation_set(items: &[Value], title: &str, authors: &[String]) -> Value {
    json!({
        "@context": "https://www.w3.org/ns/epub-anno.jsonld",
        "type": "AnnotationSet",
        "generator": { "type": "Software", "name": "opcit" },
        "about": { "dc:title": title, "dc:creator": authors },
        "items": items,
    })
}

/// Annotations as one page, which is what other programs read.
#[must_use]
pub fn annotation_page(items: &[Value]) -> Value {
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationPage",
        "items": items,
    })
}

/// Annotations of a paper, whose IRI is `source`, as Web Annotations; with the places of the words
/// if its text is given.
pub fn web_annotations<'a>(
    annotations: impl IntoIterator<Item = &'a Annotation>,
    text: Option<&AnchorText>,
    source: &str,
) -> Vec<Value> {
    let counted = text.map(Counted::new);
    let annotations = annotations.into_iter();
    let items = annotations.map(|annotation| {
        let counted = counted.as_ref().zip(annotation.found.passage());
        let position = counted.map(|(counted, passage)| counted.position(passage));
        web_annotation(annotation, position, source)
    });
    items.collect()
}

/// The kind and the id in the IRI of an annotation of opcit's.
pub(super) fn own_id(iri: &str) -> Option<(&str, &str)> {
    iri.strip_prefix(ID)?.split_once(':')
}

fn web_annotation(annotation: &Annotation, position: Option<Value>, source: &str) -> Value {
    let anchor = &annotation.anchor;
    let mut body = vec![textual("describing", &annotation.label)];
    if !annotation.note.is_empty() {
        body.push(textual("commenting", &annotation.note));
    }
    if let AnnotationKind::Highlight(kind) = &annotation.kind {
        body.push(textual("tagging", kind.name()));
    }
    let mut selector = vec![json!({
        "type": "TextQuoteSelector",
        "exact": anchor.words_kept(),
        "prefix": anchor.prefix,
        "suffix": anchor.suffix_of_passage(),
    })];
    selector.extend(position);
    json!({
        "id": format!("{ID}{}:{}", annotation.kind.name(), clean_address(annotation.id.as_str())),
        "type": "Annotation",
        "motivation": motivation(&annotation.kind),
        "created": annotation.created,
        "modified": annotation.modified,
        "body": body,
        "target": {
            "id": format!("{source}#{}", clean_address(annotation.id.as_str())),
            "source": source,
            "selector": selector,
        },
    })
}

fn motivation(kind: &AnnotationKind) -> &'static str {
    match kind {
        AnnotationKind::Bookmark | AnnotationKind::Mark(_) => "bookmarking",
        AnnotationKind::Highlight(_) => "highlighting",
        AnnotationKind::Note => "commenting",
    }
}

fn textual(purpose: &str, value: &str) -> Value {
    json!({ "type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value })
}

/// A text with the characters counted up to some of its places.
struct Counted<'a> {
    text: &'a AnchorText,
    /// Characters before every 1024th byte, or before the character that it lies in.
    before: Vec<usize>,
}

impl<'a> Counted<'a> {
    fn new(text: &'a AnchorText) -> Self {
        let mut before = vec![0];
        let mut characters = 0;
        for from in (0..text.words().len()).step_by(STRIDE) {
            characters += text.slice(from, from + STRIDE).chars().count();
            before.push(characters);
        }
        Counted { text, before }
    }

    fn position(&self, passage: Passage) -> Value {
        json!({
            "type": "TextPositionSelector",
            "start": self.characters_before(self.text.place_of(passage.start)),
            "end": self.characters_before(self.text.place_of(passage.end)),
        })
    }

    fn characters_before(&self, place: usize) -> usize {
        let strides = place / STRIDE;
        let counted = self.before.get(strides).copied().unwrap_or_default();
        counted + self.text.slice(strides * STRIDE, place).chars().count()
    }
}
