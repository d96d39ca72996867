//! What a reader has kept, for Emacs' Org mode.

use std::io::{self, Write};

use super::bookmarks::{Quotation, Quotations};

/// Writes the highlights of a paper under its title, each a quotation with its source.
///
/// # Errors
/// Those of `out`.
pub fn write_quotations(kept: &Quotations<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "* {}", one_line(kept.title_or_none()))?;
    for quotation in &kept.quotations {
        write_quotation(kept, quotation, out)?;
    }
    Ok(())
}

fn write_quotation(
    kept: &Quotations<'_>,
    quotation: &Quotation<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let link = kept.link(quotation);
    let annotation = quotation.annotation;
    let tag = match quotation.category() {
        "" => String::new(),
        category => format!(" :{category}:"),
    };
    writeln!(out, "** {}{tag}", one_line(&annotation.label))?;
    writeln!(out, ":PROPERTIES:")?;
    writeln!(out, ":OPCIT_ID: {}", one_line(annotation.id.as_str()))?;
    if let Some(link) = link {
        writeln!(out, ":OPCIT_LINK: {}", one_line(&link))?;
    }
    writeln!(out, ":END:")?;
    writeln!(out, "#+begin_quote")?;
    write_lines(&quotation.words, out)?;
    writeln!(out, "#+end_quote")?;
    let source = kept.source_of(quotation, "");
    if !source.is_empty() {
        writeln!(out, "— {source}")?;
    }
    if !annotation.note.is_empty() {
        writeln!(out)?;
        write_lines(&annotation.note, out)?;
    }
    Ok(())
}

/// Text that is no heading, keyword or drawer: where a line would be one, a space without width
/// comes first, as Org's manual has it.
fn write_lines(text: &str, out: &mut dyn Write) -> io::Result<()> {
    for line in text.lines() {
        let guard = if line.trim_start().starts_with(['*', '#', ':', '|']) {
            "\u{200b}"
        } else {
            ""
        };
        writeln!(out, "{guard}{line}")?;
    }
    Ok(())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
