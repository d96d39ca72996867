//! Reading RTF, as Word and LibreOffice write it.
//!
//! An RTF file is one stream of text and control words, in groups. A note is a group in the text
//! where it is cited.

mod code_pages;
mod look;
mod notes;
mod paragraphs;
mod sheet;
mod state;
#[cfg(test)]
mod tests;
mod tokens;
mod words;

use std::collections::HashMap;

use encoding_rs::Encoding;

use super::ReadOptions;
use super::office::Refusal;
use super::office::by_look::ParagraphLook;
use super::office::comments;
use super::office::front::{TitlePage, set_property};
use super::office::prose::Prose;
use super::office::signs;
use super::office::word_fields::FieldResult;
use crate::paper::{PaperBuilder, Parsed, SourceLocation};
use look::SeenParagraphs;
use notes::{OuterText, RtfNoteLabels};
use sheet::RtfStyleSheet;
use state::{Destination, RtfGroup};
use tokens::{RtfToken, Tokens};

/// Groups deeper than this are passed over.
const MAX_DEPTH: usize = 1000;

/// A text that is kept for a property, a label or the like is cut to so many bytes.
const MAX_CAPTURED_BYTES: usize = 64 * 1024;

/// Reads an RTF file.
pub(crate) fn read(bytes: &[u8], options: &ReadOptions<'_>) -> Result<Parsed, Refusal> {
    let headings = if options.mends {
        look::headings(RtfReader::new(bytes, options))
    } else {
        HashMap::new()
    };
    let mut reader = RtfReader::new(bytes, options);
    reader.headings = headings;
    reader.read_all();
    Ok(reader.builder.finish())
}

/// Walks through a file, and tells a builder what it finds.
struct RtfReader<'a> {
    options: &'a ReadOptions<'a>,
    /// The levels of headings that are told by their look, by their paragraphs.
    headings: HashMap<u32, (u8, String)>,
    /// How the paragraphs of the body look, where that is all that is wanted.
    seen: Option<SeenParagraphs>,
    builder: PaperBuilder,
    tokens: Tokens<'a>,
    sheet: RtfStyleSheet,
    /// The document's own code page.
    encoding: Option<&'static Encoding>,
    groups: Vec<RtfGroup>,
    group: RtfGroup,
    /// How many groups have been passed over because they are too deep.
    too_deep: usize,
    /// Bytes of text that have not been decoded.
    bytes: Vec<u8>,
    /// How many characters are still to be passed over after one of Unicode.
    fallback_left: usize,
    /// The first half of a character that is written in two.
    high_surrogate: Option<u16>,
    /// The texts of the open destinations that are kept.
    captured: Vec<String>,
    labels: RtfNoteLabels,
    prose: Prose,
    text: ParagraphState,
    front: TitlePage,
    /// What the open notes have interrupted.
    outer: Vec<OuterText>,
    table: TableState,
    /// The instructions of the open fields.
    instructions: Vec<String>,
    /// The property of a drawing whose value comes next.
    drawing_name: String,
    comment_author: String,
    /// How many paragraphs have begun, in the body.
    paragraphs: u32,
    changes: Option<(SourceLocation, u32)>,
}

/// How far the paragraph that is being read has come.
#[derive(Debug, Default)]
struct ParagraphState {
    has_begun: bool,
    is_heading: bool,
    has_role: bool,
    is_item: bool,
    has_note: bool,
    /// How it is set, and its first words.
    look: Option<ParagraphLook>,
    words: String,
    /// What stands before the item that the paragraph is.
    label: Option<String>,
    /// The start of a paragraph whose first line stands out, which may be an item's label.
    hanging: String,
    /// The text so far of a paragraph of the title page.
    front: Option<(super::office::style_names::ParagraphRole, String)>,
    /// A raised text that may be a note's mark, if a note comes next.
    mark: String,
    /// Whether the number of a note has been set, which comes next.
    is_numbered: bool,
}

