//! What lies over the text for a while: ranges of it with a role.
//!
//! They are looked up when a line is drawn, so that only what is on the screen costs anything.

use std::cmp::Reverse;
use std::ops::Range;

use crate::layout::Line;
use crate::paper::BlockId;
use crate::reader::action::Focus;
use crate::reader::open::code_roles::{CodePart, CodeRole};
use crate::reader::open::layout_cache::LaidOutRow;
use crate::reader::open::mentions;
use crate::reader::open::note_view::NotePart;
use crate::reader::open::{FlashTarget, OpenDocument};
use crate::reader::overlays::note::popup::NotePopup;
use crate::shelf::{AnnotationKind, HighlightKind};

/// A stretch of a block's text that is to be seen as something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoration {
    pub(crate) bytes: Range<usize>,
    pub(crate) role: DecorationRole,
}

/// What a stretch of text is decorated as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DecorationRole {
    Code(CodeRole),
    Highlight(HighlightLook),
    /// The passage that is chosen, or that an open note of the reader's is on.
    Chosen,
    /// A mention of sources, by its place among all mentions of the paper.
    Mention {
        index: usize,
        is_chosen: bool,
        /// Whether the words are a link to the source.
        is_linked: bool,
    },
    /// The line that a jump has just led to; the whole row is decorated.
    JumpTarget,
    /// The words of the source that a note was opened for.
    Source,
    Match,
    /// The match that the reader is at.
    CurrentMatch,
    /// The sentence that a move has just led to.
    MoveTarget,
    Selection,
}

/// What tells highlights of one kind from those of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HighlightLook {
    Claim,
    Evidence,
    Question,
    Quote,
    Disagree,
    /// A note of the reader's.
    Note,
    /// A kind that only a later version knows.
    Other,
}

impl HighlightLook {
    /// The sign beside the line where the highlight begins.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            HighlightLook::Claim => "c",
            HighlightLook::Evidence => "e",
            HighlightLook::Question => "?",
            HighlightLook::Quote => "“",
            HighlightLook::Disagree => "!",
            // A letter, as the author's notes may have any other sign.
            HighlightLook::Note => "n",
            HighlightLook::Other => "*",
        }
    }
}

impl From<&AnnotationKind> for HighlightLook {
    fn from(kind: &AnnotationKind) -> Self {
        let AnnotationKind::Highlight(kind) = kind else {
            return HighlightLook::Note;
        };
        match kind {
            HighlightKind::Claim => HighlightLook::Claim,
            HighlightKind::Evidence => HighlightLook::Evidence,
            HighlightKind::Question => HighlightLook::Question,
            HighlightKind::Quote => HighlightLook::Quote,
            HighlightKind::Disagree => HighlightLook::Disagree,
            _ => HighlightLook::Other,
        }
    }
}

/// The decorations of a row of the page, the lowest first; with the mention that a note was
/// opened from.
pub(crate) fn of_row(
    open: &OpenDocument,
    note: Option<&NotePopup>,
    row: &LaidOutRow,
) -> Vec<Decoration> {
    let Some(line) = row.line() else {
        return Vec::new();
    };
    let block = row.row.block;
    let mut found = of_code(open.code.parts_in(block, &line.text));
    found.extend(highlights_in(open, block, &line.text));
    found.extend(chosen_passage(open, note, block, &line.text));
    found.extend(mentions_in(open, note, block, &line.text));
    found.extend(jump_target(open, row, line));
    found.extend(lit_in(open, block, line));
    found
}

/// Those of a line that is shown away from the page, as in an open note.
pub(crate) fn of_line(open: &OpenDocument, block: BlockId, line: &Line) -> Vec<Decoration> {
    let mut found = of_code(open.parts_of_code(block, &line.text));
    found.extend(highlights_in(open, block, &line.text));
    found.extend(lit_in(open, block, line));
    found
}

/// Those of a row of a note that is shown away from the page.
pub(crate) fn of_note_row(open: &OpenDocument, part: &NotePart, line: &Line) -> Vec<Decoration> {
    match part {
        NotePart::Block(block) => of_line(open, *block, line),
        NotePart::Own(block, _) => matches(open.finder.own_matches_in(*block, &line.text)),
        NotePart::Comment(_) => Vec::new(),
    }
}

fn matches(found: impl IntoIterator<Item = (Range<usize>, bool)>) -> Vec<Decoration> {
    let found = found.into_iter().map(|(bytes, is_current)| Decoration {
        bytes,
        role: if is_current {
            DecorationRole::CurrentMatch
        } else {
            DecorationRole::Match
        },
    });
    found.collect()
}

