//! The figures as a table, written down and compared.

use std::env;
use std::io::{self, Write};
use std::process::Command;

use crate::papers::Sample;

/// Where the figures are written down.
pub(crate) const RECORDED: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/benches/instructions/figures.md"
);

/// By how many parts in a hundred a figure may grow.
const MOST_GROWTH: u64 = 3;

/// Thousands of instructions: a row for each operation, a column for each paper.
pub(crate) struct Figures {
    columns: Vec<String>,
    rows: Vec<String>,
}

impl Figures {
    pub(crate) fn new(samples: &[Sample]) -> Self {
        Figures {
            columns: samples.iter().map(ToString::to_string).collect(),
            rows: Vec::new(),
        }
    }

    /// The head of the table.
    pub(crate) fn head(&self) -> String {
        format!(
            "| thousands of instructions | {} |\n|---|{}\n",
            self.columns.join(" | "),
            "--:|".repeat(self.columns.len())
        )
    }

    /// Adds a row, and gives it.
    pub(crate) fn add(&mut self, operation: &str, counts: &[u64]) -> &str {
        let cells: Vec<String> = counts.iter().map(|count| thousands(*count)).collect();
        let row = format!("| {operation} | {} |", cells.join(" | "));
        self.rows.push(row);
        self.rows.last().map_or("", String::as_str)
    }

    /// The file of figures: with which compiler, and the table.
    pub(crate) fn file(&self) -> io::Result<String> {
        let compiler = compiler()?;
        let rows = self.rows.join("\n");
        Ok(format!("{compiler}\n\n{}{rows}\n", self.head()))
    }

    /// Fails if a figure is more than three parts in a hundred above the recorded one. Those of
    /// another compiler are not compared.
    pub(crate) fn check(&self, recorded: &str) -> io::Result<()> {
        let compiler = compiler()?;
        let of = recorded.lines().next().unwrap_or_default();
        if of != compiler {
            let said = format!("not compared: the figures are of {of}, this is {compiler}");
            return writeln!(io::stdout(), "{said}");
        }
        let mut grown = Vec::new();
        for row in &self.rows {
            let (name, counts) = cells(row);
            let before = recorded.lines().map(cells).find(|known| known.0 == name);
            let Some((_, before)) = before else {
                grown.push(format!("{name}: not recorded"));
                continue;
            };
            for (count, before) in counts.iter().zip(&before) {
                if count * 100 > before * (100 + MOST_GROWTH) {
                    grown.push(format!("{name}: {before} thousand before, {count} now"));
                }
            }
        }
        if grown.is_empty() {
            Ok(())
        } else {
            Err(io::Error::other(format!(
                "grown by more than {MOST_GROWTH} %:\n{}\nIf it is worth that, record it: \
             cargo bench --profile count --bench instructions -- --record",
                grown.join("\n")
            )))
        }
    }
}

/// The name and the figures of a row.
fn cells(row: &str) -> (&str, Vec<u64>) {
    let mut cells = row.split('|').map(str::trim).skip(1);
    let name = cells.next().unwrap_or_default();
    let counts = cells.filter_map(|cell| cell.replace(',', "").parse().ok());
    (name, counts.collect())
}

/// Which compiler this is, and for which kind of processor.
fn compiler() -> io::Result<String> {
    let output = Command::new("rustc").arg("--version").output()?;
    let version = String::from_utf8_lossy(&output.stdout);
    Ok(format!("{} for {}", version.trim(), env::consts::ARCH))
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
