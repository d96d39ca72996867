//! What a reader keeps about a passage: one type for all of it, from the disk to the screen and
//! into exports; and beside it the reading place and the settings.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::anchor::{Anchor, clean_in_place};
use super::find::{Effort, find_within};
use super::found::{Certainty, Found};
use super::passage::find_passage;
use super::record::{RecordKey, RecordKind};
use super::text::AnchorText;
use super::timestamp::Timestamp;
use crate::paper::{BlockId, Position, RefusedMendings, clean};

/// How many characters of the passage make a label.
const LABEL_CHARS: usize = 48;

/// What tells an annotation from all others, on any machine.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnnotationId(pub(super) RecordKey);

/// A passage that a reader keeps, and what for.
///
/// The same value is a line of the paper's file, what the shelf hands out, what the screen shows
/// and what is exported.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Annotation {
    /// Which one it is.
    #[serde(skip)]
    pub id: AnnotationId,
    /// What it is for. On the disk, the record's kind and, of a highlight, its category.
    #[serde(
        rename = "category",
        skip_serializing_if = "AnnotationKind::has_no_category"
    )]
    pub kind: AnnotationKind,
    /// What the reader calls it; the first words at first. Marks have none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// What the reader has to say about it; may have several lines, may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// When it was made; 1970 if that is not known.
    #[serde(skip_serializing_if = "Timestamp::is_unknown")]
    pub created: Timestamp,
    /// The passage, by its words.
    pub anchor: Anchor,
    /// When it was changed last.
    #[serde(skip)]
    pub modified: Timestamp,
    /// Where the passage is in the paper as it is now, and how sure that is.
    #[serde(skip)]
    pub found: Found,
    /// What a later version keeps here.
    #[serde(flatten)]
    pub(super) rest: Map<String, Value>,
}

/// What an annotation is for.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum AnnotationKind {
    /// A paragraph to come back to.
    #[default]
    Bookmark,
    /// A place under a letter.
    Mark(MarkLetter),
    /// A passage that stands out, and why.
    Highlight(HighlightKind),
    /// A passage that the reader has written about.
    Note,
}

/// Why a passage is highlighted.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum HighlightKind {
    /// What the author claims.
    #[default]
    Claim,
    /// What supports a claim.
    Evidence,
    /// What the reader asks about.
    Question,
    /// What is worth quoting.
    Quote,
    /// What the reader disagrees with.
    Disagree,
    /// A kind that only a later version knows, by its name there.
    Other(String),
}

/// A letter that a place can be marked with, from a to z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MarkLetter(char);

/// Where the reader stopped.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReadingPlace {
    /// If the words are lost, as far into the paper as they were.
    pub position: Position,
    /// What has become of the words there.
    pub found: Found,
    /// The block that keys acted on; none if that is not known of the text as it is.
    pub current: Option<BlockId>,
    /// How far that was when it was kept, from 0 to 1.
    pub progress: f64,
    /// How far into the body the reader had seen by then, at the furthest, from 0 to 1.
    pub read: f64,
    /// When the reader was there.
    pub when: Timestamp,
}

/// How the reader likes to see a paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadingSettings {
    /// Width of the text, in columns.
    pub columns: Option<u16>,
    /// Where notes are shown: a word of the reader's choosing.
    pub notes: Option<String>,
    /// Whether lines end at the right edge of the column.
    pub justified: Option<bool>,
    /// Whether the text stands in two columns where there is room.
    pub spread: Option<bool>,
    /// What is not to be mended in its text.
    pub refused: RefusedMendings,
}

impl Default for AnnotationId {
    fn default() -> Self {
        AnnotationId(RecordKey::new(RecordKind::Bookmark, ""))
    }
}

impl AnnotationId {
    /// What kind of annotation it is of: `bookmark`, `mark`, `highlight` or `note`.
    #[must_use]
    pub fn kind_name(&self) -> &str {
        self.0.kind.name()
    }

    /// Whether it is of a note on a passage.
    #[must_use]
    pub fn is_note(&self) -> bool {
        self.0.kind == RecordKind::Note
    }

    /// Whether it is of a highlight or a note, which are on passages of any length.
    #[must_use]
    pub fn is_on_passage(&self) -> bool {
        matches!(self.0.kind, RecordKind::Highlight | RecordKind::Note)
    }

    /// An id in its written form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.id
    }
}

