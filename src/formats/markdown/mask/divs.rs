//! Pandoc's fenced divisions: `::: {.class}` up to `:::`.

use crate::formats::markdown::curly::Curly;
use crate::formats::markdown::shape::Shape;

/// The fence of a division that the line is, if it is one.
pub(super) fn fence(content: &str) -> Option<Shape> {
    let inner = content.trim_start_matches(':');
    if content.len() - inner.len() < 3 {
        return None;
    }
    let inner = inner.trim_end_matches(':').trim();
    if inner.is_empty() {
        return Some(Shape::DivEnd);
    }
    let (behind, is_curly) = match inner.find('{') {
        Some(at) => (inner.get(at..)?, true),
        None => (inner, false),
    };
    let is_fence = if is_curly {
        behind == "{}" || Curly::parse(behind).is_some_and(|(_, bytes)| bytes == behind.len())
    } else {
        is_word(behind)
    };
    let before = inner.get(..inner.len() - behind.len())?.trim();
    (is_fence && (!is_curly || before.is_empty() || is_word(before))).then_some(Shape::DivBegin)
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && !text.contains(|char: char| char.is_whitespace() || "{}:".contains(char))
}
