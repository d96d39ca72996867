//! All that the reader program knows at a moment, and how an action changes it.

mod readings;

use std::sync::Arc;
use std::time::Instant;

use ratatui::layout::Size;

use super::action::{Action, ClickTarget, Effect, Notice, OpenedPaper, PaperRequest};
use super::app::App;
use super::draw::geometry::Geometry;
use super::keys::key::Key;
use super::keys::keymap::{Binding, Context, KeyLookup, KeySequence};
use super::link;
use super::open::DocumentId;
use super::open::annotations::{AnnotationAction, ReadingState, ShelfRequest, ShelfUpdate};
use super::open::view::{Selection, Surface, TextPlace};
use super::overlays::address::AddressQuestion;
use super::overlays::goto::Goto;
use super::overlays::help::HelpPage;
use super::overlays::library::LibraryList;
use super::overlays::list::RowTarget;
use super::overlays::note::popup::NotePopup;
use super::overlays::papers::PaperChoice;
use super::overlays::picture::PicturePage;
use super::overlays::{Overlay, Overlays, Response};
use super::own_command::CommandNews;
use super::page;
use super::pictures::FoundImage;
use super::tour::Scene;
use crate::document::Document;
use crate::paper::{Position, Target};

/// A count beyond this is no count any more.
const MAX_COUNT: u32 = 9_999_999;

/// The state of the reader program.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) app: App,
    /// What is open over the text.
    overlays: Overlays,
    /// The number that is typed before a key.
    count: Option<u32>,
    /// Other papers that have been read, until what is open over this one is closed.
    arrived: Vec<OpenedPaper>,
    /// Whether the first paper cannot be read, so that the front page opens once nothing else is.
    lacks_paper: bool,
    /// The image that is looked for, until the reader does anything else.
    awaited_image: Option<String>,
}

impl State {
    pub(crate) fn new(document: Arc<Document>, size: Size) -> Self {
        let mut app = App::new(document, size);
        app.fit();
        State {
            app,
            overlays: Overlays::default(),
            count: None,
            arrived: Vec::new(),
            lacks_paper: false,
            awaited_image: None,
        }
    }

    /// What a key means behind those that were pressed before it; none is one that opcit has no use
    /// for.
    pub(crate) fn actions_of(&self, key: Option<Key>) -> Vec<Action> {
        let Some(key) = key else {
            return vec![Action::Unbound];
        };
        let mut keys = self.app.awaited_after.clone();
        keys.push(key);
        match self.app.keymap.find(self.context(), &keys) {
            KeyLookup::Action(action) => vec![action],
            KeyLookup::Prefix => vec![Action::Await(keys)],
            KeyLookup::Nothing => {
                let is_dropped = keys.len() == 1 || key == Key::Named("Esc");
                let keys = KeySequence::from(keys);
                let told = Notice::plain(format!("{keys} does nothing here"));
                let told = (!is_dropped).then_some(Action::Tell(told));
                [Action::Unbound].into_iter().chain(told).collect()
            }
        }
    }

    /// Applies one action. Touches neither the terminal nor the disk.
    #[must_use]
    pub(crate) fn update(&mut self, action: Action, now: Instant) -> Option<Effect> {
        self.app.now = now;
        let is_readers = action.is_readers();
        if is_readers {
            self.app.notice = None;
            if !matches!(action, Action::Select(_)) {
                self.app.open.trail.gestures.forget_way_to_start();
            }
            self.app.open.view.stop_scrolling();
            if !matches!(self.context(), Context::Search | Context::Matches) {
                self.app.open.finder.interrupt();
            }
            self.forget_what_is_out_of_sight();
        }
        let is_key = is_readers || action == Action::Unbound;
        if is_key && !self.app.awaited_after.is_empty() {
            self.app.awaited_after.clear();
            self.app.notice = None;
        }
        if is_key {
            self.awaited_image = None;
        }
        let keeps_count = !is_key || matches!(action, Action::Digit(_));
        let count = if keeps_count {
            self.count
        } else {
            self.count.take()
        };
        // As in other programs, Esc first drops a number that was begun.
        if !(action == Action::Close && count.is_some()) {
            let selected = self.app.open.view.selection();
            self.apply(action, count);
            self.follow_selection(selected);
            self.go_on_with_tour();
        }
        self.take_next_reading();
        self.take_arrived();
        self.fill_blank_page();
        self.app.fit();
        self.overlays.fit(&mut self.app);
        self.app.request_figures();
        if is_readers {
            self.forget_what_is_out_of_sight();
        }
        self.app.take_request()
    }

    /// Has the guided tour look at what has come of an action.
    fn go_on_with_tour(&mut self) {
        if let Some(mut tour) = self.app.tour.take() {
            let (app, overlays) = (&self.app, &self.overlays);
            tour.look_at(&Scene { app, overlays });
            self.app.tour = Some(tour);
        }
    }

