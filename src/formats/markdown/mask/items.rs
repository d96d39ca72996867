//! Items that CommonMark does not know: definitions, and labels such as `(a)`, `iv.` and `(@)`.

use super::blocks::{BlockScanner, opening};
use super::context::InnerLine;
use super::{Cover, Hidden, MaskedKind};

impl<'a> BlockScanner<'a, '_> {
    /// Hides the sign of a definition that the line begins with.
    pub(super) fn definition(&mut self, line: &InnerLine<'a>) -> Option<usize> {
        let rest = line.content.get(1..)?;
        let text = rest.trim_start_matches([' ', '\t']);
        let is_sign = text.len() < rest.len() && !text.is_empty();
        if !is_sign || self.is_in_note || !self.context.may_define(line) {
            return None;
        }
        let start = line.start();
        self.hide_sign(start..start + 1, Cover::Bullet, MaskedKind::Definition);
        let lead = line.content.len() - text.len();
        self.context.item(line, lead, true);
        self.fence = opening(text, line.quotes).map(|(fence, _)| fence);
        if self.fence.is_some() {
            self.text_from = line.end;
            self.context.block();
        }
        Some(line.end)
    }

    /// Hides a label that the line begins with, and that CommonMark does not take for one.
    pub(super) fn label(&mut self, line: &InnerLine<'a>) -> Option<usize> {
        let goes_on = self.context.paragraph.has_label;
        if self.is_in_note {
            return None;
        }
        let bytes = label(line.content, goes_on)?;
        let (typed, rest) = line.content.split_at_checked(bytes)?;
        let may_begin = self.context.paragraph.lines == 0
            || goes_on
            || self.context.may_nest(line) && self.begins_list(line, typed);
        if !may_begin {
            return None;
        }
        let text = rest.trim_start_matches([' ', '\t']);
        if text.is_empty() {
            return None;
        }
        let shown = self.shown_label(typed);
        let start = line.start();
        let sign = bytes.min(MAX_SIGN_BYTES);
        self.hide_sign(start..start + sign, Cover::Number, MaskedKind::Label(shown));
        if bytes > sign {
            let rest = start + sign..start + bytes;
            self.found.cover(rest.start..rest.start + 1, Cover::Blanks);
            if rest.len() > 1 {
                self.found
                    .hide(rest.start + 1..rest.end, MaskedKind::Nothing);
            }
            self.text_from = rest.end;
        }
        let lead = line.content.len() - text.len();
        self.context.item(line, lead, false);
        Some(line.end)
    }

    /// Whether the label is the first of a list, of which the second item comes further down.
    fn begins_list(&self, line: &InnerLine<'a>, typed: &str) -> bool {
        let name = typed.trim_matches(['(', ')', '.']);
        let next = SECOND_NAMES.iter().find(|(first, _)| *first == name);
        let Some(second) = next.map(|(_, second)| typed.replacen(name, second, 1)) else {
            return false;
        };
        let lines = std::iter::successors(InnerLine::at(self.source, line.end), |line| {
            InnerLine::at(self.source, line.end)
        });
        let mut within = lines
            .take(MAX_ITEM_LINES)
            .take_while(|next| next.is_blank() || next.indent >= line.indent);
        within.any(|next| {
            let behind = next.content.strip_prefix(&second);
            next.indent == line.indent && behind.is_some_and(|rest| rest.starts_with([' ', '\t']))
        })
    }

    /// The label as it is shown: examples are numbered through the paper.
    fn shown_label(&mut self, typed: &'a str) -> Box<str> {
        if let Some(name) = example_name(typed) {
            self.examples += 1;
            if !name.is_empty() {
                self.found.examples.entry(name).or_insert(self.examples);
            }
            return format!("({})", self.examples).into();
        }
        if typed.starts_with('#') {
            self.counted += 1;
            return typed.replacen('#', &self.counted.to_string(), 1).into();
        }
        typed.into()
    }

    /// Hides a sign at the head of a line, behind which text follows.
    fn hide_sign(&mut self, range: std::ops::Range<usize>, cover: Cover, what: MaskedKind) {
        self.search_text(range.start);
        self.text_from = range.end;
        self.found.cover(range.clone(), cover);
        self.found.hidden.push(Hidden { range, what });
    }
}

/// What the first item of a list is called, and the second.
const SECOND_NAMES: [(&str, &str); 6] = [
    ("a", "b"),
    ("A", "B"),
    ("i", "ii"),
    ("I", "II"),
    ("1", "2"),
    ("#", "#"),
];

/// The second item of a list is looked for so many lines behind the first.
const MAX_ITEM_LINES: usize = 40;

/// Bytes of the label that the line begins with, if it is one; it may go on with a list.
fn label(content: &str, goes_on: bool) -> Option<usize> {
    let inner = content.strip_prefix('(').unwrap_or(content);
    let is_bracketed = inner.len() < content.len();
    let end = inner.find(['.', ')', ' ', '\t'])?;
    let (name, rest) = inner.split_at_checked(end)?;
    let sign = rest.chars().next()?;
    let after = rest.get(1..)?;
    let is_example = name.starts_with('@') && is_bracketed;
    let is_figure =
        !name.is_empty() && name.len() < 10 && name.bytes().all(|byte| byte.is_ascii_digit());
    let is_sound = match (is_bracketed, sign) {
        (true, ')') => is_example && is_example_name(name) || is_figure || is_numeral(name),
        (false, ')') => name == "#" || is_numeral(name),
        // Else initials would be labels.
        (false, '.') => {
            let is_capital = name.starts_with(|char: char| char.is_ascii_uppercase());
            let is_row = goes_on && name.len() > 1;
            let is_apart = !is_capital || is_row || after.starts_with("  ");
            (name == "#" || is_numeral(name)) && is_apart
        }
        _ => false,
    };
    let bytes = content.len() - after.len();
    (is_sound && bytes <= MAX_LABEL_BYTES && after.starts_with([' ', '\t'])).then_some(bytes)
}

const MAX_LABEL_BYTES: usize = 60;

/// What the parser takes for a number: nine figures and a sign.
const MAX_SIGN_BYTES: usize = 10;

/// Whether an item with this label reads back as one.
pub(crate) fn is_label(typed: &str) -> bool {
    label(&format!("{typed}  a"), false) == Some(typed.len()) && !typed.contains(['#', '@'])
}

/// One letter, or a Roman numeral of the smaller figures.
fn is_numeral(name: &str) -> bool {
    let is_letter = name.len() == 1 && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_roman = |figures: &str| name.chars().all(|char| figures.contains(char));
    is_letter || (2..=7).contains(&name.len()) && (is_roman("ivxl") || is_roman("IVXL"))
}

/// The name of an example, if the label is one's; it may be empty.
pub(super) fn example_name(label: &str) -> Option<&str> {
    label.strip_prefix("(@")?.strip_suffix(')')
}

fn is_example_name(name: &str) -> bool {
    let is_sound = |char: char| char.is_alphanumeric() || "-_".contains(char);
    name.strip_prefix('@')
        .is_some_and(|name| name.chars().all(is_sound))
}
