//! MultiMarkdown's metadata at the head of a paper, `Title: A Study`, without any fence; Pelican has
//! them, too.

use super::metadata::MetadataFields;
use crate::paper::Metadata;

/// A block is at most so many bytes long; what is longer is Markdown.
const MAX_BLOCK_BYTES: usize = 16 * 1024;

/// The keys that say something of a paper. With any other the lines are text, such as the head of
/// a letter.
const KEYS: [&str; 36] = [
    "abstract",
    "affiliation",
    "author",
    "authors",
    "baseheaderlevel",
    "bibliography",
    "bibtex",
    "category",
    "copyright",
    "css",
    "date",
    "doi",
    "email",
    "htmlheader",
    "htmlheaderlevel",
    "institution",
    "journal",
    "keywords",
    "lang",
    "language",
    "latexfooter",
    "latexheaderlevel",
    "latexinput",
    "latexmode",
    "license",
    "modified",
    "publisher",
    "quoteslanguage",
    "rights",
    "slug",
    "status",
    "subtitle",
    "summary",
    "tags",
    "title",
    "year",
];

/// Reads the metadata, if the source begins with a title among them, and says where what follows
/// begins; with the abstract, in Markdown.
///
/// A value goes on in lines that begin with a blank.
pub(super) fn take_off(source: &str) -> Option<(Metadata, usize, String)> {
    let mut entries: Vec<(String, String)> = Vec::new();
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        if line.trim().is_empty() {
            break;
        }
        at += line.len();
        if line.starts_with([' ', '\t']) {
            let (_, value) = entries.last_mut()?;
            // Pandoc parts the paragraphs of an abstract by a full stop.
            let more = Some(line.trim()).filter(|line| *line != ".");
            value.push_str(more.map_or("\n\n", |_| " "));
            value.push_str(more.unwrap_or_default());
            continue;
        }
        let (key, value) = line.split_once(':')?;
        let letters = key.chars().filter(|char| !" -_".contains(*char));
        let key: String = letters.flat_map(char::to_lowercase).collect();
        if !KEYS.contains(&key.as_str()) || at > MAX_BLOCK_BYTES {
            return None;
        }
        entries.push((key, value.trim().to_owned()));
    }
    if entries.len() < 2 || !entries.iter().any(|(key, _)| key == "title") {
        return None;
    }
    let mut fields = MetadataFields::default();
    let mut abstract_text = String::new();
    for (key, value) in entries {
        match key.as_str() {
            "abstract" => abstract_text = value,
            "author" | "authors" => {
                for name in value.split(';') {
                    fields.set("author", name, false);
                }
            }
            "keywords" | "tags" => fields.set("keywords", &value.replace(';', ","), false),
            "copyright" => fields.set("rights", &value, false),
            key => fields.set(key, &value, false),
        }
    }
    Some((fields.finish(), at, abstract_text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_with_a_title_is_metadata() {
        let source = "Title:  Of *Things*\nAuthor: Ada Author; Bo Writer\nBase Header Level: 2\nAbstract: One\n  two.\n  .\n  Three.\nKeywords: a; b\n\nText.";
        let (metadata, at, abstract_text) = take_off(source).expect("metadata");
        assert_eq!(metadata.title, "Of Things");
        assert_eq!(metadata.authors, ["Ada Author", "Bo Writer"]);
        assert_eq!(metadata.keywords, ["a", "b"]);
        assert_eq!(abstract_text, "One two.\n\n Three.");
        assert_eq!(source.get(at..), Some("\nText."));
    }

    #[test]
    fn the_head_of_a_letter_and_a_line_with_a_colon_are_text() {
        for source in [
            "To: Ada\nFrom: Bo\nDate: today\nTitle: none\n\nText.",
            "Title: One\n\nText.",
            "Date: today\nAuthor: Ada\n\nText.",
            "Title: One\nDate: today, and\nthen on\n\nText.",
        ] {
            assert_eq!(take_off(source), None);
        }
    }
}
