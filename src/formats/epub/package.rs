//! What a book says of itself: its files in reading order, its navigation, title and authors.

use std::collections::HashMap;

use crate::formats::archive::Archive;
use crate::formats::html::links::decode;
use crate::formats::markup::{NodeId, Tree, xml};
use crate::formats::user_names::is_account;
use crate::paper::Metadata;

/// Ways of hiding fonts, which lock nothing.
const FONT_HIDING: [&str; 2] = [
    "http://www.idpf.org/2008/embedding",
    "http://ns.adobe.com/pdf/enc#RC",
];

/// What a book says of itself.
#[derive(Debug, Default)]
pub(super) struct EpubPackage {
    pub(super) metadata: Metadata,
    /// The paths of the chapters, in reading order; what is outside of it comes last.
    pub(super) chapters: Vec<String>,
    /// The path of the navigation: a page, or an NCX.
    pub(super) navigation: Option<String>,
    /// The path of a page that only lists the contents.
    pub(super) contents: Option<String>,
}

/// Whether the text of the book is encrypted.
pub(super) fn is_locked(archive: &mut Archive<'_>) -> bool {
    let Some(tree) = read_xml(archive, "META-INF/encryption.xml") else {
        return false;
    };
    let mut locked = tree
        .descendants(Tree::ROOT)
        .filter(|node| tree.name(*node) == "EncryptedData")
        .filter(|data| {
            let method = tree.find(*data, "EncryptionMethod");
            let method = method.and_then(|method| tree.attribute(method, "Algorithm"));
            method.is_none_or(|method| !FONT_HIDING.contains(&method))
        });
    locked.any(|data| {
        let reference = tree.find(data, "CipherReference");
        let path = reference
            .and_then(|reference| tree.attribute(reference, "URI"))
            .unwrap_or_default();
        let path = path.to_ascii_lowercase();
        [".html", ".xhtml", ".htm", ".xml"]
            .iter()
            .any(|end| path.ends_with(end))
            || path.is_empty()
    })
}

pub(super) fn read_xml(archive: &mut Archive<'_>, path: &str) -> Option<Tree> {
    let bytes = archive.read(path)?;
    let (text, _) = crate::formats::html::charset::decode(&bytes, None);
    let mut tree = Tree::new();
    // What comes after a fault is lost.
    let _ = xml::parse_into(&mut tree, Tree::ROOT, &text);
    Some(tree)
}

/// Reads what the book says of itself. Where that is missing, its pages are taken by name.
pub(super) fn read(archive: &mut Archive<'_>) -> EpubPackage {
    let path = package_path(archive);
    let Some((path, tree)) = path.and_then(|path| Some((path.clone(), read_xml(archive, &path)?)))
    else {
        return by_name(archive);
    };
    let mut package = EpubPackage {
        metadata: metadata(&tree),
        ..EpubPackage::default()
    };
    let manifest = Manifest::new(&tree, &path);
    manifest.fill(&tree, &mut package);
    if let Some(guide) = tree.find(Tree::ROOT, "guide") {
        let contents = tree
            .children(guide)
            .find(|node| tree.attribute(*node, "type") == Some("toc"));
        let address = contents.and_then(|node| tree.attribute(node, "href"));
        package.contents = address.map(|address| join(&path, address).0);
    }
    if package.chapters.is_empty() {
        package.chapters = by_name(archive).chapters;
    }
    package
}

fn package_path(archive: &mut Archive<'_>) -> Option<String> {
    let container = read_xml(archive, "META-INF/container.xml");
    let named = container.and_then(|tree| {
        let file = tree.find(Tree::ROOT, "rootfile")?;
        tree.attribute(file, "full-path").map(decode)
    });
    named.or_else(|| {
        archive
            .names()
            .find(|name| name.ends_with(".opf"))
            .map(str::to_owned)
    })
}

fn by_name(archive: &Archive<'_>) -> EpubPackage {
    let names = archive.names().filter(|name| is_page(name));
    let mut chapters: Vec<String> = names.map(str::to_owned).collect();
    chapters.sort();
    EpubPackage {
        chapters,
        ..EpubPackage::default()
    }
}

fn is_page(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".xhtml", ".html", ".htm"]
        .iter()
        .any(|end| name.ends_with(end))
}

/// The files of the book.
struct Manifest<'a> {
    /// By id, the path, and the properties.
    files: HashMap<&'a str, (String, &'a str)>,
    ncx: Option<String>,
}

