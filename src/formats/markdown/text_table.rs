//! Tables whose columns are told by where they stand on the line: Pandoc's simple, multiline and
//! grid tables.

use unicode_width::UnicodeWidthChar;

use crate::paper::Alignment;

/// So many cells a table may have for each byte of its text, besides [`SPARE_CELLS`].
const CELLS_PER_BYTE: usize = 4;

/// So many cells a table may always have.
const SPARE_CELLS: usize = 10_000;

/// A table's cells, as Markdown.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TextTable {
    pub(super) alignments: Vec<Alignment>,
    pub(super) heads: Option<Vec<String>>,
    pub(super) rows: Vec<Vec<String>>,
}

/// Columns of the screen that a column of the table takes: its dashes, and up to the next.
#[derive(Debug, Clone, Copy)]
struct TextColumn {
    start: usize,
    dashes_end: usize,
    end: usize,
}

impl TextTable {
    /// Reads a simple table: a row on each line.
    pub(super) fn simple(lines: &[String]) -> Option<Self> {
        let (heads, rest) = match lines.split_first()? {
            (first, rest) if is_dashed(first) => (None, lines.get(..=rest.len())?),
            (first, rest) => (Some(first), rest),
        };
        let (shape, rows) = rest.split_first()?;
        let rows = match rows.split_last() {
            Some((last, rows)) if is_dashed(last) => rows,
            _ => rows,
        };
        let columns = columns(shape);
        fits(&columns, rows.len(), lines)?;
        let example = heads.or(rows.first());
        let alignments = columns.iter().map(|column| column.alignment(example));
        Some(TextTable {
            alignments: alignments.collect(),
            heads: heads.map(|line| split(line, &columns)),
            rows: rows.iter().map(|line| split(line, &columns)).collect(),
        })
    }

    /// Reads a table whose rows are parted by blank lines.
    pub(super) fn multiline(lines: &[String]) -> Option<Self> {
        let (last, lines) = lines.split_last().filter(|(last, _)| is_dashed(last))?;
        let first = lines.first()?;
        let is_headless = columns(first).len() > 1;
        let (heads, shape, rows) = if is_headless {
            (None, first, lines.get(1..)?)
        } else {
            let at = lines.iter().skip(1).position(|line| is_dashed(line))? + 1;
            (lines.get(1..at), lines.get(at)?, lines.get(at + 1..)?)
        };
        let columns = columns(shape);
        fits(&columns, rows.len() + last.len(), lines)?;
        let rows = rows.split(|line| line.trim().is_empty());
        let rows = rows.filter(|lines| !lines.is_empty());
        let example = heads.and_then(<[String]>::first).or(lines.get(1));
        let alignments = columns.iter().map(|column| column.alignment(example));
        Some(TextTable {
            alignments: alignments.collect(),
            heads: heads.map(|lines| join(lines, &columns)),
            rows: rows.map(|lines| join(lines, &columns)).collect(),
        })
    }

    /// Reads a table with lines between its rows and its columns. A cell that spans several
    /// stands in the first of them.
    pub(super) fn grid(lines: &[String]) -> Option<Self> {
        let first = lines.first()?;
        let mut edges: Vec<usize> = Vec::new();
        for line in lines.iter().filter(|line| line.starts_with('+')) {
            edges.extend(
                places(line)
                    .filter(|(_, char)| *char == '+')
                    .map(|(at, _)| at),
            );
            edges.sort_unstable();
            edges.dedup();
        }
        let columns: Vec<TextColumn> = edges
            .windows(2)
            .filter_map(|pair| match pair {
                [start, end] => Some(TextColumn {
                    start: start + 1,
                    dashes_end: *end,
                    end: *end,
                }),
                _ => None,
            })
            .collect();
        fits(&columns, lines.len(), lines)?;
        let mut grid = GridRows::new(&columns);
        let mut heads_end = None;
        let mut shape = first.as_str();
        for line in lines.iter().skip(1) {
            if line.starts_with('+') && line.contains('=') && heads_end.is_none() {
                heads_end = Some(grid.rows.len());
                shape = line;
            }
            grid.take(line);
        }
        let pieces = cut(shape, &columns);
        let alignments =
            pieces.iter().map(
                |piece| match (piece.starts_with(':'), piece.ends_with(':')) {
                    (true, true) => Alignment::Centre,
                    (false, true) => Alignment::Right,
                    _ => Alignment::Left,
                },
            );
        let alignments = alignments.collect();
        let mut rows = grid.finish();
        let heads = heads_end
            .filter(|end| *end > 0 && *end <= rows.len())
            .map(|end| {
                let later = rows.split_off(end);
                let heads = std::mem::replace(&mut rows, later);
                merged(heads)
            });
        Some(TextTable {
            alignments,
            heads,
            rows,
        })
    }
}

