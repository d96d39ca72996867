//! The highlights of KOReader, which keeps them as a Lua table in `metadata.*.lua`.
//!
//! Of Lua there is only what KOReader writes: one table of strings, numbers, booleans and tables.
//! It is read by hand, since what reads Lua elsewhere also runs it.

use super::ForeignAnnotation;
use crate::shelf::annotation::{AnnotationKind, HighlightKind};
use crate::shelf::timestamp::Timestamp;

/// Tables deeper than this are not read.
const MAX_DEPTH: usize = 32;

/// A value of Lua.
#[derive(Debug, Clone, PartialEq)]
enum Lua {
    Text(String),
    /// By their keys, as written; in the order of the file.
    Table(Vec<(String, Lua)>),
    /// Anything else.
    Other,
}

/// Whether a file looks like a Lua table of KOReader's.
pub(super) fn is_metadata(file: &str) -> bool {
    let mut code = file.lines().map(str::trim_start);
    let code = code.find(|line| !line.is_empty() && !line.starts_with("--"));
    // What KOReader exports by itself begins without `return`.
    code.is_some_and(|line| {
        let has_keys = || file.contains("[\"annotations\"]") || file.contains("[\"bookmarks\"]");
        line.starts_with("return {") || (line.starts_with('{') && has_keys())
    })
}

/// What is highlighted and noted in a file; none if it is not a whole table.
pub(super) fn read(file: &str) -> Option<Vec<ForeignAnnotation>> {
    let mut reader = LuaReader { rest: file };
    reader.skip_blanks();
    reader.take("return");
    let whole = reader.value(0)?;
    let title = whole
        .get("doc_props")
        .map_or("", |about| about.text("title"));
    let mut passages: Vec<ForeignAnnotation> = match whole.get("annotations") {
        Some(annotations) => annotations.items().filter_map(annotation).collect(),
        // Before 2024 the words were in a list of bookmarks, and long before in one by pages.
        None => {
            let bookmarks = whole.get("bookmarks").into_iter().flat_map(Lua::items);
            let bookmarks: Vec<ForeignAnnotation> = bookmarks.filter_map(bookmark).collect();
            let pages = whole.get("highlight").into_iter().flat_map(Lua::items);
            let by_page = pages.flat_map(Lua::items).filter_map(annotation);
            if bookmarks.is_empty() {
                by_page.collect()
            } else {
                bookmarks
            }
        }
    };
    for passage in &mut passages {
        title.clone_into(&mut passage.title);
    }
    Some(passages)
}

fn annotation(item: &Lua) -> Option<ForeignAnnotation> {
    // What was not drawn is a page to come back to, and its text is KOReader's.
    item.get("drawer")?;
    Some(passage(
        item.text("text"),
        item.text("note"),
        item.text("color"),
        item,
    ))
}

fn bookmark(item: &Lua) -> Option<ForeignAnnotation> {
    let words = item.text("notes");
    if words.is_empty() || item.get("highlighted").is_none() {
        return None;
    }
    // The text is the words again, after the page and the time, unless the reader has changed it.
    let own = item.text("text");
    let is_own = !own.is_empty() && !own.contains(words);
    Some(passage(words, if is_own { own } else { "" }, "", item))
}

fn passage(words: &str, note: &str, colour: &str, item: &Lua) -> ForeignAnnotation {
    let time = |name: &str| Timestamp::parse_local(item.text(name));
    ForeignAnnotation {
        quote: words.to_owned(),
        note: note.to_owned(),
        kind: AnnotationKind::Highlight(HighlightKind::from_colour(colour)),
        created: time("datetime"),
        modified: time("datetime_updated").or_else(|| time("datetime")),
        must_be_found: true,
        ..ForeignAnnotation::default()
    }
}

