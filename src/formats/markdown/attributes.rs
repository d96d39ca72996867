//! What stands in braces at the end of a heading: `# Title {#id}`, as Pandoc has it.
//!
//! pulldown-cmark can read this too, but is not asked to: it panics on some headings in quotes,
//! and takes any words in braces for attributes, so that they are lost.

use std::ops::Range;

use super::MarkdownReader;
use super::curly::Curly;
use crate::paper::BLANKS;

/// The attributes at the end of a heading's source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attributes<'a> {
    /// Where they begin in the Markdown.
    pub(super) at: usize,
    pub(super) id: Option<&'a str>,
    /// Whether the heading stands on one line, after its `#`.
    is_atx: bool,
}

impl<'a> MarkdownReader<'a> {
    /// The attributes of the heading that stands there.
    pub(super) fn attributes(&self, heading: &Range<usize>) -> Option<Attributes<'a>> {
        let source = self.markdown.get(heading.clone())?.trim_end();
        // A heading of several lines is one by the last of them, which is no text.
        let underlined = source.rsplit_once('\n').map(|(text, _)| text.trim_end());
        let (before, id) = at_end(underlined.unwrap_or(source))?;
        Some(Attributes {
            at: heading.start + before.len(),
            id,
            is_atx: underlined.is_none(),
        })
    }

    /// Whether this is a part of the attributes of the heading that is being read.
    pub(super) fn is_in_attributes(&self, range: &Range<usize>) -> bool {
        self.attributes
            .is_some_and(|attributes| attributes.at <= range.start)
    }

    /// The text, which stands there, as far as it comes before the attributes.
    pub(super) fn before_attributes<'t>(&self, text: &'t str, range: &Range<usize>) -> &'t str {
        let at = self
            .attributes
            .map_or(range.end, |attributes| attributes.at);
        let beyond = range.end.saturating_sub(at);
        text.get(..text.len().saturating_sub(beyond))
            .unwrap_or(text)
    }

    /// Takes what stands before the attributes off the end of the heading's text: blanks, and the
    /// row of `#` that closes it.
    pub(super) fn take_closing_row(&mut self, attributes: Attributes<'_>) {
        let source = self.markdown.get(..attributes.at).unwrap_or_default();
        let text = self.builder.open_text();
        let mut kept = text.trim_end_matches(BLANKS);
        if attributes.is_atx {
            kept = without_closing_row(kept, source);
        }
        let taken = text.len() - kept.len();
        self.builder.take_back(taken);
    }
}

/// The source before the label that it ends with, as MultiMarkdown has them: `# The End [theend]`.
/// It says what the heading says, else it is text.
fn label_at_end(source: &str) -> Option<(&str, Option<&str>)> {
    let (before, label) = source.strip_suffix(']')?.rsplit_once('[')?;
    let is_label = |char: char| char.is_lowercase() || char.is_numeric() || "-_.".contains(char);
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|char| char.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let is_same = !label.is_empty() && letters(label) == letters(before);
    (is_same && label.chars().all(is_label) && before.ends_with(' '))
        .then_some((before, Some(label)))
}

/// The source before the attributes that it ends with, and the id among them.
fn at_end(source: &str) -> Option<(&str, Option<&str>)> {
    if source.ends_with(']') {
        return label_at_end(source);
    }
    let start = source.strip_suffix('}')?.rfind('{')?;
    let (before, attributes) = source.split_at_checked(start)?;
    let slashes = before.bytes().rev().take_while(|byte| *byte == b'\\');
    let is_escaped = slashes.count() % 2 == 1;
    let (curly, bytes) = Curly::parse(attributes).filter(|_| !is_escaped)?;
    (bytes == attributes.len()).then_some((before, curly.id))
}

/// The text without the row of `#` that closes a heading, if its source ends with one.
fn without_closing_row<'a>(text: &'a str, source: &str) -> &'a str {
    let source = source.trim_end();
    let before = source.trim_end_matches('#');
    let (_, row) = source.split_at(before.len());
    match text.strip_suffix(row) {
        Some(rest) if before.ends_with([' ', '\t']) => rest.trim_end_matches(BLANKS),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use crate::formats::markdown::parse;
    use crate::paper::Kind;

    /// What the heading says, and its section's id.
    #[track_caller]
    fn check(markdown: &str, text: &str, id: &str) {
        let paper = parse(markdown).paper;
        let heading = paper
            .blocks
            .iter()
            .find(|block| matches!(block.kind, Kind::Heading(_)));
        let section = paper.sections.first().map(|section| section.id.as_str());
        let read = (heading.map(|block| block.text.as_str()), section);
        assert_eq!(read, (Some(text), Some(id)));
    }

    #[test]
    fn a_heading_is_called_by_the_id_in_braces() {
        check("# One {#a-1}", "One", "a-1");
        check("# One {.class #b key=value -}", "One", "b");
        check("One\ntwo\n{#c}\n===", "One two", "c");
        check("# {#d}", "", "d");
        check("# One_ {#_e__e_}", "One_", "_e__e_");
    }

    #[test]
    fn a_row_of_signs_that_closes_a_heading_is_no_text() {
        check("## One ## {#a}", "One", "a");
        check("## One \\## {#a}", "One ##", "a");
        check("## One# {#a}", "One#", "a");
        check("## ## {#a}", "", "a");
    }

    #[test]
    fn words_in_braces_that_are_no_attributes_are_text() {
        for text in [
            "The set {a, b}",
            "Empty {}",
            "{ }",
            "One {#a} more",
            "{#a {#b}}",
        ] {
            let paper = parse(&format!("# {text}")).paper;
            assert_eq!(paper.sections[0].title, text);
        }
    }

    #[test]
    fn braces_that_are_escaped_or_set_as_code_are_text() {
        check("# One \\{#a}", "One {#a}", "one-a");
        check("# One {#a\\}", "One {#a}", "one-a");
        check("# One \\\\{#a}", "One \\", "a");
        check("# One `{#a}`", "One {#a}", "one-a");
        check("# One {#*a*}", "One {#a}", "one-a");
        check("# *One {#a*}", "One {#a}", "one-a");
    }

    #[test]
    fn a_note_and_emphasis_before_the_id_stay() {
        let paper = parse("# *One*[^1] {#a}\n\n[^1]: b").paper;
        let heading = &paper.blocks[1];
        assert_eq!(
            (heading.text.as_str(), heading.markers[0].offset),
            ("One", 3)
        );
        assert_eq!(heading.spans[0].range, 0..3);
    }

    #[test]
    fn an_underlined_heading_in_a_quote_whose_braces_follow_a_tab_is_read() {
        let paper = parse("> a\n>\t{}\n> =").paper;
        assert_eq!(paper.blocks[1].text, "a {}");
        let paper = parse(">=\na\n>\t{#b}\n>=").paper;
        assert_eq!(paper.blocks[1].text, "= a");
    }
}
