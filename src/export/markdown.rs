//! A paper as Markdown that reads back as the same paper.
//!
//! The same but for four things: links to a figure or the like, which lead to its section; blank
//! lines in a list that holds more than paragraphs; markers in a link, which stand after it; and
//! three styles within one another beside punctuation, whose signs Markdown may take for text.
//!
//! Each paragraph is one line, and notes stand at the end as `[^1]: …`. What opcit sets itself
//! (title page, attribution, where notes are cited) is left out: reading sets it again.

mod bookmarks;
mod containers;
mod escape;
mod front_matter;
mod inline;
mod links;
mod notebook;
mod sources;

use super::Excerpt;
use crate::paper::{
    Alignment, Block, Kind, NoteId, Paper, Section, Table, is_display_formula, slug,
};
pub use bookmarks::{write_bookmarks, write_titled_bookmarks};
use containers::{Containers, LinePrefixes};
use escape::push_language;
use inline::{InlineWriter, TextHost};
pub use notebook::update_notebook;
pub use sources::write_sources;
use std::io::{self, Write};

/// Writes the excerpt; a whole paper's begins with its metadata.
///
/// # Errors
/// Those of `out`.
pub fn write_excerpt(excerpt: &Excerpt, out: &mut dyn Write) -> io::Result<()> {
    if excerpt.is_whole {
        front_matter::write(&excerpt.paper.metadata, out)?;
    }
    let mut page = MarkdownPage::new(excerpt.paper, out);
    for section in excerpt.sections() {
        page.write_section(section)?;
    }
    // A heading that opcit sets itself has no line.
    if let Some(heading) = excerpt
        .notes_heading()
        .filter(|heading| heading.location.is_known())
    {
        let id = excerpt
            .paper
            .sections
            .last()
            .map(|section| section.id.as_str());
        page.write(heading, id.unwrap_or_default())?;
    }
    page.write_notes(&excerpt.notes)
}

/// Writes the definitions of the notes, in the order given.
///
/// # Errors
/// Those of `out`.
pub fn write_notes(paper: &Paper, notes: &[NoteId], out: &mut dyn Write) -> io::Result<()> {
    MarkdownPage::new(paper, out).write_notes(notes)
}

/// Markdown under way: what is open decides how the next line begins.
struct MarkdownPage<'a> {
    paper: &'a Paper,
    out: &'a mut dyn Write,
    containers: Containers,
    is_empty: bool,
}

