//! The title page of a word processor's document: the paragraphs of certain styles at its start,
//! and the properties of the file.

use super::style_names::ParagraphRole;
use crate::formats::user_names::{is_account, is_login};
use crate::paper::Metadata;

/// So many paragraphs may stand before the title.
const MAX_PARAGRAPHS_BEFORE_TITLE: u32 = 12;

/// What programs write for a title when they know none.
const PLACEHOLDERS: [&str; 7] = [
    "untitled",
    "document",
    "document1",
    "normal",
    "title",
    "word document",
    "microsoft word",
];

/// The paragraphs of the title page, as far as they have come.
#[derive(Debug, Default)]
pub(in crate::formats) struct TitlePage {
    is_closed: bool,
    paragraphs: u32,
    has_title: bool,
    has_subtitle: bool,
    has_author: bool,
}

/// Whether a paragraph belongs to the title page alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::formats) enum TitlePageOnly {
    Whole,
    Nothing,
}

impl TitlePage {
    /// Whether paragraphs may still belong to the title page.
    pub(in crate::formats) fn is_open(&self) -> bool {
        !self.is_closed
    }

    /// What comes now is text.
    pub(in crate::formats) fn close(&mut self) {
        self.is_closed = true;
    }

    /// Takes a paragraph, if it belongs to the title page.
    pub(in crate::formats) fn take(
        &mut self,
        role: ParagraphRole,
        text: &str,
        metadata: &mut Metadata,
    ) -> TitlePageOnly {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return TitlePageOnly::Nothing;
        }
        self.paragraphs += 1;
        match role {
            ParagraphRole::Title if self.has_title => {
                metadata.title.push(' ');
                metadata.title.push_str(&text);
            }
            ParagraphRole::Title => {
                metadata.title = text;
                self.has_title = true;
            }
            ParagraphRole::Subtitle if self.has_title && !self.has_subtitle => {
                metadata.subtitle = text;
                self.has_subtitle = true;
            }
            ParagraphRole::Author if self.has_title => {
                if !self.has_author {
                    metadata.authors.clear();
                    self.has_author = true;
                }
                metadata.authors.push(text);
            }
            ParagraphRole::Date if self.has_title => metadata.date = text,
            _ if !self.has_title && is_same(&metadata.title, &text) => self.has_title = true,
            _ => {
                self.is_closed = self.has_title
                    || matches!(role, ParagraphRole::Heading(_))
                    || self.paragraphs > MAX_PARAGRAPHS_BEFORE_TITLE;
                return TitlePageOnly::Nothing;
            }
        }
        TitlePageOnly::Whole
    }
}

/// Whether the words are the same, whatever their case.
fn is_same(title: &str, text: &str) -> bool {
    let words = |text: &str| text.to_lowercase();
    !title.is_empty() && words(title) == words(text)
}

/// Sets what a property of the file says, if it is one that papers have and was meant.
pub(in crate::formats) fn set_property(metadata: &mut Metadata, name: &str, text: &str) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    let field = match name {
        "title" if is_meant(text) => &mut metadata.title,
        "creator" => {
            let names = parts(text, &[';']).into_iter();
            metadata.authors = names
                .filter(|name| !is_account(name) && !is_login(name))
                .collect();
            return;
        }
        "keywords" => {
            metadata.keywords = parts(text, &[',', ';']);
            return;
        }
        "language" => &mut metadata.language,
        "subtitle" => &mut metadata.subtitle,
        "date" => &mut metadata.date,
        "publisher" | "institution" => &mut metadata.publisher,
        "licence" | "license" | "rights" => &mut metadata.licence,
        "changes" => &mut metadata.changes,
        _ => return,
    };
    text.clone_into(field);
}

fn parts(text: &str, separators: &[char]) -> Vec<String> {
    let parts = text.split(separators).map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether a title is more than what a program writes by itself.
fn is_meant(text: &str) -> bool {
    let text = text.to_lowercase();
    let is_file = text.starts_with("microsoft word - ") || text.ends_with(".doc");
    !is_file && !PLACEHOLDERS.contains(&text.as_str())
}
