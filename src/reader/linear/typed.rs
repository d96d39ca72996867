//! What a line means that was typed at the prompt: keys, one after the other.

use crate::paper::clean;
use crate::reader::action::{Action, Direction, Motion};
use crate::reader::keys::key::Key;
use crate::reader::keys::keymap::{Context, KeyLookup, KeySequence, Keymap};

/// The first action of a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TypedLine<'a> {
    pub(super) action: Action,
    /// The number before its key.
    pub(super) count: Option<u32>,
    /// What follows its key.
    pub(super) after: &'a str,
}

/// Reads a line, or says why it means nothing. An empty one is the next paragraph, and a number
/// alone the note of that number.
pub(super) fn understand<'a>(keymap: &Keymap, line: &'a str) -> Result<TypedLine<'a>, String> {
    let keys = line.trim_start_matches(|char: char| char.is_ascii_digit());
    let digits = line.get(..line.len() - keys.len()).unwrap_or_default();
    let count = match digits {
        "" => None,
        digits => Some(digits.parse().unwrap_or(u32::MAX)),
    };
    let understood = |action, after| TypedLine {
        action,
        count,
        after,
    };
    if keys.is_empty() {
        return Ok(match count {
            None => understood(Action::Move(Motion::Paragraph(Direction::Next)), ""),
            Some(_) => understood(Action::Note, ""),
        });
    }
    let named = keys.parse::<KeySequence>().ok();
    if let Some(named) = named
        && let KeyLookup::Action(action) = keymap.find(Context::Reading, named.keys())
    {
        return Ok(understood(action, ""));
    }
    let mut pressed = Vec::new();
    for (at, letter) in keys.char_indices() {
        pressed.push(Key::Char(letter));
        match keymap.find(Context::Reading, &pressed) {
            KeyLookup::Action(action) => {
                let after = keys.get(at + letter.len_utf8()..).unwrap_or_default();
                return Ok(understood(action, after));
            }
            KeyLookup::Prefix => {}
            KeyLookup::Nothing => break,
        }
    }
    Err(format!("“{}” is no key here", clean(keys)))
}
