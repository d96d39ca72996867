//! Plain text as Markdown: what Markdown would take for a sign of its own is escaped.

use super::inline::TextHost;
use crate::formats::markdown::{is_label, is_numbered};

/// Where a piece of text stands, as far as that decides what is a sign.
#[derive(Debug, Clone, Copy)]
pub(super) struct Surroundings {
    pub(super) setting: TextHost,
    /// Whether the piece is the first on its line.
    pub(super) begins_line: bool,
    /// Whether nothing follows it on its line.
    pub(super) ends_line: bool,
    /// Whether a marker stands right before it: a bracket or a colon would be read with that.
    pub(super) follows_marker: bool,
    /// Whether a bracket, of a link or a marker, stands right after it.
    pub(super) precedes_bracket: bool,
    /// Whether the block has two carets, and two dollars: one alone is no sign.
    pub(super) has_carets: bool,
    pub(super) has_dollars: bool,
    /// Whether a line of the block ends in a bracket: from an escaped one at a line's head to that
    /// would be a formula.
    pub(super) ends_in_bracket: bool,
}

impl Surroundings {
    /// Those of a piece with other text on both sides.
    pub(super) fn within(setting: TextHost) -> Self {
        Surroundings {
            setting,
            begins_line: false,
            ends_line: false,
            follows_marker: false,
            precedes_bracket: false,
            has_carets: true,
            has_dollars: true,
            ends_in_bracket: true,
        }
    }
}

/// Adds `text`, which has no line end in it, so that it is read as plain text.
pub(super) fn push_escaped(out: &mut String, text: &str, around: Surroundings) {
    let number = if around.begins_line {
        list_number(text).or_else(|| label_end(text))
    } else {
        None
    };
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let after = chars.peek().map(|(_, next)| *next);
        let is_first = at == 0;
        let is_edge_blank =
            (is_first && around.begins_line) || (after.is_none() && around.ends_line);
        match char {
            _ if char.is_whitespace() && is_edge_blank => push_reference(out, char),
            '[' if is_first && around.begins_line && around.ends_in_bracket => {
                push_reference(out, char);
            }
            '\\' | '*' | '`' | '[' | ']' | '<' | '~' => push_sign(out, char),
            '^' if around.has_carets => push_sign(out, char),
            '$' if around.has_dollars => push_sign(out, char),
            '|' if around.setting == TextHost::Cell || is_first => push_sign(out, char),
            '_' if !(is_word(before) && is_word(after)) => push_sign(out, char),
            '&' if begins_entity(text.get(at..).unwrap_or_default()) => push_sign(out, char),
            '!' | '^' if after.is_none() && around.precedes_bracket => push_sign(out, char),
            '(' | ':' if is_first && around.follows_marker => push_sign(out, char),
            '#' | '>' | '-' | '+' | '=' | ':' if is_first && around.begins_line => {
                push_sign(out, char);
            }
            '{' if is_first || opens_braces(before, after) => push_sign(out, char),
            '@' if begins_reference(text.get(at..).unwrap_or_default()) => push_sign(out, char),
            '#' | '{' | '}' if around.setting == TextHost::Heading => push_sign(out, char),
            '{' if around.setting == TextHost::Caption => push_sign(out, char),
            _ if number == Some(at) => push_sign(out, char),
            _ => out.push(char),
        }
        before = Some(char);
    }
}

/// Writes `&#32;` or the like, which Markdown neither trims nor takes for a sign.
fn push_reference(out: &mut String, char: char) {
    out.push_str("&#");
    out.push_str(&u32::from(char).to_string());
    out.push(';');
}

fn push_sign(out: &mut String, sign: char) {
    out.push('\\');
    out.push(sign);
}

fn is_word(char: Option<char>) -> bool {
    char.is_some_and(char::is_alphanumeric)
}

/// Where the dot or bracket stands after a number that begins the text, as in a list.
fn list_number(text: &str) -> Option<usize> {
    let end = text.find(|char: char| !char.is_ascii_digit())?;
    let after = text.get(end..)?;
    let rest = after.strip_prefix(['.', ')'])?;
    (end > 0 && (rest.is_empty() || rest.starts_with(char::is_whitespace))).then_some(end)
}

