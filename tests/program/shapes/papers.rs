//! Shapes of papers, as large as asked for.

/// A paper of a shape.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) text: String,
}

/// A text for a number.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

fn shapes<const N: usize>(list: [(&'static str, String); N]) -> impl Iterator<Item = Shape> {
    list.into_iter().map(|(name, text)| Shape { name, text })
}

/// What stands within itself, so many times.
pub(crate) fn deep(depth: usize) -> impl Iterator<Item = Shape> {
    let around =
        |open: &str, close: &str| format!("{}x{}\n", open.repeat(depth), close.repeat(depth));
    shapes([
        ("quotes", around(">", "")),
        ("quotes with spaces", around("> ", "")),
        ("lists", around("- ", "")),
        ("numbered lists", around("1. ", "")),
        ("quotes in lists", around("- > ", "")),
        ("brackets", around("[", "]")),
        ("open brackets", around("[", "")),
        ("closing brackets", around("", "]")),
        ("links", around("[a", "](b)")),
        ("images", around("![a", "](b)")),
        ("open links", around("[a](", "")),
        ("emphasis", around("*a ", "b*")),
        ("strong", around("**a ", "b**")),
        ("mixed emphasis", around("*a_", "")),
        ("a row of stars", around("*", "*")),
        ("struck", around("~~a ", "b~~")),
        ("inline notes", around("^[a ", "]")),
        ("open inline notes", around("^[a ", "")),
        ("elements", around("<div>", "</div>")),
        ("inline elements", around("a <b>", "</b>")),
        ("open elements", around("<a ", "")),
        ("comments", around("<!-- ", "")),
        (
            "metadata",
            format!("---\ntitle: {}---\n\nx\n", around("[", "]")),
        ),
        (
            "metadata within limits",
            format!(
                "---\ntitle: {}{}\n---\n\nx\n",
                "[".repeat(30_000),
                "]".repeat(30_000)
            ),
        ),
        ("back quotes", around("`", "")),
        (
            "back quotes of all lengths",
            lines(depth / 200, |nth| format!("e{}", "`".repeat(nth))),
        ),
        ("backslashes", around("\\", "[")),
        (
            "a ring of notes",
            format!(
                "a[^0]\n\n{}",
                lines(depth, |nth| format!(
                    "[^{nth}]: n[^{}]\n\n",
                    (nth + 1) % depth
                ))
            ),
        ),
        (
            "notes that cite all that follow",
            format!(
                "a[^0]\n\n{}",
                lines(depth / 100, |nth| format!(
                    "[^{nth}]: n{}\n\n",
                    lines(30, |next| format!("[^{}]", nth + next))
                ))
            ),
        ),
        (
            "a note that cites itself",
            format!("a[^1]\n\n[^1]: {}\n", "me[^1] ".repeat(depth)),
        ),
        (
            "ibid. after ibid.",
            format!(
                "{}[^0]: Smith, J. (2019) *A Title*. Press.\n\n{}",
                lines(depth / 10, |nth| format!("a[^{nth}]\n\n")),
                lines(depth / 10, |nth| format!("[^{}]: Ibid.\n\n", nth + 1))
            ),
        ),
    ])
}

/// What is there so many times, without notes.
pub(crate) fn wide(count: usize) -> impl Iterator<Item = Shape> {
    let row = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(count));
    shapes([
        ("a table of many columns", row("a") + &row("-") + &row("c")),
        (
            "a table of many rows",
            format!("|a|b|\n|-|-|\n{}", "|some words|more|\n".repeat(count)),
        ),
        (
            "a table of a long cell",
            format!("|a|b|\n|-|-|\n|{}|x|\n", "word ".repeat(count)),
        ),
        (
            "a table of missing cells",
            format!(
                "|{}\n|{}\n{}",
                "a|".repeat(100),
                "-|".repeat(100),
                "|\n".repeat(count)
            ),
        ),
        ("many tables", "|a\n|-\n\n".repeat(count)),
        ("one line", "word and words ".repeat(count)),
        ("one word", "x".repeat(count * 5)),
        (
            "one address",
            format!("http://a.org/{}", "x-/".repeat(count)),
        ),
        ("false addresses", "http://".repeat(count)),
        ("addresses", "http://a.org/x ".repeat(count)),
        (
            "many links",
            lines(count, |nth| format!("[a](http://a.org/{nth}) ")),
        ),
        ("headings", lines(count, |nth| format!("# heading {nth}\n"))),
        (
            "a heading as long as a book",
            format!(
                "# {}\n\n{}[^1]: n\n",
                "a b ".repeat(count),
                "a[^1]\n\n".repeat(count)
            ),
        ),
        (
            "a heading with a name as long as a book",
            format!(
                "# a {{#{}}}\n\n{}[^1]: n\n",
                "b".repeat(count),
                "a[^1]\n\n".repeat(count)
            ),
        ),
        (
            "authors without end",
            format!(
                "---\nauthor: [{}]\n---\n\n{}",
                "A B, ".repeat(count),
                "a\n\n".repeat(count)
            ),
        ),
        ("empty headings", "#\n".repeat(count)),
        ("equal headings", "# heading\n".repeat(count)),
        (
            "a reference used again and again",
            format!(
                "[a]: http://a.org/{}\n\n{}\n",
                "x".repeat(count),
                "[a] ".repeat(count)
            ),
        ),
        ("references", lines(count, |nth| format!("[r{nth}]: /u\n"))),
        ("items", "- a\n".repeat(count)),
        ("code lines", format!("```\n{}```\n", "x\n".repeat(count))),
        ("fences", "```\n\n".repeat(count)),
        ("rules", "---\n\n".repeat(count)),
        ("entities", "&#27;".repeat(count)),
        ("marks", format!("a{}\n", "\u{301}".repeat(count))),
        ("wide letters", "中".repeat(count)),
        ("joined letters", "👩\u{200d}".repeat(count)),
        (
            "tabs in code",
            format!("```\n{}\n```\n", "a\t".repeat(count)),
        ),
        ("blank lines", "\n".repeat(count * 10)),
        (
            "metadata of many keys",
            format!(
                "---\n{}---\n\nx\n",
                lines(count, |nth| format!("k{nth}: v\n"))
            ),
        ),
        (
            "metadata of aliases",
            format!(
                "---\na0: &a0 [x, x]\n{}title: *a59\n---\n\nx\n",
                lines(59, |nth| format!(
                    "a{0}: &a{0} [*a{nth}, *a{nth}]\n",
                    nth + 1
                ))
            ),
        ),
    ])
}

/// Addresses of so many bytes, alone and as a link, in the text and in a note.
pub(crate) fn addresses(bytes: usize) -> impl Iterator<Item = Shape> {
    let address = format!("https://e.org/{}", "a".repeat(bytes));
    let nested = format!("https://e.org/{}", "(a)".repeat(bytes / 3));
    shapes([
        ("an address", format!("{address}\n")),
        ("an address in brackets", format!("<{address}>\n")),
        ("an address of brackets", format!("{nested}\n")),
        (
            "an address in a note",
            format!("a[^1]\n\n[^1]: {address}\n"),
        ),
        (
            "an address in a cell",
            format!("|a|b|\n|-|-|\n|{address}|x|\n"),
        ),
        (
            "an address behind as many words",
            format!("[{}]({address})\n", "a ".repeat(bytes / 2)),
        ),
    ])
}

/// Notes, markers, sources and citations, so many of each.
pub(crate) fn noted(count: usize) -> impl Iterator<Item = Shape> {
    shapes([
        (
            "notes",
            lines(count, |nth| format!("a[^{nth}]\n\n"))
                + &lines(count, |nth| format!("[^{nth}]: Note {nth}.\n\n")),
        ),
        (
            "notes of one paragraph",
            lines(count, |nth| format!("[^{nth}]"))
                + "\n\n"
                + &lines(count, |nth| format!("[^{nth}]: Note {nth}.\n\n")),
        ),
        ("empty inline notes in a row", "^[]".repeat(count)),
        ("inline notes in a row", "^[a] ".repeat(count)),
        (
            "markers of one note",
            format!("{}\n\n[^1]: n\n", "a[^1] ".repeat(count)),
        ),
        (
            "paragraphs that cite one note",
            format!("{}[^1]: n\n", "a[^1]\n\n".repeat(count)),
        ),
        (
            "a note defined again and again",
            format!("a[^1]\n\n{}", "[^1]: n\n".repeat(count)),
        ),
        (
            "notes that are not there",
            lines(count, |nth| format!("a[^x{nth}] ")),
        ),
        (
            "a note of many paragraphs",
            format!("a[^1]\n\n[^1]: n\n{}", "\n    para\n".repeat(count)),
        ),
        (
            "a note of many sources",
            format!(
                "a[^1]\n\n[^1]: {}\n",
                "Smith, J. (2019) *T*. P.; ".repeat(count / 4)
            ),
        ),
        (
            "a note of many short citations",
            format!("a[^1]\n\n[^1]: {}\n", "Smith, op. cit.; ".repeat(count / 4)),
        ),
        (
            "one source that all rest on",
            lines(count, |nth| format!("a[^{nth}]\n\n"))
                + "[^0]: Smith, John (2019) *A Title*. Oxford: Press.\n\n"
                + &lines(count, |nth| format!("[^{}]: Smith 2019.\n\n", nth + 1)),
        ),
        (
            "mentions",
            format!(
                "{}\n\na[^1]\n\n[^1]: Smith, J. (2019) *A Title*. Press.\n",
                "Smith (2019, 2020) said. ".repeat(count / 4)
            ),
        ),
    ])
}
