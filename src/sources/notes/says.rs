//! Whether a source says something near its beginning: enough where a note is named too.

use super::super::designation::Designation;
use super::super::languages::Class;
use super::super::names::Names;
use super::super::record::legal_kind;
use super::super::short::title_words;
use super::super::vocabulary::{cited_within, reporter};
use super::super::words::Words;
use super::super::{Source, SourceKind};
use super::abridged::volume_number;

/// Whether a source says the words of a title anywhere near its beginning: the name of a case.
pub(super) fn says_title(source: &Source, title: &str) -> bool {
    let text = near(source);
    let words = Words::read(&text, &[], &[]);
    has_words(&title_words(&words, &(0..words.len())), title)
}

/// Whether a source says a title word for word near its beginning: that of the book it stands in, or
/// a second one. One word may stand there by chance.
pub(super) fn says_whole_title(source: &Source, title: &str) -> bool {
    let is_long = title.split_whitespace().nth(1).is_some();
    is_long && says_words(source, title)
}

/// Whether a source says the words of a title, one behind the other, near its beginning.
pub(super) fn says_words(source: &Source, title: &str) -> bool {
    let text = near(source);
    let words = Words::read(&text, &[], &[]);
    title_words(&words, &(0..words.len())).contains(title)
}

/// Whether a source says the number of its volume near its beginning.
pub(super) fn says_volume(source: &Source, number: &str) -> bool {
    let text = near(source);
    let words = Words::read(&text, &[], &[]);
    let mut volumes = (0..words.len()).filter_map(|at| volume_number(&words, at));
    volumes.any(|at| words.folded(at) == number)
}

/// Whether a source says the words of a name anywhere near its beginning.
pub(super) fn says(source: &Source, names: &Names) -> bool {
    let text = near(source);
    let words = Words::read(&text, &[], &[]);
    let all = Names::whole(&words, &(0..words.len()));
    has_words(&all.key(), &names.key())
}

/// Whether a source's first word is this one, folded.
pub(super) fn begins_with(source: &Source, word: &str) -> bool {
    let text = near(source);
    let words = Words::read(&text, &[], &[]);
    words.folded(0) == word
}

/// Whether a source is a paper of a case, and not its judgment: "Transcript of Oral Argument at 83".
pub(super) fn is_filing(source: &Source) -> bool {
    let text = near(source);
    let words = Words::read(&text, &[], &[]);
    words.is_capital(0) && words.is(0, Class::Filing)
}

/// Whether a source is a judgment of this name, by the words before its report.
pub(super) fn is_case_named(source: &Source, names: &Names) -> bool {
    let text = near(source);
    let words = Words::read(&text, &[], &[]);
    let name = |report: usize| Names::whole(&words, &(0..report)).key();
    report(&words).is_some_and(|report| has_words(&name(report), &names.key()))
}

/// Whether a source reads as a judgment.
pub(super) fn is_judgment(source: &Source) -> bool {
    let text = near(source);
    let words = Words::read(&text, &[], &[]);
    let kind = legal_kind(&words, &(0..words.len()), &source.dates);
    kind == Some(SourceKind::Judgment)
}

/// Where the volume of a report of judgments stands: "347 U.S.", but no journal's.
pub(super) fn report(words: &Words<'_>) -> Option<usize> {
    let is_volume = |at: &usize| words.is_number(*at) && reporter(words, at + 1).is_some();
    (0..words.len()).find(is_volume)
}

/// Whether the first words of a source have these initials: "SFFA" is "Students for Fair Admissions".
pub(super) fn begins_with_initials(source: &Source, acronym: &str) -> bool {
    let text = near(source);
    let words = Words::read(&text, &[], &[]);
    let first = (0..words.len()).take_while(|at| words.is_word(*at));
    let initials = first.filter_map(|at| words.raw(at).chars().next());
    let initials: String = initials.flat_map(char::to_uppercase).collect();
    initials.starts_with(acronym)
}

/// The page on which a judgment begins in the volume of a report, if the source is first of all
/// that judgment's; and how many words stand before the report.
pub(super) fn first_page(source: &Source, designation: &str) -> Option<(String, usize)> {
    let text = near(source);
    let words = Words::read(&text, &[], &[]);
    let mut all = (0..words.len()).map(|at| (at, Designation::read(&words, at)));
    let (before, read) = all.find_map(|(at, read)| Some((at, read?)))?;
    let is_own = read.key == designation && !read.is_pinpoint;
    is_own.then(|| (words.folded(read.next - 1).to_owned(), before))
}

/// Whether a text has all words of another in their order, however an umlaut is written: what is
/// "Mabo (No 2)" in short is "Mabo v Queensland (No 2)".
fn has_words(text: &str, wanted: &str) -> bool {
    let plain = |word: &str| {
        word.replace("ae", "a")
            .replace("oe", "o")
            .replace("ue", "u")
    };
    // "WP251" is what "WP251rev.01" goes by.
    let is_of = |word: &str, other: &str| {
        let rest = other.strip_prefix(word);
        rest.is_some_and(|rest| rest.is_empty() || is_coded(word) && is_of_letters(rest))
    };
    let mut text = text.split_whitespace().map(plain);
    wanted.split_whitespace().all(|word| {
        let word = plain(word);
        text.any(|other| is_of(&word, &other))
    })
}

/// Whether a word is letters and a number: "WP251".
fn is_coded(word: &str) -> bool {
    word.starts_with(char::is_alphabetic) && word.ends_with(|c: char| c.is_ascii_digit())
}

fn is_of_letters(word: &str) -> bool {
    word.chars().all(char::is_alphabetic)
}

/// A source's first words, but for those of what it cites itself.
pub(super) fn near(source: &Source) -> String {
    const NEAR: usize = 600;
    let end = source.text.floor_char_boundary(NEAR);
    let mut text = source.text.get(..end).unwrap_or_default().to_owned();
    let words = Words::read(&text, &[], &[]);
    let cited = cited_within(&words, &(0..words.len()));
    let cited: Vec<_> = cited.iter().map(|stretch| words.bytes(stretch)).collect();
    for stretch in cited.into_iter().rev() {
        text.replace_range(stretch, "");
    }
    text
}
