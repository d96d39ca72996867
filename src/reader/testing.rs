//! A reader in a test: keys in, screens out.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;

use super::action::{Action, Effect};
use super::draw::{self, Hits};
use super::keeper::{Keeper, Unsaved};
use super::key::Key;
use super::keymap;
use super::state::State;
use crate::formats;
use crate::paper::Paper;
use crate::shelf::{Library, Origin};
use crate::sources::Sources;

/// So long that nothing stays lit, and that the disk is looked at again.
const A_WHILE: Duration = Duration::from_secs(10);

/// A reader program without a terminal. Its clock stands still; it has a disk if it is given one.
pub(super) struct Desk {
    pub(super) state: State,
    pub(super) effects: Vec<Effect>,
    keeper: Option<Keeper>,
    now: Instant,
}

impl Desk {
    /// Opens a paper on a screen of so many columns and rows.
    pub(super) fn open(markdown: &str, columns: u16, rows: u16) -> Self {
        Desk::open_paper(formats::markdown::parse(markdown).paper, columns, rows)
    }

    /// The same, on a paper that was read already.
    pub(super) fn open_paper(paper: Paper, columns: u16, rows: u16) -> Self {
        let paper = Arc::new(paper);
        let sources = Arc::new(Sources::read(&paper));
        let mut desk = Desk::unread(paper, columns, rows);
        desk.act(Action::TakeSources(sources));
        desk
    }

    /// Opens a paper whose sources have not been read yet.
    pub(super) fn unread(paper: Arc<Paper>, columns: u16, rows: u16) -> Self {
        Desk {
            state: State::new(paper, Size::new(columns, rows)),
            effects: Vec::new(),
            keeper: None,
            now: Instant::now(),
        }
    }

    /// Opens the paper that opcit carries.
    pub(super) fn open_own(columns: u16, rows: u16) -> Self {
        Desk::open(formats::embedded(), columns, rows)
    }

    /// Presses keys, named as in the table of keys and parted by spaces. After each, the work is
    /// done that goes on between keys.
    pub(super) fn press(mut self, keys: &str) -> Self {
        for name in keys.split(' ').filter(|name| !name.is_empty()) {
            self = self.press_at_once(name);
            while self.state.has_work() {
                self = self.work();
            }
        }
        self
    }

    /// Does a piece of the work that goes on between keys.
    pub(super) fn work(mut self) -> Self {
        self.act(Action::Work);
        self
    }

    /// Presses a key, and leaves it at that.
    pub(super) fn press_at_once(mut self, name: &str) -> Self {
        let key: Key = name.parse().unwrap();
        self.act(keymap::action(self.state.context(), key));
        self
    }

    /// Types text, letter by letter.
    pub(super) fn types(mut self, text: &str) -> Self {
        for letter in text.chars() {
            let name = Key::Char(letter).to_string();
            self = self.press(&name);
        }
        self
    }

    pub(super) fn act(&mut self, action: Action) {
        let mut actions = VecDeque::from([action]);
        while let Some(action) = actions.pop_front() {
            match (self.state.update(action, self.now), &mut self.keeper) {
                (Some(Effect::Keep(change)), Some(keeper)) => {
                    actions.extend(keeper.perform(change));
                }
                (effect, _) => self.effects.extend(effect),
            }
        }
    }

    /// Opens what is kept in the folder about the paper, as one that comes from there.
    pub(super) fn with_shelf(mut self, folder: &Path, origin: Origin) -> Self {
        self.open_shelf(folder, origin);
        self
    }

    pub(super) fn open_shelf(&mut self, folder: &Path, origin: Origin) {
        let library = Library::new(Some(folder.to_owned()));
        let paper = Arc::clone(&self.state.app.open.paper);
        let mut keeper = Keeper::new(library, paper, origin);
        let news = keeper.take(keeper.opening()());
        self.keeper = Some(keeper);
        news.into_iter().for_each(|action| self.act(action));
    }

    /// Sees what another has changed on the disk, as at an input after a while.
    pub(super) fn glance(mut self) -> Self {
        self.glance_at(Instant::now() + A_WHILE);
        self
    }

