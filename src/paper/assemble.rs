//! Puts a paper together: title page, body, notes, closing line, and everything that counts or
//! points across them.

mod landmarks;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::backlinks::backlinks;
use super::clean::clean;
use super::draft::{Draft, HeadingDraft};
use super::front::{self, PaperExtent};
use super::notes::{NoteDraft, NoteOrigin};
use super::numbering::Numbering;
use super::rich::Rich;
use super::slug::{self, SlugSet, slug};
use super::{
    Block, BlockId, Kind, Nest, Note, NoteNumber, Paper, Parsed, Position, Problem, ProblemKind,
    Section, SourceLocation, Target,
};

/// What a heading is called under which nothing stands because the notes are to stand there.
const NOTES_TITLES: [&str; 14] = [
    "notes",
    "note",
    "footnotes",
    "endnotes",
    "references and notes",
    "notes and references",
    "anmerkungen",
    "fußnoten",
    "endnoten",
    "notas",
    "note a piè di pagina",
    "примечания",
    "сноски",
    "noten",
];

/// So much text may stand before the heading that is the title of a paper without another.
const MAX_BYTES_BEFORE_TITLE: usize = 500;

/// Whether a heading is the one of notes.
pub(crate) fn is_notes_title(title: &str) -> bool {
    let title = title.trim().trim_end_matches(':').to_lowercase();
    NOTES_TITLES.contains(&title.as_str())
}

impl Draft {
    /// The paper that was read, whole.
    pub(super) fn assemble(mut self) -> Parsed {
        let mut problems = std::mem::take(&mut self.problems);
        problems.extend(self.notes.problems());
        if self.is_beginning {
            self.mendings.clear();
        }
        let numbering = Numbering::new(&mut self.notes, &self.body);

        let mut assembly = Assembly::default();
        let further = self.further_blocks();
        assembly.set_front(&mut self, numbering.order.len());
        assembly.set_body(self.body, further, &self.headings);
        assembly.set_notes(&mut self.notes.drafts, &numbering);
        let closing = front::closing(&assembly.paper.metadata, &assembly.paper.title);
        assembly.paper.blocks.extend(closing);

        assembly.number_paragraphs();
        assembly.settle_landmarks(self.landmarks, self.references);
        assembly.settle_targets(&numbering, &mut problems);
        assembly.fill_backlinks();
        let mut paper = assembly.paper;
        measure(&mut paper.blocks);
        problems.extend(uncited(&paper.notes, &self.notes.drafts, &numbering.order));
        problems.sort_by_key(|problem| problem.location);
        if self.is_beginning {
            // What is wrong is known once all of it is read.
            problems.clear();
        }
        Parsed {
            paper,
            problems,
            mendings: self.mendings,
        }
    }
}

impl Draft {
    /// How many blocks the notes and the lines under them are, or a few more.
    fn further_blocks(&self) -> usize {
        let drafts = &self.notes.drafts;
        let in_notes: usize = drafts.iter().map(|draft| draft.blocks.len() + 1).sum();
        in_notes + 3
    }
}

/// A paper of which some parts stand.
#[derive(Debug, Default)]
struct Assembly {
    paper: Paper,
    /// What `#id` in a link leads to.
    anchors: HashMap<String, Position>,
    /// Those of them that the source gives, and not only a heading's words.
    own_ids: HashSet<String>,
    names: SlugSet,
    /// Where the body begins in the paper's blocks.
    body_start: usize,
    /// For each draft of a note where its blocks begin.
    note_starts: Vec<Option<usize>>,
}

impl Assembly {
    fn set_front(&mut self, draft: &mut Draft, notes: usize) {
        let first = draft.headings.iter().find(|heading| heading.is_section);
        let heading = first.and_then(|heading| draft.body.get(heading.block));
        let heading = heading.map(|block| block.text.as_str());
        let metadata = std::mem::take(&mut draft.metadata);
        // Below a page of text a heading is that of a section.
        let before = first.and_then(|heading| draft.body.get(..heading.block));
        let before = before
            .unwrap_or_default()
            .iter()
            .map(|block| block.text.len());
        let is_near = before.sum::<usize>() <= MAX_BYTES_BEFORE_TITLE;
        self.paper.title = match metadata.title.as_str() {
            "" => heading.filter(|_| is_near).unwrap_or_default().to_owned(),
            title => title.to_owned(),
        };
        self.paper.is_beginning = draft.is_beginning;
        let extent = if draft.is_beginning {
            PaperExtent::Unknown
        } else {
            PaperExtent::of(&draft.body, notes)
        };
        self.paper.minutes = extent.minutes();
        self.paper.blocks = front::title_page(&metadata, heading, extent, &draft.mendings);
        self.paper.metadata = metadata;
    }