/// The rows of a grid under way.
struct GridRows<'a> {
    columns: &'a [TextColumn],
    rows: Vec<Vec<String>>,
    /// For each column in which row and column its cell stands.
    cells: Vec<(usize, usize)>,
}

impl<'a> GridRows<'a> {
    fn new(columns: &'a [TextColumn]) -> Self {
        GridRows {
            columns,
            rows: vec![vec![String::new(); columns.len()]],
            cells: (0..columns.len()).map(|column| (0, column)).collect(),
        }
    }

    /// Takes in a line: words of cells, or the end of some of them.
    fn take(&mut self, line: &str) {
        let pieces = cut(line, self.columns);
        let is_edge =
            |piece: &str| !piece.is_empty() && piece.bytes().all(|byte| b"-=:+".contains(&byte));
        if line.starts_with('+') || pieces.iter().any(|piece| is_edge(piece)) && line.contains('+')
        {
            self.rows.push(vec![String::new(); self.columns.len()]);
            let row = self.rows.len() - 1;
            for (column, piece) in pieces.iter().enumerate() {
                if is_edge(piece) {
                    if let Some(cell) = self.cells.get_mut(column) {
                        *cell = (row, column);
                    }
                } else {
                    self.push(column, piece);
                }
            }
            return;
        }
        let mut column = 0;
        let bars: Vec<bool> = bars(line, self.columns);
        while column < self.columns.len() {
            let mut text = pieces
                .get(column)
                .map_or(String::new(), |piece| (*piece).to_owned());
            let first = column;
            column += 1;
            // Without a bar between them, columns share a cell.
            while column < self.columns.len() && !bars.get(column).copied().unwrap_or(true) {
                text.push_str(joint(line, self.columns, column));
                text.push_str(pieces.get(column).copied().unwrap_or_default());
                column += 1;
            }
            self.push(first, &text);
        }
    }

    fn push(&mut self, column: usize, text: &str) {
        let Some((row, column)) = self.cells.get(column).copied() else {
            return;
        };
        let cell = self.rows.get_mut(row).and_then(|row| row.get_mut(column));
        if let Some(cell) = cell {
            let text = text.strip_prefix(' ').unwrap_or(text);
            cell.push_str(text.trim_end());
            cell.push('\n');
        }
    }

    fn finish(mut self) -> Vec<Vec<String>> {
        let is_empty = |row: &Vec<String>| row.iter().all(|cell| cell.trim().is_empty());
        while self.rows.last().is_some_and(is_empty) {
            self.rows.pop();
        }
        for cell in self.rows.iter_mut().flatten() {
            cell.truncate(cell.trim_end().len());
            if cell.trim().is_empty() {
                cell.clear();
            }
        }
        self.rows
    }
}

impl TextColumn {
    /// On which side of its dashes the words stand.
    fn alignment(&self, example: Option<&String>) -> Alignment {
        let Some(line) = example else {
            return Alignment::Left;
        };
        let words = places(line)
            .filter(|(at, char)| (self.start..self.end).contains(at) && !char.is_whitespace());
        let words: Vec<usize> = words.map(|(at, _)| at).collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return Alignment::Left;
        };
        match (*first > self.start, last + 1 < self.dashes_end) {
            (true, true) => Alignment::Centre,
            (true, false) => Alignment::Right,
            (false, _) => Alignment::Left,
        }
    }
}

/// Nothing if the table has far more cells than text.
fn fits(columns: &[TextColumn], rows: usize, lines: &[String]) -> Option<()> {
    let bytes: usize = lines.iter().map(String::len).sum();
    let most = bytes * CELLS_PER_BYTE + SPARE_CELLS;
    (!columns.is_empty() && columns.len().saturating_mul(rows + 1) <= most).then_some(())
}

