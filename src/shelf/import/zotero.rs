//! Zotero's annotations: in its JSON (also of Better BibTeX), alone or under the items that they
//! are about.

use serde_json::Value;

use super::ForeignAnnotation;
use crate::shelf::annotation::{AnnotationKind, HighlightKind};
use crate::shelf::timestamp::Timestamp;

/// Deeper than this nothing is looked for.
const MAX_DEPTH: usize = 8;

/// Whether a value is Zotero's annotation.
fn is_annotation(value: &Value) -> bool {
    value.get("annotationType").is_some() || value.get("annotationText").is_some()
}

/// The annotations anywhere in a JSON text of Zotero's; empty if there are none.
pub(super) fn read(whole: &Value) -> Vec<ForeignAnnotation> {
    let mut found = Vec::new();
    look(whole, "", 0, &mut found);
    found
}

fn look(value: &Value, title: &str, depth: usize, found: &mut Vec<ForeignAnnotation>) {
    if depth > MAX_DEPTH {
        return;
    }
    match value {
        Value::Array(values) => {
            for value in values {
                look(value, title, depth + 1, found);
            }
        }
        Value::Object(_) if is_annotation(value) => found.extend(annotation(value, title)),
        Value::Object(fields) => {
            let own = text(value, "title");
            let title = if own.is_empty() || depth > 2 {
                title
            } else {
                own
            };
            for (_, value) in fields {
                look(value, title, depth + 1, found);
            }
        }
        _ => {}
    }
}

/// None of an image or a drawing, which have no words.
fn annotation(value: &Value, title: &str) -> Option<ForeignAnnotation> {
    if matches!(text(value, "annotationType"), "image" | "ink") {
        return None;
    }
    let time = |name: &str| Timestamp::parse(text(value, name));
    let key = text(value, "key");
    Some(ForeignAnnotation {
        id: (!key.is_empty()).then(|| format!("zotero:{key}")),
        quote: text(value, "annotationText").to_owned(),
        note: text(value, "annotationComment").to_owned(),
        kind: AnnotationKind::Highlight(HighlightKind::from_colour(text(value, "annotationColor"))),
        title: title.to_owned(),
        created: time("dateAdded"),
        modified: time("dateModified"),
        must_be_found: true,
        ..ForeignAnnotation::default()
    })
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annotations_are_found_under_the_items_that_they_are_about() {
        let export = serde_json::json!({
            "config": {"id": "36a3b0b5"},
            "items": [{
                "itemType": "journalArticle", "title": "On Keeping",
                "attachments": [{
                    "itemType": "attachment", "title": "Full Text PDF",
                    "annotations": [
                        {"key": "ABCD2345", "annotationType": "highlight",
                         "annotationText": "Nobody keeps a line number",
                         "annotationComment": "really?", "annotationColor": "#5fb236",
                         "dateModified": "2024-03-01T21:02:11Z"},
                        {"key": "EFGH6789", "annotationType": "image"}
                    ]
                }]
            }]
        });
        let found = read(&export);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].quote, "Nobody keeps a line number");
        assert_eq!(found[0].note, "really?");
        let kind = AnnotationKind::Highlight(HighlightKind::Evidence);
        assert_eq!(found[0].kind, kind);
    }
}