    fn set_body(&mut self, mut body: Vec<Block>, further: usize, headings: &[HeadingDraft]) {
        let from = self.paper.blocks.len();
        // Moved, not copied: a body may be most of the memory that there is.
        body.reserve_exact(from + further);
        body.splice(0..0, std::mem::take(&mut self.paper.blocks));
        self.paper.blocks = body;
        self.body_start = from;
        let ids = self.name_headings(headings, from);
        let first = headings.iter().find(|heading| heading.is_section);
        let headless = from..first.map_or(self.paper.blocks.len(), |first| from + first.block);
        if !headless.is_empty() {
            let id = self.names.claim("start".to_owned());
            self.paper.sections.push(Section {
                id,
                level: 0,
                title: String::new(),
                blocks: headless,
                holds_notes: false,
            });
        }
        let named = headings.iter().zip(ids);
        let mut sections = named.filter(|(heading, _)| heading.is_section).peekable();
        while let Some((heading, id)) = sections.next() {
            let next = sections.peek().map(|(next, _)| from + next.block);
            let end = next.unwrap_or(self.paper.blocks.len());
            self.push_section(id, from + heading.block..end);
        }
    }

    /// Names the headings of the body: those with a name of their own first, so that no other
    /// takes it.
    fn name_headings(&mut self, headings: &[HeadingDraft], from: usize) -> Vec<String> {
        let own = headings.iter().map(|heading| {
            let id = heading.id.as_deref();
            let id = id.filter(|id| (1..=slug::MAX_SLUG_BYTES).contains(&id.len()))?;
            self.names.reserve(id).then(|| id.to_owned())
        });
        let own: Vec<Option<String>> = own.collect();
        let mut ids = Vec::with_capacity(headings.len());
        for (heading, own) in headings.iter().zip(own) {
            let block = from + heading.block;
            let title = self.paper.blocks.get(block).map(|block| slug(&block.text));
            let id = match own {
                Some(own) => {
                    self.own_ids.insert(own.clone());
                    own
                }
                None => self.names.claim(title.unwrap_or_default()),
            };
            let place = Position::start_of(BlockId(block));
            self.anchors.insert(id.clone(), place);
            ids.push(id);
        }
        ids
    }

    /// Adds the section whose first block is a heading.
    fn push_section(&mut self, id: String, blocks: Range<usize>) {
        let Some(heading) = self.paper.blocks.get(blocks.start) else {
            return;
        };
        let Kind::Heading(level) = heading.kind else {
            return;
        };
        self.paper.sections.push(Section {
            id,
            level,
            title: heading.text.clone(),
            blocks,
            holds_notes: false,
        });
    }

    fn set_notes(&mut self, drafts: &mut [NoteDraft], numbering: &Numbering) {
        if numbering.order.is_empty() {
            return;
        }
        self.begin_notes();
        self.note_starts.resize(drafts.len(), None);
        for (draft, number) in numbering.order.iter().zip(&numbering.numbers) {
            if let Some(start) = self.note_starts.get_mut(*draft) {
                *start = Some(self.paper.blocks.len());
            }
            if let Some(draft) = drafts.get_mut(*draft) {
                self.push_note(draft, *number);
            }
        }
        let end = self.paper.blocks.len();
        if let Some(section) = self.paper.sections.last_mut() {
            section.blocks.end = end;
            section.holds_notes = true;
        }
    }

    /// Begins the notes' section, unless the paper ends with a heading that waits for them.
    fn begin_notes(&mut self) {
        let last = self.paper.sections.last();
        let is_there =
            last.is_some_and(|last| last.content().is_empty() && is_notes_title(&last.title));
        if !is_there {
            let at = self.paper.blocks.len();
            let heading = Rich::plain("Notes".to_owned());
            let heading = heading.into_block(Kind::Heading(1), Vec::new(), SourceLocation::Unknown);
            self.paper.blocks.push(heading);
            let id = self.names.claim("notes".to_owned());
            self.push_section(id, at..at + 1);
        }
    }

