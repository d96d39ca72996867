//! Footnotes and endnotes: what they are called, and what they say.

use super::state::{Characters, Paragraphs};
use super::tokens::{RtfToken, Tokens};
use super::{ParagraphState, RtfReader, TableState};
use crate::formats::office::note_numbers::{NoteMark, OfficeNoteLabels};
use crate::formats::office::prose::{Mark, Prose};

/// The labels of the notes, in the order in which they come.
#[derive(Debug, Default)]
pub(super) struct RtfNoteLabels {
    labels: OfficeNoteLabels,
}

/// What a note has interrupted.
#[derive(Debug)]
pub(super) struct OuterText {
    prose: Prose,
    text: ParagraphState,
    table: TableState,
    instructions: Vec<String>,
}

impl RtfNoteLabels {
    /// Finds the notes of a file.
    pub(super) fn new(bytes: &[u8]) -> Self {
        let mut notes: Vec<NoteMark> = Vec::new();
        let mut depth = 0usize;
        // At which depth the note began that is being read.
        let mut note_depth = None;
        let mut is_numbered = false;
        for token in Tokens::new(bytes) {
            match token {
                RtfToken::Open => depth += 1,
                RtfToken::Close => {
                    depth = depth.saturating_sub(1);
                    if note_depth.is_some_and(|note| depth < note) {
                        note_depth = None;
                    }
                }
                RtfToken::Word { name, .. } => match name {
                    "footnote" if note_depth.is_none() => {
                        note_depth = Some(depth);
                        notes.push(NoteMark {
                            is_own: !std::mem::take(&mut is_numbered),
                            ..NoteMark::default()
                        });
                    }
                    "ftnalt" if note_depth.is_some() => {
                        if let Some(note) = notes.last_mut() {
                            note.is_endnote = true;
                        }
                    }
                    "chftn" if note_depth.is_none() => is_numbered = true,
                    _ => {}
                },
                _ => {}
            }
        }
        RtfNoteLabels {
            labels: OfficeNoteLabels::new(&notes, |_| 1),
        }
    }
}

impl RtfReader<'_> {
    /// Begins a note, which the open group holds.
    pub(super) fn begin_note(&mut self) {
        if !self.outer.is_empty() {
            return;
        }
        let mark = std::mem::take(&mut self.text.mark);
        let mark = match std::mem::take(&mut self.text.is_numbered) {
            true => {
                self.keep_mark(&mark);
                Mark::Space
            }
            false if mark.trim().is_empty() => Mark::Space,
            false => Mark::Own(mark.trim().to_owned()),
        };
        let own = match &mark {
            Mark::Own(own) => Some(own.as_str()),
            Mark::Space => None,
        };
        let Some(label) = self.labels.labels.next(own) else {
            return;
        };
        self.begin_text();
        // A note may come before the first word of its paragraph.
        self.prose.begin(&mut self.builder);
        self.text.has_note = true;
        self.builder.cite(&label);
        self.builder.begin_note(&label);
        self.group.is_note = true;
        self.group.characters = Characters::default();
        self.group.paragraph = Paragraphs::default();
        self.outer.push(OuterText {
            prose: std::mem::take(&mut self.prose),
            text: std::mem::take(&mut self.text),
            table: std::mem::take(&mut self.table),
            instructions: std::mem::take(&mut self.instructions),
        });
        self.prose.mark = Some(mark);
    }

    /// Ends the note that the open group holds.
    pub(super) fn end_note(&mut self) {
        self.end_paragraph();
        self.end_table();
        self.prose.end(&mut self.builder);
        self.builder.end_note();
        if let Some(outer) = self.outer.pop() {
            self.prose = outer.prose;
            self.text = outer.text;
            self.table = outer.table;
            self.instructions = outer.instructions;
        }
    }

    /// The place of a note's number: in the text where the note comes next, in the note at its
    /// start.
    pub(super) fn note_number(&mut self) {
        if self.outer.is_empty() {
            self.text.is_numbered = true;
        } else {
            self.prose.mark = Some(Mark::Space);
        }
    }
}
