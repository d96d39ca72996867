//! What is cited in full more than once.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use crate::paper::{NoteId, Paper};

use super::super::fold::{are_one_title, bare_address, folded};
use super::super::{NoteSegment, Source, SourceId, Sources};
use super::{Finding, FindingKind, label, location_of};

/// Notes that give their sources in the very words of a note before.
pub(super) fn given_twice(paper: &Paper, sources: &Sources) -> Vec<Finding> {
    let mut seen: HashMap<String, NoteId> = HashMap::new();
    let mut findings = Vec::new();
    for (index, note) in paper.notes.iter().enumerate() {
        let id = NoteId(index);
        // A part of a law, which has no title of its own, is cited in full each time.
        let gives = |part: &NoteSegment| match part {
            NoteSegment::Full(id) => sources.get(*id).is_some_and(|it| !it.title.is_empty()),
            _ => false,
        };
        if !sources.of_note(id).iter().any(gives) {
            continue;
        }
        let blocks = paper.blocks.get(note.blocks.clone()).unwrap_or_default();
        let authors = blocks.iter().filter(|block| block.is_authors());
        let text: Vec<&str> = authors
            .flat_map(|block| block.text.split_whitespace())
            .collect();
        match seen.entry(text.join(" ")) {
            Entry::Vacant(entry) => {
                entry.insert(id);
            }
            Entry::Occupied(entry) if are_of_two_languages(paper, id, *entry.get()) => {}
            Entry::Occupied(entry) => findings.push(Finding {
                location: note.location,
                kind: FindingKind::NoteRepeated {
                    note: label(paper, id),
                    earlier: label(paper, *entry.get()),
                },
            }),
        }
    }
    findings
}

/// Sources of notes, or of the list of references, that are the same work, by their link or by author,
/// date and title, in other words. That a note gives what the list has as well is how it is done.
pub(super) fn cited_in_two_ways(paper: &Paper, sources: &Sources) -> Vec<Finding> {
    let mut known: HashMap<(bool, String), SourceId> = HashMap::new();
    let mut findings = Vec::new();
    let shared = shared_addresses(sources);
    for (index, source) in sources.all().iter().enumerate() {
        let mut twin = None;
        let known_as = |words: &str, known: SourceId| {
            let known = sources.get(known);
            !is_of_words(words) || known.is_some_and(|known| may_go_by_title(known, source))
        };
        let told = identities(source).into_iter();
        for identity in told.filter(|identity| !shared.contains(identity)) {
            match known.entry((source.note.is_some(), identity)) {
                Entry::Vacant(entry) => {
                    entry.insert(SourceId(index));
                }
                Entry::Occupied(entry) if known_as(&entry.key().1, *entry.get()) => {
                    twin = twin.or(Some(*entry.get()));
                }
                Entry::Occupied(_) => {}
            }
        }
        let twin = twin.and_then(|twin| sources.get(twin));
        let is_blamed = |twin: &&Source| {
            let notes = twin.note.zip(source.note);
            let is_translated = |(one, other)| are_of_two_languages(paper, other, one);
            in_other_words(twin, source) && !notes.is_some_and(is_translated)
        };
        if let Some(twin) = twin.filter(is_blamed) {
            findings.push(Finding {
                location: location_of(paper, source.passage.start.block),
                kind: FindingKind::SourceRepeated {
                    source: source.name.clone(),
                    earlier: twin.name.clone(),
                },
            });
        }
    }
    findings
}

/// The addresses of several works, as a page that lists the links of a whole book: they tell none.
fn shared_addresses(sources: &Sources) -> HashSet<String> {
    let mut first: HashMap<String, &Source> = HashMap::new();
    let mut shared = HashSet::new();
    for source in sources.all() {
        for address in addresses(source) {
            match first.entry(address) {
                Entry::Vacant(entry) => {
                    entry.insert(source);
                }
                Entry::Occupied(entry) => {
                    if !may_be_one(entry.get(), source) {
                        shared.insert(entry.key().clone());
                    }
                }
            }
        }
    }
    shared
}