fn is_dashed(line: &str) -> bool {
    line.contains("--") && line.bytes().all(|byte| byte == b'-' || byte == b' ')
}

/// The columns that groups of dashes stand for.
fn columns(line: &str) -> Vec<TextColumn> {
    let mut columns: Vec<TextColumn> = Vec::new();
    let mut at = 0;
    for group in line.split(' ') {
        if !group.is_empty() {
            if let Some(last) = columns.last_mut() {
                last.end = at;
            }
            columns.push(TextColumn {
                start: at,
                dashes_end: at + group.len(),
                end: usize::MAX,
            });
        }
        at += group.len() + 1;
    }
    columns
}

/// The characters of the line, by the column of the screen that they stand in.
fn places(line: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    line.chars().scan(0, |column, char| {
        let at = *column;
        *column += char.width().unwrap_or(0);
        Some((at, char))
    })
}

/// The parts of the line that stand in the columns.
fn cut<'l>(line: &'l str, columns: &[TextColumn]) -> Vec<&'l str> {
    let mut pieces = Vec::with_capacity(columns.len());
    let mut chars = line.char_indices().peekable();
    let mut at = 0;
    let mut grown = 0;
    for (nth, column) in columns.iter().enumerate() {
        // What stands to the left of the first column belongs to it.
        let start = if nth == 0 && column.end != column.dashes_end {
            0
        } else {
            column.start + grown
        };
        let mut byte_at = |to: usize| loop {
            match chars.peek() {
                Some((_, char)) if at < to => {
                    at += char.width().unwrap_or(0);
                    chars.next();
                }
                Some((byte, _)) => break *byte,
                None => break line.len(),
            }
        };
        let from = byte_at(start);
        let mut to = byte_at(column.end.saturating_add(grown));
        // A word that goes on into the next column has grown since the table was set, such as the
        // name of a note.
        if column.end != column.dashes_end && nth + 1 < columns.len() {
            let mut before = line.get(from..to).and_then(|text| text.chars().next_back());
            while before.is_some_and(|char| !char.is_whitespace())
                && let Some((byte, char)) = chars.next_if(|(_, char)| !char.is_whitespace())
            {
                at += char.width().unwrap_or(0);
                before = Some(char);
                to = byte + char.len_utf8();
                // It had a blank behind it.
                grown = (at + 1).saturating_sub(column.end);
            }
        }
        pieces.push(line.get(from..to).unwrap_or_default());
    }
    pieces
}

/// For each column whether a bar stands before it.
fn bars(line: &str, columns: &[TextColumn]) -> Vec<bool> {
    let mut places = places(line).peekable();
    let bars = columns.iter().map(|column| {
        let before = column.start.saturating_sub(1);
        while places.next_if(|(at, _)| *at < before).is_some() {}
        matches!(places.peek(), Some((at, '|' | '+')) if *at == before)
    });
    bars.collect()
}

/// What stands in the place of the bar before the column.
fn joint<'l>(line: &'l str, columns: &[TextColumn], column: usize) -> &'l str {
    let Some(column) = columns.get(column) else {
        return "";
    };
    let joint = TextColumn {
        start: column.start.saturating_sub(1),
        dashes_end: column.start,
        end: column.start,
    };
    cut(line, &[joint]).first().copied().unwrap_or_default()
}

/// The cells of a row on one line.
fn split(line: &str, columns: &[TextColumn]) -> Vec<String> {
    let pieces = cut(line, columns).into_iter();
    pieces
        .map(|piece| without_quote(piece).to_owned())
        .collect()
}

/// The words of a line of a cell. Pandoc writes what is indented in a cell of Word as a quote.
fn without_quote(piece: &str) -> &str {
    let piece = piece.trim();
    match piece.strip_prefix('>') {
        Some("") => "",
        Some(rest) if rest.starts_with(' ') => rest.trim_start(),
        _ => piece,
    }
}

/// The cells of a row on several lines.
fn join(lines: &[String], columns: &[TextColumn]) -> Vec<String> {
    let mut cells = vec![String::new(); columns.len()];
    for line in lines {
        for (cell, piece) in cells.iter_mut().zip(cut(line, columns)) {
            cell.push_str(without_quote(piece));
            cell.push('\n');
        }
    }
    for cell in &mut cells {
        cell.truncate(cell.trim_end().len());
    }
    cells
}

