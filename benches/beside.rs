//! What a person waits for, in opcit and in other programs on the same papers, each in a real
//! pseudo-terminal: `cargo bench --bench beside`, or `cargo bench --bench beside -- opcit less`.
//!
//! The programs take turns, so that a noisy machine disturbs all alike. A wait ends with the last
//! byte of the frame; the silence that proves it to be the last one is not counted. Linux only,
//! since memory and wake-ups are read from `/proc`.

#[path = "work/papers.rs"]
mod papers;
#[path = "beside/program.rs"]
mod program;
#[path = "beside/session.rs"]
mod session;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::{env, fs};

use tempfile::TempDir;

use papers::SAMPLES;
use program::{PROGRAMS, Program, YARDSTICK};
use session::{Measured, measure};

/// How often each program is started on each paper.
const ROUNDS: usize = 5;

fn main() -> io::Result<()> {
    let wanted: Vec<String> = env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    let is_wanted = |program: &&'static Program| {
        wanted.is_empty() || wanted.iter().any(|name| name == program.name)
    };
    let folder = TempDir::new()?;
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "Milliseconds: the median, and in brackets the least and the most, of {ROUNDS} runs.\n"
    )?;
    writeln!(
        out,
        "| paper | program | first frame | a line further | a screen further | resize \
         | quit | bytes a line | peak MiB | idle: bytes, wake-ups in 1 s |"
    )?;
    writeln!(out, "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|")?;
    let mut ratios = Vec::new();
    for sample in SAMPLES {
        let markdown = folder.path().join("paper.md");
        fs::write(&markdown, sample.markdown())?;
        let mut readings: Vec<Reading> = PROGRAMS
            .iter()
            .filter(is_wanted)
            .map(|program| Reading::new(program, &markdown))
            .collect();
        for _ in 0..ROUNDS {
            readings.iter_mut().for_each(Reading::run);
        }
        for reading in &readings {
            writeln!(
                out,
                "| {sample} | {} | {}",
                reading.program.name,
                reading.cells()
            )?;
            out.flush()?;
        }
        ratios.extend(ratios_of(&sample.to_string(), &readings));
    }
    write_ratios(&ratios, &mut out)
}

/// How many times as much each program takes as the yardstick, by sample and program.
fn ratios_of(sample: &str, readings: &[Reading]) -> Vec<String> {
    let is_yardstick = |reading: &&Reading| reading.program.name == YARDSTICK;
    let Some(yardstick) = readings.iter().find(is_yardstick) else {
        return Vec::new();
    };
    let others = readings.iter().filter(|reading| !is_yardstick(reading));
    let measured = others.filter(|reading| reading.failure.is_none());
    let line = |reading: &Reading| {
        let ratios = COMPARED.map(|(_, figure)| {
            let middle = |reading: &Reading| median(reading.runs.iter().map(figure));
            format!("{:.1}", middle(reading) / middle(yardstick))
        });
        let name = reading.program.name;
        format!("| {sample} | {name} | {} |", ratios.join(" | "))
    };
    measured.map(line).collect()
}

fn write_ratios(ratios: &[String], out: &mut impl Write) -> io::Result<()> {
    if ratios.is_empty() {
        return Ok(());
    }
    let heads = COMPARED.map(|(head, _)| head).join(" | ");
    writeln!(
        out,
        "\nTimes of {YARDSTICK}:\n\n| paper | program | {heads} |"
    )?;
    writeln!(out, "|---|---|{}", "--:|".repeat(COMPARED.len()))?;
    ratios.iter().try_for_each(|line| writeln!(out, "{line}"))
}

/// A figure of a run, under its head.
type Compared = (&'static str, fn(&Measured) -> f64);

/// What programs are compared by.
const COMPARED: [Compared; 6] = [
    ("first frame", |run| run.first_frame_ms),
    ("a line further", |run| run.line_ms),
    ("a screen further", |run| run.screen_ms),
    ("resize", |run| run.resize_ms),
    ("quit", |run| run.quit_ms),
    ("peak MiB", |run| run.peak_mib),
];

/// A program on a paper.
struct Reading {
    program: &'static Program,
    paper: PathBuf,
    runs: Vec<Measured>,
    /// Why there is nothing to measure.
    failure: Option<io::Error>,
}

impl Reading {
    fn new(program: &'static Program, markdown: &Path) -> Self {
        let (paper, failure) = match program.paper(markdown) {
            Ok(paper) => (paper, None),
            Err(error) => (PathBuf::new(), Some(error)),
        };
        Reading {
            program,
            paper,
            runs: Vec::new(),
            failure,
        }
    }

    fn run(&mut self) {
        if self.failure.is_none() {
            match measure(self.program, &self.paper) {
                Ok(measured) => self.runs.push(measured),
                Err(error) => self.failure = Some(error),
            }
        }
    }

    /// The figures, as cells of a table.
    fn cells(&self) -> String {
        match &self.failure {
            Some(failure) => format!("{failure} | | | | | | | |"),
            None => figures(&self.runs),
        }
    }
}

fn figures(runs: &[Measured]) -> String {
    let ms = |figure: fn(&Measured) -> f64| {
        let [least, middle, most] = spread(runs.iter().map(figure));
        format!("{middle:.2} ({least:.2}–{most:.2})")
    };
    let middle = |figure: fn(&Measured) -> f64| spread(runs.iter().map(figure))[1];
    format!(
        "{} | {} | {} | {} | {} | {:.0} | {:.1} | {:.0}, {:.0} |",
        ms(|run| run.first_frame_ms),
        ms(|run| run.line_ms),
        ms(|run| run.screen_ms),
        ms(|run| run.resize_ms),
        ms(|run| run.quit_ms),
        middle(|run| run.line_bytes),
        middle(|run| run.peak_mib),
        middle(|run| run.idle_bytes),
        middle(|run| run.idle_wake_ups),
    )
}

/// The least, the middle one and the most of some figures; nothing of none.
fn spread(figures: impl Iterator<Item = f64>) -> [f64; 3] {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    let nth = |index: usize| figures.get(index).copied().unwrap_or(f64::NAN);
    [
        nth(0),
        nth(figures.len() / 2),
        nth(figures.len().saturating_sub(1)),
    ]
}

/// The median of some figures.
fn median(figures: impl Iterator<Item = f64>) -> f64 {
    spread(figures)[1]
}
