//! Pandoc's citations by key: `[see @smith2019, pp. 33-35; @doe99]`, `@smith2019 [p. 33]`,
//! `-@smith2019`.

use crate::formats::bibliography::pages::spans;

/// A citation is at most so many bytes long.
const MAX_CITATION_BYTES: usize = 4000;
/// Brackets in a citation are at most so deep.
const MAX_DEPTH: usize = 8;
/// The label of a link is at most so many bytes long.
const MAX_LABEL_BYTES: usize = 1000;

/// A citation of one or more works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KeyCitation<'a> {
    /// Whether the author is part of the sentence: `@smith2019 says`.
    pub(super) is_in_text: bool,
    pub(super) items: Vec<CitedKey<'a>>,
}

/// One work of a citation, with the words around it, in Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CitedKey<'a> {
    pub(super) prefix: &'a str,
    pub(super) key: &'a str,
    pub(super) hides_author: bool,
    pub(super) suffix: &'a str,
}

impl<'a> KeyCitation<'a> {
    /// The citation in brackets that the text begins with, and its bytes. Behind it may stand the
    /// label of a link, which makes a link of the brackets.
    pub(super) fn bracketed(text: &'a str, is_label: IsLabel<'_>) -> Option<(Self, usize)> {
        let (inner, bytes) = brackets(text, is_label)?;
        let items = items(inner)?;
        let citation = KeyCitation {
            is_in_text: false,
            items,
        };
        Some((citation, bytes))
    }

    /// The citation that the text begins with by `@` or `-@`, and its bytes.
    pub(super) fn in_text(text: &'a str, is_label: IsLabel<'_>) -> Option<(Self, usize)> {
        let (key, hides_author, key_bytes) = key_at(text)?;
        let behind = text.get(key_bytes..)?;
        let blanks = behind.len() - behind.trim_start_matches(' ').len();
        let first = CitedKey {
            prefix: "",
            key,
            hides_author,
            suffix: "",
        };
        let located = behind.get(blanks..).filter(|_| blanks < 3);
        let located = located.and_then(|located| brackets(located, is_label));
        let located = located.filter(|(inner, _)| {
            !inner.starts_with(['^', '#']) && !inner.trim().is_empty() && !is_label(inner)
        });
        let located = located.and_then(|(inner, bytes)| Some((first.located(inner)?, bytes)));
        let (items, bytes) = match located {
            Some((items, bytes)) => (items, key_bytes + blanks + bytes),
            None => (vec![first], key_bytes),
        };
        let citation = KeyCitation {
            is_in_text: !hides_author,
            items,
        };
        Some((citation, bytes))
    }
}

impl<'a> CitedKey<'a> {
    /// The same with what stands in brackets behind it: a place in the work, and other works.
    fn located(&self, inner: &'a str) -> Option<Vec<Self>> {
        let (part, rest) = part_end(inner);
        let (suffix, others) = match item(part) {
            Some(_) => ("", inner),
            None => (part, rest),
        };
        let mut all = vec![CitedKey {
            suffix,
            ..self.clone()
        }];
        if !others.is_empty() {
            all.extend(items(others)?);
        }
        Some(all)
    }
}

/// Whether a text is the label of a link that is defined.
pub(super) type IsLabel<'f> = &'f dyn Fn(&str) -> bool;

/// What is between the brackets that the text begins with, and their bytes. None if they are a
/// link's, or go over a blank line.
fn brackets<'a>(text: &'a str, is_label: IsLabel<'_>) -> Option<(&'a str, usize)> {
    let near = text.get(..text.floor_char_boundary(MAX_CITATION_BYTES))?;
    let inner = near.strip_prefix('[')?;
    let bytes = inner.as_bytes();
    let (mut depth, mut at) = (0_usize, 0);
    let mut is_blank_line = false;
    let end = loop {
        match bytes.get(at)? {
            b'\\' => at += 1,
            b'`' => {
                let ticks = bytes
                    .get(at..)?
                    .iter()
                    .take_while(|byte| **byte == b'`')
                    .count();
                let rest = inner.get(at + ticks..)?;
                let closes = rest.find(inner.get(at..at + ticks)?);
                at += ticks + closes.map_or(0, |closes| closes + ticks);
                continue;
            }
            // Brackets that nothing closes are not gone through once for each that opens.
            b'[' if depth == MAX_DEPTH => return None,
            b'[' => depth += 1,
            b']' if depth == 0 => break at,
            b']' => depth -= 1,
            b'\n' if is_blank_line => return None,
            b'\n' => {
                is_blank_line = true;
                at += 1;
                continue;
            }
            b' ' | b'\t' | b'>' if is_blank_line => {
                at += 1;
                continue;
            }
            _ => {}
        }
        is_blank_line = false;
        at += 1;
    };
    let behind = text.get(end + 2..)?;
    let is_link = behind.starts_with('(') || begins_attributes(behind) || {
        let label = behind.strip_prefix('[');
        let near = label.and_then(|label| label.get(..label.floor_char_boundary(MAX_LABEL_BYTES)));
        let label = near.and_then(|near| near.split_once(']'));
        label.is_some_and(|(label, _)| is_label(label))
    };
    (!is_link).then(|| Some((inner.get(..end)?, end + 2)))?
}

