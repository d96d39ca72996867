//! Whether a source says something near its beginning: enough where a note is named too.

use super::super::Source;
use super::super::names::Names;
use super::super::short::title_words;
use super::super::words::Words;

/// Whether a source says the words of a title anywhere near its beginning: the name of a case.
pub(super) fn says_title(source: &Source, title: &str) -> bool {
    let words = near(source);
    has_words(&title_words(&words, &(0..words.len())), title)
}

/// Whether a source says a title word for word near its beginning: that of the book it stands in, or
/// a second one. One word may stand there by chance.
pub(super) fn says_whole_title(source: &Source, title: &str) -> bool {
    let words = near(source);
    let is_long = title.split_whitespace().nth(1).is_some();
    is_long && title_words(&words, &(0..words.len())).contains(title)
}

/// Whether a source says the words of a name anywhere near its beginning.
pub(super) fn says(source: &Source, names: &Names) -> bool {
    let words = near(source);
    let all = Names::whole(&words, &(0..words.len()));
    has_words(&all.key(), &names.key())
}

/// Whether a text has all words of another in their order, however an umlaut is written: what is
/// "Mabo (No 2)" in short is "Mabo v Queensland (No 2)".
fn has_words(text: &str, wanted: &str) -> bool {
    let plain = |word: &str| {
        word.replace("ae", "a")
            .replace("oe", "o")
            .replace("ue", "u")
    };
    let mut text = text.split_whitespace().map(plain);
    wanted.split_whitespace().all(|word| {
        let word = plain(word);
        text.any(|other| other == word)
    })
}

/// A source's first words.
fn near(source: &Source) -> Words<'_> {
    const NEAR: usize = 600;
    let end = source.text.floor_char_boundary(NEAR);
    Words::read(source.text.get(..end).unwrap_or_default(), &[], &[])
}
