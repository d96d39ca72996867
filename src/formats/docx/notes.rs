//! Footnotes and endnotes: what they are called, and what they say.

use super::DocxReader;
use super::note_labels::{NoteKind, mark_of};
use crate::formats::office::prose::Mark;
use crate::formats::office::xml::XmlElement;

impl<'a> DocxReader<'a> {
    /// Cites a note, and reads it where it is cited first. Says whether the author has given it a
    /// mark, which follows in the run.
    pub(super) fn cite(
        &mut self,
        reference: &'a XmlElement,
        run: &XmlElement,
        kind: NoteKind,
    ) -> bool {
        let id = reference.attribute("id").unwrap_or_default();
        let mark = mark_of(reference, run);
        let has_mark = mark.is_some();
        let Some(note) = self.notes.get(&(kind, id)).copied() else {
            self.builder
                .problem("a note is cited here that the file does not hold");
            return false;
        };
        if self.is_in_note {
            return false;
        }
        let Some(label) = self.labels.get(kind, id) else {
            return false;
        };
        let label = label.to_owned();
        self.prose.begin(&mut self.builder);
        self.builder.cite(&label);
        if self.read_notes.insert((kind, id)) {
            self.note(note, kind, &label, mark);
        }
        has_mark
    }

    fn note(&mut self, note: &'a XmlElement, kind: NoteKind, label: &str, mark: Option<String>) {
        let outer = std::mem::take(&mut self.prose);
        let fields = std::mem::take(&mut self.fields);
        let boxes = std::mem::take(&mut self.boxes);
        let look = std::mem::take(&mut self.paragraph);
        let relationships = self.parts.note_relationships(kind);
        let outer_relationships = std::mem::replace(&mut self.relationships, relationships);
        let is_in_table = std::mem::take(&mut self.is_in_table);
        self.is_in_note = true;
        self.builder.begin_note(label);
        self.prose.mark = mark.map(Mark::Own);
        self.blocks(note);
        self.prose.end(&mut self.builder);
        self.builder.end_note();
        self.is_in_note = false;
        self.is_in_table = is_in_table;
        self.relationships = outer_relationships;
        self.paragraph = look;
        self.prose = outer;
        self.fields = fields;
        self.boxes = boxes;
    }

    /// Says which notes nothing cites: they are not shown in Word either.
    pub(super) fn report_uncited(&mut self) {
        let uncited = self
            .notes
            .keys()
            .filter(|key| !self.read_notes.contains(*key))
            .count();
        if uncited > 0 && self.changes.is_none() {
            let notes = if uncited == 1 { "note is" } else { "notes are" };
            self.builder
                .problem(format!("{uncited} {notes} cited nowhere and left out"));
        }
    }
}
