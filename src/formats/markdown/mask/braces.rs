//! Signs of Pandoc and its like in running text: attributes, shortcodes, links of a wiki, and
//! references to figures, tables and sections.

use super::formulas::Formulas;
use super::shortcodes::shortcode;
use super::tex::{TexCommand, braced, command, markdown_link};
use super::{MaskFindings, MaskedKind};
use crate::formats::markdown::curly::Curly;

/// What names of what is numbered begin with, in Quarto and in pandoc-crossref.
const NUMBERED: [&str; 8] = ["fig", "tbl", "tab", "sec", "eq", "lst", "thm", "exm"];

/// A link of a wiki is at most so many bytes long.
const MAX_LINK_BYTES: usize = 300;

/// Whether names of what is numbered begin with the word.
pub(crate) fn is_numbered(word: &str) -> bool {
    NUMBERED.contains(&word)
}

impl Formulas<'_, '_> {
    /// Hides the attributes or the shortcode that begin here; returns their bytes.
    pub(super) fn braces(&mut self, source: &str, found: &mut MaskFindings<'_>) -> Option<usize> {
        let rest = self.rest();
        let before = self.text.get(..self.at).unwrap_or_default();
        if let Some((bytes, caption)) = shortcode(rest) {
            let what = caption.map_or(MaskedKind::Nothing, |caption| {
                MaskedKind::Instead(caption.into())
            });
            let behind = rest.get(bytes..).unwrap_or_default();
            // One of the blanks around nothing is enough.
            let blanks = if caption.is_none() && before.ends_with(' ') {
                behind.len() - behind.trim_start_matches(' ').len()
            } else {
                0
            };
            self.hide(source, bytes + blanks, what, found);
            return Some(bytes + blanks);
        }
        let is_kramdown = rest.starts_with("{:");
        let is_behind = match before.chars().next_back()? {
            ']' | ')' | '`' => true,
            '*' | '_' | '>' => is_kramdown,
            // The label of a formula.
            ' ' => before.trim_end().ends_with('$') && rest.starts_with("{#eq"),
            _ => false,
        };
        let (curly, bytes) = Curly::parse(rest).filter(|_| is_behind)?;
        let is_raw = before.ends_with('`') && curly.format.is_some();
        let what = if is_raw {
            MaskedKind::Nothing
        } else {
            MaskedKind::Attributes
        };
        self.hide(source, bytes, what, found);
        Some(bytes)
    }

    /// Hides the shortcode in the address of a link, which begins here; returns the bytes up to the
    /// shortcode's end.
    pub(super) fn templated(
        &mut self,
        source: &str,
        found: &mut MaskFindings<'_>,
    ) -> Option<usize> {
        let rest = self.rest();
        let inner = rest.strip_prefix("](")?;
        let (bytes, _) = shortcode(inner)?;
        let opens = self.at;
        self.at += "](".len();
        self.hide(source, bytes, MaskedKind::Nothing, found);
        self.at = opens;
        Some("](".len() + bytes)
    }

    /// Hides the command of TeX that begins here; returns its bytes.
    pub(super) fn command(&mut self, source: &str, found: &mut MaskFindings<'_>) -> Option<usize> {
        let rest = self.rest();
        let (command, bytes) = command(rest)?;
        let what = match command {
            TexCommand::Silent => MaskedKind::Nothing,
            TexCommand::Sign(sign) => MaskedKind::Instead(sign.into()),
            TexCommand::Initial(letters) => MaskedKind::Instead(letters.into()),
            TexCommand::Link { words, address } => {
                MaskedKind::Instead(markdown_link(words, address).into())
            }
            TexCommand::Reference(id) => MaskedKind::Reference(id.into()),
            TexCommand::Styled(style) => MaskedKind::OpenStyle(style),
            TexCommand::Note => MaskedKind::OpenNote,
        };
        let closes = match what {
            MaskedKind::OpenStyle(_) => Some(MaskedKind::CloseStyle),
            MaskedKind::OpenNote => Some(MaskedKind::CloseNote),
            _ => None,
        };
        if let Some(closes) = closes {
            let argument = braced(rest.get(bytes - 1..)?)?;
            let end = self.at + bytes - 1 + argument - 1;
            if self.closers.last().is_some_and(|(last, _)| *last < end) {
                return None;
            }
            self.closers.push((end, closes));
        }
        // The blanks behind a command without braces belong to it.
        let is_bare = rest
            .get(..bytes)?
            .ends_with(|char: char| char.is_ascii_alphabetic());
        let blanks = if is_bare && matches!(what, MaskedKind::Nothing) {
            rest.get(bytes..)?.len() - rest.get(bytes..)?.trim_start_matches(' ').len()
        } else {
            0
        };
        self.hide(source, bytes + blanks, what, found);
        Some(bytes + blanks)
    }

