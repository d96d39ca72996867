//! Reading aloud: the program that speaks, and the words that it is given of each sentence.

use std::env;
use std::ffi::OsString;
use std::sync::Arc;

use super::linear::spoken;
use super::open::source_comments::{self, Density};
use super::own_command::{CommandInput, CommandRun, OwnCommand, StopSign, TEXT_PLACE};
use crate::document::Document;
use crate::layout::addresses;
use crate::paper::{Block, BlockId, Kind, NoteId, Paper, Passage, Position, sentences};

/// What its own messages call the program.
const NAME: &str = "reading aloud";

/// Programs that speak and are gone by when they are not named: the first of them that is there.
const PROGRAMS: [&[&str]; 4] = [
    &["spd-say", "--wait", "--", TEXT_PLACE],
    &["espeak-ng", "--stdin"],
    &["espeak", "--stdin"],
    &["say", "-f", "-"],
];

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

impl SpokenNotes {
    /// What each is called in the configuration file.
    pub(crate) const ALL: [(&'static str, SpokenNotes); 3] = [
        ("silent", SpokenNotes::Silent),
        ("announced", SpokenNotes::Announced),
        ("spoken", SpokenNotes::Spoken),
    ];
}

impl SpeechSettings {
    /// The program that speaks; none if there is none.
    pub(crate) fn program(&self) -> Option<Vec<String>> {
        if !self.program.is_empty() {
            return Some(self.program.clone());
        }
        let found = PROGRAMS.into_iter().find(|words| {
            let program = words.first().copied().unwrap_or_default();
            let path = env::var_os("PATH").unwrap_or_default();
            env::split_paths(&path).any(|folder| folder.join(program).is_file())
        })?;
        Some(found.iter().map(|word| (*word).to_owned()).collect())
    }
}

/// How a program is run that speaks these words: they stand for the place of the text among its
/// arguments, else it reads them.
pub(crate) fn run(program: &[String], text: String) -> CommandRun {
    let has_place = program.iter().any(|word| word == TEXT_PLACE);
    let words = program.iter().map(|word| match word.as_str() {
        TEXT_PLACE => OsString::from(&text),
        word => word.into(),
    });
    CommandRun {
        words: words.collect(),
        command: Arc::new(OwnCommand {
            name: NAME.to_owned(),
            words: program.to_vec(),
            input: CommandInput::Nothing,
            is_shown: false,
        }),
        input: if has_place { String::new() } else { text },
        stop: StopSign::default(),
    }
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

/// The sentence before a place, which may be in another block.
pub(crate) fn sentence_before(paper: &Paper, from: Position) -> Option<Passage> {
    (0..=from.block.0).rev().find_map(|index| {
        let id = BlockId(index);
        let mut parts = parts(paper, id).into_iter().rev();
        parts.find(|part| id != from.block || part.end.offset <= from.offset)
    })
}

/// What of a block is read in one go.
fn parts(paper: &Paper, id: BlockId) -> Vec<Passage> {
    let Some(block) = paper.block(id) else {
        return Vec::new();
    };
    let passage = |range: std::ops::Range<usize>| Passage {
        start: Position {
            block: id,
            offset: range.start,
        },
        end: Position {
            block: id,
            offset: range.end,
        },
    };
    if is_prose(block) {
        return sentences(&block.text).into_iter().map(passage).collect();
    }
    match spoken::block(paper, id).is_empty() {
        true => Vec::new(),
        false => vec![passage(0..block.text.len())],
    }
}

fn is_prose(block: &Block) -> bool {
    !matches!(
        block.kind,
        Kind::Code { .. } | Kind::Table(_) | Kind::Rule | Kind::Backlinks
    )
}

/// The words of a sentence as they are spoken: without addresses, with its notes behind it.
pub(crate) fn words(document: &Document, sentence: Passage, notes: SpokenNotes) -> String {
    let paper = document.paper();
    let id = sentence.start.block;
    let Some(block) = paper.block(id) else {
        return String::new();
    };
    let bytes = sentence.start.offset..sentence.end.offset;
    let mut words = match is_prose(block) {
        true => without_addresses(block, bytes.clone()),
        false => spoken::block(paper, id).join("\n"),
    };
    let markers = block.markers.iter().filter(|marker| {
        let is_first = bytes.start == 0 && marker.offset == 0;
        is_first || (bytes.start < marker.offset && marker.offset <= bytes.end)
    });
    for marker in markers {
        match notes {
            SpokenNotes::Silent => {}
            SpokenNotes::Announced => words.push_str(&format!("\nNote {}.", marker.number)),
            SpokenNotes::Spoken => {
                let number = &marker.number;
                let note = words_of_note(document, marker.note);
                words.push_str(&format!("\nNote {number}: {note}"));
            }
        }
    }
    words
}

/// A note's words, and what its short citations stand for.
fn words_of_note(document: &Document, id: NoteId) -> String {
    let paper = document.paper();
    let note = paper.note(id).filter(|note| note.is_defined());
    let blocks = note.and_then(|note| paper.blocks.get(note.blocks.clone()));
    let Some(blocks) = blocks else {
        return "it is not in this paper.".to_owned();
    };
    let text = blocks
        .iter()
        .filter(|block| block.kind != Kind::Backlinks)
        .map(|block| without_addresses(block, 0..block.text.len()));
    let answers = source_comments::answers(paper, document.sources(), id, Density::Spoken);
    let answers = answers.iter().map(|answer| {
        let block = answer.block();
        without_addresses(block, 0..block.text.len())
    });
    text.chain(answers).collect::<Vec<_>>().join("\n")
}

fn without_addresses(block: &Block, bytes: std::ops::Range<usize>) -> String {
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
    use crate::shelf::Origin;

    const PAPER: &str = "# On peace\n\nIt was signed.[^1] See <https://a.org/x>, p. 4. It held.[^2]\n\n\
        | a | b |\n|---|---|\n| 1 | 2 |\n\nThe end.\n\n\
        [^1]: Ada Roe, *The Book of Peace* (London: Publisher, 1999), https://b.org.\n[^2]: Roe, op. cit., p. 5.\n";

    fn document() -> Document {
        Document::new(parse(PAPER), Origin::Elsewhere)
    }

    /// All that is spoken of the text before the notes, a line for each piece.
    fn spoken(notes: SpokenNotes) -> Vec<String> {
        let document = document();
        let mut at = Position::default();
        let mut spoken = Vec::new();
        while let Some(sentence) = sentence_from(document.paper(), at) {
            let words = words(&document, sentence, notes);
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
    fn sentences_are_spoken_one_by_one_without_addresses() {
        let spoken = spoken(SpokenNotes::Silent);
        assert_eq!(
            spoken.get(1..),
            Some(
                &[
                    "On peace",
                    "It was signed.",
                    "See , p. 4.",
                    "It held.",
                    "Table, 1 row and 2 columns.\nRow 1. a: 1; b: 2",
                    "The end."
                ]
                .map(str::to_owned)[..]
            )
        );
    }

    #[test]
    fn notes_are_announced_or_spoken_behind_their_sentence() {
        assert!(spoken(SpokenNotes::Announced).contains(&"It was signed.\nNote 1.".to_owned()));
        let spoken = spoken(SpokenNotes::Spoken);
        let held = spoken.iter().find(|words| words.starts_with("It held."));
        let held = held.unwrap();
        assert!(held.contains("Note 2: Roe, op. cit., p. 5."), "{held}");
        assert!(held.contains("The Book of Peace"), "{held}");
        assert!(!spoken.join("").contains("http"), "{spoken:?}");
    }

    #[test]
    fn the_sentence_before_is_found_across_blocks() {
        let document = document();
        let paper = document.paper();
        let mut at = Position {
            block: BlockId(paper.blocks.len()),
            offset: 0,
        };
        let mut back = Vec::new();
        while let Some(sentence) = sentence_before(paper, at) {
            back.push(sentence);
            at = sentence.start;
        }
        back.reverse();
        let mut forward = Vec::new();
        let mut at = Position::default();
        while let Some(sentence) = sentence_from(paper, at) {
            forward.push(sentence);
            at = sentence.end;
        }
        assert_eq!(back, forward);
    }

    #[test]
    fn the_words_take_their_place_among_the_arguments_or_are_read() {
        let program = ["speak", "--", TEXT_PLACE].map(str::to_owned);
        let own = run(&program, "-x".to_owned());
        assert_eq!(own.words, ["speak", "--", "-x"]);
        assert_eq!(own.input, "");
        let own = run(&program[..1], "-x".to_owned());
        assert_eq!((own.words.len(), own.input.as_str()), (1, "-x"));
    }
}
