//! Sets of keys that people know from other programs.

use super::Context::{self, Note, Reading};
use super::custom::Custom;

/// Which keys there are before the reader binds any.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Preset {
    #[default]
    Default,
    Less,
    Vim,
}

const LESS: &[(Context, &str, &str)] = &[
    (Reading, "f", "screen-down"),
    (Reading, "b", "screen-up"),
    (Reading, "e", "line-down"),
    (Reading, "y", "line-up"),
    (Reading, "<", "beginning"),
    (Reading, ">", "end"),
    (Reading, "h", "help"),
    (Reading, "Q", "quit"),
    (Reading, "ZZ", "quit"),
    (Reading, "q", "quit"),
    (Reading, "i", "note"),
    (Reading, "a", "bookmark"),
    (Reading, "c", "copy"),
    (Reading, "v", "edit-file"),
    (Note, "b", "screen-up"),
    (Note, "c", "copy"),
    (Note, "y", "line-up"),
    (Note, "e", "line-down"),
];

const VIM: &[(Context, &str, &str)] = &[
    (Reading, "gg", "beginning"),
    (Reading, "gv", "select-again"),
    (Reading, "]]", "next-section"),
    (Reading, "[[", "previous-section"),
    (Reading, "Ctrl-e", "line-down"),
    (Reading, "Ctrl-y", "line-up"),
    (Reading, "j", "line-down"),
    (Reading, "k", "line-up"),
    (Reading, "H", "screen-top"),
    (Reading, "M", "screen-middle"),
    (Reading, "L", "screen-bottom"),
    (Reading, "u", "undo"),
    (Reading, "d", "none"),
    (Reading, "ZZ", "quit"),
    (Reading, "ZQ", "quit"),
    (Reading, "q", "quit"),
    (Note, "gg", "beginning"),
    (Note, "Ctrl-e", "line-down"),
    (Note, "Ctrl-y", "line-up"),
    (Note, "j", "line-down"),
    (Note, "k", "line-up"),
];

impl Preset {
    pub(crate) const ALL: [(&'static str, Preset); 3] = [
        ("default", Preset::Default),
        ("less", Preset::Less),
        ("vim", Preset::Vim),
    ];

    /// What it binds otherwise than the table. What is bound last is named first.
    pub(super) fn customs(self) -> impl Iterator<Item = Custom> {
        let bound = match self {
            Preset::Default => &[],
            Preset::Less => LESS,
            Preset::Vim => VIM,
        };
        bound.iter().map(|&(context, keys, command)| Custom {
            context,
            keys: keys.to_owned(),
            command: command.to_owned(),
        })
    }
}
