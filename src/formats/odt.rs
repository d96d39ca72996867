//! Reading ODT, the text documents of LibreOffice, also as one flat XML file.
//!
//! Names are read without their prefixes. A note stands in the text where it is cited.

mod blocks;
mod formula;
mod inlines;
mod lists;
mod look;
mod notes;
mod styles;
mod table;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use super::ReadOptions;
use super::archive::Archive;
use super::office::Refusal;
use super::office::by_look::FoundByLook;
use super::office::front::{TitlePage, set_property};
use super::office::prose::Prose;
use super::office::xml::{self, XmlElement};
use crate::paper::{PaperBuilder, Parsed, SourceLocation};
use lists::Lists;
use notes::OdtNoteLabels;
use styles::{OdtStyles, TextStyle};

/// So many columns and rows a paper's cells may span or repeat, besides one each.
const MAX_SPANNED_CELLS: usize = 100_000;

/// Reads an ODT file.
pub(crate) fn read(bytes: &[u8], options: &ReadOptions<'_>) -> Result<Parsed, Refusal> {
    let parts = OdtParts::read(bytes)?;
    Ok(OdtReader::new(&parts, options).read())
}

/// What a paper is read from. In a flat file all are the same.
#[derive(Debug, Default)]
struct OdtParts {
    content: XmlElement,
    styles: Option<XmlElement>,
    meta: Option<XmlElement>,
    /// Equations, by the folders that they are in.
    formulas: HashMap<String, XmlElement>,
    problems: Vec<String>,
}

impl OdtParts {
    fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        if !bytes.starts_with(b"PK") {
            let (content, fault) = xml::parse(bytes);
            let problems = fault.map(|fault| format!("the file {fault}"));
            return Ok(OdtParts {
                content,
                problems: problems.into_iter().collect(),
                ..OdtParts::default()
            });
        }
        let mut archive = Archive::open(bytes).ok_or(Refusal::NoText)?;
        let mut problems = Vec::new();
        let mut part = |name: &str| {
            let (root, fault) = xml::parse(&archive.read(name)?);
            problems.extend(fault.map(|fault| format!("{name} in the file {fault}")));
            Some(root)
        };
        let manifest = part("META-INF/manifest.xml");
        if manifest.is_some_and(|manifest| is_encrypted(&manifest)) {
            return Err(Refusal::Encrypted);
        }
        let content = part("content.xml");
        let (styles, meta) = (part("styles.xml"), part("meta.xml"));
        let content = content.ok_or(Refusal::NoText)?;
        let folders = objects(&content);
        let formulas = folders.filter_map(|folder| {
            let root = part(&format!("{folder}/content.xml"))?;
            (root.name() == "math").then(|| (folder.to_owned(), root))
        });
        let formulas = formulas.collect();
        problems.extend(archive.faults().iter().map(ToString::to_string));
        Ok(OdtParts {
            formulas,
            content,
            styles,
            meta,
            problems,
        })
    }

    /// The elements of this name, in any part.
    fn groups<'a>(&'a self, names: &'a [&'a str]) -> impl Iterator<Item = &'a XmlElement> {
        let roots = self.styles.iter().chain([&self.content]);
        roots
            .flat_map(XmlElement::elements)
            .filter(|element| names.contains(&element.name()))
    }
}

/// Walks through a text, and tells a builder what it finds.
struct OdtReader<'a> {
    builder: PaperBuilder,
    parts: &'a OdtParts,
    options: &'a ReadOptions<'a>,
    styles: OdtStyles,
    lists: Lists,
    labels: OdtNoteLabels<'a>,
    prose: Prose,
    /// What runs have from the paragraph that they are in.
    paragraph: OdtRunDefaults,
    /// The lists that are open, from the outside in.
    open_lists: Vec<OdtOpenList>,
    /// Text boxes that wait for the end of the paragraph that they are anchored in.
    boxes: Vec<&'a XmlElement>,
    front: TitlePage,
    /// The title and the headings that only their look tells.
    found: FoundByLook<'a>,
    is_in_note: bool,
    is_in_table: bool,
    spare_cells: usize,
    /// How many paragraphs have begun, in the body.
    paragraphs: u32,
    /// The page that is being read, from 1, where pages are known.
    page: Option<u32>,
    /// How many lists have begun.
    lists_begun: u32,
}

/// What runs have from the paragraph that they are in.
#[derive(Debug, Clone, Copy, Default)]
struct OdtRunDefaults {
    text: TextStyle,
    /// Whether the paragraph's style is for something, so that its look is not stress.
    has_role: bool,
}

