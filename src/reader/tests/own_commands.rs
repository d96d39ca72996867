//! Programs of the reader's own that keys run.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;

use super::super::action::{Action, Effect};
use super::super::config::Config;
use super::super::own_command::{CommandNews, CommandOutlet, CommandRun};
use super::super::testing::TestReader;
use super::super::watching::PaperFile;
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

/// Has a program tell that it wrote a line, and how it ended.
fn take(
    mut desk: TestReader,
    run: &CommandRun,
    line: &str,
    end: Option<Result<(), &str>>,
) -> TestReader {
    let news = CommandNews {
        name: run.name.clone(),
        stop: run.stop.clone(),
        lines: vec![line.to_owned()],
        end: end.map(|end| end.map_err(str::to_owned)),
    };
    desk.act(Action::TakeOutput(Box::new(news)));
    desk
}

#[test]
fn a_program_is_given_what_is_selected_else_the_paragraph() {
    let run = run_of(&open("} v e"));
    assert_eq!(run.words, ["dict", "The first paragraph cites a note."]);
    assert_eq!(run.input, "");
    let run = run_of(&open("} e"));
    let paragraph = run.words[1].to_str().unwrap();
    assert!(paragraph.ends_with("and cites another."), "{run:?}");
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
fn a_file_whose_name_is_no_text_is_given_as_it_is() {
    let (config, _) = Config::parse("[commands.edit]\nrun = [\"edit\", \"{file}\"]\n");
    let mut desk = TestReader::open(SMALL, 80, 24);
    desk.state.app.configure(&config);
    let name = OsString::from_vec(b"/papers/\xff.md".to_vec());
    desk.state
        .app
        .open
        .set_file(Some(PaperFile::away(name.clone().into())));
    let run = run_of(&desk.press(":").types("edit").press("Enter"));
    assert_eq!(run.words, [OsString::from("edit"), name]);
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
    let desk = take(desk, &run, "a word: its meaning", None);
    let desk = desk
        .shows("a word: its meaning")
        .shows("runs… Esc stops it");
    let desk = take(desk, &run, "another meaning", Some(Err("ended with 3")));
    let text = desk.text();
    assert!(text.contains("┌ look-up ─"), "{text}");
    assert!(text.contains("a word: its meaning"), "{text}");
    assert!(text.contains("another meaning"), "{text}");
    assert!(text.contains("ended with 3"), "{text}");
    assert!(!text.contains("runs…"), "{text}");
    let desk = desk.press("y");
    let Some(Effect::Copy { text, .. }) = desk.effects.last() else {
        panic!("nothing copied");
    };
    assert_eq!(text, "a word: its meaning\nanother meaning");
    let desk = desk.press("Esc");
    assert!(!desk.text().contains("its meaning"), "{}", desk.text());
    assert!(!run.stop.is_stopped());
}

#[test]
fn a_program_that_ends_out_of_sight_takes_nothing_from_the_one_that_is_shown() {
    let desk = open("} K");
    let hidden = run_of(&desk);
    let desk = desk.press("e");
    let shown = run_of(&desk);
    let desk = take(desk, &shown, "a word: its meaning", Some(Ok(())));
    let desk = take(desk, &hidden, "spoken", Some(Err("ended with 3")));
    let desk = desk.shows("a word: its meaning").shows_no("spoken");
    desk.shows("speak: ended with 3");
}

#[test]
fn what_is_written_is_broken_anew_on_a_screen_of_another_width() {
    let desk = open("} e");
    let run = run_of(&desk);
    let desk = take(desk, &run, &"word ".repeat(12), Some(Ok(())));
    let rows_with = |desk: &TestReader| {
        let rows = desk.rows();
        rows.iter().filter(|row| row.contains("word word")).count()
    };
    assert_eq!(rows_with(&desk), 1);
    let desk = desk.resize(40, 24);
    assert_eq!(rows_with(&desk), 2);
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
fn a_command_comes_first_where_its_whole_name_is_typed() {
    let (config, _) = Config::parse("[commands.where]\nrun = [\"whereis\"]\n");
    let mut desk = TestReader::open("# Where\n\nHere.\n", 80, 24);
    desk.state.app.configure(&config);
    let desk = desk.press(":").types("where").press("Enter");
    assert_eq!(run_of(&desk).words, ["whereis"]);
}

#[test]
fn what_is_wrong_with_a_command_is_said() {
    let (_, problems) = Config::parse(
        "\
[commands.quit]
run = [\"a\"]

[commands.shell]
run = [\"sh\", \"-c\", \"echo {text}\"]

[commands.chosen]
run = [\"{text}\"]

[commands.handed]
run = [\"bash\", \"-lc\", \"{text}\"]

[commands.behind]
run = [\"sh\", \"-c\", \"fold -s <<< $1\", \"sh\", \"{text}\"]

[commands.empty]
inptu = \"note\"
",
    );
    let said: Vec<&str> = problems.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(
        said,
        [
            "“quit” is a command of opcit’s already",
            "“run” must be without anything beside {text} or {file} in one argument",
            "“run” must be with a program of your own first, not {text}",
            "“run” must be without {text} where “bash” would run it",
            "“empty” says no program to “run”",
            "there is no setting “inptu”; “input” is meant, perhaps",
        ]
    );
}

#[test]
fn a_program_that_has_the_terminal_opens_no_box() {
    let (config, problems) = Config::parse(
        "[commands.git]\nrun = [\"lazygit\"]\nterminal = true\n[keys.reading]\nK = \"git\"\n",
    );
    assert_eq!(problems, []);
    let mut desk = TestReader::open(SMALL, 80, 24);
    desk.state.app.configure(&config);
    let desk = desk.press("K").shows_no("runs…");
    assert!(run_of(&desk).outlet == CommandOutlet::Terminal);
    assert!(desk.state.overlays().is_empty());
}

#[test]
fn the_file_is_edited_at_the_line_of_the_paragraph_if_it_is_text() {
    TestReader::open(SMALL, 80, 24)
        .press("E")
        .shows("this paper has no file");
    let paper = "# One\n\nFirst.\n\nSecond.\n";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paper.md");
    std::fs::write(&path, paper).unwrap();
    let mut desk = TestReader::open(paper, 80, 24);
    desk.state.app.open.set_file(PaperFile::at(&path));
    let desk = desk.press("} } E");
    let edit = Effect::EditFile {
        file: path,
        line: 5,
    };
    assert_eq!(desk.effects.last(), Some(&edit));
}
