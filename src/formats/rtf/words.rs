//! The control words of RTF.

use super::RtfReader;
use super::code_pages;
use super::state::{Characters, Destination, Paragraphs};
use crate::formats::office::looks::Height;

impl RtfReader<'_> {
    /// Does what a control word says.
    pub(super) fn word(&mut self, name: &str, parameter: Option<i32>) {
        let is_optional = std::mem::take(&mut self.group.is_optional);
        match self.group.destination {
            Destination::Skipped => return self.skipped_word(name),
            Destination::Styles => return self.sheet.style_word(name, parameter),
            Destination::Fonts => return self.sheet.font_word(name, parameter),
            Destination::Info => {
                if let Some(property) = property(name) {
                    self.begin(Destination::Property(property));
                } else if !matches!(name, "u" | "uc") {
                    self.begin(Destination::Skipped);
                }
                return;
            }
            _ => {}
        }
        if self.character_word(name, parameter)
            || self.paragraph_word(name, parameter)
            || self.text_word(name, parameter)
            || self.destination_word(name)
            || self.document_word(name, parameter)
        {
            return;
        }
        if is_optional {
            self.begin(Destination::Skipped);
        }
    }

    /// In what is passed over, only text that comes twice matters.
    fn skipped_word(&mut self, name: &str) {
        let outer = self.groups.iter().rev().nth(1);
        if name == "ud"
            && let Some(destination) = outer.map(|group| group.destination)
        {
            self.group.destination = destination;
        }
    }

    fn character_word(&mut self, name: &str, parameter: Option<i32>) -> bool {
        let is_on = parameter != Some(0);
        let characters = &mut self.group.characters;
        match name {
            "plain" => {
                *characters = Characters {
                    deleted: characters.deleted,
                    ..Characters::default()
                }
            }
            "b" => characters.bold = is_on,
            "i" => characters.italic = is_on,
            "strike" | "striked" => characters.struck = is_on,
            "scaps" => characters.small_caps = is_on,
            "v" => characters.hidden = is_on,
            "deleted" => characters.deleted = is_on,
            "super" => characters.height = raised(is_on, Height::Raised),
            "sub" => characters.height = raised(is_on, Height::Lowered),
            "nosupersub" => characters.height = Height::Level,
            "up" => characters.height = raised(parameter.unwrap_or(6) > 0, Height::Raised),
            "dn" => characters.height = raised(parameter.unwrap_or(6) > 0, Height::Lowered),
            "cs" => characters.style = parameter,
            "f" => {
                characters.font = parameter;
                self.group.encoding = parameter.and_then(|font| self.sheet.encoding(font));
                self.group.paragraph.is_typewriter =
                    self.group.has_paragraph && self.sheet.is_typewriter(parameter);
            }
            "fs" => characters.size = parameter,
            _ => return false,
        }
        true
    }

    fn paragraph_word(&mut self, name: &str, parameter: Option<i32>) -> bool {
        let number = parameter.unwrap_or(0);
        let paragraph = &mut self.group.paragraph;
        match name {
            "pard" => {
                *paragraph = Paragraphs::default();
                self.group.has_paragraph = true;
            }
            "qc" => paragraph.is_centred = true,
            "ql" | "qr" | "qj" => paragraph.is_centred = false,
            "s" => paragraph.style = parameter,
            "outlinelevel" => paragraph.outline_level = parameter,
            "intbl" => paragraph.is_in_table = true,
            "itap" => {
                paragraph.table_depth = number;
                paragraph.is_in_table = number > 0;
            }
            "ls" => paragraph.list = number,
            "ilvl" => paragraph.list_level = number,
            "li" | "lin" => paragraph.left = number,
            "fi" => paragraph.first_line = number,
            _ => return false,
        }
        true
    }

    fn text_word(&mut self, name: &str, parameter: Option<i32>) -> bool {
        if let Some(sign) = sign(name) {
            self.push(sign);
            return true;
        }
        match name {
            "u" => self.unicode(parameter.unwrap_or(0)),
            "uc" => {
                let count = usize::try_from(parameter.unwrap_or(1)).unwrap_or(0);
                self.group.fallback_chars = count;
            }
            _ if self.group.destination != Destination::Text => return false,
            "par" | "sect" => {
                self.end_paragraph();
                self.end_table_before_blank();
            }
            "line" => self.line_break(),
            "cell" => self.end_cell(),
            "nestcell" => self.end_paragraph(),
            "row" => self.end_row(),
            "nestrow" => self.end_paragraph(),
            "trowd" => self.table.columns = 0,
            "cellx" => self.table.columns = self.table.columns.saturating_add(1),
            "chftn" => self.note_number(),
            _ => return false,
        }
        true
    }

    /// Words after which the text of the group goes somewhere else.
    fn destination_word(&mut self, name: &str) -> bool {
        let destination = match name {
            "footnote" => {
                if self.group.destination == Destination::Text {
                    self.begin_note();
                }
                return true;
            }
            "fldrslt" => {
                self.begin_result();
                return true;
            }
            "shptxt" if self.group.destination == Destination::Drawing => Destination::Text,
            "ud" => {
                self.skipped_word(name);
                return true;
            }
            "fonttbl" => Destination::Fonts,
            "stylesheet" => Destination::Styles,
            "info" => Destination::Info,
            "fldinst" => Destination::Instruction,
            "listtext" | "pntext" => Destination::Label,
            "bkmkstart" => Destination::Bookmark,
            "annotation" => Destination::Comment,
            "atnauthor" => Destination::CommentAuthor,
            "shpinst" | "picprop" | "sp" => Destination::Drawing,
            "sn" => Destination::DrawingName,
            "sv" => Destination::DrawingValue,
            "shppict" | "moMath" => Destination::Text,
            "upr" => Destination::Twice,
            "pict" => {
                // Its properties come within, among them what it shows.
                Destination::Drawing
            }
            _ if is_machinery(name) => Destination::Skipped,
            _ => return false,
        };
        self.begin(destination);
        true
    }

    fn document_word(&mut self, name: &str, parameter: Option<i32>) -> bool {
        match (name, parameter) {
            ("ansicpg", Some(page)) => {
                self.encoding = code_pages::code_page(page).or(self.encoding);
            }
            ("mac", _) => self.encoding = code_pages::code_page(10_000),
            ("deff", _) => {}
            _ => return false,
        }
        true
    }
}

