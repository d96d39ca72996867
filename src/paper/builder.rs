//! Makes a paper out of what an importer finds in a file.
//!
//! The importers, one for each format, call a [`PaperBuilder`] in reading order. So notes, links,
//! tables and sections mean the same whatever the file was.

mod append;
mod blocks;
mod flow;
mod inline;
mod landmarks;
mod notes;
mod tables;
#[cfg(test)]
mod tests;
mod text;

use super::clean::clean;
use super::draft::Draft;
use super::{Mending, Metadata, Parsed, Problem, ProblemKind, SourceLocation};
use blocks::{OpenBlock, OpenKind};
use flow::ContainerStack;
use inline::InlineBuilder;
pub(crate) use inline::TextMark;
pub(super) use landmarks::{DraftPlace, Landmark, LandmarkDraft, LandmarkKind};
use notes::Interrupted;

/// Makes a paper out of blocks, running text and notes, given in reading order.
///
/// Building is total: in whatever order the calls come, [`finish`](Self::finish) gives a paper.
/// What is open when its surroundings end, ends with them; an end without a beginning is passed
/// over. Every string is cleaned on its way in, so that nothing in it acts on a terminal.
///
/// ```
/// use opcit::paper::PaperBuilder;
///
/// let mut builder = PaperBuilder::new();
/// builder.begin_heading(1, None);
/// builder.push_text("On Notes");
/// builder.begin_paragraph();
/// builder.push_text("A sentence with a note.");
/// builder.cite("1");
/// builder.end_block();
/// builder.begin_note("1");
/// builder.push_text("The note.");
/// builder.end_note();
/// let paper = builder.finish().paper;
/// assert_eq!(paper.title, "On Notes");
/// assert_eq!(paper.notes[0].cited_in.len(), 1);
/// ```
#[derive(Debug, Default)]
pub struct PaperBuilder {
    draft: Draft,
    /// The text of the open block.
    inline: InlineBuilder,
    block: Option<OpenBlock>,
    /// Where blocks go now: the body, or the innermost note that is open.
    flow: ContainerStack,
    /// What the open notes have interrupted, from the outside in.
    interrupted: Vec<Interrupted>,
    location: SourceLocation,
    /// Anchors and pages that wait for the next block to begin.
    waiting: Vec<Landmark>,
    /// The label of the page that is being read, once there are pages.
    page: Option<String>,
    first_hidden: Option<SourceLocation>,
    keeps_empty_paragraphs: bool,
}

impl PaperBuilder {
    /// A builder of a paper that is empty so far.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What is known about the paper.
    pub fn metadata_mut(&mut self) -> &mut Metadata {
        &mut self.draft.metadata
    }

    /// Says where in the source what follows comes from.
    pub fn set_location(&mut self, location: SourceLocation) {
        if self.has_unplaced_hidden() {
            self.place_hidden(self.location);
        }
        self.location = location;
    }

    /// Says what the paper could not take as it is in the source, at the present location: a kind,
    /// or what only one format knows, in words.
    pub fn problem(&mut self, kind: impl Into<ProblemKind>) {
        self.problem_at(self.location, kind);
    }

    /// The same, at another location.
    pub fn problem_at(&mut self, location: SourceLocation, kind: impl Into<ProblemKind>) {
        self.add_problem(Problem::new(location, kind.into()));
    }

    /// Says what was mended in the source.
    pub fn add_mending(&mut self, mut mending: Mending) {
        for words in [&mut mending.before, &mut mending.after] {
            *words = clean(words).into_owned();
        }
        self.draft.mendings.push(mending);
    }

    pub(crate) fn add_problem(&mut self, problem: Problem) {
        self.draft.problems.push(problem);
    }

    /// The paper, with what could not be taken as it is in the source.
    #[must_use]
    pub fn finish(mut self) -> Parsed {
        while !self.interrupted.is_empty() {
            self.end_note();
        }
        self.finish_block();
        self.end_waiting();
        self.report_hidden();
        self.draft.metadata.clean();
        self.draft.assemble()
    }

    /// Has the paper be no more than the beginning of one, of which more is still to be read: how
    /// long it is, what is wrong with it and what was mended is not said then.
    pub(crate) fn be_beginning(&mut self) {
        self.draft.is_beginning = true;
    }

    /// Says whether paragraphs without any text are kept as blocks.
    pub(crate) fn keep_empty_paragraphs(&mut self, keeps: bool) {
        self.keeps_empty_paragraphs = keeps;
    }

    /// Whether characters were hidden and it is not known yet where the first one is.
    pub(crate) fn has_unplaced_hidden(&self) -> bool {
        self.first_hidden.is_none() && self.inline.hidden() > 0
    }

    /// Says where the first hidden character is.
    pub(crate) fn place_hidden(&mut self, location: SourceLocation) {
        self.first_hidden.get_or_insert(location);
    }

    fn report_hidden(&mut self) {
        let count = self.inline.hidden();
        if count > 0 {
            let location = self.first_hidden.unwrap_or(self.location);
            self.problem_at(location, ProblemKind::HiddenCharacters { count });
        }
    }
}
