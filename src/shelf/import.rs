//! Taking in bookmarks: annotations of other programs, or a file that opcit itself wrote.
//!
//! Read is what programs write: a page or collection with `items`, a list, one annotation, or the
//! `rows` of Hypothesis. The words are what counts; they are looked for in the paper as it is.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use serde_json::Value;
use serde_json::value::RawValue;

use super::anchor::Anchor;
use super::annotation::ID;
use super::failure::Failure;
use super::file;
use super::find::{Effort, Found, adopt, find_within};
use super::merge::Records;
use super::moment::Moment;
use super::origin::Origin;
use super::record::{Body, BookmarkBody, Key, Kind};
use super::session::{Edit, Shelf, label};
use super::text::{Text, folded, hash};
use super::undo::Step;
use crate::paper::{Paper, clean};

/// Bookmarks out of a file that say the same of the paper that they are about.
#[derive(Debug)]
pub struct Batch {
    pub about: About,
    items: Vec<Item>,
    /// What a file of opcit's holds beside bookmarks: marks, the reading place, settings.
    others: Records,
    /// How many annotations quote nothing.
    without_words: usize,
}

/// What bookmarks out of a file say about their paper.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// They say nothing of it.
    Unsaid,
    Paper(Origin),
    /// They call it something that cannot be opened: an address on the web, say.
    Elsewhere(String),
}

/// What an import did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    pub added: usize,
    /// Known, and changed since.
    pub changed: usize,
    /// Known, and left as they were.
    pub known: usize,
    /// Of those added or changed, those whose words are not in the paper.
    pub lost: usize,
    /// Marks that were set elsewhere, or later there.
    pub marks: usize,
    /// Without a quotation, by which alone a bookmark can be found.
    pub without_words: usize,
    /// With a label or a note longer than [`MOST_WORDS_BYTES`].
    pub too_long: usize,
}

/// How long the label of a bookmark may be, and its note, in bytes.
pub const MOST_WORDS_BYTES: usize = 64 << 10;

/// How long a file of annotations may be, in bytes.
pub const MOST_ANNOTATIONS_BYTES: usize = 16 << 20;

/// A bookmark out of a file.
#[derive(Debug)]
enum Item {
    /// As opcit itself wrote it.
    Own {
        id: String,
        bookmark: BookmarkBody,
        modified: Moment,
    },
    Annotation(Annotation),
}

/// An annotation, as far as a bookmark can hold it.
#[derive(Debug)]
struct Annotation {
    id: String,
    label: String,
    note: String,
    anchor: Anchor,
    created: Option<Moment>,
    modified: Option<Moment>,
}

/// Reads a file of bookmarks, parted by the papers that they are about.
///
/// # Errors
/// When it holds neither annotations nor what opcit keeps.
pub fn read_bookmarks(file: &str) -> Result<Vec<Batch>, Failure> {
    let file = file.trim_start_matches('\u{feff}');
    if file::is_own(file) {
        let own = file::read(file.as_bytes());
        return Ok(vec![Batch::of_own(&own.records)]);
    }
    if file.len() > MOST_ANNOTATIONS_BYTES {
        let limit = MOST_ANNOTATIONS_BYTES;
        return Err(Failure::LargeImport { limit });
    }
    let mut batches = BTreeMap::new();
    // One at a time: all of them at once would take thirty times as much memory as the file.
    for (index, item) in items(file)?.into_iter().enumerate() {
        let item: Value = serde_json::from_str(item.get())
            .map_err(|error| Failure::NoBookmarks(format!("annotation {}: {error}", index + 1)))?;
        let about = about(&item);
        let batch = batches
            .entry(about.clone())
            .or_insert_with(|| Batch::about(about));
        match read(&item) {
            Some(annotation) => batch.items.push(Item::Annotation(annotation)),
            None => batch.without_words += 1,
        }
    }
    Ok(batches.into_values().collect())
}

