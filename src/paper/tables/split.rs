//! Cuts a table that is too long for one block into several, between two rows.

use std::ops::Range;
use std::sync::Arc;

use super::Table;
use crate::paper::rich::Rich;
use crate::paper::split::{self, Cut, LONGEST, length};

/// The parts of a table, each of which fits into a block.
///
/// # Errors
/// The text of a table with a row that does not fit into any block.
pub(in crate::paper) fn parts(rich: Rich, table: Table) -> Result<Vec<(Rich, Table)>, Rich> {
    if split::fits(&rich) {
        return Ok(vec![(rich, table)]);
    }
    let Some(groups) = groups(&rich, &table) else {
        return Err(rich);
    };
    let heads: Arc<[String]> = heads(&rich, &table);
    // The line end that parts two rows is left out between two blocks.
    let cuts = groups.iter().map(|group| Cut {
        text: group.text.start..group.text.end - 1,
        markers: group.markers.end,
    });
    let texts = split::apart(&rich, cuts);
    let mut rows = table.rows.into_iter();
    let mut parts = Vec::with_capacity(groups.len());
    for (nth, (text, group)) in texts.into_iter().zip(&groups).enumerate() {
        let start = group.text.start;
        let moved = |cell: Range<usize>| cell.start - start..cell.end - start;
        let rows = rows.by_ref().take(group.rows);
        let table = Table {
            alignments: table.alignments.clone(),
            heads: (nth > 0).then(|| Arc::clone(&heads)),
            rows: rows
                .map(|row| row.into_iter().map(moved).collect())
                .collect(),
        };
        parts.push((text, table));
    }
    Ok(parts)
}

/// Rows that go into one block.
#[derive(Debug, Default)]
struct Group {
    /// With the line end after each row, also where the text ends without one.
    text: Range<usize>,
    markers: Range<usize>,
    rows: usize,
}

impl Group {
    /// Takes the row in that reaches to this byte and this marker; says whether it fits.
    fn take(&mut self, end: usize, markers: usize) -> bool {
        let (bytes, count) = (end - self.text.start, markers - self.markers.start);
        let fits = length(bytes, count) <= LONGEST;
        if fits {
            (self.text.end, self.markers.end) = (end, markers);
            self.rows += 1;
        }
        fits
    }

    /// A group without rows that follows this one.
    fn next(&self) -> Self {
        Group {
            text: self.text.end..self.text.end,
            markers: self.markers.end..self.markers.end,
            rows: 0,
        }
    }
}

/// The rows in groups that fit; none if there is a row that does not.
fn groups(rich: &Rich, table: &Table) -> Option<Vec<Group>> {
    let mut groups = Vec::new();
    let mut group = Group::default();
    let ends = table.rows.iter().skip(1).filter_map(|row| row.first());
    for end in ends.map(|cell| cell.start).chain([rich.text.len() + 1]) {
        let met = rich.markers.get(group.markers.end..).unwrap_or_default();
        let markers = group.markers.end + met.partition_point(|marker| marker.offset < end);
        if !group.take(end, markers) {
            let next = group.next();
            groups.push(std::mem::replace(&mut group, next));
            group.take(end, markers).then_some(())?;
        }
    }
    groups.push(group);
    Some(groups)
}

/// The heads, in plain text.
fn heads(rich: &Rich, table: &Table) -> Arc<[String]> {
    let heads = table.rows.first().into_iter().flatten();
    heads
        .map(|head| rich.text.get(head.clone()).unwrap_or_default().to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{Block, Kind, Parsed, parse};

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
                Kind::Table(table) => Some((block, table)),
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
            assert!(length(block.text.len(), block.markers.len()) <= LONGEST);
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
        assert!(blocks.iter().all(|block| block.text.len() <= LONGEST));
        let text: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        let text = text.join(" ");
        assert!(text.contains("a|b word word"));
        assert!(text.contains(" word|end"));
        assert_eq!(parsed.paper.notes[0].cited_in.len(), 1);
        assert_eq!(parsed.problems.len(), 1);
    }
}
