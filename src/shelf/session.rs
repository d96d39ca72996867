//! What is kept about one paper, while it is read.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use super::anchor::Anchor;
use super::annotation::{Annotation, AnnotationId, AnnotationKind, HighlightKind};
use super::failure::{Failure, ShelfNotice};
use super::find::Effort;
use super::folder;
use super::identity::{Traits, description};
use super::merge::Records;
use super::origin::Origin;
use super::record::{Bare, Body, ChangeBody, Description, Record, RecordKey, RecordKind};
use super::store::{ReadStore, Store};
use super::text::AnchorText;
use super::timestamp::{Clock, Timestamp};
use super::undo::{self, ChangeKind, Replay, Replayed};
use crate::paper::{Paper, Passage, Position, clean};

/// How many hexadecimal digits an id has.
const ID_DIGITS: usize = 20;

/// What a reader keeps about the paper at hand.
///
/// Every change is on the disk when its method returns `Ok`. On a failure, the change is made in
/// memory all the same: [`Shelf::unsaved`] tells of it, [`Shelf::retry`] and every later change
/// save it too, and [`Shelf::rescue`] writes it elsewhere.
#[derive(Debug)]
pub struct Shelf {
    text: Arc<AnchorText>,
    store: Store,
    clock: Arc<dyn Clock>,
    records: Records,
    unsaved: BTreeSet<RecordKey>,
    annotations: Vec<Arc<Annotation>>,
    notices: Vec<ShelfNotice>,
    /// Whether something that another has changed came in since that was asked last.
    has_news: bool,
}

/// What setting or taking away a bookmark did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Toggled {
    /// The one that was set.
    Added(AnnotationId),
    /// How many were there.
    Removed(usize),
}

/// An annotation as it is to be from now on.
pub(super) struct AnnotationEdit {
    pub(super) annotation: Annotation,
    pub(super) deleted: bool,
}

impl AnnotationEdit {
    pub(super) fn to(annotation: Annotation) -> Self {
        AnnotationEdit {
            annotation,
            deleted: false,
        }
    }
}

impl Shelf {
    pub(super) fn new(text: Arc<AnchorText>, read: ReadStore, clock: Arc<dyn Clock>) -> Self {
        let ReadStore {
            store,
            records,
            notices,
        } = read;
        let mut shelf = Shelf {
            text,
            store,
            clock,
            records,
            unsaved: BTreeSet::new(),
            annotations: Vec::new(),
            notices,
            has_news: false,
        };
        shelf.look();
        shelf
    }

    /// All annotations, in the order of the paper; those that are lost come last.
    #[must_use]
    pub fn annotations(&self) -> &[Arc<Annotation>] {
        &self.annotations
    }

    /// The bookmarks among them.
    #[must_use]
    pub fn bookmarks(&self) -> Vec<&Annotation> {
        let all = self.annotations.iter().map(Arc::as_ref);
        all.filter(|annotation| annotation.kind == AnnotationKind::Bookmark)
            .collect()
    }

    /// The highlights and the notes on passages among them.
    #[must_use]
    pub fn passages(&self) -> Vec<&Annotation> {
        let all = self.annotations.iter().map(Arc::as_ref);
        all.filter(|annotation| annotation.kind.is_on_passage())
            .collect()
    }

    /// The text that annotations are found in.
    #[must_use]
    pub fn text(&self) -> &AnchorText {
        &self.text
    }

