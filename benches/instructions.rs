//! How many instructions it takes, which is the same on a busy machine as on an idle one:
//! `cargo bench --bench instructions`, or of it `cargo bench --bench instructions -- resize`.
//!
//! The program runs itself under valgrind, which counts what [`measured`] does and nothing else.

#[path = "work/operations.rs"]
mod operations;
#[path = "work/papers.rs"]
mod papers;

use std::io::{self, Write};
use std::process::Command;
use std::{env, fs};

use operations::{OPERATIONS, Operation};
use papers::{SAMPLES, Sample};

/// Where this program finds what to measure when it runs under valgrind.
const OPERATION: &str = "OPCIT_BENCH_OPERATION";
const PAPER: &str = "OPCIT_BENCH_PAPER";

/// How often the work is done before it is counted: what is made once is made then.
const WARM_UP: usize = 2;
/// How often it is counted; an even number, since some work goes to and fro.
const TIMES: u64 = 2;

fn main() -> io::Result<()> {
    if let (Ok(operation), Ok(paper)) = (env::var(OPERATION), env::var(PAPER)) {
        run(&operation, &paper);
        return Ok(());
    }
    let wanted: Vec<String> = env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    let is_wanted = |operation: &&Operation| {
        wanted.is_empty() || wanted.iter().any(|word| operation.name.contains(word))
    };
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "| thousands of instructions | {} |",
        SAMPLES.map(|sample| sample.to_string()).join(" | ")
    )?;
    writeln!(out, "|---|{}", "--:|".repeat(SAMPLES.len()))?;
    for operation in OPERATIONS.iter().filter(is_wanted) {
        write!(out, "| {} |", operation.name)?;
        for sample in SAMPLES {
            write!(out, " {} |", thousands(count(operation, sample)?))?;
            out.flush()?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Does the work as often as it takes to count it.
fn run(operation: &str, paper: &str) {
    let operation = OPERATIONS.iter().find(|known| known.name == operation);
    let operation = operation.expect("an operation that there is");
    let markdown = fs::read_to_string(paper).expect("a paper");
    let mut work = (operation.prepare)(&markdown);
    for _ in 0..WARM_UP {
        work();
    }
    for _ in 0..TIMES {
        measured(&mut work);
    }
}

/// What valgrind counts.
#[inline(never)]
fn measured(work: &mut dyn FnMut()) {
    work();
}

/// How many instructions the work takes.
fn count(operation: &Operation, sample: Sample) -> io::Result<u64> {
    let paper = tempfile::NamedTempFile::new()?;
    fs::write(paper.path(), sample.markdown())?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg("--toggle-collect=*measured*")
        .arg(env::current_exe()?)
        .env(OPERATION, operation.name)
        .env(PAPER, paper.path())
        .output()
        .map_err(|error| io::Error::other(format!("cannot start valgrind: {error}")))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let collected = said.lines().find_map(|line| {
        line.split_once("Collected : ")?
            .1
            .trim()
            .parse::<u64>()
            .ok()
    });
    match collected {
        Some(collected) if output.status.success() => Ok(collected / TIMES),
        _ => Err(io::Error::other(format!("valgrind failed: {said}"))),
    }
}

/// In thousands, with a mark between groups of three digits.
fn thousands(count: u64) -> String {
    let digits = (count / 1000).to_string();
    let mut text = String::new();
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
