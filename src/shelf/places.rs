//! Marks, the reading place and the settings of the paper at hand.

use serde_json::Map;

use super::anchor::Anchor;
use super::annotation::{
    Annotation, AnnotationId, AnnotationKind, MarkLetter, ReadingPlace, ReadingSettings,
};
use super::failure::Failure;
use super::find::find;
use super::record::{
    Body, OpenedBody, PlaceBody, Record, RecordKey, RecordKind, RefusedBody, SettingsBody,
};
use super::session::Shelf;
use crate::paper::{BlockId, MendingKind, Position};

impl Shelf {
    /// Puts a mark at a place, in the stead of the one of that letter.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub fn set_mark(&mut self, letter: MarkLetter, position: Position) -> Result<(), Failure> {
        self.refresh();
        let anchor = Anchor::at(self.text(), position);
        let key = RecordKey::new(RecordKind::Mark, letter.to_string());
        let id = AnnotationId(key.clone());
        let mark = Annotation::new(id, AnnotationKind::Mark(letter), anchor);
        self.put(key, false, Body::Annotation(mark));
        self.save()
    }

    /// The mark of a letter, if there is one.
    #[must_use]
    pub fn mark(&self, letter: MarkLetter) -> Option<&Annotation> {
        let all = self.annotations().iter().map(AsRef::as_ref);
        let mut marks = all.filter(|mark: &&Annotation| mark.letter() == Some(letter));
        marks.next()
    }

    /// All marks, by letter.
    #[must_use]
    pub fn marks(&self) -> Vec<&Annotation> {
        let all = self.annotations().iter().map(AsRef::as_ref);
        let mut marks: Vec<&Annotation> = all
            .filter(|mark: &&Annotation| mark.letter().is_some())
            .collect();
        marks.sort_by_key(|mark| mark.letter());
        marks
    }

    /// Keeps the reading place, and how far into the body the reader has seen, from 0 to 1; the
    /// furthest of what was ever kept is what stays.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub fn set_place(&mut self, position: Position, read: f64) -> Result<(), Failure> {
        self.keep_place(position, None, read)
    }

    /// The same with the block at or below the place that keys act on.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub fn set_place_with_current(
        &mut self,
        position: Position,
        current: BlockId,
        read: f64,
    ) -> Result<(), Failure> {
        let below = current.0.checked_sub(position.block.0);
        self.keep_place(position, below, read)
    }

    /// Keeps that the paper has been opened now, and how far into the body has been seen, from 0 to 1.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub fn note_opening(&mut self, read: f64) -> Result<(), Failure> {
        self.refresh();
        let opened = self.records().of_kind(RecordKind::Opened).next();
        let before = match opened.map(|(_, record)| &record.body) {
            Some(Body::Opened(opened)) => opened.clone(),
            _ => OpenedBody::default(),
        };
        let opened = OpenedBody {
            read: rounded(read).max(before.read),
            ..before
        };
        let key = RecordKey::new(RecordKind::Opened, "last");
        self.put(key, false, Body::Opened(opened));
        self.save()
    }

    fn keep_place(
        &mut self,
        position: Position,
        below: Option<usize>,
        read: f64,
    ) -> Result<(), Failure> {
        self.refresh();
        let furthest = self.place_kept().map_or(0.0, |(_, place)| place.read);
        let place = PlaceBody {
            progress: rounded(self.text().progress(position)),
            read: rounded(read).max(furthest),
            below,
            anchor: Anchor::at(self.text(), position),
            rest: Map::new(),
        };
        self.put(
            RecordKey::new(RecordKind::Place, "last"),
            false,
            Body::Place(place),
        );
        self.save()
    }

    /// Where the reader stopped, if ever.
    #[must_use]
    pub fn place(&self) -> Option<ReadingPlace> {
        let (record, place) = self.place_kept()?;
        let found = find(&place.anchor, self.text());
        let position = match found.passage() {
            Some(passage) => passage.start,
            None => self.text().position_at_progress(place.progress),
        };
        // With other words between them it may be another one.
        let is_same_text = place.anchor.text == self.text().hash();
        let below = place
            .below
            .filter(|_| is_same_text && found.passage().is_some());
        Some(ReadingPlace {
            position,
            found,
            current: below.map(|below| BlockId(position.block.0.saturating_add(below))),
            progress: place.progress,
            read: place.read,
            when: record.modified,
        })
    }

    fn place_kept(&self) -> Option<(&Record, &PlaceBody)> {
        let (_, record) = self.records().of_kind(RecordKind::Place).next()?;
        match &record.body {
            Body::Place(place) => Some((record, place)),
            _ => None,
        }
    }

    /// Keeps how the reader likes to see this paper.
    pub fn set_settings(&mut self, settings: &ReadingSettings) -> Result<(), Failure> {
        self.refresh();
        let before = self.settings_body();
        // Kinds that a newer opcit knows stay as they are.
        let unknown = before.refused.iter().filter(|one| one.entry().is_none());
        let refused = settings.refused.entries().map(RefusedBody::from);
        let body = SettingsBody {
            columns: settings.columns,
            notes: settings.notes.clone(),
            justified: settings.justified,
            spread: settings.spread,
            refused: refused.chain(unknown.cloned()).collect(),
            ..before.clone()
        };
        self.put(
            RecordKey::new(RecordKind::Settings, "last"),
            false,
            Body::Settings(body),
        );
        self.save()
    }

    /// How the reader likes to see this paper.
    #[must_use]
    pub fn settings(&self) -> ReadingSettings {
        let body = self.settings_body();
        ReadingSettings {
            columns: body.columns,
            notes: body.notes,
            justified: body.justified,
            spread: body.spread,
            refused: body.refused.iter().filter_map(RefusedBody::entry).collect(),
        }
    }

    fn settings_body(&self) -> SettingsBody {
        let settings = self.records().of_kind(RecordKind::Settings).next();
        match settings.map(|(_, record)| &record.body) {
            Some(Body::Settings(settings)) => settings.clone(),
            _ => SettingsBody::default(),
        }
    }
}

impl RefusedBody {
    /// The kind and the line; none if the kind is not known.
    fn entry(&self) -> Option<(MendingKind, u32)> {
        Some((MendingKind::from_code(&self.code)?, self.line))
    }
}

impl From<(MendingKind, u32)> for RefusedBody {
    fn from((kind, line): (MendingKind, u32)) -> Self {
        RefusedBody {
            code: kind.code().to_owned(),
            line,
        }
    }
}

/// To a ten-thousandth, so that a file's lines stay short.
fn rounded(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}
