//! Reading Markdown into a paper.
//!
//! The Markdown is CommonMark with tables, footnotes, struck text, task lists and headings with
//! `{#id}`, as GitHub and Pandoc have them, Pandoc's inline notes `^[text]`, formulas, `10^6^` and
//! `CO~2~`, bare addresses, and a metadata block in YAML, or Pandoc's title block, at the very
//! start. What else Pandoc, R Markdown, Quarto, Obsidian and generators of sites have signs for is
//! hidden from the parser (`markdown/mask/`) and read here (`markdown/shape.rs` for blocks,
//! `markdown/signs_put_back.rs` within them). A soft line end is a space. An image is shown as its description. Of HTML the text is
//! kept.

mod attributes;
mod brackets;
mod chunks;
mod citations;
mod citing;
mod curly;
mod hidden;
mod html;
mod items;
mod keys;
mod mask;
mod metadata;
mod nesting;
mod note_order;
mod references;
mod scripts;
mod shape;
mod signs;
mod signs_put_back;
mod tables;
#[cfg(test)]
mod tests;
mod text;
mod text_table;
mod title_block;
mod toml_block;

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use pulldown_cmark::{
    Alignment as Align, BrokenLink, BrokenLinkCallback, CodeBlockKind, Event, Options, Parser, Tag,
    TagEnd,
};

use super::ReadOptions;
use super::lines::{LineCounter, unified};
use super::loose::Mended;
use crate::paper::{Alignment, Bullet, PaperBuilder, Parsed, ProblemKind, SourceLocation, Style};
use attributes::Attributes;
use brackets::Bracket;
use chunks::{MarkdownChunk, language};
use citing::Citing;
use html::{HtmlText, StyleBoundary};
use items::{MarkdownList, ParsedItem};
use mask::{Hidden, Masked, MaskedKind};
pub(crate) use mask::{is_label, is_numbered};
use nesting::Bounded;
use references::ReferenceNames;
use scripts::ScriptSign;
use shape::Div;
use tables::find_overgrown;

/// Reads a paper. Every text is a paper; what it could not take as it stood is among the problems.
///
/// The work and the memory are in proportion to the source's length.
///
/// ```
/// let parsed = opcit::formats::markdown::parse("A sentence.[^1]\n\n[^1]: The note.\n");
/// assert_eq!(parsed.paper.notes.len(), 1);
/// ```
#[must_use]
pub fn parse(source: &str) -> Parsed {
    read(source, &ReadOptions::default())
}

/// Reads a paper, with the bibliographies that it and the reader name.
pub(super) fn read(source: &str, options: &ReadOptions<'_>) -> Parsed {
    parse_within(signs::MAX_SIGNS, source, PaperBuilder::new(), options)
}

/// Reads loose text that was mended. Places in it are given as lines of the loose text.
pub(super) fn parse_mended(mended: &Mended, options: &ReadOptions<'_>) -> Parsed {
    let mut builder = PaperBuilder::new();
    for mending in &mended.mendings {
        builder.add_mending(mending.clone());
    }
    let mut parsed = parse_within(signs::MAX_SIGNS, &mended.markdown, builder, options);
    parsed.relocate(|location| match location {
        SourceLocation::Line(line) => {
            let origin = mended.origins.get((line as usize).saturating_sub(1));
            origin.map_or(location, |origin| SourceLocation::Line(*origin))
        }
        elsewhere => elsewhere,
    });
    parsed
}

/// Reads a paper; one with more signs of Markdown is taken as it was typed.
fn parse_within(
    most_signs: usize,
    source: &str,
    builder: PaperBuilder,
    options: &ReadOptions<'_>,
) -> Parsed {
    let source = unified(source.strip_prefix('\u{feff}').unwrap_or(source));
    let Bounded { source, problem } = nesting::bounded(&source);
    let head = metadata::take_off(&source);
    let body = source.get(head.body..).unwrap_or_default();
    let mut citing = Citing::new(&head.bibliography, options);
    citing.look_for_labels(body);
    let masked = mask::masked(body, &citing);
    let mut reader = MarkdownReader::new(&source, head.body, &masked, builder);
    reader.begin_citing(citing, &masked, &head.bibliography.nocite);
    reader.locate(0);
    for problem in problem.into_iter().chain(head.problem) {
        reader.builder.add_problem(problem);
    }
    *reader.builder.metadata_mut() = head.metadata;
    if let Some(broken) = head.broken {
        // Shown as what it is: text.
        reader.keep_source(broken, "yaml");
    }
    reader.begin_with_abstract(&head.abstract_text);
    if signs::count(reader.markdown) <= most_signs {
        reader.read();
    } else {
        reader.keep_as_typed();
    }
    reader.list_references(false);
    reader.builder.finish()
}

