//! Taking in annotations of other programs, or a file that opcit itself wrote.
//!
//! Each format has a file here that makes a [`ForeignAnnotation`] of every annotation. The words are what
//! counts; they are looked for in the paper as it is.

mod csv;
mod kindle;
mod koreader;
mod web;
mod zotero;

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use serde_json::Value;

use super::anchor::Anchor;
use super::annotation::{Annotation, AnnotationId, AnnotationKind, HighlightKind, label};
use super::failure::Failure;
use super::file;
use super::find::{Effort, adopt};
use super::found::Found;
use super::merge::Records;
use super::origin::Origin;
use super::passage::adopt_passage;
use super::record::{RecordKey, RecordKind};
use super::session::{AnnotationEdit, Shelf};
use super::text::{AnchorText, folded, hash};
use super::timestamp::Timestamp;
use super::undo::ChangeKind;
use crate::paper::{Paper, clean};

/// Bookmarks out of a file that say the same of the paper that they are about.
#[derive(Debug)]
pub struct Batch {
    /// What they say of their paper.
    pub about: About,
    items: Vec<ImportedAnnotation>,
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
    /// They name a paper that can be opened.
    Paper(Origin),
    /// They call it something that cannot be opened: an address on the web, say.
    Elsewhere(String),
}

/// What an import did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    /// Not known before.
    pub added: usize,
    /// Known, and changed since.
    pub changed: usize,
    /// Known, and left as they were.
    pub known: usize,
    /// Of those added or changed, those whose words are not in the paper.
    pub lost: usize,
    /// Marks that were set elsewhere, or later there.
    pub marks: usize,
    /// Left out, since they may be about another paper: their words are not in this one.
    pub not_here: usize,
    /// Without a quotation, by which alone an annotation can be found.
    pub without_words: usize,
    /// With a label or a note longer than [`MAX_NOTE_BYTES`].
    pub too_long: usize,
}

/// How long the label of a bookmark may be, and its note, in bytes.
pub const MAX_NOTE_BYTES: usize = 64 << 10;

/// How many characters of its words an annotation is told by.
const TOLD_CHARS: usize = 60;

/// How long a file of annotations may be, in bytes.
pub(super) const MAX_ANNOTATIONS_BYTES: usize = 16 << 20;

/// An annotation out of a file.
#[derive(Debug)]
struct ImportedAnnotation {
    annotation: Annotation,
    /// Whether another program wrote it, which knows of the passage only its words.
    is_foreign: bool,
    /// When it was changed last, if that is known.
    modified: Option<Timestamp>,
    /// Whether it may be about another paper, and so is left out where its words are not.
    must_be_found: bool,
}

/// An annotation as another program has it.
#[derive(Debug, Default)]
struct ForeignAnnotation {
    /// What the program calls it; none if it has no name.
    id: Option<String>,
    /// The id that opcit gave it before it went out.
    own_id: Option<String>,
    kind: AnnotationKind,
    /// The words, as the program has them.
    quote: String,
    prefix: String,
    suffix: String,
    label: String,
    note: String,
    /// What the program calls the paper; may be empty.
    title: String,
    created: Option<Timestamp>,
    modified: Option<Timestamp>,
    must_be_found: bool,
}

/// What became of one annotation out of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImportedItem {
    /// How its words begin.
    pub words: String,
    /// Where they are in the paper.
    pub found: Found,
    /// Whether it was taken in; else it was known, or its words are not in this paper.
    pub is_new: bool,
}

/// Reads annotations of any program that opcit knows: those of the W3C's model, of Hypothesis,
/// KOReader, Zotero and Kindle, tables with a column of quotations, and opcit's own files; in
/// batches by the papers that they are about. What does not say what it is for is a highlight.
///
/// # Errors
/// When it holds no annotations.
pub fn read_annotations(file: &str) -> Result<Vec<Batch>, Failure> {
    let file = file.trim_start_matches('\u{feff}');
    let is_large = file.len() > MAX_ANNOTATIONS_BYTES;
    let foreign = match file {
        _ if file::is_own(file) || is_large => None,
        _ if koreader::is_metadata(file) => koreader::read(file),
        _ if kindle::is_clippings(file) => Some(kindle::read(file)),
        _ if file.starts_with(['{', '[']) && file.contains("annotation") => {
            let whole: Option<Value> = serde_json::from_str(file).ok();
            let found = whole.map(|whole| zotero::read(&whole));
            found.filter(|found| !found.is_empty())
        }
        _ if csv::is_table(file) => Some(csv::read(file)),
        _ => None,
    };
    match foreign {
        Some(foreign) => Ok(batches_by_title(foreign)),
        None => read_batches(file, &AnnotationKind::Highlight(HighlightKind::default())),
    }
}

