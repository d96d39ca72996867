//! Reading Markdown into a paper.
//!
//! The Markdown is CommonMark with tables, footnotes, struck text, task lists and headings with
//! `{#id}`, as GitHub and Pandoc have them, Pandoc's inline notes `^[text]`, bare addresses, and
//! a metadata block in YAML at the very start. A soft line end is a space. An image is shown as
//! its description. Of HTML the text is kept.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::clean::{Space, clean, clean_address};
use super::draft::{Anchor, Draft};
use super::flow::Flow;
use super::inline::{Closed, Inline, Opens};
use super::lines::Lines;
use super::rich::Rich;
use super::tables::{TableShape, find_overgrown};
use super::{Kind, Nest, Parsed, Problem, Style, bare_links, html, metadata, split};

/// Reads a paper. Every text is a paper; what it could not take as it stood is among the problems.
///
/// The work and the memory are in proportion to the source's length.
#[must_use]
pub fn parse(source: &str) -> Parsed {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let head = metadata::take_off(source);
    let mut reader = Reader::new(source, head.body);
    reader.draft.metadata = head.metadata;
    reader.draft.problems.extend(head.problem);
    if let Some(broken) = head.broken {
        reader.keep_broken_metadata(broken);
    }
    reader.read();
    reader.draft.assemble()
}

/// What is read of Markdown, beyond CommonMark. Set one by one, since some of the parser's
/// options contradict each other, and its metadata block is quadratic and swallows text.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
}

/// Turns the parser's events into blocks.
struct Reader<'a> {
    source: &'a str,
    /// Where the Markdown begins in the source.
    base: usize,
    markdown: &'a str,
    lines: Lines<'a>,
    draft: Draft,
    inline: Inline,
    leaf: Option<Leaf>,
    /// The innermost open definition is the last; the body is below them all.
    flows: Vec<Flow>,
    body: Flow,
    first_hidden: Option<u32>,
}

/// The block that inline text now goes to.
struct Leaf {
    kind: LeafKind,
    nesting: Vec<Nest>,
    tight: bool,
    line: u32,
}

enum LeafKind {
    /// A paragraph; in a tight list the source has none around the text.
    Paragraph,
    Heading {
        level: u8,
        id: Option<String>,
    },
    Code {
        language: String,
    },
    Table(TableShape),
    Html(String),
}

impl<'a> Reader<'a> {
    fn new(source: &'a str, base: usize) -> Self {
        Reader {
            source,
            base,
            markdown: source.get(base..).unwrap_or_default(),
            lines: Lines::new(source),
            draft: Draft::default(),
            inline: Inline::default(),
            leaf: None,
            flows: Vec::new(),
            body: Flow::default(),
            first_hidden: None,
        }
    }

    fn read(&mut self) {
        let options = self.options();
        for (event, range) in Parser::new_ext(self.markdown, options).into_offset_iter() {
            match event {
                Event::Start(tag) => self.start(tag, range.start),
                Event::End(tag) => self.end(tag, &range),
                Event::Text(text) => self.text(&text, range.start, range.len()),
                Event::Html(html) => self.html(&html),
                inline => self.inline_event(&inline, range.start),
            }
        }
        self.finish_leaf();
        self.report_hidden();
    }

    /// The parser's options for this source.
    fn options(&mut self) -> Options {
        let mut options = options();
        if let Some(shape) = find_overgrown(self.markdown) {
            options.remove(Options::ENABLE_TABLES);
            self.draft.problems.push(Problem {
                line: Lines::new(self.source).at(self.base + shape),
                message: "this table has far more cells than text; all tables are shown as they \
                          stand in the source"
                    .to_owned(),
            });
        }
        options
    }

