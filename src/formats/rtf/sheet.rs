//! The fonts and styles that an RTF file lists at its start.

use std::collections::HashMap;

use encoding_rs::Encoding;

use super::code_pages;
use super::state::Characters;
use crate::formats::office::style_names::{self, ParagraphRole};

/// A chain of styles, each based on the next, is followed so far.
const MAX_STYLE_CHAIN: usize = 32;

/// Styles and fonts by their numbers.
#[derive(Debug, Default)]
pub(super) struct RtfStyleSheet {
    styles: HashMap<i32, RtfStyle>,
    character_styles: HashMap<i32, String>,
    fonts: HashMap<i32, Font>,
    /// The style or font that is being read.
    style: RtfStyle,
    number: Option<i32>,
    is_character: bool,
    font: Font,
    font_number: Option<i32>,
}

#[derive(Debug, Clone, Default)]
struct RtfStyle {
    name: String,
    based_on: Option<i32>,
    outline_level: Option<i32>,
    characters: Characters,
}

#[derive(Debug, Clone, Default)]
struct Font {
    encoding: Option<&'static Encoding>,
    is_symbol: bool,
    is_typewriter: bool,
    name: String,
}

impl RtfStyleSheet {
    /// Takes a control word of the style that is being read.
    pub(super) fn style_word(&mut self, name: &str, parameter: Option<i32>) {
        let is_on = parameter != Some(0);
        match name {
            "s" => {
                self.number = parameter;
                self.is_character = false;
            }
            "cs" => {
                self.number = parameter;
                self.is_character = true;
            }
            "sbasedon" => self.style.based_on = parameter,
            "outlinelevel" => self.style.outline_level = parameter,
            "b" => self.style.characters.bold = is_on,
            "i" => self.style.characters.italic = is_on,
            _ => {}
        }
    }

    /// Ends the style that is being read, with the name that it has.
    pub(super) fn end_style(&mut self, name: &str) {
        let name = name.trim().trim_end_matches(';');
        if name.is_empty() {
            return;
        }
        let mut style = std::mem::take(&mut self.style);
        name.clone_into(&mut style.name);
        // A style without a number is the default one.
        let number = self.number.take().unwrap_or(0);
        if std::mem::take(&mut self.is_character) {
            self.character_styles.insert(number, style.name);
        } else {
            self.styles.insert(number, style);
        }
    }

    /// Takes a control word of the font that is being read.
    pub(super) fn font_word(&mut self, name: &str, parameter: Option<i32>) {
        match (name, parameter) {
            ("f", number) => self.font_number = number,
            ("fmodern", _) => self.font.is_typewriter = true,
            ("fcharset", Some(set)) => {
                self.font.is_symbol = set == code_pages::SYMBOL_SET;
                self.font.encoding = code_pages::character_set(set);
            }
            ("cpg", Some(page)) => self.font.encoding = code_pages::code_page(page),
            _ => {}
        }
    }

    /// Ends the font that is being read.
    pub(super) fn end_font(&mut self, name: &str) {
        let mut font = std::mem::take(&mut self.font);
        name.trim().trim_end_matches(';').clone_into(&mut font.name);
        if let Some(number) = self.font_number.take() {
            self.fonts.insert(number, font);
        }
    }

    /// The code page of a font, if it has one of its own.
    pub(super) fn encoding(&self, font: i32) -> Option<&'static Encoding> {
        self.fonts.get(&font)?.encoding
    }

    /// Whether the file names no styles, so that only the look of a paragraph says what it is.
    pub(super) fn is_without_styles(&self) -> bool {
        self.styles.is_empty()
    }

    /// Whether a font has letters of one width.
    pub(super) fn is_typewriter(&self, font: Option<i32>) -> bool {
        let font = font.and_then(|font| self.fonts.get(&font));
        font.is_some_and(|font| font.is_typewriter)
    }

    /// The name of a font of signs.
    pub(super) fn sign_font(&self, font: Option<i32>) -> Option<&str> {
        let font = self.fonts.get(&font?)?;
        let is_signs = font.name == "Symbol" || font.name.starts_with("Wingdings");
        (font.is_symbol && is_signs).then_some(font.name.as_str())
    }

    /// What a paragraph of this style is for: by its level in the outline, else by its name.
    pub(super) fn role(&self, style: Option<i32>) -> ParagraphRole {
        let mut next = Some(style.unwrap_or(0));
        for _ in 0..MAX_STYLE_CHAIN {
            let Some(style) = next.and_then(|number| self.styles.get(&number)) else {
                break;
            };
            let named = style_names::role(&style.name);
            match (named, style.outline_level) {
                (Some(ParagraphRole::Heading(_)) | None, Some(9..)) => return ParagraphRole::Body,
                (None, Some(level)) => return heading(level),
                (Some(role), _) => return role,
                (None, None) => next = style.based_on,
            }
        }
        ParagraphRole::Body
    }

    /// How characters are set in a style that is for something.
    pub(super) fn usual(&self, style: Option<i32>) -> Characters {
        let style = self.styles.get(&style.unwrap_or(0));
        style.map(|style| style.characters).unwrap_or_default()
    }

    /// Whether a style of characters is for code.
    pub(super) fn is_code(&self, style: Option<i32>) -> bool {
        style
            .and_then(|style| self.character_styles.get(&style))
            .is_some_and(|name| style_names::is_code_in_text(name))
    }
}

/// The heading at a level of the outline, from 0.
pub(super) fn heading(level: i32) -> ParagraphRole {
    match u8::try_from(level) {
        Ok(level @ 0..9) => ParagraphRole::Heading((level + 1).min(6)),
        _ => ParagraphRole::Body,
    }
}
