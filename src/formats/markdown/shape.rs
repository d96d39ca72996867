//! Blocks that only Pandoc and its like have signs for. The parser sees each as a block of HTML
//! without any text; here it is read.

use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use super::curly::Curly;
use super::hidden::FIXED_SPACE;
use super::mask::{self, Hidden, InnerLine, MaskedKind, shortcode};
use super::pieces::SourcePiece;
use super::references::ReferenceNames;
use super::tables::find_overgrown;
use super::text_table::TextTable;
use super::{MarkdownReader, MarkdownSource};
use crate::paper::Style;

/// So deep shapes may stand in one another, as a table in a table's cell.
const MAX_SHAPE_DEPTH: u8 = 2;

/// Stands before Markdown that is read within a block: no block begins behind it, and whatever
/// begins or ends in running text does so as behind a blank.
pub(super) const BEFORE_INLINE: &str = ",";

/// So many blanks may stand before a line of a shape.
const MAX_LEADING_BLANKS: usize = 200;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// The line that begins a division.
    DivBegin,
    /// The line that ends one.
    DivEnd,
    SimpleTable,
    MultilineTable,
    GridTable,
    /// A caption behind its table.
    Caption,
    /// A caption before its table.
    CaptionAhead,
    /// The head of a quote that is a note to the reader: `[!note] Title`.
    Callout,
    /// Lines that each begin with a bar.
    Lines,
    /// TeX, shown as it is typed.
    Tex,
    /// Code between two shortcodes.
    Code,
    /// A shortcode with a caption.
    Shortcode,
    /// What nothing is shown of.
    Nothing,
}

impl Shape {
    /// Whether there is running text in it.
    pub(super) fn has_text(self) -> bool {
        !matches!(
            self,
            Shape::DivEnd | Shape::Tex | Shape::Code | Shape::Nothing
        )
    }

    pub(super) fn is_table(self) -> bool {
        matches!(
            self,
            Shape::SimpleTable | Shape::MultilineTable | Shape::GridTable
        )
    }
}

/// A division that is open.
#[derive(Debug)]
pub(super) struct Div {
    /// Whether what stands in it is quoted.
    is_quote: bool,
    /// How many quotes and items were open around it.
    depth: usize,
}

/// What divisions are called that set apart what somebody else says, or what is not of the
/// running text.
const QUOTES: [&str; 12] = [
    "epigraph",
    "quote",
    "quotation",
    "blockquote",
    "verse",
    "note",
    "tip",
    "warning",
    "caution",
    "important",
    "callout",
    "aside",
];

impl<'a> MarkdownReader<'a> {
    /// Reads the shape that the block of HTML at the offset stands for, if it does.
    pub(super) fn shape_at(&mut self, at: usize) -> bool {
        let hidden = self.hidden_from(at);
        let shape = hidden.and_then(|hidden| match &hidden.what {
            MaskedKind::Shape(shape) if is_near(hidden, at) => Some((hidden, *shape)),
            _ => None,
        });
        let Some((hidden, shape)) = shape else {
            return false;
        };
        self.locate(hidden.range.start);
        match shape {
            Shape::DivBegin => self.begin_div(self.typed_of(hidden)),
            Shape::DivEnd => self.end_div(),
            Shape::Caption => {
                let words = self.caption(hidden);
                self.push_caption(&words);
            }
            Shape::CaptionAhead => self.caption_ahead = Some(self.caption(hidden)),
            Shape::Lines => self.line_block(hidden),
            Shape::Nothing => {}
            Shape::Callout => self.callout(self.typed_of(hidden)),
            Shape::Tex => {
                let tex = self.region(hidden).join("\n");
                self.keep_source(&tex, "latex");
            }
            Shape::Code => self.highlighted(hidden),
            Shape::Shortcode => {
                let shown = shortcode(self.typed_of(hidden)).and_then(|(_, caption)| caption);
                self.builder.begin_paragraph();
                self.read_inline(shown.unwrap_or_default());
                self.end_block();
            }
            Shape::SimpleTable => self.text_table(hidden, TextTable::simple),
            Shape::MultilineTable => self.text_table(hidden, TextTable::multiline),
            Shape::GridTable => self.text_table(hidden, TextTable::grid),
        }
        true
    }

