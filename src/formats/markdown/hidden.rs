//! Running text as it was typed: what was hidden from the parser is put back, and what only Pandoc
//! has signs for is read.

use std::ops::Range;

use super::MarkdownReader;
use super::brackets::Opens;
use super::mask::{Hidden, MaskedKind, lines_of};
use crate::paper::FORMULA;

impl<'a> MarkdownReader<'a> {
    /// What was typed where the parser has found this text; where it has decoded something, that.
    pub(super) fn as_typed<'t>(&self, text: &'t str, range: &Range<usize>) -> &'t str
    where
        'a: 't,
    {
        let is_literal = self.markdown.get(range.clone()) == Some(text);
        let typed = self.typed.get(range.clone()).filter(|_| is_literal);
        typed.unwrap_or(text)
    }

    /// Takes in text that the parser has found at the offset.
    pub(super) fn running_text(&mut self, text: &str, at: usize) {
        let end = at + text.len();
        if self.markdown.get(at..end) != Some(text) {
            return self.builder.push_spaced(text);
        }
        let mut from = at;
        while from < end {
            let hidden = self.hidden_from(from).filter(|it| it.range.start < end);
            let plain_end = hidden.map_or(end, |hidden| hidden.range.start.max(from));
            self.plain_text(from..plain_end, at);
            from = plain_end;
            if let Some(hidden) = hidden {
                self.put_back(hidden, from..end);
                from = hidden.range.end;
            }
        }
    }

    /// Takes in text of which nothing is hidden. `start` is where the parser found text.
    fn plain_text(&mut self, range: Range<usize>, start: usize) {
        let mut from = range.start + usize::from(self.moved_sign == Some(range.start));
        let text = self.typed.get(range.clone()).unwrap_or_default();
        for (index, sign) in text.match_indices(['^', '~', '\\']) {
            let at = range.start + index;
            let Some(sign) = self
                .sign_at(sign, at)
                .filter(|_| at > start || !self.is_escaped(at))
            else {
                continue;
            };
            let before = self.typed.get(from..at).unwrap_or_default();
            self.builder.push_spaced(before);
            if sign == '\\' && self.is_sign(at + 1) {
                from = at + "\\".len();
            } else if sign == '\\' {
                self.builder.push_spaced(FIXED_SPACE);
                from = at + "\\ ".len();
            } else {
                self.script_sign(sign, at);
                from = at + sign.len_utf8();
            }
        }
        let rest = self.typed.get(from..range.end).unwrap_or_default();
        self.builder.push_spaced(rest);
    }

    /// The sign, if it is one of Pandoc's: a backslash before a space, or one that is in no row.
    fn sign_at(&self, sign: &str, at: usize) -> Option<char> {
        let bytes = self.typed.as_bytes();
        let byte = sign.bytes().next()?;
        let after = bytes.get(at + 1).copied();
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        let is_sign = match byte {
            // Pandoc lets any sign be escaped, CommonMark only those of ASCII.
            b'\\' => after == Some(b' ') || self.is_sign(at + 1),
            _ => before != Some(&byte) && after != Some(byte),
        };
        is_sign.then_some(char::from(byte))
    }

    /// Whether a sign beyond ASCII is at the offset.
    fn is_sign(&self, at: usize) -> bool {
        let char = self.typed.get(at..).and_then(|rest| rest.chars().next());
        char.is_some_and(|char| {
            !char.is_ascii() && !char.is_alphanumeric() && !char.is_whitespace()
        })
    }

    /// The first hidden part that ends after the offset.
    pub(super) fn hidden_from(&self, at: usize) -> Option<&'a Hidden> {
        let passed = self.hidden.partition_point(|hidden| hidden.range.end <= at);
        self.hidden.get(passed)
    }

    /// Whether a line end at the offset lies in a formula or the like, which is put back as one.
    pub(super) fn is_in_formula(&self, at: usize) -> bool {
        self.hidden_from(at)
            .is_some_and(|hidden| hidden.what != MaskedKind::Text && hidden.range.start < at)
    }

    /// Whether the text is a part of the formula that was put back last.
    pub(super) fn is_put_back(&self, range: &Range<usize>) -> bool {
        let hidden = self.hidden_from(range.start);
        hidden.is_some_and(|hidden| {
            self.last_formula == Some(hidden.range.start)
                && hidden.range.start <= range.start
                && range.end <= hidden.range.end
        })
    }

    /// Puts back what was hidden, of signs as much as lies in the range, of a formula all.
    fn put_back(&mut self, hidden: &'a Hidden, within: Range<usize>) {
        let Range { start, end } = hidden.range;
        if hidden.what == MaskedKind::Text {
            let part = start.max(within.start)..end.min(within.end);
            return self
                .builder
                .push_spaced(self.typed.get(part).unwrap_or_default());
        }
        if self.last_formula == Some(start) {
            return;
        }
        self.last_formula = Some(start);
        if !matches!(hidden.what, MaskedKind::Formula | MaskedKind::Display) {
            return self.put_sign_back(hidden);
        }
        let formula = self.typed.get(start..end).unwrap_or_default();
        let may_be_block = self.builder.is_in_paragraph() && self.builder.depth() == 0;
        let is_in_note = self
            .brackets
            .iter()
            .any(|bracket| bracket.opens != Opens::Text);
        if hidden.what == MaskedKind::Display && may_be_block && !is_in_note {
            self.brackets.clear();
            self.scripts.clear();
            self.builder.begin_code_instead(FORMULA);
            self.builder.push_verbatim(&display(formula));
            self.builder.end_block();
        } else {
            let lines: Vec<&str> = lines_of(formula).map(str::trim).collect();
            self.builder.push_formula(&lines.join(" "));
        }
    }
}

/// A space at which no line may end, as Pandoc's `\\ ` is one.
pub(super) const FIXED_SPACE: &str = "\u{a0}";

/// The lines of a formula without those of what is around it, and without Pandoc's label.
fn display(formula: &str) -> String {
    let closes = if formula.starts_with("$$") {
        "$$"
    } else {
        r"\]"
    };
    let end = formula
        .rfind(closes)
        .map_or(formula.len(), |at| at + closes.len());
    let formula = formula.get(..end).unwrap_or(formula);
    let lines: Vec<&str> = lines_of(formula).map(str::trim_end).collect();
    lines.join("\n")
}
