//! The parts of a DOCX file, found by the relationships between them.

use std::collections::HashMap;

use super::note_labels::NoteKind;
use crate::formats::archive::Archive;
use crate::formats::office::Refusal;
use crate::formats::office::xml::{self, XmlElement};

/// A part that other parts lead to from.
#[derive(Debug, Default)]
pub(super) struct DocxPart {
    pub(super) root: XmlElement,
    pub(super) relationships: Relationships,
}

/// Where a part leads, by the identifiers that it uses.
#[derive(Debug, Default)]
pub(super) struct Relationships {
    by_id: HashMap<String, Relationship>,
}

#[derive(Debug)]
struct Relationship {
    /// The last word of its kind, such as `footnotes`.
    kind: String,
    target: String,
    is_external: bool,
}

/// What a paper is read from.
#[derive(Debug, Default)]
pub(super) struct DocxParts {
    pub(super) document: DocxPart,
    footnotes: Option<DocxPart>,
    endnotes: Option<DocxPart>,
    comments: Option<XmlElement>,
    pub(super) styles: Option<XmlElement>,
    pub(super) numbering: Option<XmlElement>,
    settings: Option<XmlElement>,
    pub(super) core: Option<XmlElement>,
    app: Option<XmlElement>,
    pub(super) custom: Option<XmlElement>,
    pub(super) problems: Vec<String>,
}

/// An archive that is being read, with what was wrong in it.
struct DocxPackage<'a> {
    archive: Archive<'a>,
    problems: Vec<String>,
}

impl DocxParts {
    /// Reads the parts of a file.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let archive = Archive::open(bytes).ok_or(Refusal::NoText)?;
        let mut package = DocxPackage {
            archive,
            problems: Vec::new(),
        };
        let top = package.relationships("");
        let main = top
            .target("officeDocument")
            .unwrap_or_else(|| "word/document.xml".to_owned());
        let document = package.part(&main).ok_or(Refusal::NoText)?;
        let folder = folder(&main);
        let beside = |kind: &str, usual: &str| {
            let named = document.relationships.target_from(kind, folder);
            named.unwrap_or_else(|| join(folder, usual))
        };
        let names = [
            beside("footnotes", "footnotes.xml"),
            beside("endnotes", "endnotes.xml"),
        ];
        let [footnotes, endnotes] = names.map(|name| package.part(&name));
        let mut single = |kind: &str, usual: &str| package.tree(&beside(kind, usual));
        let comments = single("comments", "comments.xml");
        let styles = single("styles", "styles.xml");
        let numbering = single("numbering", "numbering.xml");
        let settings = single("settings", "settings.xml");
        let mut property = |kind: &str, usual: &str| {
            let name = top.target(kind);
            package.tree(&name.unwrap_or_else(|| usual.to_owned()))
        };
        Ok(DocxParts {
            footnotes,
            endnotes,
            comments,
            styles,
            numbering,
            settings,
            core: property("core-properties", "docProps/core.xml"),
            app: property("extended-properties", "docProps/app.xml"),
            custom: property("custom-properties", "docProps/custom.xml"),
            problems: package.problems(),
            document,
        })
    }

    /// The notes by kind and identifier, but for the lines that part them from the text.
    pub(super) fn notes(&self) -> HashMap<(NoteKind, &str), &XmlElement> {
        let footnotes = self
            .footnotes
            .iter()
            .map(|part| (NoteKind::Footnote, &part.root));
        let endnotes = self
            .endnotes
            .iter()
            .map(|part| (NoteKind::Endnote, &part.root));
        footnotes
            .chain(endnotes)
            .flat_map(|(kind, root)| root.elements().map(move |note| (kind, note)))
            .filter(|(_, note)| matches!(note.name(), "footnote" | "endnote"))
            .filter(|(_, note)| matches!(note.attribute("type"), None | Some("normal")))
            .filter_map(|(kind, note)| Some(((kind, note.attribute("id")?), note)))
            .collect()
    }

    /// The relationships of the part that holds notes of this kind.
    pub(super) fn note_relationships(&self, kind: NoteKind) -> &Relationships {
        let part = match kind {
            NoteKind::Footnote => &self.footnotes,
            NoteKind::Endnote => &self.endnotes,
        };
        let part = part.as_ref().unwrap_or(&self.document);
        &part.relationships
    }

    /// The comments by their identifiers.
    pub(super) fn comments(&self) -> HashMap<&str, &XmlElement> {
        let comments = self.comments.iter().flat_map(XmlElement::elements);
        comments
            .filter_map(|comment| Some((comment.attribute("id")?, comment)))
            .collect()
    }

    /// The number of the first note of a kind.
    pub(super) fn first_note(&self, kind: NoteKind) -> u32 {
        let properties = match kind {
            NoteKind::Footnote => "footnotePr",
            NoteKind::Endnote => "endnotePr",
        };
        let start = self
            .settings
            .as_ref()
            .and_then(|settings| settings.child(properties))
            .and_then(|properties| properties.child("numStart"))
            .and_then(|start| start.attribute("val")?.parse().ok());
        start.unwrap_or(1)
    }

    /// The number of the first page, if the pages are known: when Word has noted where each page
    /// began, and as many as it has counted.
    pub(super) fn first_page(&self) -> Option<u32> {
        let pages = self.app.as_ref()?.child("Pages")?.text();
        let pages: u32 = pages.trim().parse().ok()?;
        let mut breaks = 0u32;
        let mut starts = Vec::new();
        let mut queue = vec![&self.document.root];
        while let Some(element) = queue.pop() {
            match element.name() {
                "lastRenderedPageBreak" => breaks = breaks.saturating_add(1),
                "pgNumType" if element.attribute("fmt").is_some_and(|fmt| fmt != "decimal") => {
                    return None;
                }
                "pgNumType" => starts.extend(element.attribute("start")),
                "Fallback" => continue,
                _ => {}
            }
            queue.extend(element.elements());
        }
        let first = match starts.as_slice() {
            [] => 1,
            [start] => start.parse().ok()?,
            _ => return None,
        };
        (pages > 1 && breaks + 1 == pages).then_some(first)
    }
}