    /// A key acts on nothing that a resize has put out of sight, or that is no longer kept. What is
    /// open over the page may have moved it, and puts it back when it is closed.
    fn forget_what_is_out_of_sight(&mut self) {
        if self.overlays.is_empty() {
            self.app.open.view.forget_what_left();
        }
    }

    /// What has been selected in an open note since is in sight there. Once the note is closed,
    /// nothing is selected in it.
    fn follow_selection(&mut self, before: Option<Selection>) {
        let place = self.app.open.view.place_in_note();
        let selection = self.app.open.view.selection();
        let surface = selection.map(|selection| selection.surface);
        if let Some(Surface::Box(note)) = surface.or(place.map(|(surface, _)| surface))
            && self.overlays.note().and_then(NotePopup::note) != Some(note)
        {
            self.app.open.view.leave_note();
        } else if selection != before
            && let Some(head) = self.app.open.view.selection_head()
            && let Some(popup) = self.overlays.note_mut()
        {
            popup.scroll_into_view(head, &self.app);
        }
    }

    /// Whether the page hears what nothing else does: nothing is open over it, or a note in which
    /// text is selected.
    fn hears_page(&self) -> bool {
        match self.overlays.top() {
            None => true,
            Some(top) => top
                .note()
                .is_some_and(|popup| popup.is_selecting(&self.app)),
        }
    }

    /// What a press of the mouse on text is: where something else than a note is open, or that is on
    /// the page, a click beside it.
    fn as_click(&self, place: TextPlace) -> Action {
        let is_note_on_top = self.overlays.top().is_some_and(|top| top.note().is_some());
        Action::Click(match place.surface {
            Surface::Box(_) | Surface::Beside(_) if is_note_on_top => return Action::Press(place),
            Surface::Page => ClickTarget::Paragraph(place.position.block),
            Surface::Box(note) => ClickTarget::OpenNote(note),
            Surface::Beside(note) => ClickTarget::Note(note),
        })
    }

    /// What is open hears an action first, then the program, then the page.
    fn apply(&mut self, action: Action, count: Option<u32>) {
        let action = match action {
            Action::Press(place) if !self.overlays.is_empty() => self.as_click(place),
            action => action,
        };
        if matches!(action, Action::Click(_) | Action::Release) {
            self.app.open.release();
        }
        let response = match self.overlays.handle(&action, &mut self.app) {
            Response::Ignored => self.handle(action, count),
            response => response,
        };
        self.settle(response);
    }

    /// Does what an action means wherever the reader is, else what it means on the page.
    fn handle(&mut self, action: Action, count: Option<u32>) -> Response {
        match action {
            Action::Quit => self.app.request(Effect::Quit),
            Action::Suspend => self.app.request(Effect::Suspend),
            Action::Mouse => self.app.toggle_mouse(),
            Action::NextReferenceFormat => self.app.change_reference_format(),
            Action::Help => return self.open_help(),
            Action::Await(keys) => self.app.await_more(keys),
            Action::Resize(size) => self.app.resize(size),
            Action::TakeGround(ground) => self.app.take_ground(ground),
            Action::AskGround => self.app.ask_ground(),
            Action::TakeSixels(has) => self.app.pictures.take_sixels(has),
            // Those of a reading that has been replaced since come too late.
            Action::TakeSources(sources) if self.app.open.sources().is_none() => {
                self.app.open.take_sources(sources);
            }
            Action::TakeElsewhere(news) => {
                self.app.open.take_elsewhere(&news);
                self.overlays.take_elsewhere(&self.app);
            }
            Action::SourcesTakenIn => self.app.take_note_of_sources(),
            Action::TakeReading(reading) => self.app.open.rereading.next = Some(reading),
            Action::TakePaper(paper) => self.arrived.push(*paper),
            Action::RefusePaper(why) => {
                self.app.notify(why);
                self.lacks_paper = self.app.open.facts.is_blank;
            }
            Action::FrontPage(wanted) => return self.open_front_page(wanted),
            Action::PapersIn(folder) => {
                return Response::open(Goto::in_folder(&mut self.app, &folder));
            }
            Action::KeepPaper(why) => {
                self.app.open.rereading.refusals.refuse_as_shown();
                self.overlays.take_paper(&self.app);
                self.app.notify(why);
            }
            Action::FileChanged => self.app.reload(false),
            Action::KeepText(why) => self.app.keep_text(why),
            Action::Tell(notice) => self.app.notify(notice),
            Action::TakeReferences(written) => self.app.take_references(written),
            Action::TakeOutput(news) => self.take_output(*news),
            Action::TakePicture(news) => {
                self.overlays.take_picture(&news);
                self.app.take_picture(&news);
            }
            Action::TakeFigures(news) => self.app.open.take_figures(*news),
            Action::TakeImage(found) => return self.take_image(*found),
            Action::Work => self.work(),
            Action::Expire => self.app.open.expire(self.app.now),
            Action::Annotation(AnnotationAction::Which(candidates)) if !self.asks_which_paper() => {
                return Response::open(PaperChoice::new(&candidates, &self.app.keymap));
            }
            Action::Annotation(AnnotationAction::Opened(session)) => {
                self.app.come_back(*session, self.overlays.is_empty());
                self.overlays.take_annotations(&self.app, None);
            }
            Action::Annotation(AnnotationAction::Changed(update)) => self.take_update(*update),
            Action::Digit(digit) if self.hears_page() => self.take_digit(digit),
            action if self.hears_page() => {
                return page::handle(&mut self.app, &action, count);
            }
            _ => {}
        }
        Response::Consumed
    }

