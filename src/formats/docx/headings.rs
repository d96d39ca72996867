//! The headings of a text without styles for them: short lines in bold that stand alone.
//!
//! Nothing says that they are headings, so each is a mending, which a reader can see and refuse; and
//! none is found where some heading has a style, for then its author knew of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ptr;

use super::DocxReader;
use super::look::{DocxLook, is_blank};
use super::properties::ParagraphProperties;
use super::runs::{contains, plain_text};
use crate::formats::captions::is_caption;
use crate::formats::office::style_names::ParagraphRole;
use crate::formats::office::xml::XmlElement;

/// A heading has at most so many characters.
const MAX_HEADING_CHARS: usize = 120;

/// So many in a row may be headings, such as of a part and of its first chapter. More are a title
/// page, an address or a list.
const MAX_IN_A_ROW: usize = 2;

/// What stands alone so often is a sign or the name of a speaker.
const MAX_REPEATS: usize = 2;

/// Of so many paragraphs with words, one may be a heading.
const PARAGRAPHS_A_HEADING: usize = 3;

/// The levels of headings, from 1, by the elements of their paragraphs.
#[derive(Debug, Default)]
pub(super) struct DocxHeadings(HashMap<*const XmlElement, u8>);

impl DocxHeadings {
    /// The level of a paragraph that is a heading.
    pub(super) fn level(&self, paragraph: &XmlElement) -> Option<u8> {
        self.0.get(&ptr::from_ref(paragraph)).copied()
    }
}

/// A block of the body.
struct DocxBlock<'a> {
    element: &'a XmlElement,
    is_bold: bool,
    /// Where it may be a heading: how it looks, and its words.
    heading: Option<(DocxLook, String)>,
}

impl<'a> DocxReader<'a> {
    /// The headings by their look; none where a style or a level says which they are.
    pub(super) fn headings_by_look(&self) -> DocxHeadings {
        let root = &self.parts.document.root;
        let Some(body) = root.elements().find(|element| element.name() == "body") else {
            return DocxHeadings::default();
        };
        if self.has_heading(body) {
            return DocxHeadings::default();
        }
        let blocks = body.elements().filter(|block| !is_blank(block));
        let blocks: Vec<DocxBlock<'_>> = blocks.map(|block| self.block_of(block)).collect();
        let headings = standing_alone(&blocks);
        if headings.len() < 2 || headings.len() * PARAGRAPHS_A_HEADING > blocks.len() {
            return DocxHeadings::default();
        }
        let looks: BTreeSet<DocxLook> = headings.iter().map(|(_, look)| *look).collect();
        // The largest first.
        let levels: BTreeMap<DocxLook, u8> = looks.into_iter().rev().zip(1..=6).collect();
        let headings = headings.into_iter();
        let leveled = headings.map(|(element, look)| {
            let level = levels.get(&look).copied().unwrap_or(6);
            (ptr::from_ref(element), level)
        });
        DocxHeadings(leveled.collect())
    }

    /// Whether some paragraph is said to be a heading.
    fn has_heading(&self, body: &XmlElement) -> bool {
        let mut queue: Vec<&XmlElement> = vec![body];
        while let Some(element) = queue.pop() {
            if element.name() == "p" {
                let own = ParagraphProperties::new(element.child("pPr"));
                let style = self.styles.paragraph(own.style.as_deref());
                if matches!(self.role(element, &own, &style), ParagraphRole::Heading(_))
                    && !plain_text(element).trim().is_empty()
                {
                    return true;
                }
            } else {
                queue.extend(element.elements());
            }
        }
        false
    }

