//! What markup is read into: elements and text in one list, each knowing its neighbours.
//!
//! A tree is built and walked in loops, so that its depth costs no stack, and it has limits, so
//! that a small file cannot make a large tree.

pub(crate) mod xml;

use std::num::NonZeroU32;

/// A node of a [`Tree`], by its place in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NodeId(NonZeroU32);

impl NodeId {
    /// The place in the list, from 0.
    pub(crate) fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// Elements and text. The root is an element without a name.
#[derive(Debug)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    is_full: bool,
}

#[derive(Debug)]
struct Node {
    parent: Option<NodeId>,
    first: Option<NodeId>,
    last: Option<NodeId>,
    before: Option<NodeId>,
    after: Option<NodeId>,
    /// Line of the source, from 1.
    line: u32,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Element(Element),
    Text(String),
}

/// An element's name and attributes.
#[derive(Debug, Default)]
pub(crate) struct Element {
    /// Without its prefix.
    pub(crate) name: Box<str>,
    /// With their prefixes, as `xlink:href`.
    pub(crate) attributes: Vec<(Box<str>, Box<str>)>,
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| **key == *name);
        found.map(|(_, value)| &**value)
    }
}

/// What a walk meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WalkEvent {
    Enter(NodeId),
    Leave(NodeId),
}

impl Tree {
    /// The element that holds all others.
    pub(crate) const ROOT: NodeId = NodeId(NonZeroU32::MIN);

    /// What comes after so many nodes is left out.
    pub(crate) const MAX_NODES: usize = 1_000_000;

    pub(crate) fn new() -> Self {
        let mut tree = Self {
            nodes: Vec::new(),
            is_full: false,
        };
        tree.push(Content::Element(Element::default()), 1);
        tree
    }

    /// Whether something was left out because there was too much.
    pub(crate) fn is_full(&self) -> bool {
        self.is_full
    }

    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    // Building.