fn raised(is_on: bool, height: Height) -> Height {
    if is_on { height } else { Height::Level }
}

/// The property of a paper that a word in the file's properties is.
fn property(name: &str) -> Option<&'static str> {
    Some(match name {
        "title" => "title",
        "author" => "creator",
        "keywords" => "keywords",
        _ => return None,
    })
}

/// The sign that a word is.
fn sign(name: &str) -> Option<&'static str> {
    Some(match name {
        "tab" => "\t",
        "emdash" => "—",
        "endash" => "–",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        "emspace" | "enspace" | "qmspace" => " ",
        _ => return None,
    })
}

/// Whether what a group with this word holds is no text.
fn is_machinery(name: &str) -> bool {
    matches!(
        name,
        "colortbl"
            | "filetbl"
            | "listpicture"
            | "header"
            | "headerl"
            | "headerr"
            | "headerf"
            | "footer"
            | "footerl"
            | "footerr"
            | "footerf"
            | "ftnsep"
            | "ftnsepc"
            | "ftncn"
            | "aftnsep"
            | "aftnsepc"
            | "aftncn"
            | "xe"
            | "tc"
            | "rxe"
            | "bxe"
            | "txe"
            | "nonshppict"
            | "shprslt"
            | "objdata"
            | "do"
            | "atnid"
            | "atnref"
            | "atndate"
            | "atnicn"
            | "atrfstart"
            | "atrfend"
            | "private"
            | "template"
            | "nesttableprops"
            | "pnseclvl"
            | "mmathPr"
            | "mmathPict"
    )
}
