//! The one loop: waits for an event, makes actions of it, performs their effects, and draws.
//!
//! The program runs it on a terminal. Pictures, benchmarks and tests run the same loop on a screen
//! that nobody sees, with events and a clock of their own.

mod savers;

use std::collections::VecDeque;
use std::io;
use std::mem;
use std::sync::Arc;
use std::time::Duration;

pub(super) use savers::{Beside, Savers};

use super::action::{Action, Effect, RereadPaper};
use super::draw::{self, ClickMap};
use super::keys::key::Key;
use super::keys::mouse;
use super::open::annotations::AnnotationAction;
use super::open::{DocumentId, OpenDocument};
#[cfg(test)]
use super::persistence::PersistenceThread;
use super::state::State;
use crate::document::Document;
use crate::shelf::{Opened, Origin};
use crate::terminal::events::{Ending, Event, EventSource};
use crate::terminal::output::FrameOutput;
use crate::terminal::screen::{FrameDetails, Screen};

/// How long a new frame is put off while there is something else to do.
const FRAME: Duration = Duration::from_millis(50);

/// How long keys wait for a terminal that has not taken the last frame yet.
const ROOM_PATIENCE: Duration = Duration::from_millis(20);

/// How long to wait for the reason why the terminal cannot be read or written.
const ENDING_PATIENCE: Duration = Duration::from_millis(300);

/// What the program's own threads report to the loop.
#[derive(Debug)]
pub(super) enum Message {
    Action(Action),
    /// For one of the open papers; it waits until that paper is shown.
    To(DocumentId, Action),
    /// What is kept about one of the open papers.
    Shelf(DocumentId, Box<Opened>),
    /// The paper whose beginning is shown cannot be read.
    Unreadable,
}

/// Whether the program goes on, or with which code it ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum LoopControl {
    GoOn,
    End(u8),
}

/// What came of an effect.
pub(super) enum EffectResult {
    Nothing,
    Action(Action),
    Quit,
}

/// Does what touches the world beyond the screen and the shelf.
pub(super) trait Effects<O, E> {
    /// Has the file of a paper that is shown watched, where files are.
    fn watch(&mut self, _shown: &OpenDocument, _events: &E) {}

    /// Has the sources of a paper that is shown looked up in other papers, where there are any.
    ///
    /// # Errors
    ///
    /// When there is no thread to be had.
    fn look_up(&mut self, _shown: &OpenDocument, _events: &E) -> io::Result<()> {
        Ok(())
    }

    /// Performs what the paper that is shown asks for.
    ///
    /// # Errors
    ///
    /// When the terminal cannot be written, or there is no thread to be had.
    fn perform(
        &mut self,
        effect: Effect,
        shown: &OpenDocument,
        output: &mut O,
        events: &E,
    ) -> io::Result<EffectResult>;
}

/// A state, and what connects it to the world: frames go to `O`, events come from `E`, and `F`
/// performs effects.
#[derive(Debug)]
pub(super) struct Session<O: FrameOutput, E, F> {
    pub(super) state: State,
    pub(super) events: E,
    pub(super) screen: Screen<O>,
    pub(super) effects: F,
    /// What can be clicked in the frame on the screen.
    clicks: ClickMap,
    savers: Savers<E>,
    /// The paper that was shown when this was last looked at.
    shown: DocumentId,
    /// What was typed before there was a paper, until it is where the reader was in it.
    typed_before: Vec<Event<Message>>,
    /// Where a paper comes from of which the beginning is shown, until there is the whole.
    awaited: Option<Origin>,
}

