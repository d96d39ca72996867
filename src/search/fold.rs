//! Folding: text without the differences that a reader does not type, and the way back.
//!
//! Folded text has no diacritics, ligatures, curly quotes or long dashes, however those are typed,
//! one space for every run of spaces and line ends, no fixed one inside of guillemets, and nothing
//! that is not to be seen; composed and decomposed letters are the same. Case is kept: whether it counts
//! is the query's business.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::paper::FlatText;
use unicode_normalization::char::{canonical_combining_class, compose, decompose_compatible};

/// Folded text on its way back to the source. A line of it is a block.
#[derive(Debug, Clone, Default)]
pub(super) struct Fold {
    flat: FlatText,
    /// The last character of the source, if it was none of a plain text.
    last_special: Option<char>,
    accents: Accents,
}

/// What becomes of accents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Accents {
    #[default]
    Dropped,
    /// Kept where a letter with its accent is one character.
    Kept,
}

/// The folded text alone.
pub(super) fn folded(source: &str) -> String {
    folded_with(source, Accents::Dropped)
}

/// The same, with or without accents.
pub(super) fn folded_with(source: &str, accents: Accents) -> String {
    let mut fold = Fold::starting_at(0, source.len(), accents);
    fold.push_str(source);
    fold.flat.text().to_owned()
}

/// The letters that fold to this one when accents are dropped, and to themselves when they are
/// kept: `òóô…` for `o`.
pub(super) fn accented(letter: char) -> Option<&'static str> {
    static LETTERS: OnceLock<HashMap<char, String>> = OnceLock::new();
    let all = || {
        let mut letters: HashMap<char, String> = HashMap::new();
        // Latin with its extensions, Greek and Cyrillic, then more Latin and old Greek.
        for letter in ('\u{C0}'..='\u{52F}').chain('\u{1E00}'..='\u{1FFF}') {
            let is_kept = folded_with(letter.encode_utf8(&mut [0; 4]), Accents::Kept);
            let base = folded(letter.encode_utf8(&mut [0; 4]));
            let mut bases = base.chars();
            if let (Some(base), None) = (bases.next(), bases.next())
                && base != letter
                && is_kept.chars().eq([letter])
            {
                letters.entry(base).or_default().push(letter);
            }
        }
        letters
    };
    LETTERS.get_or_init(all).get(&letter).map(String::as_str)
}

/// The text as people compare names: folded, and without regard to case.
pub(crate) fn plain(text: &str) -> String {
    // Lower case first, so that both forms of a small sigma become one; and again, since some
    // signs fold to capitals.
    folded(&text.to_lowercase()).to_lowercase()
}

impl Fold {
    /// The folded text, with the way back. No line end of a source is in it, only those between
    /// blocks.
    pub(super) fn flat(&self) -> &FlatText {
        &self.flat
    }

    /// A fold of nothing yet, whose source begins at a byte of the paper's text, with room for
    /// some bytes.
    pub(super) fn starting_at(source_start: usize, bytes: usize, accents: Accents) -> Self {
        Self {
            flat: FlatText::starting_at(source_start, bytes),
            accents,
            ..Self::default()
        }
    }

    /// Folds the next part of the source, in time that grows with its length.
    pub(super) fn push_str(&mut self, source: &str) {
        let mut rest = source;
        loop {
            let plain_bytes = plain_bytes(rest, self.flat.text().bytes().next_back());
            let (plain, special) = rest.split_at(plain_bytes);
            if !plain.is_empty() {
                self.flat.copy(plain);
                self.last_special = None;
            }
            let mut chars = special.chars();
            let Some(char) = chars.next() else { break };
            self.push(char);
            rest = chars.as_str();
        }
    }

    /// Ends a block, which takes one byte in the source too.
    pub(super) fn end_block(&mut self) {
        self.flat.replace(1, "\n");
        self.last_special = None;
    }

    /// Leaves out some bytes of the source.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.flat.skip(bytes);
        self.last_special = None;
    }

    fn push(&mut self, char: char) {
        let bytes = char.len_utf8();
        let before = self.last_special.replace(char);
        let folded = self.flat.text();
        let is_swallowed = match char {
            char if is_dash(char) => folded.ends_with('-'),
            // French parts guillemets from the words by a space that does not break.
            char if is_fixed_space(char) && before == Some('«') => true,
            char if char.is_whitespace() => folded.ends_with(' '),
            char => is_diacritic(char) && !self.keeps(char),
        };
        if is_invisible(char) {
            self.flat.hide(bytes);
        } else if is_swallowed {
            self.flat.absorb(bytes);
        } else if char == '»' && before.is_some_and(is_fixed_space) && folded.ends_with(' ') {
            self.flat.absorb(bytes);
            self.flat.replace_last(' ', '"');
        } else if let Some((last, whole)) = composed(folded, char) {
            self.flat.absorb(bytes);
            self.flat.replace_last(last, whole);
        } else {
            let accents = self.accents;
            self.flat
                .replace_with(bytes, |text| expand(char, accents, text));
        }
    }

    /// Whether an accent is kept, as a part of the letter before it.
    fn keeps(&self, accent: char) -> bool {
        self.accents == Accents::Kept && composed(self.flat.text(), accent).is_some()
    }
}

