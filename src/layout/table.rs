//! Sets tables: as columns side by side where they fit, else as a list of "head: cell".

mod grid;
mod list;

use std::ops::Range;

use super::setter::{Extent, Setter};
use super::{Extras, Line, Part, Role, Run, ruler};
use crate::paper::{Block, Table};
use grid::grid;
use list::list;

/// Blank columns between two columns of the table.
const GAP: u16 = 2;

/// No column is made so narrow that it parts a word of up to so many columns.
const MAX_WHOLE_WORD_COLUMNS: u16 = 20;

pub(super) fn set(block: &Block, table: &Table, columns: u16, extras: Extras<'_>) -> Vec<Line> {
    let rows = row_ranges(block, table);
    let mut setter = Setter::new(block, extras);
    match fit_columns(block, table, columns, extras) {
        Some(widths) => grid(&mut setter, table, &rows, &widths),
        None => list(&mut setter, block, table, &rows, columns),
    }
}

/// Bytes of the text for each row: its cells, what parts them, and its line end. Together they
/// are the whole text.
fn row_ranges(block: &Block, table: &Table) -> Vec<Range<usize>> {
    let start = |row: &Vec<Range<usize>>| row.first().map(|cell| cell.start);
    let mut rows = Vec::with_capacity(table.rows.len());
    let mut from = 0;
    for next in table.rows.iter().skip(1) {
        let end = start(next).unwrap_or(from).max(from);
        rows.push(from..end);
        from = end;
    }
    rows.push(from..block.text.len().max(from));
    rows
}

/// How wide each column is to be; nothing if they do not fit side by side.
fn fit_columns(block: &Block, table: &Table, columns: u16, extras: Extras<'_>) -> Option<Vec<u16>> {
    let gaps = table.alignments.len().checked_sub(1)?;
    let gaps = GAP.checked_mul(u16::try_from(gaps).ok()?)?;
    let for_text = columns.checked_sub(gaps)?;
    if usize::from(for_text) < table.alignments.len() {
        return None;
    }
    share(&extents(block, table, extras), for_text)
}

/// What each column needs.
fn extents(block: &Block, table: &Table, extras: Extras<'_>) -> Vec<Extent> {
    let mut setter = Setter::new(block, extras);
    let mut extents = vec![Extent::default(); table.alignments.len()];
    let repeated = table.heads.as_deref().unwrap_or_default();
    for (extent, head) in extents.iter_mut().zip(repeated) {
        extent.whole = ruler::columns(head);
    }
    for row in &table.rows {
        for (extent, cell) in extents.iter_mut().zip(row) {
            *extent = extent.max(setter.measure(cell.clone()));
        }
    }
    extents
}

/// Gives the columns that need little what they need, and shares the rest among the others.
fn share(extents: &[Extent], columns: u16) -> Option<Vec<u16>> {
    let mut order: Vec<usize> = (0..extents.len()).collect();
    order.sort_by_key(|index| extents.get(*index).map(|extent| extent.whole));
    let mut widths = vec![1; extents.len()];
    let mut left = columns;
    let mut sharers = u16::try_from(order.len()).ok()?;
    for index in order {
        let extent = extents.get(index)?;
        let width = extent.whole.max(1).min(left / sharers);
        let kept_word = extent.longest_word.min(MAX_WHOLE_WORD_COLUMNS);
        if width < kept_word.max(extent.longest_unbroken) {
            return None;
        }
        *widths.get_mut(index)? = width;
        left -= width;
        sharers -= 1;
    }
    Some(widths)
}

/// What is set into a table and is not its text, before the byte at the offset.
fn furniture(column: u16, text: String, offset: usize) -> Run {
    Run {
        column,
        columns: ruler::columns(&text),
        text,
        source: offset..offset,
        role: Part::Furniture.into(),
    }
}

fn rule(column: u16, columns: u16, offset: usize) -> Run {
    furniture(column, "─".repeat(usize::from(columns)), offset)
}

fn blank(text: Range<usize>) -> Line {
    Line {
        text,
        runs: Vec::new(),
    }
}

fn embolden(line: &mut Line) {
    let is_text = |role: &Role| {
        !matches!(
            role.part,
            Part::Marker(_) | Part::OwnMark(_) | Part::Furniture
        )
    };
    for run in line.runs.iter_mut().filter(|run| is_text(&run.role)) {
        run.role.strong = true;
    }
}

#[cfg(test)]
mod tests {
    use crate::formats::markdown::parse;
    use crate::layout::lay_out;
    use crate::layout::testing::shown;
    use crate::paper::Kind;

