//! Reading without a screen, for who reads by ear or by touch: a paragraph at a time, as plain lines
//! that are never repainted. What is typed at the prompt are the keys of the screen.

mod spoken;
mod typed;

use std::io::{self, BufRead, Read, Write};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::action::{Action, Direction, Motion};
use super::config::Config;

use super::keys::keymap::{Context, Keymap};
use super::open::selecting::Select;
use super::open::source_comments::{self, Density};
use crate::document::Document;
use crate::layout::lay_out;

use crate::paper::{BlockId, Composed, Kind, NoteId, Paper, Position, Target, clean, sentence_at};
use crate::search::{Match, Mode, Query, find, paragraph_of_paper, percentage_of_paper, rank};
use spoken::counted;
use typed::TypedLine;

/// The most bytes of a line that are heard. Whoever pastes a book wants it not searched for.
const MAX_LINE_BYTES: u64 = 4096;
/// How many blocks the keys for a screen read on.
const BLOCKS_OF_SCREEN: usize = 5;

/// Reads a paper to somebody in lines of at most so many columns, and hears what they type, until
/// they quit or nothing more comes.
///
/// # Errors
/// Those of input and output.
pub fn read_in_lines(
    document: &Document,
    config: &Config,
    columns: u16,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> io::Result<()> {
    let mut reader = LineReader::new(document, config, columns, output);
    reader.begin()?;
    loop {
        reader.prompt()?;
        let mut typed = Vec::new();
        let read = input.take(MAX_LINE_BYTES).read_until(b'\n', &mut typed)?;
        let typed = String::from_utf8_lossy(&typed);
        if read == 0 || reader.handle(&typed)?.is_break() {
            return Ok(());
        }
    }
}

/// Somebody who reads in lines, and where they are.
struct LineReader<'a> {
    document: &'a Document,
    keymap: Arc<Keymap>,
    columns: u16,
    output: &'a mut dyn Write,
    /// The block that was read last; none before the first.
    at: Option<BlockId>,
    /// Where in it the sentence ends that was read last.
    offset: usize,
    /// How many of its notes have been read.
    notes_read: usize,
    /// Where jumps began.
    left: Vec<BlockId>,
    matches: Vec<Match>,
    /// Which of the matches was read last.
    at_match: usize,
}

impl<'a> LineReader<'a> {
    fn new(
        document: &'a Document,
        config: &Config,
        columns: u16,
        output: &'a mut dyn Write,
    ) -> Self {
        LineReader {
            document,
            keymap: Arc::clone(&config.keymap),
            columns,
            output,
            at: None,
            offset: 0,
            notes_read: 0,
            left: Vec::new(),
            matches: Vec::new(),
            at_match: 0,
        }
    }