impl<O, E, F> Session<O, E, F>
where
    O: FrameOutput,
    E: EventSource<Message> + 'static,
    F: Effects<O, E>,
{
    pub(super) fn new(state: State, events: E, screen: Screen<O>, effects: F) -> Self {
        Session {
            shown: state.shown(),
            state,
            events,
            screen,
            effects,
            clicks: ClickMap::default(),
            savers: Savers::none(),
            typed_before: Vec::new(),
            awaited: None,
        }
    }

    /// Has the paper hear what was typed before there was one: once it is at the place where the
    /// reader was, or before anything else that is typed.
    pub(super) fn take_later(&mut self, typed: Vec<Event<Message>>) {
        self.typed_before = typed;
    }

    /// What saves the paper that is shown.
    #[cfg(test)]
    pub(super) fn saver(&mut self) -> Option<&mut PersistenceThread> {
        self.savers.get(self.state.shown())
    }

    /// Opens what is kept about the paper that is shown, if it is one, as one that comes from
    /// there, and about every other one when it is shown.
    pub(super) fn keep_in(&mut self, savers: Savers<E>, origin: Origin) -> io::Result<()> {
        self.savers = savers;
        let open = &self.state.app.open;
        if open.facts.is_blank {
            return Ok(());
        }
        if open.is_beginning() {
            self.awaited = Some(origin);
            return Ok(());
        }
        self.savers
            .open(&self.events, open.id, &open.document, origin)
    }

    /// Has the whole of a paper take the place of its beginning, which is shown, once it is there.
    pub(super) fn wait_for_whole(
        &self,
        whole: impl FnOnce() -> Option<Document> + Send + 'static,
    ) -> io::Result<()> {
        let id = self.state.shown();
        let beginning = Arc::clone(&self.state.app.open.document);
        self.events.spawn("paper", move || {
            Some(match whole() {
                Some(whole) => {
                    let reading = RereadPaper::whole(whole, beginning);
                    Message::To(id, Action::TakeReading(Box::new(reading)))
                }
                None => Message::Unreadable,
            })
        })
    }

    /// Does what there is to do once all of the paper is there that is shown.
    fn begin_whole(&mut self) -> io::Result<()> {
        let open = &self.state.app.open;
        if open.is_beginning() {
            return Ok(());
        }
        if let Some(origin) = self.awaited.take() {
            self.savers
                .open(&self.events, open.id, &open.document, origin)?;
        }
        self.read_sources()?;
        self.effects.watch(&self.state.app.open, &self.events);
        Ok(())
    }

    /// Takes the session apart, for what is to be done at the end. What was open over the text is
    /// closed, which stops the programs that were waited for there. A note that was being typed is
    /// kept: only a signal or a terminal that goes away ends the program in the middle of one.
    pub(super) fn into_parts(mut self) -> (State, Savers<E>) {
        let typed = self.state.close_overlays();
        if let Some(saver) = self.savers.get(self.state.shown()) {
            typed.into_iter().for_each(|request| saver.perform(request));
        }
        (self.state, self.savers)
    }

    /// Goes on until the program is to end, and gives its code.
    pub(super) fn run(&mut self) -> io::Result<u8> {
        self.draw()?;
        self.begin_whole()?;
        loop {
            match self.step() {
                Ok(LoopControl::GoOn) => {}
                Ok(LoopControl::End(code)) => return Ok(code),
                Err(error) => return self.end_after(error),
            }
        }
    }

    /// The sources of a large paper take longer to read than a key may wait, so that is done
    /// beside the loop, and after the first frame.
    pub(super) fn read_sources(&self) -> io::Result<()> {
        let id = self.state.shown();
        let document = Arc::clone(&self.state.app.open.document);
        self.events.spawn("sources", move || {
            let sources = Arc::clone(document.sources());
            Some(Message::To(id, Action::TakeSources(sources)))
        })
    }

    /// Has the sources of the paper that is shown looked up in other papers if they are to be; after
    /// they have been read, which the reader waits for.
    fn look_up(&mut self) -> io::Result<()> {
        if self.state.app.open.begin_look_up() {
            self.effects.look_up(&self.state.app.open, &self.events)
        } else {
            Ok(())
        }
    }

    /// Keeps the place in the paper that was left if another one is shown now, and opens what is
    /// kept about that.
    fn follow_paper(&mut self) -> io::Result<()> {
        if self.awaited.is_some() {
            self.begin_whole()?;
        }
        let (left, shown) = (self.shown, self.state.shown());
        if left == shown {
            return Ok(());
        }
        self.shown = shown;
        if let Some(saver) = self.savers.get(left) {
            saver.leave_place(self.state.here_in(left));
        }
        let open = &self.state.app.open;
        self.effects.watch(open, &self.events);
        let origin = open.document.origin().clone();
        self.savers
            .open(&self.events, shown, &open.document, origin)?;
        match open.sources() {
            Some(_) => Ok(()),
            None => self.read_sources(),
        }
    }

    /// Draws a frame if the terminal has taken the one before, waits or works, and takes what is
    /// queued before the next one, so that a slow line never shows what is out of date already.
    fn step(&mut self) -> io::Result<LoopControl> {
        let mut is_shown = self.screen.output().has_room(Duration::ZERO)?;
        if is_shown {
            self.draw()?;
            is_shown = self.screen.output().is_empty();
        }
        let now = self.events.now();
        let shown = self.state.shown();
        if let Some(saver) = self.savers.get(shown) {
            saver.keep_place(&self.state.here_in(shown), now);
        }
        let next = if is_shown {
            self.wait()
        } else {
            self.wait_for_room()?
        };
        match next {
            Some(event) => self.take_with_queued(event),
            None => self.perform(Action::Expire),
        }
    }

    /// Takes an event and those that are queued behind it. Keys that come without end are shown on
    /// their way.
    pub(super) fn take_with_queued(&mut self, first: Event<Message>) -> io::Result<LoopControl> {
        let start = self.events.now();
        if let Some(saver) = self.savers.get(self.state.shown()) {
            saver.poll(start);
        }
        let mut next = Some(first);
        while let Some(event) = next {
            let taken = self.take(event)?;
            if taken != LoopControl::GoOn || self.events.now() >= start + FRAME {
                return Ok(taken);
            }
            next = self.events.next_queued();
        }
        Ok(LoopControl::GoOn)
    }

    /// A terminal that goes away fails to be read or written at first; that it is gone is known a
    /// moment later.
    fn end_after(&mut self, error: io::Error) -> io::Result<u8> {
        let deadline = self.events.now() + ENDING_PATIENCE;
        while let Some(event) = self.events.wait_until(deadline) {
            if let Event::End(ending @ (Ending::Signal(_) | Ending::TerminalGone)) = event {
                return Ok(exit_code(&ending));
            }
        }
        Err(error)
    }

    /// The next event; none if there is something else to show before there is one.
    fn wait(&mut self) -> Option<Event<Message>> {
        if self.state.has_work() {
            return self.work();
        }
        let saver_deadline = self.savers.deadline(self.state.shown());
        let deadlines = [self.state.deadline(), saver_deadline];
        match deadlines.into_iter().flatten().min() {
            Some(deadline) => self.events.wait_until(deadline),
            None => Some(self.events.wait()),
        }
    }

    /// Waits for a terminal that is slow, but never for long: keys and signals are heard
    /// meanwhile, and work goes on.
    fn wait_for_room(&mut self) -> io::Result<Option<Event<Message>>> {
        if self.state.has_work() {
            return Ok(self.work());
        }
        self.screen.output().has_room(ROOM_PATIENCE)?;
        Ok(self.events.next_queued())
    }

    /// Does slices of work until there is an event, or something to show: the match that the
    /// reader waits for at once, how far the work has come after a while.
    fn work(&mut self) -> Option<Event<Message>> {
        let end = self.events.now() + FRAME;
        while self.state.has_work() {
            let event = self.events.next_queued();
            if event.is_some() {
                return event;
            }
            let was_awaited = self.state.app.open.finder.is_awaited();
            self.work_once();
            let is_found = was_awaited && !self.state.app.open.finder.is_awaited();
            if is_found || self.events.now() >= end {
                break;
            }
        }
        None
    }

    /// Does one slice of the work that goes on between keys.
    pub(super) fn work_once(&mut self) {
        let now = self.events.now();
        // Work has no effect on the world.
        let _ = self.state.update(Action::Work, now);
    }

    /// Draws the state, and writes what makes the terminal show it.
    pub(super) fn draw(&mut self) -> io::Result<()> {
        let state = &self.state;
        if state.app.settings.window_title {
            let open = &state.app.open;
            let title = if open.facts.is_blank {
                "opcit".to_owned()
            } else {
                open.name()
            };
            self.screen.set_title(&title);
        }
        self.clicks = self.screen.draw_with_details(state.size(), |buffer, _| {
            let clicks = draw::draw(state, buffer);
            let cursor = clicks.cursor();
            let links = clicks.links(state.app.open.document.paper());
            let details = FrameDetails {
                cursor,
                links,
                pictures: clicks.pictures(),
            };
            (clicks, details)
        })?;
        Ok(())
    }

    /// What a click on a cell of the frame on the screen means.
    #[cfg(test)]
    pub(super) fn hit_at(&self, column: u16, row: u16) -> Option<super::action::ClickTarget> {
        self.clicks.at(column, row)
    }

    /// Whether something that was typed waits until there is more than the beginning of the paper.
    fn waits_for_whole(&self, event: &Event<Message>) -> bool {
        let actions = match event {
            _ if self.awaited.is_none() => return false,
            Event::Key(key) => self.state.actions_of(Key::from_event(*key)),
            Event::Mouse(mouse) => mouse::action(*mouse, &self.clicks, None)
                .into_iter()
                .collect(),
            Event::Paste(_) => return true,
            _ => return false,
        };
        let has_room_ahead = self.state.app.open.has_room_ahead();
        let mut actions = actions.iter();
        !self.typed_before.is_empty()
            || !actions.all(|action| action.may_precede_the_rest(has_room_ahead))
    }

    fn take(&mut self, event: Event<Message>) -> io::Result<LoopControl> {
        if self.waits_for_whole(&event) {
            // What stands where the mouse is now may stand elsewhere then.
            if !matches!(event, Event::Mouse(_)) {
                self.typed_before.push(event);
            }
            return Ok(LoopControl::GoOn);
        }
        if self.typed_before.is_empty() {
            return self.take_now(event);
        }
        let mut events = VecDeque::from(mem::take(&mut self.typed_before));
        match &event {
            Event::Message(Message::To(_, Action::Annotation(AnnotationAction::Opened(_)))) => {
                events.push_front(event);
            }
            // A question is not answered by what was typed before it was asked.
            Event::Message(Message::To(_, Action::Annotation(AnnotationAction::Which(_))))
            | Event::Key(_)
            | Event::Mouse(_)
            | Event::Paste(_) => events.push_back(event),
            _ => {
                self.typed_before = events.into();
                return self.take_now(event);
            }
        }
        for event in events {
            let taken = self.take_now(event)?;
            if taken != LoopControl::GoOn {
                return Ok(taken);
            }
        }
        Ok(LoopControl::GoOn)
    }

    fn take_now(&mut self, event: Event<Message>) -> io::Result<LoopControl> {
        let action = match event {
            Event::Key(key) => {
                let actions = self.state.actions_of(Key::from_event(key));
                return self.perform_all(actions);
            }
            Event::Mouse(mouse) => {
                mouse::action(mouse, &self.clicks, self.state.app.open.press_held())
            }
            Event::Paste(text) => Some(Action::Paste(text)),
            Event::Ground(ground) => Some(Action::TakeGround(ground)),
            Event::Sixels(has) => Some(Action::TakeSixels(has)),
            Event::GroundMayDiffer => Some(Action::AskGround),
            Event::Message(Message::Action(action)) => Some(action),
            Event::Message(Message::To(id, action)) if id == self.state.shown() => Some(action),
            Event::Message(Message::To(id, action)) => {
                self.state.app.parked.wait(id, action);
                None
            }
            Event::Message(Message::Shelf(id, opened)) => {
                self.savers.take(id, opened);
                None
            }
            Event::Message(Message::Unreadable) => return Ok(LoopControl::End(1)),
            Event::Resize(size) => {
                self.screen.invalidate();
                Some(Action::Resize(size))
            }
            Event::End(Ending::Failed(error)) => return Err(error),
            Event::End(ending) => return Ok(LoopControl::End(exit_code(&ending))),
        };
        match action {
            Some(action) => self.perform(action),
            None => Ok(LoopControl::GoOn),
        }
    }

    fn perform(&mut self, action: Action) -> io::Result<LoopControl> {
        self.perform_all(vec![action])
    }

    /// Applies actions, and those that come of their effects.
    fn perform_all(&mut self, actions: Vec<Action>) -> io::Result<LoopControl> {
        let mut actions = VecDeque::from(actions);
        while let Some(next) = actions.pop_front() {
            if let (Action::Annotation(AnnotationAction::Opened(_)), Some(saver)) =
                (&next, self.savers.get(self.state.shown()))
            {
                saver.know_place();
            }
            let effect = self.state.update(next, self.events.now());
            actions.extend(self.state.app.take_waiting());
            self.follow_paper()?;
            self.look_up()?;
            let Some(effect) = effect else {
                continue;
            };
            match self.perform_effect(effect)? {
                EffectResult::Nothing => {}
                EffectResult::Action(action) => actions.push_back(action),
                EffectResult::Quit => return Ok(LoopControl::End(0)),
            }
        }
        Ok(LoopControl::GoOn)
    }

    fn perform_effect(&mut self, effect: Effect) -> io::Result<EffectResult> {
        let shown = self.state.shown();
        match (effect, self.savers.get(shown)) {
            (Effect::Shelf(change), Some(saver)) => {
                saver.perform(change);
                Ok(EffectResult::Nothing)
            }
            (effect, saver) => {
                // Whoever is suspended may never be called back, and who waits for another program
                // may be ended meanwhile. It is tried again at the end.
                if let Some(saver) = saver.filter(|_| effect.leaves_terminal()) {
                    saver.keep_place_now(self.state.here_in(shown));
                }
                let output = self.screen.output();
                let open = &self.state.app.open;
                self.effects.perform(effect, open, output, &self.events)
            }
        }
    }
}

/// The code that the program ends with.
pub(super) fn exit_code(ending: &Ending) -> u8 {
    u8::try_from(ending.exit_code()).unwrap_or(1)
}

#[cfg(test)]
mod tests;
