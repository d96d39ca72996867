//! Tables, told row by row.

use super::walk::JatsWalker;
use crate::formats::markup::NodeId;

impl JatsWalker<'_> {
    pub(super) fn enter_grid(&mut self, node: NodeId) {
        let Some((_, grid)) = self.grids.last_mut() else {
            return self.text.end_block();
        };
        grid.enter(self.tree, node, &mut self.text);
    }

    pub(super) fn leave_grid(&mut self, node: NodeId) {
        if self.tree.name(node) == "table" {
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
        grid.leave(self.tree, node, &mut self.text);
    }
}
