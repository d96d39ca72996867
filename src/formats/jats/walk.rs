//! The text of an article, told to the builder.

use super::notes::JatsNotes;
use super::reference::{self, ReferencePiece};
use crate::formats::html::grid::TableGrid;
use crate::formats::html::label;
use crate::formats::list_numbers::{self, ListNumbers};
use crate::formats::markup::{NodeId, Tree, Walk, WalkEvent};
use crate::formats::mathml;
use crate::formats::running::{InlineEffect, Running};
use crate::paper::{Bullet, PaperBuilder, SourceLocation, Style};

/// What is said before an item is its label if it has no more characters than these.
const MAX_LABEL_CHARS: usize = 8;

/// Walks an article and tells the builder what is there.
pub(super) struct JatsWalker<'a> {
    pub(super) tree: &'a Tree,
    pub(super) notes: &'a JatsNotes,
    pub(super) text: Running<'a, NodeId>,
    /// How many sections the walk is in.
    pub(super) depth: u8,
    pub(super) grids: Vec<(NodeId, TableGrid)>,
    lists: Vec<Option<ListNumbers>>,
    code: usize,
}

impl<'a> JatsWalker<'a> {
    pub(super) fn new(tree: &'a Tree, notes: &'a JatsNotes, builder: &'a mut PaperBuilder) -> Self {
        Self {
            tree,
            notes,
            text: Running::new(builder),
            depth: 0,
            grids: Vec::new(),
            lists: Vec::new(),
            code: 0,
        }
    }

    /// Tells the element and all in it.
    pub(super) fn tell(&mut self, from: NodeId) {
        let mut walk = self.tree.walk(from);
        while let Some(step) = walk.next() {
            match step {
                WalkEvent::Enter(node) => self.enter(node, from, &mut walk),
                WalkEvent::Leave(node) => self.leave(node, from),
            }
        }
        self.text.end_block();
    }

    /// Tells all notes.
    pub(super) fn tell_notes(&mut self) {
        for note in &self.notes.list {
            self.text.end_block();
            self.text.builder.begin_note(&note.label);
            self.tell(note.node);
            self.text.builder.end_note();
        }
    }

    fn enter(&mut self, node: NodeId, from: NodeId, walk: &mut Walk<'a>) {
        let tree = self.tree;
        if let Some(text) = tree.text(node) {
            return self.enter_text(node, text);
        }
        if let Some(marked) = self.notes.marked_at(node).filter(|_| node != from) {
            for note in marked {
                if let Some(note) = self.notes.list.get(*note) {
                    self.text.cite(&note.label);
                }
            }
            walk.pass_over(node);
            return;
        }
        if node != from && self.notes.is_part(node) || is_unseen(tree, node) {
            walk.pass_over(node);
            return;
        }
        if is_block(tree.name(node)) {
            self.text
                .builder
                .set_location(SourceLocation::Line(tree.line(node)));
        }
        if let Some(id) = tree.attribute(node, "id")
            && self.notes.is_target(id)
        {
            self.text.builder.anchor(id);
        }
        if !self.enter_part(node, walk) && !self.enter_block(node, from, walk) {
            self.enter_inline(node, walk);
        }
    }

    fn enter_text(&mut self, node: NodeId, text: &str) {
        let parent = self.tree.parent(node);
        let holds_markers = |parent: NodeId| {
            let mut children = self.tree.children(parent);
            children.any(|child| self.notes.marked_at(child).is_some())
        };
        let is_raised =
            parent.is_some_and(|parent| self.tree.name(parent) == "sup" && holds_markers(parent));
        if is_raised && label::is_between(text) {
            return;
        }
        let is_between_cells = parent.is_some_and(|parent| {
            matches!(
                self.tree.name(parent),
                "table" | "thead" | "tbody" | "tfoot" | "tr"
            )
        });
        let is_idle = is_between_cells || !self.text.builder.has_open_block();
        if text.trim().is_empty() && is_idle {
            return;
        }
        self.text.begin_text();
        if self.code > 0 && self.grids.is_empty() {
            self.text.builder.push_verbatim(text);
        } else {
            self.text.push(text);
        }
    }

