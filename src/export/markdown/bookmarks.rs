//! What a reader has kept, as Markdown that is pasted into notes.

use std::io::{self, Write};

use super::MarkdownPage;
use crate::export::bookmarks::{Quotation, Quotations};
use crate::paper::{Block, Composed, Kind, Nest, Paper, Style, Target, slug};

/// Writes the bookmarks of a paper: quotations with their source, each under the reader's label
/// and followed by the reader's note.
///
/// # Errors
/// Those of `out`.
pub fn write_bookmarks(kept: &Quotations<'_>, out: &mut dyn Write) -> io::Result<()> {
    for (index, quotation) in kept.quotations.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        write_quotation(kept, quotation, out)?;
    }
    Ok(())
}

/// Writes the bookmarks of a paper under its title.
///
/// # Errors
/// Those of `out`.
pub fn write_titled_bookmarks(kept: &Quotations<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_title(kept, out)?;
    write_bookmarks(kept, out)
}

/// Writes the title of a paper, and a blank line.
pub(super) fn write_title(kept: &Quotations<'_>, out: &mut dyn Write) -> io::Result<()> {
    let title = match kept.title.as_str() {
        "" => "(no title)",
        title => title,
    };
    let heading = Block {
        kind: Kind::Heading(1),
        ..block(title, Vec::new())
    };
    let no_paper = Paper::default();
    MarkdownPage::new(&no_paper, out).write(&heading, &slug(title))?;
    writeln!(out)
}

pub(super) fn write_quotation(
    kept: &Quotations<'_>,
    quotation: &Quotation<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let source = [kept.credit.as_str(), quotation.place.as_str()];
    let no_paper = Paper::default();
    let source: Vec<_> = source.into_iter().filter(|part| !part.is_empty()).collect();
    let mut page = MarkdownPage::new(&no_paper, out);
    // Above, where it cannot be read as the heading of the next one.
    if let Some(label) = quotation.label() {
        let mut line = Composed::default();
        line.push_styled(label, Style::Strong);
        page.write(&line.into_block(Vec::new()), "")?;
    }
    page.write(
        &block(&quotation.words, vec![Nest::Quote { begins: true }]),
        "",
    )?;
    if !source.is_empty() {
        let category = match quotation.category() {
            "" => String::new(),
            category => format!(" ({category})"),
        };
        let line = format!("— {}{category}", source.join(", "));
        let mut composed = Composed::default();
        composed.push(&line);
        if let Some(link) = kept.link(quotation) {
            composed.push(" ");
            composed.push_link("↗", Target::Address(link.into()));
        }
        page.write(
            &composed.into_block(vec![Nest::Quote { begins: false }]),
            "",
        )?;
    }
    // What the reader wrote goes into the reader's notes as it was written.
    if !quotation.annotation.note.is_empty() {
        writeln!(out, "\n{}", quotation.annotation.note)?;
    }
    Ok(())
}

fn block(text: &str, nesting: Vec<Nest>) -> Block {
    let mut composed = Composed::default();
    composed.push(text);
    composed.into_block(nesting)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::markdown::parse;
    use crate::paper::{BlockId, Position};
    use crate::shelf::{Library, Opened, Origin};

    /// Sets a bookmark on the first paragraph, labelled and noted on, and checks how it is written.
    #[track_caller]
    fn check(source: &str, label: &str, note: &str, expected: &str) {
        let paper = parse(source).paper;
        // Without a folder nothing is saved, but all is kept in memory.
        let Opened::Shelf(mut shelf) = Library::new(None).open(&paper, &Origin::Elsewhere) else {
            panic!("there is nothing to be asked");
        };
        let index = paper.blocks.iter().position(|block| block.paragraph == 1);
        let position = Position::start_of(BlockId(index.unwrap()));
        shelf.add(position).unwrap_err();
        let id = shelf.bookmarks()[0].id.clone();
        shelf.rename(&id, label).unwrap_err();
        shelf.annotate(&id, note).unwrap_err();
        let mut out = Vec::new();
        write_bookmarks(
            &Quotations::new(&paper, shelf.bookmarks(), shelf.text()),
            &mut out,
        )
        .unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn a_quotation_stands_under_its_label_names_its_source_and_is_followed_by_the_note() {
        check(
            "---\ntitle: On Keeping\nauthor: [Ada Author, Bo Writer]\ndate: May 2026\n---\n\n# Law\n\nOne.",
            "mine",
            "- a\n- b",
            "**mine**\n\n> One.\n>\n> — Ada Author, Bo Writer, “On Keeping”, May 2026, § Law, ¶ 1\n\n- a\n- b\n",
        );
    }

    #[test]
    fn a_label_that_is_only_how_the_words_begin_is_not_said_twice() {
        check("One two.", "", "", "> One two.\n>\n> — ¶ 1\n");
    }

    #[test]
    fn signs_of_the_paper_and_of_the_label_are_no_markdown() {
        check(
            "\\# One \\*two\\* `<b>` [a](u:b)",
            "*x*",
            "",
            "**\\*x\\***\n\n> \\# One \\*two\\* \\<b> a\n>\n> — ¶ 1\n",
        );
    }

    #[test]
    fn a_long_paragraph_is_quoted_whole() {
        let long = "A sentence of many words. ".repeat(20);
        check(
            &long,
            "",
            "",
            &format!("> {}\n>\n> — ¶ 1\n", long.trim_end()),
        );
    }
}
