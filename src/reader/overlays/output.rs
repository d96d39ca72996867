//! What a program of the reader's own has written.

use std::sync::Arc;

use ratatui::buffer::Buffer;

use super::{Overlay, Response};
use crate::reader::action::{Action, ClickTarget, Effect, Notice};
use crate::reader::app::App;
use crate::reader::draw::{ClickMap, output as drawing};
use crate::reader::keys::keymap::Context;
use crate::reader::own_command::{CommandResult, OwnCommand, StopSign};

/// A program that runs, and what it has written when it has ended.
#[derive(Debug)]
pub(crate) struct CommandOutput {
    pub(crate) name: String,
    stop: StopSign,
    /// How many lines are scrolled out at the top.
    line: usize,
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
        app.request(Effect::Run(run));
        let name = command.name.clone();
        match command.is_shown {
            true => Response::open(CommandOutput {
                name,
                stop,
                line: 0,
            }),
            false => {
                app.notify(Notice::plain(format!("{name} runs…")));
                Response::Consumed
            }
        }
    }

    /// What came of it; none while it runs.
    pub(crate) fn result<'a>(&self, app: &'a App) -> Option<&'a CommandResult> {
        let result = app.command_result.as_ref();
        result.filter(|result| result.stop == self.stop)
    }

    /// How many of so many lines are scrolled out at the top, where so many rows are shown.
    pub(crate) fn scrolled(&self, lines: usize, rows: usize) -> usize {
        self.line.min(lines.saturating_sub(rows))
    }

    fn close(&self, app: &mut App) -> Response {
        if self.result(app).is_none() {
            self.stop.stop();
            app.notify(Notice::plain(format!("{} stopped", self.name)));
        }
        Response::Close
    }

    fn copy(&self, app: &mut App) {
        let text = self.result(app).map(|result| result.lines.join("\n"));
        app.copy(text.filter(|text| !text.is_empty()), "what it wrote");
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
            Action::Copy => self.result(app).is_some(),
            _ => true,
        }
    }
}
