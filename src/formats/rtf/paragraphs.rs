//! Paragraphs of RTF: what each is, and the rows and cells that they are in.

use super::sheet::heading;
use super::{ParagraphState, RtfReader};
use crate::formats::office::looks::{Height, RunStyles};
use crate::formats::office::prose::Paragraph;
use crate::formats::office::style_names::ParagraphRole;
use crate::paper::Bullet;

/// A raised text of at most so many bytes may be a note's mark.
const MAX_MARK_BYTES: usize = 12;

impl RtfReader<'_> {
    /// Adds text of a paragraph.
    pub(super) fn push_text(&mut self, text: &str) {
        let characters = self.group.characters;
        if characters.deleted {
            let location = self.location();
            self.changes.get_or_insert((location, 0)).1 += 1;
            return;
        }
        if characters.hidden {
            return;
        }
        let Some(text) = self.without_label(text) else {
            return;
        };
        let text = text.as_str();
        if !self.text.has_begun && text.trim().is_empty() {
            return;
        }
        let is_raised = characters.height == Height::Raised;
        if is_raised && self.outer.is_empty() && text.len() <= MAX_MARK_BYTES {
            self.keep_mark_before(text.len());
            self.text.mark.push_str(text);
            return;
        }
        let mark = std::mem::take(&mut self.text.mark);
        self.keep_mark(&mark);
        self.set(text, characters.height);
    }

    /// Sets a raised text that turned out to be no note's mark.
    pub(super) fn keep_mark(&mut self, mark: &str) {
        if !mark.is_empty() {
            self.set(mark, Height::Raised);
        }
    }

    /// Sets the raised text so far, if more would be too long for a mark.
    fn keep_mark_before(&mut self, bytes: usize) {
        if self.text.mark.len() + bytes > MAX_MARK_BYTES {
            let mark = std::mem::take(&mut self.text.mark);
            self.keep_mark(&mark);
        }
    }

    fn set(&mut self, text: &str, height: Height) {
        self.begin_text();
        if let Some((_, front)) = &mut self.text.front {
            front.push_str(text);
            return;
        }
        let characters = self.group.characters;
        self.see(text);
        let style = self.group.paragraph.style;
        let usual = if self.text.has_role {
            self.sheet.usual(style)
        } else {
            super::state::Characters::default()
        };
        let is_code = self.sheet.is_code(characters.style);
        let look = RunStyles {
            height,
            ..characters.look(usual, self.text.is_heading, is_code)
        };
        self.prose.push(&mut self.builder, text, look);
    }

    /// Begins the paragraph, if it has not begun.
    pub(super) fn begin_text(&mut self) {
        if std::mem::replace(&mut self.text.has_begun, true) {
            return;
        }
        if self.outer.is_empty() {
            self.paragraphs = self.paragraphs.saturating_add(1);
            self.builder.set_location(self.location());
        }
        self.follow_table();
        let role = self.role();
        if self.takes_front(role) {
            self.text.front = Some((role, String::new()));
            return;
        }
        if role == ParagraphRole::Contents {
            // An entry of the contents is left out as the title page's paragraphs are.
            self.text.front = Some((role, String::new()));
            return;
        }
        let paragraph = match self.kind_of(role) {
            paragraph if self.table.is_cell_open => paragraph.in_cell(),
            paragraph => paragraph,
        };
        let is_item = matches!(paragraph, Paragraph::Item { .. });
        self.text.is_item = is_item;
        self.text.is_heading = matches!(paragraph, Paragraph::Heading { .. });
        self.text.has_role = !matches!(paragraph, Paragraph::Plain | Paragraph::Item { .. });
        self.prose.begin_paragraph(paragraph);
        if self.text.is_heading || self.text.has_role {
            return;
        }
        if is_item || self.group.paragraph.list != 0 {
            self.prose.item_indent = Some(self.group.paragraph.left);
        }
    }

    /// What the paragraph is for.
    fn role(&mut self) -> ParagraphRole {
        let paragraph = self.group.paragraph;
        match (self.sheet.role(paragraph.style), paragraph.outline_level) {
            (ParagraphRole::Body, Some(level)) => heading(level),
            (ParagraphRole::Body, None)
                if self.outer.is_empty()
                    && let Some(level) = self.heading_by_look() =>
            {
                ParagraphRole::Heading(level)
            }
            (ParagraphRole::Body, None) if self.sheet.is_without_styles() => self.role_by_look(),
            (role, _) => role,
        }
    }

    /// Whether the paragraph belongs to the title page, which has no notes.
    fn takes_front(&mut self, role: ParagraphRole) -> bool {
        let is_front = matches!(
            role,
            ParagraphRole::Title
                | ParagraphRole::Subtitle
                | ParagraphRole::Author
                | ParagraphRole::Date
        );
        if !self.outer.is_empty() || !self.front.is_open() || self.table.is_open {
            return false;
        }
        if !is_front || self.has_note_ahead() {
            self.front.close();
            return false;
        }
        true
    }

    /// Whether a note comes before the paragraph's end.
    fn has_note_ahead(&self) -> bool {
        for token in self.tokens.clone() {
            if let super::RtfToken::Word { name, .. } = token {
                match name {
                    "par" | "sect" => return false,
                    "footnote" => return true,
                    _ => {}
                }
            }
        }
        false
    }

    fn kind_of(&mut self, role: ParagraphRole) -> Paragraph {
        let label = self.text.label.take();
        let label = label.as_deref().map(str::trim);
        let paragraph = self.group.paragraph;
        match role {
            ParagraphRole::Title => Paragraph::Heading {
                level: 1,
                label: String::new(),
            },
            ParagraphRole::Heading(level) => Paragraph::Heading {
                level,
                label: label
                    .filter(|label| !is_sign(label))
                    .unwrap_or_default()
                    .to_owned(),
            },
            ParagraphRole::Code => Paragraph::Code,
            ParagraphRole::Definition if label.is_none() => Paragraph::Plain,
            _ => match label {
                Some("") => self.prose.unlabelled(),
                Some(label) => Paragraph::Item {
                    list: u32::try_from(paragraph.list).unwrap_or_default(),
                    level: super::look::level(paragraph),
                    bullet: bullet(label),
                },
                None if role == ParagraphRole::Quote => Paragraph::Quote,
                None => self.prose.indented(paragraph.left, -paragraph.first_line),
            },
        }
    }

    /// Ends the paragraph.
    pub(super) fn end_paragraph(&mut self) {
        let hanging = std::mem::take(&mut self.text.hanging);
        if !hanging.is_empty() {
            self.set(&hanging, Height::Level);
        }
        let mark = std::mem::take(&mut self.text.mark);
        self.keep_mark(&mark);
        self.note_look();
        let state = std::mem::take(&mut self.text);
        match state.front {
            Some((ParagraphRole::Contents, _)) => {}
            Some((role, text)) => {
                let is_dated = text.bytes().any(|byte| byte.is_ascii_digit());
                let role = match role {
                    ParagraphRole::Author if is_dated && self.sheet.is_without_styles() => {
                        ParagraphRole::Date
                    }
                    role => role,
                };
                self.front.take(role, &text, self.builder.metadata_mut());
            }
            None if state.has_begun => self.prose.end_paragraph(&mut self.builder),
            None => {}
        }
    }

    /// Opens the table and its row and cell that the paragraph is in, or closes the one that it
    /// is not in.
    fn follow_table(&mut self) {
        // The paragraphs of a note in a table are said to be in it, too.
        let is_outside = !self.outer.is_empty() && self.table.columns == 0;
        if !self.group.paragraph.is_in_table || self.table.columns == 1 || is_outside {
            return self.end_table();
        }
        self.open_cell();
    }

    fn open_cell(&mut self) {
        if !self.table.is_open {
            self.prose.begin_table(&mut self.builder);
            self.builder.begin_table(&[]);
            self.table.is_open = true;
        }
        if !self.table.is_row_open {
            self.builder.begin_row();
            self.table.is_row_open = true;
        }
        if !self.table.is_cell_open {
            self.builder.begin_cell();
            self.table.is_cell_open = true;
        }
    }

    /// Ends a cell, which may be empty.
    pub(super) fn end_cell(&mut self) {
        if self.table.columns == 1 {
            return self.end_paragraph();
        }
        if !self.table.is_cell_open {
            self.end_paragraph();
            self.open_cell();
        }
        self.end_paragraph();
        self.builder.end_cell();
        self.table.is_cell_open = false;
    }

    pub(super) fn end_row(&mut self) {
        self.end_paragraph();
        if self.table.is_row_open {
            self.builder.end_row();
        }
        self.table.is_row_open = false;
        self.table.is_cell_open = false;
    }

    /// Ends the table that a paragraph outside of it has followed, though it may have no text.
    pub(super) fn end_table_before_blank(&mut self) {
        if !self.group.paragraph.is_in_table && !self.table.is_row_open {
            self.end_table();
        }
    }

    pub(super) fn end_table(&mut self) {
        if self.table.is_open {
            self.builder.end_table();
            self.table.is_open = false;
            self.table.is_row_open = false;
            self.table.is_cell_open = false;
        }
    }

    /// A picture with its description.
    pub(super) fn picture(&mut self, description: &str) {
        self.begin_text();
        if self.text.front.is_none() {
            self.prose.picture(&mut self.builder, "", description);
        }
    }

    pub(super) fn line_break(&mut self) {
        match &mut self.text {
            ParagraphState {
                front: Some((_, text)),
                ..
            } => text.push(' '),
            ParagraphState {
                has_begun: true, ..
            } => self.prose.line_break(&mut self.builder),
            _ => {}
        }
    }
}

/// What a label is: a number, another text, or a sign that is the same for all.
fn bullet(label: &str) -> Bullet {
    let number = label
        .strip_suffix('.')
        .and_then(|number| number.parse().ok());
    match number {
        Some(number) => Bullet::Number(number),
        None if is_sign(label) => Bullet::Dot,
        None => Bullet::Label(label.into()),
    }
}

/// Whether a label is no number: one sign, or the letter that Word sets for a circle.
fn is_sign(label: &str) -> bool {
    let mut chars = label.chars();
    match (chars.next(), chars.next()) {
        (Some(char), None) => !char.is_ascii_digit() && (!char.is_alphanumeric() || char == 'o'),
        _ => false,
    }
}
