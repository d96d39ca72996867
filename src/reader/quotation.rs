//! A paragraph as it is pasted elsewhere: the author's words, and where they stand.

use crate::export::credit;
use crate::paper::{Block, BlockId, Note, NoteId, Paper, place_in_full};

/// The block's text, without markers, and a line that says where it is from. None for a block
/// without text.
pub(crate) fn of_block(paper: &Paper, id: BlockId) -> Option<String> {
    let block = paper.block(id).filter(|block| !block.text.is_empty())?;
    let source = match paper.note_at(id).and_then(|note| paper.note(note)) {
        Some(note) => source_of_note(paper, note),
        None => source_of_text(paper, id),
    };
    Some(format!("{}\n— {source}", words(block)))
}

/// The note's text, and a line that says where it is from. None for a note without text.
pub(crate) fn of_note(paper: &Paper, id: NoteId) -> Option<String> {
    let note = paper.note(id).filter(|note| note.is_defined())?;
    let blocks = paper.blocks.get(note.blocks.clone())?;
    let text: Vec<String> = blocks.iter().map(words).collect();
    let source = source_of_note(paper, note);
    Some(format!("{}\n— {source}", text.join("\n\n")))
}

/// The block's text without the tabs of a table: what is pasted may be taken for keys.
fn words(block: &Block) -> String {
    block.text.replace('\t', " | ")
}

fn source_of_note(paper: &Paper, note: &Note) -> String {
    format!("note {} in {}", note.number, credit(paper))
}

/// The paper, with section and paragraph.
fn source_of_text(paper: &Paper, id: BlockId) -> String {
    let parts = [credit(paper), place_in_full(paper, id).unwrap_or_default()];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}
