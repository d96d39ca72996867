//! How a block falls on lines at a width: a function of the block and the width, and of nothing
//! else.

mod address;
mod code;
mod fit;
mod formula;
#[cfg(test)]
pub(crate) mod generated;
mod glyph;
mod hyphenation;
mod justify;
#[cfg(test)]
mod laws;
mod margin;
mod piece;
mod place;
mod quotes;
mod role;
pub mod ruler;
mod setter;
mod table;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
pub(crate) mod typography;

use std::ops::Range;

use crate::paper::{Block, Kind};
pub(crate) use address::addresses;
use fit::LineFilling;
pub use hyphenation::Hyphenation;
use margin::Margin;
pub use quotes::QuotationMarks;
use setter::Setter;

/// A block on its lines, for one width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The first [`Layout::lead`] lines are the blank ones that part the block from the one before.
    pub lines: Vec<Line>,
    /// How many blank lines stand before the text.
    pub lead: usize,
}

/// One line of a block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Bytes of the block's text that the line stands for, with the space at which it was broken.
    /// In a table whose columns stand side by side, the whole row's.
    pub text: Range<usize>,
    /// From left to right; they do not overlap.
    pub runs: Vec<Run>,
}

/// A stretch of one line that is set in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Columns from the text's left edge.
    pub column: u16,
    /// How many columns it takes.
    pub columns: u16,
    /// What is shown: either the bytes of `source`, or what stands in for all of them (a curly
    /// quote for a straight one, a figure for a marker, a bullet for nothing). A marker that is
    /// wider than the line goes on in another run.
    pub text: String,
    /// Bytes of the block's text that it shows; empty for what is not text.
    pub source: Range<usize>,
    /// What its block is for.
    pub role: Role,
}

/// What a run is for. How that looks is the theme's business.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Role {
    /// What it is itself.
    pub part: Part,
    /// Whether it is emphasised.
    pub emphasis: bool,
    /// Whether it is strong.
    pub strong: bool,
    /// Whether it is struck through.
    pub struck: bool,
}

/// What a run is a part of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// Running text.
    #[default]
    Body,
    /// The title of the paper.
    Title,
    /// What the title page says of the paper.
    Imprint,
    /// A heading of a level, from 1.
    Heading(u8),
    /// Code.
    Code,
    /// A formula as a terminal can set it, or a part of one.
    Formula,
    /// A quotation.
    Quote,
    /// An index into the block's markers.
    Marker(usize),
    /// The mark of a note of the reader's, by its key.
    OwnMark(u64),
    /// An index into the block's links.
    Link(usize),
    /// A bullet, a list number or a note's number.
    Bullet,
    /// What is not the author's: the bar beside a quote, the lines of a table and the heads
    /// repeated in it, a rule across the page, what parts two markers.
    Furniture,
}

/// The place of a mark that a reader's note has in a block's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnMark {
    /// Bytes into the block's text; the mark itself has no length.
    pub offset: usize,
    /// The note's number, from 0, which makes the letters of the mark.
    pub number: usize,
    /// What tells the note from others to whoever asks for the mark.
    pub key: u64,
}

/// How the lines of paragraphs end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LineEnds {
    /// Where their last word does.
    #[default]
    Ragged,
    /// At the right edge, but for the last; with words hyphenated, where the language is known. Lines
    /// of less than 40 columns end as they would otherwise.
    Justified(Option<Hyphenation>),
}

/// The fewest columns of lines that are justified.
const MIN_JUSTIFIED_COLUMNS: u16 = 40;

/// How a page is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageForm {
    /// Columns of a line of running text.
    pub columns: u16,
    /// Columns of a line of code and of a row of a table, where there is more room for these; what
    /// is less than `columns` counts as that.
    pub wide_columns: u16,
    /// Whether formulas are set as a terminal can, not shown as they were typed.
    pub sets_formulas: bool,
    /// What straight quotes are shown as.
    pub quotation_marks: QuotationMarks,
    /// How the lines of paragraphs end.
    pub line_ends: LineEnds,
}

impl From<u16> for PageForm {
    /// With ragged lines of so many columns and nothing wider, formulas as they were typed, and
    /// English quotation marks.
    fn from(columns: u16) -> Self {
        PageForm {
            columns,
            wide_columns: columns,
            sets_formulas: false,
            quotation_marks: QuotationMarks::default(),
            line_ends: LineEnds::default(),
        }
    }
}

/// What is set with a block's text besides what the paper says.
#[derive(Debug, Clone, Copy)]
struct Extras<'a> {
    /// What is never broken, in order and apart.
    unbroken: &'a [Range<usize>],
    /// By offset.
    marks: &'a [OwnMark],
    form: PageForm,
}

/// Sets the block on lines of at most so many columns; 0 counts as 1.
///
/// Every grapheme of the text is shown once and in order, but for the spaces at which lines are
/// broken. There is always a line of text, if an empty one. The cost is linear in the text.
#[must_use]
pub fn lay_out(block: &Block, columns: u16) -> Layout {
    lay_out_keeping(block, columns.into(), &[])
}

