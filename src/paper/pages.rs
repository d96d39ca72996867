//! The pages of the source, where it has any.

use super::{BlockId, Paper, Position};

/// Where a page of the source begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageStart {
    /// What is printed on the page, such as `12` or `xii`; empty from where on no page is known.
    pub label: String,
    /// Where the page begins.
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

    /// The pages that a block is on, as they are cited: `p. 12`, or `pp. 12–13` for one that runs
    /// over the end of a page.
    pub(crate) fn pages_of(&self, block: BlockId) -> Option<String> {
        let last = self.block(block)?.text.len().saturating_sub(1);
        let first = self.page_at(Position::start_of(block))?;
        let end = self.page_at(Position {
            block,
            offset: last,
        });
        Some(match end {
            Some(end) if end != first => format!("pp. {first}–{end}"),
            _ => format!("p. {first}"),
        })
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

#[cfg(test)]
mod tests {
    use crate::paper::{BlockId, PaperBuilder, place_in_full};

    #[test]
    fn a_place_is_cited_with_the_pages_that_it_is_on() {
        let mut builder = PaperBuilder::new();
        builder.page_break("12");
        builder.begin_heading(1, None);
        builder.push_text("One");
        builder.begin_paragraph();
        builder.push_text("On one page.");
        builder.begin_paragraph();
        builder.push_text("From one page ");
        builder.page_break("13");
        builder.push_text("to the next.");
        let paper = builder.finish().paper;
        let place = |text: &str| {
            let block = paper
                .blocks
                .iter()
                .position(|one| one.text.starts_with(text));
            place_in_full(&paper, BlockId(block.expect("the block")))
        };
        assert_eq!(place("On one").as_deref(), Some("§ One, ¶ 1, p. 12"));
        assert_eq!(place("From").as_deref(), Some("§ One, ¶ 2, pp. 12–13"));
    }
}
