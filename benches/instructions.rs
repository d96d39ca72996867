//! How many instructions it takes, which is the same on a busy machine as on an idle one:
//! `cargo bench --bench instructions`, or of it `cargo bench --bench instructions -- resize`.
//!
//! With `--record` what it takes on a paper of 35 KB is written to `instructions/figures.md`; with
//! `--check` it fails where that has grown by more than three parts in a hundred. Both are for the
//! profile `count`, whose builds take a fraction of the time.
//!
//! The program runs itself under valgrind, which counts what [`measured`] does and nothing else. It
//! shows every program the same processor, so that what is chosen by what a processor can do is the
//! same on all that can as much as that one, an Intel Core i7-4910MQ. Of two runs the counts differ
//! by less than one part in a thousand.

#[path = "instructions/figures.rs"]
mod figures;
#[path = "work/operations.rs"]
mod operations;
#[path = "work/papers.rs"]
mod papers;

use std::io::{self, Write};
use std::process::Command;
use std::{env, fs};

use figures::{Figures, RECORDED};
use operations::{OPERATIONS, Operation};
use papers::{SAMPLES, Sample};

/// Where this program finds what to measure when it runs under valgrind.
const OPERATION: &str = "OPCIT_BENCH_OPERATION";
const PAPER: &str = "OPCIT_BENCH_PAPER";

/// Writes the figures into the file, or compares them with those in it.
const RECORD: &str = "--record";
const CHECK: &str = "--check";

/// How often the work is done before it is counted: what is made once is made then.
const WARM_UP: usize = 2;
/// How often it is counted; an even number, since some work goes to and fro.
const TIMES: u64 = 2;

fn main() -> io::Result<()> {
    if let (Ok(operation), Ok(paper)) = (env::var(OPERATION), env::var(PAPER)) {
        run(&operation, &paper);
        return Ok(());
    }
    let (options, wanted): (Vec<String>, Vec<String>) =
        env::args().skip(1).partition(|word| word.starts_with('-'));
    let has = |option: &str| options.iter().any(|given| given == option);
    let is_wanted = |operation: &&Operation| {
        wanted.is_empty() || wanted.iter().any(|word| operation.name.contains(word))
    };
    let samples = if has(RECORD) || has(CHECK) {
        // What each piece of work takes shows on a short paper; a long one takes an hour.
        SAMPLES.get(..1).unwrap_or(&SAMPLES)
    } else {
        &SAMPLES
    };
    let mut figures = Figures::new(samples);
    let mut out = io::stdout().lock();
    out.write_all(figures.head().as_bytes())?;
    for operation in OPERATIONS.iter().filter(is_wanted) {
        let counts = samples.iter().map(|sample| count(operation, *sample));
        let counts = counts.collect::<io::Result<Vec<u64>>>()?;
        writeln!(out, "{}", figures.add(operation.name, &counts))?;
        out.flush()?;
    }
    if has(RECORD) {
        return fs::write(RECORDED, figures.file()?);
    }
    if has(CHECK) {
        figures.check(&fs::read_to_string(RECORDED)?)
    } else {
        Ok(())
    }
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
