//! What stands in a line between white as wide as that between the cells of a table, and what tells
//! cells from the parts of other lines.

use std::ops::Range;

use super::grid::Grid;
use crate::formats::mend::item_label;
use crate::formats::pdf::line::PdfLine;

/// Cells are apart by so many ems at least.
const CELL_GAP_EMS: f32 = 1.0;
/// In a table some are apart by so much.
const WIDE_GAP_EMS: f32 = 2.0;
/// White that parts columns may be so narrow in one line.
const NEAR_EMS: f32 = 0.18;
/// A line of one cell with so many words is running text.
const LONE_WORDS: usize = 9;
/// So many rules are those of rows.
pub(super) const GRID_RULES: usize = 4;
/// A label has at most so many letters.
const LABEL_LETTERS: usize = 5;
/// What are years sooner than pages.
const YEARS: Range<u32> = 1500..2100;
/// Words of a cell that is running text, on average.
const PROSE_WORDS: usize = 5;
/// So many lines in one column may be running text.
const TEXT_LINES: usize = 3;
/// Where so many columns have so many words in a line on average, they are those of a newspaper.
const NEWS_COLUMNS: usize = 4;
const NEWS_WORDS: usize = 6;

/// A cell of a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TableCell {
    pub(super) pieces: Range<usize>,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) text: String,
    words: usize,
}

impl TableCell {
    /// Whether it is a number, with what stands at numbers in tables.
    pub(super) fn is_number(&self) -> bool {
        let figures = self.text.chars().filter(char::is_ascii_digit).count();
        let words = self.text.chars().filter(|letter| letter.is_alphabetic());
        let is_none = matches!(
            self.text.as_str(),
            "–" | "-" | "—" | "…" | ".." | "n/a" | "n.a." | "NA" | "*"
        );
        is_none || figures > 0 && words.count() <= 2
    }
}

/// A line as cells.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CellLine {
    pub(super) cells: Vec<TableCell>,
    pub(super) size: f32,
}

impl CellLine {
    pub(super) fn new(line: &PdfLine) -> Self {
        CellLine {
            cells: cells(line, |cell, next| {
                next - cell.right >= CELL_GAP_EMS * line.size
            }),
            size: line.size,
        }
    }

    pub(super) fn has_cells(&self) -> bool {
        self.cells.len() >= 2
    }

    /// Whether it is running text that begins at the left edge of the table or before it.
    pub(super) fn is_text(&self, left: f32) -> bool {
        let [cell] = self.cells.as_slice() else {
            return false;
        };
        cell.words >= LONE_WORDS && cell.left < left + self.size
    }

    /// The cells of the line in these columns: what is near to each other may be in two.
    pub(super) fn within(&self, line: &PdfLine, columns: &[Range<f32>]) -> Self {
        let parts = |one: &TableCell, next: f32| {
            let gap = next - one.right;
            let is_over = |(before, after): (&Range<f32>, &Range<f32>)| {
                one.right < before.end + 0.5 && after.start - 0.5 < next
            };
            let mut whites = columns.iter().zip(columns.iter().skip(1));
            gap > NEAR_EMS * line.size && whites.any(is_over)
        };
        CellLine {
            cells: cells(line, |cell, next| {
                next - cell.right >= CELL_GAP_EMS * line.size || parts(cell, next)
            }),
            size: line.size,
        }
    }

    fn widest_gap(&self) -> f32 {
        let pairs = self.cells.iter().zip(self.cells.iter().skip(1));
        pairs
            .map(|(one, next)| next.left - one.right)
            .fold(0.0, f32::max)
    }
}

/// The cells of a line; `parts` says whether what begins at a place is in another cell.
fn cells(line: &PdfLine, parts: impl Fn(&TableCell, f32) -> bool) -> Vec<TableCell> {
    let mut cells: Vec<TableCell> = Vec::new();
    for (index, piece) in line.pieces.iter().enumerate() {
        let run = &piece.run;
        match cells.last_mut() {
            Some(cell) if !parts(cell, run.left) => {
                cell.pieces.end = index + 1;
                cell.right = cell.right.max(run.right);
                if piece.after_space {
                    cell.text.push(' ');
                    cell.words += 1;
                }
                cell.text.push_str(&run.text());
            }
            _ => cells.push(TableCell {
                pieces: index..index + 1,
                left: run.left,
                right: run.right,
                text: run.text(),
                words: 1,
            }),
        }
    }
    cells
}

fn split(lines: &[CellLine]) -> impl Iterator<Item = &CellLine> {
    lines.iter().filter(|line| line.has_cells())
}

