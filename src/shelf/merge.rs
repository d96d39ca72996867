//! All records about a paper, and bringing two versions of them together.
//!
//! Of each record the version that was changed last is kept, and a deleted record stays as one that
//! says so. That makes a merge the greatest of each pair in a total order: it comes out the same in
//! whatever order versions meet, and however often.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::annotation::Annotation;
use super::record::{Body, ChangeBody, Record, RecordKey, RecordKind};

/// How many of the latest changes to annotations can be undone or redone, whatever they are.
const MAX_CHANGES: usize = 100;

/// How many can be that hold a note or a label of the reader's own. A key that is held down makes
/// a hundred changes in a few seconds, and must not push out words that are nowhere else.
const MAX_CHANGES_WITH_WORDS: usize = 1_000;

/// How long the lines of all those may be together.
const MAX_CHANGES_BYTES: usize = 8 << 20;

/// The records about a paper, in the order of the file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Records {
    by_key: BTreeMap<RecordKey, Record>,
    /// How many were ever taken in.
    taken: usize,
}

impl PartialEq for Records {
    fn eq(&self, other: &Self) -> bool {
        self.by_key == other.by_key
    }
}

impl Records {
    /// Takes a record in, unless a later version of it is here; says whether it was taken.
    pub(crate) fn put(&mut self, key: RecordKey, record: Record) -> bool {
        match self.by_key.entry(key) {
            Entry::Vacant(place) => {
                place.insert(record);
            }
            Entry::Occupied(mut here) if here.get().order() < record.order() => {
                here.insert(record);
            }
            Entry::Occupied(_) => return false,
        }
        self.taken += 1;
        true
    }

    /// Takes all records of another version in; says whether any was later.
    pub(crate) fn merge(&mut self, other: Records) -> bool {
        if self.by_key.is_empty() {
            self.taken += other.by_key.len();
            self.by_key = other.by_key;
            return !self.by_key.is_empty();
        }
        let mut changed = false;
        for (key, record) in other.by_key {
            changed |= self.put(key, record);
        }
        changed
    }

    /// What has grown if a record was taken in meanwhile.
    pub(crate) fn taken(&self) -> usize {
        self.taken
    }

    pub(crate) fn get(&self, key: &RecordKey) -> Option<&Record> {
        self.by_key.get(key)
    }

    /// All, also those that say that something was deleted.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (&RecordKey, &Record)> {
        self.by_key.iter()
    }

    /// Those of a kind that are not deleted.
    pub(crate) fn of_kind(
        &self,
        kind: RecordKind,
    ) -> impl DoubleEndedIterator<Item = (&str, &Record)> {
        let records = self.by_key.iter();
        records
            .filter(move |(key, record)| key.kind == kind && !record.deleted)
            .map(|(key, record)| (key.id.as_str(), record))
    }

    /// The annotations, by kind and then by age.
    pub(crate) fn annotations(&self) -> impl Iterator<Item = (&Record, &Annotation)> {
        let records = self.by_key.values().filter(|record| !record.deleted);
        records.filter_map(|record| match &record.body {
            Body::Annotation(annotation) => Some((record, annotation)),
            _ => None,
        })
    }

    /// The changes to annotations, in no order.
    pub(crate) fn changes(&self) -> impl Iterator<Item = (&RecordKey, &ChangeBody)> {
        let records = self.by_key.iter().filter(|(_, record)| !record.deleted);
        records.filter_map(|(key, record)| match &record.body {
            Body::Change(change) => Some((key, change)),
            _ => None,
        })
    }

    /// Forgets the oldest changes, beyond those that are kept to be undone or redone.
    pub(crate) fn forget_old_changes(&mut self) {
        let changes = self
            .by_key
            .iter()
            .filter(|(key, _)| matches!(key.kind, RecordKind::Change | RecordKind::Edit));
        let mut changes: Vec<(&RecordKey, &Record)> = changes.collect();
        changes.sort_by(|one, other| order(other).cmp(order(one)));
        let (mut bytes, mut with_words) = (0_usize, 0_usize);
        let mut old = Vec::new();
        for (index, (key, record)) in changes.into_iter().enumerate() {
            bytes = bytes.saturating_add(record.line().len());
            let has_words = has_own_words(record);
            with_words += usize::from(has_words);
            let is_kept =
                has_words && with_words <= MAX_CHANGES_WITH_WORDS && bytes <= MAX_CHANGES_BYTES;
            if index >= MAX_CHANGES && !is_kept {
                bytes = bytes.saturating_sub(record.line().len());
                old.push(key.clone());
            }
        }
        for key in old {
            self.by_key.remove(&key);
        }
    }
}

