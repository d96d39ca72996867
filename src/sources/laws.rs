//! What holds for the sources of any paper.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::check::check;
use super::{Outcome, Part, SourceId, Sources, Use};
use crate::paper::{NoteId, Paper, Passage, parse};

/// Pieces that citations are made of, and what breaks them.
const PIECES: [&str; 48] = [
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

fn is_within(paper: &Paper, passage: &Passage) -> bool {
    let reaches = |position: crate::paper::Position| {
        let block = paper.block(position.block);
        block.is_some_and(|block| block.text.is_char_boundary(position.offset))
    };
    reaches(passage.start) && reaches(passage.end)
}

proptest! {
    #[test]
    fn every_part_lies_in_its_note_and_stands_for_sources_that_there_are(
        notes in vec(note(), 0..9),
        body in note(),
    ) {
        let paper = parse(&paper(&notes, &body)).paper;
        let sources = Sources::read(&paper);
        let mut given = 0;
        for (index, note) in paper.notes.iter().enumerate() {
            let mut end = None;
            for part in sources.of_note(NoteId(index)) {
                let passage = match part {
                    Part::Full(id) => {
                        prop_assert_eq!(id.0, given);
                        given += 1;
                        sources.get(*id).unwrap().passage
                    }
                    Part::Short(short) => short.passage,
                    Part::Comment(passage) => *passage,
                };
                prop_assert!(is_within(&paper, &passage), "{:?} {:?}", passage, notes);
                prop_assert!(note.blocks.contains(&passage.start.block.0));
                prop_assert!(end <= Some(passage.start), "{:?} {:?}", part, notes);
                end = Some(passage.end);
                if let Part::Short(short) = part {
                    let found = match &short.outcome {
                        Outcome::Resolved { sources, .. } => sources,
                        Outcome::Ambiguous { candidates, .. } => candidates,
                        Outcome::Unresolved { .. } => continue,
                    };
                    prop_assert!(!found.is_empty());
                    prop_assert!(found.iter().all(|id| sources.get(*id).is_some()));
                }
            }
        }
        prop_assert_eq!(given, sources.all().len());
    }

    #[test]
    fn what_a_note_refers_to_knows_that_it_is_used_there(
        notes in vec(note(), 0..9),
        body in note(),
    ) {
        let parsed = parse(&paper(&notes, &body));
        let sources = Sources::read(&parsed.paper);
        for index in 0..parsed.paper.notes.len() {
            for id in sources.refers_to(NoteId(index)) {
                let uses = sources.used_by(id);
                let here = |used: &Use| matches!(used, Use::Short(note, _) if note.0 == index);
                prop_assert!(uses.iter().any(here));
            }
        }
        for (index, source) in sources.all().iter().enumerate() {
            let given = Use::Given(source.note);
            prop_assert!(sources.used_by(SourceId(index)).contains(&given));
        }
        for mention in sources.mentions() {
            prop_assert!(is_within(&parsed.paper, &mention.passage));
        }
        let lines = u32::try_from(paper(&notes, &body).lines().count()).unwrap();
        let findings = check(&parsed.paper, &parsed.problems, &sources);
        prop_assert!(findings.iter().all(|finding| (1..=lines).contains(&finding.line)));
    }
}
