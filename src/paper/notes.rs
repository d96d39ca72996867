//! The notes of a paper while it is being read: found by label, not yet numbered.

use std::collections::HashMap;

use super::clean::clean;
use super::{Block, NoteId, Problem, ProblemKind, SourceLocation};

/// A note on its way in.
#[derive(Debug)]
pub(super) struct NoteDraft {
    /// What the author calls it; empty for an inline note.
    pub(super) label: String,
    pub(super) origin: NoteOrigin,
    /// Of its definition, else of its first marker.
    pub(super) location: SourceLocation,
    pub(super) blocks: Vec<Block>,
}

/// How the paper came to have the note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoteOrigin {
    /// It is cited, and no definition has been met.
    Cited,
    Defined,
    /// It is defined under a label that another note has.
    DefinedAgain,
    /// It stands in the text itself, as `^[text]`.
    Inline,
}

/// All notes of a paper, in the order in which the source first names them.
#[derive(Debug, Default)]
pub(super) struct NoteDrafts {
    pub(super) drafts: Vec<NoteDraft>,
    by_label: HashMap<String, usize>,
}

impl NoteDrafts {
    /// The note with this label, which a marker there cites.
    pub(super) fn cite(&mut self, label: &str, location: SourceLocation) -> usize {
        let label = cleaned(label);
        match self.labelled(&label) {
            Some(note) => note,
            None => self.add(label, NoteOrigin::Cited, location),
        }
    }

    /// The note that a definition with this label, there, is to fill.
    pub(super) fn define(&mut self, label: &str, location: SourceLocation) -> usize {
        let label = cleaned(label);
        let known = self.labelled(&label);
        let draft = known.and_then(|note| Some((note, self.drafts.get_mut(note)?)));
        match draft {
            Some((note, draft)) if draft.origin == NoteOrigin::Cited => {
                draft.origin = NoteOrigin::Defined;
                draft.location = location;
                note
            }
            Some(_) => self.push(label, NoteOrigin::DefinedAgain, location),
            None => self.add(label, NoteOrigin::Defined, location),
        }
    }

    /// A new inline note, there.
    pub(super) fn add_inline(&mut self, location: SourceLocation) -> usize {
        self.push(String::new(), NoteOrigin::Inline, location)
    }

    pub(super) fn push_block(&mut self, note: usize, block: Block) {
        if let Some(draft) = self.drafts.get_mut(note) {
            if draft.blocks.is_empty() {
                // Most notes are one paragraph, and a paper may have very many notes.
                draft.blocks.reserve_exact(1);
            }
            draft.blocks.push(block);
        }
    }

    /// The last block of the note so far.
    pub(super) fn last_block(&mut self, note: usize) -> Option<&mut Block> {
        self.drafts.get_mut(note)?.blocks.last_mut()
    }

    /// The blocks of the note so far.
    pub(super) fn blocks(&self, note: usize) -> &[Block] {
        let draft = self.drafts.get(note);
        draft.map_or(&[], |draft| draft.blocks.as_slice())
    }

    /// The note with this label, without regard to case.
    pub(super) fn labelled(&self, label: &str) -> Option<usize> {
        self.by_label.get(&label.to_lowercase()).copied()
    }

    /// Whether a note is cited, and no definition has been met.
    pub(super) fn has_undefined(&self) -> bool {
        let mut drafts = self.drafts.iter();
        drafts.any(|draft| draft.origin == NoteOrigin::Cited)
    }

    /// Whether a note of both is defined in both.
    pub(super) fn define_same(&self, later: &NoteDrafts) -> bool {
        let mut drafts = later.drafts.iter();
        drafts.any(|draft| {
            let here = self.labelled(&draft.label);
            let here = here.and_then(|note| self.drafts.get(note));
            draft.origin == NoteOrigin::Defined
                && here.is_some_and(|here| here.origin == NoteOrigin::Defined)
        })
    }

    /// Adds the notes of what follows, of which none is defined here already; returns for each the
    /// one that it has become.
    pub(super) fn append(&mut self, later: NoteDrafts) -> Vec<usize> {
        let mut filled = Vec::new();
        let drafts = later.drafts.into_iter().map(|draft| {
            let NoteDraft {
                label,
                origin,
                location,
                blocks,
            } = draft;
            let note = match origin {
                NoteOrigin::Cited => self.cite(&label, location),
                NoteOrigin::Defined => self.define(&label, location),
                NoteOrigin::DefinedAgain | NoteOrigin::Inline => self.push(label, origin, location),
            };
            if !blocks.is_empty() {
                filled.push((note, blocks));
            }
            note
        });
        let notes: Vec<usize> = drafts.collect();
        for (note, mut blocks) in filled {
            for block in &mut blocks {
                cite_as(&notes, block);
            }
            if let Some(draft) = self.drafts.get_mut(note) {
                draft.blocks = blocks;
            }
        }
        notes
    }

    /// What is wrong with the labels.
    pub(super) fn problems(&self) -> impl Iterator<Item = Problem> {
        self.drafts.iter().filter_map(|draft| {
            let label = draft.label.clone();
            let kind = match draft.origin {
                NoteOrigin::Cited => ProblemKind::NoteUndefined { label },
                NoteOrigin::DefinedAgain => ProblemKind::NoteDefinedAgain { label },
                NoteOrigin::Defined | NoteOrigin::Inline => return None,
            };
            Some(Problem::new(draft.location, kind))
        })
    }

    fn add(&mut self, label: String, origin: NoteOrigin, location: SourceLocation) -> usize {
        let folded = label.to_lowercase();
        let note = self.push(label, origin, location);
        self.by_label.insert(folded, note);
        note
    }

    fn push(&mut self, label: String, origin: NoteOrigin, location: SourceLocation) -> usize {
        self.drafts.push(NoteDraft {
            label,
            origin,
            location,
            blocks: Vec::new(),
        });
        self.drafts.len() - 1
    }
}

/// Makes the markers of a block cite what the notes of its draft have become.
pub(super) fn cite_as(notes: &[usize], block: &mut Block) {
    for marker in &mut block.markers {
        if let Some(note) = notes.get(marker.note.0) {
            marker.note = NoteId(*note);
        }
    }
}

/// A label fit to be shown, with one blank where there were any.
fn cleaned(label: &str) -> String {
    let label = clean(label);
    let words: Vec<&str> = label.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ")
}