    /// Hides the brace that ends the argument of a command, if it stands here.
    pub(super) fn closer(&mut self, source: &str, found: &mut MaskFindings<'_>) -> bool {
        let at = self.at;
        let Some((_, what)) = self.closers.pop_if(|(end, _)| *end == at) else {
            return false;
        };
        self.hide(source, 1, what, found);
        true
    }

    /// Hides the link of a wiki that begins here, or what it embeds; returns its bytes.
    pub(super) fn wiki_link(
        &mut self,
        source: &str,
        found: &mut MaskFindings<'_>,
    ) -> Option<usize> {
        let rest = self.rest();
        let near = rest.get(..rest.floor_char_boundary(MAX_LINK_BYTES))?;
        let inner = near.strip_prefix("[[")?;
        let end = inner.find(['[', ']', '\n'])?;
        let behind = inner.get(end..)?.strip_prefix("]]")?;
        let inner = inner.get(..end)?;
        let before = self.text.get(..self.at).unwrap_or_default();
        // Else it may be an index into a list, or a link with brackets in its words.
        let is_sound = inner.contains(|char: char| char.is_alphabetic())
            && !before
                .ends_with(|char: char| char.is_ascii_alphanumeric() || "]\\)".contains(char))
            && !behind.starts_with(['(', '[', ':']);
        let embeds = before.ends_with('!');
        if !is_sound {
            return None;
        }
        let bytes = inner.len() + "[[]]".len();
        self.hide(source, bytes, MaskedKind::WikiLink { embeds }, found);
        Some(bytes)
    }

    /// Hides a reference such as `@fig-a` or `(@example)`, the `@` of which stands here; returns
    /// its bytes.
    pub(super) fn reference(
        &mut self,
        source: &str,
        found: &mut MaskFindings<'_>,
    ) -> Option<usize> {
        let rest = self.rest();
        let before = self.text.get(..self.at).unwrap_or_default();
        let is_sound = |char: char| char.is_alphanumeric() || "-_:".contains(char);
        let name = rest.strip_prefix('@')?;
        let name = name.get(..name.find(|char| !is_sound(char)).unwrap_or(name.len()))?;
        let name = name.trim_end_matches([':', '-']);
        let behind = rest.get(1 + name.len()..)?;
        if name.is_empty() || before.ends_with(|char: char| char.is_alphanumeric()) {
            return None;
        }
        let bytes = 1 + name.len();
        let kind = name.split(['-', ':']).next()?;
        if is_numbered(kind) && kind.len() < name.len() {
            let what = MaskedKind::Reference(name.into());
            let is_bracketed = before.ends_with('[') && behind.starts_with(']');
            let is_more = before.ends_with("^[") || before.ends_with("![");
            if !is_bracketed || is_more || behind.starts_with("](") {
                self.hide(source, bytes, what, found);
                return Some(bytes);
            }
            // The brackets belong to it, as to a citation.
            let start = self.base + self.at - 1;
            found.hide_formula(source, start..start + bytes + 2, what);
            return Some(bytes + 1);
        }
        if !before.ends_with('(') || !behind.starts_with(')') {
            return None;
        }
        self.hide(source, bytes, MaskedKind::Example, found);
        Some(bytes)
    }

    /// Hides so many bytes from here on.
    pub(super) fn hide(
        &self,
        source: &str,
        bytes: usize,
        what: MaskedKind,
        found: &mut MaskFindings<'_>,
    ) {
        let start = self.base + self.at;
        found.hide_formula(source, start..start + bytes, what);
    }
}
