//! The metadata block at the head of a paper, in YAML.

use std::io::{self, Write};

use super::escape::{Surroundings, push_escaped};
use super::inline::TextHost;
use crate::paper::Metadata;

/// Writes the block and a blank line, or nothing where there is no metadata.
pub(super) fn write(metadata: &Metadata, out: &mut dyn Write) -> io::Result<()> {
    if *metadata == Metadata::default() {
        return Ok(());
    }
    writeln!(out, "---")?;
    let authors: Vec<String> = metadata.authors.iter().map(|name| escaped(name)).collect();
    write_value("title", &escaped(&metadata.title), out)?;
    write_value("subtitle", &escaped(&metadata.subtitle), out)?;
    write_list("author", &authors, out)?;
    write_value("date", &metadata.date, out)?;
    write_value("publisher", &escaped(&metadata.publisher), out)?;
    write_value("journal", &metadata.journal, out)?;
    write_value("doi", &metadata.doi, out)?;
    write_list("keywords", &metadata.keywords, out)?;
    write_value("lang", &metadata.language, out)?;
    write_value("licence", &metadata.licence, out)?;
    write_value("changes", &metadata.changes, out)?;
    writeln!(out, "---\n")
}

fn write_value(key: &str, value: &str, out: &mut dyn Write) -> io::Result<()> {
    match value {
        "" => Ok(()),
        _ => writeln!(out, "{key}: {}", quoted(value)),
    }
}

fn write_list(key: &str, values: &[String], out: &mut dyn Write) -> io::Result<()> {
    if !values.is_empty() {
        writeln!(out, "{key}:")?;
    }
    for value in values {
        writeln!(out, "  - {}", quoted(value))?;
    }
    Ok(())
}

/// A text that is read as Markdown, so that it is read as it is. One with a formula in it is read as it
/// is typed.
fn escaped(text: &str) -> String {
    if text.contains('$') {
        return text.to_owned();
    }
    let mut escaped = String::with_capacity(text.len());
    let around = Surroundings {
        begins_line: true,
        ends_line: true,
        ..Surroundings::within(TextHost::Paragraph)
    };
    push_escaped(&mut escaped, text, around);
    escaped
}

/// A YAML string in double quotes, which no content can break out of. Control characters are
/// made visible where text enters a paper, so only three need an escape.
fn quoted(value: &str) -> String {
    let escaped = value
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n");
    format!("\"{escaped}\"")
}
