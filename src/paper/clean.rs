//! What may stand in a paper's text: every string of a document passes here before it is kept.
//!
//! This is a filter of characters, not a matcher of escape sequences: a sequence that loses its
//! control characters is only letters, however it was cut, nested or left open.

use std::borrow::Cow;
use std::fmt::Write;

use unicode_normalization::char::is_combining_mark;

/// How many combining marks, joiners and joined letters one base character keeps.
const MAX_MARKS_PER_LETTER: u8 = 10;

/// Tabs in code reach to the next multiple of this many characters.
const TAB: usize = 4;

/// The flag that tag characters spell a region on, as in the flag of Scotland.
const TAGGED_FLAG: char = '\u{1F3F4}';

/// What becomes of line ends and tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// Both are spaces.
    Folded,
    /// Line ends stay, a tab reaches to the next stop.
    Kept,
}

/// A string fit to be shown on one line: a file's name, a label, a part of a message.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.bytes().all(is_plain_ascii) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    Cleaner::default().push(&mut clean, text, Space::Folded);
    Cow::Owned(clean)
}

/// Whether nothing in a text, of any number of lines, acts on a terminal or hides: text that was
/// cleaned is harmless.
pub(crate) fn is_harmless(text: &str) -> bool {
    let is_kept = |char| match fate(char) {
        Fate::LineEnd => char == '\n',
        Fate::Keep | Fate::Mark | Fate::Tag | Fate::Joiner | Fate::Tab => true,
        Fate::SoftHyphen | Fate::Drop | Fate::Picture(_) | Fate::Name(_) => false,
    };
    text.chars().all(|char| is_plain(char) || is_kept(char))
}

/// An address fit to be shown and to be opened: what [`clean`] would touch, and spaces, stand
/// percent-encoded.
#[must_use]
pub fn clean_address(address: &str) -> Cow<'_, str> {
    if address.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Cow::Borrowed(address);
    }
    let mut clean = String::with_capacity(address.len());
    for char in address.chars() {
        if is_plain(char) && !char.is_whitespace() {
            clean.push(char);
            continue;
        }
        match fate(char) {
            Fate::Keep if !char.is_whitespace() => clean.push(char),
            _ => {
                for byte in char.encode_utf8(&mut [0; 4]).bytes() {
                    // Writing to a string cannot fail.
                    let _ = write!(clean, "%{byte:02X}");
                }
            }
        }
    }
    Cow::Owned(clean)
}

/// Cleans a text that comes in pieces; what it remembers belongs to one text.
#[derive(Debug, Clone, Default)]
pub(super) struct Cleaner {
    /// How many characters were shown by a sign or left out because they act or hide.
    pub(super) hidden: usize,
    base: char,
    marks: u8,
    /// A joiner, held back until it is known whether it joins anything.
    joiner: Option<char>,
    /// Up to where the text has been measured for tabs, and the column there.
    measured: usize,
    column: usize,
}

impl Cleaner {
    /// Forgets the text, not the count of hidden characters.
    pub(super) fn restart(&mut self) {
        *self = Cleaner {
            hidden: self.hidden,
            ..Cleaner::default()
        };
    }

    /// Goes on from a text of which the end was taken back.
    pub(super) fn go_on_from(&mut self, text: &str) {
        let is_mark = |char: &char| matches!(fate(*char), Fate::Mark | Fate::Tag | Fate::Joiner);
        let marks = text.chars().rev().take_while(is_mark).count();
        self.marks = u8::try_from(marks).unwrap_or(u8::MAX);
        self.base = text.chars().nth_back(marks).unwrap_or_default();
        self.joiner = None;
    }

    /// Adds what may stand of `piece` to `text`.
    pub(super) fn push(&mut self, text: &mut String, piece: &str, space: Space) {
        let mut rest = piece;
        while !rest.is_empty() {
            rest = self.push_plain(text, rest);
            let mut chars = rest.chars();
            if let Some(char) = chars.next() {
                self.push_char(text, char, chars.as_str(), space);
            }
            rest = chars.as_str();
        }
    }