/// Whether attributes of a span begin here: `{.class}`, `{#name}`, `{key=…}`.
fn begins_attributes(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('{') else {
        return false;
    };
    let inner = inner.trim_start_matches(' ');
    let name =
        inner.trim_start_matches(|char: char| char.is_alphanumeric() || "-_:".contains(char));
    inner.starts_with(['.', '#']) || (name.len() < inner.len() && name.starts_with('='))
}

/// The works between semicolons, if each part names one.
fn items(inner: &str) -> Option<Vec<CitedKey<'_>>> {
    let mut all = Vec::new();
    let mut rest = inner;
    while !rest.trim().is_empty() {
        let (part, after) = part_end(rest);
        all.push(item(part)?);
        rest = after;
    }
    (!all.is_empty()).then_some(all)
}

/// The text up to the next semicolon that stands in no brackets or code, and what is behind it.
fn part_end(text: &str) -> (&str, &str) {
    let mut depth = 0_usize;
    let mut is_code = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'`' => is_code ^= true,
            b'[' | b'{' | b'(' => depth += 1,
            b']' | b'}' | b')' => depth = depth.saturating_sub(1),
            b';' if depth == 0 && !is_code => {
                let (part, rest) = text.split_at_checked(at).unwrap_or_default();
                return (part, rest.get(1..).unwrap_or_default());
            }
            _ => {}
        }
    }
    (text, "")
}

/// The first key of a part, with what stands before and behind it.
fn item(part: &str) -> Option<CitedKey<'_>> {
    let found = part.match_indices('@').find_map(|(at, _)| {
        let before = part.get(..at)?;
        let start = at - usize::from(before.ends_with('-'));
        let before = part.get(..start)?;
        let (key, hides_author, bytes) = key_at(part.get(start..)?)?;
        may_precede(before).then_some((before, key, hides_author, start + bytes))
    });
    let (prefix, key, hides_author, end) = found?;
    Some(CitedKey {
        prefix: prefix.trim(),
        key,
        hides_author,
        suffix: part.get(end..)?,
    })
}

/// Whether a key may come behind this text: an address of e-mail is none.
pub(super) fn may_precede(before: &str) -> bool {
    !before.ends_with(|char: char| char.is_alphanumeric() || "@/\\_.+".contains(char))
}

/// The key that the text begins with by `@` or `-@`, whether it hides the author, and its bytes.
pub(super) fn key_at(text: &str) -> Option<(&str, bool, usize)> {
    let hides_author = text.starts_with('-');
    let sign = if hides_author { "-@" } else { "@" };
    let rest = text.strip_prefix(sign)?;
    if let Some(inner) = rest.strip_prefix('{') {
        let near = inner.get(..inner.floor_char_boundary(300))?;
        let key = near.get(..near.find('}')?)?;
        let is_sound = !key.is_empty() && !key.contains(char::is_whitespace);
        return is_sound.then_some((key, hides_author, sign.len() + key.len() + "{}".len()));
    }
    let is_word = |char: char| char.is_alphanumeric() || char == '_';
    rest.chars().next().filter(|first| is_word(*first))?;
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let is_inner = ":.#$%&-+?<>~/".contains(char) && next.is_some_and(is_word);
        if !is_word(char) && !is_inner {
            break;
        }
        end = at + char.len_utf8();
    }
    let key = rest.get(..end)?;
    Some((key, hides_author, sign.len() + end))
}

/// The words that say where in a work, as they are set behind it: those for pages fall away.
pub(super) fn locator(suffix: &str) -> (String, bool) {
    let said = suffix.trim();
    let inner = said.strip_prefix(',').map_or(said, str::trim_start);
    let inner = match inner
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
    {
        Some(inner) => inner.trim(),
        None => inner,
    };
    let bare = ["pp.", "pp", "p.", "p", "pages", "page"]
        .iter()
        .find_map(|word| number_behind(inner, word));
    let has_comma = said.starts_with(',') || bare.is_some() || begins_with_place(inner);
    let begins = inner.starts_with(|char: char| char.is_ascii_digit());
    // In a section, as "§ 3-401", a hyphen may be part of its number.
    let words = match bare {
        Some(pages) => spans(pages),
        None if begins => spans(inner),
        None => inner.to_owned(),
    };
    (words, has_comma || begins)
}

/// Words for parts of a work, as Pandoc knows them, which need no comma before them.
const PLACES: [&str; 31] = [
    "book",
    "bk",
    "chapter",
    "chapters",
    "chap",
    "chaps",
    "ch",
    "column",
    "col",
    "figure",
    "fig",
    "folio",
    "fol",
    "line",
    "note",
    "number",
    "no",
    "opus",
    "op",
    "paragraph",
    "para",
    "paras",
    "part",
    "pt",
    "section",
    "sec",
    "secs",
    "verse",
    "volume",
    "vol",
    "vols",
];

