//! What notes are called in the text: `1`, `[1]`, `*`, `a`, `iv`.

use std::collections::HashSet;

use crate::paper::NoteNumber;

/// Signs that stand around a label.
const AROUND: [char; 16] = [
    '[', ']', '(', ')', '{', '}', '⟨', '⟩', '【', '】', '〔', '〕', '［', '］', '（', '）',
];

/// Signs that lead back from a note.
const BACK: [char; 18] = [
    '↩', '↑', '^', '⤴', '←', '↵', '⏎', '⮌', '⬑', '▲', '△', '⬆', '⇑', '↖', '⤶', '↲', '\u{fe0e}',
    '\u{fe0f}',
];

/// A label may have so many letters and signs.
const MAX_LABEL_CHARS: usize = 16;

/// The label that the text is, without brackets and stops; nothing if it reads like words.
pub(crate) fn parse(text: &str) -> Option<String> {
    let is_edge = |char: char| char.is_whitespace() || AROUND.contains(&char);
    let inner = text.trim_matches(|char: char| is_edge(char) || matches!(char, '.' | ':' | ','));
    if inner.is_empty() || inner.chars().count() > MAX_LABEL_CHARS {
        return None;
    }
    let plain: String = inner.chars().map(plain_letter).collect();
    let is_label = is_number(&plain) || is_letters(&plain) || is_sign(&plain) || is_named(&plain);
    is_label.then_some(plain)
}

/// A raised figure as the plain one, and a sign as printers have it; other letters as they are.
fn plain_letter(char: char) -> char {
    match char {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴' => '4',
        '⁵' => '5',
        '⁶' => '6',
        '⁷' => '7',
        '⁸' => '8',
        '⁹' => '9',
        other => NoteNumber::sign_like(other).unwrap_or(other),
    }
}

/// Up to four figures, with a letter or a sign beside them at most.
fn is_number(text: &str) -> bool {
    let rest = text.trim_start_matches(['*', '†', '‡']);
    let tail = rest.trim_start_matches(|char: char| char.is_ascii_digit());
    let figures = rest.len() - tail.len();
    (1..=4).contains(&figures) && (tail.is_empty() || tail.len() == 1 && is_ascii_letters(tail))
}

fn is_ascii_letters(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// A letter, the same letter again, or a roman number.
fn is_letters(text: &str) -> bool {
    if !is_ascii_letters(text) {
        return false;
    }
    let mut letters = text.bytes();
    let first = letters.next();
    let is_same = text.len() <= 3 && letters.all(|letter| Some(letter) == first);
    let is_roman = text.len() <= 8
        && text.bytes().all(|letter| {
            matches!(
                letter.to_ascii_lowercase(),
                b'i' | b'v' | b'x' | b'l' | b'c'
            )
        });
    is_same
        || is_roman
            && text.bytes().all(|letter| {
                letter.is_ascii_lowercase()
                    == text.starts_with(|first: char| first.is_ascii_lowercase())
            })
}

fn is_sign(text: &str) -> bool {
    text.chars().count() <= 4
        && text
            .chars()
            .all(|char| NoteNumber::SIGNS.contains(&char) || matches!(char, '⁑' | '※'))
}

/// `note 3`, `nb 1`, `fn 2`.
fn is_named(text: &str) -> bool {
    let lower = text.to_lowercase();
    let number = lower.trim_start_matches(|char: char| char.is_alphabetic());
    let word = lower.get(..lower.len() - number.len()).unwrap_or_default();
    let is_word = matches!(
        word,
        "note"
            | "nb"
            | "n"
            | "fn"
            | "footnote"
            | "endnote"
            | "anm"
            | "nota"
            | "note n"
            | "註"
            | "注"
    );
    let number = number.trim_start_matches(['.', ' ', '\u{a0}']);
    is_word
        && !number.is_empty()
        && number.len() <= 4
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Gives all notes numbers, in their order, if one has no label or the same as another: then no
/// number is met twice.
pub(crate) fn number_unless_distinct<'l>(labels: impl Iterator<Item = &'l mut String>) {
    let labels: Vec<&mut String> = labels.collect();
    let mut seen = HashSet::new();
    let mut all = labels.iter();
    if all.all(|label| !label.is_empty() && seen.insert(label.to_lowercase())) {
        return;
    }
    for (label, number) in labels.into_iter().zip(1..) {
        *label = number.to_string();
    }
}

/// Whether a text is only signs that lead back, and what stands around them.
pub(super) fn is_back_sign(text: &str) -> bool {
    text.contains(BACK)
        && text.chars().all(|char| {
            BACK.contains(&char)
                || char.is_whitespace()
                || AROUND.contains(&char)
                || char.is_ascii_digit()
        })
}

/// Whether a link with this text does nothing but lead back from a note with that label.
pub(super) fn is_way_back(text: &str, label: &str) -> bool {
    let text = text.trim();
    if is_back_sign(text) {
        return true;
    }
    let lower = text.to_lowercase();
    let words = lower.trim_matches(|char: char| !char.is_alphanumeric());
    let is_said = matches!(
        words,
        "back"
            | "return"
            | "go back"
            | "back to text"
            | "return to text"
            | "return to citation"
            | "zurück"
            | "retour"
            | "volver"
            | "jump up"
            | "return to article"
            | "back to article"
            | "top"
            | "↩ back"
    );
    let is_letter = words.len() == 1 && words.bytes().all(|byte| byte.is_ascii_lowercase());
    is_said || is_letter || parse(text).is_some_and(|found| found == label)
}

/// Bytes at the text's start that repeat the label, with its brackets, stop and spaces; 0 if the
/// text begins otherwise.
pub(super) fn repeated(text: &str, label: &str) -> usize {
    behind(text, label).map_or(0, |tail| text.len() - tail.len() + after_label(tail))
}

/// Bytes at the start of a note that repeat its label in brackets, behind a link that has said it:
/// the number of "[12]" is no first word, but that of "(12 U.S.C. § 5)" is.
pub(super) fn in_brackets(text: &str, label: &str) -> usize {
    let is_opened = text.trim_start().starts_with(['[', '(']);
    match behind(text, label) {
        Some(tail) if is_opened && tail.starts_with([']', ')']) => repeated(text, label),
        _ => 0,
    }
}

/// What is right behind the label with which a text begins, in brackets or not; nothing if it
/// begins otherwise.
fn behind<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let opened = text.trim_start_matches(|char: char| {
        AROUND.contains(&char) || BACK.contains(&char) || char.is_whitespace()
    });
    let plain: String = opened
        .chars()
        .take(MAX_LABEL_CHARS)
        .map(plain_letter)
        .collect();
    if label.is_empty() || !plain.starts_with(label) {
        return None;
    }
    let after = opened
        .char_indices()
        .nth(label.chars().count())
        .map_or(opened.len(), |(at, _)| at);
    let tail = opened.get(after..)?;
    // `1st` and `12` do not repeat the label 1.
    let is_word = |char: char| char.is_alphanumeric();
    if tail.starts_with(is_word) && label.ends_with(is_word) {
        return None;
    }
    // Nor do `1.5` and `1,000`.
    let mut next = tail.chars();
    let is_longer = matches!(next.next(), Some('.' | ',' | ':' | '/'))
        && next.next().is_some_and(|char| char.is_ascii_digit())
        && label.ends_with(|char: char| char.is_ascii_digit());
    (!is_longer).then_some(tail)
}

