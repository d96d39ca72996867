//! Tables too long for a block.

use crate::formats::markdown::parse;
use crate::paper::{Block, Kind, Parsed, Table};

/// No block is longer, in bytes of text.
const MAX_BLOCK_BYTES: usize = 64 * 1024;

/// A table of two columns with so many rows under its heads, each citing a note.
fn long(rows: usize) -> String {
    let rows: String = (0..rows)
        .map(|row| format!("| row {row} | *the same*[^1] |\n"))
        .collect();
    format!("| Name | What |\n| --- | --: |\n{rows}\n[^1]: A note.\n")
}

fn tables(parsed: &Parsed) -> Vec<(&Block, &Table)> {
    let blocks = parsed.paper.blocks.iter();
    blocks
        .filter_map(|block| match &block.kind {
            Kind::Table(table) => Some((block, &**table)),
            _ => None,
        })
        .collect()
}

#[test]
fn a_long_table_goes_on_in_further_blocks_and_no_cell_is_lost() {
    let parsed = parse(&long(20_000));
    let tables = tables(&parsed);
    assert!(tables.len() > 5, "{} parts", tables.len());
    let mut row_to_come = 0;
    for (nth, (block, table)) in tables.into_iter().enumerate() {
        assert!(block.text.len() + 8 * block.markers.len() <= MAX_BLOCK_BYTES);
        assert_eq!(block.tight, nth > 0);
        let heads = (nth > 0).then(|| vec!["Name".to_owned(), "What".to_owned()]);
        assert_eq!(table.heads.as_deref(), heads.as_deref());
        for row in table.rows.iter().skip(usize::from(nth == 0)) {
            let cells = row.iter().filter_map(|cell| block.text.get(cell.clone()));
            let cells: Vec<&str> = cells.collect();
            assert_eq!(cells, [&format!("row {row_to_come}"), "the same"]);
            let end = row[1].end;
            assert!(block.markers.iter().any(|marker| marker.offset == end));
            row_to_come += 1;
        }
    }
    assert_eq!(row_to_come, 20_000);
}

#[test]
fn a_table_with_a_row_that_no_block_can_hold_is_text() {
    let fat = "word ".repeat(20_000);
    let parsed = parse(&format!(
        "| a | b |\n|---|---|\n| {fat} | end[^1] |\n\n[^1]: n\n"
    ));
    let blocks = &parsed.paper.blocks;
    assert!(
        blocks
            .iter()
            .all(|block| block.text.len() <= MAX_BLOCK_BYTES)
    );
    let text: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
    let text = text.join(" ");
    assert!(text.contains("a|b word word"));
    assert!(text.contains(" word|end"));
    assert_eq!(parsed.paper.notes[0].cited_in.len(), 1);
    assert_eq!(parsed.problems.len(), 1);
}