    fn check(markdown: &str, columns: u16, expected: &str) {
        let paper = parse(markdown).paper;
        let mut tables = paper.blocks.iter();
        let table = tables.find(|block| matches!(block.kind, Kind::Table(_)));
        assert_eq!(shown(table.expect("there is a table"), columns), expected);
    }

    const DEALS: &str = "\
| Year | Agreement | Sum |
|------|-----------|----:|
| 2022 | Joint Statement on partnership | 5 |
| 2025 | Roadmap | 120 |
";

    #[test]
    fn a_table_that_fits_is_as_wide_as_its_text() {
        check(
            DEALS,
            60,
            "\
Year  Agreement                       Sum
────  ──────────────────────────────  ───
2022  Joint Statement on partnership    5
2025  Roadmap                         120",
        );
    }

    #[test]
    fn a_wide_column_is_broken_in_its_cells() {
        check(
            DEALS,
            30,
            "\
Year  Agreement            Sum
────  ───────────────────  ───
2022  Joint Statement on     5
      partnership
2025  Roadmap              120",
        );
    }

    /// What a table that goes on from the block before looks like.
    fn check_rest(columns: u16, expected: &str) {
        let paper = parse(DEALS).paper;
        let mut blocks = paper.blocks.into_iter();
        let block = blocks.find(|block| matches!(block.kind, Kind::Table(_)));
        let mut block = block.expect("there is a table");
        if let Kind::Table(table) = &mut block.kind {
            table.rows.remove(0);
            table.heads = Some(["Year", "The agreement", "Sum"].map(str::to_owned).into());
        }
        assert_eq!(shown(&block, columns), expected);
    }

    #[test]
    fn a_table_that_goes_on_shows_its_heads_again() {
        check_rest(
            60,
            "\
Year  The agreement                   Sum
────  ──────────────────────────────  ───
2022  Joint Statement on partnership    5
2025  Roadmap                         120",
        );
        check_rest(
            20,
            "
Year: 2022
The…: Joint
      Statement on
      partnership
Sum:  5

Year: 2025
The…: Roadmap
Sum:  120",
        );
    }

    #[test]
    fn a_table_too_wide_for_the_page_is_a_list() {
        check(
            DEALS,
            20,
            "\
Year · Agreement · \n\
Sum
────────────────────
Year:  2022
Agre…: Joint
       Statement on
       partnership
Sum:   5

Year:  2025
Agre…: Roadmap
Sum:   120",
        );
    }

    #[test]
    fn a_page_too_narrow_for_heads_shows_the_cells_alone() {
        check(
            DEALS,
            12,
            "\
Year · \n\
Agreement · \n\
Sum
────────────
2022
Joint
Statement on
partnership
5

2025
Roadmap
120",
        );
    }

    #[test]
    fn empty_cells_are_left_out_of_a_list() {
        check(
            "|abcdefgh|ijklmnop|\n|-|-|\n||x|\n||",
            16,
            "abcdefgh · \nijklmnop\n────────────────\nx\n\n",
        );
    }

    #[test]
    fn cells_stand_where_the_heads_say() {
        check(
            "|left|centre|right|\n|:-|:-:|-:|\n|a|b|c|",
            30,
            "left  centre  right\n────  ──────  ─────\na       b         c",
        );
    }

    #[test]
    fn a_place_in_a_broken_cell_is_found_on_its_line() {
        let paper = parse(DEALS).paper;
        let mut tables = paper.blocks.iter();
        let table = tables.find(|block| matches!(block.kind, Kind::Table(_)));
        let table = table.expect("there is a table");
        let layout = lay_out(table, 30);
        let place = |word: &str| {
            let offset = table.text.find(word).expect("the word is there");
            let (line, column) = layout.column_of(offset);
            assert_eq!(layout.offset_at(line, column), offset);
            (line - layout.lead, column)
        };
        assert_eq!(place("Joint"), (2, 6));
        assert_eq!(place("partnership"), (3, 6));
        assert_eq!(place("5\n2025"), (2, 29));
        assert_eq!(place("Roadmap"), (4, 6));
    }

    #[test]
    fn a_table_of_a_thousand_columns_is_a_list() {
        let row = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(1000));
        let paper = parse(&[row("head"), row("-"), row("cell")].concat()).paper;
        let mut tables = paper.blocks.iter();
        let table = tables.find(|block| matches!(block.kind, Kind::Table(_)));
        let shown = shown(table.expect("there is a table"), 68);
        assert_eq!(shown.matches("head: cell").count(), 1000);
    }
}
