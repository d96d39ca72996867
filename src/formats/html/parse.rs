//! HTML into a tree, by the rules that browsers read it by.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    EndTag, StartTag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, Namespace, QualName, TokenizerResult};

use crate::formats::markup::{Element, NodeId, Tree};

/// Elements deeper than this are left out, and what is in them belongs to the deepest one kept.
/// Without a limit the parser's time grows with the square of the depth.
const MAX_DEPTH: usize = 256;

/// An element keeps so many attributes.
const MAX_ATTRIBUTES: usize = 64;

/// Reads any text as HTML.
pub(crate) fn parse(text: &str) -> Tree {
    parse_into(Tree::new(), Tree::ROOT, text)
}

/// Reads any text as HTML into an element of a tree that holds more.
pub(crate) fn parse_into(tree: Tree, root: NodeId, text: &str) -> Tree {
    let options = TreeBuilderOpts {
        scripting_enabled: false,
        drop_doctype: true,
        ..TreeBuilderOpts::default()
    };
    let guard = Guard {
        builder: TreeBuilder::new(Sink::new(tree, root), options),
        dropped: Cell::new(0),
    };
    let tokenizer = Tokenizer::new(guard, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(text));
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.builder.sink.finish()
}

/// Keeps tokens that would make the tree too deep or too large from the parser.
struct Guard {
    builder: TreeBuilder<NodeId, Sink>,
    /// How many start tags were left out whose end tags are still to come.
    dropped: Cell<usize>,
}

impl TokenSink for Guard {
    type Handle = NodeId;

