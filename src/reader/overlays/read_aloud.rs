//! Reading aloud, sentence by sentence: the one that is spoken is selected.

use super::{Overlay, Response};
use crate::paper::Passage;
use crate::reader::action::{Action, Direction, Effect, Motion, Notice};
use crate::reader::app::App;
use crate::reader::keys::keymap::Context;
use crate::reader::own_command::{CommandNews, StopSign};
use crate::reader::page;
use crate::reader::speech;

/// A sentence that is being spoken.
#[derive(Debug)]
pub(crate) struct ReadingAloud {
    program: Vec<String>,
    sentence: Passage,
    stop: StopSign,
    /// Whether there is nothing more to say.
    is_over: bool,
}

impl ReadingAloud {
    /// Begins with the sentence at the cursor, or with what is selected.
    pub(crate) fn start(app: &mut App) -> Response {
        let Some(program) = app.speech.program() else {
            app.notify(Notice::warning(
                "nothing to read aloud with: install espeak-ng, or set `speak`",
            ));
            return Response::Consumed;
        };
        let selected = app.open.view.selection().map(|it| it.passage.start);
        let from = selected.unwrap_or_else(|| app.open.view.cursor());
        let Some(sentence) = speech::sentence_from(app.open.document.paper(), from) else {
            app.notify(Notice::plain("nothing to read from here on"));
            return Response::Consumed;
        };
        let mut reading = ReadingAloud {
            program,
            sentence,
            stop: StopSign::default(),
            is_over: false,
        };
        reading.speak(sentence, app);
        Response::open(reading)
    }

    /// Has a sentence spoken in place of the one before, and shows it.
    fn speak(&mut self, sentence: Passage, app: &mut App) {
        self.stop.stop();
        self.sentence = sentence;
        let words = speech::words(&app.open.document, sentence, app.speech.notes);
        let run = speech::run(&self.program, words);
        self.stop = run.stop.clone();
        app.open.view.show_passage(sentence);
        app.request(Effect::Run(run));
    }

    fn step(&mut self, direction: Direction, app: &mut App) {
        let paper = app.open.document.paper();
        let found = match direction {
            Direction::Next => speech::sentence_from(paper, self.sentence.end),
            Direction::Previous => speech::sentence_before(paper, self.sentence.start),
        };
        if let Some(sentence) = found {
            self.speak(sentence, app);
        }
    }

    fn end(&mut self, app: &mut App) {
        self.stop.stop();
        self.is_over = true;
        app.open.view.end_selection();
    }
}

/// However it is left, nothing speaks on.
impl Drop for ReadingAloud {
    fn drop(&mut self) {
        self.stop.stop();
    }
}

impl Overlay for ReadingAloud {
    fn context(&self) -> Context {
        Context::ReadingAloud
    }

    fn handle(&mut self, action: &Action, app: &mut App) -> Response {
        match action {
            Action::Move(Motion::Sentence(direction)) => self.step(*direction, app),
            Action::Highlight => {
                page::highlight(app);
                app.open.view.show_passage(self.sentence);
            }
            Action::Close | Action::ReadAloud | Action::Click(_) => {
                self.end(app);
                return Response::Close;
            }
            _ => return Response::Ignored,
        }
        Response::Consumed
    }

    fn take_output(&mut self, news: CommandNews, app: &mut App) -> Option<CommandNews> {
        if news.stop != self.stop {
            return Some(news);
        }
        match news.end {
            None => {}
            Some(Ok(())) => {
                let next = speech::sentence_from(app.open.document.paper(), self.sentence.end);
                match next {
                    Some(next) => self.speak(next, app),
                    None => {
                        self.end(app);
                        app.notify(Notice::plain("the end of the paper"));
                    }
                }
            }
            Some(Err(why)) => {
                self.end(app);
                let program = self.program.first().map_or("", String::as_str);
                app.notify(Notice::warning(format!("{program}: {why}")));
            }
        }
        None
    }

    fn is_gone(&self, _: &App) -> bool {
        self.is_over
    }
}