    /// Enters blocks of text; tells whether the element is one.
    fn enter_block(&mut self, node: NodeId, from: NodeId, walk: &mut Walk<'a>) -> bool {
        let is_of_grid = matches!(
            self.tree.name(node),
            "tr" | "td" | "th" | "thead" | "tbody" | "tfoot" | "col" | "colgroup"
        );
        if !self.grids.is_empty() && is_block(self.tree.name(node)) && !is_of_grid {
            // A cell holds no lists and no quotations, only their words.
            self.text.end_block();
            return true;
        }
        match self.tree.name(node) {
            "p" | "verse-line" | "attrib" | "speaker" => {
                self.text.end_block();
                if self.grids.is_empty() {
                    self.text.builder.begin_paragraph();
                }
            }
            "disp-quote" | "boxed-text" | "verse-group" | "statement" if node != from => {
                self.text.end_block();
                self.text.builder.open_quote();
            }
            "preformat" | "code" if self.is_between_blocks(node) => {
                self.text.end_block();
                self.code += 1;
                if self.grids.is_empty() {
                    let language = self.tree.attribute(node, "language").unwrap_or_default();
                    self.text.builder.begin_code(language);
                }
            }
            "list" | "ref-list" => self.enter_list(node),
            "list-item" | "ref" => self.enter_item(node, walk),
            "def" => {
                self.text.end_block();
                self.text.builder.open_list(None, true);
                self.text.builder.open_item();
            }
            "hr" => {
                self.text.end_block();
                self.text.builder.rule();
            }
            "table" if self.grids.is_empty() => {
                self.text.end_block();
                let grid = TableGrid::new(self.tree, node);
                self.text.builder.begin_table(&grid.alignments);
                self.grids.push((node, grid));
            }
            "tr" | "td" | "th" => self.enter_grid(node),
            "thead" | "tbody" | "tfoot" | "col" | "colgroup" => {}
            name if is_block(name) => self.text.end_block(),
            _ => return false,
        }
        true
    }

    fn is_between_blocks(&self, node: NodeId) -> bool {
        self.tree.name(node) == "preformat" || self.tree.text_in(node).contains('\n')
    }

    fn enter_list(&mut self, node: NodeId) {
        self.text.end_block();
        if self.tree.name(node) == "ref-list" {
            if self.tree.child(node, "title").is_none() {
                self.heading("References", node);
            }
            return;
        }
        let kind = self.tree.attribute(node, "list-type").unwrap_or_default();
        let numeral = list_numbers::numeral(kind);
        self.lists
            .push(numeral.map(|numeral| ListNumbers::new(numeral, ("", "."), 1)));
        self.text.builder.open_list(numeral.map(|_| 1), false);
    }

    fn enter_item(&mut self, node: NodeId, walk: &mut Walk<'a>) {
        let tree = self.tree;
        self.text.end_block();
        let is_reference = tree.name(node) == "ref";
        if is_reference {
            self.text.builder.open_list(None, true);
        }
        self.text.builder.open_item();
        let numbers = self.lists.last_mut().and_then(Option::as_mut);
        if let Some(numbers) = numbers.filter(|_| !is_reference) {
            self.text.builder.set_item_bullet(numbers.next(None));
        }
        let said = tree
            .child(node, "label")
            .map(|label| tree.line_of_text(label))
            .unwrap_or_default();
        let number = said
            .trim_matches(|char: char| !char.is_alphanumeric())
            .parse();
        match number {
            Ok(number) => self.text.builder.set_item_bullet(Bullet::Number(number)),
            Err(_) if !said.is_empty() && !matches!(said.as_str(), "•" | "–" | "-" | "*" | "—") =>
            {
                let is_short = said.chars().count() <= MAX_LABEL_CHARS;
                if is_short && !is_reference {
                    self.text
                        .builder
                        .set_item_bullet(Bullet::Label(said.into()));
                } else {
                    self.text.push(&format!("{said} "));
                }
            }
            Err(_) => {}
        }
        if is_reference
            && tree
                .children(node)
                .filter(|child| is_citation(tree, *child))
                .all(|child| reference::has_only_fields(tree, child))
        {
            for citation in tree
                .children(node)
                .filter(|child| is_citation(tree, *child))
            {
                self.tell_reference(citation);
            }
            walk.pass_over(node);
        }
    }