/// The same, but some stretches of the text are never broken: one that is wider than a line runs
/// over its end. They are in order, do not touch and hold no blanks.
#[must_use]
pub fn lay_out_keeping(block: &Block, form: PageForm, unbroken: &[Range<usize>]) -> Layout {
    let extras = Extras {
        unbroken,
        marks: &[],
        form,
    };
    lay_out_with(block, extras)
}

/// The same as [`lay_out`], with marks of the reader's set in, which are by offset.
#[must_use]
pub fn lay_out_marked(block: &Block, columns: u16, marks: &[OwnMark]) -> Layout {
    lay_out_page(block, columns.into(), marks)
}

/// The same, on a page of this form.
#[must_use]
pub fn lay_out_page(block: &Block, form: PageForm, marks: &[OwnMark]) -> Layout {
    let extras = Extras {
        unbroken: &[],
        marks,
        form,
    };
    lay_out_with(block, extras)
}

/// Whether a block falls on the same lines on pages of either form.
#[must_use]
pub fn is_alike_on(block: &Block, one: PageForm, other: PageForm) -> bool {
    let same_columns = columns_of(block, one) == columns_of(block, other);
    same_columns
        && one.sets_formulas == other.sets_formulas
        && one.quotation_marks == other.quotation_marks
        && one.line_ends == other.line_ends
}

/// How many columns a block has on a page.
fn columns_of(block: &Block, form: PageForm) -> u16 {
    let columns = match block.kind {
        Kind::Code { .. } | Kind::Table(_) => form.columns.max(form.wide_columns),
        _ => form.columns,
    };
    columns.max(1)
}

/// The letters of the mark of the reader's note with a number, from 0: ᵃ for the first.
#[must_use]
pub fn mark_of(number: usize) -> String {
    glyph::mark_letters(number).concat()
}

fn lay_out_with(block: &Block, extras: Extras<'_>) -> Layout {
    let columns = columns_of(block, extras.form);
    let margin = Margin::new(block, columns);
    let measure = columns.saturating_sub(margin.columns()).max(1);
    let mut text = text_lines(block, measure, extras);
    margin.apply(&mut text);
    let lead = lead(block);
    let mut lines = margin.lead(lead);
    lines.append(&mut text);
    Layout { lines, lead }
}

fn text_lines(block: &Block, columns: u16, extras: Extras<'_>) -> Vec<Line> {
    let whole = 0..block.text.len();
    let setter = || Setter::new(block, extras);
    match &block.kind {
        Kind::Title | Kind::Imprint => {
            let mut lines = setter().set(whole, columns, LineFilling::Balanced);
            lines.iter_mut().for_each(|line| line.centre(columns));
            lines
        }
        Kind::Heading(_) => setter().set(whole, columns, LineFilling::Balanced),
        Kind::Paragraph
            if extras.form.line_ends != LineEnds::Ragged && columns >= MIN_JUSTIFIED_COLUMNS =>
        {
            setter().set(whole, columns, LineFilling::Justified)
        }
        Kind::Paragraph | Kind::Caption | Kind::Term | Kind::Backlinks => {
            setter().set(whole, columns, LineFilling::Even)
        }
        Kind::Code { .. } => code::set(block, columns, extras),
        Kind::Table(table) => table::set(block, table, columns, extras),
        Kind::Rule => vec![rule(block, columns)],
    }
}

/// Three stars in the middle, or as many as there is room for.
fn rule(block: &Block, columns: u16) -> Line {
    let text = match columns {
        0..3 => "*",
        3..5 => "* *",
        _ => "* * *",
    };
    let run = Run {
        column: 0,
        columns: ruler::columns(text),
        text: text.to_owned(),
        source: 0..0,
        role: Part::Furniture.into(),
    };
    let mut line = Line {
        text: 0..block.text.len(),
        runs: vec![run],
    };
    line.centre(columns);
    line
}

/// How many blank lines part the block from the one before.
fn lead(block: &Block) -> usize {
    match block.kind {
        Kind::Title | Kind::Heading(1) => 2,
        _ => usize::from(!block.tight),
    }
}

impl Layout {
    /// How many lines the heads of a table take, with the rule below them; 0 without such a rule.
    pub(crate) fn lines_with_heads(&self) -> usize {
        let is_rule = |line: &Line| {
            let mut runs = line.runs.iter();
            !line.runs.is_empty()
                && runs.all(|run| run.role.part == Part::Furniture && run.text.starts_with('─'))
        };
        self.lines
            .iter()
            .position(is_rule)
            .map_or(0, |rule| rule + 1)
    }
}

impl Line {
    /// How many columns it takes, from the text's left edge.
    #[must_use]
    pub fn columns(&self) -> u16 {
        self.runs
            .last()
            .map_or(0, |run| run.column.saturating_add(run.columns))
    }

    fn centre(&mut self, columns: u16) {
        self.indent(columns.saturating_sub(self.columns()) / 2);
    }

    fn indent(&mut self, columns: u16) {
        for run in &mut self.runs {
            run.column = run.column.saturating_add(columns);
        }
    }
}

impl From<Part> for Role {
    fn from(part: Part) -> Self {
        Role {
            part,
            ..Role::default()
        }
    }
}
