//! The cells of a table, which may reach over columns and rows.

use super::names::is_block;
use crate::formats::markup::{NodeId, Tree};
use crate::formats::running::Running;
use crate::paper::Alignment;

/// A cell reaches over so many columns or rows at most.
const MAX_SPAN: usize = 100;

/// A table with more columns than this is only its text.
const MAX_COLUMNS: usize = 1000;

/// Where the next cell of a table goes.
#[derive(Debug)]
pub(crate) struct TableGrid {
    pub(crate) alignments: Vec<Alignment>,
    /// For how many more rows a cell above reaches into each column.
    reaching: Vec<usize>,
    column: usize,
}

impl TableGrid {
    pub(crate) fn new(tree: &Tree, table: NodeId) -> Self {
        let row = tree.find(table, "tr");
        let cells = row.into_iter().flat_map(|row| tree.children(row));
        let alignments = cells.filter(|cell| matches!(tree.name(*cell), "td" | "th"));
        Self {
            alignments: alignments
                .flat_map(|cell| {
                    std::iter::repeat_n(alignment(tree, cell), span(tree, cell, "colspan"))
                })
                .take(MAX_COLUMNS)
                .collect(),
            reaching: Vec::new(),
            column: 0,
        }
    }

    /// Begins a row, or a cell behind those that cells above reach into.
    pub(crate) fn enter(&mut self, tree: &Tree, node: NodeId, text: &mut Running<'_, NodeId>) {
        if tree.name(node) == "tr" {
            text.builder.begin_row();
            self.column = 0;
            return;
        }
        add_empty_cells(self.taken(), text);
        text.builder.begin_cell();
        text.restart();
    }

    /// Ends a row, or a cell, which is as many as it is wide.
    pub(crate) fn leave(&mut self, tree: &Tree, node: NodeId, text: &mut Running<'_, NodeId>) {
        if tree.name(node) == "tr" {
            text.builder.end_row();
            return;
        }
        text.end_cell();
        add_empty_cells(self.add(tree, node) - 1, text);
    }

    /// Goes on to the next free column of the row, and counts the cells passed over, which cells
    /// above reach into.
    fn taken(&mut self) -> usize {
        let from = self.column;
        while let Some(rows) = self.reaching.get_mut(self.column).filter(|rows| **rows > 0) {
            *rows -= 1;
            self.column += 1;
        }
        self.column - from
    }

    /// Adds a cell at the column reached, and tells how many columns it is wide.
    fn add(&mut self, tree: &Tree, cell: NodeId) -> usize {
        let room = MAX_COLUMNS.saturating_sub(self.column).max(1);
        let (columns, rows) = (
            span(tree, cell, "colspan").min(room),
            span(tree, cell, "rowspan"),
        );
        let end = (self.column + columns).min(MAX_COLUMNS);
        if self.reaching.len() < end {
            self.reaching.resize(end, 0);
        }
        if let Some(reaching) = self.reaching.get_mut(self.column.min(end)..end) {
            reaching.fill(rows - 1);
        }
        self.column += columns;
        columns
    }
}

fn add_empty_cells(count: usize, text: &mut Running<'_, NodeId>) {
    for _ in 0..count {
        text.builder.begin_cell();
        text.builder.end_cell();
    }
}

fn span(tree: &Tree, cell: NodeId, name: &str) -> usize {
    let span = tree
        .attribute(cell, name)
        .and_then(|span| span.trim().parse().ok());
    span.unwrap_or(1).clamp(1, MAX_SPAN)
}

fn alignment(tree: &Tree, cell: NodeId) -> Alignment {
    let align = tree
        .attribute(cell, "align")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let style = tree.attribute(cell, "style").unwrap_or_default();
    let style: String = style.split_ascii_whitespace().collect();
    let is = |side: &str| align == side || style.contains(&format!("text-align:{side}"));
    if is("right") {
        Alignment::Right
    } else if is("center") {
        Alignment::Centre
    } else {
        Alignment::Left
    }
}

/// Whether the table only puts things beside each other: one column, a table in a table, or cells
/// that hold lists, headings and the like.
pub(crate) fn is_layout(tree: &Tree, table: NodeId) -> bool {
    if tree.attribute(table, "role") == Some("presentation")
        || super::names::has_class(
            tree,
            table,
            &["ltx_equation", "ltx_equationgroup", "ltx_eqn_table"],
        )
    {
        return true;
    }
    let mut widest = 0;
    let mut cells = 0;
    for node in tree.descendants(table).skip(1) {
        match tree.name(node) {
            "tr" => {
                let row = tree
                    .children(node)
                    .filter(|cell| matches!(tree.name(*cell), "td" | "th"));
                widest = widest.max(row.count());
            }
            "td" | "th" => {
                cells += 1;
                let blocks = tree
                    .children(node)
                    .filter(|child| is_block(tree.name(*child)) && tree.element(*child).is_some());
                if blocks.count() > 3 {
                    return true;
                }
            }
            "table" | "blockquote" | "pre" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "hr" => {
                return true;
            }
            _ => {}
        }
    }
    widest < 2 || cells < 2
}
