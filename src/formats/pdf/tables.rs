//! Tables: lines whose words stand in columns, row below row.
//!
//! What parts the columns is white that goes down through all rows. Text that is set in columns,
//! lists and tables of contents have such white too, and are told from tables by what they hold.

mod aligned;
mod cells;
mod grid;

use std::ops::Range;

use self::cells::{CellLine, GRID_RULES};
use self::grid::Grid;
use super::line::PdfLine;
use super::page::{Page, Rule};
use crate::paper::Alignment;

/// A table has at least so many lines with several cells; one of two columns without rules has more.
const MIN_LINES: usize = 3;
const MIN_PLAIN_LINES: usize = 4;
/// So many lines in a row may have one cell only: a head over some rows, or the rest of a cell.
const MAX_LONE_LINES: usize = 3;
/// Lines of one table are apart by at most so many ems.
const MAX_GAP_EMS: f32 = 3.2;
/// The last lines of a cell are so near to each other.
const NEAR_EMS: f32 = 1.4;
/// Of so many lines at most one is the size of a heading or goes over white that parts columns.
const STRAY: usize = 4;
/// The type of a table is at most so large beside the text.
const LARGE: f32 = 1.25;

/// What of a line is in a cell: the line, by its place in the flow, and its pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CellPart {
    pub(super) line: usize,
    pub(super) pieces: Range<usize>,
}

/// A row: the parts of each of its cells.
pub(super) type TableRow = Vec<Vec<CellPart>>;

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PdfTable {
    /// Its lines, by their places in the flow.
    pub(super) lines: Range<usize>,
    /// The first row is the heads.
    pub(super) rows: Vec<TableRow>,
    pub(super) alignments: Vec<Alignment>,
}

/// The tables among the lines of the flow, in order. What `known` holds is something else.
pub(super) fn find(
    flow: &[&PdfLine],
    pages: &[Page],
    body: f32,
    known: &[Range<usize>],
) -> Vec<PdfTable> {
    let is_known = |line: usize| {
        let after = known.partition_point(|known| known.end <= line);
        known.get(after).is_some_and(|known| known.start <= line)
    };
    let lines: Vec<CellLine> = flow.iter().map(|line| CellLine::new(line)).collect();
    let mut tables = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let end = candidate(&lines, flow, at, body, &is_known);
        let rules = flow
            .get(at)
            .and_then(|line| pages.get(line.page))
            .map_or(&[] as &[Rule], |page| &page.rules);
        match table(&lines, flow, at..end, rules) {
            Some(table) => {
                at = table.lines.end;
                tables.push(table);
            }
            None => at = end.max(at + 1),
        }
    }
    tables
}

/// The end of the lines from one on that may be a table: most of them have several cells.
fn candidate(
    lines: &[CellLine],
    flow: &[&PdfLine],
    from: usize,
    body: f32,
    is_known: &impl Fn(usize) -> bool,
) -> usize {
    let may_be = |index: usize| {
        let line = flow.get(index);
        line.is_some_and(|line| line.size <= LARGE * body) && !is_known(index)
    };
    let has_cells = |index: usize| lines.get(index).is_some_and(CellLine::has_cells);
    if !has_cells(from) || !may_be(from) {
        return from;
    }
    let left = flow.get(from).map_or(0.0, |line| line.left);
    let mut end = from + 1;
    let mut at = end;
    while let (Some(last), Some(line)) = (flow.get(at - 1), flow.get(at)) {
        let gap = line.baseline - last.baseline;
        let is_near = line.page == last.page
            && line.region == last.region
            && gap < MAX_GAP_EMS * line.size.max(last.size)
            && gap > -0.3 * line.size;
        let is_text = lines.get(at).is_some_and(|line| line.is_text(left));
        if !is_near || !may_be(at) || at - end >= MAX_LONE_LINES || is_text {
            break;
        }
        at += 1;
        if has_cells(at - 1) {
            end = at;
        }
    }
    end
}

