//! What is written out: a whole paper, or one section with what stands under it.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::ops::Range;

use crate::paper::{Block, NoteId, Paper, Section, SectionId};
use crate::search::nearest;

/// A paper, or a part of it, with the notes that belong to it.
#[derive(Debug, Clone)]
pub struct Excerpt<'a> {
    /// The paper that it is of.
    pub paper: &'a Paper,
    /// Indices into the paper's sections. May run over the notes' section, which is never body.
    sections: Range<usize>,
    /// In the order of the paper's list of notes.
    pub notes: Vec<NoteId>,
    /// Whether nothing was left out: the title page and the closing line are only then written.
    pub is_whole: bool,
}

/// A name that does not lead to one section. The message lists those that there are.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum SectionError {
    /// There is no such section.
    #[error("the paper has no section “{name}”.{meant}{sections}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// Which one was probably meant; may be empty.
        meant: String,
        /// The names of those that there are.
        sections: String,
    },
    /// Several sections begin so.
    #[error("more than one section begins with “{name}”. Name one by its id:{sections}")]
    Ambiguous {
        /// What was asked for.
        name: String,
        /// The names of the sections that it fits.
        sections: String,
    },
}

impl<'a> Excerpt<'a> {
    /// The whole paper, with all of its notes.
    #[must_use]
    pub fn whole(paper: &'a Paper) -> Self {
        Excerpt {
            paper,
            sections: 0..paper.sections.len(),
            notes: (0..paper.notes.len()).map(NoteId).collect(),
            is_whole: true,
        }
    }

    /// The section that `name` means, with the sections under it and the notes that they cite,
    /// and the notes that those cite in turn. A name is a section's id, its title, or the title's
    /// beginning where only one section begins so; titles match without regard to case.
    ///
    /// # Errors
    /// When no section has the name, or more than one.
    pub fn for_section(paper: &'a Paper, name: &str) -> Result<Self, SectionError> {
        let SectionId(first) = find_section(paper, name)?;
        let sections = first..end_of_subsections(&paper.sections, first);
        let chosen = paper.sections.get(sections.clone()).unwrap_or_default();
        let holds_notes = chosen.iter().any(|section| section.holds_notes);
        let notes = if holds_notes {
            (0..paper.notes.len()).map(NoteId).collect()
        } else {
            notes_cited_from(paper, chosen)
        };
        Ok(Excerpt {
            paper,
            sections,
            notes,
            is_whole: false,
        })
    }

    /// The sections, without the one that the notes stand in.
    pub fn sections(&self) -> impl Iterator<Item = &'a Section> {
        let sections = self.paper.sections.get(self.sections.clone());
        let sections = sections.unwrap_or_default();
        sections.iter().filter(|section| !section.holds_notes)
    }

    /// What opcit sets before the text of a whole paper.
    pub(super) fn title_page(&self) -> impl Iterator<Item = &'a Block> {
        let first = self.paper.sections.first();
        let end = first.map_or(self.paper.blocks.len(), |section| section.blocks.start);
        self.blocks_of_whole(0..end)
    }

    /// The blocks of the sections, headings with them.
    pub(super) fn body(&self) -> impl Iterator<Item = &'a Block> {
        let paper = self.paper;
        self.sections()
            .flat_map(|section| blocks(paper, section.blocks.clone()))
    }

    /// The heading over the notes, if there are any.
    pub(super) fn notes_heading(&self) -> Option<&'a Block> {
        let section = self.paper.sections.last()?;
        let has_notes = section.holds_notes && !self.notes.is_empty();
        let heading = self.paper.blocks.get(section.blocks.start)?;
        (has_notes && section.level > 0).then_some(heading)
    }

    /// What opcit sets after the notes of a whole paper.
    pub(super) fn closing(&self) -> impl Iterator<Item = &'a Block> {
        let last = self.paper.sections.last();
        let end = self.paper.blocks.len();
        self.blocks_of_whole(last.map_or(end, |section| section.blocks.end)..end)
    }

    fn blocks_of_whole(&self, range: Range<usize>) -> impl Iterator<Item = &'a Block> {
        let range = if self.is_whole { range } else { 0..0 };
        blocks(self.paper, range).iter()
    }
}

