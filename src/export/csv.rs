//! What a reader has kept, as a table that Readwise imports.

use std::io::{self, Write};

use super::bookmarks::Quotations;

/// The names of the columns, which are Readwise's own.
const COLUMNS: &str = "Highlight,Title,Author,URL,Note,Location,Date,Color";

/// Writes the names of the columns.
///
/// # Errors
/// Those of `out`.
pub fn write_header(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{COLUMNS}")
}

/// Writes the highlights of a paper, a row each.
///
/// # Errors
/// Those of `out`.
pub fn write_quotations(kept: &Quotations<'_>, out: &mut dyn Write) -> io::Result<()> {
    let authors = kept.authors.join(", ");
    for quotation in &kept.quotations {
        let annotation = quotation.annotation;
        let created = annotation.created.to_string();
        // The time to the second, without the zone, which is UTC.
        let date = created.get(..19).unwrap_or_default().replace('T', " ");
        let row = [
            quotation.words.as_str(),
            &kept.title,
            &authors,
            &kept.link(quotation).unwrap_or_default(),
            &annotation.note,
            &quotation.place,
            &date,
            quotation.category(),
        ];
        let fields: Vec<String> = row.into_iter().map(field).collect();
        writeln!(out, "{}", fields.join(","))?;
    }
    Ok(())
}

/// A field, in quotation marks where it needs them.
fn field(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_with_a_comma_or_a_quotation_mark_is_quoted() {
        assert_eq!(field("a, \"b\"\nc"), "\"a, \"\"b\"\"\nc\"");
        assert_eq!(field("plain"), "plain");
    }
}