    /// Adds a note's blocks, and an empty line for where it is cited.
    fn push_note(&mut self, draft: &mut NoteDraft, number: NoteNumber) {
        let from = self.paper.blocks.len();
        for mut block in std::mem::take(&mut draft.blocks) {
            if let Some(Nest::Note {
                number: Some(shown),
            }) = block.nesting.first_mut()
            {
                *shown = number;
            }
            self.paper.blocks.push(block);
        }
        let blocks = from..self.paper.blocks.len();
        let number_here = blocks.is_empty().then_some(number);
        let nesting = vec![Nest::Note {
            number: number_here,
        }];
        let mut line =
            Rich::default().into_block(Kind::Backlinks, nesting, SourceLocation::Unknown);
        line.tight = !blocks.is_empty();
        self.paper.blocks.push(line);
        self.paper.notes.push(Note {
            label: std::mem::take(&mut draft.label),
            number,
            blocks,
            cited_in: Vec::new(),
            location: draft.location,
        });
    }

    fn number_paragraphs(&mut self) {
        for section in &self.paper.sections {
            let blocks = self.paper.blocks.get_mut(section.content());
            let blocks = blocks.into_iter().flatten();
            let counted = blocks.filter(|block| {
                block.is_authors() && !matches!(block.kind, Kind::Heading(_) | Kind::Rule)
            });
            for (block, number) in counted.zip(1..) {
                block.paragraph = number;
            }
        }
    }

    /// Makes markers cite notes, and links to an anchor lead there.
    fn settle_targets(&mut self, numbering: &Numbering, problems: &mut Vec<Problem>) {
        let Paper { blocks, notes, .. } = &mut self.paper;
        for (index, block) in blocks.iter_mut().enumerate() {
            let id = BlockId(index);
            for marker in &mut block.markers {
                numbering.settle(marker);
                if let Some(note) = notes.get_mut(marker.note.0) {
                    let offset = marker.offset;
                    if note.cited_in.is_empty() {
                        // Most notes are cited once, and a paper may have very many notes.
                        note.cited_in.reserve_exact(1);
                    }
                    note.cited_in.push(Position { block: id, offset });
                }
            }
            for link in &mut block.links {
                let Target::Address(address) = &link.target else {
                    continue;
                };
                let Some(anchor) = address.strip_prefix('#') else {
                    continue;
                };
                match self.anchors.get(anchor) {
                    Some(place) => link.target = Target::Place(*place),
                    None => {
                        let anchor = clean(anchor).into_owned();
                        let kind = ProblemKind::AnchorMissing { anchor };
                        problems.push(Problem::new(block.location, kind));
                    }
                }
            }
        }
    }

    fn fill_backlinks(&mut self) {
        let lines = self
            .paper
            .notes
            .iter()
            .map(|note| backlinks(&self.paper, note));
        let lines: Vec<Rich> = lines.collect();
        let blocks = self.paper.blocks.iter_mut();
        let empty = blocks.filter(|block| block.kind == Kind::Backlinks);
        for (block, mut line) in empty.zip(lines) {
            line.text.shrink_to_fit();
            line.links.shrink_to_fit();
            block.text = line.text;
            block.links = line.links;
        }
    }
}

/// Fills in where each block begins.
fn measure(blocks: &mut [Block]) {
    let mut start = 0;
    for block in blocks {
        block.start = start;
        start += block.text.len() + 1;
    }
}

/// The notes that no marker cites, but for those that were told as defined again.
fn uncited(notes: &[Note], drafts: &[NoteDraft], order: &[usize]) -> impl Iterator<Item = Problem> {
    let notes = notes.iter().zip(order);
    let uncited = notes.filter(|(note, draft)| {
        let origin = drafts.get(**draft).map(|draft| draft.origin);
        note.cited_in.is_empty() && origin == Some(NoteOrigin::Defined)
    });
    uncited.map(|(note, _)| {
        let label = note.label.clone();
        Problem::new(note.location, ProblemKind::NoteUncited { label })
    })
}
