//! A picture over the text: a page of the paper's file as it is printed, or an image.

use ratatui::buffer::Buffer;

use super::address::AddressQuestion;
use super::{Overlay, Response};
use crate::paper::clean;
use crate::reader::action::{Action, ClickTarget, Direction, Effect, Motion, Notice};
use crate::reader::app::App;
use crate::reader::draw::{ClickMap, picture as drawing};
use crate::reader::keys::keymap::Context;
use crate::reader::link;
use crate::reader::overlays::list::RowTarget;
use crate::reader::pictures::{
    DrawnPicture, FoundImage, PictureNews, PictureRequest, PictureSource, WantedPicture,
};
use crate::terminal::picture::{MOST_ZOOM, PictureView};

/// An image that the paper has.
#[derive(Debug)]
struct ShownImage {
    /// What it shows, as the paper says; else what its file is called.
    words: String,
    found: FoundImage,
}

/// A picture as large as the screen, or a part of it that is larger.
#[derive(Debug)]
pub(crate) struct PicturePage {
    pub(crate) source: PictureSource,
    /// What is known of it, if it is an image and no page.
    image: Option<ShownImage>,
    /// The step of zooming.
    pub(crate) zoom: usize,
    centre: (u32, u32),
    /// What is being drawn.
    awaited: Option<WantedPicture>,
    /// What was wanted last and has come, or why it has not.
    came: Option<PictureNews>,
    /// What is shown until something else comes.
    shown: Option<(PictureSource, DrawnPicture)>,
}

impl PicturePage {
    /// Opens the page that the cursor is on.
    pub(crate) fn open(app: &mut App) -> Response {
        let paper = app.open.document.paper();
        match paper.sheet_at(app.open.view.cursor()) {
            _ if app.pictures.by.is_none() => {
                app.notify(Notice::plain(if cfg!(feature = "pictures") {
                    "this terminal shows no pictures"
                } else {
                    "this opcit was built without pictures"
                }));
                Response::Consumed
            }
            None => {
                let words = "only a PDF has pages that can be shown as they are printed";
                app.notify(Notice::plain(words));
                Response::Consumed
            }
            Some(sheet) => Response::open(PicturePage::new(PictureSource::Sheet(sheet), None)),
        }
    }

    /// What shows an image that was found.
    pub(crate) fn image(source: PictureSource, found: FoundImage, app: &App) -> Self {
        let paper = app.open.document.paper();
        let words = paper
            .blocks
            .iter()
            .find_map(|block| link::image_words(block, &found.address));
        let name = || found.address.rsplit('/').next().unwrap_or_default();
        let words = words.unwrap_or_else(|| clean(&link::decoded(name())).into_owned());
        PicturePage::new(source, Some(ShownImage { words, found }))
    }

    fn new(source: PictureSource, image: Option<ShownImage>) -> Self {
        PicturePage {
            source,
            image,
            zoom: 0,
            centre: PictureView::MIDDLE,
            awaited: None,
            came: None,
            shown: None,
        }
    }

    /// What it shows, if it is an image.
    pub(crate) fn image_words(&self) -> Option<&str> {
        self.image.as_ref().map(|image| image.words.as_str())
    }

    /// The page that it is, from 1, if it is one.
    pub(crate) fn sheet(&self) -> Option<u32> {
        match self.source {
            PictureSource::Sheet(sheet) => Some(sheet),
            PictureSource::File(_) | PictureSource::Packed(_) => None,
        }
    }

    /// What is shown, if it is of what is to be shown.
    pub(crate) fn shown(&self) -> Option<&DrawnPicture> {
        let (source, drawn) = self.shown.as_ref()?;
        (*source == self.source).then_some(drawn)
    }

    /// Why what is to be shown cannot be.
    pub(crate) fn failure(&self) -> Option<&str> {
        let news = self.came.as_ref()?;
        let why = news.drawn.as_ref().err()?;
        (news.wanted.source == self.source).then_some(why)
    }

    /// Whether something is being drawn.
    pub(crate) fn is_awaited(&self) -> bool {
        self.awaited.is_some()
    }

    /// How many pages the file has, once one of them has been drawn.
    pub(crate) fn sheets(&self) -> Option<u32> {
        self.shown.as_ref()?.1.drawing.get().sheets
    }

    /// The page beside this one, if there is one.
    fn sheet_beside(&self, direction: Direction) -> Option<u32> {
        let sheet = self.sheet()?;
        let beside = match direction {
            Direction::Next => sheet.checked_add(1)?,
            Direction::Previous => sheet.checked_sub(1)?,
        };
        let last = self.sheets().unwrap_or(u32::MAX);
        (1..=last).contains(&beside).then_some(beside)
    }

    fn step(&mut self, direction: Direction, app: &mut App) {
        match self.sheet_beside(direction) {
            Some(sheet) => {
                self.source = PictureSource::Sheet(sheet);
                if self.zoom > 0 {
                    self.centre.1 = 0;
                }
            }
            None if self.image.is_some() => self.scroll(0, 4 * sign(direction)),
            None => app.notify(Notice::plain(match direction {
                Direction::Next => "this is the last page",
                Direction::Previous => "this is the first page",
            })),
        }
    }

