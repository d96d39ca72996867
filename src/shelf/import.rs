//! Taking in bookmarks: annotations of other programs, or a file that opcit itself wrote.
//!
//! Read is what programs write: a page or collection with `items`, a list, one annotation, or the
//! `rows` of Hypothesis. The words are what counts; they are looked for in the paper as it is.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use serde_json::Value;
use serde_json::value::RawValue;

use super::anchor::Anchor;
use super::annotation::{Annotation, AnnotationId, AnnotationKind, label};
use super::failure::Failure;
use super::file;
use super::find::{Effort, adopt};
use super::found::Found;
use super::merge::Records;
use super::origin::Origin;
use super::record::{Key, Kind};
use super::session::{Edit, Shelf};
use super::text::{Text, folded, hash};
use super::timestamp::Timestamp;
use super::undo::Step;
use super::w3c;
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

/// An annotation out of a file.
#[derive(Debug)]
struct Item {
    annotation: Annotation,
    /// Whether another program wrote it, which knows of the passage only its words.
    is_foreign: bool,
    /// When it was changed last, if that is known.
    modified: Option<Timestamp>,
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
            Some(item) => batch.items.push(item),
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
        let mut annotations = self.items.iter().map(|item| &item.annotation);
        annotations.any(|annotation| annotation.find_in(&text, &effort) != Found::Lost)
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
        let kept = records.annotations();
        let kept = kept.filter(|(_, annotation)| annotation.letter().is_none());
        let items = kept.map(|(record, annotation)| Item {
            annotation: annotation.clone(),
            is_foreign: false,
            modified: Some(record.modified),
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
    /// Whether its label or its note is longer than an annotation's may be.
    fn is_too_long(&self) -> bool {
        let Annotation { label, note, .. } = &self.annotation;
        label.len().max(note.len()) > MOST_WORDS_BYTES
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
        let mut known = self.annotated();
        let mut edits = Vec::new();
        for item in &batch.items {
            if item.is_too_long() {
                imported.too_long += 1;
                continue;
            }
            let annotation = match item.is_foreign {
                true => self.adopted(&item.annotation, &effort),
                false => item.annotation.clone(),
            };
            let is_here = self
                .kept(&annotation.id)
                .is_some_and(|(_, deleted)| !deleted);
            let is_known = item.is_foreign && !known.insert(words(&annotation));
            if is_known && !is_here {
                imported.known += 1;
            } else if self.is_news(&annotation, item.modified, &mut imported) {
                edits.push(Edit::to(annotation));
            }
        }
        for (key, record) in batch.others.iter() {
            let is_news = self.take(key, record);
            imported.marks += usize::from(is_news && key.kind == Kind::Mark);
        }
        let taken = edits.iter().map(|edit| edit.annotation.id.clone());
        let taken: HashSet<AnnotationId> = taken.collect();
        self.change(Step::Import, edits)?;
        self.retry()?;
        let here = self.annotations().iter();
        let taken = here.filter(|annotation| taken.contains(&annotation.id));
        imported.lost = taken
            .filter(|annotation| annotation.found == Found::Lost)
            .count();
        Ok(imported)
    }

    /// Counts an annotation that was read, and says whether it is to be taken in.
    fn is_news(
        &self,
        annotation: &Annotation,
        modified: Option<Timestamp>,
        imported: &mut Imported,
    ) -> bool {
        let key = &annotation.id.0;
        let here = self.records().get(key).filter(|here| !here.deleted);
        let is_same = self.kept(&annotation.id).is_some_and(|(here, _)| {
            (&here.label, &here.note, &here.kind)
                == (&annotation.label, &annotation.note, &annotation.kind)
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

    /// The words that are annotated.
    fn annotated(&self) -> HashSet<Words> {
        let kept = self.annotations().iter();
        kept.map(|annotation| words(annotation)).collect()
    }

    /// An annotation as it is or was, and whether it is gone.
    fn kept(&self, id: &AnnotationId) -> Option<(&Annotation, bool)> {
        let record = self.records().get(&id.0)?;
        Some((record.annotation()?, record.deleted))
    }

    /// The annotation of another program with what that did not know about its passage.
    fn adopted(&self, foreign: &Annotation, effort: &Effort) -> Annotation {
        let anchor = adopt(foreign.anchor.clone(), self.text(), effort);
        let here = self.kept(&foreign.id);
        Annotation {
            label: match foreign.label.as_str() {
                "" => label(&anchor),
                given => given.to_owned(),
            },
            created: match foreign.created.is_unknown() {
                true => self.now(),
                false => foreign.created,
            },
            anchor,
            rest: here.map(|(here, _)| here.rest.clone()).unwrap_or_default(),
            ..foreign.clone()
        }
    }
}

/// What tells the words of one annotation from those of another of its kind.
type Words = (&'static str, String, usize, String);

fn words(annotation: &Annotation) -> Words {
    let anchor = &annotation.anchor;
    let kind = annotation.kind.name();
    (
        kind,
        anchor.quote.clone(),
        anchor.start,
        anchor.text.clone(),
    )
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
fn read(item: &Value) -> Option<Item> {
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
    let time = |name: &str| Timestamp::parse(item.get(name)?.as_str()?);
    let kind = AnnotationKind::Bookmark;
    let key = Key::new(kind.record_kind(), id(item, &anchor));
    let annotation = Annotation {
        label,
        note,
        created: time("created").unwrap_or_default(),
        ..Annotation::new(AnnotationId(key), kind, anchor)
    };
    Some(Item {
        annotation,
        is_foreign: true,
        modified: time("modified").or_else(|| time("updated")),
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
        Some(given) => match w3c::own_id(given) {
            Some((_, own)) => own.to_owned(),
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
