//! Reading DOCX, as Word, LibreOffice, Google Docs and Pages write it.
//!
//! A DOCX file is an archive of XML parts: the text in one, footnotes and endnotes each in
//! another, styles and lists in others. Names are read without their prefixes, since these and
//! the name spaces differ between editions.

mod blocks;
mod front;
mod look;
mod math;
mod note_labels;
mod notes;
mod numbering;
mod package;
mod properties;
mod runs;
mod styles;
mod table;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use super::ReadOptions;
use super::office::Refusal;
use super::office::by_look::FoundByLook;
use super::office::front::TitlePage;
use super::office::prose::Prose;
use super::office::word_fields::OpenField;
use super::office::xml::XmlElement;
use crate::paper::{PaperBuilder, Parsed, SourceLocation};
use front::read_properties;
use note_labels::{DocxNoteLabels, NoteKind};
use numbering::DocxNumbering;
use package::{DocxParts, Relationships};
use properties::RunProperties;
use styles::DocxStyles;

/// So many columns a paper's cells may span, besides one each.
const MAX_SPANNED_CELLS: usize = 100_000;

/// Reads a DOCX file.
pub(crate) fn read(bytes: &[u8], options: &ReadOptions<'_>) -> Result<Parsed, Refusal> {
    let parts = DocxParts::read(bytes)?;
    Ok(DocxReader::new(&parts, options).read())
}

/// Walks through the parts, and tells a builder what it finds.
struct DocxReader<'a> {
    builder: PaperBuilder,
    parts: &'a DocxParts,
    options: &'a ReadOptions<'a>,
    styles: DocxStyles,
    numbering: DocxNumbering,
    comments: HashMap<&'a str, &'a XmlElement>,
    notes: HashMap<(NoteKind, &'a str), &'a XmlElement>,
    labels: DocxNoteLabels<'a>,
    read_notes: HashSet<(NoteKind, &'a str)>,
    /// The relationships of the part that is being read.
    relationships: &'a Relationships,
    prose: Prose,
    /// The fields that are open, from the outside in.
    fields: Vec<OpenField>,
    /// Text boxes that wait for the end of the paragraph that they are anchored in.
    boxes: Vec<&'a XmlElement>,
    paragraph: DocxRunDefaults,
    front: TitlePage,
    /// The title and the headings that only their look tells.
    found: FoundByLook<'a>,
    is_in_note: bool,
    is_in_table: bool,
    /// How many empty cells may still be made for cells that span columns.
    spare_cells: usize,
    /// How many paragraphs have begun, in the body.
    paragraphs: u32,
    /// The page that is being read, from 1, where pages are known.
    page: Option<u32>,
    /// Where the first tracked change is, and how many there are.
    changes: Option<(SourceLocation, u32)>,
    /// The kinds of content that are left out and have been said to be.
    left_out: HashSet<&'static str>,
}

/// What runs have from the paragraph that they are in.
#[derive(Debug, Clone, Default)]
struct DocxRunDefaults {
    run: RunProperties,
    /// Whether the paragraph's style is for something, so that its look is not stress.
    has_role: bool,
}

impl<'a> DocxReader<'a> {
    fn new(parts: &'a DocxParts, options: &'a ReadOptions<'a>) -> Self {
        let mut builder = PaperBuilder::new();
        for problem in &parts.problems {
            builder.problem(problem);
        }
        let styles = parts
            .styles
            .as_ref()
            .map(DocxStyles::new)
            .unwrap_or_default();
        read_properties(parts, &styles, builder.metadata_mut());
        DocxReader {
            builder,
            parts,
            options,
            styles,
            numbering: parts
                .numbering
                .as_ref()
                .map(DocxNumbering::new)
                .unwrap_or_default(),
            comments: parts.comments(),
            notes: parts.notes(),
            labels: DocxNoteLabels::new(parts),
            read_notes: HashSet::new(),
            relationships: &parts.document.relationships,
            prose: Prose::default(),
            fields: Vec::new(),
            boxes: Vec::new(),
            paragraph: DocxRunDefaults::default(),
            front: TitlePage::default(),
            found: FoundByLook::default(),
            is_in_note: false,
            is_in_table: false,
            spare_cells: MAX_SPANNED_CELLS,
            paragraphs: 0,
            page: parts.first_page(),
            changes: None,
            left_out: HashSet::new(),
        }
    }

    fn read(mut self) -> Parsed {
        if let Some(page) = self.page {
            self.builder.page_break(&page.to_string());
        }
        self.found = self.by_look();
        let document = &self.parts.document.root;
        for body in document
            .elements()
            .filter(|element| element.name() == "body")
        {
            self.blocks(body);
        }
        self.prose.end(&mut self.builder);
        self.report_changes();
        self.report_uncited();
        self.builder.finish()
    }

    fn count_change(&mut self) {
        let location = self.location();
        self.changes.get_or_insert((location, 0)).1 += 1;
    }

    fn report_changes(&mut self) {
        let Some((location, count)) = self.changes else {
            return;
        };
        self.builder.set_location(location);
        let changes = if count == 1 { "change" } else { "changes" };
        let message = format!("{count} tracked {changes}, shown as accepted, begin here");
        self.builder.problem(&message);
    }

    /// Says once that content of this kind is left out.
    fn report_left_out(&mut self, what: &'static str) {
        if self.left_out.insert(what) {
            self.builder.problem(format!("{what} is left out"));
        }
    }

    fn location(&self) -> SourceLocation {
        SourceLocation::Paragraph(self.paragraphs)
    }

    fn page_break(&mut self) {
        if let Some(page) = self.page.filter(|_| !self.is_in_note) {
            let next = page.saturating_add(1);
            self.page = Some(next);
            self.builder.page_break(&next.to_string());
        }
    }
}
