//! Bookmarks as W3C Web Annotations, for other programs.
//!
//! A bookmark is an annotation whose target has a `TextQuoteSelector` with prefix and suffix and,
//! where it is known, a `TextPositionSelector` that counts characters of the plain text. The label
//! is a body that describes, the note one that comments.

use serde_json::{Value, json};

use super::bookmark::Bookmark;
use super::library::Listed;
use super::session::Shelf;
use super::text::Text;
use crate::paper::{Passage, clean_address};

/// What stands before a bookmark's own id.
pub(super) const ID: &str = "urn:opcit:bookmark:";

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
    pub fn annotations(&self, source: &str) -> Vec<Value> {
        let counted = Counted::of(self.text());
        let bookmarks = self.bookmarks().iter();
        let items = bookmarks.map(|kept| {
            let position = kept
                .found
                .passage()
                .map(|passage| counted.position(passage));
            annotation(&kept.bookmark, position, source)
        });
        items.collect()
    }
}

impl Listed {
    /// The bookmarks as annotations, without the place that only the paper could tell; `source`
    /// is the paper's IRI.
    #[must_use]
    pub fn annotations(&self, source: &str) -> Vec<Value> {
        let bookmarks = self.bookmarks.iter();
        let items = bookmarks.map(|bookmark| annotation(bookmark, None, source));
        items.collect()
    }
}

fn annotation(bookmark: &Bookmark, position: Option<Value>, source: &str) -> Value {
    let anchor = &bookmark.anchor;
    let mut body = vec![textual("describing", &bookmark.label)];
    if !bookmark.note.is_empty() {
        body.push(textual("commenting", &bookmark.note));
    }
    let mut selector = vec![json!({
        "type": "TextQuoteSelector",
        "exact": anchor.quote,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
    })];
    selector.extend(position);
    json!({
        "id": format!("{ID}{}", clean_address(bookmark.id.as_str())),
        "type": "Annotation",
        "motivation": "bookmarking",
        "created": bookmark.created,
        "modified": bookmark.modified,
        "body": body,
        "target": { "source": source, "selector": selector },
    })
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