    /// Goes to where the text of the page begins.
    fn go_to_text(&self, app: &mut App) -> Response {
        let pages = app.open.document.paper().pages.iter();
        let mut begins = pages.filter(|page| page.sheet.is_some() && page.sheet == self.sheet());
        match begins.next() {
            Some(page) => Response::GoTo(RowTarget::Place(page.position)),
            None => {
                app.notify(Notice::plain("no text of the paper begins on this page"));
                Response::Consumed
            }
        }
    }

    /// Asks whether another program is to open the image.
    fn ask_to_open(&self) -> Response {
        match &self.image {
            Some(ShownImage { found, .. }) => Response::open(AddressQuestion::new(
                found.address.clone(),
                found.openable.clone(),
            )),
            None => Response::Consumed,
        }
    }

    fn zoom(&mut self, direction: Direction) {
        self.zoom = match direction {
            Direction::Next => (self.zoom + 1).min(MOST_ZOOM),
            Direction::Previous => self.zoom.saturating_sub(1),
        };
        if self.zoom == 0 {
            self.centre = PictureView::MIDDLE;
        }
    }

    /// Moves by quarters of the screen, where not all is seen.
    fn scroll(&mut self, right: i64, down: i64) {
        if let Some(drawn) = self.shown().filter(|_| self.zoom > 0) {
            let view = PictureView {
                zoom: self.zoom,
                centre: self.centre,
                ..drawn.view
            };
            self.centre = view.moved(&drawn.drawing.get().raster, right, down);
        }
    }

    /// Moves up or down; by a screen, to the page beside this one.
    fn travel(&mut self, motion: Motion, app: &mut App) {
        match motion {
            Motion::Screen(direction) => self.step(direction, app),
            Motion::HalfScreen(direction) => self.scroll(0, 2 * sign(direction)),
            Motion::End(direction) => self.scroll(0, 1_000 * sign(direction)),
            Motion::Line(direction)
            | Motion::Section(direction)
            | Motion::Paragraph(direction)
            | Motion::Sentence(direction) => self.scroll(0, sign(direction)),
        }
    }
}

fn sign(direction: Direction) -> i64 {
    match direction {
        Direction::Next => 1,
        Direction::Previous => -1,
    }
}

impl Overlay for PicturePage {
    fn context(&self) -> Context {
        Context::Picture
    }

    fn handle(&mut self, action: &Action, app: &mut App) -> Response {
        match action {
            Action::Zoom(direction) => self.zoom(*direction),
            Action::Move(motion) => self.travel(*motion, app),
            Action::Sideways(direction) => self.scroll(sign(*direction), 0),
            Action::OpenLink => return self.ask_to_open(),
            Action::Follow if self.image.is_none() => return self.go_to_text(app),
            Action::Click(ClickTarget::Inside | ClickTarget::Row(_)) => {}
            Action::Close | Action::Click(_) => return Response::Close,
            _ => return Response::Ignored,
        }
        Response::Consumed
    }

    fn draw(&self, app: &App, buffer: &mut Buffer, clicks: &mut ClickMap) {
        drawing::draw(app, self, buffer, clicks);
    }

    fn can_do(&self, action: &Action, _: &App) -> bool {
        match action {
            Action::Zoom(Direction::Next) => self.zoom < MOST_ZOOM,
            Action::Zoom(Direction::Previous) | Action::Sideways(_) => self.zoom > 0,
            Action::Move(Motion::Screen(direction)) => self.sheet_beside(*direction).is_some(),
            Action::OpenLink => self.image.is_some(),
            Action::Follow => self.image.is_none(),
            Action::Move(_) => self.zoom > 0,
            _ => true,
        }
    }

    fn leads_away(&self) -> bool {
        true
    }

    fn fit(&mut self, app: &mut App) {
        let Some(by) = app.pictures.by.filter(|_| self.awaited.is_none()) else {
            return;
        };
        let wanted = WantedPicture {
            source: self.source.clone(),
            area: drawing::picture_area(&app.geometry()).as_size(),
            zoom: self.zoom,
            centre: self.centre,
            by,
        };
        let has_come = self.came.as_ref().is_some_and(|news| news.wanted == wanted);
        if has_come || wanted.area.area() == 0 || app.has_request() {
            return;
        }
        let drawing = self.shown().map(|drawn| drawn.drawing.clone());
        self.awaited = Some(wanted.clone());
        app.request(Effect::DrawPicture(PictureRequest {
            wanted,
            drawing,
            asks_for_sixels: app.pictures.may_have_sixels,
        }));
    }

    fn take_picture(&mut self, news: &PictureNews) {
        if self.awaited.as_ref() != Some(&news.wanted) {
            return;
        }
        self.awaited = None;
        if let Ok(drawn) = &news.drawn {
            self.shown = Some((news.wanted.source.clone(), drawn.clone()));
        }
        self.came = Some(news.clone());
    }
}
