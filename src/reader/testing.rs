//! A reader in a test: keys in, screens out.

use std::io;
use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::backend::{Backend, TestBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use super::action::Action;
use super::draw::{self, ClickMap};
use super::keys::key::Key;
use super::offscreen::ScriptedSession;
use super::persistence::Unsaved;
use super::session::Session;
use crate::document::Document;
use crate::formats;
use crate::paper::Paper;
use crate::shelf::{Library, Origin};
use crate::terminal::events::{Event, EventSource};
use crate::terminal::output::Unlimited;
use crate::terminal::screen::ScreenLink;

/// So long that nothing stays lit, and that the disk is looked at again.
const A_WHILE: Duration = Duration::from_secs(10);

/// The program's loop, on a screen that nobody sees. Its clock stands still; it has a disk if it
/// is given one.
pub(super) struct TestReader(ScriptedSession<Unlimited<io::Sink>>);

impl Deref for TestReader {
    type Target = ScriptedSession<Unlimited<io::Sink>>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for TestReader {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl TestReader {
    /// Opens a paper on a screen of so many columns and rows.
    pub(super) fn open(markdown: &str, columns: u16, rows: u16) -> Self {
        TestReader::open_paper(formats::markdown::parse(markdown).paper, columns, rows)
    }

    /// The same, on a paper that was read already.
    pub(super) fn open_paper(paper: Paper, columns: u16, rows: u16) -> Self {
        TestReader::open_document(paper.into(), columns, rows)
    }

    /// The same, with what is known of the paper's source.
    pub(super) fn open_document(document: Document, columns: u16, rows: u16) -> Self {
        let mut desk = TestReader::unread(Arc::new(document), columns, rows);
        desk.read_sources().unwrap();
        desk.take_queued();
        desk
    }

    /// Opens a paper whose sources have not been read yet.
    pub(super) fn unread(document: Arc<Document>, columns: u16, rows: u16) -> Self {
        let size = Size::new(columns, rows);
        TestReader(Session::scripted(document, size, Unlimited(io::sink())))
    }

    /// Opens the paper that opcit carries.
    pub(super) fn open_own(columns: u16, rows: u16) -> Self {
        TestReader::open(formats::embedded(), columns, rows)
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
        self.work_once();
        self
    }

    /// Presses a key, and leaves it at that.
    pub(super) fn press_at_once(mut self, name: &str) -> Self {
        let key: Key = name.parse().unwrap();
        self.send(Event::Key(key.event()));
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

    /// Opens what is kept in the folder about the paper, as one that comes from there.
    pub(super) fn with_shelf(mut self, folder: &Path, origin: Origin) -> Self {
        self.open_shelf(folder, origin);
        self
    }

    pub(super) fn open_shelf(&mut self, folder: &Path, origin: Origin) {
        let library = Library::new(Some(folder.to_owned()));
        self.0.open_shelf(library, origin);
    }

    /// Sees what another has changed on the disk, as at an event after a while.
    pub(super) fn glance(mut self) -> Self {
        self.glance_later();
        self
    }

    /// The same.
    pub(super) fn glance_later(&mut self) {
        self.events.advance(A_WHILE);
        let now = self.events.now();
        self.saver().expect("a shelf").poll(now);
        self.take_queued();
    }

    /// Keeps the reading place, as is done now and then while somebody reads.
    pub(super) fn keep_place(&mut self) {
        let here = self.state.here_in(self.state.shown());
        if let Some(saver) = self.saver() {
            saver.keep_place_now(here);
        }
    }

    /// Quits, and gives what could not be saved.
    pub(super) fn quit(self) -> Unsaved {
        let (state, savers) = self.0.into_parts();
        savers.end(|id| state.here_in(id))
    }

    pub(super) fn resize(mut self, columns: u16, rows: u16) -> Self {
        self.send(Event::Resize(Size::new(columns, rows)));
        self
    }

    /// Lets so much time pass that nothing stays lit.
    pub(super) fn wait(mut self) -> Self {
        self.pass_time();
        self
    }

    pub(super) fn pass_time(&mut self) {
        self.events.advance(A_WHILE);
        self.act(Action::Expire);
    }

    /// Clicks on the first place where the screen shows the text.
    pub(super) fn click(mut self, text: &str) -> Self {
        let rows = self.rows();
        let (row, column) = rows
            .iter()
            .enumerate()
            .find_map(|(row, line)| {
                Some((row, line.split(text).next()?.chars().count()))
                    .filter(|_| line.contains(text))
            })
            .unwrap_or_else(|| panic!("{text:?} is not on the screen:\n{}", rows.join("\n")));
        let (column, row) = (u16::try_from(column).unwrap(), u16::try_from(row).unwrap());
        self.draw().unwrap();
        assert!(
            self.hit_at(column, row).is_some(),
            "nothing there can be clicked"
        );
        self.mouse(MouseEventKind::Down(MouseButton::Left), (column, row));
        self.mouse(MouseEventKind::Up(MouseButton::Left), (column, row));
        self
    }

    /// Does something with the mouse at a column and row of the screen.
    pub(super) fn mouse(&mut self, kind: MouseEventKind, (column, row): (u16, u16)) {
        self.draw().unwrap();
        self.send(Event::Mouse(MouseEvent {
            kind,
            column,
            row,
            modifiers: KeyModifiers::NONE,
        }));
    }

    /// The screen as a backend, for snapshots.
    pub(super) fn screen(&self) -> TestBackend {
        let (buffer, _) = self.painted();
        let mut backend = TestBackend::new(buffer.area.width, buffer.area.height);
        let cells = buffer.area.positions().map(|at| (at.x, at.y, &buffer[at]));
        backend.draw(cells).unwrap();
        backend
    }

    /// The screen's rows, without the blanks at their ends.
    pub(super) fn rows(&self) -> Vec<String> {
        rows_of(&self.painted().0)
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
        let (buffer, clicks) = self.painted();
        let cursor = clicks.cursor().expect("a screen with cells");
        let mut row = String::new();
        for x in 0..buffer.area.width {
            if x == cursor.cell.x {
                row.push(if cursor.is_shown { '▮' } else { '▯' });
            }
            row.push_str(buffer[(x, cursor.cell.y)].symbol());
        }
        row.trim_end().to_owned()
    }

    /// What the terminal is given as links: the words and where they lead.
    pub(super) fn links(&self) -> Vec<(String, String)> {
        let (buffer, clicks) = self.painted();
        let links = clicks.links(self.state.app.open.document.paper());
        let words = |link: &ScreenLink<'_>| -> String {
            let cells = link.columns.clone();
            cells.map(|x| buffer[(x, link.row)].symbol()).collect()
        };
        links
            .iter()
            .map(|link| (words(link), link.address.to_owned()))
            .collect()
    }

    fn painted(&self) -> (Buffer, ClickMap) {
        let mut buffer = Buffer::empty(Rect::from((Position::ORIGIN, self.state.size())));
        let clicks = draw::draw(&self.state, &mut buffer);
        (buffer, clicks)
    }
}

fn rows_of(buffer: &Buffer) -> Vec<String> {
    let row = |y| {
        let cells = (0..buffer.area.width).map(|x| buffer[(x, y)].symbol());
        cells.collect::<String>().trim_end().to_owned()
    };
    (0..buffer.area.height).map(row).collect()
}