    fn begin_div(&mut self, line: &str) {
        let curly = line.find('{').and_then(|at| Curly::parse(line.get(at..)?));
        let (curly, _) = curly.unwrap_or_default();
        let word = line.trim_matches([':', ' ', '\t']);
        if let Some(id) = curly.id {
            self.builder.anchor(id);
        }
        if curly.id == Some("refs") {
            self.list_references(true);
        }
        let mut classes = curly.classes.iter().copied().chain([word]);
        let is_quote = classes.any(|class| {
            let class = class.to_ascii_lowercase();
            QUOTES.contains(&class.as_str()) || class.starts_with("callout-")
        });
        if is_quote {
            self.builder.open_quote();
        }
        self.divs.push(Div {
            is_quote,
            depth: self.enclosing,
        });
        if let Some(title) = curly.get("title").filter(|_| is_quote) {
            self.builder.begin_paragraph();
            self.builder.open_style(Style::Strong);
            self.read_inline(title);
            self.builder.close();
            self.end_block();
        }
    }

    /// Ends the division that was begun last, if it was begun where this one ends.
    fn end_div(&mut self) {
        let depth = self.enclosing;
        if let Some(div) = self.divs.pop_if(|div| div.depth == depth)
            && div.is_quote
        {
            self.builder.close_quote();
        }
    }

    /// Takes in that a quote or an item is closed: no division reaches out of it.
    pub(super) fn leave(&mut self) {
        while let Some(div) = self.divs.pop_if(|div| div.depth >= self.enclosing) {
            if div.is_quote {
                self.builder.close_quote();
            }
        }
        self.enclosing = self.enclosing.saturating_sub(1);
    }

    /// The words of a caption.
    fn caption(&self, hidden: &Hidden) -> String {
        let lines = self.region(hidden);
        let words = lines.join("\n");
        let (_, words) = words.split_once(':').unwrap_or_default();
        words.trim().to_owned()
    }

    fn push_caption(&mut self, words: &str) {
        let attributes = words.rfind('{').and_then(|at| {
            let (before, curly) = words.split_at_checked(at)?;
            if before.ends_with('\\') {
                return None;
            }
            let (curly, bytes) = Curly::parse(curly)?;
            (bytes + at == words.len()).then(|| (before.trim_end(), curly))
        });
        let (words, curly) = attributes.unwrap_or((words, Curly::default()));
        if let Some(id) = curly.id {
            self.builder.anchor(id);
        }
        self.builder.begin_caption();
        self.read_inline(words);
        self.end_block();
    }

    /// Takes in that a table has ended: a caption that came before it comes now.
    pub(super) fn end_table(&mut self) {
        self.builder.end_table();
        if let Some(words) = self.caption_ahead.take() {
            self.push_caption(&words);
        }
    }

    fn line_block(&mut self, hidden: &Hidden) {
        self.builder.begin_paragraph();
        for (nth, line) in self.region(hidden).iter().enumerate() {
            let (is_new, text) = match line.strip_prefix('|') {
                Some(text) => (true, text.strip_prefix(' ').unwrap_or(text)),
                None => (false, line.as_str()),
            };
            match is_new {
                _ if nth == 0 => {}
                true => self.builder.line_break(),
                false => self.builder.push_spaced(" "),
            }
            let words = text.trim_start();
            if is_new && !words.is_empty() {
                let blanks = text.len() - words.len();
                self.builder.push_spaced(&FIXED_SPACE.repeat(blanks));
            }
            self.read_inline(words);
        }
        self.end_block();
    }

    fn text_table(&mut self, hidden: &Hidden, parse: fn(&[String]) -> Option<TextTable>) {
        let Some(table) = parse(&self.region(hidden)) else {
            return self.keep_source(self.typed_of(hidden), "");
        };
        self.builder.begin_table(&table.alignments);
        let columns = table.alignments.len();
        let heads = table.heads.unwrap_or_else(|| vec![String::new(); columns]);
        for row in std::iter::once(&heads).chain(&table.rows) {
            self.builder.begin_row();
            for cell in row {
                self.builder.begin_cell();
                self.read_within(cell);
                self.builder.end_cell();
            }
            self.builder.end_row();
        }
        self.end_table();
    }

    /// The title of a note to the reader, or what kind it is.
    fn callout(&mut self, line: &str) {
        let (kind, title) = line.split_once(']').unwrap_or_default();
        let kind = kind.trim_start_matches("[!");
        let title = title.trim_start_matches(['+', '-']).trim();
        self.builder.begin_paragraph();
        self.builder.open_style(Style::Strong);
        match title {
            "" => {
                let mut letters = kind.chars();
                let first = letters.next().map(|first| first.to_uppercase().to_string());
                self.builder.push_spaced(&first.unwrap_or_default());
                self.builder.push_spaced(&letters.as_str().to_lowercase());
            }
            title => self.read_inline(title),
        }
        self.builder.close();
        self.end_block();
    }