impl Batch {
    /// All of them as one, for the paper that the reader names.
    #[must_use]
    pub fn joined(batches: Vec<Batch>) -> Self {
        let mut all = Batch::about(About::Unsaid);
        for batch in batches {
            all.items.extend(batch.items);
            all.others.merge(batch.others);
            all.without_words += batch.without_words;
        }
        all
    }

    /// Whether any of its words stand in the paper, or something like them.
    #[must_use]
    pub fn fits(&self, paper: &Paper) -> bool {
        let text = Text::of(paper);
        let effort = Effort::new();
        let mut anchors = self.items.iter().map(Item::anchor);
        anchors.any(|anchor| find_within(anchor, &text, &effort) != Found::Lost)
    }

    fn about(about: About) -> Self {
        Batch {
            about,
            items: Vec::new(),
            others: Records::default(),
            without_words: 0,
        }
    }

    /// What a file of opcit's holds, about the paper that has stood where it says.
    fn of_own(records: &Records) -> Self {
        let paths = records.of_kind(Kind::Path).map(|(path, _)| Path::new(path));
        let paths: Vec<_> = paths.collect();
        let standing = paths.iter().find(|path| path.is_file());
        let path = standing.or(paths.first());
        let about = path.map_or(About::Unsaid, |path| {
            About::Paper(Origin::File(path.to_path_buf()))
        });
        let items = records.bookmarks().map(|(id, record, bookmark)| Item::Own {
            id: id.to_owned(),
            bookmark: bookmark.clone(),
            modified: record.modified,
        });
        let mut others = Records::default();
        for (key, record) in records.iter() {
            if matches!(key.kind, Kind::Mark | Kind::Place | Kind::Settings) {
                others.put(key.clone(), record.clone());
            }
        }
        Batch {
            items: items.collect(),
            others,
            ..Batch::about(about)
        }
    }
}

impl Item {
    /// Whether its label or its note is longer than a bookmark's may be.
    fn is_too_long(&self) -> bool {
        let (label, note) = match self {
            Item::Own { bookmark, .. } => (&bookmark.label, &bookmark.note),
            Item::Annotation(annotation) => (&annotation.label, &annotation.note),
        };
        label.len().max(note.len()) > MOST_WORDS_BYTES
    }

    fn anchor(&self) -> &Anchor {
        match self {
            Item::Own { bookmark, .. } => &bookmark.anchor,
            Item::Annotation(annotation) => &annotation.anchor,
        }
    }
}

impl Shelf {
    /// Takes bookmarks in, and what else opcit has written beside them. What is known is not
    /// doubled; what was taken away comes back. One undo takes back all bookmarks.
    ///
    /// # Errors
    /// When they cannot be saved.
    pub fn import(&mut self, batch: &Batch) -> Result<Imported, Failure> {
        self.refresh();
        let mut imported = Imported {
            without_words: batch.without_words,
            ..Imported::default()
        };
        let effort = Effort::new();
        let mut known = self.standing();
        let mut edits = Vec::new();
        for item in &batch.items {
            if item.is_too_long() {
                imported.too_long += 1;
                continue;
            }
            let (edit, modified) = self.edit_of(item, &effort);
            let is_foreign = matches!(item, Item::Annotation(_));
            let is_here = self.bookmark(&edit.id).is_some_and(|(_, deleted)| !deleted);
            let is_known = is_foreign && !known.insert(words(&edit.bookmark.anchor));
            if is_known && !is_here {
                imported.known += 1;
            } else if self.is_news(&edit, modified, &mut imported) {
                edits.push(edit);
            }
        }
        for (key, record) in batch.others.iter() {
            let is_news = self.take(key, record);
            imported.marks += usize::from(is_news && key.kind == Kind::Mark);
        }
        let taken: HashSet<String> = edits.iter().map(|edit| edit.id.clone()).collect();
        self.change(Step::Import, edits)?;
        self.retry()?;
        let here = self.bookmarks().iter();
        let taken = here.filter(|kept| taken.contains(kept.bookmark.id.as_str()));
        imported.lost = taken.filter(|kept| kept.found == Found::Lost).count();
        Ok(imported)
    }

