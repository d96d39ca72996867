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
mod beginning;
mod brackets;
mod chunks;
mod citations;
mod citing;
mod curly;
mod events;
mod hidden;
mod html;
mod html_blocks;
mod items;
mod keys;
mod mask;
mod metadata;
mod mmd_block;
mod nesting;
mod note_order;
mod pieces;
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
use std::sync::Arc;

use pulldown_cmark::{BrokenLinkCallback, CodeBlockKind, Options, Parser};

use super::ReadOptions;
use super::lines::{LineCounter, unified};
use super::loose::Mended;
use crate::paper::{PaperBuilder, Parsed, ProblemKind, SourceLocation, Style, side_by_side};
use attributes::Attributes;
use brackets::Bracket;
use chunks::{MarkdownChunk, language};
use citing::Citing;
use html::{HtmlText, StyleBoundary};
use items::{MarkdownList, ParsedItem};
use mask::{Hidden, Masked, MaskedKind};
pub(crate) use mask::{is_label, is_numbered};
use nesting::Bounded;
use pieces::SourcePiece;
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
    if let Some(begun) = options.begun
        && let Some(source) = beginning::of(source)
    {
        begun(parse_beginning(&source, options));
    }
    parse_within(ReadingLimits::USUAL, source, PaperBuilder::new(), options)
}

/// Reads the beginning of a long paper from what its source begins and ends with; none if these do not
/// define all that the beginning cites.
pub(super) fn read_beginning(ends: (&str, &str), options: &ReadOptions<'_>) -> Option<Parsed> {
    let source = beginning::of_ends(ends)?;
    Some(parse_beginning(&source, options))
}

fn parse_beginning(source: &str, options: &ReadOptions<'_>) -> Parsed {
    let mut builder = PaperBuilder::new();
    builder.be_beginning();
    parse_within(ReadingLimits::USUAL, source, builder, options)
}

/// Reads loose text that was mended. Places in it are given as lines of the loose text.
pub(super) fn parse_mended(mended: &Mended, options: &ReadOptions<'_>) -> Parsed {
    let mut builder = PaperBuilder::new();
    for mending in &mended.mendings {
        builder.add_mending(mending.clone());
    }
    let mut parsed = parse_within(ReadingLimits::USUAL, &mended.markdown, builder, options);
    parsed.relocate(|location| match location {
        SourceLocation::Line(line) => {
            let origin = mended.origins.get((line as usize).saturating_sub(1));
            origin.map_or(location, |origin| SourceLocation::Line(*origin))
        }
        elsewhere => elsewhere,
    });
    parsed
}

/// What is done with papers beyond a size; less in tests.
#[derive(Debug, Clone, Copy)]
struct ReadingLimits {
    /// A paper with more signs of Markdown is taken as it was typed.
    signs: usize,
    /// A paper is read in pieces of at least so many bytes.
    piece_bytes: usize,
}

impl ReadingLimits {
    const USUAL: ReadingLimits = ReadingLimits {
        signs: signs::MAX_SIGNS,
        piece_bytes: pieces::MIN_PIECE_BYTES,
    };
}

/// Reads a paper within limits.
fn parse_within(
    limits: ReadingLimits,
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
    let cites_keys = !citing.is_idle();
    let around = MarkdownSource::new(&source, head.body, &masked);
    let mut reader = MarkdownReader::new(&around, builder);
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
    let look = || {
        let has_too_many = signs::exceed(limits.signs, &masked.text);
        (has_too_many, find_overgrown(&masked.text))
    };
    // Which note gives a work in full depends on all that stand before it.
    let cut = || {
        let pieces = || pieces::cut(&around, &masked.headings, limits.piece_bytes);
        (!cites_keys).then(pieces).flatten()
    };
    let ((has_too_many, overgrown), pieces) = if masked.text.len() > limits.piece_bytes {
        side_by_side(look, cut)
    } else {
        (look(), None)
    };
    if has_too_many {
        reader.keep_as_typed();
    } else {
        reader.settle_options(overgrown);
        let options = reader.options;
        let in_pieces = pieces.and_then(|pieces| pieces::read(&around, options, &pieces));
        if !in_pieces.is_some_and(|read| reader.builder.append(read)) {
            reader.read(&SourcePiece::whole(reader.markdown));
        }
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

/// The source that a reader is for, and what is known of all of it.
#[derive(Debug)]
struct MarkdownSource<'a> {
    source: &'a str,
    /// Where the Markdown begins in the source.
    base: usize,
    /// What the parser is given.
    markdown: &'a str,
    /// In what it differs from what was typed.
    hidden: &'a [Hidden],
    names: Arc<ReferenceNames<'a>>,
    examples: Arc<HashMap<&'a str, u32>>,
}

impl<'a> MarkdownSource<'a> {
    fn new(source: &'a str, base: usize, masked: &'a Masked<'_>) -> Self {
        MarkdownSource {
            source,
            base,
            markdown: &masked.text,
            hidden: &masked.hidden,
            names: Arc::new(ReferenceNames::new(source)),
            examples: Arc::new(masked.examples.clone()),
        }
    }

    /// The line of the source on which the Markdown begins.
    fn first_line(&self) -> u32 {
        LineCounter::new(self.source).at(self.base)
    }
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
    options: Options,
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
    names: Arc<ReferenceNames<'a>>,
    /// Addresses of the source's links, for what is read apart from it.
    definitions: Arc<HashMap<String, String>>,
    /// The numbers of examples.
    examples: Arc<HashMap<&'a str, u32>>,
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
    line: u32,
}

impl<'a> MarkdownReader<'a> {
    fn new(around: &MarkdownSource<'a>, mut builder: PaperBuilder) -> Self {
        builder.keep_empty_paragraphs(true);
        MarkdownReader {
            source: around.source,
            base: around.base,
            markdown: around.markdown,
            typed: around.source.get(around.base..).unwrap_or_default(),
            hidden: around.hidden,
            options: options(),
            last_formula: None,
            moved_sign: None,
            lines: LineCounter::new(around.source),
            builder,
            brackets: Vec::new(),
            scripts: Vec::new(),
            names: Arc::clone(&around.names),
            definitions: Arc::default(),
            examples: Arc::clone(&around.examples),
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

    /// Whether nothing is open, so that what follows may be read by itself.
    fn is_between_blocks(&self) -> bool {
        self.divs.is_empty() && self.caption_ahead.is_none() && self.builder.is_between_blocks()
    }

    /// Keeps what the links of the source lead to, for what is read apart from it.
    fn keep_definitions<'p, F: BrokenLinkCallback<'p>>(&mut self, parser: &Parser<'p, F>) {
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
        self.definitions = Arc::new(definitions);
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

    /// Leaves tables out of the parser's options if those of the source are overgrown, from this
    /// byte on.
    fn settle_options(&mut self, overgrown: Option<usize>) {
        if let Some(shape) = overgrown {
            self.options.remove(Options::ENABLE_TABLES);
            let line = LineCounter::new(self.source).at(self.base + shape);
            let location = SourceLocation::Line(line);
            self.builder
                .problem_at(location, ProblemKind::TablesTooSparse);
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
            line: self.line(at),
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
        let Some(HtmlBlock { html, line }) = self.html.take() else {
            return;
        };
        if html_blocks::is_whole(&html) {
            return html_blocks::tell(&html, line, &mut self.builder);
        }
        let HtmlText { text, turns } = html::text_of(&html);
        if text.is_empty() {
            return;
        }
        self.builder.set_location(SourceLocation::Line(line));
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