/// The parts of code as what lies over a line.
pub(crate) fn of_code(parts: Vec<CodePart>) -> Vec<Decoration> {
    let parts = parts.into_iter().map(|part| Decoration {
        bytes: part.bytes,
        role: DecorationRole::Code(part.role),
    });
    parts.collect()
}

/// What of a line is lit: matches, what a move led to, and what is selected.
fn lit_in(open: &OpenDocument, block: BlockId, line: &Line) -> Vec<Decoration> {
    let mut found = matches(open.finder.matches_in(block, &line.text));
    let passages = [
        (open.lit_passage(), DecorationRole::MoveTarget),
        (
            open.view.selection().map(|selection| selection.passage),
            DecorationRole::Selection,
        ),
    ];
    for (passage, role) in passages {
        let bytes = passage.and_then(|passage| passage.bytes_in(block));
        let bytes = bytes.filter(|own| own.start < line.text.end && line.text.start < own.end);
        found.extend(bytes.map(|bytes| Decoration { bytes, role }));
    }
    found
}

/// The first highlight that begins on a row of the page.
pub(crate) fn highlight_that_begins(
    open: &OpenDocument,
    row: &LaidOutRow,
) -> Option<HighlightLook> {
    let block = row.row.block;
    let mut here = open.shelf.annotations.passages_in(block.0..block.0 + 1);
    let found = here.find(|annotation| {
        let start = annotation.position();
        start.is_some_and(|start| {
            start.block == block && row.layout.line_of(start.offset) == row.row.line
        })
    });
    found.map(|annotation| HighlightLook::from(&annotation.kind))
}

/// The highlights in some bytes of a block, the longest first, so that one within another shows.
fn highlights_in(open: &OpenDocument, block: BlockId, bytes: &Range<usize>) -> Vec<Decoration> {
    let here = open.shelf.annotations.passages_in(block.0..block.0 + 1);
    let decorations = here.filter_map(|annotation| {
        let own = annotation.found.passage()?.bytes_in(block)?;
        let is_here = own.start < bytes.end && bytes.start < own.end;
        is_here.then(|| Decoration {
            bytes: own,
            role: DecorationRole::Highlight(HighlightLook::from(&annotation.kind)),
        })
    });
    let mut found: Vec<Decoration> = decorations.collect();
    found.sort_by_key(|highlight| Reverse(highlight.bytes.len()));
    found
}

/// The passage of what is chosen that the reader keeps, or that an open note is on.
fn chosen_passage(
    open: &OpenDocument,
    note: Option<&NotePopup>,
    block: BlockId,
    bytes: &Range<usize>,
) -> Option<Decoration> {
    let target = match note {
        Some(popup) => popup.origin,
        None => open.view.chosen(),
    };
    let Some((_, Focus::Kept(key))) = target else {
        return None;
    };
    let passage = open.shelf.annotations.by_key(key)?.found.passage()?;
    let own = passage.bytes_in(block)?;
    let is_here = own.start < bytes.end && bytes.start < own.end;
    is_here.then_some(Decoration {
        bytes: own,
        role: DecorationRole::Chosen,
    })
}

fn mentions_in(
    open: &OpenDocument,
    note: Option<&NotePopup>,
    block: BlockId,
    bytes: &Range<usize>,
) -> Vec<Decoration> {
    let Some(sources) = open.sources() else {
        return Vec::new();
    };
    let mentions = mentions::in_text(sources, block, bytes);
    let decorations = mentions.map(|(index, bytes)| Decoration {
        bytes,
        role: DecorationRole::Mention {
            index,
            is_chosen: is_target_lit(open, note, block, Focus::Mention(index)),
            is_linked: mentions::is_linked(sources, index),
        },
    });
    decorations.collect()
}

fn jump_target(open: &OpenDocument, row: &LaidOutRow, line: &Line) -> Option<Decoration> {
    let Some(FlashTarget::Line(position)) = open.flash() else {
        return None;
    };
    let is_here = position.block == row.row.block
        && !row.is_blank()
        && row.layout.line_of(position.offset) == row.row.line;
    is_here.then(|| Decoration {
        bytes: line.text.clone(),
        role: DecorationRole::JumpTarget,
    })
}

/// Whether a marker, link or mention is chosen, has its note open, or had it open a moment ago.
pub(crate) fn is_target_lit(
    open: &OpenDocument,
    note: Option<&NotePopup>,
    block: BlockId,
    focus: Focus,
) -> bool {
    let target = Some((block, focus));
    match note {
        Some(popup) => popup.origin == target,
        None => {
            open.view.chosen() == target || open.flash() == Some(FlashTarget::Target(block, focus))
        }
    }
}
