//! BibTeX and BibLaTeX: where entries are in a file, and the fields of one. A broken entry costs
//! itself and no other.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// All texts that `@string` names have together at most so many bytes.
const MAX_STRINGS_BYTES: usize = 1 << 20;
/// What a text with a name takes besides its words, in bytes.
const STRING_COST: usize = 64;
/// An entry, or a text with a name, has at most so many bytes of texts with names.
const MAX_NAMED_BYTES: usize = 8 << 10;
/// An entry takes over at most so many bytes of the entries that it refers to.
const MAX_INHERITED_BYTES: usize = 8 << 10;
/// An entry is read for so many bytes; what it has behind them is left out.
pub(super) const MAX_ENTRY_BYTES: usize = 256 << 10;
/// So many fields of an entry are read.
const MAX_FIELDS: usize = 100;

/// What `@string` calls texts, by names in small letters.
#[derive(Debug, Default)]
pub(super) struct Strings {
    texts: HashMap<String, String>,
    bytes: usize,
}

/// The fields of an entry as they are typed, by names in small letters; the first counts.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct EntryFields {
    /// What the entry is, in small letters: `article`.
    pub(super) kind: String,
    all: BTreeMap<String, String>,
    inherited_bytes: usize,
}

/// Where an entry is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundEntry<'a> {
    pub(super) key: &'a str,
    /// From its `@` on.
    pub(super) range: Range<usize>,
    /// Whether it is no work, but fields that other entries take over.
    pub(super) is_data: bool,
}

/// Goes through a file: its entries in order, and the texts that it gives names to.
pub(super) fn scan<'a>(text: &'a str, strings: &mut Strings, mut each: impl FnMut(FoundEntry<'a>)) {
    let mut at = 0;
    while let Some(found) = text
        .as_bytes()
        .get(at..)
        .and_then(|rest| memchr::memchr(b'@', rest))
    {
        let start = at + found;
        let Some(head) = EntryHead::read(text, start) else {
            at = start + 1;
            continue;
        };
        let end = head.end(text);
        let inner = text.get(head.inner..end).unwrap_or_default();
        let kind = head.kind.to_ascii_lowercase();
        match kind.as_str() {
            "comment" | "preamble" => {}
            "string" => {
                let named = FieldScanner::new(bounded(inner)).field(strings);
                if let Some((name, value)) = named {
                    strings.insert(name, value);
                }
            }
            _ => {
                let key = inner.split([',', '}', '\n']).next().unwrap_or_default();
                let key = key.trim();
                if !key.is_empty() {
                    each(FoundEntry {
                        key,
                        range: start..end,
                        is_data: kind == "xdata",
                    });
                }
            }
        }
        at = end.max(start + 1);
    }
}

/// The fields of the entry that the text is.
pub(super) fn fields(entry: &str, strings: &Strings) -> EntryFields {
    let Some(head) = EntryHead::read(entry, 0) else {
        return EntryFields::default();
    };
    let inner = bounded(entry).get(head.inner..).unwrap_or_default();
    let (_, rest) = inner.split_once(',').unwrap_or_default();
    let mut scanner = FieldScanner::new(rest);
    let mut fields = EntryFields {
        kind: head.kind.to_ascii_lowercase(),
        ..EntryFields::default()
    };
    while fields.all.len() < MAX_FIELDS
        && let Some((name, value)) = scanner.field(strings)
    {
        fields.set_if_missing(name, value);
    }
    fields
}

/// As much of an entry as is read.
fn bounded(entry: &str) -> &str {
    let end = entry.floor_char_boundary(MAX_ENTRY_BYTES);
    entry.get(..end).unwrap_or(entry)
}

impl Strings {
    /// The text with this name, in whatever letters.
    fn get(&self, name: &str) -> Option<&str> {
        self.texts
            .get(&name.to_ascii_lowercase())
            .map(String::as_str)
    }

    /// Gives a text a name, which stands for the last one that had it, while there is room.
    fn insert(&mut self, name: String, text: String) {
        let cost = |text: &str| STRING_COST + name.len() + text.len();
        let before = self.texts.get(&name).map_or(0, |text| cost(text));
        let bytes = self.bytes - before + cost(&text);
        if bytes <= MAX_STRINGS_BYTES {
            self.bytes = bytes;
            self.texts.insert(name, text);
        }
    }
}

impl EntryFields {
    /// The first of these fields that says anything.
    pub(super) fn get(&self, names: &[&str]) -> Option<&str> {
        let said = |name: &&str| {
            let value = self.all.get(*name)?.as_str();
            (!value.trim().is_empty()).then_some(value)
        };
        names.iter().find_map(said)
    }

    fn set_if_missing(&mut self, name: String, value: String) {
        if self.get(&[&name]).is_none() {
            self.all.insert(name, value);
        }
    }