    /// Sees what another has changed on the disk, as at an input at that time.
    pub(super) fn glance_at(&mut self, now: Instant) {
        let keeper = self.keeper.as_mut().expect("a shelf");
        let news = keeper.glance(now);
        news.into_iter().for_each(|action| self.act(action));
    }

    /// Keeps the reading place, as is done now and then while somebody reads.
    pub(super) fn keep_place(&mut self) {
        if let Some(keeper) = &mut self.keeper {
            keeper.keep_place(&self.state.here()).unwrap();
        }
    }

    /// Quits, and gives what could not be saved.
    pub(super) fn quit(self) -> Unsaved {
        self.keeper.expect("a shelf").end(Some(&self.state.here()))
    }

    pub(super) fn resize(mut self, columns: u16, rows: u16) -> Self {
        self.act(Action::Resize(Size::new(columns, rows)));
        self
    }

    /// Lets so much time pass that nothing stays lit.
    pub(super) fn wait(mut self) -> Self {
        self.pass_time();
        self
    }

    pub(super) fn pass_time(&mut self) {
        self.now += A_WHILE;
        self.act(Action::Expire);
    }

    /// What the clock shows.
    pub(super) fn now(&self) -> Instant {
        self.now
    }

    /// Clicks on the first place where the screen shows the text.
    pub(super) fn click(mut self, text: &str) -> Self {
        let (terminal, hits) = self.draw();
        let rows = rows_of(&terminal);
        let (row, column) = rows
            .iter()
            .enumerate()
            .find_map(|(row, line)| {
                Some((row, line.split(text).next()?.chars().count()))
                    .filter(|_| line.contains(text))
            })
            .unwrap_or_else(|| panic!("{text:?} is not on the screen:\n{}", rows.join("\n")));
        let hit = hits.at(u16::try_from(column).unwrap(), u16::try_from(row).unwrap());
        self.act(Action::Click(hit.expect("nothing there can be clicked")));
        self
    }

    /// The screen as a backend, for snapshots.
    pub(super) fn screen(&self) -> TestBackend {
        self.draw().0.backend().clone()
    }

    /// The screen's rows, without the blanks at their ends.
    pub(super) fn rows(&self) -> Vec<String> {
        rows_of(&self.draw().0)
    }

    pub(super) fn text(&self) -> String {
        self.rows().join("\n")
    }

    /// Asserts that the screen shows the text.
    pub(super) fn shows(self, text: &str) -> Self {
        assert!(
            self.text().contains(text),
            "{text:?} is not on the screen:\n{}",
            self.text()
        );
        self
    }

    pub(super) fn shows_no(self, text: &str) -> Self {
        assert!(
            !self.text().contains(text),
            "{text:?} is on the screen:\n{}",
            self.text()
        );
        self
    }

    /// The row that the terminal's cursor is in, with `▮` before its cell where it is shown, and
    /// `▯` where it is hidden.
    pub(super) fn cursor_row(&self) -> String {
        let (terminal, hits) = self.draw();
        let cursor = hits.cursor().expect("a screen with cells");
        let buffer = terminal.backend().buffer();
        let mut row = String::new();
        for x in 0..buffer.area.width {
            if x == cursor.cell.x {
                row.push(if cursor.is_shown { '▮' } else { '▯' });
            }
            row.push_str(buffer[(x, cursor.cell.y)].symbol());
        }
        row.trim_end().to_owned()
    }

    fn draw(&self) -> (Terminal<TestBackend>, Hits) {
        let size = self.state.size();
        let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
        let mut hits = Hits::default();
        terminal
            .draw(|frame| hits = draw::draw(&self.state, frame.buffer_mut()))
            .unwrap();
        (terminal, hits)
    }
}

fn rows_of(terminal: &Terminal<TestBackend>) -> Vec<String> {
    let buffer = terminal.backend().buffer();
    let row = |y| {
        let cells = (0..buffer.area.width).map(|x| buffer[(x, y)].symbol());
        cells.collect::<String>().trim_end().to_owned()
    };
    (0..buffer.area.height).map(row).collect()
}
