//! The help's lines, made from the table of keys.

use std::borrow::Cow;

use textwrap::WordSplitter;

use super::keymap::{Context, GROUPS, Group};

/// Columns that the keys' names take where there is room.
const KEY_COLUMNS: usize = 32;

/// A line of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum HelpLine {
    Text(String),
    Title(String),
    /// Keys, and what they do from the given column on.
    Keys {
        keys: String,
        words: String,
        column: usize,
    },
}

/// What no key tells.
const INTRODUCTION: [&str; 4] = [
    "The bar ▎ beside a paragraph shows the one that keys act on; ╶╴ marks where the new text of a turned screen begins.",
    "◆ beside a paragraph, in the outline and on the scrollbar is a bookmark.",
    "Figures before a motion repeat it: 3] goes on three sections.",
    "The wheel scrolls. A click opens a marker or a link, goes to a row of a list, takes a paragraph in hand.",
];

/// The help on lines of so many columns, first the keys of the place that it was asked from.
pub(crate) fn lines(from: Context, columns: u16) -> Vec<HelpLine> {
    let columns = usize::from(columns).max(1);
    let is_of = |group: &&Group| group.bindings.iter().any(|binding| binding.context == from);
    let (first, others): (Vec<&Group>, Vec<&Group>) = GROUPS.iter().partition(is_of);
    let mut lines: Vec<HelpLine> = INTRODUCTION
        .iter()
        .flat_map(|text| wrapped(text, columns))
        .map(HelpLine::Text)
        .collect();
    for group in first.into_iter().chain(others) {
        lines.push(HelpLine::Text(String::new()));
        lines.extend(
            wrapped(group.title, columns)
                .into_iter()
                .map(HelpLine::Title),
        );
        for binding in group.bindings {
            lines.extend(binding_lines(binding.keys, binding.words, columns));
        }
    }
    lines
}

/// Keys on the left and what they do on the right, each on as many lines as it needs.
fn binding_lines(keys: &str, words: &str, columns: usize) -> impl Iterator<Item = HelpLine> {
    let column = KEY_COLUMNS.min(columns * 2 / 5);
    let keys = wrapped(keys, column.saturating_sub(2).max(1));
    let words = wrapped(words, columns.saturating_sub(column).max(1));
    let (mut keys, mut words) = (keys.into_iter(), words.into_iter());
    let rows = keys.len().max(words.len());
    (0..rows).map(move |_| HelpLine::Keys {
        keys: keys.next().unwrap_or_default(),
        words: words.next().unwrap_or_default(),
        column,
    })
}

fn wrapped(text: &str, columns: usize) -> Vec<String> {
    // `Ctrl-b` is one word.
    let options = textwrap::Options::new(columns).word_splitter(WordSplitter::NoHyphenation);
    textwrap::wrap(text, options)
        .into_iter()
        .map(Cow::into_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_begins_with_the_keys_of_the_place_that_it_was_asked_from() {
        for (from, title) in [
            (Context::Reading, "Moving"),
            (Context::Note, "In an open note"),
        ] {
            let lines = lines(from, 76);
            let mut titles = lines.iter().filter_map(|line| match line {
                HelpLine::Title(title) => Some(title),
                _ => None,
            });
            assert!(titles.next().is_some_and(|first| first.starts_with(title)));
        }
    }

    #[test]
    fn every_word_of_the_help_is_there_at_any_width() {
        let words = |columns| {
            let mut words: Vec<String> = Vec::new();
            for line in lines(Context::Reading, columns) {
                if let HelpLine::Keys {
                    keys, words: says, ..
                } = line
                {
                    words.extend(
                        format!("{keys} {says}")
                            .split_whitespace()
                            .map(str::to_owned),
                    );
                }
            }
            words.sort_unstable();
            words
        };
        assert_eq!(words(36), words(200));
    }
}
