//! The text of a page, told to the builder.

use std::collections::{HashMap, HashSet};

use super::grid::TableGrid;
use super::inline::inline;
use super::links::Links;
use super::names::{has_class, has_type, heading_level, is_block};
use super::notes::{Act, HtmlNotes};
use super::paragraphs::ParagraphNumbers;
use crate::formats::epub::Headings;
use crate::formats::list_numbers::{self, ListNumbers};
use crate::formats::markup::{NodeId, Tree, Walk, WalkEvent};
use crate::formats::mathml;
use crate::formats::office::numerals::Numeral;
use crate::formats::running::{InlineEffect, Running};
use crate::paper::{Bullet, PaperBuilder, SourceLocation, Style};

/// Captions within captions are followed so deep.
pub(super) const MAX_CAPTIONS: usize = 4;

/// A figure is so near to its image.
const MAX_FIGURE_DEPTH: usize = 4;

/// What a text is walked with.
#[derive(Debug)]
pub(crate) struct HtmlContext<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) links: &'a Links,
    pub(crate) notes: &'a HtmlNotes,
    /// What is not part of the text.
    pub(crate) hidden: &'a HashSet<NodeId>,
    /// The labels of the pages that begin at elements.
    pub(crate) pages: &'a HashMap<NodeId, String>,
    /// Headings that the text itself lacks.
    pub(crate) headings: &'a Headings,
    /// What addresses that name no host are relative to.
    pub(crate) base: &'a str,
    /// What places are told by; without it they are lines of the source.
    pub(crate) paragraphs: Option<&'a ParagraphNumbers<'a>>,
    /// How many lines of the source come before the tree's.
    pub(crate) lines_before: u32,
}

/// Walks a text and tells the builder what is there.
#[derive(Debug)]
pub(crate) struct HtmlWalker<'a> {
    pub(super) context: &'a HtmlContext<'a>,
    pub(super) text: Running<'a, NodeId>,
    pub(super) grids: Vec<(NodeId, TableGrid)>,
    lists: Vec<Option<ListNumbers>>,
    /// How much preformatted text the walk is in.
    code: usize,
    was_break: bool,
    pub(super) captions: usize,
}

impl<'a> HtmlWalker<'a> {
    pub(crate) fn new(context: &'a HtmlContext<'a>, builder: &'a mut PaperBuilder) -> Self {
        Self {
            context,
            text: Running::new(builder),
            grids: Vec::new(),
            lists: Vec::new(),
            code: 0,
            was_break: false,
            captions: 0,
        }
    }

    /// Feeds the node and its descendants to the builder.
    pub(crate) fn tell(&mut self, from: NodeId) {
        self.tell_part(from);
        self.end_block();
    }

    /// The same where text may go on behind it.
    fn tell_part(&mut self, from: NodeId) {
        let mut walk = self.context.tree.walk(from);
        while let Some(step) = walk.next() {
            match step {
                WalkEvent::Enter(node) => self.enter(node, from, &mut walk),
                WalkEvent::Leave(node) => self.leave(node),
            }
        }
    }

    /// Tells all notes.
    pub(crate) fn tell_notes(&mut self) {
        for note in &self.context.notes.list {
            self.end_block();
            if let Some(first) = note.parts.first() {
                self.locate(*first);
            }
            self.text.builder.begin_note(&note.label);
            for part in &note.parts {
                self.tell_part(*part);
                let tree = self.context.tree;
                if tree.element(*part).is_some() && is_block(tree.name(*part)) {
                    self.end_block();
                }
            }
            self.end_block();
            self.text.builder.end_note();
        }
    }

    fn enter(&mut self, node: NodeId, from: NodeId, walk: &mut Walk<'a>) {
        let tree = self.context.tree;
        if let Some(text) = tree.text(node) {
            if node == from || self.context.notes.act(node) != Some(Act::Note) {
                self.text(node, text);
            }
            return;
        }
        if self.is_passed_over(node, from) {
            walk.pass_over(node);
            return;
        }
        let is_block = is_block(tree.name(node));
        if is_block {
            self.locate(node);
        }
        self.mark(node);
        if self.page(node) {
            walk.pass_over(node);
            return;
        }
        if let Some(heading) = self.context.headings.get(&node) {
            self.end_block();
            self.text
                .builder
                .begin_heading(heading.level, self.context.links.name(node));
            match &heading.words {
                Some(words) => {
                    self.text.builder.push_text(words);
                    self.text.builder.end_block();
                }
                None => return,
            }
        }
        if is_block {
            self.enter_block(node, from, walk);
        } else {
            self.enter_inline(node, walk);
        }
    }

