//! Reading aloud: what is spoken, and what keys do meanwhile.

use super::super::action::{Action, Effect};
use super::super::open::annotations::ShelfRequest;
use super::super::own_command::CommandNews;
use super::super::speech::Speech;
use super::super::testing::TestReader;
use super::SMALL;

fn open(keys: &str) -> TestReader {
    TestReader::open(SMALL, 80, 24).press(keys)
}

/// What is being spoken.
fn speech_of(desk: &TestReader) -> Speech {
    let mut speeches = desk.effects.iter().rev();
    let speech = speeches.find_map(|effect| match effect {
        Effect::Speak(speech) => Some(speech.clone()),
        _ => None,
    });
    speech.expect("something is spoken")
}

fn spoken(desk: &TestReader) -> String {
    speech_of(desk).words
}

/// Has the program that speaks end.
fn end(mut desk: TestReader, end: Result<(), &str>) -> TestReader {
    let news = CommandNews {
        name: "speaker".to_owned(),
        stop: speech_of(&desk).stop,
        lines: Vec::new(),
        end: Some(end.map_err(str::to_owned)),
    };
    desk.act(Action::TakeOutput(Box::new(news)));
    desk
}

#[test]
fn one_sentence_is_spoken_after_the_other_and_each_is_shown() {
    let desk = open("} ~");
    assert_eq!(spoken(&desk), "The first paragraph cites a note.\nNote 1.");
    let selected = |desk: &TestReader| {
        let selection = desk.state.app.open.view.selection();
        selection.map(|it| desk.state.app.open.document.paper().words(it.passage))
    };
    assert_eq!(
        selected(&desk).as_deref(),
        Some("The first paragraph cites a note.")
    );
    let desk = end(desk, Ok(()));
    let next = spoken(&desk);
    assert!(next.starts_with("It goes on for a while"), "{next}");
    assert!(!desk.state.overlays().is_empty());
}

#[test]
fn keys_go_from_sentence_to_sentence_and_stop_the_one_before() {
    let desk = open("} ~");
    let first = speech_of(&desk);
    let desk = desk.press(")");
    assert!(first.stop.is_stopped());
    assert!(spoken(&desk).starts_with("It goes on for a while"));
    let desk = desk.press("(");
    assert_eq!(spoken(&desk), first.words);
}

#[test]
fn esc_stops_and_what_ended_is_not_gone_on_with() {
    let desk = open("} ~");
    let run = speech_of(&desk);
    let desk = desk.press("Esc");
    assert!(run.stop.is_stopped());
    assert!(desk.state.overlays().is_empty());
    assert!(desk.state.app.open.view.selection().is_none());
    let runs = desk.effects.len();
    let desk = end(desk, Ok(()));
    assert_eq!(desk.effects.len(), runs);
}

#[test]
fn a_program_that_fails_is_told_and_not_called_again() {
    let desk = open("} ~");
    let runs = desk.effects.len();
    let desk = end(desk, Err("cannot be run: not found"));
    assert_eq!(desk.effects.len(), runs);
    assert!(
        desk.text().contains("speaker: cannot be run"),
        "{}",
        desk.text()
    );
    assert!(desk.state.overlays().is_empty());
}

#[test]
fn the_sentence_that_is_spoken_is_highlighted() {
    let desk = open("} ~").press("Enter");
    let highlighted = desk.effects.iter().find_map(|effect| match effect {
        Effect::Shelf(ShelfRequest::Highlight(passage, _)) => Some(*passage),
        _ => None,
    });
    let paper = desk.state.app.open.document.paper();
    let words = highlighted.map(|passage| paper.words(passage));
    assert_eq!(words.as_deref(), Some("The first paragraph cites a note."));
    assert!(!desk.state.overlays().is_empty());
}