/// How far the table that is being read has come.
#[derive(Debug, Default)]
struct TableState {
    is_open: bool,
    is_row_open: bool,
    is_cell_open: bool,
    /// How many cells a row has, by the last one that was described.
    columns: usize,
}

impl<'a> RtfReader<'a> {
    fn new(bytes: &'a [u8], options: &'a ReadOptions<'a>) -> Self {
        RtfReader {
            options,
            headings: HashMap::new(),
            seen: None,
            builder: PaperBuilder::new(),
            tokens: Tokens::new(bytes),
            sheet: RtfStyleSheet::default(),
            encoding: None,
            groups: Vec::new(),
            group: RtfGroup::default(),
            too_deep: 0,
            bytes: Vec::new(),
            fallback_left: 0,
            high_surrogate: None,
            captured: Vec::new(),
            labels: RtfNoteLabels::new(bytes),
            prose: Prose::default(),
            text: ParagraphState::default(),
            front: TitlePage::default(),
            outer: Vec::new(),
            table: TableState::default(),
            instructions: Vec::new(),
            drawing_name: String::new(),
            comment_author: String::new(),
            paragraphs: 0,
            changes: None,
        }
    }

    fn read_all(&mut self) {
        while let Some(token) = self.tokens.next() {
            self.token(token);
        }
        self.flush();
        while !self.groups.is_empty() {
            self.close_group();
        }
        self.end_paragraph();
        self.end_table();
        self.prose.end(&mut self.builder);
        self.report_changes();
    }

    fn token(&mut self, token: RtfToken<'_>) {
        match token {
            RtfToken::Text(text) => self.raw(text),
            RtfToken::Byte(byte) => self.raw(&[byte]),
            RtfToken::Open => {
                self.flush();
                self.fallback_left = 0;
                self.open_group();
            }
            RtfToken::Close => {
                self.flush();
                self.fallback_left = 0;
                self.close_group();
            }
            RtfToken::Word { .. } | RtfToken::Sign(_) if self.too_deep > 0 => {}
            // Each stands for one character of those that follow one of Unicode.
            RtfToken::Sign(b'*') => self.group.is_optional = true,
            RtfToken::Word { .. } | RtfToken::Sign(_) if self.fallback_left > 0 => {
                self.fallback_left -= 1;
            }
            RtfToken::Word { name, parameter } => {
                self.flush();
                self.word(name, parameter);
            }
            RtfToken::Sign(sign) => {
                self.flush();
                match sign {
                    b'~' => self.push("\u{a0}"),
                    b'_' => self.push("\u{2011}"),
                    b'|' | b':' => {}
                    _ => {}
                }
            }
        }
    }

    /// Bytes of text, of which those are left out that follow a character of Unicode.
    fn raw(&mut self, bytes: &[u8]) {
        let skipped = self.fallback_left.min(bytes.len());
        self.fallback_left -= skipped;
        if self.too_deep == 0 && self.group.destination != Destination::Skipped {
            let kept = bytes.get(skipped..).unwrap_or_default();
            self.bytes.extend_from_slice(kept);
        }
    }