/// Whether two columns are the labels of items and what they are labels of.
pub(super) fn is_list(lines: &[CellLine], grid: &Grid) -> bool {
    let is_label = |text: &str| {
        let letters = text.chars().count();
        letters <= 2
            || letters <= LABEL_LETTERS && text.ends_with(['.', ')', ']', ':'])
            || item_label(&format!("{text} x")).is_some()
    };
    let firsts = split(lines).filter_map(|line| line.cells.first());
    let (all, labels) = firsts.fold((0, 0), |(all, labels), cell| {
        (all + 1, labels + usize::from(is_label(&cell.text)))
    });
    grid.columns.len() == 2 && labels * 3 > all * 2
}

/// Whether the last column are the numbers of pages: of two columns, and rising.
pub(super) fn is_contents(lines: &[CellLine], grid: &Grid) -> bool {
    let has_leaders = |text: &str| text.contains("....") || text.contains(". . . .");
    let leaders = split(lines).filter(|line| line.cells.iter().any(|cell| has_leaders(&cell.text)));
    if leaders.count() * 2 > lines.len() {
        return true;
    }
    let lasts: Vec<Option<u32>> = split(lines)
        .filter_map(|line| line.cells.last())
        .map(|cell| cell.text.parse::<u32>().ok())
        .collect();
    let rises = lasts.windows(2).all(|pair| match pair {
        [Some(one), Some(next)] => one <= next,
        _ => false,
    });
    let are_years = lasts.iter().flatten().all(|number| YEARS.contains(number));
    grid.columns.len() <= 3 && rises && !are_years
}

/// Whether the columns are running text, or text whose lines are set wide.
pub(super) fn is_prose(lines: &[CellLine], grid: &Grid, rules: usize) -> bool {
    let split: Vec<&CellLine> = split(lines).collect();
    let is_wide = |line: &&&CellLine| line.widest_gap() >= WIDE_GAP_EMS * line.size;
    let wide = split.iter().filter(is_wide).count();
    if wide * 2 < split.len() && rules < 2 {
        return true;
    }
    let cells = || split.iter().flat_map(|line| &line.cells);
    let words: usize = cells().map(|cell| cell.words).sum();
    let numbers = cells().filter(|cell| cell.is_number()).count();
    let count = cells().count();
    let is_wordy = match grid.columns.len() {
        2 => words >= PROSE_WORDS * count && rules < 2,
        _ => words >= NEWS_WORDS * count && rules < GRID_RULES,
    };
    let is_of_news = |column: &usize| {
        let all = lines.iter().flat_map(|line| &line.cells);
        let own = all.filter(|cell| grid.column(cell) == Some(*column));
        let (lines, words) = own.fold((0, 0), |(lines, words), cell| {
            (lines + 1, words + cell.words)
        });
        lines > 0 && words >= NEWS_WORDS * lines
    };
    let news = (0..grid.columns.len()).filter(is_of_news).count();
    (is_wordy && numbers * 4 < count) || news >= NEWS_COLUMNS
}

/// The columns whose lines are running text: they have many words, and most go on with the line above,
/// which ends within a sentence.
pub(super) fn text_columns(lines: &[CellLine], grid: &Grid) -> Vec<usize> {
    let is_text = |column: &usize| {
        let cells = lines.iter().flat_map(|line| &line.cells);
        let own: Vec<&TableCell> = cells
            .filter(|cell| grid.column(cell) == Some(*column))
            .collect();
        let words: usize = own.iter().map(|cell| cell.words).sum();
        let goes_on = own.windows(2).filter(|pair| match pair {
            [above, below] => {
                let is_open = !above.text.ends_with(['.', '?', '!', ':', ';']);
                is_open && below.text.starts_with(char::is_lowercase)
            }
            _ => false,
        });
        own.len() >= TEXT_LINES
            && words >= PROSE_WORDS * own.len()
            && goes_on.count() * 2 >= own.len()
    };
    (0..grid.columns.len()).filter(is_text).collect()
}

/// Whether most lines are formulas.
pub(super) fn is_formula(lines: &[&PdfLine]) -> bool {
    let is_sign = |letter: char| matches!(letter, '=' | '∑' | '∫' | '≤' | '≥' | '∈' | '→' | '√');
    let formulas = lines.iter().filter(|line| {
        let has_symbols = line.pieces.iter().any(|piece| piece.run.face.is_symbol);
        has_symbols || line.text().contains(is_sign)
    });
    formulas.count() * 2 > lines.len()
}

/// Whether many of the cells behind the first of each line are numbers.
pub(super) fn is_numeric(lines: &[CellLine]) -> bool {
    let cells = || split(lines).flat_map(|line| line.cells.iter().skip(1));
    let numbers = cells().filter(|cell| cell.is_number()).count();
    numbers * 2 >= cells().count()
}
