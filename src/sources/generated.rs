//! The laws of sources, tried on papers whose notes are made from pieces of citations.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::laws::hold;
use crate::formats::markdown::parse;

/// Pieces that citations are made of, and what breaks them.
const PIECES: [&str; 49] = [
    "John Smith",
    "Smith",
    "Smith, J.",
    "Jones",
    " & ",
    " and ",
    " et al.",
    ", ",
    "; ",
    ". ",
    " ",
    " (2019)",
    " 2019",
    " (2019a)",
    " 2021a, b",
    " (2025, 30 October)",
    " (4 February 2022)",
    " *The Long Title*",
    " “A Title”",
    " The long title.",
    "Ibid.",
    "ibid.",
    "Ders.",
    "Id.",
    " op. cit.",
    ", ob. cit.",
    ", a.a.O.",
    "See note 2 above",
    "(n 3)",
    ", supra note 1, at 4",
    "see below, note 4",
    "Vgl. Fn. 2",
    "voir note 5 supra",
    ", p. 4",
    ", S. 5 ff.",
    " (London: Verso, 2019), 45",
    " https://example.org/a-b",
    " (last accessed 27 April 2026)",
    "Joint Statement of X",
    "Joint Statements 2022, 2023",
    "joint statement of 2022",
    "In 2019 the ministry",
    "quoted in ",
    "(",
    ")",
    "„",
    "“",
    "\n\n    ",
    "Müller/Weiß ",
];

fn note() -> impl Strategy<Value = String> {
    vec(select(&PIECES[..]), 0..12).prop_map(|pieces| pieces.concat())
}

/// A paper whose notes are made of pieces of citations.
pub(crate) fn markdown() -> impl Strategy<Value = String> {
    (vec(note(), 0..9), note()).prop_map(|(notes, body)| paper(&notes, &body))
}

fn paper(notes: &[String], body: &str) -> String {
    let mut text = format!("{body}\n\n");
    for number in 1..=notes.len() {
        text.push_str(&format!("word[^{number}] "));
    }
    for (index, note) in notes.iter().enumerate() {
        text.push_str(&format!("\n\n[^{}]: {note}", index + 1));
    }
    text
}

proptest! {
    #[test]
    fn the_sources_of_citations_of_any_kind_keep_their_promises(source in markdown()) {
        hold(&parse(&source), &source);
    }
}
