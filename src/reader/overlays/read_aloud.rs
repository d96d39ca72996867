//! Reading aloud, sentence by sentence: the one that is spoken is selected.

use super::{Overlay, Response};
use crate::paper::Passage;
use crate::reader::action::{Action, Direction, Effect, Motion, Notice};
use crate::reader::app::App;
use crate::reader::keys::keymap::Context;
use crate::reader::own_command::{CommandNews, StopSign};
use crate::reader::page;
use crate::reader::speech::{self, Speech};

/// A sentence that is being spoken.
#[derive(Debug)]
pub(crate) struct ReadingAloud {
    sentence: Passage,
    /// Stopped, there is nothing more to say.
    stop: StopSign,
}

impl ReadingAloud {
    /// Begins with the sentence at the cursor, or with what is selected.
    pub(crate) fn start(app: &mut App) -> Response {
        let selected = app.open.view.selection().map(|it| it.passage.start);
        let from = selected.unwrap_or_else(|| app.open.view.cursor());
        match speech::sentence_from(app.open.document.paper(), from) {
            Some(sentence) => {
                let stop = speak(sentence, app);
                Response::open(ReadingAloud { sentence, stop })
            }
            None => {
                app.notify(Notice::plain("nothing to read from here on"));
                Response::Consumed
            }
        }
    }

    /// Goes on to another sentence; the one before is stopped.
    fn go_on(&mut self, sentence: Passage, app: &mut App) {
        self.stop.stop();
        self.sentence = sentence;
        self.stop = speak(sentence, app);
    }

    fn step(&mut self, direction: Direction, app: &mut App) {
        let paper = app.open.document.paper();
        let found = match direction {
            Direction::Next => speech::sentence_from(paper, self.sentence.end),
            Direction::Previous => speech::sentence_before(paper, self.sentence.start),
        };
        if let Some(sentence) = found {
            self.go_on(sentence, app);
        }
    }

    fn end(&self, app: &mut App) {
        self.stop.stop();
        app.open.view.end_selection();
    }
}

/// Has a sentence spoken, and shows it.
fn speak(sentence: Passage, app: &mut App) -> StopSign {
    let (paper, sources) = (app.open.document.paper(), app.open.sources());
    let words = speech::words(paper, sources, sentence, app.spoken_notes);
    let stop = StopSign::default();
    app.open.view.show_passage(sentence);
    app.request(Effect::Speak(Speech {
        words,
        stop: stop.clone(),
    }));
    stop
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
        let next = speech::sentence_from(app.open.document.paper(), self.sentence.end);
        match (news.end, next) {
            (None, _) => {}
            (Some(Ok(())), Some(next)) => self.go_on(next, app),
            (Some(Ok(())), None) => {
                self.end(app);
                app.notify(Notice::plain("the end of the paper"));
            }
            (Some(Err(why)), _) => {
                self.end(app);
                app.notify(Notice::warning(format!("{}: {why}", news.name)));
            }
        }
        None
    }

    fn is_gone(&self, _: &App) -> bool {
        self.stop.is_stopped()
    }
}
