//! A paper as JSON, in a shape that is kept stable: fields may be added, none is taken away.
//!
//! ```json
//! {
//!   "title": "…", "subtitle": "…", "authors": ["…"], "date": "…", "publisher": "…",
//!   "journal": "…", "doi": "10.1000/…", "keywords": ["…"], "language": "en-GB", "licence": "…",
//!   "sections": [
//!     {"id": "introduction", "level": 1, "title": "Introduction",
//!      "blocks": [{"kind": "paragraph", "text": "…", "notes": ["1"]}]}
//!   ],
//!   "notes": [
//!     {"label": "1", "number": 1, "defined": true, "text": "…", "links": ["https://…"],
//!      "cited_in": [{"section": "introduction", "block": 0, "offset": 429}],
//!      "sources": [{"id": "1", "text": "…", "links": ["https://…"]}], "refers_to": ["8b", "8c"],
//!      "ambiguous": [{"text": "…", "candidates": ["3", "1"]}], "unresolved": ["…"]}
//!   ],
//!   "problems": [{"line": 12, "code": "note-undefined", "message": "…"}]
//! }
//! ```
//!
//! Text is plain, without markers and marks of emphasis; what the metadata does not say is empty.
//! The notes stand in `notes`, not in a section, and neither the title page nor what opcit adds
//! to the text is in `sections`. A section of `level` 0 is the text before the first heading.

mod citations;
mod documents;
mod findings;
mod matches;
mod papers;
mod sources;
mod works;

use std::io::{self, Write};

use serde::Serialize;

use super::Excerpt;
use crate::paper::{
    Block, BlockId, Mending, Note, NoteId, Paper, Parsed, Position, Problem, SourceLocation, Target,
};
use crate::sources::Sources;
use citations::CitationsJson;
pub use documents::{DocumentLines, write_documents};
pub use findings::write_findings;
pub use matches::write_matches;
pub use papers::write_papers;
pub use sources::write_sources;
pub use works::write_works;

/// Writes the excerpt, the problems and what was mended as one object. Of a section's excerpt, `sections` and
/// `notes` hold what belongs to it, each exactly as in the whole paper; the rest is the paper's.
///
/// # Errors
/// Those of `out`.
pub fn write_excerpt(excerpt: &Excerpt, parsed: &Parsed, out: &mut dyn Write) -> io::Result<()> {
    let sources = Sources::read(excerpt.paper);
    write(&PaperJson::new(excerpt, &sources, parsed), out)
}

/// Writes the notes as an array: `notes` of [`write_excerpt`], in the order given.
///
/// # Errors
/// Those of `out`.
pub fn write_notes(paper: &Paper, notes: &[NoteId], out: &mut dyn Write) -> io::Result<()> {
    write(&notes_json(paper, &Sources::read(paper), notes), out)
}

/// Writes the sections as an array of `{"id", "level", "title", "notes": ["1"]}`, with the labels
/// of the notes that each cites itself.
///
/// # Errors
/// Those of `out`.
pub fn write_outline(excerpt: &Excerpt, out: &mut dyn Write) -> io::Result<()> {
    let paper = excerpt.paper;
    let sections = excerpt.sections().map(|section| OutlineJson {
        id: &section.id,
        level: section.level,
        title: &section.title,
        notes: labels(
            paper,
            paper.blocks.get(section.blocks.clone()).unwrap_or_default(),
        ),
    });
    write(&sections.collect::<Vec<_>>(), out)
}

/// Writes a value on lines of its own.
///
/// # Errors
/// Those of `out`.
pub fn write(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

#[derive(Serialize)]
struct PaperJson<'a> {
    title: &'a str,
    subtitle: &'a str,
    authors: &'a [String],
    date: &'a str,
    publisher: &'a str,
    journal: &'a str,
    doi: &'a str,
    keywords: &'a [String],
    language: &'a str,
    licence: &'a str,
    sections: Vec<SectionJson<'a>>,
    notes: Vec<NoteJson<'a>>,
    problems: Vec<ProblemJson>,
    /// Left out where nothing was mended.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mendings: Vec<MendingJson<'a>>,
}