/// Bytes of a stop with spaces behind it at the start of a note: what the page's own numbers end in.
pub(super) fn lone_stop(text: &str) -> usize {
    let rest = text.trim_start().strip_prefix('.').unwrap_or_default();
    if rest.starts_with(char::is_whitespace) && !rest.trim_start().starts_with('.') {
        text.len() - rest.trim_start().len()
    } else {
        0
    }
}

/// Bytes of brackets, stops and spaces that belong to the label before them.
pub(super) fn after_label(text: &str) -> usize {
    let rest = text.trim_start_matches(|char: char| {
        char.is_whitespace()
            || AROUND.contains(&char)
                && !matches!(char, '[' | '(' | '（' | '［' | '【' | '〔' | '{' | '⟨')
    });
    let rest = rest.strip_prefix(['.', ':', ')']).unwrap_or(rest);
    text.len() - rest.trim_start().len()
}

/// Whether the text has nothing but what stands between markers and around them.
pub(crate) fn is_between(text: &str) -> bool {
    text.chars().all(|char| {
        char.is_whitespace()
            || AROUND.contains(&char)
            || matches!(
                char,
                ',' | ';' | '.' | '–' | '-' | '\u{200b}' | '\u{2060}' | '\u{feff}'
            )
    })
}

#[cfg(test)]
mod tests {
    use super::{in_brackets, is_way_back, lone_stop, parse, repeated};

    #[test]
    fn labels_are_told_from_words() {
        for (text, label) in [
            ("1", "1"),
            ("[12]", "12"),
            (" ¹⁴ ", "14"),
            ("(a)", "a"),
            ("iv.", "iv"),
            ("**", "**"),
            ("†", "†"),
            ("∗", "*"),
            ("[note 3]", "note 3"),
            ("12a", "12a"),
        ] {
            assert_eq!(parse(text).as_deref(), Some(label));
        }
        for text in [
            "",
            "Smith",
            "2019–2020",
            "12345",
            "see 1",
            "ab",
            "[]",
            "...",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_repeated_label_is_told_from_the_notes_first_word() {
        assert_eq!(repeated("[1] Text", "1"), 4);
        assert_eq!(repeated("  1. Text", "1"), 5);
        assert_eq!(repeated("* Text", "*"), 2);
        for text in ["12 Text", "1st Text", "1.5 million", "Text", "1,000"] {
            assert_eq!(repeated(text, "1"), 0, "{text}");
        }
    }

    #[test]
    fn what_is_left_of_a_label_is_told_from_the_notes_first_words() {
        assert_eq!(in_brackets("[38]Roe, note 3", "38"), 4);
        for text in [
            "38 U.S.C. § 5",
            "(38 U.S.C. § 5) says so.",
            "[38 May 2020]",
            "[37]",
            "[38th] Congress",
        ] {
            assert_eq!(in_brackets(text, "38"), 0, "{text}");
        }
        assert_eq!(lone_stop(".\u{2002}Id. at 4"), 4);
        for text in ["Id.", ". . . and so on", "...", ".5 per cent", ""] {
            assert_eq!(lone_stop(text), 0, "{text}");
        }
    }

    #[test]
    fn ways_back_are_told_from_links() {
        for text in [
            "↩",
            "↩︎",
            "^",
            "[1]",
            "a",
            "Back",
            "↑ 1",
            "Return to citation ^",
        ] {
            assert!(is_way_back(text, "1"), "{text}");
        }
        for text in ["2", "https://example.org", "Smith"] {
            assert!(!is_way_back(text, "1"), "{text}");
        }
    }
}