impl Lua {
    fn get(&self, name: &str) -> Option<&Lua> {
        match self {
            Lua::Table(fields) => {
                let field = fields.iter().find(|(key, _)| key == name);
                field.map(|(_, value)| value)
            }
            _ => None,
        }
    }

    fn text(&self, name: &str) -> &str {
        match self.get(name) {
            Some(Lua::Text(text)) => text,
            _ => "",
        }
    }

    fn items(&self) -> impl Iterator<Item = &Lua> {
        let fields = match self {
            Lua::Table(fields) => fields.as_slice(),
            _ => &[],
        };
        fields.iter().map(|(_, value)| value)
    }
}

/// Reads values from the beginning of what is left.
struct LuaReader<'a> {
    rest: &'a str,
}

impl<'a> LuaReader<'a> {
    fn value(&mut self, depth: usize) -> Option<Lua> {
        self.skip_blanks();
        match self.rest.chars().next()? {
            '{' if depth < MAX_DEPTH => self.table(depth),
            quote @ ('"' | '\'') => self.string(quote).map(Lua::Text),
            '[' => self.long_string().map(Lua::Text),
            _ => self.word().map(|_| Lua::Other),
        }
    }

    fn table(&mut self, depth: usize) -> Option<Lua> {
        self.take("{");
        let mut fields = Vec::new();
        loop {
            self.skip_blanks();
            if self.take("}") {
                return Some(Lua::Table(fields));
            }
            let key = self.key()?;
            fields.push((key, self.value(depth + 1)?));
            self.skip_blanks();
            if !self.take(",") {
                self.take(";");
            }
        }
    }

    /// What is before an equals sign; empty if there is none.
    fn key(&mut self) -> Option<String> {
        let before = self.rest;
        let key = if self.rest.starts_with('[') && !self.rest.starts_with("[[") {
            self.take("[");
            self.skip_blanks();
            let key = match self.rest.chars().next()? {
                quote @ ('"' | '\'') => self.string(quote)?,
                _ => self.word()?.to_owned(),
            };
            self.skip_blanks();
            self.take("]");
            key
        } else {
            let end = self
                .rest
                .find(|letter: char| !letter.is_alphanumeric() && letter != '_');
            let (name, rest) = self.rest.split_at_checked(end?)?;
            self.rest = rest;
            name.to_owned()
        };
        self.skip_blanks();
        if self.take("=") {
            return Some(key);
        }
        self.rest = before;
        Some(String::new())
    }

    /// A number, a name, `true`, `false` or `nil`.
    fn word(&mut self) -> Option<&'a str> {
        let is_end = |letter: char| letter.is_whitespace() || ",;}]={[".contains(letter);
        let end = self.rest.find(is_end).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        (!word.is_empty()).then_some(word)
    }

    fn string(&mut self, quote: char) -> Option<String> {
        let mut bytes = Vec::new();
        let mut letters = self.rest.char_indices().skip(1).peekable();
        while let Some((at, letter)) = letters.next() {
            match letter {
                _ if letter == quote => {
                    self.rest = self.rest.get(at + 1..)?;
                    // Bytes that were escaped one by one make letters together.
                    return Some(String::from_utf8_lossy(&bytes).into_owned());
                }
                '\\' => match letters.next()?.1 {
                    'n' | '\n' => bytes.push(b'\n'),
                    't' => bytes.push(b'\t'),
                    'r' => {}
                    first if first.is_ascii_digit() => {
                        let mut value = first.to_digit(10)?;
                        for _ in 0..2 {
                            let next = letters.next_if(|(_, next)| next.is_ascii_digit());
                            let Some(digit) = next.and_then(|(_, next)| next.to_digit(10)) else {
                                break;
                            };
                            value = value * 10 + digit;
                        }
                        bytes.push(u8::try_from(value).ok()?);
                    }
                    other => push(&mut bytes, other),
                },
                _ => push(&mut bytes, letter),
            }
        }
        None
    }

    /// A string between double brackets.
    fn long_string(&mut self) -> Option<String> {
        let inner = self.rest.strip_prefix("[[")?;
        let (text, rest) = inner.split_once("]]")?;
        self.rest = rest;
        Some(text.to_owned())
    }

    fn take(&mut self, sign: &str) -> bool {
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Skips what is between two words, also comments.
    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start();
        while let Some(comment) = self.rest.strip_prefix("--") {
            let line_end = comment.find('\n').unwrap_or(comment.len());
            self.rest = comment.get(line_end..).unwrap_or_default().trim_start();
        }
    }
}