    /// Takes over what an entry that this one is a part of says for both.
    pub(super) fn inherit(&mut self, parent: &EntryFields, is_data: bool) {
        let is_part = matches!(
            self.kind.as_str(),
            "inbook"
                | "incollection"
                | "inproceedings"
                | "conference"
                | "inreference"
                | "suppbook"
                | "suppcollection"
                | "bookinbook"
        );
        let is_of_book = matches!(self.kind.as_str(), "inbook" | "suppbook" | "bookinbook");
        let container = match self.kind.as_str() {
            "article" | "review" | "suppperiodical" => "journaltitle",
            _ => "booktitle",
        };
        for (name, value) in &parent.all {
            let name = match name.as_str() {
                _ if is_data => name.as_str(),
                "title" if is_part || container == "journaltitle" => container,
                "subtitle" if is_part => "booksubtitle",
                // Only a part of a book by one author is by its author too.
                "author" if is_part && !is_of_book => continue,
                "abstract" | "annotation" | "annote" | "file" | "keywords" | "doi" | "url"
                | "urldate" | "pages" | "shorttitle" | "title" | "subtitle" | "ids" => continue,
                name => name,
            };
            if name != "crossref" && name != "xdata" {
                self.take_over(name, value);
            }
        }
    }

    fn take_over(&mut self, name: &str, value: &str) {
        let bytes = self.inherited_bytes + value.len();
        let has_room = bytes <= MAX_INHERITED_BYTES && self.all.len() < MAX_FIELDS;
        if has_room && self.get(&[name]).is_none() {
            self.inherited_bytes = bytes;
            self.all.insert(name.to_owned(), value.to_owned());
        }
    }
}

/// The beginning of an entry.
struct EntryHead<'a> {
    kind: &'a str,
    /// Where what is within its braces begins.
    inner: usize,
    closes: u8,
}

impl<'a> EntryHead<'a> {
    /// Reads `@kind{` at a place.
    fn read(text: &'a str, at: usize) -> Option<Self> {
        let after = text.get(at..)?.strip_prefix('@')?;
        let letters = after.trim_start_matches(|char: char| char.is_ascii_alphabetic());
        let kind = after.get(..after.len() - letters.len())?;
        let opens = letters.trim_start_matches([' ', '\t']);
        let closes = match opens.as_bytes().first()? {
            b'{' => b'}',
            b'(' => b')',
            _ => return None,
        };
        let inner = text.len() - opens.len() + 1;
        (!kind.is_empty()).then_some(EntryHead {
            kind,
            inner,
            closes,
        })
    }

    /// Where the entry ends; one that never does, where the next begins on a line of its own.
    fn end(&self, text: &str) -> usize {
        let bytes = text.as_bytes();
        let mut depth = 0_usize;
        let mut at = self.inner;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'{' => depth += 1,
                b'}' if depth == 0 => return at + 1,
                b'}' => depth -= 1,
                b')' if depth == 0 && self.closes == b')' => return at + 1,
                b'@' if begins_entry(text, at) => return at,
                _ => {}
            }
            let rest = bytes.get(at + 1..).unwrap_or_default();
            let next = match self.closes {
                b')' if depth == 0 => rest.iter().position(|byte| b"{})@".contains(byte)),
                _ => memchr::memchr3(b'{', b'}', b'@', rest),
            };
            match next {
                Some(next) => at += 1 + next,
                None => break,
            }
        }
        text.len()
    }
}

/// Whether an entry with its key begins at the head of a line.
fn begins_entry(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    if !before.trim_end_matches([' ', '\t']).ends_with('\n') {
        return false;
    }
    let Some(head) = EntryHead::read(text, at) else {
        return false;
    };
    let inner = text.get(head.inner..).unwrap_or_default();
    let key = inner.trim_start_matches(|char: char| {
        !char.is_whitespace() && !matches!(char, ',' | '{' | '}' | '=' | '"')
    });
    key.len() < inner.len() && key.starts_with(',')
}

/// Reads through the fields of an entry.
struct FieldScanner<'a> {
    rest: &'a str,
    /// So many bytes may still come from texts with names.
    named_bytes: usize,
}

impl<'a> FieldScanner<'a> {
    fn new(rest: &'a str) -> Self {
        FieldScanner {
            rest,
            named_bytes: MAX_NAMED_BYTES,
        }
    }