/// Whether two sources with one address agree in what both say: one title may go on where the other
/// ends. Without titles only the same words are enough.
pub(super) fn may_be_one(one: &Source, other: &Source) -> bool {
    let heads = (&one.author_key, &other.author_key);
    let surname = |key: &str| folded(key.split([',', ' ']).next().unwrap_or_default());
    let has_title = |source: &Source| source.title.contains(char::is_alphanumeric);
    let is_title = has_title(one) && has_title(other) && are_one_title(&one.title, &other.title);
    let is_head = heads.0.is_empty() || heads.1.is_empty() || surname(heads.0) == surname(heads.1);
    is_head && is_title || !in_other_words(one, other)
}

/// The addresses of a source that are more than a site's.
fn addresses(source: &Source) -> impl Iterator<Item = String> {
    let links = source.links.iter().map(|link| bare_address(link));
    links.filter(|link| link.contains('/'))
}

/// By what a source is known to be the same as another.
fn identities(source: &Source) -> Vec<String> {
    let mut all: Vec<String> = addresses(source).collect();
    if !source.title.is_empty() && !source.head.is_empty() && !source.dates.is_empty() {
        let words = format!("{} {:?} {}", source.head, source.dates, source.title);
        all.push(format!("{OF_WORDS}{}", folded(&words)));
    }
    all
}

/// Before an identity that is of words: no address has a blank.
const OF_WORDS: &str = "by words ";

fn is_of_words(identity: &str) -> bool {
    identity.starts_with(OF_WORDS)
}

/// Whether sources of one author, date and title are one work for certain. The names of the parties stand
/// over several decisions, and what was read as a title of a word may be part of a name, as "on Ethics"
/// of an opinion of a committee on ethics: then the words up to the place in the work must agree.
fn may_go_by_title(one: &Source, other: &Source) -> bool {
    const LONG_LETTERS: usize = 4;
    let title = &other.title;
    let is_long = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() >= LONG_LETTERS;
    let words = title.split(|c: char| !c.is_alphanumeric());
    let is_case = ["v.", "v", "vs."];
    let is_case = title.split_whitespace().any(|word| is_case.contains(&word));
    !is_case && words.filter(is_long).count() > 1 || before_place(one) == before_place(other)
}

/// The words of a source up to what is put in brackets, or to a number behind a comma that is no year.
fn before_place(source: &Source) -> String {
    const YEAR_DIGITS: usize = 4;
    let text = source.text.split(['(', '[']).next().unwrap_or_default();
    let is_place = |piece: &&str| {
        let piece = piece.trim_start();
        let digits = piece.chars().take_while(char::is_ascii_digit).count();
        digits > 0 && digits != YEAR_DIGITS || piece.starts_with("at ")
    };
    let pieces = text.split(',').enumerate();
    let before = pieces.take_while(|(at, piece)| *at == 0 || !is_place(piece));
    let words: Vec<&str> = before.map(|(_, piece)| piece).collect();
    let folded = folded(&words.join(","));
    folded
        .trim_end_matches(|c: char| !c.is_alphanumeric())
        .to_owned()
}

/// Whether a note has the number of another, as where a paper stands in two languages side by side, each
/// with its notes: what the second says the first says too.
fn are_of_two_languages(paper: &Paper, note: NoteId, earlier: NoteId) -> bool {
    let printed = |note| {
        let label = paper.note(note).map(|note| note.label.as_str());
        let number = label.and_then(|label| label.split('.').next());
        number.filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    note != earlier && printed(note).is_some() && printed(note) == printed(earlier)
}

fn in_other_words(one: &Source, other: &Source) -> bool {
    let words = |source: &Source| folded(&source.text.replace(&source.accessed, ""));
    words(one) != words(other)
}
