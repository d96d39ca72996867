//! Tables, told row by row.

use super::grid::{TableGrid, is_layout};
use super::notes::Act;
use super::walk::{HtmlWalker, MAX_CAPTIONS};
use crate::formats::markup::{NodeId, Tree};
use crate::formats::running::Running;

impl HtmlWalker<'_> {
    pub(super) fn enter_table(&mut self, node: NodeId, from: NodeId) {
        let tree = self.context.tree;
        self.end_block();
        if let Some(caption) = tree.child(node, "caption")
            && self.captions < MAX_CAPTIONS
        {
            self.captions += 1;
            self.tell(caption);
            self.captions -= 1;
        }
        let is_note = node == from || self.context.notes.act(node) == Some(Act::Note);
        if !is_note && self.grids.is_empty() && !is_layout(tree, node) {
            let grid = TableGrid::new(tree, node);
            self.text.builder.begin_table(&grid.alignments);
            self.grids.push((node, grid));
        }
    }

    pub(super) fn enter_grid(&mut self, node: NodeId) {
        self.tell_grid(node, TableGrid::enter);
    }

    pub(super) fn leave_grid(&mut self, node: NodeId) {
        let tree = self.context.tree;
        if tree.name(node) == "table" && self.grids.last().is_some_and(|(table, _)| *table == node)
        {
            self.text.builder.end_table();
            self.grids.pop();
            self.text.restart();
            return;
        }
        self.tell_grid(node, TableGrid::leave);
    }

    /// Tells the innermost table of a row or cell of its own; what is of none is a block.
    fn tell_grid(
        &mut self,
        node: NodeId,
        tell: fn(&mut TableGrid, &Tree, NodeId, &mut Running<'_, NodeId>),
    ) {
        let tree = self.context.tree;
        let innermost = self.grids.last_mut();
        match innermost.filter(|(table, _)| is_of_table(tree, node, *table)) {
            Some((_, grid)) => tell(grid, tree, node, &mut self.text),
            None => self.end_block(),
        }
    }
}

/// Whether the row or cell is of that table, and not of one within it.
fn is_of_table(tree: &Tree, node: NodeId, table: NodeId) -> bool {
    let mut tables = tree
        .ancestors(node)
        .filter(|around| tree.name(*around) == "table");
    tables.next() == Some(table)
}