    /// Counts a bookmark that was read, and says whether it is to be taken in.
    fn is_news(&self, edit: &Edit, modified: Option<Moment>, imported: &mut Imported) -> bool {
        let key = Key::new(Kind::Bookmark, edit.id.as_str());
        let here = self.records().get(&key).filter(|here| !here.deleted);
        let is_same = self.bookmark(&edit.id).is_some_and(|(here, _)| {
            (&here.label, &here.note) == (&edit.bookmark.label, &edit.bookmark.note)
        });
        let (count, is_news) = match here {
            None => (&mut imported.added, true),
            Some(here) if !is_same && modified > Some(here.modified) => {
                (&mut imported.changed, true)
            }
            Some(_) => (&mut imported.known, false),
        };
        *count += 1;
        is_news
    }

    /// The words that bookmarks stand on.
    fn standing(&self) -> HashSet<Words> {
        let kept = self.bookmarks().iter();
        kept.map(|kept| words(&kept.bookmark.anchor)).collect()
    }

    /// A bookmark as it is or was, and whether it is gone.
    fn bookmark(&self, id: &str) -> Option<(&BookmarkBody, bool)> {
        let record = self.records().get(&Key::new(Kind::Bookmark, id))?;
        match &record.body {
            Body::Bookmark(bookmark) => Some((bookmark, record.deleted)),
            _ => None,
        }
    }

    /// The bookmark that an item asks for, and when it was changed last, if that is known.
    fn edit_of(&self, item: &Item, effort: &Effort) -> (Edit, Option<Moment>) {
        let (id, bookmark, modified) = match item {
            Item::Own {
                id,
                bookmark,
                modified,
            } => (id, bookmark.clone(), Some(*modified)),
            Item::Annotation(annotation) => {
                let bookmark = self.bookmark_of(annotation, effort);
                (&annotation.id, bookmark, annotation.modified)
            }
        };
        let edit = Edit {
            id: id.clone(),
            bookmark,
            deleted: false,
        };
        (edit, modified)
    }

    fn bookmark_of(&self, annotation: &Annotation, effort: &Effort) -> BookmarkBody {
        let anchor = adopt(annotation.anchor.clone(), self.text(), effort);
        let label = match annotation.label.as_str() {
            "" => label(&anchor),
            given => given.to_owned(),
        };
        let here = self.bookmark(&annotation.id);
        BookmarkBody {
            label,
            note: annotation.note.clone(),
            created: annotation.created.unwrap_or_else(|| self.now()),
            anchor,
            rest: here.map(|(here, _)| here.rest.clone()).unwrap_or_default(),
        }
    }
}

/// What tells the words of one anchor from those of another.
type Words = (String, usize, String);

fn words(anchor: &Anchor) -> Words {
    (anchor.quote.clone(), anchor.start, anchor.text.clone())
}

/// The annotations in whatever holds them, each as it is written.
fn items(file: &str) -> Result<Vec<&RawValue>, Failure> {
    let not_found = || Failure::NoBookmarks("it holds no annotations".to_owned());
    let whole: &RawValue =
        serde_json::from_str(file).map_err(|error| Failure::NoBookmarks(error.to_string()))?;
    if let Some(items) = array(whole) {
        return Ok(items);
    }
    let fields = object(whole).ok_or_else(not_found)?;
    let first = fields.get("first").and_then(|first| object(first));
    let held = [
        fields.get("items"),
        fields.get("rows"),
        first.as_ref().and_then(|first| first.get("items")),
    ];
    let mut held = held.into_iter().flatten();
    match held.find_map(|items| array(items)) {
        Some(items) => Ok(items),
        None if fields.contains_key("target") => Ok(vec![whole]),
        None => Err(not_found()),
    }
}

fn array(value: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(value.get()).ok()
}

