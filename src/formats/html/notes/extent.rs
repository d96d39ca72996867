//! From where to where a note goes.

use std::collections::{HashMap, HashSet};

use super::{Act, HtmlNote, HtmlNotes, HtmlPage, Reference, lines};
use crate::formats::html::names::{heading_level, is_note};
use crate::formats::markup::NodeId;

/// Makes a note of each block that markers lead to, as far as it goes.
pub(super) fn measure(page: &HtmlPage<'_>, references: &mut [Reference], notes: &mut HtmlNotes) {
    let blocks = NotePositions::new(page, references);
    let mut lines = lines::split(page, references);
    let mut by_place: HashMap<NodeId, usize> = HashMap::new();
    // A note has a block of its own, or only lines of one.
    let mut tops: Vec<Result<NodeId, Vec<NodeId>>> = Vec::new();
    for reference in references.iter_mut() {
        let own_lines = lines.remove(&reference.target);
        let place = match &own_lines {
            Some(_) => reference.target,
            None if by_place.contains_key(&reference.target) => reference.target,
            None => reference.block,
        };
        reference.note = *by_place.entry(place).or_insert_with(|| {
            tops.push(own_lines.map_or_else(|| Ok(blocks.grown(reference.block)), Err));
            tops.len() - 1
        });
        let label = reference.label.clone();
        if reference.note == notes.list.len() {
            let parts = Vec::new();
            notes.list.push(HtmlNote { label, parts });
        } else if let Some(note) = notes.list.get_mut(reference.note)
            && note.label.is_empty()
        {
            note.label = label;
        }
    }
    let whole: Vec<NodeId> = tops.iter().flatten().copied().collect();
    let followers = Followers::new(&blocks, &whole);
    for (note, top) in notes.list.iter_mut().zip(&tops) {
        let top = match top {
            Ok(top) => top,
            Err(lines) => {
                note.parts.clone_from(lines);
                continue;
            }
        };
        note.parts.extend(followers.after(*top));
        if heading_level(page.tree.name(*top)).is_some() && !note.parts.is_empty() {
            // The heading is only the label.
            notes.acts.insert(*top, Act::Skip);
        } else {
            note.parts.insert(0, *top);
        }
    }
    for part in notes.list.iter().flat_map(|note| &note.parts) {
        notes.acts.insert(*part, Act::Note);
    }
}

/// Where notes and markers are.
struct NotePositions<'a> {
    page: &'a HtmlPage<'a>,
    /// When a walk enters each block that is a note, in order.
    notes: Vec<u32>,
    /// When it enters each marker, in order.
    markers: Vec<u32>,
}

impl<'a> NotePositions<'a> {
    fn new(page: &'a HtmlPage<'a>, references: &[Reference]) -> Self {
        let start = |node| page.order.range(node).start;
        let mut notes: Vec<u32> = references.iter().map(|one| start(one.block)).collect();
        notes.sort_unstable();
        notes.dedup();
        let markers = references.iter().map(|one| start(one.link)).collect();
        Self {
            page,
            notes,
            markers,
        }
    }

    fn notes_in(&self, node: NodeId) -> usize {
        count_in(&self.notes, self.page.order.range(node))
    }

    fn markers_in(&self, node: NodeId) -> usize {
        count_in(&self.markers, self.page.order.range(node))
    }

    /// The outermost element that holds this note and nothing else.
    fn grown(&self, block: NodeId) -> NodeId {
        let tree = self.page.tree;
        let mut top = block;
        while !matches!(tree.name(top), "li" | "dd" | "dt" | "aside" | "table") {
            let Some(around) = tree.parent(top) else {
                break;
            };
            if !self.is_wrapper(around, top) {
                break;
            }
            top = around;
        }
        top
    }

    fn is_wrapper(&self, around: NodeId, top: NodeId) -> bool {
        let tree = self.page.tree;
        let name = tree.name(around);
        let is_cell = matches!(name, "td" | "th" | "tr" | "tbody" | "table");
        if !matches!(
            name,
            "div" | "aside" | "section" | "li" | "dd" | "blockquote"
        ) && !is_cell
        {
            return false;
        }
        if self.notes_in(around) > 1 || self.markers_in(around) > self.markers_in(top) {
            return false;
        }
        let is_first = tree
            .children(around)
            .take_while(|child| *child != top)
            .all(|child| self.page.is_blank(child) && tree.name(child) != "hr");
        // In a table the label has a cell of its own.
        let is_first = is_first || name == "tr";
        let has_other = tree.children(around).any(|child| {
            child != top && (heading_level(tree.name(child)).is_some() || tree.name(child) == "hr")
        });
        is_first
            && !has_other
            && (matches!(name, "li" | "dd" | "aside" | "td" | "tr" | "th")
                || is_note(tree, around)
                || self.has_note_beside(around))
    }

