//! Doing by its name what a key does.

use super::super::action::{Action, Effect};
use super::super::config::Config;
use std::sync::Arc;

use super::super::keys::keymap::{Binding, Context, Keymap};
use super::super::testing::TestReader;
use super::{SMALL, lines};

fn type_and_enter(desk: TestReader, name: &str) -> TestReader {
    desk.press(":").types(name).press("Enter")
}

#[test]
fn what_other_programs_have_after_a_colon_is_understood() {
    for name in ["q", "quit"] {
        let desk = type_and_enter(TestReader::open(SMALL, 80, 24), name);
        assert_eq!(desk.effects, [Effect::Quit], "{name}");
        let desk = type_and_enter(TestReader::open(SMALL, 80, 24).press("f"), name);
        assert_eq!(desk.effects, [Effect::Quit], "{name} with a note open");
    }
    type_and_enter(TestReader::open(SMALL, 80, 24), "help").shows("Moving");
    type_and_enter(TestReader::open(SMALL, 80, 24).press("f"), "help").shows("In an open note");
    let paper = lines(100);
    let typed = |name: &str| type_and_enter(TestReader::open(&paper, 40, 12), name).wait();
    typed("50").shows("line 51");
    assert_eq!(typed("50").rows(), typed("50%").rows());
    assert_eq!(typed("p60").rows(), typed("¶60").rows());
    typed("p60").shows("line 60");
}

#[test]
fn every_action_is_found_by_its_name_with_its_key() {
    let keymap = Keymap::standard();
    let binding = keymap
        .bindings(Context::Reading)
        .find(|it| it.action == Action::Mouse);
    let words = &binding.unwrap().words;
    let desk = TestReader::open(SMALL, 80, 24).press(":").types("mouse");
    let desk = desk.shows(&format!("▸ {words}")).shows("key M");
    let desk = desk.press("Enter").shows("mouse off");
    assert_eq!(desk.effects, [Effect::Mouse(false)]);
}

#[test]
fn a_section_by_its_words_comes_before_an_action_and_by_its_letters_after() {
    let paper = "# The list of ships\n\nText.\n\n# Notable nites\n\nMore.\n";
    let text = TestReader::open(paper, 80, 24)
        .press(":")
        .types("list")
        .text();
    let at = |words: &str| {
        text.find(words)
            .unwrap_or_else(|| panic!("{words}\n{text}"))
    };
    assert!(at("The list of ships") < at("the list of all notes"));
    let text = TestReader::open(paper, 80, 24)
        .press(":")
        .types("note")
        .text();
    let at = |words: &str| {
        text.find(words)
            .unwrap_or_else(|| panic!("{words}\n{text}"))
    };
    assert!(at("the list of all notes") < at("Notable nites"));
}

#[test]
fn an_action_of_the_open_note_is_done_there() {
    let open = TestReader::open(SMALL, 80, 24).press("f");
    let next = open.press(":").types("the next note").press("Enter");
    next.shows("The second note, with");
    // What belongs to the page closes the note.
    let outline = TestReader::open(SMALL, 80, 24)
        .press("f :")
        .types("outline")
        .press("Enter");
    outline
        .shows("type to filter")
        .press("Esc")
        .shows_no("The first note");
    // Nothing done leads back to the note.
    let back = TestReader::open(SMALL, 80, 24).press("f : Esc");
    back.shows("The first note");
}

#[test]
fn what_a_preset_has_no_key_for_is_done_by_its_name() {
    let paper = "Text.[^1]\n\n[^1]: J. Smith, *A Book* (London: Press, 2001).\n";
    let mut desk = TestReader::open(paper, 80, 24);
    let (config, _) = Config::parse("[keys]\npreset = \"vim\"\n");
    desk.state.app.configure(&config);
    let desk = type_and_enter(desk.press("f"), "copy-reference");
    let copied = desk.effects.last();
    assert!(matches!(copied, Some(Effect::Copy { .. })), "{copied:?}");
}

/// Every action but motions, which say nothing at an end with their keys either.
fn actions(context: Context) -> Vec<Arc<Binding>> {
    let keymap = Keymap::standard();
    let bindings = keymap.bindings(context);
    let bindings = bindings.filter(|it| !matches!(it.action, Action::Move(_) | Action::Goto));
    bindings.cloned().collect()
}

#[test]
fn an_action_that_cannot_act_says_why() {
    let papers = ["One paragraph.\n", "Text.[^1]\n\n[^1]: A note.\n"];
    for (paper, context) in papers.into_iter().zip([Context::Reading, Context::Note]) {
        for binding in actions(context) {
            let open = || match context {
                Context::Note => TestReader::open(paper, 60, 20).press("f"),
                _ => TestReader::open(paper, 60, 20),
            };
            let before = open().wait().rows();
            let done = open().press(":").types(&binding.words);
            let done = done.shows(&format!("key {}", binding.first_key().unwrap()));
            let done = done.press("Enter");
            let acts = !done.effects.is_empty() || done.rows() != before;
            assert!(acts || done.state.notice().is_some(), "{binding:?}");
            assert!(done.state.context() != Context::List || done.text().contains("filter"));
        }
    }
}

#[test]
fn what_an_action_needs_holds_as_with_its_key() {
    let chosen = TestReader::open(SMALL, 80, 24).press("Tab");
    chosen
        .press(":")
        .types("follow the selected")
        .press("Enter")
        .shows("The first note");
    let none = TestReader::open(SMALL, 80, 24);
    let none = none.press(":").types("follow the selected").press("Enter");
    none.shows("Tab selects a note or link")
        .shows_no("The first note");
}