impl fmt::Display for AnnotationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl AnnotationKind {
    /// The word for it, as in the file and in JSON.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            AnnotationKind::Bookmark => "bookmark",
            AnnotationKind::Mark(_) => "mark",
            AnnotationKind::Highlight(_) => "highlight",
            AnnotationKind::Note => "note",
        }
    }

    /// Which records hold annotations of this kind.
    pub(super) fn record_kind(&self) -> RecordKind {
        match self {
            AnnotationKind::Bookmark => RecordKind::Bookmark,
            AnnotationKind::Mark(_) => RecordKind::Mark,
            AnnotationKind::Highlight(_) => RecordKind::Highlight,
            AnnotationKind::Note => RecordKind::Note,
        }
    }

    /// What the record under a key holds, whose category, if any, has been read.
    fn from_record(key: &RecordKey, category: Self) -> Self {
        match (&key.kind, category) {
            (RecordKind::Mark, _) => {
                MarkLetter::from_mark(key).map_or_else(Self::default, Self::Mark)
            }
            (RecordKind::Highlight, category @ AnnotationKind::Highlight(_)) => category,
            (RecordKind::Highlight, _) => AnnotationKind::Highlight(HighlightKind::default()),
            (RecordKind::Note, _) => AnnotationKind::Note,
            _ => AnnotationKind::Bookmark,
        }
    }

    /// What a highlight is of; none if it is something else.
    #[must_use]
    pub fn highlight(&self) -> Option<&HighlightKind> {
        match self {
            AnnotationKind::Highlight(kind) => Some(kind),
            _ => None,
        }
    }

    /// Whether it is a highlight, of whatever kind.
    #[must_use]
    pub fn is_highlight(&self) -> bool {
        matches!(self, AnnotationKind::Highlight(_))
    }

    /// Whether it is on a passage of any length: a highlight or a note.
    #[must_use]
    pub fn is_on_passage(&self) -> bool {
        matches!(self, AnnotationKind::Highlight(_) | AnnotationKind::Note)
    }

    fn has_no_category(&self) -> bool {
        !self.is_highlight()
    }
}

/// Only the category of a highlight; the rest is the kind of the record.
impl Serialize for AnnotationKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            AnnotationKind::Highlight(kind) => kind.name(),
            _ => "",
        })
    }
}

impl<'de> Deserialize<'de> for AnnotationKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Ok(AnnotationKind::Highlight(HighlightKind::from_name(&name)))
    }
}

impl HighlightKind {
    /// The kinds that a reader can choose from, in the order in which a key goes through them.
    pub const ALL: [HighlightKind; 5] = [
        HighlightKind::Claim,
        HighlightKind::Evidence,
        HighlightKind::Question,
        HighlightKind::Quote,
        HighlightKind::Disagree,
    ];

    /// The word for it, as in the file and in JSON.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            HighlightKind::Claim => "claim",
            HighlightKind::Evidence => "evidence",
            HighlightKind::Question => "question",
            HighlightKind::Quote => "quote",
            HighlightKind::Disagree => "disagree",
            HighlightKind::Other(name) => name,
        }
    }

    /// The kind of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        let known = Self::ALL.into_iter().find(|kind| kind.name() == name);
        known.unwrap_or_else(|| HighlightKind::Other(clean(name).into_owned()))
    }

    /// The colour that stands for it in Zotero and in exports, as `#rrggbb`.
    #[must_use]
    pub fn colour(&self) -> &'static str {
        match self {
            HighlightKind::Claim | HighlightKind::Other(_) => "#ffd400",
            HighlightKind::Evidence => "#5fb236",
            HighlightKind::Question => "#2ea8e5",
            HighlightKind::Quote => "#a28ae5",
            HighlightKind::Disagree => "#ff6666",
        }
    }

    /// The kind of another program's colour, by its name or as `#rrggbb`, or of a name of opcit's;
    /// a claim if it says neither.
    #[must_use]
    pub fn from_colour(colour: &str) -> Self {
        let colour = colour.trim().to_lowercase();
        let known = Self::ALL
            .into_iter()
            .find(|kind| kind.colour() == colour || kind.name() == colour);
        known.unwrap_or(match colour.as_str() {
            "green" | "olive" | "cyan" => HighlightKind::Evidence,
            "blue" => HighlightKind::Question,
            "purple" | "magenta" | "#e56eee" => HighlightKind::Quote,
            "red" | "orange" | "pink" | "#f19837" => HighlightKind::Disagree,
            _ => HighlightKind::Claim,
        })
    }

    /// The next kind to choose, the first one after the last.
    #[must_use]
    pub fn next(&self) -> Self {
        let index = Self::ALL.iter().position(|kind| kind == self);
        let next = index.and_then(|index| Self::ALL.get(index + 1));
        next.cloned().unwrap_or_default()
    }
}

impl fmt::Display for HighlightKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl MarkLetter {
    /// None if it is not from a to z.
    #[must_use]
    pub fn new(letter: char) -> Option<Self> {
        letter.is_ascii_lowercase().then_some(MarkLetter(letter))
    }