/// Where the bracket or the dot stands that would make a label of what begins the text, as in
/// `(a)`, or a caption, as in `Table:`.
fn label_end(text: &str) -> Option<usize> {
    if text.starts_with("Table:") || text.starts_with("table:") {
        return Some("Table".len());
    }
    let inner = text.strip_prefix('(').unwrap_or(text);
    let end = inner.find(|char: char| !(char.is_alphanumeric() || "@-_".contains(char)))?;
    let rest = inner.get(end..)?;
    let behind = rest.strip_prefix(['.', ')'])?;
    let sign = text.len() - rest.len();
    let label = text.get(..=sign)?;
    let is_apart = behind.is_empty() || behind.starts_with(char::is_whitespace);
    let is_label = is_label(label) || label.starts_with("(@");
    (is_apart && is_label).then_some(sign)
}

/// Whether braces between these would be read as attributes, or as a shortcode.
fn opens_braces(before: Option<char>, after: Option<char>) -> bool {
    matches!(before, Some(']' | ')' | '`')) || matches!(after, Some('{' | '%' | ':' | '<' | '#'))
}

/// Whether the text begins with what may be a reference to a figure or the like: `@fig-a`.
fn begins_reference(text: &str) -> bool {
    let kind = text.strip_prefix('@').unwrap_or(text);
    let end = kind.find(['-', ':']).unwrap_or(kind.len());
    kind.get(..end).is_some_and(is_numbered)
}

/// Whether the text begins with what looks like an entity: `&`, a name, and `;`.
fn begins_entity(text: &str) -> bool {
    let name = text.strip_prefix('&').unwrap_or(text);
    let name = name.strip_prefix('#').unwrap_or(name);
    let end = name.find(|char: char| !char.is_ascii_alphanumeric());
    end.is_some_and(|end| end > 0 && name.get(end..).is_some_and(|rest| rest.starts_with(';')))
}

/// Adds the address of a link, brackets and all.
pub(super) fn push_address(out: &mut String, address: &str, setting: TextHost) {
    out.push('(');
    // An empty address needs its brackets, or it would be none.
    let is_bracketed = address.is_empty() || address.contains(char::is_whitespace);
    if is_bracketed {
        out.push('<');
    }
    for (at, char) in address.char_indices() {
        match char {
            '\\' | '(' | ')' | '<' | '>' => push_sign(out, char),
            '|' if setting == TextHost::Cell => push_sign(out, char),
            '&' if begins_entity(address.get(at..).unwrap_or_default()) => push_sign(out, char),
            _ => out.push(char),
        }
    }
    if is_bracketed {
        out.push('>');
    }
    out.push(')');
}

/// Whether the address between `<` and `>` is a link to itself.
pub(super) fn is_autolink(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once(':') else {
        return false;
    };
    let is_scheme = (2..=32).contains(&scheme.len())
        && scheme.starts_with(|char: char| char.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.' | b'-'));
    let is_stopped = |char: char| char.is_whitespace() || char.is_control() || "<>".contains(char);
    is_scheme && !rest.contains(is_stopped)
}

/// Adds the label of a note that is defined, brackets and all.
pub(super) fn push_label(out: &mut String, label: &str) {
    out.push_str("[^");
    out.push_str(label);
    // Right before the bracket it would escape that; blanks around a label do not count.
    if label.ends_with('\\') {
        out.push(' ');
    }
    out.push(']');
}

/// Adds the language after a fence of this sign.
pub(super) fn push_language(out: &mut String, language: &str, fence: char) {
    for (at, char) in language.char_indices() {
        match char {
            '\\' => push_sign(out, char),
            '&' if begins_entity(language.get(at..).unwrap_or_default()) => push_sign(out, char),
            _ if at == 0 && char == fence => push_sign(out, char),
            _ => out.push(char),
        }
    }
}

/// Adds code between rows of backticks that are longer than any in it.
pub(super) fn push_code(out: &mut String, code: &str, setting: TextHost) {
    let ticks = "`".repeat(super::longest_row(code, '`') + 1);
    let touches = code.starts_with('`') || code.ends_with('`');
    // One blank on either side is taken away again in reading.
    let is_padded = touches || (code.starts_with(' ') && code.ends_with(' '));
    let pad = if is_padded && !code.trim_matches(' ').is_empty() {
        " "
    } else {
        ""
    };
    out.push_str(&ticks);
    out.push_str(pad);
    match setting {
        TextHost::Cell => out.push_str(&code.replace('|', "\\|")),
        TextHost::Paragraph | TextHost::Term | TextHost::Caption | TextHost::Heading => {
            out.push_str(code);
        }
    }
    out.push_str(pad);
    out.push_str(&ticks);
}
