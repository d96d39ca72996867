//! Finds the formulas in a stretch of running text, by Pandoc's rules: the `$` that opens one has
//! no blank after it; the one that closes it has none before it, and no figure after it.

use memchr::memmem;

use super::stars::{self, Stars};
use super::{MaskFindings, MaskedKind, NextOccurrence};
use crate::formats::markdown::citing::Citing;

/// A formula in running text is at most so many bytes long.
const MAX_FORMULA_BYTES: usize = 1000;

/// What a source has anywhere, so that it is looked for only there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signs {
    has_references: bool,
    has_wiki_links: bool,
    has_keys: bool,
    has_notes: bool,
}

impl Signs {
    pub(super) fn new(source: &str) -> Self {
        let has = |sign: &str| memmem::find(source.as_bytes(), sign.as_bytes()).is_some();
        let marks = [
            "(@", "@fig", "@tbl", "@tab", "@sec", "@eq", "@lst", "@thm", "@exm",
        ];
        Signs {
            has_references: has("@") && marks.into_iter().any(has),
            has_wiki_links: has("[["),
            has_keys: has("@"),
            has_notes: has("[^"),
        }
    }
}

/// Whether what begins with the byte may have to be hidden, or tells what has.
fn is_sign(byte: u8) -> bool {
    matches!(
        byte,
        b'$' | b'\\' | b'{' | b'}' | b'[' | b']' | b'@' | b'`' | b'<' | b'*'
    )
}

/// Goes through one stretch of text.
pub(super) struct Formulas<'a, 'k> {
    pub(super) citing: &'k Citing<'k>,
    pub(super) text: &'a str,
    /// Where the text begins in the source.
    pub(super) base: usize,
    pub(super) at: usize,
    /// Where the next closing `$`, `$$`, `\)` and row of backticks are known to be, or to lack.
    dollar: NextOccurrence,
    dollars: NextOccurrence,
    bracket: NextOccurrence,
    comment: NextOccurrence,
    ticks: Vec<(usize, NextOccurrence)>,
    /// Where the arguments of commands end that are being read, from the outside in.
    pub(super) closers: Vec<(usize, MaskedKind)>,
    stars: Vec<Stars>,
}

impl<'a, 'k> Formulas<'a, 'k> {
    pub(super) fn new(text: &'a str, base: usize, citing: &'k Citing<'k>) -> Self {
        Formulas {
            citing,
            text,
            base,
            at: 0,
            dollar: NextOccurrence::default(),
            dollars: NextOccurrence::default(),
            bracket: NextOccurrence::default(),
            comment: NextOccurrence::default(),
            ticks: Vec::new(),
            closers: Vec::new(),
            stars: Vec::new(),
        }
    }

    /// Hides all formulas of the text.
    pub(super) fn find(mut self, source: &str, signs: Signs, found: &mut MaskFindings<'a>) {
        let text = self.text.as_bytes();
        let has_signs = memchr::memchr3(b'$', b'\\', b'{', text).is_some()
            || memchr::memchr(b'*', text).is_some()
            || (signs.has_keys && memchr::memchr(b'@', text).is_some())
            || (signs.has_notes && memmem::find(text, b"[^").is_some())
            || (signs.has_wiki_links && memmem::find(text, b"[[").is_some());
        if !has_signs {
            return;
        }
        while let Some(byte) = text.get(self.at) {
            let length = match byte {
                b'$' => self.formula(),
                b'\\' if self.rest().starts_with(r"\(") => self.bracketed(),
                b'\\' => {
                    self.at += self.command(source, found).unwrap_or(2);
                    continue;
                }
                b'{' => {
                    self.at += self.braces(source, found).unwrap_or(1);
                    continue;
                }
                b'}' => {
                    self.closer(source, found);
                    self.at += 1;
                    continue;
                }
                b'[' if signs.has_notes && self.rest().starts_with("[^") => {
                    self.at += self.linked_marker(source, found).unwrap_or("[^".len());
                    continue;
                }
                b'[' if signs.has_wiki_links && self.rest().starts_with("[[") => {
                    self.at += self.wiki_link(source, found).unwrap_or(1);
                    continue;
                }
                b'[' if signs.has_keys => {
                    self.at += self.citation(source, found).unwrap_or(1);
                    continue;
                }
                b'@' if signs.has_keys => {
                    let reference = if signs.has_references {
                        self.reference(source, found)
                    } else {
                        None
                    };
                    let bytes = reference.or_else(|| self.key(source, found));
                    self.at += bytes.unwrap_or(1);
                    continue;
                }
                b'`' => {
                    self.at += self.code();
                    continue;
                }
                b'<' => {
                    self.at += self.tag();
                    continue;
                }
                b'*' => {
                    let count = row(self.rest(), '*');
                    self.stars.push(Stars { at: self.at, count });
                    self.at += count;
                    continue;
                }
                b']' => {
                    let templated = self.templated(source, found);
                    self.at += templated.unwrap_or_else(|| destination(self.rest()));
                    continue;
                }
                _ => {
                    self.at += 1;
                    let rest = text.get(self.at..).unwrap_or_default();
                    self.at += rest.iter().take_while(|byte| !is_sign(**byte)).count();
                    continue;
                }
            };
            match length {
                Ok(length) => {
                    let start = self.base + self.at;
                    found.hide_formula(source, start..start + length, MaskedKind::Formula);
                    self.at += length;
                }
                Err(passed) => self.at += passed,
            }
        }
        stars::mend(self.text, self.base, &self.stars, found);
    }

    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Bytes of the formula that begins here, else how many to pass over.
    fn formula(&mut self) -> Result<usize, usize> {
        let text = self.text;
        let (start, signs) = if self.rest().starts_with("$$") {
            (self.at + 2, 2)
        } else {
            (self.at + 1, 1)
        };
        let end = match signs {
            1 => self.dollar.from(start, |from| closing_dollar(text, from)),
            _ => self.dollars.sign(text, "$$", start),
        };
        let formula = end.and_then(|end| text.get(start..end)).ok_or(signs)?;
        let opens = !formula.starts_with(char::is_whitespace) || signs == 2;
        let is_formula = opens && is_formula(formula);
        is_formula.then_some(formula.len() + 2 * signs).ok_or(signs)
    }

