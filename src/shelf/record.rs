//! Records: one thing that is kept about a paper, on one line of its file, with when it changed.
//!
//! A record remembers its line as it was read, and so goes back to the disk to the letter unless
//! it is changed here; what a later version wrote into it stays.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::anchor::Anchor;
use super::annotation::{Annotation, MarkLetter};
use super::passage::PassageEnd;
use super::timestamp::Timestamp;

/// Which record it is. Sorted as the records stand in the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RecordKey {
    pub(crate) kind: RecordKind,
    pub(crate) id: String,
}

/// What a record is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum RecordKind {
    Paper,
    Text,
    Path,
    Place,
    Opened,
    Settings,
    Mark,
    #[default]
    Bookmark,
    Highlight,
    Note,
    /// A change to bookmarks alone, which an opcit that knows no other annotations can undo too.
    Change,
    /// A change to other annotations.
    Edit,
    /// Something that a later version keeps; never touched.
    Other(String),
}

/// A record, of whatever kind.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record {
    pub(crate) modified: Timestamp,
    /// Whether it only says that there is no such thing any more.
    pub(crate) deleted: bool,
    pub(crate) body: Body,
    line: String,
}

/// What a record says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Body {
    Paper(Description),
    /// That the paper has had the text whose hash is the record's id.
    Text(Bare),
    /// That the paper has stood in the file whose path is the record's id.
    Path(Bare),
    Place(PlaceBody),
    Opened(OpenedBody),
    Settings(SettingsBody),
    /// A mark, whose letter is the record's id, a bookmark, a highlight or a note.
    Annotation(Annotation),
    Change(ChangeBody),
    Other,
}

/// By what a paper is known again when its text and its path have changed, and who wrote it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Description {
    pub(crate) title: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) authors: Vec<String>,
    pub(crate) headings: Vec<String>,
    #[serde(flatten)]
    pub(crate) rest: Map<String, Value>,
}

/// A record that says all by its id.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Bare {
    #[serde(flatten)]
    pub(crate) rest: Map<String, Value>,
}

/// Where the reader stopped.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct PlaceBody {
    /// How far into the text the place lies, from 0 to 1.
    pub(crate) progress: f64,
    /// How far into the body the reader had seen by then, at the furthest, from 0 to 1.
    pub(crate) read: f64,
    /// How many blocks below the place the paragraph is that keys acted on. That is so only in the
    /// text as it was then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) below: Option<usize>,
    pub(crate) anchor: Anchor,
    #[serde(flatten)]
    pub(crate) rest: Map<String, Value>,
}

/// That the paper was opened, when the record was written. It is no part of the place, so that opening
/// a paper on one computer takes back no place that was kept on another.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct OpenedBody {
    /// How far into the body the reader had seen by then, at the furthest, from 0 to 1.
    pub(crate) read: f64,
    #[serde(flatten)]
    pub(crate) rest: Map<String, Value>,
}

/// How the reader likes to see the paper.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct SettingsBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) columns: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) notes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) justified: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) spread: Option<bool>,
    /// Mendings that the reader has refused.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) refused: Vec<RefusedBody>,
    #[serde(flatten)]
    pub(crate) rest: Map<String, Value>,
}

/// A mending that was refused.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct RefusedBody {
    /// The code of its kind.
    pub(crate) code: String,
    pub(crate) line: u32,
}

/// One change to annotations, and what undo and redo need.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct ChangeBody {
    /// See [`super::undo::ChangeKind`].
    pub(crate) what: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) undone: bool,
    pub(crate) before: Vec<Snapshot>,
    /// The same annotations right before the change was undone; empty while it is not, and in files
    /// of an opcit that could not redo.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) after: Vec<Snapshot>,
    /// Its place among the changes since it was undone or redone; until then, that is its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) order: Option<String>,
    #[serde(flatten)]
    pub(crate) rest: Map<String, Value>,
}