    fn process_token(&self, mut token: Token, line: u64) -> TokenSinkResult<NodeId> {
        let sink = &self.builder.sink;
        if sink.tree.borrow().is_full() && !matches!(token, Token::EOFToken) {
            return TokenSinkResult::Continue;
        }
        if let TagToken(tag) = &mut token {
            let is_over = sink.depth.get() >= MAX_DEPTH;
            match tag.kind {
                StartTag if is_over => {
                    if !tag.self_closing && !is_void(&tag.name) {
                        self.dropped.set(self.dropped.get() + 1);
                    }
                    return TokenSinkResult::Continue;
                }
                StartTag => tag.attrs.truncate(MAX_ATTRIBUTES),
                EndTag if self.dropped.get() > 0 => {
                    self.dropped.set(self.dropped.get() - 1);
                    return TokenSinkResult::Continue;
                }
                // Most end tags end an element; if this one does not, the next element tells.
                EndTag => sink.depth.set(sink.depth.get().saturating_sub(1)),
            }
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Builds the tree that the parser asks for.
struct Sink {
    tree: RefCell<Tree>,
    root: NodeId,
    /// What the parser asks about each node, from the root on.
    known: RefCell<Vec<NodeFacts>>,
    line: Cell<u32>,
    /// How many elements the innermost open one is in.
    depth: Cell<usize>,
}

/// What the parser asks about a node.
#[derive(Clone)]
struct NodeFacts {
    name: QualName,
    depth: usize,
}

/// The name of an element, as the parser asks for it.
#[derive(Debug)]
struct ElementName(QualName);

impl ElemName for ElementName {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl NodeFacts {
    fn nothing() -> Self {
        Self {
            name: QualName::new(None, Namespace::from(""), LocalName::from("")),
            depth: 0,
        }
    }
}

impl Sink {
    fn new(tree: Tree, root: NodeId) -> Self {
        Self {
            tree: RefCell::new(tree),
            root,
            known: RefCell::new(Vec::new()),
            line: Cell::new(1),
            depth: Cell::new(0),
        }
    }

    fn create(&self, name: QualName, attributes: Vec<Attribute>) -> NodeId {
        let element = Element {
            name: Box::from(&*name.local),
            attributes: attributes.into_iter().map(plain).collect(),
        };
        let node = self.tree.borrow_mut().create(element, self.line.get());
        let mut known = self.known.borrow_mut();
        known.resize_with(self.slot(node), NodeFacts::nothing);
        known.push(NodeFacts { name, depth: 0 });
        node
    }

    /// The node's place in the list of what is known.
    fn slot(&self, node: NodeId) -> usize {
        node.index().saturating_sub(self.root.index())
    }

    fn depth_of(&self, node: NodeId) -> usize {
        let known = self.known.borrow();
        known.get(self.slot(node)).map_or(0, |known| known.depth)
    }

    fn note_depth(&self, node: NodeId, parent: Option<NodeId>) {
        let depth = parent.map_or(0, |parent| self.depth_of(parent) + 1);
        if let Some(known) = self.known.borrow_mut().get_mut(self.slot(node)) {
            known.depth = depth;
        }
        self.depth.set(depth);
    }
}

fn plain(attribute: Attribute) -> (Box<str>, Box<str>) {
    let name = match attribute.name.prefix {
        Some(prefix) if !prefix.is_empty() => format!("{prefix}:{}", attribute.name.local),
        _ => attribute.name.local.to_string(),
    };
    (name.into(), Box::from(&*attribute.value))
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Tree;
    type ElemName<'a> = ElementName;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.root
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> ElementName {
        let known = self.known.borrow();
        ElementName(
            known
                .get(self.slot(*target))
                .map_or_else(|| NodeFacts::nothing().name, |known| known.name.clone()),
        )
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> NodeId {
        self.create(name, attrs)
    }

    // The parser wants a node for a comment too; it gets one that holds nothing and has no place.
    fn create_comment(&self, _: StrTendril) -> NodeId {
        self.create(NodeFacts::nothing().name, Vec::new())
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeId {
        self.create(NodeFacts::nothing().name, Vec::new())
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        match child {
            // A comment between words would part them.
            NodeOrText::AppendNode(child) if self.tree.borrow().name(child).is_empty() => {}
            NodeOrText::AppendNode(child) => {
                self.note_depth(child, Some(*parent));
                self.tree.borrow_mut().append(*parent, child);
            }
            NodeOrText::AppendText(text) => {
                let mut tree = self.tree.borrow_mut();
                tree.append_text(*parent, &text, self.line.get());
            }
        }
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        match child {
            NodeOrText::AppendNode(child) if self.tree.borrow().name(child).is_empty() => {}
            NodeOrText::AppendNode(child) => {
                let parent = self.tree.borrow().parent(*sibling);
                self.note_depth(child, parent);
                let mut tree = self.tree.borrow_mut();
                tree.detach(child);
                tree.insert_before(*sibling, child);
            }
            NodeOrText::AppendText(text) => {
                let mut tree = self.tree.borrow_mut();
                tree.insert_text_before(*sibling, &text, self.line.get());
            }
        }
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        previous: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        if self.tree.borrow().parent(*element).is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &NodeId) {
        self.depth.set(self.depth_of(*node).saturating_sub(1));
    }

    // What a template holds is not shown, and stays without a place.
    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        let attributes = attrs.into_iter().map(plain);
        self.tree.borrow_mut().add_attributes(*target, attributes);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.tree.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let mut tree = self.tree.borrow_mut();
        let children: Vec<NodeId> = tree.children(*node).collect();
        for child in children {
            tree.detach(child);
            tree.append(*new_parent, child);
        }
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(u32::try_from(line).unwrap_or(u32::MAX));
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_DEPTH, parse, parse_into};
    use crate::formats::markup::{Element, Tree, WalkEvent};

    fn depth(tree: &Tree) -> usize {
        let mut depth = 0_usize;
        let mut deepest = 0;
        for step in tree.walk(Tree::ROOT) {
            match step {
                WalkEvent::Enter(_) => depth += 1,
                WalkEvent::Leave(_) => depth -= 1,
            }
            deepest = deepest.max(depth);
        }
        deepest
    }

    #[test]
    fn elements_are_read_as_browsers_read_them() {
        let tree = parse("<p>a<p id=x>b<i>c</p>\n<table><tr><td>d");
        let x = tree
            .descendants(Tree::ROOT)
            .find(|node| tree.attribute(*node, "id").is_some());
        let x = x.unwrap();
        assert_eq!((tree.name(x), tree.text_in(x).as_str()), ("p", "bc"));
        assert_eq!(tree.line(tree.find(Tree::ROOT, "td").unwrap()), 2);
        assert!(tree.find(Tree::ROOT, "tbody").is_some());
    }

    #[test]
    fn a_page_among_others_of_a_book_is_read_as_if_it_were_alone() {
        const PAGE: &str = "<body><!-- c --><p>a<p id=x>b<i>c</p>\n<table><tr><td>d</body>\n<p>e";
        let mut tree = parse("<p>another<table><td>page");
        let root = tree.create(
            Element {
                name: Box::from("page"),
                attributes: Vec::new(),
            },
            1,
        );
        tree.append(Tree::ROOT, root);
        let tree = parse_into(tree, root, PAGE);
        let alone = parse(PAGE);
        let names = |tree: &Tree, from| -> Vec<String> {
            let nodes = tree.descendants(from).skip(1);
            nodes.map(|node| tree.name(node).to_owned()).collect()
        };
        assert_eq!(names(&tree, root), names(&alone, Tree::ROOT));
        assert_eq!(tree.text_in(root), alone.text_in(Tree::ROOT));
    }

    #[test]
    fn a_deep_page_is_read_flat_and_whole() {
        let tree = parse(&format!(
            "{}deep{}<p>after",
            "<div>".repeat(200_000),
            "</div>".repeat(200_000)
        ));
        assert!(depth(&tree) <= MAX_DEPTH + 3);
        assert_eq!(tree.text_in(Tree::ROOT), "deepafter");
        let after = tree.find(Tree::ROOT, "p").unwrap();
        assert_eq!(tree.name(tree.parent(after).unwrap()), "body");
    }

    #[test]
    fn what_closes_nothing_makes_no_tree_without_end() {
        let tree = parse(&format!("<body>{}", "</p>".repeat(1_200_000)));
        assert!(tree.is_full());
        assert!(tree.len() < Tree::MAX_NODES + 1000);
    }
}
