//! Walks through the lines of a source: fences, notes, and the stretches of running text in which
//! formulas may stand.

use super::context::{ContainerContext, InnerLine};
use super::formulas::{Formulas, Signs};
use super::{Cover, MaskFindings, MaskedKind, NextOccurrence, prefix};
use crate::formats::markdown::citing::Citing;
use crate::formats::markdown::shape::Shape;

/// A formula on lines of its own is at most so many bytes long.
const MAX_DISPLAY_BYTES: usize = 16 * 1024;

/// Reads a source line by line.
pub(super) struct BlockScanner<'a, 'k> {
    pub(super) source: &'a str,
    citing: &'k Citing<'k>,
    pub(super) found: MaskFindings<'a>,
    pub(super) fence: Option<Fence>,
    /// The fence that is open, though what stands behind it is Markdown.
    prose_fence: Option<Fence>,
    /// Whether the lines belong to a paragraph that a note began with.
    pub(super) is_in_note: bool,
    pub(super) context: ContainerContext,
    /// How many examples have come, and how many items of a list that counts itself.
    pub(super) examples: u32,
    pub(super) counted: u32,
    /// Before this offset no table ends whose rows are parted by blank lines.
    pub(super) no_table_end_before: usize,
    /// Nor an environment of TeX, nor highlighted code.
    pub(super) no_environment_end_before: usize,
    pub(super) no_highlight_end_before: usize,
    signs: Signs,
    /// Where the running text begins that is not yet searched.
    pub(super) text_from: usize,
    /// Where formulas may end, and where the next blank line is.
    dollars: NextOccurrence,
    brackets: NextOccurrence,
    blank_line: NextOccurrence,
}

/// The fence of the code that is open.
pub(super) struct Fence {
    sign: char,
    length: usize,
    /// How many quotes it stands in.
    quotes: usize,
}

impl<'a, 'k> BlockScanner<'a, 'k> {
    pub(super) fn new(source: &'a str, citing: &'k Citing<'k>) -> Self {
        BlockScanner {
            source,
            citing,
            found: MaskFindings::default(),
            fence: None,
            prose_fence: None,
            is_in_note: false,
            context: ContainerContext::default(),
            examples: 0,
            counted: 0,
            no_table_end_before: 0,
            no_environment_end_before: 0,
            no_highlight_end_before: 0,
            signs: Signs::new(source),
            text_from: 0,
            dollars: NextOccurrence::default(),
            brackets: NextOccurrence::default(),
            blank_line: NextOccurrence::default(),
        }
    }