fn object(value: &RawValue) -> Option<BTreeMap<String, &RawValue>> {
    serde_json::from_str(value.get()).ok()
}

/// Reads an annotation; none if it quotes nothing.
fn read(item: &Value) -> Option<Annotation> {
    let targets = list(item.get("target")?);
    let mut selectors = targets.iter().flat_map(|target| selectors(target));
    let quotation = selectors.find(|selector| {
        let quote = selector.get("exact").and_then(Value::as_str);
        quote.is_some_and(|quote| !quote.trim().is_empty())
    })?;
    let words = |name| cleaned(quotation.get(name));
    let anchor = Anchor {
        quote: folded(&words("exact")),
        prefix: spaced(&words("prefix")),
        suffix: spaced(&words("suffix")),
        ..Anchor::default()
    };
    let (label, note) = bodies(item);
    let moment = |name: &str| Moment::parse(item.get(name)?.as_str()?);
    Some(Annotation {
        id: id(item, &anchor),
        label,
        note,
        anchor,
        created: moment("created"),
        modified: moment("modified").or_else(|| moment("updated")),
    })
}

/// The paper that an annotation says it is about.
fn about(item: &Value) -> About {
    let targets = item.get("target").map(list).unwrap_or_default();
    let sources = targets
        .into_iter()
        .map(|target| match target.get("source") {
            Some(source) => source.get("id").unwrap_or(source),
            None => target,
        });
    let iris: Vec<&str> = sources.filter_map(Value::as_str).collect();
    match iris.iter().find_map(|iri| Origin::of_iri(iri)) {
        Some(origin) => About::Paper(origin),
        None => iris.first().map_or(About::Unsaid, |iri| {
            About::Elsewhere(clean(iri).into_owned())
        }),
    }
}

/// One value or several.
fn list(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(values) => values.iter().collect(),
        value => vec![value],
    }
}

/// The selectors of a target, and those that refine them.
fn selectors(target: &Value) -> Vec<&Value> {
    let selectors = target.get("selector").map(list).unwrap_or_default();
    let refining = selectors
        .iter()
        .filter_map(|selector| selector.get("refinedBy"));
    let refining: Vec<_> = refining.flat_map(list).collect();
    [selectors, refining].concat()
}

/// The label and the note.
fn bodies(item: &Value) -> (String, String) {
    let (mut label, mut notes) = (String::new(), Vec::new());
    let bodies = item.get("body").map(list).unwrap_or_default();
    for body in bodies.into_iter().chain(item.get("text")) {
        let purpose = body.get("purpose").and_then(Value::as_str);
        let value = body.as_str().or_else(|| body.get("value")?.as_str());
        match (purpose, value) {
            (Some("describing"), Some(value)) if label.is_empty() => {
                label = clean(value).into_owned();
            }
            (Some("tagging"), _) | (_, None | Some("")) => {}
            (_, Some(value)) => notes.extend(value.lines().map(|line| clean(line).into_owned())),
        }
    }
    (label, notes.join("\n"))
}

/// The bookmark's own id, or one that is the same whenever the same annotation is read.
fn id(item: &Value, anchor: &Anchor) -> String {
    let given = item.get("id").and_then(Value::as_str);
    match given {
        Some(given) => match given.strip_prefix(ID) {
            Some(own) => own.to_owned(),
            None => hash(given),
        },
        None => hash(&format!(
            "{} {} {}",
            anchor.prefix, anchor.quote, anchor.suffix
        )),
    }
}

fn cleaned(value: Option<&Value>) -> String {
    let text = value.and_then(Value::as_str).unwrap_or_default();
    clean(text).into_owned()
}

/// Folds blanks, but leaves those at the ends that part the words from what they surround.
fn spaced(words: &str) -> String {
    let blank = |is_blank: bool| if is_blank { " " } else { "" };
    let (start, end) = (
        words.starts_with(char::is_whitespace),
        words.ends_with(char::is_whitespace),
    );
    format!("{}{}{}", blank(start), folded(words), blank(end))
}
