//! What the notes are called: the number under which each is shown in Word.

use std::collections::HashMap;

use super::package::DocxParts;
use crate::formats::office::note_numbers::{NoteMark, OfficeNoteLabels};
use crate::formats::office::signs;
use crate::formats::office::xml::XmlElement;

/// Which of the two kinds of notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum NoteKind {
    Footnote,
    Endnote,
}

impl NoteKind {
    /// The kind of a reference's name.
    pub(super) fn new(name: &str) -> Self {
        match name {
            "endnoteReference" => NoteKind::Endnote,
            _ => NoteKind::Footnote,
        }
    }
}

/// So many open bookmarks are looked at where a note is cited: the last ones.
const MAX_OPEN_BOOKMARKS: usize = 16;

/// The labels of the notes that the text cites.
#[derive(Debug, Default)]
pub(super) struct DocxNoteLabels<'a> {
    labels: HashMap<(NoteKind, &'a str), String>,
    /// The note that is cited within a bookmark.
    bookmarks: HashMap<&'a str, (NoteKind, &'a str)>,
}

/// A note, where it is cited first.
struct Citation<'a> {
    key: (NoteKind, &'a str),
    mark: Option<String>,
}

impl<'a> DocxNoteLabels<'a> {
    /// Finds the notes in the order of the text.
    pub(super) fn new(parts: &'a DocxParts) -> Self {
        let mut labels = DocxNoteLabels::default();
        let citations = labels.find(&parts.document.root);
        let marks: Vec<NoteMark> = citations
            .iter()
            .map(|citation| NoteMark {
                is_endnote: citation.key.0 == NoteKind::Endnote,
                is_own: citation.mark.is_some(),
                number: None,
            })
            .collect();
        let first = |is_endnote| {
            parts.first_note(if is_endnote {
                NoteKind::Endnote
            } else {
                NoteKind::Footnote
            })
        };
        let mut next = OfficeNoteLabels::new(&marks, first);
        for citation in &citations {
            let label = next.next(citation.mark.as_deref());
            labels
                .labels
                .extend(label.map(|label| (citation.key, label)));
        }
        labels
    }

    /// The label of a note.
    pub(super) fn get(&self, kind: NoteKind, id: &'a str) -> Option<&str> {
        self.labels.get(&(kind, id)).map(String::as_str)
    }

    /// The label of the note that is cited within a bookmark.
    pub(super) fn at_bookmark(&self, bookmark: &str) -> Option<&str> {
        let (kind, id) = self.bookmarks.get(bookmark)?;
        self.labels.get(&(*kind, *id)).map(String::as_str)
    }

    /// Each note that is cited, once.
    fn find(&mut self, document: &'a XmlElement) -> Vec<Citation<'a>> {
        let mut citations = Vec::new();
        let mut seen = HashMap::new();
        let mut open: Vec<(&str, &str)> = Vec::new();
        let mut queue = vec![(document, document)];
        while let Some((element, parent)) = queue.pop() {
            match element.name() {
                "del" | "moveFrom" | "Fallback" => continue,
                "bookmarkStart" => {
                    let attribute = |name| element.attribute(name).unwrap_or_default();
                    open.push((attribute("id"), attribute("name")));
                }
                "bookmarkEnd" => {
                    let id = element.attribute("id").unwrap_or_default();
                    if let Some(at) = open.iter().rposition(|(open, _)| *open == id) {
                        open.remove(at);
                    }
                }
                name @ ("footnoteReference" | "endnoteReference") => {
                    let id = element.attribute("id").unwrap_or_default();
                    let key = (NoteKind::new(name), id);
                    if seen.insert(key, ()).is_none() {
                        let mark = mark_of(element, parent);
                        citations.push(Citation { key, mark });
                    }
                    for (_, name) in open.iter().rev().take(MAX_OPEN_BOOKMARKS) {
                        self.bookmarks.entry(name).or_insert(key);
                    }
                }
                _ => {}
            }
            let at = queue.len();
            queue.extend(element.elements().map(|child| (child, element)));
            if let Some(children) = queue.get_mut(at..) {
                children.reverse();
            }
        }
        citations
    }
}

/// The mark that the author has given a note: the text after the reference in its run.
pub(super) fn mark_of(reference: &XmlElement, run: &XmlElement) -> Option<String> {
    let is_marked = matches!(
        reference.attribute("customMarkFollows"),
        Some("1" | "true" | "on")
    );
    let mark = is_marked.then(|| mark_after(run, reference))?;
    (!mark.is_empty()).then_some(mark)
}

fn mark_after(run: &XmlElement, reference: &XmlElement) -> String {
    let after = run
        .elements()
        .skip_while(|child| !std::ptr::eq(*child, reference))
        .skip(1);
    let mut mark = String::new();
    for child in after {
        match child.name() {
            "t" => mark.push_str(&child.text()),
            "sym" => {
                let font = child.attribute("font").unwrap_or_default();
                let code = child
                    .attribute("char")
                    .and_then(|code| u32::from_str_radix(code, 16).ok());
                mark.extend(code.and_then(|code| signs::sign(font, code)));
            }
            _ => {}
        }
    }
    mark.trim().to_owned()
}