/// A list that is open.
#[derive(Debug)]
struct OdtOpenList {
    style: String,
    /// Which list of the document it is.
    list: u32,
    /// The item that is being read, so long as it has no paragraph.
    item: Option<OdtListItem>,
}

/// The beginning of an item.
#[derive(Debug, Clone, Copy)]
struct OdtListItem {
    start: Option<u32>,
    /// Whether the item shows no label.
    is_header: bool,
}

impl<'a> OdtReader<'a> {
    fn new(parts: &'a OdtParts, options: &'a ReadOptions<'a>) -> Self {
        let mut builder = PaperBuilder::new();
        for problem in &parts.problems {
            builder.problem(problem);
        }
        read_properties(parts, builder.metadata_mut());
        let groups = ["styles", "automatic-styles"];
        OdtReader {
            builder,
            parts,
            options,
            styles: OdtStyles::new(parts.groups(&groups)),
            lists: Lists::new(parts.groups(&groups)),
            labels: OdtNoteLabels::new(&parts.content),
            prose: Prose::default(),
            paragraph: OdtRunDefaults::default(),
            open_lists: Vec::new(),
            boxes: Vec::new(),
            front: TitlePage::default(),
            found: FoundByLook::default(),
            is_in_note: false,
            is_in_table: false,
            spare_cells: MAX_SPANNED_CELLS,
            paragraphs: 0,
            page: pages(parts),
            lists_begun: 0,
        }
    }

    fn read(mut self) -> Parsed {
        if let Some(page) = self.page {
            self.builder.page_break(&page.to_string());
        }
        self.found = self.by_look();
        let content = &self.parts.content;
        let bodies = content.elements().filter(|body| body.name() == "body");
        for text in bodies.flat_map(XmlElement::elements) {
            self.blocks(text);
        }
        self.prose.end(&mut self.builder);
        self.builder.finish()
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

/// The folders of the objects that are set into a text.
fn objects(content: &XmlElement) -> impl Iterator<Item = &str> {
    /// So many objects are looked at.
    const MAX_OBJECTS: usize = 2000;
    let mut queue = vec![content];
    let objects = std::iter::from_fn(move || {
        loop {
            let element = queue.pop()?;
            queue.extend(element.elements());
            if element.name() == "object" {
                return Some(element);
            }
        }
    });
    objects
        .filter_map(|object| object.attribute("href"))
        .map(folder)
        .take(MAX_OBJECTS)
}

/// The name of a folder as parts of the file have it.
fn folder(address: &str) -> &str {
    address.trim_start_matches("./").trim_end_matches('/')
}

/// Whether the text can only be read with a password.
fn is_encrypted(manifest: &XmlElement) -> bool {
    manifest
        .elements()
        .filter(|entry| entry.attribute("full-path") == Some("content.xml"))
        .any(|entry| entry.child("encryption-data").is_some())
}

fn read_properties(parts: &OdtParts, metadata: &mut crate::paper::Metadata) {
    let roots = parts.meta.iter().chain([&parts.content]);
    let properties = roots
        .flat_map(XmlElement::elements)
        .filter(|element| element.name() == "meta")
        .flat_map(XmlElement::elements);
    let mut keywords = Vec::new();
    for property in properties {
        let text = property.text();
        match property.name() {
            "initial-creator" => set_property(metadata, "creator", &text),
            "creator" if metadata.authors.is_empty() => set_property(metadata, "creator", &text),
            "title" | "language" => set_property(metadata, property.name(), &text),
            "keyword" if !text.trim().is_empty() => keywords.push(text.trim().to_owned()),
            "user-defined" => {
                let name = property.attribute("name").unwrap_or_default();
                if !matches!(name, "title" | "creator" | "language") {
                    set_property(metadata, name, &text);
                }
            }
            _ => {}
        }
    }
    if let [all] = keywords.as_slice() {
        set_property(metadata, "keywords", all);
    } else if !keywords.is_empty() {
        metadata.keywords = keywords;
    }
}

/// The number of the first page, if the pages are known: when the file says where each page
/// began, and as many as it says there are.
fn pages(parts: &OdtParts) -> Option<u32> {
    let roots = parts.meta.iter().chain([&parts.content]);
    let statistic = roots
        .flat_map(XmlElement::elements)
        .filter(|element| element.name() == "meta")
        .find_map(|meta| meta.child("document-statistic"))?;
    let pages: u32 = statistic.attribute("page-count")?.parse().ok()?;
    let mut breaks = 0u32;
    let mut queue = vec![&parts.content];
    while let Some(element) = queue.pop() {
        if element.name() == "soft-page-break" {
            breaks = breaks.saturating_add(1);
        }
        queue.extend(element.elements());
    }
    (pages > 1 && breaks + 1 == pages).then_some(1)
}