/// The table that these lines are, if they are one.
fn table(
    lines: &[CellLine],
    flow: &[&PdfLine],
    range: Range<usize>,
    rules: &[Rule],
) -> Option<PdfTable> {
    if range.len() < MIN_LINES {
        return None;
    }
    let (grid, _) = Grid::new(lines.get(range.clone())?, flow.get(range.clone())?)?;
    let more = (range.end..lines.len()).take_while(|index| {
        let (Some(above), Some(line)) = (flow.get(index - 1), flow.get(*index)) else {
            return false;
        };
        let gap = line.baseline - above.baseline;
        let is_near = line.page == above.page
            && line.region == above.region
            && (0.0..NEAR_EMS * line.size).contains(&gap);
        is_near && lines.get(*index).is_some_and(|line| grid.goes_on(line))
    });
    let range = range.start..range.end + more.count();
    let set = flow.get(range.clone())?;
    let (grid, own) = Grid::new(lines.get(range.clone())?, set)?;
    let own = own.as_slice();
    let count = grid.fitting;
    let crossing = rules_within(set, rules, &grid.whites());
    // A cell may hold running text where rules say that it is one.
    let is_ruled =
        |column| rules_within(set, rules, &grid.whites_beside(column)).len() >= GRID_RULES;
    let columns = grid.columns.len();
    let needed = match (columns, crossing.len()) {
        (2, 0 | 1) => MIN_PLAIN_LINES,
        _ => MIN_LINES,
    };
    let is_first_page = set.first().is_some_and(|line| line.page == 0);
    let is_table = count >= needed
        && grid.stray * STRAY <= own.len()
        && !cells::is_list(own, &grid)
        && !cells::is_contents(own, &grid)
        && !cells::is_prose(own, &grid, crossing.len())
        && cells::text_columns(own, &grid).into_iter().all(is_ruled)
        && !cells::is_formula(set)
        && (!is_first_page || crossing.len() >= 2 || cells::is_numeric(own));
    if !is_table {
        return None;
    }
    let rows = grid.rows(own, set, range.start, &crossing);
    let alignments = grid.alignments(own);
    (rows.len() >= 2).then_some(PdfTable {
        lines: range,
        rows,
        alignments,
    })
}

