//! The bibliographies of a paper, and which works of them it cites.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::metadata::BibliographyData;
use crate::formats::bibliography::listed::sorted_by;
use crate::formats::bibliography::reference::{people_in_short, year_in_short};
use crate::formats::bibliography::{Bibliography, yaml};
use crate::formats::{CitationStyle, ReadOptions};
use crate::paper::{Details, letters};

/// Files of styles of notes, by parts of their names.
const NOTE_STYLES: [&str; 14] = [
    "note",
    "oscola",
    "mhra",
    "bluebook",
    "aglc",
    "mcgill",
    "turabian-full",
    "footnote",
    "fussnote",
    "zitierweise",
    "juris",
    "legal",
    "law-",
    "iso690-full",
];

/// What the keys of a paper stand for.
#[derive(Debug, Default)]
pub(super) struct Citing<'a> {
    /// Of the paper's own metadata, then of the files that it names.
    own: Bibliography,
    /// The reader's.
    given: Option<&'a Bibliography>,
    pub(super) is_notes: bool,
    /// What the list of references is called.
    pub(super) title: Option<String>,
    /// Files that the metadata name and that were not read.
    pub(super) unread: Vec<UnreadFile>,
    works: RefCell<CitedWorks>,
    /// The labels of links that the paper defines, in small letters.
    labels: HashSet<String>,
    /// Where each work is cited first in the order of the notes, if notes give references.
    first: HashMap<String, CitationPlace>,
    /// The keys of which it was told that they stand for nothing.
    told: RefCell<HashSet<String>>,
}

/// Where a citation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CitationPlace {
    /// In the source itself, at this byte.
    At(usize),
    /// In what is read apart from it, such as a cell.
    InShape,
}

/// A file that the metadata name and that was not read.
#[derive(Debug)]
pub(super) struct UnreadFile {
    pub(super) name: String,
    /// Whether it was found, and has no entry.
    pub(super) is_found: bool,
}

/// The works that are cited.
#[derive(Debug, Default)]
struct CitedWorks {
    by_key: HashMap<String, Rc<CitedWork>>,
    /// Those that no list has given yet.
    waiting: Vec<String>,
    /// Those that a note has given in full.
    in_full: HashSet<String>,
}

/// A work that is cited.
#[derive(Debug)]
pub(super) struct CitedWork {
    pub(super) details: Details,
    pub(super) people: String,
    /// With a letter where others would be called the same.
    pub(super) year: String,
}

impl<'a> Citing<'a> {
    /// What the metadata of a paper and the reader name.
    pub(super) fn new(data: &BibliographyData, options: &ReadOptions<'a>) -> Self {
        let mut citing = Citing {
            given: options.bibliography,
            title: data.title.clone(),
            ..Citing::default()
        };
        if let Some(references) = data.references.as_deref().and_then(yaml::value) {
            citing.own.add_items(references);
        }
        for name in &data.files {
            let read = [name.clone(), format!("{name}.bib")];
            let found = read
                .iter()
                .find_map(|name| Some((name, (options.beside)(name)?)));
            let is_found = found.is_some();
            let is_read = found.is_some_and(|(name, bytes)| citing.own.add(name, &bytes).is_ok());
            if !is_read {
                let name = name.clone();
                citing.unread.push(UnreadFile { name, is_found });
            }
        }
        citing.is_notes = match options.citations {
            CitationStyle::Notes => true,
            CitationStyle::AuthorDate => false,
            CitationStyle::Auto => data
                .style
                .as_deref()
                .is_some_and(|style| is_of_notes(style, options)),
        };
        citing
    }

    /// Whether there is any bibliography.
    pub(super) fn is_empty(&self) -> bool {
        self.own.is_empty() && self.given.is_none_or(Bibliography::is_empty)
    }

    /// Whether there is neither a bibliography nor a link with a label, so that nothing that looks
    /// like a citation depends on others.
    pub(super) fn is_idle(&self) -> bool {
        self.is_empty() && self.labels.is_empty()
    }

    /// Whether the paper or the reader names a bibliography, be it read or not.
    pub(super) fn is_named(&self) -> bool {
        !self.is_empty() || !self.unread.is_empty()
    }

