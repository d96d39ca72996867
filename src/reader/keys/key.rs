//! One key press, by the name that help and manual call it.

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
#[error("no key is called “{name}”; docs/keys.md lists the keys")]
pub struct UnknownKey {
    name: String,
    /// The key that other programs call so.
    pub(crate) meant: Option<Key>,
}

impl UnknownKey {
    pub(crate) fn new(name: &str) -> Self {
        UnknownKey {
            name: name.to_owned(),
            meant: Key::called_elsewhere(name),
        }
    }
}

/// The keys that have names of their own, and what terminals send for them.
const NAMED: [(&str, KeyCode, KeyModifiers); 28] = [
    ("Enter", KeyCode::Enter, KeyModifiers::NONE),
    ("Esc", KeyCode::Esc, KeyModifiers::NONE),
    ("Backspace", KeyCode::Backspace, KeyModifiers::NONE),
    ("Delete", KeyCode::Delete, KeyModifiers::NONE),
    ("Tab", KeyCode::Tab, KeyModifiers::NONE),
    ("Shift-Tab", KeyCode::BackTab, KeyModifiers::NONE),
    ("↑", KeyCode::Up, KeyModifiers::NONE),
    ("↓", KeyCode::Down, KeyModifiers::NONE),
    ("←", KeyCode::Left, KeyModifiers::NONE),
    ("→", KeyCode::Right, KeyModifiers::NONE),
    ("Alt-←", KeyCode::Left, KeyModifiers::ALT),
    ("Alt-→", KeyCode::Right, KeyModifiers::ALT),
    ("PageUp", KeyCode::PageUp, KeyModifiers::NONE),
    ("PageDown", KeyCode::PageDown, KeyModifiers::NONE),
    ("Home", KeyCode::Home, KeyModifiers::NONE),
    ("End", KeyCode::End, KeyModifiers::NONE),
    ("F1", KeyCode::F(1), KeyModifiers::NONE),
    ("F2", KeyCode::F(2), KeyModifiers::NONE),
    ("F3", KeyCode::F(3), KeyModifiers::NONE),
    ("F4", KeyCode::F(4), KeyModifiers::NONE),
    ("F5", KeyCode::F(5), KeyModifiers::NONE),
    ("F6", KeyCode::F(6), KeyModifiers::NONE),
    ("F7", KeyCode::F(7), KeyModifiers::NONE),
    ("F8", KeyCode::F(8), KeyModifiers::NONE),
    ("F9", KeyCode::F(9), KeyModifiers::NONE),
    ("F10", KeyCode::F(10), KeyModifiers::NONE),
    ("F11", KeyCode::F(11), KeyModifiers::NONE),
    ("F12", KeyCode::F(12), KeyModifiers::NONE),
];

/// What the keys with arrows are called where arrows cannot be typed.
const ARROWS: [(&str, &str); 6] = [
    ("Up", "↑"),
    ("Down", "↓"),
    ("Left", "←"),
    ("Right", "→"),
    ("Alt-Left", "Alt-←"),
    ("Alt-Right", "Alt-→"),
];

/// Names that other programs have for keys, without capitals.
const CALLED_ELSEWHERE: [(&str, &str); 9] = [
    ("cr", "Enter"),
    ("return", "Enter"),
    ("escape", "Esc"),
    ("bs", "Backspace"),
    ("del", "Delete"),
    ("pgup", "PageUp"),
    ("pgdn", "PageDown"),
    ("pgdown", "PageDown"),
    ("spc", "Space"),
];

/// What stands before a letter that is typed with Ctrl in other programs, without capitals.
const CTRL_ELSEWHERE: [&str; 6] = ["ctrl-", "ctrl+", "control-", "control+", "c-", "c+"];

impl Key {
    /// The key of an event; none for keys that opcit has no use for.
    pub(crate) fn from_event(event: KeyEvent) -> Option<Key> {
        let is_ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let modifiers = event.modifiers & (KeyModifiers::ALT | KeyModifiers::SUPER);
        match event.code {
            // Terminals send the same byte for both, and it reads better by its old name.
            KeyCode::Char('h') if is_ctrl && modifiers.is_empty() => Some(Key::Named("Backspace")),
            KeyCode::Char('6') if is_ctrl && modifiers.is_empty() => Some(Key::Ctrl('^')),
            // Terminals that tell these from the keys of the same byte are few, and hands are used
            // to the others.
            KeyCode::Char('[') if is_ctrl && modifiers.is_empty() => Some(Key::Named("Esc")),
            KeyCode::Char('m') if is_ctrl && modifiers.is_empty() => Some(Key::Named("Enter")),
            KeyCode::Char(_) if !modifiers.is_empty() => None,
            KeyCode::Char(letter) if is_ctrl => Some(Key::Ctrl(letter.to_ascii_lowercase())),
            KeyCode::Char(letter) => Some(Key::Char(letter)),
            code => NAMED
                .into_iter()
                .find(|named| (named.1, named.2) == (code, modifiers))
                .map(|named| Key::Named(named.0)),
        }
    }

