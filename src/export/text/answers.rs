//! What the short citations of a note are short for, beneath the note.

use crate::paper::{Block, Kind, Link, Nest, NoteId, Paper, SourceLocation, Target};
use crate::sources::{NoteSegment, Resolution, Short, SourceId, Sources};

/// The most short citations of a note, and sources of one of them, that are answered.
const MAX_ANSWERS: usize = 50;

/// The most characters of a short citation that are repeated.
const MAX_QUOTED_CHARS: usize = 40;

/// A block for each short citation; they stand under the note's text, as far in.
pub(super) fn answers(paper: &Paper, sources: &Sources, note: NoteId) -> Vec<Block> {
    let parts = sources.of_note(note);
    let shorts = parts.iter().filter_map(|part| match part {
        NoteSegment::Short(short) => Some(short),
        _ => None,
    });
    let is_only = parts.len() == 1;
    let answers = shorts.take(MAX_ANSWERS);
    answers
        .flat_map(|short| answer(paper, sources, short, is_only))
        .map(block)
        .collect()
}

/// The lines that answer one citation. It is named where the note has others.
fn answer(paper: &Paper, sources: &Sources, short: &Short, is_only: bool) -> Vec<String> {
    let words = paper.words(short.passage);
    let quote: String = words.chars().take(MAX_QUOTED_CHARS).collect();
    let more = if quote.len() < words.len() { "…" } else { "" };
    let quoted = if is_only {
        String::new()
    } else {
        format!("“{quote}{more}”: ")
    };
    match &short.outcome {
        Resolution::Resolved { sources: ids, why } => {
            let named = named(sources, ids, '→');
            named.chain([format!("{quoted}{why}")]).collect()
        }
        Resolution::Ambiguous {
            candidates,
            looked_for,
        } => {
            let named = named(sources, candidates, '?');
            let these = match candidates.len() {
                1 => "may be this",
                _ => "could be any of these",
            };
            let why = format!("{quoted}{these} (looking for {looked_for}):");
            std::iter::once(why).chain(named).collect()
        }
        Resolution::Unresolved { looked_for, .. } => {
            vec![format!("{quoted}unresolved (looked for {looked_for})")]
        }
    }
}

fn named(sources: &Sources, ids: &[SourceId], sign: char) -> impl Iterator<Item = String> {
    let named = ids
        .iter()
        .take(MAX_ANSWERS)
        .filter_map(|id| sources.get(*id));
    named.map(move |source| format!("{sign} {}  {}", source.name, source.text))
}

/// A paragraph as far in as a note's text.
fn block(text: String) -> Block {
    Block {
        links: addresses(&text),
        kind: Kind::Paragraph,
        text,
        nesting: vec![Nest::Note { number: None }],
        spans: Vec::new(),
        markers: Vec::new(),
        tight: true,
        paragraph: 0,
        start: 0,
        location: SourceLocation::Unknown,
    }
}

/// The words that are addresses, as links to themselves.
fn addresses(text: &str) -> Vec<Link> {
    let mut links = Vec::new();
    let mut start = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let address = word.trim_end();
        if address.contains("://") {
            let target = Target::Address(address.into());
            links.push(Link::new(start..start + address.len(), target));
        }
        start += word.len();
    }
    links
}
