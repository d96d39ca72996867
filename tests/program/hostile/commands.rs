//! The commands on hostile papers, with hostile arguments and a hostile shelf: what they write into
//! a pipe or a file is text.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use portable_pty::CommandBuilder;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::papers::{Paper, papers};
use super::tour::Tour;
use crate::pty::Pty;
use crate::reading::PROGRAM;
use crate::sequences;

const ATTACK: &str = "\u{1b}]0;t\u{7}\u{9b}31m\u{202e}\u{200b}\r\n\u{1b}[2J";

/// Each command in each form; `PAPER` stands for the paper.
const COMMANDS: [&str; 29] = [
    "PAPER",
    "print PAPER",
    "print PAPER --width 1",
    "print PAPER --width 200",
    "print PAPER --format markdown",
    "print PAPER --format json",
    "print PAPER --section heading",
    "print PAPER --section heading --format markdown",
    "print PAPER --section heading --format json",
    "outline PAPER",
    "outline PAPER --format json",
    "notes PAPER",
    "notes PAPER --format markdown",
    "notes PAPER --format json",
    "notes PAPER --note 1",
    "sources PAPER",
    "sources PAPER --format markdown",
    "sources PAPER --format json",
    "check PAPER",
    "find words PAPER",
    "find words PAPER --format json",
    "find --regex \\W PAPER",
    "find --regex .$ PAPER --format json",
    "bookmarks PAPER",
    "bookmarks PAPER --format markdown",
    "bookmarks PAPER --format json",
    "bookmarks --all",
    "bookmarks --all --format markdown",
    "bookmarks --all --format json",
];

/// A folder with a hostile paper in it, and a shelf.
struct Desk {
    home: TempDir,
    paper: PathBuf,
}

impl Desk {
    fn with(paper: &Paper) -> Self {
        let home = TempDir::new().expect("a home");
        let path = home.path().join(&paper.file_name);
        fs::write(&path, &paper.bytes).expect("a paper");
        Desk { home, paper: path }
    }

    /// Runs the program; asserts that all it writes is text.
    #[track_caller]
    fn run<I: Into<OsString>>(&self, arguments: impl IntoIterator<Item = I>) -> Output {
        self.run_with(self.home.path().join("data").as_os_str(), arguments)
    }

    #[track_caller]
    fn run_with<I: Into<OsString>>(
        &self,
        data: &OsStr,
        arguments: impl IntoIterator<Item = I>,
    ) -> Output {
        let arguments: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
        let mut command = Command::new(PROGRAM);
        command.args(&arguments).env_clear();
        command.current_dir(self.home.path());
        command.env("OPCIT_DATA_DIR", data).stdin(Stdio::null());
        let output = command.output().expect("opcit runs");
        for bytes in [&output.stdout, &output.stderr] {
            if let Err(why) = sequences::in_pipe(bytes) {
                panic!("{arguments:?} writes {why}");
            }
        }
        output
    }

    /// Runs one of the commands.
    #[track_caller]
    fn run_on_paper(&self, command: &str) -> Output {
        let words = command.split(' ');
        self.run(words.map(|word| match word {
            "PAPER" => self.paper.clone().into_os_string(),
            word => word.into(),
        }))
    }
}

#[test]
fn commands_write_nothing_that_acts() {
    for paper in papers() {
        let desk = Desk::with(&paper);
        for command in COMMANDS {
            let output = desk.run_on_paper(command);
            if command.contains("json") {
                hold_clean(&serde_json::from_slice(&output.stdout).expect("JSON"));
            }
        }
    }
}

/// Strings of JSON may hold line ends, and the tabs that part the cells of a table.
#[track_caller]
fn hold_clean(value: &Value) {
    match value {
        Value::String(text) => {
            let text = text.replace('\t', " ");
            sequences::in_pipe(text.as_bytes()).unwrap_or_else(|why| panic!("JSON holds {why}"));
        }
        Value::Array(values) => values.iter().for_each(hold_clean),
        Value::Object(fields) => fields.values().for_each(hold_clean),
        _ => {}
    }
}