    fn push(&mut self, content: Content, line: u32) -> NodeId {
        let count = u32::try_from(self.nodes.len() + 1).unwrap_or(u32::MAX);
        let id = NodeId(NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN));
        self.nodes.push(Node {
            parent: None,
            first: None,
            last: None,
            before: None,
            after: None,
            line,
            content,
        });
        id
    }

    /// An element that has no place yet. In a full tree too, since parsers need one: it is for
    /// them to make no more.
    pub(crate) fn create(&mut self, element: Element, line: u32) -> NodeId {
        self.is_full |= self.nodes.len() >= Self::MAX_NODES;
        self.push(Content::Element(element), line)
    }

    /// Puts a node without a place at the end of the parent.
    pub(crate) fn append(&mut self, parent: NodeId, child: NodeId) {
        let last = self.node(parent).and_then(|node| node.last);
        self.link(parent, last, child, None);
    }

    /// Puts a node without a place before the sibling, if that has a parent.
    pub(crate) fn insert_before(&mut self, sibling: NodeId, child: NodeId) {
        let Some(parent) = self.parent(sibling) else {
            return;
        };
        let before = self.node(sibling).and_then(|node| node.before);
        self.link(parent, before, child, Some(sibling));
    }

    /// Puts text at the end of the parent, or to the text that is there.
    pub(crate) fn append_text(&mut self, parent: NodeId, text: &str, line: u32) {
        let last = self.node(parent).and_then(|node| node.last);
        if !self.extend_text(last, text)
            && let Some(child) = self.create_text(text, line)
        {
            self.append(parent, child);
        }
    }

    /// Puts text before the sibling, or to the text that is there.
    pub(crate) fn insert_text_before(&mut self, sibling: NodeId, text: &str, line: u32) {
        let before = self.node(sibling).and_then(|node| node.before);
        if !self.extend_text(before, text)
            && let Some(child) = self.create_text(text, line)
        {
            self.insert_before(sibling, child);
        }
    }

    fn create_text(&mut self, text: &str, line: u32) -> Option<NodeId> {
        if self.nodes.len() >= Self::MAX_NODES {
            self.is_full = true;
            return None;
        }
        Some(self.push(Content::Text(text.to_owned()), line))
    }

    fn extend_text(&mut self, node: Option<NodeId>, more: &str) -> bool {
        match node.and_then(|node| self.node_mut(node)) {
            Some(Node {
                content: Content::Text(text),
                ..
            }) => {
                text.push_str(more);
                true
            }
            _ => false,
        }
    }

    fn link(
        &mut self,
        parent: NodeId,
        before: Option<NodeId>,
        child: NodeId,
        after: Option<NodeId>,
    ) {
        if let Some(node) = self.node_mut(child) {
            (node.parent, node.before, node.after) = (Some(parent), before, after);
        }
        match before.and_then(|before| self.node_mut(before)) {
            Some(node) => node.after = Some(child),
            None => {
                if let Some(node) = self.node_mut(parent) {
                    node.first = Some(child);
                }
            }
        }
        match after.and_then(|after| self.node_mut(after)) {
            Some(node) => node.before = Some(child),
            None => {
                if let Some(node) = self.node_mut(parent) {
                    node.last = Some(child);
                }
            }
        }
    }

    /// Takes the node, with what is in it, out of its place.
    pub(crate) fn detach(&mut self, id: NodeId) {
        let Some(node) = self.node_mut(id) else {
            return;
        };
        let Some(parent) = node.parent.take() else {
            return;
        };
        let (before, after) = (node.before.take(), node.after.take());
        match before.and_then(|before| self.node_mut(before)) {
            Some(node) => node.after = after,
            None => {
                if let Some(node) = self.node_mut(parent) {
                    node.first = after;
                }
            }
        }
        match after.and_then(|after| self.node_mut(after)) {
            Some(node) => node.before = before,
            None => {
                if let Some(node) = self.node_mut(parent) {
                    node.last = before;
                }
            }
        }
    }

    /// Gives the element the attributes that it lacks.
    pub(crate) fn add_attributes(
        &mut self,
        id: NodeId,
        attributes: impl IntoIterator<Item = (Box<str>, Box<str>)>,
    ) {
        if let Some(Node {
            content: Content::Element(element),
            ..
        }) = self.node_mut(id)
        {
            for (name, value) in attributes {
                if element.attribute(&name).is_none() {
                    element.attributes.push((name, value));
                }
            }
        }
    }

    // Asking.

    fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.index())
    }

    fn node_mut(&mut self, id: NodeId) -> Option<&mut Node> {
        self.nodes.get_mut(id.index())
    }

    /// Has the node be another element, with what is in it.
    pub(crate) fn replace_element(&mut self, id: NodeId, element: Element) {
        if let Some(node) = self.node_mut(id)
            && matches!(node.content, Content::Element(_))
        {
            node.content = Content::Element(element);
        }
    }

    pub(crate) fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id)?.parent
    }

    pub(crate) fn next(&self, id: NodeId) -> Option<NodeId> {
        self.node(id)?.after
    }

    pub(crate) fn previous(&self, id: NodeId) -> Option<NodeId> {
        self.node(id)?.before
    }

    pub(crate) fn line(&self, id: NodeId) -> u32 {
        self.node(id).map_or(0, |node| node.line)
    }

    pub(crate) fn element(&self, id: NodeId) -> Option<&Element> {
        match &self.node(id)?.content {
            Content::Element(element) => Some(element),
            Content::Text(_) => None,
        }
    }

    /// The text of a text node.
    pub(crate) fn text(&self, id: NodeId) -> Option<&str> {
        match &self.node(id)?.content {
            Content::Element(_) => None,
            Content::Text(text) => Some(text),
        }
    }

    /// The element's name; empty for text.
    pub(crate) fn name(&self, id: NodeId) -> &str {
        self.element(id).map_or("", |element| &element.name)
    }

    pub(crate) fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        self.element(id)?.attribute(name)
    }

    pub(crate) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let first = self.node(id).and_then(|node| node.first);
        std::iter::successors(first, |child| self.next(*child))
    }

    /// The node's parent, its parent, and so on to the root.
    pub(crate) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.parent(id), |node| self.parent(*node))
    }

    /// Enters and leaves the node and all in it, in the order of the source.
    pub(crate) fn walk(&self, from: NodeId) -> Walk<'_> {
        Walk {
            tree: self,
            from,
            next: Some(WalkEvent::Enter(from)),
        }
    }

    /// The node and all in it, in the order of the source.
    pub(crate) fn descendants(&self, from: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        self.walk(from).filter_map(|step| match step {
            WalkEvent::Enter(node) => Some(node),
            WalkEvent::Leave(_) => None,
        })
    }

    /// The first child element of that name.
    pub(crate) fn child(&self, id: NodeId, name: &str) -> Option<NodeId> {
        self.children(id).find(|child| self.name(*child) == name)
    }

    /// The first element of that name in the node.
    pub(crate) fn find(&self, from: NodeId, name: &str) -> Option<NodeId> {
        self.descendants(from).find(|node| self.name(*node) == name)
    }

    /// All text in the node, as it stands.
    pub(crate) fn text_in(&self, from: NodeId) -> String {
        self.descendants(from)
            .filter_map(|node| self.text(node))
            .collect()
    }

    /// All text in the node, with single spaces for white space.
    pub(crate) fn line_of_text(&self, from: NodeId) -> String {
        let text = self.text_in(from);
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ")
    }
}

