//! A paper as Markdown that reads back as the same paper.
//!
//! Each paragraph is one line, and notes stand at the end as `[^1]: …`. What opcit sets itself
//! (title page, attribution, where notes are cited) is left out: reading sets it again.

mod containers;
mod escape;
mod front_matter;
mod inline;

use super::Excerpt;
use crate::paper::{Alignment, Block, Kind, NoteId, Paper, Table};
use containers::{Containers, Prefixes};
use inline::{Inline, Setting};
use std::io::{self, Write};

/// Writes the excerpt; a whole paper's begins with its metadata.
///
/// # Errors
/// Those of `out`.
pub fn write_excerpt(excerpt: &Excerpt, out: &mut dyn Write) -> io::Result<()> {
    if excerpt.is_whole {
        front_matter::write(&excerpt.paper.metadata, out)?;
    }
    let mut page = Page::new(excerpt.paper, out);
    for block in excerpt.body() {
        page.write(block, "")?;
    }
    // A heading that opcit sets itself has no line.
    for heading in excerpt.notes_heading().filter(|block| block.line > 0) {
        page.write(heading, "")?;
    }
    page.write_notes(&excerpt.notes)
}

/// Writes the definitions of the notes, in the order given.
///
/// # Errors
/// Those of `out`.
pub fn write_notes(paper: &Paper, notes: &[NoteId], out: &mut dyn Write) -> io::Result<()> {
    Page::new(paper, out).write_notes(notes)
}

/// Markdown under way: what is open decides how the next line begins.
struct Page<'a> {
    paper: &'a Paper,
    out: &'a mut dyn Write,
    containers: Containers,
    is_empty: bool,
}

impl<'a> Page<'a> {
    fn new(paper: &'a Paper, out: &'a mut dyn Write) -> Self {
        Page {
            paper,
            out,
            containers: Containers::default(),
            is_empty: true,
        }
    }

    fn write_notes(&mut self, notes: &[NoteId]) -> io::Result<()> {
        for note in notes.iter().filter_map(|id| self.paper.note(*id)) {
            let blocks = self.paper.blocks.get(note.blocks.clone());
            for block in blocks.unwrap_or_default() {
                self.write(block, &note.label)?;
            }
        }
        Ok(())
    }

    /// Writes a block of the note with this label, or of the body, where the label is empty.
    fn write(&mut self, block: &Block, label: &str) -> io::Result<()> {
        if !block.is_authors() {
            return Ok(());
        }
        let Prefixes {
            before,
            first,
            further,
        } = self.containers.enter(block, label);
        if !self.is_empty && !block.tight {
            writeln!(self.out, "{}", before.trim_end())?;
        }
        self.is_empty = false;
        let mut prefix = &first;
        for line in content(self.paper, block).split('\n') {
            match line {
                "" => writeln!(self.out, "{}", prefix.trim_end())?,
                _ => writeln!(self.out, "{prefix}{line}")?,
            }
            prefix = &further;
        }
        Ok(())
    }
}

/// The block's lines, without what encloses it.
fn content(paper: &Paper, block: &Block) -> String {
    match &block.kind {
        Kind::Heading(level) => heading(paper, block, *level),
        Kind::Code { language } => fenced(&block.text, language),
        Kind::Table(shape) => table(paper, block, shape),
        Kind::Rule => "***".to_owned(),
        Kind::Paragraph | Kind::Title | Kind::Imprint | Kind::Backlinks => {
            Inline::new(paper, block, Setting::Paragraph).write(0..block.text.len())
        }
    }
}

fn heading(paper: &Paper, block: &Block, level: u8) -> String {
    let marks = "#".repeat(usize::from(level.clamp(1, 6)));
    let text = Inline::new(paper, block, Setting::Heading).write(0..block.text.len());
    format!("{marks} {text}")
}

/// Code between fences that are longer than any row of their sign in it.
fn fenced(code: &str, language: &str) -> String {
    let sign = if language.contains('`') { '~' } else { '`' };
    let fence = sign.to_string().repeat(longest_row(code, sign).max(2) + 1);
    format!("{fence}{language}\n{code}\n{fence}")
}

/// How many of the sign stand in a row at most.
fn longest_row(text: &str, sign: char) -> usize {
    let rows = text.split(|char| char != sign);
    // Signs are ASCII, so bytes count them.
    rows.map(str::len).max().unwrap_or_default()
}

fn table(paper: &Paper, block: &Block, shape: &Table) -> String {
    let mut cells = Inline::new(paper, block, Setting::Cell);
    let mut lines = Vec::with_capacity(shape.rows.len() + 1);
    for row in &shape.rows {
        let row = row.iter().map(|cell| cells.write(cell.clone()));
        lines.push(row_line(row));
        if lines.len() == 1 {
            lines.push(row_line(shape.alignments.iter().map(
                |alignment| match alignment {
                    Alignment::Left => "---",
                    Alignment::Centre => ":-:",
                    Alignment::Right => "--:",
                },
            )));
        }
    }
    lines.join("\n")
}

fn row_line(cells: impl Iterator<Item = impl AsRef<str>>) -> String {
    let mut line = "|".to_owned();
    for cell in cells {
        line.push(' ');
        line.push_str(cell.as_ref());
        line.push_str(" |");
    }
    line
}