    /// Reads the source to its end.
    pub(super) fn read(mut self) -> MaskFindings<'a> {
        let mut at = 0;
        while let Some(rest) = self.source.get(at..).filter(|rest| !rest.is_empty()) {
            let end = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
            let line = rest.get(..end).unwrap_or_default();
            at = if self.is_in_code(line, at) {
                self.text_from = at + end;
                at + end
            } else {
                self.line(line, at)
            };
        }
        self.search_text(at);
        self.found
    }

    /// Whether the line belongs to code between fences; opens and closes those.
    fn is_in_code(&mut self, line: &str, at: usize) -> bool {
        let head = prefix(line);
        let content = line.get(head..).unwrap_or_default().trim_end_matches('\n');
        let quotes = line.get(..head).unwrap_or_default().matches('>').count();
        if let Some(fence) = &self.prose_fence
            && fence.ends_with(content, quotes)
        {
            self.prose_fence = None;
            self.hide_fence(at, at + head..at + head + content.trim_end().len());
            return true;
        }
        // A quote ends, and the code in it.
        self.fence.take_if(|fence| quotes < fence.quotes);
        if let Some(fence) = &self.fence {
            let signs = content.len() - content.trim_start_matches(fence.sign).len();
            let after = content.get(signs..).unwrap_or_default();
            if signs >= fence.length && after.trim().is_empty() {
                let end = at + head + content.len();
                if after.contains('\t') {
                    self.found.cover(end - after.len()..end, Cover::Blanks);
                }
                self.fence = None;
            }
            return true;
        }
        let begins = bullets(content);
        let content = content.get(begins..).unwrap_or_default();
        let Some((fence, info)) = opening(content, quotes) else {
            return false;
        };
        self.search_text(at);
        self.is_in_note = false;
        self.context.block();
        if begins == 0 && is_prose(info) {
            self.prose_fence = Some(fence);
            self.hide_fence(at, at + head..at + head + content.trim_end().len());
            return true;
        }
        if fence.sign == '`' && info.contains('`') {
            let start = at + head + begins + fence.length;
            self.found.hide(start..start + info.len(), MaskedKind::Text);
        }
        self.fence = Some(fence);
        true
    }

    /// Hides a fence between which Markdown stands.
    fn hide_fence(&mut self, line: usize, range: std::ops::Range<usize>) {
        self.search_text(line);
        self.found.hide_block(range, Shape::Nothing);
        self.is_in_note = false;
        self.context.block();
    }

    /// Takes in a line that is no code; returns where the next one begins.
    fn line(&mut self, text: &'a str, at: usize) -> usize {
        let line = InnerLine::new(text, at);
        if line.content.is_empty() {
            self.search_text(at);
            self.text_from = line.end;
            self.is_in_note = false;
            self.context.blank();
            return line.end;
        }
        if let Some(next) = self.comment_in_note(&line) {
            return next;
        }
        self.context.enter(&line);
        match self.shape(&line) {
            Some(next) => next,
            None => {
                if self.context.paragraph.lines == 0 && line.indent == 0 {
                    self.counted = 0;
                }
                self.text_line(&line, text)
            }
        }
    }

    /// Takes in a line of text; returns where the next one begins.
    fn text_line(&mut self, within: &InnerLine<'a>, line: &str) -> usize {
        let InnerLine {
            at, content, end, ..
        } = *within;
        let head = within.start() - at;
        let lead = lead(content);
        self.context.text(within, lead);
        if lead > 0
            && let Some(next) = self.fence_behind(within, lead)
        {
            return next;
        }
        let start = at + head + lead;
        if let Some(length) = self.display(content.get(lead..).unwrap_or_default(), start) {
            self.search_text(at);
            let range = start..start + length;
            self.found
                .hide_formula(self.source, range.clone(), MaskedKind::Display);
            self.text_from = range.end;
            self.context.block();
            return self.line_end(range.end);
        }
        let is_note = content.starts_with("[^") && content.contains("]:");
        let is_definition = content.starts_with('[') && content.contains("]:") && !is_note;
        if let Some(sign) = self.list_sign(line, head) {
            self.search_text(at + head);
            self.found
                .hide(at + head..at + head + sign, MaskedKind::Text);
            self.text_from = at + head + sign;
            return end;
        }
        let begins_block = bullets(content) > 0 || content.starts_with(['|', '#']);
        if begins_block || is_note || is_definition {
            self.search_text(at);
            self.is_in_note = is_note;
        }
        if head == 0 && is_heading(content) && self.is_behind_blank_line(at) {
            self.found.headings.push(at);
        }
        if is_definition || content.starts_with('#') {
            if !is_definition {
                self.search_text(end);
                self.hide_line_break(within.content_end());
            }
            self.text_from = end;
        }
        end
    }

    /// Pandoc writes a line break at the end of a heading as a backslash.
    fn hide_line_break(&mut self, end: usize) {
        let line = self.source.get(..end).unwrap_or_default();
        let slashes = line.len() - line.trim_end_matches('\\').len();
        if slashes == 1 {
            self.found.cover(end - slashes..end, Cover::Blanks);
        }
    }

    fn is_behind_blank_line(&self, at: usize) -> bool {
        let before = self.source.get(..at);
        before.is_some_and(|before| before.ends_with("\n\n"))
    }

    /// In a note's paragraph, bytes of a number or a sign that would begin a list.
    fn list_sign(&self, line: &str, head: usize) -> Option<usize> {
        if !self.is_in_note {
            return None;
        }
        let content = line.get(head..).unwrap_or_default();
        let digits = content.bytes().take_while(u8::is_ascii_digit).count();
        let after = content.get(digits..).unwrap_or_default();
        let (sign, rest) = after.split_at_checked(1)?;
        let ends = rest.is_empty() || rest.starts_with([' ', '\t', '\n']);
        let number = content.get(..digits).unwrap_or_default();
        let is_sign = match sign {
            "." | ")" => digits > 0 && number != "1",
            "-" | "+" | "*" => digits == 0 && head == 0,
            _ => false,
        };
        (is_sign && ends).then_some(digits + 1)
    }

    /// Bytes of the formula that begins with the line, if it ends with a line.
    fn display(&mut self, content: &str, at: usize) -> Option<usize> {
        let (next, closes) = match content.get(..2)? {
            "$$" => (&mut self.dollars, "$$"),
            r"\[" => (&mut self.brackets, r"\]"),
            _ => return None,
        };
        let source = self.source;
        let begins = at + 2;
        let end = next.sign(source, closes, begins)?;
        let blank = self.blank_line.from(at, |from| blank_line(source, from));
        if end - begins > MAX_DISPLAY_BYTES || blank.is_some_and(|blank| blank < end) {
            return None;
        }
        let formula = source.get(begins..end)?;
        let line = source.get(end + 2..self.line_end(end))?.trim_end();
        let nests = closes != "$$" && formula.contains(r"\[");
        let is_formula = closes == "$$" || formula.contains(['=', '^', '_', '\\']);
        let is_own = is_line_end(line) && !formula.trim().is_empty();
        (is_own && is_formula && !nests).then_some(end + 2 + line.len() - at)
    }

    pub(super) fn line_end(&self, at: usize) -> usize {
        let rest = self.source.get(at..).unwrap_or_default();
        at + rest.find('\n').map_or(rest.len(), |end| end + 1)
    }

    /// Searches the running text up to the offset.
    pub(super) fn search_text(&mut self, to: usize) {
        if let Some(text) = self.source.get(self.text_from..to) {
            Formulas::new(text, self.text_from, self.citing).find(
                self.source,
                self.signs,
                &mut self.found,
            );
        }
        self.text_from = to;
    }
}

