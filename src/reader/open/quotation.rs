//! A paragraph as it is pasted elsewhere: the author's words, and where they stand.

use crate::export::credit;
use crate::paper::{Block, BlockId, Note, NoteId, Paper, Passage, place_in_full};

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

/// The words of a passage as the author typed them, without markers. None if there are none.
pub(crate) fn of_passage(paper: &Paper, passage: Passage) -> Option<String> {
    let mut text = String::new();
    let blocks = passage.start.block.0..=passage.end.block.0;
    for id in blocks.map(BlockId) {
        let Some(block) = paper.block(id).filter(|block| block.is_authors()) else {
            continue;
        };
        let Some(bytes) = passage.bytes_in(id) else {
            continue;
        };
        let part = block.text.get(bytes.start..bytes.end.min(block.text.len()));
        let part = part.unwrap_or_default();
        if !text.is_empty() && !part.is_empty() {
            text.push_str(if block.tight { "\n" } else { "\n\n" });
        }
        text.push_str(&without_tabs(part));
    }
    (!text.is_empty()).then_some(text)
}

/// The note's text, and a line that says where it is from. None for a note without text.
pub(crate) fn of_note(paper: &Paper, id: NoteId) -> Option<String> {
    let note = paper.note(id).filter(|note| note.is_defined())?;
    let blocks = paper.blocks.get(note.blocks.clone())?;
    let text: Vec<String> = blocks.iter().map(words).collect();
    let source = source_of_note(paper, note);
    Some(format!("{}\n— {source}", text.join("\n\n")))
}

fn words(block: &Block) -> String {
    without_tabs(&block.text)
}

/// Text without the tabs of a table: what is pasted may be taken for keys.
fn without_tabs(text: &str) -> String {
    text.replace('\t', " | ")
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