    /// Adds the plain characters at the head of `piece`, and returns what follows them.
    fn push_plain<'a>(&mut self, text: &mut String, piece: &'a str) -> &'a str {
        let end = plain_prefix(piece);
        let Some((plain, rest)) = piece.split_at_checked(end) else {
            return piece;
        };
        let Some(first) = plain.chars().next() else {
            return piece;
        };
        self.settle_joiner(text, first);
        text.push_str(plain);
        self.base = plain.chars().next_back().unwrap_or(first);
        if plain.len() > first.len_utf8() {
            self.marks = 0;
        }
        rest
    }

    fn push_char(&mut self, text: &mut String, char: char, rest: &str, space: Space) {
        match fate(char) {
            Fate::Keep if self.joiner.is_none() && is_one_letter(self.base, char) => {
                self.push_joined(text, char);
            }
            Fate::Keep => self.push_base(text, char),
            Fate::Mark => self.push_mark(text, char),
            Fate::Tag if self.base == TAGGED_FLAG => self.push_mark(text, char),
            Fate::Joiner if self.joiner.is_none() && joins(self.base) => self.joiner = Some(char),
            Fate::LineEnd if char == '\r' && rest.starts_with('\n') => {}
            Fate::LineEnd if space == Space::Kept => {
                self.push_base(text, '\n');
                (self.measured, self.column) = (text.len(), 0);
            }
            Fate::Tab if space == Space::Kept => self.push_tab(text),
            Fate::LineEnd | Fate::Tab => self.push_base(text, ' '),
            Fate::SoftHyphen => {}
            Fate::Tag | Fate::Joiner | Fate::Drop => self.hidden += 1,
            Fate::Picture(picture) => {
                self.hidden += 1;
                self.push_base(text, picture);
            }
            Fate::Name(name) => {
                self.hidden += 1;
                self.push_base(text, '⟨');
                text.push_str(name);
                text.push('⟩');
            }
        }
    }

    fn push_base(&mut self, text: &mut String, char: char) {
        self.settle_joiner(text, char);
        text.push(char);
        self.base = char;
    }

    /// Adds a character that makes one letter with the one before, as a mark would.
    fn push_joined(&mut self, text: &mut String, char: char) {
        if self.marks < MAX_MARKS_PER_LETTER {
            self.marks += 1;
            self.base = char;
            text.push(char);
        } else {
            self.hidden += 1;
        }
    }

    fn push_mark(&mut self, text: &mut String, mark: char) {
        self.settle_joiner(text, mark);
        if self.marks < MAX_MARKS_PER_LETTER {
            self.marks += 1;
            text.push(mark);
        } else {
            self.hidden += 1;
        }
    }

    fn push_tab(&mut self, text: &mut String) {
        let since = text.get(self.measured..).unwrap_or_default();
        self.column += since.chars().count();
        let spaces = TAB - self.column % TAB;
        for _ in 0..spaces {
            self.push_base(text, ' ');
        }
        (self.measured, self.column) = (text.len(), 0);
    }

    /// Sets the joiner that was held back if it stands between two characters that can join.
    /// What is joined shares the marks of its base, or a chain of joiners would be a mark bomb.
    fn settle_joiner(&mut self, text: &mut String, next: char) {
        let is_mark = matches!(fate(next), Fate::Mark | Fate::Tag);
        match self.joiner.take() {
            Some(joiner) if joins(next) && self.marks < MAX_MARKS_PER_LETTER => {
                self.marks += 1;
                text.push(joiner);
            }
            Some(_) => {
                self.hidden += 1;
                self.marks = if is_mark { self.marks } else { 0 };
            }
            None if is_mark || text.ends_with(is_linker) => {}
            None => self.marks = 0,
        }
    }
}

/// What is done with a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Keep,
    /// A mark on the character before.
    Mark,
    /// A letter that only stands on a flag.
    Tag,
    Joiner,
    LineEnd,
    Tab,
    /// Left out without a word: an offer to break, common and harmless.
    SoftHyphen,
    Drop,
    Picture(char),
    Name(&'static str),
}

fn fate(char: char) -> Fate {
    match char {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => Fate::LineEnd,
        '\t' => Fate::Tab,
        '\0'..='\x1f' => Fate::Picture(picture(char)),
        '\x7f' => Fate::Picture('\u{2421}'),
        '\u{80}'..='\u{9f}' => Fate::Picture(char::REPLACEMENT_CHARACTER),
        '\u{ad}' => Fate::SoftHyphen,
        '\u{200c}' | '\u{200d}' => Fate::Joiner,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{180e}' | '\u{200b}' => Fate::Drop,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Fate::Name(direction(char)),
        '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' => Fate::Drop,
        // Hangul letters that show nothing.
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => Fate::Drop,
        '\u{feff}' | '\u{fff9}'..='\u{fffb}' => Fate::Drop,
        '\u{e0020}'..='\u{e007f}' => Fate::Tag,
        '\u{e0000}'..='\u{e0fff}' => Fate::Drop,
        '\u{1f3fb}'..='\u{1f3ff}' => Fate::Mark,
        _ if is_combining_mark(char) => Fate::Mark,
        _ => Fate::Keep,
    }
}

