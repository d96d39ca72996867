//! Puts the bytes that a terminal sends together into keys, mouse events and pastes.
//!
//! The bytes of one key may arrive apart, over a slow line or a relay that passes them on one by
//! one. They are kept until the rest is there, and only time tells the key Esc from the beginning
//! of a sequence, as in vim. However the bytes are split, the events are the same, unless a pause
//! is so long that no more is expected. A sequence that means nothing here is swallowed whole,
//! never typed: so are the terminal's answers to what an earlier program has asked. Its answer to
//! what this one asks is an event, as late as it may come.
//!
//! crossterm 0.29 takes an ESC at the end of a read for the key Esc at once, and types what follows.

mod answer;
mod csi;

use std::mem;
use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseEvent};

use self::answer::Answer;
use super::ground::Ground;

/// How long after an ESC the rest of a sequence may come; after that it was the key Esc.
const ESCAPE_TIMEOUT: Duration = Duration::from_millis(50);

/// How long a pause may be within a sequence. It is longer, since nobody types the beginning of
/// one by hand.
const SEQUENCE_TIMEOUT: Duration = Duration::from_millis(500);

/// The most bytes of parameters that are kept; all that follow are swallowed as well.
const MAX_PARAMETER_BYTES: usize = 64;

/// The most bytes that are kept of one paste.
const MAX_PASTE_BYTES: usize = 1 << 20;

const PASTE_END: &[u8] = b"\x1b[201~";

const ESC: u8 = 0x1b;

/// What a terminal sends.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum InputEvent {
    Key(KeyEvent),
    Mouse(MouseEvent),
    Paste(String),
    /// Its ground is this: the answer to a question.
    Ground(Ground),
    /// Whether it shows sixels: the answer to another.
    Sixels(bool),
    /// Its ground may be another: it has other colours, or its window has got the keys.
    GroundMayDiffer,
}

/// Turns bytes into events.
#[derive(Debug, Default)]
pub(crate) struct InputParser {
    state: InputState,
}

/// What has begun.
#[derive(Debug, Default)]
enum InputState {
    #[default]
    Ground,
    /// After ESC.
    Escape,
    Letter(PartialChar),
    /// After ESC and `[`: the parameters so far.
    Csi(Vec<u8>),
    /// After ESC, `[` and `[`, with which a console begins its function keys.
    ConsoleKey,
    /// After ESC and `O`.
    Ss3,
    /// After ESC, `[` and `M`: the bytes of a button, a column and a row.
    OldMouse(Vec<u8>),
    Answer(Answer),
    Paste(Paste),
}

/// A letter of several bytes in UTF-8 that has begun.
#[derive(Debug)]
struct PartialChar {
    bytes: Vec<u8>,
    length: usize,
    has_alt: bool,
}

#[derive(Debug, Default)]
struct Paste {
    bytes: Vec<u8>,
    /// How many bytes of the end's sequence have come.
    end: usize,
}

impl InputParser {
    /// How long to wait for more bytes before [`InputParser::expire`]; none if there is no hurry.
    ///
    /// Within a paste there is none: what comes late is still no key.
    pub(crate) fn timeout(&self) -> Option<Duration> {
        match self.state {
            InputState::Ground | InputState::Paste(_) => None,
            InputState::Escape => Some(ESCAPE_TIMEOUT),
            _ => Some(SEQUENCE_TIMEOUT),
        }
    }

    /// Ends what has begun, since no more bytes came in time: an ESC by itself is the key, any
    /// other piece is dropped.
    pub(crate) fn expire(&mut self) -> Option<InputEvent> {
        match mem::take(&mut self.state) {
            InputState::Escape => Some(escape()),
            paste @ InputState::Paste(_) => {
                self.state = paste;
                None
            }
            _ => None,
        }
    }

    /// Takes bytes as they were read, and gives the events that are complete.
    pub(crate) fn parse(&mut self, bytes: &[u8]) -> Vec<InputEvent> {
        let mut events = Vec::new();
        for byte in bytes {
            self.take(*byte, &mut events);
        }
        events
    }

    fn take(&mut self, byte: u8, events: &mut Vec<InputEvent>) {
        match mem::take(&mut self.state) {
            InputState::Ground => self.begin(byte, false, events),
            InputState::Escape => self.take_after_escape(byte, events),
            InputState::Letter(letter) => self.take_in_letter(letter, byte, events),
            InputState::Csi(parameters) => self.take_in_csi(parameters, byte, events),
            InputState::ConsoleKey => match byte {
                b' '..=b'~' => events.extend(csi::console_key(byte).map(InputEvent::Key)),
                _ => self.begin(byte, false, events),
            },
            InputState::Ss3 => match byte {
                b'0'..=b'9' | b';' => self.state = InputState::Ss3,
                b' '..=b'~' => events.extend(csi::ss3_key(byte).map(InputEvent::Key)),
                _ => self.begin(byte, false, events),
            },
            InputState::OldMouse(bytes) => self.take_in_old_mouse(bytes, byte, events),
            InputState::Answer(mut answer) => match answer.take(byte) {
                answer::AnswerStep::More => self.state = InputState::Answer(answer),
                answer::AnswerStep::Done => events.extend(answer.ground().map(InputEvent::Ground)),
                answer::AnswerStep::Cancelled => {}
                answer::AnswerStep::Escape => self.take_after_escape(byte, events),
                answer::AnswerStep::NotPart => self.begin(byte, false, events),
            },
            InputState::Paste(paste) => self.take_in_paste(paste, byte, events),
        }
    }