/// An annotation at one moment; none if it was not there.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Snapshot {
    pub(crate) id: String,
    #[serde(skip_serializing_if = "RecordKind::is_bookmark")]
    pub(crate) kind: RecordKind,
    /// Called so since bookmarks came first.
    #[serde(rename = "bookmark")]
    pub(crate) annotation: Option<Annotation>,
    #[serde(flatten)]
    pub(crate) rest: Map<String, Value>,
}

/// A record as it is written: what every record has, then what its kind has.
#[derive(Serialize)]
struct RecordLine<'a, B> {
    kind: &'a str,
    id: &'a str,
    modified: Timestamp,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    deleted: bool,
    #[serde(flatten)]
    body: &'a B,
}

/// What every record has.
#[derive(Deserialize)]
struct RecordHead {
    kind: String,
    id: String,
    modified: Timestamp,
    #[serde(default)]
    deleted: bool,
    #[serde(flatten)]
    body: Map<String, Value>,
}

/// The fields of a [`RecordHead`] that a record can do without: it is then the oldest of its versions.
#[derive(Default, Deserialize)]
#[serde(default)]
struct LooseHead {
    modified: Timestamp,
    deleted: bool,
    #[serde(flatten)]
    body: Map<String, Value>,
}

impl RecordKey {
    pub(crate) fn new(kind: RecordKind, id: impl Into<String>) -> Self {
        let id = id.into();
        RecordKey { kind, id }
    }
}

impl RecordKind {
    pub(crate) fn name(&self) -> &str {
        match self {
            RecordKind::Paper => "paper",
            RecordKind::Text => "text",
            RecordKind::Path => "path",
            RecordKind::Place => "place",
            RecordKind::Opened => "opened",
            RecordKind::Settings => "settings",
            RecordKind::Mark => "mark",
            RecordKind::Bookmark => "bookmark",
            RecordKind::Highlight => "highlight",
            RecordKind::Note => "note",
            RecordKind::Change => "change",
            RecordKind::Edit => "edit",
            RecordKind::Other(name) => name,
        }
    }

    fn named(name: String) -> Self {
        match name.as_str() {
            "paper" => RecordKind::Paper,
            "text" => RecordKind::Text,
            "path" => RecordKind::Path,
            "place" => RecordKind::Place,
            "opened" => RecordKind::Opened,
            "settings" => RecordKind::Settings,
            "mark" => RecordKind::Mark,
            "bookmark" => RecordKind::Bookmark,
            "highlight" => RecordKind::Highlight,
            "note" => RecordKind::Note,
            "change" => RecordKind::Change,
            "edit" => RecordKind::Edit,
            _ => RecordKind::Other(name),
        }
    }

    pub(crate) fn is_bookmark(&self) -> bool {
        *self == RecordKind::Bookmark
    }
}

impl Record {
    /// A record that is new, or changed here.
    pub(crate) fn new(key: &RecordKey, modified: Timestamp, deleted: bool, body: Body) -> Self {
        let line = line(key, modified, deleted, &body).unwrap_or_default();
        Record {
            modified,
            deleted,
            body,
            line,
        }
    }

    /// Reads a line; none if it is no record, or not what its kind should be.
    pub(crate) fn parse(line: &str) -> Option<(RecordKey, Self)> {
        let head: RecordHead = serde_json::from_str(line).ok()?;
        let key = RecordKey::new(RecordKind::named(head.kind), head.id);
        let record = Record {
            modified: head.modified,
            deleted: head.deleted,
            body: body(&key, head.body)?,
            line: line.to_owned(),
        };
        Some((key, record))
    }

    /// Reads of a line that is damaged what can be read; none if not even its kind and id can.
    /// The record's line is then a sound one.
    pub(crate) fn salvage(line: &str) -> Option<(RecordKey, Self)> {
        let mut fields: Map<String, Value> = serde_json::from_str(line)
            .or_else(|_| serde_json::from_str(&without_lone_surrogates(line)))
            .ok()?;
        let mut string = |name| match fields.remove(name) {
            Some(Value::String(string)) => Some(string),
            _ => None,
        };
        let (kind, id) = (string("kind")?, string("id")?);
        let key = RecordKey::new(RecordKind::named(kind), id);
        // What only a later version knows can be neither judged nor put right.
        if matches!(key.kind, RecordKind::Other(_)) {
            return None;
        }
        let LooseHead {
            modified,
            deleted,
            mut body,
        } = serde_json::from_value(Value::Object(sound::<LooseHead>(fields))).ok()?;
        mend(&mut body);
        let body = self::body(&key, sound_body(&key.kind, body))?;
        let record = Record::new(&key, modified, deleted, body);
        Some((key, record))
    }

