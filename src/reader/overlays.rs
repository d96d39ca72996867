//! What is open over the text: a stack of overlays, of which the topmost hears the keys first.
//!
//! Each overlay is a type in a file of its own. It hears actions, says what came of them, and
//! draws itself. The stack only passes on.

pub(crate) mod address;
pub(crate) mod annotations;
pub(crate) mod editor;
pub(crate) mod elsewhere;
pub(crate) mod goto;
pub(crate) mod help;
pub(crate) mod library;
pub(crate) mod library_search;
pub(crate) mod links;
pub(crate) mod list;
pub(crate) mod mark;
pub(crate) mod note;
pub(crate) mod notes;
pub(crate) mod object;
pub(crate) mod outline;
pub(crate) mod output;
pub(crate) mod papers;
pub(crate) mod picture;
pub(crate) mod problems;
pub(crate) mod prompt;
pub(crate) mod read_aloud;
pub(crate) mod search;
pub(crate) mod sources;
pub(crate) mod text_area;
pub(crate) mod uses;
pub(crate) mod whole;

use std::fmt;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::action::Action;
use super::app::App;
use super::draw::{ClickMap, boxes};
use super::keys::keymap::{Binding, Context};
use super::open::annotations::ShelfRequest;
use super::overlays::list::{List, RowTarget};
use super::overlays::note::popup::NotePopup;
use super::own_command::CommandNews;
use super::pictures::PictureNews;
use crate::shelf::AnnotationId;

/// Something that is open over the text.
pub(crate) trait Overlay: fmt::Debug {
    /// Where its keys are in the keymap.
    fn context(&self) -> Context;

    /// Hears an action.
    fn handle(&mut self, action: &Action, app: &mut App) -> Response;

    /// Draws it, and puts the cursor where the reader is in it; a list in a box.
    fn draw(&self, app: &App, buffer: &mut Buffer, clicks: &mut ClickMap) {
        if let Some(list) = self.list() {
            boxes::draw_list(app, list, buffer, clicks);
        }
    }

    /// Whether an action would do something now, as far as a look can tell: the footer names no
    /// key that would not.
    fn can_do(&self, action: &Action, _app: &App) -> bool {
        self.list().is_none_or(|list| list.can_do(action))
    }

    /// Draws its own line in place of the footer; `keys` are as many of the footer's keys as fit
    /// into some columns. Returns whether it does.
    fn draw_footer(
        &self,
        _app: &App,
        _area: Rect,
        _keys: &dyn Fn(usize) -> Line<'static>,
        _buffer: &mut Buffer,
        _hits: &mut ClickMap,
    ) -> bool {
        false
    }

    /// What it asks in the footer, to be answered with a key.
    fn question(&self) -> Option<&'static str> {
        None
    }

    /// What is kept has changed; one of it may be what to go on with.
    fn take_annotations(&mut self, _app: &App, _changed: Option<&AnnotationId>) {}

    /// More is known of other papers that cite this one's sources.
    fn take_elsewhere(&mut self, _app: &App) {}

    /// Takes what has come of a program if it shows that one, else gives it back.
    fn take_output(&mut self, news: CommandNews, _app: &mut App) -> Option<CommandNews> {
        Some(news)
    }

    /// Takes what was drawn if it waits for that.
    fn take_picture(&mut self, _news: &PictureNews) {}

    /// Asks for what it has to show where it stands now, as everything that changes that may have
    /// happened.
    fn fit(&mut self, _app: &mut App) {}

    /// What keeps words that were typed in it and are on no disk yet, should the program end now.
    fn unsaved(&self) -> Option<ShelfRequest> {
        None
    }

    /// Whether what it shows is not kept any more, so that it closes.
    fn is_gone(&self, _app: &App) -> bool {
        false
    }

    /// Whether it can show another reading of the paper. What cannot is closed first.
    fn outlives_rereading(&self) -> bool {
        false
    }

    /// The paper has been read again.
    fn take_paper(&mut self, _app: &App) {}

    /// The open note, if it is one.
    fn note(&self) -> Option<&NotePopup> {
        None
    }

    fn note_mut(&mut self) -> Option<&mut NotePopup> {
        None
    }

    /// Its rows, if it is a list.
    fn list(&self) -> Option<&List> {
        None
    }

    /// Whether it closes once the reader goes to what was chosen in it.
    fn leads_away(&self) -> bool {
        self.list().is_some()
    }

    /// Whether it asks which of the known papers this one is.
    fn asks_which_paper(&self) -> bool {
        false
    }
}