    /// Sets a bookmark; or removes those in the same block. One that is there only as the
    /// likeliest place may belong elsewhere, and stays.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub fn toggle(&mut self, position: Position) -> Result<Toggled, Failure> {
        self.refresh();
        let bookmarks = self.bookmarks().into_iter();
        let here = bookmarks.filter(|bookmark| {
            let block = bookmark.position().map(|position| position.block);
            !bookmark.is_unsure() && block == Some(position.block)
        });
        let ids: Vec<_> = here.map(|bookmark| bookmark.id.clone()).collect();
        if ids.is_empty() {
            return self.add(position).map(Toggled::Added);
        }
        self.remove(&ids)?;
        Ok(Toggled::Removed(ids.len()))
    }

    /// Sets a bookmark, labelled with its first words.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub fn add(&mut self, position: Position) -> Result<AnnotationId, Failure> {
        let anchor = Anchor::at(&self.text, position);
        self.add_on(AnnotationKind::Bookmark, anchor, "")
    }

    /// Highlights a passage, labelled with its first words.
    ///
    /// # Errors
    /// When it has no words, or cannot be saved.
    pub fn highlight(
        &mut self,
        passage: Passage,
        kind: HighlightKind,
    ) -> Result<AnnotationId, Failure> {
        self.add_passage(AnnotationKind::Highlight(kind), passage, "")
    }

    /// Writes a note on a passage.
    ///
    /// # Errors
    /// When the passage has no words, or the note cannot be saved.
    pub fn note_on(&mut self, passage: Passage, note: &str) -> Result<AnnotationId, Failure> {
        self.add_passage(AnnotationKind::Note, passage, &clean_lines(note))
    }

    /// Makes a highlight one of another kind. Anything else stays what it is.
    ///
    /// # Errors
    /// When that cannot be saved.
    pub fn recolour(&mut self, id: &AnnotationId, kind: HighlightKind) -> Result<(), Failure> {
        if id.0.kind != RecordKind::Highlight {
            return Ok(());
        }
        self.edit(ChangeKind::Recolour, id, |annotation| {
            annotation.kind = AnnotationKind::Highlight(kind);
        })
    }

    fn add_passage(
        &mut self,
        kind: AnnotationKind,
        passage: Passage,
        note: &str,
    ) -> Result<AnnotationId, Failure> {
        let anchor = Anchor::over(&self.text, passage);
        if anchor.quote.is_empty() {
            return Err(Failure::NoWords);
        }
        self.add_on(kind, anchor, note)
    }

    fn add_on(
        &mut self,
        kind: AnnotationKind,
        anchor: Anchor,
        note: &str,
    ) -> Result<AnnotationId, Failure> {
        let now = self.clock.now();
        let key = RecordKey::new(kind.record_kind(), id(now, self.clock.random()));
        let id = AnnotationId(key);
        let annotation = Annotation {
            created: now,
            note: note.to_owned(),
            ..Annotation::new(id.clone(), kind, anchor)
        };
        self.change(ChangeKind::Add, vec![AnnotationEdit::to(annotation)])?;
        Ok(id)
    }

    /// Deletes annotations.
    ///
    /// # Errors
    /// When that cannot be saved.
    pub fn remove(&mut self, ids: &[AnnotationId]) -> Result<(), Failure> {
        self.refresh();
        let edits = ids.iter().filter_map(|id| {
            let annotation = undo::snapshot(&self.records, &id.0).annotation?;
            Some(AnnotationEdit {
                annotation,
                deleted: true,
            })
        });
        let edits = edits.collect();
        self.change(ChangeKind::Remove, edits)
    }

    /// Gives an annotation another label; an empty one gives it its first words again.
    ///
    /// # Errors
    /// When that cannot be saved.
    pub fn rename(&mut self, id: &AnnotationId, label: &str) -> Result<(), Failure> {
        let label = clean(label.trim()).into_owned();
        self.edit(ChangeKind::Rename, id, |annotation| {
            annotation.rename(&label);
        })
    }

    /// Writes a note on an annotation, of one or more lines; an empty one takes it away.
    ///
    /// # Errors
    /// When that cannot be saved.
    pub fn annotate(&mut self, id: &AnnotationId, note: &str) -> Result<(), Failure> {
        let note = clean_lines(note);
        self.edit(ChangeKind::Annotate, id, |annotation| {
            annotation.note = note;
        })
    }

    /// Says where a bookmark belongs now, when it was lost or unsure. A label that is its first
    /// words goes with them.
    ///
    /// # Errors
    /// When that cannot be saved.
    pub fn move_to(&mut self, id: &AnnotationId, position: Position) -> Result<(), Failure> {
        let anchor = Anchor::at(&self.text, position);
        self.edit(ChangeKind::Move, id, |annotation| {
            annotation.move_to(anchor);
        })
    }

    /// Puts a highlight or a note on another passage.
    ///
    /// # Errors
    /// When the passage has no words, or the change cannot be saved.
    pub fn move_to_passage(&mut self, id: &AnnotationId, passage: Passage) -> Result<(), Failure> {
        let anchor = Anchor::over(&self.text, passage);
        if anchor.quote.is_empty() {
            return Err(Failure::NoWords);
        }
        self.edit(ChangeKind::Move, id, |annotation| {
            annotation.move_to(anchor);
        })
    }

    /// Undoes the last change to annotations that is not undone yet; none if no such change is kept.
    pub fn undo(&mut self) -> Result<Option<Replayed>, Failure> {
        self.replay(Replay::Undo)
    }

    /// Redoes the change that was undone last; none if no undone change is kept.
    pub fn redo(&mut self) -> Result<Option<Replayed>, Failure> {
        self.replay(Replay::Redo)
    }

    /// Whether there is anything to undo, or to redo.
    #[must_use]
    pub fn can(&self, way: Replay) -> bool {
        undo::next(way, &self.records).is_some()
    }

    fn replay(&mut self, way: Replay) -> Result<Option<Replayed>, Failure> {
        self.refresh();
        let Some(next) = undo::next(way, &self.records) else {
            return Ok(None);
        };
        let replayed = Replayed::new(way, &next, &self.records);
        let snapshots = next.to_put_back(way).iter();
        let now = snapshots
            .clone()
            .map(|there| undo::snapshot(&self.records, &there.key()));
        let now = now.collect();
        for there in snapshots.cloned() {
            self.put_back(there.key(), there.annotation);
        }
        let key = next.key.clone();
        let change = next.turned(way, now, self.next_change());
        self.put(key, false, Body::Change(change));
        self.save()?;
        Ok(Some(replayed))
    }

    /// Looks whether another opcit has changed anything, which costs next to nothing; reads it if
    /// so, and says whether it did.
    pub fn refresh(&mut self) -> bool {
        if !self.store.is_stale() {
            return false;
        }
        let before = self.records.taken();
        let notices = self.store.load(&mut self.records);
        let changed = self.records.taken() != before;
        if changed {
            self.notices.extend(notices);
            self.has_news = true;
            self.look();
        }
        changed
    }

    /// Whether anything of another opcit has come in since this was asked last: by
    /// [`Shelf::refresh`], or by a change made here, which is saved with what others have saved.
    pub fn take_news(&mut self) -> bool {
        std::mem::take(&mut self.has_news)
    }

    /// Takes the paper as it is now, after its file has changed. What is not saved yet stays so.
    pub fn show(&mut self, paper: &Paper, text: &Arc<AnchorText>, origin: &Origin) {
        self.text = Arc::clone(text);
        self.annotations.clear();
        self.look();
        self.note_traits(Traits::new(paper, text, origin.path()));
    }

    /// Takes note of what the paper is known by, to be saved with the next change.
    pub(super) fn note_traits(&mut self, traits: Traits) {
        let noted = description(&self.records);
        let description = Description {
            rest: noted.rest.clone(),
            ..traits.description
        };
        if description != noted {
            let key = RecordKey::new(RecordKind::Paper, "paper");
            self.note_in_passing(key, Body::Paper(description));
        }
        let text = RecordKey::new(RecordKind::Text, traits.hash);
        self.note_if_new(text, Body::Text(Bare::default()));
        if let Some(path) = traits.path {
            let path = RecordKey::new(RecordKind::Path, path);
            self.note_if_new(path, Body::Path(Bare::default()));
        }
    }

    /// Tries to save what could not be saved.
    pub fn retry(&mut self) -> Result<(), Failure> {
        if self.unsaved.is_empty() {
            return Ok(());
        }
        self.save()
    }

    /// What is not on the disk, each in a few words, annotations first; empty if all is.
    #[must_use]
    pub fn unsaved(&self) -> Vec<String> {
        self.unsaved
            .iter()
            .rev()
            .filter_map(|key| self.in_words(key))
            .collect()
    }

    /// Writes everything to a new file in the folder for temporary files or, failing that, in the
    /// current one, and returns its path. [`Shelf::import`] takes what is in it back.
    pub fn rescue(&self) -> Result<PathBuf, Failure> {
        let mut result = Err(Failure::NoFolder);
        for folder in folder::of_last_resort() {
            result = self.store.rescue(&self.records, &folder);
            if result.is_ok() {
                break;
            }
        }
        result
    }

    /// What a reader should be told, once.
    pub fn take_notices(&mut self) -> Vec<ShelfNotice> {
        std::mem::take(&mut self.notices)
    }

    /// Adds what a reader should be told, before what is there.
    pub(super) fn tell(&mut self, notices: Vec<ShelfNotice>) {
        self.notices.splice(0..0, notices);
    }

    pub(super) fn records(&self) -> &Records {
        &self.records
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Notes something about the paper that is worth saving only with something else.
    pub(super) fn note_in_passing(&mut self, key: RecordKey, body: Body) {
        self.put_quietly(key, false, body);
    }

    /// The same, unless it has been noted before.
    pub(super) fn note_if_new(&mut self, key: RecordKey, body: Body) {
        if self.records.get(&key).is_none_or(|here| here.deleted) {
            self.put_quietly(key, false, body);
        }
    }

    /// Makes a change to annotations that can be undone, and saves it.
    pub(super) fn change(
        &mut self,
        step: ChangeKind,
        edits: Vec<AnnotationEdit>,
    ) -> Result<(), Failure> {
        if edits.is_empty() {
            return Ok(());
        }
        self.refresh();
        let keys = edits.iter().map(|edit| &edit.annotation.id.0);
        let before: Vec<_> = keys.map(|key| undo::snapshot(&self.records, key)).collect();
        let kind = undo::change_kind(&before);
        let change = ChangeBody {
            what: step.name().to_owned(),
            before,
            ..ChangeBody::default()
        };
        for edit in edits {
            let key = edit.annotation.id.0.clone();
            self.put(key, edit.deleted, Body::Annotation(edit.annotation));
        }
        let key = RecordKey::new(kind, self.next_change());
        self.put(key, false, Body::Change(change));
        self.save()
    }

    pub(super) fn save(&mut self) -> Result<(), Failure> {
        let before = self.records.taken();
        let result = self.store.save(&mut self.records, self.clock.now());
        self.has_news |= self.records.taken() != before;
        self.look();
        self.notices.extend(result?);
        self.unsaved.clear();
        Ok(())
    }

    /// Changes an annotation; also one that another opcit has just deleted, since who changes it
    /// wants it. What changes nothing is no change, which redoing would make over what was done since.
    fn edit(
        &mut self,
        step: ChangeKind,
        id: &AnnotationId,
        change: impl FnOnce(&mut Annotation),
    ) -> Result<(), Failure> {
        self.refresh();
        let record = self.records.get(&id.0);
        let known = record.and_then(|record| Some((record.deleted, record.annotation()?)));
        let Some((deleted, before)) = known else {
            return Ok(());
        };
        let mut annotation = before.clone();
        change(&mut annotation);
        if annotation == *before && !deleted {
            // What could not be saved before is tried again.
            return self.save();
        }
        self.change(step, vec![AnnotationEdit::to(annotation)])
    }

    /// Makes an annotation what it was at another time.
    fn put_back(&mut self, key: RecordKey, before: Option<Annotation>) {
        let deleted = before.is_none();
        let last = self.records.get(&key).map(|record| record.body.clone());
        let body = before.map(Body::Annotation).or(last);
        self.put(key, deleted, body.unwrap_or(Body::Other));
    }

    /// Puts a record in, later than the one it replaces, to be saved.
    pub(super) fn put(&mut self, key: RecordKey, deleted: bool, body: Body) {
        self.unsaved.insert(key.clone());
        self.put_quietly(key, deleted, body);
    }

    /// Takes a record of another file in, to be saved, unless a later one is here.
    pub(super) fn take(&mut self, key: &RecordKey, record: &Record) -> bool {
        let is_later = self.records.put(key.clone(), record.clone());
        if is_later {
            self.unsaved.insert(key.clone());
        }
        is_later
    }

    fn put_quietly(&mut self, key: RecordKey, deleted: bool, body: Body) {
        // A clock that was set back must not make this change the older one.
        let after = self.records.get(&key).map(|record| record.modified.next());
        let now = self.clock.now().max(after.unwrap_or_default());
        let record = Record::new(&key, now, deleted, body);
        self.records.put(key, record);
    }

    /// An id that is greater than those of all changes, also of one that opcit has not made, and
    /// than the places that they have got since.
    fn next_change(&self) -> String {
        let last = undo::last_order(&self.records).unwrap_or_default();
        let own = last.len().saturating_sub(ID_DIGITS);
        let (before, own) = last.split_at_checked(own).unwrap_or((last, ""));
        let after = own
            .get(..12)
            .and_then(|millis| i64::from_str_radix(millis, 16).ok());
        let after = after.map(|millis| Timestamp::from_millis(millis).next());
        let now = self.clock.now().max(after.unwrap_or_default());
        let next = id(now, self.clock.random());
        let greater = format!("{before}{next}");
        if greater.as_str() > last {
            greater
        } else {
            format!("{last}{next}")
        }
    }

    /// Takes over the annotations of the records, and looks for those whose anchors are new.
    fn look(&mut self) {
        let known = std::mem::take(&mut self.annotations).into_iter();
        let mut known: HashMap<AnnotationId, Arc<Annotation>> = known
            .map(|annotation| (annotation.id.clone(), annotation))
            .collect();
        let effort = Effort::new();
        for (record, kept) in self.records.annotations() {
            let before = known.remove(&kept.id);
            let before = before.filter(|before| before.anchor == kept.anchor);
            let annotation = match before {
                Some(before)
                    if before.modified == record.modified && before.says_the_same(kept) =>
                {
                    before
                }
                before => Arc::new(Annotation {
                    modified: record.modified,
                    found: before
                        .map_or_else(|| kept.find_in(&self.text, &effort), |before| before.found),
                    ..kept.clone()
                }),
            };
            self.annotations.push(annotation);
        }
        let place = |annotation: &Annotation| {
            let position = annotation.position();
            (position.is_none(), position, annotation.anchor.start)
        };
        self.annotations.sort_by(|one, other| {
            let by_place = place(one).cmp(&place(other));
            by_place.then_with(|| one.id.cmp(&other.id))
        });
    }

    fn in_words(&self, key: &RecordKey) -> Option<String> {
        let record = self.records.get(key)?;
        match &record.body {
            Body::Annotation(annotation) => {
                let noun = annotation.kind.name();
                let named = match &annotation.kind {
                    AnnotationKind::Mark(letter) => format!("the {noun} {letter}"),
                    _ => format!("the {noun} “{}”", annotation.label),
                };
                Some(if record.deleted {
                    format!("the removal of {named}")
                } else {
                    named
                })
            }
            Body::Place(_) | Body::Opened(_) => Some("the reading place".to_owned()),
            Body::Settings(_) => Some("how the text is shown".to_owned()),
            _ => None,
        }
    }
}

/// Twelve hexadecimal digits of the time, then eight of chance, so that ids sort by age.
pub(super) fn id(now: Timestamp, random: u32) -> String {
    format!("{:012x}{random:08x}", now.millis())
}

/// A note as it may be shown: each line without what must not reach a terminal.
pub(super) fn clean_lines(note: &str) -> String {
    let lines: Vec<_> = note.trim_end().lines().map(clean).collect();
    lines.join("\n")
}