/// What is read of Markdown, beyond CommonMark. Set one by one, since some of the parser's
/// options contradict each other, and its metadata block is quadratic and swallows text.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}

/// Gives what the parser's events say to the builder.
struct MarkdownReader<'a> {
    source: &'a str,
    /// Where the Markdown begins in the source.
    base: usize,
    /// What the parser is given, and what was typed; both are of one length.
    markdown: &'a str,
    typed: &'a str,
    /// What differs.
    hidden: &'a [Hidden],
    /// Where the formula began that was put back last.
    last_formula: Option<usize>,
    /// Where a sign stood that was set before the marker of a citation.
    moved_sign: Option<usize>,
    lines: LineCounter<'a>,
    builder: PaperBuilder,
    /// Opening brackets that wait for their other half.
    brackets: Vec<Bracket>,
    /// Signs that may raise or lower what follows them, at most one of each.
    scripts: Vec<ScriptSign>,
    /// Whether the block of HTML that is being read stands for a shape.
    is_in_shape: bool,
    /// The line of all that is read, if it stands in a shape, and the one that was located last.
    line: Option<u32>,
    located: u32,
    /// How many shapes are open around it.
    depth: u8,
    /// Whether it stands in one paragraph.
    is_inline: bool,
    lists: Vec<MarkdownList>,
    /// What is open of items, from the outside in.
    items: Vec<ParsedItem>,
    /// The caption of the table to come.
    caption_ahead: Option<String>,
    /// What links by name lead to.
    names: Rc<ReferenceNames<'a>>,
    /// Addresses of the source's links, for what is read apart from it.
    definitions: Rc<HashMap<String, String>>,
    /// The numbers of examples.
    examples: Rc<HashMap<&'a str, u32>>,
    /// What citations by key stand for.
    citing: Rc<Citing<'a>>,
    /// Divisions of Pandoc's that are open.
    divs: Vec<Div>,
    /// How many quotes, items and notes are open.
    enclosing: usize,
    /// The chunk of R Markdown that is being read.
    chunk: Option<MarkdownChunk>,
    /// The block of HTML that is being read.
    html: Option<HtmlBlock>,
    /// Those of the heading that is being read.
    attributes: Option<Attributes<'a>>,
}

struct HtmlBlock {
    html: String,
    location: SourceLocation,
}

impl<'a> MarkdownReader<'a> {
    fn new(
        source: &'a str,
        base: usize,
        masked: &'a Masked<'_>,
        mut builder: PaperBuilder,
    ) -> Self {
        builder.keep_empty_paragraphs();
        MarkdownReader {
            source,
            base,
            markdown: &masked.text,
            typed: source.get(base..).unwrap_or_default(),
            hidden: &masked.hidden,
            last_formula: None,
            moved_sign: None,
            lines: LineCounter::new(source),
            builder,
            brackets: Vec::new(),
            scripts: Vec::new(),
            names: Rc::new(ReferenceNames::new(source)),
            definitions: Rc::default(),
            examples: Rc::new(masked.examples.clone()),
            citing: Rc::default(),
            is_in_shape: false,
            line: None,
            located: 1,
            depth: 0,
            is_inline: false,
            lists: Vec::new(),
            items: Vec::new(),
            caption_ahead: None,
            chunk: None,
            divs: Vec::new(),
            enclosing: 0,
            html: None,
            attributes: None,
        }
    }

