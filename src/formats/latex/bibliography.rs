//! Bibliographies in BibTeX: their entries, and what a text calls them.

use std::collections::HashMap;

use super::macros::Macros;
use super::words;

/// Of bibliographies with more entries, the rest is left out.
const MAX_ENTRIES: usize = 50_000;

/// The sources of a bibliography, by key.
#[derive(Debug, Default)]
pub(super) struct Bibliography {
    entries: HashMap<String, BibEntry>,
}

/// A source, with its fields as they are typed.
#[derive(Debug, Default, Clone)]
pub(super) struct BibEntry {
    fields: HashMap<String, String>,
}

impl Bibliography {
    /// Adds the entries of a file.
    pub(super) fn add(&mut self, text: &str) {
        let mut strings: HashMap<String, String> = HashMap::new();
        let mut rest = Scanner { rest: text };
        while let Some(kind) = rest.entry() {
            if self.entries.len() >= MAX_ENTRIES {
                return;
            }
            match kind.to_ascii_lowercase().as_str() {
                "comment" | "preamble" => {}
                "string" => {
                    if let Some((name, value)) = rest.field(&strings) {
                        strings.insert(name, value);
                    }
                }
                _ => {
                    let key = rest.until(&[',', '}']).trim().to_owned();
                    let mut entry = BibEntry::default();
                    while let Some((name, value)) = rest.field(&strings) {
                        entry.fields.entry(name).or_insert(value);
                    }
                    self.entries.entry(key).or_insert(entry);
                }
            }
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&BibEntry> {
        self.entries.get(key)
    }
}

impl BibEntry {
    fn field(&self, names: &[&str], macros: &Macros) -> Option<String> {
        let mut found = names.iter().filter_map(|name| self.fields.get(*name));
        found
            .next()
            .map(|said| words(said, macros))
            .filter(|said| !said.is_empty())
    }

    /// The family names of the people, as a text has them: two, or the first and others.
    pub(super) fn people(&self, macros: &Macros) -> String {
        let said = self.fields.get("author").or(self.fields.get("editor"));
        let people = said.map(|said| people(said)).unwrap_or_default();
        let names: Vec<String> = people
            .iter()
            .map(|person| words(family(person), macros))
            .collect();
        let name = match names.as_slice() {
            [] => self
                .field(&["shorttitle", "title", "organization", "key"], macros)
                .unwrap_or_default(),
            [one] => one.clone(),
            [one, other] if other == "others" => format!("{one} et al."),
            [one, other] => format!("{one} and {other}"),
            [first, ..] => format!("{first} et al."),
        };
        name.trim().to_owned()
    }

    pub(super) fn year(&self, macros: &Macros) -> String {
        let date = self.field(&["year", "date"], macros);
        let year = date.map(|date| date.split('-').next().unwrap_or_default().to_owned());
        year.unwrap_or_else(|| "n.d.".to_owned())
    }

    /// The source as a list of references has it.
    pub(super) fn whole(&self, macros: &Macros) -> String {
        let said = self.fields.get("author").or(self.fields.get("editor"));
        let people = said.map(|said| people(said)).unwrap_or_default();
        let names: Vec<String> = people.iter().map(|name| words(name, macros)).collect();
        let place = self.field(
            &["journal", "journaltitle", "booktitle", "howpublished"],
            macros,
        );
        let maker = self.field(
            &["publisher", "school", "institution", "organization"],
            macros,
        );
        let volume = self.field(&["volume"], macros);
        let number = self.field(&["number", "issue"], macros);
        let volume = volume.map(|volume| match number {
            Some(number) => format!("{volume}({number})"),
            None => volume,
        });
        let link = self.field(&["url"], macros).or_else(|| {
            let doi = self.fields.get("doi")?;
            Some(format!("https://doi.org/{}", doi.trim()))
        });
        let names = (!names.is_empty()).then(|| names.join("; ").replace("; others", " et al."));
        let place = place.into_iter().chain(volume).collect::<Vec<_>>();
        let parts = [
            names,
            Some(self.year(macros)),
            self.field(&["title"], macros),
            (!place.is_empty()).then(|| place.join(" ")),
            self.field(&["pages"], macros),
            maker,
            link,
        ];
        let mut whole = String::new();
        for part in parts.into_iter().flatten() {
            if !whole.is_empty() {
                whole.push_str(if whole.ends_with('.') { " " } else { ". " });
            }
            whole.push_str(&part);
        }
        whole
    }
}

/// The people of a field, which `and` parts.
fn people(said: &str) -> Vec<&str> {
    let mut people = Vec::new();
    let (mut depth, mut from, mut at) = (0_usize, 0, 0);
    for word in said.split_inclusive(char::is_whitespace) {
        if depth == 0 && word.trim() == "and" {
            people.push(said.get(from..at).unwrap_or_default().trim());
            from = at + word.len();
        }
        depth = (depth + word.matches('{').count()).saturating_sub(word.matches('}').count());
        at += word.len();
    }
    people.push(said.get(from..).unwrap_or_default().trim());
    people.retain(|person| !person.is_empty());
    people
}

/// The family name in `Family, Given` or `Given Family`; a name in braces is whole.
fn family(person: &str) -> &str {
    if person.starts_with('{') && person.ends_with('}') {
        return person;
    }
    if let Some((family, _)) = person.split_once(',') {
        return family.trim();
    }
    let starts = person.match_indices(' ').map(|(at, _)| at + 1);
    let mut start = 0;
    for at in starts {
        start = at;
        // What is small belongs to the family name: Ludwig van Beethoven.
        if person
            .get(at..)
            .is_some_and(|rest| rest.starts_with(char::is_lowercase))
        {
            break;
        }
    }
    person.get(start..).unwrap_or(person)
}

/// Reads through a file.
struct Scanner<'a> {
    rest: &'a str,
}

impl<'a> Scanner<'a> {
    /// Goes behind the brace of the next entry, and tells its kind.
    fn entry(&mut self) -> Option<&'a str> {
        loop {
            let (_, after) = self.rest.split_once('@')?;
            let end = after.find(|char: char| !char.is_ascii_alphabetic())?;
            let (kind, after) = after.split_at_checked(end)?;
            let after = after.trim_start();
            if let Some(inner) = after.strip_prefix(['{', '(']) {
                self.rest = inner;
                return Some(kind);
            }
            self.rest = after;
        }
    }

