//! Lists of references, as importers give them to the builder.

use super::reference::{ReferenceForm, ReferenceRun, reference};
use crate::paper::{Details, Name, PaperBuilder};

/// The anchor of a work in the list, as Pandoc calls it.
pub(in crate::formats) fn anchor_of(key: &str) -> String {
    format!("ref-{key}")
}

/// Adds an entry of a list of references.
pub(in crate::formats) fn push_reference(builder: &mut PaperBuilder, work: &Details) {
    builder.anchor(&anchor_of(&work.key));
    builder.reference(work.clone());
    builder.begin_paragraph();
    for piece in reference(work, ReferenceForm::AuthorDate) {
        push_piece(builder, &piece);
    }
    builder.end_block();
}

/// Adds a stretch of a reference.
pub(in crate::formats) fn push_piece(builder: &mut PaperBuilder, piece: &ReferenceRun) {
    if !piece.address.is_empty() {
        builder.open_link(&piece.address);
    }
    if let Some(style) = piece.style {
        builder.open_style(style);
    }
    builder.push_spaced(&piece.text);
    if piece.style.is_some() {
        builder.close();
    }
    if !piece.address.is_empty() {
        builder.close();
    }
}

/// The order of a list of references.
pub(in crate::formats) fn sorted_by(work: &Details) -> (String, Option<u16>, String) {
    let names: Vec<String> = work.makers().iter().map(Name::inverted).collect();
    let head = if names.is_empty() {
        work.title.clone()
    } else {
        names.join(" ")
    };
    let year = work.date.map(|date| date.year);
    (head.to_lowercase(), year, work.title.to_lowercase())
}
