//! Reading Markdown into a paper.
//!
//! The Markdown is CommonMark with tables, footnotes, struck text, task lists and headings with
//! `{#id}`, as GitHub and Pandoc have them, Pandoc's inline notes `^[text]`, bare addresses, and
//! a metadata block in YAML at the very start. A soft line end is a space. An image is shown as
//! its description. Of HTML the text is kept.

mod attributes;
mod leaf;
mod signs;
#[cfg(test)]
mod tests;
mod text;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::clean::{Space, clean};
use super::draft::Draft;
use super::flow::Flow;
use super::inline::Inline;
use super::lines::{Lines, unified};
use super::nesting::{self, Bounded};
use super::tables::{TableShape, find_overgrown};
use super::{Parsed, Problem, Style, html, metadata};
use attributes::Attributes;
use leaf::{Leaf, LeafKind};
use text::address;

/// Reads a paper. Every text is a paper; what it could not take as it stood is among the problems.
///
/// The work and the memory are in proportion to the source's length.
#[must_use]
pub fn parse(source: &str) -> Parsed {
    parse_within(signs::MOST, source)
}

/// Reads a paper; one with more signs of Markdown is taken as it was typed.
fn parse_within(most_signs: usize, source: &str) -> Parsed {
    let source = unified(source.strip_prefix('\u{feff}').unwrap_or(source));
    let Bounded { source, problem } = nesting::bounded(&source);
    let head = metadata::take_off(&source);
    let mut reader = Reader::new(&source, head.body);
    reader.draft.problems.extend(problem);
    reader.draft.metadata = head.metadata;
    reader.draft.problems.extend(head.problem);
    if let Some(broken) = head.broken {
        // Shown as what it is: text.
        reader.keep_source(broken, "yaml", 1);
    }
    match signs::count(reader.markdown) <= most_signs {
        true => reader.read(),
        false => reader.keep_as_typed(),
    }
    reader.draft.assemble()
}

/// What is read of Markdown, beyond CommonMark. Set one by one, since some of the parser's
/// options contradict each other, and its metadata block is quadratic and swallows text.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
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
    /// Those of the heading that is being read.
    attributes: Option<Attributes<'a>>,
    /// The innermost open definition is the last; the body is below them all.
    flows: Vec<Flow>,
    body: Flow,
    first_hidden: Option<u32>,
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
            attributes: None,
            flows: Vec::new(),
            body: Flow::default(),
            first_hidden: None,
        }
    }

    fn read(&mut self) {
        let options = self.options();
        for (event, range) in Parser::new_ext(self.markdown, options).into_offset_iter() {
            match event {
                Event::Start(Tag::Heading { level, .. }) => self.begin_heading(level as u8, &range),
                Event::End(TagEnd::Heading(_)) => self.finish_heading(),
                _ if self.is_in_attributes(&range) => {}
                Event::Start(tag) => self.start(tag, range.start),
                Event::End(tag) => self.end(tag, &range),
                Event::Text(text) => {
                    let kept = self.before_attributes(&text, &range);
                    self.text(kept, range.start, range.len());
                }
                Event::Html(html) => self.html(&html),
                inline => self.inline_event(&inline, range.start),
            }
        }
        self.finish_leaf();
        self.report_hidden();
    }

    /// Takes the whole source as text.
    fn keep_as_typed(&mut self) {
        let line = self.line(0);
        self.keep_source(self.markdown, "markdown", line);
        self.draft.problems.push(Problem {
            line,
            message: "this paper has more signs of Markdown than opcit can hold, and is shown as \
                      it was typed: split it"
                .to_owned(),
        });
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
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Table => {
                self.finish_leaf();
            }
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
            TagEnd::Link => self.end_link(range.end),
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
            // After `<br>` the line has ended already.
            Event::SoftBreak if self.inline.ends_with('\n') => {}
            Event::SoftBreak => self.inline.push(" ", Space::Folded),
            Event::HardBreak => self.line_break(at),
            Event::InlineHtml(tag) if html::is_line_break(tag) => self.line_break(at),
            Event::InlineHtml(tag) => self.tag(tag, at),
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

    fn start_definition(&mut self, label: &str, at: usize) {
        self.finish_leaf();
        let line = self.line(at);
        let note = self.draft.notes.define(label, line);
        self.flows.push(Flow::of_note(note));
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
                // What acts on a terminal or on the direction of writing is shown by a sign, what
                // has no width is left out.
                message: format!("{count} hidden {characters}, shown by signs or left out"),
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
