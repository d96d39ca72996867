//! Tables without bars between the cells, or with lines between the rows, their captions, and
//! blocks of lines: where they begin and end.

use super::blocks::BlockScanner;
use super::context::{InnerLine, TablePart};
use crate::formats::markdown::shape::Shape;

/// A table, a caption or a block of lines is at most so many bytes long; what is longer is text.
const MAX_TABLE_BYTES: usize = 256 * 1024;

/// A caption's end is looked for in so many bytes.
const MAX_CAPTION_BYTES: usize = 8 * 1024;

impl<'a> BlockScanner<'a, '_> {
    /// The shape that the line begins with a caption's words, and where it ends.
    pub(super) fn caption(&self, line: &InnerLine<'a>) -> Option<(Shape, usize)> {
        let content = line.content;
        let words = ["Table:", "table:", ":"];
        let text = words.iter().find_map(|word| content.strip_prefix(word))?;
        let is_caption = text.starts_with([' ', '\t']) && !self.is_in_note;
        let is_behind = self.context.table != TablePart::None;
        if !is_caption || (!is_behind && self.context.paragraph.lines > 0) {
            return None;
        }
        let end = self
            .last_line(line, MAX_CAPTION_BYTES, |next| next.quotes == line.quotes)?
            .content_end();
        if is_behind {
            Some((Shape::Caption, end))
        } else {
            self.table_follows(end)
                .then_some((Shape::CaptionAhead, end))
        }
    }

    /// The last of the lines that follow one another from this one on, without a blank one and as
    /// long as they belong together. In the cells of a table quotes may begin.
    fn last_line(
        &self,
        first: &InnerLine<'a>,
        longest: usize,
        belongs: impl Fn(&InnerLine<'a>) -> bool,
    ) -> Option<InnerLine<'a>> {
        let mut last = *first;
        while let Some(next) = InnerLine::at(self.source, last.end)
            && !next.is_blank()
            && next.quotes >= first.quotes
            && belongs(&next)
        {
            last = next;
            if last.end - first.at > longest {
                return None;
            }
        }
        Some(last)
    }

    /// Whether a table comes next, after blank lines.
    fn table_follows(&self, at: usize) -> bool {
        let mut lines = SourceLines::new(self.source, self.line_end(at));
        let blanks = lines
            .by_ref()
            .take(4)
            .take_while(InnerLine::is_blank)
            .count();
        let mut lines = SourceLines::new(self.source, self.line_end(at)).skip(blanks);
        let (Some(first), Some(second)) = (lines.next(), lines.next()) else {
            return false;
        };
        let is_barred = first.content.contains('|') && is_delimiter_row(second.content);
        let is_dashed = dashes(first.content) > 0 || dashes(second.content) > 1;
        blanks > 0 && (is_barred || is_dashed || is_grid_line(first.content))
    }

    /// A table that begins with, or has its second line in, a line of dashes: where it begins and
    /// ends.
    pub(super) fn dashed_table(
        &mut self,
        line: &InnerLine<'a>,
    ) -> Option<(InnerLine<'a>, Shape, usize)> {
        let groups = dashes(line.content);
        let paragraph = self.context.paragraph;
        if groups == 0 || self.is_in_note || self.context.table == TablePart::Rows {
            return None;
        }
        if paragraph.lines == 1 && groups > 1 {
            let head = InnerLine::at(self.source, paragraph.at)?;
            let is_sound = head.start() == paragraph.start && head.quotes == line.quotes;
            let last = self.last_line(line, MAX_TABLE_BYTES, |_| true)?;
            return (is_sound && self.text_from <= head.start())
                .then(|| (head, Shape::SimpleTable, last.content_end()));
        }
        if paragraph.lines > 0 {
            return None;
        }
        let last = self.last_line(line, MAX_TABLE_BYTES, |_| true)?;
        if groups > 1 && last.at > line.at && dashes(last.content) > 1 {
            return Some((*line, Shape::SimpleTable, last.content_end()));
        }
        let is_headed = groups == 1 && self.has_dashes_within(line, &last);
        if last.at == line.at || (groups == 1 && !is_headed) {
            return None;
        }
        let end = self.multiline_end(line)?;
        Some((*line, Shape::MultilineTable, end))
    }

    /// Whether a line of the lines up to the last has groups of dashes.
    fn has_dashes_within(&self, first: &InnerLine<'a>, last: &InnerLine<'a>) -> bool {
        let lines = SourceLines::new(self.source, first.end);
        let mut lines = lines.take_while(|line| line.at <= last.at);
        lines.any(|line| dashes(line.content) > 1)
    }

    /// Where the table ends whose rows are parted by blank lines: with a line of dashes that a
    /// blank line follows.
    fn multiline_end(&mut self, first: &InnerLine<'a>) -> Option<usize> {
        if self.no_table_end_before > first.at {
            return None;
        }
        let mut lines = SourceLines::new(self.source, first.end).peekable();
        let mut reached = first.end;
        while let Some(line) = lines.next() {
            reached = line.end;
            let is_last = lines.peek().is_none_or(InnerLine::is_blank);
            if dashes(line.content) > 0 && is_last && line.quotes == first.quotes {
                return Some(line.content_end());
            }
            if line.end - first.at > MAX_TABLE_BYTES {
                break;
            }
        }
        // Nothing is looked for twice.
        self.no_table_end_before = reached;
        None
    }

    /// Where the table ends that begins with a line such as `+---+---+`.
    pub(super) fn grid_table(&self, line: &InnerLine<'a>) -> Option<(Shape, usize)> {
        if !is_grid_line(line.content) || !self.may_begin_table() {
            return None;
        }
        let quotes = line.quotes;
        let last = self.last_line(line, MAX_TABLE_BYTES, |line| {
            line.content.starts_with(['+', '|']) && line.quotes == quotes
        })?;
        let is_table = is_grid_line(last.content) && last.at > line.end;
        is_table.then(|| (Shape::GridTable, last.content_end()))
    }

    /// Whether neither a paragraph nor a table stands right before.
    fn may_begin_table(&self) -> bool {
        self.context.paragraph.lines == 0 && self.context.table != TablePart::Rows
    }

    /// Where the block of lines ends that begins with this one: each begins with a bar, or goes
    /// on the one before behind blanks.
    pub(super) fn line_block(&self, line: &InnerLine<'a>) -> Option<(Shape, usize)> {
        let is_line = |line: &InnerLine<'a>| {
            let bar = line.content.strip_prefix('|');
            match bar {
                Some(rest) => rest.is_empty() || rest.starts_with(' '),
                None => line.indent > 0,
            }
        };
        if !is_line(line) || !self.may_begin_table() || line.content.len() < 3 {
            return None;
        }
        let last = self.last_line(line, MAX_TABLE_BYTES, is_line)?;
        let mut lines = SourceLines::new(self.source, line.at);
        let follows = InnerLine::at(self.source, last.end).filter(|line| !line.is_blank());
        let is_table = lines
            .by_ref()
            .take_while(|line| line.at <= last.at)
            .chain(follows)
            .any(|line| is_delimiter_row(line.content));
        (!is_table && !self.is_in_note).then(|| (Shape::Lines, last.content_end()))
    }
}

