//! The help's lines, made from the table of keys.

use super::keymap::{Binding, GROUPS};

/// A line of the help.
#[derive(Debug, Clone, Copy)]
pub(crate) enum HelpLine {
    Text(&'static str),
    Title(&'static str),
    Keys(&'static Binding),
}

/// The lines of the help, from the top.
pub(crate) fn lines() -> impl Iterator<Item = HelpLine> {
    let intro = [
        "The bar beside a paragraph shows the one that keys act on.",
        "Figures before a motion repeat it: 3] goes on three sections.",
    ];
    let groups = GROUPS.iter().flat_map(|group| {
        let keys = group.bindings.iter().map(HelpLine::Keys);
        [HelpLine::Text(""), HelpLine::Title(group.title)]
            .into_iter()
            .chain(keys)
    });
    intro.map(HelpLine::Text).into_iter().chain(groups)
}

/// How many lines the help has.
pub(crate) fn length() -> usize {
    lines().count()
}