    /// Does what a response asks for that more than one overlay takes part in.
    fn settle(&mut self, response: Response) {
        match response {
            Response::Open(overlay) | Response::Replace(overlay) => self.overlays.push(overlay),
            Response::GoTo(goal) => {
                self.overlays.close_lists();
                self.go_to(goal);
            }
            Response::Perform(binding) => {
                self.overlays.close_lists();
                self.perform(&binding);
            }
            Response::Ignored | Response::Consumed | Response::Close | Response::Leave => {}
        }
    }

    fn go_to(&mut self, goal: RowTarget) {
        match goal {
            RowTarget::Place(position) | RowTarget::Link(Target::Place(position)) => {
                self.jump(position);
            }
            RowTarget::Link(Target::Address(address)) => match address.strip_prefix('#') {
                Some(name) => {
                    let words = format!("there is no heading “{name}”");
                    self.app.notify(Notice::warning(words));
                }
                None => self.follow_address(address.to_string()),
            },
            RowTarget::File(request) => self.open_paper(request),
            RowTarget::Note(note) => match self.overlays.note_on_top() {
                Some(popup) => popup.show_note(note, &mut self.app),
                None => {
                    let popup = NotePopup::open_note(note, &mut self.app);
                    self.overlays.push(Box::new(popup));
                }
            },
            RowTarget::OwnNote(key) => match self.overlays.note_on_top() {
                Some(popup) => popup.show_own_note(key, &mut self.app),
                None => {
                    if let Some(popup) = NotePopup::open_own_note(key, &mut self.app) {
                        self.overlays.push(Box::new(popup));
                    }
                }
            },
            RowTarget::Annotation(id) => page::bookmarks::go_to(&mut self.app, &id),
            RowTarget::Source(_)
            | RowTarget::Paper(_)
            | RowTarget::Folder(_)
            | RowTarget::Action(_) => {}
        }
    }

    /// Shows an image, or asks whether to open it, if that is still waited for: over anything else,
    /// the question would be answered by what is typed there.
    fn take_image(&mut self, found: FoundImage) -> Response {
        let is_awaited = self.awaited_image.take().as_ref() == Some(&found.address);
        let source = found.source.clone();
        let shows = source.filter(|_| self.app.pictures.by.is_some());
        match shows {
            _ if !is_awaited => Response::Consumed,
            Some(source) => Response::open(PicturePage::image(source, found, &self.app)),
            None => Response::open(AddressQuestion::new(found.address, found.openable)),
        }
    }

    /// Opens the other paper that an address leads to; what leads out of opcit is asked about.
    fn follow_address(&mut self, address: String) {
        match self.app.open.other_paper(&address) {
            Some(request) => self.open_paper(request),
            None if link::is_image(&address) => {
                self.awaited_image = Some(address.clone());
                self.app.request(Effect::FindImage(address));
            }
            None => {
                let openable = link::check(&address);
                let question = AddressQuestion::new(address, openable);
                self.overlays.push(Box::new(question));
            }
        }
    }

    /// Opens another paper, which closes an open note.
    fn open_paper(&mut self, request: PaperRequest) {
        self.overlays.close_notes(&mut self.app);
        self.app.open_paper(request);
    }

    /// Goes to a place in the text, which closes an open note.
    fn jump(&mut self, position: Position) {
        self.overlays.close_notes(&mut self.app);
        self.app.jump(position);
    }

    /// Does what a key does where its action was asked for by name. What belongs to the page closes
    /// an open note.
    fn perform(&mut self, binding: &Binding) {
        if !matches!(binding.context, Context::Note | Context::OwnNote) {
            self.overlays.close_notes(&mut self.app);
            self.forget_what_is_out_of_sight();
        }
        let open = &self.app.open;
        let is_nothing_lit = open.view.chosen().is_none() && !open.finder.is_lit();
        if binding.action == Action::Close && self.overlays.is_empty() && is_nothing_lit {
            let words = "nothing is selected or highlighted";
            return self.app.notify(Notice::plain(words));
        }
        self.apply(binding.action.clone(), None);
    }