fn push(bytes: &mut Vec<u8>, letter: char) {
    bytes.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    const METADATA: &str = r#"-- /mnt/onboard/paper.epub.sdr/metadata.epub.lua
return {
    ["annotations"] = {
        [1] = {
            ["chapter"] = "Findings",
            ["color"] = "green",
            ["datetime"] = "2024-08-01 21:02:11",
            ["drawer"] = "lighten",
            ["note"] = "really?\
two lines",
            ["page"] = "/body/DocFragment[3]/body/p[2]/text().0",
            ["text"] = "Nobody keeps a \"line number\"",
        },
        [2] = {
            ["datetime"] = "2024-08-01 21:03:00",
            ["page"] = "/body/DocFragment[4]/body",
            ["text"] = "in Findings",
        },
    },
    ["doc_props"] = {
        ["authors"] = "Ada Author",
        ["title"] = "On Keeping",
    },
    ["percent_finished"] = 0.25,
    ["summary"] = {},
    ["is_open"] = true,
}
"#;

    #[test]
    fn highlights_and_notes_are_read_and_pages_to_come_back_to_are_not() {
        assert!(is_metadata(METADATA));
        let passages = read(METADATA).unwrap();
        assert_eq!(passages.len(), 1);
        let passage = &passages[0];
        assert_eq!(passage.quote, "Nobody keeps a \"line number\"");
        assert_eq!(passage.note, "really?\ntwo lines");
        assert_eq!(passage.title, "On Keeping");
        let kind = AnnotationKind::Highlight(HighlightKind::Evidence);
        assert_eq!(passage.kind, kind);
        let created = passage.created.map(|created| created.to_string());
        assert_eq!(created.as_deref(), Some("2024-08-01T21:02:11.000Z"));
    }

    #[test]
    fn the_bookmarks_of_older_versions_are_read_too() {
        let old = r#"return { ["bookmarks"] = { [1] = { ["highlighted"] = true,
            ["notes"] = "the words", ["text"] = "Page 3 the words @ 2021-05-05 10:00:00",
            ["datetime"] = "2021-05-05 10:00:00" },
            [2] = { ["notes"] = "in Chapter 1", ["page"] = 3 } } }"#;
        let passages = read(old).unwrap();
        let read: Vec<_> = passages
            .iter()
            .map(|passage| (passage.quote.as_str(), passage.note.as_str()))
            .collect();
        assert_eq!(read, [("the words", "")]);
    }

    #[test]
    fn what_koreader_exports_and_what_it_kept_by_pages_is_read() {
        let export = METADATA.replace("return {", "{");
        assert!(is_metadata(&export));
        assert_eq!(read(&export).unwrap().len(), 1);
        let by_page = r#"return { ["highlight"] = { [3] = { [1] = { ["drawer"] = "lighten",
            ["text"] = "the words", ["datetime"] = "2019-05-05 10:00:00" } } } }"#;
        assert_eq!(read(by_page).unwrap()[0].quote, "the words");
    }

    #[test]
    fn a_table_that_breaks_off_or_never_ends_its_depth_is_refused() {
        for cut in 0..METADATA.len() - 3 {
            let _ = METADATA.get(..cut).and_then(read);
        }
        assert!(read(&format!("return {}", "{".repeat(100_000))).is_none());
        assert!(read("return {\"\\999\"}").is_none());
    }
}
