//! Papers whose shape would make a careless program recurse, wait or fill the memory.

mod papers;

use std::env;
use std::fs;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Resource, getrlimit, setrlimit};
use tempfile::TempDir;

use self::papers::{Shape, addresses, deep, noted, wide};
use super::pty::{Pty, command, patiently, shown};
use super::reading::PROGRAM;

/// Holds the arguments for the program where the test binary runs it on a small stack.
const ARGUMENTS: &str = "OPCIT_TEST_ARGUMENTS";

/// A thirtieth of what a program usually has. A frame takes a hundred bytes at least, so that no
/// recursion as deep as these papers would fit.
const STACK: u64 = 256 << 10;

/// The memory that a paper takes at most: so many bytes for each byte of its source, and some more
/// for the program itself. docs/limits.md promises it.
const MULTIPLE: u64 = 400;
const SPARE: u64 = 16 << 20;

/// So many bytes the output of a command has at most for each byte of the paper: JSON says much of
/// a note that is one letter.
const LONGEST_OUTPUT: u64 = 500;

/// A file with the text.
fn file(folder: &Path, text: &str) -> PathBuf {
    let path = folder.join("paper.md");
    fs::write(&path, text).expect("a paper");
    path
}

/// The program, whose stacks are small; the test binary runs itself in order to make them so.
fn on_a_small_stack(arguments: &[&str]) -> Command {
    let mut command = Command::new(env::current_exe().expect("a name"));
    command.args([
        "shapes::runs_on_a_small_stack",
        "--exact",
        "--ignored",
        "--nocapture",
    ]);
    command.env(ARGUMENTS, serde_json::to_string(arguments).expect("text"));
    command.env("RUST_MIN_STACK", STACK.to_string());
    command.env("OPCIT_DATA_DIR", "/nonexistent/opcit");
    command.stdin(Stdio::null());
    command
}

#[test]
#[ignore = "becomes the program; other tests run it"]
fn runs_on_a_small_stack() {
    let Ok(arguments) = env::var(ARGUMENTS) else {
        return;
    };
    let arguments: Vec<String> = serde_json::from_str(&arguments).expect("arguments");
    let mut limit = getrlimit(Resource::Stack);
    limit.current = Some(STACK);
    setrlimit(Resource::Stack, limit).expect("a limit");
    panic!("{}", Command::new(PROGRAM).args(arguments).exec());
}

/// Runs commands on papers of a shape, each on a small stack; asserts that they end, and well.
fn run(shapes: impl Iterator<Item = Shape>, commands: &[&str]) {
    run_within(shapes, commands, |bytes| LONGEST_OUTPUT * bytes + SPARE);
}

/// The same, with the most bytes that may be written for a paper of so many.
fn run_within(shapes: impl Iterator<Item = Shape>, commands: &[&str], most: impl Fn(u64) -> u64) {
    for shape in shapes {
        let folder = TempDir::new().expect("a folder");
        let path = file(folder.path(), &shape.text);
        let path = path.to_str().expect("a name");
        for command in commands {
            let words = command.split(' ');
            let words: Vec<&str> = words
                .map(|it| if it == "PAPER" { path } else { it })
                .collect();
            let output = tempfile::tempfile().expect("a file");
            let mut program = on_a_small_stack(&words);
            program.stdout(output.try_clone().expect("a file"));
            let mut program = program.spawn().expect("the program");
            let mut status = None;
            let has_ended = patiently(|| {
                status = program.try_wait().expect("a status");
                status.is_some()
            });
            if !has_ended {
                program.kill().expect("a program");
            }
            let code = status.and_then(|status| status.code());
            let may_find = command.starts_with("check") || command.starts_with("find");
            let is_well = code == Some(0) || (may_find && code == Some(1));
            assert!(is_well, "{command} of {}: {status:?}", shape.name);
            let written = output.metadata().expect("a file").len();
            let most = most(shape.text.len() as u64);
            assert!(
                written <= most,
                "{command} of {}: {written} bytes",
                shape.name
            );
        }
    }
}

/// All of a count with `OPCIT_CASES`, as `.ci/long` has it; else a third.
fn long_run(count: usize) -> usize {
    if env::var_os("OPCIT_CASES").is_some() {
        count
    } else {
        count / 3
    }
}

#[test]
fn no_nesting_is_too_deep() {
    run(deep(long_run(100_000)), &["print PAPER"]);
}

#[test]
fn deep_nesting_is_written_in_every_format() {
    let commands = [
        "print PAPER --format markdown",
        "print PAPER --format json",
        "check PAPER",
    ];
    run(deep(10_000), &commands);
}

