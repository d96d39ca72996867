//! The chapters of a book in one tree.

use std::collections::{HashMap, HashSet};

use super::navigation::{self, Navigation};
use super::package::{EpubPackage, join};
use super::{Headings, NavigationHeading};
use crate::formats::archive::Archive;
use crate::formats::html::charset;
use crate::formats::html::front::{self, plain};
use crate::formats::html::links::{Links, ids};
use crate::formats::html::names::{heading_level, is_block};
use crate::formats::html::notes::{Act, HtmlNotes};
use crate::formats::html::parse;
use crate::formats::markup::{Element, NodeId, Tree, xml};
use crate::paper::{Metadata, PaperBuilder, ProblemKind};

/// Blocks at a chapter's start that may be its heading.
const MAX_BLOCKS_BEFORE: usize = 6;

/// The chapters of a book, each an element without a name in the root.
pub(super) struct Book {
    pub(super) tree: Tree,
    /// By path, in reading order.
    chapters: Vec<(String, NodeId)>,
    navigation: Navigation,
    contents: Option<String>,
}

impl Book {
    pub(super) fn read(
        archive: &mut Archive<'_>,
        package: &EpubPackage,
        builder: &mut PaperBuilder,
    ) -> Self {
        let mut tree = Tree::new();
        let mut chapters = Vec::new();
        for path in &package.chapters {
            let Some(bytes) = archive.read(path) else {
                builder.problem(format!("the chapter {path} is missing"));
                continue;
            };
            let (text, lost) = charset::decode(&bytes, None);
            if let Some(lost) = lost {
                builder.problem(format!("{path}: {lost}"));
            }
            let node;
            (tree, node) = add_chapter(tree, &text);
            chapters.push((path.clone(), node));
            if tree.is_full() {
                builder.problem(ProblemKind::TooMuchMarkup);
                break;
            }
        }
        let navigation = package.navigation.as_ref();
        let navigation = navigation.map(|path| navigation::read(archive, path));
        Self {
            tree,
            chapters,
            navigation: navigation.unwrap_or_default(),
            contents: package.contents.clone(),
        }
    }

    /// Whether there is no text in it.
    pub(super) fn is_empty(&self) -> bool {
        let tree = &self.tree;
        tree.descendants(Tree::ROOT)
            .all(|node| tree.text(node).is_none_or(|text| text.trim().is_empty()))
    }

    /// Where the links lead within the book.
    pub(super) fn links(&self) -> Links {
        let tree = &self.tree;
        let mut places: HashMap<&str, (usize, NodeId, HashMap<&str, NodeId>)> = HashMap::new();
        for (index, (path, node)) in self.chapters.iter().enumerate() {
            places.insert(path, (index, *node, ids(tree, *node)));
        }
        let by_node: HashMap<NodeId, &str> = self
            .chapters
            .iter()
            .map(|(path, node)| (*node, path.as_str()))
            .collect();
        Links::new(tree, |link, address| {
            if address.contains("://") {
                return None;
            }
            let here = tree
                .ancestors(link)
                .find_map(|node| by_node.get(&node).copied())?;
            let (path, fragment) = join(here, address);
            let (index, chapter, ids) = places.get(path.as_str())?;
            if fragment.is_empty() {
                return Some((*chapter, format!("{index}")));
            }
            let target = ids.get(fragment.as_str()).copied().unwrap_or(*chapter);
            Some((target, format!("{index}-{fragment}")))
        })
    }

    /// What is not shown: navigation, and a title page that says only what opcit's own does.
    pub(super) fn hidden(&self, metadata: &mut Metadata, notes: &HtmlNotes) -> HashSet<NodeId> {
        let tree = &self.tree;
        let mut hidden = HashSet::new();
        let mut is_first = true;
        for (path, chapter) in &self.chapters {
            let is_contents =
                self.contents.as_ref() == Some(path) && !has_notes(tree, *chapter, notes);
            if is_contents {
                hidden.insert(*chapter);
                continue;
            }
            let list = tree
                .descendants(*chapter)
                .filter(|node| tree.name(*node) == "nav");
            hidden.extend(list);
            let repeated = front::repeated(tree, *chapter, &hidden, metadata);
            if front::is_all(tree, *chapter, &hidden, &repeated) {
                hidden.insert(*chapter);
            } else if is_first {
                hidden.extend(repeated);
            }
            is_first &= hidden.contains(chapter);
        }
        hidden
    }

