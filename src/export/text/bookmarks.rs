//! What a reader has kept, as text.

use std::io::{self, Write};

use super::TextPage;
use crate::export::bookmarks::{Quotation, Quotations};
use crate::paper::{Block, Composed, Kind, Nest, Paper, Style};

/// Writes the bookmarks of a paper in lines of at most so many columns.
///
/// # Errors
/// Those of `out`.
pub fn write_bookmarks(kept: &Quotations<'_>, columns: u16, out: &mut dyn Write) -> io::Result<()> {
    let blocks = kept.quotations.iter().flat_map(blocks_of);
    write(&blocks.collect::<Vec<_>>(), columns, out)
}

/// Writes the bookmarks of a paper under its authors and title.
///
/// # Errors
/// Those of `out`.
pub fn write_titled_bookmarks(
    kept: &Quotations<'_>,
    columns: u16,
    out: &mut dyn Write,
) -> io::Result<()> {
    let name = match kept.credit.as_str() {
        "" => "(no title)",
        credit => credit,
    };
    let heading = Block {
        kind: Kind::Heading(1),
        ..block(name)
    };
    let blocks = kept.quotations.iter().flat_map(blocks_of);
    let blocks: Vec<_> = std::iter::once(heading).chain(blocks).collect();
    write(&blocks, columns, out)
}

fn write(blocks: &[Block], columns: u16, out: &mut dyn Write) -> io::Result<()> {
    let no_paper = Paper::default();
    TextPage::new(&no_paper, columns, out).write_set(blocks.iter())
}

/// The label, the words, the reader's note, and where it all is from.
fn blocks_of(quotation: &Quotation<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(label) = quotation.label() {
        let mut line = Composed::default();
        line.push_styled(label, Style::Strong);
        blocks.push(line.into_block(Vec::new()));
    }
    blocks.push(Block {
        nesting: vec![Nest::Quote { begins: true }],
        ..block(&quotation.words)
    });
    if !quotation.annotation.note.is_empty() {
        blocks.push(Block {
            nesting: vec![Nest::Item { bullet: None }],
            ..block(&quotation.annotation.note)
        });
    }
    let annotation = quotation.annotation;
    let day = annotation.created.day();
    let facts = [
        quotation.category(),
        quotation.place.as_str(),
        &day,
        annotation.found.name(),
    ];
    let facts: Vec<_> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    blocks.push(block(&format!("— {}", facts.join(" · "))));
    for block in blocks.iter_mut().skip(1) {
        block.tight = true;
    }
    blocks
}

fn block(text: &str) -> Block {
    let mut composed = Composed::default();
    composed.push(text);
    composed.into_block(Vec::new())
}