    /// Whether the node is not to be told here; sets the marker that stands for it.
    fn is_passed_over(&mut self, node: NodeId, from: NodeId) -> bool {
        let context = self.context;
        match context.notes.act(node) {
            Some(Act::Cite(note)) if node != from => {
                self.cite(note);
                true
            }
            Some(Act::Note) if node != from => true,
            Some(Act::Skip) => true,
            // A note may be hidden on the page until it is asked for.
            _ => context.hidden.contains(&node) || node != from && is_unseen(context.tree, node),
        }
    }

    fn cite(&mut self, note: usize) {
        if let Some(note) = self.context.notes.list.get(note) {
            self.text.begin_text();
            self.text.builder.cite(&note.label);
        }
    }

    /// Says where in the source the node is.
    fn locate(&mut self, node: NodeId) {
        let location = match self.context.paragraphs {
            Some(paragraphs) => SourceLocation::Paragraph(paragraphs.number(node)),
            None => {
                let line = self.context.tree.line(node);
                SourceLocation::Line(line.saturating_add(self.context.lines_before))
            }
        };
        self.text.builder.set_location(location);
    }

    /// Sets the anchor that links lead to. A heading has its own.
    fn mark(&mut self, node: NodeId) {
        if let Some(name) = self.context.links.name(node)
            && heading_level(self.context.tree.name(node)).is_none()
        {
            self.text.builder.anchor(name);
        }
    }

    /// Begins a page of the printed book, if one begins here; tells whether the node is only that.
    fn page(&mut self, node: NodeId) -> bool {
        let tree = self.context.tree;
        if let Some(label) = self.context.pages.get(&node) {
            self.text.builder.page_break(label);
        }
        let is_break = has_type(tree, node, &["pagebreak"]);
        if !is_break
            && !has_class(
                tree,
                node,
                &["pagenum", "pageno", "page-number", "pagenumber"],
            )
        {
            return false;
        }
        let said = ["title", "aria-label"]
            .iter()
            .find_map(|name| tree.attribute(node, name));
        let text = tree.line_of_text(node);
        let Some(label) = said.map(str::to_owned).or_else(|| page_label(&text)) else {
            return is_break && text.is_empty();
        };
        let label = page_label(&label).unwrap_or(label);
        if !label.trim().is_empty() && !self.context.pages.contains_key(&node) {
            self.text.builder.page_break(label.trim());
        }
        true
    }

    fn text(&mut self, node: NodeId, text: &str) {
        let text = self.context.notes.text(node, text);
        if self.context.notes.act(node) == Some(Act::Skip) {
            return;
        }
        let is_blank = text.chars().all(|char| char.is_ascii_whitespace());
        let parent = self.context.tree.parent(node);
        let is_between_cells = parent.is_some_and(|parent| {
            let name = self.context.tree.name(parent);
            matches!(name, "table" | "thead" | "tbody" | "tfoot" | "tr")
        });
        if is_blank && is_between_cells {
            return;
        }
        if is_blank && !self.text.builder.has_open_block() {
            return;
        }
        if !is_blank {
            self.was_break = false;
        }
        self.text.begin_text();
        if self.code > 0 && self.grids.is_empty() {
            self.text.builder.push_verbatim(text);
        } else {
            self.text.push(text);
        }
    }

    pub(super) fn end_block(&mut self) {
        self.was_break = false;
        self.text.end_block();
    }

    // Blocks.

    fn enter_block(&mut self, node: NodeId, from: NodeId, walk: &mut Walk<'a>) {
        let tree = self.context.tree;
        let name = tree.name(node);
        if let Some(level) = heading_level(name) {
            self.end_block();
            if self.grids.is_empty() {
                let id = self
                    .context
                    .links
                    .name(node)
                    .or_else(|| tree.attribute(node, "id"));
                self.text.builder.begin_heading(level, id);
            }
            return;
        }
        if !self.grids.is_empty()
            && !matches!(
                name,
                "pre" | "table" | "caption" | "tr" | "td" | "th" | "thead" | "tbody" | "tfoot"
            )
        {
            // A cell holds no lists and no quotations, only their words.
            return self.end_block();
        }
        match name {
            "p" if node != from => {
                self.end_block();
                self.text.builder.begin_paragraph();
            }
            "blockquote" if node != from => {
                self.end_block();
                self.text.builder.open_quote();
            }
            "ul" | "ol" | "menu" | "dir" if node != from => {
                self.enter_list(node);
            }
            "dd" if node != from => {
                self.end_block();
                self.text.builder.open_list(None, true);
                self.text.builder.open_item();
            }
            "li" if node != from => self.enter_item(node),
            "pre" => self.enter_code(node),
            "hr" => {
                self.end_block();
                self.text.builder.rule();
            }
            "dt" | "summary" => {
                self.end_block();
                self.text.open(node, [InlineEffect::Style(Style::Strong)]);
            }
            "table" => self.enter_table(node, from),
            "caption" if self.captions == 0 => walk.pass_over(node),
            "tr" | "td" | "th" => self.enter_grid(node),
            "thead" | "tbody" | "tfoot" if !self.grids.is_empty() => {}
            _ => self.end_block(),
        }
    }