/// What came of an action that an overlay, or the page, has heard.
#[derive(Debug)]
pub(crate) enum Response {
    /// It means nothing there.
    Ignored,
    /// It is done.
    Consumed,
    /// The overlay closes.
    Close,
    /// The overlay closes, and what is beneath it hears the action instead.
    Leave,
    /// Another overlay opens over it.
    Open(Box<dyn Overlay>),
    /// Another overlay opens in its place.
    Replace(Box<dyn Overlay>),
    /// The open lists close, and the reader goes to what was chosen.
    GoTo(RowTarget),
    /// The overlay closes, and what a key does is done where it was opened.
    Perform(Arc<Binding>),
}

impl Response {
    pub(crate) fn open(overlay: impl Overlay + 'static) -> Self {
        Response::Open(Box::new(overlay))
    }
}

/// The open overlays, the topmost last.
///
/// They are boxed, not variants of an enum: what knows a kind of overlay is its own file and
/// whoever opens it, and no other has to change for a new one.
#[derive(Debug, Default)]
pub(crate) struct Overlays(Vec<Box<dyn Overlay>>);

impl Overlays {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn top(&self) -> Option<&dyn Overlay> {
        self.0.last().map(AsRef::as_ref)
    }

    /// From the lowest to the topmost.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &dyn Overlay> {
        self.0.iter().map(AsRef::as_ref)
    }

    pub(crate) fn push(&mut self, overlay: Box<dyn Overlay>) {
        self.0.push(overlay);
    }

    pub(crate) fn pop(&mut self) {
        self.0.pop();
    }

    /// Lets the topmost overlay hear an action; where it leaves, the one beneath it. What opens or
    /// closes an overlay is done here.
    pub(crate) fn handle(&mut self, action: &Action, app: &mut App) -> Response {
        while let Some(top) = self.0.last_mut() {
            match top.handle(action, app) {
                Response::Leave => self.pop(),
                Response::Close => {
                    self.pop();
                    return Response::Consumed;
                }
                Response::Open(overlay) => {
                    self.push(overlay);
                    return Response::Consumed;
                }
                Response::Replace(overlay) => {
                    self.pop();
                    self.push(overlay);
                    return Response::Consumed;
                }
                response => return response,
            }
        }
        Response::Ignored
    }

    /// The topmost open note, wherever it is.
    pub(crate) fn note(&self) -> Option<&NotePopup> {
        self.iter().rev().find_map(Overlay::note)
    }

    pub(crate) fn note_mut(&mut self) -> Option<&mut NotePopup> {
        self.0
            .iter_mut()
            .rev()
            .find_map(|overlay| overlay.note_mut())
    }

    /// The open note, if nothing is open over it.
    pub(crate) fn note_on_top(&mut self) -> Option<&mut NotePopup> {
        self.0.last_mut()?.note_mut()
    }

    /// Closes the topmost lists.
    pub(crate) fn close_lists(&mut self) {
        while self.top().is_some_and(Overlay::leads_away) {
            self.pop();
        }
    }

    /// Closes the topmost notes, with the page where it was before them.
    pub(crate) fn close_notes(&mut self, app: &mut App) {
        while let Some(note) = self.note_on_top() {
            note.put_page_back(app);
            self.pop();
        }
    }

    /// Whether all that is open can show another reading of the paper.
    pub(crate) fn outlive_rereading(&self) -> bool {
        self.iter().all(Overlay::outlives_rereading)
    }

    pub(crate) fn take_paper(&mut self, app: &App) {
        for overlay in &mut self.0 {
            overlay.take_paper(app);
        }
    }

    /// Closes what shows something that is not kept any more.
    pub(crate) fn close_what_is_gone(&mut self, app: &App) {
        self.0.retain(|overlay| !overlay.is_gone(app));
    }

    /// Has what shows a program take what has come of it; what nothing shows is given back.
    pub(crate) fn take_output(&mut self, news: CommandNews, app: &mut App) -> Option<CommandNews> {
        let mut overlays = self.0.iter_mut();
        overlays.try_fold(news, |news, overlay| overlay.take_output(news, app))
    }

    pub(crate) fn take_picture(&mut self, news: &PictureNews) {
        for overlay in &mut self.0 {
            overlay.take_picture(news);
        }
    }

    /// Has the page show the marker of an open note, and lets the topmost overlay ask for what it has
    /// to show.
    pub(crate) fn fit(&mut self, app: &mut App) {
        if let Some(top) = self.0.last_mut() {
            top.fit(app);
        }
        match self.note() {
            Some(note) => note.keep_marker_in_sight(app),
            // What it has kept in sight need not be any more.
            None if app.open.view.go_back() => app.fit(),
            None => {}
        }
    }

    pub(crate) fn take_elsewhere(&mut self, app: &App) {
        for overlay in &mut self.0 {
            overlay.take_elsewhere(app);
        }
    }

    pub(crate) fn take_annotations(&mut self, app: &App, changed: Option<&AnnotationId>) {
        for overlay in &mut self.0 {
            overlay.take_annotations(app, changed);
        }
    }
}
