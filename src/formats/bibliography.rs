//! Bibliographies that people keep: BibTeX, BibLaTeX, CSL-JSON and CSL-YAML. A file is only looked
//! through for its keys; an entry is read when it is asked for.

mod bibtex;
mod csl;
pub(crate) mod dates;
pub(crate) mod doi;
pub(crate) mod entry;
#[cfg(test)]
mod laws;
pub(in crate::formats) mod listed;
pub(in crate::formats) mod pages;
mod people;
pub mod reference;
mod tex;
pub(in crate::formats) mod yaml;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use serde_json::Value;

use crate::paper::{Details, clean};
use bibtex::{EntryFields, Strings};

/// So many entries are kept; what comes behind them is left out.
const MAX_ENTRIES: usize = 200_000;
/// So many entries lead from one to the next by `crossref` and `xdata`.
const MAX_PARENTS: usize = 8;
/// A key has at most so many bytes.
const MAX_KEY_BYTES: usize = 300;

/// The entries of one or more files, by key; of two with one key the first counts.
#[derive(Debug, Default)]
pub struct Bibliography {
    texts: Vec<String>,
    entries: Vec<EntryText>,
    by_key: HashMap<Box<str>, usize>,
    strings: Strings,
    /// Items that are not the text of a file.
    items: Vec<csl::CslItem>,
    left_out: LeftOut,
}

/// How many entries are not read, or not whole.
#[derive(Debug, Default)]
struct LeftOut {
    /// Their keys could act on a terminal, hide what they are, or are too long.
    unsound_keys: usize,
    without_key: usize,
    beyond_limit: usize,
    cut: usize,
    /// Others had their keys first.
    known: usize,
}

/// Where an entry is to be read from.
#[derive(Debug)]
struct EntryText {
    key: Box<str>,
    at: EntryPlace,
    /// Whether it is no work, but fields that other entries take over.
    is_data: bool,
    /// Its fields, once an entry has asked for them that refers to it.
    fields: OnceLock<Box<EntryFields>>,
}

#[derive(Debug)]
enum EntryPlace {
    BibTex { text: usize, range: Range<usize> },
    Json { text: usize, range: Range<usize> },
    Item(usize),
}

/// A file that is no bibliography, or a broken one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoBibliography;