/// See [`Tree::walk`].
#[derive(Debug)]
pub(crate) struct Walk<'a> {
    tree: &'a Tree,
    from: NodeId,
    next: Option<WalkEvent>,
}

impl Walk<'_> {
    /// Passes over what is in the node that was just entered; its `Leave` comes next.
    pub(crate) fn pass_over(&mut self, entered: NodeId) {
        self.next = Some(WalkEvent::Leave(entered));
    }
}

impl Iterator for Walk<'_> {
    type Item = WalkEvent;

    fn next(&mut self) -> Option<WalkEvent> {
        let step = self.next?;
        self.next = match step {
            WalkEvent::Enter(node) => {
                let first = self.tree.node(node).and_then(|node| node.first);
                Some(first.map_or(WalkEvent::Leave(node), WalkEvent::Enter))
            }
            WalkEvent::Leave(node) if node == self.from => None,
            WalkEvent::Leave(node) => match self.tree.next(node) {
                Some(next) => Some(WalkEvent::Enter(next)),
                None => self.tree.parent(node).map(WalkEvent::Leave),
            },
        };
        Some(step)
    }
}

/// Where the nodes of a tree stand in the order of its source.
#[derive(Debug)]
pub(crate) struct DocumentOrder {
    /// When each node is entered and left; 0 for one that has no place.
    spans: Vec<(u32, u32)>,
}

impl DocumentOrder {
    pub(crate) fn new(tree: &Tree) -> Self {
        let mut spans = vec![(0, 0); tree.len()];
        for (step, clock) in tree.walk(Tree::ROOT).zip(1_u32..) {
            match step {
                WalkEvent::Enter(node) => {
                    if let Some(span) = spans.get_mut(node.index()) {
                        span.0 = clock;
                    }
                }
                WalkEvent::Leave(node) => {
                    if let Some(span) = spans.get_mut(node.index()) {
                        span.1 = clock;
                    }
                }
            }
        }
        Self { spans }
    }

    fn span(&self, node: NodeId) -> (u32, u32) {
        self.spans.get(node.index()).copied().unwrap_or_default()
    }

    /// When the node is entered and left, in steps of a walk.
    pub(crate) fn range(&self, node: NodeId) -> std::ops::Range<u32> {
        let (enter, leave) = self.span(node);
        enter..leave
    }

    /// Whether the one comes before the other.
    pub(crate) fn is_before(&self, one: NodeId, other: NodeId) -> bool {
        self.span(one).0 < self.span(other).0
    }

    /// Whether the one is the other or in it.
    pub(crate) fn is_in(&self, one: NodeId, other: NodeId) -> bool {
        let (one, other) = (self.span(one), self.span(other));
        other.0 <= one.0 && one.1 <= other.1
    }
}
