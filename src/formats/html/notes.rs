//! Which links of a page are markers of notes, and what the notes are.
//!
//! Pages have no element for a note: a marker is a link like any other, and a note a paragraph, an
//! item or a box further down. A link is taken for a marker where its maker says so, or where it
//! reads like a label and what it leads to answers it. A link that only leads down stays a link.

mod extent;
mod leftovers;
mod lines;
mod reference;
mod trim;

use std::collections::HashMap;

use super::label::number_unless_distinct;
use super::links::Links;
use crate::formats::markup::{DocumentOrder, NodeId, Tree};
use reference::Reference;

/// The notes of a page and what is to become of the elements around them.
#[derive(Debug, Default)]
pub(crate) struct HtmlNotes {
    /// In the order in which the text first refers to them.
    pub(crate) list: Vec<HtmlNote>,
    acts: HashMap<NodeId, Act>,
    /// Bytes to leave out at the start and at the end of a text.
    cuts: HashMap<NodeId, (usize, usize)>,
}

/// A note.
#[derive(Debug)]
pub(crate) struct HtmlNote {
    /// Unlike that of any other note of the page.
    pub(crate) label: String,
    /// What it is made of: neighbours, in order.
    pub(crate) parts: Vec<NodeId>,
}

/// What is to become of an element that has to do with a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// In its place stands the marker of the note with this index.
    Cite(usize),
    /// The marker stands after it.
    CiteAfter(usize),
    /// It is part of a note, and shown there.
    Note,
    /// It is not shown.
    Skip,
}

impl HtmlNotes {
    /// Finds the notes of a page.
    pub(crate) fn find(tree: &Tree, order: &DocumentOrder, links: &Links) -> Self {
        let page = HtmlPage { tree, order, links };
        let mut references = reference::find(&page);
        let mut notes = Self::default();
        extent::measure(&page, &mut references, &mut notes);
        reference::mark(&page, &references, &mut notes);
        trim::trim(&page, &references, &mut notes);
        super::sidenotes::find(&page, &mut notes);
        leftovers::drop(&page, &mut notes);
        notes.sort(&page);
        number_unless_distinct(notes.list.iter_mut().map(|note| &mut note.label));
        notes
    }

    /// What is to become of the node; nothing special if nothing is said.
    pub(crate) fn act(&self, node: NodeId) -> Option<Act> {
        self.acts.get(&node).copied()
    }

    /// The text of a text node, without what is cut off.
    pub(crate) fn text<'t>(&self, node: NodeId, text: &'t str) -> &'t str {
        let Some((head, tail)) = self.cuts.get(&node) else {
            return text;
        };
        text.get(*head..text.len().saturating_sub(*tail))
            .unwrap_or_default()
    }

    pub(super) fn set(&mut self, node: NodeId, act: Act) {
        self.acts.insert(node, act);
    }

    /// Puts the notes into the order of their first markers.
    fn sort(&mut self, page: &HtmlPage<'_>) {
        let mut first = vec![u32::MAX; self.list.len()];
        for (node, act) in &self.acts {
            if let Act::Cite(note) | Act::CiteAfter(note) = act
                && let Some(first) = first.get_mut(*note)
            {
                *first = (*first).min(page.order.range(*node).start);
            }
        }
        let mut places: Vec<usize> = (0..self.list.len()).collect();
        places.sort_by_key(|place| first.get(*place).copied());
        let mut new_places = vec![0; places.len()];
        for (new, old) in places.iter().enumerate() {
            if let Some(place) = new_places.get_mut(*old) {
                *place = new;
            }
        }
        for act in self.acts.values_mut() {
            if let Act::Cite(note) | Act::CiteAfter(note) = act {
                *note = new_places.get(*note).copied().unwrap_or(*note);
            }
        }
        let mut list: Vec<Option<HtmlNote>> = self.list.drain(..).map(Some).collect();
        let sorted = places.iter().filter_map(|old| list.get_mut(*old)?.take());
        self.list = sorted.collect();
    }
}

/// What is known of a page when its notes are looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct HtmlPage<'a> {
    pub(super) tree: &'a Tree,
    pub(super) order: &'a DocumentOrder,
    pub(super) links: &'a Links,
}

impl HtmlPage<'_> {
    /// The innermost element that begins a line of its own, the node included.
    fn block_of(&self, node: NodeId) -> NodeId {
        if self.is_block(node) {
            return node;
        }
        let mut ancestors = self.tree.ancestors(node);
        ancestors
            .find(|ancestor| self.is_block(*ancestor))
            .unwrap_or(Tree::ROOT)
    }

    fn is_block(&self, node: NodeId) -> bool {
        self.tree.element(node).is_some() && super::names::is_block(self.tree.name(node))
    }

    /// Whether nothing of the node is to be seen.
    pub(super) fn is_blank(&self, node: NodeId) -> bool {
        self.tree.descendants(node).all(|node| {
            let text = self.tree.text(node).unwrap_or_default();
            text.trim().is_empty() && !matches!(self.tree.name(node), "img" | "math" | "svg")
        })
    }

    /// The links that begin in the node.
    fn links_in(&self, node: NodeId) -> impl Iterator<Item = super::links::FragmentLink> + '_ {
        let range = self.order.range(node);
        let list = &self.links.list;
        let start = |link: &super::links::FragmentLink| self.order.range(link.node).start;
        let from = list.partition_point(|link| start(link) < range.start);
        let list = list.get(from..).unwrap_or_default();
        list.iter()
            .take_while(move |link| start(link) < range.end)
            .copied()
    }
}
