//! Tables, told row by row.

use super::grid::{TableGrid, is_layout};
use super::notes::Act;
use super::walk::{HtmlWalker, MAX_CAPTIONS};
use crate::formats::markup::{NodeId, Tree};

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
        let tree = self.context.tree;
        let Some((_, grid)) = self
            .grids
            .last_mut()
            .filter(|(table, _)| is_of_table(tree, node, *table))
        else {
            return self.end_block();
        };
        grid.enter(tree, node, &mut self.text);
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
        let Some((_, grid)) = self
            .grids
            .last_mut()
            .filter(|(table, _)| is_of_table(tree, node, *table))
        else {
            return self.end_block();
        };
        grid.leave(tree, node, &mut self.text);
    }
}

/// Whether the row or cell is of that table, and not of one within it.
fn is_of_table(tree: &Tree, node: NodeId, table: NodeId) -> bool {
    let mut tables = tree
        .ancestors(node)
        .filter(|around| tree.name(*around) == "table");
    tables.next() == Some(table)
}
