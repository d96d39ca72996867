//! What a line stands in, as far as that tells what its first sign means.

use super::blocks::bullets;
use super::prefix;

/// A line, without what encloses it.
#[derive(Debug, Clone, Copy)]
pub(in crate::formats::markdown) struct InnerLine<'a> {
    /// Where it begins in the source.
    pub(super) at: usize,
    /// Bytes of the blanks and the signs of quotes that it begins with.
    head: usize,
    /// How many quotes it stands in.
    pub(in crate::formats::markdown) quotes: usize,
    /// Columns of the blanks before its content, behind the last sign of a quote.
    pub(in crate::formats::markdown) indent: usize,
    pub(in crate::formats::markdown) content: &'a str,
    /// Where the next line begins.
    pub(super) end: usize,
}

/// What stands before a line.
#[derive(Debug, Default)]
pub(super) struct ContainerContext {
    /// The paragraph that stands right before.
    pub(super) paragraph: ContainerParagraph,
    /// The one-line paragraph that one blank line parts from this one.
    term: Option<ContainerParagraph>,
    blank_lines: usize,
    /// The items, the notes and the definitions that are open.
    items: Vec<ContainerItem>,
    /// Whether a definition ends before this line.
    follows_definition: bool,
    pub(super) table: TablePart,
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ContainerParagraph {
    pub(super) lines: usize,
    /// Where its first line begins, and its content.
    pub(super) at: usize,
    pub(super) start: usize,
    indent: usize,
    pub(in crate::formats::markdown) quotes: usize,
    /// Whether it begins on a line of its own, and not behind a bullet.
    is_plain: bool,
    /// Whether it began with a label such as `(a)`.
    pub(super) has_label: bool,
}

#[derive(Debug, Clone, Copy)]
struct ContainerItem {
    /// Where what belongs to it begins, in columns.
    column: usize,
    is_definition: bool,
}

/// Which part of a table stands right before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum TablePart {
    #[default]
    None,
    Rows,
    /// All of it, but for blank lines.
    End,
}

impl<'a> InnerLine<'a> {
    pub(in crate::formats::markdown) fn new(line: &'a str, at: usize) -> Self {
        let head = prefix(line);
        let (before, content) = line.split_at_checked(head).unwrap_or(("", line));
        let inner = before.rfind('>').map_or(before, |quote| {
            let inner = before.get(quote + 1..).unwrap_or_default();
            inner.strip_prefix(' ').unwrap_or(inner)
        });
        let columns = |columns: usize, byte: u8| match byte {
            b'\t' => columns + 4 - columns % 4,
            _ => columns + 1,
        };
        InnerLine {
            at,
            head,
            quotes: before.bytes().filter(|byte| *byte == b'>').count(),
            indent: inner.bytes().fold(0, columns),
            content: content.trim_end(),
            end: at + line.len(),
        }
    }

    /// The line of the source that begins there, if there is one.
    pub(super) fn at(source: &'a str, at: usize) -> Option<Self> {
        let rest = source.get(at..).filter(|rest| !rest.is_empty())?;
        let end = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
        Some(InnerLine::new(rest.get(..end)?, at))
    }

    /// Where its content begins in the source.
    pub(super) fn start(&self) -> usize {
        self.at + self.head
    }

    /// Where its content ends.
    pub(super) fn content_end(&self) -> usize {
        self.start() + self.content.len()
    }

    pub(super) fn is_blank(&self) -> bool {
        self.content.is_empty()
    }
}

impl ContainerContext {
    /// Takes in a blank line.
    pub(super) fn blank(&mut self) {
        self.term = match self.blank_lines {
            0 => Some(self.paragraph).filter(|paragraph| paragraph.lines == 1),
            _ => None,
        };
        self.blank_lines += 1;
        self.paragraph = ContainerParagraph::default();
        if self.table == TablePart::Rows {
            self.table = TablePart::End;
        }
    }

