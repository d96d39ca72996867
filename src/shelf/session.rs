//! What is kept about one paper, while it is read.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Map;

use super::anchor::Anchor;
use super::bookmark::{Bookmark, BookmarkId, Kept};
use super::failure::{Failure, Notice};
use super::find::{Certainty, Effort, Found, find_within};
use super::folder;
use super::merge::Records;
use super::moment::{Clock, Moment};
use super::record::{Body, BookmarkBody, ChangeBody, Key, Kind, Record};
use super::store::Store;
use super::text::Text;
use super::undo::{self, Replayed, Step, Way};
use crate::paper::{Paper, Position, clean};

/// How many figures an id has.
const ID: usize = 20;

/// How many characters of the words make a label.
const LABEL: usize = 48;

/// What a reader keeps about the paper at hand.
///
/// Every change is on the disk when its method returns `Ok`. On a failure, the change is made in
/// memory all the same: [`Shelf::unsaved`] tells of it, [`Shelf::retry`] and every later change
/// save it too, and [`Shelf::rescue`] writes it elsewhere.
#[derive(Debug)]
pub struct Shelf {
    text: Text,
    store: Store,
    clock: Arc<dyn Clock>,
    records: Records,
    unsaved: BTreeSet<Key>,
    bookmarks: Vec<Kept>,
    notices: Vec<Notice>,
    /// Whether something that another has changed came in since that was asked last.
    has_news: bool,
}

/// What setting or taking away a bookmark did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Toggled {
    Added(BookmarkId),
    /// How many stood there.
    Removed(usize),
}

/// A bookmark as it is to be from now on.
pub(super) struct Edit {
    pub(super) id: String,
    pub(super) bookmark: BookmarkBody,
    pub(super) deleted: bool,
}

impl Shelf {
    pub(super) fn new(text: Text, mut store: Store, clock: Arc<dyn Clock>) -> Self {
        let mut records = Records::default();
        let notices = store.load(&mut records);
        let mut shelf = Shelf {
            text,
            store,
            clock,
            records,
            unsaved: BTreeSet::new(),
            bookmarks: Vec::new(),
            notices,
            has_news: false,
        };
        shelf.look();
        shelf
    }

    /// All bookmarks, in the order of the paper; those that are lost come last.
    #[must_use]
    pub fn bookmarks(&self) -> &[Kept] {
        &self.bookmarks
    }

    /// The text that bookmarks are found in.
    #[must_use]
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// Sets a bookmark; or removes those that stand in the same block. One that is there only as
    /// the likeliest place may belong elsewhere, and stays.
    pub fn toggle(&mut self, position: Position) -> Result<Toggled, Failure> {
        self.refresh();
        let here = self.bookmarks.iter().filter(|kept| {
            matches!(kept.found, Found::Here { passage, certainty }
                if certainty != Certainty::Unsure && passage.start.block == position.block)
        });
        let ids: Vec<_> = here.map(|kept| kept.bookmark.id.clone()).collect();
        if ids.is_empty() {
            return self.add(position).map(Toggled::Added);
        }
        self.remove(&ids)?;
        Ok(Toggled::Removed(ids.len()))
    }

    /// Sets a bookmark, labelled with its first words.
    pub fn add(&mut self, position: Position) -> Result<BookmarkId, Failure> {
        let now = self.clock.now();
        let id = id(now, self.clock.random());
        let anchor = Anchor::at(&self.text, position);
        let bookmark = BookmarkBody {
            label: label(&anchor),
            note: String::new(),
            created: now,
            anchor,
            rest: Map::new(),
        };
        let deleted = false;
        let edit = Edit {
            id: id.clone(),
            bookmark,
            deleted,
        };
        self.change(Step::Add, vec![edit])?;
        Ok(BookmarkId(id))
    }

    /// Takes bookmarks away.
    pub fn remove(&mut self, ids: &[BookmarkId]) -> Result<(), Failure> {
        self.refresh();
        let edits = ids.iter().filter_map(|id| {
            let bookmark = undo::snapshot(&self.records, id.as_str()).bookmark?;
            Some(Edit {
                id: id.0.clone(),
                bookmark,
                deleted: true,
            })
        });
        let edits = edits.collect();
        self.change(Step::Remove, edits)
    }

    /// Gives a bookmark another label; an empty one gives it its first words again.
    pub fn rename(&mut self, id: &BookmarkId, label: &str) -> Result<(), Failure> {
        let label = clean(label.trim()).into_owned();
        self.edit_one(Step::Rename, id, |bookmark| {
            bookmark.label = match label.as_str() {
                "" => self::label(&bookmark.anchor),
                _ => label.clone(),
            };
        })
    }