    /// Whether a neighbour of the element holds one note, so that each has its own element.
    fn has_note_beside(&self, node: NodeId) -> bool {
        let tree = self.page.tree;
        let is_element =
            |node: &NodeId| tree.element(*node).is_some() && !self.page.is_blank(*node);
        let before = std::iter::successors(tree.previous(node), |node| tree.previous(*node));
        let after = std::iter::successors(tree.next(node), |node| tree.next(*node));
        let beside = before.take(8).find(is_element).into_iter();
        let mut beside = beside.chain(after.take(8).find(is_element));
        beside.any(|other| tree.name(other) == tree.name(node) && self.notes_in(other) == 1)
    }
}

fn count_in(sorted: &[u32], range: std::ops::Range<u32>) -> usize {
    let before = sorted.partition_point(|at| *at < range.start);
    sorted.partition_point(|at| *at < range.end) - before
}

/// What follows notes and belongs to them: blocks up to the next note.
#[derive(Default)]
struct Followers {
    by_top: HashMap<NodeId, Vec<NodeId>>,
    followers: HashSet<NodeId>,
}

impl Followers {
    fn new(blocks: &NotePositions<'_>, tops: &[NodeId]) -> Self {
        let mut followers = Self::default();
        let tree = blocks.page.tree;
        let all: HashSet<NodeId> = tops.iter().copied().collect();
        let mut parents: HashMap<NodeId, Vec<NodeId>> = HashMap::new();
        for top in tops {
            if let Some(parent) = tree.parent(*top) {
                parents.entry(parent).or_default().push(*top);
            }
        }
        for mut tops in parents.into_values() {
            tops.sort_by_key(|top| blocks.page.order.range(*top).start);
            followers.add(blocks, &tops, &all);
        }
        followers
    }

    fn after(&self, top: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        self.by_top.get(&top).into_iter().flatten().copied()
    }

    /// Looks at the notes that are children of one parent.
    fn add(&mut self, blocks: &NotePositions<'_>, tops: &[NodeId], all: &HashSet<NodeId>) {
        let tree = blocks.page.tree;
        let mut has_any = false;
        let mut last = None;
        for top in tops {
            if !may_go_on(blocks, *top) {
                continue;
            }
            let (between, ends_at_note) = stretch(blocks, *top, all);
            let is_label = heading_level(tree.name(*top)).is_some() || tree.name(*top) == "dt";
            if ends_at_note || is_label {
                has_any |= !between.is_empty();
                self.followers.extend(&between);
                self.by_top.insert(*top, between);
            } else {
                last = Some((*top, between));
            }
        }
        // What follows the last note belongs to it only where notes before it went on too, and
        // where nothing but notes is there.
        if let Some((top, rest)) = last
            && has_any
            && is_pure(blocks, top, all, self)
        {
            self.by_top.insert(top, rest);
        }
    }
}

/// Whether a note that begins like this may have more blocks beside it.
fn may_go_on(blocks: &NotePositions<'_>, top: NodeId) -> bool {
    let name = blocks.page.tree.name(top);
    matches!(name, "p" | "dt" | "dd") || heading_level(name).is_some()
}

/// The neighbours after a note up to the next, and whether there is a next. None of them may hold
/// a marker: where the next note's marker comes after this note, the text goes on between them.
fn stretch(blocks: &NotePositions<'_>, top: NodeId, all: &HashSet<NodeId>) -> (Vec<NodeId>, bool) {
    let tree = blocks.page.tree;
    let mut between = Vec::new();
    let mut next = tree.next(top);
    while let Some(node) = next {
        if all.contains(&node) {
            return (between, true);
        }
        let name = tree.name(node);
        let is_end =
            heading_level(name).is_some() || matches!(name, "hr" | "section" | "article" | "nav");
        if is_end || blocks.notes_in(node) > 0 {
            return (between, heading_level(tree.name(top)).is_some());
        }
        if blocks.markers_in(node) > 0 {
            return (Vec::new(), false);
        }
        if !blocks.page.is_blank(node) {
            between.push(node);
        }
        next = tree.next(node);
    }
    (between, false)
}

/// Whether all before the note in its parent, back to a heading or a rule, is notes and what
/// belongs to them.
fn is_pure(
    blocks: &NotePositions<'_>,
    top: NodeId,
    all: &HashSet<NodeId>,
    followers: &Followers,
) -> bool {
    let tree = blocks.page.tree;
    std::iter::successors(tree.previous(top), |node| tree.previous(*node))
        .take_while(|node| heading_level(tree.name(*node)).is_none() && tree.name(*node) != "hr")
        .all(|node| {
            all.contains(&node) || followers.followers.contains(&node) || blocks.page.is_blank(node)
        })
}