impl<'a> MarkdownPage<'a> {
    fn new(paper: &'a Paper, out: &'a mut dyn Write) -> Self {
        MarkdownPage {
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

    fn write_section(&mut self, section: &Section) -> io::Result<()> {
        let blocks = self.paper.blocks.get(section.blocks.clone());
        for block in blocks.unwrap_or_default() {
            self.write(block, &section.id)?;
        }
        Ok(())
    }

    /// Writes a block. `name` is the id of the section or the label of the note that it is in.
    fn write(&mut self, block: &Block, name: &str) -> io::Result<()> {
        if !block.is_authors() {
            return Ok(());
        }
        let LinePrefixes {
            before,
            first,
            further,
            needs_blank,
        } = self.containers.enter(block, name);
        if !self.is_empty && (needs_blank || !block.tight) {
            writeln!(self.out, "{}", before.trim_end())?;
        }
        self.is_empty = false;
        let mut prefix = &first;
        for line in content(self.paper, block, name).split('\n') {
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
fn content(paper: &Paper, block: &Block, name: &str) -> String {
    match &block.kind {
        Kind::Heading(level) => heading(paper, block, *level, name),
        Kind::Code { .. } if block.is_formula() && is_display_formula(&block.text) => {
            block.text.clone()
        }
        Kind::Code { language } => fenced(&block.text, language),
        Kind::Table(shape) => table(paper, block, shape),
        Kind::Rule => "***".to_owned(),
        Kind::Caption => {
            let text =
                InlineWriter::new(paper, block, TextHost::Caption).write(0..block.text.len());
            format!(": {text}")
        }
        // A term is one line.
        Kind::Term => InlineWriter::new(paper, block, TextHost::Term).write(0..block.text.len()),
        Kind::Paragraph | Kind::Title | Kind::Imprint | Kind::Backlinks => {
            let text =
                InlineWriter::new(paper, block, TextHost::Paragraph).write(0..block.text.len());
            match text.as_str() {
                // Even after a bullet: bullets alone may be a rule, or make a heading of the line
                // before, and end their item at the next blank line.
                "" => "&#32;".to_owned(),
                _ => text,
            }
        }
    }
}

/// A heading; where it begins a section that its words do not name, with that section's id.
fn heading(paper: &Paper, block: &Block, level: u8, id: &str) -> String {
    let marks = "#".repeat(usize::from(level.clamp(1, 6)));
    let text = InlineWriter::new(paper, block, TextHost::Heading).write(0..block.text.len());
    if block.nesting.is_empty() && id != slug(&block.text) {
        return format!("{marks} {text} {{#{id}}}");
    }
    format!("{marks} {text}")
}

/// Code between fences that are longer than any row of their sign in it.
fn fenced(code: &str, language: &str) -> String {
    let sign = if language.contains('`') { '~' } else { '`' };
    let fence = sign.to_string().repeat(longest_row(code, sign).max(2) + 1);
    let mut lines = fence.clone();
    push_language(&mut lines, language, sign);
    lines.extend(["\n", code, "\n", &fence]);
    lines
}

/// How many of the sign stand in a row at most.
fn longest_row(text: &str, sign: char) -> usize {
    let rows = text.split(|char| char != sign);
    // Signs are ASCII, so bytes count them.
    rows.map(str::len).max().unwrap_or_default()
}

fn table(paper: &Paper, block: &Block, shape: &Table) -> String {
    let mut cells = InlineWriter::new(paper, block, TextHost::Cell);
    let mut lines = Vec::with_capacity(shape.rows.len() + 1);
    for row in &shape.rows {
        let row = row.iter().map(|cell| cells.write(cell.clone()));
        lines.push(row_line(row));
        if lines.len() == 1 && shape.heads.is_none() {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::export::laws::{hold, markdown};
    use crate::formats::markdown::parse;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        let paper = parse(source).paper;
        assert_eq!(markdown(&paper), expected);
        hold(&paper);
    }

    #[test]
    fn plain_text_stays_as_it_is() {
        check(
            "Joint statements (2024, 2025) cost $25 billion: R&D_2.",
            "Joint statements (2024, 2025) cost $25 billion: R&D_2.\n",
        );
    }

    #[test]
    fn soft_line_ends_are_spaces_and_set_ones_stay() {
        check("one\ntwo\\\nthree", "one two\\\nthree\n");
    }

    #[test]
    fn what_would_be_a_sign_is_escaped() {
        check(
            "\\*a\\* \\[b] &lt;c&gt; &amp;amp; \\`d\\`",
            "\\*a\\* \\[b\\] \\<c> \\&amp; \\`d\\`\n",
        );
        check("\\# no heading", "\\# no heading\n");
        check("2024\\. A year", "2024\\. A year\n");
        check("\\- no item", "\\- no item\n");
        check("[a = b]", "&#91;a = b\\]\n");
        check("[a] = b", "\\[a\\] = b\n");
    }

    #[test]
    fn emphasis_strong_struck_and_code_nest() {
        check("*a **b** c* ~~d~~ `` e`f ``", "*a __b__ c* ~~d~~ ``e`f``\n");
        check("~~a ~b~ c~~", "~~a <sub>b</sub> c~~\n");
        check("~~a ~b d~ c~~", "~~a b d c~~\n");
    }

    #[test]
    fn emphasis_inside_a_word_is_kept() {
        check("un*frigging*believable", "un*frigging*believable\n");
        check(
            "a<!-- -->*&quot;b&quot;*<!-- -->c",
            "a<!-- -->*\"b\"*<!-- -->c\n",
        );
    }

    #[test]
    fn addresses_stand_in_angle_brackets() {
        check("see http://i.org/a_b.", "see <http://i.org/a_b>.\n");
        check(
            "[here](http://i.org/a_(b))",
            "[here](http://i.org/a_\\(b\\))\n",
        );
        check("[here](<a b>)", "[here](a%20b)\n");
        check("*www.a*\u{301}", "*www.a*\u{301}\n");
    }

    #[test]
    fn a_marker_in_a_link_follows_it() {
        check("[a^[b] c](d)e", "[a c](d)[^inline]e\n\n[^inline]: b\n");
        check("![a^[b]](c.png)", "![a](c.png)[^inline]\n\n[^inline]: b\n");
    }

    #[test]
    fn an_image_is_one_again() {
        check("see ![a \\[b\\]](c.png)!", "see ![a \\[b\\]](c.png)!\n");
        check("![](c.png)", "![](c.png)\n");
        check("[![a](b.png)](c)", "*[&#91;image: a\\]](c)*\n");
    }

    #[test]
    fn a_number_is_no_list_without_a_space() {
        check("6.9 % and 7. it", "6.9 % and 7. it\n");
        check("6\\. it", "6\\. it\n");
    }

    #[test]
    fn headings_keep_the_ids_that_their_words_do_not_give() {
        check(
            "# One\n\n# One\n\n# Two {#2nd}\n\n[x](#2nd)",
            "# One\n\n# One {#one-1}\n\n# Two {#2nd}\n\n[x](#2nd)\n",
        );
    }

    #[test]
    fn a_link_to_where_no_heading_is_above_is_text() {
        check(
            "[]{#a}First. [b](#a) and [c](#one).\n\n# One\n\n[d](#a)",
            "First. b and [c](#one).\n\n# One\n\nd\n",
        );
    }

    #[test]
    fn lists_quotes_and_code_keep_their_shape() {
        check(
            "> - a\n>   1. b\n>   2. c\n> - [x] d",
            "> - a\n>   1. b\n>   2. c\n> - [x] d\n",
        );
        check("- a\n\n  b\n\n- c", "- a\n\n  b\n\n- c\n");
        check("``````x\n```\n``````", "````x\n```\n````\n");
        check("~~~ a\\\\b&amp;lt;\n~~~", "```a\\\\b\\&lt;\n\n```\n");
        check("~~~ ~`\n~~~", "~~~\\~`\n\n~~~\n");
    }

    #[test]
    fn lists_in_lists_with_nothing_in_them_are_no_rule_and_no_heading() {
        check("- -\n\t-", "- - - &#32;\n");
        check("- x\n\n\t-", "- x\n  - &#32;\n");
        check("- a\n-\n- c", "- a\n- &#32;\n- c\n");
    }

    #[test]
    fn a_paragraph_after_an_empty_one_stays_in_its_item() {
        check("- [x] <b>\n\n  c", "- [x] &#32;\n\n  c\n");
    }

    #[test]
    fn text_after_an_empty_item_is_no_part_of_it() {
        check("- a\n  - -\n  b", "- a\n  - - &#32;\n\n  b\n");
    }

    #[test]
    fn only_text_stands_on_the_line_of_a_box() {
        check(
            "- [x]\n  - a\n- [ ]\n  > b",
            "- [x]\n  - a\n\n- [ ]\n  > b\n",
        );
        check("- [x]\n  # a", "- [x]\n  # a\n");
    }

    #[test]
    fn lists_that_follow_one_another_stay_apart() {
        check("1. a\n2. b\n\n1) c", "1. a\n2. b\n\n1) c\n");
        check("1. a\n  \n   0. b", "1. a\n\n   0. b\n");
    }

    #[test]
    fn tables_keep_their_columns() {
        check(
            "a|b\n-|:-:\n`c\\|`|\\|[^1]\n\n[^1]: n",
            "| a | b |\n| --- | :-: |\n| `c\\|` | \\|[^1] |\n\n[^1]: n\n",
        );
    }

    #[test]
    fn a_table_in_several_blocks_is_one_table() {
        let table = format!(
            "| a | b |\n| --- | --- |\n{}",
            "| c[^1] | d |\n".repeat(9000)
        );
        let item = table.replace('\n', "\n  ");
        let source = format!("{table}\n- {}\n\n[^1]: n\n", item.trim_end());
        assert!(parse(&source).paper.blocks.len() > 4);
        check(&source, &source);
    }

    #[test]
    fn cells_of_a_table_that_is_shown_as_text_make_no_new_table() {
        let fat = "-".repeat(70_000);
        let source = format!("|a|b|\n|-|-|\n|c|d|\n|-|-|\n|{fat}|-|\n|e|f|\n");
        let blocks = parse(&markdown(&parse(&source).paper)).paper.blocks;
        let text: Vec<String> = blocks.into_iter().map(|block| block.text).collect();
        assert!(text.join("\n").contains("a|b\nc|d\n-|-\n---"));
    }

    #[test]
    fn notes_stand_at_the_end_whole() {
        check(
            "a[^x]^[in *line*]\n\n[^x]: b\n\n    c\n\nd",
            "a[^x][^inline]\n\nd\n\n[^x]: b\n\n    c\n\n[^inline]: in *line*\n",
        );
    }

    #[test]
    fn a_label_that_ends_with_a_backslash_does_not_escape_its_bracket() {
        check("a[^\\ ]\n\n[^\\ ]: b", "a[^\\ ]\n\n[^\\ ]: b\n");
    }

    #[test]
    fn a_note_that_is_not_defined_stays_cited() {
        check("a[^gone]", "a[^gone]\n");
        check("a[^o_b]", "a[^o_b]\n");
    }

    #[test]
    fn a_notes_heading_of_the_authors_stays() {
        check(
            "a[^1]\n\n## Endnotes\n\n[^1]: b",
            "a[^1]\n\n## Endnotes\n\n[^1]: b\n",
        );
    }

    #[test]
    fn the_metadata_stand_at_the_head() {
        check(
            "---\ntitle: 'A \"B\" \\\\ C'\nauthor: [D, E]\nlicense: CC BY\n---\n\ntext",
            "---\ntitle: \"A \\\"B\\\" \\\\\\\\ C\"\nauthor:\n  - \"D\"\n  - \"E\"\nlicence: \"CC BY\"\n---\n\ntext\n",
        );
    }

    /// Says all that a paper can say of itself.
    const HEAD: &str = "---\ntitle: T\nsubtitle: S\nauthor: [A, B]\ndate: May 2026\npublisher: P\n\
                        journal: 'J: K'\ndoi: 10.1/x\nkeywords: [k]\nlang: en\nlicence: L\n\
                        changes: none\n---\n";

    #[test]
    fn all_that_the_head_of_a_paper_says_reads_back() {
        hold(&parse(&format!("{HEAD}\ntext")).paper);
        check(
            "---\ndoi: 10.1/x\n---\n\ntext",
            "---\ndoi: \"10.1/x\"\n---\n\ntext\n",
        );
    }

    /// Pieces that make up most of Markdown. Signs of emphasis come in pairs, since of loose ones
    /// a reader makes three styles within one another, of which nothing is promised.
    fn fragment() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "word",
            "two words",
            " ",
            " ",
            "\n",
            "\n\n",
            "\n\n",
            "\n\n",
            "*a*",
            "**b c**",
            "_d_",
            "~~e~~",
            "*x **y** z*",
            "**_q_ r**",
            "*(k)*",
            "`g`",
            "`` ` ``",
            "[h](http://i.org/j_k)",
            "[l](<m n> \"o\")",
            "<http://p.org>",
            "http://q.org/r_s_(t)",
            "www.u.org",
            "a@b.org",
            "<a@b.org>",
            "![v](w.png)",
            "[^1]",
            "[^1]",
            "[^2]",
            "[^x]",
            "^[inline *note*]",
            "\n\n[^1]: first note",
            "\n\n[^2]: second\n\n    more\n",
            "\n\n[^x]: - item\n",
            "\n# Head\n",
            "\n## Sub [^1] {#own}\n",
            "\n- item",
            "\n- item\n",
            "\n  - inner",
            "\n1. one",
            "\n2. two",
            "\n7) seven",
            "\n- [x] done",
            "\n> quote",
            "\n> > deep",
            "\n>",
            "\n\n```rust\nlet x = 1;\n```\n",
            "\n    code",
            "\n| a | b |\n|---|:-:|\n| c `|` | d |\n",
            "\nterm\n:   definition",
            "\n:   more",
            "\n(a) label",
            "\niv. label\n",
            "\n\nA.  label\n",
            "\n| line\n|   two\n",
            "\n\nhead  two\n----- ---\ncell  b\n\n",
            "\n+---+---+\n| a | b |\n+---+---+\n",
            "\n: caption\n",
            "\nTable: caption\n\n",
            "\n::: {.note}\n",
            "\n:::\n",
            "[span]{.smallcaps}",
            "[span]{.a}",
            "{.a}",
            "{",
            "}",
            "\\emph{tex}",
            "\\footnote{tex}",
            "\n\\newpage\n",
            "{{< code >}}",
            "{% if caption='said' %}",
            "[[wiki|link]]",
            "@fig-a",
            "[Head]",
            "\n***\n",
            "\n---\n",
            "\n===\n",
            "\\",
            "\\*",
            "\\\n",
            "  \n",
            "&amp;",
            "&lt;b&gt;",
            "&#32;",
            "&nbsp;",
            "<br>",
            "[",
            "]",
            "(",
            ")",
            "!",
            "#",
            "##",
            "+",
            "-",
            "|",
            ":",
            "^",
            "1.",
            "=",
            "\"q\"",
            "«",
            "é",
            "漢字",
            "🏴",
            "—",
            ".",
            ",",
        ])
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_as_the_same_paper(
            head in prop::sample::select(vec!["", "", HEAD, "---\ndoi: 10.1/x\n---\n"]),
            fragments in prop::collection::vec(fragment(), 1..14),
        ) {
            hold(&parse(&format!("{head}{}", fragments.concat())).paper);
        }
    }
}