    /// The annotation that it holds, if it is of one.
    pub(crate) fn annotation(&self) -> Option<&Annotation> {
        match &self.body {
            Body::Annotation(annotation) => Some(annotation),
            _ => None,
        }
    }

    /// The line of the file, without its end.
    pub(crate) fn line(&self) -> &str {
        &self.line
    }

    /// Which of two versions of a record is kept: the later; of two at once the one that is not
    /// deleted; else always the same one.
    pub(crate) fn order(&self) -> impl Ord + '_ {
        (self.modified, !self.deleted, self.line.as_str())
    }
}

impl Snapshot {
    /// The record that it is of.
    pub(crate) fn key(&self) -> RecordKey {
        RecordKey::new(self.kind.clone(), self.id.as_str())
    }

    fn cleaned(mut self) -> Self {
        let key = self.key();
        let annotation = self.annotation.take();
        self.annotation = annotation.map(|annotation| annotation.cleaned().under(&key));
        self
    }
}

impl Serialize for RecordKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for RecordKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(RecordKind::named)
    }
}

fn line(
    key: &RecordKey,
    modified: Timestamp,
    deleted: bool,
    body: &Body,
) -> serde_json::Result<String> {
    match body {
        Body::Paper(body) => write(key, modified, deleted, body),
        Body::Text(body) | Body::Path(body) => write(key, modified, deleted, body),
        Body::Place(body) => write(key, modified, deleted, body),
        Body::Opened(body) => write(key, modified, deleted, body),
        Body::Settings(body) => write(key, modified, deleted, body),
        Body::Annotation(body) => write(key, modified, deleted, body),
        Body::Change(body) => write(key, modified, deleted, body),
        Body::Other => write(key, modified, deleted, &Bare::default()),
    }
}

fn write<B: Serialize>(
    key: &RecordKey,
    modified: Timestamp,
    deleted: bool,
    body: &B,
) -> serde_json::Result<String> {
    serde_json::to_string(&RecordLine {
        kind: key.kind.name(),
        id: &key.id,
        modified,
        deleted,
        body,
    })
}

fn body(key: &RecordKey, fields: Map<String, Value>) -> Option<Body> {
    let body = match &key.kind {
        RecordKind::Paper => Body::Paper(read(fields)?),
        RecordKind::Text => Body::Text(read(fields)?),
        RecordKind::Path => Body::Path(read(fields)?),
        RecordKind::Place => {
            let place: PlaceBody = read(fields)?;
            let anchor = place.anchor.cleaned();
            Body::Place(PlaceBody { anchor, ..place })
        }
        RecordKind::Opened => Body::Opened(read(fields)?),
        RecordKind::Settings => Body::Settings(read(fields)?),
        // A later version may have marks under other signs.
        RecordKind::Mark if MarkLetter::from_mark(key).is_none() => Body::Other,
        RecordKind::Mark | RecordKind::Bookmark | RecordKind::Highlight | RecordKind::Note => {
            Body::Annotation(read::<Annotation>(fields)?.cleaned().under(key))
        }
        RecordKind::Change | RecordKind::Edit => {
            let change: ChangeBody = read(fields)?;
            let cleaned = |snapshots: Vec<Snapshot>| {
                let snapshots = snapshots.into_iter();
                snapshots.map(Snapshot::cleaned).collect()
            };
            Body::Change(ChangeBody {
                before: cleaned(change.before),
                after: cleaned(change.after),
                ..change
            })
        }
        RecordKind::Other(_) => Body::Other,
    };
    Some(body)
}

