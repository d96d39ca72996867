//! The paper that opcit carries: what each of its short citations and mentions stands for.

use std::fmt::Write as _;

use super::{NoteSegment, Resolution, SourceId, Sources};
use crate::formats::embedded;
use crate::formats::markdown::parse;
use crate::paper::NoteId;

fn names(sources: &Sources, ids: &[SourceId]) -> String {
    let names = ids.iter().map(|id| sources.get(*id).unwrap().name.as_str());
    names.collect::<Vec<_>>().join(" ")
}

#[test]
fn every_short_citation_of_the_carried_paper_stands_for_its_source() {
    let paper = parse(embedded()).paper;
    let sources = Sources::read(&paper);
    let mut found = String::new();
    for (index, note) in paper.notes.iter().enumerate() {
        let refers = sources.refers_to(NoteId(index));
        if !refers.is_empty() {
            writeln!(found, "{}: {}", note.label, names(&sources, &refers)).unwrap();
        }
        let all_certain = sources
            .of_note(NoteId(index))
            .iter()
            .all(|part| match part {
                NoteSegment::Full(_) => true,
                NoteSegment::Short(short) => matches!(short.outcome, Resolution::Resolved { .. }),
                NoteSegment::Comment(_) => false,
            });
        assert!(all_certain, "note {}", note.label);
    }
    let truth = "11: 8a\n14: 5\n15: 5\n19: 17\n20: 7 8a 8b\n21: 8b 8c\n22: 8a 8b\n23: 8c\n31: 7 8a\n32: 8b 8c\n37: 29\n";
    assert_eq!(found, truth);
}

#[test]
fn every_note_of_the_carried_paper_gives_its_sources() {
    let paper = parse(embedded()).paper;
    let sources = Sources::read(&paper);
    let lettered: Vec<&str> = sources
        .all()
        .iter()
        .map(|source| source.name.as_str())
        .filter(|name| name.ends_with(|c: char| c.is_alphabetic()))
        .collect();
    assert_eq!(
        lettered,
        ["1a", "1b", "8a", "8b", "8c", "13a", "13b", "18a", "18b"]
    );
    assert_eq!(sources.all().len(), 32 + 5);
    for source in sources.all() {
        assert!(
            !source.head.is_empty() && !source.dates.is_empty(),
            "{source:?}"
        );
    }
}

#[test]
fn the_mentions_in_the_carried_paper_stand_for_their_statements() {
    let paper = parse(embedded()).paper;
    let sources = Sources::read(&paper);
    let mut found = String::new();
    for mention in sources.mentions() {
        let block = paper.block(mention.passage.start.block).unwrap();
        let (start, end) = (mention.passage.start.offset, mention.passage.end.offset);
        let text = block.text.get(start..end).unwrap();
        writeln!(found, "{text}: {}", names(&sources, &mention.sources)).unwrap();
    }
    let truth = "\
joint statement adopted on 4th of February 2022: 7
joint statements of 2023, 2024, and 2025: 8a 8b 8c
joint statement of 2023: 8a
joint statements of 2022, 2023 and 2024: 7 8a 8b
Joint statements 2024, 2025: 8b 8c
joint statement of 2025: 8c
joint statements of 2022 and 2023: 7 8a
2024 and 2025 joint statements: 8b 8c
2025 joint statement: 8c
";
    assert_eq!(found, truth);
}