impl Bibliography {
    /// Adds the entries of a file, of which the name tells what it is, or else its text.
    ///
    /// # Errors
    /// When there is no entry in it that can be found.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), NoBibliography> {
        let text = String::from_utf8_lossy(bytes);
        let text = text.trim_start_matches('\u{feff}').to_owned();
        let found = |all: &Self| all.entries.len() + all.left_out.known;
        let before = found(self);
        let is_empty = text.trim().is_empty();
        match BibliographyFormat::detect(name, &text) {
            BibliographyFormat::BibTex => self.add_bibtex(text),
            BibliographyFormat::Json => self.add_json(text),
            BibliographyFormat::Yaml => self.add_items(yaml::value(&text).unwrap_or_default()),
        }
        if found(self) > before || is_empty {
            Ok(())
        } else {
            Err(NoBibliography)
        }
    }

    /// Adds items of CSL, as they stand in the metadata of a paper.
    pub(in crate::formats) fn add_items(&mut self, value: Value) {
        let list = match value {
            Value::Object(mut map) => map.remove("references").unwrap_or_default(),
            other => other,
        };
        let Value::Array(list) = list else {
            return;
        };
        for item in list {
            let Value::Object(item) = item else {
                continue;
            };
            if let Some(key) = csl::key(&item) {
                let at = EntryPlace::Item(self.items.len());
                self.items.push(item);
                self.enter(&key, at, false);
            }
        }
    }

    /// How many entries there are, those included that only others refer to.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The keys of all works, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let works = self.entries.iter().filter(|entry| !entry.is_data);
        works.map(|entry| &*entry.key)
    }

    /// Whether there is a work with this key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.entry(key).is_some_and(|entry| !entry.is_data)
    }

    /// What was left out of the files, a sentence for each reason.
    #[must_use]
    pub fn left_out(&self) -> Vec<String> {
        let LeftOut {
            unsound_keys,
            without_key,
            beyond_limit,
            cut,
            known: _,
        } = self.left_out;
        let told = [
            (
                unsound_keys,
                format!(
                    "have keys with control characters or of more than {MAX_KEY_BYTES} bytes, and are left out"
                ),
            ),
            (without_key, "have no key, and are left out".to_owned()),
            (
                beyond_limit,
                format!("come behind the first {MAX_ENTRIES}, and are left out"),
            ),
            (
                cut,
                format!(
                    "are longer than {} KiB, and are read no further",
                    bibtex::MAX_ENTRY_BYTES >> 10
                ),
            ),
        ];
        let told = told.into_iter().filter(|(count, _)| *count > 0);
        told.map(|(count, why)| format!("entries that {why}: {count}"))
            .collect()
    }

    fn entry(&self, key: &str) -> Option<&EntryText> {
        self.entries.get(*self.by_key.get(key)?)
    }

    /// The work with this key, if there is one.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Details> {
        self.read(key, true)
    }

    /// The same without abstract, annotation and files, which are most of a library: for telling
    /// works from each other.
    #[must_use]
    pub fn get_in_brief(&self, key: &str) -> Option<Details> {
        self.read(key, false)
    }

    fn read(&self, key: &str, is_whole: bool) -> Option<Details> {
        let entry = self.entry(key).filter(|entry| !entry.is_data)?;
        let mut details = match &entry.at {
            EntryPlace::BibTex { .. } => {
                entry::details(&self.fields_with_parents(entry)?, is_whole)
            }
            EntryPlace::Json { text, range } => {
                let json = self.texts.get(*text)?.get(range.clone())?;
                csl::details(&serde_json::from_str(json).ok()?, is_whole)
            }
            EntryPlace::Item(item) => csl::details(self.items.get(*item)?, is_whole),
        };
        details.key = entry.key.to_string();
        Some(details)
    }

    fn fields(&self, entry: &EntryText) -> Option<EntryFields> {
        let EntryPlace::BibTex { text, range } = &entry.at else {
            return None;
        };
        let text = self.texts.get(*text)?.get(range.clone())?;
        Some(bibtex::fields(text, &self.strings))
    }

    /// The fields of an entry with those that it has from the entries that it refers to.
    fn fields_with_parents(&self, entry: &EntryText) -> Option<EntryFields> {
        let mut fields = self.fields(entry)?;
        let mut waiting = parents(&fields);
        let mut seen = 0;
        while let Some((key, is_data)) = waiting.pop() {
            seen += 1;
            let parent = self.entry(&key).filter(|_| seen <= MAX_PARENTS);
            let Some(parent) = parent.and_then(|parent| self.kept_fields(parent)) else {
                continue;
            };
            waiting.extend(parents(parent));
            fields.inherit(parent, is_data);
        }
        Some(fields)
    }

    /// The fields of an entry that others refer to, which are read once for all of them.
    fn kept_fields<'a>(&'a self, entry: &'a EntryText) -> Option<&'a EntryFields> {
        if entry.fields.get().is_none() {
            let fields = Box::new(self.fields(entry)?);
            return Some(entry.fields.get_or_init(|| fields));
        }
        entry.fields.get().map(|fields| &**fields)
    }

    fn enter(&mut self, key: &str, at: EntryPlace, is_data: bool) {
        let key = key.trim();
        if key.is_empty() {
            self.left_out.without_key += 1;
            return;
        }
        if clean(key) != key || key.len() > MAX_KEY_BYTES {
            self.left_out.unsound_keys += 1;
            return;
        }
        if self.by_key.contains_key(key) {
            self.left_out.known += 1;
            return;
        }
        if self.entries.len() >= MAX_ENTRIES {
            self.left_out.beyond_limit += 1;
            return;
        }
        self.by_key.insert(key.into(), self.entries.len());
        self.entries.push(EntryText {
            key: key.into(),
            at,
            is_data,
            fields: OnceLock::new(),
        });
    }

    fn add_bibtex(&mut self, source: String) {
        let text = self.texts.len();
        let mut strings = std::mem::take(&mut self.strings);
        bibtex::scan(&source, &mut strings, |found| {
            let range = found.range;
            self.left_out.cut += usize::from(range.len() > bibtex::MAX_ENTRY_BYTES);
            self.enter(found.key, EntryPlace::BibTex { text, range }, found.is_data);
        });
        self.strings = strings;
        self.texts.push(source);
    }

    fn add_json(&mut self, source: String) {
        let text = self.texts.len();
        for (key, range) in csl::items(&source) {
            self.enter(&key, EntryPlace::Json { text, range }, false);
        }
        self.texts.push(source);
    }
}

/// How the entries of a file are written.
enum BibliographyFormat {
    BibTex,
    Json,
    Yaml,
}

impl BibliographyFormat {
    fn detect(name: &str, text: &str) -> Self {
        let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
        let begins = text.trim_start();
        match ending.as_str() {
            "json" => BibliographyFormat::Json,
            "yaml" | "yml" => BibliographyFormat::Yaml,
            "bib" | "bibtex" | "biblatex" => BibliographyFormat::BibTex,
            _ if begins.starts_with(['[', '{']) => BibliographyFormat::Json,
            _ if begins.starts_with("references:") || begins.starts_with("---") => {
                BibliographyFormat::Yaml
            }
            _ => BibliographyFormat::BibTex,
        }
    }
}