/// The sign that Unicode has for a control character below the space.
fn picture(control: char) -> char {
    char::from_u32(0x2400 + u32::from(control)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Unicode's short name of a character that turns the direction of writing.
fn direction(char: char) -> &'static str {
    match char {
        '\u{202a}' => "LRE",
        '\u{202b}' => "RLE",
        '\u{202c}' => "PDF",
        '\u{202d}' => "LRO",
        '\u{202e}' => "RLO",
        '\u{2066}' => "LRI",
        '\u{2067}' => "RLI",
        '\u{2068}' => "FSI",
        _ => "PDI",
    }
}

/// Whether two characters are shown as one letter: parts of a Hangul syllable, and signs that
/// stand around the figures after them.
fn is_one_letter(before: char, after: char) -> bool {
    let is_lead = |char| matches!(char, '\u{1100}'..='\u{115f}' | '\u{a960}'..='\u{a97c}');
    let is_vowel = |char| matches!(char, '\u{1160}'..='\u{11a7}' | '\u{d7b0}'..='\u{d7c6}');
    let is_tail = |char| matches!(char, '\u{11a8}'..='\u{11ff}' | '\u{d7cb}'..='\u{d7fb}');
    let is_syllable = |char| matches!(char, '\u{ac00}'..='\u{d7a3}');
    match after {
        _ if is_lead(after) => is_lead(before),
        _ if is_vowel(after) => is_lead(before) || is_vowel(before) || is_syllable(before),
        _ if is_tail(after) => is_vowel(before) || is_tail(before) || is_syllable(before),
        _ => encloses(before) && encloses(after),
    }
}

/// Signs that are one letter with what follows them (Grapheme_Cluster_Break=Prepend).
fn encloses(char: char) -> bool {
    matches!(char,
        '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}' | '\u{890}' | '\u{891}' | '\u{8e2}'
        | '\u{d4e}' | '\u{110bd}' | '\u{110cd}' | '\u{111c2}' | '\u{111c3}' | '\u{1193f}'
        | '\u{11941}' | '\u{11a3a}' | '\u{11a84}'..='\u{11a89}' | '\u{11d46}' | '\u{11f02}')
}

/// Marks that make one letter of the consonants on both sides (Indic_Conjunct_Break=Linker).
fn is_linker(char: char) -> bool {
    matches!(
        char,
        '\u{94d}'
            | '\u{9cd}'
            | '\u{acd}'
            | '\u{b4d}'
            | '\u{c4d}'
            | '\u{d4d}'
            | '\u{1039}'
            | '\u{17d2}'
            | '\u{1a60}'
            | '\u{a9c0}'
            | '\u{1193e}'
    )
}

/// Whether a joiner may stand beside the character: letters and emoji.
fn joins(char: char) -> bool {
    char.is_alphabetic() || matches!(char, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

fn is_plain_ascii(byte: u8) -> bool {
    (b' '..=b'~').contains(&byte)
}

/// How many bytes at the head of the text are plain.
fn plain_prefix(text: &str) -> usize {
    let ascii = text.bytes().position(|byte| !is_plain_ascii(byte));
    let Some(ascii) = ascii else {
        return text.len();
    };
    let rest = text.get(ascii..).unwrap_or_default();
    let other = rest.char_indices().find(|&(_, char)| !is_plain(char));
    ascii + other.map_or(rest.len(), |(offset, _)| offset)
}

/// Whether the character is surely kept as it is, so that most texts are copied in one go.
fn is_plain(char: char) -> bool {
    matches!(char,
        ' '..='~'
        | '\u{a0}'..='\u{ac}'
        | '\u{ae}'..='\u{2ff}'
        | '\u{370}'..='\u{482}'
        | '\u{48a}'..='\u{590}'
        | '\u{2010}'..='\u{2027}'
        | '\u{3041}'..='\u{3096}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}')
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(clean(text), expected);
    }

    #[test]
    fn plain_text_is_not_copied() {
        assert!(matches!(clean("A plain text."), Cow::Borrowed(_)));
        check(
            "Ünïcödé “quoted” – 中文 ру́сский",
            "Ünïcödé “quoted” – 中文 ру́сский",
        );
    }

    #[test]
    fn control_characters_are_shown_by_their_pictures() {
        check("\0\u{7}\u{1b}[31m\u{7f}", "␀␇␛[31m␡");
        check("a\u{9b}31m\u{85}", "a\u{fffd}31m\u{fffd}");
    }

    #[test]
    fn blanks_of_all_kinds_are_spaces_on_one_line() {
        check("a\tb\nc\r\nd\re\u{2028}f\u{2029}g", "a b c d e f g");
    }

    #[test]
    fn what_turns_the_direction_of_writing_is_named() {
        check("a\u{202e}b\u{2066}c\u{2069}", "a⟨RLO⟩b⟨LRI⟩c⟨PDI⟩");
        check("a\u{200e}\u{200f}\u{61c}b", "ab");
    }

    #[test]
    fn what_has_no_width_is_left_out() {
        let hidden = "\u{200b}\u{2060}\u{feff}\u{ad}\u{fff9}\u{e0041}\u{e0100}\u{2064}";
        check(&format!("a{hidden}b"), "ab");
    }

    #[test]
    fn blank_hangul_letters_are_left_out_and_counted() {
        check("a\u{115f}b\u{1160}c\u{3164}d\u{ffa0}e 한글", "abcde 한글");
        let mut cleaner = Cleaner::default();
        let mut text = String::new();
        cleaner.push(&mut text, "a\u{3164}\u{3164}b", Space::Folded);
        assert_eq!((text.as_str(), cleaner.hidden), ("ab", 2));
    }

    #[test]
    fn a_joiner_stays_between_letters_and_emoji_only() {
        check(
            "می\u{200c}خواهم 👩\u{200d}🚀 ❤\u{fe0f}\u{200d}🔥",
            "می\u{200c}خواهم 👩\u{200d}🚀 ❤\u{fe0f}\u{200d}🔥",
        );
        check("\u{200d}a\u{200d} \u{200c}b\u{200d}.\u{200d}", "a b.");
        check("a\u{200d}\u{200d}b", "a\u{200d}b");
    }

    #[test]
    fn tag_letters_stay_on_a_flag_only() {
        let scotland = "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}";
        check(scotland, scotland);
        check("a\u{e0067}b", "ab");
    }

    #[test]
    fn a_base_keeps_ten_marks() {
        let marks = "\u{301}".repeat(200);
        check(
            &format!("a{marks}b{marks}"),
            &format!("a{0}b{0}", "\u{301}".repeat(10)),
        );
        let joined = clean(&"👩\u{200d}".repeat(12)).matches('\u{200d}').count();
        assert_eq!(joined, 10);
        let skins = clean(&format!("👩{}", "🏽".repeat(100))).chars().count();
        assert_eq!(skins, 11);
    }

    #[test]
    fn letters_that_would_pile_up_as_one_are_left_out_and_counted() {
        let text = |piled: &str| {
            let mut cleaner = Cleaner::default();
            let mut text = String::new();
            cleaner.push(&mut text, &piled.repeat(1000), Space::Folded);
            (text, cleaner.hidden)
        };
        for piled in [
            "\u{1100}",
            "\u{1161}",
            "\u{11a8}",
            "\u{a960}\u{1100}",
            "\u{600}",
        ] {
            let (text, hidden) = text(piled);
            assert_eq!(text.chars().count(), 11, "{piled:?}");
            assert_eq!(hidden, 1000 * piled.chars().count() - 11, "{piled:?}");
        }
        let (conjunct, hidden) = text("\u{915}\u{94d}");
        assert!(hidden > 0);
        let longest = conjunct
            .graphemes(true)
            .map(|one| one.chars().count())
            .max();
        assert!(longest.is_some_and(|longest| longest <= 22), "{longest:?}");
    }

    #[test]
    fn letters_of_several_parts_stay_whole() {
        check(
            "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}",
            "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}",
        );
        let syllables = "\u{1112}\u{1161}\u{11ab}".repeat(50);
        check(&syllables, &syllables);
        let words = "क्ष्म्य विज्ञान ".repeat(20);
        check(&words, &words);
    }

    #[test]
    fn marks_are_counted_across_pieces() {
        let mut cleaner = Cleaner::default();
        let mut text = "a".to_owned();
        for _ in 0..50 {
            cleaner.push(&mut text, "\u{301}", Space::Folded);
        }
        assert_eq!(text.chars().count(), 11);
        assert_eq!(cleaner.hidden, 40);
    }

    #[test]
    fn an_address_shows_what_it_hides() {
        assert_eq!(
            clean_address("https://a.b/é?c=%20d"),
            "https://a.b/é?c=%20d"
        );
        assert_eq!(
            clean_address("a b\u{1b}\n\u{202e}\u{a0}"),
            "a%20b%1B%0A%E2%80%AE%C2%A0"
        );
        assert_eq!(clean_address("a\u{301}\u{200b}"), "a%CC%81%E2%80%8B");
    }
}