    /// Takes what has come of a program; where nothing shows that, its end is said.
    fn take_output(&mut self, news: CommandNews) {
        let Some(CommandNews {
            name, stop, end, ..
        }) = self.overlays.take_output(news, &mut self.app)
        else {
            self.overlays.close_what_is_gone(&self.app);
            return;
        };
        if stop.is_stopped() {
            return;
        }
        match end {
            Some(Ok(())) => self.app.notify(Notice::plain(format!("{name} is done"))),
            Some(Err(why)) => self.app.notify(Notice::warning(format!("{name}: {why}"))),
            None => {}
        }
    }

    fn open_front_page(&mut self, wanted: String) -> Response {
        Response::open(LibraryList::front_page(&mut self.app, wanted))
    }

    fn open_help(&mut self) -> Response {
        // A search that is being typed waits, and does not move the page meanwhile.
        self.app.open.finder.interrupt();
        Response::open(HelpPage::new(self.context()))
    }

    fn asks_which_paper(&self) -> bool {
        let mut open = self.overlays.iter();
        open.any(Overlay::asks_which_paper)
    }

    fn take_update(&mut self, update: ShelfUpdate) {
        self.app.open.take_annotations(update.annotations);
        self.overlays
            .take_annotations(&self.app, update.changed.as_ref());
        self.overlays.close_what_is_gone(&self.app);
        self.forget_what_is_out_of_sight();
        if let Some(notice) = update.notice {
            self.app.notify(notice);
        }
        if update.answers_highlight {
            page::go_on_with_kinds(&mut self.app, update.changed.as_ref());
        }
    }

    /// Goes on with what takes longer than a key may: a long way, or a search.
    fn work(&mut self) {
        if self.app.open.view.is_scrolling() {
            self.app.open.view.continue_scroll();
            return self.app.open.view.forget_what_left();
        }
        if !self.app.open.finder.has_work() {
            return self.app.open.parse_code();
        }
        let was_awaited = self.app.open.finder.is_awaited();
        let found = self.app.open.finder.work();
        if let Some(found) = found.filter(|_| was_awaited) {
            self.app.land(found);
        }
    }

    fn take_digit(&mut self, digit: u32) {
        let count = self.count.unwrap_or(0);
        let count = count.saturating_mul(10).saturating_add(digit);
        self.count = Some(count).filter(|&count| 0 < count && count <= MAX_COUNT);
    }

    /// Where the next key is heard.
    pub(crate) fn context(&self) -> Context {
        match self.overlays.top() {
            Some(top) if !self.hears_page() => top.context(),
            _ => page::context(&self.app),
        }
    }

    /// Whether the action would do something now, as far as a look can tell.
    pub(crate) fn can_do(&self, action: &Action) -> bool {
        match self.overlays.top() {
            Some(top) if !self.hears_page() => top.can_do(action, &self.app),
            _ => page::can_do(&self.app, action),
        }
    }

    pub(crate) fn overlays(&self) -> &Overlays {
        &self.overlays
    }

    /// Closes what is open over the text for good, and gives what keeps the words typed there.
    pub(crate) fn close_overlays(&mut self) -> Vec<ShelfRequest> {
        let overlays = std::mem::take(&mut self.overlays);
        overlays.iter().filter_map(Overlay::unsaved).collect()
    }

    pub(crate) fn count(&self) -> Option<u32> {
        self.count
    }

    pub(crate) fn notice(&self) -> Option<&Notice> {
        self.app.notice.as_ref()
    }

    pub(crate) fn size(&self) -> Size {
        self.app.size
    }

    pub(crate) fn geometry(&self) -> Geometry {
        self.app.geometry()
    }

    /// Where the reader is in one of the open papers, to be kept for the next opening.
    pub(crate) fn here_in(&self, id: DocumentId) -> ReadingState {
        self.app.here_in(id)
    }

    /// The paper that is shown.
    pub(crate) fn shown(&self) -> DocumentId {
        self.app.open.id
    }

    /// When the state changes by itself; none while it does not.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.app.open.deadline()
    }

    /// Whether there is something to do while no key is pressed.
    pub(crate) fn has_work(&self) -> bool {
        let open = &self.app.open;
        open.view.is_scrolling() || open.finder.has_work() || open.has_code_to_parse()
    }

    /// How many blocks are kept laid out in an open note.
    #[cfg(test)]
    pub(crate) fn laid_out_in_notes(&self) -> usize {
        self.app.open.notes.popup.blocks_laid_out()
    }
}
