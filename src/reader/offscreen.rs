//! A reader without a terminal, for pictures and measurements.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use super::action::{Action, Effect};
use super::canvas::Canvas;
use super::keeper::Keeper;
use super::key::{Key, UnknownKey};
use super::state::State;
use super::{draw, keymap, terminal, theme};
use crate::paper::Paper;
use crate::shelf::{Library, Origin};
use crate::sources::Sources;

/// What lights up for a moment after a key is dark again after this long.
const A_WHILE: Duration = Duration::from_secs(60);

/// A paper on a screen that nobody sees. What a key does outside the screen is not done: nothing
/// is copied or opened, nothing kept unless there is a shelf, and no key quits.
#[derive(Debug)]
pub struct Offscreen<W: Write> {
    state: State,
    canvas: Canvas<W>,
    keeper: Option<Keeper>,
}

impl<W: Write> Offscreen<W> {
    /// Opens a paper on a screen of this size, which is clamped as a terminal's is. Frames are
    /// written to `output`, as to a terminal.
    pub fn open(paper: Arc<Paper>, size: Size, output: W) -> Self {
        Offscreen {
            state: State::new(paper, terminal::clamp(size)),
            canvas: Canvas::new(output),
            keeper: None,
        }
    }

    /// Opens what is kept about the paper, as the program does beside its first frame.
    pub fn open_shelf(&mut self, library: Library, origin: Origin) {
        let mut keeper = Keeper::new(library, Arc::clone(&self.state.app.open.paper), origin);
        let opening = keeper.opening();
        let news = keeper.take(opening());
        self.keeper = Some(keeper);
        news.into_iter().for_each(|action| self.act(action));
    }

    /// Shows what short citations stand for, as the program does some time after its first frame.
    pub fn take_sources(&mut self, sources: Arc<Sources>) {
        self.act(Action::TakeSources(sources));
    }

    /// Presses keys, which are named as in the table of keys and parted by blanks, and does the
    /// work that goes on between keys.
    ///
    /// # Errors
    ///
    /// When no key has one of the names; those before it have been pressed.
    pub fn press(&mut self, keys: &str) -> Result<(), UnknownKey> {
        for name in keys.split_whitespace() {
            let key: Key = name.parse()?;
            self.act(keymap::action(self.state.context(), key));
            while self.state.has_work() {
                self.act(Action::Work);
            }
        }
        Ok(())
    }

    /// Gives the screen another size.
    pub fn resize(&mut self, size: Size) {
        self.canvas.invalidate();
        self.act(Action::Resize(terminal::clamp(size)));
    }

    /// Writes what makes a terminal show the screen as it is now.
    ///
    /// # Errors
    ///
    /// When the output cannot be written.
    pub fn draw(&mut self) -> io::Result<()> {
        let state = &self.state;
        let paint = |buffer: &mut Buffer, _| ((), draw::draw(state, buffer).cursor());
        self.canvas.draw_with_cursor(state.size(), paint)
    }

    fn act(&mut self, action: Action) {
        let mut actions = VecDeque::from([action]);
        while let Some(action) = actions.pop_front() {
            let effect = self.state.update(action, Instant::now());
            // Of the world there is only the shelf here.
            if let (Some(Effect::Keep(change)), Some(keeper)) = (effect, &mut self.keeper) {
                actions.extend(keeper.perform(change));
            }
        }
    }
}

/// The screen as it stays after these keys: what lights up for a moment is dark again, and the
/// cursor is a cell in reverse.
///
/// # Errors
///
/// When no key has one of the names.
pub fn frame(paper: Arc<Paper>, size: Size, keys: &str) -> Result<Buffer, UnknownKey> {
    let sources = Arc::new(Sources::read(&paper));
    let mut screen = Offscreen::open(paper, size, io::sink());
    screen.take_sources(sources);
    screen.press(keys)?;
    let mut state = screen.state;
    let _ = state.update(Action::Expire, Instant::now() + A_WHILE);
    let area = Rect::from((Position::ORIGIN, state.size()));
    let mut buffer = Buffer::empty(area);
    let cursor = draw::draw(&state, &mut buffer).cursor();
    if let Some(cursor) = cursor.filter(|cursor| cursor.is_shown) {
        let cell = Rect::from((cursor.cell, Size::new(1, 1)));
        buffer.set_style(cell, theme::lit());
    }
    Ok(buffer)
}