    fn tell_reference(&mut self, citation: NodeId) {
        for piece in reference::pieces(self.tree, citation) {
            match piece {
                ReferencePiece::Plain(text) => self.text.push(&text),
                ReferencePiece::Emphasis(text) => self.styled(Style::Emphasis, &text),
                ReferencePiece::Link { address, words } => {
                    self.text.begin_text();
                    self.text.builder.open_link(&address);
                    self.text.builder.push_text(&words);
                    self.text.builder.close();
                }
            }
        }
    }

    pub(super) fn styled(&mut self, style: Style, text: &str) {
        self.text.begin_text();
        self.text.builder.open_style(style);
        self.text.builder.push_text(text);
        self.text.builder.close();
    }

    pub(super) fn heading(&mut self, words: &str, node: NodeId) {
        self.text.end_block();
        let id = self.tree.attribute(node, "id");
        self.text.builder.begin_heading((self.depth + 1).min(6), id);
        self.text.push(words);
        self.text.end_block();
    }

    fn enter_inline(&mut self, node: NodeId, walk: &mut Walk<'a>) {
        let tree = self.tree;
        if is_field(tree, node) {
            self.text.push(" ");
        }
        let style = |style| Some(InlineEffect::Style(style));
        let inline = match tree.name(node) {
            "italic" => style(Style::Emphasis),
            "bold" => style(Style::Strong),
            "sup" => style(Style::Raised),
            "sub" => style(Style::Lowered),
            "strike" => style(Style::Struck),
            "sc" => style(Style::SmallCaps),
            "monospace" | "code" => style(Style::Code),
            "ext-link" | "uri" | "self-uri" => {
                let text = tree.line_of_text(node);
                let address = tree.attribute(node, "xlink:href").unwrap_or(&text);
                (!address.is_empty()).then(|| InlineEffect::Link(address.to_owned()))
            }
            "email" => Some(InlineEffect::Link(format!(
                "mailto:{}",
                tree.line_of_text(node)
            ))),
            "xref" => {
                let id = tree
                    .attribute(node, "rid")
                    .and_then(|ids| ids.split_ascii_whitespace().next());
                id.map(|id| InlineEffect::Link(format!("#{id}")))
            }
            "pub-id" if is_bare_id(tree, node) => {
                walk.pass_over(node);
                None
            }
            "break" => {
                if self.text.builder.has_open_block() {
                    self.text.builder.line_break();
                }
                None
            }
            "disp-formula" | "inline-formula" | "tex-math" | "math" => {
                self.formula(node);
                walk.pass_over(node);
                None
            }
            _ => None,
        };
        self.text.open(node, inline);
    }

    fn formula(&mut self, node: NodeId) {
        let tree = self.tree;
        let is_display = tree.name(node) == "disp-formula";
        if is_display {
            self.text.end_block();
        }
        let math = tree.find(node, "math");
        if let Some(tex) = tree.find(node, "tex-math") {
            let tex = bare_tex(&tree.text_in(tex));
            let sign = if is_display { "$$" } else { "$" };
            self.text.push_formula(&format!("{sign}{tex}{sign}"));
        } else if let Some(math) = math {
            self.text.begin_text();
            mathml::tell(tree, math, self.text.builder);
        } else {
            let said = tree.line_of_text(node);
            self.text.push(&said);
            return;
        }
        if let Some(number) = tree.child(node, "label") {
            self.text.push(&format!(" {}", tree.line_of_text(number)));
        }
        if is_display {
            self.text.end_block();
        }
    }

