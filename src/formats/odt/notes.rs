//! Footnotes and endnotes: what they are called, and what they say.

use std::collections::HashMap;

use super::OdtReader;
use crate::formats::office::note_numbers::{NoteMark, OfficeNoteLabels};
use crate::formats::office::prose::Mark;
use crate::formats::office::xml::XmlElement;

/// The labels of the notes of a text.
#[derive(Debug, Default)]
pub(super) struct OdtNoteLabels<'a> {
    labels: HashMap<*const XmlElement, String>,
    by_id: HashMap<&'a str, String>,
}

impl<'a> OdtNoteLabels<'a> {
    /// Finds the notes, in the order of the text.
    pub(super) fn new(content: &'a XmlElement) -> Self {
        let mut notes = Vec::new();
        let mut queue = vec![content];
        while let Some(element) = queue.pop() {
            match element.name() {
                "tracked-changes" => continue,
                "note" => {
                    notes.push(element);
                    continue;
                }
                _ => {}
            }
            let at = queue.len();
            queue.extend(element.elements());
            if let Some(children) = queue.get_mut(at..) {
                children.reverse();
            }
        }
        let marks: Vec<NoteMark> = notes
            .iter()
            .map(|note| NoteMark {
                is_endnote: note.attribute("note-class") == Some("endnote"),
                is_own: own_mark(note).is_some(),
                number: shown_mark(note).parse().ok(),
            })
            .collect();
        let mut next = OfficeNoteLabels::new(&marks, |_| 1);
        let mut labels = OdtNoteLabels::default();
        for note in notes {
            let Some(label) = next.next(own_mark(note)) else {
                break;
            };
            if let Some(id) = note.attribute("id") {
                labels.by_id.insert(id, label.clone());
            }
            labels.labels.insert(std::ptr::from_ref(note), label);
        }
        labels
    }

    fn get(&self, note: &XmlElement) -> Option<&String> {
        self.labels.get(&std::ptr::from_ref(note))
    }

    /// The label of the note with this identifier.
    pub(super) fn with_id(&self, id: &str) -> Option<&str> {
        self.by_id.get(id).map(String::as_str)
    }
}

impl<'a> OdtReader<'a> {
    /// Cites a note, and reads it.
    pub(super) fn note(&mut self, note: &'a XmlElement) {
        let (Some(label), false) = (self.labels.get(note).cloned(), self.is_in_note) else {
            return;
        };
        self.prose.begin(&mut self.builder);
        if let Some(id) = note.attribute("id") {
            self.builder.anchor(id);
        }
        self.builder.cite(&label);
        let outer = std::mem::take(&mut self.prose);
        let mark = own_mark(note).map(|mark| Mark::Own(mark.to_owned()));
        self.prose.mark = Some(mark.unwrap_or(Mark::Space));
        let lists = std::mem::take(&mut self.open_lists);
        let boxes = std::mem::take(&mut self.boxes);
        let look = std::mem::take(&mut self.paragraph);
        let is_in_table = std::mem::take(&mut self.is_in_table);
        self.is_in_note = true;
        self.builder.begin_note(&label);
        for body in note
            .elements()
            .filter(|element| element.name() == "note-body")
        {
            self.blocks(body);
        }
        self.prose.end(&mut self.builder);
        self.builder.end_note();
        self.is_in_note = false;
        self.is_in_table = is_in_table;
        self.paragraph = look;
        self.boxes = boxes;
        self.open_lists = lists;
        self.prose = outer;
    }
}

/// The mark that the author has given a note.
fn own_mark(note: &XmlElement) -> Option<&str> {
    let citation = note.child("note-citation")?;
    let mark = citation.attribute("label")?.trim();
    (!mark.is_empty() && mark.parse::<u32>().is_err()).then_some(mark)
}

/// What is shown where the note is cited.
fn shown_mark(note: &XmlElement) -> String {
    let citation = note.child("note-citation");
    let mark = citation.map(XmlElement::text).unwrap_or_default();
    mark.trim().to_owned()
}
