//! One key press, by the name that help and README call it.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key press, told apart as finely as every terminal can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    Char(char),
    Ctrl(char),
    /// A key with a name of its own, such as `PageDown`.
    Named(&'static str),
}

impl Key {
    /// The key of an event; none for keys that opcit has no use for.
    pub(crate) fn of(event: KeyEvent) -> Option<Key> {
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        if event
            .modifiers
            .intersects(KeyModifiers::ALT | KeyModifiers::SUPER)
        {
            return None;
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
            _ => return None,
        })
    }

    /// Whether a table of keys that calls a key so means this one.
    pub(crate) fn is_called(self, name: &str) -> bool {
        match self {
            Key::Char(' ') => name == "Space",
            Key::Char(letter) => name.chars().eq([letter]),
            Key::Ctrl(letter) => name
                .strip_prefix("Ctrl-")
                .is_some_and(|rest| rest.chars().eq([letter])),
            Key::Named(own) => name == own,
        }
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
