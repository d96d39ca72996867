//! Equations on one line: where brackets must stand.

/// The text, in brackets unless it is one thing that needs none.
pub(in crate::formats) fn atom(text: &str) -> String {
    let text = text.trim();
    let is_word = text.chars().all(|c| c.is_alphanumeric() || is_mark(c));
    let mut chars = text.chars();
    let is_sign = chars.next().is_some() && chars.next().is_none();
    if is_word || is_sign || is_bracketed(text) {
        text.to_owned()
    } else {
        format!("({text})")
    }
}

fn is_mark(char: char) -> bool {
    matches!(char, '\u{300}'..='\u{36f}' | '\u{20d0}'..='\u{20ff}' | '.' | '′' | '∞')
}

/// Whether one pair of brackets holds the whole text.
fn is_bracketed(text: &str) -> bool {
    let mut depth = 0usize;
    let mut chars = text.chars().peekable();
    if !text.starts_with(['(', '[']) {
        return false;
    }
    while let Some(char) = chars.next() {
        match char {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return chars.peek().is_none();
        }
    }
    false
}

/// Adds the parts one after another.
pub(in crate::formats) fn push_all(text: &mut String, parts: &[&str]) {
    for part in parts {
        text.push_str(part);
    }
}