#[derive(Serialize)]
struct OutlineJson<'a> {
    id: &'a str,
    level: u8,
    title: &'a str,
    notes: Vec<&'a str>,
}

#[derive(Serialize)]
struct SectionJson<'a> {
    id: &'a str,
    level: u8,
    title: &'a str,
    blocks: Vec<BlockJson<'a>>,
}

#[derive(Serialize)]
struct BlockJson<'a> {
    /// One of paragraph, item, quote, code, table, rule.
    kind: &'a str,
    /// A `\n` is a line end that the author set. In a table a tab parts two cells and a line end
    /// two rows.
    text: &'a str,
    /// Labels of the notes that it cites, once for each marker, in order.
    notes: Vec<&'a str>,
}

#[derive(Serialize)]
struct NoteJson<'a> {
    label: &'a str,
    /// What its marker shows.
    number: u32,
    /// False for a note that is cited but never defined; its text is then empty.
    defined: bool,
    /// Blocks are parted by an empty line.
    text: String,
    /// Addresses, in order.
    links: Vec<&'a str>,
    /// In reading order; empty if it is never cited.
    cited_in: Vec<PlaceJson<'a>>,
    #[serde(flatten)]
    citations: CitationsJson<'a>,
}

/// Where a marker stands.
#[derive(Serialize)]
struct PlaceJson<'a> {
    /// A section's id, or "notes" for a place in a note.
    section: &'a str,
    /// The label of the note that it stands in, if it stands in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    /// Index into the section's `blocks`, or of the note's block; null for the heading.
    block: Option<usize>,
    /// Bytes of UTF-8 into the text of the block or the heading.
    offset: usize,
}

#[derive(Serialize)]
struct ProblemJson {
    #[serde(flatten)]
    location: LocationJson,
    /// What is wrong; the word stays the same whatever the message becomes.
    code: &'static str,
    message: String,
}

#[derive(Serialize)]
struct MendingJson<'a> {
    #[serde(flatten)]
    location: LocationJson,
    code: &'static str,
    before: &'a str,
    after: &'a str,
}

/// A place in the source, from 1: a line where it has lines, a page where it has pages, else a
/// paragraph.
#[derive(Serialize)]
struct LocationJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraph: Option<u32>,
}

impl<'a> PaperJson<'a> {
    fn new(excerpt: &Excerpt<'a>, sources: &'a Sources, parsed: &'a Parsed) -> Self {
        let paper = excerpt.paper;
        let metadata = &paper.metadata;
        let problems = parsed.problems.iter().map(problem_json);
        PaperJson {
            title: &paper.title,
            subtitle: &metadata.subtitle,
            authors: &metadata.authors,
            date: &metadata.date,
            publisher: &metadata.publisher,
            journal: &metadata.journal,
            doi: &metadata.doi,
            keywords: &metadata.keywords,
            language: &metadata.language,
            licence: &metadata.licence,
            sections: sections_json(excerpt),
            notes: notes_json(paper, sources, &excerpt.notes),
            problems: problems.collect(),
            mendings: parsed.mendings.iter().map(mending_json).collect(),
        }
    }
}

fn problem_json(problem: &Problem) -> ProblemJson {
    ProblemJson {
        location: location_json(problem.location),
        code: problem.kind.code(),
        message: problem.message(),
    }
}

fn mending_json(mending: &Mending) -> MendingJson<'_> {
    MendingJson {
        location: location_json(mending.location),
        code: mending.kind.code(),
        before: &mending.before,
        after: &mending.after,
    }
}

fn location_json(location: SourceLocation) -> LocationJson {
    let (line, page, paragraph) = match location {
        SourceLocation::Line(line) => (Some(line), None, None),
        SourceLocation::Page(page) => (None, Some(page), None),
        SourceLocation::Paragraph(paragraph) => (None, None, Some(paragraph)),
        SourceLocation::Unknown => (None, None, None),
    };
    LocationJson {
        line,
        page,
        paragraph,
    }
}