#[test]
fn a_paper_that_is_printed_on_the_terminal_does_not_act_on_it() {
    for paper in papers() {
        let desk = Desk::with(&paper);
        for words in ["print", "notes", "check"] {
            let mut command = CommandBuilder::new(PROGRAM);
            command.env_clear();
            command.cwd(desk.home.path());
            command.arg(words);
            command.arg(&desk.paper);
            let mut pty = Pty::start(command, 80, 24);
            pty.wait_for_end();
            let output = sequences::in_terminal(&pty.close_and_read());
            let output = output.unwrap_or_else(|why| panic!("{} prints {why}", paper.name));
            assert!(output.sequences.is_empty() && output.bytes > 0);
        }
    }
}

#[test]
fn complaints_about_hostile_arguments_are_text() {
    let desk = Desk::with(&papers()[0]);
    let bytes = [ATTACK.as_bytes(), b"\xff\x9b", b"'$(x)`"].concat();
    let attack = OsString::from_vec(bytes);
    let paper = desk.paper.clone().into_os_string();
    let arguments =
        |list: &[&OsStr]| -> Vec<OsString> { list.iter().map(|word| (*word).to_owned()).collect() };
    let word = OsStr::new;
    let long_option = OsString::from_vec([b"--", attack.as_encoded_bytes()].concat());
    fs::create_dir(desk.home.path().join(&attack)).expect("a folder");
    let elsewhere = PathBuf::from("nowhere").join(&attack).into_os_string();
    for list in [
        &[&*attack][..],
        &[&elsewhere],
        &[&long_option],
        &[&attack, word("print")],
        &[word("print"), &attack],
        &[word("print"), &elsewhere],
        &[word("print"), &paper, word("--section"), word(ATTACK)],
        &[word("print"), &paper, word("--section"), word("e")],
        &[word("print"), &paper, word("--format"), &attack],
        &[word("print"), &paper, word("--width"), word(ATTACK)],
        &[word("notes"), &paper, word("--note"), word(ATTACK)],
        &[word("find"), word(ATTACK), &paper],
        &[word("find"), &attack, &paper],
        &[
            word("find"),
            word("--regex"),
            word("(\u{1b}]0;t\u{7}\u{202e}"),
            &paper,
        ],
        &[word("bookmarks"), word("import"), &elsewhere, &paper],
        &[word("bookmarks"), word("import"), &paper, &paper],
        &[word("--data-dir"), &attack, word("papers")],
    ] {
        let output = desk.run(arguments(list));
        assert_ne!(output.status.code(), None, "{list:?}");
    }
    // A file where there should be a folder.
    let data = Path::new(&paper).join(&attack);
    desk.run_with(data.as_os_str(), [word("papers")]);
    desk.run_with(data.as_os_str(), [word("bookmarks"), &paper]);
    let kept = desk.home.path().join("kept.json");
    fs::write(&kept, annotations().to_string()).expect("annotations");
    let import = [word("bookmarks"), word("import"), kept.as_os_str(), &paper];
    let refused = desk.run_with(data.as_os_str(), import);
    assert_eq!(refused.status.code(), Some(1));
}

/// Bookmarks of another program, which call things as they like.
fn annotations() -> Value {
    let item = |id: &str, exact: &str| {
        json!({
            "id": format!("{id}{ATTACK}"),
            "type": "Annotation",
            "created": ATTACK,
            "creator": ATTACK,
            "body": [
                {"type": "TextualBody", "purpose": "describing", "value": format!("{id}{ATTACK}")},
                {"type": "TextualBody", "value": format!("{ATTACK}\n{ATTACK}")},
            ],
            "target": {
                "source": ATTACK,
                "selector": [{
                    "type": "TextQuoteSelector",
                    "exact": exact,
                    "prefix": ATTACK,
                    "suffix": ATTACK,
                }],
            },
        })
    };
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationPage",
        "label": ATTACK,
        "items": [
            item("one", "Plain words of no interest"),
            item("two", ATTACK),
            item("three", &format!("words{ATTACK}")),
        ],
    })
}

