//! What is spoken of a paper that is read aloud: sentence by sentence, with or without its notes.

use std::ops::Range;

use super::linear::spoken;
use super::open::source_comments::{self, Density};
use super::own_command::StopSign;
use crate::layout::addresses;
use crate::paper::{Block, BlockId, Kind, NoteId, Paper, Passage, Position, sentences};
use crate::sources::Sources;

/// How papers are read aloud.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SpeechSettings {
    /// The program and its arguments; empty for the first that is there.
    pub(crate) program: Vec<String>,
    pub(crate) notes: SpokenNotes,
}

/// What is spoken of a note behind the sentence that calls it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum SpokenNotes {
    Silent,
    /// That it is there, by its number.
    #[default]
    Announced,
    /// Its words, and what its short citations stand for.
    Spoken,
}

/// Words that are to be spoken, until they are stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Speech {
    pub(crate) words: String,
    pub(crate) stop: StopSign,
}

impl SpokenNotes {
    /// What each is called in the configuration file.
    pub(crate) const ALL: [(&'static str, SpokenNotes); 3] = [
        ("silent", SpokenNotes::Silent),
        ("announced", SpokenNotes::Announced),
        ("spoken", SpokenNotes::Spoken),
    ];
}

/// The first sentence that ends behind a place; a table or code is one. None at the paper's end.
pub(crate) fn sentence_from(paper: &Paper, from: Position) -> Option<Passage> {
    (from.block.0..paper.blocks.len()).find_map(|index| {
        let id = BlockId(index);
        let after = if id == from.block { from.offset } else { 0 };
        let mut parts = parts(paper, id).into_iter();
        parts.find(|part| part.end.offset > after)
    })
}

/// The last sentence that ends before a place.
pub(crate) fn sentence_before(paper: &Paper, from: Position) -> Option<Passage> {
    (0..=from.block.0).rev().find_map(|index| {
        let id = BlockId(index);
        let mut parts = parts(paper, id).into_iter().rev();
        parts.find(|part| id != from.block || part.end.offset <= from.offset)
    })
}

/// What of a block is read in one go; nothing of one without text, and of what opcit has added.
fn parts(paper: &Paper, id: BlockId) -> Vec<Passage> {
    let block = paper.block(id).filter(|block| is_read(block));
    let Some(block) = block else {
        return Vec::new();
    };
    let passage = |range: Range<usize>| {
        let at = |offset| Position { block: id, offset };
        Passage {
            start: at(range.start),
            end: at(range.end),
        }
    };
    if is_prose(block) {
        sentences(&block.text).into_iter().map(passage).collect()
    } else {
        vec![passage(0..block.text.len())]
    }
}

fn is_read(block: &Block) -> bool {
    block.kind != Kind::Backlinks && !block.text.trim().is_empty()
}

fn is_prose(block: &Block) -> bool {
    !matches!(block.kind, Kind::Code { .. } | Kind::Table(_))
}

/// The words of a sentence as they are spoken: without addresses, with its notes behind it. Without
/// sources nothing is said of what short citations stand for.
pub(crate) fn words(
    paper: &Paper,
    sources: Option<&Sources>,
    sentence: Passage,
    notes: SpokenNotes,
) -> String {
    let id = sentence.start.block;
    let Some(block) = paper.block(id) else {
        return String::new();
    };
    let bytes = sentence.start.offset..sentence.end.offset;
    let mut words = if is_prose(block) {
        without_addresses(block, bytes.clone())
    } else {
        spoken::shaped(block, without_addresses).join("\n")
    };
    let markers = block.markers.iter().filter(|marker| {
        let is_first = bytes.start == 0 && marker.offset == 0;
        is_first || (bytes.start < marker.offset && marker.offset <= bytes.end)
    });
    for marker in markers {
        let number = &marker.number;
        match notes {
            SpokenNotes::Silent => {}
            SpokenNotes::Announced => words.push_str(&format!("\nNote {number}.")),
            SpokenNotes::Spoken => {
                let note = words_of_note(paper, sources, marker.note);
                words.push_str(&format!("\nNote {number}: {note}"));
            }
        }
    }
    words
}

/// A note's words, and what its short citations stand for.
fn words_of_note(paper: &Paper, sources: Option<&Sources>, id: NoteId) -> String {
    let note = paper.note(id).filter(|note| note.is_defined());
    let blocks = note.and_then(|note| paper.blocks.get(note.blocks.clone()));
    let Some(blocks) = blocks else {
        return "it is not in this paper.".to_owned();
    };
    let whole = |block: &Block| without_addresses(block, 0..block.text.len());
    let mut words: Vec<String> = blocks.iter().filter(|it| is_read(it)).map(whole).collect();
    if let Some(sources) = sources {
        let answers = source_comments::answers(paper, sources, id, Density::Spoken);
        words.extend(answers.iter().map(|answer| whole(answer.block())));
    }
    words.join("\n")
}

/// The words of a part of a block, with one blank where there are several or an address was.
fn without_addresses(block: &Block, bytes: Range<usize>) -> String {
    let mut words = String::new();
    let mut at = bytes.start;
    for address in addresses(block) {
        let start = address.start.clamp(at, bytes.end);
        words.push_str(block.text.get(at..start).unwrap_or_default());
        at = address.end.clamp(start, bytes.end);
    }
    words.push_str(block.text.get(at..bytes.end).unwrap_or_default());
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::markdown::parse;

    const PAPER: &str = "# On peace\n\nIt was signed.[^1] See <https://a.org/x>, p. 4. It held.[^2]\n\n\
        ---\n\n| a | b |\n|---|---|\n| 1[^1] | <https://c.org> 2 |\n\nThe end.\n\n\
        [^1]: Ada Roe, *The Book of Peace* (London: Publisher, 1999), https://b.org.\n[^2]: Roe, op. cit., p. 5.\n";

    /// All that is spoken of the text before the notes.
    fn spoken(notes: SpokenNotes) -> Vec<String> {
        let paper = parse(PAPER).paper;
        let sources = Sources::read(&paper);
        let mut at = Position::default();
        let mut spoken = Vec::new();
        while let Some(sentence) = sentence_from(&paper, at) {
            let words = words(&paper, Some(&sources), sentence, notes);
            at = sentence.end;
            let is_last = words == "The end.";
            spoken.push(words);
            if is_last {
                break;
            }
        }
        spoken
    }

    #[test]
    fn sentences_are_spoken_one_by_one_without_addresses_and_notes() {
        let spoken = spoken(SpokenNotes::Silent);
        let expected = [
            "On peace",
            "It was signed.",
            "See , p. 4.",
            "It held.",
            "Table, 1 row and 2 columns.\nRow 1. a: 1; b: 2",
            "The end.",
        ];
        assert_eq!(spoken.get(1..).unwrap(), expected);
    }

    #[test]
    fn notes_are_announced_or_spoken_behind_their_sentence() {
        let announced = spoken(SpokenNotes::Announced);
        assert!(announced.contains(&"It was signed.\nNote 1.".to_owned()));
        let table = "Table, 1 row and 2 columns.\nRow 1. a: 1; b: 2\nNote 1.";
        assert!(announced.contains(&table.to_owned()), "{announced:?}");
        let spoken = spoken(SpokenNotes::Spoken);
        let held = spoken.iter().find(|words| words.starts_with("It held."));
        let held = held.unwrap();
        assert!(held.contains("Note 2: Roe, op. cit., p. 5."), "{held}");
        assert!(held.contains("The Book of Peace"), "{held}");
        assert!(!spoken.join("").contains("http"), "{spoken:?}");
    }

    #[test]
    fn without_sources_a_note_is_its_words() {
        let paper = parse(PAPER).paper;
        let at = paper
            .blocks
            .iter()
            .position(|block| block.text.starts_with("It was"));
        let from = Position {
            block: BlockId(at.unwrap()),
            offset: "It was signed. See , p. 4.".len() + 20,
        };
        let sentence = sentence_from(&paper, from).unwrap();
        let words = words(&paper, None, sentence, SpokenNotes::Spoken);
        assert_eq!(words, "It held.\nNote 2: Roe, op. cit., p. 5.");
    }

    #[test]
    fn the_sentences_are_the_same_on_the_way_back() {
        let paper = parse(PAPER).paper;
        let mut forward = Vec::new();
        let mut at = Position::default();
        while let Some(sentence) = sentence_from(&paper, at) {
            forward.push(sentence);
            at = sentence.end;
        }
        let mut back = Vec::new();
        let mut at = Position {
            block: BlockId(paper.blocks.len()),
            offset: 0,
        };
        while let Some(sentence) = sentence_before(&paper, at) {
            back.push(sentence);
            at = sentence.start;
        }
        back.reverse();
        assert_eq!(back, forward);
    }
}
