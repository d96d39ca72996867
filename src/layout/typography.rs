//! What a typesetter puts for what was typed: curly quotes, dashes, an ellipsis. Only what is
//! shown changes; the text stays.
//!
//! Every decision rests on the few characters around, so that it is the same wherever the laying
//! out of a long paragraph begins.

/// Words that begin with an apostrophe, not with a quotation.
const ELISIONS: [&str; 6] = ["tis", "twas", "em", "til", "cause", "n"];

/// How many characters a decision looks back or ahead at most.
const REACH: usize = 8;

/// The sign that stands in for what is typed at the offset of the text, and how many bytes it
/// stands for.
pub(super) fn sign(text: &str, at: usize) -> Option<(usize, &'static str)> {
    let (before, after) = text.split_at_checked(at)?;
    let typed = *after.as_bytes().first()?;
    match typed {
        b'"' if opens(before, after) => whole(after, 1, "“"),
        b'"' => whole(after, 1, "”"),
        b'\'' if !is_apostrophe(before, after) && opens(before, after) => whole(after, 1, "‘"),
        b'\'' => whole(after, 1, "’"),
        b'-' => dash(before, after),
        b'.' if run_of(before, after, '.') == Some(3) => whole(after, 3, "…"),
        _ => None,
    }
}

/// Whether the quote in front of `after` opens a quotation. Other quotes before it are looked
/// through, so that of two that touch both open or both close.
fn opens(before: &str, after: &str) -> bool {
    if after.chars().nth(1).is_none_or(char::is_whitespace) {
        return false;
    }
    let mut earlier = before.chars().rev().take(REACH);
    earlier
        .find(|c| !matches!(c, '"' | '\''))
        .is_none_or(|c| c.is_whitespace() || "([{<«“‘„‚¿¡/=-–—".contains(c))
}

/// Whether the quote in front of `after` stands for letters or figures left out, as in '90s.
fn is_apostrophe(before: &str, after: &str) -> bool {
    if before
        .chars()
        .next_back()
        .is_some_and(char::is_alphanumeric)
    {
        return true;
    }
    let word: String = after
        .chars()
        .skip(1)
        .take(REACH)
        .take_while(|c| c.is_alphanumeric())
        .collect();
    is_year(&word)
        || ELISIONS
            .iter()
            .any(|elided| word.eq_ignore_ascii_case(elided))
}

/// Two figures, as in '68, or a decade, as in '90s.
fn is_year(word: &str) -> bool {
    let figures = word.strip_suffix('s').unwrap_or(word);
    figures.len() == 2 && figures.bytes().all(|byte| byte.is_ascii_digit())
}

/// Two hyphens are an en dash and three an em dash; but not in an arrow, nor where a word follows
/// as in the name of an option.
fn dash(before: &str, after: &str) -> Option<(usize, &'static str)> {
    let hyphens = run_of(before, after, '-')?;
    let previous = before.chars().next_back();
    let next = after.chars().nth(hyphens);
    let is_arrow = previous == Some('<') || next == Some('>');
    let is_option =
        previous.is_none_or(char::is_whitespace) && next.is_some_and(char::is_alphanumeric);
    match hyphens {
        2 if !is_arrow && !is_option => whole(after, 2, "–"),
        3 if !is_arrow => whole(after, 3, "—"),
        _ => None,
    }
}

/// How often the character stands in front of `after`, counted up to four; nothing where the one
/// before is the same.
fn run_of(before: &str, after: &str, c: char) -> Option<usize> {
    (!before.ends_with(c)).then(|| after.chars().take(4).take_while(|next| *next == c).count())
}

/// The sign for so many ASCII characters, unless a mark sits on the last one.
fn whole(after: &str, bytes: usize, sign: &'static str) -> Option<(usize, &'static str)> {
    let last = after.get(bytes - 1..)?;
    (super::ruler::first_grapheme(last) == 1).then_some((bytes, sign))
}