    /// The letter of a mark, which is its record's id.
    pub(super) fn from_mark(key: &RecordKey) -> Option<Self> {
        let mut letters = key.id.chars();
        let letter = letters.next().and_then(MarkLetter::new)?;
        letters.next().is_none().then_some(letter)
    }
}

impl fmt::Display for MarkLetter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Annotation {
    /// A new one on a passage, labelled with its first words.
    pub(super) fn new(id: AnnotationId, kind: AnnotationKind, anchor: Anchor) -> Self {
        let label = match kind {
            AnnotationKind::Mark(_) => String::new(),
            _ => label(&anchor),
        };
        Annotation {
            id,
            kind,
            label,
            anchor,
            ..Annotation::default()
        }
    }

    /// The annotation as the record under a key has it.
    pub(super) fn under(self, key: &RecordKey) -> Self {
        Annotation {
            id: AnnotationId(key.clone()),
            kind: AnnotationKind::from_record(key, self.kind),
            ..self
        }
    }

    /// Looks for it in a text.
    pub(super) fn find_in(&self, text: &AnchorText, effort: &Effort) -> Found {
        match self.kind {
            AnnotationKind::Bookmark | AnnotationKind::Mark(_) => {
                find_within(&self.anchor, text, effort)
            }
            AnnotationKind::Highlight(_) | AnnotationKind::Note => {
                find_passage(&self.anchor, text, effort)
            }
        }
    }

    /// Whether another says the same, wherever either was found.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        (&self.label, &self.note, &self.kind) == (&other.label, &other.note, &other.kind)
            && (self.created, &self.anchor) == (other.created, &other.anchor)
    }

    /// Where it begins in the paper as it is now; none if its words are lost.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        self.found.passage().map(|passage| passage.start)
    }

    /// Whether it is only likely that it belongs where it was found.
    #[must_use]
    pub fn is_unsure(&self) -> bool {
        matches!(
            self.found,
            Found::Here { certainty, .. } if !certainty.is_sure()
        )
    }

    /// The letter of a mark.
    #[must_use]
    pub fn letter(&self) -> Option<MarkLetter> {
        match self.kind {
            AnnotationKind::Mark(letter) => Some(letter),
            _ => None,
        }
    }

    /// The words that it stands on, as they are now; to the paragraph's end, if they are its
    /// beginning. Where it is not sure that these are the words, those that were kept.
    #[must_use]
    pub fn quotation(&self, text: &AnchorText) -> String {
        let (passage, certainty) = match self.found {
            Found::Here { passage, certainty } => (passage, certainty),
            Found::Lost | Found::Unknown => return self.quotation_kept(),
        };
        let start = text.place_of(passage.start);
        let end = if self.anchor.goes_on {
            // Where the block has been split, that may be before the words kept have ended.
            text.block_end(start).max(text.place_of(passage.end))
        } else {
            text.place_of(passage.end)
        };
        match certainty {
            Certainty::Exact | Certainty::Moved => text.slice(start, end).to_owned(),
            Certainty::Partial | Certainty::Unsure => self.quotation_kept(),
        }
    }

    /// The words that were kept of the passage.
    #[must_use]
    pub fn quotation_kept(&self) -> String {
        let more = if self.anchor.goes_on { "…" } else { "" };
        format!("{}{more}", self.anchor.words_kept())
    }

    /// Whether the reader has called it something else than by its first words.
    #[must_use]
    pub fn has_own_label(&self) -> bool {
        let words = self.label.trim_end_matches('…');
        words.is_empty() || !self.anchor.quote.starts_with(words)
    }

    /// Whether the reader has written something on it.
    #[must_use]
    pub fn has_note(&self) -> bool {
        self.kind == AnnotationKind::Note || !self.note.is_empty()
    }

    /// Gives it another label; an empty one gives it its first words again.
    pub(super) fn rename(&mut self, name: &str) {
        self.label = match name {
            "" => label(&self.anchor),
            _ => name.to_owned(),
        };
    }

    /// Puts it on another passage. A label that is its first words goes with them.
    pub(super) fn move_to(&mut self, anchor: Anchor) {
        if self.label == label(&self.anchor) {
            self.label = label(&anchor);
        }
        self.anchor = anchor;
    }

    /// Without what must not reach a terminal.
    pub(super) fn cleaned(mut self) -> Self {
        clean_in_place(&mut self.label);
        if !self.note.is_empty() {
            let lines: Vec<_> = self.note.lines().map(clean).collect();
            self.note = lines.join("\n");
        }
        self.anchor = self.anchor.cleaned();
        self
    }
}

/// The first words, for a label.
pub(super) fn label(anchor: &Anchor) -> String {
    match anchor.first_words(LABEL_CHARS) {
        words if !words.is_empty() => words,
        _ if !anchor.heading.is_empty() => anchor.heading.clone(),
        _ => "a place without text".to_owned(),
    }
}