    fn number(&self, node: NodeId, name: &str) -> Option<u64> {
        self.context.tree.attribute(node, name)?.trim().parse().ok()
    }

    fn enter_list(&mut self, node: NodeId) {
        let tree = self.context.tree;
        self.end_block();
        let first = (tree.name(node) == "ol").then(|| self.number(node, "start").unwrap_or(1));
        let numbers = first.map(|first| {
            ListNumbers::new(
                numeral(tree, node).unwrap_or(Numeral::Decimal),
                ("", "."),
                first,
            )
        });
        self.lists.push(numbers);
        self.text.builder.open_list(first, is_tight(tree, node));
    }

    fn enter_item(&mut self, node: NodeId) {
        self.end_block();
        self.text.builder.open_item();
        let value = self.number(node, "value");
        let numbers = self.lists.last_mut().and_then(Option::as_mut);
        if let Some(numbers) = numbers {
            self.text.builder.set_item_bullet(numbers.next(value));
        }
        let tree = self.context.tree;
        let is_box = |inner: &NodeId| {
            tree.name(*inner) == "input" && tree.attribute(*inner, "type") == Some("checkbox")
        };
        if let Some(input) = tree.descendants(node).take(4).find(is_box) {
            let is_done = tree.attribute(input, "checked").is_some();
            self.text.builder.set_item_bullet(Bullet::Task(is_done));
        }
    }

    fn enter_code(&mut self, node: NodeId) {
        self.code += 1;
        self.end_block();
        if self.grids.is_empty() {
            let tree = self.context.tree;
            let inner = tree.child(node, "code").unwrap_or(node);
            let classes =
                [inner, node].map(|node| tree.attribute(node, "class").unwrap_or_default());
            let language = classes.iter().find_map(|classes| {
                let mut classes = classes.split_ascii_whitespace();
                classes.find_map(|class| class.strip_prefix("language-"))
            });
            self.text.builder.begin_code(language.unwrap_or_default());
        }
    }

    fn leave(&mut self, node: NodeId) {
        let tree = self.context.tree;
        let name = tree.name(node);
        if tree.text(node).is_some() {
            return;
        }
        if !is_block(name) {
            return self.leave_inline(node);
        }
        match name {
            "pre" => {
                self.code = self.code.saturating_sub(1);
                self.end_block();
            }
            "table" | "tr" | "td" | "th" => self.leave_grid(node),
            "thead" | "tbody" | "tfoot" | "caption" if !self.grids.is_empty() => {}
            _ => self.leave_container(node, name),
        }
        self.text.close(node);
    }

    fn leave_container(&mut self, node: NodeId, name: &str) {
        self.end_block();
        if self.context.notes.act(node) == Some(Act::Note) || !self.grids.is_empty() {
            return;
        }
        match name {
            "blockquote" => self.text.builder.close_quote(),
            "ul" | "ol" | "menu" | "dir" => {
                self.lists.pop();
                self.text.builder.close_list();
            }
            "dd" => {
                self.text.builder.close_item();
                self.text.builder.close_list();
            }
            "li" => self.text.builder.close_item(),
            _ => {}
        }
    }

    // Running text.

    fn enter_inline(&mut self, node: NodeId, walk: &mut Walk<'a>) {
        let context = self.context;
        let tree = context.tree;
        match tree.name(node) {
            "br" => self.line_break(),
            "img" => self.image(node),
            "math" => {
                self.text.begin_text();
                mathml::tell(tree, node, self.text.builder);
                walk.pass_over(node);
            }
            "q" => self.push("“"),
            "rt" if tree
                .parent(node)
                .is_some_and(|ruby| tree.child(ruby, "rp").is_none()) =>
            {
                self.push("(");
            }
            _ => {
                let inline = inline(context, node);
                self.text.open(node, inline);
            }
        }
    }

