//! A terminal's answer to what this program or an earlier one has asked: its colours, its name, its
//! pictures (`ESC ] 11 ; rgb:0000/0000/0000 ESC \`, `ESC P > | name ESC \`, `ESC _ G i=1;OK ESC \`).
//!
//! Alt-], Alt-P and Alt-_ begin with the same bytes, so what follows must look like an answer.

use crate::terminal::ground::Ground;

/// The most bytes of an answer that are swallowed. What is longer has lost its end.
const MAX_ANSWER_BYTES: usize = 4096;

/// The most bytes of its head.
const MAX_HEAD_BYTES: usize = 16;

/// The most bytes that are kept of it; no colour is longer.
const MAX_KEPT_BYTES: usize = 64;

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
    /// The beginning, by whose head it is known as an answer.
    kept: Vec<u8>,
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
    /// The byte has cancelled it.
    Cancelled,
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
            kept: Vec::new(),
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
            BEL => AnswerStep::Done,
            CAN | SUB => AnswerStep::Cancelled,
            ST if self.is_eight_bit => AnswerStep::Done,
            ..b' ' | 0x7f => AnswerStep::NotPart,
            _ if self.bytes > MAX_ANSWER_BYTES => AnswerStep::NotPart,
            _ => self.take_in(byte),
        }
    }

    /// What it says of the terminal's ground, once it is done, if it is about that.
    pub(super) fn ground(&self) -> Option<Ground> {
        let is_whole = self.opening == b']' && self.kept.len() < MAX_KEPT_BYTES;
        is_whole.then(|| Ground::from_answer(&self.kept)).flatten()
    }

    fn take_in(&mut self, byte: u8) -> AnswerStep {
        if self.kept.len() < MAX_KEPT_BYTES {
            self.kept.push(byte);
        }
        if self.is_known {
            return AnswerStep::More;
        }
        match self.meaning() {
            Meaning::Typed => return AnswerStep::NotPart,
            Meaning::Perhaps => {}
            Meaning::Answer => self.is_known = true,
        }
        AnswerStep::More
    }

    fn meaning(&self) -> Meaning {
        if self.kept.len() > MAX_HEAD_BYTES {
            return Meaning::Typed;
        }
        let is_separator = |byte: &u8| *byte == b';';
        let digits = self.kept.iter().take_while(|byte| byte.is_ascii_digit());
        let digits = digits.count();
        let numbers = self.kept.iter();
        let numbers = numbers
            .take_while(|byte| byte.is_ascii_digit() || is_separator(byte))
            .count();
        let after = |count: usize| self.kept.get(count..).unwrap_or_default();
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