fn begins_with_place(text: &str) -> bool {
    let is_section = text.trim_start_matches(['§', '¶']).len() < text.len();
    let word = text.split(|char: char| !char.is_ascii_alphabetic()).next();
    let is_place = word.is_some_and(|word| {
        let behind = text.get(word.len()..).unwrap_or_default();
        let mark = if behind.starts_with('.') { "." } else { "" };
        PLACES.contains(&word) && number_behind(behind, mark).is_some()
    });
    is_section || is_place
}

/// What stands behind a word, if that begins with a number, which may be set off.
fn number_behind<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(word)?;
    let rest = rest.trim_start_matches([' ', '\u{a0}']);
    let number = rest.trim_start_matches(['*', '_']);
    number
        .starts_with(|char: char| char.is_ascii_digit())
        .then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown((citation, bytes): (KeyCitation<'_>, usize)) -> String {
        let items = citation.items.iter().map(|item| {
            let sign = if item.hides_author { "-" } else { "" };
            format!("{}|{sign}{}|{}", item.prefix, item.key, item.suffix)
        });
        let lead = if citation.is_in_text { "text " } else { "" };
        format!("{lead}{} {bytes}", items.collect::<Vec<_>>().join(";"))
    }

    #[test]
    fn citations_in_brackets_have_their_parts() {
        let read = |text: &str| KeyCitation::bracketed(text, &|label| label == "b").map(shown);
        let check = |text: &str, expected: &str| assert_eq!(read(text).as_deref(), Some(expected));
        check("[@a]", "|a| 4");
        check(
            "[see @a:b.c, pp. 3-4; also -@d]x",
            "see|a:b.c|, pp. 3-4;also|-d| 31",
        );
        check("[@{a b}]".replace("a b", "a,b").as_str(), "|a,b| 8");
        check("[@a, [1]; @b]", "|a|, [1];|b| 13");
        check("[@a.]", "|a|. 5");
        for text in [
            "[a]",
            "[@a; b]",
            "[@a](b)",
            "[@a][b]",
            "[@a",
            "[@]",
            "[a@b.c]",
            "[@a\n\n]",
            "[@a]{.b}",
            "[@a]{b=c}",
            "[@a]{#b}",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        for behind in [":\n", ": b", "[^1]", "{", "{b}", "[@b]", "[c]", ""] {
            check(&format!("[@a]{behind}"), "|a| 4");
        }
    }

    #[test]
    fn citations_in_the_text_may_have_places() {
        let read = |text: &str| KeyCitation::in_text(text, &|label| label == "b").map(shown);
        let check = |text: &str, expected: &str| assert_eq!(read(text).as_deref(), Some(expected));
        check("@a says", "text |a| 2");
        check("@a_b. Then", "text |a_b| 4");
        check("@a [p. 33]", "text |a|p. 33 10");
        check("@a [p. 33; see @b]", "text |a|p. 33;see|b| 18");
        check("@a [@b]", "text |a|;|b| 7");
        check("@a [see @b, 3]", "text |a|;see|b|, 3 14");
        check("@a [p. 3; 5]", "text |a| 2");
        check("@a [b](c)", "text |a| 2");
        check("@a [b]", "text |a| 2");
        check("@a[^1]", "text |a| 2");
        check("-@a says", "|-a| 3");
        check("-@a [p. 3]", "|-a|p. 3 10");
        assert_eq!(read("@"), None);
    }

    #[test]
    fn pages_lose_their_word() {
        for (suffix, expected) in [
            (", pp. 33-35, 38", "33–35, 38"),
            (" p. 3", "3"),
            (", ch. 2", "ch. 2"),
            (", {p. iv}", "p. iv"),
            (" 12--14", "12–14"),
            (" and passim", "and passim"),
            (", § 3-401", "§ 3-401"),
            (", p. A-12", "p. A-12"),
            ("", ""),
        ] {
            assert_eq!(locator(suffix).0, expected);
        }
        assert!(!locator(" and passim").1);
        for place in [
            " 12",
            " chap. 3",
            " sec. 4",
            " § 3-401",
            " vol 2",
            ", passim",
        ] {
            assert!(locator(place).1, "{place}");
        }
        for words in [" chapters of it", " notes 3", " no one", " book"] {
            assert!(!locator(words).1, "{words}");
        }
    }

    #[test]
    fn a_bracket_is_looked_for_only_so_far() {
        let closed = |bytes: usize| format!("[@a {}]", "x".repeat(bytes));
        let read = |text: &str| KeyCitation::bracketed(text, &|_| false).is_some();
        assert!(read(&closed(MAX_CITATION_BYTES / 2)));
        assert!(!read(&closed(MAX_CITATION_BYTES)));
        assert!(!read(&"[@a ".repeat(4000)));
    }
}
