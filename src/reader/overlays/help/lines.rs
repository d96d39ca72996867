//! The help's lines, made from the table of keys.

use std::borrow::Cow;
use std::ops::Range;

use textwrap::WordSplitter;

use crate::reader::keys::keymap::{BindingGroup, Context, Keymap};

/// Columns that the keys' names take where there is room.
const KEY_COLUMNS: usize = 32;

/// A line of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HelpLine {
    pub(crate) text: HelpText,
    /// Where it begins.
    pub(crate) place: HelpPlace,
}

/// The text of a line of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum HelpText {
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
    /// How many of its characters that are no spaces come before.
    chars: usize,
}

impl HelpPlace {
    /// Whether both are in the same entry.
    pub(crate) fn is_of(self, other: HelpPlace) -> bool {
        self.entry == other.entry
    }
}

/// What no key tells.
const INTRODUCTION: [&str; 4] = [
    "The bar ▎ marks the current paragraph, which keys act on; ╶╴ marks where the new text begins after a screen down.",
    "◆ is a bookmark: beside a paragraph, in the outline, on the scrollbar.",
    "A number before a motion repeats it: 3{next-section} goes three sections on.",
    "The wheel scrolls. A click opens a note or a link, goes to a row of a list, or selects a paragraph.",
];

/// The help on lines of so many columns. Asked from the page it begins with an introduction, from
/// elsewhere with the keys of that place.
pub(crate) fn lines(keymap: &Keymap, from: Context, columns: u16) -> Vec<HelpLine> {
    let columns = usize::from(columns).max(1);
    let is_of =
        |group: &&BindingGroup| group.bindings.iter().any(|binding| binding.context == from);
    let (first, others): (Vec<&BindingGroup>, Vec<&BindingGroup>) =
        keymap.groups().iter().partition(is_of);
    let introduction = INTRODUCTION
        .iter()
        .map(|text| sentence_lines(&keymap.expand(text), columns));
    let entries_of = |groups: Vec<&BindingGroup>| -> Vec<Vec<HelpText>> {
        let groups = groups.into_iter();
        let entries = groups.flat_map(|group| group_entries(group, columns));
        entries.collect()
    };
    let first = entries_of(first).into_iter();
    let others = entries_of(others).into_iter();
    let entries: Vec<Vec<HelpText>> = match from {
        Context::Reading => introduction.chain(first).chain(others).collect(),
        // Above the first title there is no blank line.
        _ => {
            let blank = std::iter::once(vec![HelpText::Text(String::new())]);
            let first = first.skip(1);
            first
                .chain(blank)
                .chain(introduction)
                .chain(others)
                .collect()
        }
    };
    let entries = entries.into_iter().enumerate();
    entries
        .flat_map(|(entry, lines)| placed(entry, lines))
        .collect()
}

/// Where each entry begins that has the pattern, in order.
pub(crate) fn found(lines: &[HelpLine], pattern: &str) -> Vec<HelpPlace> {
    let entries = lines.chunk_by(|a, b| a.place.entry == b.place.entry);
    let has_pattern = |entry: &&[HelpLine]| {
        let (mut keys, mut words) = (Vec::new(), Vec::new());
        for line in *entry {
            match &line.text {
                HelpText::Text(text) | HelpText::Title(text) => words.push(text.as_str()),
                HelpText::Keys {
                    keys: names,
                    words: says,
                    ..
                } => {
                    keys.push(names.as_str());
                    words.push(says.as_str());
                }
            }
        }
        let has = |parts: Vec<&str>| !ranges(&parts.join(" "), pattern).is_empty();
        has(keys) || has(words)
    };
    let found = entries.filter(has_pattern);
    found
        .filter_map(|entry| Some(entry.first()?.place))
        .collect()
}

/// The bytes of a text that are the pattern, without regard to case and the forms of quotes and
/// dashes.
pub(crate) fn ranges(text: &str, pattern: &str) -> Vec<Range<usize>> {
    let pattern: Vec<char> = pattern.trim().chars().map(compared).collect();
    if pattern.is_empty() {
        return Vec::new();
    }
    let chars: Vec<char> = text.chars().map(compared).collect();
    let starts = text.char_indices().map(|(start, _)| start);
    let starts: Vec<usize> = starts.chain([text.len()]).collect();
    let windows = chars.windows(pattern.len()).enumerate();
    let found = windows.filter(|(_, window)| *window == pattern);
    found
        .filter_map(|(at, _)| Some(*starts.get(at)?..*starts.get(at + pattern.len())?))
        .collect()
}

/// A character as it is compared.
fn compared(letter: char) -> char {
    match letter {
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        '–' => '-',
        _ => letter.to_lowercase().next().unwrap_or(letter),
    }
}