    /// The key that another program calls so, or whose name it is but for capitals.
    pub(crate) fn called_elsewhere(name: &str) -> Option<Key> {
        let plain = name.to_ascii_lowercase();
        let mut ctrl = CTRL_ELSEWHERE.iter();
        if let Some(letter) = ctrl.find_map(|prefix| plain.strip_prefix(prefix)) {
            let mut letters = letter.chars();
            let letter = letters.next().filter(|_| letters.next().is_none());
            return letter.map(Key::Ctrl);
        }
        let elsewhere = CALLED_ELSEWHERE.iter().find(|known| known.0 == plain);
        let name = elsewhere.map_or(name, |known| known.1);
        let mut named = NAMED.into_iter().map(|named| named.0).chain(["Space"]);
        let named = named.find(|own| own.eq_ignore_ascii_case(name));
        named.and_then(|own| own.parse().ok())
    }

    /// What a terminal sends for the key.
    pub(crate) fn event(self) -> KeyEvent {
        let (code, modifiers) = match self {
            Key::Char(letter) => (KeyCode::Char(letter), KeyModifiers::NONE),
            Key::Ctrl(letter) => (KeyCode::Char(letter), KeyModifiers::CONTROL),
            Key::Named(name) => NAMED
                .into_iter()
                .find(|named| named.0 == name)
                .map_or((KeyCode::Null, KeyModifiers::NONE), |named| {
                    (named.1, named.2)
                }),
        };
        KeyEvent::new(code, modifiers)
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
        let arrow = ARROWS.into_iter().find(|arrow| arrow.0 == name);
        let name = arrow.map_or(name, |arrow| arrow.1);
        if let Some(named) = NAMED.into_iter().find(|named| named.0 == name) {
            return Ok(Key::Named(named.0));
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
            _ => Err(UnknownKey::new(name)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named() -> impl Iterator<Item = Key> {
        NAMED.into_iter().map(|named| Key::Named(named.0))
    }

    #[test]
    fn a_key_is_found_by_the_name_that_it_is_shown_with() {
        let keys = [
            Key::Char('j'),
            Key::Char('↯'),
            Key::Char(' '),
            Key::Ctrl('f'),
            Key::Ctrl('^'),
        ];
        for key in keys.into_iter().chain(named()) {
            assert_eq!(key.to_string().parse(), Ok(key));
        }
    }

    #[test]
    fn a_key_is_known_by_what_a_terminal_sends_for_it() {
        for key in [Key::Char('j'), Key::Char(' '), Key::Ctrl('f')]
            .into_iter()
            .chain(named())
        {
            assert_eq!(Key::from_event(key.event()), Some(key));
        }
        for (code, modifiers, key) in [
            (
                KeyCode::Char('H'),
                KeyModifiers::CONTROL,
                Some(Key::Ctrl('h')),
            ),
            (
                KeyCode::Char('h'),
                KeyModifiers::CONTROL,
                Some(Key::Named("Backspace")),
            ),
            (
                KeyCode::Char('6'),
                KeyModifiers::CONTROL,
                Some(Key::Ctrl('^')),
            ),
            (
                KeyCode::Char('G'),
                KeyModifiers::SHIFT,
                Some(Key::Char('G')),
            ),
            (
                KeyCode::BackTab,
                KeyModifiers::SHIFT,
                Some(Key::Named("Shift-Tab")),
            ),
            (
                KeyCode::Char('['),
                KeyModifiers::CONTROL,
                Some(Key::Named("Esc")),
            ),
            (
                KeyCode::Char('i'),
                KeyModifiers::CONTROL,
                Some(Key::Ctrl('i')),
            ),
            (KeyCode::Char('j'), KeyModifiers::ALT, None),
            (KeyCode::Up, KeyModifiers::ALT, None),
        ] {
            assert_eq!(Key::from_event(KeyEvent::new(code, modifiers)), key);
        }
    }

    #[test]
    fn what_no_key_is_called_is_no_key() {
        for name in ["", "jj", "Ctrl-", "Ctrl-jj", "Insert", "space"] {
            assert_eq!(name.parse::<Key>(), Err(UnknownKey::new(name)));
        }
    }
}
