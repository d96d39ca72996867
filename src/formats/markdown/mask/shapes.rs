//! What a line begins that only Pandoc and its like have signs for.

use super::blocks::BlockScanner;
use super::context::{InnerLine, TablePart};
use super::divs;
use crate::formats::markdown::shape::Shape;

/// What stands for a table of contents is at most so many bytes long.
const MAX_STAND_IN_BYTES: usize = 60;

/// The head of a note to the reader, as Obsidian and GitHub have them.
fn callout(line: &InnerLine<'_>) -> Option<Shape> {
    let (kind, _) = line.content.strip_prefix("[!")?.split_once(']')?;
    let is_kind = !kind.is_empty() && kind.chars().all(|char| char.is_alphabetic() || char == '-');
    (line.quotes > 0 && is_kind).then_some(Shape::Callout)
}

impl<'a> BlockScanner<'a, '_> {
    /// Hides what begins with the line, if only Pandoc and its like know it; returns where the
    /// next line begins.
    pub(super) fn shape(&mut self, line: &InnerLine<'a>) -> Option<usize> {
        let first = line.content.bytes().next()?;
        let may_be = match first {
            b':' | b'~' | b'T' | b't' | b'|' | b'+' | b'-' | b'(' | b'#' | b'\\' | b'{' | b'['
            | b'*' | b'<' => true,
            _ => first.is_ascii_alphabetic(),
        };
        if !may_be || self.context.is_code(line) {
            return None;
        }
        let (shape, end) = match first {
            b':' if line.content.starts_with(":::") => {
                (divs::fence(line.content)?, line.content_end())
            }
            b':' => match self.caption(line) {
                Some(caption) => caption,
                None => return self.definition(line),
            },
            b'~' => return self.definition(line),
            b'T' | b't' => match self.caption(line) {
                Some(caption) => caption,
                None => return self.label(line),
            },
            b'[' => (callout(line)?, line.content_end()),
            b'*' => self.contents(line)?,
            b'<' => self.html_division(line)?,
            b'|' => self.line_block(line)?,
            b'\\' => self.tex_block(line)?,
            b'{' => self.braces_block(line)?,
            b'+' => self.grid_table(line)?,
            b'-' if line.content.starts_with("- ") => self.contents(line)?,
            b'-' => {
                let (first, shape, end) = self.dashed_table(line)?;
                return Some(self.hide_shape(&first, shape, end));
            }
            _ => return self.label(line),
        };
        Some(self.hide_shape(line, shape, end))
    }

    /// The tag of a division that Markdown follows on the next line, which CommonMark takes for
    /// HTML up to a blank line, and Pandoc does not.
    fn html_division(&self, line: &InnerLine<'a>) -> Option<(Shape, usize)> {
        let tag = line.content.strip_prefix('<')?.strip_suffix('>')?;
        let name = tag.strip_prefix('/').unwrap_or(tag);
        let name = name.split([' ', '\t']).next()?;
        let is_division = ["div", "section", "article", "center", "main"].contains(&name);
        let next = InnerLine::at(self.source, line.end)?;
        let is_markdown = !next.is_blank()
            && !next.content.starts_with('<')
            && next.quotes == line.quotes
            && next.indent < line.indent + 4;
        (is_division && is_markdown && !tag.contains('<'))
            .then(|| (Shape::Nothing, line.content_end()))
    }

    /// The item that Kramdown puts a table of contents in the place of, by the line after it.
    fn contents(&self, line: &InnerLine<'a>) -> Option<(Shape, usize)> {
        if line.content.len() > MAX_STAND_IN_BYTES {
            return None;
        }
        let next = InnerLine::at(self.source, line.end)?;
        let is_contents = next.content.starts_with("{:toc") || next.content.starts_with("{: .toc");
        is_contents.then(|| (Shape::Nothing, next.content_end()))
    }

    /// Hides the fence of a division that stands behind the sign of an item.
    pub(super) fn fence_behind(&mut self, line: &InnerLine<'a>, lead: usize) -> Option<usize> {
        let behind = line
            .content
            .get(lead..)
            .filter(|behind| behind.starts_with(":::"))?;
        let shape = divs::fence(behind)?;
        self.search_text(line.at);
        let start = line.start() + lead;
        self.found.hide_block(start..line.content_end(), shape);
        self.text_from = line.end;
        self.context.block();
        Some(line.end)
    }

    /// Hides what begins with the line and ends at an offset.
    fn hide_shape(&mut self, line: &InnerLine<'a>, shape: Shape, end: usize) -> usize {
        let is_table = shape.is_table();
        self.search_text(line.at);
        self.found.hide_block(line.start()..end, shape);
        let next = self.line_end(end);
        self.text_from = next;
        self.is_in_note = false;
        self.context.block();
        if is_table {
            self.context.table = TablePart::End;
        }
        next
    }
}
