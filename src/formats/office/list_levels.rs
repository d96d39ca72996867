//! Lists of word processors, where each paragraph says for itself how deep it stands.

use crate::paper::{Bullet, PaperBuilder};

/// The lists that are open in a builder, from the outside in.
#[derive(Debug, Default)]
pub(in crate::formats) struct ListLevels {
    open: Vec<OfficeOpenList>,
}

#[derive(Debug)]
struct OfficeOpenList {
    level: u32,
    /// Which list of the document it is.
    list: u32,
}

impl ListLevels {
    /// Whether a list is open.
    pub(in crate::formats) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Opens an item at this level of this list, with what it takes.
    pub(in crate::formats) fn open_item(
        &mut self,
        builder: &mut PaperBuilder,
        list: u32,
        level: u32,
        bullet: Bullet,
    ) {
        self.close_below(builder, level);
        match self.open.last() {
            Some(open) if open.level == level && open.list == list => builder.close_item(),
            Some(open) if open.level == level => {
                self.close_innermost(builder);
                self.open_list(builder, list, level);
            }
            _ => self.open_list(builder, list, level),
        }
        builder.open_item();
        builder.set_item_bullet(bullet);
    }

    /// Closes the lists that are deeper than the level.
    pub(in crate::formats) fn close_below(&mut self, builder: &mut PaperBuilder, level: u32) {
        while self.open.last().is_some_and(|open| open.level > level) {
            self.close_innermost(builder);
        }
    }

    /// Closes all lists.
    pub(in crate::formats) fn close(&mut self, builder: &mut PaperBuilder) {
        while self.is_open() {
            self.close_innermost(builder);
        }
    }

    fn open_list(&mut self, builder: &mut PaperBuilder, list: u32, level: u32) {
        builder.open_list(None, true);
        self.open.push(OfficeOpenList { level, list });
    }

    fn close_innermost(&mut self, builder: &mut PaperBuilder) {
        if self.open.pop().is_some() {
            builder.close_item();
            builder.close_list();
        }
    }
}
