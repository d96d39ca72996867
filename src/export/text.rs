//! A paper as text for a terminal, a printer or a pipe: set as on the screen, without colour.

mod addresses;
mod answers;
mod bookmarks;
mod matches;
mod papers;
mod sources;
mod works;

use std::io::{self, Write};

use super::Excerpt;
use crate::layout::typography::typeset;
use crate::layout::{Layout, Line, PageForm, QuotationMarks, lay_out_keeping};
use crate::paper::{Block, Kind, NoteId, Paper};
use crate::sources::Sources;
use addresses::SpelledOut;
pub use bookmarks::{write_bookmarks, write_titled_bookmarks};
pub use matches::write_matches;
pub use papers::{OTHER_SINCE, write_papers};
pub use sources::write_sources;
pub use works::write_works;

/// Writes the excerpt in lines of at most so many columns, with its notes at the end. Addresses
/// that the text does not show follow their links in angle brackets. One that is longer than a
/// line is not broken, so that it can be copied and opened.
///
/// # Errors
/// Those of `out`.
pub fn write_excerpt(excerpt: &Excerpt, columns: u16, out: &mut dyn Write) -> io::Result<()> {
    let mut page = TextPage::new(excerpt.paper, columns, out);
    page.write_all(excerpt.title_page())?;
    page.write_all(excerpt.body())?;
    page.write_all(excerpt.notes_heading().into_iter())?;
    page.write_notes(&excerpt.notes)?;
    page.write_all(excerpt.closing())
}

/// Writes the notes in lines of at most so many columns, in the order given, and beneath each what
/// its short citations are short for.
///
/// # Errors
/// Those of `out`.
pub fn write_notes(
    paper: &Paper,
    notes: &[NoteId],
    sources: &Sources,
    columns: u16,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut page = TextPage::new(paper, columns, out);
    for note in notes {
        page.write_notes(std::slice::from_ref(note))?;
        let answers = answers::answers(paper, sources, *note);
        page.write_set(answers.iter())?;
    }
    Ok(())
}

/// Writes a line for each section, those under another indented by two columns.
///
/// # Errors
/// Those of `out`.
pub fn write_outline(excerpt: &Excerpt, out: &mut dyn Write) -> io::Result<()> {
    let headed = excerpt.sections().filter(|section| section.level > 0);
    let top = headed
        .map(|section| section.level)
        .min()
        .unwrap_or_default();
    let marks = QuotationMarks::for_paper(excerpt.paper);
    for section in excerpt.sections() {
        let indent = usize::from(section.level.saturating_sub(top)) * 2;
        // A title is one line here, whatever line ends its author set.
        let title = typeset(&section.name().replace('\n', " "), marks);
        writeln!(out, "{:indent$}{title}", "")?;
    }
    Ok(())
}

/// Text under way.
struct TextPage<'a> {
    paper: &'a Paper,
    columns: u16,
    out: &'a mut dyn Write,
    is_empty: bool,
}

impl<'a> TextPage<'a> {
    fn new(paper: &'a Paper, columns: u16, out: &'a mut dyn Write) -> Self {
        TextPage {
            paper,
            columns,
            out,
            is_empty: true,
        }
    }

    fn write_all(&mut self, blocks: impl Iterator<Item = &'a Block>) -> io::Result<()> {
        self.write_set(blocks.filter(|block| block.kind != Kind::Backlinks))
    }

    fn write_set<'b>(&mut self, blocks: impl Iterator<Item = &'b Block>) -> io::Result<()> {
        for block in blocks {
            let SpelledOut { block, addresses } = SpelledOut::new(block);
            let form = PageForm {
                quotation_marks: QuotationMarks::for_paper(self.paper),
                ..PageForm::from(self.columns)
            };
            let layout = lay_out_keeping(&block, form, &addresses);
            self.write_lines(&layout)?;
        }
        Ok(())
    }

    fn write_notes(&mut self, notes: &[NoteId]) -> io::Result<()> {
        let paper = self.paper;
        for note in notes.iter().filter_map(|id| paper.note(*id)) {
            let blocks = paper.blocks.get(note.blocks.clone()).unwrap_or_default();
            self.write_all(blocks.iter())?;
            if !note.is_defined() {
                // What is missing is said where the note is cited from, behind its number.
                let backlinks = paper.blocks.get(note.blocks.end);
                self.write_set(backlinks.into_iter())?;
            }
        }
        Ok(())
    }

    fn write_lines(&mut self, layout: &Layout) -> io::Result<()> {
        // The first block of a page has nothing to be parted from.
        let lead = if self.is_empty { layout.lead } else { 0 };
        for line in layout.lines.iter().skip(lead) {
            writeln!(self.out, "{}", plain(line))?;
        }
        self.is_empty = false;
        Ok(())
    }
}

