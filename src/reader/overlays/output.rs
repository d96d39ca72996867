//! What a program of the reader's own writes.

use std::borrow::Cow;
use std::cell::{Ref, RefCell};
use std::sync::Arc;

use ratatui::buffer::Buffer;

use super::{Overlay, Response};
use crate::reader::action::{Action, ClickTarget, Effect, Notice};
use crate::reader::app::App;
use crate::reader::draw::{ClickMap, output as drawing};
use crate::reader::keys::keymap::Context;
use crate::reader::own_command::{CommandNews, CommandOutlet, OwnCommand, StopSign};

/// A program, and what it has written so far.
#[derive(Debug)]
pub(crate) struct CommandOutput {
    pub(crate) name: String,
    stop: StopSign,
    /// What it wrote, line by line.
    written: Vec<String>,
    /// The same on the lines of the screen, as it was shown last.
    wrapped: RefCell<WrappedOutput>,
    /// How it ended, and why not well if it did not; none while it runs.
    pub(crate) end: Option<Result<(), String>>,
    /// How many lines are scrolled out at the top.
    line: usize,
}

/// Lines that were broken at a width.
#[derive(Debug, Default)]
struct WrappedOutput {
    columns: usize,
    /// How many of the lines have been broken.
    done: usize,
    lines: Vec<String>,
}

impl CommandOutput {
    /// Has a program run, and opens what it writes if that is to be shown.
    pub(crate) fn run(command: &Arc<OwnCommand>, app: &mut App) -> Response {
        let run = match command.prepare(app) {
            Ok(run) => run,
            Err(why) => {
                app.notify(Notice::warning(format!("{} not run: {why}", command.name)));
                return Response::Consumed;
            }
        };
        let stop = run.stop.clone();
        let outlet = run.outlet;
        app.request(Effect::Run(run));
        let name = command.name.clone();
        match outlet {
            CommandOutlet::Terminal => Response::Consumed,
            CommandOutlet::Pane => Response::open(CommandOutput {
                name,
                stop,
                written: Vec::new(),
                wrapped: RefCell::default(),
                end: None,
                line: 0,
            }),
            CommandOutlet::Nowhere => {
                app.notify(Notice::plain(format!("{name} runs…")));
                Response::Consumed
            }
        }
    }

    /// What it has written, on lines of so many columns. Each is broken once for a width, however
    /// often it is drawn.
    pub(crate) fn lines(&self, columns: usize) -> Ref<'_, [String]> {
        self.wrap(columns);
        Ref::map(self.wrapped.borrow(), |wrapped| wrapped.lines.as_slice())
    }

    /// Breaks what it has written since.
    fn wrap(&self, columns: usize) {
        let mut wrapped = self.wrapped.borrow_mut();
        if wrapped.columns != columns {
            *wrapped = WrappedOutput {
                columns,
                ..WrappedOutput::default()
            };
        }
        let done = wrapped.done;
        for line in self.written.iter().skip(done) {
            let parts = textwrap::wrap(line, columns.max(1)).into_iter();
            wrapped.lines.extend(parts.map(Cow::into_owned));
        }
        wrapped.done = self.written.len();
    }

    /// Whether it has written nothing so far.
    pub(crate) fn is_empty(&self) -> bool {
        self.written.is_empty()
    }

    /// How many of so many lines are scrolled out at the top, where so many rows are shown.
    pub(crate) fn scrolled(&self, lines: usize, rows: usize) -> usize {
        self.line.min(lines.saturating_sub(rows))
    }

    fn close(&self, app: &mut App) -> Response {
        if self.end.is_none() {
            app.notify(Notice::plain(format!("{} stopped", self.name)));
        }
        Response::Close
    }

    fn copy(&self, app: &mut App) {
        let text = self.written.join("\n");
        app.copy((!text.is_empty()).then_some(text), "what it wrote");
    }
}

/// However it is left, nobody waits for the program any more.
impl Drop for CommandOutput {
    fn drop(&mut self) {
        if self.end.is_none() {
            self.stop.stop();
        }
    }
}

impl Overlay for CommandOutput {
    fn context(&self) -> Context {
        Context::Output
    }

    fn handle(&mut self, action: &Action, app: &mut App) -> Response {
        match action {
            Action::Move(motion) => {
                let (lines, rows) = drawing::extent(app, self);
                let line = motion.scrolled(self.scrolled(lines, rows), rows);
                self.line = line.min(lines.saturating_sub(rows));
            }
            Action::Copy => self.copy(app),
            Action::Click(ClickTarget::Inside | ClickTarget::Row(_)) => {}
            Action::Close | Action::Click(_) => return self.close(app),
            _ => return Response::Ignored,
        }
        Response::Consumed
    }

    fn draw(&self, app: &App, buffer: &mut Buffer, clicks: &mut ClickMap) {
        drawing::draw(app, self, buffer, clicks);
    }

    fn can_do(&self, action: &Action, app: &App) -> bool {
        match action {
            Action::Move(_) => {
                let (lines, rows) = drawing::extent(app, self);
                lines > rows
            }
            Action::Copy => !self.is_empty(),
            _ => true,
        }
    }

    fn take_output(&mut self, news: CommandNews, _: &mut App) -> Option<CommandNews> {
        if news.stop != self.stop {
            return Some(news);
        }
        self.written.extend(news.lines);
        self.end = news.end;
        None
    }
}