    fn start(&mut self, tag: Tag<'_>, at: usize) {
        match tag {
            Tag::Paragraph => self.begin_leaf(LeafKind::Paragraph, at),
            Tag::Heading { level, id, .. } => {
                let id = id.map(|id| clean(&id).into_owned());
                let level = level as u8;
                self.begin_leaf(LeafKind::Heading { level, id }, at);
            }
            Tag::CodeBlock(kind) => {
                let language = language(&kind);
                self.begin_leaf(LeafKind::Code { language }, at);
            }
            Tag::HtmlBlock => self.begin_html(at),
            Tag::Table(alignments) => {
                let shape = TableShape::new(&alignments);
                self.begin_leaf(LeafKind::Table(shape), at);
            }
            Tag::TableHead | Tag::TableRow => self.start_row(),
            Tag::TableCell => self.start_cell(),
            Tag::BlockQuote(_) => {
                self.finish_leaf();
                self.flow().open_quote();
            }
            Tag::List(first) => {
                self.finish_leaf();
                self.flow().open_list(first);
            }
            Tag::Item => {
                self.finish_leaf();
                self.flow().open_item();
            }
            Tag::FootnoteDefinition(label) => self.start_definition(&label, at),
            Tag::Emphasis => self.open_style(Style::Emphasis, at),
            Tag::Strong => self.open_style(Style::Strong, at),
            Tag::Strikethrough => self.open_style(Style::Struck, at),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => self.start_link(link_type, &dest_url, at),
            Tag::Image { dest_url, .. } => {
                self.ensure_leaf(at);
                self.inline.open_image(address(&dest_url));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::Table => self.finish_leaf(),
            TagEnd::TableHead | TagEnd::TableRow => self.inline.push_line_end(),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Item => {
                self.finish_item(range.start);
                self.flow().close_container();
            }
            TagEnd::BlockQuote(_) => {
                self.finish_leaf();
                self.flow().close_container();
            }
            TagEnd::List(_) => {
                self.finish_leaf();
                self.flow().close_list();
            }
            TagEnd::FootnoteDefinition => {
                self.finish_item(range.start);
                self.flows.pop();
            }
            TagEnd::Link => {
                self.inline.close();
                if let Some(note) = self.inline.close_link_note() {
                    self.add_inline_note(note, range.end);
                }
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Image => {
                self.inline.close();
            }
            _ => {}
        }
    }

    fn inline_event(&mut self, event: &Event<'_>, at: usize) {
        match event {
            Event::Rule => self.rule(at),
            Event::TaskListMarker(is_done) => self.task(*is_done),
            Event::SoftBreak => self.inline.push(" ", Space::Folded),
            Event::HardBreak => self.line_break(at),
            Event::InlineHtml(tag) if html::is_line_break(tag) => self.line_break(at),
            Event::FootnoteReference(label) => {
                self.ensure_leaf(at);
                self.cite(label, at);
            }
            Event::Code(code) => {
                self.ensure_leaf(at);
                self.inline.push_code(code);
                self.note_hidden(at);
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.ensure_leaf(at);
                self.inline.push(text, Space::Folded);
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str, at: usize, length: usize) {
        self.ensure_leaf(at);
        if self.is_in_code() {
            self.inline.push(text, Space::Kept);
        } else if length == 1 && text == "[" {
            self.open_bracket(at);
        } else if length == 1 && text == "]" && !self.is_escaped(at) {
            self.close_bracket(at);
        } else {
            self.inline.push(text, Space::Folded);
        }
        self.note_hidden(at);
    }

    fn open_bracket(&mut self, at: usize) {
        if self.is_escaped(at) {
            self.inline.push("[", Space::Folded);
            return;
        }
        let is_note = self.follows_caret(at);
        self.inline.push("[", Space::Folded);
        if is_note {
            self.inline.open_bracket(Opens::Note, "^[".len());
        } else {
            self.inline.open_bracket(Opens::Text, "[".len());
        }
    }

    fn close_bracket(&mut self, at: usize) {
        match self.inline.close_bracket() {
            Closed::Text => self.inline.push("]", Space::Folded),
            Closed::Note(note) => self.add_inline_note(note, at),
            Closed::Marker(label) => self.cite(&label, at),
        }
    }

    fn start_link(&mut self, link_type: LinkType, to: &str, at: usize) {
        self.ensure_leaf(at);
        if self.markdown.as_bytes().get(at) == Some(&b'[') && self.follows_caret(at) {
            self.inline.open_bracket(Opens::LinkNote, "^".len());
        }
        let address = match link_type {
            LinkType::Email => address(&format!("mailto:{to}")),
            _ => address(to),
        };
        self.inline.open_link(address);
    }

    /// Whether the character at the offset comes right after a `^` that is text.
    fn follows_caret(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        let is_caret = self.markdown.as_bytes().get(before) == Some(&b'^');
        is_caret && self.inline.ends_with('^') && !self.is_escaped(before)
    }

    /// Whether an odd number of backslashes stands before the offset.
    fn is_escaped(&self, at: usize) -> bool {
        let before = self.markdown.as_bytes().get(..at).unwrap_or_default();
        let slashes = before.iter().rev().take_while(|byte| **byte == b'\\');
        slashes.count() % 2 == 1
    }

    fn cite(&mut self, label: &str, at: usize) {
        let line = self.line(at);
        let note = self.draft.notes.cite(label, line);
        self.inline.push_marker(note, line);
    }

    fn add_inline_note(&mut self, mut note: Rich, at: usize) {
        let line = self.line(at);
        bare_links::link(&mut note);
        let nesting = vec![Nest::Note { number: Some(0) }];
        let block = note.into_block(Kind::Paragraph, nesting, line);
        let note = self.draft.notes.add_inline(block);
        self.inline.push_marker(note, line);
    }

    fn start_definition(&mut self, label: &str, at: usize) {
        self.finish_leaf();
        let line = self.line(at);
        let note = self.draft.notes.define(label, line);
        self.flows.push(Flow::of_note(note));
    }

    fn open_style(&mut self, style: Style, at: usize) {
        self.ensure_leaf(at);
        self.inline.open_style(style);
    }

    fn line_break(&mut self, at: usize) {
        self.ensure_leaf(at);
        if self.is_in_table() {
            self.inline.push(" ", Space::Folded);
        } else {
            self.inline.push_line_end();
        }
    }

    fn task(&mut self, is_done: bool) {
        match &mut self.leaf {
            Some(leaf) => {
                let bullet = leaf.nesting.last_mut();
                if let Some(Nest::Item {
                    bullet: Some(bullet),
                }) = bullet
                {
                    *bullet = super::Bullet::Task(is_done);
                }
            }
            None => self.flow().set_task(is_done),
        }
    }

    fn start_row(&mut self) {
        if let Some(shape) = self.table() {
            shape.open_row();
        }
    }

    fn start_cell(&mut self) {
        if self.table().is_some_and(|shape| shape.is_in_row()) {
            self.inline.push_cell_end();
        }
        let at = self.inline.len();
        if let Some(shape) = self.table() {
            shape.open_cell(at);
        }
    }

    fn end_cell(&mut self) {
        let at = self.inline.len();
        if let Some(shape) = self.table() {
            shape.close_cell(at);
        }
    }

    fn table(&mut self) -> Option<&mut TableShape> {
        match &mut self.leaf {
            Some(Leaf {
                kind: LeafKind::Table(shape),
                ..
            }) => Some(shape),
            _ => None,
        }
    }

    fn is_in_table(&mut self) -> bool {
        self.table().is_some()
    }

    fn is_in_code(&self) -> bool {
        let kind = self.leaf.as_ref().map(|leaf| &leaf.kind);
        matches!(kind, Some(LeafKind::Code { .. }))
    }

    fn begin_html(&mut self, at: usize) {
        self.finish_leaf();
        // Whether anything of it is shown, and so shows a bullet, is known at its end.
        let line = self.line(at);
        self.leaf = Some(Leaf {
            kind: LeafKind::Html(String::new()),
            nesting: Vec::new(),
            tight: false,
            line,
        });
    }

    fn html(&mut self, html: &str) {
        if let Some(Leaf {
            kind: LeafKind::Html(whole),
            ..
        }) = &mut self.leaf
        {
            whole.push_str(html);
        }
    }

    fn rule(&mut self, at: usize) {
        self.finish_leaf();
        let line = self.line(at);
        let nesting = self.flow().begin_block();
        self.push_part(Rich::default(), Kind::Rule, nesting, false, line);
    }

    /// Begins a block, and ends the one before.
    fn begin_leaf(&mut self, kind: LeafKind, at: usize) {
        self.finish_leaf();
        let line = self.line(at);
        let nesting = self.flow().begin_block();
        self.leaf = Some(Leaf {
            kind,
            nesting,
            tight: false,
            line,
        });
    }

    /// Begins a paragraph if no block is open: the text of a tight list's item has none.
    fn ensure_leaf(&mut self, at: usize) {
        if self.leaf.is_none() {
            let tight = self.flow().is_tight();
            self.begin_leaf(LeafKind::Paragraph, at);
            if let Some(leaf) = &mut self.leaf {
                leaf.tight = tight;
            }
        }
    }

    /// Ends the block, and gives an item or a note that has none an empty one.
    fn finish_item(&mut self, at: usize) {
        self.finish_leaf();
        if self.flow().is_bare() {
            let line = self.line(at);
            let tight = self.flow().is_tight();
            let nesting = self.flow().begin_block();
            self.push_part(Rich::default(), Kind::Paragraph, nesting, tight, line);
        }
    }

    fn finish_leaf(&mut self) {
        let Some(leaf) = self.leaf.take() else {
            return;
        };
        match leaf.kind {
            LeafKind::Paragraph => {
                let rich = self.inline.take();
                self.push_text(rich, &Kind::Paragraph, leaf.nesting, leaf.tight, leaf.line);
            }
            LeafKind::Heading { level, id } => {
                let rich = self.inline.take();
                self.add_anchor(id);
                self.push_text(rich, &Kind::Heading(level), leaf.nesting, false, leaf.line);
            }
            LeafKind::Code { language } => {
                let mut rich = self.inline.take_untrimmed();
                if rich.text.ends_with('\n') {
                    rich.text.pop();
                }
                let kind = Kind::Code { language };
                self.push_text(rich, &kind, leaf.nesting, false, leaf.line);
            }
            LeafKind::Table(shape) => {
                let mut rich = self.inline.take_untrimmed();
                bare_links::link(&mut rich);
                let kind = Kind::Table(shape.finish());
                self.push_part(rich, kind, leaf.nesting, false, leaf.line);
            }
            LeafKind::Html(html) => self.finish_html(&html, leaf.line),
        }
    }

    fn finish_html(&mut self, html: &str, line: u32) {
        let text = html::text_of(html);
        if text.is_empty() {
            return;
        }
        self.inline.push(&text, Space::Kept);
        let rich = self.inline.take();
        let nesting = self.flow().begin_block();
        self.push_text(rich, &Kind::Paragraph, nesting, false, line);
    }

    fn add_anchor(&mut self, id: Option<String>) {
        if self.flows.is_empty() {
            self.draft.anchors.push(Anchor {
                block: self.draft.body.len(),
                id,
                is_section: self.body.is_top(),
            });
        }
    }

    /// Adds a text, in parts if it is too long for one block.
    fn push_text(
        &mut self,
        mut rich: Rich,
        kind: &Kind,
        nesting: Vec<Nest>,
        tight: bool,
        line: u32,
    ) {
        if !matches!(kind, Kind::Code { .. }) {
            bare_links::link(&mut rich);
        }
        let mut parts = split::parts(rich).into_iter();
        let first = parts.next().unwrap_or_default();
        let rest_of_nesting = split::continued(&nesting);
        self.push_part(first, kind.clone(), nesting, tight, line);
        for part in parts {
            let kind = split::continued_kind(kind);
            self.push_part(part, kind, rest_of_nesting.clone(), true, line);
        }
    }

    fn push_part(&mut self, rich: Rich, kind: Kind, nesting: Vec<Nest>, tight: bool, line: u32) {
        let mut block = rich.into_block(kind, nesting, line);
        block.tight = tight;
        match self.flow().note {
            Some(note) => self.draft.notes.push_block(note, block),
            None => self.draft.body.push(block),
        }
    }

    /// Shows a metadata block that could not be read as what it is: text.
    fn keep_broken_metadata(&mut self, yaml: &str) {
        self.inline.push(yaml, Space::Kept);
        let rich = self.inline.take();
        let language = "yaml".to_owned();
        self.push_text(rich, &Kind::Code { language }, Vec::new(), false, 1);
    }

    fn flow(&mut self) -> &mut Flow {
        self.flows.last_mut().unwrap_or(&mut self.body)
    }

    fn line(&mut self, at: usize) -> u32 {
        self.lines.at(self.base + at)
    }

    fn note_hidden(&mut self, at: usize) {
        if self.first_hidden.is_none() && self.inline.hidden() > 0 {
            self.first_hidden = Some(self.line(at));
        }
    }

    fn report_hidden(&mut self) {
        let count = self.inline.hidden();
        if count > 0 {
            let characters = if count == 1 {
                "character"
            } else {
                "characters"
            };
            self.draft.problems.push(Problem {
                line: self.first_hidden.unwrap_or(1),
                message: format!(
                    "{count} hidden {characters}: what acts on a terminal or on the direction of \
                     writing is shown by a sign, what has no width is left out"
                ),
            });
        }
    }
}

/// The first word after a code block's fence.
fn language(kind: &CodeBlockKind<'_>) -> String {
    match kind {
        CodeBlockKind::Fenced(info) => {
            let word = info.split_whitespace().next().unwrap_or_default();
            clean(word).into_owned()
        }
        CodeBlockKind::Indented => String::new(),
    }
}

fn address(url: &str) -> Arc<str> {
    clean_address(url).into()
}
