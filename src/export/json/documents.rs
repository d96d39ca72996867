//! A paper as documents for a search engine: one for the paper, and one for each section, note and
//! source, a line each.

use std::collections::HashSet;
use std::io::{self, Write};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;

use super::super::csl::CslItem;
use super::super::reference::work_of_each;
use crate::paper::{Block, Note, Paper, Section, Target, slug};
use crate::shelf::Origin;
use crate::sources::Sources;

/// What cannot stand for itself in the part of an address.
const NO_PART: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'%')
    .add(b'#')
    .add(b'"')
    .add(b'<')
    .add(b'>');

/// How the lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentLines {
    /// A document a line.
    Ndjson,
    /// As the bulk interfaces of OpenSearch and Elasticsearch take them: before each document a line
    /// that says what to do with it.
    Bulk,
}

/// Writes the paper, its sections, its notes and the sources that they cite. The fields are those of
/// docs/search-engines.md; what a document has nothing to say of is left out.
///
/// # Errors
/// Those of `out`.
pub fn write_documents(
    paper: &Paper,
    sources: &Sources,
    origin: &Origin,
    lines: DocumentLines,
    out: &mut dyn Write,
) -> io::Result<()> {
    let iri = origin.iri();
    let places = OpenedPlaces::new(paper, &iri);
    let metadata = &paper.metadata;
    let whole = PaperDocument {
        head: head(&iri, "paper", "", iri.clone()),
        title: &paper.title,
        authors: &metadata.authors,
        date: &metadata.date,
        publisher: &metadata.publisher,
        journal: &metadata.journal,
        doi: &metadata.doi,
        keywords: &metadata.keywords,
        language: &metadata.language,
    };
    write_line(&whole, &whole.head.id, lines, out)?;
    for section in paper.sections.iter().filter(|section| !section.holds_notes) {
        let blocks = paper.blocks.get(section.content()).unwrap_or_default();
        let document = SectionDocument {
            head: head(&iri, "section", &section.id, places.section(section)),
            paper_title: &paper.title,
            title: &section.title,
            level: section.level,
            text: text_of(blocks),
        };
        write_line(&document, &document.head.id, lines, out)?;
    }
    for note in paper.notes.iter().filter(|note| note.is_defined()) {
        let document = note_document(paper, note, &places);
        write_line(&document, &document.head.id, lines, out)?;
    }
    let works = work_of_each(sources);
    for (source, work) in sources.all().iter().zip(&works) {
        let note = source.note.and_then(|id| paper.note(id));
        let section = paper.section_of(source.passage.start.block);
        let section = section.and_then(|id| paper.section(id));
        let open = match (note, section) {
            (Some(note), _) => places.note(note),
            (None, Some(section)) => places.section(section),
            (None, None) => iri.clone(),
        };
        let document = SourceDocument {
            head: head(&iri, "source", &source.name, open),
            paper_title: &paper.title,
            text: &source.text,
            csl: CslItem::from_work(work),
        };
        write_line(&document, &document.head.id, lines, out)?;
    }
    Ok(())
}

/// What every document has.
#[derive(Serialize)]
struct DocumentHead<'a> {
    /// What no other document is called.
    id: String,
    /// `paper`, `section`, `note` or `source`.
    kind: &'static str,
    /// The paper that it is of, as an address.
    paper: &'a str,
    /// What `opcit` opens there.
    open: String,
}

#[derive(Serialize)]
struct PaperDocument<'a> {
    #[serde(flatten)]
    head: DocumentHead<'a>,
    title: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    authors: &'a [String],
    #[serde(skip_serializing_if = "str::is_empty")]
    date: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    publisher: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    journal: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    doi: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    keywords: &'a [String],
    #[serde(skip_serializing_if = "str::is_empty")]
    language: &'a str,
}

#[derive(Serialize)]
struct SectionDocument<'a> {
    #[serde(flatten)]
    head: DocumentHead<'a>,
    paper_title: &'a str,
    title: &'a str,
    level: u8,
    /// Blocks are parted by an empty line.
    text: String,
}

