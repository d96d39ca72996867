//! Tables, told row by row.

use super::walk::JatsWalker;
use crate::formats::markup::NodeId;

impl JatsWalker<'_> {
    pub(super) fn enter_grid(&mut self, node: NodeId) {
        let Some((_, grid)) = self.grids.last_mut() else {
            return self.text.end_block();
        };
        if self.tree.name(node) == "tr" {
            self.text.builder.begin_row();
            grid.begin_row();
            return;
        }
        for _ in 0..grid.taken() {
            self.text.builder.begin_cell();
            self.text.builder.end_cell();
        }
        self.text.builder.begin_cell();
        self.text.restart();
    }

    pub(super) fn leave_grid(&mut self, node: NodeId) {
        let name = self.tree.name(node);
        if name == "table" {
            if self.grids.last().is_some_and(|(table, _)| *table == node) {
                self.grids.pop();
                self.text.builder.end_table();
                self.text.restart();
            }
            return;
        }
        let Some((_, grid)) = self.grids.last_mut() else {
            return self.text.end_block();
        };
        if name == "tr" {
            self.text.builder.end_row();
            return;
        }
        self.text.end_cell();
        for _ in 1..grid.add(self.tree, node) {
            self.text.builder.begin_cell();
            self.text.builder.end_cell();
        }
    }
}
