//! The notes of an article: `fn` elements, and the `xref` elements that refer to them.

use std::collections::{HashMap, HashSet};

use crate::formats::html::label::{self, number_unless_distinct};
use crate::formats::markup::{NodeId, Tree};

/// The notes of an article.
#[derive(Debug, Default)]
pub(super) struct JatsNotes {
    /// In the order in which the text first refers to them.
    pub(super) list: Vec<JatsNote>,
    /// By `xref`, or by a note that stands where it is referred to: which notes.
    markers: HashMap<NodeId, Vec<usize>>,
    parts: HashSet<NodeId>,
    /// What is referred to by what is not a note.
    targets: HashSet<Box<str>>,
}

/// A note.
#[derive(Debug)]
pub(super) struct JatsNote {
    pub(super) label: String,
    pub(super) node: NodeId,
}

impl JatsNotes {
    pub(super) fn find(tree: &Tree) -> Self {
        let mut notes = Self::default();
        let mut by_id: HashMap<&str, NodeId> = HashMap::new();
        for node in tree
            .descendants(Tree::ROOT)
            .filter(|node| is_note(tree, *node))
        {
            if let Some(id) = tree.attribute(node, "id") {
                by_id.entry(id).or_insert(node);
            }
        }
        let mut indices: HashMap<NodeId, usize> = HashMap::new();
        for node in tree
            .descendants(Tree::ROOT)
            .filter(|node| is_shown(tree, *node))
        {
            match tree.name(node) {
                "xref" => notes.refer(tree, node, &by_id, &mut indices),
                "fn" if is_inline(tree, node) && !indices.contains_key(&node) => {
                    let index = notes.add(tree, node, &mut indices);
                    notes.markers.insert(node, vec![index]);
                }
                _ => {}
            }
        }
        number_unless_distinct(notes.list.iter_mut().map(|note| &mut note.label));
        notes
    }

    /// Which notes the element refers to.
    pub(super) fn marked_at(&self, node: NodeId) -> Option<&[usize]> {
        self.markers.get(&node).map(Vec::as_slice)
    }

    /// Whether the element is a note that is shown as one.
    pub(super) fn is_part(&self, node: NodeId) -> bool {
        self.parts.contains(&node)
    }

    /// Whether a link leads to the id.
    pub(super) fn is_target(&self, id: &str) -> bool {
        self.targets.contains(id)
    }

    fn refer(
        &mut self,
        tree: &Tree,
        xref: NodeId,
        by_id: &HashMap<&str, NodeId>,
        indices: &mut HashMap<NodeId, usize>,
    ) {
        let ids = tree
            .attribute(xref, "rid")
            .unwrap_or_default()
            .split_ascii_whitespace();
        let mut marked = Vec::new();
        for id in ids {
            match by_id.get(id) {
                // A note that is referred to within itself is not referred to there.
                Some(note) if !tree.ancestors(xref).any(|around| around == *note) => {
                    marked.push(self.add(tree, *note, indices));
                }
                _ => {
                    self.targets.insert(id.into());
                }
            }
        }
        if !marked.is_empty() {
            self.markers.insert(xref, marked);
        }
    }

    fn add(&mut self, tree: &Tree, node: NodeId, indices: &mut HashMap<NodeId, usize>) -> usize {
        *indices.entry(node).or_insert_with(|| {
            let label = tree
                .child(node, "label")
                .map(|label| tree.line_of_text(label));
            let label = label.or_else(|| tree.attribute(node, "symbol").map(str::to_owned));
            let label = label.unwrap_or_default();
            let label = label::parse(&label).unwrap_or_default();
            self.parts.insert(node);
            self.list.push(JatsNote { label, node });
            self.list.len() - 1
        })
    }
}

fn is_note(tree: &Tree, node: NodeId) -> bool {
    tree.name(node) == "fn"
        && !tree
            .ancestors(node)
            .any(|around| matches!(tree.name(around), "author-notes" | "contrib-group"))
}

/// Whether the element is told where it stands. Of the front, that is only the abstract: what is
/// marked at the names of authors has no marker in the text.
pub(super) fn is_shown(tree: &Tree, node: NodeId) -> bool {
    let mut around = tree
        .ancestors(node)
        .map(|around| tree.name(around))
        .filter(|name| {
            matches!(
                *name,
                "front" | "front-stub" | "abstract" | "trans-abstract"
            )
        });
    !matches!(around.next(), Some("front" | "front-stub"))
}

/// The notes to the title, which has no markers.
pub(super) fn of_title(tree: &Tree, front: NodeId) -> Vec<NodeId> {
    let Some(group) = tree.find(front, "title-group") else {
        return Vec::new();
    };
    let mut notes = Vec::new();
    for node in tree.descendants(group) {
        if tree.name(node) == "fn" {
            notes.push(node);
        }
        let ids = match tree.name(node) {
            "xref" => tree.attribute(node, "rid").unwrap_or_default(),
            _ => "",
        };
        for id in ids.split_ascii_whitespace() {
            let found = tree
                .descendants(front)
                .find(|node| tree.name(*node) == "fn" && tree.attribute(*node, "id") == Some(id));
            notes.extend(found.filter(|found| !notes.contains(found)));
        }
    }
    notes
}

/// Whether the note stands in the text where its marker would.
fn is_inline(tree: &Tree, node: NodeId) -> bool {
    let Some(parent) = tree.parent(node) else {
        return false;
    };
    is_note(tree, node)
        && !matches!(
            tree.name(parent),
            "fn-group"
                | "table-wrap-foot"
                | "back"
                | "sec"
                | "notes"
                | "boxed-text"
                | "article"
                | "body"
                | "app"
                | "ref-list"
                | ""
        )
}