/// A change's place among the changes.
fn order<'a>((key, record): &(&'a RecordKey, &'a Record)) -> &'a str {
    match &record.body {
        Body::Change(change) => change.order.as_deref().unwrap_or(&key.id),
        _ => &key.id,
    }
}

/// Whether a change holds a note or a label of the reader's own.
fn has_own_words(record: &Record) -> bool {
    let Body::Change(change) = &record.body else {
        return false;
    };
    let snapshots = change.before.iter().chain(&change.after);
    let mut annotations = snapshots.filter_map(|snapshot| snapshot.annotation.as_ref());
    annotations.any(|annotation| !annotation.note.is_empty() || annotation.has_own_label())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::shelf::timestamp::Timestamp;

    /// Few ids, moments and labels, so that versions meet often.
    fn record() -> impl Strategy<Value = (RecordKey, Record)> {
        (0..4_u8, 0..3_i64, any::<bool>(), "[ab]?").prop_map(|(id, at, deleted, label)| {
            let key = RecordKey::new(RecordKind::Bookmark, id.to_string());
            let body = Annotation {
                label,
                ..Annotation::default()
            };
            let moment = Timestamp::from_millis(at);
            let record = Record::new(&key, moment, deleted, Body::Annotation(body));
            (key, record)
        })
    }

    fn records() -> impl Strategy<Value = Records> {
        prop::collection::vec(record(), 0..6).prop_map(|records| {
            let mut all = Records::default();
            for (key, record) in records {
                all.put(key, record);
            }
            all
        })
    }

    fn merged(one: &Records, other: &Records) -> Records {
        let mut one = one.clone();
        one.merge(other.clone());
        one
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn versions_merge_to_the_same_in_any_order_and_however_often(
            a in records(), b in records(), c in records(),
        ) {
            prop_assert_eq!(merged(&a, &b), merged(&b, &a));
            prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
            prop_assert_eq!(merged(&a, &a), a.clone());
            prop_assert_eq!(merged(&merged(&a, &b), &b), merged(&a, &b));
        }
    }

    #[track_caller]
    fn check(versions: [(i64, bool, &str); 2], kept: Option<&str>) {
        let key = RecordKey::new(RecordKind::Bookmark, "id");
        let mut records = Records::default();
        for (at, deleted, label) in versions {
            let label = label.to_owned();
            let body = Annotation {
                label,
                ..Annotation::default()
            };
            let at = Timestamp::from_millis(at);
            records.put(
                key.clone(),
                Record::new(&key, at, deleted, Body::Annotation(body)),
            );
        }
        let label = records
            .annotations()
            .next()
            .map(|(_, body)| body.label.as_str());
        assert_eq!(label, kept);
    }

    #[test]
    fn a_bookmark_edited_after_it_was_deleted_elsewhere_is_kept() {
        check([(1, true, "old"), (2, false, "new")], Some("new"));
        check([(2, false, "new"), (1, true, "old")], Some("new"));
    }

    #[test]
    fn a_bookmark_deleted_after_it_was_edited_elsewhere_is_gone() {
        check([(1, false, "new"), (2, true, "old")], None);
    }

    #[test]
    fn a_bookmark_edited_and_deleted_at_once_is_kept() {
        check([(1, true, "old"), (1, false, "new")], Some("new"));
    }

    #[test]
    fn a_hundred_changes_are_kept_and_those_the_latest() {
        let mut records = Records::default();
        for number in 0..150_i64 {
            let key = RecordKey::new(RecordKind::Change, format!("{number:03}"));
            let body = Body::Change(super::super::record::ChangeBody::default());
            let record = Record::new(&key, Timestamp::from_millis(number), false, body);
            records.put(key, record);
        }
        records.forget_old_changes();
        let ids: Vec<_> = records
            .of_kind(RecordKind::Change)
            .map(|(id, _)| id)
            .collect();
        assert_eq!((ids.len(), ids.first()), (100, Some(&"050")));
    }
}