    /// Headings that only the navigation has, for chapters that have none.
    pub(super) fn headings(
        &self,
        title: &str,
        notes: &HtmlNotes,
        hidden: &HashSet<NodeId>,
    ) -> Headings {
        let tree = &self.tree;
        let title = plain(title);
        let mut headings = Headings::new();
        let bare: HashMap<&str, NodeId> = self
            .chapters
            .iter()
            .filter(|(_, chapter)| !hidden.contains(chapter) && is_bare(tree, *chapter, notes))
            .map(|(path, chapter)| (path.as_str(), *chapter))
            .collect();
        let mut all_ids: HashMap<NodeId, HashMap<&str, NodeId>> = HashMap::new();
        for entry in &self.navigation.chapters {
            let Some(chapter) = bare.get(entry.path.as_str()) else {
                continue;
            };
            let ids = all_ids
                .entry(*chapter)
                .or_insert_with(|| ids(tree, *chapter));
            let target = ids
                .get(entry.fragment.as_str())
                .copied()
                .unwrap_or(*chapter);
            let level = u8::try_from(entry.depth + 1).unwrap_or(6).min(6);
            let (node, words) = match block_saying(tree, target, &entry.words) {
                Some(block) => (block, None),
                // What comes before the first chapter is called like the book.
                None if entry.words.is_empty() || plain(&entry.words) == title => continue,
                None => (target, Some(entry.words.clone())),
            };
            headings
                .entry(node)
                .or_insert(NavigationHeading { level, words });
        }
        headings
    }

    /// The pages of the printed edition, by the elements that they begin at.
    pub(super) fn pages(&self) -> HashMap<NodeId, String> {
        let by_path: HashMap<&str, NodeId> = self
            .chapters
            .iter()
            .map(|(path, node)| (path.as_str(), *node))
            .collect();
        let mut all_ids: HashMap<&str, HashMap<&str, NodeId>> = HashMap::new();
        let mut pages = HashMap::new();
        for entry in &self.navigation.pages {
            let Some((path, chapter)) = by_path.get_key_value(entry.path.as_str()) else {
                continue;
            };
            let ids = all_ids
                .entry(path)
                .or_insert_with(|| ids(&self.tree, *chapter));
            let target = if entry.fragment.is_empty() {
                Some(*chapter)
            } else {
                ids.get(entry.fragment.as_str()).copied()
            };
            if let Some(target) = target
                && !entry.words.is_empty()
            {
                pages.entry(target).or_insert_with(|| entry.words.clone());
            }
        }
        pages
    }
}

/// Reads a chapter into the tree: as XML, or as HTML if it is none.
fn add_chapter(mut tree: Tree, text: &str) -> (Tree, NodeId) {
    let node = tree.create(Element::default(), 1);
    tree.append(Tree::ROOT, node);
    if xml::parse_into(&mut tree, node, text).is_ok() && tree.find(node, "body").is_some() {
        return (tree, node);
    }
    tree.detach(node);
    let node = tree.create(Element::default(), 1);
    tree.append(Tree::ROOT, node);
    (parse::parse_into(tree, node, text), node)
}

fn has_notes(tree: &Tree, chapter: NodeId, notes: &HtmlNotes) -> bool {
    tree.descendants(chapter)
        .any(|node| notes.act(node).is_some())
}

/// Whether the chapter has no heading of its own, and is not all notes.
fn is_bare(tree: &Tree, chapter: NodeId, notes: &HtmlNotes) -> bool {
    let mut has_text = false;
    let mut walk = tree.walk(chapter);
    while let Some(step) = walk.next() {
        let crate::formats::markup::WalkEvent::Enter(node) = step else {
            continue;
        };
        if heading_level(tree.name(node)).is_some() {
            return false;
        }
        if tree.name(node) == "head" || matches!(notes.act(node), Some(Act::Note | Act::Skip)) {
            walk.pass_over(node);
            continue;
        }
        has_text |= tree.text(node).is_some_and(|text| !text.trim().is_empty());
    }
    has_text
}

/// The block at the start of the target that has the words of a heading.
fn block_saying(tree: &Tree, target: NodeId, words: &str) -> Option<NodeId> {
    let wanted = plain(words);
    let start = if is_block(tree.name(target)) {
        Some(target)
    } else {
        tree.ancestors(target)
            .find(|node| is_block(tree.name(*node)))
    };
    let blocks = tree
        .descendants(start?)
        .filter(|node| matches!(tree.name(*node), "p" | "div"));
    let mut blocks = blocks.filter(|node| {
        tree.descendants(*node)
            .skip(1)
            .all(|inner| tree.text(inner).is_some() || !is_block(tree.name(inner)))
    });
    blocks
        .by_ref()
        .take(MAX_BLOCKS_BEFORE)
        .find(|node| !wanted.is_empty() && plain(&tree.line_of_text(*node)) == wanted)
}
