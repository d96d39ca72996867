//! The pages of the source, where it has any.

use super::{Paper, Position};

/// Where a page of the source begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageStart {
    /// What is printed on the page, such as `12` or `xii`; empty from where on no page is known.
    pub label: String,
    pub position: Position,
}

impl Paper {
    /// The label of the page that a position is on, where the source has pages.
    #[must_use]
    pub fn page_at(&self, position: Position) -> Option<&str> {
        let after = self.pages.partition_point(|page| page.position <= position);
        let page = self.pages.get(after.checked_sub(1)?)?;
        Some(page.label.as_str()).filter(|label| !label.is_empty())
    }

    /// Where the page with this label begins; without regard to case.
    #[must_use]
    pub fn page_labelled(&self, label: &str) -> Option<Position> {
        let wanted = label.to_lowercase();
        let mut pages = self.pages.iter();
        let page = pages.find(|page| page.label.to_lowercase() == wanted);
        page.filter(|page| !page.label.is_empty())
            .map(|page| page.position)
    }
}
