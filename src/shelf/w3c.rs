//! Annotations as the W3C's Web Annotations, for other programs.
//!
//! An annotation's target has a `TextQuoteSelector` with prefix and suffix and,
//! where it is known, a `TextPositionSelector` that counts characters of the plain text. The label
//! is a body that describes, the note one that comments.

use serde_json::{Value, json};

use super::annotation::{Annotation, AnnotationKind};
use super::library::Listed;
use super::session::Shelf;
use super::text::Text;
use crate::paper::{Passage, clean_address};

/// What precedes the kind of an annotation and its own id.
const ID: &str = "urn:opcit:";

/// How far apart the places lie whose characters are counted once for all.
const STRIDE: usize = 1024;

/// Annotations as one page, which is what other programs read.
#[must_use]
pub fn annotation_page(items: &[Value]) -> Value {
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationPage",
        "items": items,
    })
}

impl Shelf {
    /// The bookmarks as annotations; `source` is the IRI of the paper.
    #[must_use]
    pub fn web_annotations(&self, source: &str) -> Vec<Value> {
        let counted = Counted::of(self.text());
        let bookmarks = self.bookmarks().into_iter();
        let items = bookmarks.map(|annotation| {
            let passage = annotation.found.passage();
            let position = passage.map(|passage| counted.position(passage));
            web_annotation(annotation, position, source)
        });
        items.collect()
    }
}

impl Listed {
    /// The bookmarks as annotations, without the place that only the paper could tell; `source`
    /// is the paper's IRI.
    #[must_use]
    pub fn web_annotations(&self, source: &str) -> Vec<Value> {
        let bookmarks = self.bookmarks();
        let items = bookmarks.map(|annotation| web_annotation(annotation, None, source));
        items.collect()
    }
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
    let mut selector = vec![json!({
        "type": "TextQuoteSelector",
        "exact": anchor.quote,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
    })];
    selector.extend(position);
    json!({
        "id": format!("{ID}{}:{}", annotation.kind.name(), clean_address(annotation.id.as_str())),
        "type": "Annotation",
        "motivation": motivation(&annotation.kind),
        "created": annotation.created,
        "modified": annotation.modified,
        "body": body,
        "target": { "source": source, "selector": selector },
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
    text: &'a Text,
    /// Characters before every 1024th byte, or before the character that it lies in.
    before: Vec<usize>,
}

impl<'a> Counted<'a> {
    fn of(text: &'a Text) -> Self {
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