impl<'a> Manifest<'a> {
    fn new(tree: &'a Tree, path: &str) -> Self {
        let mut manifest = Self {
            files: HashMap::new(),
            ncx: None,
        };
        for item in tree
            .descendants(Tree::ROOT)
            .filter(|node| tree.name(*node) == "item")
        {
            let get = |name| tree.attribute(item, name).unwrap_or_default();
            let (file, _) = join(path, get("href"));
            let kind = get("media-type");
            if kind == "application/x-dtbncx+xml" {
                manifest.ncx = Some(file);
            } else if kind.contains("html") || kind.contains("dtbook") || is_page(&file) {
                manifest.files.insert(get("id"), (file, get("properties")));
            }
        }
        manifest
    }

    fn fill(self, tree: &Tree, package: &mut EpubPackage) {
        let mut outside = Vec::new();
        for item in tree
            .descendants(Tree::ROOT)
            .filter(|node| tree.name(*node) == "itemref")
        {
            let Some((path, _)) = tree
                .attribute(item, "idref")
                .and_then(|id| self.files.get(id))
            else {
                continue;
            };
            if package.chapters.contains(path) || outside.contains(path) {
                continue;
            }
            let is_outside = tree.attribute(item, "linear") == Some("no");
            let list = if is_outside {
                &mut outside
            } else {
                &mut package.chapters
            };
            list.push(path.clone());
        }
        package.chapters.append(&mut outside);
        let mut files = self.files.into_values();
        let page = files.find(|(_, properties)| {
            properties
                .split_ascii_whitespace()
                .any(|word| word == "nav")
        });
        package.navigation = page.map(|(path, _)| path).or(self.ncx);
    }
}

fn metadata(tree: &Tree) -> Metadata {
    let all = |name: &str| -> Vec<(NodeId, String)> {
        let nodes = tree
            .descendants(Tree::ROOT)
            .filter(|node| tree.name(*node) == name);
        let texts = nodes.map(|node| (node, tree.line_of_text(node)));
        texts.filter(|(_, text)| !text.is_empty()).collect()
    };
    let first = |name: &str| {
        all(name)
            .into_iter()
            .next()
            .map(|(_, text)| text)
            .unwrap_or_default()
    };
    let refined = |node: NodeId, property: &str| {
        let id = tree.attribute(node, "id")?;
        let mut metas = tree
            .descendants(Tree::ROOT)
            .filter(|node| tree.name(*node) == "meta");
        let meta = metas.find(|meta| {
            tree.attribute(*meta, "refines")
                .is_some_and(|refines| refines.trim_start_matches('#') == id)
                && tree.attribute(*meta, "property") == Some(property)
        })?;
        Some(tree.line_of_text(meta))
    };
    let titles = all("title");
    let of_type = |kind: &str| {
        let mut titles = titles.iter();
        let found = titles.find(|(node, _)| refined(*node, "title-type").as_deref() == Some(kind));
        found.map(|(_, text)| text.clone())
    };
    let is_author = |node: NodeId| {
        let role = tree
            .attribute(node, "opf:role")
            .map(str::to_owned)
            .or_else(|| refined(node, "role"));
        role.is_none_or(|role| matches!(role.as_str(), "aut" | "" | "cre"))
    };
    let mut creators = all("creator");
    creators.retain(|(_, name)| !is_account(name));
    let named = |(_, text): &(NodeId, String)| -> Vec<String> {
        let names = text.split(';').map(|name| name.trim().to_owned());
        names.filter(|name| !name.is_empty()).collect()
    };
    let authors: Vec<String> = creators
        .iter()
        .filter(|(node, _)| is_author(*node))
        .flat_map(named)
        .collect();
    let everyone = creators.iter().flat_map(named);
    let title = of_type("main").or_else(|| titles.first().map(|(_, text)| text.clone()));
    let date = first("date");
    Metadata {
        title: title.unwrap_or_default(),
        subtitle: of_type("subtitle").unwrap_or_default(),
        authors: if authors.is_empty() {
            everyone.collect()
        } else {
            authors
        },
        date: date
            .split_once('T')
            .map_or(date.clone(), |(day, _)| day.to_owned()),
        publisher: first("publisher"),
        keywords: all("subject").into_iter().map(|(_, text)| text).collect(),
        language: first("language"),
        licence: first("rights"),
        ..Metadata::default()
    }
}

/// The path and the fragment that an address means in the file of a path.
pub(super) fn join(path: &str, address: &str) -> (String, String) {
    let (file, fragment) = address.split_once('#').unwrap_or((address, ""));
    let fragment = decode(fragment);
    if file.is_empty() {
        return (path.to_owned(), fragment);
    }
    let file = decode(file);
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let whole = if let Some(rest) = file.strip_prefix('/') {
        rest.to_owned()
    } else {
        format!("{folder}/{file}")
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    (parts.join("/"), fragment)
}