    /// Takes a byte that begins something. `has_alt` says that ESC came before it.
    fn begin(&mut self, byte: u8, has_alt: bool, events: &mut Vec<InputEvent>) {
        match byte {
            ESC => self.state = InputState::Escape,
            0..=0x7f => events.push(InputEvent::Key(key_of_byte(byte, has_alt))),
            // Terminals that are not in UTF-8 may say ESC and a letter in one byte.
            0x8f => self.state = InputState::Ss3,
            0x9b => self.state = InputState::Csi(Vec::new()),
            0x90 | 0x9d | 0x9f => self.state = InputState::Answer(Answer::new(byte)),
            0xc2..=0xf4 => {
                let length = match byte {
                    ..0xe0 => 2,
                    0xe0..0xf0 => 3,
                    _ => 4,
                };
                self.state = InputState::Letter(PartialChar {
                    bytes: vec![byte],
                    length,
                    has_alt,
                });
            }
            // No text in UTF-8 has these here.
            _ => {}
        }
    }

    fn take_after_escape(&mut self, byte: u8, events: &mut Vec<InputEvent>) {
        match byte {
            b'[' => self.state = InputState::Csi(Vec::new()),
            b'O' => self.state = InputState::Ss3,
            b']' | b'P' | b'_' => self.state = InputState::Answer(Answer::new(byte)),
            ESC => {
                events.push(escape());
                self.state = InputState::Escape;
            }
            _ => self.begin(byte, true, events),
        }
    }

    fn take_in_letter(&mut self, mut letter: PartialChar, byte: u8, events: &mut Vec<InputEvent>) {
        if !(0x80..0xc0).contains(&byte) {
            return self.begin(byte, false, events);
        }
        letter.bytes.push(byte);
        if letter.bytes.len() < letter.length {
            self.state = InputState::Letter(letter);
        } else if let Ok(text) = str::from_utf8(&letter.bytes) {
            let key = |char| key_of_letter(char, letter.has_alt);
            events.extend(text.chars().next().map(key).map(InputEvent::Key));
        }
    }

    fn take_in_csi(&mut self, mut parameters: Vec<u8>, byte: u8, events: &mut Vec<InputEvent>) {
        match byte {
            // rxvt ends keys that are held with Shift so.
            b'$' if is_number(&parameters) => {}
            b' '..=b'?' => {
                if parameters.len() <= MAX_PARAMETER_BYTES {
                    parameters.push(byte);
                }
                self.state = InputState::Csi(parameters);
            }
            b'[' if parameters.is_empty() => self.state = InputState::ConsoleKey,
            b'M' if parameters.is_empty() => self.state = InputState::OldMouse(Vec::new()),
            b'~' if parameters == b"200" => self.state = InputState::Paste(Paste::default()),
            b'@'..=b'~' if parameters.len() <= MAX_PARAMETER_BYTES => {
                events.extend(csi::event(&parameters, byte));
            }
            b'@'..=b'~' => {}
            _ => self.begin(byte, false, events),
        }
    }

    fn take_in_old_mouse(&mut self, mut bytes: Vec<u8>, byte: u8, events: &mut Vec<InputEvent>) {
        if byte < b' ' {
            return self.begin(byte, false, events);
        }
        bytes.push(byte);
        match bytes[..] {
            [button, column, row] => events.extend(csi::old_mouse(button, column, row)),
            _ => self.state = InputState::OldMouse(bytes),
        }
    }

    fn take_in_paste(&mut self, mut paste: Paste, byte: u8, events: &mut Vec<InputEvent>) {
        let begun = PASTE_END.get(..paste.end).unwrap_or_default();
        if PASTE_END.get(paste.end) == Some(&byte) {
            paste.end += 1;
        } else {
            paste.bytes.extend(begun);
            paste.end = usize::from(byte == ESC);
            if paste.end == 0 {
                paste.bytes.push(byte);
            }
            paste.bytes.truncate(MAX_PASTE_BYTES);
        }
        if paste.end == PASTE_END.len() {
            // Many terminals send line ends as the key that makes them.
            let text = String::from_utf8_lossy(&paste.bytes).replace("\r\n", "\n");
            events.push(InputEvent::Paste(text.replace('\r', "\n")));
        } else {
            self.state = InputState::Paste(paste);
        }
    }
}

fn escape() -> InputEvent {
    InputEvent::Key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE))
}

/// The key that sends a byte of ASCII by itself.
fn key_of_byte(byte: u8, has_alt: bool) -> KeyEvent {
    let ctrl = |first: u8, offset: u8| {
        let letter = char::from(first + byte - offset);
        (KeyCode::Char(letter), KeyModifiers::CONTROL)
    };
    let (code, modifiers) = match byte {
        b'\r' => (KeyCode::Enter, KeyModifiers::NONE),
        b'\t' => (KeyCode::Tab, KeyModifiers::NONE),
        0x7f => (KeyCode::Backspace, KeyModifiers::NONE),
        0 => (KeyCode::Char(' '), KeyModifiers::CONTROL),
        0x01..=0x1a => ctrl(b'a', 1),
        0x1b..=0x1f => ctrl(b'3', 0x1b),
        _ => return key_of_letter(char::from(byte), has_alt),
    };
    KeyEvent::new(code, modifiers | alt(has_alt))
}

fn key_of_letter(letter: char, has_alt: bool) -> KeyEvent {
    let shift = if letter.is_uppercase() {
        KeyModifiers::SHIFT
    } else {
        KeyModifiers::NONE
    };
    KeyEvent::new(KeyCode::Char(letter), shift | alt(has_alt))
}

fn alt(has_alt: bool) -> KeyModifiers {
    if has_alt {
        KeyModifiers::ALT
    } else {
        KeyModifiers::NONE
    }
}

fn is_number(parameters: &[u8]) -> bool {
    !parameters.is_empty() && parameters.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests;