    /// Decodes the bytes so far, and adds them to what is being read.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let characters = self.group.characters;
        let text = match self.sheet.sign_font(characters.font) {
            Some(font) => {
                let signs = bytes.iter().filter_map(|byte| {
                    let place = u32::from(*byte);
                    signs::sign(font, place)
                });
                signs.collect()
            }
            None => {
                let encoding = self.group.encoding.or(self.encoding);
                code_pages::decode(&bytes, encoding)
            }
        };
        self.push(&text);
        self.bytes = bytes;
        self.bytes.clear();
    }

    /// A character of Unicode, or half of one.
    fn unicode(&mut self, code: i32) {
        self.fallback_left = self.group.fallback_chars;
        let Ok(unit) = u16::try_from(if code < 0 { code + 0x1_0000 } else { code }) else {
            return;
        };
        let high = self.high_surrogate.take();
        let units = [high.unwrap_or(0), unit];
        if high.is_none() && (0xd800..0xdc00).contains(&unit) {
            self.high_surrogate = Some(unit);
            return;
        }
        let units = match high {
            Some(_) => units.as_slice(),
            None => units.get(1..).unwrap_or_default(),
        };
        let text = String::from_utf16_lossy(units);
        let text = match self.sheet.sign_font(self.group.characters.font) {
            Some(font) => signs::shown(font, &text),
            None => text,
        };
        self.push(&text);
    }

    /// Text, wherever it goes.
    fn push(&mut self, text: &str) {
        match self.group.destination {
            Destination::Text => self.push_text(text),
            destination if destination.is_captured() => {
                if let Some(captured) = self.captured.last_mut()
                    && captured.len() < MAX_CAPTURED_BYTES
                {
                    captured.push_str(text);
                }
            }
            _ => {}
        }
    }

    fn open_group(&mut self) {
        if self.groups.len() >= MAX_DEPTH {
            self.too_deep += 1;
            return;
        }
        self.groups.push(self.group);
        self.group = self.group.inner();
        // Each style and font is a group, and its name the group's text.
        if matches!(
            self.group.destination,
            Destination::Styles | Destination::Fonts
        ) {
            self.begin(self.group.destination);
        }
    }

    fn close_group(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        if self.group.is_note {
            self.end_note();
        }
        if self.group.is_link {
            self.prose.links.pop();
        }
        if self.group.begins && self.group.destination.is_captured() {
            let text = self.captured.pop().unwrap_or_default();
            self.end_captured(self.group.destination, text);
        }
        if let Some(outer) = self.groups.pop() {
            self.group = outer;
        }
    }

    /// Has the text of the open group go somewhere else.
    fn begin(&mut self, destination: Destination) {
        if self.group.begins && self.group.destination.is_captured() {
            self.captured.pop();
        }
        self.group.destination = destination;
        self.group.begins = true;
        if destination.is_captured() {
            self.captured.push(String::new());
        }
    }

    fn end_captured(&mut self, destination: Destination, text: String) {
        match destination {
            Destination::Styles => self.sheet.end_style(&text),
            Destination::Fonts => self.sheet.end_font(&text),
            Destination::Property(name) => {
                set_property(self.builder.metadata_mut(), name, &text);
            }
            Destination::Instruction => self.instructions.push(text),
            Destination::Label => self.text.label = Some(text),
            Destination::Bookmark => self.builder.anchor(text.trim()),
            Destination::Comment => self.report_comment(&text),
            Destination::CommentAuthor => self.comment_author = text,
            Destination::DrawingName => self.drawing_name = text,
            Destination::DrawingValue => {
                if self.drawing_name == "wzDescription" && !text.trim().is_empty() {
                    self.picture(&text);
                }
            }
            Destination::Text
            | Destination::Skipped
            | Destination::Info
            | Destination::Drawing
            | Destination::Twice => {}
        }
    }

    /// Begins the result of a field.
    fn begin_result(&mut self) {
        let instruction = self.instructions.pop().unwrap_or_default();
        match FieldResult::new(&instruction) {
            FieldResult::Link(address) => {
                self.prose.links.push(address);
                self.group.is_link = true;
            }
            FieldResult::NoteReference { bookmark, .. } => {
                self.prose.links.push(format!("#{bookmark}"));
                self.group.is_link = true;
            }
            FieldResult::Hidden => self.begin(Destination::Skipped),
            FieldResult::Text => {}
        }
    }

    fn location(&self) -> SourceLocation {
        SourceLocation::Paragraph(self.paragraphs)
    }

    fn report_comment(&mut self, text: &str) {
        let author = std::mem::take(&mut self.comment_author);
        self.builder.problem(comments::left_out(&author, text));
    }

    fn report_changes(&mut self) {
        if let Some((location, count)) = self.changes {
            self.builder.set_location(location);
            let changes = if count == 1 { "change" } else { "changes" };
            let message = format!("{count} tracked {changes}, shown as accepted, begin here");
            self.builder.problem(&message);
        }
    }
}
