//! Bookmarks as W3C Web Annotations: to other programs, and back.
//!
//! A bookmark is an annotation whose target has a `TextQuoteSelector` with prefix and suffix and,
//! where it is known, a `TextPositionSelector` that counts characters of the plain text. The label
//! is a body that describes, the note one that comments. Read is what programs write: a page or
//! collection with `items`, a list, one annotation, or the `rows` of Hypothesis.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::anchor::Anchor;
use super::bookmark::Kept;
use super::failure::Failure;
use super::file;
use super::find;
use super::moment::Moment;
use super::record::{Body, BookmarkBody, Key, Kind};
use super::session::{Edit, Shelf, label};
use super::text::{Text, folded, hash};
use super::undo::Step;
use crate::paper::clean;

const ID: &str = "urn:opcit:bookmark:";

/// How far apart the places lie whose characters are counted once for all.
const STRIDE: usize = 1024;

/// What an import did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    pub added: usize,
    /// Known, and changed since.
    pub changed: usize,
    /// Known, and left as they were.
    pub known: usize,
    /// Without a quotation, by which alone a bookmark can be found.
    pub without_words: usize,
}

/// An annotation, as far as a bookmark can hold it.
struct Annotation {
    id: String,
    label: String,
    note: String,
    anchor: Anchor,
    created: Option<Moment>,
    modified: Option<Moment>,
}

/// Bookmarks of a text as a page of annotations; `source` is the IRI of the paper.
#[must_use]
pub fn annotations(bookmarks: &[Kept], text: &Text, source: &str) -> Value {
    let counted = Counted::of(text);
    let items: Vec<_> = bookmarks
        .iter()
        .map(|kept| annotation(kept, &counted, source))
        .collect();
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationPage",
        "items": items,
    })
}

impl Shelf {
    /// Takes in annotations, or a file that opcit itself wrote. What is known is not doubled; what
    /// was taken away comes back. One undo takes back all.
    pub fn import(&mut self, file: &str) -> Result<Imported, Failure> {
        self.refresh();
        let own = file::read(file.as_bytes());
        let mut imported = Imported::default();
        let edits = if own.version > 0 {
            self.own_edits(&own, &mut imported)
        } else {
            let value = serde_json::from_str(file)
                .map_err(|error| Failure::NoBookmarks(error.to_string()))?;
            self.annotation_edits(value, &mut imported)?
        };
        self.change(Step::Import, edits)?;
        Ok(imported)
    }

    fn own_edits(&self, own: &file::Contents, imported: &mut Imported) -> Vec<Edit> {
        let bookmarks = own.records.bookmarks();
        let edits = bookmarks.map(|(id, record, bookmark)| {
            let edit = Edit {
                id: id.to_owned(),
                bookmark: bookmark.clone(),
                deleted: false,
            };
            (edit, Some(record.modified))
        });
        edits
            .filter(|(edit, modified)| self.is_news(edit, *modified, imported))
            .map(|(edit, _)| edit)
            .collect()
    }

    fn annotation_edits(
        &self,
        value: Value,
        imported: &mut Imported,
    ) -> Result<Vec<Edit>, Failure> {
        let mut edits: Vec<Edit> = Vec::new();
        let mut known = self.standing();
        for item in items(value)? {
            let Some(annotation) = read(&item) else {
                imported.without_words += 1;
                continue;
            };
            let modified = annotation.modified;
            let edit = self.edit_of(annotation);
            let is_here = self.bookmark(&edit.id).is_some_and(|(_, deleted)| !deleted);
            if !known.insert(words(&edit.bookmark.anchor)) && !is_here {
                imported.known += 1;
            } else if self.is_news(&edit, modified, imported) {
                edits.push(edit);
            }
        }
        Ok(edits)
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

    fn edit_of(&self, annotation: Annotation) -> Edit {
        let anchor = find::adopt(annotation.anchor, self.text());
        let label = match annotation.label.as_str() {
            "" => label(&anchor),
            given => given.to_owned(),
        };
        let here = self.bookmark(&annotation.id);
        let bookmark = BookmarkBody {
            label,
            note: annotation.note,
            created: annotation.created.unwrap_or_else(|| self.now()),
            anchor,
            rest: here.map(|(here, _)| here.rest.clone()).unwrap_or_default(),
        };
        Edit {
            id: annotation.id,
            bookmark,
            deleted: false,
        }
    }
}

/// What tells the words of one anchor from those of another.
type Words = (String, usize, String);

fn words(anchor: &Anchor) -> Words {
    (anchor.quote.clone(), anchor.start, anchor.text.clone())
}

fn annotation(kept: &Kept, counted: &Counted, source: &str) -> Value {
    let bookmark = &kept.bookmark;
    let anchor = &bookmark.anchor;
    let mut body = vec![textual("describing", &bookmark.label)];
    if !bookmark.note.is_empty() {
        body.push(textual("commenting", &bookmark.note));
    }
    let mut selector = vec![json!({
        "type": "TextQuoteSelector",
        "exact": anchor.quote,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
    })];
    if let Some(passage) = kept.found.passage() {
        selector.push(json!({
            "type": "TextPositionSelector",
            "start": counted.characters_before(counted.text.place_of(passage.start)),
            "end": counted.characters_before(counted.text.place_of(passage.end)),
        }));
    }
    json!({
        "id": format!("{ID}{}", bookmark.id),
        "type": "Annotation",
        "motivation": "bookmarking",
        "created": bookmark.created,
        "modified": bookmark.modified,
        "body": body,
        "target": { "source": source, "selector": selector },
    })
}

fn textual(purpose: &str, value: &str) -> Value {
    json!({ "type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value })
}

/// A text with the characters counted up to some of its places.
struct Counted<'a> {
    text: &'a Text,
    /// Characters before every 1024th byte, or before the character that it lies in.
    before: Vec<usize>,
}

impl<'a> Counted<'a> {
    fn of(text: &'a Text) -> Self {
        let mut before = vec![0];
        let mut characters = 0;
        for from in (0..text.words().len()).step_by(STRIDE) {
            characters += text.slice(from, from + STRIDE).chars().count();
            before.push(characters);
        }
        Counted { text, before }
    }

    fn characters_before(&self, place: usize) -> usize {
        let strides = place / STRIDE;
        let counted = self.before.get(strides).copied().unwrap_or_default();
        counted + self.text.slice(strides * STRIDE, place).chars().count()
    }
}

/// The annotations in whatever holds them.
fn items(value: Value) -> Result<Vec<Value>, Failure> {
    let not_found = || Failure::NoBookmarks("it holds no annotations".to_owned());
    match value {
        Value::Array(items) => Ok(items),
        Value::Object(mut fields) => {
            for name in ["items", "rows"] {
                if let Some(Value::Array(items)) = fields.remove(name) {
                    return Ok(items);
                }
            }
            if let Some(Value::Object(mut first)) = fields.remove("first")
                && let Some(Value::Array(items)) = first.remove("items")
            {
                return Ok(items);
            }
            let is_one = fields.contains_key("target");
            is_one
                .then(|| vec![Value::Object(fields)])
                .ok_or_else(not_found)
        }
        _ => Err(not_found()),
    }
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