    /// The same of `\(…\)`.
    fn bracketed(&mut self) -> Result<usize, usize> {
        let text = self.text;
        let start = self.at + r"\(".len();
        let end = self.bracket.sign(text, r"\)", start);
        let formula = end.and_then(|end| text.get(start..end)).ok_or(2usize)?;
        let is_formula = is_formula(formula);
        is_formula.then_some(formula.len() + 4).ok_or(2)
    }

    /// Bytes of the comment, the tag or the address that begins here; else of its `<`.
    fn tag(&mut self) -> usize {
        let text = self.text;
        if !self.rest().starts_with("<!--") {
            return tag(self.rest());
        }
        let end = self.comment.sign(text, "-->", self.at);
        end.map_or(1, |end| end + "-->".len() - self.at)
    }

    /// Bytes of the code that begins here, or of its backticks if nothing ends it.
    fn code(&mut self) -> usize {
        let text = self.text;
        let length = row(self.rest(), '`');
        let from = self.at + length;
        let known = self.ticks.iter().position(|(row, _)| *row == length);
        let known = known.unwrap_or_else(|| {
            self.ticks.push((length, NextOccurrence::default()));
            self.ticks.len() - 1
        });
        let Some((_, next)) = self.ticks.get_mut(known) else {
            return length;
        };
        let end = next.from(from, |from| closing_row(text, from, length));
        end.map_or(length, |end| end + length - self.at)
    }
}

/// Whether what stands between two dollars is a formula, and not prices with words between them.
fn is_formula(between: &str) -> bool {
    if between.len() > MAX_FORMULA_BYTES || between.trim().is_empty() {
        return false;
    }
    let has_note = between.contains("[^") || between.contains("^[") || between.contains("](http");
    let is_price = between.starts_with(|char: char| char.is_ascii_digit())
        && between.contains(char::is_whitespace)
        && !between.contains(['\\', '^', '_', '=', '<', '>', '+', '{', '}']);
    !has_note && !is_price
}

/// The next `$` that may close a formula.
fn closing_dollar(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += memchr::memchr2(b'$', b'\\', bytes.get(at..)?)?;
        if bytes.get(at) == Some(&b'\\') {
            at += 2;
            continue;
        }
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        let follows_blank = before.is_none_or(u8::is_ascii_whitespace);
        let is_doubled = bytes.get(at + 1) == Some(&b'$');
        let precedes_figure = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        if at > from && !follows_blank && !precedes_figure && !is_doubled {
            return Some(at);
        }
        at += 1 + usize::from(is_doubled);
    }
}

/// The next row of just so many backticks.
fn closing_row(text: &str, from: usize, length: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr::memchr(b'`', text.as_bytes().get(at..)?)?;
        let found = row(text.get(at..)?, '`');
        if found == length {
            return Some(at);
        }
        at += found;
    }
}

/// How many of the sign stand at the text's head.
fn row(text: &str, sign: char) -> usize {
    text.len() - text.trim_start_matches(sign).len()
}

/// Bytes of the tag or the address that the text begins with; else of its `<`.
fn tag(text: &str) -> usize {
    let inner = text.get(1..).unwrap_or_default();
    let begins = inner.starts_with(|char: char| char.is_ascii_alphabetic() || char == '/');
    let near = inner
        .get(..inner.floor_char_boundary(MAX_FORMULA_BYTES))
        .unwrap_or_default();
    let end = near.find(['>', '<']).filter(|_| begins);
    match end.filter(|end| near.get(*end..).is_some_and(|rest| rest.starts_with('>'))) {
        Some(end) => end + 2,
        None => 1,
    }
}

/// Bytes of the `](address)` that the text begins with; else of its bracket.
pub(super) fn destination(text: &str) -> usize {
    if !text.starts_with("](") {
        return 1;
    }
    let bytes = text.as_bytes();
    let mut depth = 0_u32;
    let mut at = 1;
    while at < MAX_FORMULA_BYTES {
        match bytes.get(at) {
            Some(b'\\') => at += 1,
            Some(b'(') => depth += 1,
            Some(b')') if depth == 1 => return at + 1,
            Some(b')') => depth -= 1,
            Some(b'\n') | None => return 1,
            _ => {}
        }
        if depth == 0 {
            return 1;
        }
        at += 1;
    }
    1
}
