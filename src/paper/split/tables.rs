//! Cuts a table that is too long for one block into several, between two rows.

use std::ops::Range;
use std::sync::Arc;

use super::{Cut, MAX_BLOCK_BYTES, apart, fits, length};
use crate::paper::Table;
use crate::paper::rich::Rich;

/// The parts of a table, each of which fits into a block.
///
/// # Errors
/// The text of a table with a row that does not fit into any block.
pub(in crate::paper) fn table_parts(rich: Rich, table: Table) -> Result<Vec<(Rich, Table)>, Rich> {
    if fits(&rich) {
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
    let texts = apart(&rich, cuts);
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
struct RowGroup {
    /// With the line end after each row, also where the text ends without one.
    text: Range<usize>,
    markers: Range<usize>,
    rows: usize,
}

impl RowGroup {
    /// Takes the row in that reaches to this byte and this marker; says whether it fits.
    fn take(&mut self, end: usize, markers: usize) -> bool {
        let (bytes, count) = (end - self.text.start, markers - self.markers.start);
        let fits = length(bytes, count) <= MAX_BLOCK_BYTES;
        if fits {
            (self.text.end, self.markers.end) = (end, markers);
            self.rows += 1;
        }
        fits
    }

    /// A group without rows that follows this one.
    fn next(&self) -> Self {
        RowGroup {
            text: self.text.end..self.text.end,
            markers: self.markers.end..self.markers.end,
            rows: 0,
        }
    }
}

/// The rows in groups that fit; none if there is a row that does not.
fn groups(rich: &Rich, table: &Table) -> Option<Vec<RowGroup>> {
    let mut groups = Vec::new();
    let mut group = RowGroup::default();
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