/// One batch for all that is said to be about the same paper.
fn batches_by_title(foreign: Vec<ForeignAnnotation>) -> Vec<Batch> {
    let mut batches = BTreeMap::new();
    for one in foreign {
        let about = match clean(&one.title).trim() {
            "" => About::Unsaid,
            title => About::Elsewhere(title.to_owned()),
        };
        let batch = batches
            .entry(about.clone())
            .or_insert_with(|| Batch::about(about));
        batch.push(one);
    }
    batches.into_values().collect()
}

/// Reads a file of bookmarks, parted by the papers that they are about.
///
/// # Errors
/// When it holds neither annotations nor what opcit keeps.
pub fn read_bookmarks(file: &str) -> Result<Vec<Batch>, Failure> {
    read_batches(file, &AnnotationKind::Bookmark)
}

/// Reads opcit's own file or annotations of the W3C's model.
fn read_batches(file: &str, otherwise: &AnnotationKind) -> Result<Vec<Batch>, Failure> {
    let file = file.trim_start_matches('\u{feff}');
    if file::is_own(file) {
        let own = file::read(file.as_bytes());
        return Ok(vec![Batch::from_own(&own.records)]);
    }
    if file.len() > MAX_ANNOTATIONS_BYTES {
        let limit = MAX_ANNOTATIONS_BYTES;
        return Err(Failure::LargeImport { limit });
    }
    let mut batches = BTreeMap::new();
    // One at a time: all of them at once would take thirty times as much memory as the file.
    for (index, item) in web::items(file)?.into_iter().enumerate() {
        let item: Value = serde_json::from_str(item.get())
            .map_err(|error| Failure::NoBookmarks(format!("annotation {}: {error}", index + 1)))?;
        let about = web::about(&item);
        let batch = batches
            .entry(about.clone())
            .or_insert_with(|| Batch::about(about));
        match web::read(&item, otherwise) {
            Some(foreign) => batch.push(foreign),
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
        let text = AnchorText::new(paper);
        let effort = Effort::new();
        let mut annotations = self.items.iter().map(|item| &item.annotation);
        annotations.any(|annotation| annotation.find_in(&text, &effort) != Found::Lost)
    }

    fn push(&mut self, foreign: ForeignAnnotation) {
        match foreign.quote.trim() {
            "" => self.without_words += 1,
            _ => self.items.push(foreign.into_item()),
        }
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
    fn from_own(records: &Records) -> Self {
        let paths = records
            .of_kind(RecordKind::Path)
            .map(|(path, _)| Path::new(path));
        let paths: Vec<_> = paths.collect();
        let standing = paths.iter().find(|path| path.is_file());
        let path = standing.or(paths.first());
        let about = path.map_or(About::Unsaid, |path| {
            About::Paper(Origin::File(path.to_path_buf()))
        });
        let kept = records.annotations();
        let kept = kept.filter(|(_, annotation)| annotation.letter().is_none());
        let items = kept.map(|(record, annotation)| ImportedAnnotation {
            annotation: annotation.clone(),
            is_foreign: false,
            modified: Some(record.modified),
            must_be_found: false,
        });
        let mut others = Records::default();
        for (key, record) in records.iter() {
            if matches!(
                key.kind,
                RecordKind::Mark | RecordKind::Place | RecordKind::Opened | RecordKind::Settings
            ) {
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

impl ForeignAnnotation {
    fn into_item(self) -> ImportedAnnotation {
        let quote = folded(&clean(&self.quote));
        let (prefix, suffix) = (spaced(&clean(&self.prefix)), spaced(&clean(&self.suffix)));
        let anchor = match self.kind {
            AnnotationKind::Bookmark | AnnotationKind::Mark(_) => Anchor {
                quote,
                prefix,
                suffix,
                ..Anchor::default()
            },
            _ => Anchor::from_quotation(&quote, &prefix, &suffix),
        };
        // One that is the same whenever the same annotation is read.
        let id = match (self.own_id, self.id) {
            (Some(own), _) => own,
            (None, Some(given)) => hash(&given),
            (None, None) => hash(&format!(
                "{} {} {}",
                anchor.prefix,
                anchor.words_kept(),
                anchor.suffix
            )),
        };
        let key = RecordKey::new(self.kind.record_kind(), id);
        let note = self
            .note
            .trim_end()
            .lines()
            .map(clean)
            .collect::<Vec<_>>()
            .join("\n");
        let annotation = Annotation {
            label: clean(&self.label).into_owned(),
            note,
            created: self.created.unwrap_or_default(),
            ..Annotation::new(AnnotationId(key), self.kind, anchor)
        };
        ImportedAnnotation {
            annotation,
            is_foreign: true,
            modified: self.modified,
            must_be_found: self.must_be_found,
        }
    }
}

impl ImportedAnnotation {
    /// Whether its label or its note is longer than an annotation's may be.
    fn is_too_long(&self) -> bool {
        let Annotation { label, note, .. } = &self.annotation;
        label.len().max(note.len()) > MAX_NOTE_BYTES
    }
}

impl Shelf {
    /// Takes bookmarks in, and what else opcit has written beside them. What is known is not
    /// doubled; what was taken away comes back. One undo takes back all bookmarks.
    ///
    /// # Errors
    /// When they cannot be saved.
    pub fn import(&mut self, batch: &Batch) -> Result<Imported, Failure> {
        self.import_each(batch).map(|(imported, _)| imported)
    }

    /// The same; also tells what became of each annotation of another program.
    ///
    /// # Errors
    /// When they cannot be saved.
    pub fn import_each(&mut self, batch: &Batch) -> Result<(Imported, Vec<ImportedItem>), Failure> {
        self.refresh();
        let mut items = Vec::new();
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
            let annotation = if item.is_foreign {
                self.adopted(&item.annotation, &effort)
            } else {
                item.annotation.clone()
            };
            let found = if item.is_foreign {
                annotation.find_in(self.text(), &effort)
            } else {
                Found::Unknown
            };
            let is_chance = item.must_be_found && is_chance(self.text(), found);
            let found = if is_chance { Found::Lost } else { found };
            let mut told = ImportedItem {
                words: annotation.anchor.first_words(TOLD_CHARS),
                found,
                is_new: false,
            };
            let here = self.kept(&annotation.id);
            let is_here = here.is_some_and(|(_, deleted)| !deleted);
            if item.must_be_found && found == Found::Lost && !is_here {
                imported.not_here += 1;
                items.push(told);
                continue;
            }
            let is_known = item.is_foreign && !known.insert(words(&annotation));
            if is_known && !is_here {
                imported.known += 1;
            } else if self.is_news(&annotation, item.modified, &mut imported) {
                told.is_new = true;
                edits.push(AnnotationEdit::to(annotation));
            }
            items.push(told);
        }
        for (key, record) in batch.others.iter() {
            let is_news = self.take(key, record);
            imported.marks += usize::from(is_news && key.kind == RecordKind::Mark);
        }
        let taken = edits.iter().map(|edit| edit.annotation.id.clone());
        let taken: HashSet<AnnotationId> = taken.collect();
        self.change(ChangeKind::Import, edits)?;
        self.retry()?;
        let here = self.annotations().iter();
        let taken = here.filter(|annotation| taken.contains(&annotation.id));
        imported.lost = taken
            .filter(|annotation| annotation.found == Found::Lost)
            .count();
        Ok((imported, items))
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
        let (anchor, text) = (foreign.anchor.clone(), self.text());
        let anchor = match foreign.kind {
            AnnotationKind::Bookmark | AnnotationKind::Mark(_) => adopt(anchor, text, effort),
            _ => adopt_passage(anchor, text, effort),
        };
        let here = self.kept(&foreign.id);
        Annotation {
            label: match foreign.label.as_str() {
                "" => label(&anchor),
                given => given.to_owned(),
            },
            created: if foreign.created.is_unknown() {
                self.now()
            } else {
                foreign.created
            },
            anchor,
            rest: here.map(|(here, _)| here.rest.clone()).unwrap_or_default(),
            ..foreign.clone()
        }
    }
}

/// What tells the words of one annotation from those of another of its kind.
type Words = (&'static str, String, usize, String);

/// Words fewer than these may stand within others by chance.
const FEW_WORDS: usize = 4;

/// Whether the few words that were found begin or end within a word, as “body” does in
/// “everybody”: they are hardly what was highlighted. Scripts that do not part words are left be.
fn is_chance(text: &AnchorText, found: Found) -> bool {
    let Some(passage) = found.passage() else {
        return false;
    };
    let (start, end) = (text.place_of(passage.start), text.place_of(passage.end));
    if text.slice(start, end).split_whitespace().count() >= FEW_WORDS {
        return false;
    }
    let is_within_word = |at: usize| {
        let (before, after) = text.words().split_at_checked(at).unwrap_or_default();
        let is_letter = |letter: Option<char>| {
            letter.is_some_and(|it| it.is_lowercase() || it.is_uppercase() || it.is_ascii_digit())
        };
        is_letter(before.chars().next_back()) && is_letter(after.chars().next())
    };
    is_within_word(start) || is_within_word(end)
}

fn words(annotation: &Annotation) -> Words {
    let anchor = &annotation.anchor;
    let kind = annotation.kind.name();
    (
        kind,
        anchor.words_kept().into_owned(),
        anchor.start,
        anchor.text.clone(),
    )
}

/// Folds blanks, but leaves those at the ends, which separate the words from what they surround.
fn spaced(words: &str) -> String {
    let blank = |is_blank: bool| if is_blank { " " } else { "" };
    let (start, end) = (
        words.starts_with(char::is_whitespace),
        words.ends_with(char::is_whitespace),
    );
    format!("{}{}{}", blank(start), folded(words), blank(end))
}
