//! A paragraph as it is pasted elsewhere: the author's words, and where they stand.

use crate::paper::{Block, BlockId, Note, NoteId, Paper};

/// The block's text, without markers, and a line that says where it is from. None for a block
/// without text.
pub(crate) fn of_block(paper: &Paper, id: BlockId) -> Option<String> {
    let block = paper.block(id).filter(|block| !block.text.is_empty())?;
    let source = match paper.note_at(id).and_then(|note| paper.note(note)) {
        Some(note) => source_of_note(paper, note),
        None => source_of_text(paper, id, block),
    };
    Some(format!("{}\n— {source}", block.text))
}

/// The note's text, and a line that says where it is from. None for a note without text.
pub(crate) fn of_note(paper: &Paper, id: NoteId) -> Option<String> {
    let note = paper.note(id).filter(|note| note.is_defined())?;
    let blocks = paper.blocks.get(note.blocks.clone())?;
    let text: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
    let source = source_of_note(paper, note);
    Some(format!("{}\n— {source}", text.join("\n\n")))
}

fn source_of_note(paper: &Paper, note: &Note) -> String {
    format!("note {} in {}", note.number, source(paper).join(", "))
}

/// The paper, with section and paragraph.
fn source_of_text(paper: &Paper, id: BlockId, block: &Block) -> String {
    let mut parts = source(paper);
    let section = paper.section_of(id).and_then(|id| paper.section(id));
    if let Some(section) = section.filter(|section| !section.holds_notes) {
        parts.push(format!("§ {}", section.name()));
    }
    if block.paragraph > 0 {
        parts.push(format!("¶ {}", block.paragraph));
    }
    parts.join(", ")
}

/// Author, title, publisher and date, as far as the paper names them.
fn source(paper: &Paper) -> Vec<String> {
    let mut parts = Vec::new();
    if !paper.metadata.authors.is_empty() {
        parts.push(paper.metadata.authors.join(", "));
    }
    if !paper.title.is_empty() {
        parts.push(format!("“{}”", paper.title));
    }
    let named = [&paper.metadata.publisher, &paper.metadata.date];
    parts.extend(named.into_iter().filter(|name| !name.is_empty()).cloned());
    parts
}