#[derive(Serialize)]
struct NoteDocument<'a> {
    #[serde(flatten)]
    head: DocumentHead<'a>,
    paper_title: &'a str,
    label: &'a str,
    number: u32,
    text: String,
    /// Addresses, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<&'a str>,
}

#[derive(Serialize)]
struct SourceDocument<'a> {
    #[serde(flatten)]
    head: DocumentHead<'a>,
    paper_title: &'a str,
    /// The citation as it stands.
    text: &'a str,
    csl: CslItem<'a>,
}

/// The kind stands in the id: a section may be called as a note or a source is.
fn head<'a>(iri: &'a str, kind: &'static str, name: &str, open: String) -> DocumentHead<'a> {
    let id = match name {
        "" => iri.to_owned(),
        name => format!("{iri}#{kind}:{name}"),
    };
    DocumentHead {
        id,
        kind,
        paper: iri,
        open,
    }
}

/// What `opcit` opens at the places of a paper.
struct OpenedPlaces<'a> {
    iri: &'a str,
    /// The ids of the sections, which are opened before anything else of their name.
    sections: HashSet<&'a str>,
}

impl<'a> OpenedPlaces<'a> {
    fn new(paper: &'a Paper, iri: &'a str) -> Self {
        let sections = paper.sections.iter().map(|section| section.id.as_str());
        OpenedPlaces {
            iri,
            sections: sections.collect(),
        }
    }

    fn section(&self, section: &Section) -> String {
        let id = utf8_percent_encode(&section.id, NO_PART);
        format!("{}#{id}", self.iri)
    }

    /// The first form of the note's name that no section is found by, be it only by the letters in
    /// it.
    fn note(&self, note: &Note) -> String {
        let number = note.number;
        let forms = [
            format!("n{number}"),
            format!("note {number}"),
            number.to_string(),
        ];
        let is_free = |form: &&String| {
            !self.sections.contains(form.as_str()) && !self.sections.contains(slug(form).as_str())
        };
        let form = forms.iter().find(is_free).or(forms.first());
        let form = utf8_percent_encode(form.map_or("", String::as_str), NO_PART);
        format!("{}#{form}", self.iri)
    }
}

fn note_document<'a>(
    paper: &'a Paper,
    note: &'a Note,
    places: &OpenedPlaces<'a>,
) -> NoteDocument<'a> {
    let blocks = paper.blocks.get(note.blocks.clone()).unwrap_or_default();
    let links = blocks.iter().filter(|block| block.is_authors());
    let links = links.flat_map(|block| &block.links);
    let links = links.filter_map(|link| match &link.target {
        Target::Address(address) => Some(&**address),
        Target::Place(_) => None,
    });
    NoteDocument {
        head: head(
            places.iri,
            "note",
            &note.number.to_string(),
            places.note(note),
        ),
        paper_title: &paper.title,
        label: &note.label,
        number: note.number.number().unwrap_or(0),
        text: text_of(blocks),
        links: links.collect(),
    }
}

/// The author's words, blocks parted by an empty line.
fn text_of(blocks: &[Block]) -> String {
    let blocks = blocks.iter().filter(|block| block.is_authors());
    let texts: Vec<&str> = blocks.map(|block| block.text.as_str()).collect();
    texts.join("\n\n")
}

fn write_line(
    document: &impl Serialize,
    id: &str,
    lines: DocumentLines,
    out: &mut dyn Write,
) -> io::Result<()> {
    if lines == DocumentLines::Bulk {
        // An id may be longer than the 512 bytes that an engine takes.
        const HEX_DIGITS: usize = 32;
        let hash = blake3::hash(id.as_bytes()).to_hex();
        let hash = hash.get(..HEX_DIGITS).unwrap_or(&hash);
        let action = serde_json::json!({ "index": { "_id": hash } });
        writeln!(out, "{action}")?;
    }
    serde_json::to_writer(&mut *out, document)?;
    writeln!(out)
}