    /// Writes a note on a bookmark, of one or more lines; an empty one takes it away.
    pub fn annotate(&mut self, id: &BookmarkId, note: &str) -> Result<(), Failure> {
        let lines: Vec<_> = note.trim_end().lines().map(clean).collect();
        let note = lines.join("\n");
        self.edit_one(Step::Annotate, id, |bookmark| {
            bookmark.note.clone_from(&note);
        })
    }

    /// Says where a bookmark belongs now, when it was lost or unsure. A label that is its first words
    /// goes with them.
    pub fn move_to(&mut self, id: &BookmarkId, position: Position) -> Result<(), Failure> {
        let anchor = Anchor::at(&self.text, position);
        self.edit_one(Step::Move, id, |bookmark| {
            if bookmark.label == label(&bookmark.anchor) {
                bookmark.label = label(&anchor);
            }
            bookmark.anchor = anchor.clone();
        })
    }

    /// Undoes the last change to bookmarks that is not undone yet; none if no such change is kept.
    pub fn undo(&mut self) -> Result<Option<Replayed>, Failure> {
        self.replay(Way::Undo)
    }

    /// Redoes the change that was undone last; none if no undone change is kept.
    pub fn redo(&mut self) -> Result<Option<Replayed>, Failure> {
        self.replay(Way::Redo)
    }

    /// Whether there is anything to undo, or to redo.
    #[must_use]
    pub fn can(&self, way: Way) -> bool {
        undo::next(way, &self.records).is_some()
    }