    /// What comes before one of the signs, which is passed over.
    fn until(&mut self, signs: &[char]) -> &'a str {
        let end = self.rest.find(signs).unwrap_or(self.rest.len());
        let (before, after) = self.rest.split_at_checked(end).unwrap_or_default();
        self.rest = after.get(1..).unwrap_or_default();
        before
    }

    /// The next field of the entry.
    fn field(&mut self, strings: &HashMap<String, String>) -> Option<(String, String)> {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r', ',']);
        let end = self.rest.find(['=', '}', '@', ')'])?;
        let (name, after) = self.rest.split_at_checked(end)?;
        let after = after.strip_prefix('=')?;
        self.rest = after;
        let mut value = String::new();
        loop {
            self.rest = self.rest.trim_start();
            value.push_str(&self.value(strings)?);
            self.rest = self.rest.trim_start();
            match self.rest.strip_prefix('#') {
                Some(rest) => self.rest = rest,
                None => return Some((name.trim().to_ascii_lowercase(), value)),
            }
        }
    }

    fn value(&mut self, strings: &HashMap<String, String>) -> Option<String> {
        if self.rest.starts_with(['{', '"']) {
            return self.enclosed();
        }
        let end = self
            .rest
            .find(|char: char| char.is_whitespace() || matches!(char, ',' | '}' | '#' | ')'))?;
        let (word, after) = self.rest.split_at_checked(end)?;
        self.rest = after;
        let named = strings.get(&word.to_ascii_lowercase()).cloned();
        Some(named.unwrap_or_else(|| word.to_owned()))
    }

    /// What is in braces or in quotes.
    fn enclosed(&mut self) -> Option<String> {
        let is_quoted = self.rest.starts_with('"');
        let mut depth = 0_usize;
        for (at, byte) in self.rest.bytes().enumerate().skip(1) {
            let is_end = match byte {
                b'"' => is_quoted && depth == 0,
                b'}' => !is_quoted && depth == 0,
                _ => false,
            };
            if is_end {
                let inner = self.rest.get(1..at)?.to_owned();
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

    #[track_caller]
    fn check(entry: &str, people: &str, year: &str, whole: &str) {
        let mut bibliography = Bibliography::default();
        bibliography.add(entry);
        let entry = bibliography.get("k").expect("an entry");
        let macros = Macros::default();
        assert_eq!(entry.people(&macros), people);
        assert_eq!(entry.year(&macros), year);
        assert_eq!(entry.whole(&macros), whole);
    }

    #[test]
    fn an_entry_is_called_by_its_authors_and_year() {
        check(
            r#"@string{ox = "Oxford"} @Book{k, author = {Smith, Jane and Ludwig van Beethoven}, title = "{On} Notes", year = 1999, publisher = ox # " Press"}"#,
            "Smith and van Beethoven",
            "1999",
            "Smith, Jane; Ludwig van Beethoven. 1999. On Notes. Oxford Press",
        );
        check(
            r#"@article{k, author = {{World Health Organization}}, date = {2020-05-01}, title = {M{\"u}nchen}, journal = {J}, volume = 3, number = 2, pages = {1--9}}"#,
            "World Health Organization",
            "2020",
            "World Health Organization. 2020. München. J 3(2). 1–9",
        );
        check(
            "@misc{k, author={A and B and C}, title={T}}",
            "A et al.",
            "n.d.",
            "A; B; C. n.d. T",
        );
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
        ] {
            Bibliography::default().add(text);
        }
    }
}