#[test]
fn a_hostile_shelf_does_not_act() {
    let paper = &papers()[1];
    let desk = Desk::with(paper);
    let kept = desk.home.path().join("kept.json");
    fs::write(&kept, annotations().to_string()).expect("annotations");
    let word = OsStr::new;
    let imported = desk.run([
        word("bookmarks"),
        word("import"),
        kept.as_os_str(),
        desk.paper.as_os_str(),
    ]);
    assert!(imported.status.success());
    let data = desk.home.path().join("data");
    poison(&data);
    for command in COMMANDS.iter().filter(|it| it.starts_with("bookmarks")) {
        desk.run_on_paper(command);
    }
    desk.run(["papers"]);
    let mut tour = Tour::begin(&desk.paper, &data, 80, 24);
    tour.press("B", "4 bookmarks");
    tour.press("jj", "4 bookmarks");
    tour.press("e", "Esc leave");
    tour.press("\u{3}", "Bookmarks");
    tour.press("D", "3 bookmarks");
    tour.press("U", "4 bookmarks");
    tour.press("\u{1b}", "q quit");
    if let Err(why) = tour.end() {
        panic!("the shelf sends {why}");
    }
    // Another draft beside the first: which of the two it is has to be asked.
    let draft = desk.home.path().join("draft.md");
    let bytes = [&paper.bytes[..], b"\n\nAnother end.\n"].concat();
    fs::write(&draft, bytes).expect("a draft");
    let mut tour = Tour::begin(&draft, &data, 80, 24);
    tour.press("", "Which paper is this?");
    tour.press("\r", "q quit");
    if let Err(why) = tour.end() {
        panic!("the question sends {why}");
    }
}

/// Writes into every file of the shelf what somebody who can write there could.
fn poison(data: &Path) {
    for entry in fs::read_dir(data).expect("a shelf") {
        let path = entry.expect("an entry").path();
        if path.extension() != Some(OsStr::new("jsonl")) {
            continue;
        }
        let text = fs::read_to_string(&path).expect("records");
        let mut lines: Vec<String> = text
            .lines()
            .map(|line| {
                let mut record: Value = serde_json::from_str(line).expect("a record");
                if record["kind"] != "shelf" {
                    poison_fields(&mut record);
                }
                record.to_string()
            })
            .collect();
        let when = "2026-11-25T23:50:56.841Z";
        for (kind, id) in [
            ("path", ATTACK),
            ("mark", ATTACK),
            (ATTACK, "x"),
            ("bookmark", ATTACK),
        ] {
            let record = json!({
                "kind": kind, "id": id, "modified": when, "created": when, "label": ATTACK,
                "note": ATTACK, "anchor": {"quote": ATTACK, "heading": ATTACK, "section": ATTACK},
            });
            lines.push(record.to_string());
        }
        let settings =
            json!({"kind": "settings", "id": "settings", "modified": when, "notes": ATTACK});
        lines.push(settings.to_string());
        lines.push("{\u{1b}]0;t\u{7}".to_owned());
        fs::write(&path, lines.join("\n")).expect("records");
        fs::write(data.join("a\u{1b}]0;t\u{7}.jsonl"), "\u{1b}[31m\n").expect("a copy");
    }
}

/// Adds the attack to the words of a record, and leaves what it is known by.
fn poison_fields(value: &mut Value) {
    match value {
        Value::String(text) => text.push_str(ATTACK),
        Value::Array(values) => values.iter_mut().for_each(poison_fields),
        Value::Object(fields) => {
            let kept = ["kind", "id", "modified", "created", "text", "what", "exact"];
            for (name, value) in fields {
                if !kept.contains(&name.as_str()) {
                    poison_fields(value);
                }
            }
        }
        _ => {}
    }
}
