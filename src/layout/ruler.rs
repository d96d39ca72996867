//! The one ruler: how many columns a text takes on the screen.
//!
//! The width of a text is the sum over its graphemes, which is what a terminal buffer draws; the
//! width of the whole string, or the sum over its characters, differs for emoji and joined letters.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many columns the text takes, at most `u16::MAX`.
#[must_use]
pub fn columns(text: &str) -> u16 {
    graphemes(text).fold(0, |sum, grapheme| {
        sum.saturating_add(grapheme_columns(grapheme))
    })
}

/// How many columns one grapheme takes. What holds a control character is never drawn.
#[must_use]
#[inline]
pub fn grapheme_columns(grapheme: &str) -> u16 {
    match grapheme.as_bytes() {
        [byte] => u16::from(!byte.is_ascii_control()),
        _ if grapheme.contains(char::is_control) => 0,
        _ => {
            let columns = grapheme.width() + sound_marks(grapheme);
            u16::try_from(columns).unwrap_or(u16::MAX)
        }
    }
}

/// The text parted after as many graphemes as fit in so many columns.
pub(crate) fn split_at(text: &str, columns: u16) -> (&str, &str) {
    let mut taken = 0_u16;
    let fitting = graphemes(text).take_while(|grapheme| {
        taken = taken.saturating_add(grapheme_columns(grapheme));
        taken <= columns
    });
    let bytes = fitting.map(str::len).sum();
    text.split_at_checked(bytes).unwrap_or((text, ""))
}

/// The text if it fits in so many columns, else its start and an ellipsis: whole words, unless
/// that would leave more than a third of the room empty.
pub(crate) fn shorten(text: &str, columns: u16) -> Cow<'_, str> {
    if split_at(text, columns).1.is_empty() {
        return Cow::Borrowed(text);
    }
    let (start, rest) = split_at(text, columns.saturating_sub(1));
    let words = match start.rfind(' ') {
        Some(space) if !rest.starts_with(' ') => start.get(..space).unwrap_or(start),
        _ => start,
    };
    let is_enough = self::columns(words) >= columns - columns / 3;
    let kept = if is_enough { words } else { start };
    Cow::Owned(format!("{}…", kept.trim_end()))
}

/// The text if it fits in so many columns, else its start, an ellipsis, and its end.
pub(crate) fn shorten_inside(text: &str, columns: u16) -> Cow<'_, str> {
    if split_at(text, columns).1.is_empty() {
        return Cow::Borrowed(text);
    }
    let (start, rest) = split_at(text, columns.saturating_sub(1) / 2);
    let room = columns.saturating_sub(1) - self::columns(start);
    let mut taken = 0_u16;
    let ending = rest.graphemes(true).rev().take_while(|grapheme| {
        taken = taken.saturating_add(grapheme_columns(grapheme));
        taken <= room
    });
    let bytes: usize = ending.map(str::len).sum();
    let end = rest.get(rest.len() - bytes..).unwrap_or_default();
    Cow::Owned(format!("{start}…{end}"))
}

/// The graphemes of a text, in order.
pub fn graphemes(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (grapheme, after) = rest.split_at_checked(first_grapheme(rest))?;
        rest = after;
        (!grapheme.is_empty()).then_some(grapheme)
    })
}

/// Bytes of the text's first grapheme; 0 if the text is empty.
#[inline]
pub(crate) fn first_grapheme(text: &str) -> usize {
    match text.as_bytes() {
        [] => 0,
        // Between two ASCII characters is always an end, but for a line end of two.
        [first] if first.is_ascii() => 1,
        [first, second, ..] if first.is_ascii() && second.is_ascii() && *first != b'\r' => 1,
        _ => text.graphemes(true).next().map_or(0, str::len),
    }
}

/// Terminals give the halfwidth katakana sound marks a column of their own, against
/// `unicode-width`, which joins them to the letter before.
fn sound_marks(grapheme: &str) -> usize {
    grapheme
        .chars()
        .filter(|c| matches!(c, '\u{FF9E}' | '\u{FF9F}'))
        .count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_too_long_is_cut_at_its_end_or_inside() {
        assert_eq!(shorten("kremlin.ru", 10), "kremlin.ru");
        assert_eq!(shorten("kremlin.ru/supplement/5920", 10), "kremlin.r…");
        assert_eq!(
            shorten_inside("kremlin.ru/supplement/5920", 16),
            "kremlin…ent/5920"
        );
        assert_eq!(shorten_inside("日本語日本語", 6), "日…語");
        assert_eq!(shorten_inside("abc", 0), "…");
        // Far more than a lifetime for one who measures every end of it.
        assert_eq!(shorten_inside(&"ab".repeat(1 << 20), 5), "ab…ab");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_shortcut_finds_the_same_graphemes(text in "(\\PC|[a-z ]|[🇦-🇿]|[\u{300}-\u{303}]|\r|\n){0,40}") {
            let expected: Vec<&str> = text.graphemes(true).collect();
            prop_assert_eq!(graphemes(&text).collect::<Vec<_>>(), expected);
        }
    }
}