    /// The next field.
    fn field(&mut self, strings: &Strings) -> Option<(String, String)> {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r', ',']);
        let end = self.rest.find(['=', '}', '@', ')'])?;
        let (name, after) = self.rest.split_at_checked(end)?;
        self.rest = after.strip_prefix('=')?;
        let mut value = String::new();
        loop {
            self.rest = self.rest.trim_start();
            self.value(strings, &mut value)?;
            self.rest = self.rest.trim_start();
            match self.rest.strip_prefix('#') {
                Some(rest) => self.rest = rest,
                None => return Some((name.trim().to_ascii_lowercase(), value)),
            }
        }
    }

    /// Adds the next part of a value. A text with a name for which there is no room is left out.
    fn value(&mut self, strings: &Strings, value: &mut String) -> Option<()> {
        if self.rest.starts_with(['{', '"']) {
            value.push_str(self.enclosed()?);
            return Some(());
        }
        let ends = |char: char| char.is_whitespace() || matches!(char, ',' | '}' | '#' | ')');
        let end = self.rest.find(ends).unwrap_or(self.rest.len());
        let (word, after) = self.rest.split_at_checked(end).filter(|_| end > 0)?;
        self.rest = after;
        let Some(text) = strings.get(word) else {
            value.push_str(word);
            return Some(());
        };
        if let Some(left) = self.named_bytes.checked_sub(text.len()) {
            self.named_bytes = left;
            value.push_str(text);
        }
        Some(())
    }

    /// What is in braces or in quotes.
    fn enclosed(&mut self) -> Option<&'a str> {
        let is_quoted = self.rest.starts_with('"');
        let mut depth = 0_usize;
        for (at, byte) in self.rest.bytes().enumerate().skip(1) {
            let is_end = match byte {
                b'"' => is_quoted && depth == 0,
                b'}' => !is_quoted && depth == 0,
                _ => false,
            };
            if is_end {
                let inner = self.rest.get(1..at)?;
                self.rest = self.rest.get(at + 1..)?;
                return Some(inner);
            }
            match byte {
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<&str> {
        let mut keys = Vec::new();
        scan(text, &mut Strings::default(), |found| keys.push(found.key));
        keys
    }

    #[test]
    fn a_broken_entry_costs_itself_alone() {
        let text = "@book{a, title = {One}}\n@book{b, title = {Two\n\n@book{c,\n title = {Three}}";
        assert_eq!(keys(text), ["a", "b", "c"]);
        assert_eq!(
            keys("% @x me@y.org\n@comment{@book{no,}} @misc(d, a = 1)"),
            ["d"]
        );
    }

    #[test]
    fn strings_are_put_together_and_none_stands_for_itself() {
        let text = "@string{a = b # b}@string{ox = \"Oxford\"}@string{up = ox # { Press}}\
                    @book{k, Publisher = up, year = 1999, publisher = {Other}}";
        let mut strings = Strings::default();
        let mut entry = 0..0;
        scan(text, &mut strings, |found| entry = found.range);
        let fields = fields(text.get(entry).unwrap(), &strings);
        assert_eq!(fields.kind, "book");
        assert_eq!(fields.get(&["publisher"]), Some("Oxford Press"));
        assert_eq!(fields.get(&["date", "year"]), Some("1999"));
    }

    #[test]
    fn strings_cannot_blow_up() {
        let mut text = "@string{a0 = \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}".to_owned();
        for at in 1..60 {
            let before = at - 1;
            text.push_str(&format!(
                "@string{{a{at} = a{before} # a{before} # a{before}}}\n"
            ));
        }
        let many = 20_001;
        for at in 0..many {
            text.push_str(&format!("@string{{b{at} = a5 # a5 # a5 # a5}}\n"));
        }
        text.push_str("@book{k, title = a5 # a5 # a5, note = ");
        text.push_str(&"a5 # ".repeat(10_000));
        text.push_str("a5}");
        let mut strings = Strings::default();
        let mut entry = 0..0;
        scan(&text, &mut strings, |found| entry = found.range);
        let bytes: usize = strings.texts.values().map(String::len).sum();
        assert!(strings.texts.len() < many);
        assert!((1 << 19..=MAX_STRINGS_BYTES).contains(&bytes), "{bytes}");
        let fields = fields(text.get(entry).unwrap(), &strings);
        let bytes: usize = fields.all.values().map(String::len).sum();
        assert!((1..=MAX_NAMED_BYTES).contains(&bytes), "{bytes}");
    }

    #[test]
    fn any_text_is_read() {
        for text in [
            "@",
            "@a",
            "@a{",
            "@a{k",
            "@a{k,",
            "@a{k,x",
            "@a{k,x=",
            "@a{k,x={",
            "@a{k,x=\"",
            "}@{",
            "@a(k, x = 1",
            "@string{",
            "@string{a = ",
            "@a{k,x=#}",
        ] {
            let mut strings = Strings::default();
            scan(text, &mut strings, |found| {
                fields(text.get(found.range).unwrap(), &Strings::default());
            });
        }
    }
}