/// The entries that an entry refers to, and whether they are mere data.
fn parents(fields: &EntryFields) -> Vec<(String, bool)> {
    let keys = |name: &str| {
        let said = fields.get(&[name]).unwrap_or_default();
        let keys = said.split(',').map(|key| key.trim().to_owned());
        keys.filter(|key| !key.is_empty()).collect::<Vec<_>>()
    };
    let crossed = keys("crossref").into_iter().map(|key| (key, false));
    let data = keys("xdata").into_iter().map(|key| (key, true));
    crossed.chain(data).take(MAX_PARENTS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Name;

    fn of(name: &str, text: &str) -> Bibliography {
        let mut all = Bibliography::default();
        all.add(name, text.as_bytes()).unwrap();
        all
    }

    #[test]
    fn every_kind_of_file_is_read_by_its_keys() {
        let files = [
            (
                "a.bib",
                "@book{k, author = {Smith, Jane}, title = {T}, year = 1999}",
            ),
            (
                "a.json",
                r#"[{"id": "k", "author": [{"family": "Smith"}], "title": "T", "issued": {"date-parts": [[1999]]}}]"#,
            ),
            (
                "a.yaml",
                "references:\n- id: k\n  author:\n  - family: Smith\n  title: T\n  issued: 1999\n",
            ),
            (
                "a",
                "---\nreferences:\n- id: k\n  author: [{family: Smith}]\n  title: T\n  issued: {year: 1999}\n...\n",
            ),
            (
                "a",
                r#"{"items": [{"id": "k", "author": [{"family": "Smith"}], "title": "T", "issued": "1999"}]}"#,
            ),
        ];
        for (name, text) in files {
            let entry = of(name, text).get("k").expect(text);
            assert_eq!(entry.key, "k");
            assert_eq!(entry.authors.first().map(Name::family), Some("Smith"));
            assert_eq!(
                (entry.title.as_str(), entry.date.map(|date| date.year)),
                ("T", Some(1999))
            );
        }
        assert!(Bibliography::default().add("a.bib", b"no entry").is_err());
    }

    #[test]
    fn a_chapter_has_what_its_book_says() {
        let all = of(
            "a.bib",
            "@incollection{c, crossref = {b}, title = {Chapter}, author = {A}}\
            @collection{b, title = {Book}, editor = {E}, publisher = {P}, date = {2001}, crossref = {c}, xdata = {x}}\
            @xdata{x, location = {Oxford}}",
        );
        let chapter = all.get("c").unwrap();
        assert_eq!(
            (chapter.title.as_str(), chapter.container.as_str()),
            ("Chapter", "Book")
        );
        assert_eq!(chapter.editors.first().map(Name::family), Some("E"));
        assert_eq!(
            (chapter.publisher.as_str(), chapter.place.as_str()),
            ("P", "Oxford")
        );
    }

    #[test]
    fn entries_that_refer_to_each_other_end() {
        let all = of(
            "a.bib",
            "@book{a, crossref = {b}, xdata = {a, b}}@book{b, crossref = {a}, title = {T}}",
        );
        assert!(all.get("a").is_some());
        assert_eq!(all.get("c"), None);
    }

    #[test]
    fn keys_that_could_act_on_a_terminal_are_refused_and_that_is_said() {
        let mut all = Bibliography::default();
        all.add(
            "a.bib",
            "@book{a\u{1b}]0;x\u{7}, title=T}@book{b\u{202e}c, title=T}@book{k, title=T}"
                .as_bytes(),
        )
        .unwrap();
        let json = r#"[{"id": "a\u001b[31m", "title": "T"}, {"id": "l\u009b"}, {"id": "m"}]"#;
        all.add("a.json", json.as_bytes()).unwrap();
        assert_eq!(all.keys().collect::<Vec<_>>(), ["k", "m"]);
        let told = "entries that have keys with control characters or of more than 300 bytes, and are left out: 4";
        assert_eq!(all.left_out(), [told]);
        assert_eq!(of("a.bib", "@book{k, title=T}").left_out(), [""; 0]);
        assert_eq!(
            of("a.json", r#"[{"id": "k"}, {"id": " "}]"#).left_out(),
            ["entries that have no key, and are left out: 1"]
        );
    }

    #[test]
    fn in_brief_there_is_no_abstract_whatever_the_format() {
        for (name, text) in [
            (
                "a.bib",
                "@book{k, title = {T}, abstract = {A}, annotation = {N}}",
            ),
            (
                "a.json",
                r#"[{"id": "k", "title": "T", "abstract": "A", "annote": "N"}]"#,
            ),
            (
                "a.yaml",
                "references:\n- {id: k, title: T, abstract: A, annote: N}\n",
            ),
        ] {
            let all = of(name, text);
            let said = |work: Details| [work.title, work.abstract_text, work.annotation];
            assert_eq!(all.get("k").map(said).unwrap(), ["T", "A", "N"]);
            assert_eq!(all.get_in_brief("k").map(said).unwrap(), ["T", "", ""]);
        }
    }

    #[test]
    fn a_long_entry_that_others_refer_to_is_read_once_and_taken_over_in_part() {
        let long = "x".repeat(200_000);
        let all = of(
            "a.bib",
            &format!(
                "@collection{{b, title = {{Book}}, note = {{{long}}}, publisher = {{P}}}}\
                 @incollection{{c, crossref = {{b}}}}"
            ),
        );
        let read = all.get("c").unwrap();
        assert_eq!(
            (read.container.as_str(), read.publisher.as_str()),
            ("Book", "P")
        );
        let kept = || all.kept_fields(all.entry("b").unwrap()).unwrap();
        assert!(std::ptr::eq(kept(), kept()));
        let fields = all.fields_with_parents(all.entry("c").unwrap()).unwrap();
        assert_eq!(fields.get(&["note"]), None);
    }

    #[test]
    fn an_entry_without_end_is_read_for_some_way_and_that_is_said() {
        let text = format!(
            "@book{{k, title = {{T}}, note = {{{}}}, year = 1999}}",
            "x".repeat(300_000)
        );
        let all = of("a.bib", &text);
        let read = all.get("k").unwrap();
        assert_eq!((read.title.as_str(), read.date), ("T", None));
        assert_eq!(
            all.left_out(),
            ["entries that are longer than 256 KiB, and are read no further: 1"]
        );
    }

    #[test]
    fn data_for_entries_is_no_work() {
        let all = of(
            "a.bib",
            "@xdata{x, publisher = {P}}@book{k, title = {T}, xdata = {x}}",
        );
        assert_eq!(all.keys().collect::<Vec<_>>(), ["k"]);
        assert!(!all.has("x") && all.get("x").is_none());
        assert_eq!(all.get("k").unwrap().publisher, "P");
    }

    #[test]
    fn a_part_of_a_book_is_by_its_author_and_a_chapter_is_not_by_its_editors() {
        let all = of(
            "a.bib",
            "@inbook{i, title = {Part}, crossref = {b}}@book{b, title = {Book}, author = {A, B}, year = 1990}\
            @incollection{c, title = {Chapter}, crossref = {d}}@collection{d, title = {Whole}, editor = {E, F}, year = 1991}",
        );
        let part = all.get("i").unwrap();
        assert_eq!(part.makers().first().map(Name::family), Some("A"));
        let chapter = all.get("c").unwrap();
        assert_eq!(chapter.makers(), []);
        let set = reference::reference_text(&chapter, reference::ReferenceForm::AuthorDate);
        assert_eq!(set, "“Chapter.” 1991. In Whole, edited by F E.");
    }

    proptest::proptest! {
        #[test]
        fn bibliographies_put_together_by_lot_keep_their_promises(
            pieces in proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..40),
            name in proptest::sample::select(vec!["a.bib", "a.json", "a.yaml", "a"]),
        ) {
            laws::hold(name, pieces.concat().as_bytes());
        }
    }

    /// What bibliographies are made of, whole and in parts.
    const PIECES: [&str; 44] = [
        "@book{a, ",
        "@article{b,\n",
        "@inbook(c, ",
        "@xdata{x, ",
        "@string{s = ",
        "@comment{",
        "}",
        ")",
        "{",
        "\"",
        "\n",
        ", ",
        "title = {T}",
        "title = s # s",
        "author = {A, B and C D and others}",
        "author = {{O}}",
        "editor = {E, Jr, F}",
        "year = 1999",
        "date = {-0044}",
        "month = \"10~\" # jan",
        "pages = {A-12--A-15}",
        "doi = {10.1/x}",
        "crossref = {a}",
        "xdata = {x, b}",
        "url = {http://a.org/\u{1b}[31m}",
        "note = {\u{202e}\u{9b}x}",
        "\\'{\\i}",
        "\\emph{",
        "[{\"id\": \"a\"",
        "{\"id\": 7",
        ", \"title\": \"\\u001b[31mT\"",
        ", \"author\": [{\"family\": \"F\"}]",
        ", \"issued\": {\"date-parts\": [[2019, 13]]}",
        "}]",
        "references:\n",
        "- id: k\n",
        "  title: T\n",
        "  issued: 1999-05\n",
        "  author:\n  - family: F\n",
        "- id: [\n",
        "file = {a:b:c;d}",
        "@book{\u{7}k, ",
        "abstract = {<p>x</p>&amp;}",
        "=",
    ];
}
