//! What holds for the sources of every paper.
//!
//! The fuzz targets compile this file too, so it names what is public alone.

#![allow(
    unreachable_pub,
    reason = "the fuzz targets, a package of their own, compile this file too"
)]

use std::collections::HashSet;

use crate::paper::{NoteId, Paper, Parsed, Passage, Position};
use crate::sources::check::check;
use crate::sources::{NoteSegment, Resolution, SourceId, Sources, Use};

/// Holds the sources of a paper that was read from `source` to all that is promised of them.
pub fn hold(parsed: &Parsed, source: &str) {
    let paper = &parsed.paper;
    let sources = Sources::read(paper);
    hold_names(&sources);
    hold_parts(paper, &sources);
    hold_uses(paper, &sources);
    let lines = source.split(['\n', '\r']).count();
    for finding in check(paper, &parsed.problems, &sources) {
        assert!((1..=lines).contains(&usize::try_from(finding.location.line().unwrap()).unwrap()));
    }
}

/// A source can be asked for by its name, so no two are called the same.
fn hold_names(sources: &Sources) {
    let mut names = HashSet::new();
    for source in sources.all() {
        assert!(names.insert(source.name.as_str()), "{} twice", source.name);
    }
}

/// Every part lies in its note, after the one before, and stands for sources that there are.
fn hold_parts(paper: &Paper, sources: &Sources) {
    let mut given = sources
        .all()
        .iter()
        .take_while(|source| source.note.is_none())
        .count();
    for (index, note) in paper.notes.iter().enumerate() {
        let mut end = None;
        for part in sources.of_note(NoteId(index)) {
            let passage = match part {
                NoteSegment::Full(id) => {
                    assert_eq!(id.0, given);
                    given += 1;
                    sources.get(*id).unwrap().passage
                }
                NoteSegment::Short(short) => short.passage,
                NoteSegment::Comment(passage) => *passage,
            };
            hold_passage(&passage, paper);
            assert!(note.blocks.contains(&passage.start.block.0));
            assert!(end <= Some(passage.start), "{part:?} overlaps");
            end = Some(passage.end);
            if let NoteSegment::Short(short) = part {
                hold_outcome(&short.outcome, sources);
            }
        }
    }
    assert_eq!(given, sources.all().len());
}

fn hold_outcome(outcome: &Resolution, sources: &Sources) {
    match outcome {
        Resolution::Resolved { sources: found, .. }
        | Resolution::Ambiguous {
            candidates: found, ..
        } => hold_found(found, sources),
        Resolution::Unresolved { .. } => {}
    }
}

fn hold_found(found: &[SourceId], sources: &Sources) {
    assert!(!found.is_empty());
    assert!(found.iter().all(|id| sources.get(*id).is_some()));
}

/// A source knows the note that gives it, and every passage that rests on it.
fn hold_uses(paper: &Paper, sources: &Sources) {
    for index in 0..paper.notes.len() {
        for id in sources.refers_to(NoteId(index)) {
            let uses = sources.used_by(id);
            let here = |used: &Use| matches!(used, Use::Short(note, _) if note.0 == index);
            assert!(uses.iter().any(here));
        }
    }
    for (index, source) in sources.all().iter().enumerate() {
        let given = source.note.map(Use::Given);
        assert!(given.is_none_or(|given| sources.used_by(SourceId(index)).contains(&given)));
    }
    for mention in sources.mentions() {
        hold_passage(&mention.passage, paper);
        hold_found(&mention.sources, sources);
    }
}

fn hold_passage(passage: &Passage, paper: &Paper) {
    assert!(passage.start <= passage.end);
    let reaches = |position: Position| {
        let block = paper.block(position.block);
        block.is_some_and(|block| block.text.is_char_boundary(position.offset))
    };
    assert!(reaches(passage.start) && reaches(passage.end));
}
