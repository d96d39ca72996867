//! `opcit notes`: the notes of a paper, or some of them.

use std::ops::RangeInclusive;
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;

use super::print::default_columns;
use super::{PAPER_HELP, PaperFormat, completing, input, output};
use crate::export::{json, markdown, text};
use crate::paper::{Note, NoteId, Paper};

/// Write out a paper's notes, or some of them.
#[derive(Debug, Args)]
pub(super) struct NotesArguments {
    #[arg(value_name = "PAPER", help = PAPER_HELP, add = completing::files())]
    paper: Option<PathBuf>,
    /// Only the note with this number or label, or several: `3-5`, `3,8`. May be repeated
    #[arg(long = "note", value_name = "LABEL", add = completing::notes())]
    labels: Vec<String>,
    /// How to write them
    #[arg(long, value_enum, default_value = "text")]
    format: PaperFormat,
}

impl NotesArguments {
    pub(super) fn run(self, reading: input::ReadingRules) -> Result<()> {
        let document = input::open(self.paper, reading)?;
        let paper = document.paper();
        let notes = chosen(paper, &self.labels)?;
        let sources = document.sources();
        output::print(|out| match self.format {
            PaperFormat::Text => text::write_notes(paper, &notes, sources, default_columns(), out),
            PaperFormat::Markdown => markdown::write_notes(paper, &notes, out),
            PaperFormat::Json => json::write_notes(paper, &notes, out),
        })?;
        Ok(())
    }
}

/// The notes that are called so, each once, in the order asked for; all if none is named. A number is
/// the one that the note's marker shows; what is none of these may be a label.
fn chosen(paper: &Paper, labels: &[String]) -> Result<Vec<NoteId>> {
    if labels.is_empty() {
        return Ok((0..paper.notes.len()).map(NoteId).collect());
    }
    let mut notes = Vec::new();
    for label in labels {
        let meant = match note_called(paper, label) {
            Some(note) => vec![note],
            None => several(paper, label)?,
        };
        for note in meant {
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
    }
    Ok(notes)
}

fn note_called(paper: &Paper, label: &str) -> Option<NoteId> {
    let number = label.parse().ok();
    let numbered = number.and_then(|number| paper.note_numbered(number));
    numbered.or_else(|| paper.note_labelled(label))
}

/// The notes that a list means, such as `3,5` or `3-5,8`.
fn several(paper: &Paper, list: &str) -> Result<Vec<NoteId>> {
    let mut notes = Vec::new();
    for part in list.split(',').map(str::trim) {
        if let Some(note) = note_called(paper, part) {
            notes.push(note);
            continue;
        }
        let Some(range) = range(part).filter(|range| !range.is_empty()) else {
            bail!("the paper has no note “{part}”. {}", labels_hint(paper));
        };
        for number in range {
            let Some(note) = note_called(paper, &number.to_string()) else {
                bail!("the paper has no note “{number}”. {}", labels_hint(paper));
            };
            notes.push(note);
        }
    }
    Ok(notes)
}

/// `3-5`, with a hyphen or an en dash.
fn range(part: &str) -> Option<RangeInclusive<u32>> {
    let (first, last) = part.split_once(['-', '–'])?;
    Some(first.trim().parse().ok()?..=last.trim().parse().ok()?)
}

/// Which notes there are, by their words or as their markers show them, as far as a line has room.
fn labels_hint(paper: &Paper) -> String {
    const MAX_LISTED_NOTES: usize = 12;
    let notes = paper.notes.iter();
    let name = |note: &Note| {
        if note.label.chars().any(char::is_alphabetic) {
            note.label.clone()
        } else {
            note.number.to_string()
        }
    };
    let shown: Vec<String> = notes.map(name).collect();
    match (shown.as_slice(), shown.first(), shown.last()) {
        (_, Some(first), Some(last)) if shown.len() > MAX_LISTED_NOTES => {
            format!("It has {} notes, from {first} to {last}.", shown.len())
        }
        ([], ..) => "It has no notes at all.".to_owned(),
        _ => format!("It has these: {}.", shown.join(", ")),
    }
}
