//! Papers that are asked for, and that have been read or listed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::document::Document;
use crate::paper::{Position, RefusedMendings};
use crate::reader::open::finder::Pattern;
use crate::reader::watching::PaperFile;
use crate::shelf::{Origin, TextChanges};

/// The paper as it was read again.
#[derive(Debug, Clone)]
pub(crate) struct RereadPaper {
    pub(crate) document: Arc<Document>,
    /// What was not to be mended in it.
    pub(crate) refused: RefusedMendings,
    /// If its file was written anew: which text that was then, and what has changed since.
    pub(crate) since: Option<(Arc<Document>, Arc<TextChanges>)>,
}

impl RereadPaper {
    pub(crate) fn new(document: Document, refused: RefusedMendings) -> Self {
        // That takes a while, and so is done where nobody waits.
        let _ = document.sources();
        RereadPaper {
            document: Arc::new(document),
            refused,
            since: None,
        }
    }

    /// The whole of a paper of which the beginning is shown.
    pub(crate) fn whole(document: Document, beginning: Arc<Document>) -> Self {
        let changes = TextChanges::from_beginning(beginning.paper(), document.paper());
        RereadPaper {
            document: Arc::new(document),
            refused: RefusedMendings::default(),
            since: Some((beginning, Arc::new(changes))),
        }
    }

    /// The same, as what has become of another text.
    pub(crate) fn since(self, before: Arc<Document>) -> Self {
        let changes = TextChanges::between(before.paper(), self.document.paper());
        RereadPaper {
            since: Some((before, Arc::new(changes))),
            ..self
        }
    }

    /// The same, with what has changed since an even earlier text: what a file that was saved in
    /// halves has again has not changed.
    pub(crate) fn changed_from(mut self, earlier: Option<&Document>) -> Self {
        if let (Some(earlier), Some((_, changes))) = (earlier, &mut self.since) {
            let all = TextChanges::between(earlier.paper(), self.document.paper());
            Arc::make_mut(changes).tell_from(all);
        }
        self
    }
}

/// Whether it is the same reading, not only another of the same text.
impl PartialEq for RereadPaper {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.document, &other.document)
    }
}

impl Eq for RereadPaper {}

/// A paper that is to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PaperRequest {
    /// Where it comes from.
    pub(crate) origin: Origin,
    /// Where else its file may be.
    pub(crate) also: Vec<PathBuf>,
    /// The name of the part to go to, as in a link behind the `#`.
    pub(crate) part: Option<String>,
    /// Where something was found in it that is to be gone to.
    pub(crate) found: Option<FoundPlace>,
    /// Whether it is shown once it is read, or stays behind the one that is.
    pub(crate) is_shown: bool,
}

impl PaperRequest {
    /// A file that is shown from where the reader was in it.
    pub(crate) fn new(path: PathBuf) -> Self {
        PaperRequest::from(Origin::File(path))
    }

    /// Its file, if it comes from one.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.origin.file().map(PathBuf::as_path)
    }
}

impl From<Origin> for PaperRequest {
    fn from(origin: Origin) -> Self {
        PaperRequest {
            origin,
            also: Vec::new(),
            part: None,
            found: None,
            is_shown: true,
        }
    }
}

/// A place where something was found, and what was searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FoundPlace {
    pub(crate) pattern: Pattern,
    /// In the paper as it was when it was searched.
    pub(crate) position: Position,
}

/// The papers and folders in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FolderListing {
    /// As it was typed, with a slash at its end; empty for the one that the program works in.
    pub(crate) folder: String,
    /// Those of folders end in a slash.
    pub(crate) names: Vec<String>,
}

/// A paper that has been read, as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LibraryPaper {
    pub(crate) title: String,
    /// How far it has been seen; none if no place was kept.
    pub(crate) percent: Option<u8>,
    /// What else there is to say of it, a line each.
    pub(crate) below: Vec<String>,
    pub(crate) request: PaperRequest,
}

/// The papers that have been read, the one read last first.
#[derive(Debug, Clone)]
pub(crate) struct LibraryListing(Arc<Vec<LibraryPaper>>);

impl LibraryListing {
    pub(crate) fn new(papers: Vec<LibraryPaper>) -> Self {
        LibraryListing(Arc::new(papers))
    }

    pub(crate) fn papers(&self) -> &[LibraryPaper] {
        &self.0
    }
}

/// Whether it is the same list, not only another of the same papers.
impl PartialEq for LibraryListing {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for LibraryListing {}

/// A paper that was read beside the reader.
#[derive(Debug, Clone)]
pub(crate) struct OpenedPaper {
    pub(crate) document: Arc<Document>,
    pub(crate) file: Option<PaperFile>,
    pub(crate) part: Option<String>,
    pub(crate) found: Option<FoundPlace>,
    pub(crate) is_shown: bool,
}

/// Whether it is the same reading, not only another of the same text.
impl PartialEq for OpenedPaper {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.document, &other.document)
    }
}

impl Eq for OpenedPaper {}