/// How far down the rules are that go over white between columns, within a table or at its edges.
fn rules_within(set: &[&PdfLine], rules: &[Rule], whites: &[Range<f32>]) -> Vec<f32> {
    let (Some(first), Some(last)) = (set.first(), set.last()) else {
        return Vec::new();
    };
    let above = first.baseline - 2.5 * first.size;
    let below = last.baseline + 2.0 * last.size;
    let crosses = |rule: &&Rule| {
        above < rule.y
            && rule.y < below
            && whites
                .iter()
                .any(|white| rule.left < white.start && white.end < rule.right)
    };
    let mut heights: Vec<f32> = rules.iter().filter(crosses).map(|rule| rule.y).collect();
    heights.sort_by(f32::total_cmp);
    heights.dedup_by(|one, other| (*one - *other).abs() < 2.0);
    heights
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::super::run::runs;
    use super::super::testing::page;
    use super::*;

    /// A line of a page that is not the first.
    type Set<'a> = (f32, f32, f32, &'a str);

    /// The tables of a page with rules as wide as it, with `|` between cells.
    fn tables(texts: &[Set<'_>], rules: &[f32]) -> Vec<Vec<String>> {
        let mut page = page(texts);
        page.rules = rules
            .iter()
            .map(|y| Rule {
                left: 60.0,
                right: 500.0,
                y: *y,
            })
            .collect();
        let set: Vec<PdfLine> = lines(runs(&page), 1, 0, 0.16);
        let flow: Vec<&PdfLine> = set.iter().collect();
        let found = find(&flow, &[Page::default(), page], 10.0, &[]);
        let text = |parts: &Vec<CellPart>| {
            let texts = parts.iter().map(|part| {
                let pieces = &set[part.line].pieces[part.pieces.clone()];
                super::super::line::text(pieces)
            });
            texts.collect::<Vec<String>>().join(" ")
        };
        let row = |row: &TableRow| row.iter().map(text).collect::<Vec<String>>().join("|");
        found
            .iter()
            .map(|table| table.rows.iter().map(row).collect())
            .collect()
    }

    fn grid(rows: &[(f32, &[(f32, &'static str)])]) -> Vec<Set<'static>> {
        let set = rows.iter().flat_map(|(y, cells)| {
            let cells = cells.iter();
            cells.map(move |(left, text)| (*left, *y, 10.0, *text))
        });
        set.collect()
    }

    #[test]
    fn lines_in_columns_are_a_table_and_the_text_around_them_is_not() {
        const TEXT: &str = "a line of the text that is as long as the lines of the text are here";
        let mut texts = grid(&[
            (130.0, &[(200.0, "2019"), (300.0, "2020")]),
            (142.0, &[(60.0, "Wool"), (200.0, "1.5"), (300.0, "12.5")]),
            (154.0, &[(60.0, "Raw silk"), (200.0, "3"), (300.0, "4")]),
            (166.0, &[(60.0, "Linen"), (200.0, "7"), (300.0, "–")]),
        ]);
        texts.push((60.0, 100.0, 10.0, TEXT));
        texts.push((60.0, 200.0, 10.0, TEXT));
        let rows = ["|2019|2020", "Wool|1.5|12.5", "Raw silk|3|4", "Linen|7|–"];
        assert_eq!(tables(&texts, &[]), [rows.map(str::to_owned).to_vec()]);
    }

    #[test]
    fn the_lines_of_a_cell_are_one_row_where_that_is_certain() {
        let texts = grid(&[
            (112.0, &[(60.0, "Case"), (160.0, "Court")]),
            (130.0, &[(60.0, "Ada v."), (160.0, "The court of")]),
            (140.0, &[(60.0, "Bo"), (160.0, "appeals")]),
            (160.0, &[(60.0, "Cy"), (160.0, "The high court")]),
            (170.0, &[(160.0, "of the land")]),
        ]);
        let rules = [100.0, 115.0, 146.0, 176.0];
        let unruled = tables(&texts, &rules[..2]);
        assert_eq!(unruled[0].len(), 5);
        // Both columns go on in their next lines, so that these may be rows of their own.
        assert_eq!(tables(&texts, &rules)[0].len(), 5);
        let texts = grid(&[
            (112.0, &[(60.0, "Case"), (160.0, "Court"), (300.0, "Year")]),
            (
                130.0,
                &[(60.0, "Ada v."), (160.0, "The court of"), (300.0, "1987")],
            ),
            (140.0, &[(60.0, "Bo"), (160.0, "appeals")]),
            (
                160.0,
                &[(60.0, "Cy"), (160.0, "The high court"), (300.0, "1990")],
            ),
            (170.0, &[(160.0, "of the land")]),
        ]);
        let rows = [
            "Case|Court|Year",
            "Ada v. Bo|The court of appeals|1987",
            "Cy|The high court of the land|1990",
        ];
        assert_eq!(tables(&texts, &rules), [rows.map(str::to_owned).to_vec()]);
    }

    #[test]
    fn lists_contents_and_words_set_wide_are_no_tables() {
        let list = grid(&[
            (100.0, &[(60.0, "1."), (90.0, "Ada goes")]),
            (112.0, &[(60.0, "2."), (90.0, "Bo comes")]),
            (124.0, &[(60.0, "3."), (90.0, "Cy stays")]),
            (136.0, &[(60.0, "4."), (90.0, "Di leaves")]),
        ]);
        assert!(tables(&list, &[]).is_empty());
        let contents = grid(&[
            (100.0, &[(60.0, "On wool"), (400.0, "1")]),
            (112.0, &[(60.0, "On silk"), (400.0, "12")]),
            (124.0, &[(60.0, "On linen"), (400.0, "30")]),
            (136.0, &[(60.0, "On flax"), (400.0, "41")]),
        ]);
        assert!(tables(&contents, &[]).is_empty());
        let wide = grid(&[
            (100.0, &[(60.0, "words set"), (120.0, "wide in a line of")]),
            (112.0, &[(60.0, "a column"), (120.0, "that is narrow or")]),
            (124.0, &[(60.0, "justified"), (120.0, "by hand as it was")]),
            (136.0, &[(60.0, "once done"), (120.0, "where it is so no")]),
        ]);
        assert!(tables(&wide, &[]).is_empty());
    }

    #[test]
    fn columns_of_running_text_are_no_table_unless_rules_part_its_rows() {
        const LINES: [&str; 5] = [
            "The ways in which wool was",
            "sold at the fairs of the north",
            "were not those of the silk that",
            "came by sea, and that was dear",
            "enough to be weighed by itself.",
        ];
        let mut texts = Vec::new();
        for (line, text) in (0u8..).zip(LINES) {
            let y = 100.0 + 12.0 * f32::from(line);
            texts.extend([
                (60.0, y, 10.0, text),
                (240.0, y, 10.0, text),
                (420.0, y, 10.0, "or not"),
            ]);
        }
        assert!(tables(&texts, &[]).is_empty());
        assert!(tables(&texts, &[90.0, 154.0]).is_empty());
        let rules: Vec<f32> = (0u8..7).map(|rule| 90.0 + 12.0 * f32::from(rule)).collect();
        assert_eq!(tables(&texts, &rules).len(), 1);
    }

    #[test]
    fn columns_that_no_white_parts_are_told_by_where_their_lines_begin() {
        let texts = grid(&[
            (
                130.0,
                &[
                    (60.0, "Ada and Bo v. Cy"),
                    (146.0, "The court of"),
                    (300.0, "1987"),
                ],
            ),
            (
                160.0,
                &[
                    (60.0, "Cy v. Di"),
                    (146.0, "The high court"),
                    (300.0, "1990"),
                ],
            ),
            (
                190.0,
                &[
                    (60.0, "Di v. Ed"),
                    (146.0, "The lower house"),
                    (300.0, "1991"),
                ],
            ),
        ]);
        let rows = &tables(&texts, &[])[0];
        assert_eq!(rows[0], "Ada and Bo v. Cy|The court of|1987");
        let sums = grid(&[
            (130.0, &[(60.0, "Wool"), (200.0, "10 000"), (300.0, "5")]),
            (142.0, &[(60.0, "Silk"), (200.0, "15 000"), (300.0, "2")]),
            (154.0, &[(60.0, "Flax"), (200.0, "17 000"), (300.0, "3")]),
        ]);
        assert_eq!(tables(&sums, &[])[0][0], "Wool|10 000|5");
    }
}
