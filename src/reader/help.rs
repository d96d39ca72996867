//! The help's lines, made from the table of keys.

use std::borrow::Cow;

use textwrap::WordSplitter;

use super::keymap::{Context, GROUPS, Group};

/// Columns that the keys' names take where there is room.
const KEY_COLUMNS: usize = 32;

/// A line of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HelpLine {
    pub(crate) says: Says,
    /// Where it begins.
    pub(crate) place: HelpPlace,
}

/// What a line of the help says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Says {
    Text(String),
    Title(String),
    /// Keys, and what they do from the given column on.
    Keys {
        keys: String,
        words: String,
        column: usize,
    },
}

/// A place in the help, however wide its lines are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct HelpPlace {
    /// A sentence, a title or a binding, by its place among all of them.
    entry: usize,
    /// How many of its letters stand before.
    letters: usize,
}

/// What no key tells.
const INTRODUCTION: [&str; 4] = [
    "The bar ▎ marks the current paragraph, which keys act on; ╶╴ marks where the new text begins after a screen down.",
    "◆ is a bookmark: beside a paragraph, in the outline, on the scrollbar.",
    "A number before a motion repeats it: 3] goes three sections on.",
    "The wheel scrolls. A click opens a note or a link, goes to a row of a list, or selects a paragraph.",
];

/// The help on lines of so many columns, first the keys of the place that it was asked from.
pub(crate) fn lines(from: Context, columns: u16) -> Vec<HelpLine> {
    let columns = usize::from(columns).max(1);
    let is_of = |group: &&Group| group.bindings.iter().any(|binding| binding.context == from);
    let (first, others): (Vec<&Group>, Vec<&Group>) = GROUPS.iter().partition(is_of);
    let introduction = INTRODUCTION
        .iter()
        .map(|text| sentence_lines(text, columns));
    let groups = first.into_iter().chain(others);
    let groups = groups.flat_map(|group| group_entries(group, columns));
    let entries = introduction.chain(groups).enumerate();
    entries
        .flat_map(|(entry, lines)| placed(entry, lines))
        .collect()
}

/// The line that shows a place.
pub(crate) fn line_of(lines: &[HelpLine], place: HelpPlace) -> usize {
    let after = lines.partition_point(|line| line.place <= place);
    after.saturating_sub(1)
}

/// The lines of an entry, each with its place.
fn placed(entry: usize, lines: Vec<Says>) -> impl Iterator<Item = HelpLine> {
    let mut letters = 0;
    lines.into_iter().map(move |says| {
        let place = HelpPlace { entry, letters };
        letters += says.letters();
        HelpLine { says, place }
    })
}

fn sentence_lines(text: &str, columns: usize) -> Vec<Says> {
    wrapped(text, columns).into_iter().map(Says::Text).collect()
}

/// A blank line, the group's title, and its bindings, each on so many lines as it needs.
fn group_entries(group: &Group, columns: usize) -> impl Iterator<Item = Vec<Says>> {
    let title = wrapped(group.title, columns).into_iter().map(Says::Title);
    let head = [vec![Says::Text(String::new())], title.collect()];
    let bindings = group.bindings.iter();
    let bindings = bindings.map(move |binding| binding_lines(binding.keys, binding.words, columns));
    head.into_iter().chain(bindings)
}

/// Keys on the left and what they do on the right, each on as many lines as it needs.
fn binding_lines(keys: &str, words: &str, columns: usize) -> Vec<Says> {
    let column = KEY_COLUMNS.min(columns * 2 / 5);
    let keys = wrapped(keys, column.saturating_sub(2).max(1));
    let words = wrapped(words, columns.saturating_sub(column).max(1));
    let (mut keys, mut words) = (keys.into_iter(), words.into_iter());
    let rows = keys.len().max(words.len());
    let line = |_| Says::Keys {
        keys: keys.next().unwrap_or_default(),
        words: words.next().unwrap_or_default(),
        column,
    };
    (0..rows).map(line).collect()
}

impl Says {
    /// How many letters it has; blanks come and go with the width.
    fn letters(&self) -> usize {
        let count = |text: &str| {
            text.chars()
                .filter(|letter| !letter.is_whitespace())
                .count()
        };
        match self {
            Says::Text(text) | Says::Title(text) => count(text),
            Says::Keys { keys, words, .. } => count(keys) + count(words),
        }
    }
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
            let mut titles = lines.iter().filter_map(|line| match &line.says {
                Says::Title(title) => Some(title),
                _ => None,
            });
            assert!(titles.next().is_some_and(|first| first.starts_with(title)));
        }
    }

    #[test]
    fn a_place_in_the_help_is_on_a_line_of_its_entry_at_any_width() {
        let wide = lines(Context::Reading, 76);
        for columns in [1, 7, 30, 76, 200] {
            let lines = lines(Context::Reading, columns);
            for (index, line) in lines.iter().enumerate() {
                assert_eq!(line_of(&lines, line.place), index, "{columns}: {line:?}");
                let there = &wide[line_of(&wide, line.place)];
                assert_eq!(there.place.entry, line.place.entry);
            }
        }
    }

    #[test]
    fn every_word_of_the_help_is_there_at_any_width() {
        let words = |columns| {
            let mut words: Vec<String> = Vec::new();
            for line in lines(Context::Reading, columns) {
                if let Says::Keys {
                    keys, words: says, ..
                } = line.says
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