/// The fields that can be read as those of a `T`, each by itself.
fn sound<T: DeserializeOwned>(fields: Map<String, Value>) -> Map<String, Value> {
    let fields = fields.into_iter().filter(|(name, value)| {
        let alone = Map::from_iter([(name.clone(), value.clone())]);
        read::<T>(alone).is_some()
    });
    fields.collect()
}

fn sound_body(kind: &RecordKind, fields: Map<String, Value>) -> Map<String, Value> {
    match kind {
        RecordKind::Paper => sound::<Description>(fields),
        RecordKind::Text | RecordKind::Path | RecordKind::Other(_) => fields,
        RecordKind::Place => sound::<PlaceBody>(fields),
        RecordKind::Opened => sound::<OpenedBody>(fields),
        RecordKind::Settings => sound::<SettingsBody>(fields),
        RecordKind::Mark | RecordKind::Bookmark | RecordKind::Highlight | RecordKind::Note => {
            sound::<Annotation>(fields)
        }
        RecordKind::Change | RecordKind::Edit => sound::<ChangeBody>(fields),
    }
}

/// Leaves out, of the anchors and bookmarks within a record, the fields that cannot be read.
fn mend(fields: &mut Map<String, Value>) {
    if let Some(Value::Object(anchor)) = fields.get_mut("anchor") {
        mend_anchor(anchor);
    }
    for name in ["before", "after"] {
        let snapshots = fields.get_mut(name).and_then(Value::as_array_mut);
        for snapshot in snapshots.into_iter().flatten() {
            if let Some(Value::Object(bookmark)) = snapshot.get_mut("bookmark") {
                mend(bookmark);
                *bookmark = sound::<Annotation>(std::mem::take(bookmark));
            }
        }
    }
}

/// The fields of an anchor that only say where its words stood. Without them the words are still
/// told by themselves and by what surrounds them.
const WHEREABOUTS: [&str; 4] = ["start", "text", "section", "heading"];

/// The same of an anchor, and of the last words of a passage, which are an anchor of their own.
fn mend_anchor(anchor: &mut Map<String, Value>) {
    if let Some(Value::Object(end)) = anchor.get_mut("end") {
        if let Some(Value::Object(last)) = end.get_mut("last") {
            mend_anchor(last);
        }
        *end = sound::<PassageEnd>(std::mem::take(end));
    }
    let names: Vec<String> = anchor.keys().cloned().collect();
    *anchor = sound::<Anchor>(std::mem::take(anchor));
    let lost = names.iter().map(String::as_str);
    let lost = lost.filter(|name| !anchor.contains_key(*name));
    let (lost_place, lost_words) = lost.fold((false, false), |(place, words), name| {
        let is_place = WHEREABOUTS.contains(&name);
        (place || is_place, words || !is_place)
    });
    if lost_words {
        // What is missing may be what spoke against a passage, so none is ever sure.
        anchor.remove("text");
        anchor.insert("rivals".to_owned(), json!({"words": 0, "whole": 0}));
    } else if lost_place {
        // No text is the one that they were taken from, so that nothing is believed by its place.
        anchor.insert("text".to_owned(), json!("damaged"));
    }
}

/// A line of JSON with escapes that stand for half a letter as � in their place.
fn without_lone_surrogates(line: &str) -> String {
    let mut whole = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at_checked(at).unwrap_or((rest, ""));
        whole.push_str(before);
        let unit = |from: usize| {
            let digits = escape.get(from..from + 6)?.strip_prefix("\\u")?;
            u16::from_str_radix(digits, 16).ok()
        };
        let (text, bytes) = match (unit(0), unit(6)) {
            (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => (escape.get(..12), 12),
            (Some(0xd800..0xe000), _) => (Some("\\ufffd"), 6),
            // The character after a backslash is no escape's beginning.
            _ => {
                let next = escape.chars().nth(1).map_or(0, char::len_utf8);
                (escape.get(..1 + next), 1 + next)
            }
        };
        whole.push_str(text.unwrap_or_default());
        rest = escape.get(bytes..).unwrap_or_default();
    }
    whole.push_str(rest);
    whole
}

fn read<T: DeserializeOwned>(fields: Map<String, Value>) -> Option<T> {
    serde_json::from_value(Value::Object(fields)).ok()
}
