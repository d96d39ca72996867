//! What is known about an open paper beside its text.

use std::sync::Arc;

use crate::paper::{Paper, Section};
use crate::reader::elsewhere::ElsewhereKnowledge;
use crate::reader::watching::PaperFile;
use crate::sources::Sources;

/// Where a paper is from, and what is read out of the whole of it.
#[derive(Debug)]
pub(crate) struct PaperFacts {
    /// Whether it is no paper at all, but what is beneath the front page.
    pub(crate) is_blank: bool,
    /// The file that it was read from; none if that is not known.
    pub(crate) file: Option<PaperFile>,
    /// None until they have been read.
    pub(super) sources: Option<Arc<Sources>>,
    pub(crate) elsewhere: ElsewhereKnowledge,
    /// The level of the paper's highest headings, from 1; 0 if it has none.
    highest_level: u8,
}

impl PaperFacts {
    pub(super) fn new(paper: &Paper) -> Self {
        let levels = paper.sections.iter().map(|section| section.level);
        PaperFacts {
            is_blank: false,
            file: None,
            sources: None,
            elsewhere: ElsewhereKnowledge::default(),
            highest_level: levels.filter(|&level| level > 0).min().unwrap_or(0),
        }
    }

    /// How deep a section is in the outline: 0 for the highest level of the paper's headings.
    pub(super) fn depth_of(&self, section: &Section) -> u16 {
        u16::from(section.level.saturating_sub(self.highest_level))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::markdown::parse;

    #[test]
    fn the_outline_begins_at_the_highest_heading_that_there_is() {
        let paper = parse("## One\n\n### Two\n\n## Three\n").paper;
        let facts = PaperFacts::new(&paper);
        let depths = paper.sections.iter().map(|section| facts.depth_of(section));
        assert_eq!(depths.collect::<Vec<_>>(), [0, 1, 0]);
        let bare = parse("Words.\n").paper;
        let facts = PaperFacts::new(&bare);
        assert!(
            bare.sections
                .iter()
                .all(|section| facts.depth_of(section) == 0)
        );
    }
}