/// How many bytes at the head of the text fold to themselves, as most of an English text does:
/// ASCII, with single spaces and hyphens. `last` is the folded byte before.
fn plain_bytes(text: &str, mut last: Option<u8>) -> usize {
    let is_special = |byte: u8| {
        let before = last.replace(byte);
        let is_doubled = matches!(byte, b' ' | b'-') && before == Some(byte);
        is_doubled || !(b' '..=b'~').contains(&byte)
    };
    text.bytes().position(is_special).unwrap_or(text.len())
}

/// Appends what a visible character folds to: its compatibility decomposition (NFKD), of which
/// each part goes by the table, without diacritics, and composed again as far as that goes.
fn expand(char: char, accents: Accents, folded: &mut String) {
    let keeps = accents == Accents::Kept;
    if keeps && has_stroke(char) {
        folded.push(char);
        return;
    }
    if let Some(known) = tabled(char) {
        folded.push_str(known);
        return;
    }
    let start = folded.len();
    decompose_compatible(char, |part| match tabled(part) {
        Some(known) => folded.push_str(known),
        None if is_diacritic(part) => {
            let letter = folded.get(start..).unwrap_or_default();
            if keeps && composed(letter, part).is_some() {
                push_composed(folded, start, part);
            }
        }
        None => push_composed(folded, start, part),
    });
    // A spacing accent decomposes to a space with a diacritic, but is no space to a reader.
    if folded
        .get(start..)
        .is_none_or(|it| it.is_empty() || it.starts_with(' '))
    {
        folded.truncate(start);
        folded.push(char);
    }
}

/// Appends a character, or makes one of it and the last, if that stands at `start` or after.
fn push_composed(folded: &mut String, start: usize, part: char) {
    match composed(folded.get(start..).unwrap_or_default(), part) {
        Some((last, whole)) => {
            folded.truncate(folded.len() - last.len_utf8());
            folded.push(whole);
        }
        None => folded.push(part),
    }
}

/// The last character of a text, and what it becomes with this one, if the two make one letter.
fn composed(text: &str, char: char) -> Option<(char, char)> {
    let last = text.chars().next_back()?;
    Some((last, compose(last, char)?))
}

/// What a character folds to where NFKD does not say so.
fn tabled(char: char) -> Option<&'static str> {
    Some(match char {
        char if char.is_whitespace() => " ",
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '〝' | '〞' => "\"",
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | '´' | 'ʼ' | 'ʹ' => "'",
        '‐'..='―' | '−' | '⸺' | '⸻' | '﹘' | '﹣' | '－' => "-",
        '⁄' | '∕' => "/",
        'ß' => "ss",
        'ẞ' => "SS",
        'æ' => "ae",
        'Æ' => "AE",
        'œ' => "oe",
        'Œ' => "OE",
        'ø' => "o",
        'Ø' => "O",
        'ł' => "l",
        'Ł' => "L",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'þ' => "th",
        'Þ' => "TH",
        'ħ' => "h",
        'Ħ' => "H",
        'ı' => "i",
        'ς' => "σ",
        _ => return None,
    })
}

/// Letters of the table whose stroke, or missing dot, is an accent.
fn has_stroke(char: char) -> bool {
    matches!(char, 'ø' | 'Ø' | 'ł' | 'Ł' | 'đ' | 'Đ' | 'ħ' | 'Ħ' | 'ı')
}

fn is_fixed_space(char: char) -> bool {
    matches!(char, '\u{A0}' | '\u{202F}')
}

fn is_dash(char: char) -> bool {
    char == '-' || (!char.is_ascii() && tabled(char) == Some("-"))
}

/// Soft hyphens, joiners, directional marks, variation selectors and what else has no glyph.
fn is_invisible(char: char) -> bool {
    matches!(char,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Marks above and below a letter, which readers leave out when they type: by their canonical
/// combining class the points of Hebrew and Arabic (10 to 36) and the accents (200 and up). Marks
/// that make another sign (the bar of ≠, the voicing of kana, the vowels of India) have other
/// classes and stay.
fn is_diacritic(char: char) -> bool {
    char >= '\u{300}' && matches!(canonical_combining_class(char), 10..=36 | 200..)
}

#[cfg(test)]
mod tests;