    fn block_of(&self, element: &'a XmlElement) -> DocxBlock<'a> {
        let look = (element.name() == "p").then(|| self.look_of(element));
        let look = look.flatten().filter(|look| look.is_bold);
        let is_bold = look.is_some();
        let heading = look.and_then(|look| {
            let own = ParagraphProperties::new(element.child("pPr"));
            let style = self.styles.paragraph(own.style.as_deref());
            let text = plain_text(element).trim().to_owned();
            let may_be = style.role == ParagraphRole::Body
                && self.title.is_none_or(|title| !ptr::eq(title, element))
                && reads_like_a_heading(&text)
                && !contains(element, &["tab", "br", "drawing", "pict", "fldChar"]);
            may_be.then_some((look, text))
        });
        DocxBlock {
            element,
            is_bold,
            heading,
        }
    }
}

/// The blocks that are headings, with their looks.
fn standing_alone<'a>(blocks: &[DocxBlock<'a>]) -> Vec<(&'a XmlElement, DocxLook)> {
    let mut repeats: HashMap<&str, usize> = HashMap::new();
    for (_, text) in blocks.iter().filter_map(|block| block.heading.as_ref()) {
        *repeats.entry(text).or_default() += 1;
    }
    let rows: Vec<&[DocxBlock<'a>]> = blocks
        .chunk_by(|one, next| one.is_bold == next.is_bold)
        .collect();
    // Above the first paragraph there may be a title and its author; below the last one, a signature.
    let within = rows.get(1..rows.len().saturating_sub(1));
    let alone = within
        .unwrap_or_default()
        .iter()
        .filter(|row| row.len() <= MAX_IN_A_ROW && row.iter().all(|block| block.heading.is_some()));
    let headings = alone.flat_map(|row| row.iter()).filter_map(|block| {
        let (look, text) = block.heading.as_ref()?;
        let is_rare = repeats
            .get(text.as_str())
            .is_none_or(|repeats| *repeats <= MAX_REPEATS);
        is_rare.then_some((block.element, *look))
    });
    headings.collect()
}

/// Whether these may be the words of a heading: no sentence, no caption, and no sign.
fn reads_like_a_heading(text: &str) -> bool {
    let letters = text.chars().filter(|char| char.is_alphabetic());
    text.chars().count() <= MAX_HEADING_CHARS
        && letters.take(3).count() == 3
        && text.starts_with(char::is_alphanumeric)
        && !text.ends_with(['.', ',', ';', ':', '?', '!', '…'])
        && !is_caption(text)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Docx, p, r};
    use crate::paper::MendingKind;

    /// A line in bold, so large.
    fn bold(size: u32, text: &str) -> String {
        let run = r(&format!(r#"<w:b/><w:sz w:val="{size}"/>"#), text);
        format!("<w:p>{run}</w:p>")
    }

    /// Paragraphs of text.
    fn text(paragraphs: usize) -> String {
        p("", "A text of some length follows here.").repeat(paragraphs)
    }

    fn headings(body: &[String]) -> Vec<(u8, String)> {
        let parsed = Docx::new(&body.concat()).parsed();
        let sections = parsed.paper.sections.iter();
        let sections = sections.filter(|section| !section.title.is_empty());
        let found: Vec<_> = sections
            .map(|section| (section.level, section.title.clone()))
            .collect();
        let mended = parsed.mendings.iter();
        let mended = mended.filter(|mending| mending.kind == MendingKind::HeadingFound);
        assert_eq!(mended.count(), found.len());
        found
    }

    #[test]
    fn short_lines_in_bold_that_stand_alone_are_headings_where_no_style_says_which() {
        let body = [
            text(2),
            bold(28, "The Law"),
            bold(24, "1. Its beginning"),
            text(3),
            bold(24, "2. Its end"),
            text(3),
        ];
        let own = |level, title: &str| (level, title.to_owned());
        assert_eq!(
            headings(&body),
            [
                own(1, "The Law"),
                own(2, "1. Its beginning"),
                own(2, "2. Its end")
            ]
        );
        let styled = p(r#"<w:pStyle w:val="Heading1"/>"#, "A heading");
        let parsed = Docx::new(&[styled, body.concat()].concat()).parsed();
        assert!(parsed.mendings.is_empty());
        assert_eq!(parsed.paper.sections.len(), 1);
    }

    #[test]
    fn what_else_is_in_bold_is_no_heading() {
        let among =
            |line: &str| headings(&[text(3), bold(24, line), text(3), bold(24, "Two"), text(3)]);
        for line in [
            "But does it leave the story of all of us unfinished?",
            "To whom it may concern:",
            "Table 3 Cases by year",
            "[[fig-1]]",
            "***",
        ] {
            assert_eq!(among(line), [], "{line}");
        }
        // The first line of a title.
        let title = [bold(24, "On Notes:"), bold(24, "A Survey")].concat();
        assert_eq!(headings(&[text(4), title.repeat(2), text(4)]), []);
        // A cover, an address, and a signature.
        let lines = [bold(24, "One"), bold(24, "Two"), bold(24, "Three")].concat();
        assert_eq!(headings(&[text(4), lines, text(4)]), []);
        let ends = [bold(24, "A. Author"), text(9), bold(24, "The Editors")];
        assert_eq!(headings(&ends), []);
        // Who speaks.
        let turn = [bold(24, "Anna"), text(3), bold(24, "Bert"), text(3)].concat();
        assert_eq!(headings(&[text(3), turn.repeat(3)]), []);
    }
}