/// The line that shows a place.
pub(crate) fn line_of(lines: &[HelpLine], place: HelpPlace) -> usize {
    let after = lines.partition_point(|line| line.place <= place);
    after.saturating_sub(1)
}

/// The lines of an entry, each with its place.
fn placed(entry: usize, lines: Vec<HelpText>) -> impl Iterator<Item = HelpLine> {
    let mut chars = 0;
    lines.into_iter().map(move |text| {
        let place = HelpPlace { entry, chars };
        chars += text.chars();
        HelpLine { text, place }
    })
}

fn sentence_lines(text: &str, columns: usize) -> Vec<HelpText> {
    wrapped(text, columns)
        .into_iter()
        .map(HelpText::Text)
        .collect()
}

/// A blank line, the group's title, and its bindings, each on so many lines as it needs.
fn group_entries(group: &BindingGroup, columns: usize) -> Vec<Vec<HelpText>> {
    let title = wrapped(group.title, columns)
        .into_iter()
        .map(HelpText::Title);
    let head = [vec![HelpText::Text(String::new())], title.collect()];
    let bindings = group
        .bindings
        .iter()
        .filter(|binding| !binding.keys.is_empty());
    let bindings = bindings.map(move |it| binding_lines(&it.keys, &it.words, columns));
    head.into_iter().chain(bindings).collect()
}

/// Keys on the left and what they do on the right, each on as many lines as it needs.
fn binding_lines(keys: &str, words: &str, columns: usize) -> Vec<HelpText> {
    let column = KEY_COLUMNS.min(columns * 2 / 5);
    let keys = wrapped(keys, column.saturating_sub(2).max(1));
    let words = wrapped(words, columns.saturating_sub(column).max(1));
    let (mut keys, mut words) = (keys.into_iter(), words.into_iter());
    let rows = keys.len().max(words.len());
    let line = |_| HelpText::Keys {
        keys: keys.next().unwrap_or_default(),
        words: words.next().unwrap_or_default(),
        column,
    };
    (0..rows).map(line).collect()
}

impl HelpText {
    /// How many chars it has; blanks come and go with the width.
    fn chars(&self) -> usize {
        let count = |text: &str| {
            text.chars()
                .filter(|letter| !letter.is_whitespace())
                .count()
        };
        match self {
            HelpText::Text(text) | HelpText::Title(text) => count(text),
            HelpText::Keys { keys, words, .. } => count(keys) + count(words),
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
            let lines = lines(&Keymap::standard(), from, 76);
            let mut titles = lines.iter().filter_map(|line| match &line.text {
                HelpText::Title(title) => Some(title),
                _ => None,
            });
            assert!(titles.next().is_some_and(|first| first.starts_with(title)));
        }
    }

    #[test]
    fn elsewhere_than_on_the_page_the_keys_of_the_place_are_the_first_line() {
        for from in [Context::Note, Context::List, Context::Bookmarks] {
            let lines = lines(&Keymap::standard(), from, 76);
            let first = lines.first().map(|line| &line.text);
            assert!(
                matches!(first, Some(HelpText::Title(_))),
                "{from:?}: {first:?}"
            );
        }
    }

    #[test]
    fn a_pattern_is_found_in_keys_and_in_words_without_regard_to_case() {
        let parts = |text: &str, pattern: &str| {
            let ranges = ranges(text, pattern).into_iter();
            let parts = ranges.filter_map(|range| text.get(range).map(str::to_owned));
            parts.collect::<Vec<_>>()
        };
        assert_eq!(parts("Ctrl-r", "ctrl-R"), ["Ctrl-r"]);
        assert_eq!(parts("a letter a–z", "a-z"), ["a–z"]);
        assert_eq!(parts("aaa", "a"), ["a", "a", "a"]);
        assert!(parts("abc", " ").is_empty());
        let found_at = |columns, pattern| {
            let lines = lines(&Keymap::standard(), Context::Reading, columns);
            found(&lines, pattern).len()
        };
        for columns in [20, 76] {
            assert_eq!(found_at(columns, "undo the last change to bookmarks"), 1);
            assert_eq!(found_at(columns, "qqq"), 0);
        }
    }

    #[test]
    fn a_place_in_the_help_is_on_a_line_of_its_entry_at_any_width() {
        let wide = lines(&Keymap::standard(), Context::Reading, 76);
        for columns in [1, 7, 30, 76, 200] {
            let lines = lines(&Keymap::standard(), Context::Reading, columns);
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
            for line in lines(&Keymap::standard(), Context::Reading, columns) {
                if let HelpText::Keys {
                    keys, words: says, ..
                } = line.text
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