    fn replay(&mut self, way: Way) -> Result<Option<Replayed>, Failure> {
        self.refresh();
        let Some(next) = undo::next(way, &self.records) else {
            return Ok(None);
        };
        let replayed = Replayed::new(way, &next, &self.records);
        let snapshots = next.to_put_back(way).iter();
        let now = snapshots
            .clone()
            .map(|there| undo::snapshot(&self.records, &there.id));
        let now = now.collect();
        for there in snapshots.cloned() {
            self.put_back(there.id, there.bookmark);
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

    /// Takes the paper as it is now, after its file has changed.
    pub fn show(&mut self, paper: &Paper) {
        self.text = Text::of(paper);
        self.bookmarks.clear();
        self.look();
    }

    /// Tries to save what could not be saved.
    pub fn retry(&mut self) -> Result<(), Failure> {
        if self.unsaved.is_empty() {
            return Ok(());
        }
        self.save()
    }

    /// What is not on the disk, each in a few words, bookmarks first; empty if all is.
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
    pub fn take_notices(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.notices)
    }

    /// Adds what a reader should be told, before what is there.
    pub(super) fn tell(&mut self, notices: Vec<Notice>) {
        self.notices.splice(0..0, notices);
    }

    pub(super) fn records(&self) -> &Records {
        &self.records
    }

    pub(super) fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Notes something about the paper that is worth saving only with something else.
    pub(super) fn note_in_passing(&mut self, key: Key, body: Body) {
        self.put_quietly(key, false, body);
    }

    /// The same, unless it has been noted before.
    pub(super) fn note_if_new(&mut self, key: Key, body: Body) {
        if self.records.get(&key).is_none_or(|here| here.deleted) {
            self.put_quietly(key, false, body);
        }
    }

    /// Makes a change to bookmarks that can be undone, and saves it.
    pub(super) fn change(&mut self, step: Step, edits: Vec<Edit>) -> Result<(), Failure> {
        if edits.is_empty() {
            return Ok(());
        }
        self.refresh();
        let ids = edits.iter().map(|edit| edit.id.as_str());
        let change = ChangeBody {
            what: step.name().to_owned(),
            before: ids.map(|id| undo::snapshot(&self.records, id)).collect(),
            ..ChangeBody::default()
        };
        for edit in edits {
            let key = Key::new(Kind::Bookmark, edit.id);
            self.put(key, edit.deleted, Body::Bookmark(edit.bookmark));
        }
        let key = Key::new(Kind::Change, self.next_change());
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

    fn edit_one(
        &mut self,
        step: Step,
        id: &BookmarkId,
        change: impl Fn(&mut BookmarkBody),
    ) -> Result<(), Failure> {
        self.refresh();
        let edits = self.edit(id, change).into_iter().collect();
        self.change(step, edits)
    }

    /// The bookmark with a change to it; also one that another opcit has just taken away, since
    /// who changes it wants it.
    fn edit(&self, id: &BookmarkId, change: impl Fn(&mut BookmarkBody)) -> Option<Edit> {
        let record = self.records.get(&Key::new(Kind::Bookmark, id.as_str()))?;
        let Body::Bookmark(bookmark) = &record.body else {
            return None;
        };
        let mut bookmark = bookmark.clone();
        change(&mut bookmark);
        let id = id.0.clone();
        let deleted = false;
        Some(Edit {
            id,
            bookmark,
            deleted,
        })
    }

    /// Makes a bookmark what it was at another moment.
    fn put_back(&mut self, id: String, before: Option<BookmarkBody>) {
        let key = Key::new(Kind::Bookmark, id);
        let deleted = before.is_none();
        let last = self.records.get(&key).map(|record| record.body.clone());
        let body = before.map(Body::Bookmark).or(last);
        self.put(key, deleted, body.unwrap_or(Body::Other));
    }

    /// Puts a record in, later than the one it replaces, to be saved.
    pub(super) fn put(&mut self, key: Key, deleted: bool, body: Body) {
        self.unsaved.insert(key.clone());
        self.put_quietly(key, deleted, body);
    }

    /// Takes a record of another file in, to be saved, unless a later one is here.
    pub(super) fn take(&mut self, key: &Key, record: &Record) -> bool {
        let is_later = self.records.put(key.clone(), record.clone());
        if is_later {
            self.unsaved.insert(key.clone());
        }
        is_later
    }

    fn put_quietly(&mut self, key: Key, deleted: bool, body: Body) {
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
        let own = last.len().saturating_sub(ID);
        let (before, own) = last.split_at_checked(own).unwrap_or((last, ""));
        let after = own
            .get(..12)
            .and_then(|millis| i64::from_str_radix(millis, 16).ok());
        let after = after.map(|millis| Moment::from_millis(millis).next());
        let now = self.clock.now().max(after.unwrap_or_default());
        let next = id(now, self.clock.random());
        let greater = format!("{before}{next}");
        match greater.as_str() > last {
            true => greater,
            false => format!("{last}{next}"),
        }
    }

    /// Takes over the bookmarks of the records, and looks for those whose anchors are new.
    fn look(&mut self) {
        let known = std::mem::take(&mut self.bookmarks).into_iter();
        let mut known: HashMap<BookmarkId, Kept> =
            known.map(|kept| (kept.bookmark.id.clone(), kept)).collect();
        let effort = Effort::new();
        for (id, record, body) in self.records.bookmarks() {
            let id = BookmarkId(id.to_owned());
            let kept = match known.remove(&id) {
                Some(kept) if kept.bookmark.is(record, body) => kept,
                other => {
                    let same = other.filter(|kept| kept.bookmark.anchor == body.anchor);
                    Kept {
                        bookmark: Bookmark::of(id, record, body),
                        found: same.map_or_else(
                            || find_within(&body.anchor, &self.text, &effort),
                            |kept| kept.found,
                        ),
                    }
                }
            };
            self.bookmarks.push(kept);
        }
        let place = |kept: &Kept| {
            let start = kept.found.passage().map(|passage| passage.start);
            (start.is_none(), start, kept.bookmark.anchor.start)
        };
        self.bookmarks.sort_by(|one, other| {
            let by_place = place(one).cmp(&place(other));
            by_place.then_with(|| one.bookmark.id.cmp(&other.bookmark.id))
        });
    }

    fn in_words(&self, key: &Key) -> Option<String> {
        let record = self.records.get(key)?;
        match &record.body {
            Body::Bookmark(bookmark) if record.deleted => {
                Some(format!("the removal of the bookmark “{}”", bookmark.label))
            }
            Body::Bookmark(bookmark) => Some(format!("the bookmark “{}”", bookmark.label)),
            Body::Mark(_) => Some(format!("the mark {}", clean(&key.id))),
            Body::Place(_) => Some("the reading place".to_owned()),
            Body::Settings(_) => Some("width and notes".to_owned()),
            _ => None,
        }
    }
}

/// Twelve hexadecimal figures of the time, then eight of chance, so that ids sort by age.
pub(super) fn id(now: Moment, random: u32) -> String {
    format!("{:012x}{random:08x}", now.millis())
}

/// The first words, for a label.
pub(super) fn label(anchor: &Anchor) -> String {
    match anchor.first_words(LABEL) {
        words if !words.is_empty() => words,
        _ if !anchor.heading.is_empty() => anchor.heading.clone(),
        _ => "a place without text".to_owned(),
    }
}