    /// Whether a bibliography has the key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.own.has(key) || self.given.is_some_and(|given| given.has(key))
    }

    /// All keys of the paper's own bibliographies.
    pub(super) fn own_keys(&self) -> impl Iterator<Item = &str> {
        self.own.keys()
    }

    /// Takes in the labels of links that a source defines.
    pub(super) fn look_for_labels(&mut self, source: &str) {
        if !source.contains("@") {
            return;
        }
        let lines = source.lines().filter_map(|line| {
            let line = line.trim_start_matches([' ', '\t', '>']);
            let (label, _) = line.strip_prefix('[')?.split_once("]:")?;
            (!label.starts_with('^')).then(|| folded_label(label))
        });
        self.labels = lines.collect();
    }

    /// Whether the paper defines a link of this label.
    pub(super) fn has_label(&self, label: &str) -> bool {
        !self.labels.is_empty() && self.labels.contains(&folded_label(label))
    }

    /// What was left out of the paper's own bibliographies.
    pub(super) fn left_out(&self) -> Vec<String> {
        self.own.left_out()
    }

    fn read(&self, key: &str) -> Option<Details> {
        let own = self.own.get(key);
        own.or_else(|| self.given?.get(key))
    }

    /// Takes in the works that are cited, in the order of the text: those that would be called the
    /// same get letters behind their years.
    pub(super) fn take<'k>(&self, keys: impl Iterator<Item = &'k str>) {
        let mut seen = HashSet::new();
        let mut works: Vec<CitedWork> = Vec::new();
        for key in keys {
            if seen.insert(key)
                && let Some(details) = self.read(key)
            {
                works.push(CitedWork::new(details));
            }
        }
        works.sort_by_cached_key(|work| sorted_by(&work.details));
        let mut called: HashMap<(String, String), usize> = HashMap::new();
        for work in &works {
            *called.entry(work.name()).or_default() += 1;
        }
        called.retain(|_, count| *count > 1);
        let mut given: HashMap<(String, String), usize> = HashMap::new();
        let mut all = self.works.borrow_mut();
        for mut work in works {
            let name = work.name();
            if work.details.date.is_some_and(|date| date.letter.is_none())
                && called.contains_key(&name)
            {
                let count = given.entry(name).or_default();
                work.set_letter(*count);
                *count += 1;
            }
            let key = work.details.key.clone();
            all.waiting.push(key.clone());
            all.by_key.insert(key, Rc::new(work));
        }
    }

    /// The work with this key, if a bibliography has it.
    pub(super) fn work(&self, key: &str) -> Option<Rc<CitedWork>> {
        let known = self.works.borrow().by_key.get(key).map(Rc::clone);
        known.or_else(|| {
            let work = Rc::new(CitedWork::new(self.read(key)?));
            let mut all = self.works.borrow_mut();
            all.waiting.push(key.to_owned());
            all.by_key.insert(key.to_owned(), Rc::clone(&work));
            Some(work)
        })
    }

    /// Whether a note is the first to give the work, in the order of the notes.
    pub(super) fn is_first(&self, key: &str, place: CitationPlace) -> bool {
        let first = self.first.get(key);
        first.is_none_or(|first| *first == place)
            && self.works.borrow_mut().in_full.insert(key.to_owned())
    }

    /// Takes in where works are cited, with what tells the order of the notes.
    pub(super) fn set_first(
        &mut self,
        cited: impl Iterator<Item = (String, (usize, usize), CitationPlace)>,
    ) {
        let mut first: HashMap<String, ((usize, usize), CitationPlace)> = HashMap::new();
        for (key, rank, place) in cited {
            let known = first.entry(key).or_insert((rank, place));
            if rank < known.0 {
                *known = (rank, place);
            }
        }
        let first = first.into_iter().map(|(key, (_, place))| (key, place));
        self.first = first.collect();
    }

    /// Whether nobody was told yet that the key stands for nothing.
    pub(super) fn is_untold(&self, key: &str) -> bool {
        self.told.borrow_mut().insert(key.to_owned())
    }

    /// The works that no list has given yet, in the order of a list.
    pub(super) fn take_waiting(&self) -> Vec<Rc<CitedWork>> {
        let mut all = self.works.borrow_mut();
        let keys = std::mem::take(&mut all.waiting);
        let found = keys.iter().filter_map(|key| all.by_key.get(key));
        let mut found: Vec<Rc<CitedWork>> = found.map(Rc::clone).collect();
        found.sort_by_cached_key(|work| sorted_by(&work.details));
        found
    }
}

impl CitedWork {
    fn new(details: Details) -> Self {
        CitedWork {
            people: people_in_short(&details),
            year: year_in_short(&details),
            details,
        }
    }

    fn name(&self) -> (String, String) {
        (self.people.clone(), self.year.clone())
    }

    fn set_letter(&mut self, index: usize) {
        let all = letters(index);
        self.year.push_str(&all);
        let mut chars = all.chars();
        match (chars.next(), chars.next(), &mut self.details.date) {
            (letter, None, Some(date)) => date.letter = letter,
            _ => self.details.year_letters = all,
        }
    }
}

fn folded_label(label: &str) -> String {
    let words: Vec<&str> = label.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// Whether a file of CSL is a style of notes: by what it says, else by its name.
fn is_of_notes(style: &str, options: &ReadOptions<'_>) -> bool {
    const HEAD: usize = 4000;
    let ending = if style.ends_with(".csl") { "" } else { ".csl" };
    if let Some(bytes) = (options.beside)(&format!("{style}{ending}")) {
        let head = String::from_utf8_lossy(bytes.get(..HEAD).unwrap_or(&bytes)).into_owned();
        return head.contains("class=\"note\"");
    }
    let name = style.rsplit('/').next().unwrap_or_default().to_lowercase();
    NOTE_STYLES.iter().any(|part| name.contains(part))
}