    fn paper(&self) -> &'a Paper {
        self.document.paper()
    }

    /// The title page, and what to type.
    fn begin(&mut self) -> io::Result<()> {
        let blocks = &self.paper().blocks;
        let titles = blocks
            .iter()
            .take_while(|block| !block.is_authors())
            .count();
        for id in (0..titles).map(BlockId) {
            self.say_block(id)?;
        }
        self.at = titles.checked_sub(1).map(BlockId);
        let key = |name: &str| self.keymap.key_of(Context::Reading, name);
        let (help, note, quit) = (key("help"), key("note"), key("quit"));
        let words =
            format!("Enter reads on, {note} reads a note, {help} lists all keys, {quit} quits.");
        self.say(&words)
    }

    fn prompt(&mut self) -> io::Result<()> {
        write!(self.output, "> ")?;
        self.output.flush()
    }

    /// Does what a line asks for. Breaks when the reader quits.
    fn handle(&mut self, typed: &str) -> io::Result<ControlFlow<()>> {
        let mut rest = typed.trim_end_matches(['\r', '\n']);
        loop {
            let TypedLine {
                action,
                count,
                after,
            } = match typed::understand(&self.keymap, rest) {
                Ok(understood) => understood,
                Err(unknown) => {
                    self.say(&unknown)?;
                    return Ok(ControlFlow::Continue(()));
                }
            };
            let takes_words = matches!(action, Action::Search | Action::Goto);
            if action == Action::Quit {
                return Ok(ControlFlow::Break(()));
            }
            self.act(&action, count, after)?;
            if takes_words || after.is_empty() {
                return Ok(ControlFlow::Continue(()));
            }
            rest = after;
        }
    }

    fn act(&mut self, action: &Action, count: Option<u32>, words: &str) -> io::Result<()> {
        match action {
            Action::Move(motion) => self.travel(*motion, count),
            Action::Percent => {
                let place = count.and_then(|count| percentage_of_paper(self.paper(), count));
                self.jump_to(place, "there is no such place")
            }
            Action::Note => self.read_note(count),
            Action::Notes => self.list_notes(),
            Action::Outline => self.list_sections(),
            Action::OpenLink => self.list_links(),
            Action::Search => self.search(words),
            Action::StepMatch(direction) => self.step_match(*direction),
            Action::Goto => {
                let from = Position::start_of(self.at.unwrap_or_default());
                let places = rank(words, self.paper(), from, &[]);
                self.jump_to(
                    places.first().map(|place| place.position),
                    "there is no such place",
                )
            }
            Action::Back => match self.left.pop() {
                Some(block) => self.go_to(block),
                None => self.say("nowhere to go back to"),
            },
            Action::Select(Select::Again) => match self.at {
                Some(block) => self.go_to(block),
                None => self.say("nothing has been read yet"),
            },
            Action::Help => self.list_keys(),
            _ => self.say("that key does nothing without a screen"),
        }
    }

    fn travel(&mut self, motion: Motion, count: Option<u32>) -> io::Result<()> {
        let times = count.map_or(1, |count| count as usize);
        match motion {
            Motion::Sentence(Direction::Next) => self.read_sentence(),
            Motion::Line(direction) | Motion::Paragraph(direction) => self.step(direction, times),
            Motion::Sentence(direction) => self.step(direction, 1),
            Motion::Screen(direction) | Motion::HalfScreen(direction) => match direction {
                Direction::Next => {
                    for _ in 0..BLOCKS_OF_SCREEN {
                        self.step(direction, 1)?;
                    }
                    Ok(())
                }
                Direction::Previous => self.step(direction, BLOCKS_OF_SCREEN),
            },
            Motion::Section(direction) => self.step_section(direction, times),
            Motion::End(direction) => match (count, direction) {
                (Some(number), _) => {
                    let place = paragraph_of_paper(self.paper(), number);
                    self.jump_to(place, "there is no such paragraph")
                }
                (None, Direction::Previous) => self.jump_to(Some(Position::default()), ""),
                (None, Direction::Next) => {
                    let last = BlockId(self.paper().blocks.len());
                    let last = self.neighbour(Some(last), Direction::Previous);
                    self.jump_to(last.map(Position::start_of), "there is no text")
                }
            },
        }
    }

    /// The next block that has something to say.
    fn neighbour(&self, from: Option<BlockId>, direction: Direction) -> Option<BlockId> {
        let has_words = |id: &BlockId| !spoken::block(self.paper(), *id).is_empty();
        let count = self.paper().blocks.len();
        match (from, direction) {
            (Some(BlockId(at)), Direction::Previous) => {
                (0..at.min(count)).rev().map(BlockId).find(has_words)
            }
            (Some(BlockId(at)), Direction::Next) => (at + 1..count).map(BlockId).find(has_words),
            (None, Direction::Next) => (0..count).map(BlockId).find(has_words),
            (None, Direction::Previous) => None,
        }
    }

    fn step(&mut self, direction: Direction, times: usize) -> io::Result<()> {
        let mut found = None;
        for _ in 0..times.min(self.paper().blocks.len()) {
            match self.neighbour(found.or(self.at), direction) {
                Some(next) => found = Some(next),
                None => break,
            }
        }
        match (found, direction) {
            (Some(block), _) => self.go_to(block),
            (None, Direction::Next) => self.say("the end of the paper"),
            (None, Direction::Previous) => self.say("the beginning of the paper"),
        }
    }

    /// The sentence after the one that was read last.
    fn read_sentence(&mut self) -> io::Result<()> {
        let block = self.at.and_then(|id| self.paper().block(id));
        let sentence = block.and_then(|block| {
            let rest = block.text.get(self.offset..)?;
            let start = self.offset + rest.len() - rest.trim_start().len();
            let found = sentence_at(&block.text, start)?;
            (found.end > self.offset).then(|| (spoken::words(block, start..found.end), found.end))
        });
        if let Some((words, end)) = sentence {
            self.offset = end;
            return self.say(&words);
        }
        let Some(next) = self.neighbour(self.at, Direction::Next) else {
            return self.say("the end of the paper");
        };
        self.arrive(next);
        match self.paper().block(next).map(|block| &block.kind) {
            Some(Kind::Paragraph) => {
                self.offset = 0;
                self.read_sentence()
            }
            _ => self.say_block(next),
        }
    }

    fn step_section(&mut self, direction: Direction, times: usize) -> io::Result<()> {
        let here = self.at.map_or(0, |block| block.0);
        let sections = &self.paper().sections;
        let found = match direction {
            Direction::Next => sections
                .iter()
                .filter(|section| section.blocks.start > here)
                .nth(times.saturating_sub(1)),
            Direction::Previous => sections
                .iter()
                .rev()
                .filter(|section| section.blocks.start < here)
                .nth(times.saturating_sub(1)),
        };
        let place = found.map(|section| Position::start_of(BlockId(section.blocks.start)));
        self.jump_to(place, "no more sections that way")
    }

    fn jump_to(&mut self, place: Option<Position>, otherwise: &str) -> io::Result<()> {
        let Some(place) = place else {
            return self.say(otherwise);
        };
        self.left.extend(self.at);
        self.go_to(place.block)
    }

    /// Reads a block, where the reader is from then on.
    fn go_to(&mut self, block: BlockId) -> io::Result<()> {
        self.arrive(block);
        self.say_block(block)
    }

    fn arrive(&mut self, block: BlockId) {
        self.at = Some(block);
        self.offset = self
            .paper()
            .block(block)
            .map_or(0, |block| block.text.len());
        self.notes_read = 0;
    }

    fn say_block(&mut self, id: BlockId) -> io::Result<()> {
        let lines = spoken::block(self.paper(), id);
        lines.iter().try_for_each(|line| self.say(line))
    }

    /// The note with the number, else the next of those that the paragraph calls.
    fn read_note(&mut self, number: Option<u32>) -> io::Result<()> {
        if let Some(number) = number {
            return match self.paper().note_numbered(number) {
                Some(note) => self.say_note(note),
                None => self.say(&format!("there is no note {number}")),
            };
        }
        let block = self.at.and_then(|id| self.paper().block(id));
        let notes = block.map(spoken::notes).unwrap_or_default();
        match notes.get(self.notes_read).or(notes.first()) {
            Some(&note) => {
                self.notes_read = self.notes_read % notes.len() + 1;
                self.say_note(note)
            }
            None => self.say("no note here; a number before the key names one"),
        }
    }

    fn say_note(&mut self, id: NoteId) -> io::Result<()> {
        let Some(note) = self.paper().note(id) else {
            return Ok(());
        };
        if !note.is_defined() {
            let words = format!("Note {} is not in this paper.", note.number);
            return self.say(&words);
        }
        for block in note.blocks.clone() {
            self.say_block(BlockId(block))?;
        }
        let sources = self.document.sources();
        for comment in source_comments::answers(self.paper(), sources, id, Density::Beside) {
            let words = spoken::words(comment.block(), 0..comment.block().text.len());
            self.say(&words.replace('→', "This is source"))?;
        }
        Ok(())
    }

    fn list_notes(&mut self) -> io::Result<()> {
        let paper = self.paper();
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

    fn list_sections(&mut self) -> io::Result<()> {
        let paper = self.paper();
        for (index, section) in paper.sections.iter().enumerate() {
            let (number, name) = (index + 1, section.name().replace('\n', " "));
            self.say(&format!(
                "Section {number}, level {}: {name}",
                section.level
            ))?;
        }
        Ok(())
    }

    fn list_links(&mut self) -> io::Result<()> {
        let block = self.at.and_then(|id| self.paper().block(id));
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
                Target::Place(place) => format!("to {}", spoken::place(self.paper(), place.block)),
            };
            let words = words.unwrap_or_default();
            self.say(&format!("Link {}: {words}, {leads}", index + 1))?;
        }
        Ok(())
    }

    fn search(&mut self, pattern: &str) -> io::Result<()> {
        let pattern = clean(pattern);
        let query = match Query::parse(&pattern, Mode::Plain) {
            Ok(query) if !pattern.is_empty() => query,
            Ok(_) => return self.say("type the words to search for behind the key"),
            Err(error) => return self.say(&error.to_string()),
        };
        self.matches = find(self.paper(), query);
        if self.matches.is_empty() {
            return self.say(&format!("“{pattern}” is not in this paper"));
        }
        let here = self.at.unwrap_or_default();
        let after = self
            .matches
            .iter()
            .position(|found| found.passage.start.block > here);
        self.at_match = after.unwrap_or(0);
        self.say_match()
    }

    fn step_match(&mut self, direction: Direction) -> io::Result<()> {
        let count = self.matches.len();
        if count == 0 {
            return self.say("nothing has been searched for");
        }
        self.at_match = match direction {
            Direction::Next => (self.at_match + 1) % count,
            Direction::Previous => (self.at_match + count - 1) % count,
        };
        self.say_match()
    }

    /// The sentence with the match, where the reader is from then on.
    fn say_match(&mut self) -> io::Result<()> {
        let Some(found) = self.matches.get(self.at_match) else {
            return Ok(());
        };
        let (start, number, count) = (found.passage.start, self.at_match + 1, self.matches.len());
        let place = spoken::place(self.paper(), start.block);
        self.left.extend(self.at);
        self.arrive(start.block);
        self.say(&format!("Match {number} of {count}. {place}."))?;
        let block = self.paper().block(start.block);
        let sentence = block.and_then(|block| {
            let range = sentence_at(&block.text, start.offset)?;
            Some((spoken::words(block, range.clone()), range.end))
        });
        match sentence {
            Some((words, end)) => {
                self.offset = end;
                self.say(&words)
            }
            None => self.say_block(start.block),
        }
    }

    /// The keys that do something here, as the reader has bound them.
    fn list_keys(&mut self) -> io::Result<()> {
        let keymap = Arc::clone(&self.keymap);
        for binding in keymap.bindings(Context::Reading) {
            if is_heard(&binding.action) && !binding.keys.is_empty() {
                self.say(&format!(
                    "{}: {}",
                    binding.keys,
                    words_without_screen(binding.short_words())
                ))?;
            }
        }
        self.say(
            "Enter: the next paragraph. A number before a key counts or names, as on the screen.",
        )
    }

    /// Writes a line, broken between words where it is longer than the terminal is wide.
    fn say(&mut self, words: &str) -> io::Result<()> {
        let mut composed = Composed::default();
        composed.push(words);
        let block = composed.into_block(Vec::new());
        let layout = lay_out(&block, self.columns);
        for line in layout.lines.iter().skip(layout.lead) {
            let words: String = line.runs.iter().map(|run| run.text.as_str()).collect();
            writeln!(self.output, "{}", words.trim_end())?;
        }
        Ok(())
    }
}

/// Whether an action does something without a screen.
fn is_heard(action: &Action) -> bool {
    matches!(
        action,
        Action::Move(_)
            | Action::Percent
            | Action::Note
            | Action::Notes
            | Action::Outline
            | Action::OpenLink
            | Action::Search
            | Action::StepMatch(_)
            | Action::Goto
            | Action::Back
            | Action::Select(Select::Again)
            | Action::Help
            | Action::Quit
    )
}

/// What the help says of a key, where there is no screen.
fn words_without_screen(words: &str) -> &str {
    match words {
        "select again what was selected last" => "read this again",
        words => words,
    }
}

#[cfg(test)]
mod tests;