    fn highlighted(&mut self, hidden: &Hidden) {
        let lines = self.region(hidden);
        let first = lines.first().map(String::as_str).unwrap_or_default();
        let mut words = first.trim_matches(['{', '%', '}', '-', ' ']).split(' ');
        let code = lines
            .get(1..lines.len().saturating_sub(1))
            .unwrap_or_default();
        self.keep_source(&code.join("\n"), words.nth(1).unwrap_or_default());
    }

    /// The lines of what is hidden, without what encloses them.
    fn region(&self, hidden: &Hidden) -> Vec<String> {
        let Range { start, end } = hidden.range;
        let before = self.typed.get(..start).unwrap_or_default();
        let from = before.rfind('\n').map_or(0, |end| end + 1);
        let lines = self.typed.get(from..end).unwrap_or_default();
        let quotes = InnerLine::new(lines.split('\n').next().unwrap_or_default(), 0).quotes;
        let lines = || lines.split('\n').map(|line| behind_quotes(line, quotes));
        let filled = lines().filter(|(_, content)| !content.is_empty());
        let indent = filled.map(|(indent, _)| indent).min().unwrap_or_default();
        let lines = lines().map(|(blanks, content)| {
            let blanks = blanks.saturating_sub(indent).min(MAX_LEADING_BLANKS);
            format!("{:blanks$}{}", "", content.replace('\t', "    "))
        });
        lines.collect()
    }

    /// Reads Markdown within the open block: whatever it begins with, it begins no other.
    pub(super) fn read_inline(&mut self, markdown: &str) {
        self.read_behind(BEFORE_INLINE, markdown.trim_start_matches([' ', '\t']));
    }

    /// Reads Markdown that stands in a shape.
    pub(super) fn read_within(&mut self, markdown: &str) {
        self.read_behind("", markdown);
    }

    /// Reads Markdown that stands in a shape, behind this that stands before it.
    fn read_behind(&mut self, before: &str, markdown: &str) {
        if markdown.is_empty() || self.depth >= MAX_SHAPE_DEPTH {
            return self.builder.push_spaced(markdown);
        }
        // A marker behind an exclamation mark is no image, which inner text would have it be.
        let is_plain = !markdown.contains(['`', '\\']) && markdown.contains("![^");
        let escaped = is_plain.then(|| markdown.replace("![^", "\\![^"));
        let markdown = &format!("{before}{}", escaped.as_deref().unwrap_or(markdown));
        let citing = Rc::clone(&self.citing);
        let masked = mask::masked(markdown, &citing);
        let line = self.shape_line();
        let builder = std::mem::take(&mut self.builder);
        let around = MarkdownSource::new(markdown, 0, &masked);
        let mut inner = MarkdownReader::new(&around, builder);
        inner.depth = self.depth + 1;
        inner.line = Some(line);
        inner.is_inline = before == BEFORE_INLINE;
        inner.names = Arc::new(ReferenceNames::within(&self.names, &self.definitions));
        inner.definitions = Arc::clone(&self.definitions);
        inner.examples = Arc::clone(&self.examples);
        inner.citing = Rc::clone(&citing);
        if !citing.is_empty() {
            inner.tell_unknown_keys(&citing, &masked.unknown_keys);
        }
        inner.settle_options(find_overgrown(&masked.text));
        inner.read(&SourcePiece::whole(&masked.text));
        self.builder = inner.builder;
    }

    /// The line on which the shape begins that is being read.
    fn shape_line(&mut self) -> u32 {
        self.line.unwrap_or(self.located)
    }

    pub(super) fn typed_of(&self, hidden: &Hidden) -> &'a str {
        self.typed.get(hidden.range.clone()).unwrap_or_default()
    }
}

/// Whether the block that the parser has found at the offset is what was hidden.
fn is_near(hidden: &Hidden, at: usize) -> bool {
    hidden.range.start.abs_diff(at) < 4
}
/// The indent and the content of a line in so many quotes. A quote that begins in it is content, as
/// in the cell of a table.
fn behind_quotes(text: &str, quotes: usize) -> (usize, &str) {
    let line = InnerLine::new(text, 0);
    if line.quotes <= quotes {
        return (line.indent, line.content);
    }
    let behind = match quotes.checked_sub(1) {
        None => text,
        Some(last) => {
            let sign = text.match_indices('>').nth(last);
            let behind = sign.and_then(|(at, sign)| text.get(at + sign.len()..));
            behind.map_or("", |rest| rest.strip_prefix(' ').unwrap_or(rest))
        }
    };
    let content = behind.trim_start_matches(' ');
    (behind.len() - content.len(), content.trim_end())
}
