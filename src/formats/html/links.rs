//! Where the links of a page, or of the many pages of a book, lead within it.

use std::collections::{HashMap, HashSet};

use super::label;
use super::names::is_note_id;
use super::unlinked;
use crate::formats::markup::{NodeId, Tree};

/// A link to a place in the same text, or a raised number that calls a note there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FragmentLink {
    /// The `a` element, or the `sup`.
    pub(crate) node: NodeId,
    pub(crate) target: NodeId,
}

/// All links within a text, in the order of the source.
#[derive(Debug, Default)]
pub(crate) struct Links {
    pub(crate) list: Vec<FragmentLink>,
    targets: HashMap<NodeId, NodeId>,
    /// What each element that is led to is called.
    names: HashMap<NodeId, String>,
    /// Links that lead nowhere, and raised numbers, where the text has a paragraph for each.
    answered: HashSet<NodeId>,
}

impl Links {
    /// Of a tree, by what finds the element that an address in the given link leads to, and what
    /// that is called.
    pub(crate) fn new(
        tree: &Tree,
        mut resolve: impl FnMut(NodeId, &str) -> Option<(NodeId, String)>,
    ) -> Self {
        let mut links = Self::default();
        for node in tree.descendants(Tree::ROOT) {
            if tree.name(node) != "a" {
                continue;
            }
            let Some((target, name)) = tree
                .attribute(node, "href")
                .and_then(|address| resolve(node, address))
            else {
                continue;
            };
            links.list.push(FragmentLink { node, target });
            links.targets.insert(node, target);
            links.names.entry(target).or_insert(name);
        }
        links
    }

    /// Of a single page that was found at the given addresses.
    pub(crate) fn within(tree: &Tree, addresses: &[String]) -> Self {
        let ids = ids(tree, Tree::ROOT);
        let mut links = Self::new(tree, |_, address| {
            let (page, fragment) = address.split_once('#')?;
            let id = decode(fragment);
            let target = ids.get(fragment).or_else(|| ids.get(&*id)).copied()?;
            let is_own = page.is_empty()
                || addresses.iter().any(|own| is_same_page(own, page))
                // A page saved from elsewhere keeps the address that it had there.
                || is_note_id(&id);
            is_own.then_some((target, id))
        });
        links.answer(tree);
        links.answer_raised(tree);
        links
    }

    /// Leads raised numbers that are no links to the notes with those numbers.
    fn answer_raised(&mut self, tree: &Tree) {
        let found = unlinked::find(tree, |node| self.targets.contains_key(&node));
        if found.is_empty() {
            return;
        }
        for (node, target) in found {
            self.list.push(FragmentLink { node, target });
            self.answered.insert(node);
        }
        self.put_in_order(tree);
    }

    /// Has the links in the order of the source again.
    fn put_in_order(&mut self, tree: &Tree) {
        let order: HashMap<NodeId, usize> = tree
            .descendants(Tree::ROOT)
            .enumerate()
            .map(|(at, node)| (node, at))
            .collect();
        self.list.sort_by_key(|link| order.get(&link.node).copied());
    }

    /// Leads links to notes that a page no longer has names for, as `[12]` with the address
    /// `#_ftn12`, to the paragraphs that begin with their numbers: all of them, counting from 1,
    /// after the last link, or none.
    fn answer(&mut self, tree: &Tree) {
        let mut lost: Vec<(NodeId, usize)> = Vec::new();
        let mut paragraphs: Vec<NodeId> = Vec::new();
        for node in tree.descendants(Tree::ROOT) {
            match tree.name(node) {
                "a" if !self.targets.contains_key(&node) => {
                    let id = tree
                        .attribute(node, "href")
                        .and_then(|to| to.split_once('#'));
                    let is_note = id.is_some_and(|(page, id)| page.is_empty() && is_note_id(id));
                    let number = || label::parse(&tree.line_of_text(node))?.parse().ok();
                    if let Some(number) = is_note.then(number).flatten() {
                        lost.push((node, number));
                        paragraphs.clear();
                    }
                }
                "p" => paragraphs.push(node),
                _ => {}
            }
        }
        let are_counted = lost
            .iter()
            .zip(1..)
            .all(|((_, number), next)| *number == next);
        if lost.is_empty() || !are_counted {
            return;
        }
        let mut notes: Vec<NodeId> = Vec::new();
        for paragraph in paragraphs {
            let next = format!("[{}]", notes.len() + 1);
            if tree.line_of_text(paragraph).trim_start().starts_with(&next) {
                notes.push(paragraph);
            }
        }
        if notes.len() != lost.len() {
            return;
        }
        for ((node, number), target) in lost.into_iter().zip(notes) {
            self.list.push(FragmentLink { node, target });
            self.targets.insert(node, target);
            self.names.insert(target, format!("note-{number}"));
            self.answered.insert(node);
        }
        self.put_in_order(tree);
    }

    /// Whether the link leads to a paragraph that begins with its number, and to no name.
    pub(crate) fn is_answered(&self, link: NodeId) -> bool {
        self.answered.contains(&link)
    }

    /// Where the link leads.
    pub(crate) fn target(&self, link: NodeId) -> Option<NodeId> {
        self.targets.get(&link).copied()
    }

    /// What the element is called, if links lead to it.
    pub(crate) fn name(&self, target: NodeId) -> Option<&str> {
        self.names.get(&target).map(String::as_str)
    }
}

/// The first element in the node with each `id`, and each `a` with a `name`.
pub(crate) fn ids(tree: &Tree, from: NodeId) -> HashMap<&str, NodeId> {
    let mut ids = HashMap::new();
    for node in tree.descendants(from) {
        let Some(element) = tree.element(node) else {
            continue;
        };
        let name = (&*element.name == "a").then(|| element.attribute("name"));
        for id in element.attribute("id").into_iter().chain(name.flatten()) {
            ids.entry(id).or_insert(node);
        }
    }
    ids
}

fn is_same_page(one: &str, other: &str) -> bool {
    let bare = |address: &str| {
        let address = address.split(['#', '?']).next().unwrap_or_default();
        let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
        rest.trim_end_matches('/').to_owned()
    };
    let (one, other) = (bare(one), bare(other));
    one == other || !other.contains('/') && one.rsplit('/').next() == Some(&*other)
}

/// Takes the percent signs off an address, or leaves it as it is if that gives no text.
pub(crate) fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let digit = |at: usize| tail.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
                rest = tail.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