impl Relationships {
    fn new(root: &XmlElement) -> Self {
        let by_id = root
            .elements()
            .filter_map(|element| {
                let kind = element.attribute("Type")?;
                let relationship = Relationship {
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    target: element.attribute("Target")?.to_owned(),
                    is_external: element.attribute("TargetMode") == Some("External"),
                };
                Some((element.attribute("Id")?.to_owned(), relationship))
            })
            .collect();
        Relationships { by_id }
    }

    /// What an identifier leads to.
    pub(super) fn address(&self, id: &str) -> Option<&str> {
        let relationship = self.by_id.get(id)?;
        Some(&relationship.target)
    }

    fn target(&self, kind: &str) -> Option<String> {
        self.target_from(kind, "")
    }

    /// The name of the part of this kind, seen from a folder.
    fn target_from(&self, kind: &str, folder: &str) -> Option<String> {
        let mut found: Vec<&Relationship> = self
            .by_id
            .values()
            .filter(|relationship| relationship.kind == kind && !relationship.is_external)
            .collect();
        found.sort_by(|a, b| a.target.cmp(&b.target));
        found
            .first()
            .map(|relationship| join(folder, &relationship.target))
    }
}

impl DocxPackage<'_> {
    /// What was wrong with the parts that were read.
    fn problems(&mut self) -> Vec<String> {
        let faults = self.archive.faults().iter().map(ToString::to_string);
        faults.chain(self.problems.drain(..)).collect()
    }

    fn part(&mut self, name: &str) -> Option<DocxPart> {
        let root = self.tree(name)?;
        let relationships = self.relationships(name);
        Some(DocxPart {
            root,
            relationships,
        })
    }

    fn relationships(&mut self, name: &str) -> Relationships {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let path = join(folder, &format!("_rels/{file}.rels"));
        self.tree(&path)
            .map(|root| Relationships::new(&root))
            .unwrap_or_default()
    }

    fn tree(&mut self, name: &str) -> Option<XmlElement> {
        let bytes = self.archive.read(name)?;
        let (root, fault) = xml::parse(&bytes);
        if let Some(fault) = fault {
            self.problems.push(format!("{name} in the file {fault}"));
        }
        Some(root)
    }
}

fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A name as seen from a folder; one that begins with `/` is seen from the top.
fn join(folder: &str, name: &str) -> String {
    if let Some(name) = name.strip_prefix('/') {
        return name.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
