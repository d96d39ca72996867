//! Programs of the reader's own that keys run.

use super::super::action::{Action, Effect};
use super::super::config::Config;
use super::super::own_command::{CommandResult, CommandRun};
use super::super::testing::TestReader;
use super::SMALL;

const CONFIG: &str = "\
[commands.look-up]
run = [\"dict\", \"{text}\"]

[commands.speak]
run = [\"say\"]
input = \"note\"
show = false

[commands.cite]
run = [\"cite\", \"--line={line}\"]
input = \"paragraph\"

[keys.reading]
\"e\" = \"look-up\"
\"K\" = \"speak\"
\"C\" = \"cite\"

[keys.selecting]
\"e\" = \"look-up\"
";

fn open(keys: &str) -> TestReader {
    let (config, problems) = Config::parse(CONFIG);
    assert_eq!(problems, []);
    let mut desk = TestReader::open(SMALL, 80, 24);
    desk.state.app.configure(&config);
    desk.press(keys)
}

/// What was asked to be run last.
fn run_of(desk: &TestReader) -> CommandRun {
    let last = desk.effects.last();
    let Some(Effect::Run(run)) = last else {
        panic!("nothing was run: {last:?}");
    };
    run.clone()
}

#[test]
fn a_program_is_given_what_is_selected_else_the_paragraph() {
    let run = run_of(&open("} v e"));
    assert_eq!(run.words, ["dict", "The first paragraph cites a note."]);
    assert_eq!(run.input, "");
    let run = run_of(&open("} e"));
    assert!(run.words[1].ends_with("and cites another."), "{run:?}");
}

#[test]
fn a_program_is_given_a_note_or_the_paragraph_on_its_input_and_the_line() {
    let run = run_of(&open("} K"));
    assert_eq!(run.words, ["say"]);
    assert_eq!(run.input, "The first note, see also note two.");
    let run = run_of(&open("} C"));
    assert_eq!(run.words, ["cite", "--line=9"]);
    assert!(run.input.starts_with("The first paragraph"), "{run:?}");
}

#[test]
fn what_a_program_writes_is_shown_and_copied() {
    let desk = open("} e");
    assert!(
        desk.text().contains("runs… Esc stops it"),
        "{}",
        desk.text()
    );
    let run = run_of(&desk);
    let result = CommandResult {
        name: "look-up".to_owned(),
        stop: run.stop.clone(),
        lines: vec!["a word: its meaning".to_owned()],
        failure: Some("ended with 3".to_owned()),
    };
    let mut desk = desk;
    desk.act(Action::TakeOutput(Box::new(result)));
    let text = desk.text();
    assert!(text.contains("┌ look-up ─"), "{text}");
    assert!(text.contains("a word: its meaning"), "{text}");
    assert!(text.contains("ended with 3"), "{text}");
    let desk = desk.press("y");
    let Some(Effect::Copy { text, .. }) = desk.effects.last() else {
        panic!("nothing copied");
    };
    assert_eq!(text, "a word: its meaning");
    let desk = desk.press("Esc");
    assert!(!desk.text().contains("its meaning"), "{}", desk.text());
    assert!(!run.stop.is_stopped());
}

#[test]
fn esc_stops_a_program_that_runs() {
    let desk = open("} e");
    let run = run_of(&desk);
    let desk = desk.press("Esc");
    assert!(run.stop.is_stopped());
    assert!(desk.text().contains("look-up stopped"), "{}", desk.text());
}

#[test]
fn a_command_is_run_by_its_name_and_is_in_the_help() {
    let desk = open(":").types("look-up").press("Enter");
    assert_eq!(run_of(&desk).words[0], "dict");
    let help = open("? / l o o k Enter");
    assert!(help.text().contains("run look-up"), "{}", help.text());
}

#[test]
fn what_is_wrong_with_a_command_is_said() {
    let (_, problems) = Config::parse(
        "\
[commands.quit]
run = [\"a\"]

[commands.shell]
run = [\"sh\", \"-c\", \"echo {text}\"]

[commands.empty]
inptu = \"note\"
",
    );
    let said: Vec<&str> = problems.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(
        said,
        [
            "“quit” is a command of opcit’s already",
            "“shell” says no program to “run”",
            "“run” must be without anything beside {text} or {file} in one argument",
            "“empty” says no program to “run”",
            "there is no setting “inptu”; “input” is meant, perhaps",
        ]
    );
}