#[test]
fn no_shape_takes_more_than_its_share_of_work() {
    run(wide(long_run(20_000)), &["print PAPER"]);
    run(noted(long_run(20_000)), &["sources PAPER --format json"]);
}

#[test]
fn no_shape_is_written_out_as_much_more_than_it_is() {
    let commands = [
        "print PAPER --format json",
        "print PAPER --format markdown",
        "find a PAPER",
        "find a PAPER --format json",
    ];
    run(wide(1000).chain(noted(1000)), &commands);
}

#[test]
fn an_address_is_written_out_once_or_twice_however_long_it_is() {
    const BYTES: usize = 1 << 19;
    let commands = [
        "print PAPER",
        "print PAPER --format markdown",
        "print PAPER --format json",
        "notes PAPER --format json",
    ];
    let most = u64::try_from(5 * BYTES).expect("a length");
    run_within(addresses(BYTES), &commands, |_| most);
}

/// The program, reading a paper, with an empty home of its own.
struct Reading {
    pty: Pty,
    folder: TempDir,
}

impl Reading {
    fn begin(text: &str) -> Self {
        let folder = TempDir::new().expect("a folder");
        let mut command = command(PROGRAM, folder.path());
        command.arg(file(folder.path(), text));
        let pty = Pty::start(command, 80, 24);
        pty.wait_for_text("q quit");
        Reading { pty, folder }
    }

    /// The most memory that it has had at once, in bytes; none where the system does not tell.
    fn peak(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pty.process())).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))?;
        let kibibytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
        Some(kibibytes << 10)
    }

    #[track_caller]
    fn quits(mut self) {
        self.pty.send("q");
        assert_eq!(self.pty.wait_for_end(), 0);
        self.pty.wait_until_given_back();
    }
}

/// The memory that the shapes take to be read, beyond what an empty paper takes.
fn peaks(shapes: impl Iterator<Item = Shape>) -> Vec<(&'static str, u64, u64)> {
    let Some(empty) = Reading::begin("").peak() else {
        return Vec::new();
    };
    let peak = |shape: Shape| {
        let reading = Reading::begin(&shape.text);
        // What is read beside the loop has its share too.
        reading.pty.settled_text();
        let peak = reading.peak().expect("a figure").saturating_sub(empty);
        (shape.name, shape.text.len() as u64, peak)
    };
    shapes.map(peak).collect()
}

#[test]
fn memory_grows_no_faster_than_the_paper() {
    let names = [
        "brackets",
        "emphasis",
        "inline notes",
        "many tables",
        "one line",
        "headings",
        "notes",
        "inline notes in a row",
        "empty inline notes in a row",
        "empty headings",
        "items",
        "many links",
    ];
    let shapes = |count| {
        let all = deep(count).chain(wide(count)).chain(noted(count));
        all.filter(|shape| names.contains(&shape.name))
    };
    let small = peaks(shapes(10_000));
    let large = peaks(shapes(40_000));
    for ((name, _, small), (_, bytes, large)) in small.into_iter().zip(large) {
        assert!(
            large <= MULTIPLE * bytes + SPARE,
            "{name}: {large} for {bytes} bytes"
        );
        // Four times as much text, and room for what comes in pieces.
        assert!(large <= 6 * small + SPARE, "{name}: {small}, then {large}");
    }
}

#[test]
fn keys_are_heard_in_papers_of_every_shape() {
    for shape in wide(3_000).chain(noted(3_000)) {
        let mut reading = Reading::begin(&shape.text);
        for keys in ["9999999j", "g", "+", "G", "k", "999999 "] {
            reading.pty.send(keys);
        }
        for (key, text) in [("?", "? close"), ("?", "q quit")] {
            reading.pty.send(key);
            reading.pty.wait_for_text(text);
        }
        reading.quits();
    }
}

#[test]
fn a_file_that_vanishes_or_shrinks_under_the_reader_is_read_on() {
    let mut reading = Reading::begin(&format!("First.\n\n{}Last.\n", "Words.\n\n".repeat(90)));
    let path = reading.folder.path().join("paper.md");
    fs::write(&path, "").expect("a paper");
    reading.pty.send("G");
    reading.pty.wait_for_text("Last.");
    fs::remove_file(&path).expect("a paper");
    reading.pty.send("g");
    reading.pty.wait_for_text("First.");
    reading.pty.send("b");
    reading.pty.wait_for_text("bookmark set");
    reading.quits();
}

