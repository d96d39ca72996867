//! What a paper cites, as text.

use std::io::{self, Write};

use super::plain;
use crate::export::uses::used_by;
use crate::layout::{lay_out, ruler};
use crate::paper::{Composed, Nest, Paper};
use crate::sources::{Source, SourceId, Sources};

/// Writes the sources in lines of at most so many columns, each with what rests on it.
///
/// # Errors
/// Those of `out`.
pub fn write_sources(
    paper: &Paper,
    sources: &Sources,
    columns: u16,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (index, source) in sources.all().iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        let mut cited = Composed::default();
        cited.push_passage(paper, source.passage);
        write_block(source, cited, columns, out)?;
        let uses = used_by(paper, sources.used_by(SourceId(index)));
        if !uses.is_empty() {
            let mut line = Composed::default();
            line.push(&format!("used by {uses}"));
            for line in set(line, columns) {
                writeln!(out, "{line}")?;
            }
        }
    }
    Ok(())
}

/// The source's name stands to the left of its first line, or above it where it is too wide.
fn write_block(
    source: &Source,
    cited: Composed,
    columns: u16,
    out: &mut dyn Write,
) -> io::Result<()> {
    let name = source.name.as_str();
    let width = usize::from(ruler::columns(name));
    for (index, line) in set(cited, columns).iter().enumerate() {
        let indent = line.len() - line.trim_start_matches(' ').len();
        match line.get(width..) {
            Some(rest) if index == 0 && width < indent => writeln!(out, "{name}{rest}")?,
            _ if index == 0 => writeln!(out, "{name}\n{line}")?,
            _ => writeln!(out, "{line}")?,
        }
    }
    Ok(())
}

/// Lines with room for a name on their left.
fn set(composed: Composed, columns: u16) -> Vec<String> {
    let block = composed.into_block(vec![Nest::Note { number: None }]);
    let layout = lay_out(&block, columns);
    layout.lines.iter().skip(layout.lead).map(plain).collect()
}