    fn leave_inline(&mut self, node: NodeId) {
        let context = self.context;
        let tree = context.tree;
        match tree.name(node) {
            "q" => self.push("”"),
            "rt" if tree
                .parent(node)
                .is_some_and(|ruby| tree.child(ruby, "rp").is_none()) =>
            {
                self.push(")");
            }
            _ => {}
        }
        self.text.close(node);
        if let Some(Act::CiteAfter(note)) = context.notes.act(node) {
            self.cite(note);
        }
    }

    fn push(&mut self, text: &str) {
        self.text.begin_text();
        self.text.builder.push_text(text);
    }

    /// Two line ends in a row part paragraphs.
    fn line_break(&mut self) {
        if !self.text.builder.has_open_block() {
            return;
        }
        if self.was_break && self.code == 0 {
            self.end_block();
            return;
        }
        self.was_break = true;
        self.text.begin_text();
        if self.code > 0 && self.grids.is_empty() {
            self.text.builder.push_verbatim("\n");
        } else {
            self.text.builder.line_break();
        }
    }

    fn image(&mut self, node: NodeId) {
        let tree = self.context.tree;
        let words = tree.attribute(node, "alt").unwrap_or_default().trim();
        if words.is_empty() || self.code > 0 {
            return;
        }
        if has_class(
            tree,
            node,
            &[
                "mwe-math-fallback-image-inline",
                "mwe-math-fallback-image-display",
            ],
        ) {
            return;
        }
        self.text.begin_text();
        let address = tree
            .attribute(node, "src")
            .filter(|address| !address.starts_with("data:"));
        let address = address.unwrap_or_default();
        self.text
            .builder
            .open_image(&super::inline::absolute(self.context.base, address));
        if !is_captioned(tree, node, words) {
            self.text.builder.push_text(words);
        }
        self.text.builder.close();
        self.was_break = false;
    }
}

/// Whether the caption of the figure that holds the image begins with these words.
fn is_captioned(tree: &Tree, image: NodeId, words: &str) -> bool {
    let mut around = tree.ancestors(image).take(MAX_FIGURE_DEPTH);
    let figure = around.find(|around| tree.name(*around) == "figure");
    let caption = figure.and_then(|figure| tree.child(figure, "figcaption"));
    caption.is_some_and(|caption| tree.line_of_text(caption).starts_with(words))
}

/// How the items of a list are numbered, as far as the list itself says.
fn numeral(tree: &Tree, list: NodeId) -> Option<Numeral> {
    let style = tree.attribute(list, "style").unwrap_or_default();
    let styled = style.split(';').find_map(|part| {
        let (name, value) = part.split_once(':')?;
        let is_it = matches!(name.trim(), "list-style-type" | "list-style");
        let mut words = value.split_ascii_whitespace();
        is_it.then(|| words.find_map(list_numbers::numeral))?
    });
    styled.or_else(|| list_numbers::numeral(tree.attribute(list, "type")?))
}

/// Whether no item of the list has paragraphs.
fn is_tight(tree: &Tree, list: NodeId) -> bool {
    !tree
        .children(list)
        .any(|item| tree.child(item, "p").is_some())
}

/// What browsers do not show, or what no text can stand for.
pub(super) fn is_unseen(tree: &Tree, node: NodeId) -> bool {
    let name = tree.name(node);
    if matches!(
        name,
        "audio"
            | "button"
            | "canvas"
            | "datalist"
            | "embed"
            | "head"
            | "iframe"
            | "input"
            | "noscript"
            | "script"
            | "select"
            | "style"
            | "svg"
            | "template"
            | "textarea"
            | "video"
    ) {
        return true;
    }
    tree.attribute(node, "hidden").is_some()
        || tree.attribute(node, "aria-hidden") == Some("true")
            && !matches!(name, "math" | "figcaption")
        || has_class(
            tree,
            node,
            &[
                "mw-editsection",
                "noprint",
                "visually-hidden",
                "sr-only",
                "screen-reader-text",
            ],
        )
        || tree.attribute(node, "style").is_some_and(|style| {
            let style: String = style.split_ascii_whitespace().collect();
            let style = style.to_ascii_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

/// The number of a page in words like `[Pg 12]`.
fn page_label(text: &str) -> Option<String> {
    let bare = text.trim_matches(|char: char| !char.is_alphanumeric());
    let word = bare.rsplit([' ', '.', '\u{a0}']).next()?;
    let is_number = word.len() <= 6
        && (word.bytes().all(|byte| byte.is_ascii_digit())
            || word
                .bytes()
                .all(|byte| matches!(byte.to_ascii_lowercase(), b'i' | b'v' | b'x' | b'l' | b'c')));
    (is_number && !word.is_empty()).then(|| word.to_owned())
}
