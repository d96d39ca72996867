//! Mended paragraphs as Markdown, each line with the one that it came from.

use super::paragraphs::{LooseKind, LooseParagraph, ParagraphPlace};

/// Markdown under construction.
#[derive(Debug, Default)]
struct MarkdownWriter {
    markdown: String,
    origins: Vec<u32>,
}

/// The paper as Markdown, and for each of its lines the line of the source, from 1.
pub(super) fn markdown(
    metadata: &[(&'static str, String)],
    paragraphs: &[LooseParagraph],
) -> (String, Vec<u32>) {
    let mut writer = MarkdownWriter::default();
    writer.metadata(metadata);
    let mut last_note = None;
    for paragraph in paragraphs {
        writer.paragraph(paragraph, last_note);
        last_note = match paragraph.place {
            ParagraphPlace::Note(number) => Some(number),
            ParagraphPlace::Body => None,
        };
    }
    (writer.markdown, writer.origins)
}

impl MarkdownWriter {
    fn line(&mut self, text: &str, origin: u32) {
        self.markdown.push_str(text);
        self.markdown.push('\n');
        self.origins.push(origin);
    }

    fn metadata(&mut self, metadata: &[(&'static str, String)]) {
        if metadata.is_empty() {
            return;
        }
        self.line("---", 1);
        let mut keys: Vec<&str> = metadata.iter().map(|(key, _)| *key).collect();
        keys.dedup();
        for key in keys {
            let values = metadata.iter().filter(|(own, _)| *own == key);
            let values: Vec<String> = values.map(|(_, value)| quoted(value)).collect();
            match values.as_slice() {
                [value] => self.line(&format!("{key}: {value}"), 1),
                values => self.line(&format!("{key}: [{}]", values.join(", ")), 1),
            }
        }
        self.line("---", 1);
        self.line("", 1);
    }

    fn paragraph(&mut self, paragraph: &LooseParagraph, last_note: Option<u32>) {
        let indent = if paragraph.place.is_note() {
            "    "
        } else {
            ""
        };
        for (nth, row) in paragraph.rows.iter().enumerate() {
            let lead = match (paragraph.place, paragraph.kind) {
                (ParagraphPlace::Note(number), _) if nth == 0 && last_note != Some(number) => {
                    format!("[^{number}]: ")
                }
                (_, LooseKind::Heading(level)) => format!("{} ", "#".repeat(usize::from(level))),
                _ => indent.to_owned(),
            };
            self.line(&format!("{lead}{}", row.text), row.line);
        }
        self.line("", paragraph.line);
    }
}

/// A text as YAML takes it, whatever it holds.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
