//! A paper that is open, with what is worked out about it when that is first needed.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use crate::formats::Bibliography;
use crate::paper::{Mending, Paper, Parsed, Problem};
use crate::search::SearchIndex;
use crate::shelf::{AnchorText, Origin};
use crate::sources::Sources;

/// A paper and what belongs to it, to be shared by all that work with it.
///
/// Sources, the index for searching and the text that bookmarks are anchored in are each made
/// when they are first asked for, on whatever thread that is.
#[derive(Debug)]
pub struct Document {
    origin: Origin,
    parsed: Parsed,
    /// The reader's own, in which sources are looked up.
    bibliography: Option<&'static Bibliography>,
    sources: OnceLock<Arc<Sources>>,
    /// Those with their fields, where the others have none.
    detailed_sources: OnceLock<Arc<Sources>>,
    index: OnceLock<SearchIndex>,
    text: OnceLock<Arc<AnchorText>>,
}

impl Document {
    /// A document of what was read from a place.
    #[must_use]
    pub fn new(parsed: Parsed, origin: Origin) -> Self {
        Document {
            origin,
            parsed,
            bibliography: None,
            sources: OnceLock::new(),
            detailed_sources: OnceLock::new(),
            index: OnceLock::new(),
            text: OnceLock::new(),
        }
    }

    /// The same with the reader's own bibliography, in which its sources are looked up.
    #[must_use]
    pub fn with_bibliography(self, bibliography: Option<&'static Bibliography>) -> Self {
        Document {
            bibliography,
            ..self
        }
    }

    /// The paper.
    #[must_use]
    pub fn paper(&self) -> &Paper {
        &self.parsed.paper
    }

    /// The paper with what was found out about its source.
    #[must_use]
    pub fn parsed(&self) -> &Parsed {
        &self.parsed
    }

    /// Where the paper comes from.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The folder that its links to other files start from, if it comes from a file.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.origin.file()?.parent()
    }

    /// What is wrong with its source.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.parsed.problems
    }

    /// What of its source was mended.
    #[must_use]
    pub fn mendings(&self) -> &[Mending] {
        &self.parsed.mendings
    }

    /// What its notes cite, without the fields of each source. The first to ask waits until all of
    /// them are read.
    #[must_use]
    pub fn sources(&self) -> &Arc<Sources> {
        self.sources.get_or_init(|| {
            Arc::new(match self.bibliography {
                Some(_) => self.sources_with_details(),
                None => Sources::read_without_details(self.paper()),
            })
        })
    }

    /// What its notes cite, if that has been read.
    #[must_use]
    pub fn known_sources(&self) -> Option<&Arc<Sources>> {
        self.sources.get()
    }

    /// What its notes cite, with the fields of each source, read anew.
    #[must_use]
    pub fn sources_with_details(&self) -> Sources {
        let mut sources = Sources::read(self.paper());
        if let Some(bibliography) = self.bibliography {
            sources.look_up(self.paper(), bibliography);
        }
        sources
    }

    /// The same, kept for the next time. The first to ask waits until every note is read again,
    /// unless the sources at hand have their fields.
    #[must_use]
    pub fn sources_for_export(&self) -> &Arc<Sources> {
        match self.bibliography {
            Some(_) => self.sources(),
            None => {
                let read = || Arc::new(self.sources_with_details());
                self.detailed_sources.get_or_init(read)
            }
        }
    }

    /// The text folded for searching, in parts that each search makes as it needs them.
    #[must_use]
    pub fn index(&self) -> &SearchIndex {
        self.index.get_or_init(|| SearchIndex::new(self.paper()))
    }

    /// The text that bookmarks are anchored in. The first to ask waits for one pass over the
    /// paper.
    #[must_use]
    pub fn text(&self) -> &Arc<AnchorText> {
        self.text
            .get_or_init(|| Arc::new(AnchorText::new(self.paper())))
    }
}

impl From<Paper> for Document {
    /// A document of a paper whose source nothing else is known of.
    fn from(paper: Paper) -> Self {
        let parsed = Parsed {
            paper,
            ..Parsed::default()
        };
        Document::new(parsed, Origin::Elsewhere)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::markdown;

    #[test]
    fn the_fields_of_the_sources_are_read_once_for_all_exports() {
        let text = "A.[^1]\n\n[^1]: Jane Doe, *A Book* (London: Verso, 1999).\n";
        let document = Document::from(markdown::parse(text).paper);
        let first = Arc::clone(document.sources_for_export());
        assert!(first.all().iter().all(|it| !it.details.title.is_empty()));
        assert!(Arc::ptr_eq(&first, document.sources_for_export()));
    }
}
