//! The pages of the source, where it has any.

use super::{BlockId, Paper, Position, SourceLocation};

/// Where a page of the source begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageStart {
    /// What is printed on the page, such as `12` or `xii`; empty from where on no page is known.
    pub label: String,
    /// Where the page begins.
    pub position: Position,
    /// Which page of the file it is, from 1, where the file has pages that can be shown.
    pub sheet: Option<u32>,
}

impl Paper {
    /// The label of the page that a position is on, where the source has pages.
    #[must_use]
    pub fn page_at(&self, position: Position) -> Option<&str> {
        let after = self.pages.partition_point(|page| page.position <= position);
        let page = self.pages.get(after.checked_sub(1)?)?;
        Some(page.label.as_str()).filter(|label| !label.is_empty())
    }

    /// The page that a position is on, as it is cited: `p. 12`.
    pub(crate) fn page_cited(&self, position: Position) -> Option<String> {
        self.page_at(position).map(|label| format!("p. {label}"))
    }

    /// Which page of the file a position is on, from 1; none where the file has no pages that can be
    /// shown. What opcit sets before the first of them is on that.
    #[must_use]
    pub fn sheet_at(&self, position: Position) -> Option<u32> {
        let first = self.pages.iter().find_map(|page| page.sheet)?;
        let after = self.pages.partition_point(|page| page.position <= position);
        let page = after.checked_sub(1).and_then(|page| self.pages.get(page));
        let begun = page.and_then(|page| page.sheet);
        // A note stands where its words are, not where the list of notes is.
        let printed = || match self.block(position.block)?.location {
            SourceLocation::Page(sheet) => Some(sheet),
            _ => None,
        };
        Some(begun.or_else(printed).unwrap_or(first))
    }

    /// A place of the source in words. Where pages are called by other numbers than they have in the
    /// file, both are named, as `page 84 (sheet 6)`.
    #[must_use]
    pub fn place_in_words(&self, place: SourceLocation) -> String {
        let SourceLocation::Page(sheet) = place else {
            return place.to_string();
        };
        let is_renamed = |page: &&PageStart| {
            let number = page.sheet.map(|sheet| sheet.to_string());
            !page.label.is_empty() && number.is_some_and(|number| number != page.label)
        };
        let on_sheet = |page: &&PageStart| page.sheet == Some(sheet) && !page.label.is_empty();
        match self.pages.iter().find(on_sheet) {
            Some(page) if is_renamed(&page) => format!("page {} (sheet {sheet})", page.label),
            None if self.pages.iter().any(|page| is_renamed(&page)) => format!("sheet {sheet}"),
            _ => place.to_string(),
        }
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
    use crate::paper::{BlockId, PaperBuilder, Position, SourceLocation, place_in_full};

    #[test]
    fn a_position_knows_which_page_of_the_file_it_is_on() {
        let mut builder = PaperBuilder::new();
        builder.metadata_mut().title = "A title page".to_owned();
        builder.sheet("xii", 1);
        builder.begin_paragraph();
        builder.push_text("From one page ");
        builder.sheet("xii", 3);
        builder.push_text("over an empty one.");
        builder.cite("1");
        builder.set_location(SourceLocation::Page(2));
        builder.begin_note("1");
        builder.begin_paragraph();
        builder.push_text("A note.");
        builder.end_note();
        let paper = builder.finish().paper;
        let sheet = |text: &str, offset| {
            let mut blocks = paper.blocks.iter();
            let block = blocks.position(|one| one.text.starts_with(text));
            let block = BlockId(block.expect("the block"));
            paper.sheet_at(Position { block, offset })
        };
        assert_eq!(sheet("A title", 0), Some(1));
        assert_eq!(sheet("From one", 0), Some(1));
        assert_eq!(sheet("From one", 14), Some(3));
        assert_eq!(sheet("A note", 0), Some(2));
        let mut printed = PaperBuilder::new();
        printed.page_break("12");
        printed.push_text("A book that is no PDF.");
        let printed = printed.finish().paper;
        assert_eq!(printed.sheet_at(Position::default()), None);
    }

    #[test]
    fn a_page_of_the_file_is_named_as_it_is_cited_and_as_it_is_counted() {
        let words = |pages: &[(&str, u32)], sheet| {
            let mut builder = PaperBuilder::new();
            for &(label, sheet) in pages {
                builder.sheet(label, sheet);
                builder.begin_paragraph();
                builder.push_text("A page.");
            }
            let place = SourceLocation::Page(sheet);
            builder.finish().paper.place_in_words(place)
        };
        let article = [("83", 5), ("84", 6)];
        assert_eq!(words(&article, 6), "page 84 (sheet 6)");
        assert_eq!(words(&article, 7), "sheet 7");
        assert_eq!(words(&[("1", 1), ("2", 2)], 2), "page 2");
        assert_eq!(words(&[("1", 1), ("2", 2)], 3), "page 3");
        assert_eq!(words(&[], 3), "page 3");
    }

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
