//! Searching, and going to what has a name.

use std::io;
use std::path::PathBuf;

use super::{LineReader, spoken};
use crate::paper::{Position, clean, sentence_at};
use crate::reader::action::{Direction, PaperRequest};
use crate::reader::overlays::goto::typed_path;
use crate::search::{Mode, Query, find, rank};

impl LineReader<'_> {
    /// Goes to a section, a note or another place by its name, or opens another paper.
    pub(super) fn go_to_named(&mut self, name: &str) -> io::Result<()> {
        let name = clean(name);
        if name.trim().is_empty() {
            return self.say("type where to go behind the key: a section, n14, p12 or 42%");
        }
        if let Some(path) = typed_path(&name) {
            return self.open_paper(PaperRequest::new(PathBuf::from(path)));
        }
        let from = Position::start_of(self.open().at.unwrap_or_default());
        let places = rank(&name, self.document().paper(), from, &[]);
        let place = places.first().map(|place| place.position);
        self.jump_to(place, "there is no such place")
    }

    /// Searches on from where what was read last begins.
    pub(super) fn search(&mut self, pattern: &str) -> io::Result<()> {
        let pattern = clean(pattern);
        let query = match Query::parse(&pattern, Mode::Plain) {
            Ok(query) if !pattern.is_empty() => query,
            Ok(_) => return self.say("type the words to search for behind the key"),
            Err(error) => return self.say(&error.to_string()),
        };
        let found = find(self.document().paper(), query);
        if found.is_empty() {
            return self.say(&format!("“{pattern}” is not in this paper"));
        }
        let open = self.open();
        open.matches = found;
        open.at_match = None;
        self.step_match(Direction::Next)
    }

    /// The match after the one that was read last, or before it; where the reader has read on since,
    /// the one after or before what was read last. After the last one comes the first.
    pub(super) fn step_match(&mut self, direction: Direction) -> io::Result<()> {
        let open = self.open();
        let count = open.matches.len();
        if count == 0 {
            return self.say("nothing has been searched for");
        }
        let here = Position {
            block: open.at.unwrap_or_default(),
            offset: open.read_from,
        };
        let before = || {
            let matches = &open.matches;
            matches.partition_point(|found| found.passage.start < here)
        };
        let next = match (open.at_match, direction) {
            (Some(at), Direction::Next) => at + 1,
            (Some(at), Direction::Previous) => at + count - 1,
            (None, Direction::Next) => before(),
            (None, Direction::Previous) => before() + count - 1,
        };
        self.say_match(next % count)
    }

    /// The sentence with a match, where the reader is from then on.
    fn say_match(&mut self, index: usize) -> io::Result<()> {
        let open = self.open();
        let count = open.matches.len();
        let Some(start) = open.matches.get(index).map(|found| found.passage.start) else {
            return Ok(());
        };
        open.leave();
        open.arrive(start.block);
        open.at_match = Some(index);
        let document = self.document();
        let place = spoken::place(document.paper(), start.block);
        let number = index + 1;
        self.say(&format!("Match {number} of {count}. {place}."))?;
        let block = document.paper().block(start.block);
        let sentence = block.and_then(|block| {
            let range = sentence_at(&block.text, start.offset)?;
            Some((spoken::words(block, range.clone()), range))
        });
        match sentence {
            Some((words, range)) => {
                let open = self.open();
                open.read_from = range.start;
                open.read_to = range.end;
                self.say(&words)
            }
            None => self.say_block(start.block),
        }
    }
}