    fn leave(&mut self, node: NodeId, from: NodeId) {
        let tree = self.tree;
        if node != from && self.notes.marked_at(node).is_some() {
            // A note within a paragraph does not end it.
            return;
        }
        let name = tree.name(node);
        match name {
            "sec" | "app" | "abstract" | "trans-abstract" | "ack" | "fn-group" | "glossary"
            | "notes" | "app-group" | "bio" | "sub-article" | "response" => {
                self.text.end_block();
                self.depth = self.depth.saturating_sub(1);
            }
            "disp-quote" | "boxed-text" | "verse-group" | "statement" if node != from => {
                self.text.end_block();
                self.text.builder.close_quote();
            }
            "preformat" | "code" if self.code > 0 => {
                self.text.end_block();
                self.code -= 1;
            }
            name if !self.grids.is_empty()
                && is_block(name)
                && !matches!(name, "table" | "thead" | "tbody" | "tfoot" | "title") =>
            {
                self.text.end_block();
            }
            "list" => {
                self.text.end_block();
                self.lists.pop();
                self.text.builder.close_list();
            }
            "list-item" => {
                self.text.end_block();
                self.text.builder.close_item();
            }
            "ref" | "def" => {
                self.text.end_block();
                self.text.builder.close_item();
                self.text.builder.close_list();
            }
            "table" | "tr" | "td" | "th" => self.leave_grid(node),
            "thead" | "tbody" | "tfoot" | "col" | "colgroup" => {}
            "title" => {
                let is_caption = tree
                    .parent(node)
                    .is_some_and(|parent| tree.name(parent) == "caption");
                if is_caption && tree.next(node).is_some() {
                    self.text.close(node);
                    self.text.push(" ");
                    return;
                }
                self.text.end_block();
            }
            name if is_block(name) => self.text.end_block(),
            _ => {}
        }
        self.text.close(node);
    }
}

fn is_citation(tree: &Tree, node: NodeId) -> bool {
    matches!(
        tree.name(node),
        "element-citation"
            | "mixed-citation"
            | "citation"
            | "nlm-citation"
            | "citation-alternatives"
    )
}

pub(super) fn has_caption_title(tree: &Tree, around: NodeId) -> bool {
    let caption = tree.child(around, "caption");
    caption.is_some_and(|caption| tree.child(caption, "title").is_some())
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "array"
            | "attrib"
            | "body"
            | "back"
            | "boxed-text"
            | "caption"
            | "def-item"
            | "def-list"
            | "disp-formula-group"
            | "disp-quote"
            | "fig"
            | "fig-group"
            | "floats-group"
            | "fn"
            | "list"
            | "list-item"
            | "p"
            | "ref"
            | "ref-list"
            | "speech"
            | "speaker"
            | "statement"
            | "supplementary-material"
            | "table-wrap"
            | "table-wrap-foot"
            | "table-wrap-group"
            | "table"
            | "tbody"
            | "thead"
            | "tfoot"
            | "term"
            | "title"
            | "verse-group"
            | "verse-line"
            | "sig-block"
            | "sig"
            | "question"
            | "answer"
    )
}

/// Whether the element is a part of a reference that follows another without a space.
fn is_field(tree: &Tree, node: NodeId) -> bool {
    let mut around = tree.ancestors(node).take(3);
    tree.previous(node)
        .is_some_and(|before| tree.element(before).is_some())
        && !matches!(tree.name(node), "sup" | "sub" | "italic" | "bold" | "xref")
        && around.any(|around| is_citation(tree, around) || tree.name(around) == "name")
}

/// Whether the element is a number in a data base that no word introduces.
fn is_bare_id(tree: &Tree, node: NodeId) -> bool {
    let kind = tree.attribute(node, "pub-id-type").unwrap_or_default();
    let before = tree.previous(node).and_then(|before| tree.text(before));
    matches!(kind, "pmid" | "pmcid" | "medline")
        && before.is_none_or(|before| before.trim().is_empty())
}

/// What is no text.
fn is_unseen(tree: &Tree, node: NodeId) -> bool {
    matches!(
        tree.name(node),
        "alt-text"
            | "article-id"
            | "col"
            | "colgroup"
            | "front"
            | "front-stub"
            | "graphic"
            | "inline-graphic"
            | "long-desc"
            | "object-id"
            | "permissions"
            | "processing-meta"
            | "sec-meta"
            | "abstract-object"
    )
}

/// The formula without the document that some publishers set around it.
fn bare_tex(text: &str) -> String {
    let inner = text
        .split_once("\\begin{document}")
        .map_or(text, |(_, rest)| rest);
    let inner = inner
        .split_once("\\end{document}")
        .map_or(inner, |(inner, _)| inner);
    inner
        .trim()
        .trim_matches('$')
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
