//! The title of a text without styles: a first paragraph that is set as nothing else in it is.

use super::DocxReader;
use super::look::is_blank;
use super::properties::ParagraphProperties;
use super::runs::{contains, plain_text};
use crate::formats::office::style_names::ParagraphRole;
use crate::formats::office::xml::XmlElement;

/// A title has at most so many characters.
const MAX_TITLE_CHARS: usize = 250;

/// A line of a title page is no longer.
const MAX_LINE_CHARS: usize = 120;

/// So many lines may be set almost as the title is, such as the rest of it and the author: where there
/// are more, as on the cover of a thesis, the first may as well be the name of a school.
const MAX_LINES_LIKE_IT: usize = 2;

impl<'a> DocxReader<'a> {
    /// The first paragraph, if it is larger than the text and bold or in the middle, while no other
    /// is larger or looks the same: a title that no style and no property of the file says.
    pub(super) fn title_by_look(&mut self) -> Option<&'a XmlElement> {
        if !self.builder.metadata_mut().title.is_empty() {
            return None;
        }
        let root = &self.parts.document.root;
        let body = root.elements().find(|element| element.name() == "body")?;
        let mut blocks = body.elements().filter(|block| !is_blank(block));
        let first = blocks.next().filter(|block| block.name() == "p")?;
        let look = self.look_of(first)?;
        if !(look.is_bold || look.is_centred) || !self.reads_like_a_title(first) {
            return None;
        }
        // How many characters of the text are set smaller than it, and how many are not.
        let (mut smaller, mut others) = (0_usize, 0_usize);
        // How many lines below it are set almost as it is, before the text begins.
        let (mut is_opening, mut like_it) = (true, 0_usize);
        for block in blocks {
            if block.name() != "p" {
                continue;
            }
            let style = ParagraphProperties::new(block.child("pPr")).style;
            if self.styles.paragraph(style.as_deref()).role == ParagraphRole::Title {
                return None;
            }
            let Some(other) = self.look_of(block) else {
                continue;
            };
            if other.size > look.size || other == look {
                return None;
            }
            let chars = plain_text(block).chars().count();
            is_opening &= chars <= MAX_LINE_CHARS;
            let is_set_off = other.is_bold || other.is_centred;
            if is_opening && is_set_off && other.size * 20 >= look.size * 17 {
                like_it += 1;
            }
            // Half a point less is no other size.
            if other.size + 1 < look.size {
                smaller += chars;
            } else {
                others += chars;
            }
        }
        (smaller > others && like_it <= MAX_LINES_LIKE_IT).then_some(first)
    }

    fn reads_like_a_title(&self, paragraph: &XmlElement) -> bool {
        let own = ParagraphProperties::new(paragraph.child("pPr"));
        let style = self.styles.paragraph(own.style.as_deref());
        let is_in_list = own.number.list.is_some() || style.number.list.is_some();
        let text = plain_text(paragraph);
        let text = text.trim();
        let letters = text.chars().filter(|char| char.is_alphabetic());
        style.role == ParagraphRole::Body
            && own.outline_level.is_none_or(|level| level > 8)
            && !is_in_list
            && letters.take(2).count() == 2
            && text.chars().count() <= MAX_TITLE_CHARS
            && !text.ends_with(['.', ',', ';', ':'])
            && !contains(
                paragraph,
                &["footnoteReference", "endnoteReference", "drawing", "pict"],
            )
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Docx, p, r};

    /// A paragraph in the middle or at the left, with its text so large and bold or not.
    fn set(centred: bool, size: u32, bold: bool, text: &str) -> String {
        let centre = if centred {
            r#"<w:jc w:val="center"/>"#
        } else {
            ""
        };
        let bold = if bold { "<w:b/>" } else { "" };
        let run = r(&format!(r#"{bold}<w:sz w:val="{size}"/>"#), text);
        format!("<w:p><w:pPr>{centre}</w:pPr>{run}</w:p>")
    }

    #[track_caller]
    fn check(body: &[String], title: &str) {
        let metadata = Docx::new(&body.concat()).parsed().paper.metadata;
        assert_eq!(metadata.title, title);
    }

    #[test]
    fn a_first_paragraph_set_as_no_other_is_the_title() {
        let text = set(false, 24, false, "A text of some length follows here.");
        let title = |centred, size, bold| set(centred, size, bold, "On Notes");
        for first in [
            title(true, 32, true),
            title(true, 32, false),
            title(false, 32, true),
        ] {
            check(&[p("", " "), first.clone(), text.clone()], "On Notes");
        }
        // An author may be as large, and is no part of it.
        let author = set(true, 32, false, "A. Author");
        check(&[title(true, 32, true), author, text.clone()], "On Notes");
        let docx = Docx::new(&[title(true, 32, true), text].concat());
        docx.check("A text of some length follows here.");
    }

    #[test]
    fn the_first_of_many_lines_that_are_set_almost_alike_may_be_a_school() {
        let text = set(false, 24, false, "A text of some length follows here.");
        let line = |size, text: &str| set(true, size, false, text);
        let cover = [
            line(44, "School of Notes"),
            line(40, "Thesis"),
            line(40, "On Notes"),
            line(40, "And on Others"),
            text,
        ];
        check(&cover, "");
    }

    #[test]
    fn a_first_paragraph_that_is_set_as_others_are_is_no_title() {
        let text = set(false, 24, false, "A text of some length follows here.");
        let large = |text: &str| set(true, 32, true, text);
        // No larger than the text, or neither bold nor in the middle.
        check(&[set(true, 24, true, "On Notes"), text.clone()], "");
        check(&[set(false, 32, false, "On Notes"), text.clone()], "");
        // One of several headings; a smaller line above the title; a sentence.
        check(
            &[large("One"), text.clone(), large("Two"), text.clone()],
            "",
        );
        let above = set(true, 28, true, "Department of Notes");
        check(&[above, large("On Notes"), text.clone()], "");
        check(&[large("To whom it may concern:"), text.clone()], "");
        let titled = Docx::new(&[large("On Notes"), text].concat()).part(
            "docProps/core.xml",
            "<cp:coreProperties><dc:title>Of Notes</dc:title></cp:coreProperties>",
        );
        assert_eq!(titled.parsed().paper.metadata.title, "Of Notes");
    }
}
