//! What is found in all papers of the library: what is asked for, and what comes of it.

use std::sync::Arc;

use super::action::PaperRequest;
use super::open::finder::Pattern;

/// A search of all papers that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LibraryQuery {
    pub(crate) pattern: Pattern,
    /// Its number: what comes of those before it is not wanted any more.
    pub(crate) number: u64,
    /// Columns that a match has with the words around it.
    pub(crate) columns: u16,
    /// Whether the library is to be listed anew, as when the search is opened.
    pub(crate) lists_anew: bool,
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LibraryMatch {
    /// The paper that it is in.
    pub(crate) paper: Arc<str>,
    /// Where in it: its section, or that it was kept.
    pub(crate) section: Arc<str>,
    /// The note or the paragraph, or what was kept.
    pub(crate) detail: String,
    /// The words, with those around them.
    pub(crate) before: String,
    pub(crate) hit: String,
    pub(crate) after: String,
    /// What opens the paper there.
    pub(crate) request: PaperRequest,
}

/// How far a search has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct LibraryProgress {
    /// Of how many papers.
    pub(crate) papers: usize,
    pub(crate) searched: usize,
    /// How many of them have the pattern.
    pub(crate) with_matches: usize,
    /// How many matches there are in those, also such as are not listed.
    pub(crate) matches: usize,
    /// How many could not be read.
    pub(crate) unread: usize,
    /// Whether nothing more comes.
    pub(crate) is_done: bool,
    /// Whether more would have been found than is listed.
    pub(crate) is_cut: bool,
}

/// What a search has found since it told last.
#[derive(Debug)]
pub(crate) struct FoundSince {
    /// The number of the search.
    pub(crate) number: u64,
    pub(crate) matches: Vec<LibraryMatch>,
    pub(crate) progress: LibraryProgress,
}

/// The same, to be handed on.
#[derive(Debug, Clone)]
pub(crate) struct LibraryNews(pub(crate) Arc<FoundSince>);

/// Whether it is the same news, not only another of the same matches.
impl PartialEq for LibraryNews {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for LibraryNews {}