    /// Takes in that something other than a paragraph has come.
    pub(super) fn block(&mut self) {
        self.paragraph = ContainerParagraph::default();
        self.term = None;
        self.blank_lines = 0;
        self.table = TablePart::None;
    }

    /// Closes the items that the line does not belong to.
    pub(super) fn enter(&mut self, line: &InnerLine<'_>) {
        if self.paragraph.lines == 0 {
            self.follows_definition = false;
        }
        if self.paragraph.lines == 0 || bullets(line.content) > 0 {
            self.close_items(line);
        }
    }

    fn close_items(&mut self, line: &InnerLine<'_>) {
        while let Some(item) = self.items.pop_if(|item| item.column > line.indent) {
            self.follows_definition |= item.is_definition;
        }
    }

    /// Whether the line is so far to the right that it is code.
    pub(super) fn is_code(&self, line: &InnerLine<'_>) -> bool {
        let column = self.items.last().map_or(0, |item| item.column);
        self.paragraph.lines == 0 && line.indent >= column + 4
    }

    /// Whether a list may begin within the paragraph of an item that the line goes on with.
    pub(super) fn may_nest(&self, line: &InnerLine<'_>) -> bool {
        let item = self.items.last().filter(|item| !item.is_definition);
        let is_in_item = item.is_some_and(|item| {
            (item.column..item.column + 4).contains(&line.indent) && !self.paragraph.is_plain
        });
        is_in_item && self.paragraph.lines > 0 && self.paragraph.quotes == line.quotes
    }

    /// Whether there is a term before the line that it may define, or another definition.
    pub(super) fn may_define(&self, line: &InnerLine<'_>) -> bool {
        let term = match self.paragraph.lines {
            0 => self.term,
            1 => Some(self.paragraph),
            _ => None,
        };
        let is_term = |term: ContainerParagraph| {
            term.is_plain && term.quotes == line.quotes && term.indent.abs_diff(line.indent) < 4
        };
        let last = self.items.last().is_some_and(|item| item.is_definition);
        self.follows_definition || last || term.is_some_and(is_term)
    }

    /// Takes in a line of text that begins with the sign of a definition, or with a label.
    pub(super) fn item(&mut self, line: &InnerLine<'_>, lead: usize, is_definition: bool) {
        self.close_items(line);
        self.items.push(ContainerItem {
            column: line.indent + lead,
            is_definition,
        });
        self.table = TablePart::None;
        self.blank_lines = 0;
        self.paragraph = ContainerParagraph {
            lines: 1,
            at: line.at,
            start: line.start(),
            indent: line.indent + lead,
            quotes: line.quotes,
            is_plain: is_definition,
            has_label: !is_definition,
        };
    }

    /// Takes in a line of text, which begins with the signs of items, or a note's label, of so
    /// many bytes.
    pub(super) fn text(&mut self, line: &InnerLine<'_>, lead: usize) {
        self.blank_lines = 0;
        if self.table == TablePart::End {
            self.table = TablePart::None;
        }
        if lead > 0 {
            // A note's further lines stand four columns to the right, an item's under its text.
            let column = if line.content.starts_with('[') {
                4
            } else {
                lead
            };
            self.items.push(ContainerItem {
                column: line.indent + column,
                is_definition: false,
            });
            self.paragraph = ContainerParagraph::default();
        } else if self.paragraph.lines > 0 && super::tables::is_delimiter_row(line.content) {
            self.table = TablePart::Rows;
        }
        let is_comment = line.content.starts_with("<!--") && line.content.ends_with("-->");
        if line.content.starts_with('#') || is_comment || self.table == TablePart::Rows {
            self.paragraph = ContainerParagraph::default();
        } else if self.paragraph.lines == 0 {
            self.paragraph = ContainerParagraph {
                lines: 1,
                at: line.at,
                start: line.start(),
                indent: line.indent,
                quotes: line.quotes,
                is_plain: lead == 0,
                has_label: false,
            };
        } else {
            self.paragraph.lines += 1;
        }
    }
}
