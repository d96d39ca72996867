//! How much the tables of a source may grow.

use memchr::memchr_iter;

/// So many cells a paper's tables may have for each byte of its source, besides [`SPARE_CELLS`].
const CELLS_PER_BYTE: usize = 4;

/// So many cells a paper's tables may always have.
const SPARE_CELLS: usize = 100_000;

/// So many cells they may have at most, besides [`SPARE_CELLS`].
const MAX_CELLS: usize = 10_000_000;

/// Where tables begin to be out of all proportion: the offset of the line that shapes the table.
///
/// A row of a table stands for as many cells as the table has columns, however few are written:
/// a table of 10,000 columns with rows of two bytes would fill the memory. The count here is
/// never too low; a row is any line up to the next blank one.
pub(super) fn find_overgrown(source: &str) -> Option<usize> {
    let most = (source.len() * CELLS_PER_BYTE).min(MAX_CELLS) + SPARE_CELLS;
    let mut cells = 0usize;
    let mut columns = 0;
    let mut shape = 0;
    let mut from = 0;
    for end in memchr_iter(b'\n', source.as_bytes()).chain([source.len()]) {
        let line = source.get(from..end).unwrap_or_default();
        let encloses = |byte: &u8| matches!(byte, b' ' | b'\t' | b'>');
        let first = line.bytes().find(|byte| !encloses(byte));
        if first.is_none() {
            columns = 0;
        } else if matches!(first, Some(b'|' | b'-' | b':')) && is_delimiter_row(line) {
            let inner = line.trim_matches([' ', '\t', '>']);
            let count = inner.split('|').count();
            if count > columns {
                (columns, shape) = (count, from);
            }
        }
        cells = cells.saturating_add(columns);
        if cells > most {
            return Some(shape);
        }
        from = end + 1;
    }
    None
}

fn is_delimiter_row(line: &str) -> bool {
    line.bytes()
        .all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t' | b'>'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: Option<usize>) {
        assert_eq!(find_overgrown(source), expected);
    }

    /// A table with the given columns, whose rows have one cell each.
    fn sparse(columns: usize, rows: usize) -> String {
        let (heads, shape) = ("|a".repeat(columns), "|-".repeat(columns));
        format!("{heads}|\n{shape}|\n{}", "|b\n".repeat(rows))
    }

    #[test]
    fn a_table_as_full_as_tables_are_may_be_as_long_as_it_likes() {
        check(&sparse(1000, 50), None);
        check(
            &format!("|a|b|c|\n|-|-|-|\n{}", "|d|e|\n".repeat(50_000)),
            None,
        );
        check(&"|a\n|-\n\n".repeat(50_000), None);
    }

    #[test]
    fn a_table_of_empty_cells_is_found_wherever_it_stands() {
        let table = sparse(1000, 1000);
        check(&table, Some("|a".repeat(1000).len() + 2));
        let quoted = table.replace('\n', "\n> ");
        check(&format!("> {quoted}"), Some("> |a".len() + 999 * 2 + 2));
        let many = sparse(300, 20).repeat(1000).replace("\n|a", "\n\n|a");
        assert!(find_overgrown(&many).is_some());
    }
}