    fn read(&mut self) {
        let options = self.options();
        let (markdown, hidden) = (self.markdown, self.hidden);
        let names = Rc::clone(&self.names);
        let leads = |link: BrokenLink<'_>| {
            if is_span(hidden, link.span.end) {
                None
            } else {
                names.link(&link.reference)
            }
        };
        let parser = Parser::new_with_broken_link_callback(markdown, options, Some(leads));
        self.keep_definitions(&parser);
        for (event, range) in parser.into_offset_iter() {
            match event {
                Event::Start(Tag::Heading { level, .. }) => self.begin_heading(level as u8, &range),
                Event::End(TagEnd::Heading(_)) => self.end_heading(),
                _ if self.is_in_attributes(&range) => {}
                Event::Start(tag) => self.start(tag, &range),
                Event::End(tag) => self.end(tag, &range),
                Event::Text(text) => {
                    let kept = self.before_attributes(&text, &range);
                    let left_out = text.len() - kept.len();
                    let length = range.len().saturating_sub(left_out);
                    self.text_behind_guard(kept, range.start, length);
                }
                Event::Html(html) => self.html(self.as_typed(&html, &range)),
                Event::SoftBreak if self.is_in_formula(range.start) => {}
                inline => self.inline_event(&inline, range.start),
            }
        }
        if !self.is_inline {
            self.end_block();
        }
    }

    /// Keeps what the links of the source lead to, for what is read apart from it.
    fn keep_definitions<F: BrokenLinkCallback<'a>>(&mut self, parser: &Parser<'a, F>) {
        let reads_apart = self
            .hidden
            .iter()
            .any(|hidden| matches!(hidden.what, MaskedKind::Shape(_) | MaskedKind::Instead(_)));
        if !reads_apart || self.depth > 0 {
            return;
        }
        let definitions = parser.reference_definitions().iter();
        let definitions = definitions
            .map(|(name, link)| (references::key(name), link.dest.to_string()))
            .collect();
        self.definitions = Rc::new(definitions);
    }

    /// Shows the abstract that the metadata have before the text, set apart from it.
    fn begin_with_abstract(&mut self, markdown: &str) {
        let markdown = markdown.trim();
        if markdown.is_empty() {
            return;
        }
        self.builder.open_quote();
        self.builder.begin_paragraph();
        self.builder.open_style(Style::Strong);
        self.builder.push_text("Abstract");
        self.builder.close();
        self.end_block();
        self.read_within(markdown);
        self.builder.close_quote();
    }

    /// Takes the whole source as text.
    fn keep_as_typed(&mut self) {
        self.locate(0);
        self.keep_source(self.typed, "markdown");
        self.builder.problem(ProblemKind::TooMuchMarkup);
    }

    /// The parser's options for this source.
    fn options(&mut self) -> Options {
        let mut options = options();
        if let Some(shape) = find_overgrown(self.markdown) {
            options.remove(Options::ENABLE_TABLES);
            let line = LineCounter::new(self.source).at(self.base + shape);
            let location = SourceLocation::Line(line);
            self.builder
                .problem_at(location, ProblemKind::TablesTooSparse);
        }
        options
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        let at = range.start;
        match tag {
            Tag::Paragraph if self.is_inline => {}
            Tag::Paragraph => {
                self.locate_block(at);
                self.builder.begin_paragraph();
            }
            Tag::CodeBlock(kind) => {
                self.locate_block(at);
                self.begin_chunk(at);
                let language = self.language(&kind, at);
                self.builder.begin_code(language);
            }
            Tag::HtmlBlock => self.begin_html(at),
            Tag::Table(alignments) => {
                self.locate_block(at);
                self.builder.begin_table(&aligned(&alignments));
            }
            Tag::TableHead | Tag::TableRow => self.builder.begin_row(),
            Tag::TableCell => self.builder.begin_cell(),
            Tag::BlockQuote(_) => {
                self.end_block();
                self.enclosing += 1;
                self.builder.open_quote();
            }
            Tag::List(first) => {
                self.end_block();
                self.lists.push(MarkdownList::default());
                self.builder.open_list(first, false);
            }
            Tag::Item => {
                self.end_block();
                self.enclosing += 1;
                self.open_item(at);
            }
            Tag::FootnoteDefinition(label) => {
                self.locate_block(at);
                self.enclosing += 1;
                self.builder.begin_note(&label);
            }
            Tag::Emphasis => self.open_style(Style::Emphasis, at),
            Tag::Strong => self.open_style(Style::Strong, at),
            Tag::Strikethrough => self.open_style(self.tilde_style(range), at),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => self.start_link(link_type, &dest_url, range),
            Tag::Image { dest_url, .. } => {
                self.ensure_block(at);
                self.builder.open_image(&dest_url);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Paragraph if self.is_inline => {}
            TagEnd::Paragraph => self.end_block(),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead | TagEnd::TableRow => self.builder.end_row(),
            TagEnd::TableCell => {
                // No bracket reaches out of a cell.
                self.brackets.clear();
                self.scripts.clear();
                self.builder.end_cell();
            }
            TagEnd::Item => {
                self.end_bearer(range.start);
                self.leave();
                self.close_item();
            }
            TagEnd::BlockQuote(_) => {
                self.end_block();
                self.leave();
                self.builder.close_quote();
            }
            TagEnd::List(_) => {
                self.end_block();
                self.lists.pop();
                self.builder.close_list();
            }
            TagEnd::FootnoteDefinition => {
                self.end_bearer(range.start);
                self.leave();
                self.builder.end_note();
            }
            TagEnd::Link => self.end_link(range.end),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Image => {
                self.close();
            }
            _ => {}
        }
    }

    fn inline_event(&mut self, event: &Event<'_>, at: usize) {
        match event {
            Event::Rule => {
                self.locate_block(at);
                self.builder.rule();
            }
            Event::TaskListMarker(is_done) => {
                self.builder.set_item_bullet(Bullet::Task(*is_done));
            }
            // After `<br>` the line has ended already; and no line begins a block.
            Event::SoftBreak if self.builder.open_text().ends_with('\n') => {}
            Event::SoftBreak if !self.builder.has_open_block() => {}
            Event::SoftBreak => self.builder.push_spaced(" "),
            Event::HardBreak => self.line_break(at),
            Event::InlineHtml(tag) if html::is_line_break(tag) => self.line_break(at),
            Event::InlineHtml(tag) => self.tag(tag, at),
            Event::FootnoteReference(label) => {
                self.ensure_block(at);
                self.cite(label, at);
            }
            Event::Code(code) => {
                self.ensure_block(at);
                self.builder.push_code(code);
                self.place_hidden(at);
            }
            _ => {}
        }
    }

    fn begin_heading(&mut self, level: u8, range: &Range<usize>) {
        self.attributes = self.attributes(range);
        let id = self.attributes.and_then(|attributes| attributes.id);
        self.locate_block(range.start);
        self.builder.begin_heading(level, id);
    }

    fn end_heading(&mut self) {
        if let Some(attributes) = self.attributes.take() {
            self.take_closing_row(attributes);
        }
        self.end_block();
    }

    fn begin_html(&mut self, at: usize) {
        self.end_block();
        self.is_in_shape = self.shape_at(at);
        if self.is_in_shape {
            return;
        }
        self.html = Some(HtmlBlock {
            html: String::new(),
            location: SourceLocation::Line(self.line(at)),
        });
    }

    fn html(&mut self, html: &str) {
        if let Some(block) = &mut self.html {
            block.html.push_str(html);
        }
    }

    /// Only now it is known whether anything of the HTML is shown, and so a bullet.
    fn end_html(&mut self) {
        self.is_in_shape = false;
        let Some(HtmlBlock { html, location }) = self.html.take() else {
            return;
        };
        let HtmlText { text, turns } = html::text_of(&html);
        if text.is_empty() {
            return;
        }
        self.builder.set_location(location);
        self.builder.begin_paragraph();
        let mut from = 0;
        for StyleBoundary { at, style, begins } in turns {
            let before = text.get(from..at).unwrap_or_default();
            self.builder.push_verbatim(before);
            if begins {
                self.builder.open_tag(style);
            } else {
                self.builder.close_tag(style);
            }
            from = at;
        }
        self.builder
            .push_verbatim(text.get(from..).unwrap_or_default());
        self.builder.end_block();
    }

    /// The language of code that begins at the offset.
    fn language<'k>(&self, kind: &'k CodeBlockKind<'_>, at: usize) -> &'k str
    where
        'a: 'k,
    {
        let CodeBlockKind::Fenced(info) = kind else {
            return "";
        };
        let line = |text: &'a str| text.get(at..).and_then(|rest| rest.lines().next());
        let typed = line(self.typed).filter(|typed| line(self.markdown) != Some(typed));
        language(typed.map_or(info, |typed| typed.trim_start_matches(['`', '~'])))
    }

    /// Adds a part of the source as code.
    fn keep_source(&mut self, source: &str, language: &str) {
        self.builder.begin_code(language);
        self.builder.push_verbatim(source.trim_matches('\n'));
        self.builder.end_block();
    }

    fn end_block(&mut self) {
        self.brackets.clear();
        self.scripts.clear();
        self.builder.end_block();
    }

    /// Ends the block in an item or a note, which has an empty one if it has none.
    fn end_bearer(&mut self, at: usize) {
        self.end_block();
        if self.builder.is_bare() {
            self.locate(at);
        }
    }

    /// Ends the block before, and says where the next begins.
    fn locate_block(&mut self, at: usize) {
        self.end_block();
        self.locate(at);
    }

    fn locate(&mut self, at: usize) {
        let line = self.line(at);
        self.located = line;
        self.builder.set_location(SourceLocation::Line(line));
    }

    /// Says where the block begins that inline text is about to begin, if none is open.
    fn ensure_block(&mut self, at: usize) {
        if !self.builder.has_open_block() {
            self.locate(at);
        }
    }

    fn line(&mut self, at: usize) -> u32 {
        match self.line {
            Some(line) => line,
            None => self.lines.at(self.base + at),
        }
    }
}

/// Whether attributes come at the offset.
fn is_span(hidden: &[Hidden], at: usize) -> bool {
    let found = hidden.binary_search_by_key(&at, |hidden| hidden.range.start);
    let hidden = found.ok().and_then(|index| hidden.get(index));
    hidden.is_some_and(|hidden| hidden.what == MaskedKind::Attributes)
}

fn aligned(alignments: &[Align]) -> Vec<Alignment> {
    let alignments = alignments.iter().map(|alignment| match alignment {
        Align::None | Align::Left => Alignment::Left,
        Align::Center => Alignment::Centre,
        Align::Right => Alignment::Right,
    });
    alignments.collect()
}
