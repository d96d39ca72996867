//! What the reader keeps of a paper that is read in lines: bookmarks, and notes of their own.

use std::io;

use super::{LineReader, Offered, spoken};
use crate::export::counted;
use crate::paper::{BlockId, Passage, Position, clean};
use crate::reader::action::Direction;
use crate::shelf::{Annotation, AnnotationKind, Failure, Replay, Shelf, Toggled};

impl LineReader<'_> {
    /// Sets a bookmark on what was read last, or takes it away.
    pub(super) fn toggle_bookmark(&mut self) -> io::Result<()> {
        let Some(block) = self.open().at else {
            return self.say("nothing has been read yet");
        };
        let place = Position::start_of(block);
        let toggled = self.change(|shelf| {
            let toggled = shelf.toggle(place)?;
            let set = match &toggled {
                Toggled::Added(id) => shelf.annotations().iter().find(|it| it.id == *id),
                Toggled::Removed(_) => None,
            };
            Ok((set.map(|it| it.label.clone()), toggled))
        });
        let words = match toggled {
            Ok((label, Toggled::Added(_))) => {
                format!("bookmark set: “{}”", label.unwrap_or_default())
            }
            Ok((_, Toggled::Removed(1))) => "bookmark removed".to_owned(),
            Ok((_, Toggled::Removed(count))) => format!("{count} bookmarks removed"),
            Err(why) => why,
        };
        self.say(&words)
    }

    /// Writes a note on what was read last: the paragraph, or the sentence.
    pub(super) fn note_on(&mut self, words: &str) -> io::Result<()> {
        let words = clean(words.trim());
        if words.is_empty() {
            return self.say("type your note behind the key");
        }
        let (at, from, to) = (self.open().at, self.open().read_from, self.open().read_to);
        let Some(block) = at else {
            return self.say("nothing has been read yet");
        };
        let place = |offset| Position { block, offset };
        let passage = Passage {
            start: place(from),
            end: place(to),
        };
        match self.change(|shelf| shelf.note_on(passage, &words)) {
            Ok(_) => self.say("note saved"),
            Err(why) => self.say(&why),
        }
    }

    /// Lists all that is kept, of which a number chooses one to go to.
    pub(super) fn list_kept(&mut self) -> io::Result<()> {
        let document = self.document();
        let Some(shelf) = self.open().shelf() else {
            return self.say(NO_SHELF);
        };
        let kept = shelf.annotations().to_vec();
        if kept.is_empty() {
            return self.say("nothing is kept of this paper");
        }
        let counts = counted(kept.iter().map(AsRef::as_ref)).join(", ");
        if !counts.is_empty() {
            self.say(&format!("{counts}."))?;
        }
        for (index, annotation) in kept.iter().enumerate() {
            let place = match annotation.position() {
                None => "its words are lost".to_owned(),
                Some(position) => {
                    let place = spoken::place(document.paper(), position.block);
                    let perhaps = if annotation.is_unsure() {
                        ", perhaps"
                    } else {
                        ""
                    };
                    format!("{place}{perhaps}")
                }
            };
            let words = self.in_words(annotation, true);
            self.say(&format!("Kept {}: {place}. {words}", index + 1))?;
        }
        self.offered = Offered::Places(kept.iter().map(|it| it.position()).collect());
        self.say("The number of one goes there.")
    }

    /// Goes to something that was listed.
    pub(super) fn go_to_listed(
        &mut self,
        offered: Vec<Option<Position>>,
        number: usize,
    ) -> io::Result<()> {
        let chosen = number.checked_sub(1).and_then(|index| offered.get(index));
        match chosen {
            Some(place) => self.jump_to(*place, "that is nowhere in the text"),
            None => {
                self.offered = Offered::Places(offered);
                self.say(&format!("there is no {number} in the list"))
            }
        }
    }

    /// To the next bookmark after what was read last, or the one before.
    pub(super) fn step_bookmark(&mut self, direction: Direction) -> io::Result<()> {
        let here = self.open().at.map_or(0, |block| block.0);
        let shelf = self.open().shelf();
        let bookmarks = shelf.map(|shelf| shelf.bookmarks()).unwrap_or_default();
        let mut places = bookmarks.into_iter().filter_map(Annotation::position);
        let place = match direction {
            Direction::Next => places.find(|place| place.block.0 > here),
            Direction::Previous => places.take_while(|place| place.block.0 < here).last(),
        };
        self.jump_to(place, "no more bookmarks that way")
    }

    /// Undoes the last change to what is kept, or redoes it.
    pub(super) fn replay(&mut self, way: Replay) -> io::Result<()> {
        let replayed = self.change(|shelf| match way {
            Replay::Undo => shelf.undo(),
            Replay::Redo => shelf.redo(),
        });
        let words = match (replayed, way) {
            (Ok(Some(replayed)), _) => replayed.to_string(),
            (Ok(None), Replay::Undo) => "nothing left to undo".to_owned(),
            (Ok(None), Replay::Redo) => "nothing left to redo".to_owned(),
            (Err(why), _) => why,
        };
        self.say(&words)
    }

    /// Says what is kept of a block that is read.
    pub(super) fn say_kept(&mut self, block: BlockId) -> io::Result<()> {
        let Some(shelf) = self.open().shelf() else {
            return Ok(());
        };
        let is_here = |kept: &Annotation| {
            let position = kept.position();
            position.is_some_and(|position| position.block == block) && kept.letter().is_none()
        };
        let all = shelf.annotations().iter();
        let here: Vec<_> = all.filter(|kept| is_here(kept)).cloned().collect();
        for kept in here {
            let words = match (&kept.kind, kept.note.is_empty()) {
                (AnnotationKind::Bookmark, true) => "A bookmark of yours.".to_owned(),
                // The words of a note on all of the paragraph have just been read.
                (AnnotationKind::Note, _) => {
                    let is_whole = kept.position() == Some(Position::start_of(block));
                    self.in_words(&kept, !is_whole)
                }
                _ => self.in_words(&kept, true),
            };
            self.say(&words)?;
        }
        Ok(())
    }

    /// What something that is kept is, with or without its words, and the reader's note on it.
    fn in_words(&self, kept: &Annotation, has_label: bool) -> String {
        let what = match &kept.kind {
            AnnotationKind::Bookmark => "Bookmark".to_owned(),
            AnnotationKind::Mark(letter) => format!("Mark {letter}"),
            AnnotationKind::Highlight(kind) => format!("Highlight, {}", self.kinds.name(kind)),
            _ => "Note of yours".to_owned(),
        };
        let label = match kept.label.as_str() {
            label if label.is_empty() || !has_label => String::new(),
            label => format!(" on “{label}”"),
        };
        match kept.note.as_str() {
            "" if label.is_empty() => format!("{what}."),
            "" => format!("{what}{label}"),
            note => format!("{what}{label}: {}", note.replace('\n', " ")),
        }
    }

    /// Changes what is kept. Gives what came of it, or why it is not saved.
    fn change<T>(
        &mut self,
        change: impl FnOnce(&mut Shelf) -> Result<T, Failure>,
    ) -> Result<T, String> {
        let shelf = self.open().shelf().ok_or_else(|| NO_SHELF.to_owned())?;
        change(shelf).map_err(|failure| format!("not saved: {failure}"))
    }
}

/// Why nothing can be kept.
const NO_SHELF: &str =
    "several papers that you have read may be this one: open it on the screen once, and say which";
