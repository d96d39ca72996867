//! What a reader has kept, as a page of HTML.

use std::io::{self, Write};

use super::bookmarks::{Quotation, Quotations};
use crate::shelf::AnnotationKind;

/// Writes the beginning of the page.
///
/// # Errors
/// Those of `out`.
pub fn write_header(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(
        b"<!doctype html>\n<meta charset=\"utf-8\">\n<title>Highlights</title>\n\
          <style>body{max-width:42em;margin:2em auto;font-family:serif;line-height:1.5}\
          blockquote{margin:1.5em 0 .5em;padding-left:1em;border-left:4px solid #aaa}\
          .note{white-space:pre-wrap}</style>\n",
    )
}

/// Writes the highlights of a paper under its title.
///
/// # Errors
/// Those of `out`.
pub fn write_quotations(kept: &Quotations<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<h1>{}</h1>", escaped(kept.title_or_none()))?;
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
    let id = escaped(annotation.id.as_str());
    match &annotation.kind {
        AnnotationKind::Highlight(kind) => writeln!(
            out,
            "<blockquote id=\"{id}\" class=\"{}\" style=\"border-color:{}\">",
            escaped(kind.name()),
            kind.colour()
        )?,
        _ => writeln!(out, "<blockquote id=\"{id}\">")?,
    }
    writeln!(out, "<p>{}</p>", escaped(&quotation.words))?;
    let source = escaped(&kept.source_of(quotation, quotation.category()));
    let source = match link {
        Some(link) => format!("<a href=\"{}\">{source}</a>", escaped(&link)),
        None => source,
    };
    writeln!(out, "<footer>— {source}</footer>")?;
    writeln!(out, "</blockquote>")?;
    if !annotation.note.is_empty() {
        writeln!(out, "<p class=\"note\">{}</p>", escaped(&annotation.note))?;
    }
    Ok(())
}

/// Text that is no markup, also between quotation marks.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_no_markup() {
        assert_eq!(escaped("<b a=\"&\">"), "&lt;b a=&quot;&amp;&quot;&gt;");
    }
}
