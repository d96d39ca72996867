//! Keys that are pressed one after the other, by the name that help and configuration call them.

use std::fmt;
use std::str::FromStr;

use crate::reader::keys::key::{Key, UnknownKey};

/// One key, or a few after each other: `j`, `gg`, `<Space>n`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeySequence(Vec<Key>);

impl KeySequence {
    pub(crate) fn keys(&self) -> &[Key] {
        &self.0
    }

    /// Whether this is how the other begins, and not all of it.
    pub(crate) fn is_prefix_of(&self, other: &KeySequence) -> bool {
        self.0.len() < other.0.len() && other.0.starts_with(&self.0)
    }
}

impl From<Vec<Key>> for KeySequence {
    fn from(keys: Vec<Key>) -> Self {
        KeySequence(keys)
    }
}

/// A key by its name alone, or several by their characters and by their names in angle brackets.
impl FromStr for KeySequence {
    type Err = UnknownKey;

    fn from_str(name: &str) -> Result<Self, UnknownKey> {
        if let Ok(key) = name.parse::<Key>() {
            return Ok(vec![key].into());
        }
        if Key::called_elsewhere(name).is_some() {
            return Err(UnknownKey::new(name));
        }
        let mut keys = Vec::new();
        let mut rest = name;
        while let Some(first) = rest.chars().next() {
            let in_brackets = rest
                .strip_prefix('<')
                .and_then(|inner| inner.split_once('>'));
            if let Some((key, after)) = in_brackets {
                keys.push(key.parse()?);
                rest = after;
            } else if first == ' ' {
                return Err(UnknownKey::new(name));
            } else {
                keys.push(Key::Char(first));
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
        // A word that is no key is rather a name that was mistyped than a long sequence.
        let is_word = keys.len() > MAX_SEQUENCE_KEYS;
        if keys.is_empty() || is_word {
            return Err(UnknownKey::new(name));
        }
        Ok(KeySequence(keys))
    }
}

/// The most keys of a sequence.
const MAX_SEQUENCE_KEYS: usize = 3;

impl fmt::Display for KeySequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let [key] = self.0[..] {
            return key.fmt(f);
        }
        self.0.iter().try_for_each(|key| match key {
            Key::Char(letter) if *letter != ' ' => write!(f, "{letter}"),
            key => write!(f, "<{key}>"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_is_known_by_the_name_that_it_is_shown_with() {
        for (name, keys) in [
            ("j", 1),
            ("Space", 1),
            ("<", 1),
            ("gg", 2),
            ("<Space>n", 2),
            ("<Ctrl-w>j", 2),
            ("z<Enter>", 2),
            ("]]", 2),
        ] {
            let sequence: KeySequence = name.parse().unwrap();
            assert_eq!(sequence.keys().len(), keys, "{name}");
            assert_eq!(sequence.to_string(), name);
        }
    }

    #[test]
    fn what_is_no_key_is_no_sequence() {
        for name in ["", "PagDown", "esc", "<Spce>n", "g g", "quit"] {
            assert!(name.parse::<KeySequence>().is_err(), "{name}");
        }
    }

    #[test]
    fn what_another_program_calls_a_key_is_told_by_its_name_here_and_is_no_sequence() {
        for (name, meant) in [
            ("C-k", "Ctrl-k"),
            ("<C-K>", "Ctrl-k"),
            ("Ctrl+k", "Ctrl-k"),
            ("ctrl-k", "Ctrl-k"),
            ("<CR>", "Enter"),
            ("esc", "Esc"),
            ("PgDown", "PageDown"),
            ("pagedown", "PageDown"),
            ("g<space>", "Space"),
        ] {
            let unknown = name.parse::<KeySequence>().unwrap_err();
            let meant_here = unknown.meant.map(|key| key.to_string());
            assert_eq!(meant_here.as_deref(), Some(meant), "{name}");
        }
    }
}