/// The line as it looks, without blanks at its end.
fn plain(line: &Line) -> String {
    let mut text = String::new();
    let mut column = 0;
    for run in &line.runs {
        let gap = usize::from(run.column.saturating_sub(column));
        text.extend(std::iter::repeat_n(' ', gap));
        text.push_str(&run.text);
        column = run.column.saturating_add(run.columns);
    }
    text.truncate(text.trim_end_matches(' ').len());
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Excerpt;
    use crate::formats::markdown::parse;
    use crate::layout::ruler;

    fn text(source: &str, columns: u16) -> String {
        let parsed = parse(source);
        let mut out = Vec::new();
        super::write_excerpt(&Excerpt::whole(&parsed.paper), columns, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// Checks the text under the title page.
    #[track_caller]
    fn check(source: &str, columns: u16, expected: &str) {
        let text = text(source, columns);
        let (_, body) = text.split_once("to read\n\n").unwrap();
        assert_eq!(body, expected);
    }

    #[test]
    fn an_address_that_is_not_shown_follows_its_link() {
        check("[a](http://i.org), b", 40, "a <http://i.org>, b\n");
        check("[a *b*](http://i.org)*c*", 40, "a b <http://i.org>c\n");
    }

    #[test]
    fn an_address_that_is_shown_is_not_repeated() {
        check(
            "http://i.org and www.i.org",
            40,
            "http://i.org and www.i.org\n",
        );
        check("<a@i.org>", 40, "a@i.org\n");
    }

    #[test]
    fn addresses_in_a_table_stay_in_their_cells() {
        check(
            "|a|b|\n|-|-|\n|[c](u:d)|e|",
            40,
            "a        b\n───────  ─\nc <u:d>  e\n",
        );
    }

    #[test]
    fn an_address_that_is_not_shown_is_written_to_the_letter() {
        check(
            "[a](http://i.org/b--c'd), \"b\"",
            40,
            "a <http://i.org/b--c'd>, “b”\n",
        );
    }

    #[test]
    fn an_address_longer_than_a_line_stands_unbroken_on_a_line_of_its_own() {
        let address = "https://example.org/one/two-three/four?five=six&seven";
        check(
            &format!("Words before {address}, and after."),
            20,
            &format!("Words before\n{address},\nand after.\n"),
        );
        check(
            &format!("Words [before]({address}), and after."),
            20,
            &format!("Words before\n<{address}>,\nand after.\n"),
        );
        check(
            &format!("- Words ({address})"),
            20,
            &format!("  • Words\n    ({address})\n"),
        );
        check(
            &format!("|a|b|\n|-|-|\n|c|{address}|"),
            20,
            &format!("a · b\n{0}\na: c\nb: {address}\n", "─".repeat(20)),
        );
    }

    #[test]
    fn an_address_that_fits_on_a_line_is_not_broken_at_the_end_of_one() {
        check(
            "Some words and more https://example.org/one/two",
            30,
            "Some words and more\nhttps://example.org/one/two\n",
        );
    }

    #[test]
    fn an_address_of_many_windows_is_not_broken() {
        let address = format!("https://example.org/{}", "a/".repeat(20_000));
        check(
            &format!("Before {address} after."),
            40,
            &format!("Before\n{address}\nafter.\n"),
        );
    }

    #[test]
    fn a_marker_stays_with_the_link_before_it() {
        let text = text("[a](u:b)[^1] c\n\n[^1]: d", 40);
        assert!(text.contains("a¹ <u:b> c\n"), "{text}");
    }

    #[test]
    fn no_line_ends_in_blanks_and_the_first_is_not_blank() {
        let text = text("# A\n\n> b\n>\n> c\n\n```\n\nd\n```", 40);
        assert!(!text.starts_with('\n'));
        assert!(text.lines().all(|line| !line.ends_with(' ')));
    }

    proptest! {
        #[test]
        fn no_line_without_an_address_is_wider_than_asked(
            words in prop::collection::vec("[a-z漢é]{1,12}|\\[[a-z]{1,5}\\]\\(http://[a-z]{1,30}\\)|\n\n|\n- |\n> ", 0..30),
            columns in 1u16..50,
        ) {
            let text = text(&words.join(" "), columns);
            for line in text.lines().filter(|line| !line.contains("http:")) {
                // A character of two columns stands even where there is room for one.
                prop_assert!(ruler::columns(line) <= columns.max(2), "{}", line);
            }
        }
    }
}