/// Whether what stands behind a fence says that Markdown follows: the blocks that knitr and
/// bookdown set apart, such as notes and theorems.
fn is_prose(info: &str) -> bool {
    const ENGINES: [&str; 15] = [
        "block",
        "block2",
        "theorem",
        "lemma",
        "corollary",
        "proposition",
        "conjecture",
        "hypothesis",
        "definition",
        "example",
        "exercise",
        "remark",
        "solution",
        "proof",
        "claim",
    ];
    let inner = info
        .trim()
        .strip_prefix('{')
        .and_then(|info| info.strip_suffix('}'));
    let engine = inner.and_then(|inner| inner.split([' ', ',']).next());
    engine.is_some_and(|engine| ENGINES.contains(&engine))
}

impl Fence {
    /// Whether the line closes what the fence opened.
    fn ends_with(&self, content: &str, quotes: usize) -> bool {
        let after = content.trim_start_matches(self.sign);
        content.len() - after.len() >= self.length
            && after.trim().is_empty()
            && quotes == self.quotes
    }
}

/// Whether the line is a heading with a `#` before it.
fn is_heading(content: &str) -> bool {
    let words = content.trim_start_matches('#');
    (1..=6).contains(&(content.len() - words.len())) && words.starts_with(' ')
}

/// The first blank line that begins after the offset.
fn blank_line(source: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr::memchr(b'\n', source.as_bytes().get(at..)?)? + 1;
        let rest = source.get(at..)?;
        if rest.get(prefix(rest)..)?.starts_with('\n') {
            return Some(at);
        }
    }
}

/// Whether nothing comes behind a formula on its line but a full stop or a label of Pandoc's.
fn is_line_end(behind: &str) -> bool {
    let behind = behind.trim();
    behind.is_empty() || (behind.starts_with("{#") && behind.ends_with('}'))
}

/// Bytes of the signs of list items, or of the label of a note, that a line begins with.
fn lead(content: &str) -> usize {
    let label = content
        .strip_prefix("[^")
        .and_then(|rest| rest.split_once("]:"));
    match label.filter(|(label, _)| !label.contains(char::is_whitespace)) {
        Some((label, rest)) => {
            let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            "[^]:".len() + label.len() + blanks
        }
        None => bullets(content),
    }
}

/// Bytes of the signs and numbers of list items that a line begins with.
pub(super) fn bullets(content: &str) -> usize {
    let mut at = 0;
    while let Some(rest) = content.get(at..) {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let after = rest.get(digits..).unwrap_or_default();
        let is_item = match after.as_bytes().first() {
            Some(b'-' | b'+' | b'*') => digits == 0,
            Some(b'.' | b')') => (1..10).contains(&digits),
            _ => false,
        };
        let blanks = after.get(1..).unwrap_or_default();
        let blanks = blanks.len() - blanks.trim_start_matches([' ', '\t']).len();
        if !is_item || blanks == 0 {
            break;
        }
        at += digits + 1 + blanks;
    }
    at
}

/// The fence that begins the line, and what stands behind it.
pub(super) fn opening(content: &str, quotes: usize) -> Option<(Fence, &str)> {
    let sign = content.chars().next().filter(|sign| "`~".contains(*sign))?;
    let length = content.len() - content.trim_start_matches(sign).len();
    let info = content.get(length..)?;
    // CommonMark has no backtick there; Pandoc's attributes may.
    let is_attributes = info.trim_end().ends_with('}') && info.contains('{');
    let is_fence = length >= 3 && (sign == '~' || !info.contains('`') || is_attributes);
    let fence = Fence {
        sign,
        length,
        quotes,
    };
    is_fence.then_some((fence, info))
}
