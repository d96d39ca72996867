//! What is shown for characters that a terminal's charset has not: the nearest that ASCII has.

use unicode_normalization::UnicodeNormalization;
use unicode_width::UnicodeWidthChar;

/// Signs, and the one of ASCII that looks most like each.
const SIGNS: [(&str, char); 17] = [
    ("‘’‚‛′ʼ", '\''),
    ("“”„‟″", '"'),
    ("‐‑‒–—―−─━╶╴", '-'),
    ("│┃▎▏▌▐║", '|'),
    ("┌┐└┘├┤┬┴┼╭╮╯╰", '+'),
    ("…·․", '.'),
    ("•◆✎●▪", '*'),
    ("→▸›»↳▶", '>'),
    ("←◂‹«", '<'),
    ("↑▴", '^'),
    ("↓▾", 'v'),
    ("×☑☒", 'x'),
    ("÷⁄∕", '/'),
    ("§", 'S'),
    ("¶", 'P'),
    ("¡", '!'),
    ("█▓▒░", '#'),
];

/// Letters that Unicode does not take apart.
const LETTERS: [(char, &str); 14] = [
    ('ß', "ss"),
    ('æ', "ae"),
    ('Æ', "AE"),
    ('œ', "oe"),
    ('Œ', "OE"),
    ('ø', "o"),
    ('Ø', "O"),
    ('ł', "l"),
    ('Ł', "L"),
    ('đ', "d"),
    ('Đ', "D"),
    ('ı', "i"),
    ('þ', "th"),
    ('Þ', "Th"),
];

/// What takes more than one sign where there is room for it.
const WORDS: [(char, &str); 6] = [
    ('…', "..."),
    ('—', "--"),
    ('«', "<<"),
    ('»', ">>"),
    ('©', "(c)"),
    ('€', "EUR"),
];

/// One character of ASCII for another character; none if there is nothing like it.
pub(super) fn single(character: char) -> Option<char> {
    let sign = SIGNS.iter().find(|(signs, _)| signs.contains(character));
    if let Some((_, sign)) = sign {
        return Some(*sign);
    }
    let taken_apart = taken_apart(character)?;
    let mut letters = taken_apart.chars();
    letters.next().filter(|_| letters.next().is_none())
}

/// A letter without its accents, a ligature by its letters; none if that is not in ASCII.
fn taken_apart(character: char) -> Option<String> {
    if character.is_whitespace() {
        return Some(" ".to_owned());
    }
    if let Some((_, letters)) = LETTERS.iter().find(|(letter, _)| *letter == character) {
        return Some((*letters).to_owned());
    }
    let parts = [character].into_iter().nfkd();
    let parts = parts.filter(|part| part.width() != Some(0));
    let parts: String = parts
        .map(|part| if part == '⁄' { '/' } else { part })
        .collect();
    (!parts.is_empty() && parts.is_ascii()).then_some(parts)
}

/// Whether a character is a raised figure.
pub(super) fn is_raised(character: char) -> bool {
    matches!(character, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | 'ⁿ')
}

fn is_lowered(character: char) -> bool {
    matches!(character, '₀'..='₉')
}

/// Running text that is spelled in ASCII, of which the last character matters.
#[derive(Debug, Default)]
pub(super) struct Spelling {
    is_raised: bool,
    is_lowered: bool,
    is_joined: bool,
}

impl Spelling {
    /// What is written for a character. The first of some raised figures has a `^` before it, so
    /// that `10²` does not become 102.
    pub(super) fn spell(&mut self, character: char) -> String {
        let before = std::mem::take(self);
        self.is_raised = is_raised(character);
        self.is_lowered = is_lowered(character);
        self.is_joined = character == '\u{200d}';
        let is_mark = character.width() == Some(0);
        if before.is_joined || is_mark {
            return String::new();
        }
        let word = WORDS.iter().find(|(sign, _)| *sign == character);
        let plain = match word {
            Some((_, word)) => (*word).to_owned(),
            None => {
                let single = single(character).map(String::from);
                let plain = single.or_else(|| taken_apart(character));
                plain.unwrap_or_else(|| super::UNKNOWN.to_string())
            }
        };
        match (self.is_raised, self.is_lowered) {
            (true, _) if !before.is_raised => format!("^{plain}"),
            (_, true) if !before.is_lowered => format!("_{plain}"),
            _ => plain,
        }
    }
}
