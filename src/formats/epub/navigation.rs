//! The navigation of a book: its chapters by name, and the pages of its printed edition.

use super::package::{join, read_xml};
use crate::formats::archive::Archive;
use crate::formats::html::names::has_type;
use crate::formats::markup::{NodeId, Tree, WalkEvent};

/// What the navigation leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NavigationEntry {
    pub(super) words: String,
    /// How many entries it is in.
    pub(super) depth: usize,
    pub(super) path: String,
    pub(super) fragment: String,
}

/// The navigation of a book.
#[derive(Debug, Default)]
pub(super) struct Navigation {
    pub(super) chapters: Vec<NavigationEntry>,
    pub(super) pages: Vec<NavigationEntry>,
}

/// Reads the navigation at the path.
pub(super) fn read(archive: &mut Archive<'_>, path: &str) -> Navigation {
    let Some(tree) = read_xml(archive, path) else {
        return Navigation::default();
    };
    let mut navigation = Navigation::default();
    for node in tree.descendants(Tree::ROOT) {
        match tree.name(node) {
            "nav" if has_type(&tree, node, &["toc"]) => {
                navigation.chapters = entries(&tree, node, path);
            }
            "nav" if has_type(&tree, node, &["page-list", "pagelist"]) => {
                navigation.pages = entries(&tree, node, path);
            }
            "navMap" => navigation.chapters = entries(&tree, node, path),
            "pageList" => navigation.pages = entries(&tree, node, path),
            _ => {}
        }
    }
    navigation
}

/// The entries of a list, of an NCX or of a page.
fn entries(tree: &Tree, from: NodeId, path: &str) -> Vec<NavigationEntry> {
    let mut entries = Vec::new();
    let mut depth = 0_usize;
    let mut words = String::new();
    for step in tree.walk(from) {
        let (node, is_entered) = match step {
            WalkEvent::Enter(node) => (node, true),
            WalkEvent::Leave(node) => (node, false),
        };
        let name = tree.name(node);
        match (name, is_entered) {
            ("navPoint" | "ol", true) => depth += 1,
            ("navPoint" | "ol", false) => depth = depth.saturating_sub(1),
            ("navLabel", true) => words = tree.line_of_text(node),
            ("a" | "content", true) => {
                let address = tree.attribute(node, if name == "a" { "href" } else { "src" });
                let (path, fragment) = join(path, address.unwrap_or_default());
                let words = if name == "a" {
                    tree.line_of_text(node)
                } else {
                    words.clone()
                };
                let depth = depth.saturating_sub(1);
                entries.push(NavigationEntry {
                    words,
                    depth,
                    path,
                    fragment,
                });
            }
            _ => {}
        }
    }
    entries
}
