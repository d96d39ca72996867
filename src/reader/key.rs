//! One key press, by the name that help and README call it.

use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key press, told apart as finely as every terminal can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    Char(char),
    Ctrl(char),
    /// A key with a name of its own, such as `PageDown`.
    Named(&'static str),
}

/// What no key is called.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no key is called “{0}”; the README lists the keys")]
pub struct UnknownKey(String);

/// The keys that have names of their own.
const NAMED: [&str; 17] = [
    "Enter",
    "Esc",
    "Backspace",
    "Delete",
    "Tab",
    "Shift-Tab",
    "↑",
    "↓",
    "←",
    "→",
    "Alt-←",
    "Alt-→",
    "PageUp",
    "PageDown",
    "Home",
    "End",
    "F1",
];

impl Key {
    /// The key of an event; none for keys that opcit has no use for.
    pub(crate) fn of(event: KeyEvent) -> Option<Key> {
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        if event
            .modifiers
            .intersects(KeyModifiers::ALT | KeyModifiers::SUPER)
        {
            return match (event.code, event.modifiers) {
                (KeyCode::Left, KeyModifiers::ALT) => Some(Key::Named("Alt-←")),
                (KeyCode::Right, KeyModifiers::ALT) => Some(Key::Named("Alt-→")),
                _ => None,
            };
        }
        Some(match event.code {
            // Terminals send the same byte for both, and it reads better by its old name.
            KeyCode::Char('h') if ctrl => Key::Named("Backspace"),
            KeyCode::Char(letter) if ctrl => Key::Ctrl(letter.to_ascii_lowercase()),
            KeyCode::Char(letter) => Key::Char(letter),
            KeyCode::Enter => Key::Named("Enter"),
            KeyCode::Esc => Key::Named("Esc"),
            KeyCode::Backspace => Key::Named("Backspace"),
            KeyCode::Delete => Key::Named("Delete"),
            KeyCode::Tab => Key::Named("Tab"),
            KeyCode::BackTab => Key::Named("Shift-Tab"),
            KeyCode::Up => Key::Named("↑"),
            KeyCode::Down => Key::Named("↓"),
            KeyCode::Left => Key::Named("←"),
            KeyCode::Right => Key::Named("→"),
            KeyCode::PageUp => Key::Named("PageUp"),
            KeyCode::PageDown => Key::Named("PageDown"),
            KeyCode::Home => Key::Named("Home"),
            KeyCode::End => Key::Named("End"),
            KeyCode::F(1) => Key::Named("F1"),
            _ => return None,
        })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::Char(' ') => write!(f, "Space"),
            Key::Char(letter) => write!(f, "{letter}"),
            Key::Ctrl(letter) => write!(f, "Ctrl-{letter}"),
            Key::Named(name) => write!(f, "{name}"),
        }
    }
}

/// A key by the name that it is displayed with.
impl FromStr for Key {
    type Err = UnknownKey;

    fn from_str(name: &str) -> Result<Self, UnknownKey> {
        if let Some(named) = NAMED.into_iter().find(|&named| named == name) {
            return Ok(Key::Named(named));
        }
        let (is_ctrl, letter) = match name.strip_prefix("Ctrl-") {
            Some(letter) => (true, letter),
            None => (false, name),
        };
        let mut letters = letter.chars();
        match (is_ctrl, letters.next(), letters.next()) {
            (true, Some(letter), None) => Ok(Key::Ctrl(letter)),
            (false, Some(letter), None) => Ok(Key::Char(letter)),
            _ if name == "Space" => Ok(Key::Char(' ')),
            _ => Err(UnknownKey(name.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_by_the_name_that_it_is_shown_with() {
        let keys = [
            Key::Char('j'),
            Key::Char('↯'),
            Key::Char(' '),
            Key::Ctrl('f'),
        ];
        for key in keys.into_iter().chain(NAMED.map(Key::Named)) {
            assert_eq!(key.to_string().parse(), Ok(key));
        }
    }

    #[test]
    fn what_no_key_is_called_is_no_key() {
        for name in ["", "jj", "Ctrl-", "Ctrl-jj", "Insert", "space"] {
            assert_eq!(name.parse::<Key>(), Err(UnknownKey(name.to_owned())));
        }
    }
}
