//! Reading without a screen, for who reads by ear or by touch: a paragraph at a time, as plain lines
//! that are never repainted. What is typed at the prompt are the keys of the screen.

mod command;
mod finding;
mod keeping;
mod lists;
mod papers;
pub(super) mod spoken;
mod travel;
mod typed;

use std::io::{self, BufRead, Read, Write};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::StartPage;
use super::action::LibraryPaper;
use super::config::Config;
use super::keys::keymap::{Context, Keymap};
use super::kinds::KindNames;
use crate::document::Document;
use crate::layout::lay_out;
use crate::paper::{BlockId, Composed, Kind, Position, clean};
use crate::shelf::Origin;
use command::LineCommand;
use papers::LinePaper;
use typed::TypedLine;

pub use papers::LinearPapers;

/// The most bytes of a line that are read as keys. No name and no pattern is so long, and the rest
/// of a book that was pasted is not a row of keys.
const MAX_LINE_BYTES: u64 = 4096;

/// Reads papers to somebody in lines of at most so many columns, and hears what they type, until
/// they quit or nothing more comes.
///
/// # Errors
/// Those of input and output.
pub fn read_in_lines(
    papers: LinearPapers,
    config: &Config,
    columns: u16,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> io::Result<()> {
    let mut reader = LineReader {
        papers,
        offered: Offered::Nothing,
        keymap: Arc::clone(&config.keymap),
        kinds: &config.kinds,
        columns,
        output,
    };
    reader.begin()?;
    loop {
        reader.keep_place();
        reader.prompt()?;
        let control = match next_line(input)? {
            None => ControlFlow::Break(()),
            Some(Ok(typed)) => reader.handle(&typed)?,
            Some(Err(TooLong)) => {
                let words = format!("a line of more than {MAX_LINE_BYTES} bytes is not read");
                reader.say(&words)?;
                ControlFlow::Continue(())
            }
        };
        if control.is_break() {
            return reader.end();
        }
    }
}

/// A line that is too long to have been typed.
struct TooLong;

/// The next line that was typed, without its end; none where nothing more comes. A line that is too
/// long is passed over as a whole.
fn next_line(input: &mut dyn BufRead) -> io::Result<Option<Result<String, TooLong>>> {
    let mut typed = Vec::new();
    let read = input.take(MAX_LINE_BYTES).read_until(b'\n', &mut typed)?;
    if read == 0 {
        return Ok(None);
    }
    if typed.last() == Some(&b'\n') || (read as u64) < MAX_LINE_BYTES {
        let typed = String::from_utf8_lossy(&typed);
        let typed = typed.trim_end_matches(['\r', '\n']);
        return Ok(Some(Ok(typed.to_owned())));
    }
    while typed.last().is_some_and(|last| *last != b'\n') {
        typed.clear();
        input.take(MAX_LINE_BYTES).read_until(b'\n', &mut typed)?;
    }
    Ok(Some(Err(TooLong)))
}

/// What was listed last, if a number chooses from it now.
#[derive(Debug, Default)]
enum Offered {
    #[default]
    Nothing,
    Papers(Vec<LibraryPaper>),
    /// Where what is kept is, or sources are cited first; none of what is nowhere in the text.
    Places(Vec<Option<Position>>),
}

/// Somebody who reads in lines, and where they are.
struct LineReader<'a> {
    papers: LinearPapers,
    offered: Offered,
    keymap: Arc<Keymap>,
    kinds: &'a KindNames,
    columns: u16,
    output: &'a mut dyn Write,
}