fn blocks(paper: &Paper, range: Range<usize>) -> &[Block] {
    paper.blocks.get(range).unwrap_or_default()
}

fn find_section(paper: &Paper, name: &str) -> Result<SectionId, SectionError> {
    let wanted = name.trim().to_lowercase();
    let by_id = |section: &Section| section.id.to_lowercase() == wanted;
    if let Some(index) = paper.sections.iter().position(by_id) {
        return Ok(SectionId(index));
    }
    let titles: Vec<String> = paper
        .sections
        .iter()
        .map(|section| section.title.to_lowercase())
        .collect();
    let whole = matching(&titles, |title| title == wanted);
    let found = match whole.as_slice() {
        [] => matching(&titles, |title| title.starts_with(&wanted)),
        _ => whole,
    };
    match found.as_slice() {
        [only] if !wanted.is_empty() => Ok(SectionId(*only)),
        [] => Err(SectionError::Unknown {
            name: name.to_owned(),
            meant: probably_meant(paper, name),
            sections: unknown_hint(paper),
        }),
        several => Err(SectionError::Ambiguous {
            name: name.to_owned(),
            sections: list(paper, several.iter().copied()),
        }),
    }
}

fn matching(titles: &[String], is_meant: impl Fn(&str) -> bool) -> Vec<usize> {
    let titles = titles.iter().enumerate();
    titles
        .filter(|(_, title)| is_meant(title))
        .map(|(index, _)| index)
        .collect()
}

/// The section whose title or id is nearest to a name that none has.
fn probably_meant(paper: &Paper, name: &str) -> String {
    let sections = paper.sections.iter();
    let names = sections.flat_map(|section| [section.title.as_str(), section.id.as_str()]);
    match nearest(name.trim(), names) {
        Some(meant) => format!(" Did you mean “{}”?", meant.replace('\n', " ")),
        None => String::new(),
    }
}

fn unknown_hint(paper: &Paper) -> String {
    if paper.sections.is_empty() {
        return " It has no sections at all.".to_owned();
    }
    format!(" It has these:{}", list(paper, 0..paper.sections.len()))
}

/// A line for each section: its id and its title. A long list is cut.
fn list(paper: &Paper, sections: impl ExactSizeIterator<Item = usize>) -> String {
    const MAX_LISTED_SECTIONS: usize = 40;
    let left_out = sections.len().saturating_sub(MAX_LISTED_SECTIONS);
    let shown: Vec<&Section> = sections
        .take(MAX_LISTED_SECTIONS)
        .filter_map(|index| paper.sections.get(index))
        .collect();
    let widest = shown.iter().map(|section| section.id.chars().count()).max();
    let widest = widest.unwrap_or_default().min(30);
    let mut lines = String::new();
    for section in shown {
        let line = format!("{:widest$}  {}", section.id, section.name());
        let _ = write!(lines, "\n  {}", line.trim_end());
    }
    if left_out > 0 {
        let _ = write!(lines, "\n  and {left_out} more: see `opcit outline`");
    }
    lines
}

/// Where the sections under `first` end. Text before the first heading has none under it.
fn end_of_subsections(sections: &[Section], first: usize) -> usize {
    let level = sections.get(first).map_or(0, |section| section.level);
    let mut after = sections.iter().skip(first + 1);
    let under = |section: &&Section| level > 0 && section.level > level && !section.holds_notes;
    let count = after.by_ref().take_while(under).count();
    first + 1 + count
}

/// The notes that the sections cite, and those that these cite, and so on.
fn notes_cited_from(paper: &Paper, sections: &[Section]) -> Vec<NoteId> {
    let mut found = HashSet::new();
    let mut to_read: Vec<Range<usize>> = sections
        .iter()
        .map(|section| section.blocks.clone())
        .collect();
    while let Some(range) = to_read.pop() {
        let blocks = paper.blocks.get(range).unwrap_or_default();
        for marker in blocks.iter().flat_map(|block| &block.markers) {
            if found.insert(marker.note) {
                to_read.extend(paper.note(marker.note).map(|note| note.blocks.clone()));
            }
        }
    }
    let mut notes: Vec<NoteId> = found.into_iter().collect();
    notes.sort_unstable();
    notes
}
