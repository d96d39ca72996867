//! What is listed: notes, sections, links and keys.

use std::cmp::Reverse;
use std::io;
use std::sync::Arc;

use super::spoken::{self, counted};
use super::{LineCommand, LineReader, Offered};
use crate::paper::{BlockId, NoteId, Target, sentence_at};
use crate::reader::keys::keymap::Context;
use crate::reader::open::source_comments::{self, Density};
use crate::sources::SourceId;

impl LineReader<'_> {
    /// The note with the number, else the next of those that the paragraph calls.
    pub(super) fn read_note(&mut self, number: Option<u32>) -> io::Result<()> {
        let document = self.document();
        let paper = document.paper();
        if let Some(number) = number {
            return match paper.note_numbered(number) {
                Some(note) => self.say_note(note),
                None => self.say(&format!("there is no note {number}")),
            };
        }
        let open = self.open();
        let block = open.at.and_then(|id| paper.block(id));
        let notes = block.map(spoken::notes).unwrap_or_default();
        match notes.get(open.notes_read).or(notes.first()) {
            Some(&note) => {
                open.notes_read = open.notes_read % notes.len() + 1;
                self.say_note(note)
            }
            None => self.say("no note here; a number before the key names one"),
        }
    }

    fn say_note(&mut self, id: NoteId) -> io::Result<()> {
        let document = self.document();
        let Some(note) = document.paper().note(id) else {
            return Ok(());
        };
        if !note.is_defined() {
            let words = format!("Note {} is not in this paper.", note.number);
            return self.say(&words);
        }
        for block in note.blocks.clone() {
            self.say_block(BlockId(block))?;
        }
        let sources = document.sources();
        for comment in source_comments::answers(document.paper(), sources, id, Density::Spoken) {
            let words = spoken::words(comment.block(), 0..comment.block().text.len());
            self.say(&words)?;
        }
        Ok(())
    }

    pub(super) fn list_notes(&mut self) -> io::Result<()> {
        let document = self.document();
        let paper = document.paper();
        self.say(&format!("{}.", counted(paper.notes.len(), "note", "notes")))?;
        for note in &paper.notes {
            let first = note
                .is_defined()
                .then(|| paper.blocks.get(note.blocks.start));
            let words = first.flatten().map(|block| {
                let start = sentence_at(&block.text, 0).map_or(0, |sentence| sentence.end);
                spoken::words(block, 0..start)
            });
            let words = words.unwrap_or_else(|| "not in this paper".to_owned());
            self.say(&format!("Note {}: {words}", note.number))?;
        }
        Ok(())
    }

    pub(super) fn list_sections(&mut self) -> io::Result<()> {
        let document = self.document();
        for (index, section) in document.paper().sections.iter().enumerate() {
            let (number, name) = (index + 1, section.name().replace('\n', " "));
            self.say(&match section.level {
                0 => format!("Section {number}, without a heading"),
                level => format!("Section {number}, level {level}: {name}"),
            })?;
        }
        Ok(())
    }

    /// Lists what the paper cites, of which a number goes to where one is cited first.
    pub(super) fn list_sources(&mut self) -> io::Result<()> {
        let document = self.document();
        let (paper, sources) = (document.paper(), document.sources());
        let mut all: Vec<_> = sources.all().iter().enumerate().collect();
        if all.is_empty() {
            return self.say("this paper cites no sources");
        }
        all.sort_by_key(|(index, _)| Reverse(sources.used_by(SourceId(*index)).len()));
        self.say(&format!("{}.", counted(all.len(), "source", "sources")))?;
        let mut places = Vec::with_capacity(all.len());
        for (index, (id, source)) in all.into_iter().enumerate() {
            let uses = counted(sources.used_by(SourceId(id)).len(), "use", "uses");
            let place = sources.first_place_of(paper, SourceId(id));
            let first = place.map_or_else(String::new, |place| {
                format!(
                    ", first in {}",
                    spoken::place(paper, place.block).to_lowercase()
                )
            });
            self.say(&format!(
                "Source {}: {uses}{first}. {}",
                index + 1,
                source.text
            ))?;
            places.push(place);
        }
        self.offered = Offered::Places(places);
        self.say("The number of one goes there.")
    }

    pub(super) fn list_links(&mut self) -> io::Result<()> {
        let document = self.document();
        let paper = document.paper();
        let block = self.open().at.and_then(|id| paper.block(id));
        let links = block
            .map(|block| block.links.as_slice())
            .unwrap_or_default();
        if links.is_empty() {
            return self.say("no link here");
        }
        for (index, link) in links.iter().enumerate() {
            let words = block.and_then(|block| block.text.get(link.range.clone()));
            let leads = match &link.target {
                Target::Address(address) => format!("to {address}"),
                Target::Place(place) => format!("to {}", spoken::place(paper, place.block)),
            };
            let words = words.unwrap_or_default();
            self.say(&format!("Link {}: {words}, {leads}", index + 1))?;
        }
        Ok(())
    }

    /// The keys that do something here, as the reader has bound them.
    pub(super) fn list_keys(&mut self) -> io::Result<()> {
        let keymap = Arc::clone(&self.keymap);
        for binding in keymap.bindings(Context::Reading) {
            if let Some(command) = LineCommand::new(&binding.action)
                && !binding.keys.is_empty()
            {
                let words = command.words(binding.short_words());
                self.say(&format!("{}: {words}", binding.keys))?;
            }
        }
        self.say(
            "Enter: the next paragraph. A number before a key counts or names, as on the screen.",
        )
    }
}