impl LineReader<'_> {
    fn document(&self) -> Arc<Document> {
        Arc::clone(&self.papers.open.document)
    }

    /// The paper that is being read.
    fn open(&mut self) -> &mut LinePaper {
        &mut self.papers.open
    }

    /// What is read first, and what to type.
    fn begin(&mut self) -> io::Result<()> {
        let key = |name: &str| self.keymap.key_of(Context::Reading, name);
        let (help, note, quit) = (key("help"), key("note"), key("quit"));
        let words =
            format!("Enter reads on, {note} reads a note, {help} lists all keys, {quit} quits.");
        match self.papers.start.clone() {
            StartPage::Paper(_) => {
                self.say_title()?;
                self.say(&words)?;
                self.come_back()
            }
            StartPage::Library(wanted) => self.list_library(&wanted),
            StartPage::Folder(folder) => self.list_folder(&folder),
        }
    }

    /// The title page, where the reader is from then on.
    fn say_title(&mut self) -> io::Result<()> {
        let document = self.document();
        let blocks = document.paper().blocks.iter();
        let titles = blocks.take_while(|block| !block.is_authors()).count();
        let mut title_page = document.paper().blocks.iter().take(titles);
        if title_page.all(|block| block.kind != Kind::Title) {
            self.say_name(&document)?;
        }
        for id in (0..titles).map(BlockId) {
            self.say_block(id)?;
        }
        self.open().at = titles.checked_sub(1).map(BlockId);
        Ok(())
    }

    /// What a paper is called whose title page does not say it: by its title, else by its file.
    fn say_name(&mut self, document: &Document) -> io::Result<()> {
        let title = &document.paper().title;
        match document.origin() {
            _ if !title.is_empty() => self.say(&format!("Title: {}", title.replace('\n', " "))),
            Origin::File(path) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                self.say(&format!("File: {}", clean(&name)))
            }
            _ => Ok(()),
        }
    }

    fn prompt(&mut self) -> io::Result<()> {
        write!(self.output, "> ")?;
        self.output.flush()
    }

    /// Does what a line asks for. Breaks when the reader quits.
    fn handle(&mut self, typed: &str) -> io::Result<ControlFlow<()>> {
        let offered = std::mem::take(&mut self.offered);
        if let Ok(number) = typed.parse::<usize>() {
            let chosen = match offered {
                Offered::Nothing => None,
                Offered::Papers(papers) => Some(self.choose(papers, number)),
                Offered::Places(places) => Some(self.go_to_listed(places, number)),
            };
            if let Some(chosen) = chosen {
                return chosen.map(ControlFlow::Continue);
            }
        }
        let mut rest = typed;
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
            let command = LineCommand::new(&action);
            match command {
                Some(LineCommand::Quit) => return Ok(ControlFlow::Break(())),
                Some(command) => self.act(command, count, after)?,
                None => self.say("that key does nothing without a screen")?,
            }
            if command.is_some_and(LineCommand::takes_words) || after.is_empty() {
                return Ok(ControlFlow::Continue(()));
            }
            rest = after;
        }
    }

    fn act(&mut self, command: LineCommand, count: Option<u32>, words: &str) -> io::Result<()> {
        match command {
            LineCommand::Travel(motion) => self.travel(motion, count),
            LineCommand::Percent => self.go_to_percentage(count),
            LineCommand::Note => self.read_note(count),
            LineCommand::Notes => self.list_notes(),
            LineCommand::Outline => self.list_sections(),
            LineCommand::Sources => self.list_sources(),
            LineCommand::Links => self.list_links(),
            LineCommand::Search => self.search(words),
            LineCommand::StepMatch(direction) => self.step_match(direction),
            LineCommand::Goto => self.go_to_named(words),
            LineCommand::Back => match self.open().left.pop() {
                Some(block) => self.go_to(block),
                None => self.say("nowhere to go back to"),
            },
            LineCommand::ReadAgain => match self.open().at {
                Some(block) => self.go_to(block),
                None => self.say("nothing has been read yet"),
            },
            LineCommand::ToggleBookmark => self.toggle_bookmark(),
            LineCommand::StepBookmark(direction) => self.step_bookmark(direction),
            LineCommand::Annotate => self.note_on(words),
            LineCommand::Kept => self.list_kept(),
            LineCommand::Replay(way) => self.replay(way),
            LineCommand::PaperBefore => self.go_to_paper_before(),
            LineCommand::Library => self.list_library(""),
            LineCommand::Help => self.list_keys(),
            // The loop over the line has ended with it.
            LineCommand::Quit => Ok(()),
        }
    }

    /// Reads a block, where the reader is from then on.
    fn go_to(&mut self, block: BlockId) -> io::Result<()> {
        self.open().arrive(block);
        self.say_block(block)?;
        self.say_kept(block)
    }

    fn say_block(&mut self, id: BlockId) -> io::Result<()> {
        let lines = spoken::block(self.document().paper(), id);
        lines.iter().try_for_each(|line| self.say(line))
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

#[cfg(test)]
mod tests;