/// One row of several rows of heads.
fn merged(rows: Vec<Vec<String>>) -> Vec<String> {
    let mut rows = rows.into_iter();
    let mut heads = rows.next().unwrap_or_default();
    for row in rows {
        for (head, cell) in heads.iter_mut().zip(row) {
            if !cell.is_empty() {
                head.push(' ');
                head.push_str(&cell);
            }
        }
    }
    heads
}

#[cfg(test)]
mod tests {
    use crate::formats::outline::check;

    #[test]
    fn a_simple_table_has_a_row_on_each_line() {
        check(
            "  Right Left      Centre\n------- ------ ------------\n     12 *a*         b\n      3 c d         e\n\nText",
            "table[Right, Left, Centre]: Right⇥Left⇥Centre⏎12⇥*a*⇥b⏎3⇥c d⇥e
             Text",
        );
        check(
            "--- ----\n1   2\n3   4\n--- ----\n\nText",
            "table[Left, Left]: ⇥⏎1⇥2⏎3⇥4
             Text",
        );
    }

    #[test]
    fn rows_on_several_lines_are_parted_by_blank_ones() {
        check(
            "----------------\nOne   Two\nmore\n----- ----------\na     b[^1]\n      c\n\nd     e\n----------------\n\n[^1]: n",
            "table[Left, Left]: One more⇥Two⏎a⇥b[1] c⏎d⇥e
             # Notes
             (1) n",
        );
    }

    #[test]
    fn a_word_is_not_cut_where_a_column_ends() {
        check(
            "------------------\nOne     Two   Three\n------- ----- ----\na[^chapter_1]   b     c\n\nd       e     f\n------------------\n\n[^chapter_1]: n",
            "table[Left, Left, Left]: One⇥Two⇥Three⏎a[1]⇥b⇥c⏎d⇥e⇥f
             # Notes
             (1) n",
        );
    }

    #[test]
    fn quotes_may_stand_in_cells() {
        check(
            "  ---------------\n  > **One**   Two\n  ----------- ---\n  > a         > b\n  >           \n  > c         \n\n  d           e\n  ---------------\n\nText",
            "table[Left, Left]: **One**⇥Two⏎a c⇥b⏎d⇥e
             Text",
        );
    }

    #[test]
    fn a_grid_has_blocks_in_its_cells() {
        check(
            "+-----+:---:+\n| A   | B   |\n+=====+=====+\n| - a | b   |\n| - c | 漢  |\n+-----+-----+\n| d   | e   |\n+-----+-----+",
            "table[Left, Left]: A⇥B⏎a c⇥b 漢⏎d⇥e",
        );
    }

    #[test]
    fn a_cell_that_spans_others_stands_in_the_first() {
        check(
            "+---+---+---+\n| a     | b |\n+---+---+   +\n| c | d |   |\n+---+---+---+",
            "table[Left, Left, Left]: ⇥⇥⏎a⇥⇥b⏎c⇥d⇥",
        );
    }

    #[test]
    fn a_caption_follows_its_table_wherever_it_is_typed() {
        check(
            "a   b\n--- ---\n1   2\n\nTable: The *caption*,\nlong.\n\nText",
            "table[Left, Left]: a⇥b⏎1⇥2
             ~caption: The *caption*, long.
             Text",
        );
        check(
            ": Cap\n\n| a |\n|---|\n| b |\n\nText",
            "table[Left]: a⏎b
             ~caption: Cap
             Text",
        );
        check(
            "| a |\n|---|\n| b |\n: Cap\nText",
            "table[Left]: a⏎b
             ~caption: Cap Text",
        );
    }

    #[test]
    fn lines_of_dashes_elsewhere_are_what_they_were() {
        check("a\n---\nb", "## a\nb");
        check("---\n\na\n\n---\n\nb", "rule\na\nrule\nb");
        check("a\nb\n-- --\nc", "a b\nrule\nc");
        check("- - -\n\na", "rule\na");
    }

    #[test]
    fn a_table_of_countless_empty_cells_is_shown_as_typed() {
        let wide = "-- ".repeat(20_000);
        let paper = crate::formats::markdown::parse(&format!("a\n{wide}\n{}", "b\n".repeat(5000)));
        assert!(
            paper
                .paper
                .blocks
                .iter()
                .all(|block| block.text.len() < 70_000)
        );
    }
}