/// opcit, which reads its paper from a pipe: its home, its terminal, and the pipe.
fn reading_a_pipe() -> (TempDir, Pty, fs::File) {
    let home = TempDir::new().expect("a folder");
    let path = home.path().join("pipe");
    let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
    rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, mode, 0)
        .expect("a pipe");
    let mut program = command(PROGRAM, home.path());
    program.arg(&path);
    let pty = Pty::start(program, 80, 24);
    let pipe = fs::OpenOptions::new().write(true).open(&path);
    (home, pty, pipe.expect("a pipe"))
}

#[test]
fn a_pipe_is_read_to_its_end_however_slowly_it_comes() {
    let (_home, mut pty, mut pipe) = reading_a_pipe();
    pipe.write_all(b"First half, ").expect("a reader");
    pty.wait_for_text("Reading the paper");
    pipe.write_all(b"second half.\n").expect("a reader");
    drop(pipe);
    pty.wait_for_text("First half, second half.");
    pty.send("q");
    assert_eq!(pty.wait_for_end(), 0);
}

#[test]
fn what_is_typed_while_a_paper_is_read_in_is_heard_after_it() {
    let (_home, mut pty, mut pipe) = reading_a_pipe();
    // Both before the screen is taken over and after it.
    pty.send("/se");
    pty.wait_for_text("Reading the paper");
    pty.send("cond");
    pty.resize(70, 24);
    pty.wait_for_text("1s ");
    pipe.write_all(b"First half, second half.\n")
        .expect("a reader");
    drop(pipe);
    pty.wait_for("the search", |screen| shown(screen).contains("/second"));
}

#[test]
#[ignore = "pipes 256 MiB; run it with --release and --ignored"]
fn a_pipe_without_an_end_is_read_up_to_the_limit() {
    let mut program = Command::new(PROGRAM);
    program
        .args(["outline", "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped());
    let mut program = program.spawn().expect("the program");
    let mut pipe = program.stdin.take().expect("a pipe");
    let writer = thread::spawn(move || {
        let mut written = 0_u64;
        while pipe.write_all(&[b'a'; 1 << 16]).is_ok() {
            written += 1 << 16;
        }
        written
    });
    let output = program.wait_with_output().expect("an end");
    let written = writer.join().expect("a writer");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("larger than 256 MiB"), "{said}");
    assert!(
        written < (256 << 20) + (1 << 20),
        "{written} bytes were taken"
    );
}

/// `cargo test --release --test program -- --ignored --nocapture huge` says what they take.
#[test]
#[ignore = "takes minutes and gigabytes; run it with --release and --ignored"]
#[allow(clippy::print_stdout, reason = "the figures are what it is for")]
fn huge_papers_are_read_within_the_stated_memory() {
    println!(
        "{:42} {:>9} {:>9} {:>9} {:>5}",
        "paper", "MB", "seconds", "MiB", "times"
    );
    let huge =
        |names: &'static [&str], shapes: fn(usize) -> Box<dyn Iterator<Item = Shape>>, count| {
            shapes(count).filter(move |shape| names.contains(&shape.name))
        };
    let plain = |count| Box::new(wide(count)) as Box<dyn Iterator<Item = Shape>>;
    let nested = |count| Box::new(deep(count)) as Box<dyn Iterator<Item = Shape>>;
    let cited = |count| Box::new(noted(count)) as Box<dyn Iterator<Item = Shape>>;
    let papers = huge(&["one line", "one address"], plain, 100_000_000 / 15)
        .chain(huge(&["one word"], plain, 20_000_000))
        .chain(huge(&["a table of many columns"], plain, 10_000))
        .chain(huge(
            &[
                "a table of many rows",
                "a table of a long cell",
                "headings",
                "items",
            ],
            plain,
            1_000_000,
        ))
        .chain(huge(
            &[
                "notes",
                "markers of one note",
                "inline notes in a row",
                "notes that are not there",
            ],
            cited,
            1_000_000,
        ))
        .chain(nested(100_000));
    for shape in papers {
        let before = Instant::now();
        let mut reading = Reading::begin(&shape.text);
        let seconds = before.elapsed();
        for keys in ["9999999j", "g", "+", "G", "\u{1b}"] {
            reading.pty.send(keys);
            thread::sleep(Duration::from_millis(100));
        }
        reading.pty.settled_text();
        let bytes = shape.text.len() as u64;
        let peak = reading.peak().expect("a figure");
        println!(
            "{:42} {:>9.2} {:>9.2} {:>9} {:>5}",
            shape.name,
            bytes as f64 / 1e6,
            seconds.as_secs_f64(),
            peak >> 20,
            peak / bytes.max(1),
        );
        assert!(peak <= MULTIPLE * bytes + SPARE, "{}", shape.name);
        reading.quits();
    }
}
