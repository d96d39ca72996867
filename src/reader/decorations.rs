//! What lies over the text for a while: ranges of it with a role.
//!
//! They are looked up when a line is drawn, so that only what is on the screen costs anything.

use std::ops::Range;

use super::action::Focus;
use super::layout_cache::LaidOutRow;
use super::mentions;
use super::open::{FlashTarget, OpenDocument};
use super::overlays::note::popup::Popup;
use crate::layout::Line;
use crate::paper::BlockId;

/// A stretch of a block's text that is to be seen as something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoration {
    pub(crate) bytes: Range<usize>,
    pub(crate) role: DecorationRole,
}

/// What a stretch of text is decorated as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DecorationRole {
    /// A mention of sources, by its place among all mentions of the paper.
    Mention {
        index: usize,
        is_chosen: bool,
    },
    /// The line that a jump has just led to; the whole row is decorated.
    JumpTarget,
    /// The words of the source that a note was opened for.
    Source,
    Match,
    /// The match that the reader is at.
    CurrentMatch,
}

/// The decorations of a row of the page, the lowest first; with the mention that a note was
/// opened from.
pub(crate) fn of_row(
    open: &OpenDocument,
    note: Option<&Popup>,
    row: &LaidOutRow,
) -> Vec<Decoration> {
    let Some(line) = row.line() else {
        return Vec::new();
    };
    let block = row.row.block;
    let mut found = mentions_in(open, note, block, &line.text);
    found.extend(jump_target(open, row, line));
    found.extend(of_line(open, block, line));
    found
}

/// Those of a line that is shown away from the page, as in an open note.
pub(crate) fn of_line(open: &OpenDocument, block: BlockId, line: &Line) -> Vec<Decoration> {
    let matches = open.finder.matches_in(block, &line.text);
    let matches = matches.map(|(bytes, is_current)| Decoration {
        bytes,
        role: if is_current {
            DecorationRole::CurrentMatch
        } else {
            DecorationRole::Match
        },
    });
    matches.collect()
}

fn mentions_in(
    open: &OpenDocument,
    note: Option<&Popup>,
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
    note: Option<&Popup>,
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