fn sections_json<'a>(excerpt: &Excerpt<'a>) -> Vec<SectionJson<'a>> {
    let paper = excerpt.paper;
    let sections = excerpt.sections().map(|section| {
        let blocks = paper.blocks.get(section.content()).unwrap_or_default();
        SectionJson {
            id: &section.id,
            level: section.level,
            title: &section.title,
            blocks: blocks
                .iter()
                .map(|block| block_json(paper, block))
                .collect(),
        }
    });
    sections.collect()
}

fn block_json<'a>(paper: &'a Paper, block: &'a Block) -> BlockJson<'a> {
    BlockJson {
        kind: block.kind_name(),
        text: &block.text,
        notes: labels(paper, std::slice::from_ref(block)),
    }
}

/// Labels of the notes that the blocks cite, once for each marker.
fn labels<'a>(paper: &'a Paper, blocks: &[Block]) -> Vec<&'a str> {
    let markers = blocks.iter().flat_map(|block| &block.markers);
    markers
        .filter_map(|marker| paper.note(marker.note))
        .map(|note| note.label.as_str())
        .collect()
}

fn notes_json<'a>(paper: &'a Paper, sources: &'a Sources, notes: &[NoteId]) -> Vec<NoteJson<'a>> {
    let places = Places::new(paper);
    let note_json = |id: &NoteId| {
        let citations = CitationsJson::new(paper, sources, *id);
        Some(note_json(paper, paper.note(*id)?, &places, citations))
    };
    notes.iter().filter_map(note_json).collect()
}

fn note_json<'a>(
    paper: &'a Paper,
    note: &'a Note,
    places: &Places<'a>,
    citations: CitationsJson<'a>,
) -> NoteJson<'a> {
    let blocks = paper.blocks.get(note.blocks.clone()).unwrap_or_default();
    let blocks = || blocks.iter().filter(|block| block.is_authors());
    let texts: Vec<&str> = blocks().map(|block| block.text.as_str()).collect();
    let links = blocks().flat_map(|block| &block.links);
    let addresses = links.filter_map(|link| match &link.target {
        Target::Address(address) => Some(&**address),
        Target::Place(_) => None,
    });
    let cited_in = note.cited_in.iter();
    NoteJson {
        label: &note.label,
        number: note.number.number().unwrap_or(0),
        defined: note.is_defined(),
        text: texts.join("\n\n"),
        links: addresses.collect(),
        cited_in: cited_in.filter_map(|at| places.place(*at)).collect(),
        citations,
    }
}

/// Knows which note a block stands in, so that a place can be named.
struct Places<'a> {
    paper: &'a Paper,
    /// The defined notes, by their first block.
    notes: Vec<&'a Note>,
}

impl<'a> Places<'a> {
    fn new(paper: &'a Paper) -> Self {
        let notes = paper.notes.iter().filter(|note| note.is_defined());
        let mut notes: Vec<&Note> = notes.collect();
        notes.sort_by_key(|note| note.blocks.start);
        Places { paper, notes }
    }

    /// None on the title page and in the closing line, where no marker stands.
    fn place(&self, position: Position) -> Option<PlaceJson<'a>> {
        let Position { block, offset } = position;
        if let Some(note) = self.note_of(block) {
            return Some(PlaceJson {
                section: "notes",
                note: Some(&note.label),
                block: block.0.checked_sub(note.blocks.start),
                offset,
            });
        }
        let section = self.paper.section(self.paper.section_of(block)?)?;
        Some(PlaceJson {
            section: &section.id,
            note: None,
            block: block.0.checked_sub(section.content().start),
            offset,
        })
    }

    fn note_of(&self, block: BlockId) -> Option<&'a Note> {
        let after = self
            .notes
            .partition_point(|note| note.blocks.start <= block.0);
        let note = self.notes.get(after.checked_sub(1)?)?;
        note.blocks.contains(&block.0).then_some(note)
    }
}
