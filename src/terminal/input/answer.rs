//! A terminal's answer to what an earlier program has asked: its colours, its name, its pictures
//! (`ESC ] 11 ; rgb:0000/0000/0000 ESC \`, `ESC P > | name ESC \`, `ESC _ G i=1;OK ESC \`).
//!
//! Alt-], Alt-P and Alt-_ begin with the same bytes, so what follows must look like an answer.

/// The most bytes of an answer that are swallowed. What is longer has lost its end.
const MAX_ANSWER_BYTES: usize = 4096;

/// The most bytes of its head.
const MAX_HEAD_BYTES: usize = 16;

const ESC: u8 = 0x1b;
const BEL: u8 = 0x07;
/// Both of these cancel a sequence.
const CAN: u8 = 0x18;
const SUB: u8 = 0x1a;
/// The end in one byte, where the beginning was one byte.
const ST: u8 = 0x9c;

/// An answer that has begun.
#[derive(Debug)]
pub(super) struct Answer {
    opening: u8,
    is_eight_bit: bool,
    /// The beginning, by which it is known as an answer; empty once it is.
    head: Vec<u8>,
    is_known: bool,
    /// Whether ESC came, which ends it if a `\` follows.
    is_ending: bool,
    bytes: usize,
}

/// What a byte does to an answer.
pub(super) enum AnswerStep {
    /// It goes on.
    More,
    /// The byte has ended it.
    Done,
    /// It was broken off by an ESC, and this is the byte after that.
    Escape,
    /// It is over, and the byte begins something else.
    NotPart,
}

/// What a head turns out to be.
#[derive(PartialEq, Eq)]
enum Meaning {
    Answer,
    /// More bytes will tell.
    Perhaps,
    Typed,
}

impl Answer {
    /// An answer that begins with ESC and this byte, or with this byte alone.
    pub(super) fn new(opening: u8) -> Self {
        let is_eight_bit = opening >= 0x80;
        Answer {
            opening: if is_eight_bit {
                opening - 0x40
            } else {
                opening
            },
            is_eight_bit,
            head: Vec::new(),
            is_known: false,
            is_ending: false,
            bytes: 0,
        }
    }

    pub(super) fn take(&mut self, byte: u8) -> AnswerStep {
        if self.is_ending {
            return match byte {
                b'\\' => AnswerStep::Done,
                _ => AnswerStep::Escape,
            };
        }
        self.bytes += 1;
        match byte {
            ESC => {
                self.is_ending = true;
                AnswerStep::More
            }
            BEL | CAN | SUB => AnswerStep::Done,
            ST if self.is_eight_bit => AnswerStep::Done,
            ..b' ' | 0x7f => AnswerStep::NotPart,
            _ if self.bytes > MAX_ANSWER_BYTES => AnswerStep::NotPart,
            _ if self.is_known => AnswerStep::More,
            _ => self.take_in_head(byte),
        }
    }

    fn take_in_head(&mut self, byte: u8) -> AnswerStep {
        self.head.push(byte);
        match self.meaning() {
            Meaning::Typed => return AnswerStep::NotPart,
            Meaning::Perhaps => {}
            Meaning::Answer => self.is_known = true,
        }
        AnswerStep::More
    }

    fn meaning(&self) -> Meaning {
        if self.head.len() > MAX_HEAD_BYTES {
            return Meaning::Typed;
        }
        let is_separator = |byte: &u8| *byte == b';';
        let digits = self.head.iter().take_while(|byte| byte.is_ascii_digit());
        let digits = digits.count();
        let numbers = self.head.iter();
        let numbers = numbers
            .take_while(|byte| byte.is_ascii_digit() || is_separator(byte))
            .count();
        let after = |count: usize| self.head.get(count..).unwrap_or_default();
        match (self.opening, after(digits), after(numbers)) {
            (b']', b"", _) => Meaning::Perhaps,
            (b']', b";", _) if digits > 0 => Meaning::Answer,
            (b'_', b"G", _) => Meaning::Answer,
            (b'P', _, b">|" | b"!|" | b"$r" | b"+r") => Meaning::Answer,
            (b'P', _, b"" | b">" | b"!" | b"$" | b"+") => Meaning::Perhaps,
            _ => Meaning::Typed,
        }
    }
}
