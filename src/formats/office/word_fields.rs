//! Fields: links, cross references, contents and page numbers, which Word works out and keeps
//! beside the instruction that it works them out from.

/// What becomes of the result of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::formats) enum FieldResult {
    /// It is text as any other.
    Text,
    /// It is text that leads to this address, or to a place in the paper after `#`.
    Link(String),
    /// It is the number of the note that is cited at a bookmark; raised, it is a marker.
    NoteReference { bookmark: String, is_marker: bool },
    /// It is made for paper, such as a table of contents, and left out.
    Hidden,
}

/// A field that is being read.
#[derive(Debug)]
pub(in crate::formats) enum OpenField {
    /// Its instruction so far.
    Instruction(String),
    Result(FieldResult),
}

impl OpenField {
    /// Whether what comes now is not shown.
    pub(in crate::formats) fn is_hidden(&self) -> bool {
        matches!(
            self,
            OpenField::Instruction(_) | OpenField::Result(FieldResult::Hidden)
        )
    }
}

impl FieldResult {
    /// What the instruction asks for.
    pub(in crate::formats) fn new(instruction: &str) -> FieldResult {
        let words = words(instruction);
        let mut words = words.iter().map(String::as_str);
        let name = words.next().unwrap_or_default().to_uppercase();
        match name.as_str() {
            "HYPERLINK" => hyperlink(words),
            "REF" | "PAGEREF" => {
                argument(words).map_or(FieldResult::Text, |to| FieldResult::Link(place(to)))
            }
            "NOTEREF" => note_reference(words),
            "TOC" | "PAGE" | "NUMPAGES" | "SECTIONPAGES" | "XE" | "TC" | "RD" | "TA"
            | "PRIVATE" => FieldResult::Hidden,
            _ => FieldResult::Text,
        }
    }
}

/// The first word that is no switch.
fn argument<'a>(mut words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    words.find(|word| !word.starts_with('\\') && !word.is_empty())
}

fn hyperlink<'a>(words: impl Iterator<Item = &'a str>) -> FieldResult {
    let mut address = None;
    let mut anchor = None;
    let mut words = words;
    while let Some(word) = words.next() {
        match word {
            "\\l" => anchor = words.next(),
            // What follows is a tip or the name of a window.
            "\\o" | "\\t" => {
                words.next();
            }
            switch if switch.starts_with('\\') => {}
            word => address = address.or(Some(word)),
        }
    }
    match (address, anchor) {
        (Some(address), Some(anchor)) => FieldResult::Link(format!("{address}#{anchor}")),
        (Some(address), None) => FieldResult::Link(address.to_owned()),
        (None, Some(anchor)) => FieldResult::Link(place(anchor)),
        (None, None) => FieldResult::Text,
    }
}

fn note_reference<'a>(words: impl Iterator<Item = &'a str>) -> FieldResult {
    let words: Vec<&str> = words.collect();
    let is_marker = words.contains(&"\\f");
    match argument(words.into_iter()) {
        Some(bookmark) => FieldResult::NoteReference {
            bookmark: bookmark.to_owned(),
            is_marker,
        },
        None => FieldResult::Text,
    }
}

fn place(bookmark: &str) -> String {
    format!("#{bookmark}")
}

/// The words of an instruction; what stands in quotation marks is one.
fn words(instruction: &str) -> Vec<String> {
    /// Instructions such as Zotero's hold whole records; what counts comes first.
    const MAX_WORDS: usize = 32;
    let mut words = Vec::new();
    let mut chars = instruction.chars().peekable();
    while let Some(char) = chars.peek().copied()
        && words.len() < MAX_WORDS
    {
        if char.is_whitespace() {
            chars.next();
        } else if char == '"' {
            chars.next();
            let mut word = String::new();
            while let Some(char) = chars.next().filter(|char| *char != '"') {
                // A backslash in quotation marks is doubled.
                let escaped = char == '\\' && matches!(chars.peek(), Some('\\' | '"'));
                word.push(if escaped {
                    chars.next().unwrap_or(char)
                } else {
                    char
                });
            }
            words.push(word);
        } else {
            let mut word = String::new();
            while let Some(char) = chars.next_if(|c| !c.is_whitespace() && *c != '"') {
                word.push(char);
            }
            words.push(word);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(instruction: &str, expected: &FieldResult) {
        assert_eq!(FieldResult::new(instruction), *expected, "{instruction}");
    }

    fn link(address: &str) -> FieldResult {
        FieldResult::Link(address.to_owned())
    }

    #[test]
    fn a_hyperlink_leads_to_its_address_or_its_bookmark() {
        check(
            r#" HYPERLINK "https://example.org/a b" "#,
            &link("https://example.org/a b"),
        );
        check(
            r#"HYPERLINK "https://example.org/" \l "part" \o "a tip""#,
            &link("https://example.org/#part"),
        );
        check(r#"HYPERLINK \l "_Toc1" \h"#, &link("#_Toc1"));
        check(
            r#"HYPERLINK "C:\\texts\\a.docx""#,
            &link(r"C:\texts\a.docx"),
        );
        check("HYPERLINK", &FieldResult::Text);
    }

    #[test]
    fn a_cross_reference_leads_to_its_bookmark() {
        check(r" REF _Ref12 \h ", &link("#_Ref12"));
        check(r" PAGEREF _Ref12 \h ", &link("#_Ref12"));
        check(
            r" NOTEREF _Ref12 \f \h ",
            &FieldResult::NoteReference {
                bookmark: "_Ref12".to_owned(),
                is_marker: true,
            },
        );
    }

    #[test]
    fn contents_and_page_numbers_are_left_out_and_citations_are_text() {
        check(r#" TOC \o "1-3" \h \z \u "#, &FieldResult::Hidden);
        check("PAGE", &FieldResult::Hidden);
        check(
            r#" ADDIN ZOTERO_ITEM CSL_CITATION {"citationID":"HYPERLINK"} "#,
            &FieldResult::Text,
        );
        check("", &FieldResult::Text);
    }
}