/// The lines of a source from an offset on.
struct SourceLines<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> SourceLines<'a> {
    fn new(source: &'a str, at: usize) -> Self {
        SourceLines { source, at }
    }
}

impl<'a> Iterator for SourceLines<'a> {
    type Item = InnerLine<'a>;

    fn next(&mut self) -> Option<InnerLine<'a>> {
        let line = InnerLine::at(self.source, self.at)?;
        self.at = line.end;
        Some(line)
    }
}

/// Whether the line says how many columns a table with bars has.
pub(super) fn is_delimiter_row(content: &str) -> bool {
    content.starts_with(['|', '-', ':'])
        && content.contains('|')
        && content.contains('-')
        && content.bytes().all(|byte| b"|-:+ \t".contains(&byte))
}

/// How many groups of dashes the line consists of: none if there is anything else in it.
fn dashes(content: &str) -> usize {
    let groups = content.split(' ').filter(|group| !group.is_empty());
    let mut count = 0;
    for group in groups {
        if group.len() < 2 || group.bytes().any(|byte| byte != b'-') {
            return 0;
        }
        count += 1;
    }
    match count {
        1 if content.len() < 3 => 0,
        count => count,
    }
}

/// Whether the line parts the rows of a table: `+---+:==+`.
fn is_grid_line(content: &str) -> bool {
    content.len() > 2
        && content.starts_with('+')
        && content.ends_with('+')
        && content.contains(['-', '='])
        && content.bytes().all(|byte| b"+-=:".contains(&byte))
}
